"""Stand units on surfaces and hang labels on rails, one numpy step a position."""

import zlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
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
LABEL_WIDTH_MIN = 0.040

ASIDE_MM, FORWARD_MM, TURN_DEG = 0.8, 0.5, 1.5
"""How exactly staff face goods up."""

BESIDE_MM_MAX = 4.0

GROW_MM = 0.9
"""What a turn may add to each side of a unit's box: fixtures keep 3 mm between rows."""


@dataclass(frozen=True, slots=True)
class Block:
    """The units of one position: position (n, 3) f8 scene metres; yaw_deg, occlusion (n,) f8."""

    sku: str
    position: NDArray[np.float64]
    yaw_deg: NDArray[np.float64]
    occlusion: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HungLabel:
    """A shelf-edge label in scene space."""

    sku: str
    centre: NDArray[np.float64]
    right: NDArray[np.float64]
    width: float = LABEL_WIDTH


def stock_surface(
    surface: Surface,
    placement: FixturePlacement,
    planograms: Mapping[str, Planogram],
    products: Mapping[str, Product],
    loose: AbstractSet[str] = frozenset(),
) -> tuple[list[Block], list[HungLabel]]:
    """Every unit of one shelf and its labels; positions of unknown products stay empty.

    Units of the SKUs in `loose` are as round as their boxes are wide and lie any way round.
    """
    shelf = planograms[surface.planogram].shelves[surface.shelf]
    arranged = arrange_shelf(shelf.positions, surface.depth * 1000.0, products)
    fixture = yaw_matrix(placement.yaw_deg)
    at = np.array([placement.x_mm, 0.0, placement.z_mm]) / 1000.0
    turn = fixture @ yaw_matrix(surface.yaw_deg)
    corner = at + fixture @ np.array(surface.corner)
    yaw = placement.yaw_deg + surface.yaw_deg
    blocks = []
    for block in arranged:
        seed = f"{placement.id}/{surface.planogram}/{surface.shelf}/{block.index}"
        moved, turned = by_hand(
            block,
            beside(block, arranged, surface.width * 1000.0),
            seed,
            loose=block.product.sku in loose,
        )
        units = corner + (_units(block) + moved) @ turn.T
        blocks.append(Block(block.product.sku, units, yaw + turned, _openness(block, surface)))
    right = turn @ np.array([1.0, 0.0, 0.0])
    wide = _label_width(len(arranged), surface.width)
    labels = [
        HungLabel(
            block.product.sku,
            corner + turn @ np.array([x + wide / 2, -surface.rail_down, surface.rail_out]),
            right,
            wide,
        )
        for block, x in _label_places(arranged, surface.width, wide)
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


def beside(block: Arranged, arranged: list[Arranged], shelf_mm: float) -> float:
    """Free millimetres beside each of its units: to its like, its neighbours or the shelf's end."""
    width = block.product.dimensions_mm[0]
    free = [BESIDE_MM_MAX, block.left_mm, shelf_mm - block.right_mm]
    if len(block.columns) > 1:
        free.append(block.columns[1] - block.columns[0] - width)
    free += [other.left_mm - block.right_mm for other in arranged if other.left_mm > block.left_mm]
    free += [block.left_mm - other.right_mm for other in arranged if other.left_mm < block.left_mm]
    return max(min(free), 0.0)


def by_hand(
    block: Arranged, beside_mm: float, seed: str, *, loose: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How each unit stands aside from where a machine would put it, as staff leave it.

    Metres (n, 3) in the surface's frame, and degrees (n,). Never so far that a unit touches its
    neighbour: fronts stay in line to half a millimetre, and nothing goes further back. What is
    `loose` lies any way round. Equal `seed`, equal answer.
    """
    width, _, depth = block.product.dimensions_mm
    count = len(block.rows) * block.layers * len(block.columns)
    across, along, turn = _shares(seed, count)
    grow_mm = min(GROW_MM, beside_mm * 0.22)
    turn_deg = min(TURN_DEG, np.degrees(2.0 * grow_mm / max(width, depth)))
    moved = np.zeros((count, 3))
    moved[:, 0] = across * min(ASIDE_MM, beside_mm * 0.2) / 1000.0
    # Forward by what a turn may add behind.
    moved[:, 2] = (grow_mm + (along + 1.0) * 0.5 * FORWARD_MM) / 1000.0
    return moved, turn * (180.0 if loose else float(turn_deg))


def _shares(seed: str, count: int) -> NDArray[np.float64]:
    """(3, count) numbers -1..1 that look like chance and depend on `seed` alone."""
    state = np.arange(3 * count, dtype=np.uint64) + np.uint64(zlib.crc32(seed.encode()) << 20)
    # The finaliser of SplitMix64 (Steele, Lea and Flood, 2014); it is meant to overflow.
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        state = (state ^ (state >> np.uint64(shift))) * np.uint64(factor)
    state ^= state >> np.uint64(31)
    shares = (state >> np.uint64(11)).astype(np.float64) / 2.0**52 - 1.0
    return np.asarray(shares.reshape(3, count))


def _label_width(count: int, rail: float) -> float:
    """As wide as labels are; narrower where a rail has to carry more, down to what one reads."""
    fits = (rail + LABEL_GAP) / max(count, 1) - LABEL_GAP
    return min(LABEL_WIDTH, max(fits, LABEL_WIDTH_MIN))


def _label_places(
    arranged: list[Arranged], rail: float, wide: float
) -> list[tuple[Arranged, float]]:
    """The left end of each label: at its position's, pushed apart where labels would overlap.

    Where a rail has no room for all, the last ones are left out.
    """
    pitch = wide + LABEL_GAP
    room = max(int((rail + LABEL_GAP) / pitch + 1e-6), 0)
    hung = sorted(arranged, key=lambda block: block.left_mm)[:room]
    places: list[float] = []
    for block in hung:
        left = max(block.left_mm / 1000.0, 0.0)
        places.append(max(left, places[-1] + pitch) if places else left)
    limit = rail - wide
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], limit)
        limit = places[index] - pitch
    return list(zip(hung, places, strict=True))
