import msgspec
import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.exchange.formats.psa.read import read_psa
from store_scenes.exchange.formats.psa.rows import Row
from store_scenes.exchange.formats.psa.write import write_psa
from store_scenes.layout.documents import (
    Cap,
    Divider,
    Handling,
    Overhang,
    Pack,
    Pegs,
    Position,
    Shelf,
)
from tests.unit.store_scenes.exchange.psa_rows import (
    BAY,
    LOW,
    ROWS,
    layout,
    psa,
    rewritten,
    row,
)


def test_products_and_how_they_are_handled(bay):
    tea, mug = bay.products
    assert (tea.sku, tea.gtin, tea.names, tea.brand) == (
        "06291041500213", "06291041500213", {"en": "Tea, black"}, "Acme",
    )  # fmt: skip
    assert (tea.dimensions_mm, tea.package) == ((50.0, 100.0, 40.0), "bottle")
    assert (tea.price, tea.colour) == (Money(1250, "USD"), "#ff0000")
    handling = bay.handling["06291041500213"]
    assert handling.packs == (Pack("tray", (200.0, 120.0, 90.0), 4, 1, 2),)
    assert (handling.units_a_day, handling.nest_z_mm) == (2.0, 10.0)
    assert (handling.hangs, handling.peg_hole_x_mm, handling.peg_hole_y_mm) == (True, 25.0, 5.0)
    assert (mug.sku, mug.gtin, mug.dimensions_mm) == ("123", "", (80.0, 90.0, 100.0))
    assert [(one.rule, one.line) for one in bay.findings] == [("gtin-bad", 6), ("size-missing", 6)]


def test_a_planogram_with_its_shelves_and_positions(bay):
    (planogram,) = bay.planograms.values()
    assert list(bay.planograms) == ["x-bay-one"]
    assert (planogram.name, planogram.width_mm, planogram.segments_mm) == (
        "Bay, one", 1000.0, (600.0, 400.0),
    )  # fmt: skip
    low, board = planogram.shelves
    assert low == Shelf(
        height_mm=120.0, depth_mm=400.0, name="Low", thickness_mm=20.0, slope_deg=5.0, ref="11",
        overhang=Overhang(right_mm=15.0, front_mm=30.0), divider=Divider(3.0, 60.0), grille_mm=20.0,
        load_max_kg=30.0,
        positions=(
            Position("06291041500213", 3, 1, 2, x_mm=100.0, gap_mm=17.0, orientation="left",
                     cap_y=Cap(1, "top"), ref="12"),
        ),
    )  # fmt: skip
    assert (board.kind, board.height_mm, board.board_mm) == ("pegboard", 800.0, 900.0)
    assert (board.x_mm, board.width_mm, board.pegs) == (200.0, 600.0, Pegs(25.0, 25.0, 10.0, 10.0))
    (hung,) = board.positions
    assert (hung.sku, hung.x_mm, hung.y_mm, hung.z_mm) == ("123", 50.0, 200.0, 50.0)
    assert (hung.orientation, hung.style) == ("base-270", "tray")


def test_inches_and_old_headers_and_line_ends():
    old = psa(BAY, LOW, metric=False, head=(";V8.0.1.2",), newline="\n")
    found = read_psa(old, "x", "USD")
    assert (found.version, found.units) == ("8.0.1.2", "in")
    assert next(iter(found.planograms.values())).width_mm == 2540.0
    assert write_psa(layout(found), tuple(found.planograms), {"x": found.kept}) == old


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_that_change_within_a_file(ends, last):
    lines = psa(*ROWS, newline="\n").decode("cp1252").splitlines()
    turn = {2: "\n", 7: "\r", 9: "\r\n"}
    mixed = "".join(line + turn.get(n, ends) for n, line in enumerate(lines))
    raw = (mixed if last else mixed.rstrip("\r\n")).encode("cp1252")
    found = read_psa(raw, "x", "USD")
    assert found.products == read_psa(psa(*ROWS), "x", "USD").products
    assert [len(shelf.positions) for shelf in next(iter(found.planograms.values())).shelves] == [
        1, 1,
    ]  # fmt: skip
    assert write_psa(layout(found), tuple(found.planograms), {"x": found.kept}) == raw
    # A row that comes last behind one without an end does not run into it.
    own = msgspec.structs.replace(next(iter(found.planograms.values())), source="", ref="")
    both = {**found.planograms, "own": own}
    more = write_psa(layout(found, planograms=both), tuple(both), {"x": found.kept})
    assert len(read_psa(more, "x", "USD").planograms) == 2


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "cp949", "cp932"])
def test_code_pages_are_read_and_written_back(codec):
    name = {"cp949": "감자칩", "cp932": "お茶"}.get(codec, "Café")
    page = {"cp949": 949, "cp932": 932}.get(codec, 1252)
    text = psa(row("Product", {1: "1", 3: "NAME", 5: 1, 6: 1, 7: 1}), BAY).decode("cp1252")
    raw = text.replace("NAME", name).replace("=1252", f"={page}").encode(codec)
    found = read_psa(raw, "x", "USD")
    assert next(iter(found.products[0].names.values())) == name
    assert write_psa(layout(found), tuple(found.planograms), {"x": found.kept}) == raw


def test_a_byte_that_is_no_letter_is_marked_and_stays_in_the_file():
    raw = psa(row("Product", {1: "1", 3: "TeQ", 5: 1, 6: 1, 7: 1}), BAY).replace(b"TeQ", b"Te\x90")
    found = read_psa(raw, "x", "USD")
    assert found.products[0].names == {"en": "Te\ufffd"}
    assert write_psa(layout(found), tuple(found.planograms), {"x": found.kept}) == raw


def test_nothing_edited_is_written_byte_for_byte(bay):
    assert write_psa(layout(bay), ("x-bay-one",), {"x": bay.kept}) == psa(*ROWS)


def test_an_edit_changes_the_cells_it_means_and_no_other(bay):
    (planogram,) = bay.planograms.values()
    low, board = planogram.shelves
    moved = msgspec.structs.replace(low.positions[0], x_mm=200.0, facings_wide=4)
    edited = msgspec.structs.replace(
        planogram, shelves=(msgspec.structs.replace(low, positions=(moved,)), board)
    )
    before, after = psa(*ROWS).decode("cp1252").split("\r\n"), rewritten(bay, edited)
    (line,) = [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    old, new = Row(before[line], 0), Row(after[line], 0)
    changed = {n: (old.cell(n), new.cell(n)) for n in range(170) if old.cell(n) != new.cell(n)}
    # Turned to its left side a facing is 40 mm wide: 4 of them and 3 gaps of 17 mm.
    assert changed == {4: ("10", "20"), 5: ("15.4", "21.1"), 14: ("3", "4"), 7: ("10", "14"),
                       9: ("8", "10.3")}  # fmt: skip


def test_a_shelf_that_moves_takes_its_goods_along(bay):
    (planogram,) = bay.planograms.values()
    low, board = planogram.shelves
    edited = msgspec.structs.replace(
        planogram, shelves=(msgspec.structs.replace(low, height_mm=220.0), board)
    )
    rows = [Row(text, 0) for text in rewritten(bay, edited)]
    assert [r.cell(6) for r in rows if r.tag == "Fixture"] == ["20", "80"]
    assert [r.cell(6) for r in rows if r.tag == "Position"] == ["22", "100"]


def test_a_shelf_that_becomes_thicker_and_leans_otherwise(bay):
    (planogram,) = bay.planograms.values()
    low = msgspec.structs.replace(planogram.shelves[0], thickness_mm=30.0, slope_deg=12.5)
    edited = msgspec.structs.replace(planogram, shelves=(low, *planogram.shelves[1:]))
    before, after = psa(*ROWS).decode("cp1252").split("\r\n"), rewritten(bay, edited)
    (changed,) = [line for line, old in zip(after, before, strict=True) if line != old]
    cells = Row(changed, 0)
    # Its surface stays at 120 mm: the board's underside is lower.
    assert [cells.number(cell) for cell in (6, 7, 10)] == [9.0, 3.0, 12.5]
    again = read_psa("\r\n".join(after).encode("cp1252"), "x", "USD")
    (shelf, *_) = next(iter(again.planograms.values())).shelves
    assert (shelf.height_mm, shelf.thickness_mm, shelf.slope_deg) == (120.0, 30.0, 12.5)


def test_deleted_added_and_moved_positions(bay):
    (planogram,) = bay.planograms.values()
    low, board = planogram.shelves
    # The mug leaves the board for the shelf, and a new position of tea hangs there instead.
    mug = msgspec.structs.replace(board.positions[0], x_mm=500.0, y_mm=0.0)
    low = msgspec.structs.replace(low, positions=(*low.positions, mug))
    board = msgspec.structs.replace(board, positions=(Position("06291041500213", x_mm=0.0),))
    lines = rewritten(bay, msgspec.structs.replace(planogram, shelves=(low, board)))
    kinds = [(Row(text, 0).tag, Row(text, 0).cell(3)) for text in lines[8:-1]]
    assert kinds == [
        ("Segment", ""), ("Segment", ""), ("Fixture", "1"), ("Position", "11"), ("Drawing", "77"),
        ("Position", "12"), ("Fixture", "2"), ("Position", "13"),
    ]  # fmt: skip
    assert lines[13].endswith(",PEG" + lines[13].partition(",PEG")[2])
    empty = rewritten(bay, msgspec.structs.replace(planogram, shelves=()))
    assert not [text for text in empty if text.startswith(("Fixture", "Position", "Drawing"))]


def test_a_new_shelf_and_a_second_planogram_are_added(bay):
    (key,) = bay.planograms
    planogram = bay.planograms[key]
    more = Shelf(1500.0, (Position("123", 2),), name="Top")
    both = {
        key: msgspec.structs.replace(planogram, shelves=(*planogram.shelves, more)),
        "own": msgspec.structs.replace(planogram, name="Own", source="", ref=""),
    }
    raw = write_psa(layout(bay, planograms=both), (key, "own"), {"x": bay.kept})
    again = read_psa(raw, "y", "USD")
    first, second = again.planograms.values()
    assert [shelf.name for shelf in first.shelves] == ["Low", "Board", "Top"]
    assert (second.name, len(second.shelves)) == ("Own", 2)
    assert first.shelves[2].positions[0].facings_wide == 2
    assert psa(*ROWS)[:-2] in raw


def read_again(imported, **changes):
    found = layout(imported, **changes)
    raw = write_psa(found, tuple(found.planograms), {"x": imported.kept})
    return read_psa(raw, "x", "USD")


def shelves_of(imported):
    return next(iter(imported.planograms.values())).shelves


def test_copies_of_planograms_shelves_and_positions_are_records_of_their_own(bay):
    (key,) = bay.planograms
    planogram = bay.planograms[key]
    low, board = planogram.shelves
    twice = msgspec.structs.replace(low, positions=(low.positions[0],) * 2)
    high = msgspec.structs.replace(twice, height_mm=1200.0, positions=low.positions)
    edited = msgspec.structs.replace(planogram, shelves=(twice, board, high))
    found = read_again(bay, planograms={key: edited, "copy": edited})
    assert len(found.planograms) == 2
    for one in found.planograms.values():
        assert [(s.height_mm, len(s.positions)) for s in one.shelves] == [
            (120.0, 2), (800.0, 1), (1200.0, 1),
        ]  # fmt: skip
    # The first of each is the record itself, and nothing of it changed.
    raw = write_psa(layout(bay, planograms={key: edited}), (key,), {"x": bay.kept})
    assert set(psa(*ROWS).split(b"\r\n")) <= set(raw.split(b"\r\n"))


def test_a_copy_on_another_shelf_leaves_the_position_where_it_is(bay):
    (key,) = bay.planograms
    low, board = bay.planograms[key].shelves
    top = msgspec.structs.replace(board, positions=(*low.positions, *board.positions))
    edited = msgspec.structs.replace(bay.planograms[key], shelves=(top, low))
    raw = write_psa(layout(bay, planograms={key: edited}), (key,), {"x": bay.kept})
    lines = psa(*ROWS).split(b"\r\n")
    assert [line for line in raw.split(b"\r\n") if line in lines] == lines


@pytest.mark.parametrize(
    "change",
    [
        {"overhang": Overhang(5.0, 0.0, 10.0, 20.0)}, {"overhang": None},
        {"divider": Divider(5.0, 80.0)}, {"divider": None}, {"load_max_kg": 44.0},
        {"load_max_kg": 0.0}, {"pegs": Pegs(20.0, 30.0, 5.0, 6.0)}, {"grille_mm": 35.0},
        {"x_mm": 100.0, "width_mm": 500.0}, {"kind": "pegboard", "thickness_mm": 0.0},
        {"name": "Under"}, {"depth_mm": 350.0}, {"slope_deg": 7.5}, {"height_mm": 300.0},
    ],
)  # fmt: skip
def test_whatever_is_edited_on_a_shelf_goes_out(bay, change):
    (key,) = bay.planograms
    low, board = bay.planograms[key].shelves
    low = msgspec.structs.replace(low, **change)
    edited = msgspec.structs.replace(bay.planograms[key], shelves=(low, board))
    assert shelves_of(read_again(bay, planograms={key: edited}))[0] == low


def test_the_holes_of_a_board_and_the_parts_of_a_planogram_go_out(bay):
    (key,) = bay.planograms
    low, board = bay.planograms[key].shelves
    board = msgspec.structs.replace(board, pegs=None, board_mm=700.0)
    for segments in ((500.0, 500.0), (300.0, 300.0, 400.0), ()):
        edited = msgspec.structs.replace(
            bay.planograms[key], shelves=(low, board), segments_mm=segments
        )
        (found,) = read_again(bay, planograms={key: edited}).planograms.values()
        assert (found.shelves[1].pegs, found.shelves[1].board_mm) == (None, 700.0)
        assert found.segments_mm == segments


@pytest.mark.parametrize(
    "change",
    [
        {"gap_mm": 5.0}, {"z_mm": 30.0}, {"y_mm": 12.0}, {"style": "tray"},
        {"cap_x": Cap(2, "top")}, {"sku": "123"}, {"x_mm": 0.0, "facings_deep": 0},
    ],
)  # fmt: skip
def test_whatever_is_edited_of_a_position_goes_out(bay, change):
    (key,) = bay.planograms
    low, board = bay.planograms[key].shelves
    position = msgspec.structs.replace(low.positions[0], **change)
    low = msgspec.structs.replace(low, positions=(position,))
    edited = msgspec.structs.replace(bay.planograms[key], shelves=(low, board))
    (found,) = shelves_of(read_again(bay, planograms={key: edited}))[0].positions
    assert found == msgspec.structs.replace(position, gap_mm=found.gap_mm)
    assert found.gap_mm == pytest.approx(position.gap_mm, abs=0.01)
    # What was set back may be faced up again.
    hung = msgspec.structs.replace(board.positions[0], z_mm=None)
    board = msgspec.structs.replace(board, positions=(hung,))
    edited = msgspec.structs.replace(bay.planograms[key], shelves=(low, board))
    assert shelves_of(read_again(bay, planograms={key: edited}))[1].positions == (hung,)


MUG_IS = {
    "names": {"en": "Cup"}, "brand": "Own", "category": "Cups", "package": "jar",
    "dimensions_mm": (70.0, 80.0, 90.0), "dimensions_estimated": False,
    "price": Money(399, "USD"), "gtin": "04006381333931", "size_text": "300 ml",
    "colour": "#102030",
}  # fmt: skip
MUG_HANDLING = Handling(
    "123", (Pack("case", (210.0, 220.0, 230.0), 3, 2, 2, 11),), nest_z_mm=12.0, hangs=True,
    peg_hole_x_mm=35.0, peg_hole_y_mm=4.0, units_a_day=3.5,
)  # fmt: skip


@pytest.mark.parametrize("field", sorted(MUG_IS))
def test_whatever_is_edited_of_a_known_product_goes_out(bay, field):
    tea, mug = bay.products
    change = {field: MUG_IS[field]}
    if field == "dimensions_mm":
        change["dimensions_estimated"] = False
    mug = msgspec.structs.replace(mug, **change)
    again = read_again(bay, products=(tea, mug))
    told = msgspec.structs.replace(again.products[1], sku="123")
    assert told == mug
    assert shelves_of(again)[1].positions[0].sku == again.products[1].sku
    without = msgspec.structs.replace(tea, price=None, colour="", category="")
    assert read_again(bay, products=(without, mug)).products[0] == without


def test_what_is_edited_of_handling_goes_out(bay):
    handling = bay.handling | {"123": MUG_HANDLING}
    assert read_again(bay, handling=handling).handling == handling
    bare = {"06291041500213": Handling("06291041500213", units_a_day=1.0)}
    assert read_again(bay, handling=bare).handling == bare


def test_a_product_that_is_new_to_the_file_goes_out_whole(bay):
    (key,) = bay.planograms
    cup = Product("cup", stock=100, **(MUG_IS | {"gtin": ""}))
    low, board = bay.planograms[key].shelves
    low = msgspec.structs.replace(low, positions=(*low.positions, Position("cup", x_mm=500.0)))
    found = read_again(
        bay,
        planograms={key: msgspec.structs.replace(bay.planograms[key], shelves=(low, board))},
        products=(*bay.products, cup),
        handling=bay.handling | {"cup": msgspec.structs.replace(MUG_HANDLING, sku="cup")},
    )
    assert found.products[2] == cup
    assert found.handling["cup"] == msgspec.structs.replace(MUG_HANDLING, sku="cup")


def test_a_product_made_for_a_position_gets_a_row_once_it_is_edited():
    lone = row("Position", {1: "9", 4: 0, 5: 6, 7: 7, 9: 8, 14: 1, 15: 1, 16: 1})
    found = read_psa(psa(BAY, LOW, lone), "x", "USD")
    (made,) = found.products
    assert read_again(found).products == (made,)
    told = msgspec.structs.replace(made, names={"en": "Nine"}, dimensions_estimated=False)
    again = read_again(found, products=(told,))
    assert again.products == (told,)


def test_a_bay_that_becomes_wider_takes_along_what_runs_its_whole_width(bay):
    (key,) = bay.planograms
    edited = msgspec.structs.replace(bay.planograms[key], width_mm=1200.0)
    (found,) = read_again(bay, planograms={key: edited}).planograms.values()
    assert (found.width_mm, found.shelves[0].width_mm) == (1200.0, 0.0)


def test_a_product_that_the_store_calls_otherwise_is_the_same_by_its_gtin(bay):
    (key,) = bay.planograms
    tea, mug = bay.products
    ours = msgspec.structs.replace(tea, sku="T-1")
    low, board = bay.planograms[key].shelves
    low = msgspec.structs.replace(
        low, positions=(msgspec.structs.replace(low.positions[0], sku="T-1"),)
    )
    edited = msgspec.structs.replace(bay.planograms[key], shelves=(low, board))
    handling = {"T-1": msgspec.structs.replace(bay.handling[tea.sku], sku="T-1")}
    changed = layout(bay, planograms={key: edited}, products=(ours, mug), handling=handling)
    assert write_psa(changed, (key,), {"x": bay.kept}) == psa(*ROWS)
