"""The fixture schedule: every fixture with its measures, place and planograms, in tables."""

from store_scenes.exchange.drawings.frame import Draft, Paper
from store_scenes.exchange.drawings.plan_space import FILLS, OTHER_FILL, outlines
from store_scenes.exchange.drawings.table import Column, Row, table
from store_scenes.exchange.drawings.words import Words, number
from store_scenes.layout.documents import StoreLayout

SHEETS_MAX = 200


def schedules(layout: StoreLayout, paper: Paper, words: Words) -> list[Draft]:
    """As many sheets as the fixtures need; none for a store without."""
    left, top, right, bottom = paper.area
    columns = _columns(words, right - left)
    aisles = {aisle.id: words.named(aisle.names, aisle.id) for aisle in layout.store.aisles}
    rows = []
    for index, shape in enumerate(outlines(layout), start=1):
        placement = shape.placement
        bays = ", ".join(placement.planograms)
        if placement.back_planograms:
            bays += f" | {words['back']}: " + ", ".join(placement.back_planograms)
        size = (shape.width_mm, shape.depth_mm, placement.height_mm)
        rows.append(
            Row(
                (
                    str(index), placement.id, words[placement.type],
                    aisles.get(placement.aisle, placement.aisle),
                    " × ".join(number(part) for part in size),
                    f"{number(placement.x_mm)} / {number(placement.z_mm)}",
                    f"{number(placement.yaw_deg)}°", bays,
                ),
                swatch=FILLS.get(placement.type, OTHER_FILL),
            )
        )  # fmt: skip
    drafts: list[Draft] = []
    done = 0
    while done < len(rows) and len(drafts) < SHEETS_MAX:
        items, count = table(columns, rows[done:], (left, top, right, bottom))
        more = f" ({words['continued']})" if drafts else ""
        told = f"{len(rows)} × {words['id']}"
        name = f"schedule-{len(drafts) + 1}"
        drafts.append(Draft(name, words["schedule"] + more, told, 0.0, tuple(items)))
        done += count
    return drafts


def _columns(words: Words, width_mm: float) -> list[Column]:
    fixed = [
        Column(words["no"], 9.0, "end"), Column(words["id"], 34.0), Column(words["type"], 28.0),
        Column(words["where"], 66.0), Column(words["outline"], 36.0), Column(words["at"], 30.0),
        Column(words["turn"], 13.0, "end"),
    ]  # fmt: skip
    rest = width_mm - sum(column.width_mm for column in fixed)
    return [*fixed, Column(words["bays"], max(rest, 30.0))]
