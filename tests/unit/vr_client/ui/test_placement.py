import numpy as np
import pytest

from vr_client.space.pose import look_at, pose, transform_point
from vr_client.ui.follower import Follower
from vr_client.ui.placement import (
    NEAREST_IN_WINDOW_M,
    NEAREST_M,
    TAG_AT,
    Sight,
    ahead,
    angles,
    beside,
    direction,
    docked,
    is_beside,
    is_left_behind,
    on_basket,
)

SIZE = (464.0, 346.0)
HEAD = pose((1.0, 1.6, 2.0), 30.0, -10.0)
EYE = HEAD[:3, 3]
UNIT = np.array([[0.95, 1.2, 1.0], [1.05, 1.4, 1.1]], np.float32)


def open_space(_eye, _points):
    return 1.0


def corners(placement, size=SIZE):
    return np.array([placement.at(x, y, size) for x in (0, size[0]) for y in (0, size[1])])


@pytest.mark.parametrize(("yaw", "pitch"), [(0, 0), (30, -20), (-170, 45), (90, 0)])
def test_angles_undo_direction(yaw, pitch):
    assert angles(direction(yaw, pitch)) == pytest.approx((yaw, pitch))


def test_yaw_to_the_left_is_minus_x_from_someone_who_looks_along_minus_z():
    assert direction(90.0, 0.0) == pytest.approx([-1, 0, 0])
    assert direction(0.0, 90.0) == pytest.approx([0, 1, 0])


def test_a_panel_faces_the_eye_and_keeps_its_angle_at_any_distance():
    near, far = ahead(HEAD, SIZE, lambda _e, _p: 0.5), ahead(HEAD, SIZE, open_space)
    for placed in (near, far):
        offset = EYE - placed.world_from_panel[:3, 3]
        away = np.linalg.norm(offset)
        assert placed.world_from_panel[:3, 2] == pytest.approx(offset / away)
        assert placed.unit_m == pytest.approx(away / 1000.0)
        assert placed.world_from_panel[1, 1] > 0.9  # upright
    assert near.unit_m < far.unit_m


def test_text_on_a_panel_reads_from_left_to_right_for_the_shopper():
    placed = ahead(HEAD, SIZE, open_space)
    right_of_head = HEAD[:3, 0]
    assert float((placed.at(SIZE[0], 0, SIZE) - placed.at(0, 0, SIZE)) @ right_of_head) > 0
    assert placed.at(0, 0, SIZE)[1] > placed.at(0, SIZE[1], SIZE)[1]


def test_the_card_hangs_beside_the_unit_and_does_not_cover_it():
    head = pose((1.0, 1.6, 2.0))
    placed = beside(head, UNIT, SIZE, open_space)
    unit_yaws = [angles(np.array([x, 1.3, z]) - EYE)[0] for x in UNIT[:, 0] for z in UNIT[:, 2]]
    panel_yaws = [angles(corner - EYE)[0] for corner in corners(placed)]
    assert min(panel_yaws) > max(unit_yaws)  # to the left of it


def test_the_card_changes_sides_when_its_own_is_walled_up():
    def wall_on_the_left(eye, points):
        return 0.4 if angles(points[0] - eye)[0] > 0 else 1.0

    placed = beside(pose((1.0, 1.6, 2.0)), UNIT, SIZE, wall_on_the_left)
    assert angles(placed.world_from_panel[:3, 3] - EYE)[0] < 0


def test_a_panel_comes_nearer_than_what_stands_in_the_way_but_never_into_the_face():
    def shelf_at(distance):
        def clear(eye, points):
            return min(1.0, float(distance / np.linalg.norm(points - eye, axis=1).max()))

        return clear

    placed = ahead(HEAD, SIZE, shelf_at(0.6))
    assert np.linalg.norm(corners(placed) - EYE, axis=1).max() < 0.6
    assert ahead(HEAD, SIZE, shelf_at(0.01)).unit_m == pytest.approx(NEAREST_M / 1000.0)


SIGHT = Sight(44.0, 31.0)
ZOOMED = Sight(44.0, 31.0, 1.5)


@pytest.mark.parametrize("x", [-2.0, -0.6, 0.0, 0.6, 2.0])
@pytest.mark.parametrize("y", [0.2, 1.6, 2.4])
@pytest.mark.parametrize("pitch", [-40.0, 0.0])
def test_in_a_window_the_card_and_its_chip_are_seen_whole(x, y, pitch):
    head = pose((0.0, 1.6, 0.0), 20.0, pitch)
    unit = np.array([[x - 0.05, y, -2.1], [x + 0.05, y + 0.2, -2.0]], np.float32)
    for placed in (
        beside(head, unit, SIZE, open_space, SIGHT),
        ahead(head, SIZE, open_space, SIGHT),
    ):
        yaw, level = angles(placed.world_from_panel[:3, 3] - head[:3, 3])
        assert abs((yaw - 20.0 + 180.0) % 360.0 - 180.0) + 13.1 <= SIGHT.across_deg + 1e-6
        assert level - 9.8 - SIGHT.chip_deg >= pitch - SIGHT.up_deg
        assert level + 9.8 <= pitch + SIGHT.up_deg + 0.1


def test_in_a_window_the_card_takes_the_side_that_does_not_leave_the_view():
    unit = np.array([[-1.25, 1.4, -2.1], [-1.15, 1.6, -2.0]], np.float32)
    head = pose((0.0, 1.6, 0.0))
    left, right = (beside(head, unit, SIZE, open_space, sight) for sight in (None, SIGHT))
    at = angles(np.array([-1.2, 1.5, -2.05]) - head[:3, 3])[0]
    assert angles(left.world_from_panel[:3, 3] - head[:3, 3])[0] > at
    assert angles(right.world_from_panel[:3, 3] - head[:3, 3])[0] < at


def test_a_zoomed_panel_is_larger_and_still_seen_whole():
    head = pose((0.0, 1.6, 0.0))
    unit = np.array([[-1.25, 0.2, -2.1], [-1.15, 0.3, -2.0]], np.float32)
    for zoom, sight in ((1.0, SIGHT), (1.5, ZOOMED)):
        placed = beside(head, unit, SIZE, open_space, sight)
        assert placed.unit_m == pytest.approx(zoom / 1000.0)
        low = placed.at(SIZE[0] / 2, SIZE[1] + 70.0, SIZE) - head[:3, 3]
        assert angles(low)[1] >= -31.0
    following = Follower(22.0, 0.75).place(head, 0.0, open_space, ZOOMED)
    assert following.unit_m == pytest.approx(0.9 * 0.75 * 1.5 / 1000.0)


def test_in_a_window_panels_come_nearer_than_two_eyes_would_like():
    placed = ahead(HEAD, SIZE, lambda _e, _p: 0.2, SIGHT)
    assert placed.unit_m == pytest.approx(0.9 * 0.2 * 0.96 / 1000.0)
    assert ahead(HEAD, SIZE, lambda _e, _p: 0.01, SIGHT).unit_m == NEAREST_IN_WINDOW_M / 1000.0


def test_where_both_eyes_are_shown_nothing_hangs_so_near_that_they_squint():
    sight = Sight(25.0, 31.0, 1.0, both_eyes=True)
    assert ahead(HEAD, SIZE, lambda _e, _p: 0.01, sight).unit_m == NEAREST_M / 1000.0


def test_docked_panels_touch_and_never_overlap():
    main = ahead(HEAD, SIZE, open_space)
    other = (214.0, 70.0)
    for above, sign in ((True, 1.0), (False, -1.0)):
        placed = docked(main, SIZE, other, above=above)
        offset = placed.world_from_panel[:3, 3] - main.world_from_panel[:3, 3]
        up = main.world_from_panel[:3, 1]
        assert float(offset @ up) == pytest.approx(sign * (346 + 70) / 2 * main.unit_m)
        assert np.linalg.norm(offset) == pytest.approx(abs(float(offset @ up)))


def test_walking_or_turning_away_leaves_a_panel_behind():
    placed = ahead(HEAD, SIZE, open_space)
    assert not is_left_behind(placed, HEAD, turning=True)
    assert is_left_behind(placed, pose((1.0, 1.6, 2.7), 30.0), turning=False)
    turned = pose((1.0, 1.6, 2.0), 120.0)
    assert is_left_behind(placed, turned, turning=True)
    assert not is_left_behind(placed, turned, turning=False)


def test_a_follower_starts_in_view_and_catches_up():
    follower = Follower(below_deg=25.0, distance_m=0.75)

    def seen(head, time_s):
        placed = follower.place(head, time_s, open_space)
        return angles(placed.world_from_panel[:3, 3] - head[:3, 3])

    assert seen(pose((0, 1.6, 0), 170.0), 0.0) == pytest.approx((170.0, -25.0))
    halfway = seen(pose((0, 1.6, 0), -170.0), 0.05)[0]  # the short way, through 180
    assert 170.0 < halfway < 180.0
    assert seen(pose((0, 1.6, 0), -170.0), 3.0) == pytest.approx((-170.0, -25.0), abs=0.01)


# ---------------------------------------------------------------- hands


def test_the_tag_of_a_basket_hangs_upright_at_its_far_end_and_faces_whoever_looks():
    rng = np.random.default_rng(3)
    for _ in range(50):
        hangs = pose(rng.normal(size=3), float(rng.uniform(-180, 180)))
        eye = rng.normal(size=3)
        at = transform_point(hangs, TAG_AT)
        tag = on_basket(hangs, eye)
        assert tag.world_from_panel == pytest.approx(look_at(at, 2.0 * at - eye))
        assert tag.unit_m == pytest.approx(np.linalg.norm(at - eye) / 1000.0)
    over = on_basket(pose((0.0, 0.0, 0.0)), np.array([*TAG_AT]) + np.array([0.0, 1.0, 0.0]))
    assert np.isfinite(over.world_from_panel).all()


def test_a_card_is_beside_a_thing_in_hand_until_that_is_behind_it_or_far_from_it():
    thing = np.array([(-0.05, -0.08, -0.53), (0.05, 0.08, -0.47)]) + EYE
    head = pose(EYE)
    card = beside(head, thing, SIZE, open_space)
    assert is_beside(card, thing, head, SIZE)
    towards = card.world_from_panel[:3, 3] - EYE
    behind = thing + towards * (0.5 / np.linalg.norm(towards)) - np.array([0.0, 0.0, -0.5])
    assert not is_beside(card, behind, head, SIZE)
    assert is_beside(card, thing + np.array([0.03, 0.02, 0.0]), head, SIZE)
    assert not is_beside(card, thing + np.array([0.4, 0.0, 0.0]), head, SIZE)
    assert not is_beside(card, thing + np.array([0.0, 0.6, 0.0]), head, SIZE)
    below = thing + (card.at(SIZE[0] / 2, SIZE[1] + 170.0, SIZE) - thing.mean(axis=0))
    assert is_beside(card, below, head, SIZE)
    assert not is_beside(card, below, head, SIZE, docked=120.0)
    # Of two sides the one nearer to where one looks.
    for turned in (20.0, -20.0):
        looking = pose(EYE, turned)
        seen = beside(looking, thing, SIZE, open_space, held=True).world_from_panel[:3, 3] - EYE
        assert np.sign(angles(seen)[0]) == np.sign(turned)
    again = beside(head, behind, SIZE, open_space)
    assert is_beside(again, behind, head, SIZE)


@pytest.mark.parametrize("sight", [None, SIGHT])
def test_without_motion_a_follower_never_floats(sight):
    def path(still):
        follower = Follower(below_deg=25.0, distance_m=0.75)
        found = []
        for number in range(121):
            head = pose((0, 1.6, 0), min(number, 40) * 1.0)
            placed = follower.place(head, number / 60.0, open_space, sight, still=still)
            seen = angles(placed.world_from_panel[:3, 3] - head[:3, 3])[0]
            found.append(round(seen, 3))
        return found

    floating, cut = path(still=False), path(still=True)
    assert len(set(floating)) > 60  # somewhere else in nearly every frame
    if sight is None:
        assert sorted(set(cut)) == [0.0, 16.0, 32.0]
    else:
        assert cut == [float(min(number, 40)) for number in range(121)]  # still on the screen
