"""Four real catalogues through `catalog import`: nearly every row, no code taken for another."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from catalog_sync.model.facts import fault
from store_scenes.feeds.codes import holds
from store_scenes.feeds.plain_csv import read_plain_csv, write_plain_csv
from store_scenes.feeds.registry import read_feed

# rows, products, and codes: good, zeros restored, bad, damaged, none, repeated
CATALOGUES = {
    "off2019_sample": ("csv", 1531, 1531, (1528, 0, 2, 1, 0, 0)),
    "openfoodfacts_sample_fr": ("off", 1470, 1463, (70, 135, 7, 1249, 3, 1)),
    "products_named": ("csv", 1921, 1912, (1903, 0, 18, 0, 0, 9)),
    "usda_branded_foods": ("csv", 4740, 4715, (2105, 2536, 98, 0, 0, 24)),
}


@pytest.mark.realdata
@pytest.mark.parametrize("name", sorted(CATALOGUES))
def test_nearly_every_row_is_a_product(name, shared):
    kind, rows, products, codes = CATALOGUES[name]
    result = read_feed((shared / "data" / "catalog" / f"{name}.csv").read_bytes(), "USD")
    assert (result.kind, result.rows, len(result.products)) == (kind, rows, products)
    states = ("good", "zeros-restored", "bad", "damaged", "none", "repeated")
    assert tuple(result.codes.get(state, 0) for state in states) == codes
    assert len({product.sku for product in result.products}) == products
    gtins = [product.gtin for product in result.products if product.gtin]
    assert all(holds(gtin) for gtin in gtins)
    assert len({gtin.zfill(14) for gtin in gtins}) == len(gtins)
    assert not any("E+" in product.sku for product in result.products)


@pytest.mark.realdata
def test_what_real_rows_tell_of_a_food_is_told_and_reads_back(shared):
    """This sample has no nutrition; its general names are short descriptions."""
    raw = (shared / "data" / "catalog" / "openfoodfacts_sample_fr.csv").read_bytes()
    result = read_feed(raw, "EUR")
    described = [product for product in result.products if product.facts is not None]
    assert len(described) == 86
    assert not any(fault(product.told) for product in described)
    assert described[0].told.descriptions == {"en": "mixed salad leaves"}
    again = read_plain_csv(write_plain_csv(result.products), "EUR")
    assert [one.facts for one in again.products] == [one.facts for one in result.products]


@pytest.mark.realdata
def test_the_command_says_what_it_read(tmp_path, shared):
    out, report = tmp_path / "catalog.csv", tmp_path / "report.json"
    feed = shared / "data" / "catalog" / "openfoodfacts_sample_fr.csv"
    command = [str(Path(sys.executable).with_name("endcap")), "catalog", "import", str(feed)]
    done = subprocess.run(
        [*command, "--out", str(out), "--report", str(report)],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[0] == "read as Open Food Facts export (UTF-8, commas)"
    tree = json.loads(report.read_text(encoding="utf-8"))
    assert (tree["products"], tree["left_out"]) == (1463, 7)
    assert tree["rules"]["code-damaged"]["count"] == tree["codes"]["damaged"]
    again = read_plain_csv(out.read_bytes(), "KRW")
    assert (len(again.products), again.findings) == (1463, ())
