import numpy as np
import pytest

from vr_client.interact.walk import is_free, obstacles, walk

ROOM = np.array([[-4.0, -4.0], [4.0, 4.0]])
SHELF = np.array([[[-1.0, -1.0], [1.0, 0.0]]])  # x -1..1, z -1..0


def test_open_floor_is_crossed_in_full():
    assert walk((0.0, 3.0), (0.5, -0.5), SHELF, ROOM) == pytest.approx((0.5, 2.5))


def test_a_shelf_stops_a_body_a_radius_away():
    x, z = walk((0.0, 1.0), (0.0, -2.0), SHELF, ROOM)
    assert x == 0.0
    assert 0.25 <= z < 0.36


def test_a_body_slides_along_a_shelf():
    x, z = walk((0.0, 0.3), (0.5, -0.5), SHELF, ROOM)
    assert x == pytest.approx(0.5)
    assert 0.25 <= z <= 0.3


def test_a_long_stride_jumps_over_nothing():
    _, z = walk((0.0, 1.0), (0.0, -30.0), SHELF, ROOM)
    assert z >= 0.25


def test_walls_hold():
    assert walk((0.0, 3.0), (0.0, 9.0), SHELF, ROOM)[1] <= 3.75


def test_out_of_an_obstacle_one_may_walk():
    assert walk((0.0, -0.1), (0.0, 0.6), SHELF, ROOM)[1] == pytest.approx(0.5)


def test_only_what_a_body_meets_is_an_obstacle():
    solids = np.array(
        [
            [(-5, -0.1, -5), (5, 0.0, 5)],  # the floor
            [(-1, 0.0, -1), (1, 2.0, 0)],  # a gondola
            [(-1, 2.4, 2), (1, 2.6, 3)],  # a hanging sign
        ]
    )
    assert obstacles(solids).tolist() == [[[-1.0, -1.0], [1.0, 0.0]]]
    assert obstacles(np.empty((0, 2, 3))).shape == (0, 2, 2)


def test_is_free_measures_the_corner_round():
    assert is_free((1.2, 0.2), SHELF, ROOM, 0.25)
    assert not is_free((1.1, 0.1), SHELF, ROOM, 0.25)
