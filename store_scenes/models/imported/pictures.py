"""The pictures of an imported model: looked at before they are decoded, KTX 2 transcoded."""

import io
import struct
from pathlib import Path

from store_scenes.models.imported.accessors import COOK
from store_scenes.models.imported.container import refuse

SIDE_MAX = 8192
PIXELS_MAX = 40_000_000
PICTURES_MAX = 16
"""An art has no room for more."""

KTX2_LEVELS_MAX = 16
KTX2_MAGIC = b"\xabKTX 20\xbb\r\n\x1a\n"


class Pixels:
    """How many pixels a model's pictures have together, which is bounded."""

    def __init__(self) -> None:
        self._sum = 0

    def add(self, path: Path, width: int, height: int) -> None:
        """One more picture, looked at and not decoded yet.

        Raises:
            Failure: it is too large, or all together are.
        """
        if max(width, height) > SIDE_MAX or min(width, height) < 1:
            raise refuse(path, f"has an image of {width} × {height} pixels",
                         f"make its sides at most {SIDE_MAX}")  # fmt: skip
        self._sum += width * height
        if self._sum > PIXELS_MAX:
            raise refuse(path, f"has more than {PIXELS_MAX // 10**6} million pixels of images",
                         "make them smaller")  # fmt: skip


def picture(path: Path, data: bytes, pixels: Pixels | None = None) -> bytes:
    """A picture that Pillow reads: as it is, or transcoded to PNG.

    Raises:
        Failure: no picture, too large, or of a kind that is not read.
    """
    pixels = pixels or Pixels()
    if data[:12] == KTX2_MAGIC:
        return _transcoded(path, data, pixels)
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            pixels.add(path, *image.size)
            if image.format not in {"PNG", "JPEG", "WEBP"}:
                raise refuse(path, f"has a {image.format} picture", "use PNG, JPEG or WebP")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise refuse(path, "has a picture that does not read", "export it again") from None
    return data


def _transcoded(path: Path, data: bytes, pixels: Pixels) -> bytes:
    """The first level of a KTX 2 texture as PNG."""
    try:
        import opengl_basisu
    except ImportError:
        raise refuse(path, "has Basis Universal textures", COOK) from None
    from PIL import Image

    if len(data) < 104:
        raise refuse(path, "has a KTX 2 texture that is cut short", "export it again")
    # KTX 2.0, 3: what the head claims, before a decoder allocates it.
    width, height, depth, layers, faces, levels = struct.unpack_from("<6I", data, 20)
    pixels.add(path, width, height)
    unpacked = struct.unpack_from("<Q", data, 96)[0]
    flat = depth == 0 and layers <= 1 and faces == 1 and levels <= KTX2_LEVELS_MAX
    if not flat or unpacked > 4 * (width + 16) * (height + 16):
        raise refuse(path, "has a KTX 2 texture that is no flat picture", "export it again")
    try:
        texture = opengl_basisu.open(data)
        level = texture.transcode("rgba8")
        image = Image.frombytes("RGBA", (texture.width, texture.height), bytes(level.data))
    except Exception as error:  # of a native decoder: damaged, whatever it is called
        raise refuse(path, "has a KTX 2 texture that does not unpack", "export it again") from error
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
