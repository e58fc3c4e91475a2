r"""What cooking costs, and what it saves: 500 models, cooked by one process and by two, and opened.

The models are made here: GLBs of some thousand triangles with a picture each, no two alike; where
`--models FOLDER` names real ones, they are taken as well, each under a name of its own. Measured in
turns, the median over rounds:

    one, two   endcap cook with one and with two processes, each on a fresh store
    again      endcap cook on a cooked store, as a command: nothing is to be done
    source     every source model through trimesh to the vertices, indices and small pictures of a
               scene, fitted to its product and with its levels of detail: what a client would do
               without cooking
    client     the same arrays as the client makes them: models that lie in its cache, looked at
               again, mapped, and joined
    cooked     every model opened as the client opens it, before they are joined: its triangles in
               all levels and its small picture, each number touched
    decoded    every source model through trimesh.load_scene, normals made and pictures decoded:
               the same triangles and pixels, not yet in a form that one can draw
    bare       every source model through trimesh.load_scene alone, its pictures still packed

    python benchmarks/cook.py [--json] [--count N] [--rounds N] [--models FOLDER]
"""

import argparse
import asyncio
import io
import json
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from catalog_sync.model.product import Product
from store_scenes.compile.assemble import MeshPool
from store_scenes.compile.looks import PackageLooks
from store_scenes.layout.load import load_document, load_products
from store_scenes.models.cooked import FOLDER, cooked_name, load_cooked
from store_scenes.models.gltf import load_model
from store_scenes.models.mesh import ProductMesh
from vr_client.net.assets import AssetCache

ENDCAP = str(Path(sys.executable).with_name("endcap"))
KEYS = ("one", "two", "again", "source", "client", "cooked", "decoded", "bare")
STORE = """schema = 1
id = "bench"
names.en = "Bench"
locale = "en-US"
currency = "USD"
catalog = "catalog.csv"
floor = { width_mm = 9000, depth_mm = 9000 }
aisles = []
fixtures = []
"""


def glb(number: int) -> bytes:
    """A turned vase of its own outline, about 4,000 triangles, with a picture of 256 pixels."""
    rng = np.random.default_rng(number)
    rings, around = 40, 50
    height = np.linspace(0.0, 0.25, rings)
    radius = 0.04 + 0.02 * np.sin(height * rng.uniform(10, 40) + rng.uniform(0, 6))
    angle = np.linspace(0.0, 2 * np.pi, around + 1)
    x = radius[:, None] * np.cos(angle)
    z = -radius[:, None] * np.sin(angle)
    y = np.broadcast_to(height[:, None], x.shape)
    position = np.stack([x, y, z], axis=-1).reshape(-1, 3).astype("<f4")
    normal = np.stack([np.cos(angle), np.zeros(around + 1), -np.sin(angle)], axis=-1)
    normals = np.broadcast_to(normal, (rings, around + 1, 3)).reshape(-1, 3).astype("<f4")
    u, v = np.meshgrid(np.linspace(0, 1, around + 1), np.linspace(1, 0, rings))
    uv = np.stack([u, v], axis=-1).reshape(-1, 2).astype("<f4")
    row = np.arange(rings - 1)[:, None] * (around + 1) + np.arange(around)
    faces = np.stack([row, row + 1, row + around + 1, row + 1, row + around + 2, row + around + 1])
    indices = np.moveaxis(faces, 0, -1).reshape(-1).astype("<u4")
    noise = rng.integers(0, 256, (16, 16, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).resize((256, 256), Image.Resampling.BICUBIC).save(out, "PNG")
    parts = [position.tobytes(), normals.tobytes(), uv.tobytes(), indices.tobytes(), out.getvalue()]
    blob, views = b"", []
    for part in parts:
        blob += bytes(-len(blob) % 4)
        views.append({"buffer": 0, "byteOffset": len(blob), "byteLength": len(part)})
        blob += part
    count = len(position)
    tree = {
        "asset": {"version": "2.0", "copyright": "CC0"}, "scene": 0, "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}], "bufferViews": views, "buffers": [{"byteLength": len(blob)}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": count, "type": "VEC3",
             "min": position.min(axis=0).tolist(), "max": position.max(axis=0).tolist()},
            {"bufferView": 1, "componentType": 5126, "count": count, "type": "VEC3"},
            {"bufferView": 2, "componentType": 5126, "count": count, "type": "VEC2"},
            {"bufferView": 3, "componentType": 5125, "count": len(indices), "type": "SCALAR"},
        ],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "NORMAL": 1, "TEXCOORD_0": 2},
                                    "indices": 3, "material": 0}]}],
        "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0},
                                                "metallicFactor": 0}}],
        "textures": [{"source": 0}], "images": [{"bufferView": 4, "mimeType": "image/png"}],
    }  # fmt: skip
    text = json.dumps(tree).encode()
    text += b" " * (-len(text) % 4)
    blob += bytes(-len(blob) % 4)
    size = 12 + 8 + len(text) + 8 + len(blob)
    head = struct.pack("<4sII", b"glTF", 2, size) + struct.pack("<I4s", len(text), b"JSON")
    return head + text + struct.pack("<I4s", len(blob), b"BIN\0") + blob


def make_store(folder: Path, count: int, real: Path | None) -> None:
    """A store whose catalogue names `count` models."""
    (folder / "models").mkdir(parents=True)
    (folder / "store.toml").write_text(STORE)
    found = sorted(real.rglob("*.glb")) if real else []
    lines = ["sku,name,price,stock,package,width_mm,height_mm,depth_mm,model"]
    for number in range(count):
        name = f"models/{number:04d}.glb"
        if number < len(found):
            shutil.copyfile(found[number], folder / name)
        else:
            (folder / name).write_bytes(glb(number))
        lines.append(f"{number},Model {number},1,1,model,90,250,90,{name}")
    (folder / "catalog.csv").write_text("\n".join(lines) + "\n")


def cooked_in(folder: Path, jobs: int) -> float:
    """Seconds of `endcap cook` on a store without its cooked files."""
    shutil.rmtree(folder / ".endcap", ignore_errors=True)
    return command(folder, "--jobs", str(jobs))


def command(folder: Path, *arguments: str) -> float:
    """Seconds of one `endcap cook`."""
    start = time.perf_counter()
    subprocess.run([ENDCAP, "cook", str(folder), *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def joined(products: Sequence[Product], load: Callable[[str], ProductMesh]) -> None:
    """What a scene takes of its products' models."""
    looks, pool, far = PackageLooks(load), MeshPool(), []
    for product in products:
        pool.add(looks.mesh(product))
        far.append(looks.far(product))
    pool.arrays()
    np.stack(far)


def products_in(folder: Path) -> tuple[Product, ...]:
    """The store's products."""
    return load_products(folder, load_document(folder))


def by_source(folder: Path) -> float:
    """Seconds from source models, through trimesh, to a scene's arrays."""
    products = products_in(folder)
    start = time.perf_counter()
    joined(products, lambda name: load_model(folder / name))
    return time.perf_counter() - start


def by_client(folder: Path) -> float:
    """Seconds from cooked models in the client's cache to a scene's arrays."""
    served, cache = cooked(folder), folder / FOLDER

    def once() -> float:
        start = time.perf_counter()
        assets = AssetCache(cache, "http://127.0.0.1:9")
        asyncio.run(assets.fetch_all((product.model for product in served), lambda *_: None))
        joined(served, lambda digest: load_cooked(assets.path(digest)))
        return time.perf_counter() - start

    once()  # reads all of them back; from then on they are known to be whole
    return once()


def by_opening(folder: Path) -> float:
    """Seconds to open every cooked model and touch what a scene takes of it."""
    served, cache = cooked(folder), folder / FOLDER
    looks = PackageLooks(lambda digest: load_cooked(cache / cooked_name(digest)))
    start = time.perf_counter()
    for product in served:
        mesh = looks.mesh(product)
        touch(mesh.indices, mesh.vertices["normal"], looks.far(product))
    return time.perf_counter() - start


def touch(*arrays: NDArray[Any]) -> None:
    """Read every number, as cheaply as numpy can: what was only mapped is read from the disk."""
    for array in arrays:
        array.max()


def cooked(folder: Path) -> list[Product]:
    """The products as a server hands them out; they are cooked already."""
    files = json.loads((folder / FOLDER / "manifest.json").read_text())["products"]
    return [msgspec.structs.replace(p, model=files[p.sku]) for p in products_in(folder)]


def by_trimesh(folder: Path) -> float:
    """Seconds to load every source model with `trimesh.load_scene`, its pictures still packed."""
    import trimesh

    start = time.perf_counter()
    for path in sorted((folder / "models").glob("*.glb")):
        for mesh in trimesh.load_scene(path).geometry.values():
            touch(mesh.faces, mesh.vertex_normals)
    return time.perf_counter() - start


def by_decoding(folder: Path) -> float:
    """Seconds to load every source model with trimesh and to decode its pictures."""
    import trimesh

    start = time.perf_counter()
    for path in sorted((folder / "models").glob("*.glb")):
        for mesh in trimesh.load_scene(path).geometry.values():
            touch(mesh.faces, mesh.vertex_normals, mesh.visual.uv)
            picture = mesh.visual.material.baseColorTexture
            if picture is not None:
                touch(np.asarray(picture))
    return time.perf_counter() - start


def measure(count: int, rounds: int, real: Path | None) -> dict[str, float]:
    """Medians over rounds, seconds, and the ratios that matter."""
    times: dict[str, list[float]] = {key: [] for key in KEYS}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "store"
        make_store(folder, count, real)
        by_trimesh(folder)  # imports, and the disk's own memory
        for _ in range(rounds):
            times["one"].append(cooked_in(folder, 1))
            times["two"].append(cooked_in(folder, 2))
            times["again"].append(command(folder))
            for key, took in (
                ("source", by_source), ("client", by_client), ("cooked", by_opening),
                ("decoded", by_decoding), ("bare", by_trimesh),
            ):  # fmt: skip
                times[key].append(took(folder))
        size = sum(path.stat().st_size for path in (folder / FOLDER).iterdir())
    medians = {f"{key}_s": statistics.median(values) for key, values in times.items()}
    return medians | {
        "models": count, "cooked_mb": size / 1e6,
        "two_over_one": ratio(times, "one", "two"),
        "client_over_source": ratio(times, "source", "client"),
        "cooked_over_decoded": ratio(times, "decoded", "cooked"),
        "cooked_over_bare": ratio(times, "bare", "cooked"),
    }  # fmt: skip


def ratio(times: dict[str, list[float]], slow: str, quick: str) -> float:
    """The median of the rounds' own ratios."""
    return statistics.median(a / b for a, b in zip(times[slow], times[quick], strict=True))


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--models", type=Path, default=None)
    told = parser.parse_args()
    found = measure(told.count, told.rounds, told.models)
    if told.json:
        print(json.dumps(found))
        return
    print(f"{found['models']} models, cooked into {found['cooked_mb']:.0f} MB")
    print(f"cook, one process    {found['one_s']:8.2f} s")
    print(
        f"cook, two processes  {found['two_s']:8.2f} s   {found['two_over_one']:.2f} times as fast"
    )
    print(f"cook again           {found['again_s']:8.2f} s")
    print(f"sources to a scene   {found['source_s']:8.2f} s")
    print(f"cooked to a scene    {found['client_s']:8.3f} s   "
          f"{found['client_over_source']:.0f} times as fast")  # fmt: skip
    print(f"trimesh, decoded     {found['decoded_s']:8.2f} s")
    print(f"load_scene alone     {found['bare_s']:8.2f} s")
    print(f"open cooked          {found['cooked_s']:8.3f} s   "
          f"{found['cooked_over_decoded']:.0f} times as fast as trimesh with its pictures decoded, "
          f"{found['cooked_over_bare']:.1f} as load_scene alone")  # fmt: skip


if __name__ == "__main__":
    main()
