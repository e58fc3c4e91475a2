"""A glTF model as a `ProductMesh`: guarded, loaded by trimesh, flattened, its materials baked."""

import hashlib
import io
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.models.imported.container import Container, read_container, refuse
from store_scenes.models.imported.guard import TRIANGLES_MAX, guard
from store_scenes.models.imported.surfaces import Surface, bake, surface_of
from store_scenes.models.mesh import VERTEX, ProductMesh

EXTENT_M_MIN, EXTENT_M_MAX = 1e-5, 1e5

Array = NDArray[np.float64]


def source_sha256(path: Path, recipe: str) -> str:
    """A hash over `recipe`, the model and every file it names, in hex; changes when any does.

    Raises:
        Failure: as `read_container`.
    """
    container = read_container(path)
    digest = hashlib.sha256(recipe.encode())
    for name, data in (("", container.raw), *sorted(container.parts.items())):
        digest.update(f"\0{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def load_model(path: Path) -> ProductMesh:
    """Load a `.glb` or `.gltf`: its own size, centred at the middle of its base.

    Raises:
        Failure: one sentence that says why it cannot be taken and what to do.
    """
    container = read_container(path)
    guard(container)
    parts = _parts(path, _load(container), unlit=_is_unlit(container))
    if not parts:
        raise refuse(path, "shows no triangles", "export it again")
    surfaces = [surface for _p, _n, _i, surface in parts]
    art, placed = bake(path, surfaces)
    arrays = []
    for (position, normal, _indices, surface), (uv, colour) in zip(parts, placed, strict=True):
        vertices = np.zeros(len(position), VERTEX)
        vertices["position"], vertices["normal"], vertices["uv"] = position, normal, uv
        vertices["colour"] = np.clip(np.rint(colour), 0, 255)
        vertices["colour"][:, 3] = 255
        vertices["surface"] = (surface.roughness, surface.metallic, surface.clearcoat, 255)
        arrays.append(vertices)
    starts = np.cumsum([0] + [len(vertices) for vertices in arrays[:-1]])
    indices = np.concatenate(
        [part[2] + start for part, start in zip(parts, starts, strict=True)]
    ).astype(np.uint32)
    vertices = np.concatenate(arrays)
    low = vertices["position"].min(axis=0).astype(np.float64)
    high = vertices["position"].max(axis=0).astype(np.float64)
    if not EXTENT_M_MIN < float((high - low).max()) < EXTENT_M_MAX:
        raise refuse(path, f"is {float((high - low).max()):g} m large", "scale it to metres")
    vertices["position"] -= np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])
    return ProductMesh(vertices, indices, art)


def _load(container: Container) -> Any:
    import trimesh

    # Only what was read already; under both spellings, since trimesh decodes no "%20".
    beside = container.parts | {unquote(uri): data for uri, data in container.parts.items()}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return trimesh.load_scene(
                io.BytesIO(container.raw),
                file_type="glb" if container.raw[:4] == b"glTF" else "gltf",
                resolver=beside,
                process=False,
            )
    # trimesh documents no errors; whatever it raises on a damaged file is the same to a person.
    except Failure:
        raise
    except Exception as error:
        raise refuse(
            container.path, f"cannot be loaded ({type(error).__name__})", "export it again"
        ) from error


def _is_unlit(container: Container) -> bool:
    return "KHR_materials_unlit" in container.tree.get("extensionsUsed", [])


def _parts(
    path: Path, scene: Any, *, unlit: bool
) -> list[tuple[Array, Array, NDArray[np.int64], Surface]]:
    """Every placed primitive in scene space: positions, normals, indices and its surface."""
    parts = []
    total = 0
    for node in sorted(scene.graph.nodes_geometry):
        matrix, name = scene.graph[node]
        mesh = scene.geometry[name]
        faces = np.asarray(mesh.faces, np.int64)
        position = np.asarray(mesh.vertices, np.float64)
        total += len(faces)
        if len(faces) == 0:
            continue
        if total > TRIANGLES_MAX:
            raise refuse(path, f"has more than {TRIANGLES_MAX:,} triangles", "simplify it")
        if faces.min() < 0 or faces.max() >= len(position):
            raise refuse(path, "has triangle indices out of range", "export it again")
        if not np.isfinite(position).all() or not np.isfinite(matrix).all():
            raise refuse(path, "has positions that are not numbers", "export it again")
        linear = np.asarray(matrix[:3, :3], np.float64)
        turned = position @ linear.T + matrix[:3, 3]
        normal = _turned(_normals(mesh, position, faces), linear)
        if np.linalg.det(linear) < 0:
            # A mirror turns every triangle inside out.
            faces = faces[:, ::-1]
        surface = surface_of(path, mesh.visual, len(position), unlit=unlit)
        parts.append((turned, normal, faces.ravel(), surface))
    return parts


def _normals(mesh: Any, position: Array, faces: NDArray[np.int64]) -> Array:
    """The file's own normals, else smooth ones, weighted by area."""
    stored = mesh._cache["vertex_normals"]  # noqa: SLF001 - asking publicly computes, in O(n²)
    if stored is not None and len(stored) == len(position) and np.isfinite(stored).all():
        return np.asarray(stored, np.float64)
    corner = position[faces]
    cross = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    return np.stack(
        [
            np.bincount(faces.ravel(), np.repeat(cross[:, axis], 3), len(position))
            for axis in range(3)
        ],
        1,
    )


def _turned(normal: Array, linear: Array) -> Array:
    """Normals under `linear`: by the cofactor matrix, which a flat scale leaves defined.

    The cofactor turns them inwards when `linear` mirrors, hence the sign.
    """
    column = linear.T
    cofactor = np.stack([np.cross(column[i - 2], column[i - 1]) for i in range(3)], 1)
    sign = -1.0 if np.linalg.det(linear) < 0 else 1.0
    turned = normal @ cofactor.T * sign
    length = np.linalg.norm(turned, axis=1, keepdims=True)
    up = np.array([0.0, 1.0, 0.0])
    return np.asarray(np.where(length > 1e-12, turned / np.maximum(length, 1e-12), up))
