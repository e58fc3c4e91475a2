"""Two planogram files in the trade's own format: counted, and written back as they were."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from store_scenes.layout.load import load_store

ENDCAP = str(Path(sys.executable).with_name("endcap"))


def endcap(*arguments):
    return subprocess.run(
        [ENDCAP, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=True
    )


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["snacks_bay.psa", "two_bays.psa"])
def test_a_real_file_is_counted_and_comes_out_byte_for_byte(name, shared, tmp_path):
    source = shared / "data" / "planogram" / name
    expected = json.loads(source.with_name("EXPECT.json").read_text())[name]
    store, report = tmp_path / "store", tmp_path / "report.json"
    endcap("planogram", "import", source, "--out", store, "--report", report)
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["products"] == expected["products"]
    mm = 25.4
    layout = load_store(store)
    for want, got in zip(expected["planograms"], told["planograms"], strict=True):
        assert [got[key] for key in ("name", "fixtures", "positions", "facings")] == [
            want[key] for key in ("name", "fixtures", "positions", "facings")
        ]
        planogram = layout.planograms[got["key"]]
        sizes = (planogram.width_mm, planogram.height_mm, planogram.depth_mm)
        assert sizes == pytest.approx([want[key] * mm for key in "whd"])
    endcap("planogram", "export", store, "--to", "psa", "-o", tmp_path / "out.psa")
    assert (tmp_path / "out.psa").read_bytes() == source.read_bytes()


@pytest.mark.realdata
def test_a_second_file_is_added_to_a_store(shared, tmp_path):
    store = tmp_path / "store"
    folder = shared / "data" / "planogram"
    endcap("planogram", "import", folder / "snacks_bay.psa", "--out", store)
    done = endcap("planogram", "import", folder / "two_bays.psa", "--out", store)
    assert "next: name them on a fixture" in done.stdout
    assert len(list((store / "planograms").glob("*.toml"))) == 3
    assert len((store / "catalog.csv").read_text(encoding="utf-8").splitlines()) == 61
    again = subprocess.run(
        [ENDCAP, "planogram", "import", str(folder / "two_bays.psa"), "--out", str(store)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
