"""What a lens hides is black, and everything beside it as if nothing were hidden."""

from dataclasses import replace

import numpy as np
import pytest

from tests.golden.small_scene import small_scene
from vr_client.frame_packet import EyeView, FramePacket
from vr_client.render.renderer import Renderer
from vr_client.space.pose import pose, translation

pytestmark = pytest.mark.gl

SIZE = (96, 112)
TANGENTS = (-0.9, 0.8, -1.0, 0.9)
HEAD = pose((0.0, 1.6, 1.2), 0.0, -20.0)
CORNERS = (
    np.array([[[0, 0], [0.4, 0], [0, 0.5]], [[1, 1], [0.6, 1], [1, 0.5]]], np.float32),
    np.array([[[0, 1], [0.5, 1], [0, 0.4]]], np.float32),
)


def views(*areas):
    return tuple(
        EyeView(HEAD @ translation((0.06 * eye, 0.0, 0.0)), TANGENTS, SIZE, area)
        for eye, area in enumerate(areas)
    )


def draw(renderer, *areas, **more):
    packet = FramePacket(index=0, time_s=0.0, views=views(*areas), **more)
    renderer.draw(packet)
    return [renderer.read_eye(eye).astype(int) for eye in range(len(areas))]


def share_covered(area, samples=8):
    """(h, w) how much of each pixel the triangles cover, top row first."""
    across = (np.arange(SIZE[0] * samples) + 0.5) / (SIZE[0] * samples)
    up = 1.0 - (np.arange(SIZE[1] * samples) + 0.5) / (SIZE[1] * samples)
    x, y = np.meshgrid(across, up)
    inside = np.zeros(x.shape, bool)
    for a, b, c in area.astype(float):
        sides = [
            (q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0])
            for p, q in ((a, b), (b, c), (c, a))
        ]
        inside |= np.all([s >= 0 for s in sides], axis=0) | np.all([s <= 0 for s in sides], axis=0)
    return inside.reshape(SIZE[1], samples, SIZE[0], samples).mean(axis=(1, 3))


@pytest.fixture(params=[(4, False), (4, True), (0, False)], ids=["large", "multisampled", "single"])
def shop(graphics, request, monkeypatch):
    """A renderer with a store: what a CPU does for smooth edges, what a card does, and neither."""
    samples, as_on_a_card = request.param
    if as_on_a_card:
        monkeypatch.setattr(type(graphics), "software", False)
    made = Renderer(graphics, samples=samples, slots=(8, 8))
    made.load_scene(small_scene())
    yield made
    made.release()


@pytest.mark.parametrize("vignette", [0.0, 1.0])
def test_inside_it_is_black_and_outside_the_very_same(shop, vignette):
    whole = draw(shop, None, None, vignette=vignette)
    masked = draw(shop, *CORNERS, vignette=vignette)
    for before, after, area in zip(whole, masked, CORNERS, strict=True):
        covered = share_covered(area)
        assert (covered == 1.0).sum() > 800
        assert after[covered == 1.0].max() == 0
        assert before[covered == 1.0].max() > 0
        np.testing.assert_array_equal(after[covered == 0.0], before[covered == 0.0])


def test_another_mesh_takes_the_place_of_the_one_before_and_none_takes_it_away(shop):
    whole = draw(shop, None)[0]
    for area in (*CORNERS, CORNERS[0]):
        after = draw(shop, area)[0]
        covered = share_covered(area)
        assert after[covered == 1.0].max() == 0
        np.testing.assert_array_equal(after[covered == 0.0], whole[covered == 0.0])
    np.testing.assert_array_equal(draw(shop, None)[0], whole)
    nothing = np.zeros((0, 3, 2), np.float32)
    np.testing.assert_array_equal(draw(shop, nothing)[0], whole)


def test_all_of_it_hidden_is_all_black_before_there_is_a_store_too(graphics):
    everything = np.array([[[0, 0], [2, 0], [0, 2]]], np.float32)
    bare = Renderer(graphics, samples=0, slots=(8, 8))
    assert draw(bare, everything)[0].max() == 0
    bare.load_scene(small_scene())
    assert draw(bare, everything)[0].max() == 0
    bare.release()


def test_a_thrifty_renderer_draws_anew_when_the_lens_hides_something_else(graphics):
    thrifty = Renderer(graphics, samples=0, thrifty=True, slots=(8, 8))
    thrifty.load_scene(small_scene())
    packet = FramePacket(index=0, time_s=0.0, views=views(CORNERS[0]))
    assert thrifty.draw(packet) != ()
    thrifty.draw(packet)
    assert thrifty.draw(replace(packet, views=views(CORNERS[1]))) != ()
    thrifty.release()
