"""Labels of goods on hooks: they keep clear of one another and can be read."""

import dataclasses

import numpy as np
import pytest
from box_stores import board_store, compiled, units

from store_scenes.compile.audit import audit
from store_scenes.compile.fittings import Hook, fitting_part, hook_of
from store_scenes.compile.tickets import TICKET_WIDTH_MIN
from store_scenes.layout.documents import Handling, Position


def about_labels(scene):
    return [sentence for sentence in audit(scene) if sentence.startswith("label")]


def labels_of(scene):
    """Each label's place across, its height and its width in millimetres, left to right."""
    rows = scene.labels[np.lexsort((scene.labels["centre"][:, 1], scene.labels["centre"][:, 0]))]
    return [
        (round(float(row["centre"][0]) * 1000.0, 1), round(float(row["centre"][1]) * 1000.0, 1),
         round(float(row["size"][0]) * 1000.0, 1))
        for row in rows
    ]  # fmt: skip


def test_labels_that_have_room_hang_as_they_did():
    scene = compiled(board_store(*(Position("BAG", 1, gap_mm=20.0, y_mm=50.0),) * 3))
    assert about_labels(scene) == []
    # The hook is 10 mm under the top at 820 mm, its label 30 mm over it.
    assert [(high, wide) for _, high, wide in labels_of(scene)] == [(840.0, 40.0)] * 3


def test_labels_that_meet_become_narrower_first():
    # Middles 38 mm apart: of 40 and 30 mm wide labels one would be over the other.
    bag, brush = Position("BAG", 1, x_mm=0.0), Position("BRUSH", 1, x_mm=124.0)
    comb = Position("COMB", 1, x_mm=157.0)
    hole = Handling("BAG", hangs=True, peg_hole_x_mm=100.0, peg_hole_y_mm=10.0)
    scene = compiled(board_store(bag, brush, comb, handling=[hole]))
    assert about_labels(scene) == []
    told = labels_of(scene)
    assert [wide for _, _, wide in told] == [30.0] * 3
    assert [round(x - told[0][0], 1) for x, _, _ in told] == [0.0, 34.0, 67.0]
    assert {high for _, high, _ in told} == {790.0, 800.0}


def test_narrow_neighbours_hang_at_two_heights():
    row = tuple(Position(sku, 1, gap_mm=4.0, y_mm=100.0) for sku in ("BRUSH", "COMB") * 3)
    scene = compiled(board_store(*row))
    assert about_labels(scene) == []
    told = labels_of(scene)
    assert {wide for _, _, wide in told} == {TICKET_WIDTH_MIN * 1000.0}
    high = TICKET_WIDTH_MIN * 1000.0 * 38.0 / 75.0 + 2.0
    assert [up for _, up, _ in told] == pytest.approx([900.0, 900.0 + high] * 3, abs=0.11)
    # The hooks of the raised ones have longer arms, and plates no wider than their labels.
    arms = {
        (hook.arm_mm, hook.plate_mm)
        for mesh in scene.meshes
        if (hook := hook_of(mesh["bounds_min"], mesh["bounds_max"]))
    }
    assert arms == {(30.0, 26.0), (47.2, 26.0)}


def test_neighbours_of_one_product_share_a_label():
    row = tuple(Position("BRUSH", 1, gap_mm=4.0, y_mm=100.0) for _ in range(4))
    scene = compiled(board_store(*row))
    assert about_labels(scene) == []
    # 24 mm apart, and a label is 30 wide: the first and the third have one.
    assert [round(x, 1) for x, _, _ in labels_of(scene)] == [-488.0, -440.0]
    every = scene.meshes[np.repeat(scene.draws["mesh"], scene.draws["instance_count"])]
    assert sum(hook_of(one["bounds_min"], one["bounds_max"]) is not None for one in every) == 4


def test_labels_keep_apart_across_bays_and_on_turned_fixtures():
    row = (Position("BRUSH", 1, x_mm=0.0), Position("COMB", 1, x_mm=978.0))
    for yaw_deg in (0.0, 90.0, 180.0, 270.0):
        layout = board_store(*row, planograms=("bay", "bay"), yaw_deg=yaw_deg)
        scene = compiled(layout)
        assert about_labels(scene) == []
        assert len(scene.labels) == 4
        assert len({round(float(high), 3) for high in scene.labels["centre"][:, 1]}) == 2


@pytest.mark.parametrize("length_mm", [20.0, 148.5, 312.0])
@pytest.mark.parametrize(("arm_mm", "plate_mm"), [(30.0, 36.0), (47.2, 26.0), (64.4, 26.0)])
def test_a_hook_is_known_by_its_mesh(length_mm, arm_mm, plate_mm):
    for hook in (Hook(length_mm, arm_mm, plate_mm), Hook(length_mm, 0.0)):
        corners = fitting_part(hook).vertices["position"]
        found = hook_of(corners.min(axis=0), corners.max(axis=0))
        assert found is not None
        assert (found.length_mm, found.arm_mm) == (hook.length_mm, hook.arm_mm)
    box = np.array([(-0.018, -0.022, -0.3), (0.018, 0.04, 0.02)], dtype=np.float32)
    assert hook_of(box[0], box[1]) is None


def test_the_audit_catches_labels_that_cannot_be_read_and_labels_in_goods():
    scene = compiled(board_store(Position("BAG", 1, 1, 1, x_mm=400.0, y_mm=100.0)))
    ((row,), _) = units(scene)
    narrow = scene.labels.copy()
    narrow["size"][0] *= 0.5
    assert about_labels(dataclasses.replace(scene, labels=narrow)) == [
        "label 0 is 20.0 mm wide and cannot be read"
    ]
    inside = scene.labels.copy()
    inside["centre"][0, 1:] -= np.float32((0.06, 0.03))
    assert about_labels(dataclasses.replace(scene, labels=inside)) == [
        f"label 0 is inside BAG (instance {row})"
    ]
