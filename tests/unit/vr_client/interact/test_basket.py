"""Where the basket hangs, and what falls in."""

import numpy as np
import pytest

from vr_client.interact.basket import (
    AHEAD_M,
    ASIDE_M,
    BOTTOM_M,
    Hip,
    heading,
    inside,
    is_at,
    is_over,
    met_by,
)
from vr_client.interact.rays import ray_towards
from vr_client.interact.stands import HAND_FROM_HEAD
from vr_client.interact.units import around
from vr_client.space.pose import pose

HEAD = pose((1.0, 1.6, 2.0))


def place(hip, head=HEAD, time_s=0.0, hand="right", rig=0.0, rise=0.0):
    return hip.place(head, time_s, hand, rig, rise)


def body_yaw(hip, yaw, seconds, pitch=0.0, rig=0.0, begin_s=0.0):
    steps = np.arange(begin_s, begin_s + seconds, 1.0 / 90.0)
    for time_s in steps:
        hangs = place(hip, pose((0.0, 1.6, 0.0), yaw, pitch), time_s, rig=rig)
    return heading(hangs)


def test_it_hangs_at_the_side_of_the_other_hand():
    right = place(Hip())
    assert right[:3, 3] == pytest.approx([1.0 - ASIDE_M, 0.92, 2.0 - AHEAD_M])
    left = place(Hip(), hand="left")
    assert left[:3, 3] == pytest.approx([1.0 + ASIDE_M, 0.92, 2.0 - AHEAD_M])
    turned = place(Hip(), pose((0.0, 1.6, 0.0), 90.0))
    assert turned[:3, 3] == pytest.approx([-AHEAD_M, 0.92, ASIDE_M])


def test_who_sits_has_it_lower_and_still_in_reach():
    standing_m = place(Hip())[1, 3]
    sitting_m = place(Hip(), pose((0.0, 1.18, 0.0)))[1, 3]
    lifted_m = place(Hip(), pose((0.0, 1.60, 0.0)), rise=0.42)[1, 3] - 0.42
    assert sitting_m == pytest.approx(lifted_m) == pytest.approx(0.609, abs=1e-3)
    assert standing_m - sitting_m == pytest.approx(0.311, abs=1e-3)
    # A lifted tall person in front of a desk as well: the real chair is what counts.
    assert 1.7 - place(Hip(), pose((0.0, 1.7, 0.0)), rise=0.2)[1, 3] < 0.6


def test_it_does_not_turn_at_a_glance_and_turns_with_the_body():
    hip = Hip()
    assert body_yaw(hip, 0.0, 0.5) == pytest.approx(0.0)
    assert abs(body_yaw(hip, 35.0, 0.3, begin_s=0.5)) < 5.0
    assert body_yaw(hip, 150.0, 1.0, begin_s=0.8) > 100.0
    assert body_yaw(hip, 150.0, 12.0, begin_s=1.8) == pytest.approx(150.0, abs=2.0)


def test_a_look_into_it_does_not_push_it_away():
    hip = Hip()
    body_yaw(hip, 0.0, 0.5)
    assert abs(body_yaw(hip, 39.0, 20.0, pitch=-50.0, begin_s=0.5)) < 1.0


def test_a_turn_of_the_play_space_turns_the_body_at_once():
    hip = Hip()
    body_yaw(hip, 10.0, 3.0)
    assert body_yaw(hip, 40.0, 0.02, rig=30.0, begin_s=3.0) == pytest.approx(40.0, abs=0.5)


def test_the_way_round_is_the_short_one():
    hip = Hip()
    body_yaw(hip, 170.0, 1.0)
    assert abs(body_yaw(hip, -175.0, 0.1, begin_s=1.0)) > 165.0


def test_a_head_that_nods_heads_nowhere_else():
    for pitch in (-89.0, -40.0, 0.0, 60.0):
        assert heading(pose((0, 0, 0), 33.0, pitch)) == pytest.approx(33.0)


def test_what_is_over_it_falls_in_generously():
    hangs = pose((1.0, 0.9, 0.0), 90.0)
    for offset in ((0.0, 0.0, 0.0), (0.0, 0.24, 0.0), (0.26, 0.1, 0.2), (0.0, -0.2, 0.0)):
        assert is_over(hangs, np.array([1.0, 0.9, 0.0]) + offset), offset
    for offset in ((0.0, 0.3, 0.0), (0.35, 0.0, 0.0), (0.0, 0.0, 0.3), (0.0, -0.4, 0.0)):
        assert not is_over(hangs, np.array([1.0, 0.9, 0.0]) + offset), offset


def test_a_hand_that_is_just_held_is_not_over_it():
    hand = HEAD @ np.array([-HAND_FROM_HEAD[0], *HAND_FROM_HEAD[1:], 1.0])
    assert not is_over(place(Hip()), hand[:3])


def test_a_hand_at_its_wires_has_hold_of_it():
    hangs = pose((1.0, 0.9, 0.0))
    assert is_at(hangs, np.array([1.15, 0.9, 0.0]))
    assert not is_at(hangs, np.array([1.18, 0.9, 0.0]))
    assert not is_at(hangs, np.array([1.0, 1.2, 0.0]))


def test_a_ray_meets_it_or_passes():
    hangs = pose((1.0, 0.9, 0.0))
    eye = np.array([1.0, 2.0, 0.0])
    assert met_by(ray_towards(eye, hangs[:3, 3]), hangs) == pytest.approx(1.0)
    assert met_by(ray_towards(eye, np.array([1.25, 0.9, 0.0])), hangs) == np.inf
    assert met_by(ray_towards(eye, np.array([3.0, 2.0, 0.0])), hangs) == np.inf
    assert met_by(ray_towards(eye, np.array([1.0, 3.0, 0.0])), hangs) == np.inf


def test_things_come_to_lie_on_its_floor_as_they_were_held():
    hangs, held = pose((1.0, 0.9, 0.0), 30.0), pose((2.0, 2.0, 2.0), 10.0, 90.0)
    box = np.array([(-0.05, 0.0, -0.03), (0.05, 0.16, 0.03)])
    low_m = held[1, 3] - around(held, box)[0, 1]
    lies = inside(hangs, held, low_m)
    assert lies[:3, :3] == pytest.approx(held[:3, :3])
    assert around(lies, box)[0, 1] == pytest.approx(0.9 - BOTTOM_M)
