import msgspec
import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.layout.check import check
from store_scenes.layout.documents import (
    Aisle,
    FixturePlacement,
    Floor,
    Planogram,
    Position,
    Shelf,
    StoreDocument,
    StoreLayout,
)
from store_scenes.layout.load import load_store

CATALOG = (
    "sku,name,price,stock,package,width_mm,height_mm,depth_mm\n"
    "a,A,100,1,box,100,200,50\n"
    "b,B,,2,box,300,100,400\n"
)
STORE = """schema = 1
id = "s"
names.en = "S"
locale = "en-US"
currency = "KRW"
catalog = "catalog.csv"
floor = { width_mm = 6000, depth_mm = 6000, entrance_z_mm = 2500 }

[[aisles]]
id = "one"
names.en = "One"

[[fixtures]]
id = "run"
type = "gondola"
aisle = "one"
x_mm = 0
z_mm = 0
planograms = ["bay"]
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
positions = []
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "planograms").mkdir()
    (tmp_path / "catalog.csv").write_text(CATALOG)
    (tmp_path / "store.toml").write_text(STORE)
    (tmp_path / "planograms" / "bay.toml").write_text(BAY)
    return tmp_path


def found(folder, *, store=(), bay=(), catalog=()):
    """(rule, severity, path, line) after replacing text in the files."""
    for name, edits in (
        ("store.toml", store), ("planograms/bay.toml", bay), ("catalog.csv", catalog),
    ):  # fmt: skip
        text = (folder / name).read_text()
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        (folder / name).write_text(text)
    findings = check(load_store(folder), folder)
    return [(f.rule, f.severity, f.path, f.line) for f in findings]


def test_a_sound_store(folder):
    assert found(folder) == []


BAY_PATH = "planograms/bay.toml"
A = '{ sku = "a", facings_wide = 3 }'


@pytest.mark.parametrize(
    ("edit", "rule", "line"),
    [
        ((A, '{ sku = "q" }'), "product-unknown", 7),
        ((A, '{ sku = "a", facings_wide = 10 }'), "position-too-wide", 7),
        ((A, '{ sku = "a", x_mm = -1 }'), "position-too-wide", 7),
        ((A, '{ sku = "a", facings_high = 2 }'), "position-too-high", 7),
        ((A, '{ sku = "a", facings_deep = 8 }'), "position-too-deep", 7),
        ((A, '{ sku = "a" },\n  { sku = "a", x_mm = 50 }'), "position-overlap", 8),
        ((A, '{ sku = "a", gap_mm = -2 }'), "position-overlap", 7),
        (("height_mm = 500", "height_mm = 150"), "shelf-order", 11),
        (("height_mm = 500", "height_mm = 2100"), "shelf-height", 11),
        (("height_mm = 120", "height_mm = 120\ndepth_mm = 450"), "shelf-depth", 6),
    ],
)
def test_what_does_not_fit_a_shelf(folder, edit, rule, line):
    assert (rule, "error", BAY_PATH, line) in found(folder, bay=[edit])


def test_an_exact_fit_is_no_finding(folder):
    # Ten facings of 100 mm, no gap, on 1,000 mm; 336 mm free over the shelf; seven deep.
    exact = '{ sku = "a", facings_wide = 10, gap_mm = 0, facings_deep = 7 }'
    assert found(folder, bay=[(A, exact)]) == []
    high = [("a,A,100,1,box,100,200", "a,A,100,1,box,100,336")]
    assert [rule for rule, *_ in found(folder, catalog=high)] == ["finger-space"]
    (rule, *_), = found(folder, catalog=[("100,336", "100,336.1")])  # fmt: skip
    assert rule == "position-too-high"


@pytest.mark.parametrize(
    ("edit", "rule", "line"),
    [
        (('type = "gondola"', 'type = "shelf"'), "fixture-type-unknown", 15),
        (('aisle = "one"', 'aisle = "two"'), "aisle-unknown", 16),
        (('["bay"]', '["bay", "gone"]'), "planogram-unknown", 19),
        (("x_mm = 0", "x_mm = 2500"), "fixture-outside", 13),
        (("x_mm = 0", "x_mm = 0\nyaw_deg = 30"), "fixture-yaw", 18),
        (('["bay"]', "[]"), "fixture-empty", 13),
        (('type = "gondola"', 'type = "table"'), "fixture-one-shelf", 19),
        (('type = "gondola"', 'type = "freezer"\nheight_mm = 900'), "fixture-one-shelf", 20),
        (('type = "gondola"', 'type = "freezer"'), "fixture-size", 13),
        (('type = "gondola"', 'type = "till"\nwidth_mm = 2000'), "fixture-planograms", 20),
        (('type = "gondola"', 'type = "till"'), "fixture-size", 13),
        (('type = "gondola"', 'type = "chiller"\ndepth_mm = 300'), "fixture-size", 16),
        (('["bay"]', '["bay"]\nback_planograms = ["bay"]\ndepth_mm = 750'), "", 0),
        (("z_mm = 0\n", "z_mm = 2300\n"), "entrance-blocked", 13),
        (("entrance_z_mm = 2500", "entrance_z_mm = 3001"), "entrance-outside", 7),
    ],
)
def test_what_is_wrong_with_a_fixture(folder, edit, rule, line):
    said = found(folder, store=[edit])
    assert (rule, "error", "store.toml", line) in said if rule else not said


ENDCAP = 'type = "endcap"\nheight_mm = 1800\ndepth_mm = 500'


def test_an_endcap_takes_one_planogram_and_no_back(folder):
    def rules(*edits):
        changed = [('type = "gondola"', ENDCAP), *edits]
        return [rule for rule, severity, *_ in found(folder, store=changed) if severity == "error"]

    assert rules() == []
    (folder / "store.toml").write_text(STORE)
    assert rules(('["bay"]', '["bay", "bay"]')) == ["fixture-planograms"]
    (folder / "store.toml").write_text(STORE)
    assert rules(('["bay"]', '["bay"]\nback_planograms = ["bay"]')) == ["fixture-back"]


def test_a_head_ends_what_the_top_shelf_may_carry(folder):
    # The header takes 300 mm of 1,800: 1,000 mm are free over the shelf at 500.
    top = ("height_mm = 500\npositions = []", 'height_mm = 500\npositions = [{ sku = "a" }]')
    tall = ("a,A,100,1,box,100,200", "a,A,100,1,box,100,1000.1")
    lower = ("height_mm = 120\npositions = [\n" + f"  {A},\n]", "height_mm = 120")
    said = found(folder, store=[('type = "gondola"', ENDCAP)], bay=[top, lower], catalog=[tall])
    assert said == [("position-too-high", "error", BAY_PATH, 9)]


def test_the_tiers_of_a_stand_share_its_depth(folder):
    stand = ('type = "gondola"', 'type = "produce"\nheight_mm = 1200\ndepth_mm = 492')
    # 400 mm for two tiers: 200 each, and three rows of 50 mm products with 3 mm between.
    assert found(folder, store=[stand], bay=[(A, '{ sku = "a", facings_deep = 3 }')]) == []
    (folder / BAY_PATH).write_text(BAY.replace(A, '{ sku = "a", facings_deep = 4 }'))
    assert [rule for rule, *_ in found(folder)] == ["position-too-deep"]
    (folder / BAY_PATH).write_text(
        BAY.replace("height_mm = 120", "height_mm = 120\ndepth_mm = 400")
    )
    assert [rule for rule, *_ in found(folder)] == ["shelf-depth"]


def test_a_till_belongs_to_no_aisle_and_takes_no_planogram(folder):
    till = ('aisle = "one"\nx_mm = 0', 'aisle = ""\nwidth_mm = 2000\ndepth_mm = 900\nx_mm = 0')
    edits = [('type = "gondola"', 'type = "till"'), ('planograms = ["bay"]\n', ""), till]
    assert found(folder, store=edits) == []


def test_zones_lie_in_the_room(folder):
    zone = """
[[zones]]
id = "fresh"
names.en = "Fresh"
x_mm = 2000
z_mm = 0
width_mm = 2000
depth_mm = 6000
"""
    (folder / "store.toml").write_text(STORE + zone)
    assert found(folder) == []
    (folder / "store.toml").write_text(STORE + zone + zone.replace("2000\nd", "2001\nd"))
    assert found(folder) == [
        ("zone-outside", "error", "store.toml", 29),
        ("id-duplicate", "error", "store.toml", 30),
    ]


def test_fixtures_in_one_another_and_ids_twice(folder):
    second = STORE.split("[[fixtures]]")[1]
    close = second.replace("z_mm = 0", "z_mm = 449")
    clear = close.replace('"run"', '"two"').replace("449", "450")
    assert found(folder, store=[("[[aisles]]", f"[[fixtures]]{close}\n[[aisles]]")]) == [
        ("fixture-overlap", "error", "store.toml", 21),
        ("fixture-unreachable", "error", "store.toml", 21),
        ("id-duplicate", "error", "store.toml", 22),
    ]
    # Nothing of it stands in the other now, but nobody gets between the two.
    assert found(folder, store=[(close, clear)]) == [
        ("fixture-unreachable", "error", "store.toml", 21),
        ("label-illegible", "note", "planograms/bay.toml", 4),
    ]


def test_warnings(folder):
    assert found(folder, bay=[(f"  {A},\n", "")]) == [("planogram-empty", "warning", BAY_PATH, 0)]
    (folder / BAY_PATH).write_text(BAY.replace(A, '{ sku = "b", facings_deep = 1 }'))
    assert found(folder) == [("product-unpriced", "warning", "catalog.csv", 3)]
    assert found(folder, catalog=[("b,B,,2", "b,B,x,2")]) == [
        ("product-unpriced", "warning", "catalog.csv", 3),
        ("catalog-price-bad", "warning", "catalog.csv", 3),
    ]


def test_a_model_file_must_be_in_the_folder(folder):
    model = ("package,width_mm", "model,width_mm"), ("1,box,100", "1,models/a.glb,100")
    assert found(folder, catalog=model) == [("model-missing", "error", "catalog.csv", 2)]
    (folder / "models").mkdir()
    (folder / "models" / "a.glb").write_bytes(b"glTF")
    (folder / "models" / "LICENSE").write_text("CC0")
    assert found(folder) == []
    assert found(folder, catalog=[("models/a.glb", "../a.glb")]) == [
        ("model-missing", "error", "catalog.csv", 2)
    ]


def test_turned_footprints_meet_where_they_meet(folder):
    product = Product("a", {"en": "A"}, "", "", "box", (100.0, 100.0, 50.0), Money(1, "KRW"))
    run = FixturePlacement("one", "gondola", "x", 0.0, 0.0, ("bay",))
    turned = msgspec.structs.replace(run, id="two", yaw_deg=90.0, x_mm=532.0 + 225.0)
    bay = Planogram("Bay", 1000.0, (Shelf(120.0, (Position("a"),)),))

    def rules(second):
        store = StoreDocument(
            1, "s", {"en": "S"}, "en-US", "KRW", "catalog.csv",
            Floor(9000.0, 9000.0, entrance_z_mm=4000.0), (Aisle("x", {"en": "X"}),), (run, second),
        )  # fmt: skip
        return [f.rule for f in check(StoreLayout("", store, {"bay": bay}, (product,)), folder)]

    assert rules(turned) == []
    assert rules(msgspec.structs.replace(turned, x_mm=turned.x_mm - 1.0)) == ["fixture-overlap"]
