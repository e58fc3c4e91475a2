"""How far SteamVR lets us in, from its events and its compositor's answers. Pure.

Events and errors come by the names that the OpenVR headers give them.
"""

from typing import Final

from vr_client.headset.backend import SessionState

HMD: Final = 0  # k_unTrackedDeviceIndex_Hmd
FAILURES_MAX: Final = 90
"""So many frames on end, a second and more, without the compositor: SteamVR is gone for good."""

QUIT: Final = frozenset({"VREvent_Quit", "VREvent_DriverRequestedQuit"})
TAKEN_OFF: Final = frozenset(
    {"VREvent_EnterStandbyMode", "VREvent_TrackedDeviceUserInteractionEnded"}
)
PUT_ON: Final = frozenset(
    {"VREvent_LeaveStandbyMode", "VREvent_TrackedDeviceUserInteractionStarted"}
)
UNPLUGGED: Final = frozenset(
    {
        "VREvent_TrackedDeviceDeactivated",
        "VREvent_WirelessDisconnect",
        "VREvent_Compositor_DisplayDisconnected",
    }
)
PLUGGED_IN: Final = frozenset(
    {
        "VREvent_TrackedDeviceActivated",
        "VREvent_WirelessReconnect",
        "VREvent_Compositor_DisplayReconnected",
    }
)
OF_ONE_DEVICE: Final = frozenset(
    {
        "VREvent_TrackedDeviceActivated",
        "VREvent_TrackedDeviceDeactivated",
        "VREvent_TrackedDeviceUserInteractionStarted",
        "VREvent_TrackedDeviceUserInteractionEnded",
        "VREvent_EnterStandbyMode",
        "VREvent_LeaveStandbyMode",
    }
)
"""What controllers do as well: only the headset's count here."""

EVENTS: Final = QUIT | TAKEN_OFF | PUT_ON | UNPLUGGED | PLUGGED_IN

OURS: Final = frozenset(
    {
        "CompositorError_InvalidTexture",
        "CompositorError_TextureIsOnWrongDevice",
        "CompositorError_TextureUsesUnsupportedFormat",
        "CompositorError_SharedTexturesNotSupported",
        "CompositorError_IndexOutOfRange",
        "CompositorError_InvalidBounds",
    }
)
"""Answers to a picture that no waiting mends."""

ELSEWHERE: Final = "CompositorError_DoNotHaveFocus"
"""Another program has the scene (or SteamVR has not given it to us yet), which is no failure."""


class Session:
    """One session with SteamVR, from `init` to `shutdown`."""

    def __init__(self, *, worn: bool = True) -> None:
        self.quitting = False
        self._worn = worn
        self._plugged_in = True
        self._in_front = True
        self._failures = 0

    @property
    def lost_for_good(self) -> bool:
        """Whether to stop calling: the runtime died."""
        return self._failures >= FAILURES_MAX

    def happened(self, event: str, device: int) -> None:
        """Takes in one of `EVENTS`."""
        if event in OF_ONE_DEVICE and device != HMD:
            return
        if event in QUIT:
            self.quitting = True
        elif event in TAKEN_OFF:
            self._worn = False
        elif event in UNPLUGGED:
            self._plugged_in = False
        elif event in PLUGGED_IN:
            self._plugged_in = True
            self._worn = True
        elif event in PUT_ON:
            self._worn = True

    def answered(self, error: str = "") -> None:
        """Takes in the compositor's answer to `waitGetPoses`, "" when it is fine."""
        self._in_front = error != ELSEWHERE
        if error and self._in_front:
            self.failed()
        else:
            self._failures = 0

    def failed(self) -> None:
        """One more call that should have worked did not."""
        self._failures += 1

    def state(self, *, input_available: bool) -> SessionState:
        """What that comes to; `input_available` is `isInputAvailable`'s answer."""
        if self.quitting:
            return SessionState.QUITTING
        if self.lost_for_good or not self._plugged_in:
            return SessionState.LOST
        if not self._worn:
            return SessionState.IDLE
        focused = input_available and self._in_front
        return SessionState.FOCUSED if focused else SessionState.VISIBLE
