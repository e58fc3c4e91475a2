"""One product's geometry before it joins a scene: an indexed triangle mesh and its art."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.detail import DetailedMesh, Levels

VERTEX = np.dtype(
    [
        ("position", "f4", 3),  # metres, mesh space
        ("normal", "f4", 3),
        ("uv", "f4", 2),  # (0, 0) is the top left of the art layer
        # sRGB-encoded, multiplies the art. Alpha 255: lit by the room; 0: shines by itself.
        ("colour", "u1", 4),
        ("surface", "u1", 4),  # roughness, metallic, clearcoat, occlusion (255 = open), over 255
    ]
)
"""40 bytes a vertex."""

ART_SIZE = 512
"""Width and height of an art layer, pixels."""

PICTURE_SIZE = 256
"""Width and height of a product's picture on panels, pixels."""

FAR_SIZE = 128
"""Width and height of the small picture that every product has from the start, pixels."""


@dataclass(frozen=True, slots=True)
class ProductMesh:
    """A unit as it stands: origin at the middle of its base, front along +z, metres.

    vertices (n,) VERTEX; indices (m,) u4, counter-clockwise
    seen from outside; art (ART_SIZE, ART_SIZE, 4) u1 sRGB, top row first.
    """

    vertices: NDArray[np.void]
    indices: NDArray[np.uint32]
    art: NDArray[np.uint8]
    far: NDArray[np.uint8] | None = None  # (FAR_SIZE, FAR_SIZE, 4), where it was made before
    levels: Levels | None = None  # where they were worked out before; the first is `indices`
    fitted: DetailedMesh | None = None  # ready to be drawn, where it was made for one size before
    fitted_mm: tuple[float, float, float] | None = None  # that size


def shrunk(pixels: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """(h / factor, w / factor, 4): the mean of the light, not of its sRGB codes."""
    if factor <= 1:
        return pixels
    height, width = pixels.shape[0] // factor, pixels.shape[1] // factor
    light = _LIGHT[pixels.reshape(height, factor, width, factor, 4)].mean(axis=(1, 3))
    code = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(code * 255.0), dtype=np.uint8)


def _light_of_codes() -> NDArray[np.float32]:
    code = np.arange(256) / 255.0
    light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    return light.astype(np.float32)


_LIGHT = _light_of_codes()
