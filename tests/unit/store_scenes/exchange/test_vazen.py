import json

import msgspec
import pytest
import tomli

from catalog_sync.model.failure import Failure
from store_scenes.exchange.formats.vazen.read import CODES, read_vazen
from store_scenes.exchange.formats.vazen.tree import as_toml, parse
from store_scenes.exchange.formats.vazen.write import write_vazen
from store_scenes.layout.documents import Floor, Position, Shelf, StoreDocument, StoreLayout
from store_scenes.layout.orientation import ORIENTATIONS

FILE = """# kept as long as nothing is edited
schema = "vazen/layout"
schema_version = "0.3.0"
x_note = { by = "kim", when = 2024-05-01 }

[[products]]
ref = "tea"
gtin = "06291041500213"
name = "Black tea"
brand = "Acme"
form = "box"
dimensions = { width = 90, height = 50, depth = 100 }
x_colour = "green"

[[products]]
ref = "mug"
name = "Mug"
brand = "Acme"
dimensions = { width = 80, height = 90, depth = 80 }

[[fixtures]]
id = "f-1"
name = "Hot drinks"
dimensions = { width = 1000, height = 2000, depth = 500 }
x_lit = true

[[fixtures.equipment]]
type = "bay"
dimensions = { width = 1000, height = 2000, depth = 500 }

[[fixtures.equipment.equipment]]
type = "shelf"
name = "Low"
position = { x = 0, y = 80, z = 0 }
dimensions = { width = 1000, height = 400, depth = 400 }

[[fixtures.equipment.equipment.sites]]
product = { ref = "tea" }
orientation = "Fr"
facings = { wide = 3, high = 2, deep = 1 }
position = { x = 10, y = 120, z = 5 }
dimensions = { width = 150, height = 180, depth = 100 }
x_promo = "spring"

[[fixtures.equipment.equipment.sites]]
product = { gtin = "06291041500213" }
orientation = "F"
facings = { wide = 1, high = 1, deep = 1 }
position = { x = 400, y = 120, z = 0 }

[[fixtures.equipment.equipment]]
type = "peg"
position = { x = 100, y = 1500, z = 0 }
dimensions = { width = 100, height = 200, depth = 250 }

[[fixtures.equipment.equipment.sites]]
product = { brand = "Acme", name = "Mug" }
facings = { wide = 1, high = 1, deep = 2 }
position = { x = 110, y = 1400, z = 0 }

[[fixtures.equipment]]
type = "open-set"
position = { x = 0, y = 1600, z = 0 }
dimensions = { width = 1000, height = 300, depth = 400 }

[[fixtures.equipment.sites]]
product = { ref = "mug" }
"""
KEY = "x-hot-drinks"


def read(text=FILE):
    return read_vazen(text.encode(), "x", "USD")


def layout(imported, **changes):
    store = StoreDocument(1, "s", {"en": "S"}, "en-US", "USD", "c.csv", Floor(9000, 9000), (), ())
    found = StoreLayout("v", store, imported.planograms, imported.products, imported.handling)
    return msgspec.structs.replace(found, **changes)


def rewritten(imported, planogram):
    changed = layout(imported, planograms={KEY: planogram})
    return tomli.loads(write_vazen(changed, (KEY,), {"x": imported.kept}).decode())


def changed(planogram, number, **values):
    shelves = list(planogram.shelves)
    shelves[number] = msgspec.structs.replace(shelves[number], **values)
    return msgspec.structs.replace(planogram, shelves=tuple(shelves))


def differences(old, new, way=""):
    """Where two trees differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [found for key in old.keys() | new.keys()
                for found in differences(old.get(key), new.get(key), f"{way}.{key}")]  # fmt: skip
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [found for index, (a, b) in enumerate(zip(old, new, strict=True))
                for found in differences(a, b, f"{way}.{index}")]  # fmt: skip
    return [] if old == new else [(way, old, new)]


def test_products_and_places_are_read():
    found = read()
    tea, mug = found.products
    assert (tea.sku, tea.gtin, tea.names, tea.brand, tea.package) == (
        "06291041500213", "06291041500213", {"en": "Black tea"}, "Acme", "box",
    )  # fmt: skip
    assert (mug.sku, mug.dimensions_mm, found.findings) == ("mug", (80.0, 90.0, 80.0), ())
    assert (found.version, list(found.planograms)) == ("0.3.0", [KEY])
    planogram = found.planograms[KEY]
    assert (planogram.name, planogram.width_mm, planogram.height_mm) == ("Hot drinks", 1000, 2000)
    low, peg, free = planogram.shelves
    assert low == Shelf(
        height_mm=120.0, depth_mm=400.0, name="Low", thickness_mm=40.0, ref="0/0/0",
        positions=(
            Position(tea.sku, 3, 2, 1, x_mm=10.0, gap_mm=0.0, orientation="front-90", z_mm=5.0,
                     ref="0/0/0/0"),
            Position(tea.sku, 1, 1, 1, x_mm=400.0, gap_mm=0.0, ref="0/0/0/1"),
        ),
    )  # fmt: skip
    assert (peg.kind, peg.height_mm, peg.x_mm, peg.width_mm) == ("rod", 1400.0, 100.0, 100.0)
    assert [(one.sku, one.facings_deep) for one in peg.positions] == [("mug", 2)]
    assert [(one.sku, one.x_mm) for one in free.positions] == [("mug", None)]


def test_the_24_codes_are_our_24_orientations():
    assert len(CODES) == len(set(CODES.values())) == 24
    assert set(CODES.values()) == set(ORIENTATIONS)
    for code, name in CODES.items():
        found = read(FILE.replace('"Fr"', f'"{code}"'))
        assert found.planograms[KEY].shelves[0].positions[0].orientation == name


def test_nothing_edited_is_written_byte_for_byte():
    found = read()
    assert write_vazen(layout(found), (KEY,), {"x": found.kept}) == FILE.encode()
    twin = json.dumps(tomli.loads(FILE), default=str).encode()
    found = read_vazen(twin, "x", "USD")
    assert found.planograms == read().planograms
    assert write_vazen(layout(found), (KEY,), {"x": found.kept}) == twin


def test_an_edit_of_the_twin_is_written_as_json():
    found = read_vazen(json.dumps(tomli.loads(FILE), default=str).encode(), "x", "USD")
    edited = changed(found.planograms[KEY], 0, depth_mm=300.0)
    raw = write_vazen(layout(found, planograms={KEY: edited}), (KEY,), {"x": found.kept})
    where = "fixtures.0.equipment.0.equipment.0.dimensions.depth"
    before = json.loads(json.dumps(tomli.loads(FILE), default=str))
    assert differences(before, json.loads(raw)) == [(f".{where}", 400, 300)]


def test_an_edit_changes_what_it_means_and_keeps_every_other_key():
    found = read()
    planogram = found.planograms[KEY]
    first, second = planogram.shelves[0].positions
    first = msgspec.structs.replace(
        first, facings_wide=4, x_mm=20.0, orientation="base-270", facings_high=1
    )
    new = rewritten(found, changed(planogram, 0, positions=(first, second)))
    site = ".fixtures.0.equipment.0.equipment.0.sites.0"
    told = {way.removeprefix(site): (a, b) for way, a, b in differences(tomli.loads(FILE), new)}
    # On its base, its top to the left: 100 wide as it is deep, 90 high as it is wide.
    assert told == {
        ".facings.wide": (3, 4), ".facings.high": (2, 1), ".orientation": ("Fr", "Dl"),
        ".position.x": (10, 20), ".dimensions.width": (150, 400), ".dimensions.height": (180, 90),
        ".dimensions.depth": (100, 50),
    }  # fmt: skip


def test_a_shelf_that_moves_takes_its_goods_along():
    found = read()
    new = rewritten(found, changed(found.planograms[KEY], 0, height_mm=220.0))
    told = sorted(differences(tomli.loads(FILE), new))
    shelf = ".fixtures.0.equipment.0.equipment.0"
    assert told == [
        (f"{shelf}.position.y", 80, 180), (f"{shelf}.sites.0.position.y", 120, 220),
        (f"{shelf}.sites.1.position.y", 120, 220),
    ]  # fmt: skip


def again(imported, **changes):
    found = layout(imported, **changes)
    return read_vazen(write_vazen(found, tuple(found.planograms), {"x": imported.kept}), "x", "USD")


def test_copies_of_planograms_shelves_and_positions_are_tables_of_their_own():
    found = read()
    planogram = found.planograms[KEY]
    low = planogram.shelves[0]
    both = msgspec.structs.replace(low, positions=(*low.positions, low.positions[0]))
    high = msgspec.structs.replace(low, height_mm=900.0)
    edited = msgspec.structs.replace(planogram, shelves=(both, high, *planogram.shelves[1:]))
    for one in again(found, planograms={KEY: edited, "copy": edited}).planograms.values():
        assert [(shelf.height_mm, len(shelf.positions)) for shelf in one.shelves] == [
            (120.0, 3), (900.0, 2), (1400.0, 1), (1600.0, 1),
        ]  # fmt: skip
    assert len(again(found, planograms={KEY: edited, "copy": edited}).planograms) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"x_mm": 50.0, "width_mm": 700.0}, {"name": "Under"}, {"kind": "pegboard"},
        {"depth_mm": 350.0}, {"z_mm": 20.0},
    ],
)  # fmt: skip
def test_whatever_is_edited_on_a_shelf_goes_out(change):
    found = read()
    edited = changed(found.planograms[KEY], 0, **change)
    (planogram,) = again(found, planograms={KEY: edited}).planograms.values()
    assert planogram.shelves[0] == edited.shelves[0]


def test_a_shelf_that_moves_to_the_left_end_and_becomes_as_wide_as_the_bay():
    found = read()
    edited = changed(found.planograms[KEY], 1, x_mm=0.0)
    (planogram,) = again(found, planograms={KEY: edited}).planograms.values()
    assert planogram.shelves[1] == edited.shelves[1]
    edited = changed(edited, 1, width_mm=0.0)
    (planogram,) = again(found, planograms={KEY: edited}).planograms.values()
    assert planogram.shelves[1] == edited.shelves[1]


def test_a_bay_that_becomes_wider_takes_along_what_runs_its_whole_width():
    found = read()
    edited = msgspec.structs.replace(
        found.planograms[KEY], width_mm=1200.0, height_mm=2100.0, depth_mm=450.0
    )
    (planogram,) = again(found, planograms={KEY: edited}).planograms.values()
    assert planogram == edited


def test_a_product_that_is_edited_keeps_its_sites():
    found = read()
    tea, mug = found.products
    mug = msgspec.structs.replace(
        mug, names={"en": "Cup"}, brand="Own", category="Cups", dimensions_mm=(70.0, 60.0, 50.0)
    )
    tea = msgspec.structs.replace(tea, names={"en": "Mug"}, package="can")
    told = again(found, products=(tea, mug))
    assert told.products == (tea, mug)
    assert told.planograms == found.planograms


def test_an_intent_that_gets_a_place_says_all_of_it():
    found = read()
    planogram = found.planograms[KEY]
    (loose,) = planogram.shelves[2].positions
    placed = msgspec.structs.replace(loose, x_mm=40.0)
    edited = changed(planogram, 2, positions=(placed,))
    (told,) = again(found, planograms={KEY: edited}).planograms.values()
    assert told.shelves[2].positions == (placed,)


def test_a_shelf_that_becomes_thicker_and_leans():
    found = read()
    edited = changed(found.planograms[KEY], 0, thickness_mm=55.0, slope_deg=12.5)
    new = rewritten(found, edited)
    shelf = ".fixtures.0.equipment.0.equipment.0"
    assert sorted(differences(tomli.loads(FILE), new)) == [
        (f"{shelf}.endcap_slope", None, 12.5), (f"{shelf}.position.y", 80, 65)
    ]  # fmt: skip
    raw = json.dumps(new, default=str).encode()
    told = read_vazen(raw, "x", "USD")
    assert told.planograms[KEY].shelves[0] == edited.shelves[0]
    assert write_vazen(layout(told), (KEY,), {"x": told.kept}) == raw


def test_deleted_moved_and_added_positions():
    found = read()
    planogram = found.planograms[KEY]
    low, peg, free = planogram.shelves
    moved = msgspec.structs.replace(low.positions[1], x_mm=0.0)
    low = msgspec.structs.replace(low, positions=low.positions[:1])
    free = msgspec.structs.replace(free, positions=(moved, Position("mug", 2, x_mm=300.0)))
    new = rewritten(found, msgspec.structs.replace(planogram, shelves=(low, peg, free)))
    shelf, hook = new["fixtures"][0]["equipment"][0]["equipment"]
    assert [site.get("x_promo") for site in shelf["sites"]] == ["spring"]
    assert hook == tomli.loads(FILE)["fixtures"][0]["equipment"][0]["equipment"][1]
    tea, mugs = new["fixtures"][0]["equipment"][1]["sites"]
    assert (tea["product"], tea["position"]) == (
        {"gtin": "06291041500213"}, {"x": 0, "y": 1600, "z": 0},
    )  # fmt: skip
    assert (mugs["product"], mugs["facings"]) == (
        {"ref": "mug"}, {"wide": 2, "high": 1, "deep": 4},
    )  # fmt: skip


def test_a_shelf_removed_a_shelf_made_and_a_product_the_file_did_not_know():
    found = read()
    planogram = found.planograms[KEY]
    more = Shelf(1900.0, (Position("jam", 2, x_mm=0.0),), name="Top")
    planogram = msgspec.structs.replace(planogram, shelves=(*planogram.shelves[1:], more))
    new = rewritten(found, planogram)
    bay, free, top = new["fixtures"][0]["equipment"]
    assert [one["type"] for one in (*bay["equipment"], free, top)] == ["peg", "open-set", "shelf"]
    assert top["sites"][0]["product"] == {"ref": "jam"}
    assert [product["ref"] for product in new["products"]] == ["tea", "mug", "jam"]


def test_a_store_of_ones_own_is_written_and_read_back():
    imported = read()
    planogram = msgspec.structs.replace(imported.planograms[KEY], source="", ref="")
    raw = write_vazen(layout(imported, planograms={"own": planogram}), ("own",), {})
    again = read_vazen(raw, "x", "USD")
    (back,) = again.planograms.values()
    assert {p.sku: p.dimensions_mm for p in again.products} == {
        p.sku: p.dimensions_mm for p in imported.products
    }
    for old, new in zip(planogram.shelves, back.shelves, strict=True):
        assert (new.height_mm, new.kind, new.x_mm) == (old.height_mm, old.kind, old.x_mm)
        assert [(p.sku, p.facings_wide, p.facings_high, p.orientation) for p in new.positions] == [
            (p.sku, p.facings_wide, p.facings_high, p.orientation) for p in old.positions
        ]


@pytest.mark.parametrize(
    ("edit", "rule", "words"),
    [
        (('{ ref = "mug" }', '{ ref = "cup" }'), "product-selector", "matches no product"),
        (('{ ref = "mug" }', '{ brand = "Acme" }'), "product-selector", "matches 2 products"),
        (('{ ref = "mug" }', "{}"), "product-missing", "names no product"),
        (('"Fr"', '"Fx"'), "orientation", "'Fx' is no orientation"),
        (("wide = 3", "wide = 0"), "facings", "'0' is no count"),
        (("wide = 3", "wide = 2.5"), "facings", "2.5 is taken as a whole number"),
        (('"06291041500213"\nname', '"06291041500214"\nname'), "gtin-bad", "is no GTIN"),
        (("width = 80", "width = 0"), "size-missing", "side without length"),
    ],
)
def test_what_is_doubtful_is_said_and_kept(edit, rule, words):
    text = FILE.replace(*edit)
    assert text != FILE
    found = read(text)
    told = [one for one in found.findings if one.rule == rule]
    assert told
    assert words in told[0].sentence
    assert write_vazen(layout(found), (KEY,), {"x": found.kept}) == text.encode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("schema = 1", "no Vazen file"),
        ("schema = ", "neither TOML nor JSON"),
        ('{"schema": ', "neither TOML nor JSON"),
        ('schema = "vazen/layout"', "no fixture"),
        ('schema = "vazen/layout"\na = ' + "[" * 30 + "]" * 30, "nested too deeply"),
        ('{"schema": ' + "[" * 200_000, "nested too deeply"),
    ],
)
def test_broken_files_end_in_a_sentence(text, words):
    with pytest.raises(Failure, match=words):
        read(text)


def test_kept_bytes_that_were_damaged_say_what_to_do():
    found = read()
    planogram = msgspec.structs.replace(found.planograms[KEY], name="Other")
    with pytest.raises(Failure, match="import the file again"):
        write_vazen(layout(found, planograms={KEY: planogram}), (KEY,), {"x": found.kept[:-30]})


def test_toml_is_written_as_it_can_be_read():
    tree = {
        "schema": "vazen/spec", "a b": 'quo"te\n\x7f', "n": [1, 2.5, -0.0, True], "none": {},
        "big": 1e300, "t": {"plain": {"x": 1}, "list": [{"y": [{"z": 1}]}, {}]}, "mixed": [1, {}],
    }  # fmt: skip
    assert parse(as_toml(tree)) == tree
