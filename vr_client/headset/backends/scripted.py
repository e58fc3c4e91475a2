"""A headset that a program wears: poses and buttons come from a script, pictures go to it.

Time advances by a fixed step a frame, so the same script gives the same frames every time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from vr_client.frame_packet import EyeView, Matrix
from vr_client.headset.backend import (
    FrameInfo,
    HandState,
    HeadsetEvents,
    HeadsetUnavailableError,
    SessionState,
)

IPD_M = 0.063

# Each eye sees further outwards than towards the nose, as in every headset; with symmetric
# frusta a swapped eye or a flipped axis would pass unseen. Square pixels at 4:3.
LEFT_TANGENTS = (-0.80, 0.70, -0.60, 0.525)
RIGHT_TANGENTS = (-0.70, 0.80, -0.60, 0.525)


@dataclass(frozen=True, slots=True)
class ScriptFrame:
    """What the script does in one frame. `tangents` serve a single eye; stereo has its own."""

    world_from_head: Matrix = field(default_factory=lambda: np.eye(4))
    hands: tuple[HandState, ...] = ()
    size: tuple[int, int] = (640, 480)
    stereo: bool = True
    tangents: tuple[float, float, float, float] = (-0.85, 0.85, -0.65, 0.65)
    keys: tuple[str, ...] = ()
    state: SessionState = SessionState.FOCUSED
    typed: str = ""


Script = Callable[[int, float], ScriptFrame]
"""(frame index, time in seconds) to what happens in that frame."""

FrameSink = Callable[[FrameInfo, tuple[int, ...]], None]
"""Given each drawn frame: what was asked for, and one texture name an eye."""


def standing_still(index: int, time_s: float) -> ScriptFrame:
    """A script in which nothing happens: eyes 1.6 m above the origin, looking along -z."""
    del index, time_s
    world_from_head = np.eye(4)
    world_from_head[1, 3] = 1.6
    return ScriptFrame(world_from_head)


class ScriptedBackend:
    """Implements `HeadsetBackend` over a `Script`; see the contract for the order of calls."""

    name = "scripted"

    def __init__(
        self,
        script: Script = standing_still,
        on_frame: FrameSink | None = None,
        step_s: float = 1.0 / 60.0,
        **_options: Any,
    ) -> None:
        self._script = script
        self._on_frame = on_frame
        self._step_s = step_s
        self._index = -1
        self._open = False
        self._now = ScriptFrame()
        self._info: FrameInfo | None = None
        self.ticks: list[tuple[int, float, float]] = []
        """Every haptic tick so far: hand, seconds, strength."""
        self.recentred = 0

    def open(self) -> None:
        """Begin at frame 0."""
        if self._open:
            raise HeadsetUnavailableError("The scripted headset is already open: close it first.")
        self._open = True

    def poll(self) -> HeadsetEvents:
        """Ask the script for the next frame."""
        self._require_open()
        self._index += 1
        self._now = self._script(self._index, self._index * self._step_s)
        return HeadsetEvents(self._now.state, self._now.typed, self._now.keys)

    def begin_frame(self) -> FrameInfo:
        """Views, hands and time of the script's frame."""
        self._require_open()
        frame = self._now
        self._info = FrameInfo(
            views=_views(frame),
            world_from_head=frame.world_from_head,
            hands=frame.hands,
            predicted_time_s=self._index * self._step_s,
            should_render=frame.state in {SessionState.VISIBLE, SessionState.FOCUSED},
        )
        return self._info

    def end_frame(self, eye_textures: tuple[int, ...]) -> None:
        """Hand the pictures to whoever collects them."""
        self._require_open()
        wanted = len(self._info.views) if self._info and self._info.should_render else 0
        if self._info is None or len(eye_textures) != wanted:
            raise ValueError("end_frame needs one texture for each view of begin_frame")
        if self._on_frame is not None:
            self._on_frame(self._info, eye_textures)

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """Keep the tick for whoever asks."""
        self._require_open()
        self.ticks.append((hand, seconds, strength))

    def bounds(self) -> tuple[float, float] | None:
        """Unknown: a script walks where it wants."""
        return None

    def recentre(self) -> None:
        """Count how often somebody asked for it: a script is always where it wants to be."""
        self._require_open()
        self.recentred += 1

    def close(self) -> None:
        """Stop; a second close is harmless."""
        self._open = False

    def _require_open(self) -> None:
        if not self._open:
            raise HeadsetUnavailableError("The scripted headset is closed: open it first.")


def _views(frame: ScriptFrame) -> tuple[EyeView, ...]:
    if not frame.stereo:
        return (EyeView(frame.world_from_head, frame.tangents, frame.size),)
    eyes = []
    for side, tangents in ((-0.5, LEFT_TANGENTS), (0.5, RIGHT_TANGENTS)):
        world_from_eye = frame.world_from_head.copy()
        world_from_eye[:3, 3] += world_from_eye[:3, 0] * (side * IPD_M)
        eyes.append(EyeView(world_from_eye, tangents, frame.size))
    return tuple(eyes)
