import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from catalog_sync.model.failure import Failure
from store_scenes.cli import register
from store_scenes.demo import demo_store

FEED = "gtin,name,category\n00877448001674,Marinara Sauce,Sauces\n12,Chips,Snacks\n"


@pytest.fixture
def app():
    made = typer.Typer()
    register(made)
    return made


def call(app, *arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def broken_store(folder: Path) -> Path:
    (folder / "planograms").mkdir(parents=True)
    (folder / "catalog.csv").write_text("sku,name,price,stock\na,A,100,1\n")
    (folder / "planograms" / "top.toml").write_text(
        'name = "Top"\nwidth_mm = 500\n[[shelves]]\nheight_mm = 800\n'
        'positions = [\n  { sku = "a" },\n  { sku = "zz" },\n]\n'
    )
    (folder / "store.toml").write_text(
        'schema = 1\nid = "x"\nnames.en = "X"\nlocale = "en-US"\ncurrency = "USD"\n'
        'catalog = "catalog.csv"\n'
        "floor = { width_mm = 4000, depth_mm = 4000, entrance_z_mm = 1500 }\n"
        '[[aisles]]\nid = "one"\nnames.en = "One"\n'
        '[[fixtures]]\nid = "t"\ntype = "table"\naisle = "one"\nx_mm = 0\nz_mm = 0\n'
        'planograms = ["top"]\n'
    )
    return folder


def test_check_of_a_sound_store_ends_with_0(app):
    done = call(app, "check", demo_store())
    assert (done.exit_code, done.output) == (0, "0 errors, 0 warnings\n")


def test_check_names_file_line_and_fix_and_ends_with_1(app, tmp_path):
    done = call(app, "check", broken_store(tmp_path / "s"))
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        (
            "planograms/top.toml:7:5: error: no product of the catalogue has the sku 'zz'; "
            "add it to the catalogue or name another [product-unknown]"
        ),
        "1 error, 0 warnings",
    ]


def test_check_as_json(app, tmp_path):
    done = call(app, "check", broken_store(tmp_path / "s"), "--format", "json")
    assert done.exit_code == 1
    tree = json.loads(done.output)
    assert (tree["schema"], tree["errors"], tree["warnings"]) == (1, 1, 0)
    assert tree["findings"][0] == {
        "rule": "product-unknown",
        "severity": "error",
        "path": "planograms/top.toml",
        "line": 7,
        "column": 5,
        "repair": None,
        "sentence": "no product of the catalogue has the sku 'zz'",
        "fix": "add it to the catalogue or name another",
    }


def test_check_of_no_store_is_a_failure(app, tmp_path):
    done = call(app, "check", tmp_path)
    assert isinstance(done.exception, Failure)


def test_import_writes_a_catalogue_and_a_report(app, tmp_path):
    (tmp_path / "feed.csv").write_text(FEED)
    (tmp_path / "prices.csv").write_text("gtin,price\n877448001674,3.99\n")
    (tmp_path / "sizes.csv").write_text("gtin,width,height,depth\n00877448001674,80,150.5,80\n")
    done = call(
        app, "catalog", "import", tmp_path / "feed.csv", "--out", tmp_path / "catalog.csv",
        "--currency", "USD", "--prices", tmp_path / "prices.csv",
        "--dimensions", tmp_path / "sizes.csv", "--report", tmp_path / "report.json",
    )  # fmt: skip
    assert done.exit_code == 0, done.exception
    read, imported, *_ = done.output.splitlines()
    assert read == "read as plain CSV (UTF-8, commas)"
    assert imported.startswith("2 products of 2 rows into ")
    assert (tmp_path / "catalog.csv").read_text(encoding="utf-8").splitlines() == [
        (
            "sku,gtin,name_en,brand,category,package,price,was_price,price_sample,stock,"
            "width_mm,height_mm,depth_mm,dimensions_estimated,size,weight_g,model,colour"
        ),
        "00877448001674,00877448001674,Marinara Sauce,,Sauces,bottle,3.99,,,100,80,150.5,80,,,,,",
        "12,,Chips,,Snacks,bag,,,,100,200,290,80,yes,,,,",
    ]
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["products"], report["unpriced"], report["dimensions_estimated"]) == (2, 1, 1)
    assert [f["rule"] for f in report["findings"]] == ["stock-assumed", "gtin-bad"]
    assert (report["format"], report["rows"], report["codes"]["bad"]) == ("csv", 2, 1)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("feed.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "feed.csv: this is a picture (PNG)"),
        ("feed.csv", b"name,price\nTea,5\n", "feed.csv: no column is named sku, id, gtin"),
        ("feed.csv", b"sku,name\n,\n", "not one row could be read as a product"),
        ("prices.csv", b"gtin,price\n1,x\n", "prices.csv: line 2: 'x' is not an amount of money"),
        ("prices.csv", b"gtin,cost\n1,1\n", "prices.csv: a price file needs the columns"),
        ("sizes.csv", b"gtin,width,height,depth\n1,0,1,1\n", "sizes.csv: line 2: width '0' is no"),
        ("sizes.csv", b"gtin,width,height,depth\n,1,1,1\n", "sizes.csv: line 2: no gtin and no"),
    ],
)
def test_a_bad_file_leaves_no_catalogue(app, tmp_path, name, text, says):
    (tmp_path / "feed.csv").write_text(FEED)
    (tmp_path / "prices.csv").write_text("gtin,price\n")
    (tmp_path / "sizes.csv").write_text("gtin,width,height,depth\n")
    (tmp_path / name).write_bytes(text)
    before = sorted(tmp_path.iterdir())
    done = call(
        app, "catalog", "import", tmp_path / "feed.csv", "--out", tmp_path / "catalog.csv",
        "--prices", tmp_path / "prices.csv", "--dimensions", tmp_path / "sizes.csv",
    )  # fmt: skip
    assert isinstance(done.exception, Failure)
    assert says in str(done.exception)
    assert sorted(tmp_path.iterdir()) == before


def test_an_unknown_format_currency_and_folder(app, tmp_path):
    (tmp_path / "feed.csv").write_text(FEED)
    start = ("catalog", "import", tmp_path / "feed.csv", "--out")
    unknown = call(app, *start, tmp_path / "c.csv", "--as", "xls")
    assert str(unknown.exception).endswith(
        "'xls' is no feed format that Endcap reads; "
        "it reads: csv, google, google-xml, json-ld, off, shopify"
    )
    assert "--currency" in str(call(app, *start, tmp_path / "c.csv", "--currency", "won").exception)
    assert "cannot be written" in str(call(app, *start, tmp_path / "no" / "c.csv").exception)
