"""A plain door on a plain wall: two leaves of dark glass, for stores without a shop front."""

from store_scenes.compile.decor import Decor
from store_scenes.compile.room.hall import Hall
from store_scenes.fixtures.shapes import STEEL_DARK, Finish, bevelled_box, joined

GLASS = Finish((176, 205, 214), roughness=25, clearcoat=255)
GRIP = Finish((210, 211, 212), roughness=110, metallic=120)


def hang_door(hall: Hall) -> Decor:
    """On the wall behind whoever arrives."""
    leaf, high, x, z, reach = 0.85, 2.25, hall.door, hall.reach - 0.05, hall.reach
    boxes = [
        ((x - leaf - 0.07, 0.0, z), (x - leaf, high, reach), 0.006, STEEL_DARK),
        ((x + leaf, 0.0, z), (x + leaf + 0.07, high, reach), 0.006, STEEL_DARK),
        ((x - leaf - 0.07, high, z), (x + leaf + 0.07, high + 0.09, reach), 0.006, STEEL_DARK),
        ((x - 0.03, 0.0, z + 0.01), (x + 0.03, high, reach), 0.004, STEEL_DARK),
        ((x - leaf, 0.02, z + 0.03), (x + leaf, high, reach), 0.002, GLASS),
        ((x - leaf, 0.0, z + 0.012), (x + leaf, 0.12, reach), 0.004, STEEL_DARK),
        *(
            ((x + way - 0.012, 0.85, z - 0.045), (x + way + 0.012, 1.35, z - 0.02), 0.008, GRIP)
            for way in (-0.09, 0.09)
        ),
    ]
    parts = [bevelled_box(low, top, bevel, finish) for low, top, bevel, finish in boxes]
    return Decor(joined(parts), yaw_deg=hall.yaw, whole_room=True)
