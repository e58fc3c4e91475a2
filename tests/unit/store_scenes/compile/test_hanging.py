"""Goods on hooks: what the audit says of them."""

import dataclasses

import numpy as np
import pytest
from box_stores import board_store, compiled, units

from store_scenes.compile.audit import audit
from store_scenes.compile.fittings import hook_of
from store_scenes.compile.hanging import hooks_of
from store_scenes.layout.documents import Handling, Position


def moved(scene, row, by):
    instances, bounds = scene.instances.copy(), scene.bounds.copy()
    instances["position"][row] += np.float32(by)
    bounds[row] += np.float32(by)
    return dataclasses.replace(scene, instances=instances, bounds=bounds)


@pytest.mark.parametrize("kind", ["pegboard", "rod", "lateral-rod", "bar", "curved-rod"])
@pytest.mark.parametrize("yaw_deg", [0.0, 90.0, 180.0])
def test_what_hangs_on_its_hooks_is_sound(kind, yaw_deg):
    where = (Position("BAG", 2, 2, 3, gap_mm=20.0, x_mm=100.0, y_mm=50.0),
             Position("BRUSH", 3, gap_mm=30.0, x_mm=500.0, y_mm=60.0),
             Position("BAG", 1, 1, 0, orientation="left", x_mm=800.0, y_mm=60.0))  # fmt: skip
    assert audit(compiled(board_store(*where, kind=kind, yaw_deg=yaw_deg))) == []


def hung(**more):
    """A bag alone on a board, and the row of its instance."""
    scene = compiled(board_store(Position("BAG", 1, 1, 1, x_mm=400.0, y_mm=100.0), **more))
    ((row,), _) = units(scene)
    return scene, int(row)


@pytest.mark.parametrize("yaw_deg", [0.0, 90.0])
def test_the_audit_catches_what_hangs_beside_its_hook(yaw_deg):
    scene, row = hung(yaw_deg=yaw_deg)
    forward = hooks_of(scene).forward[0]
    right = np.array((forward[2], 0.0, -forward[0]))
    who = f"BAG (instance {row})"
    # A careless hand has moved it by up to 0.8 mm.
    assert audit(moved(scene, row, right * 0.001)) == []
    (told,) = audit(moved(scene, row, right * 0.004))
    assert told.startswith(f"{who} hangs ")
    assert told.endswith("over or under its hook")
    (low,) = audit(moved(scene, row, (0.0, -0.003, 0.0)))
    assert low.endswith("and 3.0 mm over or under its hook")
    (high,) = audit(moved(scene, row, (0.0, 0.0025, 0.0)))
    assert high.endswith("and 2.5 mm over or under its hook")
    # Off the tip, and far away from any hook.
    assert audit(moved(scene, row, forward * 0.02)) == [f"{who} at 0.7000 m stands on nothing"]
    assert audit(moved(scene, row, right * 0.3)) == [f"{who} at 0.7000 m stands on nothing"]


def test_the_audit_catches_a_hook_that_is_not_there():
    scene = compiled(board_store(Position("BAG", 1, 2, 1, x_mm=400.0, y_mm=100.0)))
    assert audit(scene) == []
    meshes = np.repeat(scene.draws["mesh"], scene.draws["instance_count"])
    hooks = [
        row for row, mesh in enumerate(scene.meshes[meshes])
        if hook_of(mesh["bounds_min"], mesh["bounds_max"])
    ]  # fmt: skip
    upper = max(hooks, key=lambda row: scene.instances["position"][row, 1])
    # The upper bag stands on the lower one by then; but nothing stands on what hangs.
    (told,) = audit(moved(scene, upper, (0.3, 0.0, 0.0)))
    assert told.endswith("at 0.8700 m stands on nothing")


def test_the_audit_catches_goods_in_the_board_in_a_neighbour_and_in_the_shelf_below():
    scene, row = hung()
    back = hooks_of(scene).forward[0] * -0.32
    assert any("is inside solid" in told for told in audit(moved(scene, row, back)))
    two = compiled(
        board_store(*(Position("BAG", 1, 1, 1, x_mm=x, y_mm=100.0) for x in (400.0, 530.0)))
    )
    first, _ = units(two)[0]
    told = audit(moved(two, first, (0.015, 0.0, 0.0)))
    assert any("are inside one another" in one for one in told)
    assert any("beside" in one for one in told)
    low = compiled(
        board_store(Position("BAG", 1, 1, 1, x_mm=400.0, y_mm=100.0),
                    below=(Position("BRUSH", 1, 1, 1, x_mm=0.0),))
    )  # fmt: skip
    assert audit(low) == []
    rows, boxes = units(low)
    high = int(rows[boxes[:, 0, 1].argmax()])
    down = 0.2 - 0.01 - float(low.bounds[high, 0, 1])
    assert any("is inside solid" in told for told in audit(moved(low, high, (0.0, down, 0.0))))


def test_a_hook_goes_through_the_hole_that_handling_says():
    hole = Handling("BAG", hangs=True, peg_hole_x_mm=30.0, peg_hole_y_mm=25.0)
    layout = board_store(Position("BAG", 2, 1, 2, x_mm=100.0, y_mm=50.0, gap_mm=20.0),
                         handling=[hole])  # fmt: skip
    scene = compiled(layout)
    assert audit(scene, layout.handling) == []
    # Without the hole being told, the hooks are 30 mm beside the middle and 15 under.
    told = audit(scene)
    assert len(told) == 4
    assert all("and 15.0 mm over or under its hook" in one for one in told)
