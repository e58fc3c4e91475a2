"""The scene's flat parts, each one instanced draw: ceiling panels, contact shadows."""

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.light_field import fixture_boxes
from store_scenes.compile.scene import SceneDescription
from vr_client.render.blocks import BlockDraws, units_of_cells
from vr_client.render.context import GraphicsContext

CONTACT_DARKNESS = 0.36
CONTACT_SPREAD_M = 0.022
FIXTURE_DARKNESS = 0.42
FIXTURE_SPREAD_M = 0.07
ON_THE_FLOOR_M = 0.02


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
    """A soft dark rim under all that stands, multiplied onto what carries it."""

    def __init__(self, graphics: GraphicsContext) -> None:
        super().__init__(graphics, "contact")
        self._blocks: BlockDraws | None = None
        self._cells = 0

    def load(self, scene: SceneDescription) -> None:
        """Takes the scene's units and fixtures by their boxes."""
        rows = contact_rows(scene)
        self._fill(rows, "4f 3f/i", "at_base", "at_place")
        first, count = units_of_cells(scene)
        # Of fixtures there are few: they are one block that is always drawn.
        units = int((scene.product_of >= 0).sum())
        first, count = np.append(first, units), np.append(count, len(rows) - units)
        if self._blocks is not None:
            self._blocks.release()
        self._blocks = BlockDraws(self._gl, first, count)
        self._cells = len(scene.cells)
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
                self._buffer.write(dark.tobytes(), offset=quad * 28 + 20)
        self._hidden = rows

    def choose(self, seen: NDArray[np.bool_]) -> None:
        """Only what stands in these cells (`clusters.Choice`) casts its rim in this frame."""
        if self._blocks is not None:
            self._blocks.choose(np.append(seen[: self._cells], True))

    def draw(self) -> None:
        """Darkens the picture; writes no depth."""
        if not self._count or self._blocks is None:
            return
        self._gl.enable(moderngl.BLEND)
        self._gl.blend_func = moderngl.ZERO, moderngl.SRC_COLOR
        self._gl.fbo.depth_mask = False
        self._blocks.draw(self._array)
        self._gl.fbo.depth_mask = True
        self._gl.disable(moderngl.BLEND)

    def release(self) -> None:
        """Gives everything back."""
        if self._blocks is not None:
            self._blocks.release()
            self._blocks = None
        super().release()


def contact_rows(scene: SceneDescription) -> NDArray[np.float32]:
    """(n, 7): middle x, z, half sizes x, z, height of the base, darkness, spread.

    Units for sale in the order of their rows, then what of the fixtures stands on the floor.
    """
    units = scene.bounds[scene.product_of >= 0].astype(np.float32)
    fixtures = fixture_boxes(scene).astype(np.float32)
    fixtures = fixtures[fixtures[:, 0, 1] < scene.room[0][1] + ON_THE_FLOOR_M]
    fixtures[:, 0, 1] = scene.room[0][1]
    boxes = np.concatenate([units, fixtures])
    rows = np.empty((len(boxes), 7), dtype=np.float32)
    rows[:, :2] = (boxes[:, 0] + boxes[:, 1])[:, [0, 2]] * 0.5
    rows[:, 2:4] = (boxes[:, 1] - boxes[:, 0])[:, [0, 2]] * 0.5
    rows[:, 4] = boxes[:, 0, 1]
    rows[: len(units), 5:] = CONTACT_DARKNESS, CONTACT_SPREAD_M
    rows[len(units) :, 5:] = FIXTURE_DARKNESS, FIXTURE_SPREAD_M
    return rows
