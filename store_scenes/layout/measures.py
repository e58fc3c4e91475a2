"""The few fixture measures that decide what fits: shared by the checker and the fixtures' shapes.

The server checks layouts and knows no geometry, so these numbers stand here and not beside the
meshes in `store_scenes.fixtures`; its contract test holds the two to the same table.
"""

import math
import operator
from collections.abc import Mapping

import msgspec

from store_scenes.layout.documents import FixturePlacement, Planogram, Shelf, SurfaceKind

BAYS_MAX = 100
SHELVES_MAX = 100

Range = tuple[float, float]

BARS: frozenset[SurfaceKind] = frozenset({"rod", "lateral-rod", "bar", "curved-rod"})
BOARDS: frozenset[SurfaceKind] = frozenset({"pegboard", "multi-row-pegboard"})
HANGING = BARS | BOARDS
"""Goods hang from these, on hooks; from all others they stand."""

SLOPE_RANGE_DEG: Range = (-30.0, 40.0)
"""How far a shelf may lean: past that goods tip over, and nobody sells such brackets."""

THICKNESS_RANGE_MM: Range = (1.0, 500.0)
"""Of a shelf that says how thick it is: from sheet steel to a base that stands on the floor."""

SLOPE_MIN_DEG = 0.5
"""A shelf that leans by less is level."""

_SLOPE_DEG = operator.attrgetter("slope_deg")


class FixtureMeasures(msgspec.Struct, frozen=True):
    """What one fixture type takes, and millimetres around its carrying surfaces.

    `shelf_mm` is how far a shelf reaches down below its own surface (its front band included).
    `back_mm`, `front_mm` and `side_mm` are what stands behind, before and beside the surfaces;
    where `stepped`, each shelf stands behind the one below it and `front_mm` before each of them.
    `upper_back_mm`: shelves over the lowest are this much shallower unless they say their depth.
    `head_mm`: what the fixture's top takes off its height, so that goods end below it; None: the
    top shelf is open to the ceiling. `slopes`: its shelves are boards on brackets, which may lean.
    The ranges hold for the placement's own numbers.
    """

    shelf_mm: float
    back_mm: float
    front_mm: float
    side_mm: float
    two_sided: bool = False
    planograms: tuple[int, int] = (1, BAYS_MAX)  # at least, at most, on one side
    shelves_max: int = SHELVES_MAX  # in each planogram
    stepped: bool = False
    upper_back_mm: float = 0.0
    head_mm: float | None = None
    slopes: bool = False
    height_range_mm: Range = (50.0, 20_000.0)
    depth_range_mm: Range = (50.0, 20_000.0)
    width_range_mm: Range = (0.0, 0.0)  # of a type without planograms

    @property
    def one_surface(self) -> bool:
        """Whether it carries exactly one planogram with exactly one shelf."""
        return self.planograms == (1, 1) and self.shelves_max == 1

    @property
    def carries(self) -> bool:
        """Whether it takes planograms at all."""
        return self.planograms[1] > 0


MEASURES: dict[str, FixtureMeasures] = {
    "gondola": FixtureMeasures(44.0, 26.0, 12.0, 32.0, two_sided=True, slopes=True),
    "endcap": FixtureMeasures(
        44.0, 26.0, 12.0, 28.0, planograms=(1, 1), head_mm=300.0, slopes=True,
        height_range_mm=(1_300.0, 2_600.0), depth_range_mm=(250.0, 900.0),
    ),
    "chiller": FixtureMeasures(
        44.0, 100.0, 14.0, 48.0, upper_back_mm=80.0, head_mm=270.0, slopes=True,
        height_range_mm=(1_500.0, 2_600.0), depth_range_mm=(450.0, 1_300.0),
    ),
    "freezer": FixtureMeasures(
        60.0, 50.0, 75.0, 80.0, two_sided=True, shelves_max=1, head_mm=0.0,
        height_range_mm=(650.0, 1_200.0), depth_range_mm=(450.0, 1_300.0),
    ),
    "produce": FixtureMeasures(
        70.0, 40.0, 26.0, 34.0, stepped=True,
        height_range_mm=(600.0, 2_600.0), depth_range_mm=(450.0, 2_500.0),
    ),
    "till": FixtureMeasures(
        0.0, 0.0, 0.0, 0.0, planograms=(0, 0), shelves_max=0,
        height_range_mm=(1_200.0, 2_600.0), depth_range_mm=(700.0, 2_000.0),
        width_range_mm=(1_600.0, 5_000.0),
    ),
    "basket": FixtureMeasures(
        0.0, 0.0, 0.0, 0.0, planograms=(0, 0), shelves_max=0,
        depth_range_mm=(340.0, 6_000.0), width_range_mm=(460.0, 8_000.0),
    ),
    "table": FixtureMeasures(46.0, 30.0, 30.0, 30.0, planograms=(1, 1), shelves_max=1),
    "pegboard": FixtureMeasures(
        44.0, 26.0, 12.0, 32.0, two_sided=True, slopes=True,
        height_range_mm=(800.0, 2_600.0), depth_range_mm=(120.0, 900.0),
    ),
    "island": FixtureMeasures(
        40.0, 20.0, 24.0, 40.0, two_sided=True, stepped=True,
        height_range_mm=(300.0, 2_400.0), depth_range_mm=(250.0, 1_500.0),
    ),
    "bin": FixtureMeasures(
        12.0, 20.0, 20.0, 20.0, planograms=(1, 1), shelves_max=1, head_mm=0.0,
        height_range_mm=(400.0, 1_300.0), depth_range_mm=(300.0, 1_500.0),
    ),
    "wall-rack": FixtureMeasures(
        32.0, 22.0, 14.0, 20.0, slopes=True,
        height_range_mm=(600.0, 2_600.0), depth_range_mm=(80.0, 600.0),
    ),
    "poster-wall": FixtureMeasures(
        60.0, 90.0, 16.0, 60.0, head_mm=300.0,
        height_range_mm=(1_500.0, 3_000.0), depth_range_mm=(130.0, 450.0),
    ),
    "sign": FixtureMeasures(
        0.0, 0.0, 0.0, 0.0, planograms=(0, 0), shelves_max=0,
        height_range_mm=(900.0, 2_600.0), depth_range_mm=(250.0, 1_200.0),
        width_range_mm=(300.0, 4_000.0),
    ),
    "door": FixtureMeasures(
        0.0, 0.0, 0.0, 0.0, planograms=(0, 0), shelves_max=0,
        height_range_mm=(1_900.0, 3_000.0), depth_range_mm=(60.0, 500.0),
        width_range_mm=(750.0, 4_000.0),
    ),
}  # fmt: skip


class Footprint(msgspec.Struct, frozen=True):
    """A fixture's rectangle on the floor in millimetres; its middle, its sides, its turn."""

    x_mm: float
    z_mm: float
    width_mm: float
    depth_mm: float
    yaw_deg: float

    def corners(self) -> tuple[tuple[float, float], ...]:
        """The four (x, z) corners, in order around."""
        cosine = math.cos(math.radians(self.yaw_deg))
        sine = math.sin(math.radians(self.yaw_deg))
        half_x, half_z = self.width_mm / 2.0, self.depth_mm / 2.0
        around = ((-half_x, -half_z), (half_x, -half_z), (half_x, half_z), (-half_x, half_z))
        return tuple(
            (self.x_mm + x * cosine + z * sine, self.z_mm - x * sine + z * cosine)
            for x, z in around
        )


def footprint(
    placement: FixturePlacement, planograms: Mapping[str, Planogram], measures: FixtureMeasures
) -> Footprint:
    """The floor a fixture covers: its wider side plus both ends; both depths if it has a back.

    A type without planograms covers its own `width_mm`.
    """
    width = max(side_width(placement.planograms, planograms), 0.0)
    width = max(width, side_width(placement.back_planograms, planograms))
    sides = 2 if measures.two_sided and placement.back_planograms else 1
    return Footprint(
        placement.x_mm,
        placement.z_mm,
        width + 2.0 * measures.side_mm if measures.carries else placement.width_mm,
        placement.depth_mm * sides,
        placement.yaw_deg,
    )


def side_width(keys: tuple[str, ...], planograms: Mapping[str, Planogram]) -> float:
    """The width of a row of bays; a planogram that is missing counts nothing."""
    return sum(planograms[key].width_mm for key in keys if key in planograms)


def slope_of(shelf: Shelf, measures: FixtureMeasures) -> float:
    """How far a shelf leans forward on a fixture, degrees; 0 where it is level or cannot lean.

    It leans about the back edge of its surface, which stays at `height_mm` because the brackets
    hang there; its depth is the board's own, so a leaning shelf reaches less far forward.
    """
    if not shelf.slope_deg or not measures.slopes or shelf.kind in HANGING:
        return 0.0
    slope = min(max(shelf.slope_deg, SLOPE_RANGE_DEG[0]), SLOPE_RANGE_DEG[1])
    return slope if abs(slope) >= SLOPE_MIN_DEG else 0.0


def any_leans(planogram: Planogram, measures: FixtureMeasures) -> bool:
    """Whether a planogram may have a shelf that leans on a fixture: no, in most stores."""
    return measures.slopes and any(map(_SLOPE_DEG, planogram.shelves))


def thickness_of(shelf: Shelf, measures: FixtureMeasures) -> float:
    """How far a shelf reaches down below its surface, millimetres: as it says, or its fixture's."""
    return shelf.thickness_mm if shelf.thickness_mm > 0.0 else measures.shelf_mm


def surface_depth(placement: FixturePlacement, shelf: Shelf, measures: FixtureMeasures) -> float:
    """How deep products may stand on a shelf of a type that is not stepped, millimetres."""
    own = placement.depth_mm - measures.back_mm - measures.front_mm
    if not shelf.z_mm:
        return shelf.depth_mm or own
    # Its front edge moves; its back stays before the fixture's.
    return max(min(shelf.depth_mm or own, _edge(placement, shelf, measures)), 1.0)


def _edge(placement: FixturePlacement, shelf: Shelf, measures: FixtureMeasures) -> float:
    """How far before the fixture's back the front edge of a shelf with `z_mm` is, millimetres."""
    own = placement.depth_mm - measures.back_mm - measures.front_mm
    return min(max((shelf.depth_mm or own) - shelf.z_mm, 1.0), own)


def surface_depths(
    placement: FixturePlacement, planogram: Planogram, measures: FixtureMeasures
) -> tuple[float, ...]:
    """How deep products may stand on each shelf, millimetres.

    On a stepped fixture the shelves that say no depth share what the others leave.
    """
    shelves = planogram.shelves
    if measures.stepped:
        own = stepped_depth(placement, len(shelves), measures)
        open_ended = sum(shelf.depth_mm == 0.0 for shelf in shelves)
        rest = max(own - sum(shelf.depth_mm for shelf in shelves), 0.0)
        return tuple(shelf.depth_mm or rest / open_ended for shelf in shelves)
    depths = [surface_depth(placement, shelf, measures) for shelf in shelves]
    if not measures.upper_back_mm:
        return tuple(depths)
    return tuple(
        max(depth - measures.upper_back_mm, 1.0) if number and not shelf.depth_mm else depth
        for number, (shelf, depth) in enumerate(zip(shelves, depths, strict=True))
    )


def stepped_depth(placement: FixturePlacement, tiers: int, measures: FixtureMeasures) -> float:
    """What the surfaces of a stepped fixture share from front to back, millimetres."""
    return placement.depth_mm - measures.back_mm - measures.front_mm * tiers


def surface_setbacks(
    placement: FixturePlacement, planogram: Planogram, measures: FixtureMeasures,
    depths: tuple[float, ...] | None = None,
) -> tuple[float, ...]:  # fmt: skip
    """How far behind the front of the fixture's side each surface begins, millimetres.

    `depths` are its `surface_depths`, where they are known.
    """
    depths = depths or surface_depths(placement, planogram, measures)
    if measures.stepped:
        return tuple(
            measures.front_mm * (number + 1) + sum(depths[:number]) for number in range(len(depths))
        )
    setbacks = tuple(
        placement.depth_mm
        - measures.back_mm
        - (_edge(placement, shelf, measures) if shelf.z_mm else depth)
        for shelf, depth in zip(planogram.shelves, depths, strict=True)
    )
    if not any_leans(planogram, measures):
        return setbacks
    return tuple(
        setback + depth * (1.0 - math.cos(math.radians(slope_of(shelf, measures))))
        for setback, depth, shelf in zip(setbacks, depths, planogram.shelves, strict=True)
    )


def head_limit(placement: FixturePlacement, measures: FixtureMeasures, ceiling_mm: float) -> float:
    """The height that nothing on the fixture's top shelf may pass, millimetres."""
    if measures.head_mm is None:
        return ceiling_mm
    return min(placement.height_mm - measures.head_mm, ceiling_mm)


def free_heights(
    placement: FixturePlacement,
    planogram: Planogram,
    measures: FixtureMeasures,
    ceiling_mm: float,
) -> tuple[float, ...]:
    """For each shelf, how high products may reach above it before they meet what is above."""
    limit = head_limit(placement, measures, ceiling_mm)
    if measures.stepped:
        return tuple(limit - shelf.height_mm for shelf in planogram.shelves)
    clear = clearances(planogram, measures, limit)
    if not any_leans(planogram, measures):
        return clear
    return _leaning_clearances(placement, planogram, measures, limit, clear)


def clearances(
    planogram: Planogram, measures: FixtureMeasures, limit_mm: float
) -> tuple[float, ...]:
    """Free height over each shelf up to the next one above it; `limit_mm` ends the last.

    Only what shares some of its width is above a shelf. A board that says its height has that;
    one that does not reaches up to the limit.
    """
    shelves = planogram.shelves
    clear = [limit_mm - shelf.height_mm for shelf in shelves]
    plain = not any(shelf.x_mm or shelf.width_mm or shelf.kind in BOARDS for shelf in shelves)
    for number in range(len(shelves) - 2, -1, -1):
        lower = shelves[number]
        upper = shelves[number + 1] if plain else _next_above(planogram, number)
        if upper is not None:
            under = 0.0 if upper.kind in BOARDS else thickness_of(upper, measures)
            clear[number] = upper.height_mm - under - lower.height_mm
    if not plain:
        clear = [
            shelf.board_mm if shelf.kind in BOARDS and shelf.board_mm else free
            for shelf, free in zip(shelves, clear, strict=True)
        ]
    return tuple(clear)


def _leaning_clearances(
    placement: FixturePlacement,
    planogram: Planogram,
    measures: FixtureMeasures,
    limit_mm: float,
    level: tuple[float, ...],
) -> tuple[float, ...]:
    """As `clearances`, upright to each board, where boards lean; `level` are those of level ones.

    The room above a shelf ends where anything as deep as the shelf would first touch the underside
    of the one above, its front band included.
    """
    depths = surface_depths(placement, planogram, measures)
    setbacks = surface_setbacks(placement, planogram, measures, depths)
    shelves = planogram.shelves
    clear = []
    for number, shelf in enumerate(shelves):
        upper = _next_above(planogram, number)
        own = slope_of(shelf, measures)
        leans = own or (upper is not None and slope_of(upper, measures))
        if shelf.kind in HANGING or not leans or (upper is not None and upper.kind in HANGING):
            clear.append(level[number])
            continue
        edge = front_edge(shelf, depths[number], setbacks[number], measures)
        cos, sin = math.cos(math.radians(own)), math.sin(math.radians(own))
        room = (limit_mm - edge[1] - max(depths[number] * sin, 0.0)) / cos
        if upper is not None:
            above = next(i for i, one in enumerate(shelves) if one is upper)
            ends = _underside(upper, depths[above], setbacks[above], measures)
            along = [(z - edge[0]) * cos + (y - edge[1]) * sin for z, y in ends]
            up = [(y - edge[1]) * cos - (z - edge[0]) * sin for z, y in ends]
            room = min([room, *_lowest(along, up, depths[number])])
        clear.append(max(math.floor(room * 10.0) / 10.0, 0.0))
    return tuple(clear)


def front_edge(
    shelf: Shelf, depth_mm: float, setback_mm: float, measures: FixtureMeasures
) -> tuple[float, float]:
    """How far behind the fixture's front, and how high, a surface's front edge is, millimetres."""
    return setback_mm, shelf.height_mm - depth_mm * math.sin(
        math.radians(slope_of(shelf, measures))
    )


def _underside(
    shelf: Shelf, depth_mm: float, setback_mm: float, measures: FixtureMeasures
) -> list[tuple[float, float]]:
    """The ends of a board's underside, front and back: behind the fixture's front, and how high."""
    slope = math.radians(slope_of(shelf, measures))
    cos, sin = math.cos(slope), math.sin(slope)
    thick = thickness_of(shelf, measures)
    z, y = front_edge(shelf, depth_mm, setback_mm, measures)
    return [
        (z + at * cos + thick * sin, y + at * sin - thick * cos)
        for at in (-measures.front_mm, depth_mm)
    ]


def _lowest(along: list[float], up: list[float], depth_mm: float) -> list[float]:
    """The lowest that a straight underside comes to over a surface `depth_mm` deep, if it does."""
    start, end = max(min(along), 0.0), min(max(along), depth_mm)
    if end <= start:
        return []
    rise = (up[1] - up[0]) / (along[1] - along[0])
    return [min(up[0] + (at - along[0]) * rise for at in (start, end))]


def _next_above(planogram: Planogram, number: int) -> Shelf | None:
    """The lowest of the shelves written after one that is over some of its width."""
    lower = planogram.shelves[number]
    left, right = extent(planogram, lower)
    for upper in planogram.shelves[number + 1 :]:
        low, high = extent(planogram, upper)
        if upper.height_mm > lower.height_mm and low < right - 0.5 and left < high - 0.5:
            return upper
    return None


def extent(planogram: Planogram, shelf: Shelf) -> tuple[float, float]:
    """Where a surface begins and ends, from its bay's left end, millimetres; inside the bay."""
    left = min(max(shelf.x_mm, 0.0), planogram.width_mm)
    wide = shelf.width_mm or planogram.width_mm - left
    return left, max(min(left + wide, planogram.width_mm), left)


def segment_ends(planogram: Planogram) -> tuple[float, ...]:
    """Where a bay's uprights stand, both of its ends included, millimetres from its left end."""
    ends = [0.0]
    for wide in planogram.segments_mm:
        if wide > 0.0 and ends[-1] + wide < planogram.width_mm - 50.0:
            ends.append(ends[-1] + wide)
    return (*ends, planogram.width_mm)
