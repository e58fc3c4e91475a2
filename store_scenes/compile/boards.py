"""Upright boards that hide what stands behind them: the backs and ends of shelves. Pure numpy."""

from collections.abc import Iterator
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
    joined: list[list[float]] = []
    found = boxes[chosen].reshape(-1, 6).tolist()
    for box in sorted(found, key=lambda b: (b[1], b[2], b[0], *b[3:])):
        # Sorted by height and z: what it may carry on came a short while ago.
        last = next((other for other in reversed(joined) if _continues(other, box)), None)
        if last is None:
            joined.append(box)
        else:
            last[:] = [*map(min, last[:3], box[:3]), *map(max, last[3:], box[3:])]
    widest = sorted(joined, key=lambda b: -max(b[3] - b[0], b[5] - b[2]))[:BOARDS_MAX]
    return np.array(widest, dtype=np.float64).reshape(-1, 2, 3)


def _continues(board: list[float], box: list[float]) -> bool:
    """Whether `box` carries `board` on in its own plane, equally high; both six numbers."""
    thin, wide = (0, 2) if board[3] - board[0] < board[5] - board[2] else (2, 0)
    return (
        abs(board[thin] - box[thin]) <= _JOIN_M
        and abs(board[1] - box[1]) <= _JOIN_M
        and abs(board[4] - box[4]) <= _JOIN_M
        and abs(board[3 + thin] - box[3 + thin]) <= _JOIN_M
        and max(box[wide] - board[3 + wide], board[wide] - box[3 + wide]) <= _JOIN_M
    )


def sides(middle: Floats, planks: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Which face of which board each point stands before (0 none), and how far, metres.

    `middle` (2, n) are the points' x and z; `planks` come widest first, as `find_boards` has them.
    """
    count = middle.shape[1]
    side = np.zeros(count, dtype=np.int64)
    nearest = np.full(count, _REACH_M)
    widest = np.zeros(count)
    if not count:
        return side, nearest
    deep = planks[:, 1, 2] - planks[:, 0, 2]
    for number, (first, last) in _within_reach(middle, planks):
        (x0, _, z0), (x1, _, z1) = planks[number].tolist()
        low, high, thin = (z0, z1, 0) if x1 - x0 < deep[number] else (x0, x1, 1)
        rows = slice(first, last)
        offset = middle[thin, rows] - ((x0 + x1) / 2.0 if thin == 0 else (z0 + z1) / 2.0)
        along, known = middle[1 - thin, rows], widest[rows]
        away = np.abs(offset)
        within = (along >= low) & (along <= high)
        # End boards stand crosswise at short distances too: a much larger board is the back.
        closer = within & (away < nearest[rows]) & (high - low >= _NARROW * known)
        found = np.flatnonzero(closer)
        side[rows][found] = 1 + 2 * number + (offset[found] > 0.0)
        nearest[rows][found] = away[found]
        widest[rows][found] = high - low
    return side, nearest


def _within_reach(middle: Floats, planks: Floats) -> Iterator[tuple[int, tuple[int, int]]]:
    """The ranges of points that each board may have before it, board by board.

    What stands together comes together: whole stretches are out of a board's reach at once.
    """
    starts = np.arange(0, middle.shape[1], _STRETCH)
    least, most = np.minimum.reduceat(middle, starts, 1), np.maximum.reduceat(middle, starts, 1)
    size = planks[:, 1] - planks[:, 0]
    reach = np.where(size[:, [0]] < size[:, [2]], (_REACH_M, 0.0), (0.0, _REACH_M))
    low, high = planks[:, 0, ::2] - reach, planks[:, 1, ::2] + reach
    near = np.ones((len(planks), len(starts)), dtype=bool)
    for axis in (0, 1):
        near &= (least[axis] <= high[:, [axis]]) & (most[axis] >= low[:, [axis]])
    edge = np.diff(near.astype(np.int8), axis=1, prepend=0, append=0)
    number, first = np.nonzero(edge > 0)
    last = np.nonzero(edge < 0)[1]
    ends = np.minimum(last * _STRETCH, middle.shape[1])
    for one, start, end in zip(number.tolist(), starts[first].tolist(), ends.tolist(), strict=True):
        yield one, (start, end)
