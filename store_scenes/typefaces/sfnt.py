"""Reads just enough of a font file to choose a face: its names, its weight and its characters.

Formats: OpenType 1.9.1, "OpenType Font File", and its `cmap`, `name` and `OS/2` tables.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

FONT_BYTES_MAX = 256 * 1024 * 1024
"""The largest collections (Noto CJK with all weights) stay well below."""

FACES_MAX = 64
TABLES_MAX = 128
TABLE_BYTES_MAX = 8 * 1024 * 1024

_COLLECTION = b"ttcf"
_SINGLE = (b"\x00\x01\x00\x00", b"OTTO", b"true")


class NotAFontError(ValueError):
    """The file is not an OpenType or TrueType font that can be read."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file: family name, usWeightClass (400 regular, 700 bold), its `cmap`."""

    index: int
    family: str
    weight: int
    cmap: bytes

    def covers(self, text: str) -> bool:
        """Whether every character of `text` has a glyph other than 0."""
        return all(_glyph_exists(self.cmap, ord(character)) for character in text)


def read_faces(path: Path) -> tuple[Face, ...]:
    """Every face in a `.ttf`, `.otf` or `.ttc` file.

    Raises:
        NotAFontError: the file is something else, damaged, or beyond the limits above.
        OSError: it cannot be opened.
    """
    if path.stat().st_size > FONT_BYTES_MAX:
        raise NotAFontError(f"{path} is larger than {FONT_BYTES_MAX} bytes")
    try:
        with path.open("rb") as file:
            return tuple(
                _read_face(file, index, offset) for index, offset in enumerate(_face_offsets(file))
            )
    except struct.error as error:
        raise NotAFontError(f"{path} is cut short") from error


def _face_offsets(file: BinaryIO) -> tuple[int, ...]:
    tag = file.read(4)
    if tag in _SINGLE:
        return (0,)
    if tag != _COLLECTION:
        raise NotAFontError("no OpenType signature")
    _version, count = struct.unpack(">II", file.read(8))
    if not 1 <= count <= FACES_MAX:
        raise NotAFontError(f"{count} faces in one collection")
    return struct.unpack(f">{count}I", file.read(4 * count))


def _read_face(file: BinaryIO, index: int, offset: int) -> Face:
    file.seek(offset)
    _tag, count = struct.unpack(">4sH6x", file.read(12))
    if count > TABLES_MAX:
        raise NotAFontError(f"{count} tables in one face")
    directory = [struct.unpack(">4s4xII", file.read(16)) for _ in range(count)]
    tables: dict[bytes, bytes] = {}
    for tag, start, length in directory:
        if tag in (b"cmap", b"name", b"OS/2"):
            if length > TABLE_BYTES_MAX:
                raise NotAFontError(f"a {tag!r} table of {length} bytes")
            file.seek(start)
            tables[tag] = file.read(length)
    os2 = tables.get(b"OS/2", b"")
    weight = struct.unpack_from(">H", os2, 4)[0] if len(os2) >= 6 else 400
    return Face(index, _family(tables.get(b"name", b"")), weight, tables.get(b"cmap", b""))


def _family(name: bytes) -> str:
    """Name id 1 in US English on the Windows platform (3, encoding 1, language 0x409)."""
    if len(name) < 6:
        return ""
    count, strings = struct.unpack_from(">2xHH", name)
    for record in range(count):
        platform, encoding, language, what, length, offset = struct.unpack_from(
            ">6H", name, 6 + 12 * record
        )
        if (platform, encoding, language, what) == (3, 1, 0x409, 1):
            return name[strings + offset : strings + offset + length].decode("utf-16-be", "replace")
    return ""


def _glyph_exists(cmap: bytes, code: int) -> bool:
    if len(cmap) < 4:
        return False
    (count,) = struct.unpack_from(">2xH", cmap)
    for record in range(min(count, TABLES_MAX)):
        platform, _encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * record)
        if platform not in (0, 3):
            continue
        (kind,) = struct.unpack_from(">H", cmap, offset)
        if kind == 4 and _in_format_4(cmap, offset, code):
            return True
        if kind == 12 and _in_format_12(cmap, offset, code):
            return True
    return False


def _in_format_4(cmap: bytes, offset: int, code: int) -> bool:
    if code > 0xFFFF:
        return False
    (twice,) = struct.unpack_from(">H", cmap, offset + 6)
    segments = twice // 2
    ends_at = offset + 14
    ends = struct.unpack_from(f">{segments}H", cmap, ends_at)
    segment = next((i for i, end in enumerate(ends) if end >= code), None)
    if segment is None:
        return False
    start_at = ends_at + twice + 2 + 2 * segment
    (start,) = struct.unpack_from(">H", cmap, start_at)
    if start > code:
        return False
    (delta,) = struct.unpack_from(">H", cmap, start_at + twice)
    range_at = start_at + 2 * twice
    (range_offset,) = struct.unpack_from(">H", cmap, range_at)
    if range_offset == 0:
        return bool((code + delta) & 0xFFFF)
    (glyph,) = struct.unpack_from(">H", cmap, range_at + range_offset + 2 * (code - start))
    return bool(glyph)


def _in_format_12(cmap: bytes, offset: int, code: int) -> bool:
    (groups,) = struct.unpack_from(">I", cmap, offset + 12)
    low, high = 0, groups
    while low < high:
        middle = (low + high) // 2
        start, end, glyph = struct.unpack_from(">III", cmap, offset + 16 + 12 * middle)
        if code < start:
            high = middle
        elif code > end:
            low = middle + 1
        else:
            return bool(glyph + code - start)
    return False
