"""A unit's own box and place, however it stands, lies or is held."""

import numpy as np
import pytest

from tests.golden.small_scene import SHELF_Y, small_scene
from vr_client.interact.rays import ray_towards
from vr_client.interact.units import Units, around, away_from, met_at, middle_of
from vr_client.space.pose import pose, quaternion

SCENE = small_scene()
FIRST = int(np.flatnonzero(SCENE.product_of == 2)[0])
BOX = np.array([(-0.05, 0.0, -0.03), (0.05, 0.16, 0.03)])


def test_every_unit_s_box_at_home_is_the_box_that_the_scene_has_of_it():
    units = Units(SCENE)
    for row in np.flatnonzero(SCENE.product_of >= 0):
        assert units.is_one(int(row))
        box = around(units.home(int(row)), units.box(int(row)))
        assert box == pytest.approx(SCENE.bounds[row], abs=1e-6)
    assert units.box(FIRST) == pytest.approx(BOX)
    assert (units.sku(FIRST), units.product(FIRST)) == ("SKU-2", 2)


def test_walls_shelves_and_rows_that_are_none_are_no_units():
    units = Units(SCENE)
    assert [units.is_one(row) for row in (-1, 0, 1, 2, len(SCENE.product_of))] == [
        False, False, False, True, False,
    ]  # fmt: skip


def test_a_turned_unit_s_home_is_turned():
    scene = small_scene()
    scene.instances["rotation"][FIRST] = quaternion(pose((0, 0, 0), 90.0))
    home = Units(scene).home(FIRST)
    assert home[:3, :3] == pytest.approx(pose((0, 0, 0), 90.0)[:3, :3], abs=1e-3)
    assert home[:3, 3] == pytest.approx([-0.42, SHELF_Y, 0.15])


def test_distances_are_those_to_the_turned_box():
    world = pose((1.0, 1.0, 0.0), 90.0)
    assert middle_of(world, BOX) == pytest.approx([1.0, 1.08, 0.0])
    assert away_from(np.array([1.0, 1.1, 0.0]), world, BOX) == 0.0
    assert away_from(np.array([1.13, 1.1, 0.0]), world, BOX) == pytest.approx(0.10)
    assert away_from(np.array([1.0, 1.1, 0.15]), world, BOX) == pytest.approx(0.10)
    ray = ray_towards(np.array([1.0, 1.1, 1.0]), np.array([1.0, 1.1, 0.0]))
    assert met_at(ray, world, BOX) == pytest.approx(0.95)
    assert met_at(ray, pose((2.0, 1.0, 0.0)), BOX) == np.inf
    assert around(world, BOX) == pytest.approx(np.array([(0.97, 1.0, -0.05), (1.03, 1.16, 0.05)]))
