"""Meshes of a scene as glTF accessors, each once, split into parts of one finish."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from store_scenes.exchange.scene_glb.container import (
    ARRAY_BUFFER,
    ELEMENT_ARRAY_BUFFER,
    GlbWriter,
)

Detail = Literal["full", "medium", "light"]

_LEVEL: dict[Detail, int] = {"full": -1, "medium": 1, "light": 2}
"""Index into a mesh's coarser levels (14 and 30 mm clusters); -1: the finest."""

_STEPS = np.array([8, 4, 3, 4])
"""Roughness, metal, clearcoat and glow are told apart in so many steps; a part has its mean."""

_SHORT_MAX = 65_535  # indices below it: the highest value itself would restart a primitive
FACE_OUT_M = 0.004
"""A millimetre between a picture and its board is too little for the depth of many viewers."""

LAMP_BELOW_M = 0.004
"""Below the ceiling they are set into."""

_OCCLUDED = 0.45
"""How much of its light a wholly occluded place keeps when occlusion is baked into colours."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What one part is made of, 0 to 1; `glow` 1 shines by itself. `colour` is its mean, linear."""

    roughness: float
    metallic: float
    clearcoat: float
    glow: float
    colour: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class MeshPart:
    """Triangles of one finish: the accessor of their indices and how many there are."""

    indices: int
    triangles: int
    finish: Finish


@dataclass(frozen=True, slots=True)
class MeshParts:
    """One mesh: its vertex accessors by glTF attribute name, and its parts."""

    attributes: dict[str, int]
    parts: tuple[MeshPart, ...]

    @property
    def triangles(self) -> int:
        """Of all parts."""
        return sum(part.triangles for part in self.parts)


def linear(codes: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Light of sRGB codes, 0 to 1."""
    return _LIGHT[codes]


def _light_table() -> NDArray[np.float32]:
    code = np.arange(256) / 255.0
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4).astype(
        np.float32
    )


_LIGHT = _light_table()


def write_meshes(
    scene: SceneDescription,
    used: Mapping[int, bool],
    faces: Collection[int],
    writer: GlbWriter,
    detail: Detail,
) -> dict[int, MeshParts]:
    """The meshes in `used` (row: whether it ever wears a picture): an accessor each.

    The vertex streams are shared by all. `faces` are rows that wear fixed pictures only: where
    they are flat they stand out a little more from what they hang on.
    Colours are written linear, with the vertices' own occlusion in them: a viewer knows no light
    baked for a store.
    """
    starts = scene.meshes["base_vertex"].astype(np.int64)
    order = np.argsort(starts, kind="stable")
    ends = np.empty_like(starts)
    ends[order] = np.append(starts[order][1:], len(scene.vertices))
    streams = _streams(scene.vertices)
    for row in faces:
        _stand_out(streams, slice(int(starts[row]), int(ends[row])))
    views = {
        name: writer.view(array.tobytes(), ARRAY_BUFFER, array.dtype.itemsize * array.shape[1])
        for name, array in streams.items()
    }
    found: dict[int, MeshParts] = {}
    for row, wears_art in used.items():
        first, last = int(starts[row]), int(ends[row])
        attributes = {
            name: writer.accessor(
                views[name],
                array[first:last],
                first,
                normalized=array.dtype == np.uint16,
                bounds=name == "POSITION",
            )
            for name, array in streams.items()
            if wears_art or name != "TEXCOORD_0"
        }
        parts = _parts(scene, row, slice(first, last), writer, detail)
        found[row] = MeshParts(attributes, parts)
    return found


def write_lamps(scene: SceneDescription, writer: GlbWriter) -> MeshParts | None:
    """The lit faces in the ceiling as one mesh that shines; None for a room without."""
    panels = scene.ceiling
    if not len(panels):
        return None
    around = np.array([[-1, 0, -1], [1, 0, -1], [1, 0, 1], [-1, 0, 1]], dtype=np.float32)
    half = np.insert(panels["half_size"], 1, 0.0, axis=1).astype(np.float32)
    corners = panels["centre"][:, None, :] + around * half[:, None, :]
    position = np.ascontiguousarray(corners.reshape(-1, 3), dtype=np.float32)
    position[:, 1] -= np.float32(LAMP_BELOW_M)
    normal = np.tile(np.array([0, -1, 0], dtype=np.float32), (len(position), 1))
    # Seen from below: counter-clockwise there.
    corner = np.array([0, 1, 2, 0, 2, 3], dtype=np.uint32)
    indices = (np.arange(len(panels), dtype=np.uint32)[:, None] * 4 + corner).reshape(-1)
    attributes = {
        name: writer.accessor(
            writer.view(array.tobytes(), ARRAY_BUFFER), array, bounds=name == "POSITION"
        )
        for name, array in (("POSITION", position), ("NORMAL", normal))
    }
    view = writer.view(indices.tobytes(), ELEMENT_ARRAY_BUFFER)
    part = MeshPart(writer.accessor(view, indices), len(panels) * 2,
                    Finish(0.9, 0.0, 0.0, 1.0, (1.0, 1.0, 1.0)))  # fmt: skip
    return MeshParts(attributes, (part,))


def _stand_out(streams: dict[str, NDArray[Any]], span: slice) -> None:
    """Push an upright flat face out along its normal, in place."""
    normal = streams["NORMAL"][span]
    if np.abs(normal - normal[0]).max() < 1e-3 and abs(float(normal[0, 1])) < 0.5:
        position = streams["POSITION"]
        position[span] = position[span] + normal * np.float32(FACE_OUT_M)


def _streams(vertices: NDArray[np.void]) -> dict[str, NDArray[Any]]:
    """Vertex attributes as glTF wants them; normals of unit length, colours linear."""
    normal = vertices["normal"].astype(np.float64)
    length = np.linalg.norm(normal, axis=1, keepdims=True)
    normal = np.where(length > 1e-6, normal / np.maximum(length, 1e-6), (0.0, 1.0, 0.0))
    open_ = vertices["surface"][:, 3:4].astype(np.float32) / 255.0
    light = linear(vertices["colour"][:, :3]) * (_OCCLUDED + (1.0 - _OCCLUDED) * open_)
    colour = np.full((len(vertices), 4), 65_535, dtype=np.uint16)
    colour[:, :3] = np.round(light * 65_535.0)
    return {
        "POSITION": np.array(vertices["position"], dtype=np.float32),
        "NORMAL": np.ascontiguousarray(normal, dtype=np.float32),
        "TEXCOORD_0": np.ascontiguousarray(vertices["uv"], dtype=np.float32),
        "COLOR_0": colour,
    }


def _parts(
    scene: SceneDescription, row: int, span: slice, writer: GlbWriter, detail: Detail
) -> tuple[MeshPart, ...]:
    mesh = scene.meshes[row]
    level = _LEVEL[detail]
    first = int(mesh["first_index"] if level < 0 else mesh["coarse_first"][level])
    count = int(mesh["index_count"] if level < 0 else mesh["coarse_count"][level])
    triangles = scene.indices[first : first + count].reshape(-1, 3)
    vertices = scene.vertices[span]
    values = np.empty((len(vertices), 4), dtype=np.float64)
    values[:, :3] = vertices["surface"][:, :3] / 255.0
    values[:, 3] = 1.0 - vertices["colour"][:, 3] / 255.0
    steps = np.minimum((values * _STEPS).astype(np.int64), _STEPS - 1)
    # What shines a little and what does not are never one.
    steps[:, 3] += values[:, 3] > 0.02
    keys = ((steps[:, 0] * 8 + steps[:, 1]) * 8 + steps[:, 2]) * 8 + steps[:, 3]
    of_triangle = keys[triangles[:, 0]]
    light = linear(vertices["colour"][:, :3])
    parts = []
    for key in np.unique(of_triangle):
        mine = triangles[of_triangle == key]
        mean = values[mine[:, 0]].mean(axis=0)
        red, green, blue = (float(part) for part in light[mine.reshape(-1)].mean(axis=0))
        kind = np.uint16 if len(vertices) <= _SHORT_MAX else np.uint32
        flat = np.ascontiguousarray(mine.reshape(-1), dtype=kind)
        view = writer.view(flat.tobytes(), ELEMENT_ARRAY_BUFFER)
        roughness, metallic, clearcoat, glow = (round(float(part), 2) for part in mean)
        finish = Finish(roughness, metallic, clearcoat, glow, (red, green, blue))
        parts.append(MeshPart(writer.accessor(view, flat), len(mine), finish))
    return tuple(parts)
