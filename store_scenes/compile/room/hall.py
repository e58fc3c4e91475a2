"""The room's measures in metres, and its own space: the shop front lies at +z of it."""

from dataclasses import dataclass

import numpy as np

from store_scenes.fixtures.shapes import yaw_matrix
from store_scenes.layout.documents import Floor

WALL_THICK = 0.1
DOOR_HALF = 1.05
"""Half of the sliding door's opening."""


@dataclass(frozen=True, slots=True)
class Hall:
    """`half_x`, `half_z` in scene space; `half`, `reach` and `door` in the front's own space.

    The front's space is the scene's turned by `yaw` (quarter turns): its x runs along the front
    wall, which lies at z = `reach`; `door` is the middle of the door.
    """

    half_x: float
    half_z: float
    height: float
    yaw: float
    half: float
    reach: float
    door: float
    glazed: bool


def hall_of(floor: Floor) -> Hall:
    """The room of a floor; the door is where a shopper arrives, as far as the wall has room."""
    half_x, half_z = floor.width_mm / 2000.0, floor.depth_mm / 2000.0
    yaw = round(floor.entrance_yaw_deg / 90.0) * 90.0
    arrival = np.array([floor.entrance_x_mm, 0.0, floor.entrance_z_mm]) / 1000.0
    sideways = round(yaw / 90.0) % 2 == 1
    half, reach = (half_z, half_x) if sideways else (half_x, half_z)
    room = half - DOOR_HALF - 0.4
    door = float(np.clip((yaw_matrix(yaw).T @ arrival)[0], -room, room)) if room > 0.0 else 0.0
    glazed = floor.shop_front and room > 0.0 and floor.height_mm >= 2_500.0
    return Hall(half_x, half_z, floor.height_mm / 1000.0, yaw, half, reach, door, glazed)
