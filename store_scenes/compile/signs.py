"""Signs: one over each aisle, the store's name on the wall that whoever arrives looks at."""

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.decor import Decor
from store_scenes.compile.room import SIGN_THICK, build_sign_faces, build_sign_frame
from store_scenes.compile.scene import AisleLine
from store_scenes.fixtures.artwork import Artwork, named
from store_scenes.fixtures.shapes import yaw_matrix
from store_scenes.layout.documents import Aisle, StoreLayout
from store_scenes.layout.measures import MEASURES, footprint

SIGN_SIZE = (1.72, 0.43)
SIGN_OUT = 0.35
"""Signs hang this far in front of their fixture, so that runs back to back show both."""

WALL_SIGN_SIZE = (2.4, 0.6)
WALK_OUT = 0.9
"""An aisle runs this far in front of its fixtures, metres."""


def hang_signs(layout: StoreLayout) -> tuple[list[Decor], list[AisleLine]]:
    """The signs of all aisles that have a fixture, and the lines they run along."""
    decor: list[Decor] = []
    lines: list[AisleLine] = []
    for aisle in layout.store.aisles:
        over = [one for one in layout.store.fixtures if one.aisle == aisle.id]
        over = [one for one in over if one.type in MEASURES]
        if not over:
            continue
        area = footprint(over[0], layout.planograms, MEASURES[over[0].type])
        turn = yaw_matrix(over[0].yaw_deg)
        at = np.array([over[0].x_mm, 0.0, over[0].z_mm]) / 1000.0
        out = area.depth_mm / 2000.0 + WALK_OUT
        ends = [
            at + turn @ np.array([side * area.width_mm / 2000.0, 0.0, out]) for side in (-1.0, 1.0)
        ]
        start, end = ((float(point[0]), float(point[2])) for point in ends)
        lines.append(AisleLine(aisle.id, aisle.names, start, end))
        decor += _over(aisle, layout, at, turn, area.depth_mm / 2000.0, over[0].yaw_deg)
    return decor + _wall_sign(layout), lines


def _over(
    aisle: Aisle,
    layout: StoreLayout,
    at: NDArray[np.float64],
    turn: NDArray[np.float64],
    out: float,
    yaw_deg: float,
) -> list[Decor]:
    ceiling = layout.store.floor.height_mm / 1000.0
    middle = max(ceiling - 0.62, 2.35)
    place = at + turn @ np.array([0.0, 0.0, out + SIGN_OUT]) + [0.0, middle, 0.0]
    artwork = Artwork("board", named(aisle.names), SIGN_SIZE[0] / SIGN_SIZE[1])
    return _sign(place, yaw_deg, ceiling, artwork, SIGN_SIZE)


def _sign(
    at: NDArray[np.float64],
    yaw_deg: float,
    ceiling: float,
    artwork: Artwork,
    size: tuple[float, float],
    *,
    hangs: bool = True,
) -> list[Decor]:
    drop = ceiling - float(at[1]) - size[1] / 2.0
    if drop <= 0.02:
        return []
    frame = build_sign_frame(*size, drop if hangs else 0.0)
    return [
        Decor(frame, at[None, :], yaw_deg),
        Decor(build_sign_faces(*size), at[None, :], yaw_deg, artwork),
    ]


def _wall_sign(layout: StoreLayout) -> list[Decor]:
    floor = layout.store.floor
    ceiling = floor.height_mm / 1000.0
    yaw = round(floor.entrance_yaw_deg / 90.0) * 90.0
    turn = yaw_matrix(yaw)
    arrival = np.array([floor.entrance_x_mm, 0.0, floor.entrance_z_mm]) / 1000.0
    sideways = round(yaw / 90.0) % 2 == 1
    reach = (floor.width_mm if sideways else floor.depth_mm) / 2000.0
    half = (floor.depth_mm if sideways else floor.width_mm) / 2000.0
    if half < WALL_SIGN_SIZE[0]:
        return []
    along = float((turn.T @ arrival)[0])
    along = min(max(along, -half + WALL_SIGN_SIZE[0]), half - WALL_SIGN_SIZE[0])
    at = turn @ np.array([along, ceiling * 0.76 + 0.17, SIGN_THICK / 2.0 - reach])
    artwork = Artwork("board", named(layout.store.names), WALL_SIGN_SIZE[0] / WALL_SIGN_SIZE[1])
    return _sign(at, yaw, ceiling, artwork, WALL_SIGN_SIZE, hangs=False)
