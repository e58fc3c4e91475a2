"""One planogram as a fixture shows it: its shelves with their goods, in millimetres.

x from the left end of the planogram's width, heights above the floor; the front row only, since
that is what an elevation shows.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from catalog_sync.model.product import Product
from store_scenes.layout.arrange import Arranged, arrange_shelf
from store_scenes.layout.documents import FixturePlacement, Planogram, Shelf, StoreLayout
from store_scenes.layout.measures import (
    BOARDS,
    MEASURES,
    FixtureMeasures,
    free_heights,
    front_edge,
    slope_of,
    surface_depths,
    surface_setbacks,
    thickness_of,
)

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top; millimetres, heights upward."""


@dataclass(frozen=True, slots=True)
class Use:
    """A planogram on one side of a fixture. `also` are further fixtures that show the same."""

    key: str
    planogram: Planogram
    placement: FixturePlacement
    measures: FixtureMeasures
    back: bool
    bay: int
    bays: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stood:
    """A position of the elevation. `facings` are the boxes of its front row, `caps` those on it.

    `number` is its number in the table: from the top shelf down, left to right.
    """

    number: int
    block: Arranged
    facings: tuple[Rect, ...]
    caps: tuple[Rect, ...]

    @property
    def extent(self) -> Rect:
        """Around its facings."""
        return (
            min(box[0] for box in self.facings), min(box[1] for box in self.facings),
            max(box[2] for box in self.facings), max(box[3] for box in self.facings),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tier:
    """A carrying surface. `index` is its place in the planogram; `rest` positions are unknown.

    `front` is how high its front edge is, `thick` its board; `slope` degrees it leans forward.
    """

    index: int
    shelf: Shelf
    left: float
    right: float
    bottom: float
    depth: float
    setback: float
    clear: float
    stood: tuple[Stood, ...]
    rest: tuple[str, ...]
    front: float
    thick: float
    slope: float

    def at(self, along: float, up: float) -> tuple[float, float]:
        """How far behind the fixture's front, and how high, a point of the surface's own frame is.

        `along` is from the front edge back, `up` upright to the surface.
        """
        cos, sin = math.cos(math.radians(self.slope)), math.sin(math.radians(self.slope))
        return self.setback + along * cos - up * sin, self.front + along * sin + up * cos


def uses(layout: StoreLayout) -> list[Use]:
    """Every planogram that a fixture shows, in the fixtures' order; equal shows once."""
    found: dict[tuple[str, str, float, float], Use] = {}
    for placement in layout.store.fixtures:
        measures = MEASURES.get(placement.type)
        if measures is None or not measures.carries:
            continue
        for back, keys in ((False, placement.planograms), (True, placement.back_planograms)):
            for bay, key in enumerate(keys, start=1):
                planogram = layout.planograms.get(key)
                if planogram is None:
                    continue
                same = (key, placement.type, placement.depth_mm, placement.height_mm)
                before = found.get(same)
                if before is None:
                    found[same] = Use(key, planogram, placement, measures, back, bay, len(keys))
                else:
                    found[same] = Use(
                        key, planogram, before.placement, measures, before.back, before.bay,
                        before.bays, (*before.also, placement.id),
                    )  # fmt: skip
    return list(found.values())


def tiers(use: Use, layout: StoreLayout, products: Mapping[str, Product]) -> list[Tier]:
    """Its surfaces, lowest first, every facing in place."""
    planogram, placement, measures = use.planogram, use.placement, use.measures
    depths = surface_depths(placement, planogram, measures)
    setbacks = surface_setbacks(placement, planogram, measures)
    clear = free_heights(placement, planogram, measures, layout.store.floor.height_mm)
    numbers = _numbers(planogram, products)
    found = []
    for index, shelf in enumerate(planogram.shelves):
        divider = shelf.divider.width_mm if shelf.divider else 0.0
        arranged = arrange_shelf(shelf.positions, depths[index], products, layout.handling, divider)
        thick, slope = thickness_of(shelf, measures), slope_of(shelf, measures)
        setback, front = front_edge(shelf, depths[index], setbacks[index], measures)
        cos = math.cos(math.radians(slope))
        width = shelf.width_mm or planogram.width_mm - shelf.x_mm
        found.append(
            Tier(
                index, shelf, shelf.x_mm, shelf.x_mm + width,
                front - (0.0 if shelf.kind in BOARDS else thick * cos),
                depths[index], setback, clear[index],
                tuple(
                    _stood(numbers[index, block.index], block, shelf, front, slope)
                    for block in arranged
                ),
                tuple(p.sku for p in shelf.positions if p.sku not in products),
                front, thick, slope,
            )
        )  # fmt: skip
    return found


def _numbers(planogram: Planogram, products: Mapping[str, Product]) -> dict[tuple[int, int], int]:
    order = sorted(
        range(len(planogram.shelves)), key=lambda index: -planogram.shelves[index].height_mm
    )
    places = [
        (index, place)
        for index in order
        for place, position in enumerate(planogram.shelves[index].positions)
        if position.sku in products
    ]
    return {place: number for number, place in enumerate(places, start=1)}


def _stood(number: int, block: Arranged, shelf: Shelf, front: float, slope: float) -> Stood:
    """The fronts of a block as one sees them: those on a slope stand higher, and look lower."""
    width, height, _ = block.size_mm
    cos, sin = math.cos(math.radians(slope)), math.sin(math.radians(slope))
    left, base = shelf.x_mm, front + block.front_mm * sin + block.bottom_mm * cos
    layer_mm, seen = block.layer_mm * cos, height * cos
    facings = tuple(
        (left + x - width / 2.0, base + layer * layer_mm,
         left + x + width / 2.0, base + layer * layer_mm + seen)
        for layer in range(block.layers)
        for x in block.columns
    )  # fmt: skip
    caps = []
    for cap in block.caps:
        # Of units behind one another only the foremost shows.
        foremost: dict[tuple[float, float], float] = {}
        for x, up, far in cap.places:
            key = (round(x, 1), round(up, 1))
            foremost[key] = min(far, foremost.get(key, far))
        if cap.places and min(foremost.values()) > block.rows[-1]:
            continue  # behind the block
        for (x, up), far in foremost.items():
            low = front + (far - cap.size_mm[2] / 2.0) * sin + up * cos
            caps.append((left + x - cap.size_mm[0] / 2.0, low,
                         left + x + cap.size_mm[0] / 2.0, low + cap.size_mm[1] * cos))  # fmt: skip
    return Stood(number, block, facings, tuple(caps))
