"""Every model of the shared collection has the triangles and bounds that it is known to have."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from store_scenes.models.gltf import load_model
from store_scenes.models.inspect import inspect_model

pytestmark = pytest.mark.realdata

ENDCAP = str(Path(sys.executable).with_name("endcap"))

INSTANCED = "features/ketchup-instanced-24.glb"
"""Its expected bounds are those of one instance; the same 24 stand in the file below."""

SHARED = "features/ketchup-shared-24.glb"


@pytest.fixture(scope="module")
def models(shared):
    return shared / "data" / "models"


@pytest.fixture(scope="module")
def expected(models):
    return json.loads((models / "EXPECTED.json").read_text(encoding="utf-8"))


def test_every_model_has_its_triangles_and_its_bounds(models, expected):
    wrong = []
    for name, known in expected.items():
        report = inspect_model(models / name)
        told = expected[SHARED if name == INSTANCED else name]["expect"]
        low, high = np.array(told["bounds"])
        off = np.abs(np.array(report.bounds_m) - (low, high)).max() / (high - low).max()
        found = (report.triangles, report.triangles_stored, report.materials)
        want = tuple(known["expect"][key] for key in ("tris_scene_instanced", "tris", "materials"))
        if found != want or off > 0.01:
            wrong.append((name, found, want, off))
        assert len(report.animations) == known["expect"]["animations"]
    assert (wrong, len(expected)) == ([], 229)


def test_every_model_stands_on_its_base_with_normals(models, expected):
    for name in expected:
        mesh = load_model(models / name)
        assert np.isfinite(mesh.vertices["normal"]).all(), name
        assert mesh.vertices["position"][:, 1].min() == pytest.approx(0, abs=1e-6), name


def test_the_command_says_the_same(models, expected):
    done = subprocess.run(
        [ENDCAP, "model", "inspect", str(models / INSTANCED), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    tree = json.loads(done.stdout)
    assert (tree["triangles"], tree["triangles_stored"]) == (4032, 168)
    assert tree["extensions"] == ["EXT_mesh_gpu_instancing"]


@pytest.mark.parametrize("kind", ["draco", "meshopt", "quantized", "webp"])
def test_every_packing_gives_the_same_ketchup(models, kind):
    plain = load_model(models / "features/ketchup-plain.glb")
    packed = load_model(models / f"features/ketchup-{kind}.glb")
    assert len(packed.indices) == len(plain.indices)
    for one, other in ((packed, plain),):
        corners = [np.sort(m.vertices["position"][m.indices], axis=0) for m in (one, other)]
        assert np.allclose(*corners, atol=2e-3)
    shown = [m.art[..., :3].astype(int) for m in (packed, plain)]
    assert np.abs(shown[0] - shown[1]).mean() < 3
