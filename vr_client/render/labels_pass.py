"""Shelf-edge labels: one texture layer each, drawn in one instanced call."""

from collections.abc import Sequence
from typing import Final

import moderngl
import numpy as np

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import LabelUpdate
from vr_client.render.context import GraphicsContext, assign
from vr_client.render.scene_buffers import layered_texture

WIDTH_PX: Final = 256
HEIGHT_PX: Final = 128
LABEL_UNIT: Final = 0
PAPER: Final = 246


class LabelsPass:
    """Blank paper until a LabelUpdate says what is printed on it."""

    def __init__(self, graphics: GraphicsContext) -> None:
        self._graphics = graphics
        self._program = graphics.program("label.vert", "label.frag")
        assign(self._program, "labels", LABEL_UNIT)
        self._count = 0

    def load(self, scene: SceneDescription) -> None:
        """One blank label per row of `scene.labels`. Raises Failure beyond the GPU's layers."""
        self._clear()
        if not len(scene.labels):
            return
        rows = np.concatenate(
            [scene.labels[name] for name in ("centre", "right", "up", "size")], axis=1
        )
        blank = np.full((len(rows), HEIGHT_PX, WIDTH_PX, 4), PAPER, dtype=np.uint8)
        blank[..., 3] = 255
        gl = self._graphics.gl
        self._texture = layered_texture(self._graphics, blank)
        self._buffer = gl.buffer(np.ascontiguousarray(rows, dtype=np.float32).tobytes())
        self._array = gl.vertex_array(
            self._program,
            [(self._buffer, "3f 3f 3f 2f/i", "at_centre", "at_right", "at_up", "at_size")],
        )
        self._count = len(rows)

    def update(self, updates: Sequence[LabelUpdate]) -> None:
        """Prints new pixels; layers that do not exist are ignored. ValueError for another size."""
        written = False
        for update in updates:
            if not 0 <= update.layer < self._count:
                continue
            if update.pixels.shape != (HEIGHT_PX, WIDTH_PX, 4):
                raise ValueError(f"a label is 256x128 RGBA, not {update.pixels.shape}")
            self._texture.write(
                np.ascontiguousarray(update.pixels).tobytes(),
                viewport=(0, 0, update.layer, WIDTH_PX, HEIGHT_PX, 1),
            )
            written = True
        if written:  # for all of them at once: OpenGL only makes mip-maps of whole arrays
            self._texture.build_mipmaps()

    def draw(self) -> None:
        """Draws them opaque, seen from both sides."""
        if self._count:
            self._texture.use(LABEL_UNIT)
            self._array.render(moderngl.TRIANGLE_STRIP, vertices=4, instances=self._count)

    def _clear(self) -> None:
        if self._count:
            for thing in (self._array, self._buffer, self._texture):
                thing.release()
        self._count = 0

    def release(self) -> None:
        """Gives everything back."""
        self._clear()
        self._program.release()
