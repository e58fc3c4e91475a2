import math

import numpy as np
import pytest

from vr_client.interact.walk import FEW, is_free, obstacles, walk

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


# ---------------------------------------------------------------- a whole store's shelves

HALL = np.array([[-12.0, -12.0], [12.0, 12.0]])


def many_shelves(rng):
    """More than FEW, so that only those nearby are looked at."""
    low = rng.uniform(-11.5, 11.0, (70, 2))
    return np.stack([low, low + rng.uniform(0.1, 1.2, (70, 2))], axis=1)


def away(spot, footprints):
    """How far each shelf is from a spot, one after the other."""
    return [
        math.hypot(max(x0 - spot[0], 0.0, spot[0] - x1), max(z0 - spot[1], 0.0, spot[1] - z1))
        for (x0, z0), (x1, z1) in footprints.tolist()
    ]


def free_spot(rng, footprints, radius_m):
    while True:
        spot = tuple(rng.uniform(-11.0, 11.0, 2).tolist())
        if min(away(spot, footprints)) >= radius_m:
            return spot


def test_of_many_shelves_each_is_in_the_way_that_would_be_by_itself():
    rng = np.random.default_rng(2)
    shelves, free = many_shelves(rng), 0
    assert len(shelves) > FEW
    for spot in rng.uniform(-12.0, 12.0, (600, 2)).tolist():
        radius_m = float(rng.uniform(0.1, 0.6))
        wanted = min(away(spot, shelves)) >= radius_m and max(map(abs, spot)) <= 12.0 - radius_m
        assert is_free(tuple(spot), shelves, HALL, radius_m) == wanted
        free += wanted
    assert 100 < free < 500


def test_among_many_shelves_one_walks_as_if_only_the_near_ones_were_there():
    rng = np.random.default_rng(3)
    shelves, met = many_shelves(rng), 0
    for _ in range(400):
        radius_m = float(rng.uniform(0.15, 0.3))
        spot = free_spot(rng, shelves, radius_m)
        move = tuple(rng.uniform(-1.3, 1.3, 2).tolist())
        reach_m = math.hypot(*move) + radius_m + 0.1
        few = shelves[np.array(away(spot, shelves)) < reach_m]
        assert len(few) <= FEW  # these are tried without a look at which are near
        there = walk(spot, move, shelves, HALL, radius_m)
        assert there == walk(spot, move, few, HALL, radius_m)
        assert min(away(there, shelves)) >= radius_m - 1e-9
        short_m = math.hypot(spot[0] + move[0] - there[0], spot[1] + move[1] - there[1])
        met += short_m > 1e-6
    assert 40 < met < 360
