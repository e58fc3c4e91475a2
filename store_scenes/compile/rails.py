"""The surfaces of a fixture as arrays, and the labels on their rails and hooks."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.fittings import TICKET_ARM_M, Hook
from store_scenes.fixtures.fixture import Surface
from store_scenes.fixtures.shapes import yaw_matrix
from store_scenes.layout.arrange import Arranged
from store_scenes.layout.documents import FixturePlacement, Handling

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LABEL_WIDTH = 0.075
LABEL_HEIGHT = 0.038
LABEL_GAP = 0.002
LABEL_WIDTH_MIN = 0.040

HOLE_DOWN_MM = 10.0
"""Under a product's top, where nobody says where it hangs."""

TICKET_PROUD_M = 0.0045


@dataclass(frozen=True, slots=True)
class Hung:
    """The hook of a position's first facing: where its tip is, in the surface's own frame."""

    x_mm: float
    y_mm: float
    hook: Hook


def hung_from(block: Arranged, handling: Mapping[str, Handling], depth_mm: float) -> Hung:
    """The hook of a position on a surface that deep."""
    known = handling.get(block.product.sku)
    across = known.peg_hole_x_mm if known else 0.0
    down = known.peg_hole_y_mm if known else 0.0
    x = block.left_mm + (across or block.size_mm[0] / 2.0)
    y = block.bottom_mm + block.size_mm[1] - (down or HOLE_DOWN_MM)
    return Hung(x, y, Hook(round(depth_mm, 1)))


class Shelves:
    """Surfaces as arrays, s rows each, and the labels of the goods added in their order."""

    def __init__(self, placement: FixturePlacement, surfaces: tuple[Surface, ...]) -> None:
        at = np.array([placement.x_mm, 0.0, placement.z_mm]) / 1000.0
        corners = np.array([surface.corner for surface in surfaces]).reshape(-1, 3)
        self.corner = at + corners @ yaw_matrix(placement.yaw_deg).T
        self.yaw_deg = placement.yaw_deg + np.array([s.yaw_deg for s in surfaces], dtype=float)
        self.turn = np.array([yaw_matrix(yaw) for yaw in self.yaw_deg]).reshape(-1, 3, 3)
        self.width_mm = np.array([s.width for s in surfaces]) * 1000.0
        self.depth_mm = np.array([s.depth for s in surfaces]) * 1000.0
        self.clearance = np.array([s.clearance for s in surfaces])
        self.counts: list[int] = []
        self._blocks = 0
        self._labelled: list[int] = []
        self._on: list[int] = []
        self._middle: list[tuple[float, float, float]] = []
        self._wide: list[float] = []

    def add(self, surface: Surface, arranged: list[Arranged]) -> None:
        """The next surface's goods."""
        wide = _label_width(len(arranged), surface.width)
        places = _label_places([block.left_mm for block in arranged], surface.width, wide)
        for number, left in places:
            self._labelled.append(self._blocks + number)
            self._middle.append((left + wide / 2.0, -surface.rail_down, surface.rail_out))
        self._on += [len(self.counts)] * len(places)
        self._wide += [wide] * len(places)
        self.counts.append(len(arranged))
        self._blocks += len(arranged)

    def add_hooks(self, hung: list[Hung], arranged: list[Arranged]) -> None:
        """The next surface's goods, which hang: each position has its label on its first hook."""
        for number, hook in enumerate(hung):
            wide = min(max(arranged[number].pitch_mm / 1000.0 - LABEL_GAP, 0.030), LABEL_WIDTH_MIN)
            self._labelled.append(self._blocks + number)
            self._middle.append(
                (hook.x_mm / 1000.0, hook.y_mm / 1000.0 + TICKET_ARM_M, TICKET_PROUD_M)
            )
            self._wide.append(wide)
        self._on += [len(self.counts)] * len(hung)
        self.counts.append(len(arranged))
        self._blocks += len(arranged)

    def hung(self) -> tuple[Ints, Floats, Floats, Floats]:
        """Of each label: the block it belongs to, its centre, its direction and its width."""
        on = np.array(self._on, dtype=np.int64)
        turn = self.turn[on]
        middle = np.array(self._middle).reshape(-1, 3)
        centre = self.corner[on] + np.einsum("nij,nj->ni", turn, middle)
        labelled = np.array(self._labelled, dtype=np.int64)
        return labelled, centre, turn[:, :, 0], np.array(self._wide)


def _label_width(count: int, rail: float) -> float:
    """As wide as labels are; narrower where a rail has to carry more, down to what one reads."""
    fits = (rail + LABEL_GAP) / max(count, 1) - LABEL_GAP
    return min(LABEL_WIDTH, max(fits, LABEL_WIDTH_MIN))


def _label_places(left_mm: list[float], rail: float, wide: float) -> list[tuple[int, float]]:
    """Which labels hang, and the left end of each: pushed apart where they would overlap.

    Where a rail has no room for all, the last ones are left out.
    """
    pitch = wide + LABEL_GAP
    room = max(int((rail + LABEL_GAP) / pitch + 1e-6), 0)
    hung = sorted(range(len(left_mm)), key=left_mm.__getitem__)[:room]
    places: list[float] = []
    reach = 0.0
    for number in hung:
        left = max(left_mm[number] / 1000.0, reach)
        places.append(left)
        reach = left + pitch
    limit = rail - wide
    for index in range(len(places) - 1, -1, -1):
        if places[index] <= limit:
            break  # and so do all before it
        places[index] = limit
        limit -= pitch
    return list(zip(hung, places, strict=True))
