"""Collect meshes and the places they stand in, and put them in the order a renderer draws."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.boards import sides
from store_scenes.compile.scene import CELL, DRAW, INSTANCE, MESH
from store_scenes.compile.stocking import MATRICES
from store_scenes.models.detail import DetailedMesh
from store_scenes.models.mesh import VERTEX

CELL_M = 1.0
"""The side of a cell: what the view frustum and the boards' shadows are tested against."""

_WHOLE_ROOM = -(2**30)


@dataclass(slots=True)
class Standing:
    """Some equal meshes that are not for sale. position (n, 3) f8; occlusion (n,) f8.

    `yaw_deg` is one for all of them, or (n,) f8.
    """

    mesh: int
    position: NDArray[np.float64]
    yaw_deg: float | NDArray[np.float64]
    occlusion: NDArray[np.float64]
    art_layer: int = 0
    whole_room: bool = False  # walls and floor: in a cell of their own


@dataclass(frozen=True, slots=True)
class Goods:
    """Units and cartons: mesh, art_layer, product (-1: not for sale), n each; else as `Stock`."""

    mesh: NDArray[np.int64]
    product: NDArray[np.int32]
    art_layer: NDArray[np.uint32]
    position: NDArray[np.float64]
    yaw_deg: NDArray[np.float64]
    orientation: NDArray[np.uint8]
    occlusion: NDArray[np.float64]


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

    meshes: list[DetailedMesh] = field(default_factory=list)
    _rows: dict[bytes, int] = field(default_factory=dict)

    def add(self, mesh: DetailedMesh) -> int:
        """The row of an equal mesh, which is added when there is none."""
        row = self._rows.setdefault(mesh.digest, len(self.meshes))
        if row == len(self.meshes):
            self.meshes.append(mesh)
        return row

    def arrays(self) -> tuple[NDArray[np.void], NDArray[np.uint32], NDArray[np.void]]:
        """Vertices (n,) VERTEX, indices (m,) u4, meshes (p,) MESH."""
        rows = np.zeros(len(self.meshes), MESH)
        sizes = np.array([len(mesh.vertices) for mesh in self.meshes])
        lengths = np.array([len(mesh.indices) for mesh in self.meshes])
        start = (np.cumsum(lengths) - lengths)[:, None]
        first = np.array([mesh.first for mesh in self.meshes]) + start
        count = np.array([mesh.count for mesh in self.meshes])
        rows["base_vertex"] = np.cumsum(sizes) - sizes
        rows["first_index"], rows["index_count"] = first[:, 0], count[:, 0]
        rows["coarse_first"], rows["coarse_count"] = first[:, 1:], count[:, 1:]
        rows["bounds_min"] = [mesh.low for mesh in self.meshes]
        rows["bounds_max"] = [mesh.high for mesh in self.meshes]
        vertices = np.concatenate([mesh.vertices for mesh in self.meshes])
        indices = np.concatenate([mesh.indices for mesh in self.meshes])
        return np.ascontiguousarray(vertices, dtype=VERTEX), indices, rows


def place(
    standing: list[Standing],
    goods: list[Goods],
    meshes: NDArray[np.void],
    radii: NDArray[np.float64],
    boards: NDArray[np.float64],
) -> Placed:
    """Instances sorted by (cell, rear, mesh), each cell one range, each run of a mesh one draw.

    A cell is a square of floor on one side of a board (`boards` (b, 2, 3)), so that what stands
    behind a shelf's back is left out as one; what belongs to the whole room comes first. `radii`
    (p,) are of the upright cylinders about the meshes' origins: what is round does not grow when
    it is turned.
    """
    all_goods = [_furniture(standing), *goods]
    position = np.concatenate([one.position for one in all_goods])
    mesh = np.concatenate([one.mesh for one in all_goods])
    sold = np.concatenate([one.product for one in all_goods])
    yaw = np.concatenate([one.yaw_deg for one in all_goods])
    code = np.concatenate([one.orientation for one in all_goods])
    room = np.zeros(len(mesh), dtype=bool)
    counts = [len(one.position) for one in standing]
    room[: sum(counts)] = np.repeat([one.whole_room for one in standing], counts)
    bounds = _bounds(position, yaw, *_boxes(mesh, code, meshes, radii))
    side, away = sides(bounds.mean(axis=1), boards)
    rear = (sold >= 0) & _rear(mesh, side, away, bounds)
    column, row = (np.floor(position[:, axis] / CELL_M).astype(np.int64) for axis in (0, 2))
    side, column, row = (np.where(room, _WHOLE_ROOM, key) for key in (side, column, row))
    keys = np.stack([side, row, column, rear, mesh], axis=1)
    order = _sorted(keys)
    keys = keys[order]

    instances = np.zeros(len(order), INSTANCE)
    instances["position"] = position[order]
    instances["rotation"] = _rotations(yaw, code)[order]
    instances["art_layer"] = np.concatenate([one.art_layer for one in all_goods])[order]
    instances["id"] = np.arange(len(order))
    instances["occlusion"] = np.concatenate([one.occlusion for one in all_goods])[order]
    bounds = bounds[order]
    draws, cells = _runs(keys, bounds)
    return Placed(instances, bounds.astype(np.float32), sold[order], cells, draws)


def _furniture(standing: list[Standing]) -> Goods:
    """What is not for sale, as rows."""
    counts = [len(one.position) for one in standing]
    return Goods(
        mesh=np.repeat(np.array([one.mesh for one in standing], dtype=np.int64), counts),
        product=np.full(sum(counts), -1, dtype=np.int32),
        art_layer=np.repeat(np.array([one.art_layer for one in standing], np.uint32), counts),
        position=np.concatenate([one.position for one in standing]),
        yaw_deg=np.concatenate(
            [np.full(len(one.position), one.yaw_deg) for one in standing]  # one, or one a row
        ),
        orientation=np.zeros(sum(counts), dtype=np.uint8),
        occlusion=np.concatenate([one.occlusion for one in standing]),
    )


def _sorted(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order of rows of small integers, equal rows as they were: one number a row is quick."""
    packed = np.zeros(len(keys), dtype=np.int64)
    for column in keys.T:
        named = column != _WHOLE_ROOM  # which lies so far below all others that nothing would fit
        lowest = int(column[named].min(initial=0)) - 1
        values = np.where(named, column - lowest, 0)
        packed = packed * (int(values.max(initial=0)) + 1) + values
    return np.argsort(packed, kind="stable")


def _boxes(
    mesh: NDArray[np.int64],
    code: NDArray[np.uint8],
    meshes: NDArray[np.void],
    radii: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Each unit's box about its mesh's origin as it lies, before its yaw: low, high and radius."""
    all_low, all_high = (meshes[name].astype(np.float64) for name in ("bounds_min", "bounds_max"))
    low, high, radius = all_low[mesh], all_high[mesh], radii[mesh]
    lying = np.flatnonzero(code)
    if len(lying):
        matrix = MATRICES[code[lying]]
        ends = np.stack([low[lying], high[lying]], axis=2)
        turned = matrix @ ends
        low[lying], high[lying] = turned.min(axis=2), turned.max(axis=2)
        radius[lying] = np.inf  # no upright cylinder any more
    return low, high, radius


def _rotations(yaw_deg: NDArray[np.float64], code: NDArray[np.uint8]) -> NDArray[np.float64]:
    """(n, 4) quaternions x, y, z, w: the orientation's, then the yaw."""
    half = np.radians(yaw_deg) / 2.0
    sine, cosine = np.sin(half), np.cos(half)
    x, y, z, w = QUATERNIONS[code].T
    # (0, sine, 0, cosine) times (x, y, z, w).
    return np.stack(
        [cosine * x + sine * z, cosine * y + sine * w, cosine * z - sine * x,
         cosine * w - sine * y], axis=1,
    )  # fmt: skip


def _quaternion(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """x, y, z, w of a rotation: the eigenvector of Bar-Itzhack's (2000) symmetric matrix."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    k = np.array(
        [[a - e - i, d + b, g + c, h - f],
         [d + b, e - a - i, h + f, c - g],
         [g + c, h + f, i - a - e, d - b],
         [h - f, c - g, d - b, a + e + i]]
    ) / 3.0  # fmt: skip
    found = np.linalg.eigh(k)[1][:, 3]
    first = found[np.flatnonzero(np.abs(found) > 1e-9)[-1]]
    return np.asarray(found * np.sign(first))


QUATERNIONS = np.round([_quaternion(matrix) for matrix in MATRICES], 12)
"""(24, 4) by orientation code."""


def _bounds(
    position: NDArray[np.float64],
    yaw_deg: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    radius: NDArray[np.float64],
) -> NDArray[np.float64]:
    """(n, 2, 3) the scene-space box around each turned mesh; all arguments one row each."""
    turn = np.radians(yaw_deg)
    cos, sin = np.cos(turn), np.sin(turn)
    middle = (low + high) / 2.0
    half = (high - low) / 2.0
    centre = position + np.stack(
        [cos * middle[:, 0] + sin * middle[:, 2], middle[:, 1],
         cos * middle[:, 2] - sin * middle[:, 0]], axis=1
    )  # fmt: skip
    cos, sin = np.abs(cos), np.abs(sin)
    # What a quarter turn leaves of a sine is no reason for a box to grow.
    cos, sin = (np.where(part < 1e-9, 0.0, part) for part in (cos, sin))
    reach = np.stack(
        [cos * half[:, 0] + sin * half[:, 2], half[:, 1], cos * half[:, 2] + sin * half[:, 0]],
        axis=1,
    )
    boxes = np.stack([centre - reach, centre + reach], axis=1)
    round_ = position[:, [0, 2]]
    boxes[:, 0, [0, 2]] = np.maximum(boxes[:, 0, [0, 2]], round_ - radius[:, None])
    boxes[:, 1, [0, 2]] = np.minimum(boxes[:, 1, [0, 2]], round_ + radius[:, None])
    return boxes


def _rear(
    mesh: NDArray[np.int64],
    side: NDArray[np.int64],
    away: NDArray[np.float64],
    bounds: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """True where another of the same mesh, as high, stands further from the same board."""
    height = np.round(bounds[:, 0, 1] / 0.005).astype(np.int64)
    packed = (mesh * (int(side.max(initial=0)) + 1) + side) * 4096 + (height & 4095)
    _, group = np.unique(packed, return_inverse=True)
    group = group.reshape(-1)
    front = np.zeros(int(group.max(initial=-1)) + 1)
    np.maximum.at(front, group, away)
    depth = (bounds[:, 1] - bounds[:, 0])[:, [0, 2]].min(axis=1)
    return np.asarray((side > 0) & (away < front[group] - 0.5 * depth))


def _runs(
    keys: NDArray[np.int64], bounds: NDArray[np.float64]
) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """Of sorted `keys` (n, 5): the cell's three, whether it stands behind others, its mesh."""
    changed = keys[1:] != keys[:-1]
    new_cell = np.concatenate([[True], changed[:, :3].any(axis=1)])
    first = np.flatnonzero(np.concatenate([[True], changed.any(axis=1)]))
    draws = np.zeros(len(first), DRAW)
    draws["mesh"], draws["rear"] = keys[first, 4], keys[first, 3]
    draws["first_instance"] = first
    draws["instance_count"] = np.diff(np.append(first, len(keys)))
    draws["bounds_min"] = np.minimum.reduceat(bounds[:, 0], first)
    draws["bounds_max"] = np.maximum.reduceat(bounds[:, 1], first)
    starts = np.flatnonzero(new_cell)
    cells = np.zeros(len(starts), CELL)
    cells["bounds_min"] = np.minimum.reduceat(bounds[:, 0], starts)
    cells["bounds_max"] = np.maximum.reduceat(bounds[:, 1], starts)
    cells["first_draw"] = np.searchsorted(first, starts)
    cells["draw_count"] = np.diff(np.append(cells["first_draw"], len(draws)))
    return draws, cells
