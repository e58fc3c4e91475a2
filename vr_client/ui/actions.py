"""What pressing a target means: local events, or intents for the shop. Pure."""

from collections.abc import Callable

from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    AbandonCheckout,
    AddToCart,
    CardQuantityChanged,
    Intent,
    LocalEvent,
    OpenCheckout,
    PanelToggled,
    ProductPointed,
)
from vr_client.state.reduce import CARD_QUANTITY_MAX

Action = LocalEvent | Intent
NewId = Callable[[], str]
"""Makes a fresh intent id; chance stays with the caller."""

_CLOSERS = {
    "cart.close": "cart",
    "order.close": "order",
    "help.close": "help",
}


def press(target: str, state: ClientState, new_id: NewId) -> tuple[Action, ...]:
    """The actions of pressing `target`; empty for one that means nothing (any more)."""
    if target in _CLOSERS:
        return (PanelToggled(_CLOSERS[target], False),)
    if target.startswith("cart.line."):
        return _press_line(target.removeprefix("cart.line."), new_id)
    match target:
        case "card.close":
            return (ProductPointed(None),)
        case "card.minus":
            return (CardQuantityChanged(max(1, state.card_quantity - 1)),)
        case "card.plus":
            return (CardQuantityChanged(state.card_quantity + 1),)
        case "card.add" if state.card_sku is not None:
            return (AddToCart(new_id(), state.card_sku, state.card_quantity),)
        case "chip.open":
            return toggle("cart", state)
        case "cart.checkout" if state.cart.lines:
            return (OpenCheckout(new_id(), state.cart.version),)
        case "checkout.cancel" if state.checkout is not None:
            return (AbandonCheckout(new_id(), state.checkout.order_id),)
    return ()


def toggle(panel: str, state: ClientState) -> tuple[Action, ...]:
    """Open `panel`, or close it when it is open."""
    return (PanelToggled(panel, panel not in state.panels),)


def go_back(state: ClientState) -> tuple[Action, ...]:
    """Close what is in front; an open checkout is not given up by that, so it stays."""
    for panel in ("order", "help", "cart"):
        if panel in state.panels:
            return (PanelToggled(panel, False),)
    return (ProductPointed(None),) if state.card_sku is not None else ()


def scroll(panel: str, steps: float, state: ClientState) -> tuple[Action, ...]:
    """Turning the wheel over `panel`: over a product's card it counts up (positive) or down."""
    product = state.products.get(state.card_sku or "")
    if panel != "card" or product is None:
        return ()
    most = max(1, min(product.stock, CARD_QUANTITY_MAX))
    wanted = state.card_quantity + (max(1, round(steps)) if steps > 0 else min(-1, round(steps)))
    return (CardQuantityChanged(min(max(1, wanted), most)),)


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
