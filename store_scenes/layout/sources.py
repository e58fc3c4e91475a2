"""The files behind a store's documents: where a value that was read really stands.

A fixture may stand in an included file, a shelf or position in the planogram that another builds
on, a product in the catalogue.
"""

import csv
import io
import re
from pathlib import Path
from typing import Any

import msgspec
import tomli

from catalog_sync.model.failure import Failure
from store_scenes.feeds.plain_csv import CATALOG_BYTES_MAX
from store_scenes.layout.documents import STORE_FILE, Fix, planogram_path
from store_scenes.layout.load import BASES_MAX, included, read_bounded, read_text
from store_scenes.layout.locate import Span, nearest, spans_of

_LISTED = re.compile(r"(aisles|fixtures|zones)\[(\d+)\](.*)")
_BASE = re.compile(r"^\s*[\"']?base[\"']?\s*=", re.MULTILINE)
_SHELF = re.compile(r"shelves\[\d+\](?:\.(\w+))?")


class Place(msgspec.Struct, frozen=True):
    """A file inside the store folder, and where in it; zeros: the whole file."""

    path: str
    line: int = 0
    column: int = 0


class Sources:
    """A store folder's files, read again and only when something is to be found in them."""

    def __init__(self, folder: Path, catalog: str) -> None:
        self._folder = folder
        self._catalog = catalog
        self._texts: dict[str, str] = {}
        self._trees: dict[str, dict[str, Any]] = {}
        self._rows: dict[str, int] | None = None

    def place(self, path: str, where: str) -> Place:
        """Where a value stands; the nearest thing around it where it stands nowhere."""
        if not where:
            return Place(path)
        if path == self._catalog:
            return Place(path, self._row_of(where.removeprefix("sku=")))
        path, where = self._home(path, where)
        span = nearest(self._text(path), where)
        return Place(path, span.line, span.column) if span else Place(path)

    def repair(self, path: str, where: str, value: str | None) -> Fix | None:
        """The bytes to change, so that the value at `where` becomes `value` or goes.

        None where that would not mend it for all who have the value from there.
        """
        home, at = self._home(path, where)
        if path not in (home, STORE_FILE) and not self._same_for_all(path, home, where, at):
            return None
        path, where = home, at
        text = self._text(path)
        span = spans_of(text).get(where)
        if span is None:
            return None
        if value is not None:
            return Fix(path, span.start, span.end, value)
        return Fix(path, *_without(text.encode(), span), "")

    def _home(self, path: str, where: str) -> tuple[str, str]:
        if path == STORE_FILE:
            return self._included(where)
        return self._inherited(path, where)

    def _included(self, where: str) -> tuple[str, str]:
        """`fixtures[12]` counts on through the included files, in their order."""
        found = _LISTED.fullmatch(where)
        if not found:
            return STORE_FILE, where
        kind, index, rest = found[1], int(found[2]), found[3]
        for name in (STORE_FILE, *included(self._folder, self._tree(STORE_FILE))):
            own = len(self._tree(name).get(kind, ()))
            if index < own:
                return name, f"{kind}[{index}]{rest}"
            index -= own
        return STORE_FILE, where

    def _inherited(self, path: str, where: str) -> tuple[str, str]:
        """A shelf's key that its planogram does not say stands in the one it builds on.

        A SKU that one of them swaps for another stands where it says so.
        """
        found = _SHELF.match(where)
        needed = found[0] if found else where.partition(".")[0]
        swaps: list[tuple[str, dict[str, Any]]] = []
        for _ in range(BASES_MAX + 1):
            replaced = self._replaced(path)
            if replaced and where.endswith(".sku"):
                swaps.append((path, replaced))
            home = self._own(path, needed)
            if home is None:
                return self._swapped(swaps, path, where) or (path, where)
            path = home
        return path, where

    def _own(self, path: str, needed: str) -> str | None:
        """The planogram that this one has `needed` from; None where it says so itself."""
        if not _BASE.search(self._text(path)):
            return None
        base = self._tree(path).get("base")
        if not isinstance(base, str) or needed in spans_of(self._text(path)):
            return None
        return planogram_path(base)

    def _same_for_all(self, path: str, home: str, where: str, at: str) -> bool:
        """Whether what is wrong at `where` of `path` is as wrong in the planogram it is from.

        A SKU is what it is wherever it is read; other values may only be wrong beside the goods
        or the dividers of the planogram that builds on them.
        """
        if at.startswith("replace."):
            return True
        found = _SHELF.match(where)
        shelf = found[0].partition(".")[0] if found else ""
        for _ in range(BASES_MAX + 1):
            if path == home:
                return True
            said = spans_of(self._text(path))
            if self._replaced(path) or (f"{shelf}.divider" in said and not where.endswith(".sku")):
                return where.endswith(".sku")
            path = planogram_path(str(self._tree(path).get("base")))
        return False

    def _replaced(self, path: str) -> dict[str, Any]:
        if "replace" not in self._text(path):
            return {}
        found = self._tree(path).get("replace")
        return found if isinstance(found, dict) else {}

    def _swapped(
        self, swaps: list[tuple[str, dict[str, Any]]], home: str, where: str
    ) -> tuple[str, str] | None:
        """Where the SKU that is written at `home` became the one that was read, if it did."""
        span = spans_of(self._text(home)).get(where)
        if span is None or not swaps:
            return None
        sku = self._text(home).encode()[span.start : span.end].decode().strip("\"'")
        place = None
        for path, replaced in reversed(swaps):
            if sku in replaced:
                place = (path, f"replace.{sku}")
                sku = str(replaced[sku])
        return place

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = read_text(self._folder, path)
        return self._texts[path]

    def _tree(self, path: str) -> dict[str, Any]:
        if path not in self._trees:
            self._trees[path] = tomli.loads(self._text(path))
        return self._trees[path]

    def _row_of(self, sku: str) -> int:
        """The first line of the catalogue that has a cell of that text; 0 for none."""
        if self._rows is None:
            self._rows = {}
            try:
                raw = read_bounded(self._folder, self._catalog, CATALOG_BYTES_MAX)
                lines = csv.reader(io.StringIO(raw.decode("utf-8-sig", "replace"), newline=""))
                first = 1
                for cells in lines:
                    for cell in cells:
                        self._rows.setdefault(cell.strip(), first)
                    first = lines.line_num + 1
            except (Failure, csv.Error):
                return 0
        return self._rows.get(sku, 0)


def _without(raw: bytes, span: Span) -> tuple[int, int]:
    """The entry's bytes with the comma or the line that it leaves empty."""
    start, end = span.entry_start, span.entry_end
    line = raw.rfind(b"\n", 0, start) + 1
    stop = raw.find(b"\n", end)
    stop = len(raw) if stop < 0 else stop + 1
    rest = raw[end:stop].strip()
    if not raw[line:start].strip() and (not rest or rest.startswith(b"#")):
        return line, stop
    after = re.match(rb"\s*,\s*", raw[end:])
    if after:
        return start, end + after.end()
    before = re.search(rb"\s*,\s*$", raw[:start])
    return (before.start() if before else start), end
