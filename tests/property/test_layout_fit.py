"""The checker and the compiler agree: what the checker lets pass, the audit finds sound."""

from pathlib import Path

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.compile.audit import audit
from store_scenes.compile.compiler import compile_with
from store_scenes.compile.light_field import grid_of
from store_scenes.compile.looks import OwnLooks
from store_scenes.compile.scene import ARRAYS, LIGHT_ARRAYS
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
from store_scenes.layout.load import _version as version_of
from store_scenes.layout.load import decode_layout, encode_layout
from store_scenes.layout.rules.fit import check_fit
from store_scenes.layout.rules.registry import RULES
from store_scenes.layout.rules.rule import Checked
from store_scenes.models.mesh import ART_SIZE, ProductMesh

ART = np.zeros((ART_SIZE, ART_SIZE, 4), dtype=np.uint8)
SKUS = ("a", "b", "c")


def box_mesh(product):
    width, height, depth = (side / 1000.0 for side in product.dimensions_mm)
    part = bevelled_box(
        (-width / 2, 0.0, -depth / 2), (width / 2, height, depth / 2), 0.001, SHELF_LIGHT
    )
    return ProductMesh(part.vertices, part.indices, ART)


def _layout(goods, low, high, yaw, back, boards):
    (thin, level), (thick, slope) = boards
    shelves = (
        Shelf(320.0, low, thickness_mm=thin, slope_deg=level),
        Shelf(820.0, high, thickness_mm=thick, slope_deg=slope),
    )
    placement = FixturePlacement(
        "run", "gondola", "one", 300.0, -200.0, ("bay",), ("bay",) if back else (), yaw
    )
    store = StoreDocument(
        1, "s", {"en": "S"}, "en-US", "KRW", "catalog.csv", Floor(6000.0, 6000.0),
        (Aisle("one", {"en": "One"}),), (placement,),
    )  # fmt: skip
    planograms = {"bay": Planogram("Bay", 1000.0, shelves)}
    return StoreLayout(version_of(store, planograms, {}), store, planograms, goods)


sides = st.floats(20.0, 300.0).map(lambda mm: round(mm, 1))
products = st.tuples(*(
    st.builds(
        lambda size, sku=sku: Product(
            sku, {"en": sku}, "", "", "box", size, Money(1, "KRW"), 1
        ),
        st.tuples(sides, sides, sides),
    )
    for sku in SKUS
))  # fmt: skip
positions = st.builds(
    Position,
    sku=st.sampled_from(SKUS),
    facings_wide=st.integers(1, 4),
    facings_high=st.integers(1, 2),
    facings_deep=st.integers(0, 3),
    x_mm=st.none() | st.integers(0, 900).map(float),
    gap_mm=st.sampled_from((0.0, 2.5, 4.0)),
)
boards = st.just((0.0, 0.0)) | st.tuples(
    st.sampled_from((0.0, 15.0, 30.0, 120.0)), st.integers(-25, 30).map(float)
)
shelf_rows = st.lists(positions, max_size=3).map(tuple)
layouts = st.builds(
    _layout,
    products, shelf_rows, shelf_rows, st.sampled_from((0.0, 90.0, 180.0, 270.0)), st.booleans(),
    st.tuples(boards, boards),
)  # fmt: skip


def rules(layout):
    return [said.rule for said in check_fit(Checked(layout, Path(), {}))]


@settings(max_examples=60, deadline=None)
@given(layouts)
def test_a_layout_without_findings_compiles_to_a_sound_scene(layout):
    errors = [rule for rule in rules(layout) if RULES[rule].severity == "error"]
    scene = compile_with(
        layout, layout.products, OwnLooks(box_mesh), lambda _: ART, lambda *_: None, lit=False
    )
    if not errors:
        assert audit(scene) == []
    elif "position-overlap" in errors:
        assert audit(scene) != []


hung = st.builds(
    Position,
    sku=st.sampled_from(SKUS),
    facings_wide=st.integers(1, 4),
    facings_high=st.integers(1, 2),
    facings_deep=st.integers(0, 3),
    x_mm=st.none() | st.integers(0, 900).map(float),
    y_mm=st.sampled_from((0.0, 20.0, 310.0, 640.0)),
    gap_mm=st.sampled_from((0.0, 4.0, 20.0)),
)


def _board(goods, low, rows, kind, yaw, bays):
    plain = _layout(goods, low, (), yaw, False, ((0.0, 0.0), (0.0, 0.0)))
    board = Shelf(700.0, rows, kind=kind, board_mm=1000.0)
    shelves = (*plain.planograms["bay"].shelves[:1], board)
    (placement,) = plain.store.fixtures
    placement = msgspec.structs.replace(
        placement, type="pegboard", depth_mm=350.0, planograms=("bay",) * bays
    )
    store = msgspec.structs.replace(plain.store, fixtures=(placement,))
    return msgspec.structs.replace(
        plain, store=store, planograms={"bay": Planogram("Bay", 1000.0, shelves)}
    )


boards_of_hooks = st.builds(
    _board,
    products, shelf_rows, st.lists(hung, max_size=5).map(tuple),
    st.sampled_from(("pegboard", "rod")), st.sampled_from((0.0, 90.0, 180.0, 270.0)),
    st.integers(1, 2),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(boards_of_hooks)
def test_goods_on_hooks_without_findings_hang_soundly_and_so_do_their_labels(layout):
    scene = compile_with(
        layout, layout.products, OwnLooks(box_mesh), lambda _: ART, lambda *_: None, lit=False
    )
    told = audit(scene)
    assert [sentence for sentence in told if "label" in sentence] == []
    if not [rule for rule in rules(layout) if RULES[rule].severity == "error"]:
        assert told == []


@settings(max_examples=10, deadline=None)
@given(layouts | boards_of_hooks)
def test_light_is_baked_for_any_layout_and_changes_nothing_else(layout):
    dark, lit = (
        compile_with(
            layout, layout.products, OwnLooks(box_mesh), lambda _: ART, lambda *_: None, lit=on
        )
        for on in (False, True)
    )
    assert not dark.light.size
    assert not dark.colours.size
    assert lit.light.shape == (*grid_of(lit).shape, 4)
    assert lit.light[..., 3].max() > 0
    assert lit.colours[0].max() > 0
    for name in set(ARRAYS) - set(LIGHT_ARRAYS):
        assert np.array_equal(getattr(dark, name), getattr(lit, name)), name


@settings(max_examples=40, deadline=None)
@given(layouts)
def test_the_wire_form_reads_back_equal(layout):
    bare = msgspec.structs.replace(layout, products=())
    assert decode_layout(encode_layout(layout)) == bare
