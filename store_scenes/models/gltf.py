"""A model of the merchant's as a `ProductMesh`: guarded, trimesh meshes, its materials baked.

glTF is decoded beside trimesh (`imported.plain`), which is silently wrong on much of it, and handed
over as plain meshes; OBJ, STL and PLY are read by trimesh itself.
"""

import io
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import numpy as np
from numpy.typing import NDArray

from store_scenes.models.imported.container import Container, read_container, refuse
from store_scenes.models.imported.features import notes_of, refused_extensions
from store_scenes.models.imported.other import SUFFIXES, read_other
from store_scenes.models.imported.plain import Material, Plain, plain
from store_scenes.models.imported.poses import Animation
from store_scenes.models.imported.surfaces import Surface, bake, surface_of
from store_scenes.models.mesh import VERTEX, ProductMesh

EXTENT_M_MIN, EXTENT_M_MAX = 1e-5, 1e5

Array = NDArray[np.float64]


class Imported(msgspec.Struct, frozen=True):
    """A model as it was read. `bounds_m` are those of the file, before it is set on its base.

    `stored` counts triangles once a mesh, however often it stands. `nodes` says for each animated
    node which vertices move with it, as (first, count).
    """

    mesh: ProductMesh
    bounds_m: tuple[tuple[float, float, float], tuple[float, float, float]]
    stored: int
    materials: int
    textures: int
    animations: tuple[Animation, ...] = ()
    nodes: dict[int, tuple[tuple[int, int], ...]] = {}
    warnings: tuple[str, ...] = ()


def model_files(path: Path) -> dict[str, bytes]:
    """Every file of a model by its name beside it; the model itself is named "".

    Raises:
        Failure: a file cannot be read.
    """
    if path.suffix.lower() in SUFFIXES:
        return read_other(path)[1]
    container = read_container(path)
    return {"": container.raw} | {unquote(uri): data for uri, data in container.parts.items()}


def load_model(path: Path) -> ProductMesh:
    """Load a model: its own size, centred at the middle of its base.

    Raises:
        Failure: one sentence that says why it cannot be taken and what to do.
    """
    return import_model(path).mesh


def import_model(path: Path, scene: int | None = None) -> Imported:
    """Load a model with everything that is known of it; `scene` shows another than the file says.

    Raises:
        Failure: one sentence that says why it cannot be taken and what to do.
    """
    if path.suffix.lower() in SUFFIXES:
        loaded, _ = read_other(path)
        graph = loaded.graph
        standing = [
            (str(node), graph[node][0], loaded.geometry[graph[node][1]])
            for node in sorted(graph.nodes_geometry)
        ]
        return _built(path, standing, None, ())
    container = read_container(path)
    if scene is not None:
        container.tree["scene"] = scene
    unknown = refused_extensions(container.tree)
    if unknown:
        raise refuse(
            path, f"requires {', '.join(unknown[:4])}, which is not supported",
            "export it without that extension",
        )  # fmt: skip
    made = plain(container)
    return _built(path, _standing(container, made), made, tuple(notes_of(container.tree)))


Standing = list[tuple[str, Array, Any]]
"""A name, where it stands (4, 4), and the trimesh mesh."""


def _standing(container: Container, made: Plain) -> Standing:
    """Trimesh meshes of what was made plain; parts are named by their place in the order.

    A list and no `trimesh.Scene`: that takes 2 ms a place, which 20,000 places turn into 40 s.
    """
    import trimesh
    from PIL import Image
    from trimesh.visual.material import PBRMaterial

    standing: Standing = []
    held = []
    images: dict[int, Any] = {}  # by the picture, which several materials may share
    for material in made.materials:
        image = images.get(id(material.picture))
        if material.picture and image is None:
            try:
                image = Image.open(io.BytesIO(material.picture))
                image.load()
            except (OSError, ValueError, SyntaxError):
                raise refuse(
                    container.path, "has a picture that does not read", "export it again"
                ) from None
            images[id(material.picture)] = image
        held.append(PBRMaterial(
            baseColorFactor=material.colour, roughnessFactor=material.roughness,
            metallicFactor=material.metallic, alphaMode=material.alpha_mode,
            alphaCutoff=material.alpha_cutoff, baseColorTexture=image,
        ))  # fmt: skip
    known: dict[int, Any] = {}
    for number, part in enumerate(made.parts):
        for place, one in enumerate(part.primitives):
            mesh = known.get(id(one))
            if mesh is None:
                mesh = trimesh.Trimesh(
                    one.position, one.faces, vertex_normals=one.normal, process=False,
                    validate=False,
                )  # fmt: skip
                # trimesh turns v upside down, as its own loader does.
                uv = None if one.uv is None else np.stack([one.uv[:, 0], 1.0 - one.uv[:, 1]], 1)
                mesh.visual = trimesh.visual.TextureVisuals(uv=uv, material=held[one.material])
                if one.colour is not None:
                    mesh.visual.vertex_attributes["color"] = one.colour
                mesh.metadata = {"material": one.material}
                known[id(one)] = mesh
            standing.append((f"{number:06d}.{place:04d}", part.world, mesh))
    return standing


def _built(path: Path, standing: Standing, made: Plain | None, notes: tuple[str, ...]) -> Imported:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names, parts = _parts(path, standing, made.materials if made else ())
    if not parts:
        raise refuse(path, "shows no triangles", "export it again")
    surfaces = list({id(part[3]): part[3] for part in parts}.values())
    art, baked = bake(path, surfaces)
    looks = {id(surface): look for surface, look in zip(surfaces, baked, strict=True)}
    arrays = []
    for position, normal, _indices, surface, shines in parts:
        uv, colour = looks[id(surface)]
        vertices = np.zeros(len(position), VERTEX)
        with np.errstate(over="ignore"):  # what is beyond 32 bits is too large, as is said below
            vertices["position"], vertices["normal"], vertices["uv"] = position, normal, uv
        vertices["colour"] = np.clip(np.rint(colour), 0, 255)
        vertices["colour"][:, 3] = 0 if shines else 255
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
    ranges: dict[int, list[tuple[int, int]]] = {}
    for name, start, array in zip(names, starts, arrays, strict=True):
        if made and made.animations:
            node = made.parts[int(name.partition(".")[0])].node
            ranges.setdefault(node, []).append((int(start), len(array)))
    return Imported(
        mesh=ProductMesh(vertices, indices, art),
        bounds_m=(_corner(low), _corner(high)),
        stored=made.stored if made else len(indices) // 3,
        materials=len(made.materials) if made else len(surfaces),
        textures=made.textures if made else sum(s.image is not None for s in surfaces),
        animations=made.animations if made else (),
        nodes={node: tuple(spans) for node, spans in ranges.items()},
        warnings=notes,
    )


def _corner(values: Array) -> tuple[float, float, float]:
    return float(values[0]), float(values[1]), float(values[2])


PartOf = tuple[Array, Array, NDArray[np.int64], Surface, bool]


def _parts(
    path: Path, standing: Standing, materials: tuple[Material, ...]
) -> tuple[list[str], list[PartOf]]:
    """Every placed part in scene space: positions, normals, indices, its surface, if it shines."""
    names, parts = [], []
    shown: dict[Any, Any] = {}
    read: dict[int, PartOf] = {}  # by the mesh, however often it stands
    for name, matrix, mesh in standing:
        if id(mesh) not in read:
            read[id(mesh)] = _read(path, mesh, materials, shown)
        position, normal, indices, surface, shines = read[id(mesh)]
        if len(indices) == 0:
            continue
        if not np.isfinite(matrix).all():
            raise refuse(path, "has positions that are not numbers", "export it again")
        linear = np.asarray(matrix[:3, :3], np.float64)
        if np.linalg.det(linear) < 0:
            # A mirror turns every triangle inside out.
            indices = indices.reshape(-1, 3)[:, ::-1].ravel()
        names.append(name)
        placed = position @ linear.T + matrix[:3, 3]
        parts.append((placed, _turned(normal, linear), indices, surface, shines))
    return names, parts


def _read(path: Path, mesh: Any, materials: tuple[Material, ...], shown: dict[Any, Any]) -> PartOf:
    """A mesh by itself."""
    faces = np.asarray(mesh.faces, np.int64)
    position = np.asarray(mesh.vertices, np.float64)
    if len(faces) and (faces.min() < 0 or faces.max() >= len(position)):
        raise refuse(path, "has triangle indices out of range", "export it again")
    if not np.isfinite(position).all():
        raise refuse(path, "has positions that are not numbers", "export it again")
    number = (mesh.metadata or {}).get("material")
    material = materials[number] if materials and number is not None else None
    surface = surface_of(path, mesh.visual, len(position), material, shown)
    normal = _normals(mesh, position, faces)
    return position, normal, faces.ravel(), surface, bool(material and material.shines)


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
