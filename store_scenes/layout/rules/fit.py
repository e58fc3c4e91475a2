"""Planograms on the fixtures that carry them: what the type takes, and what fits its shelves."""

from collections.abc import Iterator
from itertools import pairwise

from catalog_sync.model.product import Product
from store_scenes.layout.arrange import Arranged, arrange_shelf
from store_scenes.layout.documents import FixturePlacement, Planogram, Shelf, StoreLayout
from store_scenes.layout.findings import TOLERANCE_MM, Said, error
from store_scenes.layout.load import STORE_FILE, planogram_path
from store_scenes.layout.measures import (
    FixtureMeasures,
    free_heights,
    stepped_depth,
    surface_depths,
)


def check_fixture(
    layout: StoreLayout,
    placement: FixturePlacement,
    measures: FixtureMeasures,
    products: dict[str, Product],
) -> Iterator[Said]:
    """What is wrong with one fixture's use and with its planograms."""
    yield from _use(layout, placement, measures)
    keys = (*placement.planograms, *placement.back_planograms)
    for key in dict.fromkeys(keys):
        if key in layout.planograms:
            yield from _planogram(
                layout.planograms[key],
                planogram_path(key),
                placement,
                measures,
                products,
                layout.store.floor.height_mm,
            )


def _use(
    layout: StoreLayout, placement: FixturePlacement, measures: FixtureMeasures
) -> Iterator[Said]:
    """What the type takes, in numbers of planograms, shelves and millimetres."""
    where = f"fixtures[{layout.store.fixtures.index(placement)}]"
    keys = (*placement.planograms, *placement.back_planograms)
    surfaces = [layout.planograms[key] for key in keys if key in layout.planograms]
    named = f"{placement.id}: a {placement.type}"
    at = f"{where}.planograms"
    if measures.carries and not keys:
        yield error(
            "fixture-empty", STORE_FILE, where, f"{placement.id} has no planogram",
            "name at least one",
        )  # fmt: skip
    if not measures.carries and keys:
        yield error(
            "fixture-planograms", STORE_FILE, at, f"{named} carries no planogram",
            "take them off, or use another type",
        )  # fmt: skip
    elif measures.one_surface and (len(keys) != 1 or any(len(p.shelves) != 1 for p in surfaces)):
        yield error(
            "fixture-one-shelf", STORE_FILE, at,
            f"{named} carries one planogram with one shelf",
            "name one planogram and give it one shelf",
        )  # fmt: skip
    elif measures.planograms[1] == 1 and len(placement.planograms) > 1:
        yield error(
            "fixture-planograms", STORE_FILE, at, f"{named} carries one planogram, not "
            f"{len(placement.planograms)}", "name one",
        )  # fmt: skip
    elif measures.carries and any(len(p.shelves) > measures.shelves_max for p in surfaces):
        yield error(
            "fixture-one-shelf", STORE_FILE, at,
            f"{named} has one shelf in each bay, the floor of its well",
            "give each of its planograms one shelf",
        )  # fmt: skip
    if placement.back_planograms and not measures.two_sided:
        yield error(
            "fixture-back", STORE_FILE, f"{where}.back_planograms", f"{named} has no back",
            "take the back's planograms off",
        )  # fmt: skip
    ranges = [
        ("height_mm", placement.height_mm, measures.height_range_mm),
        ("depth_mm", placement.depth_mm, measures.depth_range_mm),
    ]
    if not measures.carries:
        ranges.append(("width_mm", placement.width_mm, measures.width_range_mm))
    for key, value, (least, most) in ranges:
        if not least <= value <= most:
            yield error(
                "fixture-size", STORE_FILE, f"{where}.{key}",
                f"{named} with {key} = {value:g} cannot be built",
                f"use {key} from {least:g} to {most:g}",
            )  # fmt: skip


def _planogram(
    planogram: Planogram,
    path: str,
    placement: FixturePlacement,
    measures: FixtureMeasures,
    products: dict[str, Product],
    ceiling_mm: float,
) -> Iterator[Said]:
    if not any(shelf.positions for shelf in planogram.shelves):
        yield Said(
            "planogram-empty",
            "warning",
            path,
            "",
            f"{planogram.name!r} holds no product",
            "add positions, or take it off the fixture",
        )
    for number, (lower, upper) in enumerate(pairwise(planogram.shelves), start=1):
        if upper.height_mm - measures.shelf_mm < lower.height_mm:
            yield error(
                "shelf-order",
                path,
                f"shelves[{number}].height_mm",
                f"shelf {number + 1} at {upper.height_mm:g} mm is not above shelf {number}",
                "write the shelves lowest first, with room between them",
            )
    yield from _depths(planogram, path, placement, measures)
    limits = free_heights(placement, planogram, measures, ceiling_mm)
    depths = surface_depths(placement, planogram, measures)
    top_mm = placement.height_mm - (measures.head_mm or 0.0)
    for number, (shelf, clear_mm) in enumerate(zip(planogram.shelves, limits, strict=True)):
        where = f"shelves[{number}]"
        low = measures.shelf_mm > shelf.height_mm
        if low or (not measures.one_surface and shelf.height_mm > top_mm):
            yield error(
                "shelf-height",
                path,
                f"{where}.height_mm",
                f"shelf {number + 1} at {shelf.height_mm:g} mm does not fit on {placement.id}",
                f"put it between {measures.shelf_mm:g} and {top_mm:g} mm",
            )
        yield from _shelf(
            shelf, path, where, planogram.width_mm, depths[number], clear_mm, products
        )


def _depths(
    planogram: Planogram, path: str, placement: FixturePlacement, measures: FixtureMeasures
) -> Iterator[Said]:
    if measures.stepped:
        own = stepped_depth(placement, len(planogram.shelves), measures)
        said = sum(shelf.depth_mm for shelf in planogram.shelves)
        each = min(surface_depths(placement, planogram, measures), default=1.0)
        if said > own + TOLERANCE_MM or each <= 0.0:
            yield error(
                "shelf-depth", path, "shelves[0]",
                f"the tiers are {said:g} mm deep together; {placement.id} has room for {own:g} mm",
                "make the tiers less deep or the fixture deeper",
            )  # fmt: skip
        return
    own = placement.depth_mm - measures.back_mm - measures.front_mm
    for number, shelf in enumerate(planogram.shelves):
        if shelf.depth_mm > own + TOLERANCE_MM:
            yield error(
                "shelf-depth", path, f"shelves[{number}].depth_mm",
                f"shelf {number + 1} is {shelf.depth_mm:g} mm deep; {placement.id} has room for "
                f"{own:g} mm",
                "make the shelf less deep or the fixture deeper",
            )  # fmt: skip


def _shelf(
    shelf: Shelf,
    path: str,
    where: str,
    width_mm: float,
    depth_mm: float,
    clear_mm: float,
    products: dict[str, Product],
) -> Iterator[Said]:
    for index, position in enumerate(shelf.positions):
        if position.sku not in products:
            yield error(
                "product-unknown",
                path,
                f"{where}.positions[{index}].sku",
                f"no product of the catalogue has the sku {position.sku!r}",
                "add it to the catalogue or name another",
            )
        if position.gap_mm < 0.0:
            yield error(
                "position-overlap",
                path,
                f"{where}.positions[{index}]",
                f"{position.sku}: a gap of {position.gap_mm:g} mm pushes its facings into another",
                "use a gap of 0 or more",
            )
    arranged = arrange_shelf(shelf.positions, depth_mm, products)
    for block in arranged:
        yield from _fit(block, path, where, width_mm, depth_mm, clear_mm)
    by_left = sorted(arranged, key=lambda block: block.left_mm)
    reach: Arranged | None = None
    for block in by_left:
        if reach is not None and block.left_mm < reach.right_mm - TOLERANCE_MM:
            yield error(
                "position-overlap",
                path,
                f"{where}.positions[{block.index}]",
                f"{block.product.sku} begins at {block.left_mm:g} mm, inside "
                f"{reach.product.sku}, which ends at {reach.right_mm:g} mm",
                "move it, or leave x_mm out so that it follows its neighbour",
            )
        if reach is None or block.right_mm > reach.right_mm:
            reach = block


def _fit(
    block: Arranged, path: str, where: str, width_mm: float, depth_mm: float, clear_mm: float
) -> Iterator[Said]:
    place = f"{where}.positions[{block.index}]"
    sku = block.product.sku
    if block.left_mm < -TOLERANCE_MM or block.right_mm > width_mm + TOLERANCE_MM:
        yield error(
            "position-too-wide",
            path,
            place,
            f"{sku} reaches from {block.left_mm:g} to {block.right_mm:g} mm on a shelf of "
            f"{width_mm:g} mm",
            "take facings away or move it",
        )
    if block.height_mm > clear_mm + TOLERANCE_MM:
        yield error(
            "position-too-high",
            path,
            place,
            f"{sku} is {block.height_mm:g} mm high; {clear_mm:g} mm are free above the shelf",
            "stack fewer or move the shelf above",
        )
    if block.depth_mm > depth_mm + TOLERANCE_MM:
        yield error(
            "position-too-deep",
            path,
            place,
            f"{sku} reaches {block.depth_mm:g} mm back on a shelf of {depth_mm:g} mm",
            "put fewer behind one another",
        )
