import hashlib
import io
import json
import shutil

import numpy as np
import pytest

from catalog_sync.model.failure import Failure
from store_scenes.demo import demo_store
from store_scenes.models.cook import cook_store
from store_scenes.models.cooked import (
    cooked_bounds,
    cooked_file,
    encode_cooked,
    load_cooked,
)
from store_scenes.models.gltf import load_model
from store_scenes.models.mesh import ART_SIZE, VERTEX, ProductMesh


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
    assert heard == [("cook", n, len(models)) for n in range(len(models) + 1)]
    written = json.loads((store / ".endcap/cooked/manifest.json").read_text())
    assert written["schema"] == 1
    for name, entry in written["models"].items():
        raw = (store / ".endcap/cooked" / f"{entry['sha256']}.npz").read_bytes()
        assert hashlib.sha256(raw).hexdigest() == entry["sha256"]
        assert len(raw) == entry["bytes"]
        assert set(entry) == {"sha256", "bytes", "source_sha256", "triangles", "bounds_m"}
        mesh, source = load_cooked(cooked_file(store, name)), load_model(store / name)
        assert mesh.vertices.tobytes() == source.vertices.tobytes()
        assert mesh.indices.tobytes() == source.indices.tobytes()
        assert mesh.art.tobytes() == source.art.tobytes()
        assert len(mesh.indices) == 3 * entry["triangles"]
        assert list(cooked_bounds(cooked_file(store, name))) == entry["bounds_m"]


def test_what_is_cooked_stays_and_what_is_damaged_is_made_again(store):
    first = cook_store(store, quiet)
    folder = store / ".endcap/cooked"
    times = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.npz")}
    assert cook_store(store, quiet) == first
    assert {path.name: path.stat().st_mtime_ns for path in folder.glob("*.npz")} == times
    victim = next(folder.glob("*.npz"))
    victim.write_bytes(victim.read_bytes()[:-1])
    (folder / "0.npz").write_bytes(b"of another day")
    assert cook_store(store, quiet) == first
    assert {path.name for path in folder.iterdir()} == {*times, "manifest.json"}
    (folder / "manifest.json").write_text("{")
    assert cook_store(store, quiet) == first


def test_a_model_that_cannot_be_taken_leaves_no_manifest(store):
    next((store / "models").glob("*.glb")).write_bytes(b"glTF")
    with pytest.raises(Failure, match="is cut short"):
        cook_store(store, quiet)
    assert not (store / ".endcap/cooked/manifest.json").exists()


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


def other(**arrays):
    mesh = triangle()
    content = {"vertices": mesh.vertices, "indices": mesh.indices, "art": mesh.art} | arrays
    out = io.BytesIO()
    np.savez(out, **content)
    return out.getvalue()


def compressed():
    mesh = triangle()
    out = io.BytesIO()
    np.savez_compressed(out, vertices=mesh.vertices, indices=mesh.indices, art=mesh.art)
    return out.getvalue()


def not_a_number():
    vertices = triangle().vertices.copy()
    vertices["normal"][1, 2] = np.inf
    return other(vertices=vertices)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PK",
        encode_cooked(triangle())[:-40],
        encode_cooked(triangle())[:5000],
        other(extra=np.zeros(1)),
        other(vertices=np.array([object()], dtype=object)),
        other(vertices=np.zeros((3, 3), "f4")),
        other(indices=np.array([0, 1, 3], np.uint32)),
        other(indices=np.array([0, 1], np.uint32)),
        other(indices=np.array([0, 1, 2], np.int64)),
        other(art=np.zeros((8, 8, 4), np.uint8)),
        compressed(),
        not_a_number(),
    ],
)
def test_a_damaged_file_is_one_sentence(tmp_path, raw):
    path = tmp_path / "x.npz"
    path.write_bytes(raw)
    with pytest.raises(Failure, match=r"x\.npz is damaged \(.+\): delete it and run endcap cook"):
        load_cooked(path)


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(Failure, match="is missing: run endcap cook"):
        load_cooked(tmp_path / "x.npz")
