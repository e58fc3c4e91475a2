"""The surfaces of a fixture as arrays, and the labels on their rails and hooks."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.fittings import TICKET_ARM_M, Hook
from store_scenes.compile.tickets import TICKET_WIDTH_MIN, Tickets
from store_scenes.fixtures.fixture import Surface
from store_scenes.fixtures.shapes import slope_matrix, yaw_matrix
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

PLATE_EDGES_MM = 4.0
"""How much narrower than its label a hook's plate is."""


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


class Labels(NamedTuple):
    """Labels, m of them: whose block (m,), centre, right and up (m, 3), and width (m,), metres."""

    block: Ints
    centre: Floats
    right: Floats
    up: Floats
    wide: Floats


class Shelves:
    """Surfaces as arrays, s rows each."""

    def __init__(self, placement: FixturePlacement, surfaces: tuple[Surface, ...]) -> None:
        at = np.array([placement.x_mm, 0.0, placement.z_mm]) / 1000.0
        corners = np.array([surface.corner for surface in surfaces]).reshape(-1, 3)
        self.corner = at + corners @ yaw_matrix(placement.yaw_deg).T
        self.yaw_deg = placement.yaw_deg + np.array([s.yaw_deg for s in surfaces], dtype=float)
        yaws, which = np.unique(self.yaw_deg, return_inverse=True)
        self.turn = np.array([yaw_matrix(yaw) for yaw in yaws]).reshape(-1, 3, 3)[which]
        table = np.array(
            [(s.width, s.depth, s.clearance, s.rail_down, s.rail_out, s.slope_deg)
             for s in surfaces]
        ).reshape(-1, 6)  # fmt: skip
        self.width, self.clearance = table[:, 0], table[:, 2]
        self.width_mm, self.depth_mm = table[:, 0] * 1000.0, table[:, 1] * 1000.0
        self.rail_down, self.rail_out, self.slope_deg = table[:, 3], table[:, 4], table[:, 5]
        for row in np.flatnonzero(self.slope_deg):
            self.turn[row] = self.turn[row] @ slope_matrix(self.slope_deg[row])
        self.hangs = np.array([surface.hangs for surface in surfaces], dtype=bool)


def hang_labels(
    shelves: Shelves, on: Ints, left_mm: Floats, pitch_mm: Floats, sku: NDArray[np.int32],
    hooks: Mapping[int, Hung],
) -> tuple[Labels, Mapping[int, Hung]]:  # fmt: skip
    """The labels of a fixture's goods, and the hooks with arms that keep their labels apart.

    `on`, `left_mm`, `pitch_mm` and `sku` (b,) are of blocks, in their surfaces' order: the surface
    each stands on, its left end, how far apart its facings are, and a number for its product. What
    hangs has its label on its first hook, which is in `hooks` by block.
    """
    standing = np.flatnonzero(~shelves.hangs[on])
    nth, left, wide = _along_rails(shelves, on[standing], left_mm[standing])
    block = standing[nth]
    middle = np.stack(
        [left + wide / 2.0, -shelves.rail_down[on[block]], shelves.rail_out[on[block]]], axis=1
    )
    if hooks:
        hung = np.array(list(hooks), dtype=np.int64)
        tips = [
            (hook.x_mm / 1000.0, hook.y_mm / 1000.0 + TICKET_ARM_M, TICKET_PROUD_M)
            for hook in hooks.values()
        ]
        fits = np.clip(pitch_mm[hung] / 1000.0 - LABEL_GAP, TICKET_WIDTH_MIN, LABEL_WIDTH_MIN)
        order = np.argsort(on[np.concatenate([block, hung])], kind="stable")
        block = np.concatenate([block, hung])[order]
        middle, wide = np.concatenate([middle, tips])[order], np.concatenate([wide, fits])[order]
    surface = on[block]
    turn = shelves.turn[surface]
    centre = shelves.corner[surface] + np.einsum("nij,nj->ni", turn, middle)
    labels = Labels(block, centre, turn[:, :, 0], turn[:, :, 1], wide)
    if not hooks:
        return labels, hooks
    return _kept_apart(labels, turn, shelves.yaw_deg[surface], sku, hooks)


def _kept_apart(
    labels: Labels, turn: Floats, yaw_deg: Floats, sku: NDArray[np.int32], hooks: Mapping[int, Hung]
) -> tuple[Labels, Mapping[int, Hung]]:
    """Labels of which none on a hook covers another, and the hooks with the arms for them.

    `turn` (m, 3, 3) and `yaw_deg` (m,) are of the surfaces; those that goods hang from are level.
    """
    centre = labels.centre
    tickets = Tickets(
        across=np.einsum("ni,ni->n", centre, turn[:, :, 0]),
        up=centre[:, 1].copy(),
        wide=labels.wide.copy(),
        plane=np.einsum("ni,ni->n", centre, turn[:, :, 2]),
        yaw_deg=yaw_deg,
        hangs=np.isin(labels.block, list(hooks)),
        product=sku[labels.block],
        high_of_wide=LABEL_HEIGHT / LABEL_WIDTH,
        kept=np.ones(len(centre), dtype=bool),
        tight=np.zeros(len(centre), dtype=bool),
    )
    tickets.spread()
    raised = tickets.up - centre[:, 1]
    changed = dict(hooks)
    for row in np.flatnonzero(tickets.tight | (raised != 0.0) | ~tickets.kept).tolist():
        hung = hooks[int(labels.block[row])]
        arm = (TICKET_ARM_M + float(raised[row])) * 1000.0 if tickets.kept[row] else 0.0
        plate = float(tickets.wide[row]) * 1000.0 - PLATE_EDGES_MM
        hook = Hook(hung.hook.length_mm, round(arm, 1), round(plate, 1))
        changed[int(labels.block[row])] = dataclasses.replace(hung, hook=hook)
    centre[:, 1] = tickets.up
    kept, wide = tickets.kept, tickets.wide
    block, right, up = labels.block[kept], labels.right[kept], labels.up[kept]
    return Labels(block, centre[kept], right, up, wide[kept]), changed


def _along_rails(shelves: Shelves, on: Ints, left_mm: Floats) -> tuple[Ints, Floats, Floats]:
    """Which labels hang on rails, the left end and the width of each, metres.

    They are as wide as labels are, and narrower where a rail has to carry more, down to what one
    reads; pushed apart where they would overlap. Where a rail has no room for all, the last ones
    are left out.
    """
    count = np.bincount(on, minlength=len(shelves.width))
    fits = (shelves.width + LABEL_GAP) / np.maximum(count, 1) - LABEL_GAP
    wide = np.minimum(LABEL_WIDTH, np.maximum(fits, LABEL_WIDTH_MIN))
    pitch = wide + LABEL_GAP
    room = np.maximum(((shelves.width + LABEL_GAP) / pitch + 1e-6).astype(np.int64), 0)
    hung = np.minimum(count, room)
    order = np.lexsort((left_mm, on))
    place = np.arange(len(on)) - np.repeat(np.cumsum(count) - count, count)  # on its rail
    order, place = order[place < room[on]], place[place < room[on]]
    rail = on[order]
    left = np.maximum(left_mm[order] / 1000.0, 0.0)
    # Each is pushed by the furthest of those before it, which stand a pitch apart at least.
    rows = np.full((len(count), int(hung.max(initial=0))), -np.inf)
    rows[rail, place] = left - place * pitch[rail]
    pushed = np.maximum.accumulate(rows, axis=1)[rail, place] + place * pitch[rail]
    left = np.where(pushed > left + 1e-12, pushed, left)
    last = shelves.width - wide
    return order, np.minimum(left, last[rail] - (hung[rail] - 1 - place) * pitch[rail]), wide[rail]
