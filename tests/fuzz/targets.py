"""What is fed with broken inputs, and the sound ones that they are made from."""

import contextlib
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import mutations

from store_scenes.demo import demo_store

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
"""Real files, where there are any: the seeds are better for them and the inputs then others."""

CATALOG = """sku,gtin,name_ko,name_en,brand,category,package,price,stock,width_mm,height_mm,depth_mm
a,2000000000015,감자칩,Potato chips,Dalbodre,snacks,bag,2400,61,180,250,70
b,,찻잔,Tea cup,Dalbodre,tableware,box,14500,12,118,98,86
"""
STORE = """schema = 1
id = "s"
names = { ko = "가게", en = "Shop" }
locale = "ko-KR"
currency = "KRW"
catalog = "catalog.csv"
include = ["more/*.toml"]
floor = { width_mm = 8000, depth_mm = 8000, entrance_z_mm = 3000 }
aisles = [{ id = "one", names.en = "One", line_mm = [0, 1200, 0, -2200] }]

[[zones]]
id = "z"
names.en = "Fresh"
x_mm = -2000
z_mm = 0
width_mm = 2000
depth_mm = 3000
style = "produce"

[[fixtures]]
id = "f1"
type = "gondola"
aisle = "one"
x_mm = 0
z_mm = 0
planograms = ["bay"]

[check]
rules = { product-unpriced = "off" }
"""
BAY = """name = "감자칩"
width_mm = 1000
segments_mm = [500, 500]

[[shelves]]
height_mm = 120
kind = "shelf"
finger_mm = 20
positions = [
  { sku = "a", facings_wide = 3, orientation = "left-90", cap_y = { count = 1 } },
  { sku = "b", style = "tray", x_mm = 700, z_mm = 20 },
]

[[shelves]]
height_mm = 700
board_mm = 900
kind = "pegboard"
pegs = { pitch_x_mm = 25.4, pitch_y_mm = 25.4 }
overhang = { front_mm = 30 }
divider = { width_mm = 3 }

[[shelves.positions]]
sku = "b"
x_mm = 100.5
y_mm = 50
"""


@dataclass(frozen=True)
class Target:
    """`run` takes an input and a folder of its own; `mutate` makes one from the sound ones."""

    seeds: Callable[[], list[bytes]]
    run: Callable[[bytes, Path], None]
    mutate: Callable[[random.Random, list[bytes]], bytes]


def _as_text(rng, seeds):
    return mutations.mutated(rng, seeds, text=True)


def _real(pattern, most=40, bytes_max=60_000):
    found = sorted(path for path in SHARED.glob(pattern) if path.stat().st_size <= bytes_max)
    return [path.read_bytes() for path in found[:: max(len(found) // most, 1)]]


# ------------------------------------------------------------------ models


def _models():
    own = [path.read_bytes() for path in sorted((demo_store() / "models").glob("*.glb"))]
    return [data for data in own if len(data) < 400_000] + _real("models/**/*.glb")


def _model(data, folder):
    from store_scenes.models.gltf import load_model

    path = folder / ("model.glb" if data[:1] != b"{" else "model.gltf")
    path.write_bytes(data)
    load_model(path)


def _meshes():
    import trimesh

    box, ball = trimesh.creation.box((0.1, 0.2, 0.3)), trimesh.creation.icosphere(2, 0.1)
    ball.visual.vertex_colors = [200, 10, 10, 255]
    faces = b"usemtl a\nf 1/1/1 2/2/1 3/3/1\nf 1/1 3/2 4/3\nf 1 2 3 4\nf -1 -2 -3\n"
    corners = b"v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nvt 0 0\nvt 1 0\nvt 0 1\nvn 0 0 1\n"
    return [
        b"mtllib m.mtl\n" + corners + faces,
        corners + faces,
        box.export(file_type="obj").encode(),
        box.export(file_type="stl"),
        box.export(file_type="stl_ascii").encode(),
        ball.export(file_type="ply"),
        ball.export(file_type="ply", encoding="ascii"),
    ]


def _mesh(data, folder):
    from store_scenes.models.gltf import load_model

    (folder / "m.mtl").write_bytes(b"newmtl a\nKd 1 0 0\nmap_Kd p.png\n")
    is_stl = data[:5] == b"solid" or b"\0" in data[:200]
    path = folder / ("m.ply" if data[:3] == b"ply" else "m.stl" if is_stl else "m.obj")
    path.write_bytes(data)
    load_model(path)


# ------------------------------------------------------------------ tables and documents


def _feeds():
    google = (
        "id\ttitle\tprice\tavailability\tgtin\tvirtual_model_link\na\tA &amp; B\t1 USD\tin_stock"
    )
    shopify = (
        "Handle,Title,Vendor,Option1 Value,Variant SKU,Variant Price,Image Src\n"
        'x,"Chair, red",Acme,Red,S-1,10.00,i\n,,,Blue,S-2,11,\n'
    )
    rss = (
        '<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><item>'
        "<g:id>a</g:id><title>A</title><g:price>1 USD</g:price></item></channel></rss>"
    )
    json_ld = (
        '{"@context":"https://schema.org","@graph":[{"@type":"Product","sku":"a","name":"A",'
        '"offers":{"price":1.5,"priceCurrency":"USD"},"width":{"value":3,"unitCode":"CMT"}}]}'
    )
    page = f'<html><script type="application/ld+json">{json_ld}</script></html>'
    own = [CATALOG, google, shopify, rss, json_ld, page, CATALOG.replace(",", ";")]
    cut = [b"\n".join(data.split(b"\n")[:30]) for data in _real("catalog/*.csv", 4, 10_000_000)]
    return [text.encode() for text in own] + cut


def _feed(data, folder):
    from store_scenes.feeds.importing import Spool, with_models
    from store_scenes.feeds.registry import open_feed

    path = folder / "feed"
    path.write_bytes(data)
    spool = Spool()
    try:
        with path.open("rb") as file:
            spool.fill(open_feed(file, "USD"), {}, {})
        spool.write(io.BytesIO(), with_models({}))
    finally:
        spool.close()


def _stores():
    return [f"{STORE}\n#####\n{BAY}".encode(), f"{STORE}\n#####\n{_OWN}".encode()]


_OWN = BAY.replace('name = "감자칩"', 'name = "Own"\nreplace = { b = "a" }')


def _store(data, folder):
    """The text before the mark is store.toml, the one behind it a planogram."""
    from store_scenes.layout.check import check
    from store_scenes.layout.load import decode_layout, encode_layout, load_store

    store, _, bay = data.partition(b"#####")
    (folder / "planograms").mkdir(exist_ok=True)
    (folder / "more").mkdir(exist_ok=True)
    (folder / "store.toml").write_bytes(store)
    (folder / "planograms" / "bay.toml").write_bytes(bay)
    (folder / "catalog.csv").write_text(CATALOG, encoding="utf-8")
    layout = load_store(folder)
    check(layout, folder)
    decode_layout(encode_layout(layout))


def _handling_seeds():
    header = b"sku,tray_width_mm,tray_height_mm,tray_depth_mm,tray_wide,hangs,facings_min\n"
    return [header + b"a,300,100,200,3,yes,1\nb,,,,,,2\n"]


def _handling(data, _folder):
    from store_scenes.layout.handling import read_handling

    read_handling(data, "handling.csv")


# ------------------------------------------------------------------ planograms


_PSA = """PROSPACE SCHEMATIC FILE\r
; Version 2018.1.0\r
; Codepage=1252\r
Project,P,1,0,,7,1.5,1.5,1,1,0,,1\r
Product,06291041500213,7,Tea\\, black,9,5,10,4,255,,1,EA,Acme,Tea\r
Planogram,Bay,900,100,200,50\r
Segment,,50,,60,,,,,,0,\r
Fixture,0,Low,1,0,100,10,2,0,40,5\r
Position,06291041500213,7,11,10,15.4,12,10,0,8,,,,0,3,1,2,1,,,4,,,,,,,,,2\r
Drawing,5,,77\r
"""
_POSITIONS = """planogram,shelf,sku,facings_wide,orientation,style,x_mm,cap_y
A,1,s,3,left-90,tray,0,1
A,2,t,1,,unit,50.5,
"""


_VAZEN = """schema = "vazen/layout"
schema_version = "0.3.0"
x_note = { by = "kim", when = 2024-05-01 }

[[products]]
ref = "tea"
gtin = "06291041500213"
name = "Tea"
dimensions = { width = 90, height = 50, depth = 100 }

[[fixtures]]
id = "f"
dimensions = { width = 1000, height = 2000, depth = 500 }

[[fixtures.equipment]]
type = "bay"

[[fixtures.equipment.equipment]]
type = "shelf"
position = { x = 0, y = 80, z = 0 }
dimensions = { width = 1000, height = 300, depth = 400 }

[[fixtures.equipment.equipment.sites]]
product = { ref = "tea" }
orientation = "Fr"
facings = { wide = 3, high = 2, deep = 1 }
position = { x = 10, y = 120, z = 5 }
"""


def _psa_seeds():
    return [_PSA.encode("cp1252"), *_real("planogram/*.psa")]


def _psa(data, folder):
    _planogram(data, folder, "psa")


def _vazen(data, folder):
    _planogram(data, folder, "vazen")


def _vazen_seeds():
    import json

    import tomli

    tree = tomli.loads(_VAZEN)
    return [_VAZEN.encode(), json.dumps(tree, default=str, indent=1).encode()]


def _planogram(data, folder, form):
    """Read, stand it in a store on disk, and write it out again."""
    import shutil

    from store_scenes.exchange.command import export_planogram, import_planogram

    path, store = folder / f"in.{form}", folder / "store"
    path.write_bytes(data)
    shutil.rmtree(store, ignore_errors=True)
    with contextlib.redirect_stdout(io.StringIO()):
        import_planogram(path, store, "", "en-US", "USD", None, "", None)
        export_planogram(store, form, folder / f"out.{form}", None)


def _positions(data, _folder):
    from store_scenes.exchange.formats.positions_csv import read_positions_csv

    read_positions_csv(data, "x", "USD")


TARGETS: dict[str, Target] = {
    "psa": Target(_psa_seeds, _psa, _as_text),
    "vazen": Target(_vazen_seeds, _vazen, _as_text),
    "positions": Target(lambda: [_POSITIONS.encode()], _positions, _as_text),
    "gltf": Target(_models, _model, mutations.mutated_gltf),
    "mesh": Target(_meshes, _mesh, _as_text),
    "csv": Target(_feeds, _feed, _as_text),
    "toml": Target(_stores, _store, _as_text),
    "handling": Target(_handling_seeds, _handling, _as_text),
}
