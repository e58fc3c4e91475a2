import dataclasses
from pathlib import Path

import numpy as np
import pytest
from box_stores import ART, compiled, product, store, units

from store_scenes.compile.audit import audit
from store_scenes.fixtures.shapes import SHELF_LIGHT, bevelled_box
from store_scenes.layout.documents import (
    Position,
    Shelf,
)
from store_scenes.layout.load import load_store
from store_scenes.models.mesh import ART_SIZE, FAR_SIZE, ProductMesh

CORNER_SHOP = Path(__file__).parents[3] / "stores" / "corner_shop"


@pytest.fixture(scope="module")
def corner():
    return compiled(load_store(CORNER_SHOP))


def test_the_corner_shop_is_sound(corner):
    assert audit(corner) == []
    assert len(corner.skus) == 60
    assert set(corner.product_of.tolist()) == {-1, *range(60)}
    assert np.count_nonzero(corner.product_of >= 0) > 1_500


def test_instances_run_by_cell_and_mesh(corner):
    assert corner.instances["id"].tolist() == list(range(len(corner.instances)))
    covered = 0
    for cell in corner.cells:
        draws = corner.draws[cell["first_draw"] : cell["first_draw"] + cell["draw_count"]]
        kinds = list(zip(draws["rear"].tolist(), draws["mesh"].tolist(), strict=True))
        assert kinds == sorted(set(kinds))
        for draw in draws:
            assert draw["first_instance"] == covered
            covered += int(draw["instance_count"])
            run = slice(draw["first_instance"], covered)
            assert np.all(corner.bounds[run, 0].min(axis=0) == draw["bounds_min"])
            assert np.all(corner.bounds[run, 1].max(axis=0) == draw["bounds_max"])
        assert np.all(draws["bounds_min"].min(axis=0) == cell["bounds_min"])
        assert np.all(draws["bounds_max"].max(axis=0) == cell["bounds_max"])
    assert covered == len(corner.instances)
    assert sum(corner.cells["draw_count"]) == len(corner.draws)


def test_arrays_hold_together(corner):
    assert corner.signs.shape[1:] == (ART_SIZE, ART_SIZE, 4)
    assert np.all(corner.signs[0] == 255)
    assert corner.art_far.shape == (60, FAR_SIZE, FAR_SIZE, 4)
    assert len(np.unique(corner.art_keys, axis=0)) == 60
    assert list(corner.skus) == sorted(corner.skus)
    sold = corner.product_of >= 0
    fixed = len(corner.signs)
    assert np.array_equal(corner.instances["art_layer"][sold], corner.product_of[sold] + fixed)
    assert corner.instances["art_layer"][~sold].max() < fixed
    for mesh in corner.meshes:
        run = corner.indices[mesh["first_index"] : mesh["first_index"] + mesh["index_count"]]
        corners = corner.vertices["position"][run + mesh["base_vertex"]]
        np.testing.assert_array_equal(corners.min(axis=0), mesh["bounds_min"])
        np.testing.assert_array_equal(corners.max(axis=0), mesh["bounds_max"])
        last = run.max(initial=0)
        for first, count in zip(mesh["coarse_first"], mesh["coarse_count"], strict=True):
            assert corner.indices[first : first + count].max(initial=0) <= last
            assert 0 < count <= mesh["index_count"]
    assert all(array.flags.c_contiguous for array in corner.arrays().values())


def test_one_label_hangs_under_the_left_end_of_each_position(corner):
    layout = load_store(CORNER_SHOP)
    positions = sum(len(s.positions) for p in layout.planograms.values() for s in p.shelves)
    assert len(corner.labels) == positions
    np.testing.assert_allclose(corner.labels["size"], np.float32([[0.075, 0.038]] * positions))
    for label in corner.labels:
        rows = np.flatnonzero(corner.product_of == label["product"])
        gap = np.abs(corner.bounds[rows].mean(axis=1) - label["centre"]).max(axis=1)
        assert gap.min() < 0.35


def test_equal_input_gives_equal_bytes(corner):
    again = compiled(load_store(CORNER_SHOP))
    for name, array in corner.arrays().items():
        assert array.tobytes() == getattr(again, name).tobytes(), name
    assert again.aisles == corner.aisles


def test_units_stand_in_rows_columns_and_layers():
    shelves = (Shelf(120.0, (Position("a", 3, 2, 2, gap_mm=10.0),)), Shelf(900.0))
    scene = compiled(store(shelves, (product("a"),)))
    _, boxes = units(scene)
    assert len(boxes) == 12
    low, left, front = np.sort([boxes[:, 0, 1], boxes[:, 0, 0], boxes[:, 1, 2]]) * 1000.0
    np.testing.assert_allclose(low, np.repeat([120.0, 320.0], 6), atol=1e-3)
    np.testing.assert_allclose(left, np.repeat([-495.0, -385.0, -275.0], 4), atol=1.8)
    # The surface ends 12 mm (the front band) before the footprint's 225 mm; units 6 mm behind,
    # less what staff leave them forward.
    assert np.all(front >= np.repeat([154.0, 207.0], 6) - 1e-3)
    np.testing.assert_allclose(front, np.repeat([154.0, 207.0], 6), atol=2.4)
    assert audit(scene) == []


def test_units_stand_as_staff_leave_them_the_same_in_every_compilation():
    shelves = (Shelf(120.0, (Position("a", 5, 2, 3),)), Shelf(900.0))
    made = store(shelves, (product("a", 60.0, 100.0, 60.0),))
    scene = compiled(made)
    _, boxes = units(scene)
    left = np.unique(np.round(boxes[:, 0, 0].astype(float) * 1e5))
    assert len(left) > 20  # no two alike, but for chance
    assert scene.instances.tobytes() == compiled(made).instances.tobytes()
    assert audit(scene) == []


def test_goods_without_a_gap_are_faced_up_exactly():
    shelves = (Shelf(120.0, (Position("a", 4, 1, 1, gap_mm=0.0),)),)
    scene = compiled(store(shelves, (product("a"),)))
    _, boxes = units(scene)
    np.testing.assert_allclose(np.diff(np.sort(boxes[:, 0, 0])), 0.1, atol=1e-6)
    assert audit(scene) == []


def test_a_rail_with_many_labels_has_narrower_ones():
    many = tuple(product(f"p{i:02d}", 40.0) for i in range(18))
    scene = compiled(store((Shelf(120.0, tuple(Position(p.sku) for p in many)),), many))
    assert len(scene.labels) == 18
    width, height = scene.labels["size"][0]
    assert 0.040 <= width < 0.054
    assert height == pytest.approx(width * 38 / 75)
    assert audit(scene) == []


def test_a_turned_fixture_turns_its_units_and_labels():
    shelves = (Shelf(120.0, (Position("a", 3, 1, 1),)),)
    scene = compiled(store(shelves, (product("a"),), yaw_deg=90.0, x_mm=1000.0))
    _, boxes = units(scene)
    # Its front looks to +x, so the first facing, on the shopper's left, is at +z.
    np.testing.assert_allclose(boxes[:, 1, 0], 1.207, atol=0.0024)
    np.testing.assert_allclose(boxes[:, 1, 2].max(), 0.498, atol=0.0018)
    np.testing.assert_allclose(scene.labels["right"][0], [0.0, 0.0, -1.0], atol=1e-7)
    assert audit(scene) == []


def test_unknown_products_leave_their_place_empty():
    shelves = (Shelf(120.0, (Position("a"), Position("gone"))),)
    scene = compiled(store(shelves, (product("a"),)))
    assert scene.skus == ("a",)
    assert len(scene.labels) == 1
    assert len(compiled(store(shelves, ()), ()).labels) == 0


def test_a_model_is_scaled_evenly_into_its_stated_box_and_stacks_on_itself():
    def model(_):
        part = bevelled_box((1.0, 2.0, 3.0), (5.0, 4.0, 5.0), 0.1, SHELF_LIGHT)
        return ProductMesh(part.vertices, part.indices, ART)

    shelves = (Shelf(120.0, (Position("m", 2, 2, 2),)), Shelf(900.0))
    made = store(shelves, (product("m", 200.0, 150.0, 120.0, "model"),))
    scene = compiled(made, unit_mesh=model)
    _, boxes = units(scene)
    np.testing.assert_allclose(boxes[:, 1] - boxes[:, 0], [[0.2, 0.1, 0.1]] * 8, atol=0.002)
    turned = scene.instances["rotation"][scene.product_of >= 0].astype(float)
    assert 0 < np.abs(turned[:, 1]).max() < np.sin(np.radians(0.75))
    assert audit(scene) == []


def test_labels_of_narrow_positions_are_pushed_apart():
    narrow = tuple(product(sku, 40.0) for sku in "abcdef")
    positions = tuple(Position(p.sku, x_mm=740.0 + 42.0 * i) for i, p in enumerate(narrow))
    scene = compiled(store((Shelf(120.0, positions),), narrow))
    assert len(scene.labels) == 6
    assert audit(scene) == []
    assert float(scene.labels["centre"][:, 0].max()) <= 0.5 - 0.0375 + 1e-6


def planted(scene, change):
    bounds = scene.bounds.copy()
    change(bounds, np.flatnonzero(scene.product_of >= 0))
    return audit(dataclasses.replace(scene, bounds=bounds))


def test_the_audit_catches_what_is_planted(corner):
    def lift(bounds, rows):
        top = rows[bounds[rows, 1, 1].argmax()]
        bounds[top, :, 1] += 0.0025

    def push(bounds, rows):
        size = bounds[rows[0], 1, 0] - bounds[rows[0], 0, 0]
        bounds[rows[0]] = bounds[rows[1]]  # into another, but for a fifth
        bounds[rows[0], :, 0] += size / 5

    def sink(bounds, rows):
        bounds[rows[5], :, 1] -= 0.0015

    assert len([s for s in planted(corner, lift) if "stands on nothing" in s]) == 1
    assert any("inside one another" in s for s in planted(corner, push))
    assert any("is inside solid" in s for s in planted(corner, sink))
    labels = corner.labels.copy()
    labels["centre"][1] = labels["centre"][0] + np.float32([0.0, 0.01, 0.0])
    assert audit(dataclasses.replace(corner, labels=labels)) == ["labels 0 and 1 overlap"]


def test_the_room_has_a_floor_lights_and_a_way_in(corner):
    assert corner.room == ((-4.5, 0.0, -5.0), (4.5, 3.2, 5.0))
    assert corner.entrance == (0.0, 4.2, 0.0)
    assert len(corner.ceiling) == 20
    assert np.all(np.abs(corner.ceiling["centre"][:, 0]) < 4.5)
    assert corner.bounds[:, 0].min() >= -5.02
    assert [line.id for line in corner.aisles] == ["snacks-drinks", "pantry", "home"]
