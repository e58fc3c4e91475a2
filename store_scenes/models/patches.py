"""What a mesh made in code is made of: grids that can be thinned, and parts with a plainer form.

Kept beside the mesh until its levels of detail are made (`thinning.py`), then forgotten.
"""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is no grid: triangles (3 m,), and what stands for them from afar.

    `plain` (3 k,) takes their place once `moved_m`, how far it is off them, is too little to be
    seen.
    """

    triangles: Places
    plain: Places
    moved_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Patches:
    """All of a mesh, as numbers of its vertices.

    Each of `grids` is (rows, columns), rows downwards and columns to the right as seen from
    outside; its triangles are those of `grid_triangles`, where they have an area.
    """

    grids: tuple[Places, ...] = ()
    parts: tuple[Part, ...] = ()

    def renumbered(self, number: Places) -> "Patches":
        """The same of another vertex array, in which vertex i is `number[i]`."""
        return Patches(
            tuple(number[grid] for grid in self.grids),
            tuple(Part(number[p.triangles], number[p.plain], p.moved_m) for p in self.parts),
        )


@functools.lru_cache(maxsize=512)
def grid_triangles(rows: int, columns: int) -> Places:
    """(n, 3) places in a flattened grid: two triangles a quad."""
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b = index[:-1, :-1].ravel(), index[:-1, 1:].ravel()
    c, d = index[1:, :-1].ravel(), index[1:, 1:].ravel()
    return np.concatenate([np.stack([a, c, d], 1), np.stack([a, d, b], 1)])
