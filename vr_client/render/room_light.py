"""The room's light on the GPU: the uniform block and textures of shaders/common/room.glsl."""

from typing import Final

import moderngl
import numpy as np

from store_scenes.compile.scene import SceneDescription
from vr_client.render import environment, floor_light

BINDING: Final = 1
ENVIRONMENT_UNIT: Final = 1
FLOOR_UNIT: Final = 2


class RoomLight:
    """Gathered once a scene; bound once an eye."""

    def __init__(self, gl: moderngl.Context, scene: SceneDescription) -> None:
        light = environment.gather(scene)
        size, levels = environment.SIZE, environment.LEVELS
        self._reflections = gl.texture3d(
            (size, size, levels), 3, light.reflections.astype(np.float16).tobytes(), dtype="f2"
        )
        self._reflections.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._floor = gl.texture(
            (floor_light.SIZE, floor_light.SIZE), 1, floor_light.bake(scene).tobytes(), dtype="f4"
        )
        self._floor.filter = (moderngl.LINEAR, moderngl.LINEAR)
        for texture in (self._reflections, self._floor):
            texture.repeat_x = texture.repeat_y = False
        self._reflections.repeat_z = False
        block = np.zeros((12, 4), dtype=np.float32)
        block[0, :3], block[1, :3] = scene.room
        block[2, :3] = light.probe
        block[3:, :3] = light.irradiance
        self._block = gl.buffer(block.tobytes())

    def bind(self) -> None:
        """Makes it the light of all following draws."""
        self._block.bind_to_uniform_block(BINDING)
        self._reflections.use(ENVIRONMENT_UNIT)
        self._floor.use(FLOOR_UNIT)

    def release(self) -> None:
        """Gives everything back."""
        for thing in (self._reflections, self._floor, self._block):
            thing.release()
