"""Rows, stacks and gaps of a bay, counted by hand."""

from itertools import pairwise

import pytest

from catalog_sync.model.product import Product
from store_scenes.planning.bays import fill, fits, planogram
from store_scenes.planning.facings import LABEL_MM, item, unplaceable, wished
from store_scenes.planning.furniture import freezer, gondola, produce


def product(sku, sides, package="box", weight_g=0.0, brand="b"):
    return Product(
        sku=sku,
        names={"en": sku},
        brand=brand,
        category="c",
        package=package,
        dimensions_mm=sides,
        weight_g=weight_g,
    )


def items(*products):
    return [item(one, rank) for rank, one in enumerate(products)]


def test_small_goods_get_more_facings_and_large_ones_fewer():
    counts = [
        wished(item(product("x", (width, 200.0, 60.0)), 0), 300.0, 1000.0)
        for width in (20.0, 60.0, 120.0, 400.0)
    ]
    assert counts == [8, 4, 3, 1]


def test_every_position_is_as_wide_as_its_label():
    for width in (5.0, 12.0, 30.0, 70.0, 80.0):
        one = item(product("x", (width, 100.0, 60.0)), 0)
        assert wished(one, 0.0, 1000.0) * (width + 4.0) >= LABEL_MM


def test_heavy_goods_stand_low_and_light_ones_high():
    heavy = [product(f"h{n}", (90.0, 300.0, 90.0), "bottle", 2000.0) for n in range(8)]
    light = [product(f"l{n}", (150.0, 200.0, 60.0), "bag", 60.0) for n in range(8)]
    (bay,) = fill(items(*light, *heavy), gondola(), 120.0)
    means = [sum(one.item.weight_g for one in row.placed) / len(row.placed) for row in bay.rows]
    assert means == sorted(means, reverse=True)
    assert means[-1] == 60.0


def test_brands_stand_in_vertical_blocks():
    goods = [
        product(f"{brand}{n}", (100.0, 180.0, 60.0), "bag", 80.0, brand)
        for brand in "AB"
        for n in range(10)
    ]
    (bay,) = fill(items(*goods), gondola(), 200.0)
    for row in bay.rows:
        brands = [one.item.product.brand for one in row.placed]
        assert brands == sorted(brands)
        assert set(brands) == {"A", "B"}


def test_a_row_ends_where_its_shelf_does():
    goods = [product(f"p{n}", (70.0 + 9.0 * n, 150.0, 60.0), "bag") for n in range(9)]
    (bay,) = fill(items(*goods), gondola(), 150.0)
    document = planogram(bay, gondola(), "x")
    for shelf, row in zip(document.shelves, bay.rows, strict=True):
        widths = {one.item.product.sku: one.item.width for one in row.placed}
        reach = sum(one.facings_wide * (widths[one.sku] + one.gap_mm) for one in shelf.positions)
        assert 999.0 <= reach <= 1000.0
        assert len({one.gap_mm for one in shelf.positions}) == 1


def test_cans_are_stacked_and_bottles_and_tubes_never_are():
    for package, high in (("can", 3), ("bottle", 1), ("tube", 1), ("produce", 1)):
        goods = [product(f"p{n}", (66.0, 70.0, 66.0), package) for n in range(3)]
        (bay,) = fill(items(*goods), gondola(), 200.0)
        assert {one.high for row in bay.rows for one in row.placed} == {high}


def test_a_hand_fits_between_goods_and_the_shelf_above():
    goods = [product(f"p{n}", (90.0, 60.0 + 23.0 * n, 80.0), "tray") for n in range(12)]
    furniture = gondola()
    for bay in fill(items(*goods), furniture, 200.0):
        tops = [shelf.height_mm for shelf in planogram(bay, furniture, "x").shelves]
        free = [upper - 44.0 - lower for lower, upper in pairwise(tops)]
        for row, room in zip(bay.rows, free, strict=False):
            stacks = [one.high * one.item.height for one in row.placed]
            assert max(stacks) + 30.0 <= room
        assert tops[-1] + bay.rows[-1].content <= 1960.0


def test_the_last_bay_of_a_department_is_as_full_as_the_others():
    goods = [product(f"p{n:02}", (150.0, 240.0, 60.0), "bag") for n in range(25)]
    bays = fill(items(*goods), gondola(), 260.0)
    counts = [len(bay.skus) for bay in bays]
    assert sum(counts) == 25
    assert max(counts) - min(counts) <= 1
    assert all(len(bay.rows) >= 5 for bay in bays)


def test_a_chest_has_one_floor_and_a_stand_three_tiers():
    goods = [product(f"p{n}", (180.0, 60.0, 120.0), "box") for n in range(9)]
    chests = fill(items(*goods), freezer(), 200.0)
    assert {len(bay.rows) for bay in chests} == {1}
    fruit = [product(f"f{n}", (80.0, 75.0, 80.0), "produce") for n in range(2)]
    (stand,) = fill(items(*fruit), produce(), 200.0)
    document = planogram(stand, produce(), "x")
    assert [shelf.height_mm for shelf in document.shelves] == [480.0, 660.0, 840.0]


@pytest.mark.parametrize(
    ("sides", "weight_g", "reason"),
    [
        ((0.0, 10.0, 10.0), 0.0, "its dimensions, 0 by 10 by 10 mm, are no package's"),
        ((10.0, float("nan"), 10.0), 0.0, "its dimensions, 10 by nan by 10 mm, are no package's"),
        ((100.0, 100.0, 100.0), 60_000.0, "it weighs 60 kg; a shelf takes up to 50 kg"),
        ((100.0, 100.0, 100.0), 500.0, ""),
    ],
)
def test_what_stands_on_no_shelf_says_why(sides, weight_g, reason):
    assert unplaceable(product("x", sides, weight_g=weight_g)) == reason


def test_too_wide_too_deep_and_too_high_do_not_fit():
    assert fits(*items(product("x", (990.0, 300.0, 400.0))), gondola())
    assert not fits(*items(product("x", (997.0, 300.0, 400.0))), gondola())
    assert not fits(*items(product("x", (300.0, 300.0, 410.0))), gondola())
    assert not fits(*items(product("x", (300.0, 1800.0, 300.0))), gondola())
