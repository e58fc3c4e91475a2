"""The baseline of `render.py`: the same scene as a capable person would first draw it in moderngl.

One vertex array a mesh, one instanced draw a mesh, matrices made with pyrr, Lambert light and the
picture, four samples a pixel resolved by the hardware. It draws all that stands in the store, each
time, at full detail: no culling, no order, no levels of detail, no indirect draws, no baked light.
Nothing here comes from `vr_client.render`.
"""

import moderngl
import numpy as np
from numpy.typing import NDArray
from pyrr import matrix44

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import EyeView

NEAR_M, FAR_M = 0.05, 100.0
PAPER, LAMP = (0.96, 0.96, 0.96), (1.0, 1.0, 1.0)
INSTANCE = np.dtype([("scene_from_mesh", "f4", (4, 4)), ("layer", "f4")])
UNIT_SQUARE = np.array([[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]]) * 0.5

MESH_VERTEX = """\
#version 330
uniform mat4 clip_from_scene;
in vec3 in_position;
in vec3 in_normal;
in vec2 in_uv;
in vec4 in_colour;
in mat4 at_scene_from_mesh;
in float at_layer;
out vec3 v_normal;
out vec3 v_uv;
out vec4 v_colour;
void main() {
    v_normal = mat3(at_scene_from_mesh) * in_normal;
    v_uv = vec3(in_uv, at_layer);
    v_colour = in_colour;
    gl_Position = clip_from_scene * at_scene_from_mesh * vec4(in_position, 1.0);
}
"""
MESH_FRAGMENT = """\
#version 330
uniform sampler2DArray art;
in vec3 v_normal;
in vec3 v_uv;
in vec4 v_colour;
out vec4 out_colour;
void main() {
    vec3 to_light = normalize(vec3(0.3, 1.0, 0.5));
    float lambert = 0.55 + 0.45 * max(dot(normalize(v_normal), to_light), 0.0);
    vec3 albedo = texture(art, v_uv).rgb * v_colour.rgb;
    out_colour = vec4(albedo * mix(1.0, lambert, v_colour.a), 1.0);
}
"""
FLAT_VERTEX = """\
#version 330
uniform mat4 clip_from_scene;
in vec3 in_position;
in vec3 in_colour;
out vec3 v_colour;
void main() {
    v_colour = in_colour;
    gl_Position = clip_from_scene * vec4(in_position, 1.0);
}
"""
FLAT_FRAGMENT = """\
#version 330
in vec3 v_colour;
out vec4 out_colour;
void main() {
    out_colour = vec4(v_colour, 1.0);
}
"""


class PlainRenderer:
    """Draws one scene; its context must be current for every call."""

    def __init__(self, gl: moderngl.Context, scene: SceneDescription, samples: int) -> None:
        self._gl, self._samples = gl, samples
        self._program = gl.program(vertex_shader=MESH_VERTEX, fragment_shader=MESH_FRAGMENT)
        self._flat = gl.program(vertex_shader=FLAT_VERTEX, fragment_shader=FLAT_FRAGMENT)
        self._pictures = (_texture_array(gl, scene.signs), _texture_array(gl, scene.art_far))
        self._meshes = self._load_meshes(scene)
        self._quads = self._load_quads(scene)
        self._size = (0, 0)

    def _load_meshes(self, scene: SceneDescription) -> list[tuple[int, moderngl.VertexArray, int]]:
        """Which pictures, which vertex array, how many instances: one for each mesh."""
        instances = np.empty(len(scene.instances), INSTANCE)
        instances["scene_from_mesh"] = _matrices(scene)
        layer = scene.instances["art_layer"].astype(np.int64)
        of_product = layer >= len(scene.signs)
        instances["layer"] = np.where(of_product, layer - len(scene.signs), layer)
        mesh_of = np.repeat(scene.draws["mesh"], scene.draws["instance_count"])
        loaded = []
        for pictures in (0, 1):
            for number in np.unique(mesh_of[of_product == pictures]):
                rows = instances[(mesh_of == number) & (of_product == pictures)]
                array = self._mesh_array(scene, int(number), rows)
                loaded.append((pictures, array, len(rows)))
        return loaded

    def _mesh_array(
        self, scene: SceneDescription, number: int, rows: NDArray[np.void]
    ) -> moderngl.VertexArray:
        """One mesh with its places; `rows` (n,) INSTANCE."""
        mesh = scene.meshes[number]
        first, count = int(mesh["first_index"]), int(mesh["index_count"])
        indices = scene.indices[first : first + count]
        base = int(mesh["base_vertex"])
        vertices = scene.vertices[base : base + int(indices.max()) + 1]
        content = [
            (self._gl.buffer(vertices.tobytes()), "3f 3f 2f 4f1 4x",
             "in_position", "in_normal", "in_uv", "in_colour"),
            (self._gl.buffer(rows.tobytes()), "16f 1f/i", "at_scene_from_mesh", "at_layer"),
        ]  # fmt: skip
        return self._gl.vertex_array(
            self._program, content, self._gl.buffer(indices.tobytes()), index_element_size=4
        )

    def _load_quads(self, scene: SceneDescription) -> moderngl.VertexArray:
        """Shelf-edge labels as blank paper, and the ceiling's lamps."""
        labels, lamps = scene.labels, scene.ceiling
        right = labels["right"] * labels["size"][:, :1]
        up = labels["up"] * labels["size"][:, 1:]
        paper = _squares(labels["centre"], right, up)
        half = lamps["half_size"]
        none = np.zeros(len(lamps))
        light = _squares(
            lamps["centre"],
            np.stack([half[:, 0] * 2.0, none, none], axis=1),
            np.stack([none, none, half[:, 1] * 2.0], axis=1),
        )
        colours = np.repeat([PAPER, LAMP], [len(paper), len(light)], axis=0)
        vertices = np.concatenate([np.concatenate([paper, light]), colours], axis=1)
        buffer = self._gl.buffer(vertices.astype(np.float32).tobytes())
        return self._gl.vertex_array(self._flat, [(buffer, "3f 3f", "in_position", "in_colour")])

    def _make_targets(self, size: tuple[int, int], eyes: int) -> None:
        gl = self._gl
        self._size = size
        self._samples_target = gl.framebuffer(
            [gl.renderbuffer(size, 4, samples=self._samples)],
            gl.depth_renderbuffer(size, samples=self._samples),
        )
        self._eyes = [gl.framebuffer([gl.texture(size, 4)]) for _ in range(eyes)]

    def draw(self, views: tuple[EyeView, ...]) -> None:
        """All views into a texture each."""
        if self._size != views[0].size:
            self._make_targets(views[0].size, len(views))
        for view, eye in zip(views, self._eyes, strict=True):
            self._draw_eye(view)
            self._gl.copy_framebuffer(eye, self._samples_target)

    def _draw_eye(self, view: EyeView) -> None:
        gl = self._gl
        self._samples_target.use()
        self._samples_target.clear(0.1, 0.1, 0.1, 1.0)
        gl.enable_only(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        matrix = _clip_from_scene(view)
        self._program["clip_from_scene"].write(matrix)
        self._flat["clip_from_scene"].write(matrix)
        for unit, pictures in enumerate(self._pictures):
            pictures.use(unit)
        art = self._program["art"]
        for unit, array, instances in self._meshes:
            art.value = unit
            array.render(moderngl.TRIANGLES, instances=instances)
        gl.enable_only(moderngl.DEPTH_TEST)  # labels and lamps are seen from both sides
        self._quads.render(moderngl.TRIANGLES)

    def read_eye(self, eye: int) -> NDArray[np.uint8]:
        """The picture last drawn for an eye: (h, w, 3), top row first."""
        width, height = self._size
        rows = np.frombuffer(self._eyes[eye].read(components=3, alignment=1), dtype=np.uint8)
        return rows.reshape(height, width, 3)[::-1]


def _clip_from_scene(view: EyeView) -> bytes:
    """As pyrr has it: row vectors, which GLSL reads as its columns."""
    sides = [tangent * NEAR_M for tangent in view.tangents]
    projection = matrix44.create_perspective_projection_from_bounds(*sides, NEAR_M, FAR_M)
    eye_from_scene = matrix44.inverse(view.world_from_eye.T)
    clip = matrix44.multiply(eye_from_scene, projection)
    return np.asarray(clip, dtype=np.float32).tobytes()


def _matrices(scene: SceneDescription) -> NDArray[np.float64]:
    """(n, 4, 4) from each instance's mesh to the scene, for row vectors."""
    # Few directions: products face the aisle.
    rotations, direction = np.unique(scene.instances["rotation"], axis=0, return_inverse=True)
    # pyrr's quaternions turn row vectors the other way than the scene's turn columns.
    turns = np.stack(
        [matrix44.create_from_inverse_of_quaternion(turn.astype(np.float64)) for turn in rotations]
    )
    matrices = turns[direction.reshape(-1)]
    matrices[:, 3, :3] = scene.instances["position"]
    return np.asarray(matrices)


def _squares(
    centre: NDArray[np.floating], right: NDArray[np.floating], up: NDArray[np.floating]
) -> NDArray[np.floating]:
    """(6 n, 3) two triangles each, sides `right` and `up` (n, 3) long."""
    along, upwards = UNIT_SQUARE[:, :1] * right[:, None], UNIT_SQUARE[:, 1:] * up[:, None]
    return np.asarray((centre[:, None] + along + upwards).reshape(-1, 3))


def _texture_array(gl: moderngl.Context, pictures: NDArray[np.uint8]) -> moderngl.TextureArray:
    layers, height, width, _ = pictures.shape
    array = gl.texture_array((width, height, layers), 4, pictures.tobytes())
    array.build_mipmaps()
    return array
