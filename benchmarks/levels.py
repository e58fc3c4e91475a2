"""Levels of detail of packages made in code, beside those that clusters of vertices would give.

    python benchmarks/levels.py [--json] [--store DIR]

Triangles and time for every package mesh of a store; then shelves drawn with each level forced on
all packages, from where it is first used, beside the same picture in full detail. Both ways in one
process. Needs a font and OpenGL.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.artwork.draw import draw_artwork
from store_scenes.compile.compiler import compile_with
from store_scenes.compile.looks import PackageLooks
from store_scenes.compile.memo import CompileMemo
from store_scenes.compile.scene import SceneDescription
from store_scenes.demo import demo_store
from store_scenes.fixtures.shapes import yaw_matrix
from store_scenes.layout.documents import StoreLayout
from store_scenes.layout.load import load_store
from store_scenes.models.detail import CELL_SIZES_M, DetailedMesh, detailed, with_levels
from store_scenes.models.geometry import Made, MeshBuilder, fit_exactly
from store_scenes.models.mesh import ProductMesh
from store_scenes.models.packages import package_mesh_key
from store_scenes.models.scheme import scheme_of
from store_scenes.models.shapes.registry import SHAPES
from store_scenes.models.thinning import thinned as thin
from vr_client.frame_packet import EyeView
from vr_client.render.still import render_still
from vr_client.space.pose import pose

AWAY_M, EYE_M, HALF = 2.0, 1.35, 0.4
CODES = 8
ROUNDS = 3
Make = Callable[[Made], DetailedMesh]


def clustered(made: Made) -> DetailedMesh:
    """With the levels that a mesh gets of which only the triangles are known."""
    return detailed(made.vertices, made.indices)


def thinned(made: Made) -> DetailedMesh:
    """With its own."""
    return with_levels(made.vertices, thin(made.vertices, made.indices, made.patches))


def surface(product: Product) -> Made:
    """A product's package before it has levels."""
    facts = SHAPES[product.package].facts(product, scheme_of(product))
    builder = MeshBuilder()
    SHAPES[product.package].build(builder, facts)
    made = builder.finish()
    return replace(made, vertices=fit_exactly(made.vertices, facts.size_mm))


class Looks(PackageLooks):
    """Packages with their levels made in one of the two ways."""

    def __init__(self, make: Make) -> None:
        super().__init__(_no_model)
        self._make = make

    def mesh(self, product: Product) -> DetailedMesh:
        """As the client makes it, but for the levels."""
        return self._make(surface(product))


def _no_model(name: str) -> ProductMesh:
    raise AssertionError(name)


def triangles(products: Sequence[Product], make: Make) -> dict[str, list[float]]:
    """By package and in all: how many meshes, and the mean triangles of each level."""
    made = {package_mesh_key(p): (p.package, make(surface(p))) for p in products}
    rows = [(kind, [count / 3 for count in mesh.count]) for kind, mesh in made.values()]
    table = {}
    for kind in [*sorted({kind for kind, _ in rows}), "all"]:
        own = np.array([counts for name, counts in rows if kind in (name, "all")])
        table[kind] = [len(own), *own.mean(axis=0).round(1).tolist()]
    return table


def seconds(products: Sequence[Product], make: Make) -> float:
    """Processor time for the levels of every mesh of the store, the least of a few rounds."""
    meshes = [surface(p) for p in {package_mesh_key(p): p for p in products}.values()]
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for mesh in meshes:
            make(mesh)
        took.append(time.process_time() - start)
    return round(min(took), 3)


def views(layout: StoreLayout, height: int) -> list[EyeView]:
    """One before every second kind of shelf of every aisle."""
    width = height * 4 // 3
    across = HALF * width / height
    places = {(p.aisle, p.type): p for p in reversed(layout.store.fixtures) if p.planograms}
    made = []
    for place in places.values():
        front = yaw_matrix(place.yaw_deg) @ np.array([0.0, 0.0, AWAY_M + 0.3])
        eye = (place.x_mm / 1000 + front[0], EYE_M, place.z_mm / 1000 + front[2])
        tangents = (-across, across, -HALF, HALF)
        made.append(EyeView(pose(eye, place.yaw_deg, -8.0), tangents, (width, height)))
    return made[::2]


def at_level(scene: SceneDescription, level: int) -> SceneDescription:
    """The scene with all goods in one level, whatever their distance."""
    goods = np.unique(scene.draws["mesh"][scene.product_of[scene.draws["first_instance"]] >= 0])
    meshes = scene.meshes.copy()
    first, count = meshes["first_index"].copy(), meshes["index_count"].copy()
    if level:
        first[goods] = meshes["coarse_first"][goods, level - 1]
        count[goods] = meshes["coarse_count"][goods, level - 1]
    meshes["first_index"], meshes["index_count"] = first, count
    meshes["coarse_first"][:], meshes["coarse_count"][:] = first[:, None], count[:, None]
    return replace(scene, meshes=meshes)


def off(fine: list[NDArray[np.uint8]], coarse: list[NDArray[np.uint8]]) -> float:
    """Percent of the pixels that are off by more than CODES."""
    return float(
        np.mean([
            (np.abs(a.astype(int) - b.astype(int)).max(axis=-1) > CODES).mean() * 100
            for a, b in zip(fine, coarse, strict=True)
        ])
    )  # fmt: skip


def pixels(layout: StoreLayout, products: Sequence[Product]) -> dict[str, list[float]]:
    """Of both ways: percent of the pixels that are off, by level."""
    memo, scenes = CompileMemo(), {}
    language = layout.store.locale.partition("-")[0]
    for make in (clustered, thinned):
        scenes[make.__name__] = compile_with(
            layout, products, Looks(make), lambda art: draw_artwork(art, language),
            lambda *_: None, memo, quick=True,
        )  # fmt: skip
        # The same light and pictures on other meshes.
        memo = CompileMemo(far=memo.far, faces=memo.faces, lit=scenes[make.__name__])
    table: dict[str, list[float]] = {name: [] for name in scenes}
    for level, cell_m in enumerate(CELL_SIZES_M, 1):
        # A pixel is half a cluster there, as `vr_client.render.clusters` has it.
        seen = views(layout, round(2 * HALF * AWAY_M / (cell_m / 2)))
        fine = render_still(at_level(scenes["thinned"], 0), seen)
        for name, scene in scenes.items():
            table[name].append(round(off(fine, render_still(at_level(scene, level), seen)), 2))
    return table


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--store", type=Path, default=demo_store())
    options = parser.parse_args()
    layout = load_store(options.store)
    goods = [product for product in layout.products if product.package != "model"]
    both = (clustered, thinned)
    report = {
        "triangles": {make.__name__: triangles(goods, make) for make in both},
        "seconds": {make.__name__: seconds(goods, make) for make in both},
        "pixels_off_percent": pixels(layout, goods),
    }
    if options.json:
        print(json.dumps(report))
        return
    for name, rows in report.items():
        for way, row in rows.items():
            print(name, way, json.dumps(row).replace("], ", "],\n  "))


if __name__ == "__main__":
    main()
