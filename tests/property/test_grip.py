"""Hands do what they like: every unit is at home, in one hand, or on its way; nothing is lost."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden.small_scene import small_scene
from vr_client.interact.grip import NO_HAND, Grip, Reach
from vr_client.interact.units import Units
from vr_client.space.pose import pose

SCENE = small_scene()
UNITS = Units(SCENE)
ROWS = [int(row) for row in np.flatnonzero(SCENE.product_of >= 0)]
EYE = np.array([0.0, 1.6, 1.0])
LONG_S = 10.0

anywhere = st.builds(
    lambda x, y, z, turn, tilt: pose((x, y, z), turn, tilt),
    st.floats(-0.6, 0.6), st.floats(0.8, 1.4), st.floats(0.0, 0.8),
    st.floats(-180, 180), st.floats(-80, 80),
)  # fmt: skip
# A few places where hands and goods meet, and all others.
meeting = st.sampled_from([UNITS.home(ROWS[0]), UNITS.home(ROWS[1]), pose((0.0, 1.2, 0.5))])
places = st.one_of(meeting, meeting, anywhere)
rows = st.sampled_from([*ROWS[:3], *ROWS[:3], -1, 0])  # the goods, nothing, a wall
here = st.builds(
    Reach, places, squeezes=st.booleans(), reached=rows, pointed=rows,
    pointed_m=st.floats(0.1, 6.0), at_eye=st.sampled_from([False, False, False, True]),
)  # fmt: skip
hands = st.one_of(here, here, here, st.just(NO_HAND))
seen = st.one_of(
    st.tuples(hands, hands), st.tuples(hands, hands), st.lists(hands, max_size=2).map(tuple)
)
passed_s = st.sampled_from([0.03, 0.1, 0.3, 1.1, -0.05])
frames = st.tuples(st.just("frame"), seen, passed_s, st.sampled_from([False, False, False, True]))
stores = st.tuples(st.just("store"), st.fixed_dictionaries(dict.fromkeys(ROWS[:3], rows)))
sinks = st.tuples(st.just("sink"), st.sampled_from(ROWS), places)
twists = st.tuples(st.just("twist"), st.integers(0, 2), st.floats(-90, 90), st.floats(-90, 90))


def check(grip):
    """What must hold in every frame."""
    in_hands = [held.instance for held in grip.held.values()]
    assert len(set(in_hands)) == len(in_hands), "one unit in two hands"
    assert not set(in_hands) & set(grip.flights), "in a hand and in the air"
    assert all(hand == held.hand for hand, held in grip.held.items())
    assert grip.away == tuple(sorted({*in_hands, *grip.flights}))
    assert set(grip.away) <= set(ROWS), "a wall was taken"
    shown = dict(grip.poses())
    assert tuple(sorted(shown)) == grip.away, "hidden on the shelf and drawn nowhere"
    for world in shown.values():
        assert np.isfinite(world).all()
        assert np.allclose(world[:3, :3] @ world[:3, :3].T, np.eye(3), atol=1e-6)
    for row in set(ROWS) - set(grip.away):
        assert grip.holder(row) is None


@given(st.lists(st.one_of(frames, frames, frames, stores, sinks, twists), min_size=12, max_size=40))
@settings(max_examples=300, deadline=None)
def test_every_unit_is_at_home_or_in_one_hand_and_all_come_home(steps):
    grip = Grip()
    grip.load(UNITS, {})
    now_s = 100.0
    for step in steps:
        match step:
            case ("frame", seen, passed_s, still):
                now_s += passed_s
                before = grip.away
                changes = grip.turn(seen, now_s, EYE, still=still)
                taken = [change.instance for change in changes if change.what == "took"]
                assert set(grip.away) <= {*before, *taken}, "something left its shelf by itself"
            case ("store", new_rows):
                grip.load(UNITS, new_rows)
            case ("sink", row, goal):
                grip.sink(row, goal)
            case ("twist", hand, across, up):
                grip.turn_held(hand, across, up)
        check(grip)
    # Everybody opens their hands, or is gone for good.
    for after_s in (0.1, LONG_S, 2 * LONG_S):
        grip.turn((Reach(np.eye(4)),), now_s + after_s, EYE)
        check(grip)
    assert (grip.away, grip.held, grip.flights) == ((), {}, {})
