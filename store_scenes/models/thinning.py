"""Levels of detail of a mesh made in code: fewer rows and columns of its grids, same vertices.

Each row and column of each grid gets a number, how many metres are lost without it, by the
algorithm of Douglas and Peucker on all grids at once; a level keeps those that cost more than it
may lose. Where grids meet, lines that end in one place stay or go together, so no level has cracks;
corners of grids stay, and with them the ends of labels. Pure numpy.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.detail import Levels, levels_from, packed
from store_scenes.models.patches import Patches, Places, grid_triangles

Array = NDArray[np.float64]

LOST_M: Final = (0.0009, 0.0019, 0.0060, 0.0078)
"""What a level may lose, by level of detail after the full one.

A pixel is 3, 7, 15 and 30 mm where each is first used. The figures are those with which a level
has fewer triangles than clusters would leave and differs in fewer pixels (docs/performance.md).
"""

LOOK_SHARE: Final = 0.5
"""A stretch whose shading or colour is all wrong counts as moved by this share of its length.

Never as more than the last level may lose: there shape alone counts.
"""

SLIM_M: Final = 0.060
"""Along a side shorter than this losses count more, so that no side is lost however short."""

_SAME_M: Final = 1e-6  # nearer places are one
_FLAT_M2: Final = 1e-12  # a shorter line has no direction
_RING_MIN: Final = 3  # columns of a body that is turned
_TIE: Final = 1e-6  # too little to change an order
_CODES: Final = 255.0


def thinned(vertices: NDArray[np.void], indices: NDArray[np.uint32], patches: Patches) -> Levels:
    """The full list and each coarser one that is shorter than the one before it."""
    place = _places(vertices)
    grids = _stacked(patches.grids, vertices["uv"], place)
    lines = _Lines.of(grids, place)
    losses = _losses(lines, vertices)
    return levels_from(
        indices, (_level(grids, patches, lines, losses, place, lost_m) for lost_m in LOST_M)
    )


def _places(vertices: NDArray[np.void]) -> Places:
    """(n,) a number for each vertex, equal where they are in one place."""
    steps = np.rint(vertices["position"].astype(np.float64) / _SAME_M).astype(np.int64)
    return np.unique(packed(steps), return_inverse=True)[1].reshape(-1)


def _stacked(grids: tuple[Places, ...], uv: NDArray[np.float32], place: Places) -> list[Places]:
    """The grids, with those joined that continue each other downwards, art and all.

    A lathe makes one for each finish; as one they can lose the rows they meet in.
    """
    joined: list[Places] = []
    for grid in grids:
        if joined and joined[-1].shape[1] == grid.shape[1]:
            end, start = joined[-1][-1], grid[0]
            meet = np.array_equal(place[end], place[start]) and np.array_equal(uv[end], uv[start])
            if meet and (place[start] != place[start[0]]).any():
                joined[-1] = np.concatenate([joined[-1], grid])
                continue
        joined.append(grid)
    return joined


@dataclass(frozen=True, slots=True)
class _Lines:
    """Rows and columns of all grids, one after the other, and the vertices on each.

    Of lines (n,): `start` is the first of its samples, `family` equal for lines that stay or go
    together. `fixed` (n,), by family: always stays. Of samples (m,), line by line: `vertex`,
    `line`, and `across`, which one of its line it is. `spans` are each grid's first row and first
    column.
    """

    start: Places
    family: Places
    fixed: NDArray[np.bool_]
    vertex: Places
    line: Places
    across: Places
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, grids: list[Places], place: Places) -> "_Lines":
        none = np.zeros(0, np.intp)
        spans: list[tuple[int, int]] = []
        lengths: list[int] = []
        vertex = [none]
        ends: list[int] = []
        met_place, met_line, corners = [none], [none], [none]
        done = 0
        for grid in grids:
            rows, columns = grid.shape
            spans.append((done, done + rows))
            at = place[grid]
            for turned, base, first in ((at, done, done + rows), (at.T, done + rows, done)):
                ends += [base, base + len(turned) - 1]
                for edge in (turned[0], turned[-1]):
                    if (edge != edge[0]).any():
                        met_place.append(edge[1:-1])
                        met_line.append(np.arange(first + 1, first + len(edge) - 1))
            corners.append(at[[0, 0, -1, -1], [0, -1, 0, -1]])
            lengths += [columns] * rows + [rows] * columns
            vertex += [grid.ravel(), grid.T.ravel()]
            done += rows + columns
        length = np.array(lengths, np.intp)
        start = np.cumsum(length) - length
        line = np.repeat(np.arange(done), length)
        family = _families(done, np.concatenate(met_place), np.concatenate(met_line))
        fixed = np.zeros(done, bool)
        fixed[family[np.array(ends, np.intp)]] = True
        met = np.concatenate(met_line)
        cornered = np.isin(np.concatenate(met_place), np.concatenate(corners))
        fixed[family[met[cornered]]] = True
        for grid, (_row, column) in zip(grids, spans, strict=True):
            # A body that is turned stays one: a stalk of two columns would be a sheet.
            ring = family[column : column + grid.shape[1]]
            if fixed[ring].sum() < _RING_MIN + 1 and _is_closed(place[grid]):
                fixed[ring[[len(ring) // 3, 2 * len(ring) // 3]]] = True
        return cls(
            start, family, fixed, np.concatenate(vertex), line, np.arange(len(line)) - start[line],
            spans,
        )  # fmt: skip


def _is_closed(place: Places) -> bool:
    """Whether a grid's last column is its first one."""
    return place.shape[1] > _RING_MIN and np.array_equal(place[:, 0], place[:, -1])


def _families(count: int, place: Places, line: Places) -> Places:
    """(count,) one of the lines that each line is tied to by places at the ends of both."""
    family = np.arange(count)
    order = np.argsort(place, kind="stable")
    place, line = place[order], line[order]
    same = np.flatnonzero(place[1:] == place[:-1])
    one, other = line[same], line[same + 1]
    while True:
        low = np.minimum(family[one], family[other])
        before = family.copy()
        for side in (one, other):
            np.minimum.at(family, side, low)
            np.minimum.at(family, before[side], low)
        family = family[family]
        if np.array_equal(family, before):
            return family


def _losses(lines: _Lines, vertices: NDArray[np.void]) -> Array:
    """(families,) metres lost without it; infinite for what always stays."""
    look = _looks(lines, vertices)
    loss = np.where(lines.fixed, np.inf, 0.0)
    every = np.arange(len(lines.family))
    own = np.zeros((2, len(every)))
    before = after = np.full(len(every), -1)
    while True:
        kept = loss[lines.family] > 0.0
        was = before, after
        before = np.maximum.accumulate(np.where(kept, every, 0))
        after = np.minimum.accumulate(np.where(kept, every, len(every))[::-1])[::-1]
        changed = ~kept & ((before != was[0]) | (after != was[1]))
        if not changed.any():
            return loss
        own[:, kept] = 0.0
        own[:, changed] = _lost(look, lines, changed, before, after)
        # Lines of one family are worth what the most needed of them is.
        worst = np.zeros((2, len(loss)))
        for kind in range(2):
            np.maximum.at(worst[kind], lines.family, own[kind])
        worth = np.maximum(worst[0], np.minimum(worst[1], LOST_M[-1]))
        # Of those that are worth as much for their looks the one that looks worst comes first.
        need = (worth + _TIE * worst[1])[lines.family]
        back = _worst_of_each_run(np.flatnonzero(~kept), before, need)
        back = back[worth[lines.family[back]] > LOST_M[0]]
        family = lines.family[back]
        # Never more than the lines that it divides, so that a level keeps a part of a finer one's.
        bound = np.minimum(loss[lines.family[before[back]]], loss[lines.family[after[back]]])
        np.maximum.at(loss, family, np.minimum(bound, worth[family]))


def _worst_of_each_run(gone: Places, before: Places, need: Array) -> Places:
    """Of each run of lines that are gone the first of those that are needed most."""
    run = np.flatnonzero(np.diff(before[gone], prepend=-1))
    owner = np.repeat(np.arange(len(run)), np.diff(run, append=len(gone)))
    top = np.flatnonzero(need[gone] == np.maximum.reduceat(need[gone], run)[owner])
    return gone[top[np.unique(owner[top], return_index=True)[1]]]


def _looks(lines: _Lines, vertices: NDArray[np.void]) -> NDArray[np.float32]:
    """(samples, 15) position, with slim sides stretched; uv, normal, colour and surface."""
    position = vertices["position"]
    side = np.maximum(np.ptp(position, axis=0), 1e-4)
    uv = vertices["uv"]
    # Art in metres: about how far a print moves that is off by so much.
    scale = np.linalg.norm(side) / max(float(np.linalg.norm(np.ptp(uv, axis=0))), 1e-6)
    look = np.empty((len(vertices), 15), np.float32)
    look[:, :3] = position * np.maximum(1.0, SLIM_M / side)
    look[:, 3:5] = uv * scale
    look[:, 5:8] = vertices["normal"]
    look[:, 8:11] = vertices["colour"][:, :3] / _CODES
    look[:, 11:] = vertices["surface"] / _CODES
    return look[lines.vertex]


def _lost(
    look: NDArray[np.float32],
    lines: _Lines,
    gone: NDArray[np.bool_],
    before: Places,
    after: Places,
) -> tuple[Array, Array]:
    """(gone lines,) twice: how far its places and print, and its looks, are off without it.

    What stands in its place runs straight from the kept line before it to the one after.
    """
    samples = np.flatnonzero(gone[lines.line])
    line, across = lines.line[samples], lines.across[samples]
    a = look[lines.start[before[line]] + across]
    along = look[lines.start[after[line]] + across] - a
    here = look[samples]
    off = here - a
    length2 = np.einsum("ij,ij->i", along[:, :3], along[:, :3])
    flat = length2 < _FLAT_M2
    share = np.einsum("ij,ij->i", along[:, :3], off[:, :3]) / np.where(flat, 1.0, length2)
    off -= np.where(flat, 0.5, np.clip(share, 0.0, 1.0))[:, None] * along
    moved2 = np.einsum("ij,ij->i", off[:, :3], off[:, :3])
    print2 = np.einsum("ij,ij->i", off[:, 3:5], off[:, 3:5])
    normal = here[:, 5:8] - off[:, 5:8]
    long = np.sqrt(np.einsum("ij,ij->i", normal, normal))
    turned = here[:, 5:8] - normal / np.maximum(long, 1e-6)[:, None]
    turned2 = np.einsum("ij,ij->i", turned, turned)
    shade = np.maximum(np.sqrt(turned2), np.abs(off[:, 8:]).max(axis=1))
    shade *= LOOK_SHARE * (np.sqrt(length2) + np.sqrt(moved2))
    starts = np.flatnonzero(np.diff(line, prepend=-1))
    shape = np.sqrt(np.maximum.reduceat(np.maximum(moved2, print2), starts))
    return shape.astype(np.float64), np.maximum.reduceat(shade, starts).astype(np.float64)


def _level(
    grids: list[Places],
    patches: Patches,
    lines: _Lines,
    losses: Array,
    place: Places,
    lost_m: float,
) -> NDArray[np.uint32]:
    """(3 n,) what is left when no line is kept that matters less than `lost_m`."""
    kept = losses[lines.family] > lost_m
    made = [p.plain if p.moved_m <= lost_m else p.triangles for p in patches.parts]
    for grid, (row, column) in zip(grids, lines.spans, strict=True):
        rows = np.flatnonzero(kept[row:column])
        columns = np.flatnonzero(kept[column : column + grid.shape[1]])
        corners = grid[rows[:, None], columns].ravel()[grid_triangles(len(rows), len(columns))]
        made.append(corners.ravel())
    corners = np.concatenate(made).reshape(-1, 3)
    at = place[corners]
    thin = (at[:, 0] == at[:, 1]) | (at[:, 1] == at[:, 2]) | (at[:, 2] == at[:, 0])
    return np.ascontiguousarray(corners[~thin].ravel(), dtype=np.uint32)
