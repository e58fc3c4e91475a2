"""What lies beyond the shop front: pavement, road, trees, and a picture of the other side."""

from itertools import pairwise

import numpy as np

from store_scenes.compile.decor import Decor
from store_scenes.compile.room.hall import WALL_THICK, Hall
from store_scenes.fixtures.artwork import Artwork
from store_scenes.fixtures.fixture import Part
from store_scenes.fixtures.forms import tube
from store_scenes.fixtures.shapes import (
    Finish,
    bevelled_box,
    joined,
    panel,
    part_of,
    rod,
    yaw_matrix,
)

AWAY = 11.0
"""The picture stands this far from the front."""

ASIDE = 12.0
HIGH = 9.0
TILE_WIDE = 9.0
TILES_MAX = 8
PAVEMENT, ROAD = 3.4, 9.6
"""Where the near pavement and the road end, from the front."""

DAY = Finish((255, 255, 255), glow=255)
SKY = Finish((112, 170, 226), glow=255)
PAVED = Finish((198, 196, 190), roughness=220, glow=215)
KERB = Finish((170, 168, 162), roughness=220, glow=200)
ASPHALT = Finish((104, 106, 110), roughness=230, glow=215)
LINE = Finish((232, 232, 226), roughness=220, glow=215)
FAR_PAVED = Finish((184, 182, 176), roughness=220, glow=215)
TRUNK = Finish((104, 80, 60), roughness=230, glow=150)
LEAVES = (
    Finish((92, 146, 64), roughness=230, glow=170),
    Finish((112, 168, 78), roughness=230, glow=180),
    Finish((74, 124, 56), roughness=230, glow=160),
)
METAL = Finish((70, 76, 82), roughness=120, glow=120)
PLANTER = Finish((146, 120, 98), roughness=210, glow=140)


def lay_street(hall: Hall) -> list[Decor]:
    """The street as meshes around their own places, so that it is not drawn where unseen."""
    start = hall.reach + WALL_THICK
    half = hall.half + ASIDE
    parts = [_ground(start, half), *_things(hall, start)]
    decor = [_stood(hall, joined(parts), start + 2.0)]
    # Front and both sides as one picture folded at its corners, like a stage.
    fold = half - 5.0
    corners = [(-half, start), (-fold, start + AWAY), (fold, start + AWAY), (half, start)]
    total = sum(float(np.hypot(b[0] - a[0], b[1] - a[1])) for a, b in pairwise(corners))
    count = min(max(int(np.ceil(total / TILE_WIDE)), 3), TILES_MAX)
    aspect = round(total / HIGH, 3)
    run = 0.0
    for one, two in pairwise(corners):
        length = float(np.hypot(two[0] - one[0], two[1] - one[1]))
        for number in range(count):
            low, high = total * number / count, total * (number + 1) / count
            first, last = max(low, run), min(high, run + length)
            if last - first < 1e-6:
                continue
            art = Artwork("street", aspect=aspect, tile=(number, count))
            left = _between(one, two, (first - run) / length)
            right = _between(one, two, (last - run) / length)
            u0, u1 = ((at - low) / (high - low) * art.uv[2] for at in (first, last))
            # Seen from inside the shop, from where x grows to the left.
            face = panel((right[0], -0.05, right[1]), (left[0] - right[0], 0.0, left[1] - right[1]),
                         (0.0, HIGH, 0.0), DAY, uv=(u1, 0.0, u0, art.uv[3]))  # fmt: skip
            decor.append(_stood(hall, face, start + 2.0, art))
        run += length
    return decor


def _between(
    one: tuple[float, float], two: tuple[float, float], share: float
) -> tuple[float, float]:
    return (one[0] + (two[0] - one[0]) * share, one[1] + (two[1] - one[1]) * share)


def _stood(hall: Hall, part: Part, z: float, artwork: Artwork | None = None) -> Decor:
    """A mesh of the front's space about a place on the street."""
    vertices = part.vertices.copy()
    vertices["position"][:, 2] -= z
    place = yaw_matrix(hall.yaw) @ np.array([0.0, 0.0, z])
    return Decor(Part(vertices, part.indices), place[None, :], hall.yaw, artwork)


def _ground(start: float, half: float) -> Part:
    def strip(near: float, far: float, y: float, finish: Finish) -> Part:
        return panel((-half, y, start + far), (2 * half, 0.0, 0.0), (0.0, 0.0, near - far), finish)

    lines = [
        panel((x, -0.118, start + 6.56), (1.6, 0.0, 0.0), (0.0, 0.0, -0.12), LINE)
        for x in np.arange(-half, half - 1.6, 3.6).tolist()[:60]
    ]
    joints = [
        panel((x, -0.008, start + PAVEMENT), (0.012, 0.0, 0.0), (0.0, 0.0, -PAVEMENT), KERB)
        for x in np.arange(-half, half, 0.9).tolist()[:80]
    ]
    sky = panel((-half, HIGH - 0.06, start - 0.05), (2 * half, 0.0, 0.0), (0.0, 0.0, AWAY + 0.1),
                SKY)  # fmt: skip
    return joined([
        strip(-0.1, PAVEMENT, -0.01, PAVED),
        bevelled_box((-half, -0.13, start + PAVEMENT), (half, -0.005, start + PAVEMENT + 0.16),
                     0.01, KERB),
        strip(PAVEMENT + 0.1, ROAD, -0.12, ASPHALT),
        strip(ROAD, AWAY + 0.2, -0.02, FAR_PAVED),
        sky, *lines, *joints,
    ])  # fmt: skip


def _things(hall: Hall, start: float) -> list[Part]:
    """Two or three trees in their planters, bollards, a lamp."""
    parts: list[Part] = []
    spots = np.arange(-hall.half - 3.0, hall.half + 3.1, 5.4).tolist()[:10]
    for number, spot in enumerate(spots):
        z = start + 2.7
        x = spot + 1.9 if abs(spot - hall.door) < 1.6 else spot
        parts.append(tube((x, -0.02, z), (x, 0.36, z), 0.42, PLANTER, 14))
        parts.append(tube((x, 0.3, z), (x + 0.04, 2.3, z), 0.075, TRUNK, 8))
        for ball in range(9):
            angle = ball * 2.4 + number
            high = 2.5 + 0.22 * (ball % 5)
            out = 0.42 if ball % 5 < 4 else 0.1
            at = (x + out * np.cos(angle), high, z + out * np.sin(angle))
            parts.append(_ball(at, 0.48 - 0.03 * (ball % 4), LEAVES[(ball + number) % 3]))
    parts += [
        tube((x, -0.02, start + 1.9), (x, 0.75, start + 1.9), 0.055, METAL, 12)
        for x in (hall.door - 2.0, hall.door + 2.0)
    ]
    lamp = hall.door + 4.2
    parts.append(rod((lamp, -0.02, start + 3.1), 4.6, 0.05, METAL))
    parts.append(tube((lamp, 4.5, start + 3.1), (lamp - 0.9, 4.75, start + 3.1), 0.035, METAL))
    return parts


def _ball(at: tuple[float, float, float], radius: float, finish: Finish) -> Part:
    """A round clump of leaves, brighter above."""
    rings, sides = 5, 9
    polar = np.linspace(0.0, np.pi, rings + 1)
    turn = np.linspace(0.0, 2.0 * np.pi, sides, endpoint=False)
    p, t = np.meshgrid(polar, turn, indexing="ij")
    normals = np.stack([np.sin(p) * np.cos(t), np.cos(p), np.sin(p) * np.sin(t)], axis=-1)
    points = normals.reshape(-1, 3) * radius + np.array(at)
    row, column = (v.ravel() for v in np.meshgrid(np.arange(rings), np.arange(sides),
                                                  indexing="ij"))  # fmt: skip
    a, b = row * sides + column, row * sides + (column + 1) % sides
    quads = np.stack([a, b, b + sides, a, b + sides, a + sides], axis=1)
    made = part_of(points, normals.reshape(-1, 3), quads.ravel(), finish)
    light = 0.82 + 0.18 * made.vertices["normal"][:, 1:2]
    made.vertices["colour"][:, :3] = np.clip(made.vertices["colour"][:, :3] * light, 0, 255)
    return made
