import numpy as np
import pytest

from store_scenes.models.fit import fitted
from store_scenes.models.packages import build_package
from tests.unit.store_scenes.models.test_art import product


def test_a_model_is_scaled_evenly_and_stands_at_the_middle_of_its_base():
    mesh = build_package(product("box"))
    vertices, scale = fitted(mesh.vertices, (95.0, 400.0, 400.0))
    position = vertices["position"].astype(float) * 1000
    assert np.allclose(position.min(axis=0), (-47.5, 0, -16.25), atol=0.01)
    assert np.allclose(position.max(axis=0), (47.5, 135, 16.25), atol=0.01)
    assert scale == pytest.approx(0.5)
    assert mesh.vertices["position"].max() == pytest.approx(0.27)
