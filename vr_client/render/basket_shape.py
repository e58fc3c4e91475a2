"""A wire shopping basket made in code: rounded rims, upright and crossing wires, two handles."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.mesh import VERTEX

Points = NDArray[np.float64]

TOP: Final = (0.115, 0.175)
BOTTOM: Final = (0.090, 0.150)
DEEP_M: Final = 0.165
CORNER_M: Final = 0.045
"""Half width and half length of rim and floor, their depth apart, and how round corners are."""

RIM_M, WIRE_M, HANDLE_M, GRIP_M = 0.0042, 0.0017, 0.0034, 0.0085
HANDLE_HIGH_M: Final = 0.082
UPRIGHTS: Final = 44
CORNER_STEPS: Final = 6

# Colour; roughness, metallic, clearcoat and openness, as VERTEX has them.
_STEEL = (206, 209, 212, 255), (70, 255, 0, 235)
_TEAL = (13, 122, 112, 255), (105, 0, 200, 255)


def basket_mesh() -> tuple[NDArray[np.void], NDArray[np.uint32]]:
    """Vertices (n,) VERTEX and triangles (m,) u4; origin in the middle of the rim, long in z."""
    rim, floor = _loop(TOP, 0.0), _loop(BOTTOM, -DEEP_M)
    parts = [_tube(_closed(rim), RIM_M, 10, _TEAL)]
    rings = [rim + (floor - rim) * share for share in (0.30, 0.62)]
    parts += [_tube(_closed(ring), WIRE_M, 6, _STEEL) for ring in rings]
    parts.append(_tube(_closed(floor), WIRE_M * 1.5, 6, _STEEL))
    parts += [_tube(wire, WIRE_M, 6, _STEEL) for wire in _uprights(rim, floor)]
    parts += [_tube(wire, WIRE_M, 6, _STEEL) for wire in _floor_wires()]
    for side in (-1.0, 1.0):
        bow = _bow(side)
        parts.append(_tube(bow, HANDLE_M, 8, _STEEL))
        third = len(bow) // 3
        parts.append(_tube(bow[third : len(bow) - third], GRIP_M, 12, _TEAL))
    counts = np.cumsum([0, *(len(vertices) for vertices, _ in parts)])
    indices = [triangles + first for (_, triangles), first in zip(parts, counts, strict=False)]
    vertices = np.concatenate([vertices for vertices, _ in parts])
    return vertices, np.ascontiguousarray(np.concatenate(indices), dtype=np.uint32)


def _loop(half: tuple[float, float], height: float) -> Points:
    """A rectangle with round corners (n, 3), counter-clockwise seen from above, not closed."""
    quarter = np.linspace(0.0, np.pi / 2.0, CORNER_STEPS)
    corners = []
    for number, (x, z) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        turn = quarter + number * np.pi / 2.0
        middle = np.array([x * (half[0] - CORNER_M), height, z * (half[1] - CORNER_M)])
        ring = np.stack([np.cos(turn), np.zeros_like(turn), np.sin(turn)], axis=1) * CORNER_M
        corners.append(middle + ring)
    return np.concatenate(corners)


def _closed(loop: Points) -> Points:
    return np.concatenate([loop, loop[:1]])


def _spread(loop: Points, count: int) -> Points:
    """`count` points evenly along a closed loop."""
    closed = _closed(loop)
    steps = np.linalg.norm(np.diff(closed, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    wanted = np.linspace(0.0, along[-1], count, endpoint=False)
    return np.stack([np.interp(wanted, along, closed[:, axis]) for axis in range(3)], axis=1)


def _uprights(rim: Points, floor: Points) -> list[Points]:
    pairs = zip(_spread(rim, UPRIGHTS), _spread(floor, UPRIGHTS), strict=True)
    return [np.array([top, bottom]) for top, bottom in pairs]


def _floor_wires() -> list[Points]:
    half_x, half_z = BOTTOM
    inside = CORNER_M * 0.3
    across = [
        np.array([(-half_x, -DEEP_M, z), (half_x, -DEEP_M, z)])
        for z in np.linspace(-half_z + inside, half_z - inside, 11)
    ]
    along = [
        np.array([(x, -DEEP_M, -half_z), (x, -DEEP_M, half_z)])
        for x in np.linspace(-half_x + inside, half_x - inside, 6)
    ]
    return across + along


def _bow(side: float) -> Points:
    """A handle over the long way, leaning a little to its side."""
    turn = np.linspace(0.0, np.pi, 25)
    flat = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.55
    high = np.sin(turn) ** 0.55 * HANDLE_HIGH_M
    out = side * (TOP[0] * 0.18 + (TOP[0] * 0.82) * (1.0 - high / HANDLE_HIGH_M) * 0.25)
    return np.stack([out, high, flat * (TOP[1] - 0.004)], axis=1)


def _tube(
    line: Points,
    radius: float,
    sides: int,
    look: tuple[tuple[int, int, int, int], tuple[int, int, int, int]],
) -> tuple[NDArray[np.void], NDArray[np.int64]]:
    """A round wire along `line` (n, 3), open at its ends."""
    ahead = np.gradient(line, axis=0)
    if np.allclose(line[0], line[-1]):
        ahead[0] = ahead[-1] = line[1] - line[-2]
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    # The direction that the wire leads least into, so that no ring collapses.
    aside = np.eye(3)[np.abs(ahead).max(axis=0).argmin()]
    right = np.cross(ahead, aside)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    up = np.cross(right, ahead)
    turn = np.linspace(0.0, 2.0 * np.pi, sides, endpoint=False)
    normals = right[:, None] * np.cos(turn)[:, None] + up[:, None] * np.sin(turn)[:, None]
    vertices = np.zeros((len(line), sides), dtype=VERTEX)
    vertices["position"] = line[:, None] + normals * radius
    vertices["normal"] = normals
    vertices["colour"], vertices["surface"] = look
    ring = np.arange(len(line) - 1)[:, None] * sides
    here = np.arange(sides)[None]
    after = (here + 1) % sides
    a, b, c, d = ring + here, ring + after, ring + sides + here, ring + sides + after
    triangles = np.stack([a, c, b, b, c, d], axis=-1)
    return vertices.reshape(-1), triangles.reshape(-1)
