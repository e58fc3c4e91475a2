"""The one fact about a font file that ImGui does not give: how high a line is in ems."""

import struct
from pathlib import Path

FONT_BYTES_MAX = 128 * 1024 * 1024


def line_height_em(path: Path, index: int) -> float:
    """Ascent minus descent over the em of face `index` in a TTF, OTF or TTC file.

    ImGui sizes text by this line height; people, and our rule of 0.6 degrees, by the em. Tables
    `head` and `hhea` of the OpenType specification, section "Font tables".

    Raises:
        ValueError: not a font file, or one without those tables.
    """
    if path.stat().st_size > FONT_BYTES_MAX:
        raise ValueError(f"{path} is larger than {FONT_BYTES_MAX} bytes")
    data = path.read_bytes()
    try:
        start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
        tables = {}
        for number in range(struct.unpack_from(">H", data, start + 4)[0]):
            tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
            tables[tag] = offset
        units = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
        ascent, descent = struct.unpack_from(">hh", data, tables[b"hhea"] + 4)
    except (struct.error, KeyError) as error:
        raise ValueError(f"{path} is not a TrueType or OpenType font") from error
    if units == 0 or ascent - descent <= 0:
        raise ValueError(f"{path} states no line height")
    return float(ascent - descent) / float(units)
