"""What keeps a shopper well: a view that narrows alike for both eyes, and a hop that is shown."""

import numpy as np
import pytest

from tests.golden.small_scene import small_scene
from vr_client.frame_packet import EyeView, FramePacket, HopMark
from vr_client.render.pointers_pass import ARC_MAX, hop_rows
from vr_client.render.vignette_pass import NARROW_DEG, SOFT_DEG
from vr_client.space.pose import pose, translation

pytestmark = pytest.mark.gl

LEFT = (-1.31, 1.12, -1.22, 1.07)
RIGHT = (-1.05, 1.27, -1.13, 1.17)
SIZE = (96, 96)
HEAD = pose((0.0, 1.6, 1.2), 0.0, -20.0)


@pytest.fixture
def drawn(renderer):
    renderer.load_scene(small_scene())

    def draw(**more):
        views = tuple(
            EyeView(HEAD @ translation((x, 0.0, 0.0)), tangents, SIZE)
            for x, tangents in ((-0.03, LEFT), (0.03, RIGHT))
        )
        renderer.draw(FramePacket(index=0, time_s=0.0, views=views, **more))
        return [renderer.read_eye(eye).astype(int) for eye in range(2)]

    return draw


def degrees(tangents):
    left, right, bottom, top = tangents
    across = left + (right - left) * (np.arange(SIZE[0]) + 0.5) / SIZE[0]
    up = top + (bottom - top) * (np.arange(SIZE[1]) + 0.5) / SIZE[1]
    return np.degrees(np.arctan(np.hypot(across[None, :], up[:, None])))


def test_the_view_narrows_to_one_round_window_in_both_eyes(drawn):
    whole, narrow = drawn(), drawn(vignette=1.0)
    for tangents, before, after in zip((LEFT, RIGHT), whole, narrow, strict=True):
        away = degrees(tangents)
        clear, dark = away < NARROW_DEG - 2.0, away > NARROW_DEG + SOFT_DEG + 2.0
        assert np.array_equal(before[clear], after[clear])
        assert after[dark].max() <= 8
        assert clear.sum() > 1000
        assert dark.sum() > 1000


def test_without_walking_nothing_is_taken_away(drawn):
    for before, after in zip(drawn(), drawn(vignette=0.0), strict=True):
        assert np.array_equal(before, after)


def arc(to):
    t = np.linspace(0.0, 1.0, 17)[:, None]
    return (1 - t) * np.array([0.2, 1.2, 0.9]) + t * np.array(to)


def test_where_a_hop_ends_is_seen_on_the_floor_and_by_its_shape_whether_it_can(drawn):
    plain = drawn()[0]
    free = drawn(hop=HopMark(arc((0.0, 0.0, 0.3)), free=True))[0]
    blocked = drawn(hop=HopMark(arc((0.0, 0.0, 0.3)), free=False))[0]
    assert (np.abs(free - plain).max(axis=2) > 12).sum() > 60
    assert (np.abs(blocked - plain).max(axis=2) > 12).sum() > 60
    # No meaning by colour alone: the cross covers other pixels than the ring.
    grey = np.abs(free.sum(axis=2) - blocked.sum(axis=2)) > 30
    assert grey.sum() > 20


def test_an_arc_is_drawn_in_so_many_pieces_at_most():
    rows = hop_rows(HopMark(np.zeros((ARC_MAX + 30, 3)), free=True))
    assert rows.shape == (ARC_MAX + 1, 9)
    assert rows[-1, 8] == 2.0
    assert hop_rows(HopMark(np.zeros((5, 3)), free=False))[-1, 8] == 3.0
