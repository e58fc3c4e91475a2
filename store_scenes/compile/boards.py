"""Upright boards that hide what stands behind them: the backs and ends of shelves. Pure numpy."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BOARDS_MAX: Final = 512
_THIN_M: Final = 0.10
_HIGH_M: Final = 0.80
_WIDE_M: Final = 0.50
_JOIN_M: Final = 0.012
_NARROW: Final = 0.6  # a board narrower than this share of another's width is no back beside it
_REACH_M: Final = 1.2  # goods further from a board than this do not stand on its shelves

_STRETCH: Final = 512


def find_boards(
    solids: Floats, room: tuple[tuple[float, float, float], tuple[float, float, float]]
) -> Floats:
    """(n, 2, 3) thin upright boxes of `solids` (s, 2, 3), neighbours in one plane joined.

    The room's own shell hides nothing. At most BOARDS_MAX, the widest.
    """
    low, high = (np.array(corner, dtype=np.float64) for corner in room)
    boxes = np.asarray(solids, dtype=np.float64)
    size = boxes[:, 1] - boxes[:, 0]
    middle = boxes.mean(axis=1)
    flat = np.sort(size[:, [0, 2]], axis=1)
    inside = ((middle > low + 0.01) & (middle < high - 0.01))[:, [0, 2]].all(axis=1)
    chosen = inside & (flat[:, 0] <= _THIN_M) & (flat[:, 1] >= _WIDE_M) & (size[:, 1] >= _HIGH_M)
    joined: list[Floats] = []
    for box in sorted(boxes[chosen], key=lambda b: (*b[0][[1, 2, 0]], *b[1])):
        # Sorted by height and z: what it may carry on came a short while ago.
        last = next((other for other in reversed(joined) if _continues(other, box)), None)
        if last is None:
            joined.append(box.copy())
        else:
            last[0], last[1] = np.minimum(last[0], box[0]), np.maximum(last[1], box[1])
    widest = sorted(joined, key=lambda b: -float((b[1] - b[0])[[0, 2]].max()))[:BOARDS_MAX]
    return np.array(widest, dtype=np.float64).reshape(-1, 2, 3)


def _continues(board: Floats, box: Floats) -> bool:
    """Whether `box` carries `board` on in its own plane, equally high."""
    thin = 0 if board[1, 0] - board[0, 0] < board[1, 2] - board[0, 2] else 2
    wide = 2 - thin
    same = np.abs(board[:, [1, thin]] - box[:, [1, thin]]).max() <= _JOIN_M
    gap = max(box[0, wide] - board[1, wide], board[0, wide] - box[1, wide])
    return bool(same and gap <= _JOIN_M)


def sides(middle: Floats, planks: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Which face of which board each point (n, 3) stands before (0 none), and how far, metres."""
    side = np.zeros(len(middle), dtype=np.int64)
    nearest = np.full(len(middle), _REACH_M)
    widest = np.zeros(len(middle))
    if not len(middle):
        return side, nearest
    # What stands together comes together: whole stretches are out of a board's reach at once.
    starts = np.arange(0, len(middle), _STRETCH)
    low, high = np.minimum.reduceat(middle, starts), np.maximum.reduceat(middle, starts)
    for number, plank in enumerate(planks):
        thin = 0 if plank[1, 0] - plank[0, 0] < plank[1, 2] - plank[0, 2] else 2
        wide = 2 - thin
        near = (low[:, thin] < plank[1, thin] + _REACH_M) & (
            high[:, thin] > plank[0, thin] - _REACH_M
        )
        near &= (low[:, wide] <= plank[1, wide]) & (high[:, wide] >= plank[0, wide])
        stretches = starts[near]
        if not len(stretches):
            continue
        rows = (stretches[:, None] + np.arange(_STRETCH)).ravel()
        rows = rows[: np.searchsorted(rows, len(middle))]
        across, along = middle[rows, thin], middle[rows, wide]
        offset = across - plank[:, thin].mean()
        away = np.abs(offset)
        within = (along >= plank[0, wide]) & (along <= plank[1, wide])
        wide_m = float(plank[1, wide] - plank[0, wide])
        known = widest[rows]
        # End boards stand crosswise at short distances too: a much larger board is the back.
        closer = within & (away < nearest[rows]) & (wide_m >= _NARROW * known)
        closer |= within & (away < _REACH_M) & (_NARROW * wide_m > known)
        rows, offset, away = rows[closer], offset[closer], away[closer]
        side[rows] = 1 + 2 * number + (offset > 0.0)
        nearest[rows] = away
        widest[rows] = wide_m
    return side, nearest
