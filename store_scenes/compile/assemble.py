"""Collect meshes and the places they stand in, and put them in the order a renderer draws."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import CELL, DRAW, INSTANCE, MESH
from store_scenes.fixtures.shapes import yaw_matrix
from store_scenes.models.mesh import VERTEX

CELL_M = 3.0
"""The side of a shelf cell: what the view frustum is tested against."""


@dataclass(slots=True)
class Standing:
    """Some equal meshes. position (n, 3) f8; occlusion (n,) f8; `product` -1: not for sale."""

    mesh: int
    position: NDArray[np.float64]
    yaw_deg: float
    occlusion: NDArray[np.float64]
    art_layer: int = 0
    product: int = -1
    whole_room: bool = False  # walls and floor: in a cell of their own


@dataclass(frozen=True, slots=True)
class Placed:
    """The instance side of a scene, in drawing order; dtypes as in `SceneDescription`."""

    instances: NDArray[np.void]
    bounds: NDArray[np.float32]
    product_of: NDArray[np.int32]
    cells: NDArray[np.void]
    draws: NDArray[np.void]


@dataclass(slots=True)
class MeshPool:
    """Every distinct mesh once, in order of first use."""

    _rows: dict[bytes, int] = field(default_factory=dict)
    _vertices: list[NDArray[np.void]] = field(default_factory=list)
    _indices: list[NDArray[np.uint32]] = field(default_factory=list)

    def add(self, vertices: NDArray[np.void], indices: NDArray[np.uint32]) -> int:
        """The row of an equal mesh, which is added when there is none."""
        digest = hashlib.blake2b(np.ascontiguousarray(vertices).tobytes(), digest_size=16)
        digest.update(np.ascontiguousarray(indices).tobytes())
        row = self._rows.setdefault(digest.digest(), len(self._vertices))
        if row == len(self._vertices):
            self._vertices.append(vertices)
            self._indices.append(np.asarray(indices, dtype=np.uint32))
        return row

    def arrays(self) -> tuple[NDArray[np.void], NDArray[np.uint32], NDArray[np.void]]:
        """Vertices (n,) VERTEX, indices (m,) u4, meshes (p,) MESH."""
        meshes = np.zeros(len(self._vertices), MESH)
        counts = np.array([len(indices) for indices in self._indices])
        sizes = np.array([len(vertices) for vertices in self._vertices])
        meshes["index_count"] = counts
        meshes["first_index"] = np.cumsum(counts) - counts
        meshes["base_vertex"] = np.cumsum(sizes) - sizes
        for row, vertices in enumerate(self._vertices):
            meshes["bounds_min"][row] = vertices["position"].min(axis=0)
            meshes["bounds_max"][row] = vertices["position"].max(axis=0)
        vertices = np.ascontiguousarray(np.concatenate(self._vertices), dtype=VERTEX)
        return vertices, np.concatenate(self._indices), meshes


def place(standing: list[Standing], meshes: NDArray[np.void]) -> Placed:
    """Instances sorted by (cell, mesh), each cell one range, each run of a mesh one draw.

    Cells run row by row of the floor; what belongs to the whole room comes first.
    """
    position = np.concatenate([one.position for one in standing]).astype(np.float32)
    counts = [len(one.position) for one in standing]
    mesh = np.repeat(np.array([one.mesh for one in standing]), counts)
    art = np.repeat(np.array([one.art_layer for one in standing], dtype=np.uint32), counts)
    sold = np.repeat(np.array([one.product for one in standing], dtype=np.int32), counts)
    room = np.repeat(np.array([one.whole_room for one in standing]), counts)
    yaw = np.repeat(np.array([one.yaw_deg for one in standing]), counts)
    openness = np.concatenate([one.occlusion for one in standing])
    bounds = np.concatenate([_bounds(one, meshes) for one in standing])
    column, row = (np.floor(position[:, axis] / CELL_M).astype(np.int64) for axis in (0, 2))
    cell = np.where(room, np.int64(-(2**40)), row * 100_000 + column)
    order = np.lexsort((np.arange(len(mesh)), mesh, cell))
    cell, mesh, bounds = cell[order], mesh[order], bounds[order]

    instances = np.zeros(len(order), INSTANCE)
    instances["position"] = position[order]
    half = np.radians(yaw[order]) / 2.0
    instances["rotation"][:, 1] = np.sin(half)
    instances["rotation"][:, 3] = np.cos(half)
    instances["art_layer"] = art[order]
    instances["id"] = np.arange(len(order))
    instances["occlusion"] = openness[order]
    draws, cells = _runs(cell, mesh, bounds)
    return Placed(instances, bounds.astype(np.float32), sold[order], cells, draws)


def _bounds(one: Standing, meshes: NDArray[np.void]) -> NDArray[np.float64]:
    low = meshes["bounds_min"][one.mesh].astype(np.float64)
    high = meshes["bounds_max"][one.mesh].astype(np.float64)
    turn = yaw_matrix(one.yaw_deg)
    middle = turn @ ((low + high) / 2.0)
    half = np.abs(turn) @ ((high - low) / 2.0)
    centre = one.position + middle
    return np.stack([centre - half, centre + half], axis=1)


def _runs(
    cell: NDArray[np.int64], mesh: NDArray[np.int64], bounds: NDArray[np.float64]
) -> tuple[NDArray[np.void], NDArray[np.void]]:
    new_cell = np.concatenate([[True], cell[1:] != cell[:-1]])
    new_draw = new_cell | np.concatenate([[True], mesh[1:] != mesh[:-1]])
    first = np.flatnonzero(new_draw)
    draws = np.zeros(len(first), DRAW)
    draws["mesh"] = mesh[first]
    draws["first_instance"] = first
    draws["instance_count"] = np.diff(np.append(first, len(mesh)))
    starts = np.flatnonzero(new_cell)
    cells = np.zeros(len(starts), CELL)
    cells["bounds_min"] = np.minimum.reduceat(bounds[:, 0], starts)
    cells["bounds_max"] = np.maximum.reduceat(bounds[:, 1], starts)
    cells["first_draw"] = np.searchsorted(first, starts)
    cells["draw_count"] = np.diff(np.append(cells["first_draw"], len(draws)))
    return draws, cells
