"""A box whose edges catch the light: flat faces, one narrow strip along every edge, shared normals.

The strips take the normals of the two faces they join, so they shade as a quarter round at the
cost of two triangles each.
"""

import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.geometry import WHITE_UV, Finish, Made, MeshBuilder
from store_scenes.models.mesh import VERTEX
from store_scenes.models.panel import Panel
from store_scenes.models.patches import Part, Patches

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

_FACES: tuple[BoxFace, ...] = tuple(_FRAMES)

BASE_OCCLUSION = 0.72
"""At the foot of a package, where its shelf and its neighbours keep light away."""


@dataclass(frozen=True, slots=True, eq=False)
class _Template:
    """A bevelled box before its size: each corner is `half * full + inner * short`.

    full, short, normals (n, 3); share (n, 2) of the owner's panel; owner (n,) index of a face, or
    -1; triangles (m, 3); plain (12, 3) are those of the box without its bevels.
    """

    full: Array
    short: Array
    normals: Array
    share: Array
    owner: NDArray[np.intp]
    triangles: NDArray[np.intp]
    plain: NDArray[np.intp]


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
    template = _template(frozenset(panels))
    points = template.full * half + template.short * inner
    vertices = np.zeros(len(points), VERTEX)
    vertices["position"] = points + middle
    vertices["normal"] = template.normals
    vertices["uv"] = WHITE_UV
    for face, panel in panels.items():
        own = template.owner == _FACES.index(face)
        vertices["uv"][own] = panel.uv(template.share[own, 0], template.share[own, 1])
    vertices["colour"] = (*finish.colour, 255)
    vertices["surface"][:, :3] = (finish.roughness, finish.metallic, finish.clearcoat)
    # Darker towards the foot: full within the lowest quarter, or 40 mm.
    rise = np.clip((points[:, 1] + half[1]) / max(min(half[1] * 0.5, 0.04), 1e-6), 0.0, 1.0)
    open_ = base_occlusion + (1.0 - base_occlusion) * rise
    vertices["surface"][:, 3] = np.clip(np.rint(open_ * 255), 0, 255)
    triangles, plain = template.triangles.ravel(), template.plain.ravel()
    # Without it an edge has no light of its own: seen long after its shape is.
    moved = 2 * float((half - inner)[0])
    patches = Patches(parts=(Part(triangles, plain, moved),))
    builder.add(Made(vertices, triangles.astype(np.uint32), patches))


@functools.cache
def _template(panelled: frozenset[BoxFace]) -> _Template:
    """Six faces, twelve strips and eight corners; an edge takes the art of one of its faces.

    What lies between two panels in the art belongs to neither. Six whole faces come last, for afar:
    they keep the box's extent, which the corners of the others do not reach.
    """
    rows: list[tuple[Array, Array, Array, int]] = []
    triangles: list[tuple[int, int, int]] = []

    def patch(corners: list[tuple[Array, Array, Array]], owner: int, *, three: bool) -> None:
        first = len(rows)
        rows.extend((*corner, owner) for corner in corners)
        triangles.append(
            (first, first + 2, first + 3) if not three else (first, first + 1, first + 2)
        )
        if not three:
            triangles.append((first, first + 3, first + 1))

    axes = {face: [np.asarray(axis, np.float64) for axis in _FRAMES[face]] for face in _FACES}
    for number, face in enumerate(_FACES):
        normal, right, down = axes[face]
        owner = number if face in panelled else -1
        places = [right * s + down * t for t in (-1, 1) for s in (-1, 1)]
        patch([(normal, place, normal) for place in places], owner, three=False)
    for first, second in itertools.combinations(_FACES, 2):
        one, two = axes[first][0], axes[second][0]
        if np.dot(one, two) != 0:
            continue
        along = np.cross(one, two)
        owner = _owner((first, second), panelled)
        patch(
            [(one, two - along, one), (one, two + along, one),
             (two, one - along, two), (two, one + along, two)],
            owner, three=False,
        )  # fmt: skip
    for signs in itertools.product((-1.0, 1.0), repeat=3):
        sides = [np.diag(signs)[axis] for axis in range(3)]
        if np.prod(signs) < 0:
            sides = [sides[0], sides[2], sides[1]]
        whole = np.array(signs)
        faces = tuple(_face_of(side) for side in sides)
        patch([(side, whole - side, side) for side in sides], _owner(faces, panelled), three=True)
    fine = len(triangles)
    for number, face in enumerate(_FACES):
        normal, right, down = axes[face]
        owner = number if face in panelled else -1
        places = [right * s + down * t for t in (-1, 1) for s in (-1, 1)]
        patch([(normal + p, np.zeros(3), normal) for p in places], owner, three=False)
    return _joined(rows, triangles, fine, axes)


def _owner(faces: tuple[BoxFace, ...], panelled: frozenset[BoxFace]) -> int:
    return next((_FACES.index(face) for face in faces if face in panelled), -1)


def _joined(
    rows: list[tuple[Array, Array, Array, int]],
    triangles: list[tuple[int, int, int]],
    fine: int,
    axes: Mapping[BoxFace, list[Array]],
) -> _Template:
    full, short, normals = (np.array([row[i] for row in rows]) for i in range(3))
    owner = np.array([row[3] for row in rows], np.intp)
    share = np.zeros((len(rows), 2))
    for number, face in enumerate(_FACES):
        own = owner == number
        # The place on the owner's flat part that is nearest.
        place = np.clip(full[own] + short[own], -1, 1)
        share[own] = (np.stack([place @ axes[face][1], place @ axes[face][2]], 1) + 1) / 2
    all_ = np.array(triangles, np.intp)
    return _Template(full, short, normals, share, owner, all_[:fine], all_[fine:])


def _face_of(normal: Array) -> BoxFace:
    return next(face for face in _FACES if np.array_equal(_FRAMES[face][0], normal))
