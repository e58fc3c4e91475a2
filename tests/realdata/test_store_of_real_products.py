"""Sixty real products and ten real models, through importer, checker, cook and compiler."""

import json

import numpy as np
import pytest
from build_store import PRODUCTS, build_store

from store_scenes.compile.audit import audit
from store_scenes.compile.compiler import compile_scene
from store_scenes.layout.check import check
from store_scenes.layout.load import load_store
from store_scenes.models.cook import cooked_products


@pytest.fixture(scope="module")
def real(tmp_path_factory, shared):
    return build_store(tmp_path_factory.mktemp("real") / "store", shared)


def quiet(_stage, _done, _total):
    return None


@pytest.mark.realdata
def test_the_store_checks_without_an_error(real):
    layout = load_store(real.folder)
    assert [f for f in check(layout, real.folder) if f.severity == "error"] == []
    assert len(layout.products) == PRODUCTS
    assert all(product.price is not None for product in layout.products)
    assert all(product.stock == 100 for product in layout.products)
    assert sum(product.package == "model" for product in layout.products) == 10
    report = json.loads((real.folder.parent / "report.json").read_text(encoding="utf-8"))
    assert (report["products"], report["unpriced"]) == (PRODUCTS, 0)


@pytest.mark.realdata
def test_the_compiled_store_is_sound(real):
    layout = load_store(real.folder)
    products, load_model = cooked_products(real.folder, layout.products, quiet)
    assert len({product.model for product in products if product.model}) == 10
    scene = compile_scene(layout, products, load_model, quiet, lit=False)
    assert audit(scene) == []
    assert len(scene.skus) == PRODUCTS
    assert len(scene.labels) == PRODUCTS
    goods = {product.sku: product for product in layout.products}
    rows = np.flatnonzero(scene.product_of >= 0)
    # Of the unit itself: on its shelf it may be turned by a degree, which widens its scene box.
    mesh_of = np.zeros(len(scene.instances), dtype=int)
    for draw in scene.draws:
        first = int(draw["first_instance"])
        mesh_of[first : first + int(draw["instance_count"])] = draw["mesh"]
    meshes = scene.meshes[mesh_of[rows]]
    size_mm = (meshes["bounds_max"] - meshes["bounds_min"]) * 1000.0
    stated = np.array([goods[scene.skus[index]].dimensions_mm for index in scene.product_of[rows]])
    # Nothing is larger than its catalogue says, so the checker was right about all of it.
    assert np.all(size_mm <= stated + 0.5)
