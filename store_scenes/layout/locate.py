"""Find the line of a value in a TOML document: tomllib gives none, and only findings need one."""

import re

_STEP = re.compile(r"([A-Za-z0-9_-]+)|\[(\d+)\]")
_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')


def line_of(text: str, where: str) -> int:
    """The 1-based line of a path such as `shelves[0].positions[2].sku`; 0 when it is not found.

    Understands `[[a.b]]` tables, `[a.b]` tables, and arrays of inline tables. Where the last steps
    cannot be found, the line of what holds them is the answer.
    """
    lines = [_STRING_OR_COMMENT.sub(_blank, line) for line in text.splitlines()]
    first, last, table = 0, len(lines), ""
    found = 0
    steps = [(name, int(index) if index else -1) for name, index in _STEP.findall(where)]
    position = 0
    while position < len(steps):
        name = steps[position][0]
        index = -1
        if position + 1 < len(steps) and not steps[position + 1][0]:
            index = steps[position + 1][1]
            position += 1
        position += 1
        span = _descend(lines, first, last, table, name, index)
        if span is None:
            break
        first, last = span
        found = first + 1
        table = f"{table}.{name}" if table else name
    return found


def _blank(match: re.Match[str]) -> str:
    return "" if match[0].startswith("#") else "_" * len(match[0])


def _descend(
    lines: list[str], first: int, last: int, table: str, name: str, index: int
) -> tuple[int, int] | None:
    path = re.escape(f"{table}.{name}" if table else name)
    bracket = r"\[\[" if index >= 0 else r"\["
    header = re.compile(rf"\s*{bracket}\s*{path}\s*\]")
    heads = [row for row in range(first, last) if header.match(lines[row])]
    wanted = max(index, 0)
    if wanted < len(heads):
        end = heads[wanted + 1] if wanted + 1 < len(heads) else last
        return heads[wanted], end
    key = re.compile(rf"(?:^|[\s,{{]){re.escape(name)}(?:\.[A-Za-z0-9_-]+)*\s*=")
    row = next((row for row in range(first, last) if key.search(lines[row])), None)
    if row is None:
        return None
    return (row, last) if index < 0 else _inline_element(lines, row, last, index)


def _inline_element(lines: list[str], row: int, last: int, index: int) -> tuple[int, int] | None:
    depth = 0
    started = False
    for line in range(row, last):
        start = lines[line].find("=") + 1 if line == row else 0
        for character in lines[line][start:]:
            if character == "{":
                depth += 1
                if depth == 1:
                    index -= 1
                    if index < 0:
                        return line, line + 1
            elif character == "}":
                depth -= 1
            elif character == "[":
                started = True
            elif character == "]" and depth == 0 and started:
                return None
    return None
