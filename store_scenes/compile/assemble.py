"""Collect meshes and the places they stand in, and put them in the order a renderer draws."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.boards import sides
from store_scenes.compile.leaning import (
    NONE,
    Leaning,
    joined,
    leaning_bounds,
    leaning_rotations,
)
from store_scenes.compile.scene import CELL, DRAW, INSTANCE, MESH
from store_scenes.compile.stocking import MATRICES
from store_scenes.models.detail import DetailedMesh
from store_scenes.models.mesh import VERTEX

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CELL_M = 1.0
"""The side of a cell: what the view frustum and the boards' shadows are tested against."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Meshes that are not for sale. position (n, 3) f8; occlusion (n,) f8.

    `mesh`, `yaw_deg`, `art_layer` and `slope_deg` are one for all of them, or (n,).
    """

    mesh: int | Ints
    position: Floats
    yaw_deg: float | Floats
    occlusion: Floats
    art_layer: int | NDArray[np.uint32] = 0
    slope_deg: float | Floats = 0.0
    whole_room: bool = False  # walls and floor: in a cell of their own


@dataclass(frozen=True, slots=True)
class Goods:
    """Units and cartons, in runs of equal ones.

    Of each run: mesh, product (-1: not for sale), art_layer, orientation, and `many`, how many
    units it is; None: one each. Of each unit, a run's one after another: position (n, 3),
    yaw_deg, occlusion; `leaning` are some of the units; as in `Stock`.
    """

    mesh: Ints
    product: NDArray[np.int32]
    art_layer: NDArray[np.uint32]
    position: Floats
    yaw_deg: Floats
    orientation: NDArray[np.uint8]
    occlusion: Floats
    many: Ints | None = None
    leaning: Leaning = NONE


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
    radii: Floats,
    boards: Floats,
) -> Placed:
    """Instances sorted by (cell, rear, mesh), each cell one range, each run of a mesh one draw.

    A cell is a square of floor on one side of a board (`boards` (b, 2, 3)), so that what stands
    behind a shelf's back is left out as one; what belongs to the whole room comes first. `radii`
    (p,) are of the upright cylinders about the meshes' origins: what is round does not grow when
    it is turned.
    """
    all_goods = [*(_not_for_sale(one) for one in standing), *goods]
    of = _Runs.joined(all_goods)
    run = np.repeat(np.arange(len(of.mesh)), of.many)
    # A column each: many times as quick as rows of three.
    position = np.ascontiguousarray(np.concatenate([g.position.T for g in all_goods], axis=1))
    yaw = np.concatenate([one.yaw_deg for one in all_goods])
    half = np.radians(yaw) / 2.0
    sine, cosine = np.sin(half), np.cos(half)
    box = _boxes(of.mesh, of.orientation, meshes, radii)
    low, high = _bounds(position, sine, cosine, *(part.take(run, axis=-1) for part in box))
    leaning = joined([one.leaning for one in all_goods], [len(one.position) for one in all_goods])
    at = leaning.row
    if len(at):
        low[:, at], high[:, at] = leaning_bounds(
            leaning, position[:, at], yaw[at], box[0][:, run[at]], box[1][:, run[at]]
        )
    side, away = sides((low[::2] + high[::2]) / 2.0, boards)
    mesh, product = of.mesh[run], of.product[run]
    room = np.zeros(len(run), dtype=bool)
    room[: sum(len(one.position) for one in standing)] = np.repeat(
        [one.whole_room for one in standing], [len(one.position) for one in standing]
    )
    rear = (product >= 0) & _rear(mesh, side, away, low, high)
    ground = np.floor(position[::2] / CELL_M).astype(np.int64)
    order, key = _sorted(
        side, ground[1], ground[0], room, rear * len(meshes) + mesh, 2 * len(meshes)
    )
    instances = np.zeros(len(run), INSTANCE)
    for axis in range(3):
        instances["position"][:, axis] = position[axis]
    _rotate(instances["rotation"], sine, cosine, of.orientation, run)
    if len(at):
        upright = np.empty((len(at), 4))
        _rotate(upright, sine[at], cosine[at], of.orientation, run[at])
        instances["rotation"][at] = leaning_rotations(leaning, upright)
    instances["art_layer"] = of.art_layer[run]
    instances["occlusion"] = np.concatenate([one.occlusion for one in all_goods])
    instances = _rows(instances, order)
    instances["id"] = np.arange(len(order))
    bounds = np.concatenate([low, high]).astype(np.float32).take(order, axis=1)
    draws, cells = _draws(key, len(meshes), bounds)
    boxes = np.ascontiguousarray(bounds.T).reshape(-1, 2, 3)
    return Placed(instances, boxes, product[order], cells, draws)


@dataclass(frozen=True, slots=True)
class _Runs:
    """The runs of several `Goods`, one after another."""

    mesh: Ints
    product: NDArray[np.int32]
    art_layer: NDArray[np.uint32]
    orientation: NDArray[np.uint8]
    many: Ints

    @classmethod
    def joined(cls, goods: list[Goods]) -> "_Runs":
        return cls(
            mesh=np.concatenate([one.mesh for one in goods]),
            product=np.concatenate([one.product for one in goods]),
            art_layer=np.concatenate([one.art_layer for one in goods]),
            orientation=np.concatenate([one.orientation for one in goods]),
            many=np.concatenate(
                [np.ones(len(g.mesh), np.int64) if g.many is None else g.many for g in goods]
            ),
        )


def _not_for_sale(one: Standing) -> Goods:
    count = len(one.position)
    return Goods(
        mesh=np.full(count, one.mesh, dtype=np.int64),
        product=np.full(count, -1, dtype=np.int32),
        art_layer=np.full(count, one.art_layer, dtype=np.uint32),
        position=one.position,
        yaw_deg=np.full(count, one.yaw_deg, dtype=np.float64),
        orientation=np.zeros(count, dtype=np.uint8),
        occlusion=one.occlusion,
        leaning=_leans(one),
    )


def _leans(standing: Standing) -> Leaning:
    if isinstance(standing.slope_deg, float) and not standing.slope_deg:
        return NONE
    count = len(standing.position)
    yaw = np.broadcast_to(np.asarray(standing.yaw_deg, dtype=np.float64), (count,))
    slope = np.broadcast_to(np.asarray(standing.slope_deg, dtype=np.float64), (count,))
    row = np.flatnonzero(slope)
    return Leaning(row, slope[row], yaw[row])


def _sorted(
    side: Ints, row: Ints, column: Ints, room: NDArray[np.bool_], drawn: Ints, kinds: int
) -> tuple[Ints, Ints]:
    """The order of units by cell and by what is `drawn` (below `kinds`), equal ones as they were.

    The second array has what was sorted by, in that order: the cell's number times `kinds` and
    `drawn`. What is of the whole room comes before all cells.
    """
    key = np.zeros(len(drawn), dtype=np.int64)
    for part in (side, row, column):
        lowest = int(part.min(initial=0)) - 1
        key *= int(part.max(initial=0)) - lowest + 1
        key += np.where(room, 0, part - lowest)
    return _order(key * kinds + drawn)


def _order(key: Ints) -> tuple[Ints, Ints]:
    """The stable order of whole numbers, and the numbers in it.

    They are sorted with their places below them, where that fits: sorting numbers is several times
    as quick as sorting an order.
    """
    bits = len(key).bit_length()
    if int(key.max(initial=0)) >> (62 - bits):
        order = np.argsort(key, kind="stable")
        return order, key[order]
    both = np.sort((key << bits) + np.arange(len(key)))
    return both & ((1 << bits) - 1), both >> bits


def _boxes(
    mesh: Ints, code: NDArray[np.uint8], meshes: NDArray[np.void], radii: Floats
) -> tuple[Floats, Floats, Floats]:
    """Each run's box about its mesh's origin as it lies, before its yaw.

    Its middle and half its size, (3, r) each, and its radius (r,).
    """
    all_low, all_high = (meshes[name].astype(np.float64) for name in ("bounds_min", "bounds_max"))
    low, high, radius = all_low[mesh], all_high[mesh], radii[mesh]
    lying = np.flatnonzero(code)
    if len(lying):
        matrix = MATRICES[code[lying]]
        ends = np.stack([low[lying], high[lying]], axis=2)
        turned = matrix @ ends
        low[lying], high[lying] = turned.min(axis=2), turned.max(axis=2)
        radius[lying] = np.inf  # no upright cylinder any more
    middle, half = ((low + high) / 2.0).T, ((high - low) / 2.0).T
    return np.ascontiguousarray(middle), np.ascontiguousarray(half), radius


def _rotate(
    rotation: NDArray[np.floating], sine: Floats, cosine: Floats, code: NDArray[np.uint8], run: Ints
) -> None:
    """Write (n, 4) quaternions x, y, z, w: the run's orientation, then the yaw."""
    if code.any():
        x, y, z, w = np.ascontiguousarray(QUATERNIONS[code].T).take(run, axis=1)
    else:  # as in most stores
        x, y, z, w = QUATERNIONS[0]
    # (0, sine, 0, cosine) times (x, y, z, w).
    rotation[:, 0] = cosine * x + sine * z
    rotation[:, 1] = cosine * y + sine * w
    rotation[:, 2] = cosine * z - sine * x
    rotation[:, 3] = cosine * w - sine * y


def _quaternion(matrix: Floats) -> Floats:
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
    position: Floats, half_sine: Floats, half_cosine: Floats, middle: Floats, half: Floats,
    radius: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """The corners, (3, n) each, of the scene-space box around each turned mesh.

    `half_sine` and `half_cosine` are of half the yaw, `middle` and `half` of the box before it.
    """
    sin, cos = 2.0 * half_sine * half_cosine, 1.0 - 2.0 * half_sine * half_sine
    low, high = np.empty_like(position), np.empty_like(position)
    centre = (
        position[0] + (cos * middle[0] + sin * middle[2]),
        position[1] + middle[1],
        position[2] + (cos * middle[2] - sin * middle[0]),
    )
    np.abs(sin, out=sin), np.abs(cos, out=cos)
    # What a quarter turn leaves of a sine is no reason for a box to grow.
    sin[sin < 1e-9], cos[cos < 1e-9] = 0.0, 0.0
    reach = (cos * half[0] + sin * half[2], half[1], cos * half[2] + sin * half[0])
    for axis in range(3):
        np.subtract(centre[axis], reach[axis], out=low[axis])
        np.add(centre[axis], reach[axis], out=high[axis])
    for axis in (0, 2):
        np.maximum(low[axis], position[axis] - radius, out=low[axis])
        np.minimum(high[axis], position[axis] + radius, out=high[axis])
    return low, high


def _rear(mesh: Ints, side: Ints, away: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """True where another of the same mesh, as high, stands further from the same board."""
    rear = np.zeros(len(mesh), dtype=bool)
    if not len(mesh):
        return rear
    height = np.round(low[1] / 0.005).astype(np.int64)
    alike = (mesh * (int(side.max()) + 1) + side) * 4096 + (height & 4095)
    order, alike = _order(alike)
    away = away.take(order)
    first = np.flatnonzero(np.concatenate([[True], alike[1:] != alike[:-1]]))
    front = np.repeat(np.maximum.reduceat(away, first), np.diff(np.append(first, len(alike))))
    depth = np.minimum(high[0] - low[0], high[2] - low[2])
    rear[order] = away < front - 0.5 * depth.take(order)
    return rear & (side > 0)


def _rows(table: NDArray[np.void], order: Ints) -> NDArray[np.void]:
    """`table[order]`, by whole words: numpy takes a record's fields one after another."""
    words = table.view(np.int64).reshape(len(table), -1)
    return words.take(order, axis=0).reshape(-1).view(table.dtype)


def _draws(
    key: Ints, meshes: int, bounds: NDArray[np.float32]
) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """Draws and cells of units sorted by `key`, as `_sorted` gives it.

    `bounds` (6, n) are the boxes' corners.
    """
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    cell, drawn = np.divmod(key[first], 2 * meshes)
    low, high = (
        np.minimum.reduceat(bounds[:3], first, axis=1),
        np.maximum.reduceat(bounds[3:], first, axis=1),
    )
    draws = np.zeros(len(first), DRAW)
    draws["rear"], draws["mesh"] = np.divmod(drawn, meshes)
    draws["first_instance"] = first
    draws["instance_count"] = np.diff(np.append(first, len(key)))
    draws["bounds_min"], draws["bounds_max"] = low.T, high.T
    starts = np.flatnonzero(np.concatenate([[True], cell[1:] != cell[:-1]]))
    cells = np.zeros(len(starts), CELL)
    cells["bounds_min"] = np.minimum.reduceat(low, starts, axis=1).T
    cells["bounds_max"] = np.maximum.reduceat(high, starts, axis=1).T
    cells["first_draw"] = starts
    cells["draw_count"] = np.diff(np.append(starts, len(draws)))
    return draws, cells
