from dataclasses import replace

import numpy as np
import pytest

from catalog_sync.model.failure import Failure
from vr_client.trip.body import Body, ease, moves, turned, walks
from vr_client.trip.director import minor_units
from vr_client.trip.video import FPS

HERE = Body(np.array([0.0, 1.6, 0.0]), 170.0, 0.0, np.array([0.0, 1.0, -1.0]))
THERE = Body(np.array([0.0, 1.6, -3.0]), -170.0, -20.0, np.array([0.3, 1.2, -4.0]))


def test_ease_starts_and_ends_at_rest():
    assert (ease(0.0), ease(0.5), ease(1.0)) == (0.0, 0.5, 1.0)
    assert ease(0.01) < 0.0001


def test_turning_goes_the_short_way():
    assert turned(170.0, -170.0, 0.5) == pytest.approx(180.0)


def test_a_movement_ends_exactly_at_its_goal():
    bodies = list(moves(HERE, THERE, 10))
    assert len(bodies) == 10
    last = bodies[-1]
    assert last.eye.tolist() == THERE.eye.tolist()
    assert last.aim.tolist() == THERE.aim.tolist()
    assert last.yaw % 360 == THERE.yaw % 360


def test_a_hand_reaches_from_where_it_is_held_and_goes_back_there():
    point = np.array([0.4, 1.1, -0.6])
    reaching = replace(HERE, reach=point, grab=True)
    there = list(moves(HERE, reaching, 8))
    assert there[-1].hand == pytest.approx(point)
    ways = np.array([HERE.hand, *(body.hand for body in there)])
    steps = np.linalg.norm(np.diff(ways, axis=0), axis=1)
    assert steps.sum() == pytest.approx(np.linalg.norm(point - HERE.hand))
    assert there[3].frame(still=False).hands[0].grab
    assert there[3].frame(still=False).hands[0].world_from_hand[:3, 3] == pytest.approx(ways[4])
    back = list(moves(reaching, HERE, 8))
    assert back[-1].reach is None
    assert back[-1].hand == pytest.approx(HERE.hand)
    assert not back[0].grab
    assert np.linalg.norm(np.diff([point, *(b.hand for b in back)], axis=0), axis=1).max() < 0.3


def test_a_walk_passes_its_corners_at_a_human_pace():
    path = [(0.0, 0.0), (2.0, 0.0), (2.0, -3.0)]
    goal = Body(np.array([2.0, 1.6, -3.0]), 0.0, -10.0, np.array([2.0, 1.0, -4.0]))
    eyes = np.array([body.eye for body in walks(HERE, path, goal, FPS)])
    assert eyes[-1].tolist() == goal.eye.tolist()
    assert np.linalg.norm(eyes - (2.0, 1.6, 0.0), axis=1).min() < 0.15
    steps = np.linalg.norm(np.diff(eyes, axis=0), axis=1) * FPS
    assert steps.max() < 2.6  # metres a second, at the fastest moment


def test_the_hand_points_exactly_at_its_aim():
    (hand,) = HERE.frame(still=False).hands
    direction = HERE.aim - HERE.hand
    assert -hand.world_from_hand[:3, 2] == pytest.approx(direction / np.linalg.norm(direction))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("₩8,900", 8900), ("₩0", 0), ("$1,234.50", 123450), ("1.234,50 €", 123450)],
)
def test_the_total_is_read_from_what_is_drawn(shown, expected):
    assert minor_units(shown) == expected


def test_a_total_without_digits_is_refused():
    with pytest.raises(Failure, match="not an amount"):
        minor_units("free")
