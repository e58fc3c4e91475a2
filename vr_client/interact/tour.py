"""The shortest walk past everything on a list. Pure; metres, scene space.

Ways on the floor are found on a grid; the order of the stops is exact up to EXACT_MAX of them (the
dynamic program of Held and Karp, 1962) and improved from many beginnings above that. A tour begins
where the shopper stands and ends at its last stop: nobody has to walk back.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vr_client.interact.walk import RADIUS_M, Spot

CELL_M: Final = 0.2
CELLS_MAX: Final = 400_000
STOPS_MAX: Final = 60
EXACT_MAX: Final = 11
_UNREACHED_M: Final = 1e6

_STEPS: Final = [
    (dz, dx, float(np.hypot(dz, dx)) * CELL_M)
    for dz, dx in (
        (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1),
        (-2, -1), (-2, 1), (2, -1), (2, 1), (-1, -2), (1, -2), (-1, 2), (1, 2),
    )
]  # fmt: skip
"""Sixteen ways to go on: the length of a way is then at most 2.8 % off."""


@dataclass(frozen=True, slots=True)
class Tour:
    """`order` are indices of the stops as they are walked to, `path` the corners of the whole way.

    `length_m` is that of the way; stops that cannot be walked to are in `missed`.
    """

    order: tuple[int, ...]
    path: tuple[Spot, ...]
    length_m: float
    missed: tuple[int, ...] = ()


class Ground:
    """The free floor as a grid: `free` (rows, columns), True where a body's middle may be."""

    def __init__(
        self,
        footprints: NDArray[np.float64],
        room: NDArray[np.float64],
        radius_m: float = RADIUS_M,
    ) -> None:
        """`footprints` (n, 2, 2) and `room` (2, 2) are x and z, minima and maxima."""
        self.low = room[0]
        columns, rows = (max(1, int(np.ceil(side / CELL_M))) for side in room[1] - room[0])
        if rows * columns > CELLS_MAX:
            raise ValueError(f"a floor of {rows} by {columns} cells is larger than any store")
        x = self.low[0] + (np.arange(columns) + 0.5) * CELL_M
        z = self.low[1] + (np.arange(rows) + 0.5) * CELL_M
        inside_x = (x >= room[0, 0] + radius_m) & (x <= room[1, 0] - radius_m)
        inside_z = (z >= room[0, 1] + radius_m) & (z <= room[1, 1] - radius_m)
        self.free = inside_z[:, None] & inside_x[None, :]
        for (x0, z0), (x1, z1) in footprints:
            off_x = np.maximum(np.maximum(x0 - x, x - x1), 0.0)
            off_z = np.maximum(np.maximum(z0 - z, z - z1), 0.0)
            self.free &= np.hypot(off_z[:, None], off_x[None, :]) >= radius_m

    def cell(self, spot: Spot) -> tuple[int, int]:
        """The free cell nearest to a spot: row and column."""
        rows, columns = self.free.shape
        column = min(max(int((spot[0] - self.low[0]) / CELL_M), 0), columns - 1)
        row = min(max(int((spot[1] - self.low[1]) / CELL_M), 0), rows - 1)
        if self.free[row, column] or not self.free.any():
            return row, column
        open_rows, open_columns = np.nonzero(self.free)
        nearest = int(np.hypot(open_rows - row, open_columns - column).argmin())
        return int(open_rows[nearest]), int(open_columns[nearest])

    def spot(self, cell: tuple[int, int]) -> Spot:
        """The middle of a cell."""
        return (
            float(self.low[0] + (cell[1] + 0.5) * CELL_M),
            float(self.low[1] + (cell[0] + 0.5) * CELL_M),
        )

    def reach(self, start: tuple[int, int]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """From `start` the way to each cell, metres (inf: none), and the cell before it, or -1."""
        rows, columns = self.free.shape
        free = self.free.ravel().tolist()
        far = [np.inf] * (rows * columns)
        before = [-1] * (rows * columns)
        first = start[0] * columns + start[1]
        far[first] = 0.0
        waiting = [(0.0, first)]
        while waiting:
            length, here = heapq.heappop(waiting)
            if length > far[here]:
                continue
            row, column = divmod(here, columns)
            for dz, dx, step in _STEPS:
                to_row, to_column = row + dz, column + dx
                if not (0 <= to_row < rows and 0 <= to_column < columns):
                    continue
                there = to_row * columns + to_column
                if not free[there] or length + step >= far[there]:
                    continue
                if abs(dz) + abs(dx) > 1 and not _clear(free, columns, row, column, dz, dx):
                    continue
                far[there], before[there] = length + step, here
                heapq.heappush(waiting, (length + step, there))
        return np.array(far), np.array(before, dtype=np.int64)


def _clear(free: list[bool], columns: int, row: int, column: int, dz: int, dx: int) -> bool:
    """Whether a slanting step does not cut a corner."""
    near_z = row + (dz > 0) - (dz < 0)
    near_x = column + (dx > 0) - (dx < 0)
    if abs(dz) == abs(dx):
        return free[near_z * columns + column] and free[row * columns + near_x]
    if abs(dz) == 2:
        return free[near_z * columns + column] and free[near_z * columns + near_x]
    return free[row * columns + near_x] and free[near_z * columns + near_x]


def plan_tour(ground: Ground, start: Spot, stops: Sequence[Spot]) -> Tour:
    """The shortest walk from `start` past all `stops`, at most STOPS_MAX.

    Raises:
        ValueError: more stops than that.
    """
    if len(stops) > STOPS_MAX:
        raise ValueError(f"{len(stops)} stops; at most {STOPS_MAX}")
    cells = [ground.cell(spot) for spot in (start, *stops)]
    columns = ground.free.shape[1]
    flat = [row * columns + column for row, column in cells]
    ways = [ground.reach(cell) for cell in cells]
    between = np.array([far[flat] for far, _ in ways])
    reached = [n for n in range(len(stops)) if np.isfinite(between[0, n + 1])]
    missed = tuple(n for n in range(len(stops)) if not np.isfinite(between[0, n + 1]))
    if not reached:
        return Tour((), (start,), 0.0, missed)
    kept = [0, *(n + 1 for n in reached)]
    order = shortest_order(between[np.ix_(kept, kept)])
    walked = [0, *(kept[n] for n in order)]
    path = [start]
    length = 0.0
    for one, other in pairwise(walked):
        length += float(between[one, other])
        path += _corners(ground, ways[one][1], flat[one], flat[other])
    return Tour(tuple(kept[n] - 1 for n in order), tuple(path), length, missed)


def shortest_order(between: NDArray[np.float64]) -> list[int]:
    """Of stops 1 and up, in which order they are walked to from stop 0, for a (n, n) of metres."""
    count = len(between) - 1
    between = np.where(np.isfinite(between), between, _UNREACHED_M)
    if count <= 1:
        return list(range(1, count + 1))
    return _exact(between) if count <= EXACT_MAX else _improved(between)


def order_length(between: NDArray[np.float64], order: Sequence[int]) -> float:
    """How long the walk is from stop 0 past `order`."""
    return float(sum(between[one, other] for one, other in pairwise((0, *order))))


def _exact(between: NDArray[np.float64]) -> list[int]:
    """Held and Karp: the best way to each set of stops that ends at each of them."""
    count = len(between) - 1
    best = np.full((1 << count, count), np.inf)
    last = np.full((1 << count, count), -1, dtype=np.int64)
    for stop in range(count):
        best[1 << stop, stop] = between[0, stop + 1]
    inner = between[1:, 1:]
    for visited in range(1, 1 << count):
        ends = [stop for stop in range(count) if visited >> stop & 1]
        if len(ends) < 2:
            continue
        for stop in ends:
            ways = best[visited ^ (1 << stop)] + inner[:, stop]
            last[visited, stop] = int(ways.argmin())
            best[visited, stop] = ways[last[visited, stop]]
    visited = (1 << count) - 1
    stop = int(best[visited].argmin())
    order = []
    while stop >= 0:
        order.append(stop + 1)
        visited, stop = visited ^ (1 << stop), int(last[visited, stop])
    return order[::-1]


def _improved(between: NDArray[np.float64]) -> list[int]:
    """Nearest next from each first stop, each mended until no turn or move of a part helps."""
    count = len(between) - 1
    found = [_mended(between, _nearest_next(between, first)) for first in range(1, count + 1)]
    return min(found, key=lambda order: order_length(between, order))


def _nearest_next(between: NDArray[np.float64], first: int) -> list[int]:
    order, left = [first], set(range(1, len(between))) - {first}
    while left:
        order.append(min(left, key=lambda stop: (between[order[-1], stop], stop)))
        left.remove(order[-1])
    return order


def _mended(between: NDArray[np.float64], order: list[int]) -> list[int]:
    """2-opt and Or-opt (Or, 1976) on an open way that begins at stop 0."""
    metres = between.tolist()
    way = [0, *order]
    better = True
    while better:
        better = _turn_parts(metres, way) or _move_parts(metres, way)
    return way[1:]


def _turn_parts(metres: list[list[float]], way: list[int]) -> bool:
    """Walk one part the other way round, if that is shorter."""
    count = len(way)
    for i in range(1, count - 1):
        for j in range(i + 1, count):
            before, first, last = way[i - 1], way[i], way[j]
            gain = metres[before][first] - metres[before][last]
            if j + 1 < count:
                gain += metres[last][way[j + 1]] - metres[first][way[j + 1]]
            if gain > 1e-9:
                way[i : j + 1] = way[i : j + 1][::-1]
                return True
    return False


def _move_parts(metres: list[list[float]], way: list[int]) -> bool:
    """Put up to three stops that follow one another somewhere else, if that is shorter."""
    count = len(way)
    for size in (1, 2, 3):
        for i in range(1, count - size + 1):
            part = way[i : i + size]
            rest = way[:i] + way[i + size :]
            saved = metres[way[i - 1]][part[0]]
            if i + size < count:
                after = way[i + size]
                saved += metres[part[-1]][after] - metres[way[i - 1]][after]
            for k in range(1, len(rest) + 1):
                for piece in (part, part[::-1]):
                    cost = metres[rest[k - 1]][piece[0]]
                    if k < len(rest):
                        cost += metres[piece[-1]][rest[k]] - metres[rest[k - 1]][rest[k]]
                    if saved - cost > 1e-9:
                        way[:] = rest[:k] + piece + rest[k:]
                        return True
    return False


def _corners(ground: Ground, before: NDArray[np.int64], start: int, end: int) -> list[Spot]:
    """Where the way from `start` to `end` turns, and its end."""
    columns = ground.free.shape[1]
    cells = [end]
    while cells[-1] != start:
        cells.append(int(before[cells[-1]]))
    cells.reverse()
    kept = []
    for one, here, other in zip(cells, cells[1:], cells[2:], strict=False):
        if here - one != other - here:
            kept.append(here)
    if len(cells) > 1:
        kept.append(cells[-1])
    return [ground.spot(divmod(cell, columns)) for cell in kept]
