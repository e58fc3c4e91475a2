"""A compiled scene crosses to another process through one mapped file that leaves no trace."""

import errno
import gc
import multiprocessing
import os
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from catalog_sync.model.failure import Failure
from store_scenes.compile.scene import (
    CEILING_PANEL,
    CELL,
    DRAW,
    INSTANCE,
    LABEL,
    MESH,
    SOLID,
    AisleLine,
    SceneDescription,
)
from store_scenes.models.mesh import VERTEX
from vr_client.net.shared import (
    ALIGNMENT_BYTES,
    open_scene,
    remove_orphans,
    remove_stored,
    shared_folders,
    store_scene,
)
from vr_client.state.client_state import ClientState
from vr_client.state.events import SceneReady
from vr_client.state.reduce import reduce


def filled(count, dtype, seed):
    size = count * np.dtype(dtype).itemsize
    raw = np.random.default_rng(seed).integers(0, 256, size, dtype=np.uint8)
    return raw.view(dtype)


def scene():
    return SceneDescription(
        version="v1",
        vertices=filled(7, VERTEX, 1),
        indices=filled(9, "u4", 2),
        meshes=filled(2, MESH, 3),
        instances=filled(5, INSTANCE, 4),
        bounds=filled(30, "f4", 5).reshape(5, 2, 3),
        product_of=filled(5, "i4", 6),
        cells=filled(1, CELL, 7),
        draws=filled(3, DRAW, 8),
        labels=filled(0, LABEL, 9),
        solids=filled(2, SOLID, 10),
        ceiling=filled(1, CEILING_PANEL, 11),
        boards=filled(6, "f4", 12).reshape(1, 2, 3),
        signs=filled(16, "u1", 13).reshape(1, 2, 2, 4),
        art_far=filled(32, "u1", 14).reshape(2, 2, 2, 4),
        art_keys=filled(32, "u1", 15).reshape(2, 16),
        skus=("tea", "jam"),
        aisles=(AisleLine("a", {"ko": "차"}, (0.0, 1.0), (2.0, 3.0)),),
        room=((-1.0, 0.0, -1.0), (1.0, 3.0, 1.0)),
        entrance=(0.0, 1.0, 90.0),
    )


def same(one, other):
    for field in fields(SceneDescription):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, np.ndarray):
            assert (mine.dtype, mine.shape) == (theirs.dtype, theirs.shape), field.name
            assert mine.tobytes() == theirs.tobytes(), field.name
        else:
            assert mine == theirs, field.name


def test_a_stored_scene_opens_equal_read_only_and_aligned(tmp_path):
    original = scene()
    stored = store_scene(original, "endcap-1-aa-1", [tmp_path])
    opened = open_scene(stored)
    same(original, opened)
    for name, array in opened.arrays().items():
        assert not array.flags.writeable, name
        assert array.flags.c_contiguous, name
        if array.size:
            assert array.ctypes.data % ALIGNMENT_BYTES == 0, name


def test_arrays_that_the_reader_has_are_not_written_again(tmp_path):
    first = scene()
    before = open_scene(store_scene(first, "endcap-1-aa-1", [tmp_path]))
    changed = replace(first, light=filled(8, "u2", 20).reshape(1, 1, 2, 4))
    stored = store_scene(changed, "endcap-1-aa-2", [tmp_path], first)
    assert [place.name for place in stored.places] == ["light"]
    opened = open_scene(stored, before)
    same(changed, opened)
    assert opened.instances is before.instances
    again = store_scene(changed, "endcap-1-aa-3", [tmp_path], changed)
    assert again.places == ()
    same(changed, open_scene(again, opened))


def test_arrays_of_a_scene_that_was_never_opened_are_missed(tmp_path):
    first = scene()
    changed = replace(first, light=filled(8, "u2", 20).reshape(1, 1, 2, 4))
    stored = store_scene(changed, "endcap-1-aa-2", [tmp_path], first)
    with pytest.raises(ValueError, match="scene before is missing"):
        open_scene(stored)


def test_the_name_goes_when_it_is_opened_and_the_memory_with_the_last_array(tmp_path):
    stored = store_scene(scene(), "endcap-1-aa-1", [tmp_path])
    opened = open_scene(stored)
    assert list(tmp_path.iterdir()) == []
    vertices = opened.vertices
    del opened
    gc.collect()
    assert vertices.tobytes() == scene().vertices.tobytes()
    assert str(tmp_path) in Path("/proc/self/maps").read_text()
    del vertices
    gc.collect()
    assert str(tmp_path) not in Path("/proc/self/maps").read_text()


def store_in_child(folder, connection):
    connection.send(store_scene(scene(), f"endcap-{os.getpid()}-aa-1", [folder]))


def test_another_process_writes_what_this_one_reads(tmp_path):
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=store_in_child, args=(tmp_path, theirs))
    child.start()
    stored = ours.recv()
    child.join(10)
    assert child.exitcode == 0
    same(scene(), open_scene(stored))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_room_is_passed_over(tmp_path):
    missing = tmp_path / "missing"
    stored = store_scene(scene(), "endcap-1-aa-1", [missing, tmp_path])
    assert Path(stored.path).parent == tmp_path
    assert Path(stored.path).stat().st_mode & 0o777 == 0o600


def test_a_full_folder_leaves_nothing_and_the_next_one_is_taken(tmp_path, monkeypatch):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    real = os.fdopen

    def full(descriptor, *rest):
        file = real(descriptor, *rest)
        if Path(f"/proc/self/fd/{descriptor}").resolve().parent == first:
            file.close()
            raise OSError(errno.ENOSPC, "No space left on device")
        return file

    monkeypatch.setattr("vr_client.net.shared.os.fdopen", full)
    assert Path(store_scene(scene(), "endcap-1-aa-1", [first, second]).path).parent == second
    assert list(first.iterdir()) == []


def test_nowhere_to_put_it_is_one_sentence(tmp_path):
    with pytest.raises(Failure, match="does not fit into shared memory"):
        store_scene(scene(), "endcap-1-aa-1", [tmp_path / "none"])


def test_a_name_that_exists_is_never_written_through(tmp_path):
    (tmp_path / "endcap-1-aa-1").write_bytes(b"someone else's")
    with pytest.raises(Failure):
        store_scene(scene(), "endcap-1-aa-1", [tmp_path])


def test_what_nobody_mapped_is_removed_by_its_prefix(tmp_path):
    store_scene(scene(), "endcap-7-aa-1", [tmp_path])
    other = store_scene(scene(), "endcap-7-bb-1", [tmp_path])
    remove_stored("endcap-7-aa", [tmp_path])
    assert [str(path) for path in tmp_path.iterdir()] == [other.path]


def test_orphans_of_dead_processes_are_removed_and_only_those(tmp_path):
    dead = multiprocessing.get_context("spawn").Process(target=print)
    dead.start()
    dead.join(10)
    store_scene(scene(), f"endcap-{dead.pid}-aa-1", [tmp_path])
    alive = store_scene(scene(), f"endcap-{os.getpid()}-aa-1", [tmp_path])
    foreign = tmp_path / "endcap-notes-x-y"
    foreign.write_text("not ours")
    remove_orphans([tmp_path])
    assert {str(path) for path in tmp_path.iterdir()} == {alive.path, str(foreign)}


def test_on_linux_memory_comes_first():
    assert shared_folders()[0] == Path("/dev/shm")


def test_a_ready_scene_makes_its_labels_due():
    ready = scene()
    state = reduce(ClientState(), SceneReady(ready))
    assert state.scene is ready
    assert state.labels_dirty == {"tea", "jam"}
