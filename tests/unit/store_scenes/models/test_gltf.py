import base64
import json
import struct

import numpy as np
import pytest
from PIL import Image

from catalog_sync.model.failure import Failure
from store_scenes.models.geometry import WHITE_UV
from store_scenes.models.gltf import load_model, model_files
from store_scenes.models.imported import container, plain

CORNERS = np.array([[0, 0, 0], [1, 0, 0], [0, 2, 0], [0, 0, 3]], "<f4")
FACES = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], "<u2")


def tetrahedron(corners=CORNERS, faces=FACES, uv=None):
    """A glTF tree with one tetrahedron, its buffer in a data URI."""
    blob = corners.astype("<f4").tobytes() + faces.astype("<u2").tobytes()
    views = [
        {"buffer": 0, "byteOffset": 0, "byteLength": corners.nbytes},
        {"buffer": 0, "byteOffset": corners.nbytes, "byteLength": faces.nbytes},
    ]
    accessors = [
        {"bufferView": 0, "componentType": 5126, "count": len(corners), "type": "VEC3",
         "min": corners.min(axis=0).tolist(), "max": corners.max(axis=0).tolist()},
        {"bufferView": 1, "componentType": 5123, "count": faces.size, "type": "SCALAR"},
    ]  # fmt: skip
    attributes = {"POSITION": 0}
    if uv is not None:
        uv = np.asarray(uv, "<f4")
        views.append({"buffer": 0, "byteOffset": len(blob), "byteLength": uv.nbytes})
        accessors.append({"bufferView": 2, "componentType": 5126, "count": len(uv), "type": "VEC2"})
        attributes["TEXCOORD_0"] = 2
        blob += uv.tobytes()
    return {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": attributes, "indices": 1}]}],
        "accessors": accessors,
        "bufferViews": views,
        "buffers": [
            {"byteLength": len(blob),
             "uri": "data:application/octet-stream;base64," + base64.b64encode(blob).decode()}
        ],
    }  # fmt: skip


def write(folder, tree, name="m.gltf"):
    path = folder / name
    path.write_text(json.dumps(tree))
    return path


def refused(path):
    with pytest.raises(Failure) as caught:
        load_model(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"The model {path} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def signed_volume(mesh):
    corner = mesh.vertices["position"].astype(float)[mesh.indices.reshape(-1, 3)]
    return np.einsum("ij,ij->i", corner[:, 0], np.cross(corner[:, 1], corner[:, 2])).sum() / 6


def test_stands_at_the_middle_of_its_base(tmp_path):
    mesh = load_model(write(tmp_path, tetrahedron()))
    position = mesh.vertices["position"]
    assert position.min(axis=0).tolist() == [-0.5, 0, -1.5]
    assert position.max(axis=0).tolist() == [0.5, 2, 1.5]
    assert len(mesh.indices) == 12
    assert signed_volume(mesh) == pytest.approx(1.0)
    assert np.allclose(np.linalg.norm(mesh.vertices["normal"], axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("scale", [[-1, 1, 1], [1, -1, 1], [2, 1, 0.5], [-1, -1, -1]])
def test_a_mirrored_node_is_not_inside_out(tmp_path, scale):
    tree = tetrahedron()
    tree["nodes"] = [{"children": [1], "translation": [5, 0, 0]}, {"mesh": 0, "scale": scale}]
    mesh = load_model(write(tmp_path, tree))
    assert signed_volume(mesh) == pytest.approx(abs(np.prod(scale)))
    corner = mesh.vertices["position"].astype(float)[mesh.indices.reshape(-1, 3)]
    face = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    shading = mesh.vertices["normal"][mesh.indices.reshape(-1, 3)].sum(axis=1)
    assert (np.einsum("ij,ij->i", face, shading) > 0).all()


def test_a_mesh_used_by_two_nodes_stands_twice(tmp_path):
    tree = tetrahedron()
    tree["nodes"] = [{"mesh": 0}, {"mesh": 0, "translation": [4, 0, 0]}]
    tree["scenes"] = [{"nodes": [0, 1]}]
    mesh = load_model(write(tmp_path, tree))
    assert len(mesh.indices) == 24
    assert np.ptp(mesh.vertices["position"][:, 0]) == 5


def test_base_colour_goes_to_the_vertices_and_points_at_white(tmp_path):
    tree = tetrahedron()
    tree["materials"] = [
        {"pbrMetallicRoughness": {"baseColorFactor": [1, 0.2158605, 0, 1], "roughnessFactor": 0.5,
                                  "metallicFactor": 0}}
    ]  # fmt: skip
    tree["meshes"][0]["primitives"][0]["material"] = 0
    mesh = load_model(write(tmp_path, tree))
    # 0.2158605 linear is 128 in sRGB (IEC 61966-2-1).
    assert np.abs(mesh.vertices["colour"].astype(int) - [255, 128, 0, 255]).max() <= 1
    assert (mesh.vertices["surface"] == [128, 0, 0, 255]).all()
    assert np.allclose(mesh.vertices["uv"], WHITE_UV)


def test_rough_metal_that_nobody_chose_is_plastic(tmp_path):
    tree = tetrahedron()
    tree["materials"] = [{"pbrMetallicRoughness": {}}]
    tree["meshes"][0]["primitives"][0]["material"] = 0
    mesh = load_model(write(tmp_path, tree))
    assert (mesh.vertices["surface"] == [191, 0, 0, 255]).all()
    tree["materials"] = [{"pbrMetallicRoughness": {"metallicFactor": 1.0}}]
    mesh = load_model(write(tmp_path, tree))
    assert (mesh.vertices["surface"] == [255, 255, 0, 255]).all()


def textured(folder, uv, name="a%20b.png", files=("a b.png",)):
    colours = np.zeros((64, 64, 3), np.uint8)
    colours[:32, :32], colours[:32, 32:] = (255, 0, 0), (0, 255, 0)
    colours[32:, :32], colours[32:, 32:] = (0, 0, 255), (255, 255, 0)
    for file in files:
        Image.fromarray(colours).save(folder / file)
    tree = tetrahedron(uv=uv)
    tree["images"] = [{"uri": name}]
    tree["textures"] = [{"source": 0}]
    tree["materials"] = [
        {"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}, "metallicFactor": 0}}
    ]
    tree["meshes"][0]["primitives"][0]["material"] = 0
    return write(folder, tree)


def sampled(mesh):
    """What each vertex shows: art at its uv times its colour."""
    place = np.clip((mesh.vertices["uv"] * 512).astype(int), 0, 511)
    art = mesh.art[place[:, 1], place[:, 0], :3].astype(float)
    return np.rint(art * mesh.vertices["colour"][:, :3] / 255).astype(int).tolist()


QUADRANTS = [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]]
SHOWN = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0]]


@pytest.mark.parametrize("shift", [0.0, 3.0, -2.0])
def test_a_texture_is_found_the_right_way_up_even_turns_away(tmp_path, shift):
    mesh = load_model(textured(tmp_path, np.array(QUADRANTS) + shift))
    assert sampled(mesh) == SHOWN
    assert not np.allclose(mesh.vertices["uv"], WHITE_UV)


@pytest.mark.parametrize(("turns", "vertices"), [(1, False), (3, True)])
def test_a_repeating_texture_is_drawn_as_often_or_baked_to_the_vertices(tmp_path, turns, vertices):
    uv = np.add(QUADRANTS, np.multiply([[0, 0], [1, 0], [3, 3], [0, 1]], turns))
    mesh = load_model(textured(tmp_path, uv))
    assert sampled(mesh) == SHOWN
    assert np.allclose(mesh.vertices["uv"], WHITE_UV) == vertices


def test_a_glb_is_read_as_its_gltf_is(tmp_path):
    tree = tetrahedron()
    blob = base64.b64decode(tree["buffers"][0].pop("uri").partition(",")[2])
    text = json.dumps(tree).encode()
    text += b" " * (-len(text) % 4)
    blob += bytes(-len(blob) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text
    chunks += struct.pack("<I4s", len(blob), b"BIN\0") + blob
    path = tmp_path / "m.glb"
    path.write_bytes(b"glTF" + struct.pack("<II", 2, 12 + len(chunks)) + chunks)
    same = load_model(write(tmp_path, tetrahedron()))
    assert load_model(path).vertices.tobytes() == same.vertices.tobytes()
    for length in (0, 3, 11, 30, len(text) + 25):
        path.write_bytes((b"glTF" + struct.pack("<II", 2, 12 + len(chunks)) + chunks)[:length])
        refused(path)


def change_extension(name, *, required):
    def change(tree):
        tree["extensionsUsed"] = [name]
        tree["extensionsRequired"] = [name] if required else []

    return change


def put(*keys_and_value):
    *keys, last, value = keys_and_value

    def change(tree):
        for key in keys:
            tree = tree[key]
        tree[last] = value

    return change


def cycle(tree):
    tree["nodes"] = [{"mesh": 0, "children": [0]}]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (change_extension("ACME_magic", required=True), "requires ACME_magic, which is not"),
        (put("asset", "version", "1.0"), "is glTF 1.0, not 2.0"),
        (put("accessors", 0, "count", 2**31), "2147483648 elements beyond its buffer"),
        (put("accessors", 0, "byteOffset", -4), "beyond its buffer"),
        (put("accessors", 0, "sparse", {}), "not valid glTF (KeyError"),
        (put("accessors", 0, "componentType", 5120.5), "not valid glTF (KeyError"),
        (put("bufferViews", 0, "byteLength", 10**9), "beyond its buffer"),
        (put("bufferViews", 0, "buffer", 5), "not valid glTF (ValueError"),
        (put("buffers", 0, "byteLength", 10**9), "says 1000000000 bytes for buffer 0"),
        (put("meshes", 0, "primitives", 0, "mode", 1), "has points or lines"),
        (put("nodes", 0, "skin", 0), "not valid glTF (ValueError"),
        (put("scene", 1), "not valid glTF (ValueError"),
        (put("scenes", []), "no scene with a mesh"),
        (put("nodes", [{}]), "shows no triangles"),
        (put("scenes", 0, "nodes", [7]), "not valid glTF (ValueError"),
        (put("meshes", 7), "not valid glTF (TypeError"),
        (cycle, "nodes that contain themselves"),
        (put("buffers", 0, "uri", "../secret.bin"), "outside of its own folder"),
        (put("buffers", 0, "uri", "%2e%2e/secret.bin"), "outside of its own folder"),
        (put("buffers", 0, "uri", "C:\\secret.bin"), "no file beside it"),
        (put("buffers", 0, "uri", "gone.bin"), "needs 'gone.bin' beside it"),
        (put("buffers", 0, "uri", "a" * 300), "needs 'aaaa"),
        (put("buffers", 0, "uri", "data:x;base64,@@@"), "no base64"),
    ],
)
def test_what_would_be_silently_wrong_is_refused(tmp_path, change, says):
    (tmp_path / "secret.bin").write_bytes(bytes(72))
    inner = tmp_path / "models"
    inner.mkdir()
    tree = tetrahedron()
    change(tree)
    assert says in refused(write(inner, tree))


def test_positions_that_are_not_numbers_and_indices_out_of_range(tmp_path):
    corners = CORNERS.copy()
    corners[1, 1] = np.nan
    tree = tetrahedron(corners)
    tree["accessors"][0]["min"] = tree["accessors"][0]["max"] = [0, 0, 0]
    assert "values that are not numbers" in refused(write(tmp_path, tree))
    faces = FACES.copy()
    faces[0, 0] = 4
    assert "indices out of range" in refused(write(tmp_path, tetrahedron(faces=faces)))


def test_limits(tmp_path, monkeypatch):
    path = write(tmp_path, tetrahedron())
    monkeypatch.setattr(plain, "TRIANGLES_MAX", 3)
    assert "more than 3 triangles" in refused(path)
    monkeypatch.setattr(container, "FILE_BYTES_MAX", 100)
    assert "with its parts" in refused(path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.bin").write_bytes(bytes(72))
    inner = tmp_path / "models"
    inner.mkdir()
    (inner / "link.bin").symlink_to(tmp_path / "secret.bin")
    tree = tetrahedron()
    tree["buffers"][0]["uri"] = "link.bin"
    assert "outside of its own folder" in refused(write(inner, tree))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff\xfe{}"])
def test_what_is_no_json_is_refused(tmp_path, content):
    path = tmp_path / "m.gltf"
    path.write_bytes(content)
    refused(path)


def test_formats_that_are_not_read_say_what_to_export(tmp_path):
    for name, says in (("m.fbx", "is not glTF: export it as .glb"), ("m.x", "no known format")):
        assert says in refused(tmp_path / name)
    assert "cannot be read" in refused(tmp_path / "gone.glb")


def test_the_files_of_a_model_are_those_it_names(tmp_path):
    path = textured(tmp_path, QUADRANTS)
    assert model_files(path) == {
        "": path.read_bytes(), "a b.png": (tmp_path / "a b.png").read_bytes()
    }  # fmt: skip
