"""A plain controller made in code: a rounded grip that narrows, with a ring of light."""

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.mesh import VERTEX

_SIDES = 28

# Distance along the hand's -z, half width, half height (metres); colour; surface.
_GRIP = (45, 48, 54, 255), (120, 0, 60, 255)
_LIGHT = (40, 205, 195, 255), (90, 0, 255, 255)
_PROFILE: tuple[tuple[float, float, float, bool], ...] = (
    (-0.075, 0.0005, 0.0005, False),
    (-0.074, 0.0100, 0.0105, False),
    (-0.068, 0.0150, 0.0160, False),
    (-0.030, 0.0180, 0.0190, False),
    (0.010, 0.0185, 0.0175, False),
    (0.026, 0.0180, 0.0160, False),
    (0.0275, 0.0186, 0.0166, True),
    (0.0325, 0.0184, 0.0162, True),
    (0.034, 0.0172, 0.0150, False),
    (0.050, 0.0120, 0.0105, False),
    (0.056, 0.0060, 0.0055, False),
    (0.0575, 0.0005, 0.0005, False),
)


def controller_mesh() -> tuple[NDArray[np.void], NDArray[np.uint32]]:
    """Vertices (n,) VERTEX and triangles (m,) u4; pointing along -z, held at the origin."""
    turns = np.linspace(0.0, 2.0 * np.pi, _SIDES, endpoint=False)
    rings = [ring for row in _PROFILE for ring in _ring(*row, turns=turns)]
    vertices = np.concatenate(rings)
    count = len(rings)
    ring = np.arange(count - 1)[:, None] * _SIDES
    here = np.arange(_SIDES)[None]
    after = (here + 1) % _SIDES
    a, b, c, d = ring + here, ring + after, ring + _SIDES + here, ring + _SIDES + after
    triangles = np.stack([a, c, b, b, c, d], axis=-1)
    vertices["normal"] = _normals(vertices, triangles.reshape(-1, 3))
    return vertices, np.ascontiguousarray(triangles.reshape(-1), dtype=np.uint32)


def _ring(
    along: float, half_width: float, half_height: float, lit: bool, *, turns: NDArray[np.float64]
) -> list[NDArray[np.void]]:
    ring = np.zeros(_SIDES, dtype=VERTEX)
    ring["position"][:, 0] = np.cos(turns) * half_width
    ring["position"][:, 1] = np.sin(turns) * half_height
    ring["position"][:, 2] = -along
    ring["colour"], ring["surface"] = _LIGHT if lit else _GRIP
    return [ring]


def _normals(vertices: NDArray[np.void], triangles: NDArray[np.int64]) -> NDArray[np.float32]:
    """Area-weighted mean of the faces around each vertex."""
    points = vertices["position"].astype(np.float64)
    corners = points[triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    sums = np.zeros_like(points)
    for corner in range(3):
        np.add.at(sums, triangles[:, corner], faces)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, 1e-12), dtype=np.float32)
