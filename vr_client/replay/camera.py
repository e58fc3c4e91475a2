"""From where a replay is seen: through the shopper's eyes, or from beside them.

Only the views of what is drawn change. The client decides by the recorded ones, so another camera
or another size changes no state.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import EyeView, FramePacket, Matrix
from vr_client.render.renderer import Renderer
from vr_client.space.pose import pose, yaw

EYES: Final = "eyes"
HALF_HEIGHT: Final = 0.65
BEHIND_M: Final = (0.35, 0.35, 1.2)
BEHIND_PITCH_DEG: Final = -14.0
ABOVE_M: Final = 4.0
FROM_WALL_M: Final = 0.15
WIDE_HALF_HEIGHT: Final = 1.3
FAR_M: Final = 1_000.0
ANGLE_MAX: Final = 360.0

Place = tuple[float, float, float, float, float]
"""x, y, z in metres, yaw and pitch in degrees."""

Room = tuple[tuple[float, float, float], tuple[float, float, float]]
"""The inner box of the walls: low and high corner."""


@dataclass(frozen=True, slots=True)
class Camera:
    """`name` is `eyes`, `behind`, `above`, or the words of a `place` that stays where it is."""

    name: str = EYES
    place: Place | None = None

    def views(
        self, seen: tuple[EyeView, ...], size: tuple[int, int], room: Room | None = None
    ) -> tuple[EyeView, ...]:
        """What to draw in place of what was `seen`: all of it, in pictures of this size.

        Who follows the shopper does not leave the `room`.
        """
        if self.name == EYES:
            return tuple(replace(view, size=size) for view in seen)
        half = WIDE_HALF_HEIGHT if self.name == "above" else HALF_HEIGHT
        across = half * size[0] / size[1]
        world_from_camera = self._world_from_camera(seen, room)
        return (EyeView(world_from_camera, (-across, across, -half, half), size),)

    def _world_from_camera(self, seen: tuple[EyeView, ...], room: Room | None) -> Matrix:
        if self.place is not None:
            return pose(self.place[:3], *self.place[3:])
        eye = np.mean([view.world_from_eye[:3, 3] for view in seen], axis=0)
        if self.name == "above":
            return pose(_inside(eye + np.array([0.0, ABOVE_M, 0.0]), room), 0.0, -90.0)
        ahead = -seen[0].world_from_eye[:3, 2]
        yaw_deg = float(np.degrees(np.arctan2(-ahead[0], -ahead[2])))
        offset = yaw(yaw_deg) @ np.array([*BEHIND_M, 1.0])
        return pose(_inside(eye + offset[:3], room), yaw_deg, BEHIND_PITCH_DEG)


def _inside(place: NDArray[np.float64], room: Room | None) -> NDArray[np.float64]:
    if room is None:
        return place
    low, high = np.array(room[0]) + FROM_WALL_M, np.array(room[1]) - FROM_WALL_M
    inside: NDArray[np.float64] = np.clip(place, np.minimum(low, high), np.maximum(low, high))
    return inside


def camera_of(words: str) -> Camera:
    """The camera that `--camera` asks for.

    Raises:
        Failure: it is none.
    """
    if words in {EYES, "behind", "above"}:
        return Camera(words)
    try:
        x, y, z, yaw_deg, pitch_deg = (float(part) for part in words.split(","))
    except ValueError:
        raise Failure(
            f"--camera {words} is no camera: write eyes, behind, above, or x,y,z,yaw,pitch."
        ) from None
    near = all(abs(side) <= FAR_M for side in (x, y, z))
    if not near or not all(abs(angle) <= ANGLE_MAX for angle in (yaw_deg, pitch_deg)):
        raise Failure(
            f"--camera {words} is out of bounds: at most {FAR_M:g} m from the middle of the store, "
            f"and angles up to {ANGLE_MAX:g} degrees."
        )
    return Camera(words, (x, y, z, yaw_deg, pitch_deg))


class CameraRenderer:
    """Draws what the client packs as its camera sees it; `wanted` False: only takes in news."""

    def __init__(self, inner: Renderer, camera: Camera, size: tuple[int, int]) -> None:
        self._inner, self._camera, self._size = inner, camera, size
        self._room: Room | None = None
        self.wanted = True
        self.drawn = 0

    def load_scene(self, scene: SceneDescription) -> None:
        """Take a store."""
        self._room = scene.room
        self._inner.load_scene(scene)

    def draw(self, packet: FramePacket) -> tuple[int, ...]:
        """Draw it from the camera."""
        views: tuple[EyeView, ...] = ()
        if self.wanted:
            views = self._camera.views(packet.views, self._size, self._room)
        self.drawn = len(views)
        vignette = packet.vignette if self._camera.name == EYES else 0.0
        return self._inner.draw(replace(packet, views=views, vignette=vignette))

    def read_eye(self, eye: int) -> NDArray[np.uint8]:
        """The picture drawn last."""
        if eye >= self.drawn:
            return np.zeros((*self._size[::-1], 3), np.uint8)
        return self._inner.read_eye(eye)


class Undrawn:
    """Draws nothing: to see whether states come out the same needs no OpenGL."""

    def load_scene(self, scene: SceneDescription) -> None:
        """It would be uploaded."""

    def draw(self, packet: FramePacket) -> tuple[int, ...]:
        """It would be drawn."""
        del packet
        return ()

    def read_eye(self, eye: int) -> NDArray[np.uint8]:
        """There is no picture."""
        del eye
        return np.zeros((1, 1, 3), np.uint8)
