from itertools import pairwise

import numpy as np
import pytest

from vr_client.interact.trail import AHEAD_M, FEET_M, STEP_M, rest_of, steps_along

PATH = ((0.0, 0.0), (0.0, -4.0), (3.0, -4.0), (3.0, -30.0))


def test_steps_lead_from_where_one_stands_around_the_corners():
    steps = steps_along(PATH, (0.3, -1.0))
    assert steps[0] == pytest.approx((0.0, -1.0 - FEET_M))
    corner = [step for step in steps if step[1] == pytest.approx(-4.0) and step[0] > 0.0]
    assert len(corner) == pytest.approx(3.0 / STEP_M, abs=1)
    apart = [np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(steps)]
    assert max(apart) <= STEP_M + 1e-9
    assert len(steps) == pytest.approx(AHEAD_M / STEP_M, abs=1)


def test_at_its_end_a_way_shows_nothing_more():
    assert steps_along(((0.0, 0.0), (0.0, -2.0)), (0.0, -1.9)) == ()
    assert steps_along(((0.0, 0.0),), (0.0, 0.0)) == ()
    assert steps_along((), (0.0, 0.0)) == ()
    assert len(steps_along(((0.0, 0.0), (0.0, 0.0), (0.0, -2.0)), (0.0, 0.0))) == 4


def test_what_is_left_of_a_way_begins_where_one_stands():
    path = ((0.0, 0.0), (4.0, 0.0), (4.0, 6.0))
    assert rest_of(path, (1.0, 0.5)) == ((1.0, 0.5), (1.0, 0.0), (4.0, 0.0), (4.0, 6.0))
    assert rest_of(path, (5.0, 2.0)) == ((5.0, 2.0), (4.0, 2.0), (4.0, 6.0))
    assert rest_of(path, (4.0, 6.5)) == ((4.0, 6.5), (4.0, 6.0))
    assert rest_of(path[:1], (0.0, 0.0)) == rest_of((), (0.0, 0.0)) == ()
