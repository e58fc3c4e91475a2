"""Stores of plain boxes: what the compiler stands is what one reads in the test."""

import msgspec
import numpy as np

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.compile.compiler import compile_with
from store_scenes.compile.looks import OwnLooks
from store_scenes.compile.scene import SceneDescription
from store_scenes.fixtures.shapes import SHELF_LIGHT, bevelled_box
from store_scenes.layout.documents import (
    Aisle,
    FixturePlacement,
    Floor,
    Planogram,
    Shelf,
    StoreDocument,
    StoreLayout,
)
from store_scenes.models.mesh import ART_SIZE, ProductMesh

ART = np.full((ART_SIZE, ART_SIZE, 4), 200, dtype=np.uint8)


def box_mesh(product):
    width, height, depth = (side / 1000.0 for side in product.dimensions_mm)
    part = bevelled_box(
        (-width / 2, 0.0, -depth / 2), (width / 2, height, depth / 2), 0.002, SHELF_LIGHT
    )
    return ProductMesh(part.vertices, part.indices, ART)


def compiled(layout, products=None, unit_mesh=box_mesh) -> SceneDescription:
    return compile_with(
        layout, layout.products if products is None else products, OwnLooks(unit_mesh),
        lambda _: ART, lambda *_: None, lit=False,
    )  # fmt: skip


def product(sku, width=100.0, height=200.0, depth=50.0, package="box"):
    return Product(
        sku, {"en": sku}, "", "", package, (width, height, depth), Money(100, "USD"),
        model="m" if package == "model" else "",
    )  # fmt: skip


def store(shelves, products, **placement):
    fixture = FixturePlacement("run", "gondola", "one", 0.0, 0.0, ("bay",))
    document = StoreDocument(
        1, "s", {"en": "S"}, "en-US", "USD", "catalog.csv", Floor(6000.0, 6000.0),
        (Aisle("one", {"en": "One"}),), (msgspec.structs.replace(fixture, **placement),),
    )  # fmt: skip
    return StoreLayout("v", document, {"bay": Planogram("Bay", 1000.0, shelves)}, products)


def units(scene):
    rows = np.flatnonzero(scene.product_of >= 0)
    return rows, scene.bounds[rows]


HANGING = (
    product("BRUSH", 20.0, 180.0, 15.0),
    product("COMB", 20.0, 180.0, 15.0),
    product("BAG", 120.0, 170.0, 40.0),
)


def board_store(*positions, kind="pegboard", below=(), handling=(), **placement):
    board = Shelf(600.0, positions, 300.0, kind=kind, board_mm=900.0)
    shelf = Shelf(200.0, below)
    placement = {"type": "pegboard", "depth_mm": 350.0} | placement
    layout = store((shelf, board) if below else (board,), HANGING, **placement)
    return msgspec.structs.replace(layout, handling={one.sku: one for one in handling})
