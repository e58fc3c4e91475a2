"""Boxes that are turned any way: which instances lean, and how far two reach into one another."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription

Floats = NDArray[np.float64]

LEVEL_COS = np.cos(np.radians(0.3))
"""Rotations are kept in 16 bits: what is turned by less out of the upright stands upright."""

CLEAR_M = 1e3
"""What edges that run alike say of an overlap: nothing."""


@dataclass(frozen=True, slots=True)
class TurnedBoxes:
    """Boxes, n of them: middle and half (n, 3); axes (n, 3, 3), their own axes as columns."""

    middle: Floats
    half: Floats
    axes: Floats

    @classmethod
    def of_instances(cls, scene: SceneDescription, rows: NDArray[np.intp]) -> Self:
        """The boxes of instances' meshes, as they are turned."""
        meshes = scene.meshes[meshes_of(scene)[rows]]
        low, high = (meshes[name].astype(np.float64) for name in ("bounds_min", "bounds_max"))
        axes = rotations(scene, rows)
        position = scene.instances["position"][rows].astype(np.float64)
        middle = position + np.einsum("nij,nj->ni", axes, (low + high) / 2.0)
        return cls(middle, (high - low) / 2.0, axes)

    @classmethod
    def upright(cls, boxes: Floats) -> Self:
        """(n, 2, 3) minimum and maximum corners."""
        axes = np.broadcast_to(np.eye(3), (len(boxes), 3, 3))
        return cls(boxes.mean(axis=1), (boxes[:, 1] - boxes[:, 0]) / 2.0, axes)

    def __getitem__(self, rows: NDArray[np.intp]) -> "TurnedBoxes":
        return TurnedBoxes(self.middle[rows], self.half[rows], self.axes[rows])


def meshes_of(scene: SceneDescription) -> NDArray[np.int64]:
    """(k,) the mesh of each instance."""
    return np.repeat(scene.draws["mesh"].astype(np.int64), scene.draws["instance_count"])


def rotations(scene: SceneDescription, rows: NDArray[np.intp]) -> Floats:
    """(n, 3, 3) from mesh to scene."""
    quaternion = scene.instances["rotation"][rows].astype(np.float64)
    quaternion /= np.linalg.norm(quaternion, axis=1)[:, None]
    x, y, z, w = quaternion.T
    return np.stack(
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w),
         2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w),
         2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)], axis=1,
    ).reshape(-1, 3, 3)  # fmt: skip


def leans(scene: SceneDescription, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which instances stand on none of their sides: what is on a shelf that leans, and that."""
    return np.asarray(np.abs(rotations(scene, rows)[:, 1]).max(axis=1) < LEVEL_COS)


def reach_into(one: TurnedBoxes, two: TurnedBoxes) -> Floats:
    """(n,) how far each of `one` reaches into its like of `two`; negative where they are apart.

    By the separating axis theorem: along the 6 faces' normals and the 9 pairs of edges.
    """
    crossed = np.cross(one.axes[:, :, :, None], two.axes[:, :, None, :], axis=1).reshape(-1, 3, 9)
    across = np.concatenate([one.axes, two.axes, crossed], axis=2)
    length = np.linalg.norm(across, axis=1)
    unit = across / np.where(length > 1e-6, length, 1.0)[:, None, :]
    shadow = [
        np.abs(np.einsum("nij,nia->naj", box.axes, unit)) @ box.half[:, :, None]
        for box in (one, two)
    ]
    apart = np.abs(np.einsum("ni,nia->na", two.middle - one.middle, unit))
    overlap = shadow[0][:, :, 0] + shadow[1][:, :, 0] - apart
    return np.asarray(np.where(length > 1e-3, overlap, CLEAR_M).min(axis=1))
