"""Goods that are turned, packed, capped, nested or pictures, as the compiler stands them."""

import msgspec
import numpy as np
import pytest
from box_stores import ART, box_mesh, product, store, units

from store_scenes.compile.assemble import QUATERNIONS
from store_scenes.compile.audit import audit
from store_scenes.compile.compiler import compile_with
from store_scenes.compile.light_field import turned as turned_by
from store_scenes.compile.looks import OwnLooks
from store_scenes.compile.memo import CompileMemo
from store_scenes.compile.stocking import MATRICES
from store_scenes.layout.arrange import ROW_GAP_MM
from store_scenes.layout.documents import Cap, Divider, Handling, Pack, Position, Shelf
from store_scenes.layout.orientation import ORIENTATIONS, turned

TEA = product("TEA", 60.0, 200.0, 90.0)


def scene_of(*positions, handling=(), memo=None, divider=None, yaw_deg=0.0, width_mm=1000.0):
    layout = store((Shelf(300.0, positions, 400.0, divider=divider),), (TEA,), yaw_deg=yaw_deg)
    bay = msgspec.structs.replace(layout.planograms["bay"], width_mm=width_mm)
    layout = msgspec.structs.replace(
        layout, handling={one.sku: one for one in handling}, planograms={"bay": bay}
    )
    scene = compile_with(
        layout, layout.products, OwnLooks(box_mesh), lambda _: ART, lambda *_: None, memo
    )
    assert audit(scene) == []
    return scene


def sizes_mm(boxes):
    return (boxes[:, 1] - boxes[:, 0]) * 1000.0


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_unit_stands_as_it_is_turned(orientation):
    scene = scene_of(Position("TEA", 2, 1, 1, orientation=orientation))
    rows, boxes = units(scene)
    assert len(rows) == 2
    # What a careless hand adds is under a millimetre a side.
    assert np.allclose(sizes_mm(boxes), turned(TEA.dimensions_mm, orientation), atol=2.5)
    assert np.allclose(boxes[:, 0, 1], 0.3, atol=1e-4)
    # The mesh's own front, right and top look where the orientation says.
    rotation = scene.instances["rotation"][rows].astype(np.float64)
    matrix = MATRICES[ORIENTATIONS.index(orientation)]
    for axis in range(3):
        along = np.zeros((1, 3))
        along[0, axis] = 1.0
        for one in rotation:
            assert np.allclose(turned_by(along, one)[0], matrix[:, axis], atol=0.03)


def test_the_24_quaternions_are_the_24_matrices():
    for quaternion, matrix in zip(QUATERNIONS, MATRICES, strict=True):
        assert np.allclose(np.linalg.norm(quaternion), 1.0)
        assert np.allclose(turned_by(np.eye(3), quaternion), matrix.T, atol=1e-9)


def test_trays_are_drawn_with_the_units_in_them():
    tray = Pack("tray", (200.0, 200.0, 195.0), 3, 1, 2)
    position = Position("TEA", 2, 2, 1, style="tray", gap_mm=0.0)
    scene = scene_of(position, handling=[Handling("TEA", (tray,))])
    _, boxes = units(scene)
    assert len(boxes) == 2 * 2 * 6
    low, high = boxes[:, 0].min(axis=0), boxes[:, 1].max(axis=0)
    assert np.all((high - low) * 1000.0 <= (400.0, 400.1, 198.0))
    assert sorted({round(float(y), 3) for y in boxes[:, 0, 1]}) == [0.3, 0.5]
    # Cardboard around each of the four, which is not for sale.
    plain = scene_of(Position("TEA", 2, 2, 1))
    others = [np.count_nonzero(one.product_of < 0) for one in (scene, plain)]
    assert others[0] - others[1] == 4


def test_a_turned_tray_turns_its_units_along():
    tray = Pack("tray", (200.0, 205.0, 95.0), 3, 1, 1)
    position = Position("TEA", 1, 1, 1, style="tray", orientation="left")
    scene = scene_of(position, handling=[Handling("TEA", (tray,))])
    _, boxes = units(scene)
    assert len(boxes) == 3
    assert np.allclose(sizes_mm(boxes), (90.0, 200.0, 60.0), atol=0.1)
    assert len({round(float(z), 3) for z in boxes[:, 0, 2]}) == 3


def test_loose_packs_say_how_many_they_hold():
    loose = Pack("loose", (130.0, 400.0, 190.0), units=7)
    scene = scene_of(Position("TEA", 1, 1, 1, style="loose"), handling=[Handling("TEA", (loose,))])
    assert len(units(scene)[0]) == 7


def test_caps_lie_on_the_block_beside_it_and_behind_it():
    lying = Cap(1, "top")
    scene = scene_of(Position("TEA", 3, 1, 2, gap_mm=0.0, cap_y=lying))
    _, boxes = units(scene)
    on_top = boxes[boxes[:, 0, 1] > 0.49]
    # 180 mm across and 183 deep take 3 across, and lying they are 200 mm deep: one row of them.
    assert (len(boxes), len(on_top)) == (6 + 3, 3)
    assert np.allclose(sizes_mm(on_top), (60.0, 90.0, 200.0), atol=0.1)
    scene = scene_of(Position("TEA", 1, 1, 1, gap_mm=0.0, cap_x=Cap(2), cap_z=Cap(1)))
    _, boxes = units(scene)
    assert len(boxes) == 1 + 2 + 1
    assert np.allclose(boxes[:, 0, 1], 0.3, atol=1e-4)


def test_nested_units_stand_into_one_another():
    handling = Handling("TEA", nest_y_mm=150.0)
    layout = store((Shelf(300.0, (Position("TEA", 1, 3, 1),)),), (TEA,))
    layout = msgspec.structs.replace(layout, handling={"TEA": handling})
    scene = compile_with(
        layout, layout.products, OwnLooks(box_mesh), lambda _: ART, lambda *_: None
    )
    _, boxes = units(scene)
    assert np.sort(boxes[:, 0, 1]) == pytest.approx([0.3, 0.35, 0.4])


@pytest.mark.parametrize(
    ("orientation", "seen"), [("front", (60.0, 200.0)), ("left", (90.0, 200.0))]
)
def test_a_picture_is_a_product_pressed_flat(orientation, seen):
    scene = scene_of(Position("TEA", 2, 1, style="poster", orientation=orientation))
    _, boxes = units(scene)
    assert len(boxes) == 2
    wide, high, deep = sizes_mm(boxes).max(axis=0)
    assert np.allclose((wide, high), seen, atol=2.5)
    assert deep < 10.0
    with_goods = scene_of(Position("TEA", 2, 1))
    assert len(scene.meshes) == len(with_goods.meshes) + 1


def test_dividers_keep_positions_apart():
    two = (Position("TEA", 1, 1, 1), Position("TEA", 1, 1, 1))
    plain, divided = scene_of(*two), scene_of(*two, divider=Divider(20.0))
    ends = [sorted(units(one)[1][:, 0, 0].tolist()) for one in (plain, divided)]
    between = [(second - first) * 1000.0 for first, second in ends]
    assert between[1] - between[0] == pytest.approx(20.0, abs=4.0)


def test_a_gap_behind_is_as_wide_as_the_checker_says():
    _, boxes = units(scene_of(Position("TEA", 1, 1, 3, gap_mm=0.0)))
    fronts = np.sort(boxes[:, 0, 2])
    assert np.diff(fronts) * 1000.0 == pytest.approx([90.0 + ROW_GAP_MM] * 2, abs=2.0)


def test_a_memo_of_products_alone_gives_the_same_scene():
    memo = CompileMemo()
    positions = (Position("TEA", 2, style="poster"), Position("TEA", 1, 2, orientation="top"))
    first = scene_of(*positions, memo=memo)
    again = scene_of(*positions, memo=memo.of_products())
    for name, array in first.arrays().items():
        assert again.arrays()[name].tobytes() == array.tobytes(), name
    assert len(memo.of_products().fixtures) == len(memo.of_products().stocked) == 0


def board_scene(*positions, kind="pegboard", handling=()):
    board = Shelf(600.0, positions, 300.0, kind=kind, board_mm=900.0)
    layout = store((board,), (TEA,), type="pegboard")
    layout = msgspec.structs.replace(layout, handling={one.sku: one for one in handling})
    return compile_with(layout, layout.products, OwnLooks(box_mesh), lambda _: ART, lambda *_: None)


@pytest.mark.parametrize("kind", ["pegboard", "rod"])
def test_what_hangs_has_hooks_and_its_label_on_the_first(kind):
    where = (Position("TEA", 2, 2, 3, x_mm=100.0, y_mm=50.0, gap_mm=20.0),
             Position("TEA", 1, 1, 2, x_mm=500.0, y_mm=400.0))  # fmt: skip
    scene = board_scene(*where, kind=kind)
    assert audit(scene) == []
    _, boxes = units(scene)
    assert len(boxes) == 12 + 2
    assert sorted({round(float(y), 3) for y in boxes[:, 0, 1]}) == [0.65, 0.85, 1.0]
    empty = board_scene(kind=kind)
    hooks = np.count_nonzero(scene.product_of < 0) - np.count_nonzero(empty.product_of < 0)
    assert hooks == 2 * 2 + 1
    # One label a position, at its first hook: a little over where the product's hole is.
    heights = sorted(float(label["centre"][1]) for label in scene.labels)
    assert heights == pytest.approx([0.87, 1.22], abs=1e-4)
    front = boxes[:, 1, 2].max()
    assert np.all(scene.labels["centre"][:, 2] > front)


def test_a_hook_goes_through_the_hole_that_handling_says():
    plain = board_scene(Position("TEA", x_mm=100.0))
    hole = Handling("TEA", peg_hole_x_mm=10.0, peg_hole_y_mm=40.0)
    holed = board_scene(Position("TEA", x_mm=100.0), handling=[hole])
    moved = holed.labels["centre"][0] - plain.labels["centre"][0]
    assert moved == pytest.approx((10.0e-3 - 30.0e-3, -30.0e-3, 0.0), abs=1e-6)


def test_a_shelf_that_is_no_bay_wide_stands_where_it_says():
    narrow = Shelf(300.0, (Position("TEA", 1, 1, 1, x_mm=0.0),), x_mm=400.0, width_mm=300.0)
    layout = store((narrow,), (TEA,))
    scene = compile_with(
        layout, layout.products, OwnLooks(box_mesh), lambda _: ART, lambda *_: None
    )
    assert audit(scene) == []
    (box,) = units(scene)[1]
    assert box[0, 0] == pytest.approx(-0.5 + 0.4, abs=1e-3)
    shelf_tops = scene.solids[np.isclose(scene.solids["max"][:, 1], 0.3)]
    wide = [float(one["max"][0] - one["min"][0]) for one in shelf_tops]
    assert pytest.approx(0.3) in wide
