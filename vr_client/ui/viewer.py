"""Who looks at the panels of a frame, and where those hang that keep to their view or to others."""

from dataclasses import dataclass

import numpy as np

from vr_client.frame_packet import Matrix
from vr_client.ui import theme
from vr_client.ui.contents import Wanted
from vr_client.ui.follower import Follower
from vr_client.ui.placement import (
    Clear,
    Placement,
    Sight,
    Size,
    at_the_top,
    bearable,
    docked,
    docked_aside,
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at the panels of one frame; `scale` is how large they like text."""

    head: Matrix
    time_s: float
    clear: Clear
    sight: Sight | None
    still: bool
    scale: float

    def zoom(self, size: Size) -> float:
        """How many times as large as usual a panel of `size` is."""
        return bearable(self.scale, size, self.sight)

    def follow(self, follower: Follower, size: Size, whole: Size | None = None) -> Placement:
        """Where `follower` hangs by now; `whole` is its panel with what is docked to it."""
        return follower.place(
            self.head, self.time_s, self.clear, self.sight, size,
            still=self.still, zoom=self.zoom(whole or size),
        )  # fmt: skip

    def top(self, size: Size) -> Placement | None:
        """At the upper edge of a window; a headset's view has none."""
        if self.sight is None:
            return None
        return at_the_top(self.head, size, self.clear, self.sight, self.zoom(size))

    def notice(
        self, size: Size, main: Placement, main_size: Size, top: tuple[Wanted, Placement] | None
    ) -> Placement:
        """Above the big panel; where a window would cut that off, at its upper edge.

        `top` is what stands there already.
        """
        above = docked(main, main_size, size, above=True)
        if self.sight is None or self.sight.shows(above, self.head, size, theme.SHADOW):
            return above
        if top is not None:
            return docked(top[1], top[0].size, size, above=False)
        return at_the_top(self.head, size, self.clear, self.sight, self.zoom(size), main)

    def caption(
        self, size: Size, chip: Placement, chip_size: Size, main: Placement | None
    ) -> Placement:
        """Above the chip; where a big panel is docked to that, beside it, towards the middle."""
        if main is None:
            return docked(chip, chip_size, size, above=True)
        seen = (chip.world_from_panel[:3, 3] - self.head[:3, 3]) @ self.head[:3, :3]
        aside_m = float(seen[0])
        reach_m = np.inf
        if self.sight is not None:
            half = float(np.tan(np.radians(self.sight.across_deg - 1.0)))
            reach_m = half * float(-seen[2]) + abs(aside_m)
        return docked_aside(chip, chip_size, size, left=aside_m > 0.0, reach_m=reach_m)
