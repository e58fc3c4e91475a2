"""Where on the art a face of a package is drawn: what shapes and art agree on."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from store_scenes.models.mesh import ART_SIZE

Face = Literal["front", "back", "side", "top", "skin"]
"""`skin` wraps a fruit or vegetable: no words, its middle faces the shopper."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A rectangle of the art and what it covers on the package.

    `x`, `y`, `width`, `height` in art pixels; `width_mm` and `height_mm` on the package, so art
    can be drawn undistorted. `safe` is the share of the width, about the middle, that is seen
    from straight ahead (a round package hides the rest); `round` says that it wraps. `clear` are
    the shares at top and bottom that are folded or sealed, `trim` how they look.
    """

    face: Face
    x: int
    y: int
    width: int
    height: int
    width_mm: float
    height_mm: float
    safe: float = 1.0
    clear: tuple[float, float] = (0.0, 0.0)
    trim: Literal["none", "seal", "roof"] = "none"

    @property
    def round(self) -> bool:
        """Whether the panel bends around a round package."""
        return self.safe < 0.8

    def uv(self, s: ArrayLike, t: ArrayLike) -> NDArray[np.float64]:
        """Texture coordinates of (s, t), each 0..1 from the panel's top left; broadcast."""
        across, down = np.broadcast_arrays(np.asarray(s, float), np.asarray(t, float))
        return np.stack(
            [(self.x + across * self.width) / ART_SIZE, (self.y + down * self.height) / ART_SIZE],
            -1,
        )


def panel_of(panels: tuple[Panel, ...], face: Face) -> Panel:
    """The first panel of `face`."""
    return next(panel for panel in panels if panel.face == face)


def wrap_panels(circumference_mm: float, height_mm: float, front_share: float) -> tuple[Panel, ...]:
    """Front and back of a label around a round body: the front gets the more pixels.

    `front_share` is the front panel's share of the way around.
    """
    front_mm = circumference_mm * front_share
    # This share of the way around is what is seen without steep foreshortening.
    safe = round(0.304 / front_share, 3)
    return (
        Panel("front", 0, 0, ART_SIZE, 324, front_mm, height_mm, safe=safe),
        Panel("back", 0, 332, ART_SIZE - 16, 180, circumference_mm - front_mm, height_mm, safe=0.8),
    )
