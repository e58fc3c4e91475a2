"""Where panels hang: near the eye, facing it, never behind a shelf. Pure; metres, scene space.

A panel's size is given in units of a millimetre at 1 m: at distance d a unit is d millimetres,
so what is readable at 1 m is readable at any distance.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import Matrix
from vr_client.space.pose import look_at

Vector = NDArray[np.float64]
Size = tuple[float, float]

Clear = Callable[[Vector, Vector], float]
"""(eye, points (n, 3)) to the share of the way that is free: `PickIndex.clear_fraction`."""

AHEAD_M = 0.9
NEAREST_M = 0.35
FURTHEST_M = 1.0
PITCH_DEGREES = (-24.0, 6.0)
"""How low and how high the middle of a big panel may hang, so that no neck has to bend."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a panel hangs; `unit_m` metres are one panel unit; `eye` saw it being placed."""

    world_from_panel: Matrix
    unit_m: float
    eye: Vector

    def size_m(self, size: Size) -> tuple[float, float]:
        """The panel's size in metres."""
        return size[0] * self.unit_m, size[1] * self.unit_m

    def at(self, x: float, y: float, size: Size) -> Vector:
        """The scene-space point of panel unit (x, y) of a panel of `size`."""
        local = np.array([x - size[0] / 2.0, size[1] / 2.0 - y]) * self.unit_m
        world = self.world_from_panel
        point: Vector = world[:3, 3] + world[:3, 0] * local[0] + world[:3, 1] * local[1]
        return point


def direction(yaw_deg: float, pitch_deg: float) -> Vector:
    """The unit vector seen at yaw (0 is -z, positive to the left) and pitch (positive up)."""
    yaw, pitch = np.radians((yaw_deg, pitch_deg))
    return np.array([-np.sin(yaw) * np.cos(pitch), np.sin(pitch), -np.cos(yaw) * np.cos(pitch)])


def angles(vector: Vector) -> tuple[float, float]:
    """Yaw and pitch in degrees of a direction; the inverse of `direction`."""
    yaw = np.degrees(np.arctan2(-vector[0], -vector[2]))
    pitch = np.degrees(np.arctan2(vector[1], np.hypot(vector[0], vector[2])))
    return float(yaw), float(pitch)


def hang(eye: Vector, yaw_deg: float, pitch_deg: float, distance_m: float) -> Placement:
    """A panel `distance_m` from `eye`, facing it."""
    centre = eye + direction(yaw_deg, pitch_deg) * distance_m
    # look_at makes -z point at its target, so a panel looks away from the eye to face it.
    return Placement(look_at(centre, 2.0 * centre - eye), distance_m / 1000.0, eye)


def ahead(head: Matrix, size: Size, clear: Clear) -> Placement:
    """In front of a shopper, a little below the eyes, pulled nearer than any shelf."""
    eye = head[:3, 3].copy()
    yaw, _ = angles(-head[:3, 2])
    return _pull_forward(eye, yaw, -7.0, AHEAD_M, size, clear)


def beside(head: Matrix, unit: NDArray[np.floating], size: Size, clear: Clear) -> Placement:
    """Beside a unit on the shelf (its box (2, 3)), not covering it; the freer side, else left."""
    eye = head[:3, 3].copy()
    middle = unit.astype(np.float64).mean(axis=0)
    away = float(np.linalg.norm(middle - eye))
    yaw, pitch = angles(middle - eye)
    half_unit = np.degrees(np.arctan2(np.linalg.norm(unit[1, [0, 2]] - unit[0, [0, 2]]) / 2, away))
    turn = half_unit + np.degrees(np.arctan(size[0] / 2000.0)) + 1.0
    pitch = float(np.clip(pitch + 4.0, *PITCH_DEGREES))
    distance = float(np.clip(away * 0.85, NEAREST_M, FURTHEST_M))
    left = _pull_forward(eye, yaw + turn, pitch, distance, size, clear)
    if left.unit_m >= 0.8 * distance / 1000.0:
        return left
    right = _pull_forward(eye, yaw - turn, pitch, distance, size, clear)
    return right if right.unit_m > left.unit_m else left


def docked(placement: Placement, size: Size, other: Size, *, above: bool) -> Placement:
    """A second panel in the plane of a first one, right above or below it."""
    shift = (size[1] + other[1]) / 2.0 * placement.unit_m * (1.0 if above else -1.0)
    world = placement.world_from_panel.copy()
    world[:3, 3] += world[:3, 1] * shift
    return Placement(world, placement.unit_m, placement.eye)


def is_left_behind(placement: Placement, head: Matrix, *, turning: bool) -> bool:
    """Whether the shopper walked away from a panel or (when that counts) turned away from it."""
    eye = head[:3, 3]
    if float(np.linalg.norm(eye - placement.eye)) > 0.6:
        return True
    if not turning:
        return False
    seen, _ = angles(placement.world_from_panel[:3, 3] - eye)
    looking, _ = angles(-head[:3, 2])
    return abs((seen - looking + 180.0) % 360.0 - 180.0) > 60.0


def _pull_forward(
    eye: Vector, yaw: float, pitch: float, distance: float, size: Size, clear: Clear
) -> Placement:
    """Nearer until nothing is between the eye and the panel (and what is docked to it)."""
    placed = hang(eye, yaw, pitch, distance)
    grid = [
        placed.at(size[0] * across, size[1] * down, size)
        for across in (0.0, 0.25, 0.5, 0.75, 1.0)
        for down in (-0.1, 0.25, 0.5, 0.75, 1.0, 1.15)
    ]
    free = clear(eye, np.array(grid))
    if free >= 1.0:
        return placed
    return hang(eye, yaw, pitch, max(NEAREST_M, distance * free * 0.96))


class Follower:
    """Something that stays in view without being nailed to the head: it follows, a little late."""

    LAG_S = 0.15

    def __init__(self, below_deg: float, distance_m: float) -> None:
        self._below = below_deg
        self._distance_m = distance_m
        self._angles: tuple[float, float] | None = None
        self._time_s = 0.0

    def place(self, head: Matrix, time_s: float, clear: Clear) -> Placement:
        """Where it hangs at `time_s`, having followed `head` since the last call."""
        yaw, pitch = angles(-head[:3, 2])
        wanted = (yaw, float(np.clip(pitch - self._below, -80.0, 60.0)))
        before = self._angles if self._angles is not None else wanted
        share = 1.0 - float(np.exp(-max(0.0, time_s - self._time_s) / self.LAG_S))
        turned = (wanted[0] - before[0] + 180.0) % 360.0 - 180.0
        self._angles = (before[0] + turned * share, before[1] + (wanted[1] - before[1]) * share)
        self._time_s = time_s
        eye = head[:3, 3].copy()
        middle = eye + direction(*self._angles) * self._distance_m
        free = clear(eye, middle[None, :])
        return hang(eye, *self._angles, max(NEAREST_M, self._distance_m * min(1.0, free * 0.9)))
