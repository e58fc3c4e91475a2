"""Levels of detail of grids: what matters stays, and neighbours stay joined."""

import itertools

import numpy as np
import pytest

from store_scenes.models.bevel import bevelled_box
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.lathe import Stretch, turn
from store_scenes.models.panel import wrap_panels
from store_scenes.models.thinning import LOST_M, thinned

PLAIN = Finish((200, 60, 40))
RED = Finish((255, 0, 0))


def levels(builder):
    made = builder.finish()
    lists = thinned(made.vertices, made.indices, made.patches)
    return made.vertices, [
        lists.indices[first : first + count]
        for first, count in zip(lists.first, lists.count, strict=True)
    ]


def sheet(rise, columns=17, rows=9, side=0.2):
    """A square with a height at each of its places."""
    x, z = np.meshgrid(np.linspace(0, side, columns), np.linspace(0, side, rows))
    return np.stack([x, rise(x, z), z], -1)


UP = (0.0, 1.0, 0.0)


def test_a_flat_sheet_needs_two_triangles():
    builder = MeshBuilder()
    builder.grid(sheet(lambda x, _z: 0 * x), PLAIN)
    vertices, (fine, *coarse) = levels(builder)
    assert len(fine) == 3 * 2 * 16 * 8
    for one in coarse:
        assert len(one) == 3 * 2
        assert np.array_equal(np.ptp(vertices["position"][one], axis=0), np.float32([0.2, 0, 0.2]))


@pytest.mark.parametrize("high_m", [0.0005, 0.0015, 0.004, 0.007, 0.02])
def test_a_fold_stays_while_it_is_higher_than_what_may_be_lost(high_m):
    builder = MeshBuilder()
    fold = sheet(lambda x, _z: np.where(np.isclose(x, 0.1), high_m, 0.0))
    builder.grid(fold, PLAIN, normals=np.broadcast_to(UP, fold.shape))
    vertices, (_fine, *coarse) = levels(builder)
    # The sheet is slim there, so that the fold counts for more; it is never counted for less.
    for lost_m, one in zip(LOST_M, coarse, strict=True):
        if high_m > lost_m:
            assert vertices["position"][one][:, 1].max() == np.float32(high_m)


def test_a_print_that_runs_unevenly_keeps_the_columns_that_it_turns_at():
    flat = sheet(lambda x, _z: 0 * x)
    down = np.linspace(0, 1, 9)[:, None]
    across = np.linspace(0, 1, 17)[None]
    for bent, columns in (
        (across, 2),
        (np.where(across < 0.5, 0.4 * across, 1.6 * across - 0.6), 3),
    ):
        builder = MeshBuilder()
        uv = np.stack(np.broadcast_arrays(bent, down), -1)
        builder.grid(flat, PLAIN, uv=uv)
        _, (_fine, *coarse) = levels(builder)
        assert [len(one) for one in coarse] == [3 * 2 * (columns - 1)] * 4


def test_a_step_of_colour_stays_until_only_the_outline_counts():
    builder = MeshBuilder()
    flat = sheet(lambda x, _z: 0 * x)
    builder.grid(flat[:5], PLAIN)
    builder.grid(flat[4:], Finish((20, 60, 200)))
    vertices, (_fine, *coarse) = levels(builder)
    assert [len(one) for one in coarse] == [3 * 4] * 3 + [3 * 2]
    assert len(np.unique(vertices["colour"][coarse[0]], axis=0)) == 2


def test_what_is_turned_is_thinned_alike_from_top_to_foot():
    builder = MeshBuilder()
    front, back = wrap_panels(0.2, 60.0, 0.5)
    outline = (
        Stretch(((0.0, 0.1), (0.9, 0.1), (1.0, 0.095)), RED),
        Stretch(((1.0, 0.095), (1.0, 0.02)), PLAIN, (front, back)),
        Stretch(((1.0, 0.02), (0.9, 0.0), (0.0, 0.0)), RED),
    )
    turn(builder, outline, 0.032, 0.032)
    vertices, all_levels = levels(builder)
    around = []
    for one in all_levels:
        points = vertices["position"][one]
        turns = np.round(np.degrees(np.arctan2(points[:, 0], points[:, 2])), 3) % 360
        wide = np.hypot(points[:, 0], points[:, 2]) > 0.0319
        upper = set(turns[wide & (points[:, 1] > 0.09)])
        assert upper == set(turns[wide & (points[:, 1] < 0.03)])
        around.append(upper)
    assert [len(one) for one in around] == sorted((len(one) for one in around), reverse=True)
    assert len(around[0]) == 32
    assert 4 <= len(around[-1]) <= 6
    for fine, coarse in itertools.pairwise(around):
        assert coarse <= fine


def test_a_thin_stalk_never_becomes_a_sheet():
    builder = MeshBuilder()
    turn(builder, (Stretch(((0.0, 0.3), (1.0, 0.3), (1.0, 0.0), (0.0, 0.0)), PLAIN),), 0.002, 0.002)
    vertices, all_levels = levels(builder)
    for one in all_levels:
        points = np.unique(np.round(vertices["position"][one], 6), axis=0)
        rim = points[np.hypot(points[:, 0], points[:, 2]) > 0.001]
        assert len(np.unique(rim[:, [0, 2]], axis=0)) >= 3


@pytest.mark.parametrize(
    ("bevel_m", "counts"), [(0.0016, [44, 44, 44, 12, 12]), (0.0004, [44] + [12] * 4)]
)
def test_a_box_loses_its_bevels_and_keeps_its_corners(bevel_m, counts):
    builder = MeshBuilder()
    bevelled_box(builder, (-0.1, 0.0, -0.05), (0.1, 0.3, 0.05), bevel_m, PLAIN, {})
    vertices, all_levels = levels(builder)
    assert [len(one) // 3 for one in all_levels] == counts
    for one in all_levels:
        points = vertices["position"][one]
        assert np.allclose(points.min(axis=0), (-0.1, 0.0, -0.05))
        assert np.allclose(points.max(axis=0), (0.1, 0.3, 0.05))
    sharp = np.unique(vertices["position"][all_levels[-1]], axis=0)
    assert len(sharp) == 8
