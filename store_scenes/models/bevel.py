"""A box whose edges catch the light: flat faces, one narrow strip along every edge, shared normals.

The strips take the normals of the two faces they join, so they shade as a quarter round at the
cost of two triangles each.
"""

import itertools
from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.panel import Panel

BoxFace = Literal["front", "back", "right", "left", "top", "bottom"]
Array = NDArray[np.float64]

# For every face: outward normal, and the directions of its right and its down, seen from outside.
_FRAMES: dict[BoxFace, tuple[tuple[int, int, int], ...]] = {
    "front": ((0, 0, 1), (1, 0, 0), (0, -1, 0)),
    "back": ((0, 0, -1), (-1, 0, 0), (0, -1, 0)),
    "right": ((1, 0, 0), (0, 0, -1), (0, -1, 0)),
    "left": ((-1, 0, 0), (0, 0, 1), (0, -1, 0)),
    "top": ((0, 1, 0), (1, 0, 0), (0, 0, 1)),
    "bottom": ((0, -1, 0), (1, 0, 0), (0, 0, -1)),
}

BASE_OCCLUSION = 0.72
"""At the foot of a package, where its shelf and its neighbours keep light away."""


def bevelled_box(
    builder: MeshBuilder,
    low: tuple[float, float, float],
    high: tuple[float, float, float],
    bevel: float,
    finish: Finish,
    panels: Mapping[BoxFace, Panel],
    *,
    base_occlusion: float = BASE_OCCLUSION,
) -> None:
    """Add a box between `low` and `high`, metres; faces without a panel are plain."""
    middle = (np.asarray(low) + np.asarray(high)) / 2
    half = (np.asarray(high) - np.asarray(low)) / 2
    inner = half - min(bevel, float(half.min()) * 0.9)
    for face, frame in _FRAMES.items():
        normal, right, down = (np.asarray(axis, np.float64) for axis in frame)
        corners = np.array(
            [
                [normal * half + right * inner * s + down * inner * t for s in (-1, 1)]
                for t in (-1, 1)
            ]
        )
        builder.grid(
            corners + middle,
            finish,
            uv=_uv(panels.get(face), np.array([[0, 1], [0, 1]]), np.array([[0, 0], [1, 1]])),
            normals=np.broadcast_to(normal, (2, 2, 3)),
            occlusion=_occlusion(corners, half, base_occlusion),
        )
    for first, second in itertools.combinations(_FRAMES, 2):
        if np.dot(_FRAMES[first][0], _FRAMES[second][0]) == 0:
            _edge(builder, (first, second), (middle, half, inner), finish, panels, base_occlusion)
    for signs in itertools.product((-1, 1), repeat=3):
        _corner(builder, np.array(signs), (middle, half, inner), finish, panels, base_occlusion)


def _occlusion(points: Array, half: Array, base: float) -> Array:
    """Darker towards the foot: full within the lowest quarter, or 40 mm."""
    height = points[..., 1] + half[1]
    rise = np.clip(height / max(min(half[1] * 0.5, 0.04), 1e-6), 0.0, 1.0)
    return np.asarray(base + (1.0 - base) * rise)


def _uv(panel: Panel | None, s: Array, t: Array) -> Array | None:
    return None if panel is None else panel.uv(s, t)


def _uv_at(face: BoxFace, panel: Panel | None, point: Array, inner: Array) -> Array | None:
    """The uv on `face` of the place nearest to `point` (relative to the middle)."""
    if panel is None:
        return None
    _normal, right, down = (np.asarray(axis, np.float64) for axis in _FRAMES[face])
    clamped = np.clip(point, -inner, inner)
    reach = np.maximum(inner, 1e-9)
    s = (clamped @ right / (np.abs(right) @ reach) + 1) / 2
    t = (clamped @ down / (np.abs(down) @ reach) + 1) / 2
    return panel.uv(s, t)


def _face_of(normal: Array) -> BoxFace:
    return next(face for face, frame in _FRAMES.items() if np.array_equal(frame[0], normal))


def _edge(
    builder: MeshBuilder,
    faces: tuple[BoxFace, BoxFace],
    box: tuple[Array, Array, Array],
    finish: Finish,
    panels: Mapping[BoxFace, Panel],
    base: float,
) -> None:
    middle, half, inner = box
    one, two = (np.asarray(_FRAMES[face][0], np.float64) for face in faces)
    along = np.cross(one, two)
    points = np.array(
        [
            [one * half + two * inner + along * inner * s for s in (-1, 1)],
            [two * half + one * inner + along * inner * s for s in (-1, 1)],
        ]
    )
    # Both rims take one face's uv: what lies between two panels in the art is not theirs.
    owner = faces[0] if faces[0] in panels else faces[1]
    uv = [[_uv_at(owner, panels.get(owner), p, inner) for p in row] for row in points]
    normals = np.array([[one, one], [two, two]])
    builder.grid(
        points + middle,
        finish,
        uv=None if uv[0][0] is None else np.array(uv),
        normals=normals,
        occlusion=_occlusion(points, half, base),
    )


def _corner(
    builder: MeshBuilder,
    signs: Array,
    box: tuple[Array, Array, Array],
    finish: Finish,
    panels: Mapping[BoxFace, Panel],
    base: float,
) -> None:
    middle, half, inner = box
    axes = np.diag(signs).astype(np.float64)
    points = np.array([axis * half + (signs - axis) * inner for axis in axes])
    if signs.prod() < 0:
        points, axes = points[[0, 2, 1]], axes[[0, 2, 1]]
    faces = [_face_of(axis) for axis in axes]
    owner = next((face for face in faces if face in panels), faces[0])
    # A triangle as a grid: its last row is one point twice.
    order = [[0, 2], [1, 1]]
    uv = [[_uv_at(owner, panels.get(owner), points[i], inner) for i in row] for row in order]
    builder.grid(
        points[order] + middle,
        finish,
        uv=None if uv[0][0] is None else np.array(uv),
        normals=axes[order],
        occlusion=_occlusion(points[order], half, base),
    )
