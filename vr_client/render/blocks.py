"""Quads of a scene in blocks that are drawn or left out as a whole, one indirect call for all."""

from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription

COMMAND_BYTES: Final = 20  # moderngl's stride, also for commands of four numbers
BLOCK_M: Final = 1.5


class BlockDraws:
    """Which of the blocks of an instanced quad are drawn this frame.

    first, count (n,): each block's rows in the instance buffer.
    """

    def __init__(
        self, gl: moderngl.Context, first: NDArray[np.integer], count: NDArray[np.integer]
    ) -> None:
        self._first, self._count = first.astype(np.int64), count.astype(np.int64)
        self._buffer = gl.buffer(reserve=max(1, len(first)) * COMMAND_BYTES, dynamic=True)
        self._commands = 0
        self._seen: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self._first)

    def choose(self, seen: NDArray[np.bool_]) -> None:
        """Exactly the blocks that are `seen` (n,) are drawn from now on."""
        if self._seen is not None and np.array_equal(seen, self._seen):
            return
        self._seen = seen.copy()
        first, count = runs_of(self._first, self._count, seen)
        commands = np.zeros((len(first), 5), dtype=np.uint32)
        commands[:, 0], commands[:, 1], commands[:, 3] = 4, count, first
        self._commands = len(commands)
        if len(commands):
            self._buffer.write(commands)

    def draw(self, quads: moderngl.VertexArray) -> None:
        """One call, or none."""
        if self._commands:
            quads.render_indirect(self._buffer, moderngl.TRIANGLE_STRIP, self._commands)

    def release(self) -> None:
        """Gives everything back."""
        self._buffer.release()


def runs_of(
    first: NDArray[np.int64], count: NDArray[np.int64], seen: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(first, count) of runs of rows without a gap that cover exactly the seen blocks' rows."""
    rows = (seen & (count > 0)).nonzero()[0]
    if not len(rows):
        return first[:0], count[:0]
    begins, ends = first[rows], first[rows] + count[rows]
    new = np.concatenate([[True], begins[1:] != ends[:-1]])
    last = np.concatenate([new[1:], [True]])
    return begins[new], ends[last] - begins[new]


def units_of_cells(scene: SceneDescription) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(first, count), each (cells,): of each cell's units among all units for sale."""
    cells, draws = scene.cells, scene.draws
    before = np.concatenate([[0], np.cumsum(scene.product_of >= 0)])
    if not len(draws):
        return np.zeros(len(cells), np.int64), np.zeros(len(cells), np.int64)
    begin = np.minimum(cells["first_draw"], len(draws) - 1)
    last = np.clip(cells["first_draw"].astype(np.int64) + cells["draw_count"] - 1, 0, None)
    last = np.minimum(last, len(draws) - 1)
    stop = draws["first_instance"][last] + draws["instance_count"][last]
    first = before[draws["first_instance"][begin]]
    return first, np.where(cells["draw_count"] > 0, before[stop] - first, 0)


def label_blocks(
    scene: SceneDescription,
) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.int64]]:
    """The scene's labels by where they hang and which way they face.

    order (l,): the rows of `scene.labels`, block after block; first, count (n,) of each block.
    """
    labels = scene.labels
    if not len(labels):
        none = np.zeros(0, dtype=np.int64)
        return none.astype(np.intp), none, none
    outward = np.cross(labels["right"], labels["up"])
    side = np.rint(np.arctan2(outward[:, 0], outward[:, 2]) / (np.pi / 2)).astype(np.int64) % 4
    at = np.floor(labels["centre"][:, [0, 2]] / BLOCK_M).astype(np.int64)
    key = np.column_stack([side, at])
    order = np.lexsort(key.T[::-1])
    key = key[order]
    first = np.flatnonzero(np.concatenate([[True], (key[1:] != key[:-1]).any(axis=1)]))
    return order, first, np.diff(np.append(first, len(labels)))


def label_bounds(scene: SceneDescription) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(low, high), each (blocks, 3) metres, around all labels of a block of `label_blocks`."""
    order, first, _count = label_blocks(scene)
    if not len(order):
        return np.zeros((0, 3)), np.zeros((0, 3))
    labels = scene.labels[order]
    across = np.abs(labels["right"]) * labels["size"][:, :1]
    up = np.abs(labels["up"]) * labels["size"][:, 1:]
    reach = 0.5 * (across + up) + 0.001
    low, high = labels["centre"] - reach, labels["centre"] + reach
    return (
        np.minimum.reduceat(low, first).astype(np.float64),
        np.maximum.reduceat(high, first).astype(np.float64),
    )
