"""What stands wholly behind the back of a shelf. Pure numpy.

A board's shadow from the eye is bounded by five planes; a box that lies wholly inside is not
drawn. That is exact for one board at a time: no visible pixel changes.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TESTED_MAX: Final = 40
"""Boards that a frame looks behind: those that fill most of the view hide most of the store."""

_INSET_M: Final = 0.004  # rounded edges let one see past a solid's corner


def nearest_boards(eye: Floats, planks: Floats) -> Floats:
    """The boards (n, 2, 3) that fill most of the view from `eye`, at most TESTED_MAX."""
    if len(planks) <= TESTED_MAX:
        return planks
    low, high = planks[:, 0], planks[:, 1]
    size = high - low
    broad = np.maximum(size[:, 0], size[:, 2]) * size[:, 1]
    away = np.linalg.norm(np.clip(eye, low, high) - eye, axis=1)
    fills = broad / np.maximum(away, 0.25) ** 2
    return np.asarray(planks[np.argsort(-fills, kind="stable")[:TESTED_MAX]])


def hidden(eye: Floats, planks: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """(c,) True for boxes (c, 3) that lie wholly in the shadow of one board (n, 2, 3)."""
    if not len(planks) or not len(low):
        return np.zeros(len(low), dtype=bool)
    planes = np.stack([_shadow(eye, plank) for plank in planks])  # (n, 5, 4)
    centre, half = (low + high) * 0.5, (high - low) * 0.5
    normals = planes[..., :3]
    least = normals @ centre.T + planes[..., 3:] - np.abs(normals) @ half.T  # (n, 5, c)
    return np.asarray((least >= 0.0).all(axis=1).any(axis=0))


def _shadow(eye: Floats, plank: Floats) -> Floats:
    """Five planes (5, 4) whose inner sides together are the shadow behind one board."""
    size = plank[1] - plank[0]
    thin = 0 if size[0] < size[2] else 2
    wide = 2 - thin
    side = plank[1, thin] if eye[thin] > plank[1, thin] else plank[0, thin]
    if plank[0, thin] <= eye[thin] <= plank[1, thin]:
        return np.array([[0.0, 0.0, 0.0, -1.0]] * 5)  # edge on: no shadow
    corners = np.empty((4, 3))
    corners[:, thin] = side
    corners[:, wide] = np.array([plank[0, wide], plank[1, wide]])[[0, 1, 1, 0]]
    corners[:, 1] = np.array([plank[0, 1], plank[1, 1]])[[0, 0, 1, 1]]
    corners += np.sign(corners.mean(axis=0) - corners) * _INSET_M
    rays = corners - eye
    normals = np.cross(rays, np.roll(rays, -1, axis=0))
    # Whatever the order of the corners, the board's middle is inside.
    normals *= np.sign(normals @ (corners.mean(axis=0) - eye))[:, None]
    facing = np.zeros(3)
    facing[thin] = np.sign(side - eye[thin])
    # The far side of the board: what stands between its two faces is not behind it.
    back = plank[1, thin] if facing[thin] > 0 else plank[0, thin]
    sides = np.concatenate([normals, -(normals @ eye)[:, None]], axis=1)
    return np.concatenate([sides, [[*facing, -facing[thin] * back]]])
