import pytest

from catalog_sync.model.product import Product
from store_scenes.layout.arrange import FRONT_INSET_MM, ROW_GAP_MM, arrange_shelf, rows_that_fit
from store_scenes.layout.documents import Cap, Handling, Pack, Position


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


def test_a_turned_unit_takes_the_room_of_its_turned_box():
    (one,) = arrange_shelf([Position("a", 2, 2, 1, orientation="left", gap_mm=0.0)], 400.0, GOODS)
    assert one.size_mm == (50.0, 200.0, 100.0)
    assert (one.right_mm, one.height_mm, one.depth_mm) == (100.0, 400.0, 106.0)


def test_a_tray_stands_as_one_and_holds_its_units():
    tray = Pack("tray", (210.0, 220.0, 110.0), 2, 1, 2)
    (one,) = arrange_shelf(
        [Position("a", 2, 1, 2, style="tray", gap_mm=0.0)],
        400.0,
        GOODS,
        {"a": Handling("a", (tray,))},
    )
    assert (one.size_mm, one.right_mm, one.units) == (tray.size_mm, 420.0, 16)
    assert one.pack == tray


def test_a_style_without_a_pack_stands_as_units():
    (one,) = arrange_shelf([Position("a", 1, 1, 1, style="tray")], 400.0, GOODS)
    assert (one.size_mm, one.pack, one.units) == ((100.0, 200.0, 50.0), None, 1)


def test_caps_lie_in_the_room_that_the_block_leaves():
    (one,) = arrange_shelf([Position("a", 2, 1, 2, gap_mm=0.0, cap_y=Cap(1, "top"))], 400.0, GOODS)
    (cap,) = one.caps
    # Two columns of 100 wide; 106 deep takes no second row of 200: one layer of two.
    assert cap.size_mm == (100.0, 50.0, 200.0)
    assert cap.places == ((50.0, 200.0, 106.0), (150.0, 200.0, 106.0))
    assert (one.height_mm, one.units, one.depth_mm) == (250.0, 6, 206.0)


def test_caps_beside_and_behind_widen_the_block():
    (one,) = arrange_shelf(
        [Position("b", 1, 4, 1, gap_mm=2.0, x_mm=10.0, cap_x=Cap(1, "front-90"), cap_z=Cap(1))],
        400.0,
        GOODS,
    )
    beside, behind = one.caps
    assert [place[:2] for place in beside.places] == [(87.0, 0.0), (87.0, 60.0)]
    assert [place[1:] for place in behind.places] == [(n * 30.0, 144.0) for n in range(4)]
    assert (one.right_mm, one.depth_mm, one.units) == (102.0, 189.0, 10)


def test_nested_units_add_less_than_their_height():
    (one,) = arrange_shelf(
        [Position("a", 1, 3, 1)], 400.0, GOODS, {"a": Handling("a", nest_y_mm=150.0)}
    )
    assert (one.layer_mm, one.height_mm) == (50.0, 300.0)


def test_a_stated_height_and_setback_move_the_block():
    (one,) = arrange_shelf([Position("a", 1, 1, 1, y_mm=80.0, z_mm=20.0)], 400.0, GOODS)
    assert (one.bottom_mm, one.height_mm, one.rows, one.depth_mm) == (80.0, 280.0, (45.0,), 70.0)


def test_a_divider_stands_between_neighbours():
    first, second = arrange_shelf(
        [Position("a", gap_mm=0.0), Position("b", gap_mm=0.0)], 400.0, GOODS, divider_mm=5.0
    )
    assert (first.right_mm, second.left_mm) == (100.0, 105.0)
