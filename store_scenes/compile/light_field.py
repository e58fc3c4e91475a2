"""How the ceiling's light fills the store: shelves, gaps, floor and aisles, baked once. Pure numpy.

The air is cut into cells; light is swept through them along forty directions, dimmed by what
stands in each cell, then once more with what boards and goods throw back. A cell keeps its mean
light and which way that leans, so tops, fronts and undersides differ wherever they stand, and
nothing depends on how finely a mesh is cut.

Greger, Shirley, Hubbard and Greenberg, "The Irradiance Volume" (1998), with discrete ordinates
(Chandrasekhar, 1950) in place of rays.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from store_scenes.compile.scene import SceneDescription

Floats = NDArray[np.float32]

LAYER_M: Final = 0.05
"""Height of a cell; the lowest layer stands on the floor."""

COLUMN_M: Final = 0.10
"""Width and depth of a cell, in a store of ordinary size."""

CELLS_MAX: Final = 4_000_000
SIDE_MAX: Final = 2048  # what every graphics card takes of a 3D texture
TOP_MIN_M: Final = 1.6
TOP_OVER_M: Final = 0.2  # above the tallest fixture; over that the air is open

CODE_MAX: Final = 65535  # in 8 bits walls show steps
MEAN_MAX: Final = 2.0  # LIGHT_MEAN_MAX in shaders/common/room.glsl
LEAN_MAX: Final = 1.5  # LIGHT_LEAN_MAX there

UPRIGHT_WHITE: Final = 0.82
"""White card standing upright in the middle of an aisle, linear light: sRGB 0.92."""

LAMP_LIGHT: Final = 7.0
CEILING_LIGHT: Final = 0.80
WALL_LIGHT: Final = 0.62
DAYLIGHT: Final = 1.1
STRIP_LIGHT: Final = 9.0
"""Before all is scaled to `UPRIGHT_WHITE`: what the room's own surfaces send out."""

_BOARD_DEPTH = 8.0  # optical depth of a board, however thin
_GOODS_DEPTH = 4.5  # of a decimetre of packed goods: light comes through their gaps
_THROWN_BACK = 0.62  # of the light that falls on boards and goods
_FLOOR_BACK = 0.55
_FLOOR_FIRST = 0.45
_NEVER_DARK = 0.02  # of the light in the open: what sweeps this coarse lose in corners
_EYE = 0.39  # an eye that adapts sees shade lighter than a meter does,
_DEEP = 0.014  # but what gets less than about this share of the light stays darker,
_DEEPEST = 0.45  # down to this much of that
_LAMP_SPREAD_M = 1.1  # what lies between two directions, at the height of a lamp
_RINGS = ((0.90, 0.2, 4), (0.65, 0.3, 8), (0.35, 0.3, 8), (0.10, 0.2, 8), (-0.17, 0.35, 8),
          (-0.68, 0.65, 4))  # fmt: skip
"""Sine of the elevation that light comes from, its share of the sphere's height, how many."""

_STRIP_ALPHA_MAX = 64  # what shines less than this says is lit, not a light
_SPREAD = (np.arange(12) + 0.5) / 12.0

_LARGE = 12  # a box of more cells than this to a side is filled by itself


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells: counts along x, y, z, their sizes in metres, and the corner they start from."""

    counts: tuple[int, int, int]
    cell: NDArray[np.float64]
    low: NDArray[np.float64]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Of arrays over the cells: y, z, x."""
        return self.counts[1], self.counts[2], self.counts[0]


@dataclass(frozen=True, slots=True)
class _Matter:
    """What cells do to light.

    The share they let through; what they send out by themselves, None when nothing does; and what
    they throw back: the share, and the light of the sweep before.
    """

    through: Floats
    shining: Floats | None
    back: tuple[Floats, Floats] | None

    def turned(self, order: tuple[int, ...]) -> "_Matter":
        """The same with axes in this order, each slice in one piece of memory."""

        def turn(cells: Floats) -> Floats:
            return np.ascontiguousarray(cells.transpose(order))

        return _Matter(
            turn(self.through),
            None if self.shining is None else turn(self.shining),
            None if self.back is None else (turn(self.back[0]), turn(self.back[1])),
        )


@dataclass(frozen=True, slots=True)
class _Edges:
    """What enters from above and below, (rows, columns), and from the wall of glass.

    `front` is the axis of (y, z, x) that wall lies on and the sign of travel away from it.
    """

    ceiling: Floats
    floor: Floats
    front: tuple[int, float] | None

    def wall(self, axis: int, direction: NDArray[np.float64]) -> float:
        """The light that comes from the wall behind travel along this axis."""
        if self.front is not None and self.front[0] == axis:
            return DAYLIGHT if direction[axis] * self.front[1] > 0.0 else WALL_LIGHT
        return WALL_LIGHT


def bake_light(scene: "SceneDescription", *, glass_front: bool = False) -> NDArray[np.uint16]:
    """(layers, rows, columns, 4) u2 over the whole floor: y, z, x, lowest first.

    With `glass_front` daylight enters through the wall behind whoever arrives.

    Red, green and blue are the lean (x, y, z; half of `CODE_MAX` is none, it and 0 are
    `LEAN_MAX`), alpha the mean light: its square times `MEAN_MAX`. A matt white surface with
    normal n in such a cell sends out mean * (1 + 2/3 lean . n). Equal scenes give equal bytes.
    """
    grid = grid_of(scene)
    depth = optical_depth(scene, grid)
    through = np.exp(-depth)
    ceiling = _ceiling_light(scene, grid)
    floor = np.full(grid.shape[1:], _FLOOR_FIRST, dtype=np.float32)
    edges = _Edges(ceiling, floor, front_of(scene) if glass_front else None)
    shining = strip_light(scene, grid)
    light = _swept(_Matter(through, shining, None), edges, grid)
    floor = np.asarray(_FLOOR_BACK * _facing_up(light), dtype=np.float32)
    edges = replace(edges, floor=floor)
    thrown = np.asarray((1.0 - through) * _THROWN_BACK, dtype=np.float32)
    light = _swept(_Matter(through, shining, (thrown, light[0])), edges, grid)
    share = light[0] / np.float32(_reference(light[0], depth))
    light[0] = np.float32(UPRIGHT_WHITE) * adapted(share)
    return _encoded(light)


def adapted(share: Floats) -> Floats:
    """What an eye makes of shares of the light in the open, any shape, at least 0."""
    seen = (share + np.float32(_NEVER_DARK)) ** np.float32(_EYE)
    return np.asarray(seen * (share + np.float32(_DEEP * _DEEPEST)) / (share + np.float32(_DEEP)))


def grid_of(scene: "SceneDescription") -> Grid:
    """Cells over the room as high as its fixtures stand; wider ones in a very large store."""
    low, high = (np.array(corner, dtype=np.float64) for corner in scene.room)
    tops = scene.bounds[:, 1, 1][scene.product_of >= 0], fixture_boxes(scene)[:, 1, 1]
    tallest = max(float(top.max(initial=low[1]) - low[1]) for top in tops)
    top = min(max(tallest + TOP_OVER_M, TOP_MIN_M), float(high[1] - low[1]))
    layers = max(round(top / LAYER_M), 1)
    size = high - low
    fewest = float(np.sqrt(size[0] * size[2] * layers / CELLS_MAX))
    column = max(COLUMN_M, fewest, float(max(size)) / SIDE_MAX)
    columns, rows = (max(round(float(size[axis]) / column), 1) for axis in (0, 2))
    cell = np.array([size[0] / columns, LAYER_M, size[2] / rows])
    return Grid((columns, min(layers, SIDE_MAX), rows), cell, low)


def optical_depth(scene: "SceneDescription", grid: Grid) -> Floats:
    """What stands in each cell (y, z, x): light that crosses it is dimmed by exp of minus this."""
    goods = _filled(_goods(scene), grid) * np.float32(_GOODS_DEPTH * grid.cell[0] / COLUMN_M)
    boards = _filled(fixture_boxes(scene), grid, thin=True) * np.float32(_BOARD_DEPTH)
    return np.asarray(np.minimum(goods + boards, 2.0 * _BOARD_DEPTH), dtype=np.float32)


def _goods(scene: "SceneDescription") -> NDArray[np.float64]:
    return scene.bounds[scene.product_of >= 0].astype(np.float64)


def fixture_boxes(scene: "SceneDescription") -> NDArray[np.float64]:
    """(n, 2, 3) solids without the room's shell, whose middle lies in or behind wall or floor."""
    low, high = (np.array(corner, dtype=np.float64) for corner in scene.room)
    boxes = np.stack([scene.solids["min"], scene.solids["max"]], axis=1).astype(np.float64)
    middle = boxes.mean(axis=1)
    inside = ((middle > low) & (middle < high)).all(axis=1)
    shell = (boxes[:, 1] - boxes[:, 0] > 0.9 * (high - low))[:, [0, 2]].all(axis=1)
    return np.asarray(boxes[inside & ~shell])


def _filled(boxes: NDArray[np.float64], grid: Grid, *, thin: bool = False) -> Floats:
    """The share of each cell (y, z, x) that boxes fill.

    With `thin`, a box fills whole cells across its thinnest side: boards stop light however thin.
    """
    counts = np.array(grid.counts)
    at = (boxes - grid.low) / grid.cell
    filled = np.zeros(grid.shape, dtype=np.float64)
    if not len(at):
        return filled.astype(np.float32)
    first = np.clip(np.floor(at[:, 0]).astype(np.intp), 0, counts - 1)
    last = np.clip(np.ceil(at[:, 1]).astype(np.intp) - 1, first, counts - 1)
    gain = np.ones_like(at[:, 0])
    if thin:
        size = at[:, 1] - at[:, 0]
        across = np.argmin(boxes[:, 1] - boxes[:, 0], axis=1)
        row = np.arange(len(at))
        gain[row, across] = 1.0 / np.clip(size[row, across], 1e-6, 1.0)
    large = (last - first >= _LARGE).any(axis=1)
    for one in np.flatnonzero(large):
        parts = [
            np.clip(
                np.minimum(at[one, 1, axis], steps + 1.0) - np.maximum(at[one, 0, axis], steps),
                0.0, 1.0,
            ) * gain[one, axis]
            for axis in range(3)
            for steps in (np.arange(first[one, axis], last[one, axis] + 1),)
        ]  # fmt: skip
        (x0, y0, z0), (x1, y1, z1) = first[one], last[one] + 1
        filled[y0:y1, z0:z1, x0:x1] += (
            parts[1][:, None, None] * parts[2][None, :, None] * parts[0][None, None, :]
        )
    small = ~large
    filled += _many(at[small], first[small], last[small], gain[small], grid)
    return np.minimum(filled, 1.0).astype(np.float32)


def _many(
    at: NDArray[np.float64],
    first: NDArray[np.intp],
    last: NDArray[np.intp],
    gain: NDArray[np.float64],
    grid: Grid,
) -> NDArray[np.float64]:
    """Shares of small boxes, one step for all that reach a cell so far from their first."""
    places: list[NDArray[np.intp]] = []
    shares: list[NDArray[np.float64]] = []
    reach = last - first
    most = reach.max(axis=0, initial=-1)
    for offset in np.ndindex(*(most + 1).tolist()):
        rows = np.flatnonzero((reach >= offset).all(axis=1))
        cell = first[rows] + np.array(offset)
        part = np.minimum(at[rows, 1], cell + 1.0) - np.maximum(at[rows, 0], cell)
        places.append((cell[:, 1] * grid.counts[2] + cell[:, 2]) * grid.counts[0] + cell[:, 0])
        shares.append((np.clip(part, 0.0, 1.0) * gain[rows]).prod(axis=1))
    if not places:
        return np.zeros(grid.shape)
    size = int(np.prod(grid.counts))
    filled = np.bincount(np.concatenate(places), np.concatenate(shares), minlength=size)
    return np.asarray(filled.reshape(grid.shape), dtype=np.float64)


def _ceiling_light(scene: "SceneDescription", grid: Grid) -> Floats:
    """(rows, columns) light sent down by the ceiling, lamps spread to their neighbourhood."""
    shape = grid.shape[1:]
    if not len(scene.ceiling):
        return np.full(shape, CEILING_LIGHT * 2.2, dtype=np.float32)
    light = lamp_cover(scene, (shape[1], shape[0]))
    for axis, cell in ((0, grid.cell[2]), (1, grid.cell[0])):
        light = blurred(light, _LAMP_SPREAD_M / cell, axis)
    return np.asarray(CEILING_LIGHT + light * (LAMP_LIGHT - CEILING_LIGHT), dtype=np.float32)


def lamp_cover(scene: "SceneDescription", size: tuple[int, int]) -> NDArray[np.float64]:
    """(height, width) of the ceiling seen from above, rows along z: the share that is lamp."""
    low, high = (np.array(corner, dtype=np.float64)[[0, 2]] for corner in scene.room)
    scale = np.array(size) / (high - low)
    cover = np.zeros((size[1], size[0]))
    steps = [np.arange(count) for count in size]
    for lamp in scene.ceiling:
        middle = lamp["centre"].astype(np.float64)[[0, 2]]
        start, end = ((middle + side * lamp["half_size"] - low) * scale for side in (-1.0, 1.0))
        x, z = (
            np.clip(np.minimum(end[axis], steps[axis] + 1.0) - np.maximum(start[axis], steps[axis]),
                    0.0, 1.0)
            for axis in (0, 1)
        )  # fmt: skip
        cover += z[:, None] * x[None, :]
    return np.minimum(cover, 1.0)


def blurred(values: NDArray[np.float64], sigma: float, axis: int) -> NDArray[np.float64]:
    """A Gaussian along one of two axes, its standard deviation in cells; nothing lies outside."""
    place = np.arange(values.shape[axis])
    weights = np.exp(-0.5 * ((place[:, None] - place[None, :]) / max(sigma, 1e-3)) ** 2)
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray(weights @ values if axis == 0 else values @ weights.T)


def front_of(scene: "SceneDescription") -> tuple[int, float]:
    """The axis of (y, z, x) that whoever arrives walks along, and which way."""
    yaw = np.radians(scene.entrance[2])
    ahead = np.array([0.0, -np.cos(yaw), -np.sin(yaw)])
    axis = int(np.argmax(np.abs(ahead)))
    return axis, float(np.sign(ahead[axis]))


def strip_light(scene: "SceneDescription", grid: Grid) -> Floats | None:
    """Light that cells (y, z, x) send out by themselves: lit strips; None when there are none."""
    places, powers = [], []
    starts = np.append(scene.meshes["base_vertex"], len(scene.vertices))
    shines = np.flatnonzero(scene.vertices["colour"][:, 3] <= _STRIP_ALPHA_MAX)
    rows = np.unique(np.searchsorted(starts, shines, side="right") - 1)
    for row in rows.tolist():
        middle, power = _strips(scene, scene.meshes[row])
        runs = scene.draws[scene.draws["mesh"] == row]
        for first, count in zip(runs["first_instance"], runs["instance_count"], strict=True):
            for instance in scene.instances[first : first + count]:
                places.append(turned(middle, instance["rotation"]) + instance["position"])
                powers.append(power)
    if not places:
        return None
    at = np.floor((np.concatenate(places) - grid.low) / grid.cell).astype(np.intp)
    inside = ((at >= 0) & (at < np.array(grid.counts))).all(axis=1)
    x, y, z = at[inside].T
    face = float(grid.cell[0] * grid.cell[1])
    sums = np.bincount(
        (y * grid.counts[2] + z) * grid.counts[0] + x,
        np.concatenate(powers)[inside] / face,
        minlength=int(np.prod(grid.counts)),
    )
    return sums.reshape(grid.shape).astype(np.float32)


def _strips(
    scene: "SceneDescription", mesh: np.void
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points (n, 3) on a mesh's shining triangles, closer than a cell, and the power of each."""
    first, base = int(mesh["first_index"]), int(mesh["base_vertex"])
    corners = scene.indices[first : first + int(mesh["index_count"])].astype(np.intp) + base
    corners = corners.reshape(-1, 3)
    corners = corners[(scene.vertices["colour"][corners, 3] <= _STRIP_ALPHA_MAX).all(axis=1)]
    triangles = scene.vertices["position"][corners].astype(np.float64)
    one, two = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    area = 0.5 * np.linalg.norm(np.cross(one, two), axis=1)
    u, v = (part.ravel() for part in np.meshgrid(_SPREAD, _SPREAD))
    over = u + v > 1.0
    u, v = np.where(over, 1.0 - u, u), np.where(over, 1.0 - v, v)
    points = triangles[:, :1] + u[:, None] * one[:, None] + v[:, None] * two[:, None]
    power = np.repeat(area * STRIP_LIGHT * 0.5 / len(u), len(u))
    return points.reshape(-1, 3), power


def turned(points: NDArray[np.float64], rotation: NDArray[np.float16]) -> NDArray[np.float64]:
    """Points (n, 3) rotated by a unit quaternion x, y, z, w."""
    x, y, z, w = rotation.astype(np.float64)
    axis = np.array([x, y, z])
    return points + 2.0 * np.cross(axis, np.cross(axis, points) + w * points)


def _swept(matter: _Matter, edges: _Edges, grid: Grid) -> Floats:
    """(4, y, z, x): mean light and the lean along x, y, z, which is relative to the mean."""
    light = np.zeros((4, *grid.shape), dtype=np.float32)
    for main, towards, weights in _by_axis(grid):
        order = (main, *(axis for axis in range(3) if axis != main))
        turned = matter.turned(order)
        gathered = np.zeros((4, *turned.through.shape), dtype=np.float32)
        for direction, weight in zip(towards, weights, strict=True):
            _sweep(turned, gathered, direction, weight, _Course(order, edges, grid))
        light += gathered.transpose(0, *(1 + order.index(axis) for axis in range(3)))
    mean = light[0]
    light[1:] *= 3.0 / np.maximum(mean, 1e-4)
    return light


def _by_axis(grid: Grid) -> list[tuple[int, list[NDArray[np.float64]], list[float]]]:
    """Unit directions of travel (y, z, x) and their weights, by the axis that most cells lie on."""
    towards, weights = [], []
    for number, (sine, share, count) in enumerate(_RINGS):
        flat = np.sqrt(1.0 - sine * sine)
        for turn in (np.arange(count) + 0.5 * (number % 2) + 0.25) / count * 2.0 * np.pi:
            towards.append(-np.array([sine, flat * np.sin(turn), flat * np.cos(turn)]))
            weights.append(share / 2.0 / count)
    main = [int(np.argmax(np.abs(direction / grid.cell[[1, 2, 0]]))) for direction in towards]
    return [
        (
            axis,
            [direction for direction, own in zip(towards, main, strict=True) if own == axis],
            [weight for weight, own in zip(weights, main, strict=True) if own == axis],
        )
        for axis in range(3)
        if axis in main
    ]


@dataclass(frozen=True, slots=True)
class _Course:
    """Through what light travels: `order` says which of (y, z, x) each axis of the cells is."""

    order: tuple[int, ...]
    edges: _Edges
    grid: Grid


def _sweep(
    matter: _Matter,
    gathered: Floats,
    direction: NDArray[np.float64],
    weight: float,
    course: _Course,
) -> None:
    """Adds the light of one direction of travel (y, z, x) to every cell, slice by slice."""
    steps = (direction / course.grid.cell[[1, 2, 0]])[list(course.order)]
    steps = steps / abs(steps[0])
    sky = course.edges.ceiling if direction[0] < 0.0 else course.edges.floor
    walls = [course.edges.wall(axis, direction) for axis in course.order]
    sides = [
        np.float32(sky.mean() if axis == 0 else wall)
        for axis, wall in zip(course.order[1:], walls[1:], strict=True)
    ]
    shares = [np.float32(weight * part) for part in (1.0, *(-direction[[2, 0, 1]]))]
    light = np.full(matter.through.shape[1:], walls[0], dtype=np.float32)
    if course.order[0] == 0:
        light[:] = sky
    part = np.empty_like(light)
    last = None
    for number in range(len(matter.through))[:: 1 if steps[0] > 0.0 else -1]:
        if matter.back is not None and last is not None:
            thrown, before = matter.back
            # What a surface throws back is lit by the light before it, not by that behind it.
            light += np.multiply(thrown[last], before[number], out=part)
        for row, share in enumerate(shares):
            gathered[row, number] += np.multiply(light, share, out=part)
        light = light * matter.through[number]
        if matter.shining is not None:
            light += matter.shining[number]
        for axis in (0, 1):
            light = _shifted(light, float(steps[1 + axis]), axis, sides[axis])
        last = number


def _shifted(light: Floats, by: float, axis: int, entering: np.float32) -> Floats:
    """The slice moved by -1..1 cells along an axis, in between by the mean of two cells."""
    share = np.float32(abs(by))
    moved = light * (np.float32(1.0) - share)
    part = light * share
    if axis == 1:
        moved, part = moved.T, part.T
    if by > 0.0:
        moved[1:] += part[:-1]
        moved[0] += entering * share
    else:
        moved[:-1] += part[1:]
        moved[-1] += entering * share
    return moved.T if axis == 1 else moved


def _facing_up(light: Floats) -> Floats:
    """What a white floor sends out: the lowest layer's light on an upward face."""
    return np.asarray(light[0, 0] * np.clip(1.0 + light[2, 0] * (2.0 / 3.0), 0.0, 2.5))


def _reference(mean: Floats, depth: Floats) -> float:
    """Light of upright white card in the open, between a child's and a man's eyes."""
    low, high = round(0.9 / LAYER_M), round(1.6 / LAYER_M)
    column = depth.max(axis=0)
    free = column < 0.01
    for axis in (0, 1):  # a step away from all that stands
        near = free.copy()
        for step in (1, 2, 3):
            near &= np.roll(free, step, axis) & np.roll(free, -step, axis)
        free = near
    if not free.any():
        free = column <= np.quantile(column, 0.1)
    # Over a turn about y an upright card's light is the mean.
    values = mean[low:high][:, free]
    return max(float(np.median(values)) if values.size else float(mean.mean()), 1e-3)


def _encoded(light: Floats) -> NDArray[np.uint16]:
    codes = np.empty((*light.shape[1:], 4), dtype=np.uint16)
    for channel in range(3):
        lean = np.clip(light[1 + channel] * (0.5 / LEAN_MAX) + 0.5, 0.0, 1.0)
        codes[..., channel] = np.rint(lean * CODE_MAX)
    codes[..., 3] = np.rint(np.sqrt(np.clip(light[0] / MEAN_MAX, 0.0, 1.0)) * CODE_MAX)
    return codes
