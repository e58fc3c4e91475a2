"""Who is replayed has what they had: a neck that the client waits for, or none."""

import msgspec
import pytest

from tests.unit.vr_client.replay.recorded_visit import EYE, SETUP, record_visit
from vr_client.headset.backend import KeyboardAndNeck
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.replay.camera import Undrawn
from vr_client.replay.command import Wishes, run_replay
from vr_client.replay.player import Player
from vr_client.replay.recording import Recording
from vr_client.space.pose import pose

FRAMES = 40


class WithNeck(ScriptedBackend):
    """As a window is, and a headset that has a window beside it."""

    def take_text(self, *, wanted):
        del wanted

    def tilt(self, pitch_deg):
        del pitch_deg

    def lend_drag(self, *, wanted):
        del wanted


def script(index, _time_s):
    """Look a product up, and be brought before it."""
    typed = {12: "sku-3", 16: "\n"}.get(index, "")
    keys = ("search",) if index == 8 else ()
    return ScriptFrame(pose(EYE), (), (64, 48), keys=keys, typed=typed)


@pytest.mark.parametrize(
    ("backend", "controls", "neck", "has_one"),
    [
        (ScriptedBackend, "headset", False, False),
        (WithNeck, "headset", True, True),
        (WithNeck, "desktop", True, True),
        (ScriptedBackend, "headset", None, False),  # recorded before it was noted
        (WithNeck, "desktop", None, True),
    ],
)
def test_a_card_comes_in_the_very_frame_in_which_it_came(
    tmp_path, backend, controls, neck, has_one
):
    path = tmp_path / "a.rec"
    setup = msgspec.structs.replace(SETUP, controls=controls, neck=neck)
    _, app = record_visit(path, FRAMES, script=script, backend=backend, setup=setup)
    assert app.state.card_sku == "SKU-3"
    assert (app.neck is not None) == has_one
    outcome = run_replay(Wishes(path), lambda *_: None)
    assert (outcome.frames, outcome.difference) == (FRAMES, None)
    with Recording(path) as recording:
        again = Player(recording.header, Undrawn()).app
    assert isinstance(again.headset, KeyboardAndNeck) == has_one


def test_a_neck_that_was_not_there_is_found_out(tmp_path):
    """What the notice of it is good for: the client waits a frame for a neck."""
    path = tmp_path / "a.rec"
    wrong = msgspec.structs.replace(SETUP, neck=True)
    record_visit(path, FRAMES, script=script, setup=wrong)
    difference = run_replay(Wishes(path), lambda *_: None).difference
    assert difference is not None
    assert set(difference.fields) == {"card_instance", "card_sku", "panels"}
