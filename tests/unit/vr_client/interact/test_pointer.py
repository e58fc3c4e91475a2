import numpy as np

from store_scenes.compile.scene import CELL, DRAW, INSTANCE, SOLID, SceneDescription
from vr_client.frame_packet import PanelQuad
from vr_client.headset.backend import HandState
from vr_client.interact.picking import PickIndex
from vr_client.interact.pointer import BEAM_M, REACH_M, Pointer, point
from vr_client.interact.rays import Ray

FORWARD = Ray(np.zeros(3), np.array([0.0, 0.0, -1.0]))


def one_unit(z):
    """A scene with one unit for sale, 0.2 m wide, its near face at `z`."""
    bounds = np.array([[(-0.1, -0.1, z - 0.2), (0.1, 0.1, z)]], np.float32)
    cells = np.zeros(1, CELL)
    cells["bounds_min"], cells["bounds_max"], cells["draw_count"] = bounds[0, 0], bounds[0, 1], 1
    draws = np.zeros(1, DRAW)
    draws["instance_count"] = 1
    empty = np.empty(0)
    return PickIndex(
        SceneDescription(
            "",
            empty,
            empty,
            empty,
            np.zeros(1, INSTANCE),
            bounds,
            np.zeros(1, np.int32),
            cells,
            draws,
            empty,
            np.empty(0, SOLID),
            *[empty] * 5,
            ("a",),
            (),
            ((-5, 0, -5), (5, 3, 5)),
            (0, 0, 0),
        )
    )


def panel(name, z):
    placed = np.eye(4)
    placed[2, 3] = z
    return PanelQuad(name, placed, (1.0, 1.0), None)


def test_a_panel_wins_over_a_product_even_when_it_hangs_behind():
    aim = point(FORWARD, [panel("far", -3.0), panel("near", -2.0)], one_unit(-1.0))
    assert aim.panel is not None
    assert (aim.panel.panel, aim.instance, aim.distance_m) == ("near", -1, 2.0)


def test_without_a_panel_the_product_is_pointed_at():
    aim = point(FORWARD, [], one_unit(-1.0))
    assert (aim.panel, aim.instance, aim.distance_m, aim.hit) == (None, 0, 1.0, True)


def test_beyond_reach_nothing_is_pointed_at():
    aim = point(FORWARD, [], one_unit(-REACH_M - 0.5))
    assert (aim.instance, aim.distance_m, aim.hit) == (-1, BEAM_M, False)


def test_before_the_store_has_arrived_only_panels_can_be_pointed_at():
    assert point(FORWARD, [], None).hit is False


def test_holding_a_button_is_one_press():
    pointer = Pointer()
    pressed = []
    for held in (False, True, True, False, True):
        (aim,) = pointer.update([HandState(np.eye(4), select=held)], [], None)
        pressed.append(aim.pressed)
    assert pressed == [False, True, False, False, True]


def test_each_hand_and_each_button_is_remembered_apart():
    pointer = Pointer()
    pointer.update([HandState(np.eye(4), menu=True), HandState(np.eye(4))], [], None)
    left, right = pointer.update(
        [HandState(np.eye(4), menu=True), HandState(np.eye(4), menu=True, back=True)], [], None
    )
    assert (left.menu, left.back, right.menu, right.back) == (False, False, True, True)


def test_a_hand_that_is_not_tracked_points_at_nothing():
    assert Pointer().update([HandState(np.eye(4), tracked=False)], [], None) == ()
