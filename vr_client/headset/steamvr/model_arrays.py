"""SteamVR's render models as arrays of our own, or nothing where they cannot be drawn.

A driver brings them, so no number in them is taken at its word.
"""

import ctypes
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import HandPart

VERTICES_MAX: Final = 65_536
TRIANGLES_MAX: Final = 131_072
EXTENT_M: Final = 1.0
"""No controller reaches farther from the hand that holds it."""

TEXTURE_SIDE_MAX: Final = 8192
KEPT_SIDE: Final = 1024
"""A hand is seen from afar: of a larger texture every second texel will do, or every fourth."""

_VERTEX: Final = np.dtype([("position", "f4", 3), ("normal", "f4", 3), ("uv", "f4", 2)])


def part_of(model: Any) -> HandPart | None:
    """A RenderModel_t copied out of SteamVR's memory, without its texture; None for junk."""
    count, triangles = int(model.unVertexCount), int(model.unTriangleCount)
    if not (0 < count <= VERTICES_MAX and 0 < triangles <= TRIANGLES_MAX):
        return None
    if not (model.rVertexData and model.rIndexData):
        return None
    vertices = _copied(model.rVertexData, count * _VERTEX.itemsize).view(_VERTEX)
    indices = _copied(model.rIndexData, triangles * 6).view(np.uint16).astype(np.uint32)
    numbers = vertices.view(np.float32)
    if not np.isfinite(numbers).all() or int(indices.max()) >= count:
        return None
    if float(np.abs(vertices["position"]).max()) > EXTENT_M:
        return None
    lengths = np.linalg.norm(vertices["normal"], axis=1, keepdims=True)
    return HandPart(
        np.ascontiguousarray(vertices["position"]),
        vertices["normal"] / np.maximum(lengths, 1e-6),
        np.ascontiguousarray(vertices["uv"]),
        indices,
    )


class TextureCopy:
    """Copies a texture a band of rows at a time: all of one can take as long as a frame."""

    BAND_BYTES: Final = 1 << 19

    def __init__(self, texture: Any, rgba8: int) -> None:
        """`texture` is a RenderModel_TextureMap_t; raises ValueError for one that is no picture."""
        width, height = int(texture.unWidth), int(texture.unHeight)
        if int(texture.format) != rgba8 or not texture.rubTextureMapData:
            raise ValueError("its texels are not RGBA8")
        if not (0 < width <= TEXTURE_SIDE_MAX and 0 < height <= TEXTURE_SIDE_MAX):
            raise ValueError(f"{width}x{height} texels")
        self._source, self._width, self._height = texture.rubTextureMapData, width, height
        self._every = max(1, -(-max(width, height) // KEPT_SIDE))
        rows, columns = -(-height // self._every), -(-width // self._every)
        self.pixels: NDArray[np.uint8] = np.empty((rows, columns, 4), np.uint8)
        self._row = 0  # of `pixels`

    def more(self) -> bool:
        """Copy a band; whether there is another."""
        width, every = self._width, self._every
        rows = min(max(1, self.BAND_BYTES // (width * 4)), len(self.pixels) - self._row)
        for row in range(self._row, self._row + rows):
            texels = _copied(self._source, width * 4, offset=row * every * width * 4)
            self.pixels[row] = texels.reshape(width, 4)[::every]
        self._row += rows
        return self._row < len(self.pixels)


def _copied(pointer: Any, count: int, *, offset: int = 0) -> NDArray[np.uint8]:
    """(count,) bytes of the memory that is pointed to."""
    address = ctypes.cast(pointer, ctypes.c_void_p).value
    assert address is not None, "the caller has looked"
    return np.frombuffer(ctypes.string_at(address + offset, count), np.uint8)
