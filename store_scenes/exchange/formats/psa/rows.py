r"""A .psa file as rows: header, code page, records with their cells, everything written back.

Line 1 is `PROSPACE SCHEMATIC FILE`; then comments with the version and the code page; then one
record a line, cells parted by commas, with `\,` `\\` `\"` `\n` `\r` `\t` as escapes. The number of
cells differs by version. Source: the public record layout of github.com/ShelfFoundry/psa-parser
(facts only) and files in circulation.
"""

import codecs
import re
from dataclasses import dataclass

from catalog_sync.model.failure import Failure
from store_scenes.exchange.contract import PLANOGRAM_BYTES_MAX, PLANOGRAM_RECORDS_MAX

FIRST_LINE = "PROSPACE SCHEMATIC FILE"
CELLS_MAX = 2_000
LINE_CHARS_MAX = 200_000
CODE_PAGE = 1252
SAME_MM = 0.02
"""Store files keep hundredths of a millimetre; anything nearer is the same place."""

_CELL_END = re.compile(r"(?<!\\)(?:\\\\)*,")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", ",": ",", "\\": "\\", '"': '"'}
_VERSION = re.compile(r";\s*(?:Version|V)\s*([\d.]{1,30})", re.IGNORECASE)
_STRAY = re.compile("[\udc80-\udcff]")
_CODE_PAGE = re.compile(r";\s*Code\s*page\s*=\s*(\d{1,6})", re.IGNORECASE)
_LINE_END = re.compile(r"(\r\n|\n|\r)")
_NUMBER = re.compile(r"[-+]?(?:\d{1,15}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][-+]?\d{1,2})?")


class Row:
    """One record. `line` is 1-based; a row that nobody changes is written as it was read.

    `end` is its line end; empty: the file's own.
    """

    __slots__ = ("_cells", "_raw", "end", "line", "tag")

    def __init__(self, raw: str, line: int, end: str = "") -> None:
        self._raw: str | None = raw
        self._cells: list[str] | None = None
        self.line = line
        self.end = end
        self.tag = raw.partition(",")[0].strip()

    def cell(self, number: int) -> str:
        """A cell's text without its escapes; empty where the row ends before it.

        Bytes that are no letter of the file's code page read as U+FFFD, and stay as they are in
        the row.
        """
        cells = self._split()
        return _STRAY.sub("\ufffd", _plain(cells[number]).strip()) if number < len(cells) else ""

    def number(self, number: int) -> float:
        """A cell as a number; 0 where it is none, and never minus 0."""
        text = self.cell(number)
        return (float(text) if _NUMBER.fullmatch(text) else 0.0) + 0.0

    def code(self, number: int) -> int:
        """A cell as a small whole number; 0 where it is none."""
        return int(min(max(self.number(number), -1.0), 1e6))

    def put(self, number: int, text: str) -> None:
        """Change a cell; the row grows where it ends before it."""
        cells = self._split()
        cells += [""] * (number + 1 - len(cells))
        cells[number] = escaped(text)
        self._raw = None

    def put_mm(self, number: int, before: float, after: float, unit_mm: float) -> None:
        """Change a cell to a length where that differs from what it was, both in millimetres."""
        if abs(before - after) > SAME_MM:
            self.put(number, decimal(after / unit_mm))

    def text(self) -> str:
        """The row as it is written, without its line end."""
        return self._raw if self._raw is not None else ",".join(self._split())

    def _split(self) -> list[str]:
        if self._cells is None:
            raw = self._raw or ""
            self._cells = raw.split(",") if "\\" not in raw else _split_escaped(raw)
        return self._cells


@dataclass(slots=True)
class PsaFile:
    """A file's rows in order, and what is around them.

    `head` are the lines before the first record, with their ends. `newline` ends rows that have
    no end of their own: files that went through several programs mix theirs. `codec` is Python's
    name.
    """

    head: list[str]
    rows: list[Row]
    codec: str
    newline: str = "\r\n"
    ends_with_newline: bool = True
    version: str = ""
    marked: bool = False  # a byte-order mark came first

    def encoded(self) -> bytes:
        """The file's bytes; what its code page lacks makes it a UTF-8 file that says so."""
        ends = [row.end or self.newline for row in self.rows]
        if ends and not self.ends_with_newline:
            ends[-1] = ""
        body = "".join(
            part for row, end in zip(self.rows, ends, strict=True) for part in (row.text(), end)
        )
        try:
            data = ("".join(self.head) + body).encode(self.codec, "surrogateescape")
        except UnicodeEncodeError:
            told = "".join(_CODE_PAGE.sub("; Codepage=65001", line) for line in self.head)
            data = (told + body).encode("utf-8", "surrogateescape")
        return (codecs.BOM_UTF8 if self.marked else b"") + data


def is_psa(data: bytes) -> bool:
    """Whether a file's first bytes are such a file's."""
    head = data[:200].removeprefix(codecs.BOM_UTF8).lstrip().upper()
    return head.startswith(FIRST_LINE.encode())


def parse(data: bytes) -> PsaFile:
    """The rows of a file.

    Raises:
        Failure: another file, too large, an unknown code page, or too many or too long rows.
    """
    if not is_psa(data):
        raise Failure(f"this is no planogram file: its first line is not {FIRST_LINE}")
    if len(data) > PLANOGRAM_BYTES_MAX:
        raise Failure(f"larger than {PLANOGRAM_BYTES_MAX:,} bytes; export fewer planograms at once")
    marked = data.startswith(codecs.BOM_UTF8)
    data = data.removeprefix(codecs.BOM_UTF8)
    codec = _codec(data)
    text = data.decode(codec, "surrogateescape")
    parts = _LINE_END.split(text)
    lines, line_ends = parts[::2], parts[1::2]
    if lines[-1] == "":
        lines.pop()
    line_ends += [""] * (len(lines) - len(line_ends))
    first = next((n for n, line in enumerate(lines) if n and line[:1] not in {";", ""}), len(lines))
    head = [line + end for line, end in zip(lines[:first], line_ends, strict=False)]
    body = lines[first:]
    if len(body) > PLANOGRAM_RECORDS_MAX:
        raise Failure(f"more than {PLANOGRAM_RECORDS_MAX:,} rows; export fewer planograms at once")
    version = next((found[1] for line in head if (found := _VERSION.search(line))), "")
    rows = []
    for number, line in enumerate(body, first + 1):
        if len(line) > LINE_CHARS_MAX or line.count(",") > CELLS_MAX:
            raise Failure(f"line {number} is longer than a row of a planogram can be")
        rows.append(Row(line, number, line_ends[number - 1]))
    newline = line_ends[0] if line_ends and line_ends[0] else "\r\n"
    return PsaFile(head, rows, codec, newline, bool(line_ends[-1]), version, marked)


def escaped(text: str) -> str:
    """A text as a cell has it."""
    for plain, written in (
        ("\\", "\\\\"),
        (",", "\\,"),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\t", "\\t"),
    ):
        text = text.replace(plain, written)
    return text


def decimal(value: float) -> str:
    """A number as such files write it: four decimals at most."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _plain(cell: str) -> str:
    if "\\" not in cell:
        return cell
    # An escape that nobody knows stays as it is.
    return _ESCAPE.sub(lambda found: _PLAIN.get(found[1], found[0]), cell)


def _split_escaped(raw: str) -> list[str]:
    cells = []
    start = 0
    for found in _CELL_END.finditer(raw):
        cells.append(raw[start : found.end() - 1])
        start = found.end()
    cells.append(raw[start:])
    return cells


def _codec(data: bytes) -> str:
    """UTF-8 where the bytes are; else the code page that the head tells."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        told = _CODE_PAGE.search(data[:2_000].decode("latin-1"))
        page = int(told[1]) if told else CODE_PAGE
        name = {65001: "utf-8", 20127: "cp1252", 28591: "latin-1"}.get(page, f"cp{page}")
        try:
            return codecs.lookup(name).name
        except LookupError:
            raise Failure(
                f"the file says code page {page}, which nobody knows; export it as UTF-8"
            ) from None
    return "utf-8"
