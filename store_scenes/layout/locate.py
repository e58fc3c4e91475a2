"""Find a value in a TOML document: tomllib gives no positions, and only findings need them."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tree_sitter import Node  # for its type only: it is native, and rarely needed

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Span(msgspec.Struct, frozen=True):
    """Where a value is: its own bytes, and those of the whole entry with its key.

    `line` and `column` are those of the entry's first character, from 1; `column` counts
    characters.
    """

    start: int
    end: int
    entry_start: int
    entry_end: int
    line: int
    column: int


def line_of(text: str, where: str) -> int:
    """The 1-based line of a path such as `shelves[0].positions[2].sku`; 0 when it is not found.

    Understands every form that TOML has. Where the last steps cannot be found, the line of what
    holds them is the answer.
    """
    span = nearest(text, where)
    return span.line if span else 0


def nearest(text: str, where: str) -> Span | None:
    """The span of a path, or of the nearest thing around it; None where nothing is found."""
    spans = spans_of(text)
    steps = [name or f"[{index}]" for name, index in _STEP.findall(where)]
    while steps:
        found = spans.get("".join(_joined(steps)))
        if found is not None:
            return found
        # An element that is not there is not where its list begins.
        steps = steps[:-2] if steps[-1][0] == "[" else steps[:-1]
    return None


def _joined(steps: list[str]) -> list[str]:
    return [step if n == 0 or step[0] == "[" else f".{step}" for n, step in enumerate(steps)]


@lru_cache(maxsize=64)
def spans_of(text: str) -> dict[str, Span]:
    """Every value of a document by its path."""
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    raw = text.encode()
    parser = Parser(Language(tree_sitter_toml.language()))
    reading = _Reading(raw)
    for node in parser.parse(raw).root_node.named_children:
        if node.type == "pair":
            reading.pair("", node)
        elif node.type in {"table", "table_array_element"}:
            reading.table(node)
    return reading.spans


class _Reading:
    """Gathers spans; remembers how many elements each array of tables has so far."""

    def __init__(self, raw: bytes) -> None:
        self.spans: dict[str, Span] = {}
        self._raw = raw
        self._counts: dict[str, int] = {}

    def table(self, node: "Node") -> None:
        """A `[a.b]` or `[[a.b]]` header with the pairs under it."""
        key, *pairs = node.named_children
        names = self._names(key)
        path = ""
        for number, name in enumerate(names):
            path = f"{path}.{name}" if path else name
            last = number == len(names) - 1
            if last and node.type == "table_array_element":
                count = self._counts.get(path, 0)
                self._counts[path] = count + 1
                self.spans.setdefault(path, self._span(node, node))
                path = f"{path}[{count}]"
            elif path in self._counts:
                path = f"{path}[{self._counts[path] - 1}]"
            self.spans.setdefault(path, self._span(node, node))
        for pair in pairs:
            if pair.type == "pair":
                self.pair(path, pair)

    def pair(self, prefix: str, node: "Node") -> None:
        """A key with its value, and everything inside that value."""
        key, value = [child for child in node.named_children if child.type != "comment"][:2]
        path = prefix
        for name in self._names(key):
            path = f"{path}.{name}" if path else name
            self.spans.setdefault(path, self._span(node, value))
        self._inside(path, value)

    def _inside(self, path: str, value: "Node") -> None:
        if value.type == "inline_table":
            for pair in value.named_children:
                if pair.type == "pair":
                    self.pair(path, pair)
        elif value.type == "array":
            elements = [one for one in value.named_children if one.type != "comment"]
            for number, element in enumerate(elements):
                self.spans[f"{path}[{number}]"] = self._span(element, element)
                self._inside(f"{path}[{number}]", element)

    def _names(self, key: "Node") -> list[str]:
        if key.type == "dotted_key":
            return [name for child in key.named_children for name in self._names(child)]
        text = self._raw[key.start_byte : key.end_byte].decode()
        return [text[1:-1] if text[:1] in {'"', "'"} else text]

    def _span(self, entry: "Node", value: "Node") -> Span:
        row, column = entry.start_point
        line_start = entry.start_byte - column
        shown = self._raw[line_start : entry.start_byte].decode(errors="replace")
        return Span(
            value.start_byte, value.end_byte, entry.start_byte, entry.end_byte, row + 1,
            len(shown) + 1,
        )  # fmt: skip
