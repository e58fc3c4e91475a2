"""Hands that take, hold, pass on and let go."""

import numpy as np
import pytest

from tests.golden.small_scene import small_scene
from vr_client.interact.flight import CALLED_S
from vr_client.interact.grip import EYE_M_MIN, LOST_S, NO_HAND, TIP_M, Change, Grip, Reach
from vr_client.interact.units import Units, around, middle_of
from vr_client.space.pose import inverse_rigid, pose, translation

SCENE = small_scene()
UNITS = Units(SCENE)
ROWS = [int(row) for row in np.flatnonzero(SCENE.product_of == 2)]
CARTON, OTHER = ROWS[:2]
HOME = UNITS.home(CARTON)
EYE = np.array([0.0, 1.6, 1.0])
AT = pose((-0.42, 0.95, 0.22))


@pytest.fixture
def grip():
    made = Grip()
    made.load(UNITS, {})
    return made


BESIDE = {row: translation((0.12 * n, 0.0, 0.0)) @ AT for n, row in enumerate(ROWS)}


def near(pose=None, squeezes=True, reached=CARTON):
    """A hand at `pose`, or where it reaches that unit."""
    at = BESIDE.get(reached, AT) if pose is None else pose
    return Reach(at, squeezes=squeezes, reached=reached)


def far(pose=AT, squeezes=True, pointed=CARTON):
    return Reach(pose, squeezes=squeezes, pointed=pointed, pointed_m=1.0)


def turn(grip, *hands, time_s=0.0, **more):
    return grip.turn(hands, time_s, EYE, **more)


def where(grip, row=CARTON):
    return dict(grip.poses())[row]


def test_what_is_in_reach_is_taken_as_it_stands_and_follows_rigidly(grip):
    assert turn(grip, near()) == (Change("took", 0, CARTON),)
    assert where(grip) == pytest.approx(HOME)
    assert grip.away == (CARTON,)
    moved = pose((0.3, 1.2, 0.5), 70.0, -20.0)
    assert turn(grip, near(moved), time_s=0.1) == ()
    assert where(grip) == pytest.approx(moved @ inverse_rigid(AT) @ HOME)


def test_what_is_called_from_afar_flies_before_the_hand_and_faces_the_reader(grip):
    hand = pose((0.2, 1.2, 0.7))
    turn(grip, far(hand), time_s=1.0)
    assert where(grip) == pytest.approx(HOME)
    turn(grip, far(hand), time_s=1.0 + CALLED_S / 2.0)
    half = middle_of(where(grip), UNITS.box(CARTON))
    turn(grip, far(hand), time_s=1.0 + CALLED_S)
    held, box = where(grip), UNITS.box(CARTON)
    middle = middle_of(held, box)
    assert half == pytest.approx((middle + middle_of(HOME, box)) / 2.0, abs=0.01)
    towards = (EYE - middle) / np.linalg.norm(EYE - middle)
    assert float(held[:3, 2] @ towards) > 0.99
    assert held[1, 0] == pytest.approx(0.0, abs=1e-9)  # upright, not rolled
    assert middle[:2] == pytest.approx(hand[:2, 3])
    depth = (np.abs(held[:3, :3].T @ hand[:3, 2]) * (box[1] - box[0]) / 2.0).sum()
    assert hand[2, 3] - middle[2] == pytest.approx(TIP_M + depth)
    # Once there it is as rigid as what was reached.
    moved = pose((0.1, 1.0, 0.4), 30.0, 10.0)
    turn(grip, far(moved), time_s=2.0)
    assert where(grip) == pytest.approx(moved @ inverse_rigid(hand) @ held)


def test_without_motion_for_show_it_is_in_hand_and_home_at_once(grip):
    turn(grip, far(), still=True)
    first = where(grip)
    turn(grip, far(), time_s=5.0, still=True)
    assert where(grip) == pytest.approx(first)
    assert turn(grip, far(squeezes=False), time_s=5.1, still=True) == (Change("let_go", 0, CARTON),)
    assert (grip.away, grip.poses()) == ((), ())


def test_what_is_let_go_flies_home_and_is_there(grip):
    turn(grip, near())
    away = pose((0.5, 1.5, 0.8))
    turn(grip, near(away), time_s=0.1)
    held = where(grip)
    assert turn(grip, near(away, squeezes=False), time_s=0.2) == (Change("let_go", 0, CARTON),)
    assert where(grip) == pytest.approx(held)
    assert grip.holder(CARTON) is None
    turn(grip, near(away, squeezes=False), time_s=0.35)
    assert grip.away == (CARTON,)
    turn(grip, near(away, squeezes=False), time_s=0.9)
    assert (grip.away, grip.poses()) == ((), ())


def test_a_hand_takes_one_thing_a_squeeze(grip):
    turn(grip, near(reached=-1))
    assert turn(grip, near(), time_s=0.1) == ()
    turn(grip, near(squeezes=False), time_s=0.2)
    assert turn(grip, near(), time_s=0.3) == (Change("took", 0, CARTON),)
    assert turn(grip, near(reached=OTHER), time_s=0.4) == ()
    assert grip.away == (CARTON,)


def test_two_hands_hold_two_things(grip):
    turn(grip, near(), near(reached=OTHER))
    assert grip.away == (CARTON, OTHER)
    turn(grip, near(), near(squeezes=False), time_s=0.1)
    turn(grip, near(), near(squeezes=False), time_s=2.0)
    assert grip.away == (CARTON,)


def test_the_other_hand_takes_it_over_as_it_lies(grip):
    turn(grip, near(), near(pose((0.5, 1.0, 0.5)), squeezes=False, reached=-1))
    lifted = pose((0.0, 1.3, 0.6), 40.0)
    beside = pose((0.02, 1.3, 0.5), -80.0)
    turn(grip, near(lifted), near(beside, squeezes=False, reached=-1), time_s=0.1)
    before = where(grip)
    changes = turn(grip, near(lifted), near(beside, reached=OTHER), time_s=0.2)
    assert changes == (Change("took", 1, CARTON),)
    assert (grip.holder(CARTON), grip.away) == (1, (CARTON,))
    assert where(grip) == pytest.approx(before)
    # The first hand opens: that means nothing any more.
    assert turn(grip, near(lifted, squeezes=False), near(beside), time_s=0.3) == ()
    assert grip.holder(CARTON) == 1


def test_the_other_hand_calls_it_by_pointing(grip):
    turn(grip, near(), NO_HAND)
    here = middle_of(where(grip), UNITS.box(CARTON))
    hand = pose(here + np.array((0.0, 0.0, 0.8)))
    changes = turn(grip, near(), Reach(hand, squeezes=True, pointed=OTHER, pointed_m=0.9))
    assert changes == (Change("took", 1, CARTON),)
    # What stands before the held thing is nearer, so that is meant.
    other = Reach(hand, squeezes=True, pointed=OTHER, pointed_m=0.3)
    turn(grip, near(), Reach(hand), time_s=0.1)
    assert turn(grip, near(squeezes=False), other, time_s=3.0) == (Change("took", 1, OTHER),)


def test_what_flies_home_can_be_caught(grip):
    turn(grip, near())
    away = pose((0.5, 1.5, 0.8))
    turn(grip, near(away), time_s=0.1)
    turn(grip, near(away, squeezes=False), time_s=0.2)
    assert turn(grip, near(away, reached=-1), time_s=0.22) == (Change("took", 0, CARTON),)
    assert (grip.flights, grip.holder(CARTON)) == ({}, 0)


def test_a_hand_that_is_lost_gets_a_second_to_come_back(grip):
    turn(grip, near())
    for time_s in (0.1, 0.5, 1.0):
        assert turn(grip, NO_HAND, time_s=time_s) == ()
        assert where(grip) == pytest.approx(HOME)
    moved = pose((0.0, 1.3, 0.6))
    assert turn(grip, near(moved), time_s=1.05) == ()
    assert where(grip) == pytest.approx(moved @ inverse_rigid(AT) @ HOME)
    turn(grip, time_s=2.0)  # no hands at all: a dashboard
    assert turn(grip, time_s=2.0 + LOST_S) == (Change("lost", 0, CARTON),)
    turn(grip, time_s=9.0)
    assert grip.away == ()
    # Still closed when it comes back: it does not snatch what is there by chance.
    assert turn(grip, near(), time_s=9.1) == ()


def test_a_new_store_keeps_in_hand_what_it_still_has(grip):
    turn(grip, near(), near(reached=OTHER))
    grip.load(UNITS, {CARTON: ROWS[2]})
    assert (grip.holder(ROWS[2]), grip.away) == (0, (ROWS[2],))
    grip.load(UNITS, {ROWS[2]: 0})  # a wall now
    assert grip.away == ()


def test_a_new_store_never_puts_one_unit_in_two_hands_and_what_flew_has_arrived(grip):
    turn(grip, near(), near(reached=OTHER))
    turn(grip, near(), near(reached=ROWS[2], squeezes=False), time_s=0.1)
    assert grip.flights
    turn(grip, near(), near(reached=ROWS[2]), time_s=0.2)
    grip.load(UNITS, {CARTON: OTHER, ROWS[2]: OTHER})
    assert (grip.away, grip.flights, grip.holder(OTHER)) == ((OTHER,), {}, 0)
    assert list(grip.held) == [0]


def test_what_sinks_goes_to_the_basket_instead(grip):
    turn(grip, near())
    turn(grip, near(squeezes=False), time_s=0.1)
    goal = pose((0.0, 0.5, 0.5))
    grip.sink(CARTON, goal)
    turn(grip, NO_HAND, time_s=0.1 + 0.21999)
    assert where(grip) == pytest.approx(goal, abs=1e-6)
    grip.sink(OTHER, goal)
    assert grip.away == (CARTON,)
    turn(grip, NO_HAND, time_s=0.5)
    assert grip.away == ()


def test_a_window_holds_it_upright_before_the_view_and_a_drag_turns_it_about_its_middle(grip):
    head = pose((0.0, 1.6, 1.0), 15.0, -20.0)
    view = Reach(head, squeezes=True, pointed=CARTON, at_eye=True)
    grip.turn((view,), 0.0, EYE)
    grip.turn((view,), 1.0, EYE)
    held, box = where(grip), UNITS.box(CARTON)
    assert held[:3, :3] == pytest.approx(head[:3, :3])
    seen = inverse_rigid(head) @ np.array([*middle_of(held, box), 1.0])
    assert seen[2] == pytest.approx(-EYE_M_MIN - 0.03)
    assert seen[0] > 0.0
    grip.turn_held(0, 90.0, 0.0)
    grip.turn((view,), 1.1, EYE)
    turned = where(grip)
    assert middle_of(turned, box) == pytest.approx(middle_of(held, box))
    assert turned[:3, 2] == pytest.approx(head[:3, 0])  # its label looks to the right
    grip.turn_held(1, 90.0, 0.0)
    box_of = grip.goal(grip.held[0], head)
    assert box_of == pytest.approx(around(turned, box))


def test_a_large_thing_hangs_further_from_a_window(grip):
    far_away = Reach(np.eye(4), squeezes=True, pointed=CARTON, at_eye=True)
    units = Units(SCENE)
    units.box = lambda _row: np.array([(-0.3, 0.0, -0.1), (0.3, 0.9, 0.1)])
    grip.load(units, {})
    grip.turn((far_away,), 0.0, EYE, still=True)
    assert middle_of(where(grip), units.box(CARTON))[2] == pytest.approx(-1.5 - 0.1)
