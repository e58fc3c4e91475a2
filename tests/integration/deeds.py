"""What one can do in the shop, and by what it is seen that somebody has."""

from vr_client.interact.comfort import DEFAULT
from vr_client.state.senses import USUAL

PLAIN = DEFAULT, USUAL


def _hangul(text):
    return any("가" <= letter <= "힣" for letter in text)


SEEN_OF_ALL = {
    "in the right hand", "in the left hand", "over the basket", "hop", "eyes closed on the way",
    "sound", "prices of tea", "stores", "lights",
}  # fmt: skip
"""What is seen elsewhere than in the state."""

STATE = {
    "safety": lambda s: "safety" in s.panels,
    "tutorial": lambda s: s.lesson,
    "card": lambda s: s.card_sku,
    "several": lambda s: s.card_quantity > 1,
    "cart": lambda s: s.cart.lines and "cart" in s.panels,
    "pending": lambda s: s.pending,
    "search": lambda s: "search" in s.panels and s.query,
    "letters of Hangul": lambda s: _hangul(s.query),
    "kind of product": lambda s: s.category,
    "map": lambda s: "map" in s.panels,
    "found on the map": lambda s: s.marked_sku,
    "help": lambda s: "help" in s.panels,
    "list": lambda s: len(s.wishes) > 1 and "wishes" in s.panels,
    "walk along the list": lambda s: s.route is not None,
    "way on the floor": lambda s: s.led_to and s.way is not None,
    "comparing": lambda s: len(s.compared) == 2 and "compare" in s.panels,
    "undone": lambda s: s.history.undone,
    "done again": lambda s: s.history.done and not s.history.undone and s.cart.lines,
    "settings": lambda s: "settings" in s.panels,
    "other comfort": lambda s: s.comfort != PLAIN[0],
    "other senses": lambda s: s.senses != PLAIN[1],
    "English": lambda s: s.language_chosen and s.language == "en",
    "checkout": lambda s: s.checkout is not None,
    "paid": lambda s: s.order is not None and s.order.state == "paid",
    "layout problem": lambda s: s.layout_problem,
    "connection lost": lambda s: s.ever_connected and not s.connected,
    "picture kept": lambda s: s.notice.startswith("picture_kept="),
}
"""What of the state shows that something was done."""
