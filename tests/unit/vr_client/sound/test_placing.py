"""What is at the left sounds left: louder and sooner there."""

import itertools

import numpy as np
import pytest

from vr_client.sound.placing import HEAD_RADIUS_M, INSIDE, SOUND_M_PER_S, heard_at
from vr_client.space.pose import pose

HEAD = pose((1.0, 1.6, 2.0), 90.0)
"""Looking along -x, so that its left is +z."""


def test_to_the_left_the_left_ear_hears_it_louder_and_sooner():
    left, right = heard_at((1.0, 1.6, 3.0), HEAD), heard_at((1.0, 1.6, 1.0), HEAD)
    assert left.left > 5.0 * left.right
    assert left.left_late_s == 0.0
    assert left.right_late_s == pytest.approx(HEAD_RADIUS_M / SOUND_M_PER_S * (np.pi / 2 + 1.0))
    assert (right.left, right.right) == pytest.approx((left.right, left.left))
    assert (right.left_late_s, right.right_late_s) == pytest.approx((left.right_late_s, 0.0))


def test_ahead_both_ears_hear_it_alike():
    ahead = heard_at((0.2, 1.6, 2.0), HEAD)
    assert ahead.left == pytest.approx(ahead.right)
    assert (ahead.left_late_s, ahead.right_late_s) == pytest.approx((0.0, 0.0))
    assert ahead.left == pytest.approx(np.sqrt(0.5))


def test_it_moves_evenly_from_one_side_to_the_other():
    angles = np.radians(np.arange(-90, 91, 10))
    heard = [heard_at((1.0 - np.cos(a), 1.6, 2.0 - np.sin(a)), HEAD) for a in angles]
    share = [one.right / (one.left + one.right) for one in heard]
    assert all(after > before for before, after in itertools.pairwise(share))
    late = [one.left_late_s - one.right_late_s for one in heard]
    assert all(after > before for before, after in itertools.pairwise(late))
    assert max(np.abs(late)) < 0.0007


def test_further_away_and_behind_it_is_softer():
    heard = [heard_at((1.0 - x, 1.6, 2.0), HEAD) for x in (0.5, 0.8, 1.6, 3.2, -0.8)]
    power = [np.hypot(one.left, one.right) for one in heard]
    assert power[0] == power[1] == pytest.approx(1.0)
    assert power[2] == pytest.approx(0.5)
    assert power[3] == pytest.approx(0.25)
    assert power[4] == pytest.approx(0.8)


def test_what_has_no_place_or_is_in_the_head_comes_from_nowhere():
    assert heard_at(None, HEAD) == INSIDE
    assert heard_at((1.0, 1.6, 2.01), HEAD) == INSIDE
