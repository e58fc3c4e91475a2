"""What stands wholly behind the back of a shelf. Pure numpy.

A board's shadow from the eye is bounded by five planes; a box that lies wholly inside is not
drawn. That is exact for one board at a time: no visible pixel changes.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vr_client.space.culling import ROUNDING_M, Rows, box_rows, inside_by, seen_by_any

Floats = NDArray[np.float64]

TESTED_MAX: Final = 24
"""Boards that a frame looks behind: those that fill most of the view hide most of the store."""

AT_ONCE: Final = 6
"""More at once do not fit a core's own cache: twelve took twice as long in an open view."""

TESTS_AT_ONCE: Final = 6000
"""So many boxes times boards do, and where little is in view that is all of them."""

STROLL_M: Final = 0.5
"""Who moved this far has other boards that fill most of the view."""

_INSET_M: Final = 0.004  # rounded edges let one see past a solid's corner
_INWARDS: Final = np.array([[1.0], [-1.0], [1.0], [-1.0]])


class Boards:
    """Upright boards (n, 2, 3) with what does not change from eye to eye.

    thin, wide (n,): the axes across each board, 0 or 2, and along it; faces (2, n): where its near
    and far face stand on the thin axis; edges (4, n): where its sides stand on the wide axis and
    its lower and upper edge, drawn in by `_INSET_M`; area (n,) square metres; rows (7, n): its box.
    """

    def __init__(self, planks: NDArray[np.floating[Any]]) -> None:
        boxes = np.asarray(planks, dtype=np.float64).reshape(-1, 2, 3)
        self.low, self.high = boxes[:, 0], boxes[:, 1]
        size, each = self.high - self.low, np.arange(len(boxes))
        self.thin = np.where(size[:, 0] < size[:, 2], 0, 2)
        self.wide = 2 - self.thin
        self.faces = np.stack([self.low[each, self.thin], self.high[each, self.thin]])
        self.edges = np.stack(
            [self.low[each, self.wide], self.high[each, self.wide], self.low[:, 1], self.high[:, 1]]
        )
        self.edges += _INWARDS * _INSET_M
        self.area = np.maximum(size[:, 0], size[:, 2]) * size[:, 1]
        self.rows = box_rows(self.low, self.high)
        self._near: tuple[tuple[int, ...], NDArray[np.intp]] | None = None

    def __len__(self) -> int:
        return len(self.low)

    def near(self, head: Floats) -> NDArray[np.intp]:
        """Those that fill most of the view around `head`, the largest first, at most TESTED_MAX.

        The same for whoever is in the same cube of STROLL_M, wherever they were before.
        """
        if not np.isfinite(head).all():
            return np.empty(0, dtype=np.intp)  # a device's own mistake; it sees nothing anyway
        cube = tuple(int(place // STROLL_M) for place in head.tolist())
        if self._near is None or self._near[0] != cube:
            middle = (np.array(cube) + 0.5) * STROLL_M
            away = np.linalg.norm(np.clip(middle, self.low, self.high) - middle, axis=1)
            fills = self.area / np.maximum(away, 0.25) ** 2
            self._near = cube, np.argsort(-fills, kind="stable")[:TESTED_MAX]
        return self._near[1]


def hidden(
    eyes: Floats, boards: Boards, rows: Rows, planes: Floats | None = None
) -> NDArray[np.bool_]:
    """(c,) True for boxes, as `culling.box_rows` has them, that one board hides from all `eyes`.

    `planes` (e, 4, 4) are the eyes' own: what stands behind a board that none of them sees, none
    of them sees anyway. A few boards at a time: behind the first, which fill most of the view, is
    most of a store, and what is known to be hidden need not be asked about again.
    """
    covered = np.zeros(rows.shape[1], dtype=bool)
    near = boards.near(np.asarray(eyes.mean(axis=0)))
    if planes is not None and len(near):
        near = near[seen_by_any(planes, boards.rows.take(near, axis=1))]
    behind_boards = shadows(eyes, boards, near)
    left = np.arange(rows.shape[1])
    at_once = max(AT_ONCE, TESTS_AT_ONCE // max(1, len(left)))
    for first in range(0, len(behind_boards), at_once):
        if not len(left):
            break
        some = behind_boards[first : first + at_once]
        least = inside_by(some.reshape(-1, 4), rows.take(left, axis=1), whole=True)
        behind = least.reshape(len(some), 5, -1).min(axis=1).max(axis=0) >= ROUNDING_M
        covered[left[behind]] = True
        left = left[~behind]
    return covered


def shadows(eyes: Floats, boards: Boards, some: NDArray[np.intp]) -> Floats:
    """(s, 5, 4): planes whose inner sides together are the shadow that all eyes (e, 3) share.

    Of the boards numbered `some`; one that any eye sees edge on, or that stands between eyes, has
    none.
    """
    at = eyes[:, boards.thin[some]]
    low, high = boards.faces[:, some]
    beyond = np.asarray((at > high).all(axis=0))
    broad = np.flatnonzero(beyond | (at < low).all(axis=0))
    if len(broad) < len(some):
        some, beyond, at = some[broad], beyond[broad], at[:, broad]
        low, high = low[broad], high[broad]
    thin, wide, edges = boards.thin[some], boards.wide[some], boards.edges[:, some]
    face, back = np.where(beyond, (high, low), (low, high))  # what the eyes see, and the other
    facing = np.where(beyond, -1.0, 1.0)
    # Past each edge the shadow widens by so much a metre behind the board, as each eye sees it;
    # all eyes share the narrowest.
    slopes = np.empty((len(eyes), 4, len(some)))
    slopes[:, :2] = edges[:2] - eyes[:, None, wide]
    slopes[:, 2:] = edges[2:] - eyes[:, 1, None, None]
    slopes /= np.abs(face - at)[:, None]
    widens = np.where(_INWARDS > 0.0, slopes.max(axis=0), slopes.min(axis=0))
    widens *= facing
    each = np.arange(len(some))
    planes = np.zeros((len(some), 5, 4))
    planes[each, 0, wide], planes[each, 1, wide] = 1.0, -1.0
    planes[:, 2, 1], planes[:, 3, 1] = 1.0, -1.0
    planes[each[:, None], np.arange(4), thin[:, None]] = (-_INWARDS * widens).T
    planes[:, :4, 3] = (_INWARDS * (widens * face - edges)).T
    # The far side of the board: what stands between its two faces is not behind it.
    planes[each, 4, thin] = facing
    planes[:, 4, 3] = -facing * back
    planes[:, :4] /= np.sqrt(1.0 + widens * widens).T[:, :, None]
    return planes
