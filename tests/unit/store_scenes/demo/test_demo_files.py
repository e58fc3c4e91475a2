"""The demo store's files are what their scripts and the checker say they are."""

import numpy as np
import pytest
import trimesh

from store_scenes.demo import demo_store
from store_scenes.demo.make_catalog import demo_products
from store_scenes.demo.make_models import MODELS
from store_scenes.demo.make_store import planned_demo
from store_scenes.layout.check import check
from store_scenes.layout.load import aisle_products, load_store

SIZES_MM = {"teapot": (210, 140, 130), "mug": (118, 98, 86), "lantern": (180, 300, 180)}


def test_the_demo_store_has_no_finding():
    layout = load_store(demo_store())
    assert check(layout, demo_store()) == []


def test_the_demo_store_is_what_the_readme_says():
    layout = load_store(demo_store())
    assert len(layout.products) == 463
    assert len(layout.store.aisles) >= 8
    types = {fixture.type for fixture in layout.store.fixtures}
    assert {"gondola", "endcap", "chiller", "freezer", "produce", "till", "table"} <= types
    assert layout.store.floor.shop_front
    packages = {product.package for product in layout.products}
    assert packages == {
        "box", "can", "bottle", "jar", "carton", "bag", "pouch", "tray", "tube", "tub", "produce",
        "multipack", "model",
    }  # fmt: skip
    assert all(set(product.names) == {"ko", "en"} for product in layout.products)
    placed = {sku for skus in aisle_products(layout).values() for sku in skus}
    assert placed == {product.sku for product in layout.products}
    facings = sum(
        position.facings_wide * position.facings_high
        for planogram in layout.planograms.values()
        for shelf in planogram.shelves
        for position in shelf.positions
    )
    assert facings >= 4_000


def test_the_demo_store_is_what_its_script_makes():
    layout = load_store(demo_store())
    made = planned_demo()
    assert (layout.store, layout.planograms) == (made.store, made.planograms)
    assert layout.products == demo_products()


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_committed_model_is_what_its_script_makes(name):
    made = MODELS[name]()
    kept = trimesh.load_scene(demo_store() / "models" / f"{name}.glb")
    size = np.array(SIZES_MM[name]) / 1000.0
    np.testing.assert_allclose(kept.bounds[1] - kept.bounds[0], size, atol=1e-6)
    np.testing.assert_allclose(kept.bounds, made.bounds, atol=1e-6)
    assert abs(kept.bounds[0][1]) < 1e-6
    assert sorted(len(g.faces) for g in kept.geometry.values()) == sorted(
        len(g.faces) for g in made.geometry.values()
    )
