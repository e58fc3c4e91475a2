"""Puts the client together: headset, sync worker, state, panels, labels and renderer.

Control flow is in `frame_loop`; what happens in each of its lines is here, in the same order.
"""

import threading
import time
import uuid
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import EyeView, FramePacket, HandPose, Laser
from vr_client.headset.backend import FrameInfo, HeadsetBackend, HeadsetEvents
from vr_client.interact.picking import PickIndex
from vr_client.interact.pointer import Pointer, Pointing
from vr_client.interact.rig import Rig
from vr_client.interact.walk import obstacles
from vr_client.label_queue import LabelQueue
from vr_client.near_art import NearArt
from vr_client.render.renderer import Renderer
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    Event,
    Intent,
    IntentSent,
    LanguageChanged,
    NetEvent,
    Noticed,
    ProductPointed,
)
from vr_client.state.reduce import mark_labels_drawn, reduce
from vr_client.ui.actions import Action, go_back, point_at, press, scroll, toggle
from vr_client.ui.panel_set import PanelSet, UiFrame
from vr_client.ui.placement import Sight

TICK_S, TICK_STRENGTH = 0.02, 0.5
NEAR_EYE_M = 0.1
"""A hand this near the eye is a mouse: it has a pointer of its own, and neither hand nor beam."""

ZOOM_MAX = 1.55
"""A window asks for a pixel a panel unit; more than this, and the longest panel would not fit."""

WIDEST_PANEL = 680.0
"""Panel units: the line of keys, with its shadow and a margin."""


class Worker(Protocol):
    """The line to the shop: `vr_client.net.handle.SyncWorker`. Neither call ever blocks."""

    def send(self, intent: Intent) -> None:
        """Hand an intent over."""

    def poll(self, limit: int = 64) -> list[NetEvent]:
        """What came since the last poll, at most `limit`."""


class App:
    """Everything that lives as long as the client does; `frame_loop.run_frame` turns it once."""

    def __init__(
        self,
        headset: HeadsetBackend,
        worker: Worker,
        renderer: Renderer,
        panels: PanelSet,
        labels: LabelQueue,
        art: NearArt | None = None,
        *,
        at_entrance: bool = True,
    ) -> None:
        self.headset = headset
        self.worker = worker
        self.renderer = renderer
        self.pointer = Pointer()
        self.picks: PickIndex | None = None
        self.state = ClientState()
        self.shown = UiFrame()
        self.rig = Rig()
        self.frame = -1
        self._panels = panels
        self._labels = labels
        self._art = art
        self._at_entrance = at_entrance
        self._scene: SceneDescription | None = None
        self._footprints: NDArray[np.float64] = np.empty((0, 2, 2))
        self._room: NDArray[np.float64] = np.array([[-1e3, -1e3], [1e3, 1e3]])
        self._time_s: float | None = None
        self._screenshot = False

    # ------------------------------------------------------------ in the order of a frame

    def apply(self, event: Event) -> None:
        """The one way the state changes."""
        self.state = reduce(self.state, event)

    def take_scene(self) -> None:
        """Upload the store when a new one is compiled, and stand at its entrance the first time."""
        scene = self.state.scene
        if scene is None or scene is self._scene:
            return
        first = self._scene is None
        self.renderer.load_scene(scene)
        self._labels.load(scene)
        if self._art is not None:
            self._art.load(scene)
        self.picks = PickIndex(scene)
        self._footprints = obstacles(self.picks.solids)
        self._room = np.array(scene.room, np.float64)[:, [0, 2]]
        self._scene = scene
        if first and self._at_entrance:
            self.rig = Rig(*scene.entrance)

    def stand(self, info: FrameInfo) -> FrameInfo:
        """Walk as the sticks say, and see the frame from where the shopper stands."""
        before = self._time_s if self._time_s is not None else info.predicted_time_s
        step_s = max(0.0, info.predicted_time_s - before)
        self._time_s = info.predicted_time_s
        self.frame += 1
        here = self.rig.place(info)
        self.rig = self.rig.walked(here, step_s, self._footprints, self._room)
        return self.rig.place(info)

    def decide(
        self, seen: HeadsetEvents, info: FrameInfo, aims: tuple[Pointing, ...]
    ) -> Iterator[Action]:
        """What the buttons and keys of this frame mean."""
        for aim in aims:
            # The wheel first: in a slow frame it was turned before the press that ends it.
            steps = info.hands[aim.hand].scroll
            if steps and aim.panel is not None:
                if aim.panel.panel == "cart":
                    self._panels.turn_cart(self.state, -1 if steps > 0 else 1)
                yield from scroll(aim.panel.panel, steps, self.state)
            if aim.pressed:
                self.headset.haptic(aim.hand, TICK_S, TICK_STRENGTH)
                yield from self._press(aim)
            if aim.menu:
                yield from toggle("cart", self.state)
            if aim.back:
                yield from go_back(self.state)
        if "help" in seen.keys:
            yield from toggle("help", self.state)
        if "language" in seen.keys:
            yield LanguageChanged("en" if self.state.language == "ko" else "ko")
        self._screenshot = "screenshot" in seen.keys

    def do(self, action: Action) -> None:
        """Send an intent to the shop and keep it pending, or change what is the client's own."""
        if isinstance(action, Intent):
            self.worker.send(action)
            self.apply(IntentSent(action))
        else:
            self.apply(action)

    def draw_panels(self, info: FrameInfo, aims: tuple[Pointing, ...]) -> UiFrame:
        """The panels of this frame."""
        hits = tuple(aim.panel for aim in aims if aim.panel is not None)
        return self._panels.build(
            self.state, info.world_from_head, hits, info.predicted_time_s, time.time(),
            self._clear, self.shown, _sight(info.views),
        )  # fmt: skip

    def pack(self, info: FrameInfo, aims: tuple[Pointing, ...]) -> FramePacket:
        """Everything the renderer may know."""
        eye = info.world_from_head[:3, 3]
        forward = -info.world_from_head[:3, 2]
        labels, drawn = self._labels.take(self.state, eye, forward)
        self.state = mark_labels_drawn(self.state, drawn)
        pointed = next((aim.instance for aim in aims if aim.instance >= 0), -1)
        return FramePacket(
            index=self.frame,
            time_s=info.predicted_time_s,
            views=info.views,
            panels=self.shown.panels,
            lasers=tuple(
                Laser(aim.ray.origin, aim.ray.at(aim.distance_m), aim.hit)
                for aim in aims
                if not _is_mouse(aim.ray.origin, eye)
            ),
            hands=tuple(
                HandPose(hand.world_from_hand, left=number == 0 and len(info.hands) > 1)
                for number, hand in enumerate(info.hands)
                if hand.tracked and not _is_mouse(hand.world_from_hand[:3, 3], eye)
            ),
            labels=labels,
            art=self._art.take(eye, forward) if self._art is not None else (),
            textures=self.shown.textures,
            highlight=pointed if pointed >= 0 else self.state.card_instance,
        )

    @property
    def settled(self) -> bool:
        """Whether all pictures near the shopper are there in full, labels and art."""
        there = self._scene is not None and self._labels.settled and not self.state.labels_dirty
        return there and (self._art is None or self._art.settled)

    def keep_pictures(self) -> None:
        """Write the screenshot that was asked for, into the folder the client was started in."""
        if self._screenshot:
            self._screenshot = False
            name = time.strftime("endcap-%Y%m%d-%H%M%S.png")
            try:
                Image.fromarray(self.renderer.read_eye(0)).save(Path(name))
            except OSError:
                self.apply(Noticed(f"picture_lost={Path.cwd()}"))
            else:
                self.apply(Noticed(f"picture_kept={name}"))

    # ------------------------------------------------------------ pressing

    def _press(self, aim: Pointing) -> tuple[Action, ...]:
        if aim.panel is not None:
            target = self.shown.target_at(aim.panel)
            if target == "cart.more":
                self._panels.turn_cart(self.state, 1)
                return ()
            if target == "checkout.browse" and self.state.checkout is not None:
                return () if _browse(self.state.checkout.url) else (Noticed("no_browser"),)
            return press(target, self.state, new_intent_id) if target is not None else ()
        if aim.instance >= 0:
            return point_at(aim.instance, self.state)
        return (ProductPointed(None),) if self.state.card_sku is not None else ()

    def _clear(self, eye: NDArray[np.float64], points: NDArray[np.float64]) -> float:
        return self.picks.clear_fraction(eye, points) if self.picks is not None else 1.0


def new_intent_id() -> str:
    """Unique for all shoppers and all time, so that the shop can tell a repeat."""
    return uuid.uuid4().hex


def _is_mouse(hand: NDArray[np.float64], eye: NDArray[np.float64]) -> bool:
    return float(np.linalg.norm(hand - eye)) < NEAR_EYE_M


def _sight(views: tuple[EyeView, ...]) -> Sight:
    """What every eye sees around its middle, and how much larger panels have to be there."""
    left, right, bottom, top = np.abs([view.tangents for view in views]).min(axis=0)
    half = np.degrees(np.arctan([min(left, right), min(bottom, top)]))
    pixels = min(view.size[1] / (view.tangents[3] - view.tangents[2]) for view in views) / 1000.0
    fits = 2000.0 * float(min(left, right)) / WIDEST_PANEL
    zoom = min(max(1.0, 1.0 / pixels), ZOOM_MAX, fits)
    return Sight(float(half[0]), float(half[1]), zoom)


def _browse(url: str) -> bool:
    """Open `url` in this computer's own browser; False when it has none."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # In a thread: some browsers are waited for until they are up.
    threading.Thread(target=browser.open, args=(url,), daemon=True).start()
    return True
