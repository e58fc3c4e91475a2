"""Which encoding a file is in, found in one pass over its bytes and a few megabytes of memory."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from catalog_sync.model.failure import Failure
from store_scenes.feeds.file_signatures import HEAD_BYTES, refuse_signature
from store_scenes.feeds.legacy_encodings import guess

FEED_BYTES_MAX = 512 * 1024 * 1024
CHUNK_BYTES = 1 << 20


# The names that the web and shops use for what Python knows by a wider one's name
# (https://encoding.spec.whatwg.org/#names-and-labels).
_WIDER = {
    "euc_kr": "cp949", "euckr": "cp949", "ks_c_5601_1987": "cp949", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "iso8859-1": "cp1252", "ascii": "cp1252",
    "utf-8": "utf-8-sig",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """`codec` for Python, `name` for people, and the number of line ends in the file.

    `guessed`: the bytes allow for others, too.
    """

    codec: str
    name: str
    lines: int
    guessed: bool = False


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


def known_codec(name: str) -> str:
    """Python's codec for an encoding's name, or the wider one that the web means; empty: none."""
    try:
        codec = codecs.lookup(name.strip()).name
        b"a".decode(codec)  # not all codecs are of text
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(codec, codec)


def find_encoding(file: BinaryIO, wanted: str = "") -> Told:
    """Read the whole file once and say what it is in; `file` is at its beginning afterwards.

    `wanted` is what a person says that it is in. Else UTF-8, UTF-16 and UTF-32 prove themselves,
    and for what is left see `legacy_encodings`.

    Raises:
        Failure: no text, in none of them, larger than `FEED_BYTES_MAX`, or not in `wanted`.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    try:
        if wanted:
            return _as_told(file, wanted)
        refuse_signature(head)
        wide = wide_codec(head)
        if wide:
            return _wide(file, wide)
        bad_line, lines = _decodable(file, "utf-8")
        if not bad_line:
            return Told("utf-8-sig", "UTF-8", lines)
        lines = sum(data.count(b"\n") for data, _ in _chunks(file))
        found = guess(_chunks(file))
    finally:
        file.seek(0)
    if found is None:
        raise Failure(
            f"line {bad_line}: neither UTF-8 nor UTF-16, CP949 or Windows-1252; "
            "save the file again as 'CSV UTF-8', or say what it is in with --encoding"
        )
    codec, name, guessed = found
    return Told(codec, name, lines, guessed)


def _as_told(file: BinaryIO, wanted: str) -> Told:
    codec = known_codec(wanted)
    if not codec:
        raise Failure(f"--encoding: {wanted!r} is no encoding such as utf-8, euc-kr or shift_jis")
    bad_line, lines = _decodable(file, codec)
    if bad_line:
        raise Failure(f"line {bad_line}: not in {wanted}, which --encoding says the file is in")
    return Told(codec, f"{wanted}, as told", lines)


def _decodable(file: BinaryIO, codec: str) -> tuple[int, int]:
    """The first line that is not in `codec` (0: all are), and the lines there are."""
    decoder = codecs.getincrementaldecoder(codec)()
    lines = 0
    for data, last in _chunks(file):
        try:
            text = decoder.decode(data, last)
        except UnicodeDecodeError as error:
            # What was left over from the chunk before has no line end in it.
            over = max(len(error.object) - len(data), 0)
            return lines + data[: max(error.start - over, 0)].count(b"\n") + 1, lines
        except UnicodeError:
            return lines + 1, lines
        lines += text.count("\n")
    return 0, lines


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
    name = codec[:6].upper()
    bad_line, lines = _decodable(file, codec)
    if bad_line:
        raise Failure(
            f"the file begins as {name} and does not go on so; save it again as 'CSV UTF-8'"
        )
    marked = file.seek(0) == 0 and file.read(2) in {b"\xff\xfe", b"\xfe\xff"}
    return Told("utf-16" if marked and name == "UTF-16" else codec, name, lines)


def wide_codec(head: bytes) -> str:
    """The codec of UTF-16 and UTF-32 text, with or without UTF-16's mark; empty for other text.

    Without a mark, nearly all zeros stand on one side of each pair, line ends have theirs, and so
    have the separators of the first line; stray zeros in other text come otherwise.
    """
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if min(zeros_even, zeros_odd) * 8 > max(zeros_even, zeros_odd) or not any(
        (zeros_even, zeros_odd)
    ):
        return ""
    codec, line_end = ("utf-16-le", b"\n\0") if zeros_odd > zeros_even else ("utf-16-be", b"\0\n")
    ends = (at for at in range(0, len(head) - 1, 2) if head[at : at + 2] == line_end)
    first_line = head[: next(ends, 0)]
    if first_line:
        return codec if b"\0" in first_line else ""
    return codec if b"\n" not in head and head.count(0) * 4 >= len(head) else ""


class Utf8Bytes:
    """A file's text as UTF-8 without a mark, for readers that know nothing else.

    `codec` empty: it is UTF-8, or the reader knows better.
    """

    def __init__(self, file: BinaryIO, codec: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(codec)() if codec else None
        self._first = True

    def read(self, count: int = -1) -> bytes:
        """The next bytes; none at the end."""
        while count:
            data = self._file.read(count)
            given = data
            if self._decoder is not None:
                given = self._decoder.decode(data, not data).encode("utf-8", "replace")
            if self._first and given:
                self._first = False
                given = given.removeprefix(b"\xef\xbb\xbf")
            if given or not data:
                return given
        return b""
