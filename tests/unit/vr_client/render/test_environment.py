import dataclasses

import numpy as np
import pytest

from vr_client.render import environment, floor_light


def test_solid_angles_cover_the_sphere_and_directions_are_units():
    directions, angles = environment._sphere(32)
    assert angles.sum() == pytest.approx(4 * np.pi)
    assert np.linalg.norm(directions, axis=1) == pytest.approx(1.0)
    assert (directions * angles[:, None]).sum(axis=0) == pytest.approx([0, 0, 0], abs=1e-9)


def test_even_light_leaves_a_matt_surface_unchanged_whichever_way_it_faces():
    directions, angles = environment._sphere(48)
    sums = environment.harmonics(np.full((len(directions), 3), 0.7), directions, angles)
    assert sums[0] == pytest.approx(0.7, rel=1e-3)
    assert np.abs(sums[1:]).max() < 1e-3


def test_the_map_folds_and_unfolds():
    # The GLSL of room.glsl, in numpy.
    d = environment.octahedral_directions(16)
    p = d / np.abs(d).sum(axis=1, keepdims=True)
    sign = np.where(p[:, [0, 2]] >= 0, 1, -1)
    folded = np.where(p[:, 1:2] >= 0, p[:, [0, 2]], (1 - np.abs(p[:, [2, 0]])) * sign)
    line = np.linspace(-1, 1, 16)
    z, x = np.meshgrid(line, line, indexing="ij")
    # On the border the lower half's seam, either side is the same direction.
    inner = (np.abs(x) < 1) & (np.abs(z) < 1)
    grid = np.stack([x, z], axis=-1)
    assert folded.reshape(16, 16, 2)[inner] == pytest.approx(grid[inner], abs=1e-9)


def test_a_look_straight_up_meets_a_panel_only_where_one_is(store):
    scene = store.small_scene()
    low, high = (np.array(c) for c in scene.room)
    origin = np.array([1.0, 1.5, 0.0])
    up, down = np.array([[0, 1.0, 0]]), np.array([[0, -1.0, 0]])
    room = (low, high)
    lamp = environment.room_radiance(origin, up, room, scene.ceiling)[0, 1]
    ceiling = environment.room_radiance(np.array([0, 1.5, 0.0]), up, room, scene.ceiling)[0, 1]
    floor = environment.room_radiance(origin, down, room, scene.ceiling)[0, 1]
    assert lamp > 5 * ceiling > 5 * floor


def test_upright_white_paper_reaches_its_level_in_any_room(store):
    for ceiling in (store.small_scene().ceiling, store.small_scene().ceiling[:0]):
        scene = dataclasses.replace(store.small_scene(), ceiling=ceiling)
        light = environment.gather(scene)
        assert environment._upright(light.irradiance.astype(float)) == pytest.approx(
            environment.UPRIGHT_WHITE, rel=1e-4
        )
        assert np.isfinite(light.reflections).all()
        assert light.reflections.min() > 0


def test_rougher_reflections_are_smoother(store):
    levels = environment.gather(store.small_scene()).reflections[..., 1]
    contrast = [float(level.std()) for level in levels]
    assert contrast == sorted(contrast, reverse=True)


def test_the_floor_is_darkest_under_what_stands_and_open_far_from_it(store):
    light = floor_light.bake(store.small_scene())
    middle, n = floor_light.SIZE // 2, floor_light.SIZE
    assert light.shape == (n, n)
    assert light[middle, middle] == pytest.approx(0.34, abs=0.01)
    assert light[4, 4] == pytest.approx(1.0, abs=0.01)
    beside = light[middle, middle + int(0.64 / 4 * n)]
    assert 0.34 < beside < 0.95
