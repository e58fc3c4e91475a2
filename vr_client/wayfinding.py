"""Where a shopper can go in the store that is there: to a place, an aisle or a product."""

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.interact.floor_plan import FloorPlan, pins_of, plan_of
from vr_client.interact.journey import Journey
from vr_client.interact.picking import PickIndex
from vr_client.interact.rays import ray_towards
from vr_client.interact.stands import ARMS_M, EYE_M, find_stand, nearby
from vr_client.interact.walk import Spot, is_free, nearest_free, obstacles
from vr_client.ui.finder import Found

ELBOW_M = 0.3
"""Whoever is sent somewhere stands a little further from shelves than one can walk."""

PITCH_DEGREES = (-48.0, 15.0)
LOOKS_MAX = 12
"""So many of a product's units are looked for nearby: those that stand nearest."""

PINNED_MAX = 8
"""So many of the things a query found are shown on the map; more would say nothing."""


class Wayfinder:
    """Made for one scene; answers at once, a few milliseconds for a product."""

    def __init__(self, scene: SceneDescription, picks: PickIndex) -> None:
        self._scene, self._picks = scene, picks
        self.footprints: NDArray[np.float64] = obstacles(picks.solids)
        self.room: NDArray[np.float64] = np.array(scene.room, np.float64)[:, [0, 2]]
        self.plan: FloorPlan = plan_of(scene)
        self._pins: dict[str, tuple[Spot, ...]] = {}

    def fits(self, spot: Spot) -> bool:
        """Whether a shopper can stand at `spot`."""
        return is_free(spot, self.footprints, self.room, ELBOW_M)

    def free_near(self, spot: Spot) -> Spot:
        """`spot`, or the nearest where one can stand."""
        return nearest_free(spot, self.footprints, self.room)

    def to_spot(self, wanted: Spot) -> Journey:
        """To a place on the map; who points at a shelf comes to stand before it."""
        spot = nearest_free(wanted, self.footprints, self.room, ELBOW_M)
        off = (wanted[0] - spot[0], wanted[1] - spot[1])
        return Journey(spot, None if np.hypot(*off) < ELBOW_M else _yaw(off))

    def to_aisle(self, number: int) -> Journey | None:
        """To where an aisle begins, looking along it; None: there is no such aisle."""
        if not 0 <= number < len(self.plan.aisles):
            return None
        aisle = self.plan.aisles[number]
        along = (aisle.end[0] - aisle.start[0], aisle.end[1] - aisle.start[1])
        spot = nearest_free(aisle.start, self.footprints, self.room, ELBOW_M)
        return Journey(spot, _yaw(along) if np.hypot(*along) > 0.01 else None, 0.0)

    def to_product(self, sku: str) -> Journey | None:
        """Before a shelf with `sku`, looking at a unit that can be seen; None: on no shelf."""
        stand = find_stand(self._scene, self._picks, self, sku)
        stand = stand or nearby(self._scene, self.footprints, self.room, sku)
        if stand is None:
            return None
        x, y, z = self._scene.bounds[stand.instance].astype(np.float64).mean(axis=0)
        off = (float(x) - stand.spot[0], float(z) - stand.spot[1])
        pitch = float(np.degrees(np.arctan2(y - EYE_M, max(0.2, np.hypot(*off)))))
        pitch = min(max(pitch, PITCH_DEGREES[0]), PITCH_DEGREES[1])
        return Journey(stand.spot, _yaw(off), pitch, sku, stand.instance)

    def here(self, sku: str, spot: Spot) -> int | None:
        """The nearest unit of `sku`, a scene row, that who stands at `spot` sees within reach.

        None: it is further away, or behind something.
        """
        if sku not in self._scene.skus:
            return None
        rows = np.flatnonzero(self._scene.product_of == self._scene.skus.index(sku))
        middles = self._scene.bounds[rows].astype(np.float64).mean(axis=1)
        away = np.hypot(middles[:, 0] - spot[0], middles[:, 2] - spot[1])
        eye = np.array([spot[0], EYE_M, spot[1]])
        for number in np.argsort(away, kind="stable")[:LOOKS_MAX]:
            if away[number] > ARMS_M[-1]:
                break
            hit = self._picks.nearest(ray_towards(eye, middles[number]))
            if hit is not None and hit.instance == rows[number]:
                return int(rows[number])
        return None

    def pins(self, sku: str | None) -> tuple[Spot, ...]:
        """Where the units of `sku` stand."""
        if sku is None:
            return ()
        if sku not in self._pins:
            (self._pins[sku],) = pins_of(self._scene, (sku,))
        return self._pins[sku]

    def pins_found(self, found: Found) -> tuple[Spot, ...]:
        """Where the first few of what was found stand."""
        return tuple(pin for sku in found.skus[:PINNED_MAX] for pin in self.pins(sku))


def _yaw(towards: Spot) -> float:
    """Degrees; 0 looks along -z, positive turns to the left."""
    return float(np.degrees(np.arctan2(-towards[0], -towards[1])))
