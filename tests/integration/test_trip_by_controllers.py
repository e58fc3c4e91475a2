"""The whole trip in a headset by each family of controllers, to the paid order, as its eyes see it.

Everything is real but the people and SteamVR: `endcap serve`, the sync worker, the checkout page,
and the openvr package with its own library over the simulated runtime, whose controllers go through
our own binding files. At each station both submitted pictures are compared with the scene as the
headset's own raw tangents, eye offsets and pose have it, and not the other eye's.
"""

import ctypes
import json
from dataclasses import replace

import numpy as np
import pytest
from buttons import BACK, MENU
from families import FAMILIES
from simulated_runtime import HEAD, LEFT, RIGHT
from test_desktop_window import easy_to_reach
from wearing import EYE_OFFSETS, LEFT_EYE, OFF_MAX, RIGHT_EYE
from window_person import display, shopper_of

from server.storage.inspect import held_total
from tests.headset_runtime.conftest import headset, steamvr  # noqa: F401 - fixtures
from vr_client.assemble import build_app
from vr_client.frame_packet import EyeView
from vr_client.headset.registry import create
from vr_client.net.handle import SyncWorker
from vr_client.render.context import adopt_current, create_headless
from vr_client.render.present import Presenter
from vr_client.space.pose import pose, translation
from vr_client.trip.body import Stage
from vr_client.trip.director import Director
from vr_client.trip.phone import pay
from vr_client.trip.run import START
from vr_client.trip.steps import Shopping

pytestmark = pytest.mark.gl

SIZE = (160, 184)
STATIONS = (
    "enter", "shelves", "point", "card", "add_two", "cart", "take_one_out", "checkout", "confirmed",
)  # fmt: skip
NO_HAND = pose((0.0, -5.0, 0.0))


class Person:
    """What the script's body does, done to the simulated headset and its controllers.

    It stands before the real backend, which knows nothing of it.
    """

    def __init__(self, runtime, family, backend, stage):
        self._runtime, self._family, self._backend, self._stage = runtime, family, backend, stage
        self._fingers = None
        self._pulls = False
        self.name = backend.name

    def __getattr__(self, name):
        return getattr(self._backend, name)

    @property
    def fingers(self):
        if self._fingers is None:
            self._fingers = self._runtime.controllers(self._family)
        return self._fingers

    def poll(self):
        now = self._stage.script(0, 0.0)
        self._runtime.place(HEAD, now.world_from_head)
        self._runtime.place(RIGHT, now.hands[0].world_from_hand)
        if now.hands[0].select != self._pulls:
            self._pulls = now.hands[0].select
            (self.fingers.press if self._pulls else self.fingers.release)("right", "trigger")
        return self._backend.poll()


class Witness:
    """Draws as the client's renderer does, and knows the last frame that was drawn."""

    def __init__(self, renderer):
        self._renderer = renderer
        self.packet = None

    def __getattr__(self, name):
        return getattr(self._renderer, name)

    def draw(self, packet):
        self.packet = packet
        return self._renderer.draw(packet)

    def as_it_should_be(self, view):
        """The same frame by one view alone, (h, w, 3)."""
        panels = tuple(replace(panel, drawing=None) for panel in self.packet.panels)
        self._renderer.draw(
            replace(self.packet, views=(view,), panels=panels, labels=(), art=(), textures=())
        )
        return self._renderer.read_eye(0).astype(int)


def judge(headset, stage, witness):  # noqa: F811 - the fixture's value
    """Both submitted pictures against the raw numbers."""
    submitted = [eye.picture()[..., :3].astype(int) for eye in headset.eyes]
    head = stage.script(0, 0.0).world_from_head
    numbers = zip(EYE_OFFSETS, (LEFT_EYE, RIGHT_EYE), strict=True)
    views = [EyeView(head @ translation(offset), raw, SIZE) for offset, raw in numbers]
    wanted = [witness.as_it_should_be(view) for view in views]
    for number in (0, 1):
        assert submitted[number].shape == wanted[number].shape
        off, swapped = (
            float((np.abs(submitted[number] - other) > 3).any(axis=2).mean())
            for other in (wanted[number], wanted[1 - number])
        )
        assert off < 5 * OFF_MAX, f"{off:.1%} of eye {number}'s picture is off"
        assert swapped > 0.05, f"eye {number} sees what the other should"


@pytest.fixture(params=["egl", "glx"])
def graphics(request, monkeypatch):
    """(context, what follows each submission) off screen, or that of a window."""
    if request.param == "egl":
        context = create_headless()
        yield context, None
        context.release()
        return
    with display((640, 480)) as number:
        monkeypatch.setenv("DISPLAY", f":{number}")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        ctypes.CDLL("libEGL.so.1").eglReleaseThread()
        kept = []

        def make_presenter():
            kept.append(adopt_current())
            return Presenter(kept[0])

        window = create("desktop", make_presenter=make_presenter, size=(320, 200))
        window.open()
        yield kept[0], kept[0].settle
        window.close()


@pytest.fixture(scope="module")
def serving(module_store, module_serve):
    """One shop for all of them, each a shopper of their own; there is enough for everybody."""
    easy_to_reach(module_store)
    catalog = module_store / "catalog.csv"
    text = catalog.read_text(encoding="utf-8")
    assert ",pantry,9000,3," in text
    catalog.write_text(text.replace(",pantry,9000,3,", ",pantry,9000,90,"), encoding="utf-8")
    return module_serve()


@pytest.mark.parametrize("family", FAMILIES)
def test_the_whole_trip(headset, graphics, family, serving, module_store, tmp_path):  # noqa: F811
    headset.width, headset.height = SIZE
    context, settle = graphics
    home = tmp_path / "state" / "endcap" / "shoppers"
    home.mkdir(parents=True)
    stage = Stage(START, filmed=False)
    backend = create("openvr", after_submit=settle) if settle else create("openvr")
    person = Person(headset, family, backend, stage)
    worker = SyncWorker(serving.url, home / "me.token", tmp_path / "cache")
    headset.place(LEFT, NO_HAND)
    headset.valid[LEFT] = 0
    reached = []
    worker.start()
    try:
        backend.open()
        app = build_app(person, worker, context, samples=1, at_entrance=False)
        app.renderer = witness = Witness(app.renderer)

        def report(line):
            told = json.loads(line)
            reached.append((told["step"], told["total_shown_minor"]))
            judge(headset, stage, witness)
            if "url" in told:
                pay(told["url"])

        director = Director(
            app, stage, tmp_path, None, lambda: shopper_of(tmp_path), report, lambda: "go"
        )
        Shopping(director, "RICE").run()
        assert [step for step, _ in reached] == list(STATIONS)
        assert [total for _, total in reached] == [0, 0, 0, 0, 18000, 18000, 9000, 9000, 9000]
        held = held_total(module_store / ".endcap" / "shop.sqlite", shopper_of(tmp_path))
        assert (held.unit_count, held.cart_total_minor) == (0, 0)
        by_thumbs(app, director, person.fingers, headset)
        app.renderer.release()
    finally:
        backend.close()
        worker.close()
    assert (headset.faults, headset.fault) == (0, b"")


def by_thumbs(app, director, fingers, headset):  # noqa: F811
    """What the trip does by legs and by pointing, done by sticks, pads and buttons."""
    headset.valid[LEFT] = 1
    director.frame()
    place, turned = app.feet.spot, app.feet.rig.yaw_deg

    def until(what, done):
        director.wait(what, done)
        for hand in ("left", "right"):
            fingers.let_go(hand)
        director.frame()

    fingers.steer("left", 0.0, -1.0)  # backwards, for shelves are ahead
    until("a walk", lambda: np.hypot(*np.subtract(app.feet.spot, place)) > 0.3)
    fingers.steer("right", 1.0, 0.0)
    until("a turn", lambda: app.feet.rig.yaw_deg != turned)
    ((back_hand, back), *_), ((menu_hand, menu), *_) = BACK[fingers.family], MENU[fingers.family]
    for hand, control, name, panel, shown in (
        (back_hand, back, "the order to be closed", "order", False),
        (menu_hand, menu, "the cart by its button", "cart", True),
        (back_hand, back, "the way back by its button", "cart", False),
    ):
        fingers.click(hand, control)
        until(name, lambda panel=panel, shown=shown: (panel in app.state.panels) == shown)
