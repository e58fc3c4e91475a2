"""Where to stand to see a product and point at it. Pure; metres, scene space."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.interact.picking import PickIndex
from vr_client.interact.rays import ray_towards
from vr_client.interact.walk import Spot, nearest_free

EYE_M = 1.6
HAND_FROM_HEAD = (0.20, -0.36, -0.32)
"""Where the right hand is held: right, down and ahead of the eyes, turning with the body."""

ARMS_M = (0.9, 1.15, 1.4)
"""From the shopper to what is pointed at, over the floor: deep and stepped stands need more."""

UNITS_TRIED_MAX = 60
RAYS_MAX = 240
"""A unit of which nothing can be seen is given up after this many looks, about 50 ms."""

LOW_M = 0.75
HEIGHT_M = 1.25  # the most comfortable to look at and to reach


class Free(Protocol):
    """Somewhere to stand: `vr_client.trip.route.Floor` or a store's footprints."""

    def fits(self, spot: Spot) -> bool:
        """Whether a shopper can stand at `spot`."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Stand at `spot` and look along `towards` (x, z) at the unit in scene row `instance`."""

    instance: int
    spot: Spot
    towards: Spot

    def back(self, distance_m: float) -> Spot:
        """A spot further from the shelf."""
        return (
            self.spot[0] - self.towards[0] * distance_m,
            self.spot[1] - self.towards[1] * distance_m,
        )


def find_stand(scene: SceneDescription, picks: PickIndex, floor: Free, sku: str) -> Stand | None:
    """A place from which a unit of `sku` can be seen and pointed at, head-on if there is one.

    None where there is none, or no unit of it at all.
    """
    if sku not in scene.skus:
        return None
    rows = np.flatnonzero(scene.product_of == scene.skus.index(sku))
    middles = scene.bounds[rows].astype(np.float64).mean(axis=1)
    order = np.argsort(np.abs(middles[:, 1] - HEIGHT_M), kind="stable")[:UNITS_TRIED_MAX]
    looks = 0
    for turn in (0, 4, 2, 6, 1, 7, 3, 5):  # eighths of a circle, square to the shelves first
        angle = turn * np.pi / 4.0
        away = np.array([np.sin(angle), 0.0, np.cos(angle)])
        for number in order:
            row, middle = int(rows[number]), middles[number]
            if looks >= RAYS_MAX:
                return None
            spot = next((s for s in _spots(middle, away) if floor.fits(s)), None)
            if spot is None:
                continue
            looks += 1
            if _is_pointed_at(picks, row, middle, spot, away):
                return Stand(row, spot, (float(-away[0]), float(-away[2])))
    return None


def nearby(
    scene: SceneDescription, footprints: NDArray[np.float64], room: NDArray[np.float64], sku: str
) -> Stand | None:
    """Free floor as near to a unit of `sku` as there is, whether or not it can be pointed at."""
    if sku not in scene.skus:
        return None
    rows = np.flatnonzero(scene.product_of == scene.skus.index(sku))
    if not len(rows):
        return None
    middles = scene.bounds[rows].astype(np.float64).mean(axis=1)
    number = int(np.abs(middles[:, 1] - HEIGHT_M).argmin())
    here = (float(middles[number, 0]), float(middles[number, 2]))
    spot = nearest_free(here, footprints, room)
    towards = np.array(here) - spot
    towards = towards / max(1e-6, float(np.hypot(*towards)))
    return Stand(int(rows[number]), spot, (float(towards[0]), float(towards[1])))


def _spots(middle: NDArray[np.float64], away: NDArray[np.float64]) -> list[Spot]:
    """Nearest first; furthest first for what stands low, so that nobody looks at their feet."""
    arms = ARMS_M if middle[1] > LOW_M else ARMS_M[::-1]
    return [(float(f[0]), float(f[2])) for f in (middle + away * arm for arm in arms)]


def _is_pointed_at(
    picks: PickIndex, row: int, middle: NDArray[np.float64], spot: Spot, away: NDArray[np.float64]
) -> bool:
    """Whether the eye and the right hand both meet unit `row` first."""
    eye = np.array([spot[0], EYE_M, spot[1]])
    aside, up, back = HAND_FROM_HEAD
    right = np.array([away[2], 0.0, -away[0]])
    hand = eye + right * aside + np.array([0.0, up, 0.0]) + away * back
    for origin in (eye, hand):
        hit = picks.nearest(ray_towards(origin, middle))
        if hit is None or hit.instance != row:
            return False
    return True
