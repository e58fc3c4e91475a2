"""What reaches the client state: events from the sync worker, and what the shopper intends."""

from dataclasses import dataclass

from catalog_sync.model.cart import Cart
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import PriceChange, Product
from store_scenes.compile.scene import SceneDescription
from vr_client.interact.comfort import Comfort
from vr_client.state.senses import Senses

# ------------------------------------------------------- from the sync worker


@dataclass(frozen=True, slots=True)
class Connected:
    """The shop answered; `store` is its name.

    `resumed` False: it told us all there is, so what it did not tell is not (an open checkout).
    """

    store: str
    currency: str
    locale: str
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The connection is gone. `retry_s` None: the worker gave up, `reason` says what to do."""

    reason: str
    retry_s: float | None


@dataclass(frozen=True, slots=True)
class ProductsLoaded:
    """An aisle's products, prices included."""

    aisle: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class PricesChanged:
    """Prices or stock moved while we are inside."""

    changes: tuple[PriceChange, ...]


@dataclass(frozen=True, slots=True)
class SceneReady:
    """The store is compiled and its arrays lie in shared memory."""

    scene: SceneDescription


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work in the worker: 0 <= done <= total."""

    what: str  # "connect", "catalogue", "models", "scene"
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CartChanged:
    """The server's cart, committed."""

    cart: Cart


@dataclass(frozen=True, slots=True)
class IntentDone:
    """The server's last word on intent `id`: committed, or refused with a reason code.

    `units` is by how many its line of the cart grew.
    """

    id: str
    ok: bool
    reason: str = ""
    units: int = 0


@dataclass(frozen=True, slots=True)
class CheckoutOpened:
    """Pay at `url`; it dies at `expires_unix_s`."""

    order_id: str
    url: str
    total: Money
    expires_unix_s: int


@dataclass(frozen=True, slots=True)
class OrderMoved:
    """An order of ours reached another state."""

    order: Order


@dataclass(frozen=True, slots=True)
class LayoutProblem:
    """The store's files cannot be shown as they are now; the store that was stays.

    `sentence` says what and where; "" when they are whole again.
    """

    sentence: str


@dataclass(frozen=True, slots=True)
class RoutePlanned:
    """The shortest walk past what a `PlanRoute` asked for: `skus` in their order.

    `path` are the corners of the way, x and z in metres; `missed` stands on no shelf that one
    can walk to.
    """

    skus: tuple[str, ...]
    path: tuple[tuple[float, float], ...]
    length_m: float
    missed: tuple[str, ...] = ()


NetEvent = (
    Connected
    | Disconnected
    | ProductsLoaded
    | PricesChanged
    | SceneReady
    | Progress
    | CartChanged
    | IntentDone
    | CheckoutOpened
    | OrderMoved
    | LayoutProblem
    | RoutePlanned
)

# ------------------------------------------------------- what the shopper does, to the worker


@dataclass(frozen=True, slots=True)
class AddToCart:
    """Put `quantity` more of `sku` in the cart; negative takes out."""

    id: str
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ChangeQuantity:
    """Make it exactly `quantity`; 0 removes the line."""

    id: str
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class OpenCheckout:
    """Go to the till with the cart as seen at `cart_version`."""

    id: str
    cart_version: int


@dataclass(frozen=True, slots=True)
class AbandonCheckout:
    """Give the open checkout up."""

    id: str
    order_id: str


@dataclass(frozen=True, slots=True)
class PlanRoute:
    """How does one walk from `start` (x, z) past these products? Answered by `RoutePlanned`."""

    skus: tuple[str, ...]
    start: tuple[float, float]


Intent = AddToCart | ChangeQuantity | OpenCheckout | AbandonCheckout

# ------------------------------------------------------- what stays inside the client


@dataclass(frozen=True, slots=True)
class ProductPointed:
    """The shopper pressed on a product on the shelf (instance row) or closed its card (None)."""

    sku: str | None
    instance: int = -1


@dataclass(frozen=True, slots=True)
class PanelToggled:
    """Cart, checkout, order, help, map, safety, search, settings or wishes opened or closed."""

    panel: str
    visible: bool


@dataclass(frozen=True, slots=True)
class CardQuantityChanged:
    """The stepper on the product card."""

    quantity: int


@dataclass(frozen=True, slots=True)
class LanguageChanged:
    """`ko` or `en`."""

    language: str


@dataclass(frozen=True, slots=True)
class ComfortChanged:
    """The shopper likes to move in another way, from now on."""

    comfort: Comfort


@dataclass(frozen=True, slots=True)
class SensesChanged:
    """The shopper likes to read in another way, from now on."""

    senses: Senses


@dataclass(frozen=True, slots=True)
class LessonMoved:
    """The tutorial is at `step` (`vr_client.state.tutorial`); "": it is over, or was skipped."""

    step: str


@dataclass(frozen=True, slots=True)
class WishToggled:
    """A product was put on the shopping list, or taken off it."""

    sku: str


@dataclass(frozen=True, slots=True)
class CompareToggled:
    """A product was put on one side to compare it, or beside the one that lies there already.

    Of one that lies there alone: it is taken away again.
    """

    sku: str


@dataclass(frozen=True, slots=True)
class CompareSwapped:
    """The product on one side (0 or 1) makes room for another, which is still to be chosen."""

    side: int


@dataclass(frozen=True, slots=True)
class UndoAsked:
    """The shopper wants the last thing back that they did to the cart."""


@dataclass(frozen=True, slots=True)
class UndoBegun:
    """The next intent to be sent, `id`, takes back what the intent `step_id` did."""

    step_id: str
    id: str


@dataclass(frozen=True, slots=True)
class RedoBegun:
    """The next intent to be sent, `id`, does again what the intent `step_id` took back."""

    step_id: str
    id: str


@dataclass(frozen=True, slots=True)
class QueryChanged:
    """What stands in the search field, as typed."""

    query: str


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The panel's own keys: `letters` are "ko", "en", or "" for those of the language."""

    letters: str = ""
    shift: bool = False


FIRST_KEYS = Keyboard()


@dataclass(frozen=True, slots=True)
class KeyboardChanged:
    """Other letters are on the keys."""

    keyboard: Keyboard


@dataclass(frozen=True, slots=True)
class CategoryChosen:
    """A kind of product to look through; "" for all kinds."""

    category: str


@dataclass(frozen=True, slots=True)
class RowChosen:
    """The row of the search's results that Enter would take, from 0."""

    row: int


@dataclass(frozen=True, slots=True)
class ProductMarked:
    """A product that was looked for, marked on the map; None: no more."""

    sku: str | None


@dataclass(frozen=True, slots=True)
class WayWanted:
    """The way to a product is to be shown on the floor until one is there; None: no more."""

    sku: str | None


@dataclass(frozen=True, slots=True)
class IntentSent:
    """An intent left for the worker; it is pending until IntentDone."""

    intent: Intent


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something happened on this computer that the shopper should read: a sentence or a code."""

    notice: str


LocalEvent = (
    ProductPointed
    | PanelToggled
    | CardQuantityChanged
    | LanguageChanged
    | ComfortChanged
    | SensesChanged
    | LessonMoved
    | WishToggled
    | CompareToggled
    | CompareSwapped
    | UndoAsked
    | UndoBegun
    | RedoBegun
    | QueryChanged
    | KeyboardChanged
    | CategoryChosen
    | RowChosen
    | ProductMarked
    | WayWanted
    | IntentSent
    | Noticed
)
Event = NetEvent | LocalEvent
