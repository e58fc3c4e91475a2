"""Scenes in a recording: they come back whole, share what they shared, and none can lead astray."""

import dataclasses

import msgspec
import numpy as np
import pytest

from store_scenes.compile.scene import ARRAYS, differs_in_light_only
from tests.golden.small_scene import small_scene
from vr_client.replay.compact import pack_array
from vr_client.replay.container import DamagedError
from vr_client.replay.digest import bytes_of
from vr_client.replay.scenes import (
    FORMS,
    bytes_of_arrays,
    find_fault,
    plain_scene,
    scene_of,
    scene_record,
)
from vr_client.replay.table import ENCODER, decode_scene


def through_a_file(scene, before=None, known=None):
    record, arrays = scene_record(plain_scene(scene), before)
    return scene_of(decode_scene(ENCODER.encode(record)), arrays, known), record


def test_every_array_of_a_scene_has_its_form():
    assert set(FORMS) == set(ARRAYS)


def test_a_scene_comes_back_as_it_was():
    scene = small_scene()
    back, _ = through_a_file(scene)
    for name, array in scene.arrays().items():
        again = back.arrays()[name]
        assert (again.dtype, again.shape) == (array.dtype, array.shape), name
        assert again.tobytes() == array.tobytes(), name
        assert not again.flags.writeable
    plain = plain_scene(scene)
    assert (back.skus, back.aisles, back.room, back.entrance, back.version) == (
        plain.skus, plain.aisles, plain.room, plain.entrance, plain.version,
    )  # fmt: skip


def test_the_light_of_a_scene_that_is_baked_anew_is_all_that_is_written():
    dark = plain_scene(small_scene())
    lit = dataclasses.replace(dark, light=np.ones((2, 3, 3, 4), np.uint16))
    first, _ = through_a_file(dark)
    second, record = through_a_file(lit, dark, first)
    assert set(record.shapes) == {"light"}
    assert differs_in_light_only(first, second)
    assert (second.light == 1).all()


def test_an_equal_scene_that_is_another_object_stays_another():
    """Who publishes the same layout again comes in anew; so does who replays it."""
    first, _ = through_a_file(small_scene())
    again = small_scene()
    second, record = through_a_file(again, plain_scene(small_scene()), first)
    assert (record.shapes, set(record.equal)) == ({}, set(ARRAYS)), "nothing is written twice"
    assert not differs_in_light_only(first, second)
    for name, array in again.arrays().items():
        assert second.arrays()[name] is not first.arrays()[name]
        assert second.arrays()[name].tobytes() == array.tobytes()


def lit(scene, seed, shape=(2, 3, 3, 4)):
    light = np.random.default_rng(seed).integers(0, 65536, shape, dtype=np.uint16)
    return dataclasses.replace(scene, light=light)


def test_light_that_changed_is_written_as_its_change():
    scene = plain_scene(small_scene())
    dark, bright = lit(scene, 1), lit(scene, 2)
    first, _ = through_a_file(dark)
    second, record = through_a_file(bright, dark, first)
    assert (set(record.shapes), record.since) == ({"light"}, ("light",))
    assert (second.light == bright.light).all()
    assert not second.light.flags.writeable
    larger = lit(scene, 3, (2, 3, 4, 4))
    third, record = through_a_file(larger, bright, second)
    assert (set(record.shapes), record.since) == ({"light"}, ())
    assert (third.light == larger.light).all()


@pytest.mark.parametrize("before", [None, "another size"])
def test_a_change_of_what_there_was_not_is_damage(before):
    scene = plain_scene(small_scene())
    record, arrays = scene_record(lit(scene, 1), lit(scene, 2))
    known = None if before is None else lit(scene, 3, (1, 1, 1, 4))
    with pytest.raises(DamagedError, match="the light of a store in it are no change of any"):
        scene_of(record, arrays, known)
    wrong = msgspec.structs.replace(record, since=("bounds",), shapes={"bounds": (1, 2, 3)})
    bounds = pack_array("bounds", np.zeros((1, 2, 3), np.float32))
    with pytest.raises(DamagedError, match="the bounds of a store in it are no change of any"):
        scene_of(wrong, [bounds], dataclasses.replace(scene, bounds=np.zeros((1, 2, 3), "<f4")))


def test_more_than_any_store_has_is_refused_before_it_is_unpacked(monkeypatch):
    scene = plain_scene(small_scene())
    record, arrays = scene_record(scene, None)
    size = bytes_of_arrays(record)
    assert size == sum(array.nbytes for array in scene.arrays().values())
    monkeypatch.setattr("vr_client.replay.scenes.ARRAY_BYTES_MAX", size - 1)
    monkeypatch.setattr("vr_client.replay.scenes.unpack_array", lambda *_: 1 / 0)
    with pytest.raises(DamagedError, match="more arrays than a store"):
        scene_of(record, arrays, None)


def test_arrays_of_the_first_schema_lie_as_they_are():
    scene = plain_scene(small_scene())
    record, _ = scene_record(scene, None)
    raw = [bytearray(bytes_of(array)) for array in scene.arrays().values()]
    back = scene_of(record, raw, None, packed=False)
    for name, array in scene.arrays().items():
        assert back.arrays()[name].tobytes() == array.tobytes(), name
    raw[0] = raw[0][:-1]
    with pytest.raises(DamagedError, match="not as many"):
        scene_of(record, raw, None, packed=False)


FAULTS = {
    "product_of": lambda a: a + 99,
    "instances": lambda a: _with(a, "art_layer", 10_000),
    "labels": lambda a: _with(a, "product", 99),
    "draws": lambda a: _with(a, "first_instance", 2**31),
    "cells": lambda a: _with(a, "draw_count", 2**31),
    "meshes": lambda a: _with(a, "index_count", 2**30),
    "indices": lambda a: a + np.uint32(2**20),
    "bounds": lambda a: a * np.float32(np.nan),
    "boards": lambda _: np.full((1, 2, 3), np.inf, np.float32),
    "art_keys": lambda a: a[:-1],
    "art_far": lambda a: a[:-1],
    "signs": lambda a: a[:0],
}


def _with(array, field, value):
    changed = array.copy()
    changed[field][0] = value
    return changed


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_what_points_to_nowhere_is_found(name):
    scene = small_scene()
    assert find_fault(scene) == ""
    broken = dataclasses.replace(scene, **{name: FAULTS[name](getattr(scene, name))})
    assert find_fault(broken) == name
    with pytest.raises(DamagedError, match=f"cannot be drawn .{name}"):
        through_a_file(broken)


def test_a_mesh_that_begins_before_the_first_vertex():
    scene = small_scene()
    meshes = _with(scene.meshes, "base_vertex", -5)
    assert find_fault(dataclasses.replace(scene, meshes=meshes)) == "indices"
    ids = _with(scene.instances, "id", 7)
    assert find_fault(dataclasses.replace(scene, instances=ids)) == "instances"
    mesh = _with(scene.draws, "mesh", 500)
    assert find_fault(dataclasses.replace(scene, draws=mesh)) == "draws"
    room = ((np.nan, 0.0, 0.0), (1.0, 1.0, 1.0))
    assert find_fault(dataclasses.replace(scene, room=room)) == "room"


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ({"bounds": (2, 2, 3)}, "not as many"),
        ({"bounds": (2, 3)}, "no such array"),
        ({"bounds": (-1, 2, 3)}, "no such array"),
        ({"bounds": (2**40, 2, 3)}, "no such array"),
        ({"__class__": (1,)}, "no such array"),
        ({}, "missing"),
    ],
)
def test_shapes_that_a_file_only_claims(shapes, said):
    record, _ = scene_record(plain_scene(small_scene()), None)
    lying = decode_scene(
        ENCODER.encode({**{k: getattr(record, k) for k in record.__struct_fields__},
                        "shapes": shapes})
    )  # fmt: skip
    with pytest.raises(DamagedError, match=said):
        scene_of(lying, [pack_array("bounds", np.zeros((1, 2, 3), np.float32))], None)


def test_a_scene_that_shares_with_none_before_it():
    plain = plain_scene(small_scene())
    record, arrays = scene_record(dataclasses.replace(plain, light=plain.light.copy()), plain)
    with pytest.raises(DamagedError, match="a store in it has no vertices"):
        scene_of(msgspec.structs.replace(record, since=()), arrays, None)


def test_an_array_of_another_form_is_not_written():
    scene = small_scene()
    with pytest.raises(TypeError, match="bounds of a scene is float64"):
        scene_record(dataclasses.replace(scene, bounds=scene.bounds.astype(np.float64)), None)
