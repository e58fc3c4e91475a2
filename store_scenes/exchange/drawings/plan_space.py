"""From the floor in millimetres to paper, and what stands on the floor as polygons."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store_scenes.exchange.drawings.sheet import Point
from store_scenes.layout.documents import FixturePlacement, Planogram, StoreLayout
from store_scenes.layout.measures import MEASURES, FixtureMeasures, footprint, side_width

MERGE_MM = 5.0
"""Fixtures nearer than this are one in a dimension chain."""

FILLS = {
    "gondola": "#dfe6ee", "endcap": "#fbe3c8", "chiller": "#cfe8f3", "freezer": "#c4d8f2",
    "produce": "#d9ecd0", "till": "#f3d3d3", "basket": "#eadfd2", "table": "#efe3cf",
    "pegboard": "#e6def0", "island": "#d8ecd9", "bin": "#f5e6b8", "wall-rack": "#dde3e6",
    "poster-wall": "#f6d7e6", "sign": "#fff3b0", "door": "#ffffff",
}  # fmt: skip
OTHER_FILL = "#e4e4e4"


@dataclass(frozen=True, slots=True)
class Outline:
    """A fixture on the floor, in millimetres.

    `corners` (x, z) go from its back left around by its back right to its front left; `bays` are
    lines between neighbouring bays, `fronts` the sides that customers stand at.
    """

    placement: FixturePlacement
    width_mm: float
    depth_mm: float
    corners: tuple[Point, ...]
    bays: tuple[tuple[Point, Point], ...]
    fronts: tuple[tuple[Point, Point], ...]

    @property
    def middle(self) -> Point:
        """Of its corners."""
        xs, zs = zip(*self.corners, strict=True)
        return sum(xs) / 4.0, sum(zs) / 4.0


@dataclass(frozen=True, slots=True)
class PlanView:
    """Where the floor lies on paper: `origin` is the room's middle there, `scale` N of 1:N."""

    origin: Point
    scale: float

    def at(self, x_mm: float, z_mm: float) -> Point:
        """A place on the floor, on paper."""
        return self.origin[0] + x_mm / self.scale, self.origin[1] + z_mm / self.scale

    def all(self, points: Sequence[Point]) -> tuple[Point, ...]:
        """Several of them."""
        return tuple(self.at(x, z) for x, z in points)


def outlines(layout: StoreLayout) -> list[Outline]:
    """Every fixture of a known type that covers floor, in the document's order."""
    found = []
    for placement in layout.store.fixtures:
        measures = MEASURES.get(placement.type)
        if measures is not None:
            found.append(_outline(placement, layout.planograms, measures))
    return [one for one in found if one.width_mm > 0.0 and one.depth_mm > 0.0]


def _outline(
    placement: FixturePlacement, planograms: Mapping[str, Planogram], measures: FixtureMeasures
) -> Outline:
    print_ = footprint(placement, planograms, measures)
    turn = math.radians(print_.yaw_deg)
    cos, sin = math.cos(turn), math.sin(turn)

    def out(x: float, z: float) -> Point:
        return print_.x_mm + x * cos + z * sin, print_.z_mm - x * sin + z * cos

    half_x, half_z = print_.width_mm / 2.0, print_.depth_mm / 2.0
    two_sided = measures.two_sided and bool(placement.back_planograms)
    back_z = 0.0 if two_sided else -half_z
    bays = _bay_lines(placement.planograms, planograms, (back_z, half_z), 1.0)
    fronts = [(out(-half_x, half_z), out(half_x, half_z))] if measures.carries else []
    if two_sided:
        bays += _bay_lines(placement.back_planograms, planograms, (0.0, -half_z), -1.0)
        bays.append(((-half_x, 0.0), (half_x, 0.0)))
        fronts.append((out(-half_x, -half_z), out(half_x, -half_z)))
    return Outline(
        placement,
        print_.width_mm,
        print_.depth_mm,
        tuple(out(x, z) for x, z in ((-half_x, -half_z), (half_x, -half_z), (half_x, half_z),
                                     (-half_x, half_z))),
        tuple((out(*one), out(*two)) for one, two in bays),
        tuple(fronts),
    )  # fmt: skip


def _bay_lines(
    keys: tuple[str, ...],
    planograms: Mapping[str, Planogram],
    span: tuple[float, float],
    way: float,
) -> list[tuple[Point, Point]]:
    """Between neighbouring bays, in the fixture's own space; `way` -1 for the back's."""
    x = -side_width(keys, planograms) / 2.0
    lines = []
    for key in keys[:-1]:
        x += planograms[key].width_mm if key in planograms else 0.0
        lines.append(((way * x, span[0]), (way * x, span[1])))
    return lines


def crossed(
    polygons: Sequence[tuple[Point, ...]], axis: int, level: float
) -> list[tuple[float, float]]:
    """Where a line through the floor lies inside polygons, in order, touching ones joined.

    `axis` 0: the line runs along x at z = `level`; 1: along z at x = `level`.
    """
    spans = []
    for polygon in polygons:
        hits = []
        for one, two in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
            low, high = one[1 - axis], two[1 - axis]
            if (low <= level) != (high <= level):
                share = (level - low) / (high - low)
                hits.append(one[axis] + share * (two[axis] - one[axis]))
        if len(hits) >= 2:
            spans.append((min(hits), max(hits)))
    merged: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if merged and low - merged[-1][1] < MERGE_MM:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged


def best_cut(shapes: Sequence[Outline], axis: int) -> float | None:
    """The level of the line that crosses the most separate fixtures; None without fixtures."""
    polygons = [shape.corners for shape in shapes]
    levels = sorted({round(shape.middle[1 - axis], 1) for shape in shapes})
    if not levels:
        return None
    return max(levels, key=lambda level: (len(crossed(polygons, axis, level)), -abs(level)))
