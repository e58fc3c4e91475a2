"""Room, fixtures and products: frustum test, one command buffer, one multi-draw an eye."""

from collections.abc import Sequence
from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import EyeView, Matrix
from vr_client.render.clusters import Clusters
from vr_client.render.context import GraphicsContext, assign
from vr_client.render.detail import CELL_SIZES_M
from vr_client.render.occluders import hidden
from vr_client.render.room_light import FIELD_UNIT, LAMPS_UNIT
from vr_client.render.scene_buffers import SceneBuffers
from vr_client.space.culling import visible_boxes

ART_UNIT: Final = 0
COMMAND_BYTES: Final = 20
NO_HIGHLIGHT: Final = 0xFFFFFFFF
REAR_LENIENCE: Final = 3.0
"""Goods behind the front row show only slivers: their vertices may move this much further."""


class OpaquePass:
    """Draws instances; also knows the draw commands that other passes borrow."""

    def __init__(self, graphics: GraphicsContext) -> None:
        self._gl = graphics.gl
        self.program = graphics.program("opaque.vert", "opaque.frag")
        assign(self.program, "art", ART_UNIT)
        assign(self.program, "light_field", FIELD_UNIT)
        assign(self.program, "lamps", LAMPS_UNIT)
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
        # One more command than there are runs: the highlighted instance alone.
        self._indirect = self._gl.buffer(
            reserve=(buffers.commands.shape[1] + 1) * COMMAND_BYTES, dynamic=True
        )

    def prepare(self, views: Sequence[EyeView], matrices: Sequence[Matrix], highlight: int) -> None:
        """Once a frame, for all eyes: which runs are seen, nearest first, as one buffer write."""
        if self._scene is None or self._buffers is None:
            self._count = 0
            return
        chosen, levels = choose(self._buffers.clusters, views, matrices)
        self._count = len(chosen)
        self._highlight = highlight if 0 <= highlight < len(self._scene.instances) else -1
        commands = self._buffers.commands[levels, chosen]
        if self._highlight >= 0:
            commands = np.concatenate([commands, self._highlight_command(self._buffers)])
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

    def _highlight_command(self, buffers: SceneBuffers) -> NDArray[np.uint32]:
        """The finest level, one instance."""
        place = int(buffers.place_of[self._highlight])
        run = int(np.searchsorted(buffers.clusters.first, place, side="right")) - 1
        command = buffers.commands[0, run : run + 1].copy()
        command[0, 1], command[0, 4] = 1, place
        return command

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


def choose(
    clusters: Clusters, views: Sequence[EyeView], matrices: Sequence[Matrix]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Runs that any eye may see, nearest first, and each one's level of detail.

    Nearest first, so that early depth tests spare the shading of what lies behind.
    """
    eyes = [view.world_from_eye[:3, 3] for view in views]
    seen = np.zeros(len(clusters.mesh), dtype=bool)
    for eye, matrix in zip(eyes, matrices, strict=True):
        inside = np.flatnonzero(visible_boxes([matrix], clusters.low, clusters.high) & ~seen)
        behind = hidden(eye, clusters.boards, clusters.low[inside], clusters.high[inside])
        seen[inside[~behind]] = True
    chosen = np.flatnonzero(seen)
    head = np.mean(eyes, axis=0)
    nearest = np.clip(head, clusters.low[chosen], clusters.high[chosen])
    away = np.linalg.norm(head - nearest, axis=1)
    order = np.argsort(away, kind="stable")
    chosen, away = chosen[order], away[order]
    # How far a vertex may move before an eye with these pixels sees it.
    pixel = min((v.tangents[3] - v.tangents[2]) / v.size[1] for v in views)
    allowed = away * pixel * np.where(clusters.rear[chosen], REAR_LENIENCE, 1.0)
    levels = (allowed[:, None] >= np.array(CELL_SIZES_M) * 0.5).sum(axis=1)
    return chosen, levels
