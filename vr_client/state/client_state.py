"""The shopper's whole client state as one frozen value."""

from dataclasses import dataclass, field

from catalog_sync.model.cart import Cart
from catalog_sync.model.locales import locale_to_read
from catalog_sync.model.order import Order
from store_scenes.compile.scene import SceneDescription
from vr_client.interact.comfort import DEFAULT, Comfort
from vr_client.state.assortment import Assortment
from vr_client.state.events import (
    FIRST_KEYS,
    CheckoutOpened,
    Intent,
    Keyboard,
    RoutePlanned,
)
from vr_client.state.senses import USUAL, Senses
from vr_client.state.undo import NOTHING_DONE, History


@dataclass(frozen=True, slots=True)
class ClientState:
    """What the shopper sees and has asked for.

    `cart` is always the server's last word; `pending` are intents it has not answered yet.
    `notice` is one short code or sentence to show (a refusal, a lost connection), "" for none.
    `keyboard` is how the search's own keys are, `query` stands in its field, `category` is looked
    through instead of one, `row` of the results is chosen, and `marked_sku` is what was found last.
    `layout_problem` says why the newest layout is not shown, "" when it is.
    `language_chosen`: the shopper's own word, which no shop's locale changes any more.
    `led_to` is what the shopper is shown the way to, and `way` that way once it is known.
    `wishes` are the shopping list, in walking order once `route` is known.
    `lesson` is the step of the tutorial that is shown, "" for none (`vr_client.state.tutorial`).
    `labels_dirty` are the SKUs whose shelf-edge label is out of date, and nobody was told yet.
    `history` is what the shopper did to the cart and can take back. `compared` are the products
    that lie side by side; of one alone the other is still to be chosen.
    """

    connected: bool = False
    ever_connected: bool = False
    store: str = ""
    locale: str = "ko_KR"
    language: str = "ko"
    progress: tuple[str, int, int] = ("connect", 0, 1)
    products: Assortment = field(default_factory=Assortment)
    scene: SceneDescription | None = None
    cart: Cart = field(default_factory=lambda: Cart(0, "KRW"))
    pending: tuple[Intent, ...] = ()
    card_sku: str | None = None
    card_instance: int = -1
    card_quantity: int = 1
    panels: frozenset[str] = frozenset()
    checkout: CheckoutOpened | None = None
    order: Order | None = None
    query: str = ""
    keyboard: Keyboard = FIRST_KEYS
    category: str = ""
    row: int = 0
    marked_sku: str | None = None
    led_to: str | None = None
    way: RoutePlanned | None = None
    layout_problem: str = ""
    notice: str = ""
    labels_dirty: frozenset[str] = frozenset()
    language_chosen: bool = False
    wishes: tuple[str, ...] = ()
    route: RoutePlanned | None = None
    comfort: Comfort = DEFAULT
    history: History = NOTHING_DONE
    compared: tuple[str, ...] = ()
    senses: Senses = USUAL
    lesson: str = ""

    @property
    def reading(self) -> str:
        """The locale by which this shopper reads numbers and money; `locale` is the shop's."""
        return locale_to_read(self.locale, self.language)
