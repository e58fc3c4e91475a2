"""Puts the client together: headset, sync worker, state, panels, labels and renderer.

Control flow is in `frame_loop`; what happens in each of its lines is here, in the same order.
"""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription, differs_in_light_only
from vr_client.frame_packet import EyeView, FramePacket, HandPose, HopMark, Laser
from vr_client.headset.backend import (
    FrameInfo,
    HandState,
    HeadsetBackend,
    HeadsetEvents,
    KeyboardAndNeck,
)
from vr_client.headset.mirrored import GONE
from vr_client.interact.hop import Landing
from vr_client.interact.picking import PickIndex
from vr_client.interact.pointer import Pointer, Pointing
from vr_client.interact.rays import PanelHit
from vr_client.interact.trail import steps_along
from vr_client.interact.walk import Spot
from vr_client.label_queue import LabelQueue
from vr_client.near_art import NearArt
from vr_client.outside import Outside
from vr_client.preferences import Preferences, Settings
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    ComfortChanged,
    Event,
    Intent,
    IntentSent,
    LanguageChanged,
    NetEvent,
    Noticed,
    PanelToggled,
    PlanRoute,
    ProductMarked,
    ProductPointed,
)
from vr_client.state.reduce import mark_labels_drawn, reduce
from vr_client.traveller import Traveller
from vr_client.ui.actions import (
    Action,
    GoToAisle,
    GoToProduct,
    GoToSpot,
    go_back,
    is_writing,
    other_language,
    point_at,
    press,
    scroll,
    to_get,
    toggle,
    write,
)
from vr_client.ui.around import Around
from vr_client.ui.finder import NOTHING, Finder, Found
from vr_client.ui.panel_set import PanelSet, UiFrame
from vr_client.ui.panels.floor_map import frame_of
from vr_client.ui.placement import APART, Sight, angles
from vr_client.ui.theme import SHADOW

TYPED_MAX = 256  # letters that may wait for a search to end
TICK_S, TICK_STRENGTH = 0.02, 0.5
REPLAN_M = 3.0
"""Who walked this far may have another shortest way."""

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
        *,
        at_entrance: bool = True,
        preferences: Preferences | None = None,
        outside: Outside | None = None,
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
        self._preferences = preferences
        self._panels = panels
        self._labels = labels
        self._art = art
        self._neck = headset if isinstance(headset, KeyboardAndNeck) else None
        self._scene: SceneDescription | None = None
        self._finder = Finder()
        self._found: Found = NOTHING
        self._unwritten = ""
        self._at_panels: frozenset[int] = frozenset()
        self._way_asked: object = None
        self._outside = outside or Outside()
        self._screenshot = False
        if preferences is not None:
            self.apply(ComfortChanged(preferences.settings.comfort))
            if preferences.settings.language:
                self.apply(LanguageChanged(preferences.settings.language))

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
        if self._art is not None:
            self._art.load(scene)
        self.picks = PickIndex(scene)
        self._scene = scene
        self.feet.enter(scene, self.picks)

    def stand(self, info: FrameInfo) -> FrameInfo:
        """Walk as the sticks say or arrive where one goes, and see the frame from there."""
        self.frame += 1
        placed, arrived = self.feet.stand(info, self.state.comfort, self._at_panels)
        if arrived is not None:
            if self._neck is not None and arrived.pitch_deg is not None:
                self._neck.tilt(arrived.pitch_deg)
            if arrived.sku is not None:
                self.apply(ProductPointed(arrived.sku, arrived.instance))
        return placed

    def decide(
        self, seen: HeadsetEvents, info: FrameInfo, aims: tuple[Pointing, ...]
    ) -> Iterator[Action]:
        """What the buttons and keys of this frame mean."""
        self._at_panels = frozenset(aim.hand for aim in aims if aim.panel is not None)
        for aim in aims:
            yield from self._hand_acts(aim, info.hands[aim.hand])
        for key in seen.keys:
            yield from self._key_acts(key)
        if is_writing(self.state):
            typed = (self._unwritten + seen.typed)[:TYPED_MAX]
            actions, self._unwritten = write(typed, self.state, self._found)
            yield from actions
        else:
            self._unwritten = ""
        if self._neck is not None:
            self._neck.take_text(wanted=is_writing(self.state))
        self._ask_the_way()

    def _ask_the_way(self) -> None:
        """Plan the walk past the list anew when the list, the store or the place is another."""
        left = to_get(self.state)
        here = (round(self.feet.spot[0] / REPLAN_M), round(self.feet.spot[1] / REPLAN_M))
        key = (frozenset(left), here, id(self._scene))
        if left and self._scene is not None and key != self._way_asked:
            self._way_asked = key
            self.worker.ask(PlanRoute(left, self.feet.spot))

    def do(self, action: Action) -> None:
        """Send an intent to the shop and keep it pending, or change what is the client's own."""
        if isinstance(action, Intent):
            self.worker.send(action)
            self.apply(IntentSent(action))
        elif isinstance(action, GoToProduct | GoToAisle | GoToSpot):
            self._set_out(action)
        else:
            self.apply(action)
            if self._preferences is not None and isinstance(
                action, ComfortChanged | LanguageChanged
            ):
                language = self.state.language if self.state.language_chosen else ""
                self._preferences.keep(Settings(self.state.comfort, language))

    def draw_panels(self, info: FrameInfo, aims: tuple[Pointing, ...]) -> UiFrame:
        """The panels of this frame."""
        hits = tuple(aim.panel for aim in aims if aim.panel is not None)
        state = self.state
        query = state.query if is_writing(state) or "map" in state.panels else ""
        self._found = self._finder.turn(state.products, query, state.language)
        return self._panels.build(
            state, info.world_from_head, hits, info.predicted_time_s, self._outside.unix_s(),
            self._clear, self.shown, _sight(info.views, info.content_scale), self._around(info),
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
            hop=_hop_mark(self.feet.landing),
            trail=_trail(self.state, self.feet.spot),
            vignette=self.feet.vignette,
        )

    @property
    def to_come(self) -> int | None:
        """How many pictures of labels and of what is near are still to come; None: no store yet."""
        if self._scene is None:
            return None
        unsorted = len(self.state.labels_dirty)  # some of them may be queued already
        return (
            max(unsorted, self._labels.to_come)
            + (self._art.to_come if self._art is not None else 0)
        )  # fmt: skip

    def keep_pictures(self) -> None:
        """Keep the screenshot that was asked for, and say what became of those before."""
        if self._screenshot:
            self._screenshot = False
            self._outside.keep_picture(self.renderer.read_eye(0))
        for notice in self._outside.told():
            self.apply(Noticed(notice))

    # ------------------------------------------------------------ pressing

    def _hand_acts(self, aim: Pointing, hand: HandState) -> Iterator[Action]:
        # The wheel first: in a slow frame it was turned before the press that ends it.
        if hand.scroll:
            over = aim.panel.panel if aim.panel is not None else self._main_panel()
            if over == "cart":
                self._panels.turn_cart(self.state, -1 if hand.scroll > 0 else 1)
            yield from scroll(over, hand.scroll, self.state, self._found)
        if aim.pressed:
            self.headset.haptic(aim.hand, TICK_S, TICK_STRENGTH)
            yield from self._press(aim)
        if aim.menu:
            yield from toggle("cart", self.state)
        if aim.back:
            yield from go_back(self.state)

    def _main_panel(self) -> str:
        """The big panel in front: the wheel is for it wherever no panel is pointed at."""
        open_now = {panel.id for panel in self.shown.panels}
        return next((name for name in ("card", "cart", "search") if name in open_now), "")

    def _key_acts(self, key: str) -> tuple[Action, ...]:
        if key in {"help", "map", "search", "settings", "wishes"}:
            return toggle(key, self.state)
        if key == "menu":
            return toggle("cart", self.state)
        if key == "back":
            return go_back(self.state)
        if key == "language":
            return (LanguageChanged(other_language(self.state)),)
        if key in {"more", "fewer"} and any(panel.id == "card" for panel in self.shown.panels):
            return scroll("card", 1.0 if key == "more" else -1.0, self.state)
        if key == "add" and any(target.id == "card.add" for target in self.shown.targets):
            return press("card.add", self.state, self._outside.new_id)
        if key == "recentre":
            self.headset.recentre()
            return ()
        if key == GONE:
            self._panels.use(self.headset.name)
        if key == GONE or key.startswith("mirror_"):
            return (Noticed(key),)
        self._screenshot |= key == "screenshot"
        return ()

    def _press(self, aim: Pointing) -> tuple[Action, ...]:
        if aim.panel is not None:
            target = self.shown.target_at(aim.panel)
            if target == "cart.more":
                self._panels.turn_cart(self.state, 1)
                return ()
            if target == "checkout.browse" and self.state.checkout is not None:
                opened = self._outside.browse(self.state.checkout.url)
                return () if opened else (Noticed("no_browser"),)
            if target == "map.floor":
                return self._press_floor(aim.panel)
            if target is None:
                return ()
            return press(target, self.state, self._outside.new_id, self._found)
        if aim.instance >= 0:
            return point_at(aim.instance, self.state)
        return (ProductPointed(None),) if self.state.card_sku is not None else ()

    def _press_floor(self, hit: PanelHit) -> tuple[Action, ...]:
        assert self.feet.ways is not None, "the map is drawn from its plan"
        width, height = dict(self.shown.sizes)[hit.panel]
        plan = self.feet.ways.plan
        x, y = hit.across * width - SHADOW, hit.down * height - SHADOW
        return (GoToSpot(frame_of(plan).spot(plan, x, y)),)

    # ------------------------------------------------------------ going somewhere

    def _set_out(self, goal: GoToProduct | GoToAisle | GoToSpot) -> None:
        ways = self.feet.ways
        if ways is None:
            return
        match goal:
            case GoToProduct(sku=sku):
                self.apply(ProductMarked(sku))
                journey = ways.to_product(sku)
            case GoToAisle(number=number):
                journey = ways.to_aisle(number)
            case GoToSpot(spot=spot):
                journey = ways.to_spot(spot)
        for panel in ("search", "map"):
            self.apply(PanelToggled(panel, visible=False))
        if journey is not None:
            self.feet.set_out(journey)
        elif isinstance(goal, GoToProduct):
            self.apply(ProductPointed(goal.sku))
            self.apply(Noticed("not_on_shelf"))

    def _around(self, info: FrameInfo) -> Around:
        ways, state = self.feet.ways, self.state
        if ways is None:
            return Around(found=self._found)
        shows_map = "map" in state.panels
        return Around(
            ways.plan,
            self.feet.spot,
            angles(-info.world_from_head[:3, 2])[0],
            ways.pins(state.marked_sku) if shows_map else (),
            ways.pins_found(self._found) if shows_map and state.marked_sku is None else (),
            self._found,
            self.feet.darkness(info.predicted_time_s),
        )

    def _clear(self, eye: NDArray[np.float64], points: NDArray[np.float64]) -> float:
        return self.picks.clear_fraction(eye, points) if self.picks is not None else 1.0


def _trail(state: ClientState, here: Spot) -> tuple[Spot, ...]:
    """The way to what is next on the list, as points on the floor a step apart."""
    if state.route is None or not to_get(state):
        return ()
    return steps_along(state.route.path, here)


def _hop_mark(landing: Landing | None) -> HopMark | None:
    return HopMark(landing.arc, landing.free) if landing is not None else None


def _is_mouse(hand: NDArray[np.float64], eye: NDArray[np.float64]) -> bool:
    return float(np.linalg.norm(hand - eye)) < NEAR_EYE_M


def _sight(views: tuple[EyeView, ...], scale: float = 1.0) -> Sight:
    """What every eye sees around its middle, and how much larger panels have to be there.

    `scale` pixels are as wide as one of a plain screen.
    """
    left, right, bottom, top = np.abs([view.tangents for view in views]).min(axis=0)
    half = np.degrees(np.arctan([min(left, right), min(bottom, top)]))
    pixels = min(view.size[1] / (view.tangents[3] - view.tangents[2]) for view in views)
    pixels /= 1000.0 * max(0.1, scale)
    both = len(views) > 1
    fits = 2000.0 * (float(min(left, right)) - (APART if both else 0.0)) / WIDEST_PANEL
    zoom = max(0.1, min(max(1.0, 1.0 / pixels), ZOOM_MAX, fits))
    return Sight(float(half[0]), float(half[1]), zoom, both_eyes=both)
