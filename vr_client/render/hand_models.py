"""Controllers as the headset's maker has them: uploaded when they come, drawn where hands are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import INSTANCE
from store_scenes.models.mesh import VERTEX
from vr_client.frame_packet import HandModel, HandPose
from vr_client.render.context import GraphicsContext
from vr_client.render.opaque_pass import ART_UNIT, COMMAND_BYTES, NO_HIGHLIGHT
from vr_client.render.scene_buffers import opaque_content
from vr_client.space.pose import quaternions

KEPT_MAX: Final = 4
"""Models on the GPU: both hands', and those of the controllers that are put away meanwhile."""

_PLASTIC: Final = (120, 0, 40, 255)
_BARE: Final = np.full((1, 1, 4), (58, 61, 68, 255), dtype=np.uint8)
"""What has no texture is of this grey."""


@dataclass(frozen=True, slots=True)
class _Uploaded:
    """One model. `runs` has a (texture, first part, parts) for each texture, parts in its order."""

    model: HandModel
    order: NDArray[np.intp]
    commands: NDArray[np.uint32]
    runs: tuple[tuple[moderngl.TextureArray, int, int], ...]
    instances: moderngl.Buffer
    indirect: moderngl.Buffer
    array: moderngl.VertexArray
    others: tuple[moderngl.Buffer, ...]

    def release(self) -> None:
        for texture, _, _ in self.runs:
            texture.release()
        self.array.release()
        for buffer in (self.instances, self.indirect, *self.others):
            buffer.release()


class HandModels:
    """Draws with the opaque program: controllers are lit like products."""

    def __init__(self, graphics: GraphicsContext, opaque: moderngl.Program, hands_max: int) -> None:
        self._graphics, self._gl, self._opaque = graphics, graphics.gl, opaque
        self._hands_max = hands_max
        self._kept: dict[int, _Uploaded] = {}  # by the model's id; the last was seen last
        self._seen: list[tuple[_Uploaded, int]] = []  # and which of its hands

    def prepare(self, hands: Sequence[HandPose]) -> None:
        """Once a frame: what each part's instance is now."""
        self._seen = []
        count: dict[int, int] = {}
        for hand in hands[: self._hands_max]:
            look = hand.look
            if look is None:
                continue
            key = id(look.model)
            here = self._kept.pop(key, None) or self._upload(look.model)
            self._kept[key] = here
            number = count[key] = count.get(key, -1) + 1
            world_from_part = hand.world_from_hand @ look.hand_from_part[here.order]
            size = len(here.order)
            rows = np.zeros(size, dtype=INSTANCE)
            rows["position"] = world_from_part[:, :3, 3]
            rows["rotation"] = quaternions(world_from_part)
            rows["occlusion"], rows["id"] = 1.0, NO_HIGHLIGHT - 1
            here.instances.write(rows.tobytes(), offset=number * size * INSTANCE.itemsize)
            commands = here.commands.copy()
            commands[:, 1] = look.shown[here.order]
            commands[:, 4] = number * size + np.arange(size)
            here.indirect.write(commands.tobytes(), offset=number * size * COMMAND_BYTES)
            self._seen.append((here, number))
        while len(self._kept) > KEPT_MAX:
            self._kept.pop(next(iter(self._kept))).release()

    def draw(self) -> None:
        """Needs the opaque pass's uniforms and the room's light; takes its picture's unit."""
        for here, number in self._seen:
            first = number * len(here.order)
            for texture, begin, parts in here.runs:
                texture.use(ART_UNIT)
                here.array.render_indirect(
                    here.indirect, moderngl.TRIANGLES, parts, first=first + begin
                )

    def release(self) -> None:
        """Gives everything back."""
        for one in self._kept.values():
            one.release()
        self._kept.clear()
        self._seen = []

    # ------------------------------------------------------------ inside

    def _upload(self, model: HandModel) -> _Uploaded:
        """Parts of one texture side by side, so that each texture is bound once."""
        pictures = {id(part.texture): part.texture for part in model.parts}
        numbers = {key: number for number, key in enumerate(pictures)}
        of_part = np.array([numbers[id(part.texture)] for part in model.parts], dtype=np.intp)
        order = np.argsort(of_part, kind="stable")
        parts = [model.parts[number] for number in order]
        vertices = np.concatenate([_vertices(part.positions) for part in parts])
        vertices["normal"] = np.concatenate([part.normals for part in parts])
        vertices["uv"] = np.concatenate([part.uvs for part in parts])
        indices = np.concatenate([part.indices for part in parts]).astype(np.uint32)
        commands = np.zeros((len(parts), 5), dtype=np.uint32)
        commands[:, 0] = [len(part.indices) for part in parts]
        commands[1:, 2] = np.cumsum(commands[:-1, 0])
        commands[1:, 3] = np.cumsum([len(part.positions) for part in parts[:-1]])
        runs, first = [], 0
        for number, picture in enumerate(pictures.values()):
            size = int((of_part == number).sum())
            runs.append((self._texture(_BARE if picture is None else picture), first, size))
            first += size
        gl, rows = self._gl, self._hands_max * len(parts)
        others = (gl.buffer(vertices.tobytes()), gl.buffer(indices.tobytes()))
        instances = gl.buffer(reserve=rows * INSTANCE.itemsize, dynamic=True)
        return _Uploaded(
            model, order, commands, tuple(runs), instances,
            gl.buffer(reserve=rows * COMMAND_BYTES, dynamic=True),
            gl.vertex_array(self._opaque, opaque_content(others[0], instances), others[1], 4),
            others,
        )  # fmt: skip

    def _texture(self, pixels: NDArray[np.uint8]) -> moderngl.TextureArray:
        """One layer, which is what the opaque program reads as its first picture."""
        height, width = pixels.shape[:2]
        levels = max(width, height).bit_length()
        texture = self._gl.texture_array((width, height, 1), 4)
        self._graphics.raw.srgb_array_storage(texture.glo, (width, height, 1), levels)
        texture.write(np.ascontiguousarray(pixels).tobytes(), viewport=(0, 0, 0, width, height, 1))
        if levels > 1:
            texture.build_mipmaps(0, levels - 1)
        texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        texture.anisotropy = self._graphics.anisotropy(4.0)
        return texture


def _vertices(positions: NDArray[np.float32]) -> NDArray[np.void]:
    vertices = np.zeros(len(positions), dtype=VERTEX)
    vertices["position"] = positions
    vertices["colour"], vertices["surface"] = 255, _PLASTIC
    return vertices
