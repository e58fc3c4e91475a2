"""A headset with a window beside it, both real: GLX under Xvfb, the library over our runtime."""

import ctypes

import numpy as np
import openvr
import pytest
from simulated_runtime import HEAD, LEFT, RIGHT
from wearing import worn
from window_person import display
from x_person import XPerson

from tests.unit.vr_client.memory_shop import MemoryShop
from vr_client.assemble import build_app
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import SessionState
from vr_client.headset.backends import openvr as backend_module
from vr_client.headset.mirrored import GONE, MirroredBackend
from vr_client.headset.registry import create, open_to_shop
from vr_client.headset.steamvr.session import FAILURES_MAX
from vr_client.render.context import adopt_current
from vr_client.render.present import Presenter
from vr_client.space.pose import pose
from vr_client.state.events import AddToCart

pytestmark = pytest.mark.gl

SIZE = (320, 200)


@pytest.fixture(scope="module")
def screen():
    with display((640, 480)) as number:
        yield number


@pytest.fixture
def person(screen, monkeypatch):
    monkeypatch.setenv("DISPLAY", f":{screen}")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(backend_module, "FAILED_WAIT_S", 0.0)
    # Other tests of this process may have left an EGL context current; see the contract's tests.
    ctypes.CDLL("libEGL.so.1").eglReleaseThread()
    made = XPerson(screen)
    yield made
    made.close()


class Shop:
    """The whole client, with the window's context."""

    def __init__(self, headset):
        graphics = []

        def make_presenter():
            graphics.append(adopt_current())
            return Presenter(graphics[0])

        def settle():
            graphics[0].settle()

        self.skipped = []
        self.backend = open_to_shop(
            "auto", self.skipped, make_presenter=make_presenter, after_submit=settle, size=SIZE
        )
        headset.place(LEFT, pose((-0.3, 1.2, -0.2)))
        headset.place(RIGHT, pose((0.3, 1.2, -0.2)))
        self.graphics = graphics[0]
        self.lines = MemoryShop()
        self.app = build_app(self.backend, self.lines, self.graphics, samples=0)

    def frames(self, count=1):
        for _ in range(count):
            assert run_frame(self.app)

    def until(self, what, count=300):
        for _ in range(count):
            self.frames()
            if what():
                return
        raise AssertionError("it did not happen")


@pytest.fixture
def shop(headset, person):
    made = Shop(headset)
    made.frames(4)
    yield made
    made.app.renderer.release()
    made.backend.close()
    assert (headset.faults, headset.fault) == (0, b"")
    assert headset.order.count("s") == headset.order.count("i") == 1


def seen(person):
    """(window, its pixels)."""
    ((window, size),) = person.windows().items()
    rows = np.frombuffer(person.picture(window, size), np.uint8).reshape(size[1], size[0], 4)
    return window, rows[:, :, 2::-1].astype(int)


def covering(picture, size):
    """What a window of `size` shows of a picture whose shape it keeps, to the nearest pixel."""
    high, wide = picture.shape[:2]
    scale = max(size[0] / wide, size[1] / high)
    columns = ((np.arange(size[0]) + 0.5 - size[0] / 2) / scale + wide / 2).astype(int)
    rows = ((np.arange(size[1]) + 0.5 - size[1] / 2) / scale + high / 2).astype(int)
    return picture[np.clip(rows, 0, high - 1)][:, np.clip(columns, 0, wide - 1), :3].astype(int)


def off(shown, wanted):
    return float(np.abs(shown - wanted).mean())


def test_it_is_the_headset_that_is_seen_through_and_nothing_was_skipped(shop):
    assert isinstance(shop.backend, MirroredBackend)
    assert (shop.backend.name, shop.skipped) == ("openvr", [])
    assert shop.backend.bounds() == (2.5, 1.75)
    shop.backend.haptic(1, 0.01, 0.5)
    assert len(shop.backend.begin_frame().views) == 2


def test_the_mirror_shows_the_eye_that_the_headset_got(headset, person, shop):
    left, right = (covering(eye.picture(), SIZE) for eye in headset.eyes)
    window, shown = seen(person)
    assert off(shown, left) < 4.0
    assert off(shown, right) > 2.0 * off(shown, left)
    person.look_at(window)
    person.tap("F10")
    shop.until(lambda: shop.app.state.notice == "mirror_right")
    shop.frames(2)
    left, right = (covering(eye.picture(), SIZE) for eye in headset.eyes)
    shown = seen(person)[1]
    assert off(shown, right) < 4.0
    assert off(shown, left) > 2.0 * off(shown, right)
    person.tap("F10")
    shop.until(lambda: shop.app.state.notice == "mirror_both")
    shop.frames(2)
    halves = [covering(eye.picture(), (SIZE[0] // 2, SIZE[1])) for eye in headset.eyes]
    assert off(seen(person)[1], np.concatenate(halves, axis=1)) < 4.0


def test_each_frame_is_handed_to_the_headset_in_order_under_glx(headset, shop):
    assert headset.order == "i" + 4 * "walr"
    assert headset.eyes[0].picture()[..., :3].std() > 5.0


def test_keys_typed_into_the_window_reach_who_wears_the_headset(person, shop):
    window, _ = seen(person)
    person.look_at(window)
    person.tap("Tab")
    shop.until(lambda: "cart" in shop.app.state.panels)
    person.tap("Escape")
    shop.until(lambda: "cart" not in shop.app.state.panels)
    person.tap("/")
    shop.until(lambda: "search" in shop.app.state.panels)
    person.write("gra")
    shop.until(lambda: shop.app.state.query == "gra")


def test_walking_keys_leave_the_headset_where_it_is(person, shop):
    window, _ = seen(person)
    person.look_at(window)
    place = shop.app.feet.rig
    person.hold("w")
    shop.frames(10)
    person.let_go("w")
    assert shop.app.feet.rig == place


def quits(headset):
    headset.send(openvr.VREvent_Quit)


def dies(headset):
    headset.dead = 1


def refuses_pictures(headset):
    headset.compositor_error = 105


@pytest.mark.parametrize("ends", [quits, dies, refuses_pictures])
def test_when_the_headset_is_gone_the_window_goes_on_with_cart_and_place(
    headset, person, shop, ends
):
    app = shop.app
    headset.place(HEAD, pose((0.4, 1.5, -0.2), 35.0, -10.0))
    app.do(AddToCart("a", "SKU-0", 2))
    shop.frames(2)
    cart, rig, spot = app.state.cart, app.feet.rig, app.feet.spot
    time_s = app.feet.time_s
    assert cart.unit_count == 2
    ends(headset)
    shop.until(lambda: app.state.notice == GONE, FAILURES_MAX + 5)
    assert shop.backend.name == "desktop"
    assert headset.order.endswith({quits: "qs"}.get(ends, "s"))
    shop.frames(2)
    assert (app.state.cart, app.feet.rig) == (cart, rig)
    assert app.feet.spot == pytest.approx(spot, abs=1e-5)
    assert app.feet.time_s > time_s
    head = shop.backend.begin_frame().world_from_head
    assert np.degrees(np.arctan2(head[0, 2], head[2, 2])) == pytest.approx(35.0, abs=1e-3)
    # And the window is a window: it draws one eye of its own shape, and its keys walk.
    assert [view.size for view in shop.backend.begin_frame().views] == [SIZE]
    assert (seen(person)[1] == app.renderer.read_eye(0)).mean() > 0.99
    window, _ = seen(person)
    person.look_at(window)
    person.hold("s")
    shop.until(lambda: app.feet.rig != rig)
    person.let_go("s")


def test_the_shopper_is_told_once(headset, shop):
    quits(headset)
    keys = []
    for _ in range(3):
        events = shop.backend.poll()
        shop.backend.begin_frame()
        shop.backend.end_frame(())
        keys += events.keys
        assert not events.over
    assert keys == [GONE]


def test_an_unplugged_headset_is_waited_for(headset, shop):
    headset.send(openvr.VREvent_TrackedDeviceDeactivated, 0)
    shop.frames(3)
    assert shop.backend.poll().state is SessionState.LOST
    assert shop.backend.name == "openvr"
    headset.send(openvr.VREvent_TrackedDeviceActivated, 0)
    shop.frames(1)
    assert shop.backend.poll().state is SessionState.FOCUSED


def test_closing_the_window_ends_the_shop(headset, person, shop):
    window, _ = seen(person)
    person.close_window(window)
    for _ in range(100):
        if not run_frame(shop.app):
            break
    else:
        raise AssertionError("the shop went on")
    shop.backend.close()
    assert headset.order.endswith("s")


def test_without_a_display_the_headset_is_alone(headset, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    backend = open_to_shop("auto", [])
    assert (backend.name, isinstance(backend, MirroredBackend)) == ("openvr", False)
    backend.close()


def test_pictures_and_calls_are_as_right_in_a_windows_context_as_off_screen(headset, person):
    kept = []

    def make_presenter():
        kept.append(adopt_current())
        return Presenter(kept[0])

    window = create("desktop", make_presenter=make_presenter, size=SIZE)
    window.open()
    assert worn(headset, kept[0], create("openvr", after_submit=kept[0].settle)) == []
    window.close()
