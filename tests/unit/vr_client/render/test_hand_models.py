"""Controllers as a headset has them: each part where it is, in its own picture, uploaded once."""

import numpy as np
import pytest

from tests.golden.small_scene import small_scene
from vr_client.frame_packet import EyeView, FramePacket, HandLook, HandModel, HandPart, HandPose
from vr_client.render.hand_models import KEPT_MAX
from vr_client.render.pointers_pass import HANDS_MAX
from vr_client.space.pose import pose, translation

pytestmark = pytest.mark.gl

VIEW = EyeView(pose((0.0, 1.35, 1.0)), (-0.5, 0.5, -0.5, 0.5), (128, 128))
RED, BLUE = (np.full((8, 8, 4), code, np.uint8) for code in ((255, 0, 0, 255), (0, 0, 255, 255)))


def square(texture, side_m=0.06):
    """A flat part that faces the eye."""
    half = side_m / 2
    corners = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]], np.float32) * half
    normals = np.tile(np.array([0, 0, 1], np.float32), (4, 1))
    uvs = (np.sign(corners[:, :2]) + 1) / 2
    return HandPart(corners, normals, uvs, np.array([0, 1, 2, 0, 2, 3], np.uint32), texture)


def model(*textures):
    return HandModel("made", tuple(square(texture) for texture in textures))


def hand(at, made, *places, shown=None):
    parts = np.stack([translation(place) for place in places])
    shown = np.ones(len(places), bool) if shown is None else np.array(shown)
    return HandPose(translation(at), left=False, look=HandLook(made, parts, shown))


@pytest.fixture
def picture(renderer):
    renderer.load_scene(small_scene())

    def draw(*hands, views=(VIEW,)):
        renderer.draw(FramePacket(index=0, time_s=0.0, views=views, hands=hands))
        return renderer.read_eye(len(views) - 1).astype(int)

    return draw


def is_red(seen):
    above = np.arange(len(seen))[:, None] < 70  # cartons are red as well
    return above & (seen[..., 0] > 150) & (seen[..., 1] < 90) & (seen[..., 2] < 90)


def is_blue(seen):
    return (seen[..., 2] > 150) & (seen[..., 0] < 90) & (seen[..., 1] < 90)


def column(mask):
    """The middle of what is there, in metres at the hand's distance."""
    columns = np.nonzero(mask)[1]
    return ((columns.mean() + 0.5) / 128 - 0.5) * 0.4


def test_each_part_has_its_place_and_its_picture(picture):
    # Three parts of two pictures that are not in the order of their pictures.
    made = model(RED, BLUE, RED)
    seen = picture(hand((0, 1.45, 0.6), made, (-0.1, 0, 0), (0, 0, 0), (0.1, 0, 0)))
    assert column(is_blue(seen)) == pytest.approx(0.0, abs=0.005)
    reds = is_red(seen)
    assert column(reds[:, :64]) == pytest.approx(-0.1, abs=0.005)
    assert column(np.pad(reds[:, 64:], ((0, 0), (64, 0)))) == pytest.approx(0.1, abs=0.005)


def test_a_part_that_does_not_show_is_not_drawn(picture):
    made, places = model(RED, BLUE), ((-0.05, 0, 0), (0.05, 0, 0))
    at = (0, 1.45, 0.6)
    assert is_blue(picture(hand(at, made, *places))).any()
    seen = picture(hand(at, made, *places, shown=[True, False]))
    assert is_red(seen).any()
    assert not is_blue(seen).any()
    nothing = picture(hand(at, made, *places, shown=[False, False]))
    np.testing.assert_array_equal(nothing, picture())


def test_both_hands_may_hold_the_same_and_a_third_ours(picture):
    made = model(BLUE)
    seen = picture(
        hand((-0.12, 1.45, 0.6), made, (0, 0, 0)),
        HandPose(translation((0, 1.45, 0.6)), left=True),
        hand((0.12, 1.45, 0.6), made, (0, 0, 0)),
    )
    blue = is_blue(seen)
    assert column(blue[:, :64]) == pytest.approx(-0.12, abs=0.005)
    assert column(np.pad(blue[:, 64:], ((0, 0), (64, 0)))) == pytest.approx(0.12, abs=0.005)
    ours = picture(HandPose(translation((0, 1.45, 0.6)), left=True))
    np.testing.assert_array_equal(seen[:, 54:74], ours[:, 54:74])


def test_the_other_eye_sees_the_goods_in_their_own_pictures(picture):
    """The model's picture takes the place of the goods' for a while."""
    one = picture(hand((0, 1.45, 0.6), model(BLUE), (0, 0, 0)))
    other = picture(hand((0, 1.45, 0.6), model(BLUE), (0, 0, 0)), views=(VIEW, VIEW))
    np.testing.assert_array_equal(one, other)


def test_only_so_many_models_are_kept_and_more_hands_are_left_out(picture, renderer):
    for _ in range(KEPT_MAX + 3):
        picture(hand((0, 1.45, 0.6), model(RED), (0, 0, 0)))
    assert len(renderer._pointers._models._kept) == KEPT_MAX
    made = model(BLUE)
    hands = [hand((0.05 * n - 0.15, 1.45, 0.6), made, (0, 0, 0)) for n in range(HANDS_MAX + 2)]
    seen = picture(*hands)
    np.testing.assert_array_equal(seen, picture(*hands[:HANDS_MAX]))
