"""Hops: never further than a step of the eyes, never through a shelf, never onto one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vr_client.interact.hop import ARC_POINTS, aim_hop
from vr_client.interact.rays import Ray, ray_towards
from vr_client.interact.walk import RADIUS_M, is_free

ROOM = np.array([[-5.0, -5.0], [5.0, 5.0]])
NOTHING = np.empty((0, 2, 2))
SHELF = np.array([[[-2.0, -1.45], [2.0, -1.0]]])
"""A rack across the way, with free floor behind it."""

HAND = np.array([0.2, 1.2, 0.0])


def level(yaw_deg, pitch_deg=0.0):
    yaw, pitch = np.radians([yaw_deg, pitch_deg])
    return Ray(HAND, np.array(
        [-np.sin(yaw) * np.cos(pitch), np.sin(pitch), -np.cos(yaw) * np.cos(pitch)]
    ))  # fmt: skip


def test_who_points_ahead_comes_as_far_as_a_hop_goes():
    landing = aim_hop(level(0.0), (0.0, 0.0), 1.5, NOTHING, ROOM)
    assert landing.free
    assert np.hypot(*landing.spot) == pytest.approx(1.5)
    assert landing.spot[1] < -1.4


def test_what_is_pointed_at_on_the_floor_near_by_is_where_one_comes_to():
    target = np.array([0.1, 0.0, -0.7])
    landing = aim_hop(ray_towards(HAND, target), (0.0, 0.0), 1.5, NOTHING, ROOM)
    assert landing.spot == pytest.approx((0.1, -0.7))


def test_nobody_hops_through_a_shelf():
    landing = aim_hop(level(0.0), (0.0, 0.0), 4.0, SHELF, ROOM)
    assert landing.free
    assert landing.spot[1] == pytest.approx(-1.0 + RADIUS_M, abs=0.1)


def test_before_a_shelf_there_is_nowhere_to_go():
    landing = aim_hop(level(0.0), (0.0, -1.0 + RADIUS_M + 0.01), 1.5, SHELF, ROOM)
    assert not landing.free


def test_the_arc_leaves_the_hand_the_way_it_points_and_ends_on_the_floor():
    ray = level(20.0, 10.0)
    landing = aim_hop(ray, (0.0, 0.0), 1.5, NOTHING, ROOM)
    assert landing.arc.shape == (ARC_POINTS, 3)
    assert landing.arc[0] == pytest.approx(HAND)
    assert landing.arc[-1] == pytest.approx([landing.spot[0], 0.0, landing.spot[1]])
    first = landing.arc[1] - landing.arc[0]
    assert first @ ray.direction / np.linalg.norm(first) > 0.95


@given(
    st.floats(-180, 180), st.floats(-89, 89), st.floats(0.2, 4.0),
    st.tuples(st.floats(-4.5, 4.5), st.floats(-4.5, 4.5)),
)  # fmt: skip
def test_wherever_one_points_one_comes_to_free_floor_within_reach(yaw, pitch, reach_m, here):
    if not is_free(here, SHELF, ROOM, RADIUS_M):
        return
    landing = aim_hop(level(yaw, pitch), here, reach_m, SHELF, ROOM)
    assert np.hypot(landing.spot[0] - here[0], landing.spot[1] - here[1]) <= reach_m + 1e-9
    assert is_free(landing.spot, SHELF, ROOM, RADIUS_M)
    assert np.isfinite(landing.arc).all()
