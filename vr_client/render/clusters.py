"""Which runs of a scene any eye may see, and how fine each has to be. Pure numpy.

Cells first: a cell is a metre of shelf on one side of a board. Only what a seen cell holds is
looked at run by run, so that a frame costs what is in view and not what is in the store.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from store_scenes.models.detail import CELL_SIZES_M
from vr_client.frame_packet import EyeView
from vr_client.render.blocks import label_bounds
from vr_client.render.occluders import Boards, hidden
from vr_client.space.culling import Rows, box_rows, seen_by_any

REAR_LENIENCE: Final = 2.0
"""Goods behind the front row show only slivers: their vertices may move this much further."""

SPECK_PX: Final = 0.6
"""What is smaller than this in its largest direction is not drawn."""

SHADOW_M: Final = 0.03
"""Contact shadows reach less than this beyond what casts them."""

RIM_M: Final = 0.022
"""How wide a contact shadow shows around what casts it."""

LABEL_M: Final = 0.06
"""The longer side of a narrow shelf-edge label."""

LEVEL_M: Final = np.array(CELL_SIZES_M) * 0.5
"""From how far a vertex may move on is each coarser level good enough, metres."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The scene's cells and runs as the chooser wants them.

    cell_low, cell_high (c + b, 3): around each cell with its contact shadows, then around each
    block of labels (`blocks.label_blocks`); `cells` is c; first_run, run_count (c,): the runs of
    each cell; low, high (r, 3): around all of a run; lenience (r,): how much further its vertices
    may move; size (r,): the longest side of one of its instances, metres; `boards` hide what is
    behind them. cell_rows (7, c + b) and run_rows (7, r) are the same boxes as `culling.box_rows`
    has them.
    """

    cell_low: Floats
    cell_high: Floats
    cells: int
    first_run: NDArray[np.intp]
    run_count: NDArray[np.intp]
    low: Floats
    high: Floats
    lenience: Floats
    size: Floats
    boards: Boards
    cell_rows: Rows
    run_rows: Rows


class Choice(NamedTuple):
    """What is drawn.

    runs (k,) nearest first; levels (k,), each one's level of detail; flat (c + b,): of which cells
    the contact shadows may be seen, and which blocks of labels.
    """

    runs: NDArray[np.intp]
    levels: NDArray[np.intp]
    flat: NDArray[np.bool_]


def cluster(scene: SceneDescription) -> Clusters:
    """The chooser's view of a scene."""
    draws, cells = scene.draws, scene.cells
    label_low, label_high = label_bounds(scene)
    meshes = scene.meshes[draws["mesh"]]
    cell_low = np.concatenate([cells["bounds_min"] - SHADOW_M, label_low])
    cell_high = np.concatenate([cells["bounds_max"] + SHADOW_M, label_high])
    return Clusters(
        cell_low=cell_low,
        cell_high=cell_high,
        cells=len(cells),
        first_run=cells["first_draw"].astype(np.intp),
        run_count=cells["draw_count"].astype(np.intp),
        low=draws["bounds_min"].astype(np.float64),
        high=draws["bounds_max"].astype(np.float64),
        lenience=np.where(draws["rear"] > 0, REAR_LENIENCE, 1.0),
        size=(meshes["bounds_max"] - meshes["bounds_min"]).max(axis=1, initial=0.0).astype(float),
        boards=Boards(scene.boards),
        cell_rows=box_rows(cell_low, cell_high),
        run_rows=box_rows(draws["bounds_min"], draws["bounds_max"]),
    )


def choose(clusters: Clusters, views: Sequence[EyeView], planes: Floats) -> Choice:
    """Runs that any eye may see, and each one's level of detail.

    planes (eyes, 4, 4) are those of the views, as `culling.planes_of_each` has them.

    Nearest first, so that early depth tests spare the shading of what lies behind.
    """
    eyes = np.array([view.world_from_eye[:3, 3] for view in views])
    seen = np.zeros(len(clusters.cell_low), dtype=bool)
    head = np.asarray(eyes.mean(axis=0))
    inside = seen_by_any(planes, clusters.cell_rows).nonzero()[0]
    rows = clusters.cell_rows.take(inside, axis=1)
    seen[inside[~hidden(eyes, clusters.boards, rows, planes)]] = True
    chosen = _runs_of(clusters, seen[: clusters.cells].nonzero()[0])
    rows = clusters.run_rows.take(chosen, axis=1)
    squared = _squared_away(head, rows)
    # How far a vertex may move before an eye with these pixels sees it.
    pixel = min((v.tangents[3] - v.tangents[2]) / v.size[1] for v in views)
    large = clusters.size[chosen] >= np.sqrt(squared) * (pixel * SPECK_PX)
    if not large.all():
        chosen, squared, rows = chosen[large], squared[large], rows[:, large]
    drawn = seen_by_any(planes, rows)
    chosen, away = chosen[drawn], np.sqrt(squared[drawn])
    order = np.argsort(away, kind="stable")
    chosen, away = chosen[order], away[order]
    allowed = away * (clusters.lenience[chosen] * pixel)
    levels = np.searchsorted(LEVEL_M, allowed, side="right")
    return Choice(chosen, levels, _large(seen, clusters, head, pixel))


def _runs_of(clusters: Clusters, cells: NDArray[np.intp]) -> NDArray[np.intp]:
    """All runs of some cells, without a look at the others' (there are ten thousand)."""
    count = clusters.run_count[cells]
    ends = count.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    runs: NDArray[np.intp] = (clusters.first_run[cells] - ends + count).repeat(count)
    runs += np.arange(total)
    return runs


def _large(
    seen: NDArray[np.bool_], clusters: Clusters, head: Floats, pixel: float
) -> NDArray[np.bool_]:
    """What of the seen cells and blocks has flat parts that are more than a speck."""
    numbers = seen.nonzero()[0]
    squared = _squared_away(head, clusters.cell_rows.take(numbers, axis=1))
    across = np.where(numbers < clusters.cells, RIM_M, LABEL_M) / (pixel * SPECK_PX)
    large = np.zeros(len(seen), dtype=bool)
    large[numbers[across * across >= squared]] = True
    return large


def _squared_away(head: Floats, rows: Rows) -> Rows:
    """How far (n,) each box, as `culling.box_rows` has them, is from `head`, m²; 0 inside."""
    apart = np.abs(rows[:3] - head.astype(np.float32)[:, None])
    apart -= rows[3:6]
    np.maximum(apart, 0.0, out=apart)
    return np.asarray(np.einsum("ij,ij->j", apart, apart))
