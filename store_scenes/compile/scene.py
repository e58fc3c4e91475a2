"""The compiled store as plain arrays: what the renderer uploads and the pointer picks.

Metres, right-handed, y up, -z forward. Everything opaque (room, fixtures, products) is an
instance of a mesh; instances are sorted by (cell, mesh) so that one cell is a contiguous range.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

ART_KEY_BYTES = 16

LEVELS = 4
"""Coarser levels of detail of a mesh."""

MESH = np.dtype(
    [
        ("first_index", "u4"),
        ("index_count", "u4"),
        ("base_vertex", "i4"),
        ("bounds_min", "f4", 3),
        ("bounds_max", "f4", 3),
        # The same for each coarser level of detail (`store_scenes.models.detail`), finest first.
        ("coarse_first", "u4", LEVELS),
        ("coarse_count", "u4", LEVELS),
    ]
)

INSTANCE = np.dtype(
    [
        ("position", "f4", 3),  # metres, scene space, of the mesh's origin
        ("rotation", "f2", 4),  # unit quaternion x, y, z, w
        # Below len(signs): that fixed picture, 0 plain white; else len(signs) + product row.
        ("art_layer", "u4"),
        ("id", "u4"),  # equals its row
        ("occlusion", "f4"),  # 1 open .. 0 closed, of the place it stands in
    ]
)
"""32 bytes an instance; `rotation` turns as column vectors do, from mesh to scene."""

CELL = np.dtype(
    [
        ("bounds_min", "f4", 3),
        ("bounds_max", "f4", 3),
        ("first_draw", "u4"),
        ("draw_count", "u4"),
    ]
)

"""Up to a metre of floor on one side of a board: culled as one, its draws are one range."""

DRAW = np.dtype(
    [
        ("mesh", "u4"),
        ("first_instance", "u4"),
        ("instance_count", "u4"),
        ("rear", "u4"),  # 1: others of the mesh stand before them, 0: in front
        ("bounds_min", "f4", 3),
        ("bounds_max", "f4", 3),
    ]
)
"""One run of equal meshes inside one cell: one entry of the multi-draw."""

LABEL = np.dtype(
    [
        ("centre", "f4", 3),  # metres
        ("right", "f4", 3),  # unit vector along the text
        ("up", "f4", 3),  # unit vector
        ("size", "f4", 2),  # width and height, metres
        ("product", "u4"),  # index into SceneDescription.skus
    ]
)
"""A shelf-edge label; all labels of a product show one picture."""

SOLID = np.dtype([("min", "f4", 3), ("max", "f4", 3)])
"""An axis-aligned box of a fixture, floor or wall that can carry or be run into."""

CEILING_PANEL = np.dtype([("centre", "f4", 3), ("half_size", "f4", 2)])
"""A lit rectangle in the ceiling, x and z half sizes in metres."""

ARRAYS = (
    "vertices", "indices", "meshes", "instances", "bounds", "product_of", "cells",
    "draws", "labels", "solids", "boards", "ceiling", "signs", "art_far",
    "art_keys", "light", "colours",
)  # fmt: skip
"""The fields of `SceneDescription` that are arrays."""

LIGHT_ARRAYS = ("light", "colours")
"""Those that are baked from all others: `compiler.relit` makes them anew."""


@dataclass(frozen=True, slots=True)
class AisleLine:
    """Where an aisle runs, for signs and for walking: its ends on the floor, metres (x, z)."""

    id: str
    names: dict[str, str]
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True, slots=True)
class SceneDescription:
    """A compiled store. Arrays are C-contiguous and never written after compilation.

    vertices (n,) VERTEX; indices (m,) u4; meshes (p,) MESH; instances (k,) INSTANCE;
    bounds (k, 2, 3) f4: each instance's scene-space box; product_of (k,) i4: index into `skus`,
    -1 for what is not for sale; cells (c,) CELL; draws (d,) DRAW; labels (l,) LABEL;
    solids (s,) SOLID; boards (b, 2, 3) f4: thin upright boxes that hide what is behind them;
    ceiling (q,) CEILING_PANEL. Pictures are u1 sRGB, top row first: signs (layers, ART_SIZE,
    ART_SIZE, 4), layer 0 white; art_far (products, FAR_SIZE, FAR_SIZE, 4), each product's art as
    seen from afar; art_keys (products, ART_KEY_BYTES): equal keys, equal art, near and far.
    light (layers, rows, columns, 4) u2: see `light_field.bake_light`; empty when none is baked yet.
    colours (2 * layers, rows, columns, 4) u1: see `light_colour.bake_colours`; may be empty too.
    `room` is the inner box ((x, y, z) min and max) of the walls.
    """

    version: str
    vertices: NDArray[np.void]
    indices: NDArray[np.uint32]
    meshes: NDArray[np.void]
    instances: NDArray[np.void]
    bounds: NDArray[np.float32]
    product_of: NDArray[np.int32]
    cells: NDArray[np.void]
    draws: NDArray[np.void]
    labels: NDArray[np.void]
    solids: NDArray[np.void]
    boards: NDArray[np.float32]
    ceiling: NDArray[np.void]
    signs: NDArray[np.uint8]
    art_far: NDArray[np.uint8]
    art_keys: NDArray[np.uint8]
    skus: tuple[str, ...]
    aisles: tuple[AisleLine, ...]
    room: tuple[tuple[float, float, float], tuple[float, float, float]]
    entrance: tuple[float, float, float]  # x, z metres and yaw degrees
    light: NDArray[np.uint16] = field(default_factory=lambda: np.zeros((0, 0, 0, 4), np.uint16))
    colours: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 0, 0, 4), np.uint8))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Every array by its field name: what crosses to another process by shared memory."""
        return {name: getattr(self, name) for name in ARRAYS}


def differs_in_light_only(before: SceneDescription, now: SceneDescription) -> bool:
    """Whether `now` is `before` with its light baked anew, as `compiler.relit` makes it."""
    return before.version == now.version and before.instances is now.instances
