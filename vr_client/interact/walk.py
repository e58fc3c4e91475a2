"""Walking: a shopper is an upright cylinder that slides along what it meets."""

import math

import numpy as np
from numpy.typing import NDArray

RADIUS_M = 0.25
STEP_OVER_M = 0.05  # lower edges (floor slabs, mats) do not stop a foot
HEIGHT_M = 1.8
STRIDE_M = 0.1  # no single move is longer, so nothing is jumped through

GRID_M = 0.1

FEW = 16
"""So many shelves are tried in plain numbers as fast as it is found which of them are near."""

Spot = tuple[float, float]
"""x and z on the floor, metres."""


def obstacles(solids: NDArray[np.floating]) -> NDArray[np.float64]:
    """The footprints (n, 2, 2), x and z min and max, of the solids (k, 2, 3) a body meets."""
    if len(solids) == 0:
        return np.empty((0, 2, 2))
    stops = (solids[:, 1, 1] > STEP_OVER_M) & (solids[:, 0, 1] < HEIGHT_M)
    return solids[stops][:, :, [0, 2]].astype(np.float64)


def is_free(
    spot: Spot, footprints: NDArray[np.float64], room: NDArray[np.float64], radius_m: float
) -> bool:
    """Whether a body of `radius_m` fits at `spot`; `room` is (2, 2), x and z min and max."""
    return _fits(spot, near(spot, footprints, radius_m).tolist(), room.tolist(), radius_m)


def walk(
    spot: Spot,
    move: Spot,
    footprints: NDArray[np.float64],
    room: NDArray[np.float64],
    radius_m: float = RADIUS_M,
) -> Spot:
    """Where a body at `spot` ends that wants to go by `move`: it slides along obstacles.

    A body that already stands in an obstacle (the store changed around it) may always walk out.
    """
    length = math.hypot(*move)
    if length == 0.0:
        return spot
    boxes = near(spot, footprints, length + radius_m).tolist()
    walls = room.tolist()
    count = math.ceil(length / STRIDE_M)
    step = (move[0] / count, move[1] / count)
    for _ in range(count):
        stuck = not _fits(spot, boxes, walls, radius_m)
        tries = [(step[0], step[1]), (step[0], 0.0), (0.0, step[1])]
        for dx, dz in tries:
            target = (spot[0] + dx, spot[1] + dz)
            if stuck or _fits(target, boxes, walls, radius_m):
                spot = target
                break
    return spot


def near(spot: Spot, footprints: NDArray[np.float64], reach_m: float) -> NDArray[np.float64]:
    """Of a whole store's shelves the few that may be within reach; of a few all."""
    if len(footprints) <= FEW:
        return footprints
    x, z = spot
    low, high = footprints[:, 0], footprints[:, 1]
    met = (low[:, 0] < x + reach_m) & (high[:, 0] > x - reach_m)
    met &= (low[:, 1] < z + reach_m) & (high[:, 1] > z - reach_m)
    return footprints[met]


def _fits(
    spot: Spot, boxes: list[list[list[float]]], room: list[list[float]], radius_m: float
) -> bool:
    """Whether a body fits at `spot` beside these few boxes, in plain numbers."""
    x, z = spot
    (low_x, low_z), (high_x, high_z) = room
    inside_x = low_x + radius_m <= x <= high_x - radius_m
    if not (inside_x and low_z + radius_m <= z <= high_z - radius_m):
        return False
    for (left, back), (right, front) in boxes:
        aside = min(max(x, left), right) - x
        ahead = min(max(z, back), front) - z
        if math.hypot(aside, ahead) < radius_m:
            return False
    return True


def nearest_free(
    spot: Spot,
    footprints: NDArray[np.float64],
    room: NDArray[np.float64],
    radius_m: float = RADIUS_M,
    away_m: float = 6.0,
) -> Spot:
    """The spot nearest to `spot` at which a body fits; `spot` itself when none within `away_m`.

    Looked for on a grid of GRID_M around it, so that standing free costs nothing.
    """
    inside = np.clip(np.asarray(spot), room[0] + radius_m, room[1] - radius_m)
    start = (float(inside[0]), float(inside[1]))
    if is_free(start, footprints, room, radius_m):
        return start
    reach = away_m + radius_m
    boxes = near(start, footprints, reach)
    steps = np.arange(-away_m, away_m + GRID_M / 2.0, GRID_M)
    points = inside + np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1).reshape(-1, 2)
    free = np.all((points >= room[0] + radius_m) & (points <= room[1] - radius_m), axis=1)
    for low, high in boxes:
        free &= np.hypot(*(points - np.clip(points, low, high)).T) >= radius_m
    if not free.any():
        return spot
    away = np.hypot(*(points - inside).T)
    best = points[np.where(free, away, np.inf).argmin()]
    return float(best[0]), float(best[1])
