"""How much of the ceiling each place on the floor sees: soft shadows of what stands there.

Pure numpy, once at load. Fixtures are taken as a height field, which is what they are to a floor.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription

SIZE: Final = 128
LAMPS_MAX: Final = 24
STEPS: Final = 20
_HANGING_M: Final = 1.2  # what starts higher than this hangs, and shades little
_ALWAYS: Final = 0.34  # light that comes round from walls and goods


def bake(scene: SceneDescription) -> NDArray[np.float32]:
    """(SIZE, SIZE) over the room, rows along z, columns along x; 1 sees all there is to see."""
    heights = _heights(scene)
    low, high = (np.array(corner, dtype=np.float64) for corner in scene.room)
    axis = (np.arange(SIZE) + 0.5) / SIZE
    z, x = np.meshgrid(axis, axis, indexing="ij")
    seen, most = np.zeros((SIZE, SIZE)), np.zeros((SIZE, SIZE))
    extent = np.array([high[0] - low[0], high[2] - low[2]])
    ceiling = float(high[1] - low[1])
    for lamp_x, lamp_z in _lamps(scene):
        across = np.hypot((lamp_x - x) * extent[0], (lamp_z - z) * extent[1])
        # A horizontal lamp above a horizontal floor: both cosines are ceiling / distance.
        strength = ceiling**4 / (across**2 + ceiling**2) ** 2
        clear = np.ones((SIZE, SIZE), dtype=bool)
        for step in range(STEPS):
            # Only the part of the ray that is lower than the tallest fixture can be blocked.
            part = (step + 0.5) / STEPS * min(1.0, float(heights.max()) / ceiling + 1e-3)
            column = np.clip(((x + (lamp_x - x) * part) * SIZE).astype(int), 0, SIZE - 1)
            row = np.clip(((z + (lamp_z - z) * part) * SIZE).astype(int), 0, SIZE - 1)
            clear &= heights[row, column] <= part * ceiling
        seen += strength * clear
        most += strength
    share = seen / np.maximum(most, 1e-9)
    return np.asarray(_ALWAYS + (1.0 - _ALWAYS) * _soften(share), dtype=np.float32)


def _lamps(scene: SceneDescription) -> list[tuple[float, float]]:
    """Up to LAMPS_MAX points, as shares of the room's width and depth."""
    low, high = (np.array(corner, dtype=np.float64) for corner in scene.room)
    if not len(scene.ceiling):
        return [(0.25 + 0.5 * i, 0.25 + 0.5 * j) for i in range(2) for j in range(2)]
    centre = scene.ceiling["centre"].astype(np.float64)[:, [0, 2]]
    half = scene.ceiling["half_size"].astype(np.float64) * 0.5
    signs = np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)], dtype=np.float64)
    points = (centre[:, None] + half[:, None] * signs[None]).reshape(-1, 2)
    if len(points) > LAMPS_MAX:
        points = points[np.linspace(0, len(points) - 1, LAMPS_MAX).astype(int)]
    shares = (points - low[[0, 2]]) / (high - low)[[0, 2]]
    return [(float(a), float(b)) for a, b in shares]


def _heights(scene: SceneDescription) -> NDArray[np.float64]:
    """Metres over the floor of what stands in each place."""
    low, high = (np.array(corner, dtype=np.float64) for corner in scene.room)
    goods = scene.bounds[scene.product_of >= 0].astype(np.float64)
    solids = np.stack([scene.solids["min"], scene.solids["max"]], axis=1).astype(np.float64)
    boxes = np.concatenate([goods.reshape(-1, 2, 3), solids.reshape(-1, 2, 3)])
    middle = boxes.mean(axis=1)
    # The room's own shell is no fixture: its middle lies in or behind a wall, floor or ceiling.
    inside = ((middle > low + 0.05) & (middle < high - 0.05))[:, [0, 2]].all(axis=1)
    shell = (boxes[:, 1] - boxes[:, 0] > 0.9 * (high - low))[:, [0, 2]].all(axis=1)
    boxes = boxes[inside & ~shell & (boxes[:, 0, 1] < low[1] + _HANGING_M)]
    scale = SIZE / (high - low)
    start = np.floor((boxes[:, 0] - low) * scale)[:, [0, 2]].clip(0, SIZE - 1).astype(int)
    end = np.ceil((boxes[:, 1] - low) * scale)[:, [0, 2]].clip(1, SIZE).astype(int)
    heights = np.zeros((SIZE, SIZE))
    for (x0, z0), (x1, z1), top in zip(start, end, boxes[:, 1, 1] - low[1], strict=True):
        area = heights[z0:z1, x0:x1]
        np.maximum(area, top, out=area)
    return heights


def _soften(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Two passes of a small tent: lamps are areas, not points."""
    for _ in range(3):
        padded = np.pad(values, 1, mode="edge")
        values = (padded[:-2, 1:-1] + padded[2:, 1:-1] + 2.0 * padded[1:-1, 1:-1]) * 0.25
        padded = np.pad(values, 1, mode="edge")
        values = (padded[1:-1, :-2] + padded[1:-1, 2:] + 2.0 * padded[1:-1, 1:-1]) * 0.25
    return values
