"""The room, its signs and the street outside, from a layout."""

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.decor import Surroundings
from store_scenes.compile.room.door import hang_door
from store_scenes.compile.room.ground import door_mat, lay_floor
from store_scenes.compile.room.hall import WALL_THICK, Hall, hall_of
from store_scenes.compile.room.overhead import hang_ceiling, place_lights
from store_scenes.compile.room.pictures import hang_pictures
from store_scenes.compile.room.shop_front import build_front
from store_scenes.compile.room.street import lay_street
from store_scenes.compile.room.walls import raise_walls
from store_scenes.compile.signs import hang_signs
from store_scenes.layout.documents import StoreLayout


def build_surroundings(layout: StoreLayout) -> Surroundings:
    """Everything that is there when the shop is empty."""
    store = layout.store
    hall = hall_of(store.floor)
    lights = place_lights(hall, store.aisles)
    decor, lines = hang_signs(layout)
    decor += lay_floor(hall, store.zones)
    decor += raise_walls(hall)
    decor += hang_ceiling(hall, lights)
    decor += hang_pictures(hall, layout)
    decor.append(door_mat(hall))
    if hall.glazed:
        decor += build_front(hall, store.names)
        decor += lay_street(hall)
    else:
        decor.append(hang_door(hall))
    return Surroundings(decor, _shell(hall), lights, lines)


def _shell(hall: Hall) -> NDArray[np.float64]:
    """Floor and walls as solids; nobody walks through a door."""
    x, z, high, thick = hall.half_x, hall.half_z, hall.height, WALL_THICK
    return np.array([
        ((-x, -thick, -z), (x, 0.0, z)),
        ((-x - thick, 0.0, -z), (-x, high, z)),
        ((x, 0.0, -z), (x + thick, high, z)),
        ((-x, 0.0, -z - thick), (x, high, -z)),
        ((-x, 0.0, z), (x, high, z + thick)),
    ])  # fmt: skip
