"""Scenes in a recording: which array has which form, and whether one from a file can be drawn.

An array that is out of bounds somewhere would be read past its end by the graphics driver, so a
scene from a file is looked through before anything else sees it.
"""

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import (
    ARRAYS,
    ART_KEY_BYTES,
    CEILING_PANEL,
    CELL,
    DRAW,
    INSTANCE,
    LABEL,
    LEVELS,
    LIGHT_ARRAYS,
    MESH,
    SOLID,
    AisleLine,
    SceneDescription,
)
from store_scenes.models.mesh import ART_SIZE, FAR_SIZE, VERTEX
from vr_client.replay.compact import pack_array, unpack_array
from vr_client.replay.container import DamagedError
from vr_client.replay.digest import bytes_of
from vr_client.replay.limits import ARRAY_BYTES_MAX, SCENE_ROWS_MAX
from vr_client.replay.table import AisleRecord, SceneRecord

FORMS: Final[dict[str, tuple[np.dtype[np.generic], tuple[int, ...]]]] = {
    "vertices": (VERTEX, (-1,)),
    "indices": (np.dtype("<u4"), (-1,)),
    "meshes": (MESH, (-1,)),
    "instances": (INSTANCE, (-1,)),
    "bounds": (np.dtype("<f4"), (-1, 2, 3)),
    "product_of": (np.dtype("<i4"), (-1,)),
    "cells": (CELL, (-1,)),
    "draws": (DRAW, (-1,)),
    "labels": (LABEL, (-1,)),
    "solids": (SOLID, (-1,)),
    "boards": (np.dtype("<f4"), (-1, 2, 3)),
    "ceiling": (CEILING_PANEL, (-1,)),
    "signs": (np.dtype("u1"), (-1, ART_SIZE, ART_SIZE, 4)),
    "art_far": (np.dtype("u1"), (-1, FAR_SIZE, FAR_SIZE, 4)),
    "art_keys": (np.dtype("u1"), (-1, ART_KEY_BYTES)),
    "light": (np.dtype("<u2"), (-1, -1, -1, 4)),
    "colours": (np.dtype("u1"), (-1, -1, -1, 4)),
}
"""Every array of `SceneDescription`: its type, and its sides (-1: any)."""


PIECE_BYTES: Final = 4 * 1024**2


def plain_scene(scene: SceneDescription) -> SceneDescription:
    """The same scene and the same arrays, its few numbers as a file gives them back."""
    low, high = scene.room
    return dataclasses.replace(
        scene,
        aisles=tuple(
            AisleLine(line.id, dict(line.names), _pair(line.start), _pair(line.end))
            for line in scene.aisles
        ),
        room=(_triple(low), _triple(high)),
        entrance=_triple(scene.entrance),
    )


def scene_record(
    scene: SceneDescription, before: SceneDescription | None
) -> tuple[SceneRecord, list[bytes]]:
    """The record of a plain scene, and what is new in it, packed, in the order of its `shapes`.

    Raises:
        TypeError: an array has another form than all scenes have.
    """
    known: dict[str, NDArray[Any]] = dict(before.arrays()) if before is not None else {}
    new = {name: a for name, a in scene.arrays().items() if known.get(name) is not a}
    for name, array in new.items():
        if not _has_form(name, array.dtype, array.shape):
            raise TypeError(f"{name} of a scene is {array.dtype} {array.shape}")
    equal = tuple(name for name, a in new.items() if name in known and _equal(known[name], a))
    new = {name: array for name, array in new.items() if name not in equal}
    record = SceneRecord(
        version=scene.version,
        skus=scene.skus,
        aisles=tuple(AisleRecord(a.id, a.names, a.start, a.end) for a in scene.aisles),
        room=scene.room,
        entrance=scene.entrance,
        shapes={name: array.shape for name, array in new.items()},
        since=tuple(
            name for name in LIGHT_ARRAYS if name in new and _fits(known.get(name), new[name].shape)
        ),
        equal=equal,
    )
    return record, [
        pack_array(name, array - known[name] if name in record.since else array)
        for name, array in new.items()
    ]


def bytes_of_arrays(record: SceneRecord) -> int:
    """How many bytes the arrays take that came with a scene, unpacked, by what it says.

    Raises:
        DamagedError: it names what is no array of a scene, or more of it than any scene has.
    """
    size = 0
    for name, shape in record.shapes.items():
        if name not in FORMS or not _has_form(name, FORMS[name][0], shape):
            raise DamagedError(f"a store in it has no such array ({name[:40]!r})")
        size += int(np.prod(shape, dtype=object)) * FORMS[name][0].itemsize
    if size > ARRAY_BYTES_MAX:
        raise DamagedError("it has more arrays than a store")
    return size


def scene_of(
    record: SceneRecord,
    arrays: Sequence[bytearray | bytes],
    before: SceneDescription | None,
    *,
    packed: bool = True,
) -> SceneDescription:
    """The scene again, from the arrays that came before it, in the order of `record.shapes`.

    Raises:
        DamagedError: it cannot be one that was compiled.
    """
    made: dict[str, NDArray[Any]] = {}
    if len(arrays) != len(record.shapes):
        raise DamagedError("the arrays of a store in it are missing")
    bytes_of_arrays(record)
    for (name, shape), data in zip(record.shapes.items(), arrays, strict=True):
        dtype = FORMS[name][0]
        made[name] = unpack_array(name, data, dtype, shape) if packed else _plain(name, data, shape)
        if name in record.since:
            earlier = before.arrays()[name] if before is not None else None
            if name not in LIGHT_ARRAYS or earlier is None or not _fits(earlier, shape):
                raise DamagedError(f"the {name} of a store in it are no change of any")
            made[name] = made[name] + earlier
        made[name].flags.writeable = False
    missing = [name for name in ARRAYS if name not in made]
    if missing and before is None:
        raise DamagedError(f"a store in it has no {missing[0]}")
    if before is not None:
        shared = before.arrays()
        made |= {name: shared[name] for name in missing}
        made |= {name: shared[name].view() for name in record.equal if name in missing}
    scene = SceneDescription(
        version=record.version,
        skus=record.skus,
        aisles=tuple(AisleLine(a.id, a.names, a.start, a.end) for a in record.aisles),
        room=record.room,
        entrance=record.entrance,
        **made,
    )
    fault = find_fault(scene)
    if fault:
        raise DamagedError(f"a store in it cannot be drawn ({fault})")
    return scene


def _fits(earlier: NDArray[Any] | None, shape: tuple[int, ...]) -> bool:
    return earlier is not None and earlier.shape == shape


def _plain(name: str, data: bytearray | bytes, shape: tuple[int, ...]) -> NDArray[np.generic]:
    """As arrays lay in the first recordings."""
    dtype = FORMS[name][0]
    if int(np.prod(shape, dtype=object)) * dtype.itemsize != len(data):
        raise DamagedError(f"the {name} of a store in it are not as many as it says")
    flat = np.frombuffer(data, dtype=dtype) if data else np.zeros(0, dtype)
    return flat.reshape(shape)


def _equal(one: NDArray[np.generic], two: NDArray[np.generic]) -> bool:
    """Whether two arrays hold the same bytes, looked at piece by piece."""
    if one.dtype != two.dtype or one.shape != two.shape:
        return False
    ours, theirs = (np.frombuffer(bytes_of(array), np.uint8) for array in (one, two))
    return all(
        np.array_equal(ours[first : first + PIECE_BYTES], theirs[first : first + PIECE_BYTES])
        for first in range(0, len(ours), PIECE_BYTES)
    )


def find_fault(scene: SceneDescription) -> str:
    """What of a scene points to where nothing is; "" when all of it is sound."""
    products, instances = len(scene.skus), len(scene.instances)
    lengths = {
        "bounds": instances,
        "product_of": instances,
        "art_far": products,
        "art_keys": products,
    }
    for name, wanted in lengths.items():
        if len(getattr(scene, name)) != wanted:
            return name
    if not len(scene.signs):
        return "signs"
    layers = len(scene.signs) + products
    checks = (
        ("product_of", scene.product_of, -1, products),
        ("instances", scene.instances["art_layer"], 0, layers),
        ("labels", scene.labels["product"], 0, products),
        ("draws", scene.draws["mesh"], 0, len(scene.meshes)),
    )
    for name, values, low, high in checks:
        if len(values) and not (low <= int(values.min()) and int(values.max()) < high):
            return name
    if not np.array_equal(scene.instances["id"], np.arange(instances)):
        return "instances"
    if not _within(scene.draws["first_instance"], scene.draws["instance_count"], instances):
        return "draws"
    if not _within(scene.cells["first_draw"], scene.cells["draw_count"], len(scene.draws)):
        return "cells"
    for name in ("bounds", "boards"):
        if not np.isfinite(getattr(scene, name)).all():
            return name
    numbers = [*scene.room[0], *scene.room[1], *scene.entrance]
    numbers += [side for line in scene.aisles for side in (*line.start, *line.end)]
    if not np.isfinite(numbers).all() or np.abs(numbers).max() > 1e5:
        return "room"
    return _mesh_fault(scene)


def _mesh_fault(scene: SceneDescription) -> str:
    """Each mesh's ranges lie inside the indices, and its indices inside the vertices."""
    meshes = scene.meshes
    ranges = [(meshes["first_index"], meshes["index_count"])]
    ranges += [
        (meshes["coarse_first"][:, level], meshes["coarse_count"][:, level])
        for level in range(LEVELS)
    ]
    for firsts, counts in ranges:
        if not _within(firsts, counts, len(scene.indices)):
            return "meshes"
        for first, count, base in zip(
            firsts.tolist(), counts.tolist(), meshes["base_vertex"].tolist(), strict=True
        ):
            if not count:
                continue
            top = int(scene.indices[first : first + count].max())
            if base < 0 or base + top >= len(scene.vertices):
                return "indices"
    return ""


def _within(firsts: NDArray[np.generic], counts: NDArray[np.generic], size: int) -> bool:
    ends = firsts.astype(np.int64) + counts.astype(np.int64)
    return not len(ends) or int(ends.max()) <= size


def _has_form(name: str, dtype: np.dtype[np.generic], shape: tuple[int, ...]) -> bool:
    wanted, sides = FORMS[name]
    return (
        dtype == wanted
        and len(shape) == len(sides)
        and all(0 <= side <= SCENE_ROWS_MAX for side in shape)
        and all(side in {-1, got} for side, got in zip(sides, shape, strict=True))
    )


def _pair(numbers: tuple[float, float]) -> tuple[float, float]:
    return (float(numbers[0]), float(numbers[1]))


def _triple(numbers: tuple[float, float, float]) -> tuple[float, float, float]:
    return (float(numbers[0]), float(numbers[1]), float(numbers[2]))
