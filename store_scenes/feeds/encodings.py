"""Which encoding a file is in, found in one pass over its bytes and a few megabytes of memory."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from catalog_sync.model.failure import Failure

FEED_BYTES_MAX = 512 * 1024 * 1024
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Told:
    """`codec` for Python, `name` for people, and the number of line ends in the file."""

    codec: str
    name: str
    lines: int


class Unclosed(io.RawIOBase):
    """A file that stays open when the text reader over it is dropped."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # narrower than any buffer
        """Read into `buffer`; how many bytes came."""
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def find_encoding(file: BinaryIO) -> Told:
    """Read the whole file once and say what it is in; `file` is at its beginning afterwards.

    UTF-8 and UTF-16 prove themselves. What is left is Korean Windows where most foreign letters
    come out as Hangul, else Western Windows.

    Raises:
        Failure: none of them, or larger than `FEED_BYTES_MAX`.
    """
    file.seek(0)
    wide = _utf16(file.read(4096))
    try:
        if wide:
            return _wide(file, wide)
        bad_line, lines = _utf8(file)
        if not bad_line:
            return Told("utf-8-sig", "UTF-8", lines)
        found = _windows(file)
    finally:
        file.seek(0)
    if found is None:
        raise Failure(
            f"line {bad_line}: neither UTF-8 nor UTF-16, CP949 or Windows-1252; "
            "save the file again as 'CSV UTF-8'"
        )
    return found


def _utf8(file: BinaryIO) -> tuple[int, int]:
    """The first line that is not UTF-8 (0: all are), and the lines there are."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 0
    for data, last in _chunks(file):
        try:
            decoder.decode(data, last)
        except UnicodeDecodeError as error:
            # What was left over from the chunk before has no line end in it.
            over = len(error.object) - len(data)
            return lines + data[: max(error.start - over, 0)].count(b"\n") + 1, lines
        lines += data.count(b"\n")
    return 0, lines


def _windows(file: BinaryIO) -> Told | None:
    korean, western = (codecs.getincrementaldecoder(name)() for name in ("cp949", "cp1252"))
    is_korean = is_western = True
    lines = hangul = foreign = 0
    for data, last in _chunks(file):
        lines += data.count(b"\n")
        try:
            text = korean.decode(data, last) if is_korean else ""
        except UnicodeDecodeError:
            is_korean = False
        else:
            hangul += sum("가" <= character <= "힣" for character in text)
            foreign += sum(character > "\x7f" for character in text)
        try:
            western.decode(data, last)
        except UnicodeDecodeError:
            is_western = False
    if is_korean and hangul * 2 > foreign:
        return Told("cp949", "CP949, Korean Windows", lines)
    return Told("cp1252", "Windows-1252", lines) if is_western else None


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The file's bytes from its beginning, a piece at a time, and whether a piece is the last."""
    file.seek(0)
    data, read = file.read(CHUNK_BYTES), 0
    while True:
        read += len(data)
        if read > FEED_BYTES_MAX:
            raise Failure(f"larger than {FEED_BYTES_MAX:,} bytes; split the feed")
        after = file.read(CHUNK_BYTES)
        yield data, not after
        if not after:
            return
        data = after


def _wide(file: BinaryIO, codec: str) -> Told:
    decoder = codecs.getincrementaldecoder(codec)()
    lines = 0
    for data, last in _chunks(file):
        try:
            lines += decoder.decode(data, last).count("\n")
        except UnicodeDecodeError:
            raise Failure(
                "the file begins as UTF-16 and does not go on so; save it again as 'CSV UTF-8'"
            ) from None
    marked = file.seek(0) == 0 and file.read(2) in {b"\xff\xfe", b"\xfe\xff"}
    return Told("utf-16" if marked else codec, "UTF-16", lines)


def _utf16(head: bytes) -> str:
    """The codec of UTF-16 text, with or without its mark; empty for other text."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_even + zeros_odd == 0:
        return ""
    return "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"
