"""The first minute in the shop, step by step: each is done by doing it. Pure."""

from dataclasses import dataclass
from typing import Final, Literal

from vr_client.state.client_state import ClientState
from vr_client.state.events import AddToCart

Step = Literal["look", "press", "add", "move", "cart", "done"]

STEPS: Final[tuple[Step, ...]] = ("look", "press", "add", "move", "cart", "done")

TURNED_DEG: Final = 25.0
MOVED_M: Final = 0.5
DONE_S: Final = 8.0
"""How long the last word stands; then it goes by itself."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What the shopper did since the step began: turned and moved at most so far.

    `units` were in the cart when the tutorial began; `step_s` is how long this step has been shown.
    """

    turned_deg: float = 0.0
    moved_m: float = 0.0
    units: int = 0
    step_s: float = 0.0


def step_after(step: str, state: ClientState, doing: Doing) -> str:
    """The step that is next, `step` itself while it is not done; "" when there is none any more."""
    added = state.cart.unit_count > doing.units or any(
        isinstance(intent, AddToCart) and intent.quantity > 0 for intent in state.pending
    )
    match step:
        case "look" if doing.turned_deg >= TURNED_DEG or state.card_sku is not None:
            return "press"
        case "press" if added:
            return "move"
        case "press" if state.card_sku is not None:
            return "add"
        case "add" if added:
            return "move"
        case "add" if state.card_sku is None:
            return "press"  # the card was closed again
        case "move" if doing.moved_m >= MOVED_M:
            return "cart"
        case "cart" if "cart" in state.panels:
            return "done"
        case "done" if doing.step_s >= DONE_S:
            return ""
    return step
