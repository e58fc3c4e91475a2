"""A glTF file made plain: what trimesh reads wrong or not at all is worked out here first.

The outcome are arrays of floats and triangles, every part in its place, and materials with one
picture each, of which a trimesh scene is made.
"""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.models.imported.accessors import Accessors, Floats, entry
from store_scenes.models.imported.container import Container, Tree, refuse
from store_scenes.models.imported.pictures import PICTURES_MAX, Pixels, picture
from store_scenes.models.imported.poses import (
    Animation,
    Placed,
    animations,
    placed,
    skin_matrices,
    walk,
)

TRIANGLES_MAX = 2_000_000
VERTICES_MAX = 3_000_000
"""Of all places together: a mesh may have more vertices than its triangles use."""

SKINNED_AT_ONCE = 65_536
DRACO = "KHR_draco_mesh_compression"
TRANSFORM = "KHR_texture_transform"
SHINES = 0.5
"""From this emissive share on, a material shines by itself."""

Triangles = NDArray[np.int64]


class Material(msgspec.Struct, frozen=True):
    """How a part looks; factors are linear, and None where the file leaves them out.

    `picture` is an encoded image of the base colour. `unlit`, `clearcoat` and `shines` are what
    trimesh has no place for.
    """

    colour: tuple[float, float, float, float] | None = None
    roughness: float | None = None
    metallic: float | None = None
    alpha_mode: str = "OPAQUE"
    alpha_cutoff: float = 0.5
    picture: bytes = b""
    unlit: bool = False
    clearcoat: float = 0.0
    shines: bool = False


class Primitive(msgspec.Struct, frozen=True):
    """position (n, 3), normal (n, 3), uv (n, 2), colour (n, 4) from 0 to 1; faces (m, 3)."""

    position: Floats
    faces: Triangles
    material: int
    normal: Floats | None = None
    uv: Floats | None = None
    colour: Floats | None = None


class Part(msgspec.Struct, frozen=True):
    """Primitives where they stand, and the node that they belong to."""

    node: int
    world: Floats
    primitives: tuple[Primitive, ...]


class Plain(msgspec.Struct, frozen=True):
    """`stored` counts triangles once a mesh, `drawn` once a place."""

    parts: tuple[Part, ...]
    materials: tuple[Material, ...]
    animations: tuple[Animation, ...]
    stored: int
    drawn: int
    textures: int


def plain(container: Container) -> Plain:
    """Make a file plain.

    Raises:
        Failure: it cannot be taken; one sentence says why.
    """
    try:
        return _Maker(container).made()
    except (TypeError, KeyError, IndexError, ValueError, AttributeError, OverflowError) as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        raise refuse(container.path, f"is not valid glTF ({told})", "export it again") from error


class _Maker:
    def __init__(self, container: Container) -> None:
        self._container = container
        self._tree = container.tree
        self._accessors = Accessors(container)
        self._materials: list[Material] = []
        self._numbers: dict[Any, int] = {}
        self._pictures: dict[int, bytes] = {}
        self._pixels = Pixels()

    def made(self) -> Plain:
        """Everything, worked out."""
        worlds = walk(self._container)
        parts: list[Part] = []
        shared: dict[int, tuple[Primitive, ...]] = {}
        stored = drawn = vertices = 0
        for place in placed(self._container, self._accessors, worlds):
            rigid = place.skin is None and not any(place.weights)
            primitives = shared.get(place.mesh) if rigid else None
            if primitives is None:
                primitives = self._mesh(place, worlds)
                stored += sum(len(one.faces) for one in primitives)
                if rigid:
                    shared[place.mesh] = primitives
            drawn += sum(len(one.faces) for one in primitives)
            vertices += sum(len(one.position) for one in primitives)
            if drawn > TRIANGLES_MAX or vertices > VERTICES_MAX:
                raise self._too_many()
            world = np.eye(4) if place.skin is not None else place.world
            parts.append(Part(place.node, world, primitives))
        if drawn == 0:
            raise refuse(self._container.path, "shows no triangles", "export it again")
        moves = animations(self._container, self._accessors)
        return Plain(
            tuple(parts), tuple(self._materials), moves, stored, drawn, len(self._pictures)
        )

    def _mesh(self, place: Placed, worlds: dict[int, Floats]) -> tuple[Primitive, ...]:
        told = entry(self._tree, "meshes", place.mesh)
        made = (self._primitive(one, place, worlds) for one in told["primitives"])
        return tuple(one for one in made if len(one.faces))

    def _primitive(self, primitive: Tree, place: Placed, worlds: dict[int, Floats]) -> Primitive:
        mode = primitive.get("mode", 4)
        if mode not in (4, 5, 6):
            raise refuse(self._container.path, "has points or lines", "export only its surfaces")
        packed = (primitive.get("extensions") or {}).get(DRACO)
        values = _Values(self._accessors, primitive["attributes"], packed)
        position = values.floats("POSITION", 3)
        if position is None:
            raise KeyError("POSITION")
        faces = _triangles(values.faces(primitive, len(position)), mode)
        if len(faces) > TRIANGLES_MAX:
            raise self._too_many()
        if len(faces) and (faces.min() < 0 or faces.max() >= len(position)):
            raise refuse(self._container.path, "has triangle indices out of range",
                         "export it again")  # fmt: skip
        count = len(position)
        normal = values.floats("NORMAL", 3)
        if normal is not None and len(normal) != count:
            normal = None
        position, normal = self._at_rest(primitive, place, values, worlds, position, normal)
        material, uv_set, transform = self._material(primitive.get("material"))
        uv = values.floats(f"TEXCOORD_{uv_set}", 2)
        if uv is not None:
            uv = _moved(uv, transform) if len(uv) == count else None
        return Primitive(position, faces, material, normal, uv, values.colours(count))

    def _too_many(self) -> Failure:
        return refuse(
            self._container.path,
            f"has more than {TRIANGLES_MAX:,} triangles or {VERTICES_MAX:,} vertices",
            "simplify it",
        )

    def _at_rest(
        self, primitive: Tree, place: Placed, values: "_Values", worlds: dict[int, Floats],
        position: Floats, normal: Floats | None,
    ) -> tuple[Floats, Floats | None]:  # fmt: skip
        """Morph targets by their weights, and the skin in the pose of the file."""
        for weight, target in zip(place.weights, primitive.get("targets") or (), strict=False):
            if weight and "POSITION" in target:
                moved = self._accessors.numbers(target["POSITION"], 3)
                if moved.shape != position.shape:
                    raise ValueError("a morph target of another size")
                position = position + weight * moved
        if place.skin is None:
            return position, normal
        joints = values.floats("JOINTS_0", 4)
        weights = values.floats("WEIGHTS_0", 4)
        if joints is None or weights is None or len(joints) != len(position):
            raise ValueError("a skin without joints")
        matrices = skin_matrices(self._container, self._accessors, place.skin, worlds)
        numbers = joints.astype(np.int64)
        if numbers.max() >= len(matrices):
            raise ValueError("a joint that the skin does not have")
        total = weights.sum(axis=1, keepdims=True)
        shares = weights / np.where(total > 1e-9, total, 1.0)
        moved = np.empty_like(position)
        turned = None if normal is None else np.empty_like(normal)
        for start in range(0, len(position), SKINNED_AT_ONCE):
            rows = slice(start, start + SKINNED_AT_ONCE)
            skinned = np.einsum("nk,nkij->nij", shares[rows], matrices[numbers[rows]])
            linear = skinned[:, :3, :3]
            moved[rows] = np.einsum("nij,nj->ni", linear, position[rows]) + skinned[:, :3, 3]
            if turned is not None and normal is not None:
                turned[rows] = np.einsum("nij,nj->ni", linear, normal[rows])
        return moved, turned

    # ------------------------------------------------------------ materials

    def _material(self, index: Any) -> tuple[int, int, Tree]:
        """The outcome's material, the texture coordinates it wants, and how they are moved."""
        told = {} if index is None else entry(self._tree, "materials", index)
        base = told.get("pbrMetallicRoughness") or {}
        extensions = told.get("extensions") or {}
        gloss = extensions.get("KHR_materials_pbrSpecularGlossiness")
        if gloss:
            base = {
                "baseColorFactor": gloss.get("diffuseFactor", [1, 1, 1, 1]),
                "metallicFactor": 0,
                "roughnessFactor": 1.0 - float(gloss.get("glossinessFactor", 1.0)),
                "baseColorTexture": gloss.get("diffuseTexture"),
            }
        texture = base.get("baseColorTexture")
        transform = ((texture or {}).get("extensions") or {}).get(TRANSFORM) or {}
        uv_set = transform.get("texCoord", (texture or {}).get("texCoord", 0))
        if not isinstance(uv_set, int) or not 0 <= uv_set < 8:
            raise ValueError("a texture coordinate set that nobody has")
        if index not in self._numbers:
            self._numbers[index] = len(self._materials)
            self._materials.append(self._look(told, base, texture, extensions))
        return self._numbers[index], uv_set, transform

    def _look(self, told: Tree, base: Tree, texture: Tree | None, extensions: Tree) -> Material:
        factor = base.get("baseColorFactor")
        colour = None
        if factor is not None:
            numbers = np.clip(np.array(factor, np.float64), 0.0, 1.0)
            if numbers.shape != (4,) or not np.isfinite(numbers).all():
                raise ValueError("a base colour that is none")
            colour = (numbers[0], numbers[1], numbers[2], numbers[3])
        shines = max((float(part) for part in told.get("emissiveFactor") or (0.0,)), default=0.0)
        coat = extensions.get("KHR_materials_clearcoat") or {}
        mode = told.get("alphaMode", "OPAQUE")
        if "KHR_materials_transmission" in extensions:
            mode = "BLEND"
        return Material(
            colour=colour,
            roughness=_share(base.get("roughnessFactor")),
            metallic=_share(base.get("metallicFactor")),
            alpha_mode=mode if mode in {"MASK", "BLEND"} else "OPAQUE",
            alpha_cutoff=_share(told.get("alphaCutoff", 0.5)) or 0.0,
            picture=self._picture(texture["index"]) if texture is not None else b"",
            unlit="KHR_materials_unlit" in extensions,
            clearcoat=_share(coat.get("clearcoatFactor", 0.0)) or 0.0,
            shines=shines >= SHINES,
        )

    def _picture(self, index: Any) -> bytes:
        told = entry(self._tree, "textures", index)
        extensions = told.get("extensions") or {}
        sources = [
            extensions[name].get("source")
            for name in ("KHR_texture_basisu", "EXT_texture_webp")
            if name in extensions
        ]
        source = next((one for one in (*sources, told.get("source")) if one is not None), None)
        if source is None:
            return b""
        if source not in self._pictures:
            image = entry(self._tree, "images", source)
            if len(self._pictures) >= PICTURES_MAX:
                raise refuse(self._container.path, f"has more than {PICTURES_MAX} textures",
                             f"join them into at most {PICTURES_MAX}")  # fmt: skip
            if "bufferView" in image:
                data = bytes(self._accessors.view(image["bufferView"]))
            else:
                data = self._container.image(image)
            self._pictures[source] = picture(self._container.path, data, self._pixels)
        return self._pictures[source]


class _Values:
    """A primitive's attributes, from accessors or from one Draco mesh."""

    def __init__(self, accessors: Accessors, attributes: Tree, packed: Tree | None) -> None:
        self._accessors = accessors
        self._attributes = attributes
        self._ids = packed["attributes"] if packed else {}
        self._mesh = accessors.draco(packed["bufferView"]) if packed else None

    def floats(self, name: str, width: int) -> Floats | None:
        """(n, width) floats, or None where the primitive has no such attribute."""
        if self._mesh is not None and name in self._ids:
            return self._of_draco(name, width)
        if name not in self._attributes:
            return None
        return self._accessors.numbers(self._attributes[name], width)

    def faces(self, primitive: Tree, vertices: int) -> Triangles:
        """Vertex numbers in the file's order."""
        if self._mesh is not None:
            return np.asarray(self._mesh.faces, np.int64).ravel()
        if "indices" in primitive:
            return self._accessors.indices(primitive["indices"])
        return np.arange(vertices)

    def colours(self, count: int) -> Floats | None:
        """(n, 4) from 0 to 1; those without alpha are opaque."""
        for width in (4, 3):
            try:
                found = self.floats("COLOR_0", width)
            except ValueError:
                continue
            if found is None or len(found) != count:
                return None
            opaque = np.ones((count, 1))
            found = found if width == 4 else np.concatenate([found, opaque], axis=1)
            return np.clip(found, 0.0, 1.0)
        return None

    def _of_draco(self, name: str, width: int) -> Floats:
        mesh: Any = self._mesh
        found = next((one for one in mesh.attributes if one["unique_id"] == self._ids[name]), None)
        if found is None:
            raise ValueError(f"Draco data without {name}")
        rows = np.asarray(found["data"])
        if rows.ndim != 2 or rows.shape[1] != width:
            raise ValueError(f"Draco data whose {name} has another width")
        normalised = name.startswith(("COLOR", "WEIGHTS", "TEXCOORD"))
        return self._accessors.as_floats(rows, normalised=normalised)


def _share(value: Any) -> float | None:
    """A factor from 0 to 1, or None."""
    if value is None:
        return None
    number = float(value)
    if not np.isfinite(number):
        raise ValueError("a factor that is no number")
    return min(max(number, 0.0), 1.0)


def _triangles(indices: Triangles, mode: int) -> Triangles:
    """(n, 3) vertex numbers of triangles, a strip or a fan."""
    if mode == 4:
        return indices[: len(indices) // 3 * 3].reshape(-1, 3)
    if len(indices) < 3:
        return np.zeros((0, 3), np.int64)
    if mode == 6:
        middle = np.full(len(indices) - 2, indices[0])
        return np.stack([middle, indices[1:-1], indices[2:]], axis=1)
    faces = np.stack([indices[:-2], indices[1:-1], indices[2:]], axis=1)
    faces[1::2] = faces[1::2][:, [1, 0, 2]]
    keep = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2])
    return np.asarray(faces[keep & (faces[:, 0] != faces[:, 2])])


def _moved(uv: Floats, transform: Tree) -> Floats:
    """KHR_texture_transform: scaled, then turned, then moved."""
    if not transform:
        return uv
    offset = np.array(transform.get("offset", (0.0, 0.0)), np.float64)
    scale = np.array(transform.get("scale", (1.0, 1.0)), np.float64)
    angle = float(transform.get("rotation", 0.0))
    if offset.shape != (2,) or scale.shape != (2,):
        raise ValueError("a texture transform that is none")
    sine, cosine = np.sin(angle), np.cos(angle)
    turn = np.array([[cosine, sine], [-sine, cosine]])
    moved = (uv * scale) @ turn.T + offset
    if not np.isfinite(moved).all():
        raise ValueError("a texture transform that is no number")
    return np.asarray(moved)
