"""Coarser versions of a mesh that need no vertices of their own: only shorter index lists.

Vertex clustering (Rossignac and Borrel, 1993) in which each cluster keeps one of its own
vertices, so that texture, normal and surface stay ones that the artist made. Pure numpy.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

CELL_SIZES_M: Final = (0.006, 0.014, 0.030)
"""Side of a cluster, by level of detail after the full one."""

TRIANGLES_MIN: Final = 60
"""A mesh as plain as this is left as it is."""

_UV_STEPS: Final = 8
_NORMAL_STEPS: Final = 1.4


def coarser(
    vertices: NDArray[np.void], indices: NDArray[np.uint32], cell_m: float
) -> NDArray[np.uint32]:
    """Triangles (3 n,) over the same vertices, none thinner than a cluster of `cell_m`.

    Vertices join only when position, direction, texture place and colour are all close, so seams
    and hard edges stay. Gives the same list back when there is little to gain.
    """
    if len(indices) < 3 * TRIANGLES_MIN:
        return indices
    keys = np.concatenate(
        [
            np.floor(vertices["position"] / cell_m + 0.5),
            np.round(vertices["normal"] * _NORMAL_STEPS),
            np.floor(vertices["uv"] * _UV_STEPS),
            vertices["colour"][:, :3] // 64,
        ],
        axis=1,
    ).astype(np.int64)
    _, first, cluster = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    cluster = cluster.reshape(-1)
    # The member nearest to where its cluster's members meet stands for all of them.
    counts = np.bincount(cluster, minlength=len(first)).astype(np.float64)
    position = vertices["position"].astype(np.float64)
    mean = np.stack(
        [np.bincount(cluster, position[:, axis], len(first)) / counts for axis in range(3)], axis=1
    )
    away = np.linalg.norm(position - mean[cluster], axis=1)
    order = np.lexsort((np.arange(len(away)), away, cluster))
    starts = np.searchsorted(cluster[order], np.arange(len(first)))
    keeper = order[starts]
    triangles = keeper[cluster[indices.astype(np.int64)]].reshape(-1, 3)
    corners = position[triangles]
    area = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    kept = triangles[area > 1e-10]
    if len(kept) * 3 > 0.8 * len(indices):
        return indices
    return np.ascontiguousarray(kept.reshape(-1), dtype=np.uint32)
