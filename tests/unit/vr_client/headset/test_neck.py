"""What turns a window's view, and what is held before it."""

import pytest

from vr_client.headset.neck import PITCH_MAX_DEGREES, Neck


def test_a_drag_takes_the_world_along():
    neck = Neck()
    neck.drag(100.0, 50.0)
    assert (neck.yaw, neck.pitch) == (pytest.approx(-12.0), pytest.approx(-6.0))
    assert neck.take_twist() == (0.0, 0.0)


def test_a_lent_drag_turns_what_is_held_and_not_the_view():
    neck = Neck()
    neck.lent = True
    neck.drag(100.0, 50.0)
    neck.drag(25.0, 0.0)
    assert (neck.yaw, neck.pitch) == (0.0, 0.0)
    assert neck.take_twist() == (pytest.approx(50.0), pytest.approx(20.0))
    assert neck.take_twist() == (0.0, 0.0)


def test_keys_turn_the_view_whatever_is_held_and_a_stick_turns_one_of_both():
    neck = Neck()
    neck.turn(1.0, (0.5, 1.0), 0.1)
    assert (neck.yaw, neck.pitch) == (pytest.approx(8.0 - 6.0), pytest.approx(7.5))
    neck.lent = True
    neck.turn(1.0, (0.5, 1.0), 0.1)
    assert (neck.yaw, neck.pitch) == (pytest.approx(10.0), pytest.approx(7.5))
    assert neck.take_twist() == (pytest.approx(6.0), pytest.approx(-12.0))


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_no_neck_bends_over_backwards(sign):
    neck = Neck()
    neck.tilt(sign * 200.0)
    assert neck.pitch == sign * PITCH_MAX_DEGREES
    neck.drag(0.0, -sign * 1e6)
    assert neck.pitch == sign * PITCH_MAX_DEGREES
