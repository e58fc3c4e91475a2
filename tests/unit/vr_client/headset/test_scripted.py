import numpy as np
import pytest

from vr_client.headset.backend import HandState, HeadsetUnavailableError, SessionState
from vr_client.headset.backends.scripted import (
    IPD_M,
    LEFT_TANGENTS,
    RIGHT_TANGENTS,
    ScriptedBackend,
    ScriptFrame,
)


def test_the_script_is_asked_once_a_frame_with_a_fixed_step():
    asked = []

    def script(index, time_s):
        asked.append((index, time_s))
        return ScriptFrame()

    backend = ScriptedBackend(script, step_s=0.5)
    backend.open()
    for _ in range(3):
        backend.poll()
        info = backend.begin_frame()
        backend.end_frame((1, 2))
    assert asked == [(0, 0.0), (1, 0.5), (2, 1.0)]
    assert info.predicted_time_s == 1.0


def test_the_eyes_stand_an_ipd_apart_and_see_further_outwards():
    head = np.eye(4)
    head[:3, 3] = (1.0, 1.6, 2.0)
    backend = ScriptedBackend(lambda _index, _time: ScriptFrame(head, size=(720, 800)))
    backend.open()
    backend.poll()
    left, right = backend.begin_frame().views
    assert (right.world_from_eye[0, 3] - left.world_from_eye[0, 3]) == pytest.approx(IPD_M)
    assert (left.tangents, right.tangents) == (LEFT_TANGENTS, RIGHT_TANGENTS)
    assert abs(left.tangents[0]) > left.tangents[1]
    assert left.size == right.size == (720, 800)


def test_one_eye_when_the_script_says_so():
    backend = ScriptedBackend(lambda _index, _time: ScriptFrame(stereo=False, size=(64, 36)))
    backend.open()
    backend.poll()
    assert [view.size for view in backend.begin_frame().views] == [(64, 36)]


def test_pictures_go_to_the_collector_and_must_be_one_an_eye():
    got = []
    backend = ScriptedBackend(on_frame=lambda info, eyes: got.append((len(info.views), eyes)))
    backend.open()
    backend.poll()
    backend.begin_frame()
    with pytest.raises(ValueError, match="one texture for each view"):
        backend.end_frame((7,))
    backend.end_frame((7, 8))
    assert got == [(2, (7, 8))]


def test_idle_frames_are_not_to_be_drawn():
    backend = ScriptedBackend(lambda _index, _time: ScriptFrame(state=SessionState.IDLE))
    backend.open()
    assert backend.poll().state is SessionState.IDLE
    assert backend.begin_frame().should_render is False


def test_hands_pass_through_and_ticks_are_kept():
    hand = HandState(np.eye(4), select=True)
    backend = ScriptedBackend(lambda _index, _time: ScriptFrame(hands=(hand,)))
    backend.open()
    backend.poll()
    assert backend.begin_frame().hands == (hand,)
    backend.haptic(1, 0.01, 0.5)
    assert backend.ticks == [(1, 0.01, 0.5)]


def test_nothing_works_before_open_or_after_close():
    backend = ScriptedBackend()
    with pytest.raises(HeadsetUnavailableError):
        backend.poll()
    backend.open()
    backend.close()
    with pytest.raises(HeadsetUnavailableError):
        backend.begin_frame()
