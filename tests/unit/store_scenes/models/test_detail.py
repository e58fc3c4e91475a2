"""Levels of detail: what is far away is coarser, and still there."""

import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st

from store_scenes.models.detail import CELL_SIZES_M, coarser, levels_of
from store_scenes.models.mesh import VERTEX

SHAPES = {
    "ball": lambda: trimesh.creation.icosphere(3, 0.5),
    "egg": lambda: trimesh.creation.capsule(0.5, 0.4, count=[16, 16]),
    "ring": lambda: trimesh.creation.torus(0.4, 0.1),
    "can": lambda: trimesh.creation.cylinder(0.3, 1.0, sections=40),
    "cone": lambda: trimesh.creation.cone(0.3, 1.0, sections=40),
    "tube": lambda: trimesh.creation.annulus(0.2, 0.3, 1.0),
}


def mesh(shape, size_m):
    made = SHAPES[shape]()
    vertices = np.zeros(len(made.vertices), VERTEX)
    vertices["position"] = made.vertices * size_m
    vertices["normal"] = made.vertex_normals
    vertices["colour"] = 255
    return vertices, made.faces.astype(np.uint32).reshape(-1)


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize("size_m", [0.012, 0.03, 0.08, 0.2, 0.6])
def test_no_level_loses_what_the_mesh_looks_like(shape, size_m):
    vertices, indices = mesh(shape, size_m)
    whole = np.ptp(vertices["position"], axis=0)
    levels = levels_of(vertices, indices)
    for first, count in zip(levels.first, levels.count, strict=True):
        worn = vertices["position"][levels.indices[first : first + count]]
        assert np.all(np.ptp(worn, axis=0) >= 0.69 * whole)
    assert list(levels.count) == sorted(levels.count, reverse=True)


def test_a_ball_gets_coarser_with_its_distance():
    levels = levels_of(*mesh("ball", 0.1))
    assert levels.count[0] == 3 * 1280
    assert levels.count[1] > levels.count[2] > levels.count[3] >= levels.count[4] > 0
    assert levels.count[3] < 3 * 200


@given(
    st.sampled_from(sorted(SHAPES)),
    st.floats(0.004, 2.0),
    st.sampled_from(CELL_SIZES_M),
    st.tuples(*[st.floats(0.05, 1.0)] * 3),
)
def test_whatever_its_size_something_is_left(shape, size_m, cell_m, stretch):
    vertices, indices = mesh(shape, size_m)
    vertices["position"] *= np.array(stretch, dtype=np.float32)
    left = coarser(vertices, indices, cell_m)
    assert 3 <= len(left) <= len(indices)
    assert left.max() < len(vertices)
