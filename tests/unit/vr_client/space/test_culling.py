import numpy as np
import pytest

from vr_client.space.culling import box_rows, planes_of_each, seen_by_any
from vr_client.space.pose import inverse_rigid, pose
from vr_client.space.projection import projection_from_tangents


def matrix(position=(0, 0, 0), yaw=0.0, tangents=(-1, 1, -1, 1)):
    return projection_from_tangents(tangents, 0.05) @ inverse_rigid(pose(position, yaw))


def boxes(*centres, half=0.5):
    middle = np.array(centres, dtype=np.float32)
    return middle - half, middle + half


def visible_boxes(matrices, low, high):
    """(n,) True where any of the eyes may see the box."""
    return seen_by_any(planes_of_each(matrices), box_rows(low, high))


def test_planes_point_inwards_and_have_unit_normals():
    planes = planes_of_each([matrix()])[0]
    assert np.linalg.norm(planes[:, :3], axis=1) == pytest.approx(1.0)
    inside = planes @ np.array([0, 0, -3, 1.0])
    assert inside == pytest.approx(3 / np.sqrt(2))


def test_before_behind_and_beside():
    low, high = boxes((0, 0, -5), (0, 0, 5), (20, 0, -5), (-20, 0, -5), (0, 20, -5), (0, -20, -5))
    assert visible_boxes([matrix()], low, high).tolist() == [True] + [False] * 5


def test_a_box_across_an_edge_or_around_the_eye_is_seen():
    low, high = boxes((5.4, 0, -5), (0, 0, 0))
    assert visible_boxes([matrix()], low, high).tolist() == [True, True]


def test_one_eye_is_enough():
    low, high = boxes((-8, 0, -5), (8, 0, -5), (0, 0, 9))
    left = matrix(yaw=50)
    right = matrix(yaw=-50)
    assert visible_boxes([left], low, high).tolist() == [True, False, False]
    assert visible_boxes([right], low, high).tolist() == [False, True, False]
    assert visible_boxes([left, right], low, high).tolist() == [True, True, False]


def test_asymmetric_frusta_cull_each_side_by_its_own_tangent():
    low, high = boxes((6, 0, -5), (-6, 0, -5), half=0.1)
    assert visible_boxes([matrix(tangents=(-1, 1.4, -1, 1))], low, high).tolist() == [True, False]


def test_no_point_that_projects_into_the_picture_is_ever_culled():
    random = np.random.default_rng(5)
    points = random.uniform(-10, 10, (4000, 3)).astype(np.float32)
    m = matrix((1, 2, 3), 40, (-1.2, 0.7, -0.5, 1.1))
    clip = np.concatenate([points, np.ones((4000, 1))], axis=1) @ m.T
    inside = (np.abs(clip[:, :2]) <= clip[:, 3:]).all(axis=1) & (clip[:, 3] > 0)
    seen = visible_boxes([m], points, points)
    assert inside.sum() > 200
    assert (seen == inside).mean() > 0.999
    assert not (inside & ~seen).any()


def test_no_boxes_give_an_empty_answer():
    nothing = np.zeros((0, 3), dtype=np.float32)
    assert visible_boxes([matrix()], nothing, nothing).shape == (0,)
