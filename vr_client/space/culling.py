"""Which boxes an eye, or any of several eyes, can see."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import Matrix


def frustum_planes(clip_from_world: Matrix) -> NDArray[np.float64]:
    """The four side planes (4, 4), rows (nx, ny, nz, d), inward unit normals.

    They bound w >= |x| and w >= |y| (Gribb and Hartmann, 2001), which already excludes all that
    lies behind the eye, so neither a near nor a far plane is needed.
    """
    m = np.asarray(clip_from_world, dtype=np.float64)
    planes = np.stack([m[3] + m[0], m[3] - m[0], m[3] + m[1], m[3] - m[1]])
    return np.asarray(planes / np.linalg.norm(planes[:, :3], axis=1, keepdims=True))


def visible_boxes(
    clip_from_worlds: Sequence[Matrix],
    bounds_min: NDArray[np.floating[Any]],
    bounds_max: NDArray[np.floating[Any]],
) -> NDArray[np.bool_]:
    """For boxes (n, 3): (n,) True where at least one eye may see the box.

    Conservative: a box near a frustum's corner may be kept although no eye sees it.
    """
    seen = seen_by_each(clip_from_worlds, box_rows(bounds_min, bounds_max))
    return np.asarray(seen.any(axis=0))


def seen_by_each(
    clip_from_worlds: Sequence[Matrix], rows: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """For boxes as `box_rows` has them: (eyes, n), True where that eye may see the box."""
    planes = np.concatenate([frustum_planes(matrix) for matrix in clip_from_worlds])
    outermost = inside_by(planes, rows).reshape(len(clip_from_worlds), 4, -1)
    return np.asarray((outermost >= 0.0).all(axis=1))


def box_rows(
    bounds_min: NDArray[np.floating[Any]], bounds_max: NDArray[np.floating[Any]]
) -> NDArray[np.float64]:
    """Boxes (n, 3) as rows (7, n): their centres, half sizes and 1."""
    centre = (bounds_max.astype(np.float64) + bounds_min) * 0.5
    half = (bounds_max.astype(np.float64) - bounds_min) * 0.5
    return np.concatenate([centre.T, half.T, np.ones((1, len(centre)))])


def inside_by(
    planes: NDArray[np.float64], rows: NDArray[np.float64], *, whole: bool = False
) -> NDArray[np.float64]:
    """How far each box's corner that is furthest inside lies inside each plane: (p, n) metres.

    planes (p, 4): normals and offset; rows (7, n) as `box_rows` has them. `whole`: the corner that
    is least inside, so that nothing of the box lies further out.
    """
    normals = planes[:, :3]
    reach = -np.abs(normals) if whole else np.abs(normals)
    weights = np.concatenate([normals, reach, planes[:, 3:]], axis=1)
    # Not a matrix product: BLAS may give that to threads, and a frame that waits for a busy core
    # was measured to take ten milliseconds more.
    return np.asarray(np.einsum("pk,kn->pn", weights, rows))
