"""Each catalogue of the outside data becomes a store by two commands; at least 95 % is placed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from store_scenes.layout.load import load_store
from store_scenes.layout.measures import MEASURES

ENDCAP = Path(sys.executable).with_name("endcap")

CATALOGUES = {
    "products_named": ("en-US", {"cheese", "sauces", "snacks"}),
    "usda_branded_foods": ("en-US", {"cheese", "frozen", "nuts", "sweets"}),
    "openfoodfacts_sample_fr": ("fr-FR", {"produce", "water-soda", "canned", "pickles"}),
    "off2019_sample": ("fr-FR", {"meat-fish", "cheese", "bakery", "produce"}),
}


def endcap(*arguments, folder):
    done = subprocess.run(
        [ENDCAP, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.realdata
@pytest.mark.parametrize("name", CATALOGUES)
def test_a_catalogue_becomes_a_store(tmp_path, shared, name):
    feed = shared / "data" / "catalog" / f"{name}.csv"
    endcap("catalog", "import", feed, "--out", "c.csv", folder=tmp_path)
    said = endcap(
        "new", "shop", "--catalog", "c.csv", "--sample-prices", "--report", "r.json",
        folder=tmp_path,
    )  # fmt: skip
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["placed"] >= 0.95 * report["products"]
    assert report["placed"] + len(report["unplaced"]) == report["products"]
    assert all(one["reason"] for one in report["unplaced"])
    assert f"{report['placed']} of {report['products']} products placed" in said
    assert "0 errors" in endcap("check", "shop", folder=tmp_path)
    locale, departments = CATALOGUES[name]
    layout = load_store(tmp_path / "shop")
    assert layout.store.locale == locale
    assert {one for one, count in report["departments"].items() if count >= 50} >= departments
    assert {one.type for one in layout.store.fixtures} >= {"gondola", "chiller", "endcap", "till"}
    assert all(one.type in MEASURES for one in layout.store.fixtures)


@pytest.mark.realdata
def test_a_feed_needs_no_import_first(tmp_path, shared):
    feed = shared / "data" / "catalog" / "usda_branded_foods.csv"
    endcap("new", "direct", "--catalog", feed, folder=tmp_path)
    endcap("catalog", "import", feed, "--out", "c.csv", "--currency", "USD", folder=tmp_path)
    endcap("new", "imported", "--catalog", "c.csv", folder=tmp_path)
    one, two = (load_store(tmp_path / name) for name in ("direct", "imported"))
    assert one.planograms == two.planograms
    assert one.store.fixtures == two.store.fixtures
    assert all(product.price is None for product in one.products)
