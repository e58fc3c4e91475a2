"""SteamVR headsets, through the `openvr` package: the only file that imports it.

Facts that the library does not tell (OpenVR SDK documentation, and tried against 2.12): without
SteamVR it imports and answers 0; `getProjectionRaw`'s "top" is the lower tangent; `submit` needs
bounds although its signature has a default; after `shutdown` every call of an interface is a
crash, so nothing here calls one then.
"""

import contextlib
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from store_scenes.typefaces.native_words import native_words_dropped
from vr_client.frame_packet import EyeView, Matrix
from vr_client.headset.backend import (
    FrameInfo,
    HandState,
    HeadsetEvents,
    HeadsetUnavailableError,
    SessionState,
)

MANIFEST = Path(__file__).resolve().parent.parent / "openvr_actions" / "actions.json"
ACTIONS = ("hand", "select", "menu", "back", "move", "quantity")
HANDS = ("/user/hand/left", "/user/hand/right")
EVENTS_MAX = 64
STANDING_EYES_M = 1.6
TICK_HZ = 160.0
STEP_ON, STEP_OFF = 0.7, 0.4
"""A stick past the first is one step of quantity; it must come back behind the second before
the next."""

INSTEAD = "or use --headset desktop"


def what_is_missing() -> str:
    """One sentence: what keeps a SteamVR headset from being tried here; "" when nothing does."""
    if find_spec("openvr") is None:
        return f"The Python package openvr is not installed: run `pip install openvr`, {INSTEAD}."
    with native_words_dropped():
        import openvr

        runtime = openvr.isRuntimeInstalled()
        headset = runtime and openvr.isHmdPresent()
    if not runtime:
        return f"SteamVR is not installed here: install it, {INSTEAD}."
    if not headset:
        return f"SteamVR is installed but sees no headset: connect one, {INSTEAD}."
    return ""


class OpenVrBackend:
    """Implements `HeadsetBackend` over SteamVR.

    `after_submit` is called once both eyes are handed over: the library leaves OpenGL errors and
    bindings of its own behind, and this room knows no OpenGL.
    """

    name = "openvr"

    def __init__(self, after_submit: Callable[[], None] = lambda: None, **_options: Any) -> None:
        """Takes and ignores the options of other backends."""
        self._after_submit = after_submit
        self._vr: Any = None  # the openvr module, once initialised
        self._system: Any = None
        self._compositor: Any = None
        self._input: _Input | None = None
        self._quitting = False
        self._state = SessionState.IDLE
        self._world_from_head: Matrix = np.eye(4)
        self._world_from_head[1, 3] = STANDING_EYES_M  # until the first pose is known

    def open(self) -> None:
        """Raises HeadsetUnavailableError with what is missing."""
        missing = what_is_missing()
        if missing:
            raise HeadsetUnavailableError(missing)
        with native_words_dropped():
            import openvr

            try:
                self._system = openvr.init(openvr.VRApplication_Scene)
                self._compositor = openvr.VRCompositor()
                self._input = _Input(openvr)
            except openvr.OpenVRError as error:
                openvr.shutdown()
                raise HeadsetUnavailableError(_sentence(openvr, error)) from error
        self._vr = openvr
        self._compositor.setTrackingSpace(openvr.TrackingUniverseStanding)
        self._poses = (openvr.TrackedDevicePose_t * openvr.k_unMaxTrackedDeviceCount)()
        self._event = openvr.VREvent_t()

    def poll(self) -> HeadsetEvents:
        """What SteamVR says: that it quits, or whether the dashboard has the hands."""
        vr = self._running()
        for _ in range(EVENTS_MAX):
            if self._quitting or not self._system.pollNextEvent(self._event):
                break
            if self._event.eventType in {vr.VREvent_Quit, vr.VREvent_DriverRequestedQuit}:
                self._system.acknowledgeQuit_Exiting()
                self._quitting = True
        if self._quitting:
            self._state = SessionState.QUITTING
        else:
            focused = self._system.isInputAvailable()
            self._state = SessionState.FOCUSED if focused else SessionState.VISIBLE
        return HeadsetEvents(self._state)

    def begin_frame(self) -> FrameInfo:
        """Waits for the compositor's turn; both eyes with their own tangents, both hands."""
        vr = self._running()
        self._compositor.waitGetPoses(self._poses, None)
        head = self._poses[vr.k_unTrackedDeviceIndex_Hmd]
        if head.bPoseIsValid:  # else tracking is lost: stay where we were
            self._world_from_head = _matrix(head.mDeviceToAbsoluteTracking)
        focused = self._state is SessionState.FOCUSED
        assert self._input is not None, "open() made it"
        return FrameInfo(
            views=tuple(self._view(eye) for eye in (vr.Eye_Left, vr.Eye_Right)),
            world_from_head=self._world_from_head,
            hands=self._input.hands() if focused else (),
            predicted_time_s=time.monotonic(),
        )

    def end_frame(self, eye_textures: tuple[int, ...]) -> None:
        """Submits each eye's texture; without focus the compositor takes none, which is no error.

        Raises:
            HeadsetUnavailableError: the compositor refuses a texture for good.
        """
        vr = self._running()
        if len(eye_textures) < 2 or self._quitting:
            return
        bounds = vr.VRTextureBounds_t(0.0, 0.0, 1.0, 1.0)
        try:
            for eye, name in zip((vr.Eye_Left, vr.Eye_Right), eye_textures, strict=False):
                texture = vr.Texture_t(int(name), vr.TextureType_OpenGL, vr.ColorSpace_Gamma)
                self._compositor.submit(eye, texture, bounds)
        except vr.error_code.CompositorError_DoNotHaveFocus:
            pass
        except vr.OpenVRError as error:
            raise HeadsetUnavailableError(
                f"SteamVR does not take the pictures ({type(error).__name__}): restart SteamVR, "
                f"{INSTEAD}."
            ) from error
        finally:
            self._after_submit()

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """A tick in hand 0 (left) or 1 (right)."""
        self._running()
        assert self._input is not None, "open() made it"
        self._input.tick(hand, seconds, strength)

    def bounds(self) -> tuple[float, float] | None:
        """The play area, when the chaperone is set up."""
        vr = self._running()
        with contextlib.suppress(vr.OpenVRError):
            known, width, depth = vr.VRChaperone().getPlayAreaSize()
            if known:
                return float(width), float(depth)
        return None

    def close(self) -> None:
        """Gives the headset back; a second time is harmless."""
        if self._vr is not None:
            vr, self._vr = self._vr, None
            self._system = self._compositor = self._input = None
            with native_words_dropped():
                vr.shutdown()

    def _view(self, eye: int) -> EyeView:
        left, right, lower, upper = self._system.getProjectionRaw(eye)
        head_from_eye = _matrix(self._system.getEyeToHeadTransform(eye))
        width, height = self._system.getRecommendedRenderTargetSize()
        return EyeView(
            self._world_from_head @ head_from_eye, (left, right, lower, upper), (width, height)
        )

    def _running(self) -> Any:
        if self._vr is None:
            raise HeadsetUnavailableError("The headset is closed: start endcap shop again.")
        return self._vr


class _Input:
    """The shop's actions, as SteamVR binds them to whatever controllers there are."""

    def __init__(self, vr: Any) -> None:
        self._vr = vr
        self._input = vr.VRInput()
        self._input.setActionManifestPath(str(MANIFEST))
        # A ctypes array: a list would be replaced by zeros without a word.
        self._sets = (vr.VRActiveActionSet_t * 1)()
        self._sets[0].ulActionSet = self._input.getActionSetHandle("/actions/shop")
        self._action = {
            name: self._input.getActionHandle(f"/actions/shop/in/{name}") for name in ACTIONS
        }
        self._tick = self._input.getActionHandle("/actions/shop/out/tick")
        self._sources = [self._input.getInputSourceHandle(path) for path in HANDS]
        self._stepped = [0.0, 0.0]

    def hands(self) -> tuple[HandState, ...]:
        """Left and right as they are now."""
        self._input.updateActionState(self._sets)
        return tuple(self._hand(number) for number in range(len(self._sources)))

    def tick(self, hand: int, seconds: float, strength: float) -> None:
        with contextlib.suppress(self._vr.OpenVRError):  # no controller, no tick
            self._input.triggerHapticVibrationAction(
                self._tick, 0.0, seconds, TICK_HZ, strength, self._sources[hand]
            )

    def _hand(self, number: int) -> HandState:
        source = self._sources[number]
        held = self._input.getPoseActionDataForNextFrame(
            self._action["hand"], self._vr.TrackingUniverseStanding, source
        )
        if not (held.bActive and held.pose.bPoseIsValid):
            return HandState(np.eye(4), tracked=False)
        move = self._input.getAnalogActionData(self._action["move"], source)
        return HandState(
            world_from_hand=_matrix(held.pose.mDeviceToAbsoluteTracking),
            select=self._pressed("select", source),
            menu=self._pressed("menu", source),
            back=self._pressed("back", source),
            scroll=self._steps(number, source),
            move=(float(move.x), float(move.y)) if move.bActive else (0.0, 0.0),
        )

    def _pressed(self, action: str, source: int) -> bool:
        return bool(self._input.getDigitalActionData(self._action[action], source).bState)

    def _steps(self, number: int, source: int) -> float:
        stick = self._input.getAnalogActionData(self._action["quantity"], source).y
        if abs(stick) < STEP_OFF:
            self._stepped[number] = 0.0
        if abs(stick) < STEP_ON or self._stepped[number]:
            return 0.0
        self._stepped[number] = 1.0 if stick > 0.0 else -1.0
        return self._stepped[number]


def _matrix(rows: Any) -> Matrix:
    """A rigid (4, 4) from a HmdMatrix34_t: single precision made orthonormal again."""
    matrix = np.eye(4)
    matrix[:3] = np.ctypeslib.as_array(rows.m)
    turn, _, back = np.linalg.svd(matrix[:3, :3])
    matrix[:3, :3] = turn @ back
    return matrix


def _sentence(vr: Any, error: Exception) -> str:
    """The library's errors have empty texts; their class's name and description say more."""
    name = type(error).__name__
    value = getattr(error, "error_value", None)
    if value is None:
        reason = " ".join(str(error).split())
    else:
        reason = f"{vr.getVRInitErrorAsEnglishDescription(value)}, {name}"
    return f"SteamVR did not start ({reason}): start it by itself and see what it says, {INSTEAD}."
