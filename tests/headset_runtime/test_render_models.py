"""What is in the hands: the maker's own model, or ours while there is none that can be drawn."""

import numpy as np
import openvr
import pytest
from simulated_runtime import HEAD, LEFT, RIGHT

from tests.golden.small_scene import small_scene
from vr_client.frame_packet import FramePacket, HandPose
from vr_client.headset.registry import create
from vr_client.headset.steamvr.render_models import LOOK_FRAMES, STEP_FRAMES
from vr_client.render.context import create_headless
from vr_client.render.renderer import Renderer
from vr_client.space.pose import inverse_rigid, pose, translation

LOADED = 8 * STEP_FRAMES  # more than any of the models here takes
HANDS = {LEFT: pose((-0.12, 1.25, 0.62), 20.0, 10.0), RIGHT: pose((0.12, 1.30, 0.60), -15.0, 5.0)}
LOW, HIGH = np.array([-0.03, -0.02, -0.05]), np.array([0.03, 0.02, 0.05])
TRIGGER_LOW, TRIGGER_HIGH = np.array([-0.03, -0.06, -0.06]), np.array([0.03, -0.04, -0.04])


@pytest.fixture
def worn(headset):
    headset.width, headset.height = 320, 320
    headset.place(HEAD, pose((0.0, 1.35, 1.0)))
    for hand, place in HANDS.items():
        headset.place(hand, place)
    yield headset
    assert (headset.faults, headset.fault) == (0, b"")
    assert headset.models_freed == headset.models_given
    assert headset.textures_freed == headset.textures_given


@pytest.fixture
def backend(worn):
    made = create("openvr")
    yield made
    made.close()


def frames(backend, count=1):
    """What the last of so many frames shows."""
    for _ in range(count):
        backend.poll()
        info = backend.begin_frame()
    return info


def seen(info):
    """(h, w, 3) of the left eye with the hands, and the same without any."""
    graphics = create_headless()
    renderer = Renderer(graphics, samples=0, slots=(8, 8))
    renderer.load_scene(small_scene())
    looks = info.looks or (None, None)
    hands = tuple(
        HandPose(hand.world_from_hand, left=number == 0, look=look)
        for number, (hand, look) in enumerate(zip(info.hands, looks, strict=True))
    )
    pictures = []
    for shown in (hands, ()):
        renderer.draw(FramePacket(0, 0.0, info.views[:1], hands=shown))
        pictures.append(renderer.read_eye(0).astype(int))
    renderer.release()
    graphics.release()
    return pictures


def is_magenta(picture):
    red, green, blue = np.moveaxis(picture, -1, 0)
    return (red > 40) & (blue * 1.3 > red) & (green * 2 < red)


def is_green(picture):
    red, green, blue = np.moveaxis(picture, -1, 0)
    return (green > 40) & (red * 2 < green) & (blue * 2 < green)


def box_in(view, world_from_box, low, high):
    """First and last column and row of a box, by optics alone."""
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)])
    points = low + corners * (high - low)
    in_eye = inverse_rigid(view.world_from_eye) @ world_from_box
    x, y, z = (points @ in_eye[:3, :3].T + in_eye[:3, 3]).T
    left, right, bottom, top = view.tangents
    across = (x / -z - left) / (right - left) * view.size[0]
    down = (top - y / -z) / (top - bottom) * view.size[1]
    return np.array([across.min(), across.max(), down.min(), down.max()])


def extent(mask):
    rows, columns = np.nonzero(mask)
    return np.array([columns.min(), columns.max() + 1, rows.min(), rows.max() + 1])


def test_a_model_is_in_each_hand_once_it_is_loaded_where_optics_has_it(worn, backend):
    worn.model_waits = 2
    worn.holds_model(LEFT, "sim_plain")
    worn.holds_model(RIGHT, "sim_other")
    backend.open()
    first = frames(backend)
    assert first.looks in {(), (None, None)}
    assert not is_magenta(seen(first)[0]).any()
    info = frames(backend, 2 * LOADED)
    assert [look.model.name for look in info.looks] == ["sim_plain", "sim_other"]
    picture, without = seen(info)
    assert not is_magenta(without).any()
    middle = info.views[0].size[0] // 2
    changed = (picture != without).any(axis=2)
    for hand, place in HANDS.items():
        half = changed.copy()
        half[:, slice(middle, None) if hand == LEFT else slice(0, middle)] = False
        wanted = box_in(info.views[0], place, LOW, HIGH)
        assert np.abs(extent(half) - wanted).max() < 1.5
    assert is_magenta(picture)[changed].mean() > 0.9, "our own controllers are drawn as well"
    # The very same model goes on being it, so that it is uploaded once.
    again = frames(backend, 3)
    assert [look.model for look in again.looks] == [look.model for look in info.looks]
    assert (worn.models_given, worn.textures_given) == (2, 2)


def test_a_trigger_moves_by_itself_and_may_hide(worn, backend):
    worn.holds_model(RIGHT, "sim_parts")
    worn.trigger_way[:] = (0.0, 0.0, 0.0)
    backend.open()
    info = frames(backend, LOADED)
    assert info.looks[0] is None
    assert len(info.looks[1].model.parts) == 2, "a tip is a place and nothing to see"
    for way in ((0.0, 0.0, 0.0), (0.01, -0.02, 0.03)):
        worn.trigger_way[:] = way
        info = frames(backend)
        picture, _ = seen(info)
        trigger = HANDS[RIGHT] @ translation(way)
        wanted = box_in(info.views[0], trigger, TRIGGER_LOW, TRIGGER_HIGH)
        got = extent(is_green(picture))
        assert np.abs(got[[0, 1, 3]] - wanted[[0, 1, 3]]).max() < 1.5  # the body hides its top
    assert is_magenta(picture).any()
    worn.trigger_hidden = 1
    picture, _ = seen(frames(backend))
    assert is_magenta(picture).any()
    assert not is_green(picture).any()


@pytest.mark.parametrize(
    "junk",
    [
        "sim_missing", "sim_unheard_of", "no such file", "sim_junk_index", "sim_nan", "sim_nan_uv",
        "sim_mile", "sim_huge_vertices", "sim_huge_triangles", "sim_nothing", "sim_null",
        "sim_never",
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_leaves_our_own_controller_in_the_hand(worn, backend, junk):
    backend.open()
    plain = seen(frames(backend, 2))
    worn.holds_model(RIGHT, junk)
    worn.holds_model(LEFT, junk)
    info = frames(backend, LOOK_FRAMES + LOADED)
    assert info.looks in {(), (None, None)}
    picture, without = seen(info)
    assert (picture != without).any()
    np.testing.assert_array_equal(picture, plain[0])
    asked = worn.model_asks
    frames(backend, 3 * LOOK_FRAMES)
    assert worn.model_asks == asked, "what is broken is asked for once"


def test_one_that_never_comes_is_asked_for_now_and_then_and_holds_up_no_other(worn, backend):
    worn.holds_model(LEFT, "sim_never")
    worn.holds_model(RIGHT, "sim_plain")
    backend.open()
    info = frames(backend, LOADED)
    assert info.looks[0] is None
    assert info.looks[1].model.name == "sim_plain"


@pytest.mark.parametrize("bare", ["sim_bare", "sim_compressed", "sim_lost_texture"])
def test_a_shape_without_a_picture_that_can_be_used_is_grey(worn, backend, bare):
    worn.holds_model(RIGHT, bare)
    backend.open()
    info = frames(backend, LOADED)
    assert [part.texture for part in info.looks[1].model.parts] == [None]
    picture, without = seen(info)
    wanted = box_in(info.views[0], HANDS[RIGHT], LOW, HIGH).round().astype(int)
    inside = (picture != without)[wanted[2] + 6 : wanted[3] - 6, wanted[0] + 6 : wanted[1] - 6]
    assert inside.any(axis=2).mean() > 0.8


def test_a_large_picture_is_copied_in_bands_and_smaller(worn, backend):
    worn.holds_model(RIGHT, "sim_wide_texture")
    backend.open()
    assert frames(backend, 3 * STEP_FRAMES).looks in {(), (None, None)}
    assert worn.textures_given == 1
    assert worn.textures_freed == 0
    (part,) = frames(backend, 40 * STEP_FRAMES).looks[1].model.parts
    assert part.texture.shape == (768, 1024, 4)
    assert np.unique(part.texture.reshape(-1, 4), axis=0).tolist() == [[255, 0, 255, 255]]


def test_with_one_broken_part_the_whole_in_one_piece_is_taken(worn, backend):
    worn.holds_model(RIGHT, "sim_broken_part")
    backend.open()
    look = frames(backend, LOADED).looks[1]
    assert (look.model.name, len(look.model.parts)) == ("sim_broken_part", 1)


def test_another_controller_in_the_hand_is_another_model_soon(worn, backend):
    worn.holds_model(RIGHT, "sim_plain")
    backend.open()
    assert frames(backend, LOADED).looks[1].model.name == "sim_plain"
    worn.holds_model(RIGHT, "sim_other")
    assert frames(backend, LOOK_FRAMES + LOADED).looks[1].model.name == "sim_other"
    worn.valid[RIGHT] = 0
    info = frames(backend)
    assert not info.hands[1].tracked
    assert info.looks[1] is None


def test_a_runtime_without_models_is_none_the_worse(worn, backend):
    worn.no_render_models = 1
    worn.holds_model(RIGHT, "sim_plain")
    backend.open()
    info = frames(backend, LOADED)
    assert (len(info.hands), info.looks) == (2, ())


def test_seated_a_model_is_where_its_hand_is(worn):
    worn.holds_model(RIGHT, "sim_plain")
    backend = create("openvr", seated=True)
    backend.open()
    info = frames(backend, LOADED)
    np.testing.assert_allclose(info.looks[1].hand_from_part[0], np.eye(4), atol=1e-6)
    backend.close()


@pytest.mark.parametrize("ends", ["closed", "quit"])
def test_it_may_end_in_the_middle_of_loading(worn, ends):
    worn.holds_model(RIGHT, "sim_wide_texture")
    backend = create("openvr")
    backend.open()
    frames(backend, 3 * STEP_FRAMES)
    assert worn.textures_given == 1
    if ends == "quit":
        worn.send(openvr.VREvent_Quit)
        frames(backend, 2)
        worn.textures_freed += 1  # SteamVR frees what is left when one shuts down
    backend.close()
