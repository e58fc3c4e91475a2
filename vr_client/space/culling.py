"""Which boxes an eye, or any of several eyes, can see."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import Matrix

PRODUCT_MAX: Final = 1 << 17
"""Multiplications in one matrix product. BLAS gives more than twice as many to threads, and a frame
that waits for a busy core was measured to take ten milliseconds more."""

ROUNDING_M: Final = 1e-3
"""What 32 bits are wrong by in a store of a hundred metres, and ten times more: half the bytes of
64 take half the time."""

Rows = NDArray[np.float32]

_SIDES: Final = np.array([[1.0], [-1.0], [1.0], [-1.0]])


def planes_of_each(clip_from_worlds: Sequence[Matrix]) -> NDArray[np.float64]:
    """The four side planes of each eye (eyes, 4, 4), rows (nx, ny, nz, d), inward unit normals.

    They bound w >= |x| and w >= |y| (Gribb and Hartmann, 2001), which already excludes all that
    lies behind the eye, so neither a near nor a far plane is needed.
    """
    m = np.asarray(clip_from_worlds, dtype=np.float64).reshape(-1, 4, 4)
    planes: NDArray[np.float64] = m[:, (0, 0, 1, 1)] * _SIDES + m[:, 3:]
    normals = planes[:, :, :3]
    planes /= np.sqrt(np.einsum("epk,epk->ep", normals, normals))[:, :, None]
    return planes


def seen_by_any(planes: NDArray[np.float64], rows: Rows) -> NDArray[np.bool_]:
    """For boxes as `box_rows` has them: (n,) True where an eye may see it.

    planes (eyes, 4, 4) as `planes_of_each` has them. Conservative: a box near a frustum's corner
    may be kept although no eye sees it.
    """
    furthest_in = inside_by(planes.reshape(-1, 4), rows).reshape(len(planes), 4, -1)
    return np.asarray(furthest_in.min(axis=1).max(axis=0, initial=-np.inf) >= -ROUNDING_M)


def box_rows(bounds_min: NDArray[np.floating[Any]], bounds_max: NDArray[np.floating[Any]]) -> Rows:
    """Boxes (n, 3) as rows (7, n): their centres, half sizes and 1."""
    centre = (bounds_max.astype(np.float64) + bounds_min) * 0.5
    half = (bounds_max.astype(np.float64) - bounds_min) * 0.5
    rows = np.concatenate([centre.T, half.T, np.ones((1, len(centre)))])
    return rows.astype(np.float32)


def inside_by(planes: NDArray[np.float64], rows: Rows, *, whole: bool = False) -> Rows:
    """How far each box's corner that is furthest inside lies inside each plane: (p, n) metres.

    planes (p, 4): unit normals and offset; rows (7, n) as `box_rows` has them. `whole`: the corner
    that is least inside, so that nothing of the box lies further out. Right within ROUNDING_M.
    """
    weights = np.empty((len(planes), 7), dtype=np.float32)
    weights[:, :3], weights[:, 6] = planes[:, :3], planes[:, 3]
    np.abs(planes[:, :3], out=weights[:, 3:6], casting="same_kind")
    if whole:
        weights[:, 3:6] *= -1.0
    inside = np.empty((len(weights), rows.shape[1]), dtype=np.float32)
    step = max(1, PRODUCT_MAX // max(1, weights.size))
    for first in range(0, rows.shape[1], step):
        part = slice(first, first + step)
        np.matmul(weights, rows[:, part], out=inside[:, part])
    return inside
