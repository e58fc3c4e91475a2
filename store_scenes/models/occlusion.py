"""How open each vertex of a model is to the light around it, baked once.

From many directions of the upper sky the model's surface is thrown onto a grid, of which each cell
keeps what is nearest to the light; a vertex that lies behind that is in the shade from there. What
stands around a unit on its shelf is no part of this: compiling knows, and multiplies both.
"""

import numpy as np
from numpy.typing import NDArray

DIRECTIONS = 40
GRID = 72
SAMPLES_MAX = 60_000
DARKEST = 0.35
"""Light comes from everywhere in the end: no vertex is darker than this."""

Floats = NDArray[np.float64]


def openness(vertices: NDArray[np.void], indices: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """(n,) u1: 255 where nothing stands before a vertex, less where the model shades itself."""
    position = vertices["position"].astype(np.float64)
    normal = vertices["normal"].astype(np.float64)
    surface = _samples(position, indices)
    extent = float(np.ptp(position, axis=0).max())
    seen = np.zeros(len(position))
    whole = np.zeros(len(position))
    for direction in _sky(DIRECTIONS):
        facing = np.clip(normal @ direction, 0.0, 1.0)
        if not facing.any():
            continue
        aside = [0.0, 0.0, 1.0] if abs(direction[2]) < 0.9 else [1.0, 0.0, 0.0]
        side = np.cross(direction, aside)
        side /= np.linalg.norm(side)
        frame = np.stack([side, np.cross(direction, side), direction])
        thrown = surface @ frame.T
        cells, depth, cell_m = _grid(thrown, extent)
        nearest = np.full(GRID * GRID, -np.inf)
        np.maximum.at(nearest, cells, depth)
        # The vertices are the first of the samples.
        own, own_depth = cells[: len(position)], depth[: len(position)]
        # A grazing surface rises within one cell by its slope: leave it that much room.
        slope = np.sqrt(1.0 - np.minimum(facing, 1.0) ** 2) / np.maximum(facing, 0.12)
        slack = cell_m * (1.0 + 1.5 * slope)
        seen += facing * (own_depth >= nearest[own] - slack)
        whole += facing
    share = np.where(whole > 1e-9, seen / np.maximum(whole, 1e-9), 1.0)
    return np.asarray(np.rint(255.0 * (DARKEST + (1.0 - DARKEST) * share)), np.uint8)


def _grid(points: Floats, extent: float) -> tuple[NDArray[np.int64], Floats, float]:
    """Cells (n,) of a square grid around points, depths (n,), and the side of a cell, metres."""
    low = points[:, :2].min(axis=0)
    span = max(float(np.ptp(points[:, :2], axis=0).max()), extent * 1e-3)
    places = np.clip(((points[:, :2] - low) / span * (GRID - 1)).round(), 0, GRID - 1)
    cells = places[:, 1].astype(np.int64) * GRID + places[:, 0].astype(np.int64)
    return cells, points[:, 2], span / (GRID - 1)


def _sky(count: int) -> Floats:
    """(count, 3) directions over the upper half, evenly (a Fibonacci lattice)."""
    turn = np.arange(count) * (np.pi * (3.0 - np.sqrt(5.0)))
    height = (np.arange(count) + 0.5) / count
    radius = np.sqrt(1.0 - height**2)
    return np.stack([radius * np.cos(turn), height, radius * np.sin(turn)], axis=1)


def _samples(position: Floats, indices: NDArray[np.uint32]) -> Floats:
    """Points over the whole surface, dense enough for the grid; the corners are among them."""
    corner = position[indices.astype(np.int64)].reshape(-1, 3, 3)
    area = np.linalg.norm(
        np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1
    )
    total = float(area.sum())
    if total <= 0.0:
        return position
    wanted = np.minimum(np.ceil(area / total * 4.0 * GRID * GRID), 4096).astype(np.int64)
    if wanted.sum() > SAMPLES_MAX:
        wanted = np.maximum((wanted * (SAMPLES_MAX / wanted.sum())).astype(np.int64), 1)
    rows = np.repeat(np.arange(len(corner)), wanted)[: 2 * SAMPLES_MAX]
    # A low-discrepancy walk over each triangle (Roberts' R2 sequence), the same every time.
    number = np.arange(len(rows)) - np.repeat(np.cumsum(wanted) - wanted, wanted)[: len(rows)]
    u = (0.5 + 0.7548776662466927 * number) % 1.0
    v = (0.5 + 0.5698402909980532 * number) % 1.0
    over = u + v > 1.0
    u, v = np.where(over, 1.0 - u, u), np.where(over, 1.0 - v, v)
    chosen = corner[rows]
    inside = (
        chosen[:, 0]
        + u[:, None] * (chosen[:, 1] - chosen[:, 0])
        + v[:, None] * (chosen[:, 2] - chosen[:, 0])
    )
    return np.concatenate([position, inside])
