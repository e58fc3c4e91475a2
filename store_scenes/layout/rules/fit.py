"""Planograms on the fixtures that carry them: what the type takes, and what fits its shelves."""

import math
from collections.abc import Iterator
from itertools import pairwise

from store_scenes.layout.arrange import Arranged
from store_scenes.layout.documents import (
    STORE_FILE,
    FixturePlacement,
    Overhang,
    Planogram,
    Shelf,
    StoreLayout,
    planogram_path,
)
from store_scenes.layout.findings import TOLERANCE_MM, Repair, Said
from store_scenes.layout.measures import (
    HANGING,
    MEASURES,
    SLOPE_RANGE_DEG,
    THICKNESS_RANGE_MM,
    FixtureMeasures,
    free_heights,
    slope_of,
    stepped_depth,
    surface_depths,
    thickness_of,
)
from store_scenes.layout.rules.rule import Checked, Stocked


def check_fit(checked: Checked) -> Iterator[Said]:
    """What is wrong with each fixture's use and with what stands on its shelves."""
    layout = checked.layout
    for placement in layout.store.fixtures:
        measures = MEASURES.get(placement.type)
        if measures is None:
            continue
        yield from _use(layout, placement, measures)
        for key in dict.fromkeys((*placement.planograms, *placement.back_planograms)):
            planogram = layout.planograms.get(key)
            if planogram is not None:
                path = planogram_path(key)
                yield from _planogram(planogram, path, placement, measures)
                yield from _boards(planogram, path, placement, measures)
                yield from _depths(planogram, path, placement, measures)
    clear: dict[tuple[str, str], tuple[float, ...]] = {}
    for shelf in checked.stocked:
        at = (shelf.placement.id, shelf.key)
        if at not in clear:
            clear[at] = free_heights(
                shelf.placement, shelf.planogram, shelf.measures, layout.store.floor.height_mm
            )
        yield from _shelf(shelf, clear[at][shelf.number])


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
        yield Said(
            "fixture-empty", STORE_FILE, where, f"{placement.id} has no planogram",
            "name at least one",
        )  # fmt: skip
    if not measures.carries and keys:
        yield Said(
            "fixture-planograms", STORE_FILE, at, f"{named} carries no planogram",
            "take them off, or use another type",
        )  # fmt: skip
    elif measures.one_surface and (len(keys) != 1 or any(len(p.shelves) != 1 for p in surfaces)):
        yield Said(
            "fixture-one-shelf", STORE_FILE, at,
            f"{named} carries one planogram with one shelf",
            "name one planogram and give it one shelf",
        )  # fmt: skip
    elif measures.planograms[1] == 1 and len(placement.planograms) > 1:
        yield Said(
            "fixture-planograms", STORE_FILE, at, f"{named} carries one planogram, not "
            f"{len(placement.planograms)}", "name one",
        )  # fmt: skip
    elif measures.carries and any(len(p.shelves) > measures.shelves_max for p in surfaces):
        yield Said(
            "fixture-one-shelf", STORE_FILE, at,
            f"{named} has one shelf in each bay, the floor of its well",
            "give each of its planograms one shelf",
        )  # fmt: skip
    if placement.back_planograms and not measures.two_sided:
        yield Said(
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
            yield Said(
                "fixture-size", STORE_FILE, f"{where}.{key}",
                f"{named} with {key} = {value:g} cannot be built",
                f"use {key} from {least:g} to {most:g}",
            )  # fmt: skip


def _planogram(
    planogram: Planogram, path: str, placement: FixturePlacement, measures: FixtureMeasures
) -> Iterator[Said]:
    if not any(shelf.positions for shelf in planogram.shelves):
        yield Said(
            "planogram-empty", path, "", f"{planogram.name!r} holds no product",
            "add positions, or take it off the fixture",
        )  # fmt: skip
    for number, (lower, upper) in enumerate(pairwise(planogram.shelves), start=1):
        if _one_above_the_other(lower, upper, planogram) and (
            upper.height_mm - thickness_of(upper, measures) < lower.height_mm
        ):
            yield Said(
                "shelf-order", path, f"shelves[{number}].height_mm",
                f"shelf {number + 1} at {upper.height_mm:g} mm is not above shelf {number}",
                "write the shelves lowest first, with room between them",
            )  # fmt: skip
    top_mm = placement.height_mm - (measures.head_mm or 0.0)
    depths = surface_depths(placement, planogram, measures)
    for number, shelf in enumerate(planogram.shelves):
        drop = _drop(shelf, depths[number], measures)
        least = thickness_of(shelf, measures) + drop
        low = least > shelf.height_mm + TOLERANCE_MM * bool(drop) and not shelf.board_mm
        if low or (not measures.one_surface and shelf.height_mm > top_mm):
            yield Said(
                "shelf-height", path, f"shelves[{number}].height_mm",
                f"shelf {number + 1} at {shelf.height_mm:g} mm does not fit on {placement.id}",
                f"put it between {least:g} and {top_mm:g} mm",
            )  # fmt: skip
        reach = shelf.x_mm + (shelf.width_mm or planogram.width_mm - shelf.x_mm)
        if shelf.x_mm < -TOLERANCE_MM or reach > planogram.width_mm + TOLERANCE_MM:
            yield Said(
                "shelf-width", path, f"shelves[{number}]",
                f"shelf {number + 1} reaches from {shelf.x_mm:g} to {reach:g} mm in a bay of "
                f"{planogram.width_mm:g} mm",
                "make it narrower or move it",
            )  # fmt: skip


def _drop(shelf: Shelf, depth_mm: float, measures: FixtureMeasures) -> float:
    """How far a shelf's front edge is lower than its height says; 0 for a level one."""
    slope = slope_of(shelf, measures)
    return round(max(depth_mm * math.sin(math.radians(slope)), 0.0), 1) if slope else 0.0


def _boards(
    planogram: Planogram, path: str, placement: FixturePlacement, measures: FixtureMeasures
) -> Iterator[Said]:
    """How thick each shelf is and how far it leans."""
    least, most = THICKNESS_RANGE_MM
    for number, shelf in enumerate(planogram.shelves):
        if shelf.thickness_mm and not least <= shelf.thickness_mm <= most:
            yield Said(
                "shelf-thickness", path, f"shelves[{number}].thickness_mm",
                f"shelf {number + 1} is {shelf.thickness_mm:g} mm thick",
                f"use thickness_mm from {least:g} to {most:g}, or leave it out",
            )  # fmt: skip
        if not shelf.slope_deg:
            continue
        at = f"shelves[{number}].slope_deg"
        low, high = SLOPE_RANGE_DEG
        if shelf.kind in HANGING or not measures.slopes:
            what = f"a {shelf.kind}" if shelf.kind in HANGING else f"a shelf of a {placement.type}"
            yield Said(
                "shelf-slope", path, at,
                f"shelf {number + 1} of {placement.id} leans by {shelf.slope_deg:g} degrees; "
                f"{what} is shown level",
                "leave slope_deg out, or use a fixture whose shelves lean",
            )  # fmt: skip
        elif not low <= shelf.slope_deg <= high:
            shown = slope_of(shelf, measures)
            yield Said(
                "shelf-slope", path, at,
                f"shelf {number + 1} of {placement.id} leans by {shelf.slope_deg:g} degrees and is "
                f"shown at {shown:g}",
                f"use slope_deg from {low:g} to {high:g}",
            )  # fmt: skip


def _one_above_the_other(lower: Shelf, upper: Shelf, planogram: Planogram) -> bool:
    """Whether two shelves share any of the bay's width; boards hang behind what stands."""
    if lower.board_mm or upper.board_mm:
        return False
    low_end = lower.x_mm + (lower.width_mm or planogram.width_mm)
    high_end = upper.x_mm + (upper.width_mm or planogram.width_mm)
    return lower.x_mm < high_end - TOLERANCE_MM and upper.x_mm < low_end - TOLERANCE_MM


def _depths(
    planogram: Planogram, path: str, placement: FixturePlacement, measures: FixtureMeasures
) -> Iterator[Said]:
    if measures.stepped:
        own = stepped_depth(placement, len(planogram.shelves), measures)
        said = sum(shelf.depth_mm for shelf in planogram.shelves)
        each = min(surface_depths(placement, planogram, measures), default=1.0)
        if said > own + TOLERANCE_MM or each <= 0.0:
            yield Said(
                "shelf-depth", path, "shelves[0]",
                f"the tiers are {said:g} mm deep together; {placement.id} has room for {own:g} mm",
                "make the tiers less deep or the fixture deeper",
            )  # fmt: skip
        return
    own = placement.depth_mm - measures.back_mm - measures.front_mm
    for number, shelf in enumerate(planogram.shelves):
        slope = slope_of(shelf, measures)
        # A board that leans may be deeper: it reaches less far forward.
        room = round(own / math.cos(math.radians(slope)), 1) if slope else own
        if shelf.depth_mm > room + TOLERANCE_MM:
            leaning = f" at {slope:g} degrees" if slope else ""
            yield Said(
                "shelf-depth", path, f"shelves[{number}].depth_mm",
                f"shelf {number + 1} is {shelf.depth_mm:g} mm deep; {placement.id} has room for "
                f"{room:g} mm{leaning}",
                "make the shelf less deep or the fixture deeper",
            )  # fmt: skip


def _shelf(shelf: Stocked, clear_mm: float) -> Iterator[Said]:
    for index, position in enumerate(shelf.shelf.positions):
        if position.gap_mm < 0.0:
            yield Said(
                "position-overlap", shelf.path, f"{shelf.where}.positions[{index}]",
                f"{position.sku}: a gap of {position.gap_mm:g} mm pushes its facings into another",
                "use a gap of 0 or more",
                Repair(f"{shelf.where}.positions[{index}].gap_mm", "0"),
            )  # fmt: skip
    for block in shelf.blocks:
        yield from _ends(shelf, block)
        yield from _heights(shelf, block, clear_mm)
    yield from _overlaps(shelf)


def _overlaps(shelf: Stocked) -> Iterator[Said]:
    """Blocks that share room: in width, and where they hang or are stacked, in height, too."""
    by_left = sorted(shelf.blocks, key=lambda block: block.left_mm)
    flat = all(block.bottom_mm == 0.0 for block in by_left)
    if flat:
        reach: Arranged | None = None
        for block in by_left:
            if reach is not None and block.left_mm < reach.right_mm - TOLERANCE_MM:
                yield _overlap(shelf, block, reach)
            if reach is None or block.right_mm > reach.right_mm:
                reach = block
        return
    for number, block in enumerate(by_left):
        for other in by_left[number + 1 :]:
            if other.left_mm >= block.right_mm - TOLERANCE_MM:
                break
            apart = (
                other.bottom_mm >= block.height_mm - TOLERANCE_MM
                or block.bottom_mm >= other.height_mm - TOLERANCE_MM
            )
            if not apart:
                yield _overlap(shelf, other, block)


def _overlap(shelf: Stocked, block: Arranged, reach: Arranged) -> Said:
    place = f"{shelf.where}.positions[{block.index}]"
    stated = shelf.shelf.positions[block.index].x_mm is not None
    follows = stated and block.index == reach.index + 1 and not block.bottom_mm
    return Said(
        "position-overlap", shelf.path, place,
        f"{block.product.sku} begins at {block.left_mm:g} mm, inside {reach.product.sku}, which "
        f"ends at {reach.right_mm:g} mm",
        "move it, or leave x_mm out so that it follows its neighbour",
        Repair(f"{place}.x_mm", None) if follows and _fits_behind(shelf, block, reach) else None,
    )  # fmt: skip


def _fits_behind(shelf: Stocked, block: Arranged, reach: Arranged) -> bool:
    """Whether a block still ends on the shelf, and before the next, once it follows another."""
    gap = shelf.shelf.positions[block.index].gap_mm
    end = reach.right_mm + gap + block.right_mm - block.left_mm
    nexts = [other.left_mm for other in shelf.blocks if other.left_mm > block.left_mm]
    return end <= min([shelf.width_mm, *nexts]) + TOLERANCE_MM


def _ends(shelf: Stocked, block: Arranged) -> Iterator[Said]:
    place, sku = f"{shelf.where}.positions[{block.index}]", block.product.sku
    over = shelf.shelf.overhang or Overhang()
    left = -over.left_mm - TOLERANCE_MM
    right = shelf.width_mm + over.right_mm + TOLERANCE_MM
    if block.left_mm < left or block.right_mm > right:
        beyond = " and what may hang over its ends" if over.left_mm or over.right_mm else ""
        yield Said(
            "position-too-wide", shelf.path, place,
            f"{sku} reaches from {block.left_mm:g} to {block.right_mm:g} mm on a shelf of "
            f"{shelf.width_mm:g} mm{beyond}",
            "take facings away or move it",
        )  # fmt: skip
    slope = slope_of(shelf.shelf, shelf.measures)
    if slope < 0.0:
        yield from _leaning_back(shelf, block, -slope)
    if block.depth_mm > shelf.depth_mm + over.back_mm + TOLERANCE_MM:
        yield Said(
            "position-too-deep", shelf.path, place,
            f"{sku} reaches {block.depth_mm:g} mm back on a shelf of {shelf.depth_mm:g} mm",
            "put fewer behind one another",
        )  # fmt: skip
    front = block.front_mm
    if front < -over.front_mm - TOLERANCE_MM:
        yield Said(
            "position-overhang", shelf.path, place,
            f"{sku} hangs {-front:g} mm over the shelf's front; {over.front_mm:g} mm may",
            "use a larger z_mm, or let the shelf say overhang = { front_mm = … }",
        )  # fmt: skip


def _leaning_back(shelf: Stocked, block: Arranged, back_deg: float) -> Iterator[Said]:
    """Goods whose tops lean against what is behind the shelf."""
    lean = block.height_mm * math.tan(math.radians(back_deg))
    if block.depth_mm + lean > shelf.depth_mm + TOLERANCE_MM:
        yield Said(
            "position-too-deep", shelf.path, f"{shelf.where}.positions[{block.index}]",
            f"{block.product.sku} reaches {block.depth_mm:g} mm back and its top leans "
            f"{lean:.1f} mm further, on a shelf of {shelf.depth_mm:g} mm",
            "put fewer behind one another",
        )  # fmt: skip


def _heights(shelf: Stocked, block: Arranged, clear_mm: float) -> Iterator[Said]:
    place, sku = f"{shelf.where}.positions[{block.index}]", block.product.sku
    room = shelf.shelf.board_mm or clear_mm
    if block.height_mm > room + TOLERANCE_MM:
        yield Said(
            "position-too-high", shelf.path, place,
            f"{sku} is {block.height_mm:g} mm high; {room:g} mm are free above the shelf",
            "stack fewer or move the shelf above",
        )  # fmt: skip
