"""Upright boards that hide what stands behind them: the backs and ends of shelves. Pure numpy.

A board's shadow from the eye is bounded by five planes; a box that lies wholly inside is not
drawn. That is exact for one board at a time: no visible pixel changes.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription

Floats = NDArray[np.float64]

BOARDS_MAX: Final = 256
_THIN_M: Final = 0.10
_HIGH_M: Final = 0.80
_WIDE_M: Final = 0.50
_JOIN_M: Final = 0.012
_INSET_M: Final = 0.004  # rounded edges let one see past a solid's corner


def boards(scene: SceneDescription) -> Floats:
    """(n, 2, 3) thin upright boxes, neighbours in one plane joined, without the room's shell."""
    low, high = (np.array(corner, dtype=np.float64) for corner in scene.room)
    boxes = np.stack([scene.solids["min"], scene.solids["max"]], axis=1).astype(np.float64)
    size = boxes[:, 1] - boxes[:, 0]
    middle = boxes.mean(axis=1)
    flat = np.sort(size[:, [0, 2]], axis=1)
    inside = ((middle > low + 0.01) & (middle < high - 0.01))[:, [0, 2]].all(axis=1)
    chosen = inside & (flat[:, 0] <= _THIN_M) & (flat[:, 1] >= _WIDE_M) & (size[:, 1] >= _HIGH_M)
    joined: list[Floats] = []
    for box in sorted(boxes[chosen], key=lambda b: (*b[0][[1, 2, 0]], *b[1])):
        last = next((other for other in joined if _continues(other, box)), None)
        if last is None:
            joined.append(box.copy())
        else:
            last[0], last[1] = np.minimum(last[0], box[0]), np.maximum(last[1], box[1])
    return np.array(joined[:BOARDS_MAX], dtype=np.float64).reshape(-1, 2, 3)


def _continues(board: Floats, box: Floats) -> bool:
    """Whether `box` carries `board` on in its own plane, equally high."""
    thin = 0 if board[1, 0] - board[0, 0] < board[1, 2] - board[0, 2] else 2
    wide = 2 - thin
    same = np.abs(board[:, [1, thin]] - box[:, [1, thin]]).max() <= _JOIN_M
    gap = max(box[0, wide] - board[1, wide], board[0, wide] - box[1, wide])
    return bool(same and gap <= _JOIN_M)


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
