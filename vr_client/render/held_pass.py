"""What is in the shopper's hands, and their basket: lit like all else, drawn where it is now."""

from collections.abc import Sequence
from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import INSTANCE
from vr_client.frame_packet import Basket, HeldUnit
from vr_client.render.basket_shape import basket_mesh
from vr_client.render.context import assign
from vr_client.render.opaque_pass import COMMAND_BYTES, NO_HIGHLIGHT
from vr_client.render.scene_buffers import SceneBuffers, opaque_content
from vr_client.space.pose import quaternion

HELD_MAX: Final = 8
"""Two in hands and some on their way home; more are left out."""

SWELL: Final = 1.07
"""How much larger a basket is that something is held over."""

BASKET_ID: Final = NO_HIGHLIGHT - 2
AROUND_M: Final = 0.3
"""All of the basket is this near to its middle."""


class HeldPass:
    """One small instance buffer and one indirect draw a unit; the basket is a mesh of its own."""

    def __init__(self, gl: moderngl.Context, opaque: moderngl.Program) -> None:
        self._gl, self._program = gl, opaque
        self._units = gl.buffer(reserve=HELD_MAX * INSTANCE.itemsize, dynamic=True)
        self._indirect = gl.buffer(reserve=HELD_MAX * COMMAND_BYTES, dynamic=True)
        vertices, indices = basket_mesh()
        self._indices = gl.buffer(indices.tobytes())
        self._basket = gl.buffer(reserve=INSTANCE.itemsize, dynamic=True)
        self._sizes: list[tuple[moderngl.Buffer, moderngl.VertexArray]] = []
        for scale in (1.0, SWELL):
            sized = vertices.copy()
            sized["position"] *= scale
            buffer = gl.buffer(sized.tobytes())
            content = opaque_content(buffer, self._basket)
            self._sizes.append((buffer, gl.vertex_array(opaque, content, self._indices, 4)))
        self._buffers: SceneBuffers | None = None
        self._count = 0
        self._over: bool | None = None

    def load(self, buffers: SceneBuffers) -> None:
        """Units come from this scene from now on."""
        self._leave_scene()
        self._buffers = buffers
        content = opaque_content(buffers.vertices, self._units)
        self._unit_array = self._gl.vertex_array(self._program, content, buffers.indices, 4)

    def prepare(
        self, held: Sequence[HeldUnit], basket: Basket | None, planes: NDArray[np.float64]
    ) -> None:
        """Once a frame, for all eyes; rows that do not exist are left out.

        planes (eyes, 4, 4) are those of the eyes, as `culling.planes_of_each` has them.
        """
        self._count, self._over = 0, None
        if self._buffers is None:
            return
        shown = [unit for unit in held if self._buffers.has(unit.instance)][:HELD_MAX]
        if shown:
            self._count = len(shown)
            self._units.write(unit_rows(shown, self._buffers).tobytes())
            commands = np.concatenate([self._buffers.alone(unit.instance) for unit in shown])
            commands[:, 4] = np.arange(len(shown))
            self._indirect.write(commands.tobytes())
        if basket is not None and _is_seen(basket, planes):
            self._over = basket.over
            self._basket.write(basket_row(basket).tobytes())

    def draw(self) -> None:
        """After the scene: needs its textures and the room's light bound."""
        if self._count:
            self._gl.enable(moderngl.CULL_FACE)
            self._unit_array.render_indirect(self._indirect, moderngl.TRIANGLES, self._count)
            self._gl.disable(moderngl.CULL_FACE)
        if self._over is not None:
            assign(self._program, "highlight", BASKET_ID if self._over else NO_HIGHLIGHT)
            self._sizes[self._over][1].render(moderngl.TRIANGLES, instances=1)

    def release(self) -> None:
        """Gives everything back."""
        self._leave_scene()
        for buffer, array in self._sizes:
            array.release()
            buffer.release()
        for thing in (self._units, self._indirect, self._indices, self._basket):
            thing.release()

    def _leave_scene(self) -> None:
        if self._buffers is not None:
            self._unit_array.release()
        self._buffers = None
        self._count = 0


def unit_rows(held: Sequence[HeldUnit], buffers: SceneBuffers) -> NDArray[np.void]:
    """(n,) INSTANCE: nothing touches a thing in hand, so no neighbour darkens it."""
    rows = np.zeros(len(held), dtype=INSTANCE)
    for row, unit in zip(rows, held, strict=True):
        row["position"] = unit.world_from_unit[:3, 3]
        row["rotation"] = quaternion(unit.world_from_unit)
        row["art_layer"] = buffers.picture(unit.instance)
        row["id"] = unit.instance
    rows["occlusion"] = 1.0
    return rows


def basket_row(basket: Basket) -> NDArray[np.void]:
    """(1,) INSTANCE in plain white: its colours are in its vertices."""
    row = np.zeros(1, dtype=INSTANCE)
    row["position"] = basket.world_from_basket[:3, 3]
    row["rotation"] = quaternion(basket.world_from_basket)
    row["occlusion"], row["id"] = 1.0, BASKET_ID
    return row


def _is_seen(basket: Basket, planes: NDArray[np.float64]) -> bool:
    """It hangs at the hip: most of the time nobody looks there."""
    inside = planes[:, :, :3] @ basket.world_from_basket[:3, 3] + planes[:, :, 3]
    return bool((inside.min(axis=1) >= -AROUND_M).any())
