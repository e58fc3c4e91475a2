"""What SteamVR says, and how far that lets us in."""

import pytest

from vr_client.headset.backend import HeadsetEvents, SessionState
from vr_client.headset.steamvr.session import ELSEWHERE, EVENTS, FAILURES_MAX, HMD, Session

FAILED = "CompositorError_RequestFailed"


def state(session, *, available=True):
    return session.state(input_available=available)


def test_somebody_wears_it_and_has_the_hands_or_the_dashboard_has_them():
    session = Session()
    assert state(session) is SessionState.FOCUSED
    assert state(session, available=False) is SessionState.VISIBLE


@pytest.mark.parametrize("off", ["EnterStandbyMode", "TrackedDeviceUserInteractionEnded"])
@pytest.mark.parametrize("on", ["LeaveStandbyMode", "TrackedDeviceUserInteractionStarted"])
def test_taken_off_and_put_on_again(off, on):
    session = Session()
    session.happened(f"VREvent_{off}", HMD)
    assert state(session) is SessionState.IDLE
    assert state(session, available=False) is SessionState.IDLE
    session.happened(f"VREvent_{on}", HMD)
    assert state(session) is SessionState.FOCUSED


def test_a_headset_that_nobody_wears_at_first():
    assert state(Session(worn=False)) is SessionState.IDLE


@pytest.mark.parametrize(
    ("gone", "back"),
    [
        ("TrackedDeviceDeactivated", "TrackedDeviceActivated"),
        ("WirelessDisconnect", "WirelessReconnect"),
        ("Compositor_DisplayDisconnected", "Compositor_DisplayReconnected"),
    ],
)
def test_unplugged_and_plugged_in_again(gone, back):
    session = Session()
    session.happened(f"VREvent_{gone}", HMD)
    assert state(session) is SessionState.LOST
    assert not session.lost_for_good
    session.happened(f"VREvent_{back}", HMD)
    assert state(session) is SessionState.FOCUSED


def test_what_a_controller_does_is_not_what_the_headset_does():
    session = Session()
    for name in sorted(EVENTS):
        if "Tracked" in name or "Standby" in name:
            session.happened(name, 3)
    assert state(session) is SessionState.FOCUSED


def test_another_program_in_front_takes_the_hands_but_is_no_failure():
    session = Session()
    for _ in range(FAILURES_MAX * 2):
        session.answered(ELSEWHERE)
    assert state(session) is SessionState.VISIBLE
    assert not session.lost_for_good
    session.answered()
    assert state(session) is SessionState.FOCUSED


def test_the_compositor_may_fail_for_a_moment_and_not_for_long():
    session = Session()
    for _ in range(FAILURES_MAX - 1):
        session.answered(FAILED)
    assert state(session) is SessionState.FOCUSED
    session.answered()
    for _ in range(FAILURES_MAX):
        assert not session.lost_for_good
        session.answered(FAILED)
    assert session.lost_for_good
    assert state(session) is SessionState.LOST


@pytest.mark.parametrize("name", ["VREvent_Quit", "VREvent_DriverRequestedQuit"])
def test_quitting_is_stronger_than_anything(name):
    session = Session(worn=False)
    session.happened(name, 0xFFFFFFFF)
    assert state(session) is SessionState.QUITTING


def test_only_the_end_ends_the_frames():
    over = {state: HeadsetEvents(state).over for state in SessionState}
    assert [state for state, ends in over.items() if ends] == [SessionState.QUITTING]
    assert HeadsetEvents(SessionState.LOST, for_good=True).over
