"""Separated text as rows of named cells, in any usual encoding, with limits on everything."""

import contextlib
import csv
import html
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from catalog_sync.model.failure import Failure

FEED_BYTES_MAX = 256 * 1024 * 1024
ROWS_MAX = 1_000_000
COLUMNS_MAX = 500
CELL_CHARS_MAX = 4_000
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

    `rows_at_most` counts lines, so cells with line breaks make it larger than what comes. `rows`
    is read once, and raises Failure where the text ends inside a quote or has too many rows.
    """

    header: list[str]
    rows: Iterator[Row]
    encoding: str
    separator: str
    rows_at_most: int


def read_table(data: bytes) -> Table:
    """The header's names, and the rows as they are asked for; blank rows are left out.

    Names become lower case, with an underscore for everything between letters and digits:
    `Weight value (grams)` is `weight_value_grams`.

    Raises:
        Failure: too large, in no known encoding, no header; while rows are read, too many of them.
    """
    if len(data) > FEED_BYTES_MAX:
        raise Failure(f"larger than {FEED_BYTES_MAX:,} bytes; split the feed")
    text, encoding = decode(data)
    first, _, rest = text.partition("\n")
    offset = 1
    if re.fullmatch(r"sep=.\r?", first, re.IGNORECASE):  # a line for spreadsheets only
        text, offset, first = rest, 2, rest.partition("\n")[0]
    separator = _separator(first)
    csv.field_size_limit(_PRODUCT_CELL_CHARS_MAX)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [column_name(cell) for cell in next(reader, [])]
    except csv.Error as error:
        raise Failure(f"line 1: {error}; the file is not a table of separated values") from None
    if not any(header):
        raise Failure("the file has no header row; its first line must name the columns")
    if len(header) > COLUMNS_MAX:
        raise Failure(f"the header names {len(header)} columns; at most {COLUMNS_MAX}")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Failure(f"the header names {twice[0]!r} twice; rename one of the columns")
    rows = _rows(reader, header, offset)
    return Table(header, rows, encoding, SEPARATORS[separator], text.count("\n"))


def read_rows(data: bytes) -> tuple[list[str], Iterator[Row]]:
    """Header and rows alone; see `read_table`."""
    table = read_table(data)
    return table.header, table.rows


def column_name(text: str) -> str:
    """How a column is looked up, whatever its capitals, spaces and brackets."""
    letters = "".join(c if c.isalnum() else " " for c in tidy(text).lower())
    return "_".join(letters.split())


def plain_text(cell: str) -> str:
    """A cell without HTML: tags go, entities become their letters, text encoded twice is mended."""
    if "<" in cell:
        cell = _TAG.sub(" ", cell)
    if "&" in cell:
        cell = _ENTITY.sub(lambda found: html.unescape(found[0]), cell)
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


def _rows(reader: "Iterator[list[str]]", header: list[str], offset: int) -> Iterator[Row]:
    line = offset + 1
    count = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Failure(f"line {line}: {error}; look for a quote that is never closed") from None
        if cells is None:
            return
        next_line: int = reader.line_num + offset  # type: ignore[attr-defined]  # csv's reader has it
        if any(cell.strip() for cell in cells):
            count += 1
            if count > ROWS_MAX:
                raise Failure(f"more than {ROWS_MAX:,} rows; split the feed")
            named = {name: tidy(cell) for name, cell in zip(header, cells, strict=False) if name}
            yield line, named
        line = next_line


def _separator(header_line: str) -> str:
    """The separator that the header has most of, outside quotes."""
    outside = "".join(header_line.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def decode(data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding that it turned out to be in.

    UTF-8 and UTF-16 prove themselves. What is left is Korean Windows where most foreign letters
    come out as Hangul, else Western Windows.

    Raises:
        Failure: none of them.
    """
    wide = _utf16(data)
    if wide:
        try:
            return data.decode(wide).removeprefix("\ufeff"), "UTF-16"
        except UnicodeDecodeError:
            raise Failure(
                "the file begins as UTF-16 and does not go on so; save it again as 'CSV UTF-8'"
            ) from None
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    for encoding, name in (("cp949", "CP949, Korean Windows"), ("cp1252", "Windows-1252")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" or _is_korean(text):
            return text, name
    raise Failure(
        f"line {line}: neither UTF-8 nor UTF-16, CP949 or Windows-1252; "
        "save the file again as 'CSV UTF-8'"
    )


def _utf16(data: bytes) -> str:
    """The codec of UTF-16 text, with or without its mark; empty for other text."""
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be"
    head = data[:4096]
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_even + zeros_odd == 0:
        return ""
    return "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"


def _is_korean(text: str) -> bool:
    hangul = sum("가" <= character <= "힣" for character in text)
    foreign = sum(character > "\x7f" for character in text)
    return hangul * 2 > foreign
