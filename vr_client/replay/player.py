"""Plays a recording through the real client: its frame loop, its state, its panels.

What a frame asks for it gets from the file; what it does to the world outside is left out. After
each frame its state is held against the recorded one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from vr_client.app import App, StoreRenderer
from vr_client.assemble import furnish
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import FrameInfo, HeadsetEvents, SessionState
from vr_client.headset.mirrored import GONE
from vr_client.label_queue import DrawLabel
from vr_client.outside import Outside
from vr_client.preferences import UnkeptPreferences
from vr_client.replay.digest import StateDigests
from vr_client.replay.listening import Art
from vr_client.replay.recording import Frame
from vr_client.replay.table import Header
from vr_client.state.events import Intent, NetEvent, PlanRoute

_BLANK = np.zeros((1, 1, 4), np.uint8)


class StrayedError(Exception):
    """A frame asks for what the recorded one did not: it is another frame."""


class CutError(Exception):
    """The recording ends inside this frame."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first frame that is not as recorded; `fields` of the state differ, or `what` says it."""

    frame: int
    time_s: float
    fields: tuple[str, ...] = ()
    what: str = ""

    @property
    def sentence(self) -> str:
        """For a person."""
        differs = self.what or f"differs in {', '.join(self.fields)}"
        return f"frame {self.frame} at {self.time_s:.3f} s {differs}"


@dataclass(frozen=True, slots=True)
class Played:
    """One frame as it was replayed; `drawn` whether its headset was looked into."""

    index: int
    time_s: float
    drawn: bool
    state: dict[str, bytes]


def no_label(*_facts: object, **_how: object) -> NDArray[np.uint8]:
    """What is on a label when nothing is drawn."""
    return _BLANK


class Player:
    """One client over one recording. `difference` says where the two part, if they do."""

    def __init__(
        self,
        header: Header,
        renderer: StoreRenderer,
        draw_label: DrawLabel = no_label,
        show: Callable[[tuple[int, ...]], None] | None = None,
    ) -> None:
        """`show` gets each frame's textures.

        Raises:
            Failure: a font is missing.
        """
        setup = header.setup
        neck = setup.neck if setup.neck is not None else setup.controls == "desktop"
        self._headset = (ReplayedWindow if neck else ReplayedHeadset)(setup.controls, show)
        self._shop = ReplayedShop()
        self._outside = ReplayedOutside()
        settings = header.settings
        self.app: App = furnish(
            self._headset, self._shop, renderer, setup, draw_label,
            preferences=UnkeptPreferences(settings) if settings is not None else None,
            outside=self._outside,
        )  # fmt: skip
        self.difference: Difference | None = None
        self._digests = StateDigests()
        self._time_s = 0.0

    def play(self, frames: Iterator[Frame]) -> Iterator[Played]:
        """Frame after frame until the recording ends, or the first that is not as recorded.

        Raises:
            Failure: the client itself comes to grief over what it is given.
        """
        for frame in frames:
            if frame.info is not None:
                self._time_s = frame.info.predicted_time_s
            try:
                goes_on = self._turn(frame)
            except CutError:
                return
            except StrayedError as error:
                if not frame.ended:
                    return  # it goes on where the recorded one broke off
                self.difference = Difference(frame.index, self._time_s, what=str(error))
                return
            except Failure:
                raise
            except Exception as error:
                raise Failure(
                    f"The client breaks in frame {frame.index} of this recording at "
                    f"{self._time_s:.3f} s ({type(error).__name__}: {error}): if it did so when "
                    "it was recorded, this file is what to send to the developers."
                ) from error
            self._digests.changed(self.app.state)
            now = self._digests.now
            if frame.ended:
                common = frame.state.keys() & now.keys()
                fields = tuple(sorted(n for n in common if frame.state[n] != now[n]))
                if fields:
                    self.difference = Difference(frame.index, self._time_s, fields)
                    return
            drawn = frame.info is not None and frame.info.should_render
            yield Played(frame.index, self._time_s, drawn, dict(now))
            if not goes_on:
                return

    def _turn(self, frame: Frame) -> bool:
        self._headset.frame = self._shop.frame = frame
        self._outside.begin(frame)
        goes_on = run_frame(self.app)
        if goes_on:
            self.app.keep_pictures()
        if frame.ended and self._outside.is_left:
            raise StrayedError("asks for less than it did")
        return goes_on


class ReplayedHeadset:
    """Gives the recorded poses and buttons."""

    def __init__(
        self, controls: str, show: Callable[[tuple[int, ...]], None] | None = None
    ) -> None:
        self.name = "desktop" if controls == "desktop" else "replayed"
        self.frame: Frame | None = None
        self._show = show

    def open(self) -> None:
        """It is a file."""

    def poll(self) -> HeadsetEvents:
        """What happened then."""
        if self.frame is None:
            return HeadsetEvents(SessionState.QUITTING)
        if GONE in self.frame.seen.keys:
            self.name = "desktop"  # the window beside the headset went on alone
        return self.frame.seen

    def begin_frame(self) -> FrameInfo:
        """Where eyes and hands were."""
        if self.frame is None or self.frame.info is None:
            raise CutError
        return self.frame.info

    def end_frame(self, eye_textures: tuple[int, ...]) -> None:
        """Show them to who looks on."""
        if self._show is not None:
            self._show(eye_textures)

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """Nobody holds it."""
        del hand, seconds, strength

    def bounds(self) -> tuple[float, float] | None:
        """No frame asks for it."""
        return None

    def recentre(self) -> None:
        """The recorded poses have it."""

    def close(self) -> None:
        """It is a file."""


class ReplayedWindow(ReplayedHeadset):
    """The same of who had a keyboard and a neck: they do nothing more, for they have done it.

    Whoever had none must have none again, for the client waits a frame for a neck.
    """

    def take_text(self, *, wanted: bool) -> None:
        """What was typed is known."""
        del wanted

    def tilt(self, pitch_deg: float) -> None:
        """The recorded head has it."""
        del pitch_deg

    def lend_drag(self, *, wanted: bool) -> None:
        """What was turned is known."""
        del wanted


class ReplayedShop:
    """Gives the recorded news and pictures; what is sent goes nowhere."""

    def __init__(self) -> None:
        self.frame: Frame | None = None

    def send(self, intent: Intent) -> None:
        """Its answer is in the file."""
        del intent

    def poll(self, limit: int = 64) -> list[NetEvent]:
        """What the shop told."""
        del limit
        return list(self.frame.news) if self.frame is not None else []

    def ask(self, question: PlanRoute) -> None:
        """Its answer is in the file."""
        del question

    def want_art(self, key: bytes, sku: str) -> None:
        """It comes when it came."""
        del key, sku

    def take_art(self, limit: int) -> list[Art]:
        """Pictures that came."""
        del limit
        return list(self.frame.art) if self.frame is not None else []


class ReplayedOutside(Outside):
    """Gives the recorded answers, each once."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: list[str] = []
        self._unix_s: list[float] = []
        self._browsed: list[bool] = []
        self._told: list[str] = []

    def begin(self, frame: Frame) -> None:
        """The answers of this frame."""
        self._ids = list(frame.ids)
        self._unix_s = list(frame.unix_s)
        self._browsed = list(frame.browsed)
        self._told = list(frame.told)

    @property
    def is_left(self) -> bool:
        """Whether the recorded frame asked for more than this one did."""
        return bool(self._ids or self._unix_s or self._browsed)

    def new_id(self) -> str:
        """An id that was made then."""
        if not self._ids:
            raise StrayedError("sends something to the shop that it did not send")
        return self._ids.pop(0)

    def unix_s(self) -> float:
        """What time it was."""
        if not self._unix_s:
            raise StrayedError("asks for the time, which it did not")
        return self._unix_s.pop(0)

    def browse(self, url: str) -> bool:
        """Whether a browser opened; none does now."""
        del url
        if not self._browsed:
            raise StrayedError("opens a page that it did not open")
        return self._browsed.pop(0)

    def keep_picture(self, pixels: NDArray[np.uint8]) -> None:
        """It was kept then."""
        del pixels

    def told(self) -> list[str]:
        """What became of screenshots then."""
        told, self._told = self._told, []
        return told
