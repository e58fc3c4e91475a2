"""Where imported planograms stand: rows of bays in a room of their own, with room to walk."""

import math
from collections.abc import Mapping

from store_scenes.layout.documents import (
    SCHEMA_VERSION,
    Aisle,
    FixturePlacement,
    Floor,
    Planogram,
    StoreDocument,
)
from store_scenes.layout.measures import MEASURES

ROW_MM_MAX = 12_000.0
ROOM_MM_DEEP = 120_000.0
"""A room that rows of that width would make deeper has wider ones, about as wide as it is deep."""

WALK_MM = 2_000.0
SIDE_MM = 1_600.0
ARRIVAL_MM = 3_000.0
ABOVE_MM = 300.0
DEPTH_MM = 500.0
CEILING_MM_MIN = 3_000.0
FLOOR_MM_MIN = 4_000.0
KEPT_FOLDER = "exchange"
TYPE = "gondola"


def kept_path(source: str) -> str:
    """Where what was kept of an import lies, relative to the store folder."""
    return f"{KEPT_FOLDER}/{source}.json"


def room_for(
    planograms: Mapping[str, Planogram], title: str, locale: str, currency: str, store_id: str
) -> StoreDocument:
    """A store that shows every planogram: rows across the room, one behind the other.

    Each row is an aisle; its bays stand side by side in the order they came, facing the entrance.
    """
    rows = _rows(planograms)
    measures = MEASURES[TYPE]
    depths = [max(_depth(planograms[key]) for key in row) for row in rows]
    deep = sum(depths) + WALK_MM * len(rows) + ARRIVAL_MM + WALK_MM / 2.0
    widths = [sum(planograms[key].width_mm for key in row) + 2 * measures.side_mm for row in rows]
    wide = max(widths) + 2.0 * SIDE_MM
    heights = [max(_height(planograms[key]) for key in row) for row in rows]
    floor = Floor(
        width_mm=max(round(wide), FLOOR_MM_MIN),
        depth_mm=max(round(deep), FLOOR_MM_MIN),
        height_mm=max(round(max(heights) + 600.0), CEILING_MM_MIN),
        entrance_z_mm=round(max(deep, FLOOR_MM_MIN) / 2.0 - ARRIVAL_MM / 2.0),
        shop_front=True,
    )
    language = locale.replace("_", "-").partition("-")[0]
    fixtures, aisles = [], []
    front = floor.depth_mm / 2.0 - ARRIVAL_MM
    for number, (row, depth, height) in enumerate(zip(rows, depths, heights, strict=True), 1):
        name = planograms[row[0]].name if len(row) == 1 else f"{title} {number}"
        names = {language: name}
        z = front - WALK_MM - depth / 2.0
        line = (0.0, round(z + depth / 2.0 + WALK_MM / 2.0))
        aisles.append(Aisle(f"row-{number}", names, _line(widths[number - 1], line[1])))
        fixtures.append(
            FixturePlacement(
                f"row-{number}",
                TYPE,
                f"row-{number}",
                0.0,
                round(z, 1),
                row,
                height_mm=round(height),
                depth_mm=round(depth, 2),
                names=names,
            )
        )
        front = z - depth / 2.0
    return StoreDocument(
        schema=SCHEMA_VERSION, id=store_id, names={language: title}, locale=locale,
        currency=currency, catalog="catalog.csv", floor=floor, aisles=tuple(aisles),
        fixtures=tuple(fixtures),
    )  # fmt: skip


def _line(width: float, z: float) -> tuple[float, float, float, float]:
    """Along the row's front, from left to right."""
    return (round(-width / 2.0), z, round(width / 2.0), z)


def _rows(planograms: Mapping[str, Planogram]) -> list[tuple[str, ...]]:
    """Keys by row: as many bays side by side as a row takes."""
    rows: list[list[str]] = []
    total = sum(planogram.width_mm for planogram in planograms.values())
    pace = max(map(_depth, planograms.values())) + WALK_MM
    most = ROW_MM_MAX
    if total / ROW_MM_MAX * pace > ROOM_MM_DEEP:
        most = max(math.sqrt(total * pace), ROW_MM_MAX)
    used = most
    for key, planogram in planograms.items():
        if used + planogram.width_mm > most:
            rows.append([])
            used = 0.0
        rows[-1].append(key)
        used += planogram.width_mm
    return [tuple(row) for row in rows]


def _depth(planogram: Planogram) -> float:
    """Of the fixture that takes a planogram's deepest shelf."""
    measures = MEASURES[TYPE]
    deepest = max((shelf.depth_mm for shelf in planogram.shelves), default=0.0)
    return max(
        (deepest or planogram.depth_mm or DEPTH_MM) + measures.back_mm + measures.front_mm, 200.0
    )


def _height(planogram: Planogram) -> float:
    """Of the fixture that reaches above a planogram's highest shelf."""
    top = max((shelf.height_mm + shelf.board_mm for shelf in planogram.shelves), default=0.0)
    return max(planogram.height_mm, top + ABOVE_MM, 1_200.0)
