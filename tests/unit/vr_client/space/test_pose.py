import numpy as np
import pytest
from pyrr import Matrix33, Quaternion, Vector3

from vr_client.space.pose import (
    between,
    forward,
    inverse_rigid,
    look_at,
    pitch,
    pose,
    quaternion,
    rotation,
    standing,
    transform_point,
    translation,
    yaw,
)

AHEAD = np.array([0.0, 0.0, -1.0, 1.0])


def test_positive_yaw_turns_left():
    assert yaw(90) @ AHEAD == pytest.approx([-1, 0, 0, 1])


def test_positive_pitch_looks_up():
    assert pitch(90) @ AHEAD == pytest.approx([0, 1, 0, 1])


def test_rotation_follows_the_right_hand_and_takes_any_axis_length():
    assert rotation((0, 0, 5), 90) @ np.array([1, 0, 0, 1]) == pytest.approx([0, 1, 0, 1])


def test_translation_moves_columns():
    assert translation((1, 2, 3)) @ np.array([0, 0, 0, 1]) == pytest.approx([1, 2, 3, 1])


def test_a_pose_turns_first_and_then_stands_in_its_place():
    matrix = pose((10, 1, 0), yaw_degrees=90, pitch_degrees=0)
    assert transform_point(matrix, (0, 0, -2)) == pytest.approx([8, 1, 0])
    assert forward(matrix) == pytest.approx([-1, 0, 0])


def test_yaw_does_not_roll_a_pitched_head():
    right = pose((0, 0, 0), 37, 52)[:3, 0]
    assert right[1] == pytest.approx(0.0, abs=1e-12)


def test_look_at_looks_at_its_target_upright():
    matrix = look_at((1, 2, 3), (4, 1, -3))
    towards = np.array([3, -1, -6]) / np.linalg.norm([3, -1, -6])
    assert forward(matrix) == pytest.approx(towards)
    assert matrix[1, 0] == pytest.approx(0.0, abs=1e-12)
    assert matrix[:3, :3] @ matrix[:3, :3].T == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.det(matrix[:3, :3]) == pytest.approx(1.0)


@pytest.mark.parametrize("target", [(0, 0, 0), (0, 3, 0)])
def test_look_at_refuses_what_has_no_direction(target):
    with pytest.raises(ValueError):
        look_at((0, 0, 0), target)


def test_a_rotation_needs_an_axis():
    with pytest.raises(ValueError, match="axis"):
        rotation((0, 0, 0), 10)


def test_inverse_rigid_undoes():
    matrix = pose((3, -2, 7), 33, -12)
    assert inverse_rigid(matrix) @ matrix == pytest.approx(np.eye(4), abs=1e-12)


@pytest.mark.parametrize(("turn", "tilt"), [(0, 0), (30, 20), (180, 0), (-170, 80), (90, -90)])
def test_the_quaternion_turns_as_its_matrix_does(turn, tilt):
    matrix = pose((0, 0, 0), turn, tilt)
    x, y, z, w = quaternion(matrix)
    v = np.array([0.3, -0.7, 0.5])
    axis = np.array([x, y, z])
    turned = v + 2 * np.cross(axis, np.cross(axis, v) + w * v)
    assert turned == pytest.approx(matrix[:3, :3] @ v, abs=1e-12)
    assert w >= 0.0


@pytest.mark.parametrize(("turn", "tilt"), [(0, 0), (30, 20), (180, 0), (-170, 80), (90, -90)])
def test_a_pose_comes_back_from_its_quaternion(turn, tilt):
    matrix = pose((1, -2, 3), turn, tilt)
    again = standing(matrix[:3, 3], quaternion(matrix) * -0.5)
    assert again == pytest.approx(matrix, abs=1e-12)


def test_half_way_is_half_the_way_and_half_the_turn_the_short_way_round():
    start, goal = pose((0, 0, 0), 170.0), pose((2, 4, -6), -170.0)
    assert between(start, goal, 0.0) == pytest.approx(start, abs=1e-12)
    assert between(start, goal, 1.0) == pytest.approx(goal, abs=1e-12)
    assert between(start, goal, 0.5) == pytest.approx(pose((1, 2, -3), 180.0), abs=1e-12)
    assert between(start, start, 0.3) == pytest.approx(start, abs=1e-12)


def test_integers_do_not_turn_into_zeros():
    assert transform_point(yaw(90), np.array([0, 0, -2])) == pytest.approx([-2, 0, 0])


def test_the_traps_of_pyrr_that_this_door_keeps_shut_are_still_there():
    # If one of these ever fails, pyrr was mended and pose.py's reasons should be read again.
    q = Quaternion.from_y_rotation(0.3)
    ahead = Vector3([0.0, 0.0, -1.0])
    assert np.asarray(q * ahead) == pytest.approx([-np.sin(0.3), 0, -np.cos(0.3)])
    by_matrix = np.asarray(Matrix33.from_quaternion(q) * ahead)
    assert by_matrix == pytest.approx([np.sin(0.3), 0, -np.cos(0.3)])
    assert np.asarray(q * Vector3([0, 0, -1])).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(("turned", "raised"), [(0.0, 0.0), (30.0, -20.0), (-170.0, 85.0)])
def test_a_pose_is_a_place_then_a_turn_then_a_tilt(turned, raised):
    at = (1.0, 1.6, -2.5)
    assert np.allclose(
        pose(at, turned, raised), translation(at) @ yaw(turned) @ pitch(raised), atol=1e-15
    )
