"""What `endcap check` prints and mends."""

import json

import pytest
import typer
from typer.testing import CliRunner

from store_scenes.cli import register
from store_scenes.layout.rules.registry import RULES

STORE = """schema = 1 # kept
id = "s"
names.en = "S"
locale = "en-US"
currency = "KRW"
catalog = "catalog.csv"
include = ["more.toml"]
floor = { width_mm = 6000, depth_mm = 6000, entrance_z_mm = 2500 }
aisles = [{ id = "one", names.en = "One" }]
"""
MORE = """[[fixtures]]
id = "run"
type = "gondola"
aisle = "one"
x_mm = 0
z_mm = 0
planograms = ["own"]
"""
BAY = """name = "감자칩 Bay"  # a comment stays
width_mm = 1000

[[shelves]]
height_mm = 500
positions = [
  { sku = "2000000000015", facings_wide = 3 }, # by its barcode
  { sku = 'A', x_mm = 50, facings_wide = 1 },   # by its capital letter, and inside the other
  { sku = "q" },
]
"""
OWN = 'base = "bay"\nname = "Own"\n[[shelves]]\nheight_mm = 600\n'
CATALOG = (
    "sku,gtin,name,price,stock,width_mm,height_mm,depth_mm\na,2000000000015,A,1,1,100,200,50\n"
)


@pytest.fixture
def store(tmp_path):
    files = {"store.toml": STORE, "more.toml": MORE, "planograms/bay.toml": BAY,
             "planograms/own.toml": OWN, "catalog.csv": CATALOG}  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def call(*arguments):
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def test_findings_stand_where_the_value_is_written(store):
    """A position that a planogram has from another is found in the other."""
    lines = call(store).stdout.splitlines()
    assert [line.split(": ")[0] for line in lines[:3]] == [
        "planograms/bay.toml:7:5", "planograms/bay.toml:8:5", "planograms/bay.toml:9:5",
    ]  # fmt: skip
    assert lines[3:] == [
        "3 errors, 0 warnings", "endcap check --fix mends 2 of them; --diff shows how",
    ]  # fmt: skip


def test_a_fixture_of_an_included_file_is_found_there(store):
    (store / "more.toml").write_text(MORE.replace('"gondola"', '"shelf"'))
    assert call(store).stdout.startswith("more.toml:3:1: error: run: no fixture type")


def test_a_diff_shows_and_changes_nothing(store):
    shown = call(store, "--diff").stdout
    assert '-  { sku = "2000000000015", facings_wide = 3 }, # by its barcode' in shown
    assert '+  { sku = "a", facings_wide = 3 }, # by its barcode' in shown
    assert (store / "planograms" / "bay.toml").read_text(encoding="utf-8") == BAY


def test_what_is_safe_is_mended_and_nothing_else_touched(store):
    done = call(store, "--fix")
    # The overlap shows only once the second position has its product, and is mended then.
    mended = BAY.replace('"2000000000015"', '"a"').replace("'A', x_mm = 50, ", '"a", ')
    assert (store / "planograms" / "bay.toml").read_text(encoding="utf-8") == mended
    assert (store / "store.toml").read_text() == STORE
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "1 error, 0 warnings"
    assert done.stderr.count("fixed: ") == 3


def test_json_has_places_and_what_would_be_mended(store):
    tree = json.loads(call(store, "--format", "json").stdout)
    assert [tree[key] for key in ("schema", "errors", "warnings", "notes")] == [1, 3, 0, 0]
    first = tree["findings"][0]
    assert (first["line"], first["column"]) == (7, 5)
    start = BAY.encode().index(b'"2000000000015"')
    assert first["repair"] == {
        "path": "planograms/bay.toml", "start": start, "end": start + 15, "text": '"a"',
    }  # fmt: skip


def test_sarif_is_valid_and_points_at_what_it_means(store, sarif_schema):
    tree = json.loads(call(store, "--format", "sarif").stdout)
    sarif_schema.validate(tree)
    (run,) = tree["runs"]
    results = run["results"]
    assert [one["ruleId"] for one in results] == [
        "product-by-code",
        "product-by-code",
        "product-unknown",
    ]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "planograms/bay.toml"
    assert place["region"] == {"startLine": 7, "startColumn": 5}
    change = results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["deletedRegion"] == {
        "startLine": 7, "startColumn": 11, "endLine": 7, "endColumn": 26,
    }  # fmt: skip
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert rules == {one["ruleId"] for one in results}


def test_a_sound_store_is_valid_sarif_too(store, sarif_schema):
    (store / "planograms" / "bay.toml").write_text(
        BAY.replace("2000000000015", "a").split("  { sku = 'A'")[0] + "]\n"
    )
    done = call(store, "--format", "sarif")
    assert done.exit_code == 0
    sarif_schema.validate(json.loads(done.stdout))


def test_the_rules_are_listed():
    lines = call("--rules").stdout.splitlines()
    assert len(lines) == len(RULES)
    assert [line.split()[0] for line in lines] == list(RULES)


def test_without_a_store_it_says_what_to_name():
    assert "name the store folder" in str(call().exception)
