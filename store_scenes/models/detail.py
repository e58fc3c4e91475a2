"""Coarser versions of a mesh that need no vertices of their own: only shorter index lists.

For meshes of which nothing is known but their triangles; those made in code have `thinning.py`.
Vertex clustering (Rossignac and Borrel, 1993) in which each cluster keeps one of its own
vertices, so that texture, normal and surface stay ones that the artist made. Pure numpy.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

CELL_SIZES_M: Final = (0.006, 0.014, 0.030, 0.060)
"""Side of a cluster, by level of detail after the full one."""

ROUGH_M: Final = 0.025
"""From this on direction and texture place count half."""

OUTLINE_M: Final = 0.050
"""From this on edges may go: a whole package is a few pixels."""

_SHARE_MAX: Final = 0.9  # of a mesh's extent: both its ends keep clusters of their own

TRIANGLES_MIN: Final = 60
"""A mesh as plain as this is left as it is, but for its outline."""

BOX_TRIANGLES: Final = 13

FINER: Final = 0.6
"""Where clusters swallow what a mesh looks like, smaller ones by this factor are tried."""

_TRIES: Final = 6
_EXTENT_MIN: Final = 0.7  # of the mesh's own, along each axis
_AREA_MIN: Final = 0.25  # of the mesh's own, as seen along each axis
_THIN_M: Final = 0.004  # an axis that is no longer than this may go flat

_UV_STEPS: Final = 8
_NORMAL_STEPS: Final = 1.4
_KEY_MAX: Final = 2**62


@dataclass(frozen=True, slots=True)
class DetailedMesh:
    """A mesh with its levels of detail.

    vertices (n,) VERTEX; indices (m,) u4: all levels, finest first; `first` and `count` (levels,)
    say where in `indices` each one lies. `digest` is equal for equal meshes.
    """

    vertices: NDArray[np.void]
    indices: NDArray[np.uint32]
    first: tuple[int, ...]
    count: tuple[int, ...]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    radius: float  # of the upright cylinder about the origin that holds it, metres
    digest: bytes


def mesh_digest(vertices: NDArray[np.void], indices: NDArray[np.uint32]) -> bytes:
    """16 bytes, equal for equal meshes."""
    digest = hashlib.blake2b(np.ascontiguousarray(vertices).data, digest_size=16)
    digest.update(np.ascontiguousarray(indices).data)
    return digest.digest()


@dataclass(frozen=True, slots=True)
class Levels:
    """The index lists of a mesh's levels: as `indices`, `first` and `count` of `DetailedMesh`."""

    indices: NDArray[np.uint32]
    first: tuple[int, ...]
    count: tuple[int, ...]


def detailed(
    vertices: NDArray[np.void], indices: NDArray[np.uint32], *, coarse: bool = True
) -> DetailedMesh:
    """The mesh and its coarser levels; without `coarse` every level is the full one."""
    return with_levels(vertices, levels_of(vertices, indices, coarse=coarse))


def with_levels(vertices: NDArray[np.void], levels: Levels) -> DetailedMesh:
    """The mesh with levels that were worked out before."""
    position = vertices["position"]
    return DetailedMesh(
        vertices=vertices,
        indices=levels.indices,
        first=levels.first,
        count=levels.count,
        low=position.min(axis=0),
        high=position.max(axis=0),
        radius=float(np.hypot(position[:, 0], position[:, 2]).max()),
        digest=mesh_digest(vertices, levels.indices[: levels.count[0]]),
    )


def levels_of(
    vertices: NDArray[np.void], indices: NDArray[np.uint32], *, coarse: bool = True
) -> Levels:
    """The full list and each coarser one that is shorter than the one before it."""
    full = np.ascontiguousarray(indices, dtype=np.uint32)
    sizes = CELL_SIZES_M if coarse else ()
    return levels_from(full, (coarser(vertices, full, size) for size in sizes))


def levels_from(indices: NDArray[np.uint32], coarser_ones: Iterable[NDArray[np.uint32]]) -> Levels:
    """The full list and each that is shorter than the one before it, which else serves again."""
    full = np.ascontiguousarray(indices, dtype=np.uint32)
    first, count, lists = [0], [len(full)], [full]
    length = len(full)
    for fewer in coarser_ones:
        if len(fewer) >= count[-1]:
            first.append(first[-1])
            count.append(count[-1])
            continue
        first.append(length)
        count.append(len(fewer))
        lists.append(fewer)
        length += len(fewer)
    wanting = 1 + len(CELL_SIZES_M) - len(first)
    first += first[-1:] * wanting
    count += count[-1:] * wanting
    return Levels(np.concatenate(lists), tuple(first), tuple(count))


def coarser(
    vertices: NDArray[np.void], indices: NDArray[np.uint32], cell_m: float
) -> NDArray[np.uint32]:
    """Triangles (3 n,) over the same vertices, none thinner than a cluster of `cell_m`.

    Vertices join only when position, direction, texture place and colour are all close, so seams
    and hard edges stay; from OUTLINE_M on direction does not count. Clusters get smaller until the
    mesh keeps its extent and most of its area: a ball whose every triangle has two corners in one
    cluster would be gone. Gives the same list back when there is little to gain.
    """
    outline = cell_m >= OUTLINE_M
    if len(indices) < 3 * (BOX_TRIANGLES if outline else TRIANGLES_MIN):
        return indices
    position = vertices["position"].astype(np.float64)
    whole = _shape(position, indices.astype(np.int64).reshape(-1, 3))
    for attempt in range(_TRIES):
        kept = _clustered(vertices, position, indices, cell_m * FINER**attempt, outline)
        if len(kept) * 3 > 0.8 * len(indices):
            return indices
        if _is_like(_shape(position, kept), whole):
            return np.ascontiguousarray(kept.reshape(-1), dtype=np.uint32)
    return indices


def _clustered(
    vertices: NDArray[np.void],
    position: NDArray[np.float64],
    indices: NDArray[np.uint32],
    cell_m: float,
    outline: bool,
) -> NDArray[np.int64]:
    """(n, 3) the triangles that are left when each cluster has become one of its vertices."""
    low, high = vertices["position"].min(axis=0), vertices["position"].max(axis=0)
    side = np.clip((high - low) * _SHARE_MAX, 1e-6, cell_m)
    fine = 1.0 if cell_m < ROUGH_M else 0.5
    columns = [
        np.floor((vertices["position"] - (low + high) * 0.5) / side + 0.5),
        np.floor(vertices["uv"] * _UV_STEPS * fine),
        vertices["colour"] // 64,
    ]
    if not outline:
        columns.append(np.round(vertices["normal"] * _NORMAL_STEPS * fine))
    keys = np.concatenate(columns, axis=1).astype(np.int64)
    _, first, cluster = np.unique(packed(keys), return_index=True, return_inverse=True)
    cluster = cluster.reshape(-1)
    # The member nearest to where its cluster's members meet stands for all of them.
    counts = np.bincount(cluster, minlength=len(first)).astype(np.float64)
    mean = np.stack(
        [np.bincount(cluster, position[:, axis], len(first)) / counts for axis in range(3)], axis=1
    )
    away = np.linalg.norm(position - mean[cluster], axis=1)
    order = np.lexsort((away, cluster))
    starts = np.searchsorted(cluster[order], np.arange(len(first)))
    keeper = order[starts]
    triangles = keeper[cluster[indices.astype(np.int64)]].reshape(-1, 3)
    area = np.linalg.norm(_areas(position, triangles), axis=1)
    return np.asarray(triangles[area > 1e-10])


def _areas(position: NDArray[np.float64], triangles: NDArray[np.int64]) -> NDArray[np.float64]:
    """(n, 3) twice each triangle's area, along its normal."""
    a, b, c = (position[triangles[:, corner]] for corner in range(3))
    return np.asarray(np.cross(b - a, c - a))


def _shape(
    position: NDArray[np.float64], triangles: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Extent along each axis, and the area that is seen along each."""
    if not len(triangles):
        return np.zeros(3), np.zeros(3)
    extent = np.ptp(position[triangles.reshape(-1)], axis=0)
    return extent, np.abs(_areas(position, triangles)).sum(axis=0)


def _is_like(
    kept: tuple[NDArray[np.float64], NDArray[np.float64]],
    whole: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> bool:
    """Whether one would take the one for the other from afar."""
    matters = whole[0] > _THIN_M
    extent = (kept[0] >= _EXTENT_MIN * whole[0])[matters]
    area = kept[1] >= _AREA_MIN * whole[1]
    # What is seen along an axis that hardly shows it may go: the edge of a plate.
    area |= whole[1] < 0.1 * whole[1].max()
    return bool(extent.all() and area.all())


def packed(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,) one number a row of `keys` (n, k), equal for equal rows; sorting it is what is quick."""
    low = keys.min(axis=0)
    spans = keys.max(axis=0) - low + 1
    packed = np.zeros(len(keys), dtype=np.int64)
    room = 1
    for column, span in enumerate(spans.tolist()):
        if room * span > _KEY_MAX:
            _, packed = np.unique(packed, return_inverse=True)
            packed = packed.reshape(-1).astype(np.int64)
            room = len(keys)
        packed = packed * span + (keys[:, column] - low[column])
        room *= span
    return packed
