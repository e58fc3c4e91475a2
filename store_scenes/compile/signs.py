"""Signs: over each aisle, over or beside each zone, and the store's name.

A sign that hangs across an aisle is never wider than the aisle, so that from the front cross-aisle
no sign hides another.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.decor import Decor
from store_scenes.compile.scene import AisleLine
from store_scenes.fixtures.artwork import Artwork, named
from store_scenes.fixtures.faces import art_faces
from store_scenes.fixtures.fixture import Part
from store_scenes.fixtures.shapes import (
    STEEL_DARK,
    Finish,
    bevelled_box,
    joined,
    kept,
    rod,
    yaw_matrix,
)
from store_scenes.layout.documents import Aisle, FixturePlacement, Floor, StoreLayout, Zone
from store_scenes.layout.measures import MEASURES, footprint

BOARDS_KEPT = 256
THICK = 0.036
RIM = 0.012
SIGN_SIZE = (1.72, 0.43)
SIGN_OUT = 0.35
"""Signs without an aisle's line hang this far in front of their fixture."""

AISLE_ASPECT = 3.2
AISLE_WIDTHS = (0.9, 1.9)
FEELERS_M = 2.5
WALK_OUT = 0.9
"""An aisle without a line runs this far in front of its first fixture, metres."""

HEAD_ROOM = 2.15
WALL_NEAR = 1.6
"""A zone this near to a wall has its name on it; others have it hung over them."""

BOARD_ASPECT = 6.0
BOARD_WIDTHS = (1.2, 4.8)

FACE = Finish((255, 255, 255), roughness=120, clearcoat=60)
HANGER = Finish((210, 211, 212), roughness=110, metallic=120)

Span = tuple[float, float]


def hang_signs(layout: StoreLayout) -> tuple[list[Decor], list[AisleLine]]:
    """Every sign, and the lines of all aisles that have one or a fixture to walk along."""
    decor: list[Decor] = []
    lines: list[AisleLine] = []
    for number, aisle in enumerate(layout.store.aisles, start=1):
        if aisle.line_mm is not None:
            x0, z0, x1, z1 = (value / 1000.0 for value in aisle.line_mm)
            lines.append(AisleLine(aisle.id, aisle.names, (x0, z0), (x1, z1)))
            decor += _across(aisle, number, layout, np.array([x0, z0]), np.array([x1, z1]))
            continue
        over = [one for one in layout.store.fixtures if one.aisle == aisle.id]
        over = [one for one in over if one.type in MEASURES]
        if over:
            decor += _before(aisle, over[0], layout)
            lines.append(_line_before(aisle, over[0], layout))
    return decor + _zone_signs(layout), lines


def sign(
    at: NDArray[np.float64], yaw_deg: float, size: tuple[float, float], artwork: Artwork, *,
    drop: float = 0.0, double: bool = True, face: Finish = FACE,
) -> list[Decor]:  # fmt: skip
    """A board about `at` (3,) that looks along `yaw_deg`, hanging by rods of `drop` metres."""
    width, height = size
    half_w, half_h, thick = width / 2.0 + RIM, height / 2.0 + RIM, THICK / 2.0
    decor = [Decor(_board(half_w, half_h, thick, drop), at[None, :], yaw_deg)]
    out = thick + 0.0006
    for part, art in art_faces(
        artwork, (-width / 2.0, -height / 2.0, out), (width, 0.0, 0.0), (0.0, height, 0.0), face,
        both=double,
    ):  # fmt: skip
        decor.append(Decor(part, at[None, :], yaw_deg, art))
        if double and art.tile[1] > 1:
            decor.append(Decor(part, at[None, :], yaw_deg + 180.0, art))
    return decor


@lru_cache(maxsize=BOARDS_KEPT)
def _board(half_w: float, half_h: float, thick: float, drop: float) -> Part:
    """A sign without its faces, and the rods it hangs from."""
    board = bevelled_box((-half_w, -half_h, -thick), (half_w, half_h, thick), 0.006, STEEL_DARK)
    ends = (-half_w * 0.7, half_w * 0.7) if drop > 0.0 else ()
    rods = [rod((x, half_h, 0.0), drop - RIM, 0.004, HANGER) for x in ends]
    return kept(joined([board, *rods]))


def _across(
    aisle: Aisle,
    number: int,
    layout: StoreLayout,
    start: NDArray[np.float64],
    end: NDArray[np.float64],
) -> list[Decor]:
    """A two-sided sign over an aisle's start that looks back along its line."""
    along = end - start
    length = float(np.hypot(*along))
    if length < 0.01:
        return []
    along /= length
    ceiling = layout.store.floor.height_mm / 1000.0
    free = aisle_width(layout, start + along * min(1.0, length / 2.0), along)
    width = float(np.clip(free, *AISLE_WIDTHS))
    height = min(width / AISLE_ASPECT, ceiling - HEAD_ROOM - 0.08)
    if height < 0.15:
        return []
    # As high as it may be seen from afar under the ceiling's lights, never in a tall person's way.
    middle = max(min(ceiling - 0.35, 2.85) - height / 2.0, HEAD_ROOM + height / 2.0)
    yaw = float(np.degrees(np.arctan2(-along[0], -along[1])))
    yaw = round(yaw / 90.0) * 90.0 if abs(yaw / 90.0 - round(yaw / 90.0)) < 1e-6 else yaw
    artwork = Artwork("aisle", named(aisle.names), detail=str(number))
    at = np.array([start[0], middle, start[1]])
    drop = ceiling - middle - height / 2.0
    return sign(at, yaw, (width, height), artwork, drop=drop)


def aisle_width(
    layout: StoreLayout, spot: NDArray[np.float64], along: NDArray[np.float64]
) -> float:
    """How wide the free floor is across an aisle at `spot` (x, z), metres, at most 5."""
    across = np.array([-along[1], along[0]])
    reach = [FEELERS_M, FEELERS_M]
    for placement in layout.store.fixtures:
        measures = MEASURES.get(placement.type)
        if measures is None:
            continue
        corners = np.array(footprint(placement, layout.planograms, measures).corners()) / 1000.0
        ahead = (corners - spot) @ along
        aside = (corners - spot) @ across
        if ahead.min() > 0.3 or ahead.max() < -0.3:
            continue
        if aside.min() >= 0.0:
            reach[0] = min(reach[0], float(aside.min()))
        elif aside.max() <= 0.0:
            reach[1] = min(reach[1], float(-aside.max()))
    return 2.0 * min(reach)


def _before(aisle: Aisle, over: FixturePlacement, layout: StoreLayout) -> list[Decor]:
    ceiling = layout.store.floor.height_mm / 1000.0
    area = footprint(over, layout.planograms, MEASURES[over.type])
    turn = yaw_matrix(over.yaw_deg)
    at = np.array([over.x_mm, 0.0, over.z_mm]) / 1000.0
    middle = max(ceiling - 0.62, 2.35)
    place = at + turn @ np.array([0.0, 0.0, area.depth_mm / 2000.0 + SIGN_OUT])
    drop = ceiling - middle - SIGN_SIZE[1] / 2.0
    if drop <= 0.02:
        return []
    artwork = Artwork("board", named(aisle.names))
    place[1] = middle
    return sign(place, over.yaw_deg, SIGN_SIZE, artwork, drop=drop)


def _line_before(aisle: Aisle, over: FixturePlacement, layout: StoreLayout) -> AisleLine:
    area = footprint(over, layout.planograms, MEASURES[over.type])
    turn = yaw_matrix(over.yaw_deg)
    at = np.array([over.x_mm, 0.0, over.z_mm]) / 1000.0
    out = area.depth_mm / 2000.0 + WALK_OUT
    ends = [at + turn @ np.array([way * area.width_mm / 2000.0, 0.0, out]) for way in (-1.0, 1.0)]
    start, end = ((float(point[0]), float(point[2])) for point in ends)
    return AisleLine(aisle.id, aisle.names, start, end)


def _zone_signs(layout: StoreLayout) -> list[Decor]:
    """Zones' names on the walls, then the store's where the wall before the entrance has room."""
    floor = layout.store.floor
    front = round(floor.entrance_yaw_deg / 90.0) * 90.0 % 360.0
    taken: dict[float, list[Span]] = {}
    decor: list[Decor] = []
    for zone in layout.store.zones:
        if not named(zone.names):
            continue
        wall = _nearest_wall(zone, floor)
        if wall is None or (floor.shop_front and wall == (front + 180.0) % 360.0):
            decor += _over_zone(zone, layout)
            continue
        span = zone.width_mm if wall % 180.0 == 0.0 else zone.depth_mm
        artwork = Artwork("board", named(zone.names), detail=zone.style)
        wide = float(np.clip(span / 1000.0 * 0.8, *BOARD_WIDTHS))
        along = float((yaw_matrix(wall).T @ [zone.x_mm / 1000.0, 0.0, zone.z_mm / 1000.0])[0])
        decor += _on_wall(floor, wall, along, wide, BOARD_ASPECT, artwork, taken)
    artwork = Artwork("board", named(layout.store.names))
    place = np.array([floor.entrance_x_mm / 1000.0, 0.0, floor.entrance_z_mm / 1000.0])
    along = float((yaw_matrix(front).T @ place)[0])
    return decor + _on_wall(floor, front, along, 2.4, 4.0, artwork, taken)


def _nearest_wall(zone: Zone, floor: Floor) -> float | None:
    """The yaw that the wall nearest to a zone looks along; None when none is near."""
    gaps = {
        0.0: zone.z_mm - zone.depth_mm / 2.0 + floor.depth_mm / 2.0,
        180.0: floor.depth_mm / 2.0 - zone.z_mm - zone.depth_mm / 2.0,
        90.0: zone.x_mm - zone.width_mm / 2.0 + floor.width_mm / 2.0,
        270.0: floor.width_mm / 2.0 - zone.x_mm - zone.width_mm / 2.0,
    }
    # In a corner the longer side of the zone lies along the wall that carries its name.
    near = [yaw for yaw, gap in gaps.items() if gap <= WALL_NEAR * 1000.0]
    length = {yaw: zone.width_mm if yaw % 180.0 == 0.0 else zone.depth_mm for yaw in near}
    return max(near, key=lambda yaw: (length[yaw], -gaps[yaw])) if near else None


def _on_wall(
    floor: Floor, yaw: float, along: float, wide: float, aspect: float, artwork: Artwork,
    taken: dict[float, list[Span]],
) -> list[Decor]:  # fmt: skip
    """A board on the wall that looks along `yaw`, moved aside or left out where one hangs."""
    sideways = yaw % 180.0 == 90.0
    reach = (floor.width_mm if sideways else floor.depth_mm) / 2000.0
    half = (floor.depth_mm if sideways else floor.width_mm) / 2000.0
    ceiling = floor.height_mm / 1000.0
    room = half - wide / 2.0 - 0.2
    place = free_place(along, wide + 0.3, room, taken.get(yaw, []))
    if place is None:
        return []
    taken.setdefault(yaw, []).append((place - wide / 2.0, place + wide / 2.0))
    height = min(wide / aspect, 0.75)
    middle = min(ceiling * 0.76 + 0.17, ceiling - height / 2.0 - 0.1)
    at = yaw_matrix(yaw) @ np.array([place, middle, THICK / 2.0 + 0.001 - reach])
    return sign(at, yaw, (wide, height), artwork, double=False)


def free_place(wanted: float, wide: float, room: float, taken: Sequence[Span]) -> float | None:
    """The middle nearest to `wanted`, within -room..room, where `wide` overlaps nothing taken."""
    if room < 0.0:
        return None
    half = wide / 2.0
    tries = [wanted, *(low - half for low, _ in taken), *(high + half for _, high in taken)]
    for middle in sorted((float(np.clip(one, -room, room)) for one in tries),
                         key=lambda one: abs(one - wanted)):  # fmt: skip
        if all(middle + half <= low + 1e-9 or middle - half >= high - 1e-9 for low, high in taken):
            return middle
    return None


def _over_zone(zone: Zone, layout: StoreLayout) -> list[Decor]:
    """A two-sided board that hangs over a zone's middle and looks to the entrance and back."""
    floor = layout.store.floor
    ceiling = floor.height_mm / 1000.0
    yaw = round(floor.entrance_yaw_deg / 90.0) * 90.0
    span = zone.width_mm if yaw % 180.0 == 0.0 else zone.depth_mm
    wide = float(np.clip(span / 1000.0 * 0.7, 1.2, 2.6))
    height = min(wide / 5.0, ceiling - HEAD_ROOM - 0.3)
    if height < 0.15:
        return []
    middle = max(min(ceiling - 0.30, 2.95) - height / 2.0, HEAD_ROOM + 0.2 + height / 2.0)
    at = np.array([zone.x_mm / 1000.0, middle, zone.z_mm / 1000.0])
    artwork = Artwork("board", named(zone.names), detail=zone.style)
    return sign(at, yaw, (wide, height), artwork, drop=ceiling - middle - height / 2.0)
