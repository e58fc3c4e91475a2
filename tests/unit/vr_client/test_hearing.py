"""A visit as it sounds: cues when something happened, from where it did, and again in a replay."""

from dataclasses import replace

import numpy as np
import pytest

from catalog_sync.model.order import Order
from tests.unit.vr_client.replay.recorded_visit import SETUP, UNIT, MadeShop, Numbered, script
from vr_client.assemble import furnish
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import HandState
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.preferences import Settings, UnkeptPreferences
from vr_client.replay.camera import Undrawn
from vr_client.replay.player import Player, no_label
from vr_client.replay.recorder import Recorder
from vr_client.replay.recording import Recording
from vr_client.sound.captions import SHOWN_S
from vr_client.sound.placing import INSIDE
from vr_client.space.pose import look_at, pose
from vr_client.state.events import Disconnected, OrderMoved, SensesChanged
from vr_client.state.senses import Senses

FRAMES = 40


class Listener:
    """Notes what a speaker would make heard."""

    def __init__(self):
        self.heard = []

    def play(self, cue, heard):
        self.heard.append((cue, heard))

    @property
    def cues(self):
        return [cue for cue, _ in self.heard]


def visit(*, senses=None, recorder=None, shop=None):
    headset = ScriptedBackend(script, step_s=1.0 / 30.0)
    headset.open()
    shop, listener = shop or MadeShop(), Listener()
    kept = UnkeptPreferences(Settings(language="en", senses=senses or Senses()))
    app = furnish(
        recorder.headset(headset) if recorder else headset,
        recorder.shop(shop) if recorder else shop,
        Numbered(), SETUP, no_label, preferences=kept,
        outside=recorder.outside() if recorder else None, speaker=listener,
    )  # fmt: skip
    if recorder:
        recorder.begin(app, SETUP, kept, "a test")
    return app, listener, shop


def test_pressing_on_a_product_and_putting_it_in_the_cart_sound_from_there():
    app, listener, _ = visit()
    said = []
    for _ in range(FRAMES):
        assert run_frame(app)
        said.append([one.cue for one in app.sounded])
    assert said[6] == ["press"]
    assert said.count(["add"]) == 1
    assert said.index(["add"]) == 13  # asked for in frame 12, answered in the next
    assert listener.cues.count("add") == 1
    assert "lost" not in listener.cues
    add = next(heard for cue, heard in listener.heard if cue == "add")
    eye_x = 0.004 * 13
    assert (add.right > add.left) is bool(UNIT[0] > eye_x)
    assert len(listener.cues) < 14  # a hand that lies still does not tick


@pytest.mark.parametrize(("volume", "times"), [("normal", 1.0), ("quiet", 0.35), ("off", 0.0)])
def test_the_setting_decides_how_loud_it_is(volume, times):
    app, listener, _ = visit(senses=Senses(volume=volume))
    usual_app, usual, _ = visit()
    for _ in range(20):
        run_frame(app)
        run_frame(usual_app)
        assert app.sounded == usual_app.sounded  # what happened is the same
    if not times:
        assert listener.heard == []
        return
    assert [heard.left for _, heard in listener.heard] == pytest.approx(
        [heard.left * times for _, heard in usual.heard]
    )
    app.apply(SensesChanged(Senses(volume="off")))
    count = len(listener.heard)
    for _ in range(20):
        run_frame(app)
    assert len(listener.heard) == count


def test_a_lost_connection_and_a_paid_order_come_from_nowhere():
    app, listener, shop = visit()
    for _ in range(16):
        run_frame(app)
    shop.told.append([OrderMoved(Order("o", "K7", "paid", app.state.cart.lines,
                                       app.state.cart.total))])  # fmt: skip
    run_frame(app)
    assert [one.cue for one in app.sounded] == ["paid"]
    shop.told.append([Disconnected("gone", 1.0)])
    run_frame(app)
    assert [one.cue for one in app.sounded][-1:] == ["lost"]
    assert listener.heard[-1] == ("lost", INSIDE)


def test_a_replay_sounds_as_the_visit_did(tmp_path):
    path = tmp_path / "a.rec"
    recorder = Recorder(path)
    app, _, _ = visit(recorder=recorder)
    sounded = []
    for _ in range(FRAMES):
        assert run_frame(app)
        app.keep_pictures()
        sounded.append(app.sounded)
    recorder.close()
    with Recording(path) as recording:
        player = Player(recording.header, Undrawn())
        again = [player.app.sounded for _ in player.play(recording.frames())]
    assert player.difference is None
    assert again == sounded
    assert sum(map(len, sounded)) >= 3


def test_a_hop_whooshes_and_a_sweeping_hand_ticks_no_faster_than_it_may():
    app, listener, _ = visit()
    for _ in range(5):
        run_frame(app)
    head = np.eye(4)
    head[:3, 3] = (0.0, 1.6, 1.5)
    now = {"frame": ScriptFrame(head, (), (64, 48))}
    app.headset._script = lambda _index, _time: now["frame"]
    listener.heard.clear()
    aiming = HandState(pose((0.2, 1.2, 1.5), 0.0, -40.0), teleport=True)
    now["frame"] = ScriptFrame(head, (replace(aiming, teleport=False), aiming), (64, 48))
    run_frame(app)
    landing = app.feet.landing
    now["frame"] = ScriptFrame(head, (replace(aiming, teleport=False),) * 2, (64, 48))
    for _ in range(12):
        run_frame(app)
    assert listener.cues.count("hop") == int(landing is not None and landing.free) == 1
    listener.heard.clear()
    units = app.state.scene.bounds[app.state.scene.product_of >= 0].astype(float).mean(axis=1)
    eye = np.array([app.feet.spot[0], 1.4, app.feet.spot[1]])
    for number in range(30):  # another product in every frame, for a second
        hand = HandState(
            np.linalg.inv(app.feet.rig.world_from_play()) @ look_at(eye, units[number % len(units)])
        )
        now["frame"] = ScriptFrame(head, (hand,), (64, 48))
        run_frame(app)
    assert 4 <= listener.cues.count("point") <= 15


def captions(frame):
    return [drawn.text for drawn in frame.texts if drawn.role == "caption"]


@pytest.mark.parametrize("volume", ["normal", "off"])
def test_what_goes_into_the_cart_is_written_for_a_while_whether_it_is_heard_or_not(volume):
    app, _, _ = visit(senses=Senses(volume=volume))
    seen = []
    for _ in range(180):
        run_frame(app)
        seen.append(captions(app.shown))
    shown = [number for number, texts in enumerate(seen) if texts]
    assert {text for texts in seen for text in texts} == {"In the cart: Honey granola"}
    assert shown == list(range(13, 13 + round(SHOWN_S * 30.0) + 1))


def test_subtitles_can_be_done_without():
    app, _, _ = visit(senses=Senses(subtitles=False))
    for _ in range(FRAMES):
        run_frame(app)
        assert captions(app.shown) == []
