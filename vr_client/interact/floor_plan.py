"""The store from above: room, fixtures, aisles, and where the units of a product stand. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import AisleLine, SceneDescription
from vr_client.interact.walk import Spot

GRID_M = 0.05
CELLS_MAX = 4_000_000
"""A larger room is drawn on a coarser grid."""

LOW_M, HIGH_M = 0.05, 1.9
"""What stands between these heights is drawn: no floor mats, no signs, no ceiling."""

PINS_MAX = 24
PINS_APART_M = 0.8

Box = tuple[float, float, float, float]
"""x and z of the least corner, then of the greatest, metres."""


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """What a map of the store shows; metres, x to the right and z down."""

    room: Box
    blocks: tuple[Box, ...]
    aisles: tuple[AisleLine, ...]
    entrance: Spot
    places: tuple[tuple[str, dict[str, str], Box], ...] = field(default=())
    """Kind, names by language and area of what has a name of its own (tills, produce…)."""

    @property
    def size_m(self) -> tuple[float, float]:
        """Width and depth of the room."""
        return self.room[2] - self.room[0], self.room[3] - self.room[1]


def plan_of(scene: SceneDescription) -> FloorPlan:
    """The floor plan of a compiled store."""
    low, high = scene.room
    room = (low[0], low[2], high[0], high[2])
    solids = scene.solids
    stands = (solids["max"][:, 1] > LOW_M) & (solids["min"][:, 1] < HIGH_M)
    boxes = np.concatenate(
        [solids["min"][stands][:, [0, 2]], solids["max"][stands][:, [0, 2]]], axis=1
    ).astype(np.float64)
    # The walls' own boxes lie outside; what fills the whole room is floor or ceiling.
    size = np.array([room[2] - room[0], room[3] - room[1]])
    fills = np.all(boxes[:, 2:] - boxes[:, :2] > 0.98 * size, axis=1)
    return FloorPlan(
        room,
        merged(boxes[~fills], room),
        scene.aisles,
        (scene.entrance[0], scene.entrance[1]),
    )


def merged(boxes: NDArray[np.float64], room: Box) -> tuple[Box, ...]:
    """The area that `boxes` (n, 4) cover inside `room`, as few boxes that do not overlap.

    On a grid: a fixture of many boards becomes one block, whatever it is made of.
    """
    wide, deep = room[2] - room[0], room[3] - room[1]
    step = max(GRID_M, float(np.sqrt(wide * deep / CELLS_MAX)))
    across, down = max(1, round(wide / step)), max(1, round(deep / step))
    filled = np.zeros((down, across), dtype=bool)
    corners = (boxes.reshape(-1, 2, 2) - np.array([room[0], room[1]])) / step
    cells = np.clip(np.round(corners).astype(int), 0, [across, down])
    for (x0, z0), (x1, z1) in cells:
        filled[z0:z1, x0:x1] = True
    return tuple(
        (room[0] + x0 * step, room[1] + z0 * step, room[0] + x1 * step, room[1] + z1 * step)
        for x0, z0, x1, z1 in _blocks(filled)
    )


def _blocks(filled: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Runs of cells, joined with equal runs of the row above."""
    found: list[tuple[int, int, int, int]] = []
    growing: dict[tuple[int, int], int] = {}
    for row in range(len(filled) + 1):
        runs: list[tuple[int, int]] = []
        if row < len(filled):
            edges = np.flatnonzero(np.diff(np.concatenate(([0], filled[row].view(np.int8), [0]))))
            runs = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
        going = {run: growing.pop(run, row) for run in runs}
        found += [(left, top, right, row) for (left, right), top in growing.items()]
        growing = going
    return found


def pins_of(scene: SceneDescription, skus: Iterable[str]) -> tuple[tuple[Spot, ...], ...]:
    """For each of `skus`, where on the floor its units stand: a pin a place, not a unit."""
    rows_of = {sku: row for row, sku in enumerate(scene.skus)}
    return tuple(_pins(scene, rows_of[sku]) if sku in rows_of else () for sku in skus)


def _pins(scene: SceneDescription, product: int) -> tuple[Spot, ...]:
    rows = np.flatnonzero(scene.product_of == product)
    middles = scene.bounds[rows][:, :, [0, 2]].astype(np.float64).mean(axis=1)
    pins: list[Spot] = []
    while len(middles) and len(pins) < PINS_MAX:
        near = np.hypot(*(middles - middles[0]).T) < PINS_APART_M
        x, z = middles[near].mean(axis=0)
        pins.append((float(x), float(z)))
        middles = middles[~near]
    return tuple(pins)
