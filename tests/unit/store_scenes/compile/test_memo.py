"""What one compilation leaves for the next makes it quick, never different."""

import msgspec
import numpy as np
import pytest

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.compile import compiler
from store_scenes.compile.compiler import compile_with, relit
from store_scenes.compile.looks import OwnLooks
from store_scenes.compile.memo import CompileMemo, Kept
from store_scenes.fixtures.shapes import SHELF_LIGHT, bevelled_box
from store_scenes.layout.documents import (
    Aisle,
    FixturePlacement,
    Floor,
    Planogram,
    Position,
    Shelf,
    StoreDocument,
    StoreLayout,
)
from store_scenes.models.detail import detailed
from store_scenes.models.mesh import ART_SIZE, ProductMesh

ART = np.full((ART_SIZE, ART_SIZE, 4), 200, dtype=np.uint8)


class CountedLooks(OwnLooks):
    def __init__(self):
        super().__init__(self.unit)
        self.made = []

    def unit(self, product):
        self.made.append(product.sku)
        part = bevelled_box((-0.05, 0.0, -0.03), (0.05, 0.2, 0.03), 0.002, SHELF_LIGHT)
        return ProductMesh(part.vertices, part.indices, ART)


PRODUCTS = [Product(sku, {"en": sku}, "", "", "box", (100.0, 200.0, 60.0)) for sku in ("a", "b")]


def layout(z_mm, skus=("a", "b")):
    shelves = (Shelf(150.0, tuple(Position(sku, 3) for sku in skus)), Shelf(900.0))
    fixtures = tuple(
        FixturePlacement(f"run-{n}", "gondola", "one", 0.0, z_mm * n, ("bay",)) for n in (0, 1)
    )
    document = StoreDocument(
        1, "s", {"en": "S"}, "en-US", "USD", "catalog.csv", Floor(6000.0, 6000.0),
        (Aisle("one", {"en": "One"}),), fixtures,
    )  # fmt: skip
    return StoreLayout(f"v{z_mm}{skus}", document, {"bay": Planogram("Bay", 1000.0, shelves)})


def compiled(what, looks, memo=None, *, quick=False):
    return compile_with(what, PRODUCTS, looks, lambda _: ART, lambda *_: None, memo, quick=quick)


def same(one, other):
    for name, array in one.arrays().items():
        assert array.tobytes() == getattr(other, name).tobytes(), name


def test_with_a_memo_a_scene_is_the_same_and_no_product_is_made_again():
    looks, memo = CountedLooks(), CompileMemo()
    compiled(layout(1500.0), looks, memo)
    made = list(looks.made)
    second = compiled(layout(2000.0), looks, memo)
    assert looks.made == made
    same(second, compiled(layout(2000.0), CountedLooks()))


def test_a_quick_scene_wears_the_light_before_until_it_is_relit():
    looks, memo = CountedLooks(), CompileMemo()
    first = compiled(layout(1500.0), looks, memo, quick=True)
    quick = compiled(layout(2000.0), looks, memo, quick=True)
    whole = compiled(layout(2000.0), CountedLooks())
    assert quick.light is first.light
    assert not np.array_equal(quick.light, whole.light)
    lit = relit(quick, layout(2000.0), memo)
    same(lit, whole)
    assert lit.instances is quick.instances


def test_a_light_of_another_room_is_never_borrowed():
    looks, memo = CountedLooks(), CompileMemo()
    compiled(layout(1500.0), looks, memo, quick=True)
    larger = layout(1500.0)
    floor = Floor(9000.0, 6000.0)
    larger = msgspec.structs.replace(
        larger, store=msgspec.structs.replace(larger.store, floor=floor)
    )
    same(compiled(larger, looks, memo, quick=True), compiled(larger, CountedLooks()))


def test_what_two_compilations_did_not_ask_for_is_forgotten():
    kept = Kept()
    kept.get("old", lambda: 1)
    for _ in range(2):
        kept.turn()
        kept.get("used", lambda: 2)
    assert len(kept) == 2
    kept.turn()
    assert len(kept) == 1
    assert kept.get("old", lambda: 3) == 3


def test_what_failed_is_not_kept():
    kept = Kept()

    def broken():
        raise Failure("no font")

    with pytest.raises(Failure):
        kept.get("key", broken)
    assert kept.get("key", lambda: 5) == 5


def test_a_part_that_is_kept_keeps_its_levels_of_detail(monkeypatch):
    memo, made = CompileMemo(), []

    def counted(*mesh, coarse):
        made.append(coarse)
        return detailed(*mesh, coarse=coarse)

    monkeypatch.setattr(compiler, "detailed", counted)
    first = compiled(layout(1500.0), CountedLooks(), memo)
    once = made.count(True)
    again = compiled(layout(1500.0), CountedLooks(), memo.of_products(), quick=True)
    assert 0 < made.count(True) - once < once
    same(first, again)
