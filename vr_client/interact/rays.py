"""Rays against boxes and panels. Metres, scene space, float64; everything vectorised."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import Matrix, PanelQuad

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ray:
    """A half line: `origin` (3,) metres, `direction` (3,) of length 1."""

    origin: Vector
    direction: Vector

    def at(self, distance_m: float) -> Vector:
        """The point `distance_m` along the ray."""
        return self.origin + self.direction * distance_m


@dataclass(frozen=True, slots=True)
class Boxes:
    """`low` and `high` (3, k): an axis after the other, since numpy is slow along short rows."""

    low: Vector
    high: Vector

    @classmethod
    def of(cls, corners: NDArray[np.floating]) -> "Boxes":
        """Boxes given as their lowest and highest corners (k, 2, 3)."""
        axes = np.asarray(corners, np.float64).reshape(-1, 2, 3).transpose(1, 2, 0)
        return cls(np.ascontiguousarray(axes[0]), np.ascontiguousarray(axes[1]))

    def __len__(self) -> int:
        return int(self.low.shape[1])

    def part(self, first: int, stop: int) -> "Boxes":
        """Those from `first` until before `stop`."""
        return Boxes(self.low[:, first:stop], self.high[:, first:stop])

    def only(self, rows: NDArray[np.intp]) -> "Boxes":
        """Those with these numbers."""
        return Boxes(self.low.take(rows, axis=1), self.high.take(rows, axis=1))

    def with_others(self, others: "Boxes") -> "Boxes":
        """These, and then those."""
        return Boxes(
            np.concatenate([self.low, others.low], axis=1),
            np.concatenate([self.high, others.high], axis=1),
        )


@dataclass(frozen=True, slots=True)
class PanelHit:
    """Where a ray meets a panel: `across` and `down` are 0..1 from its top left corner."""

    panel: str
    distance_m: float
    across: float
    down: float


def ray_of(world_from_hand: Matrix) -> Ray:
    """The ray a hand points with: from its origin along its -z."""
    direction = -world_from_hand[:3, 2]
    return Ray(world_from_hand[:3, 3].copy(), direction / math.hypot(*direction.tolist()))


def ray_towards(origin: Vector, target: Vector) -> Ray:
    """The ray from `origin` through `target`."""
    offset = np.asarray(target, np.float64) - origin
    return Ray(np.asarray(origin, np.float64), offset / math.hypot(*offset.tolist()))


def box_distances(ray: Ray, boxes: Boxes) -> Vector:
    """Distance (k,) to each box; inf where it is missed, 0 where the ray starts inside.

    The slab test (Kay and Kajiya 1986). A ray that runs inside a face counts as a hit.
    """
    return np.asarray(box_distances_of_each(ray.origin[None], ray.direction[None], boxes)[0])


def box_distances_of_each(origins: Vector, directions: Vector, boxes: Boxes) -> Vector:
    """`box_distances` of rays with each of the `directions` (n, 3): (n, k).

    origins (n, 3), or (1, 3) where all come from one point.
    """
    # A direction of exactly 0 would make 0 * inf = nan on a face: a tiny one decides the same.
    along = np.where(np.abs(directions) < 1e-12, 1e-12, directions).T[:, :, None]
    at = origins.T[:, :, None]
    one = (boxes.low[:, None] - at) / along  # (3, n, k)
    other = (boxes.high[:, None] - at) / along
    enter = np.maximum(np.minimum(one, other).max(axis=0), 0.0)
    leave = np.maximum(one, other).min(axis=0)
    return np.asarray(np.where(leave >= enter, enter, np.inf))


def hit_panel(ray: Ray, panel: PanelQuad) -> PanelHit | None:
    """Where the ray meets the front of `panel`, or None (missed, or seen from behind)."""
    # In plain numbers: a frame asks for two hands and all panels, and numpy takes twice as long.
    (rx, ux, nx, px), (ry, uy, ny, py), (rz, uz, nz, pz), _ = panel.world_from_panel.tolist()
    dx, dy, dz = ray.direction.tolist()
    facing = dx * nx + dy * ny + dz * nz
    if facing > -1e-6:
        return None
    ox, oy, oz = ray.origin.tolist()
    distance = ((px - ox) * nx + (py - oy) * ny + (pz - oz) * nz) / facing
    if distance < 0.0:
        return None
    lx, ly, lz = ox + dx * distance - px, oy + dy * distance - py, oz + dz * distance - pz
    across = (lx * rx + ly * ry + lz * rz) / panel.size_m[0] + 0.5
    down = 0.5 - (lx * ux + ly * uy + lz * uz) / panel.size_m[1]
    if not (0.0 <= across <= 1.0 and 0.0 <= down <= 1.0):
        return None
    return PanelHit(panel.id, distance, across, down)
