"""Who looks at the panels of a frame, and where those hang that keep to their view or to others."""

from dataclasses import dataclass

import numpy as np

from vr_client.frame_packet import Matrix
from vr_client.ui.follower import Follower
from vr_client.ui.placement import (
    Clear,
    Placement,
    Sight,
    Size,
    bearable,
    docked,
    docked_aside,
)

SIDE_KEPT = 0.15
"""So far beyond the middle of the view the chip has to be for a subtitle to change sides: a
tangent."""


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

    def zoom_in_window(self, size: Size) -> float:
        """How many times as large as in a headset it is in a window's picture at most."""
        return self.zoom(size) * (self.sight.zoom if self.sight is not None else 1.0)

    def follow(self, follower: Follower, size: Size, whole: Size | None = None) -> Placement:
        """Where `follower` hangs by now; `whole` is its panel with what is docked to it."""
        return follower.place(
            self.head, self.time_s, self.clear, self.sight, size,
            still=self.still, zoom=self.zoom(whole or size),
        )  # fmt: skip

    def keep_up(self, follower: Follower, whole: Size) -> None:
        """`follower` goes along, although what it carries hangs elsewhere now."""
        follower.follow(self.head, self.time_s, self.sight, still=self.still, zoom=self.zoom(whole))

    def is_left_of(self, chip: Placement, before: bool | None) -> bool:
        """Whether a subtitle is left of the chip, towards the middle of the view.

        It stays on the side that it was on `before` (None: on none) until that is well off the
        middle.
        """
        seen = (chip.world_from_panel[:3, 3] - self.head[:3, 3]) @ self.head[:3, :3]
        kept = 0.0 if before is None else SIDE_KEPT * abs(float(seen[2]))
        return float(seen[0]) > (-kept if before else kept)

    def caption(
        self, size: Size, chip: Placement, chip_size: Size, *, left: bool | None
    ) -> Placement:
        """Beside the chip, or (`left` is None: no big panel is docked to that) above it."""
        if left is None:
            return docked(chip, chip_size, size, above=True)
        reach_m = np.inf
        if self.sight is not None:
            seen = (chip.world_from_panel[:3, 3] - self.head[:3, 3]) @ self.head[:3, :3]
            half = float(np.tan(np.radians(self.sight.across_deg - 1.0)))
            reach_m = half * float(-seen[2]) + float(seen[0]) * (1.0 if left else -1.0)
        return docked_aside(chip, chip_size, size, left=left, reach_m=reach_m)
