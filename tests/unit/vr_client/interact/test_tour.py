"""The shortest walk past a list: against every order there is, and around shelves, not through."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_client.interact.tour import (
    CELL_M,
    EXACT_MAX,
    STOPS_MAX,
    Ground,
    _improved,
    order_length,
    plan_tour,
    shortest_order,
)
from vr_client.interact.walk import RADIUS_M, is_free

ROOM = np.array([[-5.0, -5.0], [5.0, 5.0]])
RACKS = np.array([[[-3.5, z - 0.45], [3.5, z + 0.45]] for z in (-3.0, -0.8, 1.4)])
"""Three racks with ways between them and around their ends."""


@pytest.fixture(scope="module")
def ground():
    return Ground(RACKS, ROOM)


def metres(rng, count):
    places = rng.uniform(0.0, 20.0, (count, 2))
    return np.linalg.norm(places[:, None] - places[None, :], axis=2)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("count", [1, 2, 5, 7])
def test_few_stops_are_walked_in_the_best_order_of_all(seed, count):
    between = metres(np.random.default_rng(seed), count + 1)
    best = min(order_length(between, order) for order in permutations(range(1, count + 1)))
    order = shortest_order(between)
    assert sorted(order) == list(range(1, count + 1))
    assert order_length(between, order) == pytest.approx(best)


@pytest.mark.parametrize("seed", range(30))
def test_many_stops_are_walked_within_a_twentieth_of_the_best(seed):
    """What serves long lists is measured where the best is known."""
    between = metres(np.random.default_rng(100 + seed), EXACT_MAX + 1)
    best = order_length(between, shortest_order(between))
    assert best <= order_length(between, _improved(between)) <= 1.05 * best


@pytest.mark.parametrize("count", [0, STOPS_MAX])
def test_none_and_the_most(count):
    between = metres(np.random.default_rng(3), count + 1)
    order = shortest_order(between)
    assert sorted(order) == list(range(1, count + 1))


def test_a_way_goes_around_racks_and_is_free_all_along(ground):
    tour = plan_tour(ground, (0.0, 4.0), [(0.0, -4.5)])
    assert tour.order == (0,)
    straight = 8.5
    around = np.hypot(3.75, 2.0) + 5.5 + np.hypot(3.75, 1.0)
    assert straight < around < tour.length_m < 1.12 * around
    for one, other in pairwise(tour.path):
        for share in np.linspace(0.0, 1.0, 20):
            spot = tuple((1 - share) * np.array(one) + share * np.array(other))
            assert is_free(spot, RACKS, ROOM, RADIUS_M - CELL_M)


def test_no_order_of_the_stops_is_a_shorter_walk(ground):
    start = (4.5, 4.5)
    stops = [(-3.0, -2.0), (3.0, 0.3), (3.0, -2.0), (-3.0, 0.3)]
    tour = plan_tour(ground, start, stops)
    walked = [
        sum(plan_tour(ground, one, [other]).length_m for one, other in pairwise((start, *order)))
        for order in permutations(stops)
    ]
    assert tour.length_m == pytest.approx(min(walked))
    assert tour.length_m < 0.75 * max(walked)
    assert tour.missed == ()


def test_where_nobody_gets_to_is_said_and_the_rest_is_walked():
    walled = np.array([[[1.0, -5.0], [1.2, 5.0]]])
    tour = plan_tour(Ground(walled, ROOM), (-2.0, 0.0), [(3.0, 0.0), (-4.0, 0.0)])
    assert (tour.order, tour.missed) == ((1,), (0,))


def test_a_stop_on_a_shelf_is_walked_to_as_near_as_one_gets(ground):
    tour = plan_tour(ground, (0.0, 4.0), [(0.0, 1.4)])
    assert tour.missed == ()
    assert tour.path[-1][1] == pytest.approx(1.4 + 0.45 + RADIUS_M, abs=CELL_M)


def test_more_stops_than_a_list_has_are_refused(ground):
    with pytest.raises(ValueError, match=f"at most {STOPS_MAX}"):
        plan_tour(ground, (0.0, 4.0), [(0.0, 0.0)] * (STOPS_MAX + 1))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(-4.5, 4.5), st.floats(-4.5, 4.5)), min_size=1, max_size=5))
def test_each_stop_is_walked_to_once_or_missed(stops):
    tour = plan_tour(Ground(RACKS, ROOM), (0.0, 4.0), stops)
    assert sorted((*tour.order, *tour.missed)) == list(range(len(stops)))
    lengths = [np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tour.path)]
    assert sum(lengths) <= tour.length_m + len(stops) * CELL_M + CELL_M
