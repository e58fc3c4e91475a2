"""Things that fly by themselves: where they are on the way, and when they have arrived."""

import numpy as np
import pytest

from vr_client.interact.flight import ARC_M_MAX, HOME_S_MAX, HOME_S_MIN, Flight, ease, homewards
from vr_client.space.pose import pose

START, GOAL = pose((0.0, 1.0, 0.0)), pose((1.0, 1.0, 0.0), 90.0)


def test_the_way_home_begins_and_ends_exactly_where_it_should_and_rises_between():
    flight = homewards(7, START, GOAL, 10.0)
    assert flight.instance == 7
    assert flight.at(10.0) == pytest.approx(START)
    assert flight.at(10.0 + flight.seconds) == pytest.approx(GOAL)
    half = flight.at(10.0 + flight.seconds / 2.0)
    assert half[:3, 3] == pytest.approx([0.5, 1.0 + ARC_M_MAX, 0.0])
    assert half[:3, :3] == pytest.approx(pose((0, 0, 0), 45.0)[:3, :3])
    low = homewards(7, START, pose((0.1, 1.0, 0.0)), 0.0)
    assert low.at(low.seconds / 2.0)[1, 3] == pytest.approx(1.018)


def test_the_basket_is_not_reached_in_an_arc():
    flight = Flight(7, START, GOAL, 0.0, 1.0, "basket")
    assert flight.at(0.5)[:3, 3] == pytest.approx([0.5, 1.0, 0.0])


@pytest.mark.parametrize(("metres", "seconds"), [(0.0, HOME_S_MIN), (1.2, 0.3), (9.0, HOME_S_MAX)])
def test_a_long_way_takes_longer_but_never_long(metres, seconds):
    flight = homewards(1, START, pose((metres, 1.0, 0.0)), 5.0)
    assert flight.seconds == pytest.approx(seconds)
    assert [flight.is_over(5.0 + s) for s in (0.0, seconds * 0.99, seconds * 1.01)] == [
        False, False, True,
    ]  # fmt: skip


def test_a_clock_that_was_set_back_keeps_nothing_in_the_air():
    assert homewards(1, START, GOAL, 5.0).is_over(4.9)


def test_ease_rests_at_both_ends():
    assert [ease(share) for share in (0.0, 0.5, 1.0)] == [0.0, 0.5, 1.0]
    assert ease(0.01) < 1e-4
    assert np.isclose(ease(0.3) + ease(0.7), 1.0)
