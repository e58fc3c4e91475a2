import pytest

from catalog_sync.model.failure import Failure
from store_scenes.layout.load import load_store

STORE = """schema = 1
id = "s"
names.en = "S"
locale = "en-US"
currency = "KRW"
catalog = "catalog.csv"
include = ["aisles/*.toml"]
floor = { width_mm = 8000, depth_mm = 8000 }
aisles = [{ id = "one", names.en = "One" }]
[[fixtures]]
id = "f1"
type = "gondola"
aisle = "one"
x_mm = 0
z_mm = 0
planograms = ["bay"]
"""
TWO = """aisles = [{ id = "two", names.en = "Two" }]
zones = [{ id = "z", names = {}, x_mm = 0, z_mm = 0, width_mm = 500, depth_mm = 500 }]
[[fixtures]]
id = "f2"
type = "gondola"
aisle = "two"
x_mm = 0
z_mm = 2000
planograms = ["own"]
"""
BAY = """name = "Bay"
width_mm = 1000
[[shelves]]
height_mm = 200
depth_mm = 300
positions = [{ sku = "a", facings_wide = 3 }, { sku = "b" }]
[[shelves]]
height_mm = 600
"""
OWN = """base = "bay"
name = "Own"
replace = { b = "a" }
[[shelves]]
height_mm = 250
"""


@pytest.fixture
def store(tmp_path):
    for name, text in {
        "store.toml": STORE, "aisles/two.toml": TWO, "planograms/bay.toml": BAY,
        "planograms/own.toml": OWN,
        "catalog.csv": "sku,name,price,width_mm,height_mm,depth_mm\na,A,100,1,2,3\nb,B,200,1,2,3\n",
    }.items():  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_included_files_add_their_aisles_fixtures_and_zones(store):
    layout = load_store(store)
    assert [aisle.id for aisle in layout.store.aisles] == ["one", "two"]
    assert [fixture.id for fixture in layout.store.fixtures] == ["f1", "f2"]
    assert [zone.id for zone in layout.store.zones] == ["z"]


def test_a_bay_built_on_another_keeps_what_it_does_not_say(store):
    own = load_store(store).planograms["own"]
    assert (own.name, own.width_mm, len(own.shelves)) == ("Own", 1000.0, 2)
    first, second = own.shelves
    assert (first.height_mm, first.depth_mm, second.height_mm) == (250.0, 300.0, 600.0)
    assert [(p.sku, p.facings_wide) for p in first.positions] == [("a", 3), ("a", 1)]


def test_the_base_is_not_changed_by_what_builds_on_it(store):
    bay = load_store(store).planograms["bay"]
    assert [p.sku for p in bay.shelves[0].positions] == ["a", "b"]
    assert bay.shelves[0].height_mm == 200.0


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("planograms/bay.toml", 'base = "own"\n' + BAY, "never in a circle"),
        ("planograms/own.toml", 'base = "gone"\nname = "O"', "there is no planograms/gone.toml"),
        ("planograms/own.toml", 'base = 3\nname = "O"', "must name another planogram"),
        ("planograms/own.toml", 'base = "../x"\nname = "O"', "leads out of the store folder"),
        ("planograms/own.toml", OWN + "replace2 = 1", "unknown field"),
        ("planograms/own.toml", OWN.replace('{ b = "a" }', "{ b = 1 }"), "a table of SKUs"),
        ("store.toml", STORE.replace("aisles/*.toml", "../*.toml"), "leads out of the store"),
        ("store.toml", STORE.replace("aisles/*.toml", "aisles/gone.toml"), "does not exist"),
        ("aisles/two.toml", TWO + "name = 1", "two.toml"),
    ],
)
def test_what_cannot_be_composed_is_one_sentence(store, name, text, sentence):
    (store / name).write_text(text)
    with pytest.raises(Failure, match=sentence):
        load_store(store)
