"""Labels that hang before hooks: narrower, higher or shared where they would cover one another.

As shops do it: a label that has no room is made as narrow as one can read; where narrow ones still
meet, every second one hangs from a longer arm; neighbours of one product share one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TICKET_WIDTH_MIN = 0.030
"""The narrowest label of which one reads the price from before the shelf, metres."""

TICKET_GAP = 0.002
PLANE_M = 0.004
"""Labels whose planes are further apart than this do not cover one another."""

LEVELS_MAX = 6
"""How many labels may hang over one another."""

CHUNK = 256
"""So many labels are looked at beside all others at once."""


@dataclass(slots=True)
class Tickets:
    """Labels on one fixture, n rows each; metres, across and up as one stands before them.

    yaw_deg and plane (n,) say which labels hang in one plane; hangs (n,): from a hook, so that it
    may change; product (n,) any number. `spread` works out wide, up, and (n,) each which are kept
    and which are tight: beside others that they would cover.
    """

    across: Floats
    up: Floats
    wide: Floats
    plane: Floats
    yaw_deg: Floats
    hangs: NDArray[np.bool_]
    product: NDArray[np.int32]
    high_of_wide: float
    kept: NDArray[np.bool_]
    tight: NDArray[np.bool_]

    def spread(self) -> None:
        """Nothing changes where nothing overlaps; what is on a rail never does."""
        every, hanging = np.arange(len(self.up)), np.flatnonzero(self.hangs)
        for start in range(0, len(hanging), CHUNK):
            rows = hanging[start : start + CHUNK]
            self.tight[rows] = self._meets(rows, every).any(axis=1)
        if not self.tight.any():
            return
        self.wide[self.tight] = np.minimum(self.wide[self.tight], TICKET_WIDTH_MIN)
        order = hanging[np.lexsort((self.up[hanging], self.across[hanging]))]
        placed = every < 0
        placed[~self.hangs] = True
        for number in order.tolist():
            placed[number] = self.kept[number] = self._finds_room(number, np.flatnonzero(placed))

    def _finds_room(self, number: int, placed: Ints) -> bool:
        """Raise a label until it covers none of those placed; False: it has no room, or need."""
        base = self.up[number]
        step = self.wide[number] * self.high_of_wide + TICKET_GAP
        for level in range(LEVELS_MAX):
            self.up[number] = base + level * step
            meets = placed[self._meets(np.array([number]), placed)[0]]
            if not len(meets):
                return True
            if np.any(self.product[meets] == self.product[number]):
                break
        self.up[number] = base
        return False

    def _meets(self, rows: Ints, others: Ints) -> NDArray[np.bool_]:
        """(k, l) which of some labels cover which others, or nearly; none covers itself."""

        def apart(values: Floats) -> Floats:
            return np.asarray(np.abs(values[rows][:, None] - values[others][None, :]))

        room = (self.wide[rows][:, None] + self.wide[others][None, :]) / 2.0
        # Nearly is what the audit does not mind.
        near = TICKET_GAP / 4.0
        meets = (apart(self.across) < room - near) & (
            apart(self.up) < room * self.high_of_wide - near
        )
        meets &= (apart(self.plane) < PLANE_M) & (apart(self.yaw_deg) < 1.0)
        return np.asarray(meets & (rows[:, None] != others[None, :]))
