"""Stand units on surfaces and hang labels on rails, one numpy step a position."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.fixtures.fixture import Surface
from store_scenes.fixtures.shapes import yaw_matrix
from store_scenes.layout.arrange import Arranged, arrange_shelf
from store_scenes.layout.documents import FixturePlacement, Planogram

LABEL_WIDTH = 0.075
LABEL_HEIGHT = 0.038
LABEL_GAP = 0.002


@dataclass(frozen=True, slots=True)
class Block:
    """The units of one position: position (n, 3) f8 scene metres; occlusion (n,) f8."""

    sku: str
    position: NDArray[np.float64]
    yaw_deg: float
    occlusion: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HungLabel:
    """A shelf-edge label in scene space."""

    sku: str
    centre: NDArray[np.float64]
    right: NDArray[np.float64]


def stock_surface(
    surface: Surface,
    placement: FixturePlacement,
    planograms: Mapping[str, Planogram],
    products: Mapping[str, Product],
) -> tuple[list[Block], list[HungLabel]]:
    """Every unit of one shelf and its labels; positions of unknown products stay empty."""
    shelf = planograms[surface.planogram].shelves[surface.shelf]
    arranged = arrange_shelf(shelf.positions, surface.depth * 1000.0, products)
    fixture = yaw_matrix(placement.yaw_deg)
    at = np.array([placement.x_mm, 0.0, placement.z_mm]) / 1000.0
    turn = fixture @ yaw_matrix(surface.yaw_deg)
    corner = at + fixture @ np.array(surface.corner)
    yaw = placement.yaw_deg + surface.yaw_deg
    blocks = [
        Block(
            block.product.sku,
            corner + _units(block) @ turn.T,
            yaw,
            _openness(block, surface),
        )
        for block in arranged
    ]
    right = turn @ np.array([1.0, 0.0, 0.0])
    labels = [
        HungLabel(
            block.product.sku,
            corner + turn @ np.array([x + LABEL_WIDTH / 2, -surface.rail_down, surface.rail_out]),
            right,
        )
        for block, x in _label_places(arranged, surface.width)
    ]
    return blocks, labels


def _grid(block: Arranged) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """x, layer number and depth of every unit: front row first, bottom layer first; flat."""
    rows, layers, columns = np.meshgrid(
        np.array(block.rows), np.arange(block.layers, dtype=float), np.array(block.columns),
        indexing="ij",
    )  # fmt: skip
    return columns.ravel(), layers.ravel(), rows.ravel()


def _units(block: Arranged) -> NDArray[np.float64]:
    """Metres from the surface's corner, in its own frame: x right, y up, -z into the depth."""
    x, layer, depth = _grid(block)
    height = block.product.dimensions_mm[1]
    return np.stack([x, layer * height, -depth], axis=1) / 1000.0


def _openness(block: Arranged, surface: Surface) -> NDArray[np.float64]:
    """How open each unit's place is: darker to the back, under a shelf, and under other units.

    An estimate by eye, not a measurement: the front row of an open shelf is 1.
    """
    _, layer, depth = _grid(block)
    into = np.clip(depth / (surface.depth * 1000.0), 0.0, 1.0)
    free = surface.clearance - block.height_mm / 1000.0
    cover = 1.0 if surface.clearance < 0.8 else 0.35
    lid = np.exp(-max(free, 0.0) / 0.25)
    under = (block.layers - 1 - layer) / max(block.layers, 1)
    dark = cover * (0.35 + 0.30 * lid) * into**0.7 + 0.06 * under + 0.08 * cover
    return np.asarray(np.clip(1.0 - dark, 0.25, 1.0))


def _label_places(arranged: list[Arranged], width: float) -> list[tuple[Arranged, float]]:
    """The left end of each label: at its position's, pushed apart where labels would overlap.

    Where a rail has no room for all, the last ones are left out.
    """
    room = max(int((width + LABEL_GAP) / (LABEL_WIDTH + LABEL_GAP)), 0)
    hung = sorted(arranged, key=lambda block: block.left_mm)[:room]
    pitch = LABEL_WIDTH + LABEL_GAP
    places: list[float] = []
    for block in hung:
        left = max(block.left_mm / 1000.0, 0.0)
        places.append(max(left, places[-1] + pitch) if places else left)
    limit = width - LABEL_WIDTH
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], limit)
        limit = places[index] - pitch
    return list(zip(hung, places, strict=True))
