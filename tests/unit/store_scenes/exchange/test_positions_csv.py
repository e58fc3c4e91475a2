import msgspec
import pytest

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.exchange.formats.positions_csv import (
    is_positions_csv,
    read_positions_csv,
    write_positions_csv,
)
from store_scenes.layout.documents import (
    Cap,
    Divider,
    Floor,
    Overhang,
    Pegs,
    Planogram,
    Position,
    Shelf,
    StoreDocument,
    StoreLayout,
)

TURNED = Position(
    "a", 3, 2, 1, x_mm=0.0, gap_mm=0.0, orientation="left-90", z_mm=12.5, cap_x=Cap(2, "top")
)
BAY = Planogram(
    "Bay", 1200.0, height_mm=2000.0, depth_mm=500.0, source="x",
    shelves=(
        Shelf(0.0),
        Shelf(400.0, (TURNED, Position("b", style="tray")), 380.0, name="Mid"),
        Shelf(900.0, (Position("b", y_mm=30.25),), kind="pegboard", x_mm=100.0, width_mm=600.0),
    ),
)  # fmt: skip
PRODUCTS = (
    Product(
        "a", {"ko": "감자칩"}, "", "", "box", (1.0, 2.0, 3.5), stock=100, gtin="06291041500213"
    ),
    Product("b", {"en": "Tea"}, "", "", "box", (4.0, 5.0, 6.0), stock=100),
)


def layout(planograms):
    store = StoreDocument(1, "s", {"en": "S"}, "en-US", "USD", "c.csv", Floor(9000, 9000), (), ())
    return StoreLayout("v", store, planograms, PRODUCTS)


def test_what_is_written_reads_back():
    raw = write_positions_csv(layout({"bay-1": BAY}), ("bay-1",), {})
    found = read_positions_csv(raw, "x", "USD")
    assert found.planograms == {"bay-1": BAY}
    assert [msgspec.structs.replace(p, package="box") for p in found.products] == list(PRODUCTS)
    assert found.findings == ()
    assert is_positions_csv(raw[:400], "any")


def test_what_is_on_a_shelf_reads_back():
    fitted = Shelf(
        400.0, (), 380.0, z_mm=12.0, thickness_mm=25.4, slope_deg=-7.5, grille_mm=40.0,
        load_max_kg=30.5, finger_mm=0.0, overhang=Overhang(1.0, 0.0, 30.0, 4.5),
        divider=Divider(3.0, 80.0),
    )  # fmt: skip
    board = Shelf(900.0, (), kind="pegboard", board_mm=600.0, pegs=Pegs(25.4, 50.8, 10.0, 0.0))
    bay = msgspec.structs.replace(BAY, shelves=(fitted, board), segments_mm=(600.0, 600.0))
    raw = write_positions_csv(layout({"bay-1": bay}), ("bay-1",), {})
    assert read_positions_csv(raw, "x", "USD").planograms == {"bay-1": bay}


@pytest.mark.parametrize(
    ("cell", "wide", "rules"),
    [
        ("3", 3, []), ("3.0", 3, []), ("0", 1, ["count-bad"]), ("-1", 1, ["count-bad"]),
        ("1,5", 1, ["count-bad"]), ("2.5", 2, ["count-bad"]), ("900", 200, ["count-bad"]),
        ("many", 1, ["number-bad"]), ("", 1, []),
    ],
)  # fmt: skip
def test_a_count_of_facings_that_is_none_is_said(cell, wide, rules):
    raw = f'planogram,shelf,sku,facings_wide\na,1,s,"{cell}"\n'.encode()
    found = read_positions_csv(raw, "x", "USD")
    (position,) = next(iter(found.planograms.values())).shelves[0].positions
    assert (position.facings_wide, [one.rule for one in found.findings]) == (wide, rules)


def test_a_block_of_more_facings_than_a_store_takes_is_said():
    raw = b"planogram,shelf,sku,facings_wide,facings_high,facings_deep\na,1,s,200,200,9\n"
    found = read_positions_csv(raw, "x", "USD")
    (position,) = next(iter(found.planograms.values())).shelves[0].positions
    assert (position.facings_wide, position.facings_high, position.facings_deep) == (200, 100, 1)
    assert [one.rule for one in found.findings] == ["count-bad"]


@pytest.mark.parametrize(
    ("cell", "width", "rules"),
    [
        ("1,200", 1200.0, ["number-thousands"]), ("1,200.5", 1200.5, ["number-thousands"]),
        ("1200,5", 1200.5, []), ("0,750", 50.0, []), ("950.25", 950.25, []),
        ("1 m", 1000.0, ["number-bad"]),
    ],
)  # fmt: skip
def test_a_comma_parts_thousands_where_it_can_be_nothing_else(cell, width, rules):
    raw = f'planogram,shelf,sku,width_mm\na,1,s,"{cell}"\n'.encode()
    found = read_positions_csv(raw, "x", "USD")
    assert next(iter(found.planograms.values())).width_mm == width
    assert [one.rule for one in found.findings] == rules


def test_names_of_other_programs_and_what_is_left_out():
    raw = (
        "POG;Tier;UPC;Description;Facings;Vfacings;Orientation;Location\n"
        "A;2;06291041500213;Tea;4;1;4;2\nA;2;123;Mug;1;;;1\nA;1;;;;;;\n;1;5;;;;;\n"
    ).encode("cp1252")
    found = read_positions_csv(raw, "x", "USD")
    (planogram,) = found.planograms.values()
    assert (planogram.width_mm, [len(s.positions) for s in planogram.shelves]) == (1000.0, [0, 2])
    mug, tea = planogram.shelves[1].positions
    assert (mug.sku, tea.sku, tea.facings_wide, tea.orientation) == (
        "123",
        "06291041500213",
        4,
        "top",
    )
    assert [(one.rule, one.line) for one in found.findings] == [
        ("gtin-bad", 3), ("row-without-shelf", 5),
    ]  # fmt: skip


def test_values_that_are_none_are_said_and_replaced():
    raw = b"planogram,shelf,sku,facings_wide,orientation,style,x_mm\na,1,s,many,askew,pile,nan\n"
    found = read_positions_csv(raw, "x", "USD")
    (position,) = next(iter(found.planograms.values())).shelves[0].positions
    assert position == Position("s", x_mm=0.0)
    assert sorted({one.rule for one in found.findings}) == [
        "number-bad", "orientation-unknown", "style-unknown",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"shelf,sku\n", "no column is named planogram"),
        (b"planogram,sku\n", "no column is named shelf"),
        (b"planogram,shelf\n", "no column is named sku or gtin"),
        (b"planogram,shelf,sku\n", "no row with a planogram and a shelf"),
    ],
)
def test_what_is_no_such_table_is_refused(raw, sentence):
    with pytest.raises(Failure, match=sentence):
        read_positions_csv(raw, "x", "USD")
