import pytest

from catalog_sync.model.product import Product
from store_scenes.layout.arrange import FRONT_INSET_MM, ROW_GAP_MM, arrange_shelf, rows_that_fit
from store_scenes.layout.documents import Position


def product(sku, width, height, depth):
    return Product(sku, {"en": sku}, "", "", "box", (width, height, depth))


GOODS = {"a": product("a", 100.0, 200.0, 50.0), "b": product("b", 60.0, 30.0, 90.0)}


def test_a_position_follows_its_neighbour_with_half_of_each_gap():
    first, second = arrange_shelf(
        [Position("a", 2, gap_mm=10.0), Position("b", 1, 3, gap_mm=4.0)], 400.0, GOODS
    )
    assert (first.left_mm, first.right_mm) == (5.0, 215.0)
    assert first.columns == (55.0, 165.0)
    assert (second.left_mm, second.right_mm) == (222.0, 282.0)
    assert (second.layers, second.height_mm) == (3, 90.0)


def test_a_stated_place_is_kept_and_followed():
    first, second = arrange_shelf([Position("a", x_mm=300.0), Position("b")], 400.0, GOODS)
    assert (first.left_mm, second.left_mm) == (300.0, 404.0)


def test_rows_fill_the_depth_unless_stated():
    (filled,) = arrange_shelf([Position("b")], 380.0, GOODS)
    assert filled.rows == (51.0, 144.0, 237.0, 330.0)
    assert filled.depth_mm == 375.0
    (two,) = arrange_shelf([Position("b", facings_deep=2)], 380.0, GOODS)
    assert len(two.rows) == 2


@pytest.mark.parametrize("count", [1, 2, 5])
def test_an_exact_depth_takes_the_last_row(count):
    depth = FRONT_INSET_MM + count * 70.0 + (count - 1) * ROW_GAP_MM
    assert rows_that_fit(70.0, depth) == count
    assert rows_that_fit(70.0, depth - 0.1) == max(count - 1, 1)


def test_rows_are_bounded():
    assert rows_that_fit(0.0, 400.0) == 1
    assert rows_that_fit(0.01, 4000.0) == 200


def test_an_unknown_product_takes_no_room():
    (only,) = arrange_shelf([Position("gone", 9), Position("a", gap_mm=0.0)], 400.0, GOODS)
    assert (only.index, only.left_mm) == (1, 0.0)
