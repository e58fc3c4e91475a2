"""Puts the client together: headset, sync worker, state, panels, labels and renderer.

Control flow is in `frame_loop`; what happens in each of its lines is here, in the same order.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription, differs_in_light_only
from vr_client.art_counter import ArtCounter
from vr_client.carrying import Carrying, new_rows
from vr_client.choices import Choices
from vr_client.first_run import FirstRun, noted
from vr_client.frame_packet import ArtUpdate, FramePacket
from vr_client.headset.backend import (
    FrameInfo,
    HeadsetBackend,
    HeadsetEvents,
    KeyboardAndNeck,
)
from vr_client.hearing import Hearing
from vr_client.interact.picking import PickIndex
from vr_client.interact.pointer import Pointer, Pointing
from vr_client.label_queue import LabelQueue
from vr_client.near_art import NearArt
from vr_client.outside import Outside
from vr_client.packing import Pictures, pack, sight_of
from vr_client.preferences import Preferences
from vr_client.sound.cues import Sounded
from vr_client.sound.handle import Loudspeaker
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    ComfortChanged,
    Event,
    Intent,
    IntentSent,
    LanguageChanged,
    LessonMoved,
    LocalEvent,
    NetEvent,
    Noticed,
    PanelToggled,
    PlanRoute,
    ProductMarked,
    ProductPointed,
    SensesChanged,
    WayWanted,
)
from vr_client.state.reduce import mark_labels_told, reduce
from vr_client.traveller import Traveller
from vr_client.turns import Turns
from vr_client.ui.actions import (
    Action,
    GoToAisle,
    GoToProduct,
    GoToSpot,
    KeepPicture,
    ShowWay,
    is_writing,
    to_get,
)
from vr_client.ui.alternatives import Alternatives
from vr_client.ui.around import Around
from vr_client.ui.finder import NOTHING, Finder, Found
from vr_client.ui.panel_set import PanelSet, UiFrame
from vr_client.ui.placement import Sight, angles

ARRIVED_M = 0.9
"""So near the end of a way one is there."""

REPLAN_M = 3.0
"""Who walked this far may have another shortest way."""


class Worker(Protocol):
    """The line to the shop: `vr_client.net.handle.SyncWorker`. Neither call ever blocks."""

    def send(self, intent: Intent) -> None:
        """Hand an intent over."""

    def ask(self, question: PlanRoute) -> None:
        """Ask for a walk; the answer comes with `poll`, or never where there is no store."""

    def poll(self, limit: int = 64) -> list[NetEvent]:
        """What came since the last poll, at most `limit`."""


class StoreRenderer(Protocol):
    """What draws: `vr_client.render.renderer.Renderer`; a replay may draw otherwise, or nothing."""

    def load_scene(self, scene: SceneDescription) -> None:
        """Take a compiled store in place of the one before."""

    def draw(self, packet: FramePacket) -> tuple[int, ...]:
        """Draw every view; one GL texture name a view, none when the last pictures still hold."""

    def read_eye(self, eye: int) -> NDArray[np.uint8]:
        """The picture last drawn for an eye, (h, w, 3) sRGB codes."""


class App:
    """Everything that lives as long as the client does; `frame_loop.run_frame` turns it once."""

    def __init__(
        self,
        headset: HeadsetBackend,
        worker: Worker,
        renderer: StoreRenderer,
        panels: PanelSet,
        labels: LabelQueue,
        art: NearArt | None = None,
        counter: ArtCounter | None = None,
        *,
        at_entrance: bool = True,
        preferences: Preferences | None = None,
        outside: Outside | None = None,
        speaker: Loudspeaker | None = None,
        first_run: FirstRun | None = None,
    ) -> None:
        """`preferences` are taken over and kept up to date; without them everything is as usual."""
        self.headset = headset
        self.worker = worker
        self.renderer = renderer
        self.pointer = Pointer()
        self.picks: PickIndex | None = None
        self.state = ClientState()
        self.shown = UiFrame()
        self.feet = Traveller(at_entrance=at_entrance)
        self.frame = -1
        self.looked_at = True
        """Whether somebody looked into the headset in the last frame."""

        self._preferences = preferences
        self._panels = panels
        self._labels = labels
        self._art = art
        self._counter = counter
        self._label_turns, self._art_turns = Turns(), Turns()
        self.neck: KeyboardAndNeck | None = (
            headset if isinstance(headset, KeyboardAndNeck) else None
        )
        self._scene: SceneDescription | None = None
        self._finder = Finder()
        self.found: Found = NOTHING
        self._alternatives = Alternatives()
        self._instead: tuple[str, ...] = ()
        self._at_panels: frozenset[int] = frozenset()
        self._way_asked: object = None
        self._outside = outside or Outside()
        self.carrying = Carrying(self._outside, self)
        self._choices = Choices(panels, self._outside, self)
        self._to_show: ProductPointed | None = None
        self._screenshot = False
        self._hearing = Hearing(speaker)
        self._hopped = False
        self.sounded: tuple[Sounded, ...] = ()
        """What sounds in this frame."""

        if preferences is not None:
            self.apply(ComfortChanged(preferences.settings.comfort))
            self.apply(SensesChanged(preferences.settings.senses))
            if preferences.settings.language:
                self.apply(LanguageChanged(preferences.settings.language))
        self._first_run = first_run or FirstRun(None, "headset", welcome=False)
        for event in self._first_run.begin():
            self.apply(event)

    @property
    def scene(self) -> SceneDescription | None:
        """The store that is drawn; None before the first."""
        return self._scene

    # ------------------------------------------------------------ in the order of a frame

    def apply(self, event: Event) -> None:
        """The one way the state changes."""
        self.state = reduce(self.state, event)

    def take_scene(self) -> None:
        """Upload the store when a new one is compiled: the shopper stays, or stands at its door."""
        scene = self.state.scene
        if scene is None or scene is self._scene:
            return
        self.renderer.load_scene(scene)
        if self._scene is not None and differs_in_light_only(self._scene, scene):
            self._scene = scene
            return
        self._labels.load(scene)
        self._panels.load()
        if self._art is not None:
            self._art.load(scene)
        self.picks = PickIndex(scene)
        self.carrying.load(scene)
        if self._to_show is not None:  # its unit has another number here, or is gone
            row = new_rows(self._scene, scene, [self._to_show.instance])
            self._to_show = replace(self._to_show, instance=row.get(self._to_show.instance, -1))
        self._scene = scene
        self.feet.enter(scene, self.picks)

    def stand(self, info: FrameInfo) -> FrameInfo:
        """Walk as the sticks say or arrive where one goes, and see the frame from there."""
        self.frame += 1
        self.looked_at = info.should_render
        if self._to_show is not None:
            self.apply(self._to_show)
            self._to_show = None
        placed, arrived = self.feet.stand(info, self.state.comfort, self._at_panels)
        self._hopped = arrived is not None
        if arrived is not None:
            shown = None if arrived.sku is None else ProductPointed(arrived.sku, arrived.instance)
            if self.neck is not None and arrived.pitch_deg is not None:
                # The card hangs where one looks, and that is told with the next frame.
                self.neck.tilt(arrived.pitch_deg)
                self._to_show = shown
            elif shown is not None:
                self.apply(shown)
        return placed

    def reach(
        self, seen: HeadsetEvents, info: FrameInfo, aims: tuple[Pointing, ...]
    ) -> tuple[Pointing, ...]:
        """Take, hold and let go of goods; what the hands point at past those."""
        aims = self.carrying.turn(seen.state, info, aims)
        if self.neck is not None:
            self.neck.lend_drag(wanted=self.carrying.in_window)
        return aims

    def decide(
        self, seen: HeadsetEvents, info: FrameInfo, aims: tuple[Pointing, ...]
    ) -> Iterator[Action]:
        """What the buttons and keys of this frame mean."""
        self._at_panels = frozenset(aim.hand for aim in aims if aim.panel is not None)
        yield from self.carrying.actions()
        yield from self._choices.of(seen, info, aims)
        self._ask_the_way()
        if self._first_run.attends(self.state):
            yaw_deg = angles(-info.world_from_head[:3, 2])[0]
            lesson = self._first_run.turn(
                self.state, self.feet.spot, yaw_deg, info.predicted_time_s
            )
            if lesson is not None:
                yield lesson

    def _ask_the_way(self) -> None:
        """Plan the walk anew when where it leads to, the store or the place is another.

        It leads to what the shopper is shown the way to, else past what is on the list.
        """
        led_to = self.state.led_to
        if led_to is not None and self._has_arrived():
            self._show_card(led_to)
            led_to = None
        left = (led_to,) if led_to is not None else to_get(self.state)
        here = (round(self.feet.spot[0] / REPLAN_M), round(self.feet.spot[1] / REPLAN_M))
        key = (led_to, frozenset(left), here, id(self._scene))
        if left and self._scene is not None and key != self._way_asked:
            self._way_asked = key
            self.worker.ask(PlanRoute(left, self.feet.spot))

    def _has_arrived(self) -> bool:
        """Whether one stands where the way that is shown ends."""
        way = self.state.way
        if way is None or not way.path:
            return False
        (x, z), (end_x, end_z) = self.feet.spot, way.path[-1]
        return (end_x - x) ** 2 + (end_z - z) ** 2 < ARRIVED_M**2

    def _show_card(self, sku: str) -> None:
        """The card of a product one has come to, beside a unit of it; that ends the way."""
        ways, product = self.feet.ways, self.state.products.get(sku)
        journey = ways.to_product(sku) if ways is not None else None
        self.apply(ProductPointed(sku, journey.instance if journey is not None else -1))
        if product is not None:
            self.apply(Noticed(f"way_here={product.name(self.state.language)}"))

    def do(self, action: Action) -> None:
        """Send an intent to the shop and keep it pending, or change what is the client's own."""
        if isinstance(action, Intent):
            self.worker.send(action)
            self.apply(IntentSent(action))
        elif isinstance(action, GoToProduct | GoToAisle | GoToSpot):
            self._set_out(action)
        elif isinstance(action, ShowWay):
            self._lead_to(action.sku)
        elif isinstance(action, KeepPicture):
            self._screenshot = True
        else:
            self.apply(action)
            if self._preferences is not None and isinstance(
                action,
                ComfortChanged | LanguageChanged | SensesChanged | LessonMoved | PanelToggled,
            ):
                self._keep(self._preferences, action)

    def hear(self, info: FrameInfo, aims: tuple[Pointing, ...]) -> None:
        """The sounds of what happened in this frame."""
        self.sounded = self._hearing.turn(
            self.state, info.world_from_head, info.predicted_time_s, aims, self.shown,
            hopped=self._hopped,
        )  # fmt: skip

    def _keep(self, preferences: Preferences, action: LocalEvent) -> None:
        state = self.state
        language = state.language if state.language_chosen else ""
        settings = noted(preferences.settings, action)
        preferences.keep(
            msgspec.structs.replace(
                settings, comfort=state.comfort, language=language, senses=state.senses
            )
        )

    def draw_panels(self, info: FrameInfo, aims: tuple[Pointing, ...]) -> UiFrame:
        """The panels of this frame."""
        if self._counter is not None:
            self._counter.turn()
        hits = tuple(aim.panel for aim in aims if aim.panel is not None)
        state = self.state
        asks = is_writing(state) or "map" in state.panels
        query, category = (state.query, state.category) if asks else ("", "")
        self.found = self._finder.turn(state.products, query, state.language, category)
        self._instead = self._alternatives.turn(state.products, state.card_sku)
        return self._panels.build(
            state, info.world_from_head, hits, info.predicted_time_s, self._outside.unix_s(),
            self._clear, self.shown, self._sight(info), self._around(info),
        )  # fmt: skip

    def pack(self, info: FrameInfo, aims: tuple[Pointing, ...]) -> FramePacket:
        """Everything the renderer may know."""
        eye = info.world_from_head[:3, 3]
        forward = -info.world_from_head[:3, 2]
        hands = self.carrying.shown
        busy = any(panel.drawing is not None for panel in self.shown.panels)
        draws = self._label_turns.is_ours(busy=busy)
        labels, told = self._labels.take(self.state, eye, forward, draws=draws)
        self.state = mark_labels_told(self.state, told)
        art: tuple[ArtUpdate, ...] = ()
        if self._art is not None and self._art_turns.is_ours(busy=busy or bool(labels)):
            art = self._art.take(eye, forward, hands.products)
        pictures = Pictures(labels, art)
        return pack(self.frame, info, aims, self.state, self.shown, self.feet, pictures, hands)

    @property
    def to_come(self) -> int | None:
        """How many pictures of labels and of what is near are still to come; None: no store yet."""
        if self._scene is None:
            return None
        return (
            len(self.state.labels_dirty) + self._labels.to_come + self._panels.to_come
            + (self._art.to_come if self._art is not None else 0)
        )  # fmt: skip

    def keep_pictures(self) -> None:
        """Keep the screenshot that was asked for, and say what became of those before."""
        if self._screenshot:
            self._screenshot = False
            self._outside.keep_picture(self.renderer.read_eye(0))
        for notice in self._outside.told():
            self.apply(Noticed(notice))

    # ------------------------------------------------------------ going somewhere

    def _set_out(self, goal: GoToProduct | GoToAisle | GoToSpot) -> None:
        ways = self.feet.ways
        if ways is None:
            return
        match goal:
            case GoToProduct(sku=sku):
                self.apply(WayWanted(None))
                self.apply(ProductMarked(sku))
                journey = ways.to_product(sku)
            case GoToAisle(number=number):
                journey = ways.to_aisle(number)
            case GoToSpot(spot=spot):
                journey = ways.to_spot(spot)
        for panel in ("search", "map", "wishes"):
            self.apply(PanelToggled(panel, visible=False))
        if journey is not None:
            self.feet.set_out(journey)
        elif isinstance(goal, GoToProduct):
            self.apply(ProductPointed(goal.sku))
            self.apply(Noticed("not_on_shelf"))

    def _lead_to(self, sku: str) -> None:
        """Show the way there from now on, and nothing that would stand in it.

        To what is within reach there is none: it glows, with its card beside it.
        """
        product = self.state.products.get(sku)
        if product is None:
            return
        name, ways = product.name(self.state.language), self.feet.ways
        here = ways.here(sku, self.feet.spot) if ways is not None else None
        self._way_asked = None
        for panel in ("search", "map"):
            self.apply(PanelToggled(panel, visible=False))
        if here is not None:
            self.apply(WayWanted(None))
            self.apply(ProductMarked(sku))
            self.apply(ProductPointed(sku, here))
            self.apply(Noticed(f"way_here={name}"))
            return
        self.apply(ProductPointed(None))
        self.apply(WayWanted(sku))
        self.apply(Noticed(f"way_shown={name}"))

    def _around(self, info: FrameInfo) -> Around:
        ways, state = self.feet.ways, self.state
        hands = self.carrying.shown
        caption = self._hearing.caption(state, info.predicted_time_s)
        family = next((hand.kind for hand in info.hands if hand.kind), "")
        if ways is None:
            return Around(
                found=self.found, alternatives=self._instead, caption=caption, family=family
            )
        shows_map = "map" in state.panels
        return Around(
            ways.plan,
            self.feet.spot,
            angles(-info.world_from_head[:3, 2])[0],
            ways.pins(state.marked_sku) if shows_map else (),
            ways.pins_found(self.found) if shows_map and state.marked_sku is None else (),
            self.found,
            self.feet.darkness(info.predicted_time_s),
            hands.box,
            hands.basket,
            self._instead,
            caption,
            family,
        )

    def _sight(self, info: FrameInfo) -> Sight | None:
        """What a window shows; heads turn, so a headset's panels need not be in view."""
        if self._panels.controls != "desktop":
            return None
        return sight_of(info.views, info.content_scale)

    def _clear(self, eye: NDArray[np.float64], points: NDArray[np.float64]) -> float:
        return self.picks.clear_fraction(eye, points) if self.picks is not None else 1.0
