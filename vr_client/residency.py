"""Which products' pictures are worth their large form: the nearest ones, without flutter. Pure."""

import math
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

BEHIND = 1.8
"""What is behind the shopper counts as this much further away."""

STAY = 0.8
"""What has a slot counts as this much nearer, so that two at one distance do not take turns."""

MOVED_M = 0.20
TURNED_COS = 0.94  # about 20 degrees


class Residency:
    """Slots for rows of a scene. Rows have keys, which keep their slots from scene to scene.

    The same picture can be seen in several places: a row is as near as its nearest place.
    """

    def __init__(self, slots: int, reach_m: float) -> None:
        """`slots` pictures at once, of rows not further than `reach_m` metres."""
        self.slots, self._reach_m = slots, reach_m
        self._keys: tuple[Hashable, ...] = ()
        self._slot_of: dict[int, int] = {}
        self._owner: NDArray[np.intp] = np.zeros(0, dtype=np.intp)  # of each place, rising
        self._place: NDArray[np.float64] = np.zeros((3, 0))  # by axis: the whole store a look
        self._is_resident: NDArray[np.bool_] = np.zeros(0, dtype=bool)  # by row
        self._target: frozenset[int] = frozenset()
        self._wanted: list[int] = []
        self._seen_from: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None
        self._preferred: frozenset[int] = frozenset()
        self.left = -1
        """The row that the last `admit` took the slot from; -1: it was free."""

    def load(
        self,
        keys: Sequence[Hashable],
        owner: NDArray[np.integer],
        place: NDArray[np.floating],
    ) -> None:
        """Rows with `keys`; picture `owner` (n,) is seen at `place` (n, 3), metres.

        Keys that were there before and are resident stay so, in the slot they have.
        """
        slot_of_key = {self._keys[row]: slot for row, slot in self._slot_of.items()}
        self._keys = tuple(keys)
        self._slot_of = {}
        taken = set[int]()
        for row, key in enumerate(self._keys):
            slot = slot_of_key.get(key)
            if slot is not None and slot not in taken:
                self._slot_of[row] = slot
                taken.add(slot)
        self._is_resident = np.zeros(len(self._keys), dtype=bool)
        self._is_resident[list(self._slot_of)] = True
        order = np.argsort(owner, kind="stable")
        self._owner = np.asarray(owner)[order].astype(np.intp)
        self._place = np.ascontiguousarray(np.asarray(place, dtype=np.float64)[order].T)
        self._target, self._wanted, self._seen_from = frozenset(), [], None

    def prefer(self, rows: frozenset[int]) -> None:
        """These rows come before all others, wherever they are seen."""
        if rows != self._preferred:
            self._preferred, self._seen_from = rows, None

    def look(self, eye: NDArray[np.float64], forward: NDArray[np.float64]) -> None:
        """Decide anew what is wanted, if the shopper moved or turned enough since the last time."""
        if self._seen_from is not None:
            at, towards = self._seen_from
            near = math.dist(eye.tolist(), at.tolist()) < MOVED_M
            if near and float(forward @ towards) > TURNED_COS:
                return
        self._seen_from = (eye.copy(), forward.copy())
        if not len(self._owner):
            return
        owner, least = self._within_reach(eye, forward)
        order = np.argsort(least, kind="stable")[: self.slots]
        chosen = owner[order].tolist()
        self._target = frozenset(chosen)
        self._wanted = [row for row in chosen if row not in self._slot_of]

    def _within_reach(
        self, eye: NDArray[np.float64], forward: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Rows worth a slot from here, rising, and how far away each counts as.

        Most of a large store is out of reach and costs one comparison a place.
        """
        x, y, z = self._place - eye[:, None]
        squared = x * x + y * y + z * z
        near = squared <= (self._reach_m / STAY) ** 2
        if self._preferred:
            near |= np.isin(self._owner, list(self._preferred))
        at = np.flatnonzero(near)
        if not len(at):
            return self._owner[:0], squared[:0]
        away = np.sqrt(squared[at])
        # Half a metre to the side and behind is still beside the shopper.
        behind = x[at] * forward[0] + y[at] * forward[1] + z[at] * forward[2] < -0.5
        away[behind] *= BEHIND
        owner = self._owner[at]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        owner, least = owner[starts], np.minimum.reduceat(away, starts)
        least[self._is_resident[owner]] *= STAY
        if self._preferred:
            least[np.isin(owner, list(self._preferred))] = 0.0
        enough = self._reach_m
        if len(least) > self.slots:  # only those that get one are put in order
            enough = min(enough, np.partition(least, self.slots - 1)[self.slots - 1])
        kept = least <= enough
        return owner[kept], least[kept]

    @property
    def wanted(self) -> list[int]:
        """Rows that should have a slot and have none, nearest first."""
        return self._wanted

    def slot_of(self, row: int) -> int | None:
        """The slot of a resident row."""
        return self._slot_of.get(row)

    def wants(self, row: int) -> bool:
        """Whether a picture of `row` is still of use."""
        return row in self._target

    def admit(self, row: int) -> int:
        """Give a wanted row a slot: a free one, else that of a row that is wanted no more.

        Raises:
            ValueError: the row is not wanted.
        """
        if row not in self._target or row in self._slot_of:
            raise ValueError(f"row {row} is not wanted")
        self.left = -1
        if len(self._slot_of) < self.slots:
            slot = min(set(range(self.slots)) - set(self._slot_of.values()))
        else:
            self.left = min(self._slot_of.keys() - self._target)
            slot = self._slot_of.pop(self.left)
            self._is_resident[self.left] = False
        self._slot_of[row] = slot
        self._is_resident[row] = True
        self._wanted.remove(row)
        return slot
