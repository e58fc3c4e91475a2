"""What is wrong with a layout, in sentences that a merchandiser can act on."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Literal

import msgspec

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.plain_csv import CATALOG_BYTES_MAX, read_plain_csv
from store_scenes.layout.arrange import Arranged, arrange_shelf
from store_scenes.layout.documents import (
    Finding,
    FixturePlacement,
    Planogram,
    Shelf,
    StoreLayout,
)
from store_scenes.layout.load import (
    STORE_FILE,
    inside,
    planogram_path,
    read_bounded,
    read_text,
)
from store_scenes.layout.locate import line_of
from store_scenes.layout.measures import (
    MEASURES,
    FixtureMeasures,
    Footprint,
    clearances,
    footprint,
    surface_depth,
)

TOLERANCE_MM = 0.01
"""Sums of decimal millimetres are not exact; nothing in a shop is."""


class _Said(msgspec.Struct, frozen=True):
    """A finding whose line is not known yet: `where` is a path inside the TOML document."""

    rule: str
    severity: Literal["error", "warning"]
    path: str
    where: str
    sentence: str
    fix: str


def check(layout: StoreLayout, folder: Path) -> list[Finding]:
    """Every finding, errors first, then by file and line.

    `folder` is read again: only the files that have findings, for their lines, and the catalogue.
    """
    products = {product.sku: product for product in layout.products}
    said = [
        *_store(layout, products),
        *_floor(layout),
        *_models(layout, folder),
    ]
    for placement in layout.store.fixtures:
        measures = MEASURES.get(placement.type)
        if measures is not None:
            said += _fixture(layout, placement, measures, products)
    findings = [*_located(dict.fromkeys(said), folder), *_catalogue(layout, folder)]
    findings.sort(key=lambda finding: (finding.severity, finding.path, finding.line))
    return findings


def _store(layout: StoreLayout, products: dict[str, Product]) -> Iterator[_Said]:
    store = layout.store
    for kind, ids in (
        ("aisles", [aisle.id for aisle in store.aisles]),
        ("fixtures", [fixture.id for fixture in store.fixtures]),
    ):
        for index, name in enumerate(ids):
            if name in ids[:index]:
                where = f"{kind}[{index}].id"
                yield _error(
                    "id-duplicate", STORE_FILE, where, f"the id {name!r} came before", "rename one"
                )
    aisles = {aisle.id for aisle in store.aisles}
    for index, placement in enumerate(store.fixtures):
        where = f"fixtures[{index}]"
        if placement.type not in MEASURES:
            known = ", ".join(MEASURES)
            yield _error(
                "fixture-type-unknown",
                STORE_FILE,
                f"{where}.type",
                f"{placement.id}: no fixture type is named {placement.type!r}",
                f"use one of: {known}",
            )
        if placement.aisle not in aisles:
            yield _error(
                "aisle-unknown",
                STORE_FILE,
                f"{where}.aisle",
                f"{placement.id}: no aisle has the id {placement.aisle!r}",
                "add it under [[aisles]]",
            )
        for side in ("planograms", "back_planograms"):
            for key in getattr(placement, side):
                if key not in layout.planograms:
                    yield _error(
                        "planogram-unknown",
                        STORE_FILE,
                        f"{where}.{side}",
                        f"{placement.id}: there is no {planogram_path(key)}",
                        "make that file or name another",
                    )
    for sku in sorted(_placed_skus(layout) & products.keys()):
        if products[sku].price is None:
            yield _Said(
                "product-unpriced",
                "warning",
                store.catalog,
                "",
                f"{sku} stands on a shelf and has no price, so nobody can buy it",
                "give it a price in the catalogue",
            )


def _floor(layout: StoreLayout) -> Iterator[_Said]:
    floor = layout.store.floor
    prints: list[tuple[int, FixturePlacement, Footprint]] = []
    for index, placement in enumerate(layout.store.fixtures):
        measures = MEASURES.get(placement.type)
        if measures is None:
            continue
        where = f"fixtures[{index}]"
        if abs(placement.yaw_deg / 90.0 - round(placement.yaw_deg / 90.0)) > 1e-6:
            yield _error(
                "fixture-yaw",
                STORE_FILE,
                f"{where}.yaw_deg",
                f"{placement.id} is turned by {placement.yaw_deg:g} degrees",
                "turn it in steps of 90 degrees",
            )
        area = footprint(placement, layout.planograms, measures)
        outside = any(
            abs(x) > floor.width_mm / 2.0 + TOLERANCE_MM
            or abs(z) > floor.depth_mm / 2.0 + TOLERANCE_MM
            for x, z in area.corners()
        )
        if outside:
            yield _error(
                "fixture-outside",
                STORE_FILE,
                where,
                f"{placement.id} ({area.width_mm:g} by {area.depth_mm:g} mm) reaches out of the "
                "room",
                "move it, turn it or make the floor larger",
            )
        prints.append((index, placement, area))
    for (_, first, one), (index, second, two) in combinations(prints, 2):
        if _cross(one, two):
            yield _error(
                "fixture-overlap",
                STORE_FILE,
                f"fixtures[{index}]",
                f"{second.id} stands in {first.id}",
                "move one of them",
            )


def _fixture(
    layout: StoreLayout,
    placement: FixturePlacement,
    measures: FixtureMeasures,
    products: dict[str, Product],
) -> Iterator[_Said]:
    index = layout.store.fixtures.index(placement)
    keys = (*placement.planograms, *placement.back_planograms)
    surfaces = [layout.planograms[key] for key in keys if key in layout.planograms]
    if measures.one_surface and (len(keys) != 1 or any(len(p.shelves) != 1 for p in surfaces)):
        yield _error(
            "fixture-one-shelf",
            STORE_FILE,
            f"fixtures[{index}].planograms",
            f"{placement.id}: a {placement.type} carries one planogram with one shelf",
            "name one planogram and give it one shelf",
        )
    if not keys:
        yield _error(
            "fixture-empty",
            STORE_FILE,
            f"fixtures[{index}]",
            f"{placement.id} has no planogram",
            "name at least one",
        )
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


def _planogram(
    planogram: Planogram,
    path: str,
    placement: FixturePlacement,
    measures: FixtureMeasures,
    products: dict[str, Product],
    ceiling_mm: float,
) -> Iterator[_Said]:
    if not any(shelf.positions for shelf in planogram.shelves):
        yield _Said(
            "planogram-empty",
            "warning",
            path,
            "",
            f"{planogram.name!r} holds no product",
            "add positions, or take it off the fixture",
        )
    for number, (lower, upper) in enumerate(pairwise(planogram.shelves), start=1):
        if upper.height_mm - measures.shelf_mm < lower.height_mm:
            yield _error(
                "shelf-order",
                path,
                f"shelves[{number}].height_mm",
                f"shelf {number + 1} at {upper.height_mm:g} mm is not above shelf {number}",
                "write the shelves lowest first, with room between them",
            )
    limits = clearances(planogram, measures, ceiling_mm)
    for number, (shelf, clear_mm) in enumerate(zip(planogram.shelves, limits, strict=True)):
        where = f"shelves[{number}]"
        low = measures.shelf_mm > shelf.height_mm
        if low or (not measures.one_surface and shelf.height_mm > placement.height_mm):
            yield _error(
                "shelf-height",
                path,
                f"{where}.height_mm",
                f"shelf {number + 1} at {shelf.height_mm:g} mm does not fit on {placement.id}",
                f"put it between {measures.shelf_mm:g} and {placement.height_mm:g} mm",
            )
        own = placement.depth_mm - measures.back_mm - measures.front_mm
        if shelf.depth_mm > own + TOLERANCE_MM:
            yield _error(
                "shelf-depth",
                path,
                f"{where}.depth_mm",
                f"shelf {number + 1} is {shelf.depth_mm:g} mm deep; {placement.id} has room for "
                f"{own:g} mm",
                "make the shelf less deep or the fixture deeper",
            )
        depth_mm = surface_depth(placement, shelf, measures)
        yield from _shelf(shelf, path, where, planogram.width_mm, depth_mm, clear_mm, products)


def _shelf(
    shelf: Shelf,
    path: str,
    where: str,
    width_mm: float,
    depth_mm: float,
    clear_mm: float,
    products: dict[str, Product],
) -> Iterator[_Said]:
    for index, position in enumerate(shelf.positions):
        if position.sku not in products:
            yield _error(
                "product-unknown",
                path,
                f"{where}.positions[{index}].sku",
                f"no product of the catalogue has the sku {position.sku!r}",
                "add it to the catalogue or name another",
            )
        if position.gap_mm < 0.0:
            yield _error(
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
            yield _error(
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
) -> Iterator[_Said]:
    place = f"{where}.positions[{block.index}]"
    sku = block.product.sku
    if block.left_mm < -TOLERANCE_MM or block.right_mm > width_mm + TOLERANCE_MM:
        yield _error(
            "position-too-wide",
            path,
            place,
            f"{sku} reaches from {block.left_mm:g} to {block.right_mm:g} mm on a shelf of "
            f"{width_mm:g} mm",
            "take facings away or move it",
        )
    if block.height_mm > clear_mm + TOLERANCE_MM:
        yield _error(
            "position-too-high",
            path,
            place,
            f"{sku} is {block.height_mm:g} mm high; {clear_mm:g} mm are free above the shelf",
            "stack fewer or move the shelf above",
        )
    if block.depth_mm > depth_mm + TOLERANCE_MM:
        yield _error(
            "position-too-deep",
            path,
            place,
            f"{sku} reaches {block.depth_mm:g} mm back on a shelf of {depth_mm:g} mm",
            "put fewer behind one another",
        )


def _models(layout: StoreLayout, folder: Path) -> Iterator[_Said]:
    placed = _placed_skus(layout)
    for product in layout.products:
        if not product.model or product.sku not in placed:
            continue
        try:
            missing = not inside(folder, product.model, layout.store.catalog).is_file()
        except Failure:
            missing = True
        if missing:
            yield _error(
                "model-missing",
                layout.store.catalog,
                "",
                f"{product.sku}: there is no model file {product.model!r} in the store folder",
                "add the file or correct the model column",
            )


def _catalogue(layout: StoreLayout, folder: Path) -> Iterator[Finding]:
    name = layout.store.catalog
    raw = read_bounded(folder, name, CATALOG_BYTES_MAX)
    for said in read_plain_csv(raw, layout.store.currency).findings:
        rule = f"catalog-{said.rule}"
        yield Finding(rule, said.severity, name, said.line, said.sentence)


def _located(said: dict[_Said, None], folder: Path) -> Iterator[Finding]:
    texts: dict[str, str] = {}
    for one in said:
        line = 0
        if one.where:
            if one.path not in texts:
                texts[one.path] = read_text(folder, one.path)
            line = line_of(texts[one.path], one.where)
        yield Finding(one.rule, one.severity, one.path, line, one.sentence, one.fix)


def _placed_skus(layout: StoreLayout) -> set[str]:
    return {
        position.sku
        for planogram in layout.planograms.values()
        for shelf in planogram.shelves
        for position in shelf.positions
    }


def _error(rule: str, path: str, where: str, sentence: str, fix: str) -> _Said:
    return _Said(rule, "error", path, where, sentence, fix)


def _cross(one: Footprint, two: Footprint) -> bool:
    """Whether two rectangles share floor, by the separating axis test on both pairs of sides."""
    first, second = one.corners(), two.corners()
    for around in (first, second):
        for (x0, z0), (x1, z1) in pairwise(around[:3]):
            axis = (x1 - x0, z1 - z0)
            length = (axis[0] ** 2 + axis[1] ** 2) ** 0.5
            if length == 0.0:
                return False
            spans = [
                [(x * axis[0] + z * axis[1]) / length for x, z in corners]
                for corners in (first, second)
            ]
            low, high = spans
            if max(low) <= min(high) + TOLERANCE_MM or max(high) <= min(low) + TOLERANCE_MM:
                return False
    return True
