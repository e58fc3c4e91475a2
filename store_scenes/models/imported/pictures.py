"""The pictures of an imported model: looked at before they are decoded, KTX 2 transcoded."""

import io
import struct
from pathlib import Path

from store_scenes.models.imported.accessors import COOK
from store_scenes.models.imported.container import refuse

SIDE_MAX = 8192
PIXELS_MAX = 40_000_000
KTX2_MAGIC = b"\xabKTX 20\xbb\r\n\x1a\n"


def picture(path: Path, data: bytes) -> bytes:
    """A picture that Pillow reads: as it is, or transcoded to PNG.

    Raises:
        Failure: no picture, too large, or of a kind that is not read.
    """
    if data[:12] == KTX2_MAGIC:
        return _transcoded(path, data)
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            _check(path, *image.size)
            if image.format not in {"PNG", "JPEG", "WEBP"}:
                raise refuse(path, f"has a {image.format} picture", "use PNG, JPEG or WebP")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise refuse(path, "has a picture that does not read", "export it again") from None
    return data


def _check(path: Path, width: int, height: int) -> None:
    if max(width, height) > SIDE_MAX or width * height > PIXELS_MAX or min(width, height) < 1:
        raise refuse(
            path, f"has an image of {width} × {height} pixels", f"make its sides at most {SIDE_MAX}"
        )


def _transcoded(path: Path, data: bytes) -> bytes:
    """The first level of a KTX 2 texture as PNG."""
    try:
        import opengl_basisu
    except ImportError:
        raise refuse(path, "has Basis Universal textures", COOK) from None
    from PIL import Image

    if len(data) < 80:
        raise refuse(path, "has a KTX 2 texture that is cut short", "export it again")
    width, height = struct.unpack_from("<II", data, 20)
    _check(path, width, height)
    try:
        texture = opengl_basisu.open(data)
        level = texture.transcode("rgba8")
        image = Image.frombytes("RGBA", (texture.width, texture.height), bytes(level.data))
    except Exception as error:  # of a native decoder: damaged, whatever it is called
        raise refuse(path, "has a KTX 2 texture that does not unpack", "export it again") from error
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
