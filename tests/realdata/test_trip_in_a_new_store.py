"""What `endcap new` makes of an outside catalogue can be shopped in, from the door to the bill."""

import subprocess
import sys
from pathlib import Path

import pytest
from trip_expectations import expect_whole_trip, read_qr, run_demo

ENDCAP = Path(sys.executable).with_name("endcap")


def shop_in(catalogue, shared, tmp_path):
    feed = shared / "data" / "catalog" / f"{catalogue}.csv"
    made = subprocess.run(
        [ENDCAP, "new", tmp_path / "shop", "--catalog", feed, "--sample-prices"],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")
    done = run_demo(tmp_path / "out", "--store", tmp_path / "shop", "--no-film")
    assert done.returncode == 0, done.stderr
    database = tmp_path / "shop" / ".endcap" / "shop.sqlite"
    found = expect_whole_trip(tmp_path / "out", database, filmed=False)
    assert "/pay/" in read_qr(tmp_path / "out", found)


@pytest.mark.gl
@pytest.mark.realdata
def test_a_shop_with_names_in_many_scripts(shared, tmp_path):
    shop_in("off2019_sample", shared, tmp_path)


@pytest.mark.gl
@pytest.mark.realdata
@pytest.mark.soak
@pytest.mark.parametrize(
    "catalogue", ["openfoodfacts_sample_fr", "products_named", "usda_branded_foods"]
)
def test_the_larger_catalogues(catalogue, shared, tmp_path):
    shop_in(catalogue, shared, tmp_path)
