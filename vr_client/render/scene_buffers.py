"""A compiled scene on the GPU: vertex streams, instances and the art array."""

from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.compile.scene import INSTANCE, SceneDescription
from store_scenes.models.mesh import VERTEX
from vr_client.render.clusters import Clusters, cluster
from vr_client.render.context import GraphicsContext
from vr_client.render.detail import CELL_SIZES_M, coarser

HIDDEN: Final = 0x80000000  # in `art_layer` on the GPU; the same in shaders/opaque.vert
STANDS: Final = 0x40000000
ANISOTROPY_MAX: Final = 8.0
_ART_OFFSET = INSTANCE.fields["art_layer"][1]  # type: ignore[index]  # numpy types fields as optional


class SceneBuffers:
    """Uploaded once; afterwards only an instance's hidden flag ever changes.

    Instances lie in the clusters' order; their `id` still is their row in the scene.
    `commands` (levels, runs, 5) has each run's draw in each level of detail, finest first.
    """

    def __init__(self, graphics: GraphicsContext, scene: SceneDescription) -> None:
        gl = graphics.gl
        self.clusters = cluster(scene)
        self.place_of = np.empty(len(scene.instances), dtype=np.intp)
        self.place_of[self.clusters.order] = np.arange(len(scene.instances))
        self._layers = scene.instances["art_layer"].copy()
        self._layers[scene.product_of >= 0] |= np.uint32(STANDS)
        instances = scene.instances.copy()
        instances["art_layer"] = self._layers
        self.vertices = gl.buffer(_bytes(scene.vertices, VERTEX.itemsize))
        indices, self.commands = draw_commands(scene, self.clusters)
        self.indices = gl.buffer(_bytes(indices, 4))
        self.instances = gl.buffer(_bytes(instances[self.clusters.order], INSTANCE.itemsize))
        self.art = layered_texture(graphics, scene.art)
        self._hidden: tuple[int, ...] = ()

    def hide(self, rows: tuple[int, ...]) -> None:
        """Exactly these instances are not drawn; rows that do not exist are ignored."""
        if rows == self._hidden:
            return
        before, now = set(self._hidden), set(rows)
        for row in before ^ now:
            if 0 <= row < len(self._layers):
                value = int(self._layers[row]) | (HIDDEN if row in now else 0)
                self.instances.write(
                    value.to_bytes(4, "little"),
                    offset=int(self.place_of[row]) * INSTANCE.itemsize + _ART_OFFSET,
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
        for thing in (self.vertices, self.indices, self.instances, self.art):
            thing.release()


def draw_commands(
    scene: SceneDescription, clusters: Clusters
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """All levels' indices in one list, and DrawElementsIndirectCommands (levels, runs, 5).

    A command is index count, instances, first index, base vertex, first instance.
    """
    lists = [scene.indices]
    length = len(scene.indices)
    spans = np.empty((1 + len(CELL_SIZES_M), len(scene.meshes), 2), dtype=np.uint32)
    spans[0, :, 0], spans[0, :, 1] = scene.meshes["index_count"], scene.meshes["first_index"]
    ends = np.append(scene.meshes["base_vertex"][1:], len(scene.vertices))
    for number, mesh in enumerate(scene.meshes):
        first, base = int(mesh["first_index"]), int(mesh["base_vertex"])
        full = scene.indices[first : first + int(mesh["index_count"])]
        own = scene.vertices[base : int(max(ends[number], base + int(full.max(initial=0)) + 1))]
        for level, size in enumerate(CELL_SIZES_M, start=1):
            fewer = coarser(own, full, size)
            if fewer is full:
                spans[level, number] = spans[level - 1, number]
                continue
            spans[level, number] = len(fewer), length
            lists.append(fewer)
            length += len(fewer)
    commands = np.empty((len(spans), len(clusters.mesh), 5), dtype=np.uint32)
    commands[:, :, 0] = spans[:, clusters.mesh, 0]
    commands[:, :, 1] = clusters.count
    commands[:, :, 2] = spans[:, clusters.mesh, 1]
    commands[:, :, 3] = scene.meshes["base_vertex"][clusters.mesh].view(np.uint32)
    commands[:, :, 4] = clusters.first
    return np.concatenate(lists), commands


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


def layered_texture(
    graphics: GraphicsContext, pixels: NDArray[np.uint8], *, anisotropy: float = ANISOTROPY_MAX
) -> moderngl.TextureArray:
    """A mip-mapped sRGB array from (layers, h, w, 4). Raises Failure beyond the GPU's limit."""
    layers, height, width, _ = pixels.shape
    most = int(graphics.gl.info["GL_MAX_ARRAY_TEXTURE_LAYERS"])
    if layers > most:
        raise Failure(
            f"{graphics.device} holds {most} picture layers and this store has {layers}: "
            "show fewer products with art of their own in one store, or use another graphics card"
        )
    texture = graphics.gl.texture_array((width, height, layers), 4)
    if not graphics.raw.srgb_array_storage(texture.glo, (width, height, layers)):
        raise Failure(f"{graphics.device} has no sRGB texture arrays: update the graphics driver")
    texture.write(np.ascontiguousarray(pixels).tobytes())
    texture.build_mipmaps()
    texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
    texture.repeat_x = texture.repeat_y = False
    texture.anisotropy = graphics.anisotropy(anisotropy)
    return texture


def _bytes(array: NDArray[np.generic], least: int) -> bytes:
    """OpenGL has no empty buffers."""
    return array.tobytes() or bytes(least)
