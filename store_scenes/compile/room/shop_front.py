"""The glazed wall behind the entrance: piers, mullions, a sliding door, the name over it.

There is no glass to see through: panes are open, and bands, posters and rails stand in them.
"""

import numpy as np

from store_scenes.compile.decor import Decor
from store_scenes.compile.room.hall import DOOR_HALF, WALL_THICK, Hall
from store_scenes.compile.room.walls import BAND, SKIRT, WALL
from store_scenes.compile.signs import sign
from store_scenes.fixtures.artwork import Artwork, named
from store_scenes.fixtures.faces import art_faces
from store_scenes.fixtures.fixture import Part
from store_scenes.fixtures.shapes import (
    STEEL_DARK,
    Finish,
    bevelled_box,
    joined,
    moved,
    panel,
    yaw_matrix,
)

PIER = 0.45
SILL = 0.32
TRANSOM = 2.10
DOOR_HIGH = 2.20
HEAD = 2.42
"""Windows end here; above is the fascia."""

PANE_MAX = 1.6
FRAME = Finish((44, 48, 54), roughness=90, metallic=90, clearcoat=60)
RUBBER = Finish((28, 29, 31), roughness=220)
STONE = Finish((150, 146, 138), roughness=180)
OUTER = Finish((70, 74, 80), roughness=140)
STICKER = Finish((240, 244, 244), roughness=160, glow=70)
PAPER = Finish((255, 255, 255), roughness=150, clearcoat=30)
LIT = Finish((255, 255, 255), glow=200)

Names = dict[str, str]


def build_front(hall: Hall, names: Names) -> list[Decor]:
    """Everything of the wall at the front's +z."""
    head = min(HEAD, hall.height - 0.25)
    parts = [*_fascia(hall, head), *_frames(hall, head), *_door(hall, head)]
    decor = [Decor(moved(joined(parts), (0.0, 0.0, 0.0), hall.yaw), whole_room=True)]
    return decor + _notices(hall, names) + _names(hall, head, names)


def openings(hall: Hall) -> list[tuple[float, float]]:
    """The windows left and right of the door: from pier to door post."""
    left = (-hall.half + PIER, hall.door - DOOR_HALF - 0.08)
    right = (hall.door + DOOR_HALF + 0.08, hall.half - PIER)
    return [(low, high) for low, high in (left, right) if high - low > 0.3]


def _fascia(hall: Hall, head: float) -> list[Part]:
    """The piers, the wall over the windows with the band running on, and the sills."""
    half, z = hall.half, hall.reach
    parts = []
    taken = [(-half, -half + PIER), (half - PIER, half)]
    wide = openings(hall)
    if not any(low < hall.door for low, _ in wide):
        taken.append((-half + PIER, hall.door - DOOR_HALF - 0.08))
    if not any(low > hall.door for low, _ in wide):
        taken.append((hall.door + DOOR_HALF + 0.08, half - PIER))
    for low, high in taken:
        if high - low > 0.001:
            parts.append(bevelled_box((low, 0.0, z), (high, head, z + WALL_THICK), 0.002, WALL))
            parts.append(bevelled_box((low, 0.0, z - 0.014), (high, 0.11, z), 0.004, SKIRT))
    top = hall.height
    parts.append(bevelled_box((-half, head, z), (half, top, z + WALL_THICK), 0.002, WALL))
    low, high = max(head + 0.06, top * 0.76), min(top * 0.76 + 0.34, top - 0.02)
    if high - low > 0.08:
        parts.append(panel((half, low, z - 0.0015), (-2 * half, 0.0, 0.0), (0.0, high - low, 0.0),
                           BAND))  # fmt: skip
    for low, high in wide:
        parts += [
            bevelled_box((low, 0.0, z - 0.02), (high, SILL, z + WALL_THICK), 0.006, STONE),
            bevelled_box((low - 0.02, SILL - 0.03, z - 0.05), (high + 0.02, SILL, z + 0.12), 0.008,
                         FRAME),
        ]  # fmt: skip
    return parts


def _frames(hall: Hall, head: float) -> list[Part]:
    """Mullions, transom and head of the windows, with a sticker band at eye height."""
    z = hall.reach
    parts = []
    for low, high in openings(hall):
        panes = max(int(np.ceil((high - low) / PANE_MAX)), 1)
        for x in np.linspace(low, high, panes + 1).tolist():
            at = min(max(x, low + 0.03), high - 0.03)
            parts.append(bevelled_box((at - 0.03, SILL, z), (at + 0.03, head, z + 0.07), 0.006,
                                      FRAME))  # fmt: skip
        for y, thick in ((SILL, 0.05), (min(TRANSOM, head - 0.2), 0.05), (head - 0.06, 0.06)):
            parts.append(bevelled_box((low, y, z + 0.005), (high, y + thick, z + 0.065), 0.005,
                                      FRAME))  # fmt: skip
        count = max(int((high - low) / 0.12), 1)
        for number in range(count):
            x = low + (number + 0.5) * (high - low) / count
            parts.append(bevelled_box((x - 0.03, 1.02, z + 0.034), (x + 0.03, 1.06, z + 0.036),
                                      0.0005, STICKER))  # fmt: skip
    return parts


def _door(hall: Hall, head: float) -> list[Part]:
    """Posts, the drive over them, and two leaves whose panes are open."""
    x, z = hall.door, hall.reach
    high = min(DOOR_HIGH, head - 0.1)
    parts = [
        bevelled_box((x + way * (DOOR_HALF + 0.04) - 0.04, 0.0, z - 0.01),
                     (x + way * (DOOR_HALF + 0.04) + 0.04, head, z + 0.11), 0.006, FRAME)
        for way in (-1.0, 1.0)
    ]  # fmt: skip
    parts += [
        bevelled_box((x - DOOR_HALF - 0.08, high, z - 0.05), (x + DOOR_HALF + 0.08, head, z + 0.12),
                     0.010, FRAME),
        bevelled_box((x - DOOR_HALF, -0.002, z - 0.03), (x + DOOR_HALF, 0.006, z + 0.11), 0.002,
                     FRAME),
        bevelled_box((x - 0.07, high + 0.06, z - 0.075), (x + 0.07, high + 0.11, z - 0.045), 0.008,
                     RUBBER),
    ]  # fmt: skip
    for way in (-1.0, 1.0):
        near, far = x + way * 0.004, x + way * DOOR_HALF
        low_x, high_x = min(near, far), max(near, far)
        bars = (
            ((low_x, 0.01, z + 0.02), (low_x + 0.055, high, z + 0.06)),
            ((high_x - 0.055, 0.01, z + 0.02), (high_x, high, z + 0.06)),
            ((low_x, 0.01, z + 0.02), (high_x, 0.13, z + 0.06)),
            ((low_x, high - 0.07, z + 0.02), (high_x, high, z + 0.06)),
        )
        parts += [bevelled_box(first, second, 0.006, FRAME) for first, second in bars]
        grip = near + way * 0.09
        parts.append(bevelled_box((grip - 0.012, 0.90, z - 0.025), (grip + 0.012, 1.30, z + 0.02),
                                  0.008, STEEL_DARK))  # fmt: skip
    return parts


def _notices(hall: Hall, names: Names) -> list[Decor]:
    """The door's bands, opening hours beside it, posters and a notice board on the piers."""
    x, z = hall.door, hall.reach + 0.034
    faces = [
        (Artwork("push"), x + 0.06, 1.34, 0.92, 0.15, z),
        (Artwork("push"), x - 0.98, 1.34, 0.92, 0.15, z),
        (Artwork("hours", named(names)), x + DOOR_HALF + 0.20, 1.15, 0.36, 0.56, z),
    ]
    low, high = -hall.half + 0.04, hall.half - PIER + 0.04
    for left, kind, detail in ((low, "poster", "2"), (high, "poster", "3")):
        art = Artwork("poster" if kind == "poster" else "notice", named(names), detail=detail)
        faces.append((art, left, 1.25, PIER - 0.08, 0.56, hall.reach - 0.012))
    decor = []
    for art, left, bottom, wide, tall, depth in faces:
        back = panel((left, bottom, depth + 0.003), (wide, 0.0, 0.0), (0.0, tall, 0.0), PAPER)
        turned = Decor(moved(back, (0.0, 0.0, 0.0), hall.yaw), whole_room=True)
        decor.append(turned)
        for part, layer in art_faces(
            art, (left + wide, bottom, depth), (-wide, 0.0, 0.0), (0.0, tall, 0.0), PAPER
        ):
            face = moved(part, (0.0, 0.0, 0.0), hall.yaw)
            decor.append(Decor(face, artwork=layer, whole_room=True))
    return decor


def _names(hall: Hall, head: float, names: Names) -> list[Decor]:
    """The store's name over the door, inside and out, and the way out."""
    turn = yaw_matrix(hall.yaw)
    room = hall.height - head
    decor = []
    wide = min(3.0, 2.0 * (hall.half - abs(hall.door)) - 0.3)
    tall = min(wide / 5.0, room - 0.12)
    if tall > 0.15 and wide > 1.0:
        middle = head + 0.04 + (room - 0.04) / 2.0
        inside = turn @ np.array([hall.door, middle, hall.reach - 0.024])
        outside = turn @ np.array([hall.door, middle, hall.reach + WALL_THICK + 0.024])
        board = Artwork("board", named(names))
        decor += sign(inside, hall.yaw + 180.0, (wide, tall), board, double=False)
        decor += sign(outside, hall.yaw, (wide, tall), board, double=False, face=LIT)
    exit_at = turn @ np.array([hall.door, head - 0.11, hall.reach - 0.075])
    return decor + sign(exit_at, hall.yaw + 180.0, (0.42, 0.15), Artwork("exit"), double=False,
                        face=LIT)  # fmt: skip
