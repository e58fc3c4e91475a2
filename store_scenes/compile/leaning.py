"""What stands on shelves that lean: its turn in the scene, and the box around it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Leaning:
    """Those of some rows that lean, t of them: row (t,) i8, rising; slope_deg and yaw_deg (t,).

    Each leans forward by its slope about the front edge of a shelf that is turned by its yaw; all
    else about it is as if it stood on a level one. Most scenes have none.
    """

    row: NDArray[np.int64]
    slope_deg: Floats
    yaw_deg: Floats


NONE = Leaning(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))


def leaning_on(
    surface: NDArray[np.int64], run: NDArray[np.int64], slope_deg: Floats, yaw_deg: Floats
) -> Leaning:
    """Of units in runs `run` (n,) that stand on surfaces (r,), those whose surface has a slope."""
    if not slope_deg.any():
        return NONE
    row = np.flatnonzero(slope_deg[surface].take(run))
    on = surface[run[row]]
    return Leaning(row, slope_deg[on], yaw_deg[on])


def joined(parts: Sequence[Leaning], counts: Sequence[int]) -> Leaning:
    """Those of several runs of rows, `counts` long, one after another."""
    if all(part is NONE for part in parts):
        return NONE
    starts = np.cumsum([0, *counts[:-1]])
    rows = [part.row + start for part, start in zip(parts, starts, strict=True)]
    return Leaning(
        np.concatenate(rows),
        np.concatenate([part.slope_deg for part in parts]),
        np.concatenate([part.yaw_deg for part in parts]),
    )


def leaning_bounds(
    leaning: Leaning, position: Floats, yaw_deg: Floats, middle: Floats, half: Floats
) -> tuple[Floats, Floats]:
    """The corners, (3, t) each, of the scene-space boxes; `position`, `middle` and `half` (3, t).

    `middle` and `half` are of the boxes about the meshes' origins, as they lie, before any yaw.
    """
    shelf, own = _yaws(leaning.yaw_deg), _yaws(yaw_deg - leaning.yaw_deg)
    turn = shelf @ _slopes(leaning.slope_deg) @ own
    centre = position + np.einsum("nij,jn->in", turn, middle)
    reach = np.einsum("nij,jn->in", np.abs(turn), half)
    return centre - reach, centre + reach


def _yaws(yaw_deg: Floats) -> Floats:
    """(t, 3, 3), as `yaw_matrix` each."""
    cosine, sine = np.cos(np.radians(yaw_deg)), np.sin(np.radians(yaw_deg))
    turn = np.zeros((len(yaw_deg), 3, 3))
    turn[:, 0, 0] = turn[:, 2, 2] = cosine
    turn[:, 0, 2], turn[:, 2, 0], turn[:, 1, 1] = sine, -sine, 1.0
    return turn


def _slopes(slope_deg: Floats) -> Floats:
    """(t, 3, 3), as `slope_matrix` each."""
    cosine, sine = np.cos(np.radians(slope_deg)), np.sin(np.radians(slope_deg))
    turn = np.zeros((len(slope_deg), 3, 3))
    turn[:, 1, 1] = turn[:, 2, 2] = cosine
    turn[:, 1, 2], turn[:, 2, 1], turn[:, 0, 0] = -sine, sine, 1.0
    return turn


def leaning_rotations(leaning: Leaning, rotation: Floats) -> Floats:
    """(t, 4) the quaternions x, y, z, w of those that stood upright with `rotation` (t, 4)."""
    half, yaw = np.radians(leaning.slope_deg) / 2.0, np.radians(leaning.yaw_deg)
    # About the shelf's front edge, which its yaw has turned from the x axis.
    sine, own = np.sin(half), np.cos(half)
    a, c = sine * np.cos(yaw), -sine * np.sin(yaw)
    x, y, z, w = rotation.T
    return np.stack(
        [own * x + a * w - c * y, own * y + c * x - a * z, own * z + c * w + a * y,
         own * w - a * x - c * z], axis=1,
    )  # fmt: skip
