"""What stands in a store and is neither furniture nor for sale: room, signs, the street outside."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import CEILING_PANEL, AisleLine
from store_scenes.fixtures.artwork import Artwork
from store_scenes.fixtures.fixture import Part

DrawArt = Callable[[Artwork], NDArray[np.uint8]]
"""(ART_SIZE, ART_SIZE, 4) u1 sRGB, opaque, top row first."""


def _origin() -> NDArray[np.float64]:
    return np.zeros((1, 3))


@dataclass(frozen=True, slots=True)
class Decor:
    """Equal meshes at `position` (n, 3) f8 scene metres, all turned by `yaw_deg`."""

    part: Part
    position: NDArray[np.float64] = field(default_factory=_origin)
    yaw_deg: float = 0.0
    artwork: Artwork | None = None
    whole_room: bool = False


@dataclass(slots=True)
class Surroundings:
    """Everything around the furniture. solids (s, 2, 3) f8; ceiling (q,) CEILING_PANEL."""

    decor: list[Decor] = field(default_factory=list)
    solids: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 2, 3)))
    ceiling: NDArray[np.void] = field(default_factory=lambda: np.zeros(0, CEILING_PANEL))
    lines: list[AisleLine] = field(default_factory=list)
