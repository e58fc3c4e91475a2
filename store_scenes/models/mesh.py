"""One product's geometry before it joins a scene: an indexed triangle mesh and its art."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class ProductMesh:
    """A unit as it stands: origin at the middle of its base, front along +z, metres.

    vertices (n,) VERTEX; indices (m,) u4, counter-clockwise
    seen from outside; art (ART_SIZE, ART_SIZE, 4) u1 sRGB, top row first.
    """

    vertices: NDArray[np.void]
    indices: NDArray[np.uint32]
    art: NDArray[np.uint8]
