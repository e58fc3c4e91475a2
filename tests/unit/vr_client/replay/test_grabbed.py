"""A trip on which goods were taken in hand, replayed bit for bit."""

import numpy as np
import pytest

from tests.golden.small_scene import small_scene
from tests.unit.vr_client.replay.recorded_visit import Numbered, record_visit
from vr_client.headset.backend import HandState, SessionState
from vr_client.headset.backends.scripted import ScriptFrame
from vr_client.replay.camera import Undrawn
from vr_client.replay.command import Wishes, run_replay
from vr_client.replay.player import Player
from vr_client.replay.recording import Recording
from vr_client.space.pose import look_at, pose
from vr_client.state.events import AddToCart

FRAMES = 130
SCENE = small_scene()
CARTON = int(np.flatnonzero(SCENE.product_of == 2)[2])
MIDDLE = SCENE.bounds[CARTON].astype(float).mean(axis=0)
EYE = np.array([0.0, 1.6, 0.9])
BASKET = np.array([-0.25, 0.95, 0.72])
GONE = HandState(np.eye(4), tracked=False)


class Kept(Numbered):
    """Keeps what each frame would draw of hands and basket, down to the last bit."""

    def __init__(self):
        self.seen = []

    def draw(self, packet):
        self.seen.append(facts(packet))
        return super().draw(packet)


class KeptAgain(Undrawn):
    """The same of a replay."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def draw(self, packet):
        self.seen.append(facts(packet))
        return super().draw(packet)


def facts(packet):
    basket = packet.basket
    return (
        [(unit.instance, unit.world_from_unit.tobytes()) for unit in packet.held],
        packet.hidden,
        packet.highlight,
        (basket.world_from_basket.tobytes(), basket.over) if basket is not None else None,
    )


def script(index, _time_s):
    """Reach, take, look at it, pass it on, lose it from sight, let it go, call it, buy it."""
    wobble = np.array([0.003 * (index % 5), 0.002 * (index % 3), 0.0])
    head = look_at(EYE + wobble, MIDDLE)
    left = pose(np.array((-0.3, 1.3, 0.5)) + wobble)
    right = pose(MIDDLE + np.array((0.0, 0.0, 0.06)))
    lent = False
    if 14 <= index < 50:
        right = pose(np.array((0.1, 1.3, 0.5)) + wobble, 4.0 * index, 2.0 * index)
    if 24 <= index < 40:
        left, lent = pose(np.array((0.05, 1.3, 0.48)) + wobble), True
    if index >= 60:
        right = look_at(np.array((0.1, 1.2, 0.5)) + wobble, MIDDLE)
    if index >= 85:
        right = pose(BASKET + wobble)
    grab = 8 <= index < 30 or 70 <= index < 100
    hands = (HandState(left, grab=lent), HandState(right, grab=grab))
    if 32 <= index < 36:
        hands = (GONE, GONE)
    state = SessionState.VISIBLE if index in {44, 76} else SessionState.FOCUSED
    return ScriptFrame(head, hands, (64, 48), state=state)


@pytest.fixture(scope="module")
def trip(tmp_path_factory):
    path, kept = tmp_path_factory.mktemp("grabbed") / "trip.rec", Kept()
    _, app = record_visit(path, FRAMES, script=script, renderer=kept)
    return path, app, kept.seen


def test_the_recorded_trip_took_passed_and_bought(trip):
    _, app, seen = trip
    assert [(one.sku, one.quantity) for one in app.worker._inner.sent] == [("SKU-2", 1)]
    assert isinstance(app.worker._inner.sent[0], AddToCart)
    away = [hidden for _, hidden, _, _ in seen]
    assert away[5] == away[60] == away[-1] == ()
    assert away[15] == away[35] == away[90] == (CARTON,)
    assert any(basket is not None and basket[1] for *_, basket in seen)
    assert len({held[0][1] for held, *_ in seen if held}) > 60


def test_every_pose_of_every_frame_is_the_same_to_the_last_bit(trip):
    path, _, seen = trip
    kept = KeptAgain()
    with Recording(path) as recording:
        played = list(Player(recording.header, kept).play(recording.frames()))
    assert len(played) == FRAMES
    assert kept.seen == seen


def test_the_replay_finds_no_difference(trip):
    outcome = run_replay(Wishes(trip[0]), lambda *_: None)
    assert (outcome.frames, outcome.difference) == (FRAMES, None)
