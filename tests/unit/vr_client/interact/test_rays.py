import numpy as np
import pytest

from vr_client.frame_packet import PanelQuad
from vr_client.interact.rays import Boxes, Ray, box_distances, hit_panel, ray_of, ray_towards

FORWARD = Ray(np.zeros(3), np.array([0.0, 0.0, -1.0]))


def box(low, high):
    return Boxes.of(np.array([[low, high]], np.float32))


def panel(z=-2.0, size=(1.0, 0.5)):
    placed = np.eye(4)
    placed[2, 3] = z
    return PanelQuad("card", placed, size, None)


def test_a_box_ahead_is_met_at_its_near_face():
    assert box_distances(FORWARD, box((-1, -1, -5), (1, 1, -3))).tolist() == [3.0]


def test_a_box_behind_or_beside_is_missed():
    boxes = np.array([[(-1, -1, 3), (1, 1, 5)], [(2, -1, -5), (3, 1, -3)]], np.float32)
    assert np.isinf(box_distances(FORWARD, Boxes.of(boxes))).tolist() == [True, True]


def test_a_ray_that_starts_inside_is_at_distance_zero():
    assert box_distances(FORWARD, box((-1, -1, -1), (1, 1, 1))).tolist() == [0.0]


def test_an_axis_parallel_ray_on_a_face_gives_a_number_not_nan():
    distances = box_distances(FORWARD, box((0, -1, -5), (1, 1, -3)))
    assert not np.isnan(distances).any()


def test_no_boxes_no_distances():
    assert box_distances(FORWARD, Boxes.of(np.empty((0, 2, 3)))).shape == (0,)


def test_a_panel_is_met_at_its_middle():
    hit = hit_panel(FORWARD, panel())
    assert hit is not None
    assert (hit.panel, hit.distance_m, hit.across, hit.down) == ("card", 2.0, 0.5, 0.5)


def test_right_and_up_on_a_panel_are_right_and_up_in_the_store():
    hit = hit_panel(ray_towards(np.zeros(3), np.array([0.25, 0.125, -2.0])), panel())
    assert hit is not None
    assert (hit.across, hit.down) == pytest.approx((0.75, 0.25))


def test_a_panel_is_missed_beside_it_behind_it_and_from_its_back():
    assert hit_panel(ray_towards(np.zeros(3), np.array([0.51, 0.0, -2.0])), panel()) is None
    assert hit_panel(FORWARD, panel(z=2.0)) is None
    assert hit_panel(Ray(np.array([0.0, 0.0, -4.0]), np.array([0.0, 0.0, 1.0])), panel()) is None


def test_a_hand_points_along_its_minus_z():
    turned = np.eye(4)
    turned[:3, :3] = [[0, 0, 1], [0, 1, 0], [-1, 0, 0]]  # a quarter turn to the left about y
    turned[:3, 3] = (1, 2, 3)
    ray = ray_of(turned)
    assert ray.origin.tolist() == [1, 2, 3]
    assert ray.direction.tolist() == [-1, 0, 0]
