"""Every model of the shared collection: loaded to its known size, or refused in one sentence."""

import json

import numpy as np
import pytest

from catalog_sync.model.failure import Failure
from store_scenes.models.gltf import load_model

pytestmark = pytest.mark.realdata

REFUSED = {
    "features/fridge-meshopt-webp.glb": "is packed with meshopt",
    "features/ketchup-instanced-24.glb": "repeats parts by GPU instancing",
    "features/ketchup-meshopt.glb": "is packed with meshopt",
    "features/ketchup-quantized.glb": "has quantised positions",
}


@pytest.fixture(scope="module")
def models(shared):
    return shared / "data" / "models"


@pytest.fixture(scope="module")
def expected(models):
    return json.loads((models / "EXPECTED.json").read_text(encoding="utf-8"))


def test_every_model_has_its_triangles_and_its_size(models, expected):
    wrong = []
    for name, known in expected.items():
        if name in REFUSED:
            continue
        mesh = load_model(models / name)
        size = np.ptp(mesh.vertices["position"].astype(float), axis=0)
        low, high = np.array(known["expect"]["bounds"])
        triangles = len(mesh.indices) // 3
        # EXPECTED.json rounds its bounds to four places.
        near = np.allclose(size, high - low, atol=3e-4)
        if triangles != known["expect"]["tris_scene_instanced"] or not near:
            wrong.append((name, triangles, size.tolist()))
        assert np.isfinite(mesh.vertices["normal"]).all(), name
        assert mesh.vertices["position"][:, 1].min() == pytest.approx(0, abs=1e-6), name
    assert wrong == []


@pytest.mark.parametrize(("name", "says"), REFUSED.items())
def test_what_cannot_be_read_yet_is_refused_in_one_sentence(models, expected, name, says):
    assert name in expected
    with pytest.raises(Failure) as caught:
        load_model(models / name)
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")


def test_draco_and_webp_give_the_same_ketchup(models):
    plain, draco, webp = (
        load_model(models / f"features/ketchup-{kind}.glb") for kind in ("plain", "draco", "webp")
    )
    assert np.allclose(
        plain.vertices["position"].min(axis=0), draco.vertices["position"].min(axis=0), atol=1e-3
    )
    assert np.abs(plain.art.astype(int) - webp.art).mean() < 3
    assert plain.art.std() > 10
