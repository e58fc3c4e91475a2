"""The colour of the store's light, and what its shiny surfaces mirror. Pure numpy, on coarse cells.

Cool strips tint the goods under them, daylight the front, warm lamps bread and fruit. What fills
a cell is kept with its light, so that a polished floor can show what stands on it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile import light_field
from store_scenes.compile.light_field import Grid

if TYPE_CHECKING:
    from store_scenes.compile.scene import SceneDescription
    from store_scenes.layout.documents import Zone

Floats = NDArray[np.float32]

CELL_M: Final = 0.2
CELLS_MAX: Final = 300_000
TINT_MAX: Final = 1.25  # the same in shaders/common/room.glsl

STRIP: Final = (0.91, 0.995, 1.12)
DAY: Final = (0.94, 0.995, 1.08)
WARMTH: Final = {"bakery": (1.08, 1.0, 0.87), "produce": (1.05, 1.0, 0.92)}
"""What lamps multiply white by: strips of 7000 K, daylight, lamps of 3000 and 3500 K."""

_STRIP_REACH_M = 0.45
_STRIP_HALF = 0.02  # of strip light a cell where the strip gives half of it
_DAY_REACH_M = 2.6
_DAY_SHARE = 0.85
_ZONE_RIM_M = 0.5
_NEXT_M = 0.15
_SPREAD = ((1 / 3, 1 / 3), (2 / 3, 1 / 6), (1 / 6, 2 / 3), (1 / 6, 1 / 6))


def bake_colours(
    scene: "SceneDescription", zones: Sequence["Zone"] = (), *, glass_front: bool = False
) -> NDArray[np.uint8]:
    """(1 + layers, rows, columns, 4) u1 over the same box as `scene.light`: y, z, x, lowest first.

    The first layer is the light's tint from floor to ceiling: red, green, blue over `TINT_MAX`,
    then 255. The others are what fills a cell: the square root of the light it sends out times how
    much of the cell it fills; and that share. Equal scenes give equal bytes.
    """
    fine = light_field.grid_of(scene)
    coarse = _coarse(fine)
    filled = np.asarray(1.0 - np.exp(-light_field.optical_depth(scene, fine)), dtype=np.float32)
    filled = _pooled(filled, coarse)
    colour = _colour(scene, coarse)
    light = _light_around(_pooled(_mean_light(scene, fine), coarse), filled, coarse)
    tint = _tint(scene, zones, fine, coarse, glass_front=glass_front)
    codes = np.full((1 + len(filled), *filled.shape[1:], 4), 255, dtype=np.uint8)
    codes[0, ..., :3] = np.rint(np.clip(tint / TINT_MAX, 0.0, 1.0) * 255.0)
    sent = np.sqrt(np.clip(colour * light[..., None], 0.0, 1.0) * filled[..., None])
    codes[1:, ..., :3] = np.rint(sent * 255.0)
    codes[1:, ..., 3] = np.rint(filled * 255.0)
    return codes


def _coarse(fine: Grid) -> Grid:
    size = fine.cell * np.array(fine.counts)
    step = max(CELL_M, float(np.prod(size) / CELLS_MAX) ** (1.0 / 3.0))
    counts = [min(max(round(float(side) / step), 2), most)
              for side, most in zip(size, fine.counts, strict=True)]  # fmt: skip
    return Grid((counts[0], counts[1], counts[2]), size / np.array(counts), fine.low)


def _pooled(cells: Floats, coarse: Grid) -> Floats:
    """The mean of the fine cells (y, z, x) in each coarse one."""
    for axis, count in enumerate(coarse.shape):
        edges = np.arange(count) * cells.shape[axis] // count
        sums = np.add.reduceat(cells, edges, axis=axis)
        widths = np.diff(np.append(edges, cells.shape[axis])).astype(np.float32)
        widths = widths.reshape([-1 if one == axis else 1 for one in range(3)])
        cells = np.asarray(sums / widths, dtype=np.float32)
    return cells


def _light_around(light: Floats, filled: Floats, coarse: Grid) -> Floats:
    """What falls on the outside of what fills a cell: the light of the air next to it."""
    air = (1.02 - filled) ** 2
    near = _spread(np.stack([light * air, air], axis=-1), coarse, _NEXT_M)
    return np.asarray(near[..., 0] / near[..., 1], dtype=np.float32)


def _mean_light(scene: "SceneDescription", fine: Grid) -> Floats:
    if scene.light.shape[:3] != fine.shape:
        return np.full(fine.shape, light_field.UPRIGHT_WHITE, dtype=np.float32)
    share = scene.light[..., 3] * np.float32(1.0 / light_field.CODE_MAX)
    return np.asarray(share * share * np.float32(light_field.MEAN_MAX), dtype=np.float32)


def _colour(scene: "SceneDescription", coarse: Grid) -> Floats:
    """(y, z, x, 3) linear colour of what is in and next to each cell; grey where nothing is."""
    points, weights, colours = (
        np.concatenate(parts)
        for parts in zip(_goods(scene), _furniture(scene), strict=True)
    )  # fmt: skip
    at = np.floor((points - coarse.low) / coarse.cell).astype(np.intp)
    inside = ((at >= 0) & (at < np.array(coarse.counts))).all(axis=1)
    x, y, z = at[inside].T
    cell = (y * coarse.counts[2] + z) * coarse.counts[0] + x
    sums = (
        np.stack(
            [
                np.bincount(cell, weights[inside] * part, minlength=int(np.prod(coarse.counts)))
                for part in (*colours[inside].T, np.ones(len(cell)))
            ],
            axis=-1,
        )
        .reshape(*coarse.shape, 4)
        .astype(np.float64)
    )
    wide = sums + 0.2 * _spread(sums, coarse, coarse.cell[0])
    total = wide[..., 3:] + 1e-9
    return np.asarray((wide[..., :3] + 0.3e-9) / total, dtype=np.float32)


Splats = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
"""Points (n, 3), their weights in square metres (n,), their linear colours (n, 3)."""


def _goods(scene: "SceneDescription") -> Splats:
    rows = np.flatnonzero(scene.product_of >= 0)
    boxes = scene.bounds[rows].astype(np.float64)
    size = boxes[:, 1] - boxes[:, 0]
    area = np.maximum(size[:, [1, 2, 0]] * size[:, [2, 0, 1]], 0.0).sum(axis=1)
    colours = _picture_means(scene.art_far)[scene.product_of[rows]]
    return boxes.mean(axis=1), area, colours


def _furniture(scene: "SceneDescription") -> Splats:
    """The triangles of all that stands in the room and is not for sale."""
    low, high = (np.array(corner, dtype=np.float64) for corner in scene.room)
    boxes = scene.bounds.astype(np.float64)
    shell = (boxes[:, 1] - boxes[:, 0] > 0.45 * (high - low))[:, [0, 2]].any(axis=1)
    middle = boxes.mean(axis=1)
    here = ((middle > low) & (middle < high)).all(axis=1) & (scene.product_of < 0) & ~shell
    means = _picture_means(scene.signs)
    mesh_of = np.zeros(len(scene.instances), dtype=np.intp)
    for draw in scene.draws:
        first = int(draw["first_instance"])
        mesh_of[first : first + int(draw["instance_count"])] = draw["mesh"]
    points, weights, colours = [np.zeros((0, 3))], [np.zeros(0)], [np.zeros((0, 3))]
    for number in np.unique(mesh_of[here]).tolist():
        own_points, own_weights, own_colours = _triangles(scene, scene.meshes[number])
        for row in np.flatnonzero(here & (mesh_of == number)).tolist():
            instance = scene.instances[row]
            points.append(
                light_field.turned(own_points, instance["rotation"]) + instance["position"]
            )
            weights.append(own_weights)
            layer = int(instance["art_layer"]) & 0x00FFFFFF
            colours.append(own_colours * means[layer if layer < len(means) else 0])
    return np.concatenate(points), np.concatenate(weights), np.concatenate(colours)


def _triangles(scene: "SceneDescription", mesh: np.void) -> Splats:
    first, base = int(mesh["first_index"]), int(mesh["base_vertex"])
    corners = scene.indices[first : first + int(mesh["index_count"])].astype(np.intp) + base
    vertices = scene.vertices[corners.reshape(-1, 3)]
    at = vertices["position"].astype(np.float64)
    one, two = at[:, 1] - at[:, 0], at[:, 2] - at[:, 0]
    area = 0.5 * np.linalg.norm(np.cross(one, two), axis=1)
    points = np.concatenate([at[:, 0] + u * one + v * two for u, v in _SPREAD])
    colour = _linear(vertices["colour"][..., :3].mean(axis=1))
    return points, np.tile(area / len(_SPREAD), len(_SPREAD)), np.tile(colour, (len(_SPREAD), 1))


def _picture_means(pictures: NDArray[np.uint8]) -> NDArray[np.float64]:
    """(n, 3) linear mean colours of pictures, from one texel in 64."""
    if not len(pictures):
        return np.zeros((0, 3))
    return np.asarray(_linear(pictures[:, 4::8, 4::8, :3]).mean(axis=(1, 2)))


def _linear(codes: NDArray[np.generic]) -> NDArray[np.float64]:
    code = codes.astype(np.float64) / 255.0
    return np.asarray(code * (code * (code * 0.305306011 + 0.682171111) + 0.012522878))


def _tint(
    scene: "SceneDescription",
    zones: Sequence["Zone"],
    fine: Grid,
    coarse: Grid,
    *,
    glass_front: bool,
) -> Floats:
    """(z, x, 3): what lamps multiply white by, each by its share of a place's light."""
    tint = np.ones((*coarse.shape[1:], 3), dtype=np.float32)
    _, z, x = (
        coarse.low[axis] + (np.arange(coarse.counts[axis]) + 0.5) * coarse.cell[axis]
        for axis in (1, 2, 0)
    )
    for zone in zones:
        if zone.style in WARMTH:
            share = _inside(z, zone.z_mm, zone.depth_mm)[:, None] * _inside(
                x, zone.x_mm, zone.width_mm
            )
            _mix(tint, WARMTH[zone.style], share)
    if glass_front:
        axis, sign = light_field.front_of(scene)
        place = (None, z, x)[axis]
        assert place is not None
        far = place - place[0] if sign > 0.0 else place[-1] - place
        share = _DAY_SHARE * np.exp(-far / _DAY_REACH_M)
        _mix(tint, DAY, share[:, None] if axis == 1 else share[None, :])
    strips = light_field.strip_light(scene, fine)
    if strips is not None:
        power = _spread(_pooled(strips, coarse)[..., None], coarse, _STRIP_REACH_M)[..., 0]
        most = power.max(axis=0)
        _mix(tint, STRIP, most / (most + _STRIP_HALF))
    return tint


def _inside(place: NDArray[np.float64], middle_mm: float, size_mm: float) -> NDArray[np.float64]:
    """1 within a stretch, 0 beyond, softly."""
    off = np.abs(place - middle_mm / 1000.0) - size_mm / 2000.0
    return np.asarray(np.clip(0.5 - off / (2.0 * _ZONE_RIM_M), 0.0, 1.0))


def _mix(tint: Floats, towards: tuple[float, float, float], share: NDArray[np.floating]) -> None:
    tint += (np.array(towards, dtype=np.float32) - tint) * np.asarray(share, np.float32)[..., None]


def _spread(cells: NDArray[np.floating], coarse: Grid, sigma_m: float) -> NDArray[np.floating]:
    """A Gaussian over (y, z, x) cells of any number of channels; nothing lies outside."""
    for axis, size in enumerate(coarse.cell[[1, 2, 0]].tolist()):
        reach = max(int(np.ceil(2.5 * sigma_m / size)), 1)
        steps = np.arange(-reach, reach + 1)
        weights = np.exp(-0.5 * (steps * size / sigma_m) ** 2)
        weights /= weights.sum()
        padding = [(reach, reach) if one == axis else (0, 0) for one in range(cells.ndim)]
        padded = np.pad(cells, padding)
        length = cells.shape[axis]
        spread = np.zeros_like(cells)
        for start, weight in enumerate(weights.astype(cells.dtype)):
            spread += np.take(padded, np.arange(start, start + length), axis=axis) * weight
        cells = spread
    return cells
