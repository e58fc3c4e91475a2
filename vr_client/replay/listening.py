"""Headset, shop and world outside as they are, each answer noted on its way to the frame loop."""

from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vr_client.assemble import Shop
from vr_client.headset.backend import FrameInfo, HeadsetBackend, HeadsetEvents, KeyboardAndNeck
from vr_client.outside import Outside
from vr_client.replay.scenes import plain_scene
from vr_client.replay.table import plain
from vr_client.state.client_state import ClientState
from vr_client.state.events import Intent, NetEvent, PlanRoute, SceneReady

Art = tuple[bytes, NDArray[np.uint8] | None]


@dataclass(slots=True)
class FrameNotes:
    """What has reached the frame so far."""

    seen: HeadsetEvents
    info: FrameInfo | None = None
    news: list[NetEvent] = field(default_factory=list)
    art: list[Art] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    unix_s: list[float] = field(default_factory=list)
    browsed: list[bool] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    state: ClientState | None = None
    ended: bool = False


class Notebook(Protocol):
    """Where the listeners write: `vr_client.replay.recorder.Recorder`."""

    notes: FrameNotes

    def next_frame(self, seen: HeadsetEvents) -> None:
        """A frame begins."""

    def take_news(self, news: list[NetEvent]) -> None:
        """What the shop told."""

    def take_art(self, art: list[Art]) -> None:
        """Pictures that came."""


class ListeningHeadset:
    """A headset whose poses and buttons are noted; the loop gets them as they will be replayed."""

    def __init__(self, inner: HeadsetBackend, notebook: Notebook) -> None:
        self.name = inner.name
        self._inner, self._notebook = inner, notebook

    def open(self) -> None:
        """Open it."""
        self._inner.open()

    def poll(self) -> HeadsetEvents:
        """What happened since the last poll."""
        seen: HeadsetEvents = plain(self._inner.poll())
        self.name = self._inner.name  # a window beside a headset has another once it is alone
        self._notebook.next_frame(seen)
        return seen

    def begin_frame(self) -> FrameInfo:
        """The latest poses."""
        given = self._inner.begin_frame()
        info: FrameInfo = plain(given)
        self._notebook.notes.info = info
        return _seen_with(info, given)

    def end_frame(self, eye_textures: tuple[int, ...]) -> None:
        """Hand the pictures over."""
        self._inner.end_frame(eye_textures)
        self._notebook.notes.ended = True

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """Pass it on."""
        self._inner.haptic(hand, seconds, strength)

    def bounds(self) -> tuple[float, float] | None:
        """The play area; no frame asks for it."""
        return self._inner.bounds()

    def recentre(self) -> None:
        """Pass it on; where it leads to is in the poses."""
        self._inner.recentre()

    def close(self) -> None:
        """Give the device back."""
        self._inner.close()


class ListeningWindow(ListeningHeadset):
    """A window has a keyboard and a neck as well."""

    def __init__(self, inner: HeadsetBackend, notebook: Notebook) -> None:
        super().__init__(inner, notebook)
        assert isinstance(inner, KeyboardAndNeck)
        self._neck: KeyboardAndNeck = inner

    def take_text(self, *, wanted: bool) -> None:
        """Pass it on."""
        self._neck.take_text(wanted=wanted)

    def tilt(self, pitch_deg: float) -> None:
        """Pass it on."""
        self._neck.tilt(pitch_deg)

    def lend_drag(self, *, wanted: bool) -> None:
        """Pass it on."""
        self._neck.lend_drag(wanted=wanted)


def _seen_with(info: FrameInfo, given: FrameInfo) -> FrameInfo:
    """With what lenses hide and controllers look like: it is drawn, and in no file."""
    if not given.looks and all(view.hidden_area is None for view in given.views):
        return info
    views = zip(info.views, given.views, strict=True)
    return replace(
        info,
        views=tuple(replace(one, hidden_area=two.hidden_area) for one, two in views),
        looks=given.looks,
    )


class ListeningShop:
    """A shop whose news and pictures are noted."""

    def __init__(self, inner: Shop, notebook: Notebook) -> None:
        self._inner, self._notebook = inner, notebook

    def send(self, intent: Intent) -> None:
        """Pass it on; the client's state has it until it is answered."""
        self._inner.send(intent)

    def poll(self, limit: int = 64) -> list[NetEvent]:
        """What came since the last poll."""
        news = [
            SceneReady(plain_scene(event.scene)) if isinstance(event, SceneReady) else event
            for event in self._inner.poll(limit)
        ]
        self._notebook.take_news(news)
        return news

    def ask(self, question: PlanRoute) -> None:
        """Pass it on; its answer comes with the news."""
        self._inner.ask(question)

    def want_art(self, key: bytes, sku: str) -> None:
        """Pass it on."""
        self._inner.want_art(key, sku)

    def take_art(self, limit: int) -> list[Art]:
        """Pictures that came."""
        art = self._inner.take_art(limit)
        self._notebook.take_art(art)
        return art


class ListeningOutside(Outside):
    """The world outside, each of its answers noted."""

    def __init__(self, notebook: Notebook) -> None:
        super().__init__()
        self._notebook = notebook

    def new_id(self) -> str:
        """A new id."""
        made = super().new_id()
        self._notebook.notes.ids.append(made)
        return made

    def unix_s(self) -> float:
        """The wall clock."""
        now_s = super().unix_s()
        self._notebook.notes.unix_s.append(now_s)
        return now_s

    def browse(self, url: str) -> bool:
        """Open a page."""
        opened = super().browse(url)
        self._notebook.notes.browsed.append(opened)
        return opened

    def told(self) -> list[str]:
        """What became of screenshots."""
        notices = super().told()
        self._notebook.notes.told += notices
        return notices
