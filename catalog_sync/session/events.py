"""What a client session tells its owner, as frozen values."""

from dataclasses import dataclass

from catalog_sync.model.cart import Cart
from catalog_sync.model.order import Order
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.messages import CheckoutReady


@dataclass(frozen=True, slots=True)
class Welcomed:
    """The server knows us. Keep `token` before anything else: it is who the shopper is."""

    token: str
    store: str
    currency: str
    locale: str
    resumed: bool


@dataclass(frozen=True, slots=True)
class LayoutArrived:
    """The layout in force, compressed as it came.

    The products of the aisles in `changed` are others now; they arrive again by themselves.
    """

    version: str
    document: bytes
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutProblemArrived:
    """Why the newest layout is not in force; an empty sentence: it is."""

    sentence: str


@dataclass(frozen=True, slots=True)
class AisleArrived:
    """All products of an aisle, prices included; again after a resync."""

    aisle: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class PricesMoved:
    """News about products of aisles that arrived."""

    changes: tuple[PriceChange, ...]


@dataclass(frozen=True, slots=True)
class OpSettled:
    """The last word on op `id`; it has left the outbox. `units` is what it put in the cart."""

    id: str
    ok: bool
    reason: str
    units: int = 0


@dataclass(frozen=True, slots=True)
class CartArrived:
    """The whole cart as committed."""

    cart: Cart


@dataclass(frozen=True, slots=True)
class CheckoutArrived:
    """A checkout is open."""

    ready: CheckoutReady


@dataclass(frozen=True, slots=True)
class OrderArrived:
    """An order of ours in its state."""

    order: Order


@dataclass(frozen=True, slots=True)
class ConnectionLost:
    """The connection ended or could not be made.

    `wait_s` until the next try; None: do not come back, `reason` and `close_code` say why.
    """

    reason: str
    wait_s: float | None
    close_code: int | None


SessionEvent = (
    Welcomed
    | LayoutArrived
    | LayoutProblemArrived
    | AisleArrived
    | PricesMoved
    | OpSettled
    | CartArrived
    | CheckoutArrived
    | OrderArrived
    | ConnectionLost
)
