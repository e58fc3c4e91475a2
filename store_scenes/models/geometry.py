"""Collects surface patches into one VERTEX array: positions, normals, finish, occlusion."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from store_scenes.models.mesh import ART_SIZE, VERTEX
from store_scenes.models.patches import Patches, grid_triangles

Array = NDArray[np.float64]

WHITE_PATCH_PX = 8
"""Side of the white square in the bottom right corner of every art.

A part with a colour of its own has one uv for all its vertices, in the middle of that square: its
derivatives are zero, so the sampler stays at the finest level and never mixes a neighbour in.
"""

WHITE_UV = (1.0 - WHITE_PATCH_PX / (2 * ART_SIZE),) * 2

DEGENERATE_M2 = 1e-12
"""Twice the area below which a triangle is dropped: poles of a lathe, folded corners."""


@dataclass(frozen=True, slots=True)
class Finish:
    """How a part looks: sRGB colour that multiplies the art, and three numbers over 255."""

    colour: tuple[int, int, int] = (255, 255, 255)
    roughness: int = 150
    metallic: int = 0
    clearcoat: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """A finished mesh: (n,) VERTEX, (m,) u4 triangle indices, and what it is made of."""

    vertices: NDArray[np.void]
    indices: NDArray[np.uint32]
    patches: Patches


class MeshBuilder:
    """Patches in, one welded indexed mesh out. Metres."""

    def __init__(self) -> None:
        self._vertices: list[NDArray[np.void]] = []
        self._indices: list[NDArray[np.uint32]] = []
        self._patches: list[Patches] = []
        self._count = 0

    def grid(
        self,
        positions: ArrayLike,
        finish: Finish,
        *,
        uv: ArrayLike | None = None,
        normals: ArrayLike | None = None,
        occlusion: ArrayLike = 1.0,
        shade: ArrayLike | None = None,
    ) -> None:
        """Add a patch of quads.

        Args:
            positions: (rows, columns, 3); rows run downwards and columns to the right as seen
                from outside.
            finish: of the whole patch.
            uv: (rows, columns, 2) on the art; None: the white patch.
            normals: (rows, columns, 3); None: smooth inside the patch, crisp at its border.
            occlusion: broadcast to (rows, columns), 1 open .. 0 closed.
            shade: broadcast to (rows, columns, 3), multiplies the finish's colour.
        """
        points = np.asarray(positions, np.float64)
        rows, columns = points.shape[:2]
        triangles = grid_triangles(rows, columns)
        flat = points.reshape(-1, 3)
        corner = flat[triangles]
        cross = crossed(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
        kept = np.einsum("ij,ij->i", cross, cross) > DEGENERATE_M2**2
        triangles = triangles[kept]
        if normals is None:
            summed = np.zeros_like(flat)
            for side in range(3):
                np.add.at(summed, triangles[:, side], cross[kept])
            directions = summed
        else:
            directions = np.asarray(normals, np.float64).reshape(-1, 3)
        vertices = np.zeros(rows * columns, VERTEX)
        vertices["position"] = flat
        vertices["normal"] = _unit(directions)
        vertices["uv"] = WHITE_UV if uv is None else np.asarray(uv, np.float64).reshape(-1, 2)
        colour = np.asarray(finish.colour, np.float64)
        if shade is not None:
            shades = np.broadcast_to(np.asarray(shade, np.float64), (rows, columns, 3))
            colour = colour * shades.reshape(-1, 3)
        vertices["colour"][:, :3] = np.clip(np.rint(colour), 0, 255)
        vertices["colour"][:, 3] = 255
        vertices["surface"][:, :3] = (finish.roughness, finish.metallic, finish.clearcoat)
        openness = np.broadcast_to(np.asarray(occlusion, np.float64), (rows, columns))
        vertices["surface"][:, 3] = np.clip(np.rint(openness.ravel() * 255), 0, 255)
        places = np.arange(rows * columns).reshape(rows, columns)
        self.add(Made(vertices, triangles.ravel().astype(np.uint32), Patches((places,))))

    def add(self, made: Made) -> None:
        """Add a mesh that is finished."""
        number = np.arange(self._count, self._count + len(made.vertices))
        self._vertices.append(made.vertices)
        self._indices.append(number[made.indices].astype(np.uint32))
        self._patches.append(made.patches.renumbered(number))
        self._count += len(made.vertices)

    def finish(self) -> Made:
        """The mesh with equal vertices welded; none is left that no level of detail can use."""
        vertices = np.concatenate(self._vertices)
        indices = np.concatenate(self._indices)
        patches = Patches(
            tuple(grid for one in self._patches for grid in one.grids),
            tuple(part for one in self._patches for part in one.parts),
        )
        wanted = np.zeros(len(vertices), bool)
        wanted[indices] = True
        for places in (*patches.grids, *(part.plain for part in patches.parts)):
            wanted[places] = True
        used = np.flatnonzero(wanted)
        raw = np.ascontiguousarray(vertices[used]).view(np.dtype((np.void, VERTEX.itemsize)))
        _unique, first, inverse = np.unique(raw, return_index=True, return_inverse=True)
        number = np.zeros(len(vertices), np.intp)
        number[used] = inverse.reshape(-1)
        return Made(
            vertices[used][first], number[indices].astype(np.uint32), patches.renumbered(number)
        )


def crossed(first: Array, second: Array) -> Array:
    """The cross product along the last axis; several times as fast as `np.cross`."""
    ax, ay, az = first[..., 0], first[..., 1], first[..., 2]
    bx, by, bz = second[..., 0], second[..., 1], second[..., 2]
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], -1)


def _unit(vectors: Array) -> Array:
    length = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    up = np.array([0.0, 1.0, 0.0])
    return np.asarray(np.where(length > 1e-12, vectors / np.maximum(length, 1e-12), up))


def quad_positions(
    top_left: ArrayLike, top_right: ArrayLike, bottom_left: ArrayLike, bottom_right: ArrayLike
) -> Array:
    """A (2, 2, 3) grid from four corners as seen from outside."""
    return np.array([[top_left, top_right], [bottom_left, bottom_right]], np.float64)


def fit_exactly(
    vertices: NDArray[np.void], dimensions_mm: tuple[float, float, float]
) -> NDArray[np.void]:
    """Stretch a mesh that already nearly fills its box so that it fills it exactly.

    The result stands on y = 0, centred in x and z. Shapes aim at their box; this takes out what a
    fold or a chord of a circle leaves, well below a millimetre.
    """
    fitted = vertices.copy()
    position = vertices["position"].astype(np.float64)
    low, high = position.min(axis=0), position.max(axis=0)
    size = np.asarray(dimensions_mm, np.float64) / 1000.0
    position = (position - low) / np.maximum(high - low, 1e-9) * size
    position -= np.array([size[0] / 2, 0.0, size[2] / 2])
    fitted["position"] = position
    return fitted
