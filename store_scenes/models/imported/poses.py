"""Where the nodes of a glTF scene are: matrices, instances, skins at rest, animation tracks.

Matrices are 4×4 and multiply column vectors: `world = parent @ own`.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from store_scenes.models.imported.accessors import Accessors, Floats, entry
from store_scenes.models.imported.container import Container, Tree, refuse

DEPTH_MAX = 128
PLACES_MAX = 20_000
INSTANCING = "EXT_mesh_gpu_instancing"
CHANNELS_MAX = 2_000
KEYS_MAX = 1_000_000

_PATHS = {"translation": 3, "rotation": 4, "scale": 3}


class Track(msgspec.Struct, frozen=True):
    """One node's move: times (n,) f4 seconds; values (n, 3 or 4) f4, quaternions as x, y, z, w.

    `interpolation` is LINEAR, STEP or CUBICSPLINE; with the last `values` are (3n, …) in-tangents,
    values and out-tangents, one after another.
    """

    node: int
    path: str
    interpolation: str
    times: NDArray[np.float32]
    values: NDArray[np.float32]


class Animation(msgspec.Struct, frozen=True):
    """A named move of some nodes."""

    name: str
    duration_s: float
    tracks: tuple[Track, ...]


class Placed(msgspec.Struct, frozen=True):
    """One mesh in the scene: its node, where it is, and its node's weights for morph targets."""

    node: int
    mesh: int
    world: Floats
    skin: int | None
    weights: tuple[float, ...]


def own_matrix(node: Tree) -> Floats:
    """A node's transform in its parent's frame.

    Raises:
        ValueError, TypeError: it says none that is one.
    """
    if "matrix" in node:
        return _array(node["matrix"], 16).reshape(4, 4).T.copy()
    return trs(
        _array(node.get("translation", (0.0, 0.0, 0.0)), 3),
        _array(node.get("rotation", (0.0, 0.0, 0.0, 1.0)), 4),
        _array(node.get("scale", (1.0, 1.0, 1.0)), 3),
    )


def trs(translation: Floats, rotation: Floats, scale: Floats) -> Floats:
    """The matrix of a translation, a quaternion x, y, z, w, and a scale."""
    length = float(np.linalg.norm(rotation))
    x, y, z, w = rotation / length if length > 1e-9 else (0.0, 0.0, 0.0, 1.0)
    turn = np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ])  # fmt: skip
    matrix = np.eye(4)
    matrix[:3, :3] = turn * scale
    matrix[:3, 3] = translation
    return matrix


def _array(value: Any, count: int) -> Floats:
    array = np.array(value, np.float64)
    if array.shape != (count,) or not np.isfinite(array).all():
        raise ValueError(f"a transform that is not {count} numbers")
    return array


def walk(container: Container) -> dict[int, Floats]:
    """The world matrix of every node of the scene that is shown.

    Raises:
        Failure: no such scene, nodes that contain themselves, or more than `PLACES_MAX`.
        ValueError, TypeError, KeyError: what is no node.
    """
    tree, path = container.tree, container.path
    if not tree.get("scenes"):
        raise refuse(path, "has no scene with a mesh in it", "export it again")
    scene = entry(tree, "scenes", tree.get("scene", 0))
    worlds: dict[int, Floats] = {}
    stack = [(root, np.eye(4), 1) for root in scene.get("nodes", [])]
    while stack:
        index, parent, depth = stack.pop()
        node = entry(tree, "nodes", index)
        if depth > DEPTH_MAX or index in worlds or len(worlds) > PLACES_MAX:
            raise refuse(path, "has nodes that contain themselves", "export it again")
        worlds[index] = parent @ own_matrix(node)
        stack.extend((child, worlds[index], depth + 1) for child in node.get("children", []))
    return worlds


def placed(
    container: Container, accessors: Accessors, worlds: dict[int, Floats]
) -> Iterator[Placed]:
    """Every mesh where it stands, in the order of nodes; instances each for themselves.

    Raises:
        Failure: more than `PLACES_MAX` of them.
        ValueError, TypeError, KeyError: what is no node.
    """
    count = 0
    for index in sorted(worlds):
        node = entry(container.tree, "nodes", index)
        if "mesh" not in node:
            continue
        mesh = node["mesh"]
        weights = node.get("weights") or entry(container.tree, "meshes", mesh).get("weights") or ()
        told = tuple(float(weight) for weight in weights)
        skin = node.get("skin")
        extension = (node.get("extensions") or {}).get(INSTANCING)
        matrices = [np.eye(4)] if extension is None else _instances(accessors, extension)
        count += len(matrices)
        if count > PLACES_MAX:
            raise refuse(container.path, f"repeats its parts more than {PLACES_MAX:,} times",
                         "simplify it")  # fmt: skip
        for matrix in matrices:
            yield Placed(index, mesh, worlds[index] @ matrix, skin, told)


def _instances(accessors: Accessors, extension: Tree) -> list[Floats]:
    told = extension["attributes"]
    parts = {
        name: accessors.numbers(told[name], width)
        for name, width in (("TRANSLATION", 3), ("ROTATION", 4), ("SCALE", 3))
        if name in told
    }
    if not parts:
        return [np.eye(4)]
    count = min(len(rows) for rows in parts.values())
    still = np.zeros((count, 3))
    upright = np.tile([0.0, 0.0, 0.0, 1.0], (count, 1))
    moves, turns, sizes = (
        parts.get("TRANSLATION", still), parts.get("ROTATION", upright),
        parts.get("SCALE", still + 1.0),
    )  # fmt: skip
    return [trs(moves[n], turns[n], sizes[n]) for n in range(count)]


def skin_matrices(
    container: Container, accessors: Accessors, skin: int, worlds: dict[int, Floats]
) -> Floats:
    """(joints, 4, 4) matrices that carry a skin's vertices into the scene, at rest.

    Raises:
        ValueError, TypeError, KeyError: what is no skin.
        Failure: its matrices are beyond their buffer.
    """
    told = entry(container.tree, "skins", skin)
    joints = told["joints"]
    matrices = np.array([worlds.get(joint, np.eye(4)) for joint in joints])
    if "inverseBindMatrices" in told:
        inverse = accessors.numbers(told["inverseBindMatrices"], 16)
        if len(inverse) < len(joints):
            raise ValueError("a skin with fewer matrices than joints")
        matrices = matrices @ inverse[: len(joints)].reshape(-1, 4, 4).transpose(0, 2, 1)
    return matrices


def animations(container: Container, accessors: Accessors) -> tuple[Animation, ...]:
    """Every animation of nodes, as tracks.

    Raises:
        Failure: beyond its buffers, or with more than `CHANNELS_MAX` channels or `KEYS_MAX` keys.
        ValueError, TypeError, KeyError: what is no animation.
    """
    found = []
    for number, told in enumerate(container.tree.get("animations") or []):
        channels = told.get("channels") or []
        if len(channels) > CHANNELS_MAX:
            raise refuse(container.path, f"has more than {CHANNELS_MAX:,} moves", "simplify it")
        tracks = []
        for channel in channels:
            target = channel["target"]
            if target.get("path") not in _PATHS or "node" not in target:
                continue  # morph weights, and what extensions point at
            sampler = told["samplers"][channel["sampler"]]
            times = accessors.numbers(sampler["input"], 1)[:, 0]
            values = accessors.numbers(sampler["output"], _PATHS[target["path"]])
            interpolation = sampler.get("interpolation", "LINEAR")
            each = 3 if interpolation == "CUBICSPLINE" else 1
            if len(values) < len(times) * each or len(times) > KEYS_MAX:
                raise ValueError("an animation with fewer values than times")
            tracks.append(Track(
                target["node"], target["path"], interpolation, times.astype(np.float32),
                values[: len(times) * each].astype(np.float32),
            ))  # fmt: skip
        duration = max((float(track.times.max()) for track in tracks), default=0.0)
        if tracks:
            name = str(told.get("name") or f"animation {number + 1}")[:80]
            found.append(Animation(name, duration, tuple(tracks)))
    return tuple(found)
