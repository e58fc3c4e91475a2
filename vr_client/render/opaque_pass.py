"""Room, fixtures and products: frustum test, one command buffer, one multi-draw an eye."""

from collections.abc import Sequence
from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import EyeView
from vr_client.render.clusters import choose
from vr_client.render.context import GraphicsContext, assign
from vr_client.render.picture_tiers import PictureTiers
from vr_client.render.room_light import FIELD_UNIT, LAMPS_UNIT, MATTER_UNIT, TINTS_UNIT
from vr_client.render.scene_buffers import SceneBuffers

ART_UNIT: Final = 0
SLOTS_UNIT: Final = 7
COMMAND_BYTES: Final = 20
NO_HIGHLIGHT: Final = 0xFFFFFFFF
Rims = tuple[tuple[float, tuple[float, float, float]], ...]
RIMS: Final[Rims] = ((0.004, (0.07, 0.73, 0.69)),)
STARK_RIMS: Final[Rims] = ((0.016, (0.0, 0.0, 0.0)), (0.010, (1.0, 1.0, 1.0)))
"""How wide the rim of what is pointed at is, metres, and its colour; the outermost first."""


class OpaquePass:
    """Draws instances; also knows the draw commands that other passes borrow."""

    def __init__(self, graphics: GraphicsContext) -> None:
        self._gl = graphics.gl
        self.program = graphics.program("opaque.vert", "opaque.frag")
        assign(self.program, "art", ART_UNIT)
        assign(self.program, "light_field", FIELD_UNIT)
        assign(self.program, "lamps", LAMPS_UNIT)
        assign(self.program, "tints", TINTS_UNIT)
        assign(self.program, "matter", MATTER_UNIT)
        assign(self.program, "art_slots", SLOTS_UNIT)
        self._outline = graphics.program("outline.vert", "outline.frag")
        self._scene: SceneDescription | None = None
        self._buffers: SceneBuffers | None = None
        self._count = 0
        self._highlight = -1

    def load(self, scene: SceneDescription, buffers: SceneBuffers, art: PictureTiers) -> None:
        """Makes vertex arrays and every draw's command once."""
        self._release_scene()
        self._scene, self._buffers, self._art = scene, buffers, art
        self._vertex_array = buffers.opaque_vertex_array(self._gl, self.program)
        self._outline_array = self._gl.vertex_array(
            self._outline,
            [
                (buffers.vertices, "3f 28x", "in_position"),
                (buffers.instances, "3f 4f2 12x/i", "at_position", "at_rotation"),
            ],
            buffers.indices,
            4,
        )
        # One more command than there are runs: the highlighted instance alone.
        self._indirect = self._gl.buffer(
            reserve=(buffers.commands.shape[1] + 1) * COMMAND_BYTES, dynamic=True
        )

    def prepare(
        self, views: Sequence[EyeView], planes: NDArray[np.float64], highlight: int
    ) -> NDArray[np.bool_]:
        """Once a frame, for all eyes: which runs are seen, nearest first, as one buffer write.

        planes (eyes, 4, 4) are those of the views, as `culling.planes_of_each` has them. Returns
        which cells and blocks of labels may be seen, as `clusters.Choice` has it.
        """
        if self._scene is None or self._buffers is None:
            self._count = 0
            return np.zeros(0, dtype=bool)
        chosen, levels, seen = choose(self._buffers.clusters, views, planes)
        self._count = len(chosen)
        self._highlight = highlight if 0 <= highlight < len(self._scene.instances) else -1
        commands = self._buffers.commands[levels, chosen]
        if self._highlight >= 0:
            commands = np.concatenate([commands, self._buffers.alone(self._highlight)])
        if len(commands):
            self._indirect.write(commands)
        return seen

    def draw(self) -> None:
        """All seen instances, for the eye that is bound."""
        if self._scene is None or self._buffers is None:
            return
        self._art.use(ART_UNIT, SLOTS_UNIT)  # hands are drawn with it as well
        if not self._count:
            return
        assign(self.program, "art_far_first", self._art.far_first)
        assign(self.program, "highlight", self._highlight if self._highlight >= 0 else NO_HIGHLIGHT)
        self._gl.enable(moderngl.CULL_FACE)
        self._vertex_array.render_indirect(self._indirect, moderngl.TRIANGLES, self._count)
        self._gl.disable(moderngl.CULL_FACE)

    def draw_outline(self, *, stark: bool = False) -> None:
        """The highlighted instance's rim: back faces of its slightly grown shape.

        `stark`: thick, and white within black, so that it shows before whatever stands behind.
        """
        if self._scene is None or self._highlight < 0:
            return
        mesh = self._scene.meshes[self._mesh_of(self._highlight)]
        low, high = mesh["bounds_min"], mesh["bounds_max"]
        assign(self._outline, "middle", tuple((low + high) * 0.5))
        assign(self._outline, "half_size", tuple((high - low) * 0.5))
        self._gl.enable(moderngl.CULL_FACE)
        self._gl.cull_face = "front"
        for margin_m, ink in STARK_RIMS if stark else RIMS:
            assign(self._outline, "margin_m", margin_m)
            assign(self._outline, "ink", ink)
            self._outline_array.render_indirect(
                self._indirect, moderngl.TRIANGLES, 1, first=self._count
            )
        self._gl.cull_face = "back"
        self._gl.disable(moderngl.CULL_FACE)

    def _mesh_of(self, instance: int) -> int:
        assert self._scene is not None
        assert self._buffers is not None
        return int(self._scene.draws["mesh"][self._buffers.run_of(instance)])

    def _release_scene(self) -> None:
        if self._scene is not None:
            for thing in (self._vertex_array, self._outline_array, self._indirect):
                thing.release()
        self._scene = None

    def release(self) -> None:
        """Gives everything back."""
        self._release_scene()
        self.program.release()
        self._outline.release()
