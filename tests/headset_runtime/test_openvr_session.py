"""Worn and taken off, unplugged, covered by the dashboard, recentred, quit, killed."""

import numpy as np
import openvr
import pytest
from simulated_runtime import HEAD, LEFT, RIGHT

from tests.unit.vr_client.memory_shop import MemoryShop
from vr_client.assemble import build_app
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import HeadsetUnavailableError, SessionState
from vr_client.headset.backends import openvr as backend_module
from vr_client.headset.registry import create
from vr_client.headset.steamvr.session import FAILURES_MAX
from vr_client.interact.comfort import SEATED_RISE_M, Comfort
from vr_client.space.pose import pose
from vr_client.state.events import AddToCart, ComfortChanged

HMD = 0


@pytest.fixture
def textures(graphics):
    made = [graphics.gl.texture((96, 112), 4) for _ in range(2)]
    return tuple(texture.glo for texture in made)


@pytest.fixture
def backend(headset, textures, monkeypatch):
    monkeypatch.setattr(backend_module, "FAILED_WAIT_S", 0.0)
    made = create("openvr")
    made.open()
    headset.place(LEFT, pose((-0.3, 1.2, -0.2)))
    headset.place(RIGHT, pose((0.3, 1.2, -0.2)))
    yield made
    made.close()
    assert (headset.faults, headset.fault) == (0, b"")
    assert headset.order.count("s") == headset.order.count("i")


def frame(backend, textures):
    """One frame as the loop has it: (events, info)."""
    events = backend.poll()
    info = backend.begin_frame()
    backend.end_frame(textures if info.should_render else ())
    return events, info


def state(backend, textures):
    return frame(backend, textures)[0].state


def test_a_frame_waits_reads_the_hands_and_submits_left_then_right(backend, headset, textures):
    for _ in range(3):
        frame(backend, textures)
    assert headset.order == "i" + 3 * "walr"


def test_the_dashboard_opens_over_the_shop_and_closes(backend, headset, textures):
    assert state(backend, textures) is SessionState.FOCUSED
    headset.input_available = 0
    events, info = frame(backend, textures)
    assert (events.state, info.hands, info.should_render) == (SessionState.VISIBLE, (), True)
    headset.input_available = 1
    events, info = frame(backend, textures)
    assert (events.state, len(info.hands)) == (SessionState.FOCUSED, 2)
    assert headset.order == "iwalrwlrwalr"


def test_another_program_takes_the_scene_and_gives_it_back(backend, headset, textures):
    frame(backend, textures)
    headset.wait_error = 101  # DoNotHaveFocus
    frame(backend, textures)
    events, info = frame(backend, textures)
    assert (events.state, info.hands) == (SessionState.VISIBLE, ())
    headset.wait_error = 0
    frame(backend, textures)
    assert state(backend, textures) is SessionState.FOCUSED
    headset.faults = (
        0  # without a turn of one's own, pictures come twice in one: refused, not shown
    )
    headset.fault = b""


@pytest.mark.parametrize(
    ("off", "on"),
    [
        ("VREvent_EnterStandbyMode", "VREvent_LeaveStandbyMode"),
        (
            "VREvent_TrackedDeviceUserInteractionEnded",
            "VREvent_TrackedDeviceUserInteractionStarted",
        ),
    ],
)
def test_a_headset_taken_off_is_sent_nothing_until_it_is_put_on(
    backend, headset, textures, off, on
):
    frame(backend, textures)
    headset.send(getattr(openvr, off), RIGHT)  # a controller laid aside is no headset
    assert state(backend, textures) is SessionState.FOCUSED
    headset.send(getattr(openvr, off), HMD)
    before = [eye.submits for eye in headset.eyes]
    for _ in range(3):
        events, info = frame(backend, textures)
        assert (events.state, info.hands) == (SessionState.IDLE, ())
        assert not info.should_render
        assert len(info.views) == 2
    assert [eye.submits for eye in headset.eyes] == before
    headset.send(getattr(openvr, on), HMD)
    events, info = frame(backend, textures)
    assert (events.state, info.should_render, len(info.hands)) == (SessionState.FOCUSED, True, 2)


def test_a_headset_that_lies_on_the_table_at_the_start_is_idle(headset, textures):
    headset.activity = int(openvr.k_EDeviceActivityLevel_Standby)
    backend = create("openvr")
    backend.open()
    assert state(backend, textures) is SessionState.IDLE
    headset.send(openvr.VREvent_TrackedDeviceUserInteractionStarted, HMD)
    assert state(backend, textures) is SessionState.FOCUSED
    backend.close()


def test_an_unplugged_headset_comes_back(backend, headset, textures):
    headset.send(openvr.VREvent_TrackedDeviceDeactivated, HMD)
    headset.valid[HEAD] = 0
    for _ in range(5):
        events, info = frame(backend, textures)
        assert (events.state, events.over, info.hands) == (SessionState.LOST, False, ())
        assert not info.should_render
    headset.valid[HEAD] = 1
    headset.send(openvr.VREvent_TrackedDeviceActivated, HMD)
    events, info = frame(backend, textures)
    assert (events.state, len(info.hands)) == (SessionState.FOCUSED, 2)


def test_a_wheel_at_the_headset_moves_the_eyes_in_the_next_frame(backend, headset, textures):
    frame(backend, textures)
    headset.send(openvr.VREvent_IpdChanged, HMD)
    headset.eye_to_head[0][3], headset.eye_to_head[1][3] = -0.036, 0.036
    _, info = frame(backend, textures)
    apart = info.views[1].world_from_eye[:3, 3] - info.views[0].world_from_eye[:3, 3]
    assert np.linalg.norm(apart[[0, 2]]) == pytest.approx(0.072, abs=1e-6)


def test_recentred_where_one_stands_and_looks(backend, headset, textures):
    headset.place(HEAD, pose((0.7, 1.55, -0.3), 65.0))
    frame(backend, textures)
    backend.recentre()
    _, info = frame(backend, textures)
    np.testing.assert_allclose(info.world_from_head, pose((0.0, 1.55, 0.0)), atol=1e-6)
    assert list(headset.resets) == [0, 1]
    # The hands come along: a metre from the head before, a metre from it now.
    held = info.hands[0].world_from_hand[:3, 3] - info.world_from_head[:3, 3]
    assert np.linalg.norm(held) == pytest.approx(np.linalg.norm([1.0, 0.35, 0.1]), abs=1e-6)
    headset.place(HEAD, pose((0.7, 1.55, -0.3), 75.0))
    _, info = frame(backend, textures)
    np.testing.assert_allclose(info.world_from_head, pose((0.0, 1.55, 0.0), 10.0), atol=1e-6)


def test_recentre_bound_to_a_button_is_asked_for_once_a_press(backend, headset, textures):
    frame(backend, textures)
    headset.hold("recentre", right=(1.0, 0.0))
    asked = [frame(backend, textures)[0].keys for _ in range(4)]
    headset.hold("recentre")
    asked += [frame(backend, textures)[0].keys for _ in range(2)]
    assert [keys for keys in asked if keys] == [("recentre",)]


def test_seated_eyes_are_as_high_as_standing_ones(headset, textures):
    headset.place(HEAD, pose((0.1, 1.15, -0.2), 30.0))
    headset.place(LEFT, pose((0.0, 0.85, -0.5)))
    backend = create("openvr", seated=True)
    backend.open()
    assert headset.universe == int(openvr.TrackingUniverseSeated)
    frame(backend, textures)
    backend.recentre()
    _, info = frame(backend, textures)
    np.testing.assert_allclose(info.world_from_head, pose((0.0, 1.6, 0.0)), atol=1e-6)
    assert info.hands[0].world_from_hand[1, 3] == pytest.approx(1.3, abs=1e-6)
    assert list(headset.resets) == [1, 0]
    backend.close()
    assert headset.faults == 0


@pytest.mark.parametrize("setting", [False, True])
@pytest.mark.parametrize("origin", [False, True])
def test_whoever_sits_is_lifted_once(headset, graphics, origin, setting):
    """Seated by the command (SteamVR's seated zero), by the setting, by both, or standing."""
    sits = origin or setting
    eyes_m = 1.6 - SEATED_RISE_M if sits else 1.6
    headset.place(HEAD, pose((0.3, eyes_m, 0.2), 40.0))
    headset.place(LEFT, pose((0.3, eyes_m - 0.3, -0.2)))
    backend = create("openvr", seated=origin, after_submit=graphics.settle)
    backend.open()
    app = build_app(backend, MemoryShop(), graphics, samples=0)
    app.do(ComfortChanged(Comfort(seated=setting)))
    app.headset.recentre()
    for _ in range(3):
        assert run_frame(app)
    placed = app.stand(backend.begin_frame())
    assert placed.world_from_head[1, 3] == pytest.approx(1.6, abs=1e-5)
    assert placed.views[0].world_from_eye[1, 3] == pytest.approx(1.6, abs=1e-5)
    assert placed.hands[0].world_from_hand[1, 3] == pytest.approx(1.3, abs=1e-5)
    app.do(ComfortChanged(Comfort(seated=not setting)))
    lifted = app.stand(backend.begin_frame()).world_from_head[1, 3]
    changed = 0.0 if origin else SEATED_RISE_M * (-1.0 if setting else 1.0)
    assert lifted == pytest.approx(1.6 + changed, abs=1e-5)
    app.renderer.release()
    backend.close()
    assert (headset.faults, headset.fault) == (0, b"")


def test_the_play_area_is_what_it_is_now(backend, headset, textures):
    assert backend.bounds() == (2.5, 1.75)
    headset.send(openvr.VREvent_ChaperoneDataHasChanged)
    headset.play_area[:] = (3.0, 2.0)
    frame(backend, textures)
    assert backend.bounds() == (3.0, 2.0)


def test_quit_is_acknowledged_then_nothing_is_called_but_shutdown(backend, headset, textures):
    frame(backend, textures)
    headset.send(openvr.VREvent_Quit)
    for _ in range(3):
        events, info = frame(backend, textures)
        assert (events.state, events.over) == (SessionState.QUITTING, True)
        assert not info.should_render
    backend.end_frame(textures)
    backend.haptic(0, 0.1, 1.0)
    backend.recentre()
    assert backend.bounds() is None
    backend.close()
    assert headset.order == "iwalrqs"
    assert headset.haptics == 0


def test_a_killed_runtime_is_lost_for_good_after_a_while(backend, headset, textures):
    frame(backend, textures)
    headset.dead = 1
    seen = [frame(backend, textures)[0] for _ in range(FAILURES_MAX + 1)]
    assert not any(events.over for events in seen[:-1])
    assert (seen[-1].state, seen[-1].for_good) == (SessionState.LOST, True)
    assert headset.order == "iwalr"
    backend.close()
    with pytest.raises(HeadsetUnavailableError, match="closed"):
        backend.poll()
    assert headset.order == "iwalrs"


def test_a_runtime_that_stumbles_is_not_lost(backend, headset, textures):
    for _ in range(3):
        headset.dead = 1
        for _ in range(FAILURES_MAX - 1):
            frame(backend, textures)
        headset.dead = 0
        assert not frame(backend, textures)[0].over
    events, info = frame(backend, textures)
    assert (events.state, len(info.hands)) == (SessionState.FOCUSED, 2)


def test_a_shopper_who_takes_the_headset_off_finds_the_cart_as_it_was(headset, graphics):
    backend = create("openvr", after_submit=graphics.settle)
    backend.open()
    shop = MemoryShop()
    app = build_app(backend, shop, graphics, samples=0)
    for _ in range(3):
        assert run_frame(app)
    app.do(AddToCart("a", "SKU-0", 2))
    assert run_frame(app)
    cart, place = app.state.cart, app.feet.rig
    drawn, submitted = app.frame, headset.eyes[0].submits
    assert cart.unit_count == 2
    for gone, back in (
        ("VREvent_EnterStandbyMode", "VREvent_LeaveStandbyMode"),
        ("VREvent_TrackedDeviceDeactivated", "VREvent_TrackedDeviceActivated"),
    ):
        headset.send(getattr(openvr, gone), HMD)
        for _ in range(4):
            assert run_frame(app)
        assert headset.eyes[0].submits == submitted
        headset.send(getattr(openvr, back), HMD)
        assert run_frame(app)
        submitted += 1
        assert headset.eyes[0].submits == submitted
    assert app.frame == drawn + 10
    assert (app.state.cart, app.feet.rig) == (cart, place)
    headset.send(openvr.VREvent_Quit)
    assert not run_frame(app)
    backend.close()
    assert (headset.faults, headset.fault) == (0, b"")


def test_a_graphics_card_that_is_late_is_given_smaller_pictures(headset, graphics):
    headset.display_hz, headset.gpu_ms = 90.0, 15.0
    backend = create("openvr")
    backend.open()
    sizes = []

    def frames(count):
        for _ in range(count):
            backend.poll()
            size = backend.begin_frame().views[0].size
            sizes.append(size)
            textures = [graphics.gl.texture(size, 4) for _ in range(2)]
            backend.end_frame(tuple(texture.glo for texture in textures))
            for texture in textures:
                texture.release()

    frames(30)
    assert sizes[0] == (96, 112)
    assert sizes[-1] == (77, 90)  # four fifths a side: 15 ms become 9.6 of 11.1
    headset.gpu_ms = 6.0
    frames(400)
    assert sizes[-1] == (96, 112)
    assert len(set(sizes)) == 3
    backend.close()
    assert (headset.faults, headset.fault) == (0, b"")


def test_what_each_lens_hides_comes_with_its_view(headset, textures):
    corners = [
        np.array([[[0, 0], [0.2, 0], [0, 0.3]], [[1, 1], [0.8, 1], [1, 0.7]]], np.float32),
        np.array([[[1, 0], [0.75, 0], [1, 0.25]]], np.float32),
    ]
    for eye, triangles in enumerate(corners):
        headset.hidden[eye][: triangles.size] = triangles.ravel().tolist()
        headset.hidden_count[eye] = len(triangles)
    backend = create("openvr")
    backend.open()
    _, info = frame(backend, textures)
    headset.hidden_count[:] = (0, 0)  # SteamVR's memory is its own
    _, again = frame(backend, textures)
    for number, triangles in enumerate(corners):
        for seen in (info, again):
            np.testing.assert_array_equal(seen.views[number].hidden_area, triangles)
    backend.close()


@pytest.mark.parametrize("hidden", ["nothing", "no number", "too much"])
def test_a_lens_that_hides_nothing_or_nonsense_has_no_area(headset, hidden):
    headset.hidden_count[:] = {"nothing": (0, 0), "no number": (1, 1)}.get(hidden, (10**6, 10**6))
    headset.hidden[0][3] = headset.hidden[1][3] = np.nan
    backend = create("openvr")
    backend.open()
    backend.poll()
    assert [view.hidden_area for view in backend.begin_frame().views] == [None, None]
    backend.close()
