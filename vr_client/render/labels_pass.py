"""Shelf-edge labels: far pictures of all products, near ones of a few, one instanced call."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import LabelUpdate
from vr_client.render.blocks import BlockDraws, label_blocks
from vr_client.render.context import GraphicsContext, assign
from vr_client.render.picture_tiers import LABEL_LEVELS, PictureTiers

WIDTH_PX: Final = 256
HEIGHT_PX: Final = 128
NEAR_LABELS: Final = 400
NEAR_LABELS_SOFTWARE: Final = 200
LABEL_UNIT: Final = 0
SLOTS_UNIT: Final = 7
PAPER: Final = 246

LABEL: Final = np.dtype([("place", "f4", 11), ("tile", "u4")])


class LabelsPass:
    """Blank paper until a LabelUpdate says what is printed on it.

    Labels of a product that stays from one scene to the next keep their print.
    """

    def __init__(self, graphics: GraphicsContext, slots: int) -> None:
        """`slots`: how many products' near labels there is room for."""
        self._graphics = graphics
        self._program = graphics.program("label.vert", "label.frag")
        assign(self._program, "labels", LABEL_UNIT)
        assign(self._program, "label_slots", SLOTS_UNIT)
        self.slots = slots
        size = (WIDTH_PX, HEIGHT_PX)
        self._tiers = PictureTiers(graphics, size, LABEL_LEVELS, slots=self.slots)
        self._count = self._products = 0

    def load(self, scene: SceneDescription) -> None:
        """One label per row of `scene.labels`. Raises Failure beyond the GPU's layers."""
        self._clear()
        if not len(scene.labels):
            return
        blank = np.full((1, HEIGHT_PX, WIDTH_PX, 4), PAPER, dtype=np.uint8)
        blank[..., 3] = 255
        new = self._tiers.load(scene.skus, blank)
        height, width = HEIGHT_PX // 4, WIDTH_PX // 4
        paper = np.broadcast_to(blank[0, :height, :width], (len(new), height, width, 4))
        self._tiers.write_far(new, paper)
        self._tiers.flush()
        rows = np.zeros(len(scene.labels), LABEL)
        rows["place"] = np.concatenate(
            [scene.labels[name] for name in ("centre", "right", "up", "size")], axis=1
        )
        rows["tile"] = self._tiers.tiles[scene.labels["product"]]
        order, first, count = label_blocks(scene)
        gl = self._graphics.gl
        self._buffer = gl.buffer(rows[order].tobytes())
        self._blocks = BlockDraws(gl, first, count)
        names = ("at_centre", "at_right", "at_up", "at_size", "at_tile")
        self._array = gl.vertex_array(self._program, [(self._buffer, "3f 3f 3f 2f 1u/i", *names)])
        self._count, self._products = len(rows), len(scene.skus)

    def update(self, updates: Sequence[LabelUpdate]) -> None:
        """Prints new pixels; unknown products are ignored. ValueError for another size."""
        for update in updates:
            wide = 4 if update.slot < 0 else 1
            if update.pixels.shape != (HEIGHT_PX // wide, WIDTH_PX // wide, 4):
                raise ValueError(
                    f"a label is 256x128 RGBA, or 64x32 from afar, not {update.pixels.shape}"
                )
            if not (self._count and 0 <= update.row < self._products):
                continue
            if update.slot < 0:
                self._tiers.write_far([update.row], update.pixels[None])
            else:
                self._tiers.write_near(update.slot, update.row, update.pixels)
        if updates and self._count:
            self._tiers.flush()

    def choose(self, seen: NDArray[np.bool_]) -> None:
        """Only these blocks are drawn in this frame: the last of what `clusters.Choice` has."""
        if self._count:
            self._blocks.choose(seen[len(seen) - len(self._blocks) :])

    def draw(self) -> None:
        """Draws them opaque, seen from both sides."""
        if self._count:
            self._tiers.use(LABEL_UNIT, SLOTS_UNIT)
            assign(self._program, "label_far_first", self._tiers.far_first)
            self._blocks.draw(self._array)

    def _clear(self) -> None:
        if self._count:
            for thing in (self._array, self._buffer, self._blocks):
                thing.release()
        self._count = self._products = 0

    def release(self) -> None:
        """Gives everything back."""
        self._clear()
        self._tiers.release()
        self._program.release()
