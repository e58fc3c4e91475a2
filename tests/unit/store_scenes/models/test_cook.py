import hashlib
import json
import os
import shutil
import struct

import numpy as np
import pytest
import trimesh

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.compile.looks import PackageLooks
from store_scenes.demo import demo_store
from store_scenes.models.cook import cook_one, cook_store
from store_scenes.models.cooked import (
    cooked_bounds,
    cooked_file,
    cooked_name,
    encode_cooked,
    load_cooked,
)
from store_scenes.models.detail import levels_of
from store_scenes.models.gltf import load_model
from store_scenes.models.mesh import ART_SIZE, FAR_SIZE, VERTEX, ProductMesh, shrunk


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "store"
    shutil.copytree(demo_store(), folder, ignore=shutil.ignore_patterns(".endcap"))
    return folder


def quiet(*_):
    pass


def test_cooks_every_model_once(store):
    heard = []
    manifest = cook_store(store, lambda *step: heard.append(step))
    models = sorted(path.relative_to(store).as_posix() for path in (store / "models").glob("*.glb"))
    assert sorted(manifest.models) == models
    assert heard[0] == ("cook", 0, len(models))
    assert heard[-1] == ("cook", len(models), len(models))
    written = json.loads((store / ".endcap/cooked/manifest.json").read_text())
    assert (written["schema"], written["suffix"]) == (2, ".cooked")
    assert written["bytes"] == sum(entry["bytes"] for entry in written["models"].values())
    for name, entry in written["models"].items():
        raw = (store / ".endcap/cooked" / f"{entry['sha256']}.cooked").read_bytes()
        assert hashlib.sha256(raw).hexdigest() == entry["sha256"]
        assert len(raw) == entry["bytes"]
        mesh, source = load_cooked(cooked_file(store, name)), load_model(store / name)
        for field in ("position", "normal", "uv", "colour"):
            assert np.array_equal(mesh.vertices[field], source.vertices[field])
        assert np.array_equal(mesh.vertices["surface"][:, :3], source.vertices["surface"][:, :3])
        assert mesh.vertices["surface"][:, 3].min() < 255
        assert mesh.indices.tobytes() == source.indices.tobytes()
        assert mesh.art.tobytes() == source.art.tobytes()
        assert np.array_equal(mesh.far, shrunk(source.art, ART_SIZE // FAR_SIZE))
        assert (len(mesh.indices), len(mesh.vertices)) == (
            3 * entry["triangles"],
            entry["vertices"],
        )
        assert list(cooked_bounds(cooked_file(store, name))) == entry["bounds_m"]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_workers_cooks_the_same(store, jobs):
    assert cook_store(store, quiet, jobs).models == cook_store(store, quiet, force=True).models


def times_of(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.cooked")}


def test_what_is_cooked_stays_and_what_is_damaged_is_made_again(store):
    first = cook_store(store, quiet)
    folder = store / ".endcap/cooked"
    times = times_of(folder)
    written = (folder / "manifest.json").stat().st_mtime_ns
    assert cook_store(store, quiet) == first
    assert times_of(folder) == times
    assert (folder / "manifest.json").stat().st_mtime_ns == written
    victim = next(folder.glob("*.cooked"))
    victim.write_bytes(victim.read_bytes()[:-1])
    (folder / "0.npz").write_bytes(b"of another day")
    assert cook_store(store, quiet) == first
    assert {path.name for path in folder.iterdir()} == {*times, "manifest.json"}
    (folder / "manifest.json").write_text("{")
    assert cook_store(store, quiet) == first


def test_a_file_that_was_only_touched_is_known_by_its_bytes(store):
    first = cook_store(store, quiet)
    mug = store / "models/mug.glb"
    os.utime(mug, ns=(1, 1))
    again = cook_store(store, quiet)
    assert again.models["models/mug.glb"].sha256 == first.models["models/mug.glb"].sha256
    assert again.models["models/mug.glb"].sources != first.models["models/mug.glb"].sources


def test_a_change_that_keeps_size_and_time_is_found_by_verifying(store):
    first = cook_store(store, quiet)
    mug = store / "models/mug.glb"
    told, raw = mug.stat(), bytearray(mug.read_bytes())
    at = raw.index(b"generator") + 12
    raw[at] ^= 1
    mug.write_bytes(raw)
    os.utime(mug, ns=(told.st_mtime_ns, told.st_mtime_ns))
    assert cook_store(store, quiet) == first
    verified = cook_store(store, quiet, verify=True)
    changed = [one.models["models/mug.glb"].source_sha256 for one in (first, verified)]
    assert changed[0] != changed[1]


def test_models_that_cannot_be_taken_do_not_stop_the_others(store):
    whole = cook_store(store, quiet)
    broken = ["models/lantern.glb", "models/mug.glb"]
    for name in broken:
        (store / name).write_bytes(b"glTF")
    with pytest.raises(
        Failure, match=r"lantern\.glb is cut short.* 1 other models .*models/mug\.glb"
    ):
        cook_store(store, quiet)
    written = json.loads((store / ".endcap/cooked/manifest.json").read_text())
    assert list(written["models"]) == ["models/teapot.glb"]
    shutil.copytree(demo_store() / "models", store / "models", dirs_exist_ok=True)
    assert cook_store(store, quiet, force=True).models.keys() == whole.models.keys()


def test_a_missing_model_is_said(store):
    (store / "models/mug.glb").unlink()
    with pytest.raises(Failure, match=r"mug\.glb cannot be read"):
        cook_store(store, quiet)


def test_cooked_file_says_what_to_run(store):
    with pytest.raises(Failure, match="was not cooked: run endcap cook"):
        cooked_file(store, "models/mug.glb")
    cook_store(store, quiet)
    with pytest.raises(Failure, match="is not cooked: run endcap cook"):
        cooked_file(store, "models/other.glb")
    (store / ".endcap/cooked/manifest.json").write_text('{"models": {"m": {"sha256": "../x"}}}')
    with pytest.raises(Failure, match="names no hash for m"):
        cooked_file(store, "m")


def triangle():
    vertices = np.zeros(3, VERTEX)
    vertices["position"] = [[0, 0, 0], [1, 0, 0], [0, 1, 0]]
    art = np.full((ART_SIZE, ART_SIZE, 4), 255, np.uint8)
    return ProductMesh(vertices, np.arange(3, dtype=np.uint32), art)


def test_equal_meshes_are_cooked_to_equal_bytes():
    assert encode_cooked(triangle()) == encode_cooked(triangle())


RAW = encode_cooked(triangle())
HEAD = struct.Struct("<8sIII10I")


def with_head(**changes):
    names = ("magic", "vertices", "indices", "packed", *(f"first{n}" for n in range(5)),
             *(f"count{n}" for n in range(5)))  # fmt: skip
    told = dict(zip(names, HEAD.unpack_from(RAW), strict=True)) | changes
    return HEAD.pack(*told.values()) + RAW[HEAD.size :]


def with_arrays(vertices=None, indices=None):
    mesh = triangle()
    return encode_cooked(
        ProductMesh(
            mesh.vertices if vertices is None else vertices,
            mesh.indices if indices is None else indices, mesh.art,
        )
    )  # fmt: skip


def not_a_number():
    vertices = triangle().vertices.copy()
    vertices["normal"][1, 2] = np.inf
    return with_arrays(vertices)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PK",
        RAW[:-40],
        RAW[:5000],
        RAW + b"more",
        with_head(magic=b"ENDCAPM\x01"),
        with_head(vertices=2**31),
        with_head(indices=0),
        with_head(packed=7),
        with_head(first0=3),
        with_head(count0=6),
        with_head(first3=2),
        with_head(count4=2),
        with_head(count2=0),
        RAW[:-30] + bytes(30),
        with_arrays(indices=np.array([0, 1, 3], np.uint32)),
        with_arrays(indices=np.array([0, 1, 2, 0], np.uint32)),
        not_a_number(),
    ],
)
def test_a_damaged_file_is_one_sentence(tmp_path, raw):
    path = tmp_path / "x.cooked"
    path.write_bytes(raw)
    with pytest.raises(
        Failure, match=r"x\.cooked is damaged \(.+\): delete it and run endcap cook"
    ):
        assert load_cooked(path).art.size


def test_a_mapped_model_cannot_be_written_into(tmp_path):
    path = tmp_path / "x.cooked"
    path.write_bytes(RAW)
    mesh = load_cooked(path)
    with pytest.raises(ValueError, match="read-only"):
        mesh.vertices["position"][0] = 1.0


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(Failure, match="is missing: run endcap cook"):
        load_cooked(tmp_path / "x.cooked")


def test_levels_of_detail_are_cooked_and_worn_by_what_is_drawn_about_as_large(tmp_path, store):
    sphere = store / "models" / "ball.glb"
    trimesh.creation.icosphere(4, 0.05).export(sphere)
    entry = cook_one(sphere, tmp_path)
    assert not isinstance(entry, str)
    mesh = load_cooked(tmp_path / cooked_name(entry.sha256))
    assert (entry.triangles, len(mesh.indices)) == (5120, 15360)
    again = levels_of(mesh.vertices, mesh.indices)
    assert (mesh.levels.first, mesh.levels.count) == (again.first, again.count)
    assert mesh.levels.indices.tobytes() == again.indices.tobytes()
    assert entry.level_triangles == tuple(count // 3 for count in again.count[1:])
    assert entry.level_triangles[-1] < 200
    for side, cooked in ((100.0, True), (30.0, False)):
        product = Product("B", {"en": "B"}, "", "", "model", (side,) * 3, stock=1, model="b")
        drawn = PackageLooks(lambda _: mesh).mesh(product)
        assert (drawn.indices is mesh.levels.indices) == cooked
        assert drawn.count[0] == 15360
