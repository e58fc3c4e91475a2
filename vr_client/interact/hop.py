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

THROW_M_PER_S: Final = 4.0
FALL_M_PER_S2: Final = 9.81
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
    """Where somebody at `here` hops who throws along `ray`, at most `reach_m` away.

    `footprints` (n, 2, 2) and `room` (2, 2) are as for `vr_client.interact.walk`.
    """
    thrown = _thrown(ray) - np.asarray(here)
    away_m = float(np.hypot(*thrown))
    move = thrown * min(1.0, reach_m / max(away_m, 1e-6))
    spot = walk(here, (float(move[0]), float(move[1])), footprints, room)
    came_m = float(np.hypot(spot[0] - here[0], spot[1] - here[1]))
    return Landing(_arc(ray, spot), spot, came_m >= NO_FURTHER_M)


def _thrown(ray: Ray) -> NDArray[np.float64]:
    """Where what is thrown along the ray comes down on the floor: x and z."""
    speed = ray.direction * THROW_M_PER_S
    height = max(float(ray.origin[1]), 0.0)
    fall_s = (speed[1] + np.sqrt(speed[1] ** 2 + 2.0 * FALL_M_PER_S2 * height)) / FALL_M_PER_S2
    return np.asarray((ray.origin + speed * fall_s)[[0, 2]])


def _arc(ray: Ray, spot: Spot) -> NDArray[np.float64]:
    """(ARC_POINTS, 3) a smooth curve that leaves along the ray and ends on the floor at `spot`."""
    end = np.array([spot[0], 0.0, spot[1]])
    reach = float(np.linalg.norm(end - ray.origin))
    bend = ray.origin + ray.direction * reach * 0.5  # of a quadratic Bézier curve
    t = np.linspace(0.0, 1.0, ARC_POINTS)[:, None]
    return np.asarray((1 - t) ** 2 * ray.origin + 2 * t * (1 - t) * bend + t**2 * end)
