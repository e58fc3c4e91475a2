"""A store of outside data: 60 real product names, ten real models, prices made for the test.

The products go through `endcap catalog import` with a price file and a dimensions file, as a
merchant's would; the models are copied with the buffers and pictures that they name.
"""

import csv
import json
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

ENDCAP = Path(sys.executable).with_name("endcap")
PRODUCTS = 60
BAY_MM = 1200
SHELVES_MM = (130, 500, 850, 1190, 1520)
FREE_MM = 290  # above every shelf but the top one, with room for the hand

# A word of the product's name, the model that shows it, the model's height in millimetres.
MODELS = (
    ("ketchup", "kaykit-restaurant-bits/ketchup.gltf", 210),
    ("mustard", "kaykit-restaurant-bits/mustard.gltf", 190),
    ("pickle", "kaykit-restaurant-bits/jar_A_medium.gltf", 160),
    ("honey", "kenney-food/honey.glb", 120),
    ("oil", "kenney-food/bottle-oil.glb", 250),
    ("soda", "kenney-food/soda-bottle.glb", 230),
    ("bread", "kenney-food/loaf.glb", 150),
    ("soup", "kenney-food/can.glb", 110),
    ("chocolate", "kenney-food/chocolate-wrapper.glb", 30),
    ("chips", "kenney-food/bag.glb", 220),
)


@dataclass(frozen=True)
class RealStore:
    """What was built: the folder, and a SKU that is drawn with an imported model."""

    folder: Path
    model_skus: tuple[str, ...]


def build_store(folder: Path, shared: Path, seed: int = 7) -> RealStore:
    """Build the store in `folder` (which must not exist) from `shared`/data."""
    chance = random.Random(seed)
    (folder / "planograms").mkdir(parents=True)
    rows = _choose_rows(shared / "data" / "catalog" / "products_named.csv", chance)
    sizes = _sizes(rows, shared / "data" / "models", chance)
    for row in rows:
        if row["model"]:
            _copy_model(shared / "data" / "models" / row["model"], folder / row["model"])
    _write_feeds(folder.parent, rows, sizes, chance)
    _import(folder)
    _write_layout(folder, rows, sizes)
    return RealStore(folder, tuple(row["gtin14"] for row in rows if row["model"]))


def _choose_rows(feed: Path, chance: random.Random) -> list[dict[str, str]]:
    with feed.open(encoding="utf-8", newline="") as file:
        rows = [dict(row) for row in csv.DictReader(file)]
    rows = [row for row in rows if 8 <= len(row["name"]) <= 60]
    chosen: dict[str, dict[str, str]] = {}
    for word, model, _ in MODELS:
        match = next(r for r in rows if word in r["name"].lower() and r["gtin14"] not in chosen)
        chosen[match["gtin14"]] = {**match, "model": model, "package": "model"}
    for row in chance.sample(rows, len(rows)):
        if len(chosen) == PRODUCTS:
            break
        chosen.setdefault(row["gtin14"], {**row, "model": "", "package": ""})
    return list(chosen.values())


def _sizes(
    rows: list[dict[str, str]], models: Path, chance: random.Random
) -> dict[str, tuple[float, float, float]]:
    expected = json.loads((models / "EXPECTED.json").read_text(encoding="utf-8"))
    heights = {model: height for _, model, height in MODELS}
    sizes = {}
    for row in rows:
        if row["model"]:
            low, high = expected[row["model"]]["expect"]["bounds"]
            extent = [b - a for a, b in zip(low, high, strict=True)]
            scale = heights[row["model"]] / extent[1]
            sizes[row["gtin14"]] = tuple(round(side * scale + 0.5) for side in extent)
        else:
            sizes[row["gtin14"]] = (
                chance.randrange(60, 170, 5),
                chance.randrange(90, 260, 5),
                chance.randrange(40, 90, 5),
            )
    return sizes


def _copy_model(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    if source.suffix == ".gltf":
        tree = json.loads(source.read_text(encoding="utf-8"))
        for part in (*tree.get("buffers", ()), *tree.get("images", ())):
            if "uri" in part and not part["uri"].startswith("data:"):
                name = unquote(part["uri"])
                shutil.copyfile(source.parent / name, target.parent / name)


def _write_feeds(
    folder: Path,
    rows: list[dict[str, str]],
    sizes: dict[str, tuple[float, float, float]],
    chance: random.Random,
) -> None:
    with (folder / "feed.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with (folder / "prices.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("gtin", "price"))
        for row in rows:
            writer.writerow((row["gtin14"], f"{chance.randrange(99, 1999) / 100:.2f}"))
    with (folder / "dimensions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("gtin", "width", "height", "depth"))
        for gtin, size in sizes.items():
            writer.writerow((gtin, *size))


def _import(folder: Path) -> None:
    beside = folder.parent
    done = subprocess.run(
        [
            str(ENDCAP), "catalog", "import", str(beside / "feed.csv"),
            "--prices", str(beside / "prices.csv"),
            "--dimensions", str(beside / "dimensions.csv"),
            "--currency", "USD",
            "--out", str(folder / "catalog.csv"),
            "--report", str(beside / "report.json"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _write_layout(
    folder: Path, rows: list[dict[str, str]], sizes: dict[str, tuple[float, float, float]]
) -> None:
    """Three products a shelf, five shelves a bay, two bays a side: 60 places."""
    bays = [rows[start : start + 15] for start in range(0, PRODUCTS, 15)]
    for number, bay in enumerate(bays, 1):
        lines = [f'name = "Bay {number}"', f"width_mm = {BAY_MM}"]
        for level, height_mm in enumerate(SHELVES_MM):
            lines += ["", "[[shelves]]", f"height_mm = {height_mm}"]
            for row in bay[level * 3 : level * 3 + 3]:
                lines += _position(row["gtin14"], sizes[row["gtin14"]])
        (folder / "planograms" / f"bay-{number}.toml").write_text("\n".join(lines) + "\n")
    (folder / "store.toml").write_text(STORE_TOML, encoding="utf-8")


def _position(sku: str, size: tuple[float, float, float]) -> list[str]:
    width, height, _ = size
    wide = max(1, int((BAY_MM / 3 - 6) // (width + 6)))
    high = 2 if height * 2 <= FREE_MM and height < 130 else 1
    return [
        "",
        "[[shelves.positions]]",
        f'sku = "{sku}"',
        f"facings_wide = {wide}",
        f"facings_high = {high}",
        "facings_deep = 2",
        "gap_mm = 6",
    ]


STORE_TOML = """schema = 1
id = "real-data"
names = { en = "Sixty real products" }
locale = "en-US"
currency = "USD"
catalog = "catalog.csv"

[floor]
width_mm = 8000
depth_mm = 8000
entrance_z_mm = 3000

[[aisles]]
id = "front"
names = { en = "Front" }

[[aisles]]
id = "back"
names = { en = "Back" }

[[fixtures]]
id = "front"
type = "gondola"
aisle = "front"
x_mm = 0
z_mm = 225
planograms = ["bay-1", "bay-2"]

[[fixtures]]
id = "back"
type = "gondola"
aisle = "back"
x_mm = 0
z_mm = -225
yaw_deg = 180
planograms = ["bay-3", "bay-4"]
"""
