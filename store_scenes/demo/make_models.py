"""Make the demo store's GLB models: `python -m store_scenes.demo.make_models [FOLDER]`.

Turned and swept surfaces, metres, origin in the middle of the base, front along +z. The files
are committed; a test makes them again and compares the geometry.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray

from store_scenes.demo import demo_store

Points = NDArray[np.float64]
Rgba = tuple[int, int, int, int]

PORCELAIN: Rgba = (243, 240, 232, 255)
CELADON: Rgba = (158, 190, 168, 255)
COBALT: Rgba = (44, 74, 140, 255)
PAPER: Rgba = (246, 232, 202, 255)
WALNUT: Rgba = (92, 61, 40, 255)


def _grid_faces(rows: int, columns: int) -> NDArray[np.int64]:
    """Two triangles a cell of a (rows, columns) grid that closes around its columns."""
    row, column = np.mgrid[0 : rows - 1, 0:columns]
    beside = (column + 1) % columns
    a, b = row * columns + column, row * columns + beside
    c, d = a + columns, b + columns
    return np.concatenate(
        [np.stack([a, c, b], -1).reshape(-1, 3), np.stack([b, c, d], -1).reshape(-1, 3)]
    )


def turned(profile: Sequence[tuple[float, float]], segments: int = 40) -> trimesh.Trimesh:
    """Turn (radius, height) points, bottom to top, around the y axis."""
    points = np.asarray(profile, dtype=np.float64)
    angle = np.linspace(0.0, 2.0 * np.pi, segments, endpoint=False)
    ring = np.stack([np.sin(angle), np.cos(angle)], -1)
    around = points[:, None, :1] * ring[None]
    height = np.broadcast_to(points[:, None, 1:], (len(points), segments, 1))
    vertices = np.concatenate([around[..., :1], height, around[..., 1:]], -1).reshape(-1, 3)
    return _closed(vertices, _grid_faces(len(points), segments))


def swept(path: Points, radii: Sequence[float], segments: int = 16) -> trimesh.Trimesh:
    """Sweep a circle along a path (n, 3) in a plane of constant z, with open ends capped small."""
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    out = np.array([0.0, 0.0, 1.0])
    side = np.cross(tangent, out)
    angle = np.linspace(0.0, 2.0 * np.pi, segments, endpoint=False)
    radius = np.asarray(radii, dtype=np.float64)[:, None, None]
    ring = np.cos(angle)[None, :, None] * side[:, None] + np.sin(angle)[None, :, None] * out
    vertices = (path[:, None] + radius * ring).reshape(-1, 3)
    return _closed(vertices, _grid_faces(len(path), segments))


def _closed(vertices: Points, faces: NDArray[np.int64]) -> trimesh.Trimesh:
    """Merge, drop the needles where a ring has radius 0, and face outwards."""
    mesh = trimesh.Trimesh(vertices=vertices, faces=faces, process=True)
    mesh.merge_vertices(digits_vertex=7)
    mesh.update_faces(mesh.nondegenerate_faces())
    mesh.remove_unreferenced_vertices()
    if mesh.volume < 0.0:
        mesh.invert()
    return mesh


def _painted(mesh: trimesh.Trimesh, colour: Rgba, roughness: float) -> trimesh.Trimesh:
    material = trimesh.visual.material.PBRMaterial(
        baseColorFactor=colour, metallicFactor=0.0, roughnessFactor=roughness
    )
    mesh.visual = trimesh.visual.TextureVisuals(
        uv=np.zeros((len(mesh.vertices), 2)), material=material
    )
    return mesh


def teapot() -> trimesh.Scene:
    """A white porcelain teapot with a cobalt knob, 210 x 140 x 130 mm."""
    body = turned(
        [
            (0.0, 0.0), (0.036, 0.0), (0.038, 0.004), (0.054, 0.020), (0.0632, 0.042),
            (0.065, 0.060), (0.061, 0.080), (0.050, 0.097), (0.036, 0.107), (0.034, 0.110),
            (0.033, 0.113), (0.022, 0.120), (0.010, 0.1235), (0.0, 0.124),
        ]
    )  # fmt: skip
    knob = turned([(0.0, 0.122), (0.006, 0.123), (0.011, 0.131), (0.008, 0.138), (0.0, 0.140)], 24)
    t = np.linspace(0.0, 1.0, 14)
    spout_path = np.stack([0.050 + 0.052 * t, 0.042 + 0.070 * t**1.6, np.zeros_like(t)], -1)
    spout = swept(spout_path, list(0.0165 - 0.0095 * t))
    turn = np.linspace(0.30, 1.70, 22) * np.pi
    handle_path = np.stack(
        [-0.068 + 0.032 * np.cos(turn), 0.066 + 0.036 * np.sin(turn), np.zeros_like(turn)], -1
    )
    handle = swept(handle_path, [0.0058] * len(turn), 12)
    return _scene(
        {
            "body": _painted(body, PORCELAIN, 0.22),
            "spout": _painted(spout, PORCELAIN, 0.22),
            "handle": _painted(handle, PORCELAIN, 0.22),
            "knob": _painted(knob, COBALT, 0.2),
        },
        (0.210, 0.140, 0.130),
    )


def mug() -> trimesh.Scene:
    """A celadon mug with a wall and an inside, 118 x 98 x 86 mm."""
    body = turned(
        [
            (0.0, 0.0), (0.030, 0.0), (0.033, 0.003), (0.040, 0.020), (0.0425, 0.050),
            (0.043, 0.096), (0.0415, 0.098), (0.040, 0.096), (0.0395, 0.050), (0.036, 0.018),
            (0.028, 0.008), (0.0, 0.007),
        ]
    )  # fmt: skip
    turn = np.linspace(0.55, -0.55, 20) * np.pi
    path = np.stack(
        [0.041 + 0.029 * np.cos(turn), 0.051 + 0.028 * np.sin(turn), np.zeros_like(turn)], -1
    )
    handle = swept(path, [0.005] * len(turn), 12)
    return _scene(
        {"body": _painted(body, CELADON, 0.25), "handle": _painted(handle, CELADON, 0.25)},
        (0.118, 0.098, 0.086),
    )


def lantern() -> trimesh.Scene:
    """A ribbed paper lantern on a walnut foot, 180 x 300 x 180 mm."""
    foot = turned([(0.0, 0.0), (0.058, 0.0), (0.060, 0.004), (0.060, 0.018), (0.056, 0.024),
                   (0.0, 0.024)])  # fmt: skip
    rise = np.linspace(0.0, 1.0, 41)
    swell = 0.052 + 0.036 * np.sin(np.pi * rise) ** 0.8 + 0.0019 * np.cos(rise * 20.0 * np.pi)
    shade = turned([(0.0, 0.024), *zip(swell, 0.024 + 0.262 * rise, strict=True), (0.0, 0.286)], 28)
    ring = turned([(0.0, 0.286), (0.030, 0.286), (0.032, 0.290), (0.030, 0.300), (0.0, 0.300)])
    return _scene(
        {
            "foot": _painted(foot, WALNUT, 0.5),
            "shade": _painted(shade, PAPER, 0.85),
            "ring": _painted(ring, WALNUT, 0.5),
        },
        (0.180, 0.300, 0.180),
    )


def _scene(
    parts: dict[str, trimesh.parent.Geometry], size_m: tuple[float, float, float]
) -> trimesh.Scene:
    """Put parts together so that their common box is exactly `size_m`, standing on y = 0."""
    scene = trimesh.Scene(parts)
    low, high = scene.bounds
    fit = np.eye(4)
    fit[:3, :3] = np.diag(np.asarray(size_m) / (high - low))
    middle = (low + high) / 2.0
    fit[:3, 3] = -fit[:3, :3] @ np.array([middle[0], low[1], middle[2]])
    for part in parts.values():
        part.apply_transform(fit)
    return trimesh.Scene(parts)


MODELS = {"teapot": teapot, "mug": mug, "lantern": lantern}


def make_models(folder: Path) -> None:
    """Write every model of the demo store as GLB into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in MODELS.items():
        (folder / f"{name}.glb").write_bytes(make().export(file_type="glb"))


if __name__ == "__main__":
    make_models(Path(sys.argv[1]) if len(sys.argv) > 1 else demo_store() / "models")
