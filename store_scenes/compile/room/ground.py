"""The floor: polished tiles, with other finishes where the store has zones."""

import numpy as np

from store_scenes.compile.decor import Decor
from store_scenes.compile.room.hall import Hall
from store_scenes.compile.room.sheets import edges, tiled
from store_scenes.fixtures.artwork import Artwork
from store_scenes.fixtures.shapes import Finish, bevelled_box, joined
from store_scenes.layout.documents import Zone

SQUARE = 2.4
"""Metres that a floor's art shows: four tiles of 600 mm each way."""

SQUARES_MAX = 4_000
FINISHES: dict[str, Finish] = {
    "plain": Finish((240, 240, 240), roughness=64, clearcoat=160),
    "produce": Finish((236, 236, 236), roughness=120, clearcoat=60),
    "chilled": Finish((240, 240, 240), roughness=62, clearcoat=160),
    "bakery": Finish((255, 255, 255), roughness=100, clearcoat=80),
    "tills": Finish((255, 255, 255), roughness=78, clearcoat=110),
}
STRIP = Finish((176, 176, 172), roughness=80, metallic=150)
STRIP_HALF = 0.012
MAT = Finish((52, 54, 56), roughness=245)
MAT_RIM = Finish((150, 152, 154), roughness=90, metallic=140)


def lay_floor(hall: Hall, zones: tuple[Zone, ...]) -> list[Decor]:
    """One mesh a finish; where zones overlap the later one shows."""
    area = 4.0 * hall.half_x * hall.half_z
    step = max(SQUARE, (area / SQUARES_MAX) ** 0.5)
    boxes = np.array(
        [
            (one.x_mm - one.width_mm / 2, one.x_mm + one.width_mm / 2,
             one.z_mm - one.depth_mm / 2, one.z_mm + one.depth_mm / 2)
            for one in zones
        ]
    ).reshape(-1, 4) / 1000.0  # fmt: skip
    x = edges(-hall.half_x, hall.half_x, step, boxes[:, :2].ravel().tolist())
    z = edges(-hall.half_z, hall.half_z, step, boxes[:, 2:].ravel().tolist())
    x0, z0 = (values.ravel() for values in np.meshgrid(x[:-1], z[:-1]))
    x1, z1 = (values.ravel() for values in np.meshgrid(x[1:], z[1:]))
    at_x, at_z = (x0 + x1) / 2.0, (z0 + z1) / 2.0
    style = np.zeros(len(at_x), dtype=np.int64)
    styles = list(FINISHES)
    for zone, (left, right, low, high) in zip(zones, boxes, strict=True):
        inside = (at_x > left) & (at_x < right) & (at_z > low) & (at_z < high)
        style[inside] = styles.index(zone.style)
    decor = []
    for number, name in enumerate(styles):
        mine = style == number
        if mine.any():
            cells = (x0[mine], x1[mine], z0[mine], z1[mine])
            part = tiled(cells, (-hall.half_x, -hall.half_z), step, 0.0, FINISHES[name])
            decor.append(Decor(part, artwork=Artwork("floor", detail=name), whole_room=True))
    strips = [
        bevelled_box((a - STRIP_HALF, -0.004, c - STRIP_HALF), (b + STRIP_HALF, 0.0015,
                     d + STRIP_HALF), 0.001, STRIP)
        for zone, (left, right, low, high) in zip(zones, boxes, strict=True)
        if zone.style != "plain"
        for a, b, c, d in ((left, right, low, low), (left, right, high, high),
                           (left, left, low, high), (right, right, low, high))
        if _within(hall, a, b, c, d)
    ]  # fmt: skip
    if strips:
        decor.append(Decor(joined(strips), whole_room=True))
    return decor


def door_mat(hall: Hall) -> Decor:
    """A ribbed mat inside the door."""
    x, z = hall.door, hall.reach
    mat = bevelled_box((x - 1.0, 0.0, z - 1.55), (x + 1.0, 0.006, z - 0.15), 0.003, MAT)
    rim = bevelled_box((x - 1.03, 0.0, z - 1.58), (x + 1.03, 0.003, z - 0.12), 0.001, MAT_RIM)
    ribs = [
        bevelled_box((x - 0.98, 0.004, at), (x + 0.98, 0.009, at + 0.02), 0.002, MAT)
        for at in np.arange(z - 1.50, z - 0.22, 0.06).tolist()
    ]
    return Decor(joined([rim, mat, *ribs]), yaw_deg=hall.yaw, whole_room=True)


def _within(hall: Hall, left: float, right: float, low: float, high: float) -> bool:
    inside_x = -hall.half_x + 0.1 < left and right < hall.half_x - 0.1
    inside_z = -hall.half_z + 0.1 < low and high < hall.half_z - 0.1
    return (inside_x if left == right else True) and (inside_z if low == high else True)
