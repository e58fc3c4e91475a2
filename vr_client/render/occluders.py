"""What stands wholly behind the back of a shelf. Pure numpy.

A board's shadow from the eye is bounded by five planes; a box that lies wholly inside is not
drawn. That is exact for one board at a time: no visible pixel changes.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vr_client.space.culling import inside_by

Floats = NDArray[np.float64]

TESTED_MAX: Final = 24
"""Boards that a frame looks behind: those that fill most of the view hide most of the store."""

AT_ONCE: Final = 6
"""More at once do not fit a core's own cache: twelve took twice as long in an open view."""

_INSET_M: Final = 0.004  # rounded edges let one see past a solid's corner


@dataclass(frozen=True, slots=True)
class Boards:
    """Upright boards with what does not change from eye to eye.

    low, high (n, 3); thin (n,): the axis across the board, 0 or 2; corners (n, 2, 4, 3): of its
    near and its far face along that axis, drawn in by `_INSET_M`, around; area (n,) square metres.
    """

    low: Floats
    high: Floats
    thin: NDArray[np.intp]
    corners: Floats
    area: Floats

    def __len__(self) -> int:
        return len(self.low)

    def only(self, rows: NDArray[np.intp]) -> "Boards":
        """Some of them."""
        return Boards(
            self.low[rows], self.high[rows], self.thin[rows], self.corners[rows], self.area[rows]
        )


def boards_of(planks: NDArray[np.floating[Any]]) -> Boards:
    """From boxes (n, 2, 3)."""
    boxes = np.asarray(planks, dtype=np.float64).reshape(-1, 2, 3)
    low, high = boxes[:, 0], boxes[:, 1]
    size = high - low
    thin = np.where(size[:, 0] < size[:, 2], 0, 2)
    rows = np.arange(len(boxes))
    wide = 2 - thin
    along = np.stack([low[rows, wide] + _INSET_M, high[rows, wide] - _INSET_M], axis=1)
    up = np.stack([low[:, 1] + _INSET_M, high[:, 1] - _INSET_M], axis=1)
    corners = np.empty((len(boxes), 2, 4, 3))
    corners[..., 1] = up[:, None, [0, 0, 1, 1]]
    corners[rows, :, :, wide] = along[:, None, [0, 1, 1, 0]]
    corners[rows, :, :, thin] = np.stack([low[rows, thin], high[rows, thin]], axis=1)[..., None]
    area = np.maximum(size[:, 0], size[:, 2]) * size[:, 1]
    return Boards(low, high, thin, corners, area)


def nearest_boards(eye: Floats, boards: Boards) -> Boards:
    """Those that fill most of the view from `eye`, at most TESTED_MAX."""
    if len(boards) <= TESTED_MAX:
        return boards
    away = np.linalg.norm(np.clip(eye, boards.low, boards.high) - eye, axis=1)
    fills = boards.area / np.maximum(away, 0.25) ** 2
    return boards.only(np.argsort(-fills, kind="stable")[:TESTED_MAX])


def hidden(eyes: Floats, boards: Boards, rows: Floats) -> NDArray[np.bool_]:
    """(c,) True for boxes, as `culling.box_rows` has them, that one board hides from all `eyes`.

    A few boards at a time: behind the first, which fill most of the view, is most of a store, and
    what is known to be hidden need not be asked about again.
    """
    covered = np.zeros(rows.shape[1], dtype=bool)
    planes = shadows(eyes, boards)
    left = np.arange(rows.shape[1])
    for first in range(0, len(planes), AT_ONCE):
        if not len(left):
            break
        some = planes[first : first + AT_ONCE]
        least = inside_by(some.reshape(-1, 4), rows[:, left], whole=True)
        behind = (least.reshape(len(some), 5, -1).min(axis=1) >= 0.0).any(axis=0)
        covered[left[behind]] = True
        left = left[~behind]
    return covered


def shadows(eyes: Floats, boards: Boards) -> Floats:
    """(s, 5, 4): planes whose inner sides together are the shadow that all eyes (e, 3) share.

    A board that any of them sees edge on, or that stands between them, has none.
    """
    rows = np.arange(len(boards))
    at = eyes[:, boards.thin]
    beyond = np.asarray((at > boards.high[rows, boards.thin]).all(axis=0))
    broad = np.flatnonzero(beyond | (at < boards.low[rows, boards.thin]).all(axis=0))
    rows, thin, beyond = np.arange(len(broad)), boards.thin[broad], beyond[broad]
    corners = boards.corners[broad, beyond.astype(np.intp)]  # the face that the eyes see
    rays = corners[:, None] - eyes[:, None]  # (s, e, 4, 3)
    after = rays[:, :, [1, 2, 3, 0]]
    normals = np.empty_like(rays)  # the cross product of each ray with the next
    for axis, (one, two) in enumerate(((1, 2), (2, 0), (0, 1))):
        normals[..., axis] = rays[..., one] * after[..., two] - rays[..., two] * after[..., one]
    # Whatever the order of the corners, the board's middle is inside.
    middle = corners.mean(axis=1)[:, None] - eyes
    normals *= np.sign(np.einsum("neij,nej->nei", normals, middle))[..., None]
    facing = np.where(beyond, -1.0, 1.0)
    # Of the planes through one edge, an eye each, that one bounds the shadow which turns in most.
    lengths = np.sqrt(np.einsum("neij,neij->nei", normals, normals))
    across = np.where((thin == 0)[:, None, None], normals[..., 0], normals[..., 2])
    narrowest = (across * facing[:, None, None] / lengths).argmin(axis=1)
    chosen = normals[rows[:, None], narrowest, np.arange(4)]
    planes = np.zeros((len(broad), 5, 4))
    planes[:, :4, :3] = chosen
    planes[:, :4, 3] = -np.einsum("nij,nij->ni", chosen, eyes[narrowest])
    # The far side of the board: what stands between its two faces is not behind it.
    back = np.where(beyond, boards.low[broad, thin], boards.high[broad, thin])
    planes[rows, 4, thin] = facing
    planes[:, 4, 3] = -facing * back
    return planes
