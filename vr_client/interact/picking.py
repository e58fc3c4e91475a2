"""Which product on the shelf a ray meets first; shelves, floor and walls stand in the way."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.interact.rays import (
    Boxes,
    Ray,
    box_distances,
    box_distances_of_each,
    ray_towards,
)

AT_ONCE = 2
"""Cells along each ray whose units are looked at together: one meets something in the first."""

TOUCH_M = 0.005
"""A unit stands on its board: what is solid this near to it is not between it and a hand."""

NEAR_M = 6.0
"""Rays that reach no further are asked of what is near only: a store may be ten times as long."""

HANDS_M = 1.5
"""Rays that begin so far apart are asked of one by one: no two hands are."""

STROLL_M = 1.75
"""Who moved this far has other things near."""

STEP_M = 0.3
"""Who moved this far has other things close by."""


@dataclass(frozen=True, slots=True)
class ProductHit:
    """`instance` is a row of the scene; -1: something solid that is not for sale."""

    instance: int
    distance_m: float


@dataclass(frozen=True, slots=True)
class _Around:
    """Some of a scene's boxes: first its `solids`, so many, then the cells with these `numbers`.

    `at`: around there, else all.
    """

    at: NDArray[np.float64] | None
    boxes: Boxes
    solids: int
    numbers: NDArray[np.intp]


class PickIndex:
    """A scene arranged for picking: cells first, then the units of the few cells that are hit."""

    def __init__(self, scene: SceneDescription) -> None:
        self._units = Boxes.of(scene.bounds)
        self._for_sale = scene.product_of >= 0
        self._left_out: frozenset[int] = frozenset()
        self.solids: NDArray[np.float32] = np.stack(
            [scene.solids["min"], scene.solids["max"]], axis=1
        )
        self._solids = Boxes.of(self.solids)
        cells = scene.cells[_sells(scene)]
        sold = Boxes.of(np.stack([cells["bounds_min"], cells["bounds_max"]], axis=1))
        last = cells["first_draw"] + cells["draw_count"] - 1
        both = self._solids.with_others(sold)
        self._all = _Around(None, both, len(self._solids), np.arange(len(cells)))
        self._near = self._all
        self._close: tuple[list[float], float, Boxes, NDArray[np.intp]] | None = None
        self._first = scene.draws["first_instance"][cells["first_draw"]]
        self._stop = scene.draws["first_instance"][last] + scene.draws["instance_count"][last]

    def leave_out(self, rows: Iterable[int]) -> None:
        """Exactly these units are not on their shelf now: nothing meets them there."""
        wanted = frozenset(rows)
        if wanted == self._left_out:
            return
        self._for_sale[list(self._left_out - wanted)] = True
        self._for_sale[list(wanted - self._left_out)] = False
        self._left_out = wanted

    def within(self, point: NDArray[np.float64], reach_m: float) -> tuple[int, float]:
        """The unit nearest to `point`, not further than `reach_m`, or -1; and how far one may move.

        As long as nothing moves further than the second number, the first stays -1: it is 0 where
        a unit is in reach. What is behind a board or a wall is out of reach.
        """
        around = self._around(point, reach_m)
        cells = _outside(point, around.boxes.part(around.solids, len(around.boxes)))
        free_m = float(cells.min(initial=NEAR_M)) - reach_m
        if free_m > 0.0:
            return -1, free_m
        best, best_m = -1, reach_m
        for place in np.argsort(cells).tolist():
            if cells[place] > best_m:
                break
            cell = around.numbers[place]
            first, stop = int(self._first[cell]), int(self._stop[cell])
            away = _outside(point, self._units.part(first, stop))
            away[~self._for_sale[first:stop]] = np.inf
            near = np.flatnonzero(away <= best_m)
            for row in near[np.argsort(away[near])].tolist():
                if not self._is_walled(point, first + row, float(away[row])):
                    best, best_m = first + row, float(away[row])
                    break
        return best, 0.0

    def _is_walled(self, point: NDArray[np.float64], row: int, away_m: float) -> bool:
        """Whether something solid is between `point` and unit `row`."""
        if away_m <= 0.0:
            return False
        nearest = np.clip(point, self._units.low[:, row], self._units.high[:, row])
        between = box_distances(ray_towards(point, nearest), self._solids)
        return bool(((between > 0.0) & (between < away_m - TOUCH_M)).any())

    def nearest(self, ray: Ray, reach_m: float = np.inf) -> ProductHit | None:
        """The first thing the ray meets within `reach_m`, product or solid; None: nothing."""
        return self.nearest_of([ray], reach_m)[0]

    def nearest_of(self, rays: Sequence[Ray], reach_m: float) -> list[ProductHit | None]:
        """`nearest` for each of some rays; from about the same place they are asked of together."""
        if not rays:
            return []
        first = rays[0].origin.tolist()
        if any(math.dist(first, ray.origin.tolist()) > HANDS_M for ray in rays[1:]):
            return [self.nearest(ray, reach_m) for ray in rays]
        origins = np.array([ray.origin for ray in rays])
        directions = np.array([ray.direction for ray in rays])
        around = self._around(origins[0], reach_m)
        met_m = box_distances_of_each(origins, directions, around.boxes)
        best_m = met_m[:, : around.solids].min(axis=1, initial=reach_m).tolist()
        best = [-1] * len(rays)
        waiting = [
            _nearer_than(most, entries[around.solids :])
            for most, entries in zip(best_m, met_m, strict=True)
        ]
        while cells := {
            number
            for most, entries in zip(best_m, waiting, strict=True)
            for entry_m, number in entries[:AT_ONCE]
            if entry_m < most  # every further cell begins behind what was found
        }:
            waiting = [entries[AT_ONCE:] for entries in waiting]
            rows = self._units_of(around.numbers[sorted(cells)])
            away_m = box_distances_of_each(origins, directions, self._units.only(rows))
            away_m[:, ~self._for_sale[rows]] = np.inf
            for ray, place in enumerate(away_m.argmin(axis=1).tolist()):
                if away_m[ray, place] < best_m[ray]:
                    best[ray], best_m[ray] = int(rows[place]), float(away_m[ray, place])
        return [
            ProductHit(row, away) if away < reach_m else None
            for row, away in zip(best, best_m, strict=True)
        ]

    def _units_of(self, cells: NDArray[np.intp]) -> NDArray[np.intp]:
        """The rows of all units in some cells."""
        ranges = zip(self._first[cells].tolist(), self._stop[cells].tolist(), strict=True)
        return np.concatenate([np.arange(first, stop) for first, stop in ranges])

    def _around(self, point: NDArray[np.float64], reach_m: float) -> "_Around":
        """What a ray from `point` can meet within `reach_m`, and more."""
        if reach_m > NEAR_M:
            return self._all
        at = self._near.at
        if at is None or math.dist(point.tolist(), at.tolist()) > STROLL_M:
            most = NEAR_M + STROLL_M + HANDS_M
            rows = (_outside(point, self._all.boxes) <= most).nonzero()[0]
            solids = int(rows.searchsorted(self._all.solids))
            self._near = _Around(
                point.copy(), self._all.boxes.only(rows), solids, rows[solids:] - self._all.solids
            )
        return self._near

    def clear_fraction(self, eye: NDArray[np.float64], points: NDArray[np.float64]) -> float:
        """How far towards `points` (n, 3) one can go from `eye` before anything is in the way.

        1.0 when nothing is. An eye inside something sees no way at all, so that does not count.
        """
        offsets = points - eye
        lengths = np.sqrt(np.einsum("ij,ij->i", offsets, offsets))
        reach_m = float(lengths.max(initial=0.0))
        found_m = self._nearest_of_each(eye, offsets / lengths[:, None], reach_m)
        counts = (found_m > 0.0) & (found_m < lengths)
        return float((found_m[counts] / lengths[counts]).min(initial=1.0))

    def _nearest_of_each(
        self, eye: NDArray[np.float64], directions: NDArray[np.float64], reach_m: float
    ) -> NDArray[np.float64]:
        """How far `nearest` is along each direction (n, 3) from `eye`, (n,); inf beyond reach."""
        boxes, cells = self._within_steps(eye, reach_m)
        found_m = np.full(len(directions), np.inf)
        if not len(boxes):
            return found_m
        met_m = box_distances_of_each(eye[None], directions, boxes)
        solids = len(boxes) - len(cells)
        found_m = met_m[:, :solids].min(axis=1, initial=np.inf)
        near = met_m[:, solids:] < np.minimum(found_m, reach_m)[:, None]
        for cell in cells[near.any(axis=0)].tolist():
            first, stop = int(self._first[cell]), int(self._stop[cell])
            met = box_distances_of_each(eye[None], directions, self._units.part(first, stop))
            met[:, ~self._for_sale[first:stop]] = np.inf
            found_m = np.minimum(found_m, met.min(axis=1, initial=np.inf))
        return np.asarray(found_m)

    def _within_steps(
        self, eye: NDArray[np.float64], reach_m: float
    ) -> tuple[Boxes, NDArray[np.intp]]:
        """Solids and then cells that are within reach of `eye`, or of where a step or two lead.

        And the numbers of those cells. They serve until somebody moved so far.
        """
        if self._close is not None:
            at, most, boxes, cells = self._close
            if math.dist(eye.tolist(), at) + reach_m <= most:
                return boxes, cells
        around = self._around(eye, reach_m + STEP_M)
        rows = (_outside(eye, around.boxes) <= reach_m + STEP_M).nonzero()[0]
        solids = int(rows.searchsorted(around.solids))
        boxes, cells = around.boxes.only(rows), around.numbers[rows[solids:] - around.solids]
        self._close = eye.tolist(), reach_m + STEP_M, boxes, cells
        return boxes, cells


def _sells(scene: SceneDescription) -> NDArray[np.bool_]:
    """Which cells (c,) hold a unit for sale: walls and shelves are met as solids."""
    cells, draws = scene.cells, scene.draws
    sold = np.concatenate([[0], np.cumsum(scene.product_of >= 0)])
    found = np.zeros(len(cells), dtype=bool)
    some = np.flatnonzero(cells["draw_count"] > 0)
    last = draws[cells["first_draw"][some] + cells["draw_count"][some] - 1]
    first = draws["first_instance"][cells["first_draw"][some]]
    found[some] = sold[last["first_instance"] + last["instance_count"]] > sold[first]
    return found


def _nearer_than(most_m: float, entry_m: NDArray[np.float64]) -> list[tuple[float, int]]:
    """How far each cell is that a ray enters before `most_m`, and its place, nearest first."""
    met = (entry_m < most_m).nonzero()[0]
    return sorted(zip(entry_m[met].tolist(), met.tolist(), strict=True))


def _outside(point: NDArray[np.float64], boxes: Boxes) -> NDArray[np.float64]:
    """How far (k,) `point` is from each box, metres; 0 inside."""
    at = point[:, None]
    apart = boxes.low - at
    np.maximum(apart, at - boxes.high, out=apart)
    np.maximum(apart, 0.0, out=apart)
    return np.asarray(np.sqrt(np.einsum("ij,ij->j", apart, apart)), dtype=np.float64)
