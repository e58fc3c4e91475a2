"""A compiled scene on the GPU: vertex streams and instances."""

from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import INSTANCE, SceneDescription
from store_scenes.models.mesh import VERTEX
from vr_client.render.clusters import cluster
from vr_client.render.context import GraphicsContext

HIDDEN: Final = 0x80000000  # in `art_layer` on the GPU; the same in shaders/opaque.vert
STANDS: Final = 0x40000000
PRODUCT: Final = 0x20000000
_ART_OFFSET = INSTANCE.fields["art_layer"][1]  # type: ignore[index]  # numpy types fields as optional


class SceneBuffers:
    """Uploaded once; afterwards only an instance's hidden flag ever changes.

    `tiles` (products,) is where each product's far art is: see `picture_tiers`. `commands`
    (levels, runs, 5) has each run's draw in each level of detail, finest first.
    """

    def __init__(
        self, graphics: GraphicsContext, scene: SceneDescription, tiles: NDArray[np.intp]
    ) -> None:
        gl = graphics.gl
        self.clusters = cluster(scene)
        self._layers = gpu_art(scene, tiles)
        instances = scene.instances.copy()
        instances["art_layer"] = self._layers
        self.vertices = gl.buffer(_bytes(scene.vertices, VERTEX.itemsize))
        self.indices = gl.buffer(_bytes(scene.indices, 4))
        self.commands = draw_commands(scene)
        self.instances = gl.buffer(_bytes(instances, INSTANCE.itemsize))
        self._hidden: tuple[int, ...] = ()
        self._first = scene.draws["first_instance"]

    def has(self, instance: int) -> bool:
        """Whether there is an instance of this row."""
        return 0 <= instance < len(self._layers)

    def picture(self, instance: int) -> int:
        """Its `art_layer` for one that stands nowhere, shown."""
        return int(self._layers[instance]) & ~STANDS

    def run_of(self, instance: int) -> int:
        """The draw that it is part of."""
        return int(np.searchsorted(self._first, instance, side="right")) - 1

    def alone(self, instance: int) -> NDArray[np.uint32]:
        """(1, 5): a command that draws it by itself, in the finest level."""
        run = self.run_of(instance)
        command = self.commands[0, run : run + 1].copy()
        command[0, 1], command[0, 4] = 1, instance
        return command

    def hide(self, rows: tuple[int, ...]) -> None:
        """Exactly these instances are not drawn; rows that do not exist are ignored."""
        if rows == self._hidden:
            return
        before, now = set(self._hidden), set(rows)
        for row in before ^ now:
            if 0 <= row < len(self._layers):
                value = int(self._layers[row]) | (HIDDEN if row in now else 0)
                self.instances.write(
                    value.to_bytes(4, "little"), offset=row * INSTANCE.itemsize + _ART_OFFSET
                )
        self._hidden = rows

    def opaque_vertex_array(
        self, gl: moderngl.Context, program: moderngl.Program
    ) -> moderngl.VertexArray:
        """The whole scene as one vertex array for the opaque program."""
        return gl.vertex_array(
            program, opaque_content(self.vertices, self.instances), self.indices, 4
        )

    def release(self) -> None:
        """Gives everything back."""
        for thing in (self.vertices, self.indices, self.instances):
            thing.release()


def gpu_art(scene: SceneDescription, tiles: NDArray[np.intp]) -> NDArray[np.uint32]:
    """`art_layer` as shaders/opaque.vert reads it: products by tile, and what stands."""
    art = scene.instances["art_layer"].astype(np.uint32)
    products = art >= len(scene.signs)
    art[products] = np.uint32(PRODUCT) | tiles[art[products] - len(scene.signs)].astype(np.uint32)
    art[scene.product_of >= 0] |= np.uint32(STANDS)
    return art


def draw_commands(scene: SceneDescription) -> NDArray[np.uint32]:
    """DrawElementsIndirectCommands (levels, runs, 5) of the scene's draws.

    A command is index count, instances, first index, base vertex, first instance.
    """
    draws = scene.draws
    meshes = scene.meshes[draws["mesh"]]
    counts = np.concatenate([meshes["index_count"][:, None], meshes["coarse_count"]], axis=1)
    firsts = np.concatenate([meshes["first_index"][:, None], meshes["coarse_first"]], axis=1)
    commands = np.empty((counts.shape[1], len(draws), 5), dtype=np.uint32)
    commands[:, :, 0] = counts.T
    commands[:, :, 1] = draws["instance_count"]
    commands[:, :, 2] = firsts.T
    commands[:, :, 3] = meshes["base_vertex"].astype(np.uint32)
    commands[:, :, 4] = draws["first_instance"]
    return commands


def opaque_content(
    vertices: moderngl.Buffer, instances: moderngl.Buffer
) -> list[tuple[moderngl.Buffer | str, ...]]:
    """How shaders/opaque.vert reads VERTEX and INSTANCE."""
    return [
        (vertices, "3f 3f 2f 4f1 4f1", "in_position", "in_normal", "in_uv", "in_colour",
         "in_surface"),
        (instances, "3f 4f2 1u 1u 1f/i", "at_position", "at_rotation", "at_art", "at_id",
         "at_occlusion"),
    ]  # fmt: skip


def _bytes(array: NDArray[np.generic], least: int) -> bytes:
    """OpenGL has no empty buffers."""
    return array.tobytes() or bytes(least)
