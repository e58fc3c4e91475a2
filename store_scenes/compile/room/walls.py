"""Walls: wainscot and its rail, a band of colour with trims, posters where there is room."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.decor import Decor
from store_scenes.compile.room.hall import Hall
from store_scenes.compile.room.sheets import edges
from store_scenes.fixtures.fixture import Part
from store_scenes.fixtures.shapes import Finish, bevelled_box, joined, kept, moved, panel

WALL = Finish((238, 235, 228), roughness=215)
WAINSCOT = Finish((214, 209, 198), roughness=170, clearcoat=20)
BAND = Finish((15, 118, 110), roughness=150, clearcoat=40)
TRIM = Finish((226, 196, 92), roughness=110, metallic=60)
SKIRT = Finish((70, 72, 76), roughness=140)
RAIL = Finish((150, 112, 74), roughness=120, clearcoat=80)
SKIRTING = 0.11
RAIL_AT = 1.02
BAND_HIGH = 0.34
JOINT_PITCH = 1.2
WALLS_KEPT = 16


def band_low(height: float) -> float:
    """Where the band of colour begins, metres over the floor."""
    return height * 0.76


def raise_walls(hall: Hall) -> list[Decor]:
    """The walls, without the one of a shop front."""
    sides = [
        (hall.yaw, hall.reach, hall.half),
        (hall.yaw + 90.0, hall.half, hall.reach),
        (hall.yaw + 270.0, hall.half, hall.reach),
    ]
    if not hall.glazed:
        sides.append((hall.yaw + 180.0, hall.reach, hall.half))
    return [
        Decor(moved(wall(half, reach, hall.height), (0.0, 0.0, 0.0), yaw), whole_room=True)
        for yaw, reach, half in sides
    ]


@lru_cache(maxsize=WALLS_KEPT)
def wall(half: float, reach: float, height: float) -> Part:
    """The wall at -z of the room, `half` to both sides, seen from inside."""

    def shade(points: NDArray[np.float64]) -> NDArray[np.float64]:
        corner = half - np.abs(points[:, 0])
        edge = np.minimum(points[:, 1], height - points[:, 1])
        return np.asarray(1.0 - 0.18 * np.exp(-corner / 0.25) - 0.15 * np.exp(-edge / 0.2))

    across = [*(edges(0.0, 1.0, min(0.8 / (2 * half), 0.5)).tolist()), 0.02, 0.06, 0.94, 0.98]
    low = band_low(height)
    fields: Sequence[tuple[float, float, Finish]] = (
        (0.0, RAIL_AT, WAINSCOT), (RAIL_AT, low, WALL), (low, low + BAND_HIGH, BAND),
        (low + BAND_HIGH, height, WALL),
    )  # fmt: skip
    parts = [
        panel((-half, bottom, -reach), (2 * half, 0.0, 0.0), (0.0, top - bottom, 0.0), finish,
              shade, (sorted(set(across)), [0.0, 0.15, 0.5, 0.85, 1.0]))
        for bottom, top, finish in fields
    ]  # fmt: skip
    parts += [
        bevelled_box((-half, 0.0, -reach - 0.01), (half, SKIRTING, -reach + 0.014), 0.006, SKIRT),
        bevelled_box((-half, RAIL_AT - 0.05, -reach - 0.01), (half, RAIL_AT + 0.03, -reach + 0.022),
                     0.008, RAIL),
        *(
            bevelled_box((-half, y, -reach - 0.01), (half, y + 0.018, -reach + 0.010), 0.003, TRIM)
            for y in (low - 0.018, low + BAND_HIGH)
        ),
    ]  # fmt: skip
    joints = edges(-half, half, JOINT_PITCH)[1:-1].tolist()
    parts += [
        bevelled_box((x - 0.012, SKIRTING, -reach - 0.01), (x + 0.012, RAIL_AT - 0.05,
                     -reach + 0.007), 0.003, WAINSCOT)
        for x in joints[:200]
    ]  # fmt: skip
    return kept(joined(parts))
