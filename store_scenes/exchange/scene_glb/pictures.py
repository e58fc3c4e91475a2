"""Pictures of a scene as glTF images, each once however many products wear it."""

import hashlib
import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from store_scenes.exchange.scene_glb.container import GlbWriter

JPEG_QUALITY = 88
FLAT_COLOURS = 500

LINEAR, LINEAR_MIPMAP_LINEAR, CLAMP_TO_EDGE = 9729, 9987, 33071

Art = Callable[[int], NDArray[np.uint8]]
"""A product's art by its row: (n, n, 4) u1 sRGB, top row first."""


class Pictures:
    """Textures by what they show; `bytes` is what the images weigh so far."""

    def __init__(self, writer: GlbWriter) -> None:
        """Pictures go to `writer` when they are first asked for."""
        self._writer = writer
        self._known: dict[bytes, int] = {}
        self._sampler = -1
        self.bytes = 0
        self.count = 0

    def texture(self, key: bytes, make: Callable[[], NDArray[np.uint8]], name: str) -> int:
        """The texture of a picture; equal keys mean equal pictures, and so do equal bytes."""
        known = self._known.get(key)
        if known is not None:
            return known
        picture = make()
        digest = hashlib.blake2b(np.ascontiguousarray(picture).data, digest_size=16).digest()
        if digest not in self._known:
            self._known[digest] = self._add(picture, name)
        self._known[key] = self._known[digest]
        return self._known[key]

    def _add(self, picture: NDArray[np.uint8], name: str) -> int:
        if self._sampler < 0:
            self._sampler = self._writer.add(
                "samplers",
                {"magFilter": LINEAR, "minFilter": LINEAR_MIPMAP_LINEAR,
                 "wrapS": CLAMP_TO_EDGE, "wrapT": CLAMP_TO_EDGE},
            )  # fmt: skip
        data, kind = encoded(picture)
        self.bytes += len(data)
        self.count += 1
        view = self._writer.view(data)
        image = self._writer.add("images", {"bufferView": view, "mimeType": kind, "name": name})
        return self._writer.add("textures", {"sampler": self._sampler, "source": image})


def encoded(picture: NDArray[np.uint8]) -> tuple[bytes, str]:
    """A picture as JPEG, or as PNG where it has few colours and that is smaller; its media type.

    All is opaque.
    """
    from PIL import Image

    image = Image.fromarray(np.ascontiguousarray(picture[..., :3]), "RGB")
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    # Packing what has many colours takes longest and gains nothing.
    if image.getcolors(FLAT_COLOURS) is not None:
        png = io.BytesIO()
        image.save(png, "PNG", compress_level=9)
        if len(png.getvalue()) <= len(jpeg.getvalue()):
            return png.getvalue(), "image/png"
    return jpeg.getvalue(), "image/jpeg"
