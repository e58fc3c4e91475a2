"""Shelves of any thickness and slope, as the compiler stands them and their goods."""

import dataclasses
import math

import msgspec
import numpy as np
import pytest
from box_stores import compiled, product, store, units

from store_scenes.compile.audit import audit
from store_scenes.compile.turned_boxes import TurnedBoxes, leans, reach_into, rotations
from store_scenes.layout.documents import Cap, Handling, Pack, Position, Shelf

TEA = product("TEA", 60.0, 200.0, 90.0)
TRAY = Pack("tray", (200.0, 200.0, 195.0), 3, 1, 2)
LEANING = ("gondola", "endcap", "chiller", "pegboard", "wall-rack")


def leaning_store(*positions, slope_deg=15.0, kind="gondola", thickness_mm=25.0, **placement):
    shelves = (
        Shelf(500.0, (Position("TEA", 2, 1, 2),), thickness_mm=40.0),
        Shelf(1100.0, positions, thickness_mm=thickness_mm, slope_deg=slope_deg),
    )
    placement = {"type": kind, "depth_mm": 550.0, "height_mm": 2300.0} | placement
    layout = store(shelves, (TEA,), **placement)
    return msgspec.structs.replace(layout, handling={"TEA": Handling("TEA", (TRAY,))})


def on_the_slope(scene):
    rows = units(scene)[0]
    return rows[leans(scene, rows)]


@pytest.mark.parametrize("yaw_deg", [0.0, 90.0, 180.0, 270.0])
@pytest.mark.parametrize("kind", LEANING)
@pytest.mark.parametrize("slope_deg", [-12.0, 2.0, 15.0, 40.0])
def test_goods_lean_as_their_shelf_does_and_rest_on_it(kind, slope_deg, yaw_deg):
    layout = leaning_store(
        Position("TEA", 3, 1, 2), Position("TEA", 1, 1, 2, cap_y=Cap(1)),
        Position("TEA", 1, 1, 1, style="tray", gap_mm=10.0),
        Position("TEA", 1, 1, 1, orientation="top"),
        slope_deg=slope_deg, kind=kind, yaw_deg=yaw_deg,
    )  # fmt: skip
    scene = compiled(layout)
    assert audit(scene) == []
    rows = on_the_slope(scene)
    assert len(rows) == 6 + 4 + 6 + 1
    upright = rotations(scene, rows)[:, 1, :]
    assert np.abs(upright).max(axis=1) == pytest.approx(
        [math.cos(math.radians(slope_deg))] * len(rows), abs=1e-3
    )


def test_the_back_edge_stays_and_the_front_edge_goes_down():
    scene = compiled(leaning_store(Position("TEA", 1, 1, 1), slope_deg=20.0, depth_mm=500.0))
    (row,) = on_the_slope(scene)
    box = TurnedBoxes.of_instances(scene, np.array([row]))
    up = box.axes[0][:, 1]
    assert up == pytest.approx(
        (0.0, math.cos(math.radians(20)), math.sin(math.radians(20))), abs=1e-3
    )
    base = box.middle[0] - up * box.half[0, 1]
    # 462 mm of board from 26 mm before the back of a gondola whose back is at -250 mm; the middle
    # of the unit is 6 + 45 mm from its front edge.
    along = 0.462 - 0.051
    assert base[1:] == pytest.approx(
        (1.1 - along * math.sin(math.radians(20)),
         -0.25 + 0.026 + along * math.cos(math.radians(20))), abs=1e-3,
    )  # fmt: skip


def test_the_label_is_on_the_leaning_front_edge():
    scene = compiled(leaning_store(Position("TEA", 2), slope_deg=20.0))
    label = scene.labels[scene.labels["centre"][:, 1] > 0.7][0]
    lean = math.radians(20.0)
    assert label["up"] == pytest.approx((0.0, math.cos(lean), math.sin(lean)), abs=1e-6)
    assert label["right"] == pytest.approx((1.0, 0.0, 0.0), abs=1e-6)
    # From the front edge 13 mm out and 21 mm down, along the board.
    edge = np.array((1.1 - 0.512 * math.sin(lean), -0.249 + 0.512 * math.cos(lean)))
    out = 0.013 * np.array((-math.sin(lean), math.cos(lean)))
    down = 0.021 * np.array((math.cos(lean), math.sin(lean)))
    assert label["centre"][1:] == pytest.approx(edge + out - down, abs=1e-6)
    level = scene.labels[scene.labels["centre"][:, 1] < 0.7]
    assert np.all(level["up"] == (0.0, 1.0, 0.0))


@pytest.mark.parametrize("thickness_mm", [12.0, 18.0, 60.0, 150.0])
@pytest.mark.parametrize("kind", [*LEANING, "poster-wall"])
def test_a_board_is_as_thick_as_it_says(kind, thickness_mm):
    layout = leaning_store(
        Position("TEA", 2, 1, 1), slope_deg=0.0, kind=kind, thickness_mm=thickness_mm,
        depth_mm=300.0 if kind == "poster-wall" else 550.0,
    )  # fmt: skip
    scene = compiled(layout)
    assert audit(scene) == []
    boards = scene.solids[np.isclose(scene.solids["max"][:, 1], 1.1)]
    tall = boards["max"][:, 1] - boards["min"][:, 1]
    assert tall == pytest.approx([thickness_mm / 1000.0], abs=1e-6)
    # A label is on its rail, whose top is the board's.
    label = scene.labels[scene.labels["centre"][:, 1] > 0.7][0]
    assert label["centre"][1] == pytest.approx(1.1 - 0.021, abs=1e-6)


def moved(scene, row, by):
    """The scene with one instance elsewhere."""
    instances, bounds = scene.instances.copy(), scene.bounds.copy()
    instances["position"][row] += np.float32(by)
    bounds[row] += np.float32(by)
    return dataclasses.replace(scene, instances=instances, bounds=bounds)


@pytest.mark.parametrize("yaw_deg", [0.0, 90.0])
def test_the_audit_catches_what_does_not_rest_on_a_slope(yaw_deg):
    scene = compiled(leaning_store(Position("TEA", 1, 1, 2, gap_mm=0.0), yaw_deg=yaw_deg))
    front = on_the_slope(scene)[0]
    up = rotations(scene, np.array([front]))[0][:, 1]
    assert audit(moved(scene, front, up * 0.0015)) == []
    assert [s.split(" at ")[0] for s in audit(moved(scene, front, up * 0.003))] == [
        f"TEA (instance {front})"
    ]
    told = audit(moved(scene, front, up * -0.02))
    assert any("stands on nothing" in s for s in told)
    assert any("inside solid" in s for s in told)
    # Upright on a slope it stands on one edge.
    instances = scene.instances.copy()
    half = math.radians(yaw_deg) / 2.0
    instances["rotation"][front] = (0.0, math.sin(half), 0.0, math.cos(half))
    assert any(
        "stands on nothing" in s for s in audit(dataclasses.replace(scene, instances=instances))
    )


def test_the_audit_catches_goods_inside_one_another_on_a_slope():
    scene = compiled(leaning_store(Position("TEA", 1, 1, 2, gap_mm=0.0)))
    first, second = on_the_slope(scene)
    between = scene.instances["position"][second] - scene.instances["position"][first]
    along = between / np.linalg.norm(between)
    # 3 mm are between rows; their upright boxes overlap by far more, and that is no fault.
    assert audit(moved(scene, first, along * 0.002)) == []
    told = audit(moved(scene, first, along * 0.005))
    assert told == [f"TEA (instance {first}) and TEA (instance {second}) are inside one another"]


def test_boxes_that_are_turned_reach_into_one_another_along_their_own_axes():
    lean = math.radians(45.0)
    turn = np.array([[1, 0, 0], [0, math.cos(lean), -math.sin(lean)],
                     [0, math.sin(lean), math.cos(lean)]])  # fmt: skip

    def at(z):
        return TurnedBoxes(np.array([[0.0, 0.0, z]]), np.full((1, 3), 0.5), turn[None])

    level = TurnedBoxes.upright(np.array([[[-0.5, -0.5, -0.5], [0.5, 0.5, 0.5]]]))
    reach = 0.5 + 0.5 * math.sqrt(2.0)
    assert reach_into(level, at(reach - 0.1)) == pytest.approx([0.1])
    assert reach_into(level, at(reach + 0.1)) == pytest.approx([-0.1])


def test_a_slope_of_less_than_half_a_degree_is_level():
    plain = compiled(leaning_store(Position("TEA", 3), slope_deg=0.0))
    slight = compiled(leaning_store(Position("TEA", 3), slope_deg=0.4))
    for name, array in plain.arrays().items():
        assert array.tobytes() == slight.arrays()[name].tobytes(), name


@pytest.mark.parametrize("kind", ["produce", "island"])
def test_tiers_and_tables_are_shown_level(kind):
    level, leaning = (
        compiled(leaning_store(Position("TEA", 3), kind=kind, slope_deg=slope, height_mm=1800.0))
        for slope in (0.0, 20.0)
    )
    assert level.instances.tobytes() == leaning.instances.tobytes()
