"""A window drawn by a CPU: nothing is drawn twice, and finely only what stands still."""

from dataclasses import replace

import numpy as np
import pytest

from vr_client.frame_packet import (
    Basket,
    EyeView,
    FramePacket,
    HeldUnit,
    LabelUpdate,
    Laser,
    PanelQuad,
)
from vr_client.render.renderer import Renderer
from vr_client.render.thrift import (
    ALONE_S,
    FINE,
    PLAIN,
    QUICK_S,
    SCALES,
    SETTLE_S,
    SLOW_S,
    STILL_M,
    Plan,
    Thrift,
)
from vr_client.space.pose import pose, translation

QUAD = PanelQuad("chip", translation((0.0, 1.0, 0.0)), (0.2, 0.1), None)
LABEL = LabelUpdate(0, np.zeros((128, 256, 4), np.uint8))


def packet(x=0.0, **more):
    view = EyeView(pose((x, 1.6, 2.0)), (-0.5, 0.5, -0.5, 0.5), (96, 64))
    return FramePacket(0, 0.0, (view,), panels=(QUAD,), **more)


@pytest.fixture
def settled():
    """One that has drawn `packet()` finely at 1 s."""
    thrift = Thrift()
    assert thrift.plan(packet(), 0.0) == Plan(1.0, fine=False)
    assert thrift.plan(packet(), 1.0) == FINE
    return thrift


def test_time_alone_draws_nothing(settled):
    assert settled.plan(replace(packet(), index=9, time_s=5.0), 5.0) is None


@pytest.mark.parametrize(
    "change",
    [
        {"labels": (LABEL,)},
        {"highlight": 3},
        {"hidden": (1,)},
        {"held": (HeldUnit(1, pose((0.0, 1.0, 0.0))),)},
        {"basket": Basket(pose((0.0, 1.0, 0.0)))},
        {"lasers": (Laser(np.zeros(3), np.ones(3), hit=True),)},
    ],
)
def test_any_change_is_drawn_and_one_that_comes_alone_finely(settled, change):
    assert settled.plan(packet(**change), 1.0 + ALONE_S) == FINE


def test_what_is_held_and_the_basket_are_drawn_when_they_move_and_only_then(settled):
    def held(x=0.0, row=1, basket_x=0.0, **more):
        return packet(
            held=(HeldUnit(row, pose((x, 1.0, 0.0))),),
            basket=Basket(pose((basket_x, 0.9, 0.0)), **more),
        )

    assert settled.plan(held(), 2.0) == FINE
    assert settled.plan(held(x=STILL_M / 2.0, basket_x=STILL_M / 2.0), 4.0) is None
    for number, moved in enumerate(
        (held(x=0.01), held(x=0.01, row=2), held(x=0.01, row=2, basket_x=0.1),
         held(x=0.01, row=2, basket_x=0.1, over=True), packet())
    ):  # fmt: skip
        assert settled.plan(moved, 6.0 + 2.0 * number) == FINE


def test_changes_in_a_row_are_drawn_plainly_and_then_finely_once(settled):
    assert settled.plan(packet(highlight=1), 2.0) == FINE
    assert settled.plan(packet(highlight=2), 2.1) == PLAIN
    assert settled.plan(packet(highlight=2), 2.1 + SETTLE_S / 2) is None
    assert settled.plan(packet(highlight=2), 2.2 + SETTLE_S) == FINE
    assert settled.plan(packet(highlight=2), 9.0) is None


def test_a_panel_that_creeps_is_drawn_when_it_has_moved_far_enough(settled):
    def crept(metres):
        quad = replace(QUAD, world_from_panel=translation((metres, 1.0, 0.0)))
        return replace(packet(), panels=(quad,))

    assert settled.plan(crept(0.6 * STILL_M), 3.0) is None
    assert settled.plan(crept(1.2 * STILL_M), 6.0) == FINE


def test_while_the_view_moves_slow_frames_make_pictures_smaller_and_quick_ones_larger(settled):
    scales = []
    for number, seconds in enumerate([2 * SLOW_S] * 3 + [QUICK_S / 2] * 3):
        scales.append(settled.plan(packet(x=0.1 * (number + 1)), 2.0 + 0.1 * number).scale)
        settled.took(seconds)
    assert scales == [SCALES[0], SCALES[1], SCALES[2], SCALES[2], SCALES[1], SCALES[0]]


def test_the_first_picture_of_a_changed_store_is_coarse_and_then_fine():
    thrift = Thrift(coarsely=True)
    assert thrift.plan(packet(), 0.0) == Plan(SCALES[-1], fine=False)
    thrift.took(SLOW_S * 2.0)
    assert thrift.plan(packet(), SETTLE_S / 2.0) is None
    assert thrift.plan(packet(), SETTLE_S * 1.1) == FINE


def test_a_slow_fine_frame_says_nothing_about_moving_ones(settled):
    settled.took(9.0)
    assert settled.plan(packet(x=1.0), 2.0) == Plan(1.0, fine=False)


@pytest.mark.gl
def test_a_thrifty_renderer_draws_the_same_fine_picture_once(graphics, store):
    def shown(renderer, x):
        view = EyeView(pose((x, 1.5, 1.6)), (-0.5, 0.5, -0.5, 0.5), (96, 64))
        return renderer.draw(FramePacket(0, 0.0, (view,)))

    ordinary = Renderer(graphics)
    ordinary.load_scene(store.small_scene())
    shown(ordinary, 0.3)
    expected = ordinary.read_eye(0)
    ordinary.release()
    thrifty = Renderer(graphics, thrifty=True)
    thrifty.load_scene(store.small_scene())
    thrifty._thrift._changed_s = -1e9
    assert len(shown(thrifty, 0.0)) == 1
    assert len(shown(thrifty, 0.3)) == 1
    plain = thrifty.read_eye(0)
    thrifty._thrift._changed_s -= SETTLE_S
    assert len(shown(thrifty, 0.3)) == 1
    fine = thrifty.read_eye(0)
    assert shown(thrifty, 0.3) == ()
    thrifty.release()
    assert (fine == expected).all()
    assert (plain != fine).any()
