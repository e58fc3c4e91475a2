"""What trimesh reads wrong or not at all, each in a small file of its own."""

import base64
import json

import meshopt
import numpy as np
import pytest
from PIL import Image

from catalog_sync.model.failure import Failure
from store_scenes.models.gltf import import_model, load_model

CORNERS = np.array([[0, 0, 0], [1, 0, 0], [0, 2, 0], [0, 0, 3]], "<f4")
FACES = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], "<u2")
TYPES = {"b": 5120, "B": 5121, "h": 5122, "H": 5123, "I": 5125, "f": 5126}
FORMS = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}


class Built:
    """A glTF that grows: arrays go in, accessor numbers come out."""

    def __init__(self):
        self.blob = b""
        self.tree = {
            "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}],
            "nodes": [{"mesh": 0}], "meshes": [{"primitives": [{"attributes": {}}]}],
            "accessors": [], "bufferViews": [],
        }  # fmt: skip

    @property
    def primitive(self):
        return self.tree["meshes"][0]["primitives"][0]

    def view(self, data, **more):
        self.blob += bytes(-len(self.blob) % 4)
        view = {"buffer": 0, "byteOffset": len(self.blob), "byteLength": len(data)} | more
        self.blob += data
        self.tree["bufferViews"].append(view)
        return len(self.tree["bufferViews"]) - 1

    def put(self, array, **more):
        rows = np.atleast_2d(np.asarray(array).T).T
        view = self.view(np.ascontiguousarray(array).tobytes())
        self.tree["accessors"].append(
            {"bufferView": view, "componentType": TYPES[rows.dtype.char], "count": len(rows),
             "type": FORMS[rows.shape[1]]} | more
        )  # fmt: skip
        return len(self.tree["accessors"]) - 1

    def solid(self):
        self.primitive["attributes"]["POSITION"] = self.put(CORNERS)
        self.primitive["indices"] = self.put(FACES.ravel())
        return self

    def write(self, folder, name="m.gltf"):
        uri = "data:x;base64," + base64.b64encode(self.blob).decode()
        self.tree["buffers"] = [{"byteLength": len(self.blob), "uri": uri}]
        (folder / name).write_text(json.dumps(self.tree))
        return folder / name


def box_of(mesh):
    position = mesh.vertices["position"]
    return np.ptp(position, axis=0).round(4).tolist()


def test_normalised_integers_become_what_they_mean(tmp_path):
    built = Built()
    built.primitive["attributes"]["POSITION"] = built.put(
        np.array([[0, 0, 0, 0], [32767, 0, 0, 0], [0, 32767, 0, 0], [0, 0, 16384, 0]], "<i2")[:, :3]
        .copy(), normalized=True,
    )  # fmt: skip
    built.primitive["indices"] = built.put(FACES.ravel())
    built.tree["nodes"] = [{"mesh": 0, "scale": [2, 2, 2]}]
    built.tree["extensionsRequired"] = built.tree["extensionsUsed"] = ["KHR_mesh_quantization"]
    assert box_of(load_model(built.write(tmp_path))) == [2.0, 2.0, 1.0]


def test_meshopt_is_unpacked(tmp_path):
    built = Built()
    rows = np.zeros((4, 4), "<f4")
    rows[:, :3] = CORNERS
    packed = meshopt.encode_gltf_buffer(rows.view("u1").reshape(4, 16), "ATTRIBUTES")
    view = built.view(bytes(packed))
    extension = dict(built.tree["bufferViews"][view], byteStride=16, count=4, mode="ATTRIBUTES")
    built.tree["bufferViews"][view] = {
        "buffer": 0, "byteOffset": 0, "byteLength": 64, "byteStride": 16,
        "extensions": {"EXT_meshopt_compression": extension},
    }  # fmt: skip
    built.tree["accessors"].append(
        {"bufferView": view, "componentType": 5126, "count": 4, "type": "VEC3"}
    )
    built.primitive["attributes"]["POSITION"] = 0
    built.primitive["indices"] = built.put(FACES.ravel())
    built.tree["extensionsRequired"] = ["EXT_meshopt_compression"]
    assert box_of(load_model(built.write(tmp_path))) == [1.0, 2.0, 3.0]
    extension["count"] = 2**30
    with pytest.raises(Failure, match="a packed buffer view beyond its buffer"):
        load_model(built.write(tmp_path))


def test_sparse_rows_replace_those_of_the_buffer(tmp_path):
    built = Built().solid()
    where, values = (
        built.view(np.array([3], "<u2").tobytes()),
        built.view(np.array([0, 0, 9], "<f4").tobytes()),
    )
    built.tree["accessors"][0]["sparse"] = {
        "count": 1, "indices": {"bufferView": where, "componentType": 5123},
        "values": {"bufferView": values},
    }  # fmt: skip
    assert box_of(load_model(built.write(tmp_path))) == [1.0, 2.0, 9.0]


@pytest.mark.parametrize(
    ("mode", "order", "count"), [(5, [0, 1, 2, 3], 2), (6, [0, 1, 2, 3], 2), (5, [0, 1, 1, 2], 0)]
)
def test_strips_and_fans_become_triangles(tmp_path, mode, order, count):
    built = Built().solid()
    built.primitive.update(mode=mode, indices=built.put(np.array(order, "<u2")))
    if count:
        assert len(load_model(built.write(tmp_path)).indices) == 3 * count
    else:
        with pytest.raises(Failure, match="shows no triangles"):
            load_model(built.write(tmp_path))


def test_a_strip_turns_every_other_triangle(tmp_path):
    built = Built()
    flat = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], "<f4")
    built.primitive["attributes"]["POSITION"] = built.put(flat)
    built.primitive["mode"] = 5
    mesh = load_model(built.write(tmp_path))
    corner = mesh.vertices["position"].astype(float)[mesh.indices.reshape(-1, 3)]
    assert (np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])[:, 2] > 0).all()


def test_instances_stand_where_they_are_told(tmp_path):
    built = Built().solid()
    moves = built.put(np.array([[0, 0, 0], [4, 0, 0], [0, 0, 7]], "<f4"))
    sizes = built.put(np.array([[1, 1, 1], [2, 2, 2], [1, 1, 1]], "<f4"))
    built.tree["nodes"][0]["extensions"] = {
        "EXT_mesh_gpu_instancing": {"attributes": {"TRANSLATION": moves, "SCALE": sizes}}
    }
    built.tree["extensionsUsed"] = ["EXT_mesh_gpu_instancing"]
    model = import_model(built.write(tmp_path))
    assert (len(model.mesh.indices) // 3, model.stored) == (12, 4)
    assert box_of(model.mesh) == [6.0, 4.0, 10.0]


def test_a_texture_is_moved_turned_and_scaled(tmp_path):
    colours = np.zeros((64, 64, 3), np.uint8)
    colours[:32, :32], colours[:32, 32:] = (255, 0, 0), (0, 255, 0)
    colours[32:, :32], colours[32:, 32:] = (0, 0, 255), (255, 255, 0)
    Image.fromarray(colours).save(tmp_path / "t.png")
    built = Built().solid()
    built.primitive["attributes"]["TEXCOORD_1"] = built.put(
        np.array([[0.5, 0.5], [1.5, 0.5], [0.5, 1.5], [1.5, 1.5]], "<f4")
    )
    texture = {
        "index": 0,
        "extensions": {"KHR_texture_transform": {"scale": [0.5, 0.5], "texCoord": 1}},
    }
    built.tree |= {
        "images": [{"uri": "t.png"}], "textures": [{"source": 0}],
        "materials": [{"pbrMetallicRoughness": {"baseColorTexture": texture, "metallicFactor": 0}}],
    }  # fmt: skip
    built.primitive["material"] = 0

    def shown():
        mesh = load_model(built.write(tmp_path))
        place = np.clip((mesh.vertices["uv"] * 512).astype(int), 0, 511)
        art = mesh.art[place[:, 1], place[:, 0], :3].astype(float)
        return np.rint(art * mesh.vertices["colour"][:, :3] / 255).astype(int).tolist()

    red, green, blue, yellow = [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0]
    assert shown() == [red, green, blue, yellow]
    texture["extensions"]["KHR_texture_transform"]["offset"] = [0.5, 0.0]
    assert shown() == [green, red, yellow, blue]


def test_vertex_colours_of_every_kind_are_the_same(tmp_path):
    kinds = [
        np.array([[1, 0.5, 0]] * 4, "<f4"), np.array([[255, 128, 0, 255]] * 4, "u1"),
        np.array([[65535, 32896, 0]] * 4, "<u2"),
    ]  # fmt: skip
    shown = []
    for kind in kinds:
        built = Built().solid()
        built.primitive["attributes"]["COLOR_0"] = built.put(
            kind, normalized=kind.dtype.kind == "u"
        )
        shown.append(load_model(built.write(tmp_path)).vertices["colour"][0].astype(int))
    assert all(np.abs(one - shown[0]).max() <= 1 for one in shown)


def test_clearcoat_and_what_shines(tmp_path):
    built = Built().solid()
    built.primitive["material"] = 0
    built.tree["materials"] = [
        {
            "extensions": {"KHR_materials_clearcoat": {"clearcoatFactor": 0.6}},
            "emissiveFactor": [0, 1, 0],
        }
    ]
    vertices = load_model(built.write(tmp_path)).vertices
    assert vertices["surface"][0, 2] == 153
    assert (vertices["colour"][:, 3] == 0).all()


def test_another_scene_is_shown_where_the_file_says_or_one_asks(tmp_path):
    built = Built().solid()
    built.tree["nodes"].append({"mesh": 0, "scale": [2, 2, 2]})
    built.tree["scenes"] = [{"nodes": [0]}, {"nodes": [1]}]
    built.tree["scene"] = 1
    path = built.write(tmp_path)
    assert box_of(load_model(path)) == [2.0, 4.0, 6.0]
    assert box_of(import_model(path, 0).mesh) == [1.0, 2.0, 3.0]


def test_morph_targets_are_applied_by_their_weights(tmp_path):
    built = Built().solid()
    target = built.put(np.array([[0, 0, 0], [0, 0, 0], [0, 4, 0], [0, 0, 0]], "<f4"))
    built.primitive["targets"] = [{"POSITION": target}]
    built.tree["meshes"][0]["weights"] = [0.5]
    assert box_of(load_model(built.write(tmp_path))) == [1.0, 4.0, 3.0]


def test_a_skin_is_posed_as_the_file_rests(tmp_path):
    built = Built().solid()
    attributes = built.primitive["attributes"]
    attributes["JOINTS_0"] = built.put(np.array([[0, 1, 0, 0]] * 3 + [[1, 0, 0, 0]], "u1"))
    attributes["WEIGHTS_0"] = built.put(np.array([[1, 0, 0, 0]] * 4, "<f4"))
    inverse = built.put(np.tile(np.eye(4, dtype="<f4").ravel(), (2, 1)))
    built.tree["nodes"] = [
        {"mesh": 0, "skin": 0, "translation": [99, 0, 0]},  # a skinned node's own place is ignored
        {"translation": [0, 0, 0], "children": [2]}, {"translation": [0, 0, 5]},
    ]  # fmt: skip
    built.tree["scenes"] = [{"nodes": [0, 1]}]
    built.tree["skins"] = [{"joints": [1, 2], "inverseBindMatrices": inverse}]
    model = import_model(built.write(tmp_path))
    assert box_of(model.mesh) == [1.0, 2.0, 8.0]
    assert model.bounds_m[0][0] == 0.0


def test_animations_of_nodes_are_kept_as_tracks(tmp_path):
    built = Built().solid()
    times = built.put(np.array([0, 0.5, 2], "<f4"))
    turns = built.put(np.array([[0, 0, 0, 1], [0, 1, 0, 0], [0, 0, 0, 1]], "<f4"))
    built.tree["nodes"] = [{"mesh": 0}, {"mesh": 0, "translation": [3, 0, 0]}]
    built.tree["scenes"] = [{"nodes": [0, 1]}]
    built.tree["animations"] = [{
        "name": "open", "samplers": [{"input": times, "output": turns, "interpolation": "STEP"}],
        "channels": [{"sampler": 0, "target": {"node": 1, "path": "rotation"}},
                     {"sampler": 0, "target": {"node": 1, "path": "weights"}}],
    }]  # fmt: skip
    model = import_model(built.write(tmp_path))
    (animation,) = model.animations
    (track,) = animation.tracks
    assert (animation.name, animation.duration_s) == ("open", 2.0)
    assert (track.node, track.path, track.interpolation) == (1, "rotation", "STEP")
    assert track.values.tolist()[1] == [0, 1, 0, 0]
    assert model.nodes == {0: ((0, 4),), 1: ((4, 4),)}


def test_what_is_left_out_is_said(tmp_path):
    built = Built().solid()
    built.tree["materials"] = [{"normalTexture": {"index": 0}, "alphaMode": "BLEND"}]
    built.tree["extensionsUsed"] = ["KHR_lights_punctual", "ACME_sparkle"]
    built.tree["cameras"] = [{}]
    assert import_model(built.write(tmp_path)).warnings == (
        "brings lamps along (KHR_lights_punctual)", "has ACME_sparkle, which is left out",
        "has normal maps, which are left out", "is see-through, and is shown pale",
        "brings cameras along, which are left out",
    )  # fmt: skip


def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(tmp_path):
    built = Built().solid()
    Image.new("1", (9000, 10)).save(tmp_path / "wide.png")
    built.tree |= {
        "images": [{"uri": "wide.png"}], "textures": [{"source": 0}],
        "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}],
    }  # fmt: skip
    built.primitive["material"] = 0
    with pytest.raises(Failure, match="an image of 9000 × 10 pixels"):
        load_model(built.write(tmp_path))


OBJ = """mtllib m%20x.mtl
v 0 0 0
v 1 0 0
v 0 2 0
v 0 0 3
vt 0.25 0.75
vt 0.75 0.75
vt 0.25 0.25
usemtl red
f 1/1 3/2 2/3
f 1/1 2/2 4/3
f 1/1 4/2 3/3
f 2/1 3/2 4/3
""".replace("%20", " ")


def test_an_obj_with_its_material(tmp_path):
    (tmp_path / "m.obj").write_text(OBJ)
    (tmp_path / "m x.mtl").write_text("newmtl red\nKd 1 0 0\n")
    model = import_model(tmp_path / "m.obj")
    assert box_of(model.mesh) == [1.0, 2.0, 3.0]
    assert model.mesh.vertices["colour"][0, :3].tolist() == [255, 0, 0]


@pytest.mark.parametrize(
    ("name", "says"),
    [("../m.mtl", "outside of its own folder"), ("gone.mtl", "which is missing"),
     ("C:\\m.mtl", "no file beside it")],
)  # fmt: skip
def test_an_obj_reads_nothing_outside_its_folder(tmp_path, name, says):
    inner = tmp_path / "in"
    inner.mkdir()
    (tmp_path / "m.mtl").write_text("newmtl red\n")
    (inner / "m.obj").write_text(OBJ.replace("m x.mtl", name))
    with pytest.raises(Failure, match=says):
        load_model(inner / "m.obj")


def stl():
    out = bytearray(80) + np.uint32(len(FACES)).tobytes()
    for face in FACES:
        out += np.zeros(3, "<f4").tobytes() + CORNERS[face].tobytes() + b"\0\0"
    return bytes(out)


PLY = (
    "ply\nformat ascii 1.0\nelement vertex 4\n"
    "property float x\nproperty float y\nproperty float z\n"
    "element face 4\nproperty list uchar int vertex_indices\nend_header\n"
    + "".join(f"{x:g} {y:g} {z:g}\n" for x, y, z in CORNERS)
    + "".join(f"3 {a} {b} {c}\n" for a, b, c in FACES)
)


def test_stl_and_ply(tmp_path):
    (tmp_path / "m.stl").write_bytes(stl())
    (tmp_path / "m.ply").write_text(PLY)
    for name in ("m.stl", "m.ply"):
        model = import_model(tmp_path / name)
        assert (len(model.mesh.indices) // 3, box_of(model.mesh)) == (4, [1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("m.ply", PLY.replace("vertex 4", "vertex 2147483647"), "claims more vertex than it holds"),
        ("m.ply", "ply", "is no PLY"),
        ("m.stl", "", "is no STL that can be taken"),
        ("m.obj", "v 0 0 0\n", "shows no triangles"),
        ("m.obj", "v 0\nv 1\nv 2\nf 1 2 3\n", "corners that are no three numbers"),
        ("m.obj", "f 1 2 3\n", "(cannot be loaded|shows no triangles)"),
    ],
)
def test_other_formats_that_are_damaged_are_refused(tmp_path, name, data, says):
    (tmp_path / name).write_text(data)
    with pytest.raises(Failure, match=says):
        load_model(tmp_path / name)


def test_what_a_mask_cuts_out_is_filled_and_said(tmp_path):
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:, :32] = (200, 40, 40, 255)
    Image.fromarray(pixels).save(tmp_path / "p.png")
    built = Built().solid()
    built.primitive["attributes"]["TEXCOORD_0"] = built.put(np.full((4, 2), 0.9, "<f4"))
    built.primitive["material"] = 0
    built.tree["images"] = [{"uri": "p.png"}]
    built.tree["textures"] = [{"source": 0}]
    built.tree["materials"] = [
        {"alphaMode": "MASK", "pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}
    ]
    model = import_model(built.write(tmp_path))
    assert model.mesh.art[20:480:60, 20:480:60].reshape(-1, 4).tolist() == [[200, 40, 40, 255]] * 64
    assert model.warnings == ("has parts cut out by a mask, which are shown filled",)


def _refused(built, folder):
    with pytest.raises(Failure) as caught:
        load_model(built.write(folder))
    return str(caught.value)


def test_vertices_that_no_triangle_uses_are_counted_too(tmp_path):
    built = Built().solid()
    built.primitive["attributes"]["POSITION"] = built.put(np.zeros((160_000, 3), "<f4"))
    built.tree["nodes"] = [{"mesh": 0}] * 20
    built.tree["scenes"] = [{"nodes": list(range(20))}]
    assert "or 3,000,000 vertices: simplify it" in _refused(built, tmp_path)


def test_pictures_are_bounded_together(tmp_path):
    built = Built().solid()
    Image.new("L", (6000, 6000)).save(tmp_path / "p.png")
    built.tree["images"] = [{"uri": "p.png"}] * 2
    built.tree["textures"] = [{"source": 0}, {"source": 1}]
    built.tree["materials"] = [
        {"pbrMetallicRoughness": {"baseColorTexture": {"index": number}}} for number in (0, 1)
    ]
    built.tree["meshes"][0]["primitives"] = [built.primitive | {"material": n} for n in (0, 1)]
    assert "more than 40 million pixels of images" in _refused(built, tmp_path)


def test_a_draco_mesh_may_not_claim_what_it_likes(tmp_path):
    built = Built()
    # DRACO 2.2, a mesh, in sequence, without metadata; then 2**27 faces and as many points.
    head = b"DRACO\x02\x02\x01\x00\x00\x00" + b"\x80\x80\x80\x40" * 2 + bytes(40)
    view = built.view(head)
    built.primitive["attributes"]["POSITION"] = built.put(CORNERS)
    built.primitive["extensions"] = {
        "KHR_draco_mesh_compression": {"bufferView": view, "attributes": {"POSITION": 0}}
    }
    assert "has Draco data that claims too much" in _refused(built, tmp_path)


def test_a_part_that_stands_often_is_read_once(tmp_path, monkeypatch):
    from store_scenes.models import gltf

    built = Built().solid()
    built.tree["nodes"] = [{"mesh": 0, "translation": [3 * n, 0, 0]} for n in range(500)]
    built.tree["scenes"] = [{"nodes": list(range(500))}]
    read = []
    kept = gltf._read
    monkeypatch.setattr(gltf, "_read", lambda *given: read.append(1) or kept(*given))
    mesh = load_model(built.write(tmp_path))
    assert (len(mesh.indices) // 3, len(read)) == (2000, 1)
    assert box_of(mesh) == [1498.0, 2.0, 3.0]
