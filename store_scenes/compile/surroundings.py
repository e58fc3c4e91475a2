"""The room, its signs and the street outside, from a layout and what stands in it."""

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.decor import Decor, Surroundings
from store_scenes.compile.room import build_room
from store_scenes.compile.signs import hang_signs
from store_scenes.layout.documents import StoreLayout


def build_surroundings(layout: StoreLayout, standing: NDArray[np.float64]) -> Surroundings:
    """Everything that is there when the shop is empty; `standing` (s, 2, 3) are its fixtures."""
    decor, lines = hang_signs(layout)
    on_floor = standing[standing[:, 0, 1] < 0.15][:, :, [0, 2]]
    room = build_room(layout.store.floor, on_floor)
    decor += [Decor(part, whole_room=True) for part in room.parts]
    return Surroundings(decor, room.solids, room.ceiling, lines)
