"""The contract of a headset backend, shaped so that OpenXR fits later.

Call order: open, then per frame poll, begin_frame, end_frame; close once, after which nothing may
be called. All calls come from the one render thread. Results stay constant between two polls.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, runtime_checkable

from catalog_sync.model.failure import Failure
from vr_client.frame_packet import EyeView, HandLook, Matrix


class HeadsetUnavailableError(Failure):
    """This backend cannot run here; the text is one sentence for a person, with what to do.

    It has the form "what: what to do".
    """

    @property
    def what(self) -> str:
        """The first half of the sentence, without the advice."""
        return str(self).partition(": ")[0].rstrip(".")


class SessionState(Enum):
    """How far the headset lets us in: draw when VISIBLE or FOCUSED, take input when FOCUSED.

    IDLE: nobody wears it. LOST: it is unplugged, and may come back. QUITTING: it wants us to go.
    """

    IDLE = "idle"
    VISIBLE = "visible"
    FOCUSED = "focused"
    LOST = "lost"
    QUITTING = "quitting"


@dataclass(frozen=True, slots=True)
class HandState:
    """One controller: pose (grip, pointing along -z) and buttons held during this frame."""

    world_from_hand: Matrix
    tracked: bool = True
    select: bool = False  # trigger: press what is pointed at
    menu: bool = False  # opens and closes the cart
    back: bool = False  # closes the panel in front
    scroll: float = 0.0  # steps since the last poll; up is positive
    move: tuple[float, float] = (0.0, 0.0)  # stick, right and forward, -1..1
    run: bool = False  # the stick walks twice as fast
    grab: bool = False  # grip: take what is reached, hold it, let go of it
    teleport: bool = False  # held: choose where to; let go: be there
    turn: int = 0  # 1 to the left, -1 to the right, held as long as it is
    twist: tuple[float, float] = (0.0, 0.0)  # of a window: degrees to turn what is held
    stick: tuple[float, float] = (0.0, 0.0)  # its stick or pad, whatever that is bound to
    kind: str = ""  # the family of the controller, as in `headset.controls`; "" unknown


@dataclass(frozen=True, slots=True)
class FrameInfo:
    """What to draw now. `views` come per frame: sizes, poses and tangents may all change.

    `content_scale` is how many pixels of a view stand for one of a plain screen (HiDPI). `looks`
    are those of the hands, in their order, where the headset knows what its controllers look like.
    `upright`: the eyes are as high as those of somebody who stands, whatever the person does.
    """

    views: tuple[EyeView, ...]
    world_from_head: Matrix
    hands: tuple[HandState, ...]  # at most (left, right)
    predicted_time_s: float
    should_render: bool = True
    content_scale: float = 1.0
    looks: tuple[HandLook | None, ...] = ()
    upright: bool = False


@dataclass(frozen=True, slots=True)
class HeadsetEvents:
    r"""What happened since the last poll.

    `typed` is text from a real keyboard, with \b, \n, ^P (up) and ^N (down) where those keys came.
    `keys` are things asked for by key, named as in `vr_client.headset.controls`. `for_good`: what
    is LOST does not come back, and nothing but `close` may follow.
    """

    state: SessionState
    typed: str = ""
    keys: tuple[str, ...] = field(default=())
    for_good: bool = False

    @property
    def over(self) -> bool:
        """Whether there will be no more frames."""
        return self.state is SessionState.QUITTING or self.for_good


class HeadsetBackend(Protocol):
    """One way to see and touch the store."""

    name: str

    def open(self) -> None:
        """Claim the device. Raises HeadsetUnavailableError with one sentence."""

    def poll(self) -> HeadsetEvents:
        """Take in what happened; must be called once a frame, first."""

    def begin_frame(self) -> FrameInfo:
        """Wait for the device's turn and give the latest poses, as late as possible."""

    def end_frame(self, eye_textures: tuple[int, ...]) -> None:
        """Hand over one OpenGL texture name an eye (single-sample RGBA8, sRGB-encoded).

        None at all when nothing was drawn: the last pictures stay.
        """

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """Let hand 0 (left) or 1 (right) feel a tick; silently nothing where there is none."""

    def bounds(self) -> tuple[float, float] | None:
        """Width and depth of the play area in metres, or None when unknown."""

    def recentre(self) -> None:
        """Where the person is and looks now is the middle and the front from now on."""

    def close(self) -> None:
        """Give the device back."""


@runtime_checkable
class KeyboardAndNeck(Protocol):
    """What a window can do and a headset cannot: it writes, and its neck turns without a person."""

    def take_text(self, *, wanted: bool) -> None:
        """While text is `wanted`, letters are written and do nothing else."""

    def tilt(self, pitch_deg: float) -> None:
        """Look this far upwards from now on."""

    def lend_drag(self, *, wanted: bool) -> None:
        """While `wanted`, what turns the view turns what is held instead (`HandState.twist`)."""
