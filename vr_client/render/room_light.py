"""The room's light on the GPU: the uniform block and textures of shaders/common/room.glsl."""

from dataclasses import dataclass
from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile import light_colour, light_field
from store_scenes.compile.scene import SceneDescription

BINDING: Final = 1
FIELD_UNIT: Final = 1
LAMPS_UNIT: Final = 2
TINTS_UNIT: Final = 3
MATTER_UNIT: Final = 4

LAMP_TEXELS_A_METRE: Final = 16.0
LAMP_MAP_MAX: Final = 1024
LAMP_LEVELS: Final = 16
LAMP_LEVELS_AN_OCTAVE: Final = 2  # the same in shaders/common/room.glsl
LEVEL_SIGMA: Final = 0.5
"""How far the finest level of the lamp map is blurred, in texels;
`LAMP_LEVELS_AN_OCTAVE` further ones twice as far."""

# Lamps in reflections are brighter than evenness would have them: tubes show through diffusers,
# and glints are what tells foil and glass from card.
_GLINT: Final = 2.6
_LAMP_TINT: Final = (1.0, 1.0, 0.985)


@dataclass(frozen=True, slots=True)
class BlurredLamps:
    """What `lamp_levels` makes of the lamps `hung`: a tenth of a second's work, so it is kept."""

    hung: tuple[bytes, object]
    levels: NDArray[np.uint8]
    texels: float


class RoomLight:
    """Uploaded once a scene; bound once an eye."""

    def __init__(
        self, gl: moderngl.Context, scene: SceneDescription, before: "RoomLight | None" = None
    ) -> None:
        """`before` is the light of the store as it was: under the same lamps it saves a blur."""
        field = scene.light if scene.light.size else light_field.bake_light(scene)
        layers, rows, columns, _ = field.shape
        shares = (field / np.float32(light_field.CODE_MAX)).astype(np.float16)
        self._field = gl.texture3d((columns, rows, layers), 4, shares.tobytes(), dtype="f2")
        self._field.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._field.repeat_x = self._field.repeat_y = self._field.repeat_z = False
        hung = (scene.ceiling.tobytes(), scene.room)
        self.lamps: BlurredLamps = (
            before.lamps
            if before is not None and before.lamps.hung == hung
            else BlurredLamps(hung, *lamp_levels(scene))
        )
        levels, texels = self.lamps.levels, self.lamps.texels
        _, height, width = levels.shape
        # Layers instead of mip-maps: a software rasteriser pays four times for those.
        self._glints = gl.texture_array(
            (width, height, LAMP_LEVELS), 1, levels.tobytes(), alignment=1
        )
        colours = scene.colours if scene.colours.size else light_colour.bake_colours(scene)
        layers, rows, columns, _ = colours.shape
        self._tints = gl.texture((columns, rows), 4, colours[0].tobytes())
        self._matter = gl.texture3d((columns, rows, layers - 1), 4, colours[1:].tobytes())
        self._matter.repeat_z = False
        for texture in (self._glints, self._tints, self._matter):
            texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
            texture.repeat_x = texture.repeat_y = False
        self._block = gl.buffer(room_block(scene, field, texels).tobytes())

    def bind(self) -> None:
        """Makes it the light of all following draws."""
        self._block.bind_to_uniform_block(BINDING)
        self._field.use(FIELD_UNIT)
        self._glints.use(LAMPS_UNIT)
        self._tints.use(TINTS_UNIT)
        self._matter.use(MATTER_UNIT)

    def release(self) -> None:
        """Gives everything back."""
        for thing in (self._field, self._glints, self._tints, self._matter, self._block):
            thing.release()


def room_block(
    scene: SceneDescription, field: NDArray[np.uint16], texels: float
) -> NDArray[np.float32]:
    """(5, 4): the uniform block, from the scene, its baked light and the lamp map's density."""
    block = np.zeros((5, 4), dtype=np.float32)
    low, high = (np.array(corner, dtype=np.float64) for corner in scene.room)
    size = high - low
    size[1] = len(field) * light_field.LAYER_M
    top = field[-1].astype(np.float64) / light_field.CODE_MAX
    mean = float(np.median(top[..., 3]) ** 2 * light_field.MEAN_MAX)
    lean = float((np.median(top[..., 1]) * 2.0 - 1.0) * light_field.LEAN_MAX)
    cover = light_field.lamp_cover(scene, (64, 64)).mean() if len(scene.ceiling) else 1.2 / 6.2
    raw = light_field.CEILING_LIGHT + cover * (light_field.LAMP_LIGHT - light_field.CEILING_LIGHT)
    # Over the fixtures an upward face gets what the ceiling sends: that gives the bake's scale.
    scale = mean * (1.0 + lean * 2.0 / 3.0) / raw
    block[0, :3], block[1, :3] = low, high
    block[2, :3] = 1.0 / size
    block[3, :3] = np.array(_LAMP_TINT) * light_field.LAMP_LIGHT * scale * _GLINT
    block[3, 3] = texels
    block[4] = (mean, lean, CEILING_WHITE, 0.0)
    return block


CEILING_WHITE: Final = 0.86
"""Light of the ceiling between its lamps, white paint: sRGB 0.94."""


def lamp_levels(scene: SceneDescription) -> tuple[NDArray[np.uint8], float]:
    """(LAMP_LEVELS, h, w) u1, how much of the ceiling is lamp, by blur; and texels a metre."""
    low, high = (np.array(corner, dtype=np.float64)[[0, 2]] for corner in scene.room)
    texels = min(LAMP_TEXELS_A_METRE, LAMP_MAP_MAX / float((high - low).max()))
    width, height = (max(int(np.ceil(side * texels)), 1) for side in (high - low).tolist())
    cover = light_field.lamp_cover(scene, (width, height))
    levels = np.empty((LAMP_LEVELS, height, width), dtype=np.uint8)
    before = 0.0
    for level in range(LAMP_LEVELS):
        sigma = LEVEL_SIGMA * 2.0 ** (level / LAMP_LEVELS_AN_OCTAVE)
        # What the level before lacks of it: variances of Gaussians add.
        more = float(np.sqrt(sigma**2 - before**2))
        before = sigma
        for axis in (0, 1):
            cover = light_field.blurred(cover, more, axis)
        levels[level] = np.rint(cover * 255.0)
    return levels, texels
