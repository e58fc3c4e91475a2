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
from typing import Any

import numpy as np

from store_scenes.typefaces.native_words import native_words_dropped
from vr_client.frame_packet import EyeView, HandLook, HiddenArea, Matrix
from vr_client.headset.backend import (
    FrameInfo,
    HandState,
    HeadsetEvents,
    HeadsetUnavailableError,
    SessionState,
)
from vr_client.headset.resolution import ResolutionScale
from vr_client.headset.steamvr.application import (
    identify,
    start_by_hand,
    start_with_steamvr,
    starts_with_steamvr,
)
from vr_client.headset.steamvr.hands import Hands
from vr_client.headset.steamvr.installation import (
    PRESENT,
    VERIFY,
    ask_in_a_child,
    fault_of,
    is_damaged,
    path_registry,
)
from vr_client.headset.steamvr.mesh import hidden_area
from vr_client.headset.steamvr.poses import rigid
from vr_client.headset.steamvr.render_models import RenderModels
from vr_client.headset.steamvr.session import ELSEWHERE, EVENTS, OURS, Session

EVENTS_MAX = 64
STANDING_EYES_M = 1.6
FAILED_WAIT_S = 1.0 / 90.0
SEEN = frozenset({SessionState.VISIBLE, SessionState.FOCUSED})

INSTEAD = "or use --headset desktop"
NOT_HERE = "SteamVR is not installed here"


PROBE = """
import openvr
if openvr.isHmdPresent():
    print("present")
else:
    try:
        openvr.init(openvr.VRApplication_Background)
        openvr.shutdown()
    except openvr.OpenVRError as error:
        words = openvr.getVRInitErrorAsEnglishDescription(getattr(error, "error_value", 0))
        print(type(error).__name__, words, sep="|")
"""
"""Loads SteamVR's library (`isHmdPresent` is the first that does), in a process of its own."""


def what_is_missing(*, headset: bool = True) -> str:
    """One sentence: what keeps a SteamVR headset from being tried here; "" when nothing does.

    Not `headset`: what keeps SteamVR from being asked something without one.
    """
    if find_spec("openvr") is None:
        return f"The Python package openvr is not installed: run `pip install openvr`, {INSTEAD}."
    with native_words_dropped():
        import openvr

        installed = openvr.isRuntimeInstalled()
    if not installed:
        registry = path_registry()
        if is_damaged(registry):
            return f"SteamVR's file {registry} is damaged: start SteamVR once, {INSTEAD}."
        return f"{NOT_HERE}: install it, {INSTEAD}."
    manner, answer = ask_in_a_child(PROBE)
    fault = fault_of(manner, answer)
    if fault:
        return f"{fault}: {VERIFY}, {INSTEAD}."
    if headset and answer != PRESENT:
        return f"SteamVR is installed but sees no headset: connect one, {INSTEAD}."
    return ""


def autostart(choice: str, arguments: str = "shop") -> bool:
    """Whether the shop starts with SteamVR, after `choice`: "on", "off" or "status".

    Raises:
        HeadsetUnavailableError: SteamVR cannot be asked, or does not do it; says why.
    """
    missing = what_is_missing(headset=False)
    if missing:
        raise HeadsetUnavailableError(missing.replace(f", {INSTEAD}", ""))
    with native_words_dropped():
        import openvr

        try:
            # Neither needs a headset nor becomes what is shown in one.
            openvr.init(openvr.VRApplication_Utility)
            if choice == "on":
                start_with_steamvr(openvr, arguments)
            elif choice == "off":
                start_by_hand(openvr)
            return starts_with_steamvr(openvr)
        except (openvr.OpenVRError, KeyError) as error:
            raise HeadsetUnavailableError(
                f"SteamVR does not take the shop into its list ({type(error).__name__}): "
                "start SteamVR and try again."
            ) from error
        except OSError as error:
            raise HeadsetUnavailableError(
                f"{error.filename}: SteamVR's entry cannot be written there ({error.strerror}): "
                "make the folder writable."
            ) from error
        finally:
            openvr.shutdown()


class OpenVrBackend:
    """Implements `HeadsetBackend` over SteamVR.

    `after_submit` is called once both eyes are handed over: the library leaves OpenGL errors and
    bindings of its own behind, and this room knows no OpenGL. `seated` measures from where the
    person sits (TrackingUniverseSeated), and lifts the eyes to those of somebody who stands.
    """

    name = "openvr"

    def __init__(
        self,
        after_submit: Callable[[], None] = lambda: None,
        *,
        seated: bool = False,
        **_options: Any,
    ) -> None:
        """Takes and ignores the options of other backends."""
        self._after_submit = after_submit
        self._seated = seated
        self._vr: Any = None  # the openvr module, once initialised
        self._system: Any = None
        self._compositor: Any = None
        self._hands: Hands | None = None
        self._models: RenderModels | None = None
        self._session = Session()
        self._named: dict[int, str] = {}
        self._views: tuple[EyeView, ...] = ()
        self._hidden: dict[int, HiddenArea | None] = {}
        self._resolution = ResolutionScale()
        self._frame_ms = 0.0
        self._timed = -1
        self._keys: list[str] = []
        self._state = SessionState.IDLE
        self._our_turn = False
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
                identify(openvr)
                universe = self._universe(openvr)
                self._hands = Hands(openvr, universe, self._lift())
                self._models = RenderModels(openvr, self._system, self._hands.sources)
            except openvr.OpenVRError as error:
                openvr.shutdown()
                raise HeadsetUnavailableError(_sentence(openvr, error)) from error
        self._vr = openvr
        self._compositor.setTrackingSpace(universe)
        self._named = {int(getattr(openvr, name)): name for name in EVENTS if hasattr(openvr, name)}
        level = self._system.getTrackedDeviceActivityLevel(openvr.k_unTrackedDeviceIndex_Hmd)
        self._session = Session(worn=level != openvr.k_EDeviceActivityLevel_Standby)
        self._frame_ms = _frame_ms(openvr, self._system)
        self._hidden = {
            int(eye): hidden_area(self._system, eye) for eye in (openvr.Eye_Left, openvr.Eye_Right)
        }
        self._poses = (openvr.TrackedDevicePose_t * openvr.k_unMaxTrackedDeviceCount)()
        self._event = openvr.VREvent_t()
        self._look()

    def poll(self) -> HeadsetEvents:
        """What SteamVR says (`pollNextEvent`): that it quits, who wears it, whose the hands are."""
        self._running()
        for _ in range(EVENTS_MAX):
            if self._over or not self._system.pollNextEvent(self._event):
                break
            name = self._named.get(int(self._event.eventType), "")
            self._session.happened(name, int(self._event.trackedDeviceIndex))
            if name == "VREvent_Quit":
                # From here on SteamVR waits for us to be gone, and kills who is not.
                self._system.acknowledgeQuit_Exiting()
        # While the dashboard is open, no input arrives.
        available = not self._over and bool(self._system.isInputAvailable())
        self._state = self._session.state(input_available=available)
        keys, self._keys = tuple(self._keys), []
        return HeadsetEvents(self._state, keys=keys, for_good=self._session.lost_for_good)

    def begin_frame(self) -> FrameInfo:
        """Waits for the compositor's turn; both eyes with their own tangents, both hands."""
        self._running()
        hands: tuple[HandState, ...] = ()
        looks: tuple[HandLook | None, ...] = ()
        self._our_turn = False
        if not self._over:
            self._wait()
        if not self._over:
            self._look()
            if self._state is SessionState.FOCUSED:
                hands = self._take_hands()
                if hands and self._models is not None:
                    looks = self._models.looks(hands, self._poses, self._lift())
        return FrameInfo(
            views=self._views,
            world_from_head=self._world_from_head,
            hands=hands,
            predicted_time_s=time.monotonic(),
            should_render=self._our_turn and self._state in SEEN,
            looks=looks,
            upright=self._seated,
        )

    def end_frame(self, eye_textures: tuple[int, ...]) -> None:
        """`submit`s each eye's texture; without focus the compositor takes none: no error.

        Raises:
            HeadsetUnavailableError: the compositor refuses a texture for good.
        """
        vr = self._running()
        if len(eye_textures) < 2 or self._over or not self._our_turn:
            return
        bounds = vr.VRTextureBounds_t(0.0, 0.0, 1.0, 1.0)
        try:
            for eye, name in zip((vr.Eye_Left, vr.Eye_Right), eye_textures, strict=False):
                texture = vr.Texture_t(int(name), vr.TextureType_OpenGL, vr.ColorSpace_Gamma)
                self._compositor.submit(eye, texture, bounds)
        except vr.OpenVRError as error:
            if type(error).__name__ in OURS:
                raise HeadsetUnavailableError(
                    f"SteamVR does not take the pictures ({type(error).__name__}): "
                    f"restart SteamVR, {INSTEAD}."
                ) from error
            # Anything else is said again by the next waitGetPoses, which decides.
        finally:
            self._after_submit()

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """A tick in hand 0 (left) or 1 (right)."""
        self._running()
        if not self._over and self._hands is not None:
            self._hands.tick(hand, seconds, strength)

    def bounds(self) -> tuple[float, float] | None:
        """The play area (`getPlayAreaSize`), when the chaperone is set up."""
        vr = self._running()
        if self._over:
            return None
        with contextlib.suppress(vr.OpenVRError):
            known, width, depth = vr.VRChaperone().getPlayAreaSize()
            if known:
                return float(width), float(depth)
        return None

    def recentre(self) -> None:
        """`resetZeroPose`: where the head is and looks is the middle and the front from now on."""
        vr = self._running()
        if not self._over:
            with contextlib.suppress(vr.OpenVRError):
                vr.VRChaperone().resetZeroPose(self._universe(vr))

    def close(self) -> None:
        """Gives the headset back; a second time is harmless."""
        if self._vr is not None:
            vr, self._vr = self._vr, None
            if self._models is not None:
                (self._models.forget if self._over else self._models.close)()
            self._system = self._compositor = self._hands = self._models = None
            with native_words_dropped():
                vr.shutdown()

    @property
    def _over(self) -> bool:
        """Whether SteamVR must not be called any more, but for `shutdown`."""
        return self._session.quitting or self._session.lost_for_good

    def _universe(self, vr: Any) -> Any:
        return vr.TrackingUniverseSeated if self._seated else vr.TrackingUniverseStanding

    def _lift(self) -> float:
        """How much higher the shop is told the eyes and hands are: a seated zero is at the eyes."""
        return STANDING_EYES_M if self._seated else 0.0

    def _wait(self) -> None:
        """`waitGetPoses`: blocks until it is time to draw, then knows where the head will be."""
        vr = self._vr
        try:
            self._compositor.waitGetPoses(self._poses, None)
        except vr.OpenVRError as error:
            answer = type(error).__name__
        else:
            answer = ""
        self._session.answered(answer)
        # Without the scene's focus a picture is still due: handing one over is how to get it.
        self._our_turn = answer in {"", ELSEWHERE}
        if not self._our_turn:
            time.sleep(FAILED_WAIT_S)  # what failed has not waited
            return
        self._time()
        head = self._poses[vr.k_unTrackedDeviceIndex_Hmd]
        if head.bPoseIsValid:  # else tracking is lost: stay where we were
            self._world_from_head = rigid(head.mDeviceToAbsoluteTracking)
            self._world_from_head[1, 3] += self._lift()

    def _time(self) -> None:
        """`getFrameTiming`: how long the graphics card worked on the last frame it finished."""
        known, timing = self._compositor.getFrameTiming(0)
        if known and timing.m_nFrameIndex != self._timed:
            self._timed = int(timing.m_nFrameIndex)
            self._resolution.took(float(timing.m_flTotalRenderGpuMs), self._frame_ms)

    def _look(self) -> None:
        """Each eye anew: sizes, and with a wheel at the headset the eyes' distance, may change."""
        vr = self._vr
        self._views = tuple(self._view(eye) for eye in (vr.Eye_Left, vr.Eye_Right))

    def _view(self, eye: int) -> EyeView:
        left, right, lower, upper = self._system.getProjectionRaw(eye)
        head_from_eye = rigid(self._system.getEyeToHeadTransform(eye))
        size = self._resolution.of(self._system.getRecommendedRenderTargetSize())
        return EyeView(
            self._world_from_head @ head_from_eye,
            (left, right, lower, upper),
            size,
            self._hidden[int(eye)],
        )

    def _take_hands(self) -> tuple[HandState, ...]:
        assert self._hands is not None, "open() made it"
        try:
            hands = self._hands.now()
        except self._vr.OpenVRError:  # the controllers' side of SteamVR is away: no hands
            return ()
        if self._hands.wants_recentre:
            self._keys.append("recentre")
        return hands

    def _running(self) -> Any:
        if self._vr is None:
            raise HeadsetUnavailableError("The headset is closed: start endcap shop again.")
        return self._vr


def _frame_ms(vr: Any, system: Any) -> float:
    """How long the display shows one frame (Prop_DisplayFrequency_Float); 0 when it says not."""
    with contextlib.suppress(vr.OpenVRError):
        hmd, frequency = vr.k_unTrackedDeviceIndex_Hmd, vr.Prop_DisplayFrequency_Float
        hertz = float(system.getFloatTrackedDeviceProperty(hmd, frequency))
        if hertz > 0.0:
            return 1000.0 / hertz
    return 0.0


def _sentence(vr: Any, error: Exception) -> str:
    """The library's errors have empty texts; their class's name and description say more."""
    name = type(error).__name__
    value = getattr(error, "error_value", None)
    if value is None:
        reason = " ".join(str(error).split())
    else:
        reason = f"{vr.getVRInitErrorAsEnglishDescription(value)}, {name}"
    return f"SteamVR did not start ({reason}): start it by itself and see what it says, {INSTEAD}."
