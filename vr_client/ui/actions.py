"""What pressing a target means: local events, or intents for the shop. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from vr_client.interact.walk import Spot
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    AbandonCheckout,
    AddToCart,
    CardQuantityChanged,
    CategoryChosen,
    ComfortChanged,
    CompareSwapped,
    CompareToggled,
    Intent,
    Keyboard,
    KeyboardChanged,
    LanguageChanged,
    LessonMoved,
    LocalEvent,
    OpenCheckout,
    PanelToggled,
    ProductPointed,
    QueryChanged,
    RedoBegun,
    RowChosen,
    SensesChanged,
    UndoAsked,
    UndoBegun,
    WayWanted,
    WishToggled,
)
from vr_client.state.reduce import CARD_QUANTITY_MAX, QUERY_MAX, of_cart
from vr_client.state.undo import next_to_undo, to_redo, to_take_back
from vr_client.ui import hangul
from vr_client.ui.finder import NOTHING, Found
from vr_client.ui.panels.settings import changed


@dataclass(frozen=True, slots=True)
class GoToProduct:
    """Bring the shopper before the shelf with `sku`, and show its card."""

    sku: str


@dataclass(frozen=True, slots=True)
class ShowWay:
    """Show the way to the shelf with `sku` on the floor, for who likes to walk."""

    sku: str


@dataclass(frozen=True, slots=True)
class GoToAisle:
    """Bring the shopper to the beginning of the aisle with this number, from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class GoToSpot:
    """Bring the shopper to a place that was pressed on the map."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class KeepPicture:
    """Keep what the left eye sees as a screenshot."""


Action = LocalEvent | Intent | GoToProduct | ShowWay | GoToAisle | GoToSpot | KeepPicture
NewId = Callable[[], str]
"""Makes a fresh intent id; chance stays with the caller."""

_CLOSERS = {
    "cart.close": "cart",
    "compare.close": "compare",
    "order.close": "order",
    "help.close": "help",
    "map.close": "map",
    "search.close": "search",
    "settings.close": "settings",
    "wishes.close": "wishes",
}
BEFORE_SEARCH = frozenset({"order", "checkout"})
"""Panels that hide the search: while one is open, nothing is written."""

ERASE, ENTER, UP, DOWN = "\b", "\n", "\x10", "\x0e"


def press(
    target: str, state: ClientState, new_id: NewId, found: Found = NOTHING
) -> tuple[Action, ...]:
    """The actions of pressing `target`; empty for one that means nothing (any more).

    `found` is what the search showed.
    """
    if target in _CLOSERS:
        return (PanelToggled(_CLOSERS[target], False),)
    if target.startswith("cart.line."):
        return _press_line(target.removeprefix("cart.line."), new_id)
    if target.startswith("search."):
        return _press_search(target.removeprefix("search."), state, found)
    if target.startswith("settings."):
        return _press_setting(target.removeprefix("settings."), state)
    if target.startswith("wishes."):
        return _press_wish(target.removeprefix("wishes."), state)
    if target == "dock.next":
        return go_on(state)
    if target.startswith("dock."):
        return toggle(target.removeprefix("dock."), state)
    if target.startswith("compare."):
        return _press_compare(target.removeprefix("compare."), state, new_id)
    if target.startswith("card.other."):
        return (ProductPointed(target.removeprefix("card.other.")),)
    if target.startswith("map.aisle."):
        return (GoToAisle(int(target.removeprefix("map.aisle."))),)
    match target:
        case "map.stop":
            return (WayWanted(None),)
        case "safety.understood":
            return (PanelToggled("safety", False),)
        case "tutorial.skip":
            return (LessonMoved(""),)
        case "help.tutorial":
            return (PanelToggled("help", False), LessonMoved("look"))
        case "card.close":
            return (ProductPointed(None),)
        case "card.wish" if state.card_sku is not None:
            return (WishToggled(state.card_sku),)
        case "card.compare" if state.card_sku is not None:
            return (CompareToggled(state.card_sku),)
        case "card.go" if state.card_sku is not None:
            return (GoToProduct(state.card_sku),)
        case "cart.undo" | "notice.undo":
            return (UndoAsked(),)
        case "cart.redo":
            return redo(state, new_id)
        case "card.minus":
            return (CardQuantityChanged(max(1, state.card_quantity - 1)),)
        case "card.plus":
            return (CardQuantityChanged(state.card_quantity + 1),)
        case "card.add" if state.card_sku is not None:
            return (AddToCart(new_id(), state.card_sku, state.card_quantity),)
        case "chip.open" | "basket.open":
            return toggle("cart", state)
        case "cart.checkout" if state.cart.lines:
            return (OpenCheckout(new_id(), state.cart.version),)
        case "checkout.cancel" if state.checkout is not None:
            return (AbandonCheckout(new_id(), state.checkout.order_id),)
    return ()


def undo_next(state: ClientState, new_id: NewId) -> tuple[Action, ...]:
    """Take back what was asked to be, once it is known what took effect of it."""
    if not state.history.asked:
        return ()
    step = next_to_undo(state.history, of_cart(state))
    if step is None:
        return ()
    fresh, units = new_id(), to_take_back(state.history, step)
    sent = (AddToCart(fresh, step.sku, -units),) if units else ()
    return UndoBegun(step.id, fresh), *sent


def redo(state: ClientState, new_id: NewId) -> tuple[Action, ...]:
    """Do again what was taken back last."""
    step = to_redo(state.history, of_cart(state))
    if step is None:
        return ()
    fresh = new_id()
    return RedoBegun(step.id, fresh), AddToCart(fresh, step.sku, step.units)


def compare(state: ClientState) -> tuple[Action, ...]:
    """Compare what the card shows; else close the comparison, or open the one that there is."""
    if "compare" in state.panels:
        return (PanelToggled("compare", False),)
    if state.card_sku is not None:
        return (CompareToggled(state.card_sku),)
    return (CompareToggled(state.compared[0]),) if state.compared else ()


def toggle(panel: str, state: ClientState) -> tuple[Action, ...]:
    """Open `panel`, or close it when it is open."""
    return (PanelToggled(panel, panel not in state.panels),)


def go_back(state: ClientState) -> tuple[Action, ...]:
    """Close what is in front; an open checkout is not given up by that, so it stays.

    With nothing else in front the tutorial is skipped.
    """
    if is_writing(state) and state.category and "safety" not in state.panels:
        return (CategoryChosen(""),)
    for panel in (
        "safety", "order", "search", "map", "wishes", "settings", "help", "cart", "compare",
    ):  # fmt: skip
        if panel in state.panels:
            return (PanelToggled(panel, False),)
    if state.card_sku is not None:
        return (ProductPointed(None),)
    return (LessonMoved(""),) if state.lesson and "checkout" not in state.panels else ()


def scroll(
    panel: str, steps: float, state: ClientState, found: Found = NOTHING
) -> tuple[Action, ...]:
    """Turning the wheel: over a product's card it counts up (positive) or down.

    Over the search it goes through what was found, or through the kinds of products.
    """
    if panel == "search":
        return _row(state, -1 if steps > 0 else 1, found)
    product = state.products.get(state.card_sku or "")
    if panel != "card" or product is None:
        return ()
    most = max(1, min(product.stock, CARD_QUANTITY_MAX))
    wanted = state.card_quantity + (max(1, round(steps)) if steps > 0 else min(-1, round(steps)))
    return (CardQuantityChanged(min(max(1, wanted), most)),)


def is_writing(state: ClientState) -> bool:
    """Whether what is typed goes into the search field."""
    return "search" in state.panels and not BEFORE_SEARCH & state.panels


def write(typed: str, state: ClientState, found: Found) -> tuple[tuple[Action, ...], str]:
    """What typed text does, letters with ERASE, ENTER, UP and DOWN among them; and what is left.

    ENTER takes what is seen, so it waits until everything written before it was looked for.
    """
    query = state.query
    for number, letter in enumerate(typed):
        if letter in {ENTER, UP, DOWN}:
            rest = typed[number:]
            if query != state.query:
                return (QueryChanged(query),), rest
            if found.query != query or not found.done:
                return (), rest
            if letter == ENTER:
                return _take(state.row, found), rest[1:]
            return _row(state, -1 if letter == UP else 1, found), rest[1:]
        if letter == ERASE:
            query = query[:-1]
        elif letter.isprintable():
            query = (query + letter)[:QUERY_MAX]
    return ((QueryChanged(query),) if query != state.query else ()), ""


def point_at(instance: int, state: ClientState) -> tuple[Action, ...]:
    """Pressing on the unit in scene row `instance` shows its product's card.

    It closes what would cover the card, but not an open checkout: that is paid or cancelled.
    """
    if state.scene is None or not 0 <= instance < len(state.scene.product_of):
        return ()
    if "checkout" in state.panels:
        return ()
    product = int(state.scene.product_of[instance])
    if product < 0:
        return ()
    closed = [PanelToggled(panel, False) for panel in _CLOSERS.values() if panel in state.panels]
    return (*closed, ProductPointed(state.scene.skus[product], instance))


def _press_line(rest: str, new_id: NewId) -> tuple[Action, ...]:
    sku, _, sign = rest.rpartition(".")
    # One more or one fewer rather than "make it n": two quick presses count as two even while
    # the shop has not answered the first.
    return (AddToCart(new_id(), sku, 1 if sign == "plus" else -1),)


def _press_compare(rest: str, state: ClientState, new_id: NewId) -> tuple[Action, ...]:
    """`add` or `swap` and the side, 0 or 1."""
    what, _, number = rest.partition(".")
    side = int(number) if number in {"0", "1"} else -1
    if not 0 <= side < len(state.compared):
        return ()
    if what == "add":
        return (AddToCart(new_id(), state.compared[side], 1),)
    return (CompareSwapped(side),) if what == "swap" else ()


def _press_search(rest: str, state: ClientState, found: Found) -> tuple[Action, ...]:
    kind, _, what = rest.partition(".")
    match kind:
        case "row":
            return _take(int(what), found)
        case "wish":
            return (WishToggled(what),)
        case "way":
            return (WayWanted(None),) if state.led_to == what else (ShowWay(what),)
        case "clear":
            return (QueryChanged(""),)
        case "back":
            return (CategoryChosen(""),)
        case "page":
            return (RowChosen(int(what)),)
        case "keys":
            return toggle("letters", state)
        case "key":
            return _press_key(what, state)
    return ()


def letters_of(state: ClientState) -> str:
    """The letters on the keys, "ko" or "en": those of the language until others are chosen."""
    return state.keyboard.letters or ("ko" if state.language == "ko" else "en")


def _press_key(name: str, state: ClientState) -> tuple[Action, ...]:
    """A key of the panel's own keyboard, which composes Hangul itself."""
    board, query = state.keyboard, state.query
    match name:
        case "shift":
            return (KeyboardChanged(replace(board, shift=not board.shift)),)
        case "letters":
            other = "en" if letters_of(state) == "ko" else "ko"
            return (KeyboardChanged(Keyboard(other)),)
        case "erase":
            query = hangul.erase(query)
        case "space":
            query = hangul.add(query, " ")
        case _ if len(name) == 1:
            query = hangul.add(query, name)
    written = (QueryChanged(query),) if query != state.query and len(query) <= QUERY_MAX else ()
    # Shift is for one letter.
    return (*written, KeyboardChanged(replace(board, shift=False))) if board.shift else written


def _press_wish(rest: str, state: ClientState) -> tuple[Action, ...]:
    kind, _, sku = rest.partition(".")
    match kind:
        case "row":
            return (GoToProduct(sku),)
        case "drop":
            return (WishToggled(sku),)
        case "next":
            left = to_get(state)
            return (GoToProduct(left[0]),) if left else ()
    return ()


def go_on(state: ClientState) -> tuple[Action, ...]:
    """To the next thing on the list; to another one than that whose card is open, if there is."""
    left = to_get(state)
    others = tuple(sku for sku in left if sku != state.card_sku)
    return (GoToProduct((others or left)[0]),) if left else ()


def to_get(state: ClientState) -> tuple[str, ...]:
    """What is on the list and not in the cart yet, in walking order."""
    return tuple(sku for sku in state.wishes if not state.cart.quantity(sku))


def _press_setting(name: str, state: ClientState) -> tuple[Action, ...]:
    if name == "language":
        return (LanguageChanged(other_language(state)),)
    if name.startswith("page."):
        return (PanelToggled("reading", name == "page.reading"),)
    comfort, senses = changed(state.comfort, name), changed(state.senses, name)
    if comfort is not None:
        return (ComfortChanged(comfort),)
    return (SensesChanged(senses),) if senses is not None else ()


def other_language(state: ClientState) -> str:
    """The one of our two that is not spoken now."""
    return "en" if state.language == "ko" else "ko"


def _take(row: int, found: Found) -> tuple[Action, ...]:
    if 0 <= row < len(found.categories):
        return (CategoryChosen(found.categories[row].name),)
    return (GoToProduct(found.skus[row]),) if 0 <= row < len(found.skus) else ()


def _row(state: ClientState, step: int, found: Found) -> tuple[Action, ...]:
    row = min(max(0, state.row + step), max(0, len(found.categories or found.skus) - 1))
    return (RowChosen(row),) if row != state.row else ()
