# ruff: noqa: E501 - a table: one case reads best in one line
"""Every rule: a store that fails it, with its sentence and place, and one that passes it."""

from pathlib import Path

import pytest

from store_scenes.layout.check import check
from store_scenes.layout.load import load_store
from store_scenes.layout.rules.registry import RULES
from store_scenes.models.cook import unsound_models

CATALOG = """sku,gtin,name,price,stock,package,width_mm,height_mm,depth_mm,weight_g,model
a,2000000000015,A,100,1,box,100,200,50,100,
b,2000000000022,B,100,2,box,300,100,300,6000,
"""
HANDLING = "sku,hangs,peg_hole_x_mm,peg_hole_y_mm,facings_min,facings_max,units_a_day,age_min\n"
STORE = """schema = 1
id = "s"
names.en = "S"
locale = "en-US"
currency = "KRW"
catalog = "catalog.csv"
handling = "handling.csv"
floor = { width_mm = 8000, depth_mm = 8000, entrance_z_mm = 3500 }

[[aisles]]
id = "one"
names.en = "One"

[[zones]]
id = "fresh"
names.en = "Fresh"
x_mm = 2000
z_mm = 0
width_mm = 2000
depth_mm = 2000

[[fixtures]]
id = "run"
type = "gondola"
aisle = "one"
x_mm = 0
z_mm = 0
planograms = ["bay"]

[check]
age_height_min_mm = 100
"""
BAY = """name = "Bay"
width_mm = 1000

[[shelves]]
height_mm = 120
positions = [
  { sku = "a", facings_wide = 3 },
]

[[shelves]]
height_mm = 500
"""
PEGS = """name = "Bay"
width_mm = 1000

[[shelves]]
kind = "pegboard"
height_mm = 500
board_mm = 1000
pegs = { pitch_x_mm = 25, pitch_y_mm = 25 }
positions = [{ sku = "a", x_mm = 0, y_mm = 50 }]
"""
TRAY = "sku,tray_width_mm,tray_height_mm,tray_depth_mm,tray_wide,tray_high,tray_deep\na,300,200,100,3,1,2\n"
A = '{ sku = "a", facings_wide = 3 }'
SECOND = STORE[STORE.index("[[fixtures]]") : STORE.index("[check]")]
S, B, C, H = "store.toml", "planograms/bay.toml", "catalog.csv", "handling.csv"


def store_with(text):
    """The store with a further fixture like its first, changed by pairs of old and new."""
    return STORE.replace("[check]", f"{text}[check]")


def second(*edits):
    text = SECOND.replace('"run"', '"two"')
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return store_with(text)


def edited(text, *edits):
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


def bay(new, *edits):
    return {B: edited(BAY, (A, new), *edits)}


def room(*walls):
    """The store with tables that stand around, by id: x, z and the width of their planogram."""
    text = "".join(
        f'[[fixtures]]\nid = "{name}"\ntype = "till"\naisle = ""\nx_mm = {x}\nz_mm = {z}\n'
        f"width_mm = {wide}\ndepth_mm = 700\n"
        for name, x, z, wide in walls
    )
    return {S: store_with(text)}


HEAVY = {C: CATALOG.replace(",50,100,", ",50,5000,")}
MODEL = {C: CATALOG.replace(",50,100,", ",50,100,models/m.glb")}
HUNG = {H: f"{HANDLING}a,yes,50,25,,,,\n", B: PEGS}
SHOP = Path(__file__).parents[3] / "stores" / "corner_shop"
MUG = (SHOP / "models" / "mug.glb").read_bytes()
NAMELESS = MUG.replace(b'"copyright"', b'"copyleft_"')
LICENSED = MODEL | {"models/m.glb": NAMELESS, "models/LICENSE.txt": "CC0"}

# By rule: the files that fail it, what it says and where; and files that just pass it.
CASES = {
    "id-duplicate": (
        {S: edited(second(("z_mm = 0", "z_mm = 1700")), ('"two"', '"run"'))},
        S, 31, 1, "the id 'run' came before",
        {S: second(("z_mm = 0", "z_mm = 1700"))},
    ),
    "aisle-unknown": (
        {S: edited(STORE, ('aisle = "one"', 'aisle = "two"'))},
        S, 25, 1, "run: no aisle has the id 'two'", {},
    ),
    "fixture-type-unknown": (
        {S: edited(STORE, ('"gondola"', '"shelf"'))},
        S, 24, 1, "run: no fixture type is named 'shelf'", {S: edited(STORE, ('"gondola"', '"gondola"'))},
    ),
    "planogram-unknown": (
        {S: edited(STORE, ('["bay"]', '["bay", "gone"]'))},
        S, 28, 1, "run: there is no planograms/gone.toml", {S: edited(STORE, ('["bay"]', '["bay", "bay"]'))},
    ),
    "product-unknown": (
        bay('{ sku = "q" }'), B, 7, 5, "no product of the catalogue has the sku 'q'",
        bay('{ sku = "b", facings_deep = 1 }'),
    ),
    "product-by-code": (
        bay('{ sku = "2000000000015" }'), B, 7, 5, "'2000000000015' is the barcode of 'a' and not its sku",
        bay('{ sku = "a" }'),
    ),
    "product-ambiguous": (
        bay('{ sku = "P-1" }') | {C: CATALOG + "p1,,P,1,1,box,9,9,9,1,\nP_1,,Q,1,1,box,9,9,9,1,\n"},
        B, 7, 5, "'P-1' may be any of 2 products: p1, P_1",
        bay('{ sku = "P_1" }') | {C: CATALOG + "p1,,P,1,1,box,9,9,9,1,\nP_1,,Q,1,1,box,9,9,9,1,\n"},
    ),
    "rule-unknown": (
        {S: STORE + 'rules = { heavy-hihg = "off" }\n'},
        S, 32, 1, "there is no rule 'heavy-hihg'", {S: STORE + 'rules = { heavy-high = "off" }\n'},
    ),
    "product-unpriced": (
        {C: CATALOG.replace("A,100", "A,")}, C, 2, 0,
        "a stands on a shelf and has no price, so nobody can buy it", {C: CATALOG.replace("B,100", "B,")},
    ),
    "model-missing": (
        MODEL, C, 2, 0, "a: there is no model file 'models/m.glb' in the store folder", LICENSED,
    ),
    "model-unlicensed": (
        MODEL | {"models/m.glb": NAMELESS}, C, 2, 0,
        "a: nothing says who made models/m.glb and whether it may be used", LICENSED,
    ),
    "model-unsound": (
        MODEL | {"models/m.glb": MUG[:500]}, C, 2, 0,
        "a: The model models/m.glb is cut short: copy it again.", LICENSED,
    ),
    "fixture-yaw": (
        {S: edited(STORE, ("x_mm = 0", "yaw_deg = 30\nx_mm = 0"))}, S, 26, 1,
        "run is turned by 30 degrees", {S: edited(STORE, ("x_mm = 0", "yaw_deg = 90\nx_mm = 0"))},
    ),
    "fixture-outside": (
        {S: edited(STORE, ("x_mm = 0", "x_mm = 3469"))}, S, 22, 1,
        "run (1064 by 450 mm) reaches out of the room", {S: edited(STORE, ("x_mm = 0", "x_mm = 3468"))},
    ),
    "fixture-overlap": (
        {S: second(("z_mm = 0", "z_mm = 449"))}, S, 30, 1, "two stands in run",
        {S: second(("z_mm = 0", "z_mm = -1700"))},
    ),
    "entrance-outside": (
        {S: edited(STORE, ("entrance_z_mm = 3500", "entrance_z_mm = 4001"))}, S, 8, 1,
        "the entrance at x 0, z 4001 mm lies outside the room", {},
    ),
    "entrance-blocked": (
        {S: edited(STORE, ("z_mm = 0\npl", "z_mm = 2976\npl"))}, S, 22, 1,
        "run stands where shoppers arrive", {S: edited(STORE, ("z_mm = 0\npl", "z_mm = 2900\npl"))},
    ),
    "zone-outside": (
        {S: edited(STORE, ("x_mm = 2000", "x_mm = 3001"))}, S, 14, 1,
        "the zone fresh reaches out of the room", {S: edited(STORE, ("x_mm = 2000", "x_mm = 3000"))},
    ),
    "fixture-empty": (
        {S: edited(STORE, ('["bay"]', "[]"))}, S, 22, 1, "run has no planogram", {},
    ),
    "fixture-planograms": (
        {S: edited(STORE, ('"gondola"', '"till"\nwidth_mm = 2000\ndepth_mm = 900'))}, S, 30, 1,
        "run: a till carries no planogram", {},
    ),
    "fixture-one-shelf": (
        {S: edited(STORE, ('"gondola"', '"table"'))}, S, 28, 1,
        "run: a table carries one planogram with one shelf",
        {S: edited(STORE, ('"gondola"', '"table"')), B: BAY.split("\n[[shelves]]\nheight_mm = 500", maxsplit=1)[0]},
    ),
    "fixture-back": (
        {S: edited(STORE, ('"gondola"', '"chiller"\nback_planograms = ["bay"]\ndepth_mm = 700'))},
        S, 25, 1, "run: a chiller has no back",
        {S: edited(STORE, ('"gondola"', '"gondola"\nback_planograms = ["bay"]'))},
    ),
    "fixture-size": (
        {S: edited(STORE, ('"gondola"', '"chiller"\ndepth_mm = 300'))}, S, 25, 1,
        "run: a chiller with depth_mm = 300 cannot be built",
        {S: edited(STORE, ('"gondola"', '"chiller"\ndepth_mm = 450'))},
    ),
    "planogram-empty": (
        bay("", ("\n  ,\n", "\n")), B, 0, 0, "'Bay' holds no product", {},
    ),
    "shelf-order": (
        {B: edited(BAY, ("height_mm = 500", "height_mm = 150"))}, B, 11, 1,
        "shelf 2 at 150 mm is not above shelf 1", {B: edited(BAY, ("height_mm = 500", "height_mm = 384"))},
    ),
    "shelf-height": (
        {B: edited(BAY, ("height_mm = 500", "height_mm = 2001"))}, B, 11, 1,
        "shelf 2 at 2001 mm does not fit on run", {B: edited(BAY, ("height_mm = 500", "height_mm = 2000"))},
    ),
    "shelf-thickness": (
        {B: BAY + "thickness_mm = 0.5\n"}, B, 12, 1,
        "shelf 2 is 0.5 mm thick", {B: BAY + "thickness_mm = 1\n"},
    ),
    "shelf-slope": (
        {B: edited(BAY, ("height_mm = 500", "height_mm = 900\nslope_deg = 41"))}, B, 12, 1,
        "shelf 2 of run leans by 41 degrees and is shown at 40",
        {B: edited(BAY, ("height_mm = 500", "height_mm = 900\nslope_deg = 40"))},
    ),
    "shelf-width": (
        {B: BAY + "x_mm = 100\nwidth_mm = 901\n"}, B, 10, 1,
        "shelf 2 reaches from 100 to 1001 mm in a bay of 1000 mm", {B: BAY + "x_mm = 100\nwidth_mm = 900\n"},
    ),
    "shelf-depth": (
        {B: BAY + "depth_mm = 413\n"}, B, 12, 1,
        "shelf 2 is 413 mm deep; run has room for 412 mm", {B: BAY + "depth_mm = 412\n"},
    ),
    "position-too-wide": (
        bay('{ sku = "a", facings_wide = 10 }'), B, 7, 3,
        "a reaches from 2 to 1038 mm on a shelf of 1000 mm",
        bay('{ sku = "a", facings_wide = 10 }', ("height_mm = 120", "height_mm = 120\noverhang.right_mm = 38")),
    ),
    "position-too-high": (
        {C: CATALOG.replace("100,200,50", "100,336.1,50")}, B, 7, 3,
        "a is 336.1 mm high; 336 mm are free above the shelf", {C: CATALOG.replace("100,200,50", "100,316,50")},
    ),
    "position-too-deep": (
        bay('{ sku = "a", facings_deep = 8 }'), B, 7, 3, "a reaches 427 mm back on a shelf of 412 mm",
        bay('{ sku = "a", facings_deep = 7 }'),
    ),
    "position-overhang": (
        bay('{ sku = "a", facings_deep = 1, z_mm = -20 }'), B, 7, 3,
        "a hangs 20 mm over the shelf's front; 0 mm may",
        bay('{ sku = "a", facings_deep = 1, z_mm = -20 }', ("height_mm = 120", "height_mm = 120\noverhang.front_mm = 20")),
    ),
    "position-overlap": (
        bay('{ sku = "a" },\n  { sku = "a", x_mm = 50 }'), B, 8, 3,
        "a begins at 50 mm, inside a, which ends at 102 mm", bay('{ sku = "a" },\n  { sku = "a", x_mm = 102 }'),
    ),
    "finger-space": (
        {C: CATALOG.replace("100,200,50", "100,317,50")}, B, 7, 3,
        "19 mm are free above a; fingers need 20 mm", {C: CATALOG.replace("100,200,50", "100,316,50")},
    ),
    "shelf-overloaded": (
        bay('{ sku = "a", facings_wide = 3, facings_deep = 7 }', ("height_mm = 120", "height_mm = 120\nload_max_kg = 2")),
        B, 4, 1, "shelf 1 carries 2.1 kg and may carry 2 kg",
        bay('{ sku = "a", facings_wide = 3, facings_deep = 7 }', ("height_mm = 120", "height_mm = 120\nload_max_kg = 2.1")),
    ),
    "heavy-high": (
        HEAVY | {B: edited(BAY, ("height_mm = 120", "height_mm = 0.1201e4"), ("height_mm = 500", "height_mm = 1600"))},
        B, 7, 3, "a weighs 5 kg and stands 1201 mm high",
        HEAVY | {B: edited(BAY, ("height_mm = 120", "height_mm = 1200"), ("height_mm = 500", "height_mm = 1600"))},
    ),
    "facings-few": (
        {H: f"{HANDLING}a,,,,4,,,\n"}, B, 7, 3, "a has 3 facings in the store; at least 4 are agreed",
        {H: f"{HANDLING}a,,,,3,,,\n"},
    ),
    "facings-many": (
        {H: f"{HANDLING}a,,,,,2,,\n"}, B, 7, 3, "a has 3 facings in the store; at most 2 are agreed",
        {H: f"{HANDLING}a,,,,,3,,\n"},
    ),
    "days-of-supply": (
        {H: f"{HANDLING}a,,,,,,42,\n"}, B, 7, 3, "21 units of a last 0.5 days at 42 a day; 1 are wanted",
        {H: f"{HANDLING}a,,,,,,21,\n"},
    ),
    "pack-missing": (
        bay('{ sku = "a", style = "tray" }'), B, 7, 3,
        "a is put there by the tray, and nothing says what a tray of it is",
        bay('{ sku = "a", style = "tray" }') | {H: TRAY},
    ),
    "peg-without-hole": (
        {B: PEGS}, B, 9, 14, "a hangs on a pegboard and has no hole to hang by", HUNG,
    ),
    "peg-spacing": (
        HUNG | {B: PEGS.replace("x_mm = 0,", "x_mm = 10,")}, B, 9, 14,
        "a hangs at x 60, y 225 mm; the board's nearest hole is 10 mm beside and 0 mm above or below",
        HUNG | {B: PEGS.replace("x_mm = 0,", "x_mm = 2,")},
    ),
    "age-placement": (
        {H: f"{HANDLING}a,,,,,,,19\n", S: STORE.replace("min_mm = 100", "min_mm = 121")}, B, 7, 3,
        "a is for adults and stands 120 mm high", {H: f"{HANDLING}a,,,,,,,19\n"},
    ),
    "fixture-unreachable": (
        room(("w1", -2000, 1500, 4000), ("w2", 2000, 1500, 4000)), S, 22, 1,
        "nobody gets from the entrance to the front of run",
        room(("w1", -2000, 1500, 4000), ("w2", 2500, 1500, 3000)),
    ),
    "aisle-narrow": (
        room(("w1", -2000, 1500, 4000), ("w2", 2300, 1500, 3400)), S, 22, 1,
        "there is no way of 900 mm to the front of run",
        room(("w1", -2000, 1500, 4000), ("w2", 2450, 1500, 3000)),
    ),
    "turning-space": (
        {S: STORE + "turning_mm = 7900\n"}, S, 22, 1,
        "a wheelchair before the front of run cannot turn within 6 m", {S: STORE + "turning_mm = 3000\n"},
    ),
    "label-illegible": (
        {S: second(("z_mm = 0", "z_mm = 1450"))}, B, 4, 1,
        "from 500 mm before run the prices of shelf 1 are 3.8 pixels high; 5 are read",
        {S: second(("z_mm = 0", "z_mm = 2250"))},
    ),
}  # fmt: skip


def findings(folder, files):
    whole = {S: STORE, B: BAY, C: CATALOG, H: HANDLING} | files
    for name, text in whole.items():
        (folder / name).parent.mkdir(exist_ok=True)
        if isinstance(text, bytes):
            (folder / name).write_bytes(text)
        else:
            (folder / name).write_text(text)
    layout = load_store(folder)
    unsound = unsound_models(folder, layout.products)
    return check(layout, folder, {name: shortened(text, folder) for name, text in unsound.items()})


def shortened(sentence, folder):
    return sentence.replace(f"{folder}/", "")


LEANING = [
    # 424 mm to the front of its band, at 20 degrees: that is 145 mm lower than its back edge,
    # and the band's lower end another 41.
    ("position-too-high", "height_mm = 500\nslope_deg = 20",
     "a is 200 mm high; 193.6 mm are free above the shelf"),
    ("shelf-order", "height_mm = 500\nslope_deg = 20\nthickness_mm = 381",
     "shelf 2 at 500 mm is not above shelf 1"),
    ("shelf-depth", "height_mm = 900\nslope_deg = 30\ndepth_mm = 476",
     "shelf 2 is 476 mm deep; run has room for 475.7 mm at 30 degrees"),
    ("shelf-slope", "height_mm = 900\nslope_deg = 10\nkind = 'rod'",
     "shelf 2 of run leans by 10 degrees; a rod is shown level"),
    ("position-too-deep", ("height_mm = 900\nslope_deg = -10\ndepth_mm = 409\n"
     "positions = [{ sku = 'a', facings_deep = 7 }]"),
     "a reaches 374 mm back and its top leans 35.3 mm further, on a shelf of 409 mm"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "shelf", "sentence"), LEANING)
def test_shelves_that_lean_have_their_own_room(rule, shelf, sentence, tmp_path):
    found = findings(tmp_path, {B: edited(BAY, ("height_mm = 500", shelf))})
    assert sentence in [f.sentence for f in found if f.rule == rule]


def test_the_lowest_shelf_may_not_lean_into_the_floor(tmp_path):
    low = edited(BAY, ("height_mm = 120", "height_mm = 120\nslope_deg = 11"))
    told = [f for f in findings(tmp_path, {B: low}) if f.rule == "shelf-height"]
    assert [f.fix for f in told] == ["put it between 122.6 and 2000 mm"]
    flat = edited(BAY, ("height_mm = 120", "height_mm = 120\nslope_deg = 10"))
    assert [f for f in findings(tmp_path, {B: flat}) if f.rule == "shelf-height"] == []


def test_every_rule_has_its_cases():
    assert CASES.keys() == RULES.keys()


def test_the_store_that_they_change_is_sound(tmp_path):
    assert findings(tmp_path, {}) == []


@pytest.mark.parametrize("rule", sorted(CASES))
def test_what_fails_a_rule_is_said_in_its_sentence_at_its_place(rule, tmp_path):
    files, path, line, column, sentence, _ = CASES[rule]
    found = [f for f in findings(tmp_path, files) if f.rule == rule]
    assert [(f.path, f.line, f.column, f.sentence) for f in found][:1] == [
        (path, line, column, sentence)
    ]
    assert found[0].severity == RULES[rule].severity
    assert found[0].fix


@pytest.mark.parametrize("rule", sorted(CASES))
def test_what_just_passes_a_rule_is_not_said(rule, tmp_path):
    files = CASES[rule][5]
    said = findings(tmp_path, files)
    assert rule not in {f.rule for f in said}
    assert not [f for f in said if f.severity == "error"]


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_store_can_set_every_rule(rule, tmp_path):
    files = dict(CASES[rule][0])
    if rule == "rule-unknown":
        files[S] = files[S].replace('"off"', '"off", rule-unknown = "off"')
    else:
        files[S] = files.get(S, STORE) + f'rules = {{ {rule} = "off" }}\n'
    assert rule not in {f.rule for f in findings(tmp_path, files)}
    files[S] = files[S].replace(f'{rule} = "off"', f'{rule} = "note"')
    assert {f.severity for f in findings(tmp_path, files) if f.rule == rule} == {"note"}


def test_the_page_of_rules_says_what_the_table_and_the_cases_say():
    page = (Path(__file__).parents[4] / "docs" / "rules.md").read_text(encoding="utf-8")
    sections = {text.partition("\n")[0]: text for text in page.split("\n### ")[1:]}
    assert sections.keys() == RULES.keys()
    for rule in RULES.values():
        text = sections[rule.id]
        assert f"**{rule.severity}**: {rule.title}." in text
        assert rule.help in text
        assert CASES[rule.id][4] in text
        assert ("--fix" in text) is rule.repairable


def test_what_stands_nowhere_has_too_few_facings(tmp_path):
    found = findings(tmp_path, {H: f"{HANDLING}b,,,,4,,,\nz,,,,4,,,\n"})
    assert [(f.rule, f.path, f.line, f.sentence) for f in found] == [
        ("facings-few", C, 3, "b stands nowhere in the store; at least 4 facings are agreed")
    ]


@pytest.mark.parametrize(("deep", "apart", "rule"), [
    (300, 100, "fixture-unreachable"), (450, 800, "aisle-narrow"), (900, 800, "aisle-narrow"),
    (450, 1, "fixture-unreachable"), (450, 1000, ""),
])  # fmt: skip
def test_goods_are_not_taken_over_another_fixture(tmp_path, deep, apart, rule):
    """Two racks face each other: who cannot get between them gets to neither."""
    first = edited(STORE, ("z_mm = 0\npl", f"z_mm = {-deep / 2}\ndepth_mm = {deep}\npl"))
    other = edited(
        SECOND, ('"run"', '"two"'), ("z_mm = 0", f"z_mm = {apart + deep / 2}"),
        ("x_mm = 0", f"x_mm = 0\ndepth_mm = {deep}\nyaw_deg = 180"),
    )  # fmt: skip
    found = findings(tmp_path, {S: first.replace("[check]", f"{other}[check]")})
    said = [f.rule for f in found if f.rule in {"fixture-unreachable", "aisle-narrow"}]
    assert said == ([rule] * 2 if rule else [])


def test_an_aisle_wider_than_the_room_is_narrow_everywhere(tmp_path):
    found = findings(tmp_path, {S: STORE + "aisle_width_mm = 9000\n"})
    assert [f.rule for f in found] == ["aisle-narrow"]


def test_a_sku_that_a_planogram_swaps_is_mended_where_it_is_swapped(tmp_path):
    """The base has no fault, and others stand on it."""
    files = {
        S: edited(STORE, ('["bay"]', '["bay", "own"]')),
        "planograms/own.toml": 'base = "bay"\nname = "Own"\nreplace = { "a" = "B" }\n',
    }
    found = [f for f in findings(tmp_path, files) if f.rule == "product-by-code"]
    assert [(f.path, f.line, f.sentence) for f in found] == [
        ("planograms/own.toml", 3, "'B' is not quite the sku 'b'")
    ]
    repair = found[0].repair
    text = files["planograms/own.toml"]
    assert (repair.path, text[repair.start : repair.end]) == ("planograms/own.toml", '"B"')


def test_a_place_that_only_a_swap_makes_too_narrow_is_not_mended_in_the_base(tmp_path):
    positions = '{ sku = "a" },\n  { sku = "a", x_mm = 150 }'
    own = 'base = "bay"\nname = "Own"\nreplace = { "a" = "b" }\n'
    files = bay(positions) | {S: edited(STORE, ('["bay"]', '["own"]')), "planograms/own.toml": own}
    found = [f for f in findings(tmp_path, files) if f.rule == "position-overlap"]
    assert [(f.path, f.line, f.repair) for f in found] == [(B, 8, None)]
