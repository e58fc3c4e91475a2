"""A hop: an arc from the hand shows where one will be, never further than a step of the eyes. Pure.

Where a hop ends is where one would have come to on foot, so nobody hops through a shelf or onto
one. Metres, scene space.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vr_client.interact.rays import Ray
from vr_client.interact.walk import Spot, walk

FAR_M: Final = 50.0
ARC_POINTS: Final = 17
NO_FURTHER_M: Final = 0.15
"""Who would come no further than this stands before a shelf: there is nowhere to go."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a hop ends: `arc` (ARC_POINTS, 3) from the hand to the floor; not `free`: nowhere."""

    arc: NDArray[np.float64]
    spot: Spot
    free: bool


def aim_hop(
    ray: Ray,
    here: Spot,
    reach_m: float,
    footprints: NDArray[np.float64],
    room: NDArray[np.float64],
) -> Landing:
    """Where somebody at `here` hops who points along `ray`, at most `reach_m` away.

    `footprints` (n, 2, 2) and `room` (2, 2) are as for `vr_client.interact.walk`.
    """
    move = _pointed_at(ray) - np.asarray(here)
    away_m = float(np.hypot(*move))
    if away_m < 1e-6:
        return Landing(_arc(ray, here), here, False)
    move *= min(1.0, reach_m / away_m)
    spot = walk(here, (float(move[0]), float(move[1])), footprints, room)
    came = np.subtract(spot, here)
    # Who only slides along a shelf does not get where they want to be.
    ahead_m = float(came @ move) / min(away_m, reach_m)
    return Landing(_arc(ray, spot), spot, ahead_m >= NO_FURTHER_M)


def _pointed_at(ray: Ray) -> NDArray[np.float64]:
    """Where the ray meets the floor, x and z; far away where it does not."""
    down = -float(ray.direction[1])
    height = max(float(ray.origin[1]), 0.0)
    far_m = height / down if down > 1e-3 else FAR_M
    return np.asarray((ray.origin + ray.direction * min(far_m, FAR_M))[[0, 2]])


def _arc(ray: Ray, spot: Spot) -> NDArray[np.float64]:
    """(ARC_POINTS, 3) a smooth curve that leaves along the ray and ends on the floor at `spot`."""
    end = np.array([spot[0], 0.0, spot[1]])
    reach = float(np.linalg.norm(end - ray.origin))
    bend = ray.origin + ray.direction * reach * 0.5  # of a quadratic Bézier curve
    t = np.linspace(0.0, 1.0, ARC_POINTS)[:, None]
    return np.asarray((1 - t) ** 2 * ray.origin + 2 * t * (1 - t) * bend + t**2 * end)
