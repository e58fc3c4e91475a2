"""The same scene must give the same picture: bit for bit on one Mesa, nearly so on another.

After a change of look that is meant: `python tests/golden/draw_small_scene.py --keep`, then look
at the pictures before committing them.
"""

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.gl

HERE = Path(__file__).resolve().parent
PICTURES = HERE / "pictures"

# A code may differ by 3 before a pixel counts as off: llvmpipe rounds by the CPU's vector width.
CODES_OFF = 3
SHARE_ON_THE_SAME_MESA = 0.002
SHARE_ON_ANOTHER = 0.01


def drawn(folder, shift=0.0):
    out = folder / f"{shift}-{len(list(folder.iterdir()))}.npz"
    subprocess.run(
        [sys.executable, str(HERE / "draw_small_scene.py"), str(out), str(shift)],
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
        timeout=120,
        check=True,
    )
    with np.load(out) as archive:
        return archive["left"], archive["right"], json.loads(str(archive["where"]))


def kept():
    return [np.asarray(Image.open(PICTURES / f"small-{side}.png")) for side in ("left", "right")]


def share_off(picture, other):
    return float((np.abs(picture.astype(int) - other) > CODES_OFF).any(axis=2).mean())


@pytest.fixture(scope="module")
def now(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("golden"))


@pytest.fixture(scope="module")
def bound(now):
    recorded = json.loads((PICTURES / "recorded.json").read_text(encoding="utf-8"))
    if now[2]["mesa"] == recorded["mesa"]:
        return SHARE_ON_THE_SAME_MESA
    warnings.warn(
        f"drawn with {now[2]}, recorded with {recorded}: {SHARE_ON_ANOTHER:.0%} may be off",
        stacklevel=2,
    )
    return SHARE_ON_ANOTHER


@pytest.mark.parametrize("eye", [0, 1])
def test_each_eye_looks_as_recorded(now, bound, eye):
    off = share_off(now[eye], kept()[eye])
    assert off <= bound, f"{off:.2%} of the pixels differ from pictures/"


def test_goods_shifted_by_four_millimetres_are_noticed(bound, tmp_path):
    shifted = drawn(tmp_path, shift=0.004)
    for eye in (0, 1):
        assert share_off(shifted[eye], kept()[eye]) > SHARE_ON_ANOTHER


def test_swapped_eyes_and_upside_down_pictures_are_noticed(now):
    left, right = kept()
    assert share_off(now[0], right) > SHARE_ON_ANOTHER
    assert share_off(now[0][::-1], left) > SHARE_ON_ANOTHER


def test_two_processes_draw_the_same_bits(now, tmp_path):
    again = drawn(tmp_path)
    assert (again[0] == now[0]).all()
    assert (again[1] == now[1]).all()
