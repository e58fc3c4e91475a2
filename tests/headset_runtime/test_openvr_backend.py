"""The real openvr package and library, with the simulated runtime in SteamVR's place."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import openvr
import pytest
from simulated_runtime import LEFT, RIGHT
from wearing import SIZE, expected_views

from tests.golden.small_scene import small_scene
from vr_client.frame_packet import FramePacket
from vr_client.headset.backend import HandState, HeadsetUnavailableError, SessionState
from vr_client.headset.backends.openvr import OpenVrBackend
from vr_client.headset.registry import create
from vr_client.headset.steamvr.hands import MANIFEST
from vr_client.render.renderer import Renderer
from vr_client.space.pose import pose

HEAD_POSE = pose((0.2, 1.6, 0.4), 12.0, -4.0)


@pytest.fixture
def backend(headset):
    made = create("openvr")
    made.open()
    yield made
    made.close()
    assert headset.fault == b""
    assert headset.faults == 0


def test_views_have_each_eyes_own_tangents_pose_and_size(backend):
    backend.poll()
    info = backend.begin_frame()
    for view, wanted in zip(info.views, expected_views(HEAD_POSE), strict=True):
        assert view.tangents == pytest.approx(wanted.tangents, abs=1e-6)
        assert view.size == SIZE
        np.testing.assert_allclose(view.world_from_eye, wanted.world_from_eye, atol=1e-6)
    np.testing.assert_allclose(info.world_from_head, HEAD_POSE, atol=1e-6)


def test_foreign_opengl_errors_do_not_become_ours(headset, graphics):
    headset.leave_gl_error = 1
    backend = create("openvr", after_submit=graphics.settle)
    backend.open()
    renderer = Renderer(graphics)
    renderer.load_scene(small_scene())
    for _ in range(2):
        backend.poll()
        info = backend.begin_frame()
        backend.end_frame(renderer.draw(FramePacket(0, 0.0, info.views)))
        assert graphics.gl.error == "GL_NO_ERROR"
    backend.close()
    renderer.release()


def test_a_head_that_moves_moves_the_next_frame_and_lost_tracking_keeps_the_last(backend, headset):
    backend.poll()
    backend.begin_frame()
    moved = pose((0.5, 1.1, -0.3), -40.0, 10.0)
    headset.place(0, moved)
    backend.poll()
    np.testing.assert_allclose(backend.begin_frame().world_from_head, moved, atol=1e-6)
    headset.valid[0] = 0
    headset.poses[0][3] = 9.0
    backend.poll()
    np.testing.assert_allclose(backend.begin_frame().world_from_head, moved, atol=1e-6)


def test_an_ipd_changed_in_the_middle_counts_from_the_next_frame(backend, headset):
    backend.poll()
    before = backend.begin_frame().views[0].world_from_eye
    headset.eye_to_head[0][3] = -0.036
    backend.poll()
    after = backend.begin_frame().views[0].world_from_eye
    apart = np.linalg.norm(after[:3, 3] - before[:3, 3])
    assert apart == pytest.approx(0.003, abs=1e-6)


def test_hands_point_press_walk_and_count(backend, headset):
    hand = pose((0.3, 1.2, -0.2), 5.0, -20.0)
    headset.place(RIGHT, hand)
    headset.hold("select", right=(1.0, 0.0))
    headset.hold("move", right=(0.25, -0.5))
    headset.hold("quantity", right=(0.0, 0.9))
    backend.poll()
    left, right = backend.begin_frame().hands
    assert not left.tracked
    assert right.tracked
    assert (right.select, right.menu, right.back) == (True, False, False)
    assert right.move == (0.25, -0.5)
    assert right.scroll == 1.0
    np.testing.assert_allclose(right.world_from_hand, hand, atol=1e-6)
    backend.poll()
    assert backend.begin_frame().hands[1].scroll == 0.0  # held is one step
    headset.hold("quantity", right=(0.0, 0.0))
    backend.poll()
    backend.begin_frame()
    headset.hold("quantity", right=(0.0, -0.8))
    backend.poll()
    assert backend.begin_frame().hands[1].scroll == -1.0


def test_hands_grab_teleport_and_turn(backend, headset):
    headset.place(LEFT, pose((-0.3, 1.2, -0.2)))
    headset.place(RIGHT, pose((0.3, 1.2, -0.2)))
    headset.hold("grab", left=(1.0, 0.0))
    headset.hold("teleport", right=(1.0, 0.0))
    headset.hold("turn_left", right=(1.0, 0.0))
    headset.hold("turn_right", left=(1.0, 0.0))
    backend.poll()
    left, right = backend.begin_frame().hands
    assert (left.grab, left.teleport, left.turn) == (True, False, -1)
    assert (right.grab, right.teleport, right.turn) == (False, True, 1)
    headset.hold("turn_right", right=(1.0, 0.0))  # both at once is neither
    backend.poll()
    assert backend.begin_frame().hands[1].turn == 0


def test_where_a_pads_click_is_bound_it_counts_while_pressed_only(backend, headset):
    headset.place(LEFT, pose((-0.3, 1.2, -0.2)))
    headset.hold("move", left=(0.0, 1.0))
    headset.hold("quantity", left=(0.0, 1.0))
    headset.hold("pad_click")
    backend.poll()
    left = backend.begin_frame().hands[0]
    assert (left.move, left.scroll) == ((0.0, 0.0), 0.0)
    headset.hold("pad_click", left=(1.0, 0.0))
    backend.poll()
    left = backend.begin_frame().hands[0]
    assert (left.move, left.scroll) == ((0.0, 1.0), 1.0)


def test_what_nothing_is_bound_to_is_never_held(backend, headset):
    headset.place(LEFT, pose((-0.3, 1.2, -0.2)))
    backend.poll()
    left = backend.begin_frame().hands[0]
    nothing = HandState(left.world_from_hand)
    assert [getattr(left, name) for name in HandState.__slots__[1:]] == [
        getattr(nothing, name) for name in HandState.__slots__[1:]
    ]


def test_both_hands_are_told_apart(backend, headset):
    headset.place(LEFT, pose((-0.3, 1.2, -0.2)))
    headset.place(RIGHT, pose((0.3, 1.2, -0.2)))
    headset.hold("menu", left=(1.0, 0.0))
    backend.poll()
    left, right = backend.begin_frame().hands
    assert (left.menu, right.menu) == (True, False)
    assert left.world_from_hand[0, 3] == pytest.approx(-0.3)


def test_the_dashboard_takes_the_hands_but_not_the_view(backend, headset):
    headset.place(RIGHT, pose((0.3, 1.2, -0.2)))
    headset.input_available = 0
    assert backend.poll().state is SessionState.VISIBLE
    info = backend.begin_frame()
    assert info.hands == ()
    assert info.should_render
    headset.input_available = 1
    assert backend.poll().state is SessionState.FOCUSED
    assert len(backend.begin_frame().hands) == 2


def test_quit_is_acknowledged_and_nothing_is_called_after_the_end(headset):
    backend = create("openvr")
    backend.open()
    backend.poll()
    backend.begin_frame()
    headset.send(int(openvr.VREvent_Quit))
    assert backend.poll().state is SessionState.QUITTING
    backend.end_frame((1, 2))
    assert backend.poll().state is SessionState.QUITTING
    backend.close()
    backend.close()
    assert (headset.quits_acknowledged, headset.cleanups) == (1, 1)
    assert [eye.submits for eye in headset.eyes] == [0, 0]
    for call in (backend.poll, backend.begin_frame, backend.bounds):
        with pytest.raises(HeadsetUnavailableError, match="closed"):
            call()
    assert headset.faults == 0


def test_opened_again_after_it_was_closed(headset):
    for count in (1, 2):
        backend = create("openvr")
        backend.open()
        backend.poll()
        assert len(backend.begin_frame().views) == 2
        backend.close()
        assert (headset.inits, headset.cleanups) == (count, count)


def test_without_focus_a_submit_is_no_error_and_a_refused_texture_is_one_sentence(
    headset, graphics
):
    backend = create("openvr")
    backend.open()
    backend.poll()
    backend.begin_frame()
    texture = graphics.gl.texture(SIZE, 4)
    headset.compositor_error = 101
    backend.end_frame((texture.glo, texture.glo))
    headset.compositor_error = 105
    backend.poll()
    backend.begin_frame()
    with pytest.raises(HeadsetUnavailableError, match="does not take the pictures") as caught:
        backend.end_frame((texture.glo, texture.glo))
    assert "TextureUsesUnsupportedFormat" in str(caught.value)
    backend.close()


def test_the_play_area_and_a_tick(backend, headset):
    backend.poll()
    backend.begin_frame()
    assert backend.bounds() == (2.5, 1.75)
    headset.play_area[0] = 0.0
    assert backend.bounds() is None
    backend.haptic(1, 0.02, 0.5)
    assert headset.haptics == 1


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("no_headset", 1, "SteamVR is installed but sees no headset: connect one"),
        ("init_error", 108, "SteamVR did not start (Hmd Not Found (108), InitError_Init_HmdNotFo"),
        ("init_error", 126, "InitError_Init_HmdNotFoundPresenceFailed): start it by itself"),
    ],
)
def test_what_keeps_it_from_opening_is_one_sentence(headset, capfd, setting, value, sentence):
    setattr(headset, setting, value)
    with pytest.raises(HeadsetUnavailableError) as caught:
        create("openvr").open()
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith("or use --headset desktop.")
    assert capfd.readouterr() == ("", "")


def test_a_runtime_that_is_no_library_is_one_sentence(headset, tmp_path, monkeypatch):
    junk = tmp_path / "junk" / "bin" / "linux64" / "vrclient.so"
    junk.parent.mkdir(parents=True)
    junk.write_bytes(b"not a library")
    paths = json.loads((tmp_path / "openvrpaths.vrpath").read_text())
    paths["runtime"] = [str(tmp_path / "junk")]
    (tmp_path / "openvrpaths.vrpath").write_text(json.dumps(paths))
    with pytest.raises(HeadsetUnavailableError) as caught:
        create("openvr").open()
    assert str(caught.value).count(".") >= 1
    assert "\n" not in str(caught.value)


def test_steamvr_knows_the_shop_by_a_name_of_its_own_before_it_sees_its_actions(
    backend, headset, tmp_path
):
    path = Path(headset.app_manifest.decode())
    assert path == tmp_path / "data" / "endcap" / "steamvr" / "endcap.vrmanifest"
    (application,) = json.loads(path.read_text(encoding="utf-8"))["applications"]
    assert application["app_key"] == headset.app_key.decode() == "endcap"
    assert Path(application["binary_path_linux"]).is_file()
    assert application["action_manifest_path"] == headset.manifest.decode()
    assert application["is_dashboard_overlay"] is False
    assert list(path.parent.iterdir()) == [path]
    assert (headset.app_process, headset.app_temporary) == (os.getpid(), 1)
    assert headset.named_after_actions == 0


@pytest.mark.parametrize("why", ["SteamVR does not want it", "it cannot be written"])
def test_a_shop_without_a_name_works_as_well(headset, tmp_path, why):
    if why == "it cannot be written":
        (tmp_path / "data").write_text("a file where a folder should be")
    else:
        headset.unknown_application = 1
    backend = create("openvr")
    backend.open()
    backend.poll()
    assert len(backend.begin_frame().views) == 2
    backend.close()
    assert headset.app_key == b""
    assert (headset.faults, headset.fault) == (0, b"")


def test_a_shopper_can_be_in_the_simulated_headset(headset, tmp_path):
    """As a person would: the console script's own process, with the runtime in its environment."""
    script = (
        "from vr_client.headset.registry import open_first\n"
        "backend = open_first()\n"
        "backend.poll(); info = backend.begin_frame()\n"
        "print(backend.name, len(info.views), info.views[0].size)\n"
        "backend.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "openvr 2 (96, 112)\n"
    assert done.stderr == ""
    assert (headset.inits, headset.cleanups, headset.faults) == (1, 1, 0)


def test_the_backend_is_a_module_of_its_own():
    assert OpenVrBackend.name == "openvr"
    assert Path(MANIFEST).is_absolute()
