"""Instances regrouped for drawing: runs of one mesh, in one place, on one side of a board.

The compiled cells are for streaming; these are finer, so that what stands behind a shelf's back
or outside the view costs nothing, and the rows behind the front one may be coarser. Pure numpy.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.render import occluders

PLACE_M: Final = 1.0
_REACH_M: Final = 1.2  # goods further from a board than this do not stand on its shelves


@dataclass(frozen=True, slots=True)
class Clusters:
    """`order` (k,) is the drawing order of instance rows; the rest has one entry a run.

    first and count address the drawing order; rear runs stand behind others of their mesh.
    """

    order: NDArray[np.intp]
    mesh: NDArray[np.intp]
    first: NDArray[np.intp]
    count: NDArray[np.intp]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    rear: NDArray[np.bool_]
    boards: NDArray[np.float64]


def cluster(scene: SceneDescription) -> Clusters:
    """Regroups the scene; the same scene gives the same order."""
    planks = occluders.boards(scene)
    mesh = np.zeros(len(scene.instances), dtype=np.intp)
    for one, first, count in scene.draws.tolist():
        mesh[first : first + count] = one
    low, high = scene.bounds[:, 0].astype(np.float64), scene.bounds[:, 1].astype(np.float64)
    middle = (low + high) * 0.5
    side, away = _sides(middle, planks)
    rear = (scene.product_of >= 0) & _rear(mesh, side, away, low, high)
    place = np.floor(middle[:, [0, 2]] / PLACE_M).astype(np.intp)
    keys = np.stack([side, place[:, 0], place[:, 1], rear.astype(np.intp), mesh], axis=1)
    order = np.lexsort((np.arange(len(mesh)), *keys.T[::-1]))
    changes = np.flatnonzero((np.diff(keys[order], axis=0) != 0).any(axis=1)) + 1
    first = np.concatenate([[0], changes]) if len(order) else np.zeros(0, dtype=np.intp)
    count = np.diff(np.append(first, len(order)))
    nothing = np.zeros((0, 3))
    return Clusters(
        order=order,
        mesh=mesh[order][first],
        first=first,
        count=count,
        low=np.minimum.reduceat(low[order], first) if len(first) else nothing,
        high=np.maximum.reduceat(high[order], first) if len(first) else nothing,
        rear=rear[order][first],
        boards=planks,
    )


def _sides(
    middle: NDArray[np.float64], planks: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Which face of which board each point stands before (0 none), and how far, metres."""
    side = np.zeros(len(middle), dtype=np.intp)
    nearest = np.full(len(middle), _REACH_M)
    for number, plank in enumerate(planks):
        thin = 0 if plank[1, 0] - plank[0, 0] < plank[1, 2] - plank[0, 2] else 2
        wide = 2 - thin
        offset = middle[:, thin] - plank[:, thin].mean()
        along = (middle[:, wide] >= plank[0, wide]) & (middle[:, wide] <= plank[1, wide])
        # End boards stand crosswise at short distances too: the larger board is the back.
        closer = along & (np.abs(offset) < nearest)
        side[closer] = 1 + 2 * number + (offset[closer] > 0.0)
        nearest[closer] = np.abs(offset[closer])
    return side, nearest


def _rear(
    mesh: NDArray[np.intp],
    side: NDArray[np.intp],
    away: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """True where another of the same mesh, as high, stands further from the same board."""
    height = np.round(low[:, 1] / 0.005).astype(np.intp)
    _, group = np.unique(np.stack([mesh, side, height], axis=1), axis=0, return_inverse=True)
    group = group.reshape(-1)
    front = np.zeros(int(group.max(initial=-1)) + 1)
    np.maximum.at(front, group, away)
    depth = (high - low)[:, [0, 2]].min(axis=1)
    return np.asarray((side > 0) & (away < front[group] - 0.5 * depth))
