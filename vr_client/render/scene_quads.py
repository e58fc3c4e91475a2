"""The scene's flat parts, each one instanced draw: ceiling panels, contact shadows."""

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.render.context import GraphicsContext

CONTACT_DARKNESS = 0.36


class _Quads:
    """One program with one row of data a quad."""

    def __init__(self, graphics: GraphicsContext, name: str) -> None:
        self._gl = graphics.gl
        self._program = graphics.program(f"{name}.vert", f"{name}.frag")
        self._buffer: moderngl.Buffer | None = None
        self._count = 0

    def _fill(self, rows: NDArray[np.float32], layout: str, *names: str) -> None:
        self._clear()
        self._count = len(rows)
        if self._count:
            self._buffer = self._gl.buffer(np.ascontiguousarray(rows, dtype=np.float32).tobytes())
            self._array = self._gl.vertex_array(self._program, [(self._buffer, layout, *names)])

    def _draw(self) -> None:
        if self._count:
            self._array.render(moderngl.TRIANGLE_STRIP, vertices=4, instances=self._count)

    def _clear(self) -> None:
        if self._buffer is not None:
            self._array.release()
            self._buffer.release()
        self._buffer, self._count = None, 0

    def release(self) -> None:
        """Gives everything back."""
        self._clear()
        self._program.release()


class CeilingPass(_Quads):
    """The lit panels."""

    def __init__(self, graphics: GraphicsContext) -> None:
        super().__init__(graphics, "ceiling")

    def load(self, scene: SceneDescription) -> None:
        """Takes the scene's ceiling panels."""
        rows = np.concatenate([scene.ceiling["centre"], scene.ceiling["half_size"]], axis=1)
        self._fill(rows, "3f 2f/i", "at_centre", "at_half")

    def draw(self) -> None:
        """Draws them opaque."""
        self._draw()


class ContactPass(_Quads):
    """A soft dark spot under every unit for sale, multiplied onto what carries it."""

    def __init__(self, graphics: GraphicsContext) -> None:
        super().__init__(graphics, "contact")

    def load(self, scene: SceneDescription) -> None:
        """Takes the scene's units by their boxes."""
        self._fill(contact_rows(scene), "4f 2f/i", "at_base", "at_place")
        self._quad_of = {int(row): i for i, row in enumerate(np.flatnonzero(scene.product_of >= 0))}
        self._hidden: tuple[int, ...] = ()

    def hide(self, rows: tuple[int, ...]) -> None:
        """Exactly these instances cast nothing: they are not on the shelf."""
        if self._buffer is None or rows == self._hidden:
            return
        for row in set(rows) ^ set(self._hidden):
            quad = self._quad_of.get(row)
            if quad is not None:
                dark = np.float32(0.0 if row in rows else CONTACT_DARKNESS)
                self._buffer.write(dark.tobytes(), offset=quad * 24 + 20)
        self._hidden = rows

    def draw(self) -> None:
        """Darkens the picture; writes no depth."""
        if not self._count:
            return
        self._gl.enable(moderngl.BLEND)
        self._gl.blend_func = moderngl.ZERO, moderngl.SRC_COLOR
        self._gl.fbo.depth_mask = False
        self._draw()
        self._gl.fbo.depth_mask = True
        self._gl.disable(moderngl.BLEND)


def contact_rows(scene: SceneDescription) -> NDArray[np.float32]:
    """(n, 6): middle x, z, half sizes x, z, height of the base, darkness."""
    boxes = scene.bounds[scene.product_of >= 0].astype(np.float32)
    middle = (boxes[:, 0] + boxes[:, 1]) * 0.5
    half = (boxes[:, 1] - boxes[:, 0]) * 0.5
    rows = np.empty((len(boxes), 6), dtype=np.float32)
    rows[:, :2] = middle[:, [0, 2]]
    rows[:, 2:4] = half[:, [0, 2]]
    rows[:, 4] = boxes[:, 0, 1]
    rows[:, 5] = CONTACT_DARKNESS
    return rows
