"""Framed pictures on the walls, where no furniture stands before them."""

import numpy as np

from store_scenes.compile.decor import Decor
from store_scenes.compile.room.hall import Hall
from store_scenes.fixtures.artwork import Artwork, named
from store_scenes.fixtures.faces import art_faces
from store_scenes.fixtures.shapes import Finish, bevelled_box, yaw_matrix
from store_scenes.layout.documents import StoreLayout
from store_scenes.layout.measures import MEASURES, footprint

SIZE = (0.66, 0.88)
MIDDLE = 1.72
PITCH = 3.2
KEEP_OFF = 0.9
"""Metres before a picture that furniture leaves free."""

PICTURES_MAX = 60
KINDS = ("1", "2", "3")
FRAME = Finish((58, 52, 46), roughness=110, clearcoat=80)
PAPER = Finish((255, 255, 255), roughness=140, clearcoat=60)


def hang_pictures(hall: Hall, layout: StoreLayout) -> list[Decor]:
    """On the side walls and the far one; none where the room is too low."""
    if hall.height < MIDDLE + SIZE[1] / 2.0 + 0.4:
        return []
    wide, high = SIZE
    frame = bevelled_box((-wide / 2 - 0.03, -high / 2 - 0.03, -0.004),
                         (wide / 2 + 0.03, high / 2 + 0.03, 0.022), 0.006, FRAME)  # fmt: skip
    walls = ((hall.yaw, hall.reach, hall.half), (hall.yaw + 90.0, hall.half, hall.reach),
             (hall.yaw + 270.0, hall.half, hall.reach))  # fmt: skip
    decor: list[Decor] = []
    count = 0
    for yaw, reach, half in walls:
        for along in _free(layout, yaw, reach, half):
            if count == PICTURES_MAX:
                return decor
            at = (yaw_matrix(yaw) @ np.array([along, MIDDLE, -reach]))[None, :]
            decor.append(Decor(frame, at, yaw))
            art = Artwork("poster", named(layout.store.names), detail=KINDS[count % len(KINDS)])
            for part, layer in art_faces(
                art, (-wide / 2, -high / 2, 0.0226), (wide, 0.0, 0.0), (0.0, high, 0.0), PAPER
            ):
                decor.append(Decor(part, at, yaw, layer))
            count += 1
    return decor


def _free(layout: StoreLayout, yaw: float, reach: float, half: float) -> list[float]:
    """Places along a wall, about `PITCH` apart, that one can look at."""
    spots = int((2.0 * half - 1.2) / PITCH)
    if spots < 1:
        return []
    places = [(number + 0.5) * 2.0 * half / spots - half for number in range(spots)]
    turn = yaw_matrix(yaw)[np.ix_([0, 2], [0, 2])]
    for placement in layout.store.fixtures:
        measures = MEASURES.get(placement.type)
        if measures is None:
            continue
        corners = np.array(footprint(placement, layout.planograms, measures).corners()) / 1000.0
        local = corners @ turn
        if local[:, 1].min() + reach < KEEP_OFF:
            low, high = local[:, 0].min() - SIZE[0] / 2 - 0.1, local[:, 0].max() + SIZE[0] / 2 + 0.1
            places = [place for place in places if not low < place < high]
    return places
