"""What is in a model: counts, sizes, what is left out, whether scale and direction are right."""

from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec

from store_scenes.models.gltf import Imported, import_model
from store_scenes.models.imported.container import read_container
from store_scenes.models.imported.features import extensions_of
from store_scenes.models.imported.other import SUFFIXES

REPORT_SCHEMA = 1
SIZE_TOLERANCE = 0.12
"""A model's side may differ by this share from what the product says."""

LARGE_M, SMALL_M = 4.0, 0.004
UNITS = {"mm": 0.001, "cm": 0.01, "in": 0.0254, "m": 1.0}

Size = tuple[float, float, float]


class AnimationReport(msgspec.Struct, frozen=True):
    """One animation: its name, length and tracks."""

    name: str
    duration_s: float
    tracks: int


class ModelReport(msgspec.Struct, frozen=True):
    """What `endcap model inspect --json` prints.

    `triangles` are those drawn, with every instance; `triangles_stored` count a mesh once.
    `bounds_m` are of the file's own frame. `fix` are the arguments of `endcap model fix` that would
    mend scale and direction; empty where nothing is wrong.
    """

    schema: int
    file: str
    format: str
    bytes: int
    generator: str
    copyright: str
    triangles: int
    triangles_stored: int
    vertices: int
    bounds_m: tuple[Size, Size]
    size_m: Size
    materials: int
    textures: int
    animations: tuple[AnimationReport, ...]
    extensions: tuple[str, ...]
    warnings: tuple[str, ...]
    fix: str


def inspect_model(path: Path, size_mm: Size | None = None, scene: int | None = None) -> ModelReport:
    """Look at a model; `size_mm` is what its product says of width, height and depth.

    Raises:
        Failure: the model cannot be taken; one sentence says why.
    """
    model = import_model(path, scene)
    asset: dict[str, Any] = {}
    extensions: list[str] = []
    if path.suffix.lower() not in SUFFIXES:
        tree = read_container(path).tree
        asset = tree["asset"] if isinstance(tree.get("asset"), dict) else {}
        extensions = extensions_of(tree)
    low, high = model.bounds_m
    size = (high[0] - low[0], high[1] - low[1], high[2] - low[2])
    said, fix = _size_notes(size, size_mm)
    return ModelReport(
        schema=REPORT_SCHEMA,
        file=path.name,
        format=path.suffix.lower().lstrip("."),
        bytes=path.stat().st_size,
        generator=str(asset.get("generator", ""))[:200],
        copyright=str(asset.get("copyright", ""))[:200],
        triangles=len(model.mesh.indices) // 3,
        triangles_stored=model.stored,
        vertices=len(model.mesh.vertices),
        bounds_m=model.bounds_m,
        size_m=size,
        materials=model.materials,
        textures=model.textures,
        animations=_animations(model),
        extensions=tuple(extensions),
        warnings=(*model.warnings, *said),
        fix=fix,
    )


def _animations(model: Imported) -> tuple[AnimationReport, ...]:
    return tuple(
        AnimationReport(one.name, one.duration_s, len(one.tracks)) for one in model.animations
    )


def _size_notes(size: Size, size_mm: Size | None) -> tuple[list[str], str]:
    """What is odd about a size, and the arguments that mend it."""
    if size_mm is None:
        return _guess(size)
    wanted = (size_mm[0] / 1000.0, size_mm[1] / 1000.0, size_mm[2] / 1000.0)
    if _near(size, wanted):
        return [], ""
    shown = " × ".join(f"{side * 1000:.0f}" for side in size)
    stated = " × ".join(f"{side:.0f}" for side in size_mm)
    for up, order in (("y", (0, 1, 2)), ("z", (0, 2, 1)), ("x", (1, 0, 2))):
        turned = (size[order[0]], size[order[1]], size[order[2]])
        for unit, factor in UNITS.items():
            scaled = (turned[0] * factor, turned[1] * factor, turned[2] * factor)
            if _near(scaled, wanted):
                flags = [f"--scale {unit}"] if unit != "m" else []
                flags += [f"--up {up}"] if up != "y" else []
                why = []
                if unit != "m":
                    why.append(f"is in {unit} and not in metres")
                if up != "y":
                    why.append(f"has {up.upper()} up and not Y")
                return [f"{' and '.join(why)} ({shown} mm, the product {stated} mm)"], " ".join(
                    flags
                )
    ratios = sorted(a / b for a, b in zip(size, wanted, strict=True) if b > 0.0)
    for x, y, z in permutations(size):
        if _near((x, y, z), wanted):
            return [f"lies on another side than the product stands ({shown} mm, {stated} mm)"], ""
    if ratios and ratios[0] > 0.0 and ratios[-1] / ratios[0] < 1.0 + 2 * SIZE_TOLERANCE:
        factor = 1.0 / ratios[len(ratios) // 2]
        return [
            f"is {1 / factor:.3g} times the product's size ({shown} mm, the product {stated} mm)"
        ], (f"--scale {factor:.4g}")
    return [f"has other proportions than its product ({shown} mm, the product {stated} mm)"], ""


def _guess(size: Size) -> tuple[list[str], str]:
    """Without a product: whether the size is one that goods have."""
    largest = max(size)
    if largest > LARGE_M:
        for unit in ("mm", "cm", "in"):
            if largest * UNITS[unit] < LARGE_M / 2:
                return [f"is {largest:.3g} m large; its unit may be {unit}"], f"--scale {unit}"
    if largest < SMALL_M:
        return [f"is {largest * 1000:.3g} mm large; its unit may be kilometres"], "--scale 1000"
    return [], ""


def _near(size: Size, wanted: Size) -> bool:
    return all(
        abs(one - other) <= SIZE_TOLERANCE * other + 0.001
        for one, other in zip(size, wanted, strict=True)
    )
