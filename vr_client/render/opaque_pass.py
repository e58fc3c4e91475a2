"""Room, fixtures and products: frustum test, one command buffer, one multi-draw an eye."""

from collections.abc import Sequence
from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import Matrix
from vr_client.render.context import GraphicsContext, assign
from vr_client.render.room_light import ENVIRONMENT_UNIT, FLOOR_UNIT
from vr_client.render.scene_buffers import SceneBuffers
from vr_client.space.culling import visible_boxes

ART_UNIT: Final = 0
COMMAND_BYTES: Final = 20
NO_HIGHLIGHT: Final = 0xFFFFFFFF


class OpaquePass:
    """Draws instances; also knows the draw commands that other passes borrow."""

    def __init__(self, graphics: GraphicsContext) -> None:
        self._gl = graphics.gl
        self.program = graphics.program("opaque.vert", "opaque.frag")
        assign(self.program, "art", ART_UNIT)
        assign(self.program, "environment", ENVIRONMENT_UNIT)
        assign(self.program, "floor_light", FLOOR_UNIT)
        self._outline = graphics.program("outline.vert", "outline.frag")
        self._scene: SceneDescription | None = None
        self._buffers: SceneBuffers | None = None
        self._count = 0
        self._highlight = -1

    def load(self, scene: SceneDescription, buffers: SceneBuffers) -> None:
        """Makes vertex arrays and every draw's command once."""
        self._release_scene()
        self._scene, self._buffers = scene, buffers
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
        self._commands = draw_commands(scene)
        self._cell_of_draw = cells_of_draws(scene)
        # One more command than there are draws: the highlighted instance alone.
        self._indirect = self._gl.buffer(
            reserve=(len(self._commands) + 1) * COMMAND_BYTES, dynamic=True
        )

    def prepare(
        self, matrices: Sequence[Matrix], head: NDArray[np.float64], highlight: int
    ) -> None:
        """Once a frame, for all eyes: which cells are seen, nearest first, as one buffer write."""
        scene = self._scene
        if scene is None:
            self._count = 0
            return
        low, high = scene.cells["bounds_min"], scene.cells["bounds_max"]
        seen = visible_boxes(matrices, low, high)[self._cell_of_draw]
        # Nearest first, so that early depth tests spare the shading of what lies behind.
        away = np.linalg.norm(head - np.clip(head, low, high), axis=1)[self._cell_of_draw]
        chosen = np.flatnonzero(seen)
        chosen = chosen[np.argsort(away[chosen], kind="stable")]
        self._count = len(chosen)
        self._highlight = highlight if 0 <= highlight < len(scene.instances) else -1
        commands = self._commands[chosen]
        if self._highlight >= 0:
            commands = np.concatenate([commands, self._highlight_command(scene)])
        if len(commands):
            self._indirect.write(commands.tobytes())

    def draw(self) -> None:
        """All seen instances, for the eye that is bound."""
        if self._scene is None or self._buffers is None or not self._count:
            return
        self._buffers.art.use(ART_UNIT)
        assign(self.program, "highlight", self._highlight if self._highlight >= 0 else NO_HIGHLIGHT)
        self._gl.enable(moderngl.CULL_FACE)
        self._vertex_array.render_indirect(self._indirect, moderngl.TRIANGLES, self._count)
        self._gl.disable(moderngl.CULL_FACE)

    def draw_outline(self) -> None:
        """The highlighted instance's rim: back faces of its slightly grown shape."""
        if self._scene is None or self._highlight < 0:
            return
        mesh = self._scene.meshes[self._mesh_of(self._highlight)]
        low, high = mesh["bounds_min"], mesh["bounds_max"]
        assign(self._outline, "middle", tuple((low + high) * 0.5))
        assign(self._outline, "half_size", tuple((high - low) * 0.5))
        self._gl.enable(moderngl.CULL_FACE)
        self._gl.cull_face = "front"
        self._outline_array.render_indirect(
            self._indirect, moderngl.TRIANGLES, 1, first=self._count
        )
        self._gl.cull_face = "back"
        self._gl.disable(moderngl.CULL_FACE)

    def _mesh_of(self, instance: int) -> int:
        assert self._scene is not None
        draws = self._scene.draws
        first, count = draws["first_instance"], draws["instance_count"]
        holding = np.flatnonzero((first <= instance) & (instance < first + count))
        return int(draws["mesh"][holding[0]]) if len(holding) else 0

    def _highlight_command(self, scene: SceneDescription) -> NDArray[np.uint32]:
        mesh = scene.meshes[self._mesh_of(self._highlight)]
        row = [mesh["index_count"], 1, mesh["first_index"], mesh["base_vertex"], self._highlight]
        return np.array([row], dtype=np.int64).astype(np.uint32)

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


def draw_commands(scene: SceneDescription) -> NDArray[np.uint32]:
    """(d, 5) DrawElementsIndirectCommand: index count, instances, then the three starts."""
    mesh = scene.meshes[scene.draws["mesh"]]
    columns = [
        mesh["index_count"],
        scene.draws["instance_count"],
        mesh["first_index"],
        mesh["base_vertex"].view(np.uint32),
        scene.draws["first_instance"],
    ]
    return np.ascontiguousarray(np.stack(columns, axis=1), dtype=np.uint32)


def cells_of_draws(scene: SceneDescription) -> NDArray[np.intp]:
    """(d,) the cell that each draw belongs to."""
    cell = np.zeros(len(scene.draws), dtype=np.intp)
    for index, (first, count) in enumerate(scene.cells[["first_draw", "draw_count"]].tolist()):
        cell[first : first + count] = index
    return cell
