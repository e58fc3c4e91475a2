"""The room around the fixtures: floor, walls, ceiling with its lights, the door, signs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import CEILING_PANEL
from store_scenes.fixtures.fixture import Part
from store_scenes.fixtures.shapes import (
    STEEL_DARK,
    Finish,
    bevelled_box,
    joined,
    moved,
    panel,
    yaw_matrix,
)
from store_scenes.layout.documents import Floor

TILE = 0.6
TILES_MAX = 20_000
LIGHT_HALF = (0.60, 0.15)
LIGHT_PITCH = (2.2, 1.8)
SKIRTING = 0.11

FLOOR_TILE = Finish((196, 192, 184), roughness=70, clearcoat=110)
FLOOR_JOINT = Finish((150, 147, 141), roughness=200)
WALL = Finish((236, 233, 226), roughness=215)
WALL_BAND = Finish((15, 118, 110), roughness=150, clearcoat=40)
WALL_SKIRT = Finish((70, 72, 76), roughness=140)
CEILING = Finish((240, 240, 238), roughness=225)
FRAME = Finish((210, 211, 212), roughness=110, metallic=120)
GLASS = Finish((176, 205, 214), roughness=25, clearcoat=255)
MAT = Finish((58, 60, 62), roughness=245)

FloorBoxes = NDArray[np.float64]
"""(n, 2, 2): minimum and maximum (x, z) of what stands on the floor, metres."""


@dataclass(frozen=True, slots=True)
class Room:
    """The room's meshes in scene space. solids (s, 2, 3) f8."""

    parts: tuple[Part, ...]
    solids: NDArray[np.float64]
    ceiling: NDArray[np.void]


def build_room(floor: Floor, standing: FloorBoxes) -> Room:
    """Everything that is there when the shop is empty."""
    half_x, half_z = floor.width_mm / 2000.0, floor.depth_mm / 2000.0
    height = floor.height_mm / 1000.0
    lights = _lights(half_x, half_z, height)
    parts = [
        _floor(half_x, half_z, standing),
        *_walls(half_x, half_z, height),
        _ceiling(half_x, half_z, height, lights),
        _door(floor, half_x, half_z),
    ]
    thick = 0.1
    solids = [
        ((-half_x, -thick, -half_z), (half_x, 0.0, half_z)),
        ((-half_x - thick, 0.0, -half_z), (-half_x, height, half_z)),
        ((half_x, 0.0, -half_z), (half_x + thick, height, half_z)),
        ((-half_x, 0.0, -half_z - thick), (half_x, height, -half_z)),
        ((-half_x, 0.0, half_z), (half_x, height, half_z + thick)),
    ]
    return Room(tuple(parts), np.array(solids), lights)


def _cuts(length: float, step: float) -> list[float]:
    count = max(round(length / step), 1)
    return [index / count for index in range(count + 1)]


def _floor(half_x: float, half_z: float, standing: FloorBoxes) -> Part:
    """Tiles of slightly different greys, darker where fixtures and walls keep the light away."""
    size = max(TILE, (4.0 * half_x * half_z / TILES_MAX) ** 0.5)
    columns, rows = (max(round(2.0 * half / size), 1) for half in (half_x, half_z))
    u, v = np.meshgrid(np.arange(columns), np.arange(rows))
    # A fixed pattern of neighbours that differ a little; no random numbers, so scenes are equal.
    tint = ((u * 7 + v * 13 + (u * v) % 5 * 3) % 9 - 4).ravel()
    step_x, step_z = 2.0 * half_x / columns, 2.0 * half_z / rows
    gap, cuts = 0.0015, np.linspace(0.0, 1.0, 4)
    one = panel(
        (gap, 0.0, step_z - gap), (step_x - 2 * gap, 0.0, 0.0), (0.0, 0.0, 2 * gap - step_z),
        FLOOR_TILE, None, (cuts.tolist(), cuts.tolist()),
    )  # fmt: skip
    count = columns * rows
    vertices = np.tile(one.vertices, count)
    corner = np.stack([u.ravel() * step_x - half_x, np.zeros(count), v.ravel() * step_z - half_z])
    vertices["position"] += np.repeat(corner.T, len(one.vertices), axis=0)
    colour = vertices["colour"][:, :3].astype(np.int64)
    colour += np.repeat(tint, len(one.vertices))[:, None]
    vertices["colour"][:, :3] = colour
    offsets = np.repeat(np.arange(count) * len(one.vertices), len(one.indices))
    indices = np.tile(one.indices, count).astype(np.uint32) + offsets.astype(np.uint32)
    points = vertices["position"].astype(np.float64)
    openness = _beside(points, standing) * _near_walls(points, half_x, half_z)
    vertices["surface"][:, 3] = openness * 255.0
    joint = panel(
        (-half_x, -0.0015, half_z), (2 * half_x, 0.0, 0.0), (0.0, 0.0, -2 * half_z), FLOOR_JOINT
    )
    return joined([Part(vertices, indices), joint])


def _beside(points: NDArray[np.float64], standing: FloorBoxes) -> NDArray[np.float64]:
    openness = np.ones(len(points))
    for low, high in standing:
        outside = np.maximum(np.maximum(low - points[:, [0, 2]], points[:, [0, 2]] - high), 0.0)
        distance = np.hypot(outside[:, 0], outside[:, 1])
        openness = np.minimum(openness, 1.0 - 0.6 * np.exp(-distance / 0.22))
    return openness


def _near_walls(points: NDArray[np.float64], half_x: float, half_z: float) -> NDArray[np.float64]:
    distance = np.minimum(half_x - np.abs(points[:, 0]), half_z - np.abs(points[:, 2]))
    return 1.0 - 0.35 * np.exp(-np.maximum(distance, 0.0) / 0.25)


def _walls(half_x: float, half_z: float, height: float) -> list[Part]:
    parts = []
    for yaw, reach, half in (
        (0.0, half_z, half_x), (180.0, half_z, half_x),
        (90.0, half_x, half_z), (270.0, half_x, half_z),
    ):  # fmt: skip
        parts.append(moved(_wall(half, reach, height), (0.0, 0.0, 0.0), yaw))
    return parts


def _wall(half: float, reach: float, height: float) -> Part:
    """The wall at -z, seen from inside, with a skirting board and a band of colour."""
    band_low, band_high = height * 0.76, height * 0.76 + 0.34

    def shade(points: NDArray[np.float64]) -> NDArray[np.float64]:
        corner = half - np.abs(points[:, 0])
        edge = np.minimum(points[:, 1], height - points[:, 1])
        dark = 0.28 * np.exp(-corner / 0.25) + 0.25 * np.exp(-edge / 0.2)
        return np.asarray(1.0 - dark)

    across = sorted({0.0, 0.02, 0.06, 0.94, 0.98, 1.0, *_cuts(2 * half, 0.8)})
    parts = []
    for low, high, finish in (
        (0.0, band_low, WALL), (band_low, band_high, WALL_BAND), (band_high, height, WALL),
    ):  # fmt: skip
        steps = (across, [0.0, 0.08, 0.3, 0.7, 0.92, 1.0])
        parts.append(
            panel((-half, low, -reach), (2 * half, 0.0, 0.0), (0.0, high - low, 0.0), finish,
                  shade, steps)
        )  # fmt: skip
    skirt = bevelled_box(
        (-half, 0.0, -reach - 0.01), (half, SKIRTING, -reach + 0.014), 0.006, WALL_SKIRT
    )
    return joined([*parts, skirt])


def _lights(half_x: float, half_z: float, height: float) -> NDArray[np.void]:
    columns = max(int(2 * half_x / LIGHT_PITCH[0]), 1)
    rows = max(int(2 * half_z / LIGHT_PITCH[1]), 1)
    panels = np.zeros(columns * rows, CEILING_PANEL)
    x = (np.arange(columns) + 0.5) * 2 * half_x / columns - half_x
    z = (np.arange(rows) + 0.5) * 2 * half_z / rows - half_z
    at_x, at_z = (values.ravel() for values in np.meshgrid(x, z))
    panels["centre"] = np.stack([at_x, np.full(len(at_x), height - 0.03), at_z], axis=1)
    panels["half_size"] = LIGHT_HALF
    return panels


def _ceiling(half_x: float, half_z: float, height: float, lights: NDArray[np.void]) -> Part:
    def shade(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return _near_walls(points, half_x, half_z)

    sheet = panel(
        (-half_x, height, -half_z), (2 * half_x, 0.0, 0.0), (0.0, 0.0, 2 * half_z), CEILING,
        shade, (_cuts(2 * half_x, 0.6), _cuts(2 * half_z, 0.6)),
    )  # fmt: skip
    frame = _light_frame()
    frames = [moved(frame, tuple(centre)) for centre in lights["centre"].tolist()]
    return joined([sheet, *frames])


def _light_frame() -> Part:
    """Four rails around a light, whose lit face is the renderer's to draw."""
    x, z = LIGHT_HALF
    rim, low, high = 0.025, -0.008, 0.030
    bars = (
        ((-x - rim, low, -z - rim), (x + rim, high, -z)),
        ((-x - rim, low, z), (x + rim, high, z + rim)),
        ((-x - rim, low, -z), (-x, high, z)),
        ((x, low, -z), (x + rim, high, z)),
    )
    return joined([bevelled_box(first, second, 0.004, FRAME) for first, second in bars])


def _door(floor: Floor, half_x: float, half_z: float) -> Part:
    """Two glass leaves in a dark frame on the wall behind whoever arrives, and a mat."""
    yaw = round(floor.entrance_yaw_deg / 90.0) * 90.0
    turn = yaw_matrix(yaw)
    arrival = np.array([floor.entrance_x_mm, 0.0, floor.entrance_z_mm]) / 1000.0
    local = turn.T @ arrival
    reach, half = (half_z, half_x) if round(yaw / 90.0) % 2 == 0 else (half_x, half_z)
    x = float(np.clip(local[0], -half + 1.2, half - 1.2)) if half > 1.2 else 0.0
    leaf_half, high, z = 0.85, 2.25, reach - 0.05
    parts = [
        bevelled_box((x - leaf_half - 0.07, 0.0, z), (x - leaf_half, high, reach), 0.006,
                     STEEL_DARK),
        bevelled_box((x + leaf_half, 0.0, z), (x + leaf_half + 0.07, high, reach), 0.006,
                     STEEL_DARK),
        bevelled_box((x - leaf_half - 0.07, high, z), (x + leaf_half + 0.07, high + 0.09, reach),
                     0.006, STEEL_DARK),
        bevelled_box((x - 0.03, 0.0, z + 0.01), (x + 0.03, high, reach), 0.004, STEEL_DARK),
        bevelled_box((x - leaf_half, 0.02, z + 0.03), (x + leaf_half, high, reach), 0.002, GLASS),
        bevelled_box((x - leaf_half, 0.0, z + 0.012), (x + leaf_half, 0.12, reach), 0.004,
                     STEEL_DARK),
        bevelled_box((x - 0.9, 0.0, reach - 1.35), (x + 0.9, 0.006, reach - 0.2), 0.003, MAT),
        *(
            bevelled_box((x + side - 0.012, 0.85, z - 0.045), (x + side + 0.012, 1.35, z - 0.02),
                         0.008, FRAME)
            for side in (-0.09, 0.09)
        ),
    ]  # fmt: skip
    return moved(joined(parts), (0.0, 0.0, 0.0), yaw)
