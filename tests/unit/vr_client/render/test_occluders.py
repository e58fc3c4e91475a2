"""What a board hides, in random stores, against segments from each eye to each corner of a box."""

import numpy as np
import pytest

from vr_client.render.occluders import AT_ONCE, STROLL_M, TESTED_MAX, TESTS_AT_ONCE, Boards, hidden
from vr_client.space.culling import box_rows

NO_BOARDS = np.zeros((0, 2, 3))
CLOSE_M = 0.02
"""Boxes so near to a shadow's edge may be reported or not: its rim is drawn in, and is rounded."""


def a_store(rng, boards=40, boxes=1500):
    """(boards, low and high corners of boxes): upright boards along x or z, and anything at all."""
    size = np.stack([rng.uniform(0.8, 4.0, boards), rng.uniform(1.0, 2.4, boards),
                     rng.uniform(0.02, 0.08, boards)], axis=1)  # fmt: skip
    size[::2] = size[::2, ::-1]
    low = rng.uniform((-8, 0, -8), (8, 0.4, 8), (boards, 3))
    planks = np.stack([low, low + size], axis=1)
    middle = rng.uniform((-9, 0, -9), (9, 2.2, 9), (boxes, 3))
    half = rng.uniform(0.02, 0.3, (boxes, 3))
    return planks, middle - half, middle + half


def two_eyes(rng):
    at = rng.uniform((-8, 1.1, -8), (8, 1.9, 8))
    turn = rng.uniform(0.0, np.pi)
    aside = 0.032 * np.array([np.cos(turn), 0.0, np.sin(turn)])
    return np.stack([at - aside, at + aside])


def corners(low, high):
    """(n, 8, 3)."""
    pick = np.array([[(n >> axis) & 1 for axis in range(3)] for n in range(8)], bool)
    return np.where(pick, high[:, None], low[:, None])


def behind(eyes, plank, points):
    """Which of the points (n, 3) no eye sees because of one board: it cuts each eye's segment."""
    low, high = plank
    found = np.ones(len(points), bool)
    for eye in eyes:
        along = points - eye
        along = np.where(np.abs(along) < 1e-12, 1e-12, along)
        one, other = (low - eye) / along, (high - eye) / along
        enter, leave = np.minimum(one, other).max(axis=1), np.maximum(one, other).min(axis=1)
        found &= (enter <= leave) & (enter > 0.0) & (leave < 1.0)
    return found


def well_behind(eyes, plank, points):
    """Which of the points are past the board's back, seen through the middle of its near face."""
    low, high = plank
    thin = 0 if high[0] - low[0] < high[2] - low[2] else 2
    if (eyes[:, thin] > high[thin]).all():
        face, back, way = high[thin], low[thin], -1.0
    elif (eyes[:, thin] < low[thin]).all():
        face, back, way = low[thin], high[thin], 1.0
    else:
        return np.zeros(len(points), bool)
    found = way * (points[:, thin] - back) > CLOSE_M
    sides = [1, 2 - thin]
    for eye in eyes:
        away = points - eye
        share = (face - eye[thin]) / np.where(found, away[:, thin], way)
        crossing = (eye + away * share[:, None])[:, sides]
        found &= (crossing > low[sides] + CLOSE_M).all(axis=1)
        found &= (crossing < high[sides] - CLOSE_M).all(axis=1)
    return found


def by_one_board(rule, eyes, planks, low, high):
    """(n,) boxes of which one board has all eight corners as the rule says."""
    points = corners(low, high).reshape(-1, 3)
    each = [rule(eyes, plank, points).reshape(-1, 8).all(axis=1) for plank in planks]
    return np.any(each, axis=0)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_reported_hidden_no_eye_sees_and_nothing_well_behind_a_board_is_missed(seed):
    rng = np.random.default_rng(seed)
    planks, low, high = a_store(rng)
    assert len(planks) > TESTED_MAX > AT_ONCE > TESTS_AT_ONCE // len(low)  # several rounds
    boards, rows, counts = Boards(planks), box_rows(low, high), []
    for _ in range(12):
        eyes = two_eyes(rng)
        reported = hidden(eyes, boards, rows)
        assert by_one_board(behind, eyes, planks, low[reported], high[reported]).all()
        tested = planks[boards.near(eyes.mean(axis=0))]
        assert len(tested) == TESTED_MAX
        certain = by_one_board(well_behind, eyes, tested, low, high)
        assert reported[certain].all()
        counts.append((int(certain.sum()), int(reported.sum())))
    assert sum(sure for sure, _ in counts) > 500
    assert max(said for _, said in counts) < len(low)


def test_boards_that_are_tried_last_hide_as_much_as_the_first():
    """Each of them by itself, and all of them at once, hide the same boxes."""
    rng = np.random.default_rng(6)
    planks, low, high = a_store(rng, boards=TESTED_MAX)
    rows, late = box_rows(low, high), 0
    boards = Boards(planks)
    for _ in range(10):
        eyes = two_eyes(rng)
        each = np.array([hidden(eyes, Boards(plank), rows) for plank in planks])
        assert (hidden(eyes, boards, rows) == each.any(axis=0)).all()
        order = boards.near(eyes.mean(axis=0))
        late += (each[order[AT_ONCE:]].any(axis=0) & ~each[order[:AT_ONCE]].any(axis=0)).sum()
    assert late > 20


def test_where_one_was_before_changes_neither_the_boards_nor_what_they_hide():
    rng = np.random.default_rng(11)
    planks, low, high = a_store(rng, boxes=300)
    boards, rows, head = Boards(planks), box_rows(low, high), np.array([0.0, 1.6, 0.0])
    sets = set()
    for _ in range(150):
        step = rng.choice([0.02, 0.3, 6.0], p=[0.5, 0.4, 0.1])
        head = np.clip(head + rng.normal(0.0, step, 3) * (1, 0.1, 1), (-8, 1, -8), (8, 1.9, 8))
        eyes = head + np.array([[-0.03, 0.0, 0.0], [0.03, 0.0, 0.0]])
        fresh = Boards(planks)
        assert boards.near(head).tolist() == fresh.near(head).tolist()
        assert hidden(eyes, boards, rows).tolist() == hidden(eyes, Boards(planks), rows).tolist()
        sets.add(tuple(fresh.near(head).tolist()))
    assert len(sets) > 10


def test_the_same_boards_are_looked_behind_from_everywhere_in_a_cube():
    rng = np.random.default_rng(12)
    planks, _, _ = a_store(rng)
    for corner in rng.integers(-12, 12, (20, 3)) * STROLL_M:
        heads = corner + rng.uniform(0.01, 0.99, (5, 3)) * STROLL_M
        chosen = {tuple(Boards(planks).near(head).tolist()) for head in heads}
        assert len(chosen) == 1


def test_without_boards_nothing_is_hidden():
    rng = np.random.default_rng(13)
    _, low, high = a_store(rng, boxes=20)
    assert not hidden(two_eyes(rng), Boards(NO_BOARDS), box_rows(low, high)).any()
