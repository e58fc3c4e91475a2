"""Refuses glTF that would load silently wrong, or that claims more than it may.

trimesh 5 lets all of these through: unknown required extensions, quantised or meshopt-packed
geometry without its scale, instancing, skins at rest, node cycles, accessors beyond their buffer,
NaN positions and indices out of range.
"""

from pathlib import Path
from typing import Any

import numpy as np

from store_scenes.models.imported.container import Container, Tree, refuse

TRIANGLES_MAX = 2_000_000
NODES_MAX = 20_000
DEPTH_MAX = 128
MESHES_MAX = 10_000
PLACES_MAX = 100_000

READ = frozenset(
    {"KHR_draco_mesh_compression", "KHR_materials_unlit", "EXT_texture_webp"},
)
"""Required extensions that are really read."""

_WRONG_WHEN_IGNORED = {
    "EXT_meshopt_compression": (
        "is packed with meshopt",
        "export it with Draco or without compression",
    ),
    "KHR_meshopt_compression": (
        "is packed with meshopt",
        "export it with Draco or without compression",
    ),
    "KHR_mesh_quantization": ("has quantised positions", "export it with 32-bit positions"),
    "KHR_texture_basisu": ("has Basis Universal textures", "export it with PNG or JPEG textures"),
    "EXT_mesh_gpu_instancing": (
        "repeats parts by GPU instancing",
        "export it with its instances as nodes",
    ),
    "KHR_texture_transform": (
        "moves its textures by KHR_texture_transform",
        "bake the texture coordinates",
    ),
}

_COMPONENT_BYTES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
_INDEX_TYPES = {5121: np.uint8, 5123: np.uint16, 5125: np.uint32}
_WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}


def guard(container: Container) -> None:
    """Look at the JSON and at the raw accessors before anything is decoded.

    Raises:
        Failure: one sentence that says what the model has and what to do.
    """
    tree, path = container.tree, container.path
    _extensions(path, tree)
    try:
        _accessors(container)
        triangles = [_mesh(container, mesh) for mesh in _list(tree, "meshes", MESHES_MAX)]
        _scene(path, tree, triangles)
    except (TypeError, KeyError, IndexError, ValueError, AttributeError) as error:
        raise refuse(path, f"is not valid glTF ({type(error).__name__}: {error})",
                     "export it again") from error  # fmt: skip


def _extensions(path: Path, tree: Tree) -> None:
    required = [str(name) for name in tree.get("extensionsRequired", [])]
    used = [str(name) for name in tree.get("extensionsUsed", [])]
    for name in (*required, *used):
        if name in _WRONG_WHEN_IGNORED:
            raise refuse(path, *_WRONG_WHEN_IGNORED[name])
    unknown = sorted(set(required) - READ)
    if unknown:
        raise refuse(
            path,
            f"requires {', '.join(unknown)}, which is not supported",
            "export it without that extension",
        )


def _list(tree: Tree, key: str, most: int = 1_000_000) -> list[Tree]:
    items = tree.get(key, [])
    if not isinstance(items, list) or len(items) > most:
        raise ValueError(f'"{key}" has more than {most} entries')
    return items


def _accessors(container: Container) -> None:
    for index, accessor in enumerate(_list(container.tree, "accessors", 100_000)):
        if "sparse" in accessor:
            raise refuse(container.path, "has sparse accessors", "export it without morph targets")
        if "bufferView" in accessor:
            _extent(container, accessor, index)


def _extent(container: Container, accessor: Tree, index: int) -> tuple[bytes, int, int]:
    """The buffer, first byte and stride of an accessor that lies inside its buffer."""
    tree = container.tree
    size = _COMPONENT_BYTES[accessor["componentType"]] * _WIDTH[accessor["type"]]
    view = _list(tree, "bufferViews")[_index(accessor["bufferView"])]
    stride = int(view.get("byteStride", size))
    offset, count = int(accessor.get("byteOffset", 0)), int(accessor["count"])
    start, length = int(view.get("byteOffset", 0)), int(view["byteLength"])
    data = container.buffers[_index(view["buffer"])]
    last = offset + (count - 1) * stride + size
    bad = min(offset, start, length, stride - size) < 0 or count < 1
    if bad or last > length or start + length > len(data):
        raise refuse(
            container.path,
            f"has an accessor {index} of {count} elements beyond its buffer",
            "export it again",
        )
    return data, start + offset, stride


def _index(value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no index")
    return value


def _mesh(container: Container, mesh: Tree) -> int:
    """The number of triangles of one mesh."""
    total = 0
    for primitive in mesh["primitives"]:
        if primitive.get("mode", 4) != 4:
            raise refuse(
                container.path, "has points, lines or strips", "export it as plain triangles"
            )
        accessors = _list(container.tree, "accessors")
        position = accessors[_index(primitive["attributes"]["POSITION"])]
        if position["type"] != "VEC3" or position["componentType"] != 5126:
            raise refuse(container.path, "has positions that are no 32-bit floats",
                         "export it with 32-bit positions")  # fmt: skip
        packed = "KHR_draco_mesh_compression" in primitive.get("extensions", {})
        if not packed:
            _check_positions(container, primitive, position)
        count = int(position["count"])
        if "indices" in primitive:
            indices = accessors[_index(primitive["indices"])]
            if not packed:
                _check_indices(container, primitive, indices, count)
            count = int(indices["count"])
        total += count // 3
        if not 0 <= total <= TRIANGLES_MAX:
            raise _too_many(container.path)
    return total


def _too_many(path: Path) -> Exception:
    return refuse(path, f"has more than {TRIANGLES_MAX:,} triangles", "simplify it")


def _check_positions(container: Container, primitive: Tree, accessor: Tree) -> None:
    data, start, stride = _extent(container, accessor, primitive["attributes"]["POSITION"])
    rows = np.ndarray(
        (int(accessor["count"]), 3), "<f4", buffer=data, offset=start, strides=(stride, 4)
    )
    if not np.isfinite(rows).all():
        raise refuse(container.path, "has positions that are not numbers", "export it again")


def _check_indices(container: Container, primitive: Tree, accessor: Tree, vertices: int) -> None:
    data, start, stride = _extent(container, accessor, primitive["indices"])
    kind = np.dtype(_INDEX_TYPES[accessor["componentType"]]).newbyteorder("<")
    values = np.ndarray((int(accessor["count"]),), kind, buffer=data, offset=start, strides=stride)
    if int(values.max()) >= vertices:
        raise refuse(container.path, "has triangle indices out of range", "export it again")


def _scene(path: Path, tree: Tree, triangles: list[int]) -> None:
    """Walk the scene that is shown: no cycles, no depth without end, triangles as drawn."""
    nodes = _list(tree, "nodes", NODES_MAX)
    scenes = _list(tree, "scenes")
    if not scenes or not triangles:
        raise refuse(path, "has no scene with a mesh in it", "export it again")
    if tree.get("scene", 0) != 0:
        raise refuse(path, "shows another scene than its first", "export only the scene wanted")
    stack = [(_index(root), 1) for root in scenes[0].get("nodes", [])]
    drawn = places = 0
    while stack:
        index, depth = stack.pop()
        node = nodes[index]
        places += 1
        if depth > DEPTH_MAX or places > PLACES_MAX:
            raise refuse(path, "has nodes that contain themselves", "export it again")
        if "skin" in node:
            raise refuse(path, "is posed by a skeleton", "export it with its pose applied")
        if "mesh" in node:
            mesh = _index(node["mesh"])
            drawn += triangles[mesh]
            weights = node.get("weights") or _list(tree, "meshes")[mesh].get("weights")
            if any(weights or ()):
                raise refuse(path, "is shaped by morph targets", "export it with them applied")
        if drawn > TRIANGLES_MAX:
            raise _too_many(path)
        stack.extend((_index(child), depth + 1) for child in node.get("children", []))
    if drawn == 0:
        raise refuse(path, "shows no triangles", "export it again")
