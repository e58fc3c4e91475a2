"""The store from above, and going to a place in it."""

import numpy as np
import pytest

from tests.golden.small_scene import small_scene
from vr_client.frame_packet import EyeView
from vr_client.headset.backend import FrameInfo
from vr_client.interact.floor_plan import merged, pins_of, plan_of
from vr_client.interact.journey import CLOSE_S, OPEN_S, Journey
from vr_client.interact.picking import PickIndex
from vr_client.interact.rig import Rig
from vr_client.interact.stands import find_stand, nearby
from vr_client.interact.walk import is_free, nearest_free, obstacles
from vr_client.space.pose import pose

ROOM = (-2.0, -1.0, 2.0, 1.0)
WIDE = np.array([[-9.0, -9.0], [9.0, 9.0]])
SHELF = np.array([[[-1.0, -1.0], [1.0, 1.0]]])


def test_a_fixture_of_many_boards_is_one_block():
    boards = np.array([(-1.0, -0.5, -0.95, 0.0), (-1.0, -0.5, 1.0, 0.0), (0.95, -0.5, 1.0, 0.0)])
    (block,) = merged(boards, ROOM)
    assert block == pytest.approx((-1.0, -0.5, 1.0, 0.0))


def test_blocks_cover_an_l_without_overlapping():
    boxes = np.array([(-1.0, -0.5, 1.0, 0.0), (-1.0, 0.0, -0.5, 0.5)])
    blocks = merged(boxes, ROOM)
    assert sum((x1 - x0) * (z1 - z0) for x0, z0, x1, z1 in blocks) == pytest.approx(1.25)
    assert len(blocks) == 2


def test_what_stands_outside_or_nowhere_is_no_block():
    assert merged(np.array([(3.0, 3.0, 4.0, 4.0)]), ROOM) == ()
    assert merged(np.empty((0, 4)), ROOM) == ()


def test_the_plan_of_a_scene_has_its_room_its_shelf_and_its_door():
    scene = small_scene()
    plan = plan_of(scene)
    assert plan.room == tuple(scene.room[end][axis] for end in (0, 1) for axis in (0, 2))
    assert plan.blocks
    assert plan.entrance == scene.entrance[:2]
    for x0, z0, x1, z1 in plan.blocks:
        assert plan.room[0] <= x0 < x1 <= plan.room[2]
        assert plan.room[1] <= z0 < z1 <= plan.room[3]
        assert (x1 - x0) * (z1 - z0) < 0.5 * plan.size_m[0] * plan.size_m[1]


def test_pins_are_places_and_not_units():
    scene = small_scene()
    sku = next(s for n, s in enumerate(scene.skus) if (scene.product_of == n).any())
    (pins, nowhere) = pins_of(scene, (sku, "NOPE"))
    assert nowhere == ()
    rows = np.flatnonzero(scene.product_of == scene.skus.index(sku))
    assert 1 <= len(pins) <= len(rows)
    middles = scene.bounds[rows][:, :, [0, 2]].mean(axis=1)
    for pin in pins:
        assert np.hypot(*(middles - pin).T).min() < 0.8


def test_who_is_sent_onto_a_shelf_stands_beside_it():
    assert nearest_free((4.0, 4.0), SHELF, WIDE) == (4.0, 4.0)
    beside = nearest_free((0.9, 0.2), SHELF, WIDE)
    assert is_free(beside, SHELF, WIDE, 0.25)
    assert beside == pytest.approx((1.3, 0.2))


def test_who_is_sent_outside_stays_in_the_room_and_nowhere_free_is_nowhere():
    assert nearest_free((50.0, 0.0), np.empty((0, 2, 2)), WIDE) == pytest.approx((8.75, 0.0))
    full = np.array([[[-9.0, -9.0], [9.0, 9.0]]])
    assert nearest_free((1.0, 2.0), full, WIDE) == (1.0, 2.0)


@pytest.mark.parametrize("yaw", [None, 0.0, 90.0, -135.0])
def test_the_head_is_brought_over_the_spot_wherever_it_is_in_play_space(yaw):
    head = pose((0.4, 1.6, -0.3), 30.0)
    info = FrameInfo((EyeView(head, (-1, 1, -1, 1), (8, 8)),), head, (), 0.0)
    seen = Rig(5.0, 6.0, 70.0).brought(info, (2.0, -3.0), yaw).place(info).world_from_head
    assert seen[:3, 3] == pytest.approx([2.0, 1.6, -3.0])
    looked = np.degrees(np.arctan2(seen[0, 2], seen[2, 2]))
    assert looked == pytest.approx(100.0 if yaw is None else yaw)


def test_it_is_dark_when_one_arrives_and_light_before_and_after():
    going = Journey((0.0, 0.0), start_s=5.0)
    assert [going.darkness(t) for t in (5.0, 5.0 + CLOSE_S / 2)] == pytest.approx([0.0, 0.5])
    assert going.darkness(5.0 + CLOSE_S) == pytest.approx(1.0)
    assert not going.is_there(5.0)
    assert going.is_there(5.0 + CLOSE_S + 1e-9)
    assert not going.is_over(5.0 + CLOSE_S)
    assert going.is_over(5.0 + CLOSE_S + OPEN_S + 1e-9)
    assert going.darkness(9.0) == 0.0


class OpenFloor:
    def __init__(self, footprints):
        self._footprints = footprints

    def fits(self, spot):
        return is_free(spot, self._footprints, WIDE, 0.25)


def test_a_stand_sees_its_product_and_nearby_is_free_floor():
    scene = small_scene()
    picks = PickIndex(scene)
    footprints = obstacles(picks.solids)
    sku = next(s for n, s in enumerate(scene.skus) if (scene.product_of == n).any())
    stand = find_stand(scene, picks, OpenFloor(footprints), sku)
    assert scene.skus[scene.product_of[stand.instance]] == sku
    assert is_free(stand.spot, footprints, WIDE, 0.25)
    beside = nearby(scene, footprints, WIDE, sku)
    assert is_free(beside.spot, footprints, WIDE, 0.25)
    assert np.hypot(*beside.towards) == pytest.approx(1.0)
    assert nearby(scene, footprints, WIDE, "NOPE") is None
