import numpy as np
import pytest

from vr_client.space.pose import pose
from vr_client.ui.placement import NEAR_BOTH_M, Sight, hang
from vr_client.ui.theme import SHADOW
from vr_client.ui.window_room import (
    EASE,
    GAP,
    UPPER_EDGE,
    WindowRoom,
    box_of,
    left_free,
    meet,
    outline,
)

HEAD = pose((1.0, 1.6, 2.0), 30.0, -10.0)
EYE = HEAD[:3, 3]
WINDOW = Sight(44.0, 31.0, 1.5)
BOTH = Sight(25.0, 31.0, 1.0, both_eyes=True)
SIZE = (424.0, 72.0)
TOP = np.tan(np.radians(31.0))
RIGHT = np.tan(np.radians(44.0))


def open_space(_eye, _points):
    return 1.0


def ahead_of_head(yaw, pitch, zoom=1.0):
    """A panel that faces the eye, so far aside of where it looks."""
    return hang(EYE, 30.0 + yaw, -10.0 + pitch, 0.9, zoom)


def seen(placed, size, eye=EYE):
    """The corners of a panel without its shadow from `eye`, by matrices: (4, 2) tangents."""
    ends = [(x, y) for y in (size[1] - SHADOW, SHADOW) for x in (SHADOW, size[0] - SHADOW)]
    corners = np.array([placed.at(*at, size) for at in ends]) - eye
    local = corners @ HEAD[:3, :3]
    return local[:, :2] / -local[:, 2:]


def test_an_outline_is_where_the_corners_of_the_card_are_seen():
    placed = ahead_of_head(25.0, 12.0, 1.3)
    corners = np.array(outline(placed, SIZE, HEAD))
    assert corners[[0, 1, 3, 2]] == pytest.approx(seen(placed, SIZE))
    behind = hang(EYE, 30.0 + 180.0, 0.0, 0.9)
    assert outline(behind, SIZE, HEAD) == ()


def test_two_cards_meet_where_they_cover_each_other_and_not_where_they_touch():
    square = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    assert meet(square, tuple((x + 0.9, y - 0.9) for x, y in square))
    assert not meet(square, tuple((x + 1.0, y) for x, y in square))
    assert not meet(square, tuple((x + 5.0, y) for x, y in square))
    assert not meet(square, ())
    # The boxes around these two overlap, the cards do not.
    slanted = ((1.1, 0.2), (2.0, -0.6), (2.0, 0.6), (1.1, 0.8))
    leaning = tuple((x - 0.5, y + x * 0.8 - 0.2) for x, y in slanted)
    assert box_of(leaning)[0] < 1.0
    below = tuple((x, y - 0.75 + x * 0.8) for x, y in square)
    assert meet(square, below)
    assert not meet(tuple((x, y + x * 0.8) for x, y in square),
                    tuple((x, y - 1.0 + x * 0.8) for x, y in square))  # fmt: skip


def test_what_is_left_free_covers_nothing_and_is_all_there_is():
    whole = (0.0, 0.0, 10.0, 10.0)
    taken = [(2.0, 3.0, 6.0, 8.0), (5.0, -1.0, 7.0, 4.0)]
    free = left_free(whole, taken)
    assert {(0.0, 0.0, 2.0, 10.0), (7.0, 0.0, 10.0, 10.0), (0.0, 8.0, 10.0, 10.0),
            (0.0, 0.0, 5.0, 3.0), (6.0, 4.0, 10.0, 10.0)} <= set(free)  # fmt: skip
    for left, bottom, right, top in free:
        for x0, y0, x1, y1 in taken:
            assert left >= x1 or right <= x0 or bottom >= y1 or top <= y0
    assert left_free(whole, [(-1.0, -1.0, 11.0, 11.0)]) == []
    assert left_free(whole, [(11.0, 0.0, 12.0, 1.0)]) == [whole]


@pytest.mark.parametrize("sight", [BOTH, WINDOW])
def test_what_hangs_at_the_upper_edge_is_seen_whole_by_every_eye_shown(sight):
    size = (600.0, 112.0)
    placed = WindowRoom(HEAD, sight).place(size, sight.zoom, UPPER_EDGE, open_space)
    right = np.tan(np.radians(sight.across_deg))
    for aside in (-0.032, 0.032) if sight.both_eyes else (0.0,):
        corners = seen(placed, size, EYE + HEAD[:3, 0] * aside)
        assert np.abs(corners[:, 0]).max() <= right
        assert corners[:, 1].max() == pytest.approx(TOP - GAP)
        assert abs(corners[:, 0].mean()) < 0.06
    if sight.both_eyes:
        away = float((placed.world_from_panel[:3, 3] - EYE) @ -HEAD[:3, 2])
        assert away == pytest.approx(NEAR_BOTH_M)


def test_a_panel_hangs_next_to_where_it_was_wanted_and_covers_nothing():
    room = WindowRoom(HEAD, WINDOW)
    card, card_size = ahead_of_head(20.0, 0.0, 1.5), (464.0, 400.0)
    room.take(card, card_size)
    wanted = room.middle(card, card_size)
    placed = room.place(SIZE, 1.5, wanted, open_space)
    assert room.covers(card, SIZE)
    assert not room.covers(placed, SIZE)
    assert room.is_free(placed, SIZE)
    corners = seen(placed, SIZE)
    assert np.ptp(corners, axis=0) == pytest.approx([0.4 * 1.5, 0.048 * 1.5])
    box = box_of(outline(card, card_size, HEAD))
    # Of all places right above, below or beside it this is the nearest: beside the way is longer.
    middle = corners.mean(axis=0)
    above = abs(box[3] + GAP + 0.036 - wanted[1]), abs(box[1] - GAP - 0.036 - wanted[1])
    assert np.hypot(*(middle - wanted)) == pytest.approx(min(above), abs=1e-6)


def test_a_panel_is_as_large_as_there_is_room_and_waits_for_at_least_so_much():
    room = WindowRoom(HEAD, WINDOW)
    tall = (900.0, 1280.0)
    room.take(hang(EYE, 30.0, -10.0, 0.9), tall)
    side = RIGHT - GAP - 0.438 - GAP  # beside a card of 876 units
    placed = room.place(SIZE, 1.5, (0.0, 0.0), open_space)
    assert np.ptp(seen(placed, SIZE)[:, 0]) == pytest.approx(side, abs=1e-3)
    assert room.place(SIZE, 1.5, (0.0, 0.0), open_space, side / 0.4 - 0.01) is not None
    assert room.place(SIZE, 1.5, (0.0, 0.0), open_space, side / 0.4 + 0.01) is None
    room.take(hang(EYE, 30.0, -10.0, 0.9, 3.0), tall)
    assert room.place(SIZE, 1.5, (0.0, 0.0), open_space) is None


def test_it_comes_nearer_than_what_stands_in_the_way_and_looks_the_same():
    room, near = WindowRoom(HEAD, WINDOW), (0.2, 0.1)
    first = room.place(SIZE, 1.5, near, open_space)
    second = room.place(SIZE, 1.5, near, lambda _e, _p: 0.5)
    far, close = (np.linalg.norm(one.world_from_panel[:3, 3] - EYE) for one in (first, second))
    assert close == pytest.approx(0.48 * far)
    assert seen(second, SIZE) == pytest.approx(seen(first, SIZE))


def test_who_is_cut_off_by_the_window_is_not_free():
    room = WindowRoom(HEAD, WINDOW)
    assert room.is_free(ahead_of_head(0.0, 0.0), SIZE)
    assert not room.is_free(ahead_of_head(44.0, 0.0), SIZE)
    assert not room.is_free(hang(EYE, 30.0 + 180.0, 0.0, 0.9), SIZE)
    assert not room.covers(ahead_of_head(44.0, 0.0), SIZE)


def test_who_has_to_have_room_to_spare_is_free_only_with_so_much_around_it():
    square = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    beside = tuple((x + 1.03, y) for x, y in square)
    assert not meet(square, beside)
    assert not meet(square, beside, 0.02)
    assert meet(square, beside, 0.04)
    room = WindowRoom(HEAD, WINDOW)
    placed = room.place(SIZE, 1.5, UPPER_EDGE, open_space)
    assert room.is_free(placed, SIZE)
    assert not room.is_free(placed, SIZE, EASE)
    room.take(ahead_of_head(0.0, 0.0, 1.5), SIZE)
    above = ahead_of_head(0.0, 4.5, 1.5)
    assert not room.covers(above, SIZE)
    assert room.covers(above, SIZE, EASE)


def room_beside(yaw):
    """A window with something high nearly in the middle, and its middle in the picture."""
    room, tall = WindowRoom(HEAD, WINDOW), (464.0, 1280.0)
    card = ahead_of_head(yaw, 0.0)
    room.take(card, tall)
    return room, room.middle(card, tall)


def test_a_panel_stays_on_its_side_until_the_other_has_clearly_more_room():
    sides, kept = [], None
    for yaw in (1.0, *np.tile((-0.2, 0.2), 4), *np.arange(0.0, -20.0, -0.5)):
        room, near = room_beside(yaw)
        placed = room.place(SIZE, 1.5, near, open_space, before=kept)
        kept = room.kept(placed, SIZE)
        assert kept.spot == pytest.approx(room.middle(placed, SIZE))
        corners = np.array(outline(placed, SIZE, HEAD))
        assert kept.reach == pytest.approx(np.ptp(corners, axis=0) / 2.0)
        assert not room.covers(placed, SIZE)
        sides.append(np.sign(kept.spot[0] - near[0]))
    first = sides[0]
    assert sides[:9] == [first] * 9
    assert np.count_nonzero(np.diff(sides)) <= 1


def test_a_panel_that_has_less_than_it_takes_with_something_to_spare_waits():
    room, near = room_beside(0.0)
    width = np.ptp(seen(room.place(SIZE, 9.0, near, open_space), SIZE)[:, 0]) / 0.4
    least = width - 0.01
    assert room.place(SIZE, 9.0, near, open_space, least) is not None
    assert room.place(SIZE, 9.0, near, open_space, least, spare=EASE) is None
    assert room.place(SIZE, 9.0, near, open_space, width - EASE / 0.4 - 0.01, spare=EASE)
