"""Projections from an eye's tangents, so that asymmetric headset frusta come out right.

Column vectors: `clip = clip_from_eye @ eye`. Eye space looks along -z with y up.
"""

import numpy as np

from vr_client.frame_packet import Matrix

NEAR_M = 0.05
"""Nearer than anyone holds a product to the eye."""


def projection_from_tangents(tangents: tuple[float, float, float, float], near_m: float) -> Matrix:
    """Reversed depth, infinite far plane: depth 1 at `near_m`, towards 0 at infinity.

    `tangents` are left, right, bottom, top at distance 1 (left and bottom negative for an
    ordinary eye). Needs clip depth 0..1 (glClipControl). With a float depth buffer the precision
    is almost even over distance (Reed, "Depth Precision Visualized", 2015).
    Raises ValueError for an empty frustum or a near plane that is not in front of the eye.
    """
    matrix = _sides(tangents, near_m)
    matrix[2, 3] = near_m
    return matrix


def ordinary_projection(
    tangents: tuple[float, float, float, float], near_m: float, far_m: float
) -> Matrix:
    """OpenGL's own clip depth (-1 at near, 1 at far), for drivers without glClipControl."""
    if far_m <= near_m:
        raise ValueError(f"far plane {far_m} m is not beyond the near plane {near_m} m")
    matrix = _sides(tangents, near_m)
    matrix[2, 2] = -(far_m + near_m) / (far_m - near_m)
    matrix[2, 3] = -2.0 * far_m * near_m / (far_m - near_m)
    return matrix


def tangents_from_fov(
    vertical_degrees: float, size: tuple[int, int]
) -> tuple[float, float, float, float]:
    """The symmetric frustum of an ordinary camera, for stills and the desktop window."""
    top = float(np.tan(np.radians(vertical_degrees) / 2.0))
    right = top * size[0] / size[1]
    return (-right, right, -top, top)


def _sides(tangents: tuple[float, float, float, float], near_m: float) -> Matrix:
    left, right, bottom, top = tangents
    if not (right > left and top > bottom):
        raise ValueError(f"empty frustum: left, right, bottom, top = {tangents}")
    if near_m <= 0.0:
        raise ValueError(f"near plane {near_m} m is not in front of the eye")
    matrix = np.zeros((4, 4), dtype=np.float64)
    matrix[0, 0] = 2.0 / (right - left)
    matrix[0, 2] = (right + left) / (right - left)
    matrix[1, 1] = 2.0 / (top - bottom)
    matrix[1, 2] = (top + bottom) / (top - bottom)
    matrix[3, 2] = -1.0
    return matrix
