"""A store as GLB: every rule of the format that a program can hold it to, and nothing lost."""

import io
import json
import struct
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import pytest
import trimesh

from catalog_sync.model.failure import Failure
from store_scenes.compile.compiler import compile_scene
from store_scenes.exchange.scene_glb import container
from store_scenes.exchange.scene_glb.command import summary
from store_scenes.exchange.scene_glb.export import Exported, ExportOptions, fixtures_of, write_glb
from store_scenes.layout.load import load_store
from store_scenes.models.packages import build_package

STORE = Path(__file__).parents[4] / "stores" / "corner_shop"
KINDS = {5126: np.float32, 5125: np.uint32, 5123: np.uint16}
WIDE = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}


@dataclass(frozen=True)
class Glb:
    tree: dict
    binary: bytes
    raw: bytes
    told: Exported

    def array(self, index: int) -> np.ndarray:
        row = self.tree["accessors"][index]
        view = self.tree["bufferViews"][row["bufferView"]]
        kind = np.dtype(KINDS[row["componentType"]])
        wide = WIDE[row["type"]]
        assert view.get("byteStride", kind.itemsize * wide) == kind.itemsize * wide
        first = row.get("byteOffset", 0)
        long = row["count"] * wide * kind.itemsize
        assert first % kind.itemsize == 0
        assert view["byteOffset"] % 4 == 0
        assert first + long <= view["byteLength"]
        start = view["byteOffset"] + first
        flat = np.frombuffer(self.binary[start : start + long], kind)
        return flat if wide == 1 else flat.reshape(-1, wide)


@pytest.fixture(scope="module")
def layout():
    return load_store(STORE)


@pytest.fixture(scope="module")
def scene(layout):
    plain = build_package(next(one for one in layout.products if one.package == "box"))
    return compile_scene(layout, layout.products, lambda _path: plain, lambda *_: None)


@pytest.fixture(scope="module")
def write(scene, layout, tmp_path_factory):
    scratch = tmp_path_factory.mktemp("scratch")

    def made(**options) -> Glb:
        out = io.BytesIO()
        told = write_glb(
            out, scratch, scene, layout, lambda row: scene.art_far[row],
            ExportOptions(**options), lambda *_: None,
        )  # fmt: skip
        assert list(scratch.iterdir()) == []
        raw = out.getvalue()
        magic, version, total = struct.unpack_from("<4sII", raw)
        assert (magic, version, total) == (b"glTF", 2, len(raw))
        long, kind = struct.unpack_from("<I4s", raw, 12)
        assert kind == b"JSON"
        size, kind = struct.unpack_from("<I4s", raw, 20 + long)
        assert kind == b"BIN\0"
        assert 28 + long + size == len(raw)
        tree = json.loads(raw[20 : 20 + long])
        assert tree["buffers"] == [{"byteLength": size}]
        return Glb(tree, raw[28 + long :], raw, told)

    return made


@pytest.fixture(scope="module")
def plain(write):
    return write()


@pytest.fixture(scope="module")
def instanced(write):
    return write(instancing="gpu")


@pytest.mark.parametrize("which", ["plain", "instanced"])
def test_every_accessor_lies_in_its_view_and_says_its_bounds(which, request):
    glb = request.getfixturevalue(which)
    assert all(view["byteOffset"] + view["byteLength"] <= len(glb.binary)
               for view in glb.tree["bufferViews"])  # fmt: skip
    for index, row in enumerate(glb.tree["accessors"]):
        values = glb.array(index)
        assert np.isfinite(values).all()
        if "min" in row:
            assert values.min(axis=0).tolist() == row["min"]
            assert values.max(axis=0).tolist() == row["max"]


def test_primitives_index_their_own_vertices_and_normals_are_unit(plain):
    seen = set()
    for mesh in plain.tree["meshes"]:
        for primitive in mesh["primitives"]:
            attributes = primitive["attributes"]
            counts = {plain.tree["accessors"][one]["count"] for one in attributes.values()}
            assert len(counts) == 1
            assert "min" in plain.tree["accessors"][attributes["POSITION"]]
            indices = plain.array(primitive["indices"])
            assert len(indices) % 3 == 0
            assert indices.max() < counts.pop()
            if attributes["NORMAL"] not in seen:
                seen.add(attributes["NORMAL"])
                length = np.linalg.norm(plain.array(attributes["NORMAL"]), axis=1)
                assert np.abs(length - 1.0).max() < 1e-5
            textured = (
                "baseColorTexture"
                in (plain.tree["materials"][primitive["material"]]["pbrMetallicRoughness"])
            )
            assert textured == ("TEXCOORD_0" in attributes)


def test_the_nodes_are_one_tree_and_say_what_stands_where(plain, layout, scene):
    nodes = plain.tree["nodes"]
    assert plain.told.nodes == len(nodes)
    children = [child for node in nodes for child in node.get("children", [])]
    assert len(children) == len(set(children)) == len(nodes) - 1
    (root,) = plain.tree["scenes"][0]["nodes"]
    assert root not in children
    assert nodes[root]["extras"] == {"store": "endcap-demo", "layout": layout.version}
    fixtures = {n["name"]: n for n in nodes if "fixture" in n.get("extras", {})}
    assert set(fixtures) == {one.id for one in layout.store.fixtures}
    sold = [n for n in nodes if "sku" in n.get("extras", {})]
    assert {n["extras"]["sku"] for n in sold} == set(scene.skus)
    assert sum(n["extras"]["units"] for n in sold) == (scene.product_of >= 0).sum()
    product = next(one for one in layout.products if one.sku == sold[0]["extras"]["sku"])
    assert sold[0]["name"] == f"{product.sku} {product.names['ko']}"
    assert sold[0]["extras"]["gtin"] == product.gtin
    # Everything for sale stands on a fixture.
    on_fixtures = {child for n in fixtures.values() for child in n["children"]}
    assert {nodes.index(n) for n in sold} <= on_fixtures


def test_trimesh_reads_back_the_same_triangles_in_the_same_place(plain, scene):
    read = trimesh.load(io.BytesIO(plain.raw), file_type="glb", process=False)
    mesh_of = np.repeat(scene.draws["mesh"], scene.draws["instance_count"])
    triangles = int((scene.meshes["index_count"][mesh_of] // 3).sum()) + 2 * len(scene.ceiling)
    assert plain.told.triangles == triangles
    placed = (read.geometry[read.graph[node][1]] for node in read.graph.nodes_geometry)
    assert sum(len(one.faces) for one in placed) == triangles
    low, high = scene.bounds[:, 0].min(axis=0), scene.bounds[:, 1].max(axis=0)
    assert np.abs(read.bounds - [low, high]).max() < 0.01


def test_instances_of_a_gpu_are_those_of_the_nodes(plain, instanced, scene):
    assert instanced.tree["extensionsRequired"] == ["EXT_mesh_gpu_instancing"]
    assert "extensionsRequired" not in plain.tree
    places = []
    for node in instanced.tree["nodes"]:
        extension = node.get("extensions", {}).get("EXT_mesh_gpu_instancing")
        if extension:
            place = instanced.array(extension["attributes"]["TRANSLATION"])
            turn = instanced.array(extension["attributes"]["ROTATION"])
            assert len(place) == len(turn) > 1
            assert np.abs(np.linalg.norm(turn, axis=1) - 1.0).max() < 1e-6
            places += place.tolist()
        elif "mesh" in node and node.get("name") != "ceiling lamps":
            places.append(node.get("translation", [0.0, 0.0, 0.0]))
    assert len(places) == len(scene.instances)
    wanted = np.sort(scene.instances["position"].round(3), axis=0)
    assert np.allclose(np.sort(np.round(places, 3), axis=0), wanted, atol=0.0011)
    assert instanced.told.draws < plain.told.draws / 4
    assert instanced.told.triangles == plain.told.triangles


def test_units_behind_their_like_can_be_left_out(write, plain, scene):
    front = write(front_only=True)
    behind = int(scene.draws["instance_count"][scene.draws["rear"] == 1].sum())
    assert front.told.instances == plain.told.instances - behind
    assert behind > 0
    light = write(detail="light")
    assert light.told.triangles < plain.told.triangles / 3
    assert light.told.instances == plain.told.instances


def test_a_picture_is_in_the_file_once(plain, scene):
    images = plain.tree["images"]
    data = set()
    for image in images:
        view = plain.tree["bufferViews"][image["bufferView"]]
        start = view["byteOffset"]
        data.add(plain.binary[start : start + view["byteLength"]])
        head = plain.binary[start : start + 4]
        assert image["mimeType"] == ("image/png" if head == b"\x89PNG" else "image/jpeg")
    assert len(data) == len(images) == plain.told.textures
    assert len(images) <= len(scene.skus) + len(scene.signs) - 1


def test_what_shines_is_unlit_and_gloss_is_clearcoat(plain):
    used = set(plain.tree["extensionsUsed"])
    assert used == {"KHR_lights_punctual", "KHR_materials_clearcoat", "KHR_materials_unlit"}
    found = {name for material in plain.tree["materials"]
             for name in material.get("extensions", {})}  # fmt: skip
    assert found == {"KHR_materials_clearcoat", "KHR_materials_unlit"}
    lamps = next(mesh for mesh in plain.tree["meshes"] if mesh.get("name") == "ceiling lamps")
    material = plain.tree["materials"][lamps["primitives"][0]["material"]]
    assert "KHR_materials_unlit" in material["extensions"]


def test_equal_stores_give_equal_bytes_and_lights_can_stay_away(write, plain):
    assert write().raw == plain.raw
    assert "KHR_lights_punctual" not in write(lights=False).tree["extensionsUsed"]


def test_things_belong_to_the_fixture_they_stand_on(scene, layout):
    rows = fixtures_of(scene, layout)
    sold = scene.product_of >= 0
    assert (rows[sold] >= 0).all()
    shown = {one.id: {p.sku for key in one.planograms + one.back_planograms
                      for shelf in layout.planograms[key].shelves for p in shelf.positions}
             for one in layout.store.fixtures}  # fmt: skip
    for instance in np.flatnonzero(sold).tolist():
        placement = layout.store.fixtures[rows[instance]]
        assert scene.skus[scene.product_of[instance]] in shown[placement.id]


def test_a_file_beyond_what_the_format_can_is_refused(write, monkeypatch):
    monkeypatch.setattr(container, "GLB_BYTES_MAX", 100_000)
    with pytest.raises(Failure, match=r"4 GiB is all that such a file can be; give --units front"):
        write()


def test_lights_look_down_from_both_sides(plain):
    lights = [n for n in plain.tree["nodes"] if "KHR_lights_punctual" in n.get("extensions", {})]
    ways = []
    for node in lights:
        x, y, z, w = node["rotation"]
        # -z turned by the quaternion.
        ways.append((-2 * (x * z + w * y), -2 * (y * z - w * x), -(1 - 2 * (x * x + y * y))))
    long = np.linalg.norm((0.35, -0.8, -0.5))
    assert np.allclose(ways, np.array([(0.35, -0.8, -0.5), (-0.35, -0.8, 0.5)]) / long, atol=1e-5)


def test_the_street_is_left_out_unless_asked_for(layout, tmp_path):
    glazed = msgspec.structs.replace(
        layout,
        store=msgspec.structs.replace(
            layout.store, floor=msgspec.structs.replace(layout.store.floor, shop_front=True)
        ),
    )
    box = build_package(next(one for one in layout.products if one.package == "box"))
    scene = compile_scene(glazed, layout.products, lambda _path: box, lambda *_: None)

    def box_of(*, street: bool) -> np.ndarray:
        out = io.BytesIO()
        write_glb(
            out, tmp_path, scene, glazed, lambda row: scene.art_far[row],
            ExportOptions(front_only=True, detail="light", street=street), lambda *_: None,
        )  # fmt: skip
        return trimesh.load(io.BytesIO(out.getvalue()), file_type="glb", process=False).bounds

    # The room is 9 by 10 m; walls, fascia and its sign stand out a little.
    assert np.abs(box_of(street=False))[:, [0, 2]].max() < 6.0
    assert box_of(street=True)[1, 2] > 10.0


def test_one_of_each_is_said_as_one():
    told = Exported(2_500_000, 3, 1, 1, 1, 1, 1, 1)
    assert summary(Path("a.glb"), told) == (
        "a.glb: 2.5 MB, 1 instance of 1 mesh, 1 triangle, 1 material, 1 picture, 1 draw"
    )
    told = Exported(2_500_000, 3, 1200, 2, 3, 4, 5, 6)
    assert "1,200 instances of 2 meshes, 5 triangles, 3 materials" in summary(Path("a"), told)
