"""Near slots whatever the shopper does: never two pictures in one, never the wrong ones."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vr_client.residency import BEHIND, MOVED_M, STAY, Residency

AHEAD = np.array([0.0, 0.0, -1.0])
PLACES = st.lists(
    st.tuples(st.integers(0, 11), st.floats(-8, 8), st.floats(-8, 8)), min_size=1, max_size=40
)
STEPS = st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=8)


def loaded(slots, places, reach_m=6.0, keys=tuple("abcdefghijkl")):
    residency = Residency(slots, reach_m)
    load(residency, places, keys)
    return residency


def load(residency, places, keys=tuple("abcdefghijkl")):
    rows = np.array([row for row, _, _ in places])
    residency.load(keys, rows, np.array([(x, 1.5, z) for _, x, z in places]))


def fill(residency):
    return {row: residency.admit(row) for row in list(residency.wanted)}


def slots_of(residency):
    return {row: slot for row in range(12) if (slot := residency.slot_of(row)) is not None}


@given(PLACES, STEPS, st.integers(1, 6))
@example(places=[(0, 0.0, 0.0), (1, 0.0, 5.0), (1, 4.0, 0.0)], steps=[(0.0, 4.0)], slots=1)
@settings(max_examples=60, deadline=None)
def test_slots_hold_what_is_near_and_never_two_things(places, steps, slots):
    residency = loaded(slots, places)
    decided = None
    for x, z in steps:
        eye = np.array([x, 1.5, z])
        residency.look(eye, AHEAD)
        fill(residency)
        if decided is None or np.linalg.norm(eye - decided) >= MOVED_M:
            decided = eye
        held = slots_of(residency)
        assert len(set(held.values())) == len(held) <= slots
        assert set(held.values()) <= set(range(slots))
        assert residency.wanted == []
        near = {row for row in held if residency.wants(row)}
        least = {}
        for row, px, pz in places:
            away = np.hypot(px - decided[0], pz - decided[2])
            away *= BEHIND if pz - decided[2] > 0.5 else 1.0
            least[row] = min(away, least.get(row, np.inf))
        # Whoever is left out was not much nearer than the furthest that is in.
        if len(near) == slots:
            furthest = max(least[row] for row in near)
            out = [m for row, m in least.items() if row not in near]
            assert not out or min(out) >= furthest * STAY - 1e-9


@given(PLACES, st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_a_head_that_nods_changes_nothing(places, slots):
    residency = loaded(slots, places)
    residency.look(np.array([0.0, 1.5, 0.0]), AHEAD)
    fill(residency)
    before = slots_of(residency)
    for step in (0.05, -0.05, 0.1, 0.0):
        residency.look(np.array([step, 1.5, 0.0]), AHEAD)
        assert residency.wanted == []
    assert slots_of(residency) == before


@given(PLACES, PLACES)
@settings(max_examples=40, deadline=None)
def test_what_stays_in_the_store_keeps_its_slot(first, second):
    residency = loaded(4, first)
    residency.look(np.array([0.0, 1.5, 0.0]), AHEAD)
    fill(residency)
    before = {"abcdefghijkl"[row]: slot for row, slot in slots_of(residency).items()}
    moved = tuple("lkjihgfedcba")
    load(residency, second, moved)
    after = {moved[row]: slot for row, slot in slots_of(residency).items()}
    assert after == before
    load(residency, second, tuple("mnopqrstuvwx"))
    assert slots_of(residency) == {}


def test_beyond_reach_nothing_is_wanted():
    residency = loaded(4, [(0, 0.0, -3.0), (1, 0.0, -7.0)])
    residency.look(np.array([0.0, 1.5, 0.0]), AHEAD)
    assert residency.wanted == [0]
    with pytest.raises(ValueError, match="not wanted"):
        residency.admit(1)


def test_what_is_behind_comes_after_what_is_ahead():
    residency = loaded(1, [(0, 0.0, 2.0), (1, 0.0, -3.0)])
    residency.look(np.array([0.0, 1.5, 0.0]), AHEAD)
    assert residency.wanted == [1]
    residency.look(np.array([0.0, 1.5, 0.0]), -AHEAD)
    assert residency.wanted == [0]
