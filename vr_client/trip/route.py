"""How to walk through a store without touching a shelf, and what is easy to buy. Pure."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.interact.stands import HEIGHT_M
from vr_client.interact.walk import Spot, is_free

GRID_M = 0.1
BODY_M = 0.3
MIDDLE_M = 0.5  # places this much nearer to an aisle's middle are no better


class Floor:
    """The walkable floor of a scene."""

    def __init__(
        self, footprints: NDArray[np.float64], room: NDArray[np.float64], radius_m: float = BODY_M
    ) -> None:
        self._footprints, self._room, self._radius = footprints, room, radius_m
        low, high = room[0] + radius_m, room[1] - radius_m
        self._xs = np.arange(low[0], high[0], GRID_M)
        self._zs = np.arange(low[1], high[1], GRID_M)
        points = np.stack(np.meshgrid(self._xs, self._zs, indexing="ij"), axis=-1)
        self._free = np.ones(points.shape[:2], dtype=bool)
        for box in footprints:
            gap = points - np.clip(points, box[0], box[1])
            self._free &= np.hypot(gap[..., 0], gap[..., 1]) >= radius_m

    def fits(self, spot: Spot) -> bool:
        """Whether the shopper can stand at `spot`."""
        return is_free(spot, self._footprints, self._room, self._radius)

    def path(self, start: Spot, goal: Spot) -> list[Spot]:
        """Corners of a way from `start` to `goal`; straight when there is no other way."""
        cells = self._search(self._cell(start), self._cell(goal))
        spots: list[Spot] = [start]
        way = [(float(self._xs[i]), float(self._zs[j])) for i, j in cells[1:-1]] + [goal]
        while way:
            # As far ahead as one can walk straight; at least one cell, so that it ends.
            ahead = next(
                (n for n in range(len(way) - 1, -1, -1) if self._straight(spots[-1], way[n])), 0
            )
            spots.append(way[ahead])
            way = way[ahead + 1 :]
        return spots

    def _cell(self, spot: Spot) -> tuple[int, int]:
        """The free cell nearest to `spot`."""
        away = np.hypot(self._xs[:, None] - spot[0], self._zs[None, :] - spot[1]) + np.where(
            self._free, 0.0, 1e6
        )
        row, column = np.unravel_index(int(away.argmin()), away.shape)
        return int(row), int(column)

    def _straight(self, start: Spot, goal: Spot) -> bool:
        length = float(np.hypot(goal[0] - start[0], goal[1] - start[1]))
        shares = np.linspace(0.0, 1.0, max(2, int(length / 0.05)))
        return all(
            self.fits((start[0] + (goal[0] - start[0]) * s, start[1] + (goal[1] - start[1]) * s))
            for s in shares[1:]
        )

    def _search(self, start: tuple[int, int], goal: tuple[int, int]) -> list[tuple[int, int]]:
        """Breadth first over free cells; equal steps, so the first way found is a shortest."""
        before: dict[tuple[int, int], tuple[int, int]] = {start: start}
        frontier = deque([start])
        while frontier and goal not in before:
            i, j = frontier.popleft()
            for step in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
                there = (i + step[0], j + step[1])
                inside = 0 <= there[0] < len(self._xs) and 0 <= there[1] < len(self._zs)
                if inside and there not in before and self._free[there]:
                    before[there] = (i, j)
                    frontier.append(there)
        if goal not in before:
            return [start, goal]
        way = [goal]
        while way[-1] != start:
            way.append(before[way[-1]])
        return way[::-1]


def skus_to_buy(scene: SceneDescription) -> list[str]:
    """Every SKU on the shelves: what stands at a comfortable height first.

    Of that what is nearest to the middle of an aisle (there is room to stand, and much to see),
    then as listed.
    """
    rows = np.flatnonzero(scene.product_of >= 0)
    middle = scene.bounds[rows].astype(np.float64).mean(axis=1)
    off = np.round(np.abs(middle[:, 1] - HEIGHT_M), 1)
    aisles = np.array([(line.start, line.end) for line in scene.aisles], np.float64)
    away = np.zeros(len(rows))
    if len(aisles):
        apart = middle[:, None, [0, 2]] - aisles.mean(axis=1)[None, :, :]
        away = np.round(np.linalg.norm(apart, axis=2).min(axis=1) / MIDDLE_M)
    products = scene.product_of[rows]
    order = products[np.lexsort((products, away, off))]
    return [scene.skus[number] for number in dict.fromkeys(order.tolist())]
