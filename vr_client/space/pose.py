"""Poses as (4, 4) float64 matrices for column vectors: `world = world_from_head @ head`.

pyrr stays behind this door. Its matrices are for row vectors, so each is transposed here; its
integer vectors rotate to zeros, so everything becomes float64 first; and `Quaternion * vector`
turns the other way than its own matrices do, so vectors are never turned by quaternions.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pyrr import matrix44

from vr_client.frame_packet import Matrix

Vector = NDArray[np.float64] | Sequence[float]


def translation(offset: Vector) -> Matrix:
    """Moves by `offset` metres (x, y, z)."""
    matrix = np.eye(4)
    matrix[:3, 3] = offset
    return matrix


def rotation(axis: Vector, degrees: float) -> Matrix:
    """Turns counter-clockwise about `axis`, seen against the axis (right-hand rule)."""
    direction = np.asarray(axis, dtype=np.float64)
    length = float(np.linalg.norm(direction))
    if length == 0.0:
        raise ValueError("a rotation needs an axis that is not zero")
    return _columns(
        matrix44.create_from_axis_rotation(direction / length, float(np.radians(degrees)))
    )


def yaw(degrees: float) -> Matrix:
    """Turns to the left about y for positive degrees; 0 looks along -z."""
    return rotation((0.0, 1.0, 0.0), degrees)


def pitch(degrees: float) -> Matrix:
    """Looks up for positive degrees."""
    return rotation((1.0, 0.0, 0.0), degrees)


def pose(position: Vector, yaw_degrees: float = 0.0, pitch_degrees: float = 0.0) -> Matrix:
    """Stands at `position`, turned left by yaw, then looking up by pitch."""
    # Written out, for a frame asks for several: translation @ yaw @ pitch takes ten times as long.
    about_y, about_x = math.radians(yaw_degrees), math.radians(pitch_degrees)
    c, s = math.cos(about_y), math.sin(about_y)
    k, t = math.cos(about_x), math.sin(about_x)
    x, y, z = position
    return np.array(
        [
            [c, s * t, s * k, x],
            [0.0, k, -t, y],
            [-s, c * t, c * k, z],
            [0.0, 0.0, 0.0, 1.0],
        ],
        dtype=np.float64,
    )


def look_at(position: Vector, target: Vector, up: Vector = (0.0, 1.0, 0.0)) -> Matrix:
    """`world_from_eye` of an eye at `position` that looks at `target` along its -z."""
    # In plain numbers: numpy takes longer to begin each of these than to do them.
    ox, oy, oz = (float(part) for part in position)
    tx, ty, tz = (float(part) for part in target)
    ux, uy, uz = (float(part) for part in up)
    bx, by, bz = ox - tx, oy - ty, oz - tz
    distance = math.sqrt(bx * bx + by * by + bz * bz)
    if distance == 0.0:
        raise ValueError("an eye cannot look at the place where it is")
    bx, by, bz = bx / distance, by / distance, bz / distance
    rx, ry, rz = uy * bz - uz * by, uz * bx - ux * bz, ux * by - uy * bx
    width = math.sqrt(rx * rx + ry * ry + rz * rz)
    if width < 1e-9:
        raise ValueError("an eye cannot look along its own up direction")
    rx, ry, rz = rx / width, ry / width, rz / width
    return np.array(
        [
            (rx, by * rz - bz * ry, bx, ox),
            (ry, bz * rx - bx * rz, by, oy),
            (rz, bx * ry - by * rx, bz, oz),
            (0.0, 0.0, 0.0, 1.0),
        ]
    )


def inverse_rigid(matrix: Matrix) -> Matrix:
    """The inverse of a rotation with a translation: exact, no general inversion."""
    turn = matrix[:3, :3].T
    result = np.zeros((4, 4))
    result[3, 3] = 1.0
    result[:3, :3] = turn
    result[:3, 3] = -turn @ matrix[:3, 3]
    return result


def transform_point(matrix: Matrix, point: Vector) -> NDArray[np.float64]:
    """A point (3,) mapped by `matrix`."""
    return np.asarray(
        matrix[:3, :3] @ np.asarray(point, dtype=np.float64) + matrix[:3, 3], dtype=np.float64
    )


def forward(matrix: Matrix) -> NDArray[np.float64]:
    """Where it looks: the unit vector that -z of its own space maps to."""
    return np.asarray(-matrix[:3, 2], dtype=np.float64)


def quaternion(matrix: Matrix) -> NDArray[np.float64]:
    """The rotation of a rigid matrix as a unit quaternion (x, y, z, w), w never negative.

    Turns column vectors as the matrix does (Shepperd, 1978).
    """
    # In plain numbers: for one matrix numpy's detours take five times as long.
    (xx, xy, xz, _), (yx, yy, yz, _), (zx, zy, zz, _) = matrix[:3].tolist()
    rows = (
        (1.0 + xx - yy - zz, xy + yx, xz + zx, zy - yz),
        (xy + yx, 1.0 - xx + yy - zz, yz + zy, xz - zx),
        (xz + zx, yz + zy, 1.0 - xx - yy + zz, yx - xy),
        (zy - yz, xz - zx, yx - xy, 1.0 + xx + yy + zz),
    )
    # The largest component is the one that the square root keeps most digits of.
    best = max(range(4), key=lambda number: rows[number][number])
    x, y, z, w = rows[best]
    length = math.sqrt(x * x + y * y + z * z + w * w)
    length = -length if w < 0.0 else length
    return np.array((x / length, y / length, z / length, w / length))


def quaternions(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """`quaternion` of each of (n, 4, 4), as (n, 4)."""
    m = np.moveaxis(matrices[:, :3, :3], 0, -1)
    x, y, z = m[0, 0], m[1, 1], m[2, 2]
    squares = np.array([1.0 + x - y - z, 1.0 - x + y - z, 1.0 - x - y + z, 1.0 + x + y + z])
    a, b, c = m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]
    d, e, f = m[0, 1] + m[1, 0], m[0, 2] + m[2, 0], m[1, 2] + m[2, 1]
    rows = np.array(
        [
            [squares[0], d, e, a],
            [d, squares[1], f, b],
            [e, f, squares[2], c],
            [a, b, c, squares[3]],
        ]
    )
    # The largest component is the one that the square root keeps most digits of.
    best = rows[squares.argmax(axis=0), :, np.arange(len(matrices))]
    best /= np.sqrt((best * best).sum(axis=1, keepdims=True))
    return np.where(best[:, 3:] < 0.0, -best, best)


def standing(position: Vector, turn: Vector) -> Matrix:
    """A pose at `position` turned by the quaternion `turn` (x, y, z, w) of any length but 0.

    Turns column vectors; the inverse of `quaternion`.
    """
    x, y, z, w = np.asarray(turn, dtype=np.float64) / np.linalg.norm(turn)
    matrix = np.eye(4)
    matrix[:3, :3] = (
        (1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y - z * w), 2.0 * (x * z + y * w)),
        (2.0 * (x * y + z * w), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z - x * w)),
        (2.0 * (x * z - y * w), 2.0 * (y * z + x * w), 1.0 - 2.0 * (x * x + y * y)),
    )
    matrix[:3, 3] = position
    return matrix


def between(start: Matrix, goal: Matrix, share: float) -> Matrix:
    """The rigid pose a `share` of the way from `start` to `goal`, turning the short way.

    Straight along the line, evenly about one axis (slerp: Shoemake, 1985).
    """
    a, b = quaternion(start), quaternion(goal)
    cosine = float(a @ b)
    if cosine < 0.0:
        b, cosine = -b, -cosine
    angle = float(np.arccos(min(1.0, cosine)))
    if angle < 1e-6:
        turn = a + (b - a) * share
    else:
        turn = a * np.sin((1.0 - share) * angle) + b * np.sin(share * angle)
    return standing(start[:3, 3] + (goal[:3, 3] - start[:3, 3]) * share, turn)


def _columns(row_matrix: object) -> Matrix:
    return np.array(np.asarray(row_matrix, dtype=np.float64).T)
