"""A new shopper's first minute, in a headset with scripted hands and in a window with keys."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.vr_client.replay.recorded_visit import SETUP, MadeShop, Numbered
from vr_client.assemble import furnish
from vr_client.first_run import SAFETY_VERSION
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import HandState
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.interact.comfort import Comfort
from vr_client.preferences import Settings, UnkeptPreferences
from vr_client.replay.camera import Undrawn
from vr_client.replay.player import Player, no_label
from vr_client.replay.recorder import Recorder
from vr_client.replay.recording import Recording
from vr_client.space.pose import look_at, pose
from vr_client.state.events import ComfortChanged, LessonMoved
from vr_client.ui.actions import press

FPS = 30.0
READ = Settings(language="en", safety_read=SAFETY_VERSION)
EYE = np.array([0.0, 1.6, 1.5])


class Shopper:
    """Somebody with a head, two hands and a keyboard, and all the time they need."""

    def __init__(self, settings, kind="headset", *, welcome=True, recorder=None):
        self.headset = ScriptedBackend(lambda _i, _t: self.now, step_s=1.0 / FPS)
        self.headset.name = "desktop" if kind == "desktop" else "scripted"
        self.headset.open()
        self.now = ScriptFrame(pose(EYE, 0.0, -15.0), (), (64, 48))
        self.kept = UnkeptPreferences(settings) if settings is not None else None
        self.setup = type(SETUP)(kind, 1, 20, 20, 4, at_entrance=False, welcome=welcome)
        shop = MadeShop()
        self.app = furnish(
            recorder.headset(self.headset) if recorder else self.headset,
            recorder.shop(shop) if recorder else shop,
            Numbered(), self.setup, no_label, preferences=self.kept,
            outside=recorder.outside() if recorder else None,
        )  # fmt: skip
        if recorder:
            recorder.begin(self.app, self.setup, self.kept, "a test")
        self.frames = 0

    def wait(self, seconds, **changes):
        self.now = replace(self.now, **changes)
        for _ in range(max(1, round(seconds * FPS))):
            assert run_frame(self.app)
            self.app.keep_pictures()
            self.frames += 1
            self.now = replace(self.now, keys=())

    def point(self, place, hand=1):
        """Aim one hand at a place; the other is not there."""
        world = self.app.feet.rig.world_from_play()
        here = (np.linalg.inv(world) @ np.array([*place, 1.0]))[:3]
        from_hand = look_at(EYE + np.array([0.2, -0.3, -0.1]), here)
        hands = [HandState(np.eye(4), tracked=False)] * 2
        hands[hand] = HandState(from_hand)
        return tuple(hands)

    def press_at(self, place, hand=1):
        aimed = self.point(place, hand)
        self.wait(0.5, hands=aimed)
        pressed = list(aimed)
        pressed[hand] = replace(aimed[hand], select=True)
        self.wait(0.2, hands=tuple(pressed))
        self.wait(0.3, hands=aimed)

    def place_of(self, target_id):
        shown = self.app.shown
        target = next(one for one in shown.targets if one.id == target_id)
        quad = next(one for one in shown.panels if one.id == target.panel)
        width, height = dict(shown.sizes)[target.panel]
        x, y = (target.rect[0] + target.rect[2]) / 2, (target.rect[1] + target.rect[3]) / 2
        local = [(x / width - 0.5) * quad.size_m[0], (0.5 - y / height) * quad.size_m[1], 0.0, 1.0]
        return (quad.world_from_panel @ local)[:3]

    @property
    def unit(self):
        scene = self.app.state.scene
        return scene.bounds[scene.product_of >= 0][0].astype(float).mean(axis=0)

    @property
    def step(self):
        return self.app.shown.text_of("tutorial.step")


def open_panels(app):
    return {quad.id for quad in app.shown.panels}


# ---------------------------------------------------------------- health and safety


def test_the_notice_comes_first_in_a_headset_and_any_trigger_takes_it_away():
    person = Shopper(Settings(language="en"))
    person.wait(0.5)
    assert open_panels(person.app) >= {"safety"}
    assert "tutorial" not in open_panels(person.app)
    said = " ".join(d.text for d in person.app.shown.texts if d.role == "safety.point")
    assert "Take a break every half hour" in said
    assert person.kept.settings.safety_read == 0
    person.press_at(EYE + np.array([0.0, 0.4, -1.0]))  # beside the panel
    assert "safety" not in open_panels(person.app)
    assert person.kept.settings.safety_read == SAFETY_VERSION
    assert person.step is not None


@pytest.mark.parametrize("way", ["button", "add", "back"])
def test_the_notice_goes_by_its_button_enter_or_escape(way):
    person = Shopper(Settings(language="en"))
    person.wait(0.5)
    if way == "button":
        person.press_at(person.place_of("safety.understood"))
    else:
        person.wait(0.2, keys=(way,))
    assert "safety" not in open_panels(person.app)
    assert person.app.state.lesson == "look"
    assert person.kept.settings.safety_read == SAFETY_VERSION


@pytest.mark.parametrize(
    ("settings", "kind", "shown"),
    [
        (Settings(), "headset", True), (Settings(), "desktop", False), (READ, "headset", False),
        (Settings(safety_read=SAFETY_VERSION - 1), "headset", True), (None, "headset", False),
    ],
)  # fmt: skip
def test_the_notice_is_for_headsets_and_for_once(settings, kind, shown):
    person = Shopper(settings, kind)
    person.wait(0.3)
    assert ("safety" in open_panels(person.app)) is shown


# ---------------------------------------------------------------- the tutorial


@pytest.mark.parametrize("hand", [0, 1])
def test_in_a_headset_with_one_hand_at_a_leisurely_pace_it_takes_less_than_a_minute(hand):
    person = Shopper(READ)
    person.wait(3.0)
    assert person.step == "Turn your head and look around"
    person.wait(2.0, world_from_head=pose(EYE, 30.0, -10.0))
    person.wait(2.0, world_from_head=pose(EYE, 0.0, -15.0))
    assert person.step == "Point at a product and press"
    person.wait(3.0)
    person.press_at(person.unit, hand)
    assert person.step == "Press Add on its card"
    person.wait(3.0)
    person.press_at(person.place_of("card.add"), hand)
    assert person.step == "Hop or walk a little"
    person.wait(3.0)
    for _ in range(3):
        down = pose(EYE + np.array([0.2, -0.3, -0.1]), 90.0, -35.0)
        hands = [HandState(np.eye(4), tracked=False)] * 2
        hands[hand] = HandState(down, stick=(0.0, 1.0), teleport=hand == 1)
        person.wait(1.0, hands=tuple(hands))
        hands[hand] = HandState(down)
        person.wait(1.5, hands=tuple(hands))
        if person.step != "Hop or walk a little":
            break
    assert person.step == "Open your cart"
    person.wait(3.0)
    hands[hand] = HandState(down, menu=True)
    person.wait(0.3, hands=tuple(hands))
    person.wait(0.5, hands=())
    assert person.step == "That is all you need"
    assert not person.kept.settings.toured
    person.wait(8.5)
    assert person.step is None
    assert person.kept.settings.toured
    assert person.frames / FPS < 60.0
    assert "cart" in open_panels(person.app)  # what was opened stays


def test_in_a_window_with_keys_and_mouse():
    person = Shopper(READ, "desktop")
    person.wait(2.0)
    caps = [d.text for d in person.app.shown.texts if d.role == "tutorial.control"]
    assert caps == ["Right drag", "Q", "E", "←", "→"]
    mouse = HandState(pose(EYE, 0.0, -15.0))
    person.wait(1.0, hands=(replace(mouse, turn=1),))
    person.wait(1.0, hands=(mouse,))
    assert person.step == "Point at a product and press"
    world = np.linalg.inv(person.app.feet.rig.world_from_play())
    aim = HandState(look_at(EYE, (world @ np.array([*person.unit, 1.0]))[:3]))
    person.wait(0.5, hands=(aim,))
    person.wait(0.2, hands=(replace(aim, select=True),))
    person.wait(1.0, hands=(aim,))
    assert person.step == "Press Add on its card"
    person.wait(1.0, keys=("add",))
    assert person.step == "Walk a little"
    assert [d.text for d in person.app.shown.texts if d.role == "tutorial.control"] == [*"WASD"]
    person.wait(1.0, hands=(replace(aim, move=(0.0, -1.0)),))
    assert person.step == "Open your cart"
    person.wait(1.0, keys=("menu",), hands=(aim,))
    assert person.step == "That is all you need"
    person.wait(9.0)
    assert person.step is None
    assert person.kept.settings.toured
    assert person.frames / FPS < 60.0


@pytest.mark.parametrize("way", ["button", "back"])
@pytest.mark.parametrize("step", ["look", "press", "move", "done"])
def test_it_can_be_skipped_at_any_time_and_does_not_come_back(way, step):
    person = Shopper(READ)
    person.wait(0.5)
    person.app.do(LessonMoved(step))
    person.wait(0.5)
    assert person.step is not None
    if way == "button":
        person.press_at(person.place_of("tutorial.skip"))
    else:
        person.wait(0.3, keys=("back",))
    assert person.step is None
    assert person.kept.settings.toured
    again = Shopper(person.kept.settings)
    again.wait(1.0)
    assert again.step is None


@pytest.mark.parametrize(
    ("settings", "welcome"), [(READ, False), (None, True), (None, False),
                              (Settings(safety_read=1, toured=True), True)],
)  # fmt: skip
def test_who_is_not_new_or_was_not_to_be_welcomed_sees_none(settings, welcome):
    person = Shopper(settings, welcome=welcome)
    person.wait(1.0)
    assert person.app.state.lesson == ""
    assert open_panels(person.app) == {"chip", "dock"}


def test_the_help_shows_it_again():
    person = Shopper(Settings(language="en", safety_read=1, toured=True))
    person.wait(0.5, keys=("help",))
    person.press_at(person.place_of("help.tutorial"))
    assert "help" not in person.app.state.panels
    assert person.step == "Turn your head and look around"
    assert press("help.tutorial", person.app.state, str)[-1] == LessonMoved("look")


def test_without_motion_it_stands_still_and_is_the_same():
    person = Shopper(READ)
    person.app.do(ComfortChanged(Comfort(still=True)))
    person.wait(1.0)
    before = next(q for q in person.app.shown.panels if q.id == "tutorial").world_from_panel
    person.wait(0.5, world_from_head=pose(EYE, 8.0, -15.0))
    after = next(q for q in person.app.shown.panels if q.id == "tutorial").world_from_panel
    assert after == pytest.approx(before)
    assert person.step == "Turn your head and look around"


def test_a_first_visit_is_replayed_with_its_notice_and_tutorial(tmp_path):
    path = tmp_path / "first.rec"
    recorder = Recorder(path)
    person = Shopper(Settings(language="en"), recorder=recorder)
    person.wait(0.5)
    person.press_at(EYE + np.array([0.0, 0.4, -1.0]))
    person.wait(1.0, world_from_head=pose(EYE, 40.0, -10.0))
    assert person.app.state.lesson == "press"
    recorder.close()
    with Recording(path) as recording:
        player = Player(recording.header, Undrawn())
        lessons = [player.app.state.lesson for _ in player.play(recording.frames())]
    assert player.difference is None
    assert lessons[-1] == "press"
    assert player.app.state == replace(person.app.state, scene=player.app.state.scene,
                                       products=player.app.state.products)  # fmt: skip


@pytest.mark.parametrize(
    ("family", "cart"),
    [("", "Menu button"), ("knuckles", "B"), ("oculus_touch", "B / Y"),
     ("vive_controller", "Left menu button"), ("holographic_controller", "Menu button"),
     ("a new one", "Menu button")],
)  # fmt: skip
def test_the_buttons_are_those_of_the_controllers_in_hand(family, cart):
    person = Shopper(READ)
    hands = (HandState(np.eye(4), tracked=False), HandState(pose(EYE, 180.0), kind=family))
    person.wait(0.5, hands=hands)
    person.app.do(LessonMoved("cart"))
    person.wait(0.2)
    caps = [d.text for d in person.app.shown.texts if d.role == "tutorial.control"]
    assert caps == [cart]
    person.app.do(LessonMoved(""))
    person.wait(0.2, keys=("help",))
    assert cart in [d.text for d in person.app.shown.texts if d.role == "help.control"]
