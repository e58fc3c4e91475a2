"""A tiny store built by hand, so that pictures test the renderer and nothing else.

A room of 4 x 3 x 4 m, one shelf, boxes and cylinders on it, two labels, two ceiling panels.
"""

import numpy as np

from store_scenes.compile.scene import (
    ART_KEY_BYTES,
    CEILING_PANEL,
    CELL,
    DRAW,
    INSTANCE,
    LABEL,
    LEVELS,
    MESH,
    SOLID,
    AisleLine,
    SceneDescription,
)
from store_scenes.models.mesh import ART_SIZE, FAR_SIZE, VERTEX

ROOM = ((-2.0, 0.0, -2.0), (2.0, 3.0, 2.0))
SHELF_Y = 0.90


def box(size, colour, surface, *, inward=False):
    """A box on y = 0, middle at the origin in x and z; `inward` turns it into a room."""
    half = np.array(size, dtype=float) / 2
    vertices, indices = [], []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal = np.zeros(3)
            normal[axis] = sign
            u = np.roll(normal, 1) * sign
            v = np.cross(normal, u)
            corners = [
                (normal + u * a + v * b) * half + (0, half[1], 0)
                for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
            ]
            start = len(vertices)
            for corner, uv in zip(corners, ((0, 1), (1, 1), (1, 0), (0, 0)), strict=True):
                vertices.append((corner, normal * (-1 if inward else 1), uv, colour, surface))
            order = (0, 2, 1, 0, 3, 2) if inward else (0, 1, 2, 0, 2, 3)
            indices += [start + i for i in order]
    return np.array(vertices, dtype=VERTEX), np.array(indices, dtype=np.uint32)


def cylinder(radius, height, colour, surface, sides=24):
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    rows, indices = [], []
    for y in (0.0, height):
        rows += [
            ((radius * np.sin(t), y, radius * np.cos(t)), (np.sin(t), 0, np.cos(t)),
             (i / sides, 1 - y / height), colour, surface)
            for i, t in enumerate(turn)
        ]  # fmt: skip
    for i in range(sides):
        a, b, c, d = i, i + 1, sides + 1 + i, sides + 2 + i
        indices += [a, b, d, a, d, c]
    top = len(rows)
    rows.append(((0, height, 0), (0, 1, 0), (0.5, 0.5), colour, surface))
    rows += [
        ((radius * np.sin(t), height, radius * np.cos(t)), (0, 1, 0), (0.5, 0.5), colour, surface)
        for t in turn
    ]
    for i in range(sides):
        indices += [top, top + 1 + i, top + 2 + i]
    return np.array(rows, dtype=VERTEX), np.array(indices, dtype=np.uint32)


def art_layers():
    """White; then a label with stripes; then a checkerboard."""
    layers = np.full((3, ART_SIZE, ART_SIZE, 4), 255, dtype=np.uint8)
    layers[1, :, :, :3] = (226, 60, 48)
    layers[1, 150:330, :, :3] = (250, 246, 236)
    layers[1, 200:230, 100:400, :3] = (30, 40, 60)
    squares = (np.indices((ART_SIZE, ART_SIZE)) // 64).sum(axis=0) % 2 == 0
    layers[2, squares, :3] = (24, 110, 190)
    return layers


def assemble(parts, *, labels=True, ceiling=True, shift=0.0):
    """parts: (vertices, indices, [(position, art layer, occlusion, for sale)])."""
    vertices, indices, meshes, instances, bounds, product_of, draws = [], [], [], [], [], [], []
    first_vertex = first_index = 0
    for number, (v, i, places) in enumerate(parts):
        low, high = v["position"].min(axis=0), v["position"].max(axis=0)
        coarse = (first_index,) * LEVELS, (len(i),) * LEVELS
        meshes.append((first_index, len(i), first_vertex, low, high, *coarse))
        first = len(instances)
        for position, layer, occlusion, for_sale in places:
            at = np.array(position, dtype=float)
            if for_sale:
                at[0] += shift
            instances.append((at, (0, 0, 0, 1), layer, len(instances), occlusion))
            bounds.append((low + at, high + at))
            product_of.append(number if for_sale else -1)
        around = np.array(bounds[first:])
        draws.append(
            (number, first, len(places), 0, around[:, 0].min(axis=0), around[:, 1].max(axis=0))
        )
        vertices.append(v)
        indices.append(i)
        first_vertex += len(v)
        first_index += len(i)
    bounds = np.array(bounds, dtype=np.float32)
    cells = np.array(
        [(bounds[:, 0].min(axis=0), bounds[:, 1].max(axis=0), 0, len(draws))], dtype=CELL
    )
    label_rows = [
        ((x, SHELF_Y - 0.02, 0.2525), (1, 0, 0), (0, 1, 0), (0.075, 0.038), 0) for x in (-0.3, 0.2)
    ]
    lamps = [((x, 3.0, 0.0), (0.25, 1.2)) for x in (-1.0, 1.0)]
    return SceneDescription(
        version="test",
        vertices=np.concatenate(vertices),
        indices=np.concatenate(indices),
        meshes=np.array(meshes, dtype=MESH),
        instances=np.array(instances, dtype=INSTANCE),
        bounds=bounds,
        product_of=np.array(product_of, dtype=np.int32),
        cells=cells,
        draws=np.array(draws, dtype=DRAW),
        labels=np.array(label_rows if labels else [], dtype=LABEL),
        solids=np.array([((-0.6, 0.0, -0.25), (0.6, SHELF_Y, 0.25))], dtype=SOLID),
        ceiling=np.array(lamps if ceiling else [], dtype=CEILING_PANEL),
        boards=np.zeros((0, 2, 3), dtype=np.float32),
        signs=art_layers(),
        art_far=np.full((len(parts), FAR_SIZE, FAR_SIZE, 4), 255, dtype=np.uint8),
        art_keys=np.arange(len(parts) * ART_KEY_BYTES, dtype=np.uint8).reshape(len(parts), -1),
        skus=tuple(f"SKU-{n}" for n in range(len(parts))),
        aisles=(AisleLine("a", {"en": "Aisle"}, (-1.0, 0.0), (1.0, 0.0)),),
        room=ROOM,
        entrance=(0.0, 1.5, 0.0),
    )


def small_scene(shift=0.0):
    """`shift` moves the goods along x by that many metres: the picture that must fail."""
    plain = (120, 0, 0, 255)
    room = box((4.0, 3.0, 4.0), (205, 203, 198, 255), (190, 0, 0, 255), inward=True)
    shelf = box((1.2, SHELF_Y, 0.5), (66, 70, 78, 255), (110, 0, 0, 255))
    carton = box((0.10, 0.16, 0.06), (255, 255, 255, 255), plain)
    tin = cylinder(0.033, 0.12, (255, 255, 255, 255), (60, 0, 255, 255))
    metal = cylinder(0.04, 0.09, (200, 160, 70, 255), (70, 255, 0, 255))
    return assemble(
        [
            (*room, [((0, 0, 0), 0, 1.0, False)]),
            (*shelf, [((0, 0, 0), 0, 1.0, False)]),
            (*carton, [((-0.42 + 0.12 * n, SHELF_Y, 0.15), 1, 1.0, True) for n in range(3)]),
            (*tin, [((0.02 + 0.08 * n, SHELF_Y, 0.15), 2, 1.0, True) for n in range(3)]),
            (*metal, [((0.35 + 0.1 * n, SHELF_Y, 0.12), 0, 0.9, True) for n in range(2)]),
        ],
        shift=shift,
    )
