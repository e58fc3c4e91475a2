import dataclasses
import itertools

import numpy as np
import pytest

from store_scenes.compile.scene import AisleLine
from tests.golden.small_scene import small_scene
from vr_client.interact.picking import PickIndex
from vr_client.interact.rays import ray_towards
from vr_client.interact.stands import EYE_M, find_stand
from vr_client.interact.walk import obstacles
from vr_client.trip.body import Body, looking
from vr_client.trip.route import Floor, skus_to_buy

ROOM = np.array([[-3.0, -3.0], [3.0, 3.0]])
WALL = np.array([[[-3.0, -0.2], [1.5, 0.2]]])  # a gap of 1.5 m on the right


def test_an_open_floor_is_crossed_straight():
    assert Floor(np.empty((0, 2, 2)), ROOM).path((-2.0, 2.0), (2.0, -2.0)) == [
        (-2.0, 2.0), (2.0, -2.0),
    ]  # fmt: skip


def test_a_way_round_a_wall_is_found_and_touches_nothing():
    floor = Floor(WALL, ROOM)
    path = floor.path((-2.0, 2.0), (-2.0, -2.0))
    assert path[0] == (-2.0, 2.0)
    assert path[-1] == (-2.0, -2.0)
    assert max(x for x, _ in path) > 1.7
    for (x0, z0), (x1, z1) in itertools.pairwise(path):
        for share in np.linspace(0, 1, 50):
            assert floor.fits((x0 + (x1 - x0) * share, z0 + (z1 - z0) * share))


def test_without_a_way_it_goes_straight_rather_than_nowhere():
    closed = np.array([[[-3.0, -0.2], [3.0, 0.2]]])
    assert Floor(closed, ROOM).path((0.0, 2.0), (0.0, -2.0)) == [(0.0, 2.0), (0.0, -2.0)]


def test_a_stand_sees_the_unit_and_fits_on_the_floor():
    scene = small_scene()
    picks = PickIndex(scene)
    floor = Floor(obstacles(picks.solids), np.array(scene.room)[:, [0, 2]])
    stand = find_stand(scene, picks, floor, "SKU-3")
    assert scene.product_of[stand.instance] == 3
    assert floor.fits(stand.spot)
    assert np.hypot(*stand.towards) == pytest.approx(1.0)
    assert stand.back(0.5)[1] - stand.spot[1] == pytest.approx(-stand.towards[1] * 0.5)


def test_what_is_on_no_shelf_has_no_stand():
    scene = small_scene()
    picks = PickIndex(scene)
    floor = Floor(obstacles(picks.solids), np.array(scene.room)[:, [0, 2]])
    assert find_stand(scene, picks, floor, "NOPE") is None
    assert find_stand(scene, picks, floor, "SKU-0") is None  # the room itself
    assert sorted(skus_to_buy(scene)) == ["SKU-2", "SKU-3", "SKU-4"]


@pytest.mark.parametrize(("x", "first"), [(-0.42, "SKU-2"), (0.45, "SKU-4")])
def test_of_what_stands_at_a_comfortable_height_the_middle_of_an_aisle_comes_first(x, first):
    line = AisleLine("a", {"en": "A"}, (x, 0.15), (x, 0.15))
    scene = dataclasses.replace(small_scene(), aisles=(line,))
    assert skus_to_buy(scene)[0] == first


@pytest.mark.parametrize(("board_x", "head_on"), [(-0.1, True), (0.1, False)])
def test_where_a_board_is_in_the_hands_way_one_stands_aside(board_x, head_on):
    """The eye sees the unit past a board on either side; the right hand only past a left one."""
    scene = small_scene()
    row = int(np.flatnonzero(scene.product_of == 3)[0])
    low, high = scene.bounds[row].astype(np.float64)
    middle = (low + high) / 2.0
    face = high[2]
    board = np.zeros(1, scene.solids.dtype)
    board["min"] = middle[0] + board_x - 0.01, middle[1] - 0.4, face
    board["max"] = middle[0] + board_x + 0.01, middle[1] + 0.6, face + 0.3
    scene = dataclasses.replace(
        scene,
        solids=np.concatenate([scene.solids, board]),
        product_of=np.where(np.arange(len(scene.product_of)) == row, 3, -1).astype(np.int32),
    )
    picks = PickIndex(scene)
    floor = Floor(np.empty((0, 2, 2)), np.array(scene.room, np.float64)[:, [0, 2]])
    stand = find_stand(scene, picks, floor, "SKU-3")
    assert stand is not None
    assert (stand.towards == pytest.approx((0.0, -1.0))) is head_on
    body = looking(Body(np.array([stand.spot[0], EYE_M, stand.spot[1]]), 0, 0, middle), middle)
    hit = picks.nearest(ray_towards(body.hand, middle))
    assert hit is not None
    assert hit.instance == row
