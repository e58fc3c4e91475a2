"""The drawings of the demo store: what stands where, and that everything can be read."""

import math
from pathlib import Path

import msgspec
import pytest

import store_scenes.demo
from catalog_sync.model.failure import Failure
from store_scenes.exchange.drawings.drawing_set import draw
from store_scenes.exchange.drawings.lettering import TEXT_MIN_MM
from store_scenes.exchange.drawings.sheet import (
    Group,
    Item,
    Shape,
    Sheet,
    every_text,
    overlap,
    text_box,
)
from store_scenes.layout.load import load_store

DEMO = Path(store_scenes.demo.__file__).parent / "store"
LAYOUT = load_store(DEMO)


def shapes(items: tuple[Item, ...], kind: str) -> list[Shape]:
    found: list[Shape] = []
    for item in items:
        if isinstance(item, Group):
            found += shapes(item.items, kind)
        elif isinstance(item, Shape) and item.kind == kind:
            found.append(item)
    return found


def texts(sheet: Sheet, kind: str) -> list[str]:
    return [text.text for text in every_text(sheet.items) if text.kind == kind]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_text_touches_another_leaves_the_sheet_or_is_too_small(language: str) -> None:
    for sheet in draw(LAYOUT, language=language):
        lettered = every_text(sheet.items)
        boxes = [text_box(text) for text in lettered]
        assert min(text.size_mm for text in lettered) >= TEXT_MIN_MM
        for index, box in enumerate(boxes):
            assert 20.0 <= box[0] <= box[2] <= 410.0, lettered[index]
            assert 10.0 <= box[1] <= box[3] <= 287.0, lettered[index]
            meets = [lettered[other] for other in range(index) if overlap(box, boxes[other])]
            assert meets == [], (sheet.id, lettered[index])


def test_the_set_is_a_plan_a_schedule_and_an_elevation_of_every_planogram() -> None:
    sheets = draw(LAYOUT)
    assert len(sheets) == 2 + 98
    assert [sheet.id for sheet in sheets[:3]] == [
        "floor-plan", "schedule-1", "elevation-produce-01",
    ]  # fmt: skip
    assert {sheet.count for sheet in sheets} == {100}
    assert [sheet.number for sheet in sheets] == list(range(1, 101))


def test_the_plan_names_every_fixture_aisle_and_zone_once() -> None:
    (plan,) = draw(LAYOUT, "floor", language="en")
    assert plan.scale == 75
    assert len(shapes(plan.items, "outline")) == 44
    shown = "".join(texts(plan, "fixture-id"))
    for fixture in LAYOUT.store.fixtures:
        assert fixture.id.replace(" ", "") in shown
    aisles = " ".join(texts(plan, "aisle-name"))
    for aisle in LAYOUT.store.aisles:
        assert aisle.names["en"] in aisles
    zones = ["Bakery", "Checkout", "Chilled", "Frozen", "Fruit & vegetables"]
    assert set(texts(plan, "zone-name")) <= set(zones)
    assert {"24000", "14800", "2000", "900"} <= set(texts(plan, "dimension"))


def test_a_fixture_is_drawn_where_it_stands_to_scale() -> None:
    (plan,) = draw(LAYOUT, "floor")
    fixtures = next(i for i in plan.items if isinstance(i, Group) and i.id == "fixtures")
    table, run = (
        next(part for part in fixtures.items if isinstance(part, Group) and part.id == name)
        for name in ("fixture-table-1", "fixture-run-1-a")
    )

    def box(group: Group) -> tuple[float, float, float, float]:
        points = shapes(group.items, "outline")[0].points
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    # run-1-a: four bays of a metre and two uprights of 32 mm, turned a quarter.
    left, top, right, bottom = box(run)
    assert right - left == pytest.approx(450 / 75)
    assert bottom - top == pytest.approx((4000 + 2 * 32) / 75)
    across = (box(table)[0] + box(table)[2] - left - right) / 2.0
    placed = {one.id: one for one in LAYOUT.store.fixtures}
    assert across == pytest.approx((placed["table-1"].x_mm - placed["run-1-a"].x_mm) / 75)


def test_an_elevation_draws_every_facing_and_tells_of_every_position() -> None:
    (sheet,) = draw(LAYOUT, planogram="sauces-01", language="en")
    planogram = LAYOUT.planograms["sauces-01"]
    positions = [position for shelf in planogram.shelves for position in shelf.positions]
    facings = shapes(sheet.items, "facing")
    assert len(facings) == sum(p.facings_wide * p.facings_high for p in positions) == 69
    assert texts(sheet, "number") == ["7", "8", "5", "6", "3", "4", "1", "2"]
    table = texts(sheet, "table")
    for position in positions:
        assert position.sku in table
    assert "Shelf 4/4 · height 1500 · depth 412" in table
    assert sheet.scale == 10
    assert {"1000", "2000", "450", "150", "425", "500"} <= set(texts(sheet, "dimension"))
    assert texts(sheet, "level") == ["+150", "+575", "+1000", "+1500"]


def leaning(slope_deg: float, **said: float) -> Sheet:
    """The elevation of a gondola's bay whose second shelf leans."""
    planogram = LAYOUT.planograms["sauces-01"]
    shelf = msgspec.structs.replace(planogram.shelves[1], slope_deg=slope_deg, **said)
    shelves = (planogram.shelves[0], shelf, *planogram.shelves[2:])
    other = msgspec.structs.replace(planogram, shelves=shelves)
    layout = msgspec.structs.replace(LAYOUT, planograms=LAYOUT.planograms | {"sauces-01": other})
    (sheet,) = draw(layout, planogram="sauces-01", language="en", scale=10.0)
    return sheet


def test_a_leaning_shelf_is_drawn_as_it_leans() -> None:
    level, sheet = (leaning(slope, thickness_mm=30.0) for slope in (0.0, 15.0))
    cos, sin = math.cos(math.radians(15.0)), math.sin(math.radians(15.0))

    def section(of: Sheet) -> Shape:
        (group,) = [one for one in of.items if isinstance(one, Group) and one.kind == "section"]
        return shapes(group.items, "shelf")[1]

    flat, turned = section(level).points, section(sheet).points
    # The back edge stays; the front edge of 412 mm of board comes down and back, 1:10.
    assert turned[1] == pytest.approx(flat[1])
    assert turned[0] == pytest.approx((flat[0][0] + 41.2 * (1.0 - cos), flat[0][1] + 41.2 * sin))
    assert math.dist(turned[0], turned[3]) == pytest.approx(3.0)
    (seen,) = shapes(sheet.items, "slope")
    assert max(y for _, y in seen.points) - min(y for _, y in seen.points) == pytest.approx(
        41.2 * sin
    )

    def high(of: Sheet) -> list[float]:
        (group,) = [one for one in of.items if isinstance(one, Group) and one.id == "shelf-2"]
        after = of.items[of.items.index(group) + 1]
        return [one.points[2][1] - one.points[0][1] for one in shapes((after,), "facing")]

    assert high(sheet) == pytest.approx([mm * cos for mm in high(level)])
    assert any("leans 15°" in text for text in texts(sheet, "table"))
    lettered = every_text(sheet.items)
    boxes = [text_box(text) for text in lettered]
    assert not any(
        overlap(box, other) for index, box in enumerate(boxes) for other in boxes[:index]
    )


def test_a_stated_scale_and_paper_are_kept() -> None:
    (plan,) = draw(LAYOUT, "floor", paper="a2", scale=60.0)
    assert plan.size_mm == (594.0, 420.0)
    assert plan.scale == 60.0
    walls = shapes(plan.items, "wall")
    assert max(x for wall in walls for x, _ in wall.points) - min(
        x for wall in walls for x, _ in wall.points
    ) == pytest.approx((24_000 + 2 * 120) / 60)


def test_equal_layouts_give_equal_sheets() -> None:
    assert draw(LAYOUT, planogram="snacks-01") == draw(LAYOUT, planogram="snacks-01")


def test_a_planogram_that_no_fixture_shows_is_refused() -> None:
    with pytest.raises(Failure, match=r"no fixture shows a planogram 'x'; there are alcohol-01, "):
        draw(LAYOUT, planogram="x")
