"""Comma, semicolon or tab separated text as rows of named cells, with limits on everything."""

import csv
import io
import unicodedata
from collections.abc import Iterator

from catalog_sync.model.failure import Failure

FEED_BYTES_MAX = 256 * 1024 * 1024
ROWS_MAX = 1_000_000
COLUMNS_MAX = 500
CELL_CHARS_MAX = 4_000

Row = tuple[int, dict[str, str]]
"""The row's first line (1-based) and its cells by lower-case header name."""


def read_rows(data: bytes) -> tuple[list[str], Iterator[Row]]:
    """The header's names, and the rows as they are asked for; blank rows are left out.

    Raises:
        Failure: too large, not UTF-8, no header; while rows are read, too many of them.
    """
    if len(data) > FEED_BYTES_MAX:
        raise Failure(f"larger than {FEED_BYTES_MAX:,} bytes; split the feed")
    text = _decode(data)
    first_line = text.split("\n", 1)[0]
    separator = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [_tidy(cell).lower().replace(" ", "_") for cell in next(reader, [])]
    except csv.Error as error:
        raise Failure(f"line 1: {error}; the file is not a table of separated values") from None
    if not any(header):
        raise Failure("the file has no header row; its first line must name the columns")
    if len(header) > COLUMNS_MAX:
        raise Failure(f"the header names {len(header)} columns; at most {COLUMNS_MAX}")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Failure(f"the header names {twice[0]!r} twice; rename one of the columns")
    return header, _rows(reader, header)


def _rows(reader: "Iterator[list[str]]", header: list[str]) -> Iterator[Row]:
    line = 2
    count = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Failure(f"line {line}: {error}; look for a quote that is never closed") from None
        if cells is None:
            return
        next_line: int = reader.line_num + 1  # type: ignore[attr-defined]  # csv's reader has it
        if any(cell.strip() for cell in cells):
            count += 1
            if count > ROWS_MAX:
                raise Failure(f"more than {ROWS_MAX:,} rows; split the feed")
            named = {name: _tidy(cell) for name, cell in zip(header, cells, strict=False) if name}
            yield line, named
        line = next_line


def _tidy(cell: str) -> str:
    composed = unicodedata.normalize("NFC", cell)
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in composed)
    return " ".join(kept.split())


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4096]:
        raise Failure("the file is UTF-16, not UTF-8; save it again as 'CSV UTF-8'")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        looks = _looks_like(data)
        raise Failure(
            f"line {line}: the file is not UTF-8 (it looks like {looks}); "
            "save it again as 'CSV UTF-8'"
        ) from None


def _looks_like(data: bytes) -> str:
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return "Windows-1252"
    hangul = sum("가" <= character <= "힣" for character in text)
    foreign = sum(character > "\x7f" for character in text)
    return "CP949, Korean Windows" if hangul * 2 > foreign else "Windows-1252"
