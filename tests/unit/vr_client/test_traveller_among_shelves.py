"""A walk through a store with more shelves than are looked at, and through the next one."""

import math
from dataclasses import replace

import numpy as np
import pytest

from store_scenes.compile.scene import SOLID
from tests.golden.small_scene import small_scene
from vr_client.headset.backend import FrameInfo, HandState
from vr_client.interact.picking import PickIndex
from vr_client.interact.walk import FEW, RADIUS_M
from vr_client.space.pose import pose
from vr_client.traveller import STROLL_M, Traveller

FRAME_S = 1.0 / 90.0
HEAD = pose((0.0, 1.6, 0.0))
HALF_M = 12.0
TOUCH_M = 1e-9


def store(footprints):
    """A hall of 24 x 24 m with shelves as high as one's chest on these (n, 2, 2)."""
    solids = np.zeros(len(footprints), SOLID)
    solids["min"], solids["max"] = 0.0, 1.4
    solids["min"][:, [0, 2]], solids["max"][:, [0, 2]] = footprints[:, 0], footprints[:, 1]
    return replace(
        small_scene(), solids=solids, aisles=(), entrance=(0.0, 0.0, 0.0),
        room=((-HALF_M, 0.0, -HALF_M), (HALF_M, 3.0, HALF_M)),
    )  # fmt: skip


def shelf(x, z, wide=0.8, deep=0.4):
    return [(x - wide / 2, z - deep / 2), (x + wide / 2, z + deep / 2)]


def rows_of_shelves(shift=0.0):
    """Seven rows of seven, with room to walk between; none at the entrance."""
    places = [(3.0 * x + shift, 3.0 * z + 1.5) for x in range(-3, 4) for z in range(-4, 4)]
    return np.array([shelf(x, z) for x, z in places])


def away_m(spot, footprints):
    """How far the nearest shelf is."""
    low, high = footprints[:, 0], footprints[:, 1]
    return float(np.hypot(*(np.clip(spot, low, high) - spot).T).min())


class Walker:
    """Somebody who walks where they are told to, frame by frame."""

    def __init__(self, footprints):
        self.feet, self.time_s = Traveller(), 0.0
        self.enter(footprints)
        self.frame()

    def enter(self, footprints):
        scene = store(footprints)
        self.feet.enter(scene, PickIndex(scene))

    def frame(self, aside=0.0, ahead=0.0, run=False):
        self.time_s += FRAME_S
        walks = HandState(HEAD, move=(aside, ahead), run=run)
        self.feet.stand(FrameInfo((), HEAD, (walks, HandState(HEAD)), self.time_s))
        return self.feet.spot


@pytest.mark.parametrize("run", [False, True])
def test_nobody_walks_through_a_shelf_however_far_they_go(run):
    shelves, rng = rows_of_shelves(), np.random.default_rng(4)
    assert len(shelves) > FEW
    walker = Walker(shelves)
    spot = walker.feet.spot
    assert away_m(spot, shelves) > RADIUS_M
    gone_m, stopped, furthest_m = 0.0, 0, 0.0
    for _ in range(60):
        turn = rng.uniform(0.0, 2.0 * math.pi)
        for _ in range(rng.integers(20, 160)):
            there = walker.frame(math.cos(turn), math.sin(turn), run)
            assert away_m(there, shelves) >= RADIUS_M - TOUCH_M
            assert max(map(abs, there)) <= HALF_M - RADIUS_M + TOUCH_M
            step_m = math.dist(spot, there)
            gone_m, stopped, spot = gone_m + step_m, stopped + (step_m < 1e-6), there
            furthest_m = max(furthest_m, math.hypot(*there))
    assert gone_m > 30.0 * STROLL_M
    assert furthest_m > 5.0 * STROLL_M
    assert stopped > 20


def test_a_straight_walk_ends_at_the_shelf_many_strolls_away():
    """Past other shelves, and the one that stops the shopper was not near when they set out."""
    beside = [shelf(x, -float(z)) for x in (-1.5, 1.5) for z in range(1, 10)]
    walker = Walker(np.array([*beside, shelf(0.0, -9.0)]))
    for _ in range(900):
        spot = walker.frame(ahead=1.0)
    assert spot == pytest.approx((0.0, -9.0 + 0.2 + RADIUS_M), abs=0.11)
    assert spot[1] >= -9.0 + 0.2 + RADIUS_M - TOUCH_M


def test_in_another_store_it_is_that_store_s_shelves_that_stop_one():
    far = [shelf(x, 9.0) for x in np.arange(-9.0, 9.1, 1.0)]  # enough to be chosen from
    one, other = (np.array([*far, shelf(0.0, z)]) for z in (-2.0, -2.9))
    walker = Walker(one)
    for _ in range(200):
        spot = walker.frame(ahead=1.0)
    assert spot[1] == pytest.approx(-2.0 + 0.2 + RADIUS_M, abs=0.05)
    walker.enter(other)
    assert walker.frame() == pytest.approx(spot)  # one stays where one is
    for _ in range(200):
        spot = walker.frame(ahead=1.0)
        assert away_m(spot, other) >= RADIUS_M - TOUCH_M
    assert spot[1] == pytest.approx(-2.9 + 0.2 + RADIUS_M, abs=0.05)
    # And back again, with the first one's shelf at one's back.
    walker.enter(one)
    walker.frame()
    assert away_m(walker.feet.spot, one) >= RADIUS_M - TOUCH_M
    for _ in range(200):
        spot = walker.frame(ahead=-1.0)
        assert away_m(spot, one) >= RADIUS_M - TOUCH_M


def test_whoever_would_stand_in_a_shelf_of_another_store_is_beside_it_and_stays_out():
    far = [shelf(x, 9.0) for x in np.arange(-9.0, 9.1, 1.0)]
    empty = np.array([*far, shelf(8.0, -8.0)])
    full = np.array([*far, shelf(0.0, 0.0, 1.6, 1.6)])
    walker = Walker(empty)
    walker.enter(full)
    for turn in np.linspace(0.0, 2.0 * math.pi, 200):
        assert away_m(walker.frame(math.cos(turn), math.sin(turn)), full) >= RADIUS_M - TOUCH_M


def test_whoever_is_moved_far_by_another_store_walks_through_none_of_its_shelves():
    """A smaller hall: they stood outside it, so they are brought in, close beside a shelf."""
    far = [shelf(x, 4.5) for x in np.arange(-5.0, 5.1, 0.5)]
    walker = Walker(np.array([*far, shelf(-11.0, -11.0)]))
    for _ in range(700):
        walker.frame(aside=1.0)
    small = np.array([*far, shelf(5.65 - RADIUS_M - 0.005 - 0.4, 0.0, 0.8, 6.0)])
    scene = replace(store(small), room=((-6.0, 0.0, -6.0), (5.9, 3.0, 6.0)))
    walker.feet.enter(scene, PickIndex(scene))
    for _ in range(200):
        assert away_m(walker.frame(aside=-1.0), small) >= RADIUS_M - TOUCH_M
