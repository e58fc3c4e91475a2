"""What stays in view without being nailed to the head: it follows, a little late.

Pure but for where it is by now; metres, scene space.
"""

import math

import numpy as np

from vr_client.frame_packet import Matrix
from vr_client.ui.placement import (
    Clear,
    Placement,
    Sight,
    Size,
    angles,
    hang,
    zoom_and_nearest_m,
)

RAISED_DEG = 6.0
"""Half of what is docked to a follower, seen from its eye, degrees."""


class Follower:
    """Something that stays in view without being nailed to the head: it follows, a little late."""

    LAG_S = 0.15
    STAYS_DEG = 15.0
    """Without motion it stays where it is until the head has turned this far, and then is there."""

    def __init__(self, below_deg: float, distance_m: float) -> None:
        self._below = below_deg
        self._distance_m = distance_m
        self._angles: tuple[float, float] | None = None
        self._time_s = 0.0

    def place(
        self,
        head: Matrix,
        time_s: float,
        clear: Clear,
        sight: Sight | None = None,
        size: Size = (0.0, 0.0),
        *,
        still: bool = False,
        zoom: float = 1.0,
    ) -> Placement:
        """Where it hangs at `time_s`, having followed `head` since the last call.

        It comes nearer as long as something stands before a panel of `size`.
        """
        self.follow(head, time_s, sight, still=still, zoom=zoom)
        assert self._angles is not None, "it followed just now"
        eye = head[:3, 3].copy()
        zoom, nearest_m = zoom_and_nearest_m(sight.larger(zoom) if sight else None, zoom)
        far = hang(eye, *self._angles, self._distance_m, zoom)
        middle, across = far.world_from_panel[:3, 3], far.world_from_panel[:3, 0]
        ends = np.multiply.outer((-0.5, 0.0, 0.5), across * (size[0] * far.unit_m))
        away_m = self._distance_m * min(1.0, clear(eye, middle + ends) * 0.9)
        return _drawn_to(far, max(nearest_m, away_m))

    def follow(
        self,
        head: Matrix,
        time_s: float,
        sight: Sight | None = None,
        *,
        still: bool = False,
        zoom: float = 1.0,
    ) -> None:
        """Follow `head` to where it is at `time_s`, without hanging anything there.

        `still`: it does not float after the head; in a window it stands in its place, in a headset
        it leaves it in cuts. The larger it is (`zoom`), the nearer to the middle, so that its far
        edge stays in view.
        """
        below = self._below - math.copysign(RAISED_DEG, self._below) * (zoom - 1.0)
        yaw, pitch = angles(-head[:3, 2])
        wanted = (yaw, min(max(pitch - below, -80.0), 60.0))
        before = self._angles if self._angles is not None else wanted
        turned = (wanted[0] - before[0] + 180.0) % 360.0 - 180.0
        raised = wanted[1] - before[1]
        if still:
            leaves = sight is not None or max(abs(turned), abs(raised)) > self.STAYS_DEG
            share = float(leaves)
        else:
            share = 1.0 - math.exp(-max(0.0, time_s - self._time_s) / self.LAG_S)
        self._angles = (before[0] + turned * share, before[1] + raised * share)
        self._time_s = time_s


def _drawn_to(far: Placement, distance_m: float) -> Placement:
    """The same, so far from the eye that it looks as large from there."""
    offset = far.world_from_panel[:3, 3] - far.eye
    share = distance_m / math.hypot(*offset.tolist())
    world = far.world_from_panel.copy()
    world[:3, 3] = far.eye + offset * share
    return Placement(world, far.unit_m * share, far.eye)
