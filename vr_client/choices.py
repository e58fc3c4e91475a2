"""What the buttons and keys of a frame mean, given what is shown and pointed at."""

from collections.abc import Iterator
from typing import Protocol

from vr_client.carrying import Carrying
from vr_client.headset.backend import (
    FrameInfo,
    HandState,
    HeadsetBackend,
    HeadsetEvents,
    KeyboardAndNeck,
)
from vr_client.headset.mirrored import GONE
from vr_client.interact.pointer import Pointing
from vr_client.interact.rays import PanelHit
from vr_client.outside import Outside
from vr_client.state.client_state import ClientState
from vr_client.state.events import LanguageChanged, Noticed, ProductPointed, UndoAsked
from vr_client.traveller import Traveller
from vr_client.ui.actions import (
    Action,
    GoToSpot,
    KeepPicture,
    compare,
    go_back,
    go_on,
    is_writing,
    other_language,
    point_at,
    press,
    redo,
    scroll,
    toggle,
    undo_next,
    write,
)
from vr_client.ui.finder import Found
from vr_client.ui.panel_set import PanelSet, UiFrame
from vr_client.ui.panels.floor_map import frame_of
from vr_client.ui.theme import SHADOW

TYPED_MAX = 256  # letters that may wait for a search to end
TICK_S, TICK_STRENGTH = 0.02, 0.5


class Situation(Protocol):
    """What a choice is made in: `vr_client.app.App`, whose state each choice may change."""

    headset: HeadsetBackend
    neck: KeyboardAndNeck | None
    state: ClientState
    shown: UiFrame
    found: Found
    feet: Traveller
    carrying: Carrying


class Choices:
    """From presses, wheels, letters and keys to actions; what they do is the app's business."""

    def __init__(self, panels: PanelSet, outside: Outside, now: Situation) -> None:
        self._panels = panels
        self._outside = outside
        self._now = now
        self._unwritten = ""

    def of(
        self, seen: HeadsetEvents, info: FrameInfo, aims: tuple[Pointing, ...]
    ) -> Iterator[Action]:
        """What is done in this frame; the next action is worked out once this one is done."""
        for aim in aims:
            yield from self._hand_acts(aim, info.hands[aim.hand])
        for key in seen.keys:
            yield from self._key_acts(key, aims)
        if is_writing(self._now.state):
            typed = (self._unwritten + seen.typed)[:TYPED_MAX]
            actions, self._unwritten = write(typed, self._now.state, self._now.found)
            yield from actions
        else:
            self._unwritten = ""
        yield from undo_next(self._now.state, self._outside.new_id)
        if self._now.neck is not None:
            self._now.neck.take_text(wanted=is_writing(self._now.state))

    def _hand_acts(self, aim: Pointing, hand: HandState) -> Iterator[Action]:
        # The wheel first: in a slow frame it was turned before the press that ends it.
        if hand.scroll:
            over = aim.panel.panel if aim.panel is not None else self._main_panel()
            if over == "cart":
                self._panels.turn_cart(self._now.state, -1 if hand.scroll > 0 else 1)
            if over == "help":
                self._panels.turn_help(-1 if hand.scroll > 0 else 1)
            yield from scroll(over, hand.scroll, self._now.state, self._now.found)
        if aim.pressed:
            self._now.headset.haptic(aim.hand, TICK_S, TICK_STRENGTH)
            yield from self._press(aim)
        if aim.menu:
            yield from toggle("cart", self._now.state)
        if aim.back:
            yield from go_back(self._now.state)

    def _main_panel(self) -> str:
        """The big panel in front: the wheel is for it wherever no panel is pointed at."""
        open_now = {panel.id for panel in self._now.shown.panels}
        return next((name for name in ("card", "cart", "search", "help") if name in open_now), "")

    def _key_acts(self, key: str, aims: tuple[Pointing, ...]) -> tuple[Action, ...]:
        if key == "add" and "safety" in self._now.state.panels:
            return press("safety.understood", self._now.state, self._outside.new_id)
        carrying = self._now.carrying
        if key == "grab":
            at_panel = any(aim.panel is not None for aim in aims)
            carrying.squeeze_in_window(wanted=not carrying.in_window and not at_panel)
            return ()
        if carrying.in_window and key in {"back", "add"}:
            bought = tuple(carrying.put_in_cart()) if key == "add" else ()
            carrying.squeeze_in_window(wanted=False)
            return bought
        if key in {"help", "map", "search", "settings", "wishes"}:
            return toggle(key, self._now.state)
        if key == "menu":
            return toggle("cart", self._now.state)
        if key == "back":
            return go_back(self._now.state)
        if key == "compare":
            return compare(self._now.state)
        if key == "undo":
            return (UndoAsked(),)
        if key == "redo":
            return redo(self._now.state, self._outside.new_id)
        if key == "language":
            return (LanguageChanged(other_language(self._now.state)),)
        if key in {"more", "fewer"} and any(panel.id == "card" for panel in self._now.shown.panels):
            return scroll("card", 1.0 if key == "more" else -1.0, self._now.state)
        if key == "add" and any(target.id == "card.add" for target in self._now.shown.targets):
            return press("card.add", self._now.state, self._outside.new_id)
        if key == "next" or (key == "add" and "wishes" in self._now.state.panels):
            return go_on(self._now.state) or (Noticed("nothing_left"),)
        if key == "recentre":
            self._now.headset.recentre()
            return ()
        if key == GONE:
            self._panels.use(self._now.headset.name)
        if key == GONE or key.startswith("mirror_"):
            return (Noticed(key),)
        return (KeepPicture(),) if key == "screenshot" else ()

    def _press(self, aim: Pointing) -> tuple[Action, ...]:
        if "safety" in self._now.state.panels:  # wherever one points: it is all there is to press
            return press("safety.understood", self._now.state, self._outside.new_id)
        if aim.panel is not None:
            target = self._now.shown.target_at(aim.panel)
            if target == "cart.more":
                self._panels.turn_cart(self._now.state, 1)
                return ()
            if target == "help.more":
                self._panels.turn_help(1)
                return ()
            if target == "checkout.browse" and self._now.state.checkout is not None:
                opened = self._outside.browse(self._now.state.checkout.url)
                return () if opened else (Noticed("no_browser"),)
            if target == "map.floor":
                return self._press_floor(aim.panel)
            if target is None:
                return ()
            return press(target, self._now.state, self._outside.new_id, self._now.found)
        if aim.at_basket:
            return toggle("cart", self._now.state)
        if aim.hand in self._now.carrying.shown.busy:
            return ()
        if aim.instance >= 0:
            return point_at(aim.instance, self._now.state)
        return (ProductPointed(None),) if self._now.state.card_sku is not None else ()

    def _press_floor(self, hit: PanelHit) -> tuple[Action, ...]:
        assert self._now.feet.ways is not None, "the map is drawn from its plan"
        width, height = dict(self._now.shown.sizes)[hit.panel]
        plan = self._now.feet.ways.plan
        x, y = hit.across * width - SHADOW, hit.down * height - SHADOW
        return (GoToSpot(frame_of(plan).spot(plan, x, y)),)
