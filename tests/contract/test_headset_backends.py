"""One suite over every headset backend of the registry. The window gets its display from Xvfb."""

import ctypes
import os
import shutil
import subprocess

import numpy as np
import pytest

from tests.headset_runtime.conftest import headset, steamvr  # noqa: F401 - fixtures
from tests.integration.x_person import RIGHT, XPerson
from vr_client.headset.backend import HeadsetUnavailableError, SessionState
from vr_client.headset.mirrored import MirroredBackend
from vr_client.headset.registry import AUTOMATIC, BACKENDS, create, open_first, open_to_shop
from vr_client.render.context import adopt_current, create_headless
from vr_client.render.present import Presenter

TEXTURES = {}
"""Real pictures for backends that look at what they are handed."""


@pytest.fixture(scope="module", autouse=True)
def display():
    """A display of our own, on a number that Xvfb chooses.

    Without -noreset it starts anew when its last window closes, and refuses whoever comes then.
    """
    assert shutil.which("Xvfb"), "the tests of the window need Xvfb: apt-get install xvfb"
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "800x600x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=[writer], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    before = {name: os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")}
    os.environ["DISPLAY"] = f":{number}"
    os.environ.pop("WAYLAND_DISPLAY", None)
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    server.terminate()
    server.wait(10)


@pytest.fixture(autouse=True)
def no_context_is_current():
    """Other tests of this process draw off screen, and may leave their EGL context current.

    libglvnd then answers the window's glXMakeCurrent with BadAccess, and Xlib ends the process.
    No shopper meets this: a client draws either off screen or in a window.
    """
    ctypes.CDLL("libEGL.so.1").eglReleaseThread()


@pytest.fixture(params=[*sorted(BACKENDS), "mirrored"])
def backend(request):
    if request.param == "mirrored":  # a headset and a window over one context, the window's
        request.getfixturevalue("headset")
        yield from mirrored_backend()
        return
    made = create(request.param)
    if request.param == "openvr":  # the real library, over a runtime that reads what it is given
        request.getfixturevalue("headset")
        graphics = create_headless()
        TEXTURES["openvr"] = tuple(graphics.gl.texture((96, 112), 4).glo for _ in range(2))
    made.open()
    yield made
    made.close()
    if request.param == "openvr":
        graphics.release()


def mirrored_backend():
    kept = []

    def make_presenter():
        kept.append(adopt_current())
        return Presenter(kept[0])

    made = open_to_shop("openvr", [], make_presenter=make_presenter, size=(320, 200))
    TEXTURES["openvr"] = tuple(kept[0].gl.texture((96, 112), 4).glo for _ in range(2))
    yield made
    made.close()


def one_frame(backend):
    events = backend.poll()
    info = backend.begin_frame()
    names = TEXTURES.get(backend.name, tuple(range(1, len(info.views) + 1)))
    backend.end_frame(names if info.should_render else ())
    return events, info


def test_the_name_is_the_one_of_the_table(backend):
    made = BACKENDS[backend.name].endswith(type(backend).__name__)
    assert made or (type(backend), backend.name) == (MirroredBackend, "openvr")


def test_frames_come_with_views_that_can_be_drawn(backend):
    for _ in range(3):
        events, info = one_frame(backend)
        assert isinstance(events.state, SessionState)
        assert 1 <= len(info.views) <= 2
        for view in info.views:
            left, right, bottom, top = view.tangents
            assert left < 0 < right
            assert bottom < 0 < top
            assert view.size[0] > 0
            assert view.size[1] > 0
            assert view.world_from_eye.shape == (4, 4)
            assert view.world_from_eye.dtype == np.float64


def test_poses_are_rigid(backend):
    _, info = one_frame(backend)
    poses = [info.world_from_head, *(v.world_from_eye for v in info.views)]
    for world in [*poses, *(hand.world_from_hand for hand in info.hands)]:
        assert world[:3, :3] @ world[:3, :3].T == pytest.approx(np.eye(3), abs=1e-9)
        assert np.linalg.det(world[:3, :3]) == pytest.approx(1.0)
        assert world[3].tolist() == [0, 0, 0, 1]


def test_time_never_runs_backwards(backend):
    times = [one_frame(backend)[1].predicted_time_s for _ in range(5)]
    assert times == sorted(times)


def test_at_most_two_hands(backend):
    assert len(one_frame(backend)[1].hands) <= 2


def test_a_haptic_tick_is_never_an_error_and_bounds_may_be_unknown(backend):
    one_frame(backend)
    backend.haptic(0, 0.01, 1.0)
    bounds = backend.bounds()
    assert bounds is None or (bounds[0] > 0 and bounds[1] > 0)


def test_after_close_nothing_works_and_a_second_close_is_harmless(backend):
    backend.close()
    backend.close()
    with pytest.raises(HeadsetUnavailableError):
        backend.poll()


def test_what_cannot_be_used_says_so_in_one_sentence():
    with pytest.raises(HeadsetUnavailableError) as caught:
        create("openvr").open()
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "use" in sentence or "install" in sentence


def test_auto_takes_the_first_that_opens_and_tells_what_was_skipped():
    skipped = []
    backend = open_first(skipped=skipped)
    assert backend.name == "desktop"
    assert [error.what for error in skipped] == ["SteamVR is not installed here"]
    assert AUTOMATIC == ("openvr", "desktop")
    backend.close()


def test_without_a_display_every_reason_is_told(monkeypatch):
    monkeypatch.delenv("DISPLAY")
    with pytest.raises(HeadsetUnavailableError) as caught:
        open_first()
    assert str(caught.value) == (
        "The shop cannot be seen here (openvr: SteamVR is not installed here; desktop: There is no "
        "display here (DISPLAY is not set)): connect a headset and start SteamVR, run it on a "
        "desktop, or use endcap demo --headless."
    )


def test_the_openvr_library_keeps_its_own_words_to_itself(capfd):
    with pytest.raises(HeadsetUnavailableError):
        create("openvr").open()
    assert capfd.readouterr() == ("", "")


def test_a_display_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":4711")
    with pytest.raises(HeadsetUnavailableError, match="on the display :4711"):
        create("desktop").open()


def test_a_window_keeps_its_pictures_while_nothing_is_drawn():
    shown = []

    def present(names, size):
        shown.append((names, size))

    window = create("desktop", make_presenter=lambda: present, size=(320, 200))
    window.open()
    for textures in ((7,), (), ()):
        window.poll()
        window.begin_frame()
        window._stale = False
        window.end_frame(textures)
    assert shown == [((7,), (320, 200))]
    window._on_refresh(window._window)  # somebody uncovered it
    window.end_frame(())
    assert shown == [((7,), (320, 200))] * 2
    window.close()


@pytest.mark.parametrize(
    ("mirror", "sides_m"),
    [("middle", [0.0]), ("left", [-0.0315]), ("right", [0.0315]), ("both", [-0.0315, 0.0315])],
)
def test_a_window_draws_the_eye_that_it_says(mirror, sides_m):
    window = create("desktop", size=(320, 200), mirror=mirror)
    window.open()
    window.poll()
    views = window.begin_frame().views
    assert [view.world_from_eye[0, 3] for view in views] == pytest.approx(sides_m)
    window.close()


def test_real_keys_and_a_real_drag_walk_and_turn_the_way_they_say():
    window = create("desktop", size=(320, 200))
    window.open()
    person = XPerson(int(os.environ["DISPLAY"].removeprefix(":")))
    (native,) = person.windows()
    person.look_at(native)

    def frame():
        window.poll()
        return window.begin_frame()

    def angles():
        head = frame().world_from_head
        yaw = np.arctan2(head[0, 2], head[2, 2])
        return np.degrees([yaw, np.arcsin(-head[1, 2])])

    def move():
        return frame().hands[0].move

    ways = {"w": (0, 1), "s": (0, -1), "a": (-1, 0), "d": (1, 0), "Up": (0, 1), "Down": (0, -1)}
    for key, way in ways.items():
        person.hold(key)
        assert person.wait_for(lambda: (now := move()) != (0, 0) and now, 20) == way, key
        person.let_go(key)
        person.wait_for(lambda: move() == (0, 0), 20)
    for key, left in (("q", 1), ("Left", 1), ("e", -1), ("Right", -1)):
        before = angles()[0]
        person.hold(key)
        now = person.wait_for(lambda: (now := angles()[0]) != before and now, 20)  # noqa: B023
        assert (now - before) * left > 0.0, key
        person.let_go(key)
        person.wait_for(lambda: angles()[0] == angles()[0], 20)
    before = angles()
    person.move(100, 100)
    person.press(RIGHT)
    person.move(200, 50)
    person.release(RIGHT)

    def turned():
        return (angles() != before).any()

    person.wait_for(turned, 20)
    # 0.12 degrees a pixel: 100 to the right, 50 upwards.
    assert angles() - before == pytest.approx([-12.0, 6.0], abs=1e-6)
    person.close()
    window.close()


def test_an_unknown_backend_names_the_known_ones():
    with pytest.raises(HeadsetUnavailableError, match="auto, openvr, desktop, scripted"):
        create("holodeck")


def test_a_window_shows_what_was_drawn():
    """Red left, green right: through the presenter into the window's own pixels."""
    kept = []

    def make_presenter():
        kept.append(adopt_current())
        return Presenter(kept[0])

    window = create("desktop", make_presenter=make_presenter, size=(320, 200), mirror="both")
    window.open()
    gl = kept[0].gl
    window.poll()
    views = window.begin_frame().views
    assert [view.size for view in views] == [(160, 200), (160, 200)]
    red, green = (
        gl.texture((160, 200), 4, bytes(c) * 32000) for c in ((255, 0, 0, 255), (0, 255, 0, 255))
    )
    window._present((red.glo, green.glo), (320, 200))
    screen = gl.detect_framebuffer(0)
    screen.viewport = (0, 0, 320, 200)
    pixels = np.frombuffer(screen.read((0, 0, 320, 200), 3), np.uint8).reshape(200, 320, 3)
    assert (pixels[:, :160] == (255, 0, 0)).all()
    assert (pixels[:, 160:] == (0, 255, 0)).all()
    window.end_frame((red.glo, green.glo))
    window.close()


def test_anybody_can_ask_to_be_in_the_middle_again(backend):
    one_frame(backend)
    backend.recentre()
    assert len(one_frame(backend)[1].views) >= 1
