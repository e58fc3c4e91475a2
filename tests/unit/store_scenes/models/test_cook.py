import dataclasses
import hashlib
import json
import os
import shutil
import struct

import msgspec
import numpy as np
import pytest
import trimesh

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.compile.looks import PackageLooks
from store_scenes.demo import demo_store
from store_scenes.layout.load import load_document, load_products
from store_scenes.models.cook import cook_one, cook_store, cooked_products, unsound_models
from store_scenes.models.cooked import cooked_name, encode_cooked, load_cooked
from store_scenes.models.detail import detailed, levels_of
from store_scenes.models.fit import fitted
from store_scenes.models.gltf import load_model
from store_scenes.models.mesh import ART_SIZE, FAR_SIZE, VERTEX, shrunk


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "store"
    shutil.copytree(demo_store(), folder, ignore=shutil.ignore_patterns(".endcap"))
    return folder


def quiet(*_):
    pass


def of(manifest, model):
    [entry] = [entry for entry in manifest.files if entry.model == model]
    return entry


def test_cooks_every_model_once(store):
    heard = []
    manifest = cook_store(store, lambda *step: heard.append(step))
    models = sorted(path.relative_to(store).as_posix() for path in (store / "models").glob("*.glb"))
    assert [entry.model for entry in manifest.files] == models
    assert heard[0] == ("cook", 0, len(models))
    assert heard[-1] == ("cook", len(models), len(models))
    written = json.loads((store / ".endcap/cooked/manifest.json").read_text())
    assert (written["schema"], written["suffix"]) == (3, ".cooked")
    assert written["bytes"] == sum(entry["bytes"] for entry in written["files"])
    worn = {p.sku: p for p in load_products(store, load_document(store)) if p.model}
    assert written["products"].keys() == worn.keys()
    for entry in written["files"]:
        path = store / ".endcap/cooked" / f"{entry['sha256']}.cooked"
        raw = path.read_bytes()
        assert hashlib.sha256(raw).hexdigest() == entry["sha256"]
        assert len(raw) == entry["bytes"]
        mesh, source = load_cooked(path), load_model(store / entry["model"])
        [product] = [worn[sku] for sku, file in written["products"].items()
                     if file == entry["sha256"]]  # fmt: skip
        assert mesh.fitted_mm == tuple(entry["size_mm"]) == product.dimensions_mm
        placed, _ = fitted(source.vertices, product.dimensions_mm)
        for field in ("position", "normal", "uv", "colour"):
            assert np.array_equal(mesh.vertices[field], placed[field])
        assert np.array_equal(mesh.vertices["surface"][:, :3], source.vertices["surface"][:, :3])
        assert mesh.vertices["surface"][:, 3].min() < 255
        assert mesh.indices.tobytes() == source.indices.tobytes()
        assert mesh.art.tobytes() == source.art.tobytes()
        assert np.array_equal(mesh.far, shrunk(source.art, ART_SIZE // FAR_SIZE))
        assert (len(mesh.indices), len(mesh.vertices)) == (
            3 * entry["triangles"],
            entry["vertices"],
        )
        position = mesh.vertices["position"]
        assert [position.min(axis=0).tolist(), position.max(axis=0).tolist()] == entry["bounds_m"]


def test_a_cooked_model_needs_nothing_more_before_it_is_drawn(store):
    products, load = cooked_products(store, load_products(store, load_document(store)), quiet)
    looks = PackageLooks(load)
    for product in products:
        if product.model:
            drawn, mesh = looks.mesh(product), load(product.model)
            again = detailed(mesh.vertices, mesh.indices)
            for part in ("vertices", "indices", "low", "high"):
                assert getattr(drawn, part).tobytes() == getattr(again, part).tobytes()
            assert (drawn.first, drawn.count, drawn.digest) == (
                again.first, again.count, again.digest,
            )  # fmt: skip
            assert drawn.radius == again.radius
            height_m = product.dimensions_mm[1] / 1000.0
            assert drawn.low[1] == 0.0
            assert float(drawn.high[1]) <= height_m + 1e-6
            larger = msgspec.structs.replace(product, dimensions_mm=(400.0, 400.0, 400.0))
            assert looks.mesh(larger).high[1] > drawn.high[1]


def test_one_model_in_two_sizes_is_cooked_in_both(store):
    catalog = store / "catalog.csv"
    lines = catalog.read_text(encoding="utf-8").splitlines()
    columns = lines[0].split(",")
    [mug] = [line for line in lines if "models/mug.glb" in line]
    cells = mug.split(",")
    cells[columns.index("sku")] += "-L"
    width = columns.index("width_mm")
    cells[width : width + 3] = ["160", "190", "160"]
    gtin = columns.index("gtin") if "gtin" in columns else None
    if gtin is not None:
        cells[gtin] = ""
    catalog.write_text("\n".join([*lines, ",".join(cells)]) + "\n", encoding="utf-8")
    manifest = cook_store(store, quiet)
    small, large = (entry for entry in manifest.files if entry.model == "models/mug.glb")
    assert small.sha256 != large.sha256
    assert large.size_mm == (160.0, 190.0, 160.0)
    assert manifest.products[cells[columns.index("sku")]] == large.sha256
    assert large.bounds_m[1][1] > small.bounds_m[1][1]
    assert cook_store(store, quiet) == manifest


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_workers_cooks_the_same(store, jobs):
    assert cook_store(store, quiet, jobs) == cook_store(store, quiet, force=True)


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
    assert of(again, "models/mug.glb").sha256 == of(first, "models/mug.glb").sha256
    assert of(again, "models/mug.glb").sources != of(first, "models/mug.glb").sources


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
    changed = [of(one, "models/mug.glb").source_sha256 for one in (first, verified)]
    assert changed[0] != changed[1]


def test_models_that_cannot_be_taken_do_not_stop_the_others(store):
    whole = cook_store(store, quiet)
    broken = ["models/lantern.glb", "models/mug.glb"]
    for name in broken:
        (store / name).write_bytes(b"glTF")
    with pytest.raises(
        Failure,
        match=r"lantern\.glb is cut short.* 1 other models .*mug\.glb\. All others, 1, are cooked",
    ):
        cook_store(store, quiet)
    written = json.loads((store / ".endcap/cooked/manifest.json").read_text())
    assert [entry["model"] for entry in written["files"]] == ["models/teapot.glb"]
    shutil.copytree(demo_store() / "models", store / "models", dirs_exist_ok=True)
    assert cook_store(store, quiet, force=True).products == whole.products


def test_cooked_files_are_for_every_reader(store):
    cook_store(store, quiet)
    modes = {path.stat().st_mode & 0o777 for path in (store / ".endcap/cooked").iterdir()}
    assert modes == {0o644}


def test_models_that_cannot_be_shown_are_found_without_cooking(store):
    products = load_products(store, load_document(store))
    assert unsound_models(store, products) == {}
    cook_store(store, quiet)
    mug = store / "models/mug.glb"
    mug.write_bytes(mug.read_bytes()[:900])
    found = unsound_models(store, products)
    assert list(found) == ["models/mug.glb"]
    assert "is cut short" in found["models/mug.glb"]
    mug.unlink()
    assert unsound_models(store, products) == {}  # that it is not there is another rule's word


def test_a_missing_model_is_said(store):
    (store / "models/mug.glb").unlink()
    with pytest.raises(Failure, match=r"mug\.glb cannot be read"):
        cook_store(store, quiet)


WHITE = np.full((ART_SIZE, ART_SIZE, 4), 255, np.uint8)
SIZE_MM = (1000.0, 1000.0, 1000.0)


def triangle():
    vertices = np.zeros(3, VERTEX)
    vertices["position"] = [[0, 0, 0], [1, 0, 0], [0, 1, 0]]
    return detailed(vertices, np.arange(3, dtype=np.uint32))


def cooked(mesh):
    return encode_cooked(mesh, WHITE, SIZE_MM)


def test_equal_meshes_are_cooked_to_equal_bytes():
    assert cooked(triangle()) == cooked(triangle())


@pytest.mark.parametrize("seed", range(3))
def test_the_near_picture_loses_nothing(tmp_path, seed):
    art = np.random.default_rng(seed).integers(0, 256, WHITE.shape, dtype=np.uint8)
    path = tmp_path / "x.cooked"
    path.write_bytes(encode_cooked(triangle(), art, SIZE_MM))
    assert np.array_equal(load_cooked(path).art, art)


RAW = cooked(triangle())
HEAD = struct.Struct("<8sIII10I6f4d16s")


def with_head(**changes):
    names = ("magic", "vertices", "indices", "packed", *(f"first{n}" for n in range(5)),
             *(f"count{n}" for n in range(5)), *(f"corner{n}" for n in range(6)),
             "radius", "width", "height", "depth", "digest")  # fmt: skip
    told = dict(zip(names, HEAD.unpack_from(RAW), strict=True)) | changes
    return HEAD.pack(*told.values()) + RAW[HEAD.size :]


def with_arrays(vertices=None, indices=None):
    mesh = triangle()
    vertices = mesh.vertices if vertices is None else vertices
    indices = mesh.indices if indices is None else indices
    return cooked(dataclasses.replace(
        mesh, vertices=vertices, indices=indices, first=(0,) * 5, count=(len(indices),) * 5,
    ))  # fmt: skip


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
        with_head(magic=b"ENDCAPM\x02"),
        with_head(corner1=float("nan")),
        with_head(radius=0.0),
        with_head(height=-1.0),
        with_head(width=float("inf")),
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


def test_levels_of_detail_are_cooked_for_the_size_they_are_drawn_in(tmp_path, store):
    sphere = store / "models" / "ball.glb"
    trimesh.creation.icosphere(4, 0.05).export(sphere)
    told = {}
    for side in (100.0, 30.0):
        entry = cook_one(sphere, tmp_path, "ball", (side,) * 3)
        assert not isinstance(entry, str)
        mesh = load_cooked(tmp_path / cooked_name(entry.sha256))
        assert (entry.triangles, len(mesh.indices)) == (5120, 15360)
        again = levels_of(mesh.vertices, mesh.indices)
        assert (mesh.levels.first, mesh.levels.count) == (again.first, again.count)
        assert mesh.levels.indices.tobytes() == again.indices.tobytes()
        assert entry.level_triangles == tuple(count // 3 for count in again.count[1:])
        told[side] = entry.level_triangles
        product = Product("B", {"en": "B"}, "", "", "model", (side,) * 3, stock=1, model="b")
        drawn = PackageLooks(lambda _, mesh=mesh: mesh).mesh(product)
        assert drawn.indices is mesh.levels.indices
        assert drawn.count[0] == 15360
    assert told[100.0][-1] < 200
    assert told[30.0][0] < told[100.0][0]


def test_levels_that_came_along_are_worn_by_what_is_drawn_about_as_large(tmp_path):
    sphere = tmp_path / "ball.glb"
    trimesh.creation.icosphere(4, 0.05).export(sphere)
    source = load_model(sphere)
    levels = levels_of(source.vertices, source.indices)
    mesh = dataclasses.replace(source, levels=levels)
    for side, worn in ((100.0, True), (30.0, False)):
        product = Product("B", {"en": "B"}, "", "", "model", (side,) * 3, stock=1, model="b")
        drawn = PackageLooks(lambda _: mesh).mesh(product)
        assert (drawn.indices is levels.indices) == worn
        assert drawn.count[0] == 15360
