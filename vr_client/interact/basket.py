"""The shopper's basket: where it hangs at the hip, and what is over it. Pure; metres, scene space.

It turns with the body, of which only the head is seen: a body follows a head that keeps looking
aside, and does not turn at every glance, least of all at one into the basket.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import Matrix
from vr_client.interact.comfort import Hand
from vr_client.interact.rays import Ray
from vr_client.interact.units import away_from, met_at
from vr_client.space.pose import inverse_rigid, transform_point

ASIDE_M, AHEAD_M = 0.29, 0.20
"""From below the eyes to the middle of the basket's rim."""

EYES_M: Final = (1.1, 1.6, 1.9)
DROP_M: Final = (0.55, 0.68, 0.80)
"""From the eyes down to the rim, by how high the eyes are: who sits has it beside the chair."""

SEATED_EYES_M: Final = 1.2

GLANCE_DEG, LAG_S = 40.0, 0.35
"""A head that looks further aside than the first takes the body along, this late."""

SETTLE_S: Final = 2.5
"""So late the body turns to where one looks on and on."""

INTO_BASKET: Final = math.sin(math.radians(-30.0))
"""Who looks down further than this (a rise a metre) looks into the basket: it waits."""

BOX: Final = np.array([(-0.13, -0.20, -0.19), (0.13, 0.10, 0.19)])
"""What a ray meets: the basket with its handle; origin in the middle of its rim, -z ahead."""

RADIUS_M: Final = float(np.linalg.norm(np.abs(BOX).max(axis=0)))
"""Of a ball around it."""

DROP: Final = np.array([(-0.22, -0.28, -0.28), (0.22, 0.25, 0.28)])
"""Whatever is let go in here falls into it; a hand that is just held is higher."""

HANDLE_M: Final = 0.03
"""A hand this near to it has hold of it."""

BOTTOM_M: Final = 0.15
"""How far below the rim things come to lie."""


class Hip:
    """Where the basket is; remembers how the body stands, in play space, where no rig turns it."""

    def __init__(self) -> None:
        self._yaw: float | None = None
        self._time_s = 0.0

    def place(
        self, head: Matrix, time_s: float, hand: Hand, rig_yaw_deg: float, rise_m: float
    ) -> Matrix:
        """`world_from_basket` for a shopper whose main hand is `hand`: at the other side.

        `head` is in the store, `rig_yaw_deg` how far their play space is turned there and `rise_m`
        how much it is lifted, for those who sit.
        """
        looks = heading(head)
        towards = looks - rig_yaw_deg
        body = towards if self._yaw is None else self._yaw
        step_s = min(max(0.0, time_s - self._time_s), 1.0)
        off = (towards - body + 180.0) % 360.0 - 180.0
        beyond = off - min(max(off, -GLANCE_DEG), GLANCE_DEG)
        body += beyond * (1.0 - math.exp(-step_s / LAG_S))
        if -head[1, 2] > INTO_BASKET:
            body += (off - beyond) * (1.0 - math.exp(-step_s / SETTLE_S))
        self._yaw, self._time_s = body, time_s
        eyes_m = float(head[1, 3]) - rise_m
        if rise_m > 0.0:
            eyes_m = min(eyes_m, SEATED_EYES_M)
        turn = math.radians(body + rig_yaw_deg)
        sine, cosine = math.sin(turn), math.cos(turn)
        aside = -ASIDE_M if hand == "right" else ASIDE_M
        x, y, z = head[:3, 3].tolist()
        return np.array(
            [
                (cosine, 0.0, sine, x + cosine * aside - sine * AHEAD_M),
                (0.0, 1.0, 0.0, y - _drop_m(eyes_m)),
                (-sine, 0.0, cosine, z - sine * aside - cosine * AHEAD_M),
                (0.0, 0.0, 0.0, 1.0),
            ]
        )


def _drop_m(eyes_m: float) -> float:
    """From eyes that high down to the rim, on the line through EYES_M and DROP_M."""
    for low, high, less, more in zip(EYES_M, EYES_M[1:], DROP_M, DROP_M[1:], strict=False):
        if eyes_m < high:
            share = max(0.0, (eyes_m - low) / (high - low))
            return less + (more - less) * share
    return DROP_M[-1]


def heading(head: Matrix) -> float:
    """Where a head looks, degrees, 0 along -z, positive to the left; also of one that looks down.

    By its right ear, which goes nowhere when one nods.
    """
    return math.degrees(math.atan2(-head[2, 0], head[0, 0]))


def is_over(world_from_basket: Matrix, point: NDArray[np.float64]) -> bool:
    """Whether what is let go at `point` falls in."""
    local = transform_point(inverse_rigid(world_from_basket), point)
    return bool(((local >= DROP[0]) & (local <= DROP[1])).all())


def is_at(world_from_basket: Matrix, point: NDArray[np.float64]) -> bool:
    """Whether a hand there has hold of the basket itself."""
    offset = world_from_basket[:3, 3] - point
    if float(offset @ offset) > (RADIUS_M + HANDLE_M) ** 2:
        return False
    return away_from(point, world_from_basket, BOX) <= HANDLE_M


def met_by(ray: Ray, world_from_basket: Matrix) -> float:
    """How far along `ray` the basket is; inf where it is missed."""
    offset = world_from_basket[:3, 3] - ray.origin
    along = float(offset @ ray.direction)
    if float(offset @ offset) - along * along > RADIUS_M**2:
        return np.inf  # most rays, at a fraction of the work
    return met_at(ray, world_from_basket, BOX)


def inside(world_from_basket: Matrix, world_from_unit: Matrix, low_m: float) -> Matrix:
    """Where a unit comes to lie whose lowest side is `low_m` below its origin."""
    made = world_from_unit.copy()
    made[:3, 3] = transform_point(world_from_basket, (0.0, low_m - BOTTOM_M, 0.0))
    return made
