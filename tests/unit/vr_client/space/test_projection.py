import numpy as np
import pytest

from vr_client.space.projection import (
    ordinary_projection,
    projection_from_tangents,
    tangents_from_fov,
)

ASYMMETRIC = (-1.3, 0.9, -1.1, 0.8)


def clip(matrix, point):
    x, y, z, w = matrix @ np.array([*point, 1.0])
    return np.array([x / w, y / w, z / w])


def test_depth_is_one_at_the_near_plane_and_falls_to_zero_at_infinity():
    matrix = projection_from_tangents(ASYMMETRIC, 0.05)
    assert clip(matrix, (0, 0, -0.05))[2] == pytest.approx(1.0, abs=1e-15)
    assert clip(matrix, (0, 0, -0.10))[2] == pytest.approx(0.5, abs=1e-15)
    assert clip(matrix, (0, 0, -5e6))[2] == pytest.approx(1e-8, rel=1e-12)


def test_each_tangent_lands_on_its_own_edge():
    left, right, bottom, top = ASYMMETRIC
    matrix = projection_from_tangents(ASYMMETRIC, 0.05)
    assert clip(matrix, (3 * left, 0, -3))[0] == pytest.approx(-1.0)
    assert clip(matrix, (3 * right, 0, -3))[0] == pytest.approx(1.0)
    assert clip(matrix, (0, 3 * bottom, -3))[1] == pytest.approx(-1.0)
    assert clip(matrix, (0, 3 * top, -3))[1] == pytest.approx(1.0)


def test_straight_ahead_is_off_the_middle_of_an_asymmetric_eye():
    x, y, _ = clip(projection_from_tangents(ASYMMETRIC, 0.05), (0, 0, -2))
    assert x == pytest.approx((1.3 - 0.9) / 2.2)
    assert y == pytest.approx((1.1 - 0.8) / 1.9)


def test_the_ordinary_projection_maps_near_to_minus_one_and_far_to_one():
    matrix = ordinary_projection(ASYMMETRIC, 0.05, 200.0)
    assert clip(matrix, (0, 0, -0.05))[2] == pytest.approx(-1.0)
    assert clip(matrix, (0, 0, -200.0))[2] == pytest.approx(1.0)
    reversed_one = projection_from_tangents(ASYMMETRIC, 0.05)
    assert clip(matrix, (0.4, 0.2, -2))[:2] == pytest.approx(clip(reversed_one, (0.4, 0.2, -2))[:2])


def test_a_field_of_view_becomes_symmetric_tangents():
    assert tangents_from_fov(90.0, (200, 100)) == pytest.approx((-2.0, 2.0, -1.0, 1.0))


@pytest.mark.parametrize(
    ("tangents", "near_m"),
    [((1, -1, -1, 1), 0.1), ((-1, 1, 1, 1), 0.1), (ASYMMETRIC, 0.0), (ASYMMETRIC, -1.0)],
)
def test_what_cannot_be_seen_through_is_refused(tangents, near_m):
    with pytest.raises(ValueError):
        projection_from_tangents(tangents, near_m)


def test_a_far_plane_before_the_near_plane_is_refused():
    with pytest.raises(ValueError, match="not beyond the near plane"):
        ordinary_projection(ASYMMETRIC, 1.0, 0.5)
