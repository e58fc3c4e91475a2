"""What is held is drawn where it is, for both eyes, and its shelf is as before once it is back."""

import numpy as np
import pytest

from vr_client.frame_packet import Basket, EyeView, FramePacket, HandPose, HeldUnit, PanelQuad
from vr_client.render.basket_shape import DEEP_M, HANDLE_HIGH_M, TOP, basket_mesh
from vr_client.render.held_pass import HELD_MAX
from vr_client.render.scene_buffers import HIDDEN, STANDS
from vr_client.space.pose import inverse_rigid, look_at, pose, transform_point, translation

pytestmark = pytest.mark.gl

SQUARE = (-0.5, 0.5, -0.5, 0.5)
HEAD = look_at((0.0, 1.35, 0.9), (-0.1, 1.0, 0.1))
VIEWS = tuple(
    EyeView(HEAD @ translation((side * 0.0315, 0.0, 0.0)), SQUARE, (128, 128)) for side in (-1, 1)
)


@pytest.fixture
def shop(renderer, store):
    scene = store.small_scene()
    renderer.load_scene(scene)
    rows = np.flatnonzero(scene.product_of == 2)
    return renderer, scene, int(rows[1])


def drawn(renderer, **more):
    renderer.draw(FramePacket(index=0, time_s=0.0, views=VIEWS, **more))
    return [renderer.read_eye(eye).astype(int) for eye in range(2)]


def in_hand(scene, row, world):
    return {"held": (HeldUnit(row, world),), "hidden": (row,)}


def changed(before, after):
    return np.abs(before - after).max(axis=2) > 12


def box_in(view, world, box):
    """Columns and rows that a unit's box covers in a view, by arithmetic alone."""
    corners = np.array(np.meshgrid(*np.stack(box, axis=1), indexing="ij")).reshape(3, -1).T
    eye = inverse_rigid(view.world_from_eye)
    seen = np.array([transform_point(eye, transform_point(world, corner)) for corner in corners])
    across = (seen[:, 0] / -seen[:, 2] + 0.5) * view.size[0]
    down = (0.5 - seen[:, 1] / -seen[:, 2]) * view.size[1]
    return across.min(), across.max(), down.min(), down.max()


BOX = ((-0.05, 0.0, -0.03), (0.05, 0.16, 0.03))


@pytest.mark.parametrize(
    "world", [pose((-0.05, 1.1, 0.45), 20.0), pose((0.05, 1.15, 0.5), -60.0, 40.0)]
)
def test_it_is_seen_where_it_is_held_by_either_eye(shop, world):
    renderer, scene, row = shop
    empty = drawn(renderer, hidden=(row,))
    held = drawn(renderer, **in_hand(scene, row, world))
    for eye, view in enumerate(VIEWS):
        rows, columns = np.nonzero(changed(empty[eye], held[eye]))
        left, right, top, bottom = box_in(view, world, BOX)
        assert abs(columns.min() - left) < 2.0
        assert abs(columns.max() + 1 - right) < 2.0
        assert abs(rows.min() - top) < 2.0
        assert abs(rows.max() + 1 - bottom) < 2.0
    assert (held[0] != held[1]).any()


def test_its_shelf_is_empty_meanwhile_and_exactly_as_before_once_it_is_home(shop):
    renderer, scene, row = shop
    before = drawn(renderer)
    away = drawn(renderer, **in_hand(scene, row, pose((0.9, 2.5, 0.3))))  # out of view
    home = box_in(VIEWS[0], pose(scene.instances["position"][row]), BOX)
    middle = int((home[2] + home[3]) / 2), int((home[0] + home[1]) / 2)
    assert changed(before[0], away[0])[middle]
    after = drawn(renderer)
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_it_is_the_same_thing_as_on_the_shelf(shop):
    """In its own place it looks as it did, but for the shade of what it stood on."""
    renderer, scene, row = shop
    before = drawn(renderer)
    there = drawn(renderer, **in_hand(scene, row, pose(scene.instances["position"][row])))
    left, right, top, bottom = (int(side) for side in box_in(VIEWS[0], pose(
        scene.instances["position"][row]), BOX))  # fmt: skip
    upper = (slice(top + 2, (top + bottom) // 2), slice(left + 3, right - 3))
    off = np.abs(before[0] - there[0]).max(axis=2)
    assert off[upper].max() <= 12
    assert off.mean() < 1.0


def test_what_is_nearer_hides_it_and_it_hides_what_is_further(shop):
    renderer, scene, row = shop
    behind = pose((-0.3, 0.5, -0.5))  # inside and behind the shelf
    hidden = drawn(renderer, hidden=(row,))
    assert not changed(hidden[0], drawn(renderer, **in_hand(scene, row, behind))[0]).any()
    world = pose((-0.05, 1.1, 0.45))
    hand = (HandPose(pose((-0.05, 1.15, 0.55)), left=False),)
    held = drawn(renderer, **in_hand(scene, row, world))
    both = drawn(renderer, hands=hand, **in_hand(scene, row, world))
    alone = drawn(renderer, hands=hand, hidden=(row,))
    covered = changed(held[0], both[0])
    shared = [np.roll(covered, step, axis) for step in (-1, 0, 1) for axis in (0, 1)]
    inside = np.logical_and.reduce(shared)  # at its rim a pixel is partly what is behind
    assert inside.sum() > 30
    assert not changed(alone[0], both[0])[inside].any()


def test_no_light_of_the_highlight_falls_on_what_is_held(shop):
    renderer, scene, row = shop
    world = pose((-0.05, 1.1, 0.45))
    plain = drawn(renderer, **in_hand(scene, row, world))
    other = int(np.flatnonzero(scene.product_of == 4)[-1])  # far from it in the picture
    lit = drawn(renderer, highlight=other, **in_hand(scene, row, world))
    left, right, top, bottom = (int(side) for side in box_in(VIEWS[0], world, BOX))
    there = slice(top, bottom), slice(left, right)
    assert np.array_equal(plain[0][there], lit[0][there])


def test_more_than_there_is_room_for_or_rows_that_are_none_do_no_harm(shop):
    renderer, scene, row = shop
    world = pose((-0.05, 1.1, 0.45))
    one = drawn(renderer, **in_hand(scene, row, world))
    wild = (*[HeldUnit(bad, world) for bad in (-1, 10**6)], HeldUnit(row, world))
    many = drawn(renderer, hidden=(row,), held=wild + (HeldUnit(row, world),) * HELD_MAX)
    assert np.array_equal(one[0], many[0])


def test_nothing_of_the_store_before_is_held_in_the_next(renderer, store):
    renderer.load_scene(store.small_scene())
    world = pose((-0.05, 1.1, 0.45))
    row = 3
    first = drawn(renderer, held=(HeldUnit(row, world),), hidden=(row,))
    renderer.load_scene(store.small_scene(shift=0.01))
    renderer.load_scene(store.small_scene())
    assert np.array_equal(first[0], drawn(renderer, held=(HeldUnit(row, world),), hidden=(row,))[0])


def test_a_thing_before_the_store_is_there_is_drawn_nowhere(renderer):
    renderer.draw(FramePacket(0, 0.0, VIEWS, held=(HeldUnit(0, np.eye(4)),), basket=Basket(HEAD)))


def test_the_unit_of_a_hand_touches_nothing(shop):
    renderer, _, row = shop
    renderer.draw(FramePacket(0, 0.0, VIEWS, hidden=(row,)))
    assert not renderer._scene.picture(row) & (HIDDEN | STANDS)
    (command,) = renderer._scene.alone(row)
    assert (command[1], command[4]) == (1, row)


# ---------------------------------------------------------------- the basket

AT = pose((-0.1, 1.05, 0.3), 30.0)


def test_the_basket_is_seen_at_its_place_larger_and_brighter_when_it_will_be_filled(shop):
    renderer, _, _ = shop
    without = drawn(renderer)
    plain = drawn(renderer, basket=Basket(AT))
    over = drawn(renderer, basket=Basket(AT, over=True))
    box = ((-TOP[0], -DEEP_M, -TOP[1]), (TOP[0], HANDLE_HIGH_M, TOP[1]))
    seen = np.nonzero(changed(without[0], plain[0]))
    left, right, top, bottom = box_in(VIEWS[0], AT, box)
    assert left - 3 <= seen[1].min() < seen[1].max() + 1 <= right + 3
    assert top - 3 <= seen[0].min() < seen[0].max() + 1 <= bottom + 3
    larger = np.nonzero(changed(without[0], over[0]))
    assert larger[1].max() - larger[1].min() > seen[1].max() - seen[1].min()
    both = changed(without[0], plain[0]) & changed(without[0], over[0])
    assert over[0][both].mean() > plain[0][both].mean() + 3.0
    assert all(np.array_equal(a, b) for a, b in zip(without, drawn(renderer), strict=True))


def test_a_basket_out_of_view_costs_nothing_and_changes_nothing(shop):
    renderer, _, _ = shop
    without = drawn(renderer)
    behind = drawn(renderer, basket=Basket(pose((0.0, 0.9, 2.0))))
    assert np.array_equal(without[0], behind[0])
    assert renderer._held._over is None


def test_a_glowing_basket_lets_nothing_else_glow(shop):
    renderer, _, _ = shop
    hand = (HandPose(pose((0.15, 1.1, 0.4)), left=False),)
    before = drawn(renderer, hands=hand)
    after = drawn(renderer, hands=hand, basket=Basket(pose((-0.3, 1.0, 0.3)), over=True))
    right = np.s_[:, 80:]
    assert np.array_equal(before[0][right], after[0][right])


def test_the_basket_is_made_of_whole_wires():
    vertices, indices = basket_mesh()
    assert len(vertices) < 8000
    assert indices.max() < len(vertices)
    assert len(indices) % 3 == 0
    positions = vertices["position"].astype(float)
    assert np.isfinite(positions).all()
    assert np.linalg.norm(vertices["normal"], axis=1) == pytest.approx(1.0, abs=1e-5)
    low, high = positions.min(axis=0), positions.max(axis=0)
    assert low[1] == pytest.approx(-DEEP_M, abs=0.004)
    assert high[1] == pytest.approx(HANDLE_HIGH_M, abs=0.01)
    assert (low[0], low[2]) == pytest.approx((-TOP[0], -TOP[1]), abs=0.006)
    # Faces look outwards, away from their wire's middle: winding and normals agree.
    corners = positions[indices.reshape(-1, 3)]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    whole = np.linalg.norm(faces, axis=1) > 1e-10
    means = vertices["normal"].astype(float)[indices.reshape(-1, 3)].sum(axis=1)
    agree = np.einsum("ij,ij->i", faces, means)[whole]
    assert (agree > 0).all() or (agree < 0).all()


def test_panels_are_still_before_what_is_held(shop):
    renderer, scene, row = shop
    world = pose((-0.05, 1.1, 0.45))
    quad = PanelQuad("none", pose((0.0, 1.0, 0.5)), (0.1, 0.1), None)
    assert np.array_equal(
        drawn(renderer, **in_hand(scene, row, world))[0],
        drawn(renderer, panels=(quad,), **in_hand(scene, row, world))[0],
    )
