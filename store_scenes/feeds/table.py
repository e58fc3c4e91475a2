"""Separated text as rows of named cells, in any usual encoding, with limits on everything."""

import contextlib
import csv
import html
import io
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from catalog_sync.model.failure import Failure
from store_scenes.feeds.encodings import Unclosed, find_encoding
from store_scenes.feeds.quoting import QuotedRows

ROWS_MAX = 1_000_000
COLUMNS_MAX = 500
CELL_CHARS_MAX = 4_000
LINE_CHARS_MAX = 4_000_000
READ_BYTES = 1 << 18
ESCAPED_TIMES_MAX = 4
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}

Row = tuple[int, dict[str, str]]
"""The row's first line (1-based) and its cells by column name."""

# What Windows-1252 has where Latin-1 (and so Unicode) has control characters: a file that went
# through the wrong one shows them as nothing.
_C1 = {
    code: bytes([code]).decode("cp1252", "ignore") or " "
    for code in range(0x80, 0xA0)
}  # fmt: skip
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--.{0,2000}?-->", re.DOTALL)
_TWICE_ENCODED = re.compile(r"[ÂÃâ][\u0080-\u00bf\u2013-\u203a\u20ac\u2122]")
_PRODUCT_CELL_CHARS_MAX = 1_000_000  # a description may be long; nothing of it is kept


@dataclass(frozen=True, slots=True)
class Table:
    """A file's columns and rows. `encoding` and `separator` are words for people.

    `guessed`: the encoding is a guess. `rows_at_most` counts lines, so cells with line breaks make
    it larger than what comes. `rows` is read once, and raises Failure where a quote is never closed
    or there are too many rows.
    """

    header: list[str]
    rows: Iterator[Row]
    encoding: str
    separator: str
    rows_at_most: int
    guessed: bool = False


def read_table(data: bytes) -> Table:
    """`open_table` of bytes."""
    return open_table(io.BytesIO(data))


def open_table(file: BinaryIO, encoding: str = "") -> Table:
    """The header's names, and the rows as they are asked for; blank rows are left out.

    `file` is read twice, from its beginning, a line at a time. `encoding` is what a person says
    that it is in. Names become lower case, with an
    underscore for everything between letters and digits: `Weight value (grams)` is
    `weight_value_grams`.

    Raises:
        Failure: too large, in no known encoding, no header; while rows are read, too many of them
            or a quote that would swallow some.
    """
    told = find_encoding(file, encoding)
    lines = _lines(
        io.TextIOWrapper(
            io.BufferedReader(Unclosed(file), READ_BYTES), encoding=told.codec, newline=""
        )
    )
    first, offset = next(lines, ""), 1
    if re.fullmatch(r"sep=.\r?\n?", first, re.IGNORECASE):  # a line for spreadsheets only
        first, offset = next(lines, ""), 2
    separator = _separator(first)
    csv.field_size_limit(_PRODUCT_CELL_CHARS_MAX)
    quoted = iter(QuotedRows(itertools.chain([first], lines), separator, offset))
    header = [column_name(cell) for cell in next(quoted, (1, []))[1]]
    if not any(header):
        raise Failure("the file has no header row; its first line must name the columns")
    if len(header) > COLUMNS_MAX:
        raise Failure(f"the header names {len(header)} columns; at most {COLUMNS_MAX}")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Failure(f"the header names {twice[0][:60]!r} twice; rename one of the columns")
    rows = _rows(quoted, header)
    return Table(header, rows, told.name, SEPARATORS[separator], told.lines, told.guessed)


def read_rows(data: bytes) -> tuple[list[str], Iterator[Row]]:
    """Header and rows alone; see `read_table`."""
    table = read_table(data)
    return table.header, table.rows


def column_name(text: str) -> str:
    """How a column is looked up, whatever its capitals, spaces and brackets."""
    letters = "".join(c if c.isalnum() else " " for c in tidy(text).lower())
    return "_".join(letters.split())


def plain_text(cell: str) -> str:
    """A cell without HTML: tags go, entities become their letters, text encoded twice is mended.

    Tags may be written in entities, and those in entities again, once for each program that passed
    the cell on.
    """
    for _ in range(ESCAPED_TIMES_MAX):
        before = cell
        if "<" in cell:
            cell = _TAG.sub(" ", cell)
        if "&" in cell:
            cell = _ENTITY.sub(lambda found: html.unescape(found[0]), cell)
        if cell == before:
            break
    if _TWICE_ENCODED.search(cell):
        with contextlib.suppress(UnicodeError):
            cell = cell.encode("cp1252").decode("utf-8")
    return tidy(cell)


def tidy(cell: str) -> str:
    """NFC, one space where there were several or a control character, none at the ends."""
    if cell.isascii() and cell.isprintable():
        return " ".join(cell.split())
    composed = unicodedata.normalize("NFC", cell.translate(_C1))
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in composed)
    return " ".join(kept.split())


def has_markup(cell: str) -> bool:
    """Whether a cell has HTML in it, or was encoded twice: whatever `plain_text` mends."""
    return bool(
        ("<" in cell and _TAG.search(cell))
        or ("&" in cell and _ENTITY.search(cell))
        or _TWICE_ENCODED.search(cell)
    )


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines with their ends; one that would fill the memory is refused."""
    number = 0
    while line := text.readline(LINE_CHARS_MAX + 1):
        number += 1
        if len(line) > LINE_CHARS_MAX:
            raise Failure(
                f"line {number} has more than {LINE_CHARS_MAX:,} characters; "
                "is this a table with one product in each line?"
            )
        yield line


def _rows(quoted: Iterator[tuple[int, list[str]]], header: list[str]) -> Iterator[Row]:
    count = 0
    for line, cells in quoted:
        if any(cell.strip() for cell in cells):
            count += 1
            if count > ROWS_MAX:
                raise Failure(f"more than {ROWS_MAX:,} rows; split the feed")
            yield (
                line,
                {name: tidy(cell) for name, cell in zip(header, cells, strict=False) if name},
            )


def _separator(header_line: str) -> str:
    """The separator that the header has most of, outside quotes."""
    outside = "".join(header_line.split('"')[::2])
    return max(SEPARATORS, key=outside.count)
