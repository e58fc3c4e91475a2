"""Feet: turning in steps and evenly, hopping, walking with a narrower view, sitting, one hand."""

import numpy as np
import pytest

from tests.golden.small_scene import small_scene
from vr_client.headset.backend import FrameInfo, HandState
from vr_client.interact.comfort import SEATED_RISE_M, Comfort
from vr_client.interact.journey import Journey
from vr_client.interact.picking import PickIndex
from vr_client.space.pose import pose
from vr_client.traveller import Traveller

FRAME_S = 1.0 / 90.0
HEAD = pose((0.3, 1.6, -0.2), 15.0)
"""Off the play space's middle, and looking aside: turning is about the head."""

DOWN = pose((0.3, 1.2, -0.2), 0.0, -30.0)


@pytest.fixture
def feet():
    scene = small_scene()
    made = Traveller()
    made.enter(scene, PickIndex(scene))
    return made


class Person:
    """Frames of one shopper, in play space, one after another."""

    def __init__(self, feet, comfort=None):
        self.feet, self.comfort, self.at_panels = feet, comfort or Comfort(), frozenset()
        self.time_s = 0.0

    def frame(self, *hands, upright=False):
        self.time_s += FRAME_S
        info = FrameInfo((), HEAD, tuple(hands), self.time_s, upright=upright)
        placed, _ = self.feet.stand(info, self.comfort, self.at_panels)
        return placed

    def frames(self, count, *hands):
        for _ in range(count):
            placed = self.frame(*hands)
        return placed


def left(**does):
    return HandState(DOWN, **does)


def yaw_of(placed):
    head = placed.world_from_head
    return np.degrees(np.arctan2(head[0, 2], head[2, 2]))


def turned(before, after):
    return (yaw_of(after) - yaw_of(before) + 180.0) % 360.0 - 180.0


def test_a_press_turns_once_on_the_spot(feet):
    person = Person(feet)
    before = person.frame(left(), left())
    after = person.frames(5, left(), left(turn=1))
    assert turned(before, after) == pytest.approx(30.0)
    assert after.world_from_head[:3, 3] == pytest.approx(before.world_from_head[:3, 3])
    person.frame(left(), left())
    assert turned(before, person.frames(3, left(), left(turn=-1))) == pytest.approx(0.0, abs=1e-9)


def test_turning_evenly_goes_on_as_long_as_it_is_held(feet):
    person = Person(feet, Comfort(turn="smooth"))
    before = person.frame(left(), left())
    after = person.frames(90, left(), left(turn=-1))
    assert turned(before, after) == pytest.approx(-70.0)


def test_a_hop_is_aimed_while_held_and_done_when_let_go(feet):
    person = Person(feet)
    before = person.frame(left(), left())
    person.frames(3, left(), left(teleport=True))
    landing = feet.landing
    assert landing.free
    assert 0.2 < np.hypot(landing.spot[0] - feet.spot[0], landing.spot[1] - feet.spot[1]) <= 1.5
    assert feet.spot == pytest.approx(tuple(before.world_from_head[[0, 2], 3]))
    after = person.frames(30, left(), left())
    assert feet.landing is None
    assert feet.spot == pytest.approx(landing.spot)
    assert turned(before, after) == pytest.approx(0.0, abs=1e-9)
    assert feet.darkness(person.time_s) == 0.0


def test_eyes_close_for_a_moment_while_one_hops(feet):
    person = Person(feet)
    person.frame(left(), left())
    person.frame(left(), left(teleport=True))
    seen = []
    for _ in range(20):
        person.frame(left(), left())
        seen.append(feet.darkness(person.time_s))
    assert max(seen) > 0.8
    assert seen[-1] == 0.0


def test_a_hand_that_points_at_a_panel_moves_nobody(feet):
    person = Person(feet)
    person.at_panels = frozenset({1})
    before = person.frame(left(), left())
    after = person.frames(5, left(), left(turn=1, teleport=True))
    assert feet.landing is None
    assert np.array_equal(before.world_from_head, after.world_from_head)


def test_the_view_narrows_while_one_walks_and_widens_after(feet):
    person = Person(feet)
    person.frame(left(), left())
    person.frames(20, left(move=(0.0, 1.0)), left())
    assert feet.vignette == 1.0
    person.frames(5, left(), left())
    assert 0.0 < feet.vignette < 1.0
    person.frames(20, left(), left())
    assert feet.vignette == 0.0
    person.comfort = Comfort(vignette=False)
    person.frames(20, left(move=(0.0, 1.0)), left())
    assert feet.vignette == 0.0


def test_without_motion_a_hop_is_a_cut_from_one_frame_to_the_next(feet):
    seen = {}
    for still in (False, True):
        person = Person(feet, Comfort(still=still))
        person.frame(left(), left())
        start = feet.spot
        person.frame(left(), left(teleport=True))
        landing = feet.landing.spot
        path = []
        for _ in range(30):
            person.frame(left(), left())
            path.append((feet.spot, feet.darkness(person.time_s)))
        assert all(spot in (pytest.approx(start), pytest.approx(landing)) for spot, _ in path)
        assert path[-1][0] == pytest.approx(landing)
        seen[still] = [dark for _, dark in path], [spot for spot, _ in path]
    assert max(seen[False][0]) > 0.8
    assert seen[True][0] == [0.0] * 30
    assert seen[True][1][1] == pytest.approx(landing)


def test_without_motion_a_journey_is_there_in_the_next_frame(feet):
    times = {}
    for still in (False, True):
        person = Person(feet, Comfort(still=still))
        person.frame(left(), left())
        x, z = feet.spot
        feet.set_out(Journey((x + 0.3, z)))
        times[still] = 0
        while feet.spot != pytest.approx((x + 0.3, z)):
            person.frame(left(), left())
            times[still] += 1
            assert not still or feet.darkness(person.time_s) == 0.0
        person.frames(30, left(), left())
    assert times[True] == 1
    assert times[False] == pytest.approx(0.12 / FRAME_S, abs=1.0)


def test_without_motion_the_narrow_view_appears_and_does_not_grow(feet):
    person = Person(feet, Comfort(still=True))
    person.frame(left(), left())
    person.frame(left(move=(0.0, 1.0)), left())
    assert feet.vignette == 1.0
    person.frame(left(), left())
    assert feet.vignette == 0.0


@pytest.mark.parametrize(("pace", "times"), [("slow", 0.6), ("normal", 1.0), ("fast", 1.6)])
def test_people_walk_at_their_own_pace(feet, pace, times):
    person = Person(feet, Comfort(pace=pace))
    person.frame(left(), left())
    start = feet.spot
    person.frames(9, left(move=(0.0, -1.0)), left())
    assert np.hypot(feet.spot[0] - start[0], feet.spot[1] - start[1]) == pytest.approx(
        1.4 * times * 9 * FRAME_S, rel=0.01
    )


@pytest.mark.parametrize("hand", ["left", "right"])
def test_the_main_hand_turns_and_hops_and_the_other_one_walks(feet, hand):
    """As the bindings have it: the left stick is `move`, the right one turns and hops."""
    person = Person(feet, Comfort(hand=hand))
    before = person.frame(left(), left())
    start = feet.spot
    aside, back = (1.0, 0.0), (0.0, -1.0)
    main = left(move=aside, stick=aside) if hand == "left" else left(turn=-1, stick=aside)
    hands = [main, left()] if hand == "left" else [left(), main]
    after = person.frames(3, *hands)
    assert turned(before, after) == pytest.approx(-30.0)
    assert feet.spot == pytest.approx(start)
    other = left(stick=back) if hand == "left" else left(move=back, stick=back)
    walked = person.frames(9, *((left(), other) if hand == "left" else (other, left())))
    assert np.hypot(feet.spot[0] - start[0], feet.spot[1] - start[1]) > 0.1
    assert turned(after, walked) == pytest.approx(0.0, abs=1e-9)
    ahead = (0.0, 1.0)
    hops = left(move=ahead, stick=ahead) if hand == "left" else left(teleport=True, stick=ahead)
    person.frame(*((hops, left()) if hand == "left" else (left(), hops)))
    assert feet.landing is not None


@pytest.mark.parametrize("number", [0, 1])
def test_one_hand_alone_turns_hops_and_counts_with_one_stick(feet, number):
    person = Person(feet)
    hands = [HandState(np.eye(4), tracked=False)] * 2

    def only(**does):
        told = list(hands)
        told[number] = left(**does)
        return told

    before = person.frame(*only())
    start = feet.spot
    placed = person.frame(*only(stick=(-1.0, 0.0), turn=number, scroll=1.0))
    assert turned(before, placed) == pytest.approx(30.0)
    assert placed.hands[number].scroll == 1.0
    person.frames(9, *only(move=(0.0, -1.0), stick=(0.0, -1.0)))
    assert feet.spot == pytest.approx(start)  # the same stick hops
    person.frame(*only(stick=(0.0, 1.0), teleport=bool(number)))
    assert feet.landing is not None


def test_the_hand_that_walks_counts_nothing(feet):
    person = Person(feet)
    placed = person.frame(left(scroll=1.0), left(scroll=-1.0))
    assert [hand.scroll for hand in placed.hands] == [0.0, -1.0]


def test_a_window_s_only_hand_does_all(feet):
    person = Person(feet)
    before = person.frame(left())
    start = feet.spot
    person.frames(9, left(move=(0.0, -1.0)))
    assert np.hypot(feet.spot[0] - start[0], feet.spot[1] - start[1]) > 0.1
    assert turned(before, person.frame(left(turn=1))) == pytest.approx(30.0)


def test_who_sits_sees_the_shelves_as_if_on_their_feet(feet):
    person = Person(feet)
    standing = person.frame(left(), left()).world_from_head[1, 3]
    person.comfort = Comfort(seated=True)
    assert person.frame(left(), left()).world_from_head[1, 3] == pytest.approx(
        standing + SEATED_RISE_M
    )


def test_eyes_that_are_up_there_already_are_not_lifted_again(feet):
    person = Person(feet)
    standing = person.frame(left(), left()).world_from_head[1, 3]
    person.comfort = Comfort(seated=True)
    assert person.frame(left(), left(), upright=True).world_from_head[1, 3] == standing
    # A headset that is gone leaves one in a window, where the eyes are up there too.
    assert person.frame(left(), left()).world_from_head[1, 3] > standing
    assert person.frame(left(), left(), upright=True).world_from_head[1, 3] == standing
