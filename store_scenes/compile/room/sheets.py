"""Large flat sheets that repeat a drawn square, cut where they change."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from store_scenes.fixtures.fixture import Part
from store_scenes.fixtures.shapes import Finish, part_of

Floats = NDArray[np.float64]


def edges(low: float, high: float, step: float, more: Sequence[float] = ()) -> Floats:
    """Where a sheet is cut: both ends, every `step` from `low`, and `more`; ascending."""
    count = int(np.ceil((high - low) / step - 1e-6))
    every = low + step * np.arange(1, count)
    cuts = np.concatenate([[low, high], every, [one for one in more if low < one < high]])
    cuts = np.unique(np.round(cuts, 6))
    return np.asarray(cuts[np.concatenate([[True], np.diff(cuts) > 1e-4])])


def tiled(
    cells: tuple[Floats, Floats, Floats, Floats], origin: tuple[float, float], step: float,
    height: float, finish: Finish, *, down: bool = False,
) -> Part:  # fmt: skip
    """Level rectangles, each inside one square of `step` metres that shows the whole art.

    `cells` are x0, x1, z0, z1 (n,) of each; squares are counted from `origin` (x, z).
    """
    x0, x1, z0, z1 = cells
    u0, u1 = _share(x0, x1, origin[0], step)
    v0, v1 = _share(z0, z1, origin[1], step)
    x = np.stack([x0, x0, x1, x1], axis=1).ravel()
    z = np.stack([z0, z1, z1, z0], axis=1).ravel()
    points = np.stack([x, np.full(len(x), height), z], axis=1)
    normals = np.tile([0.0, -1.0 if down else 1.0, 0.0], (len(x), 1))
    quad = np.array([0, 2, 1, 0, 3, 2]) if down else np.array([0, 1, 2, 0, 2, 3])
    indices = (np.arange(len(x0))[:, None] * 4 + quad).ravel()
    part = part_of(points, normals, indices, finish)
    part.vertices["uv"][:, 0] = np.stack([u0, u0, u1, u1], axis=1).ravel()
    part.vertices["uv"][:, 1] = np.stack([v0, v1, v1, v0], axis=1).ravel()
    return part


def _share(low: Floats, high: Floats, origin: float, step: float) -> tuple[Floats, Floats]:
    square = np.floor(((low + high) / 2.0 - origin) / step)
    start = origin + square * step
    return (low - start) / step, (high - start) / step
