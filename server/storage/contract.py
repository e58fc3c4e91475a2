"""What any storage does for the shop. Times are Unix seconds; secrets arrive as SHA-256 hex.

Every method that changes something returns only after its commit reached the disk, and one call
is one transaction. Ids, secrets and `now_unix_s` are arguments, so that storage reads no clock
and makes no randomness.

How others hear of a change: whoever calls `listen` is handed a `Committed` for every transaction
that changed what a shopper or a shelf label can see: on the event loop, in commit order, and
before the caller of the change itself resumes. So whoever pays or cancels an order (the
checkout pages, a webhook) notifies nobody by hand: the hub listens.
"""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

import msgspec

from catalog_sync.model.cart import Cart
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import PackageShape, PriceChange, Product
from catalog_sync.wire.messages import Ack, Delta, Op


class StorageIdentity(msgspec.Struct, frozen=True):
    """What a database was born with. `epoch` changes when products' cold facts change."""

    epoch: str
    signing_secret: bytes
    operator_token: str


class OrderSeed(msgspec.Struct, frozen=True):
    """Fresh ids for the checkout that an op may open, made by the caller."""

    order_id: str
    number: str
    handoff_sha256: str


class Checkout(msgspec.Struct, frozen=True):
    """The open checkout of an order. `idempotency_key` is what a provider is given."""

    order_id: str
    total: Money
    expires_unix_s: int
    idempotency_key: str
    handoff_sha256: str = ""  # set when this very commit took a fresh hand-off token


class OrderLine(msgspec.Struct, frozen=True):
    """One line of an order for people: `unit_price` as it was when the checkout opened.

    `package` and `colour` are the product's, for the little picture beside the line.
    """

    sku: str
    names: dict[str, str]
    brand: str
    size_text: str
    quantity: int
    unit_price: Money
    package: PackageShape = "box"
    colour: str = ""


class OrderRecord(msgspec.Struct, frozen=True):
    """Everything a page shows of an order. `paid_unix_s` 0: not paid."""

    order: Order
    shopper_id: str
    lines: tuple[OrderLine, ...]
    created_unix_s: int
    expires_unix_s: int
    idempotency_key: str
    contact_email: str = ""
    charge_reference: str = ""
    paid_unix_s: int = 0


class Committed(msgspec.Struct, frozen=True):
    """What one transaction changed, for everyone who must hear of it.

    `shopper_id` is empty when no shopper's cart or order changed (a reprice). `orders` are those
    that reached another state, in the order it happened. `checkout` is set when one was opened or
    handed off anew.
    """

    shopper_id: str = ""
    cart: Cart | None = None
    orders: tuple[Order, ...] = ()
    checkout: Checkout | None = None
    delta: Delta | None = None


class OpOutcome(msgspec.Struct, frozen=True):
    """The ack of an op, stored with it; `repeated` when this id had taken effect before."""

    ack: Ack
    repeated: bool
    checkout: Checkout | None = None


class ShopperView(msgspec.Struct, frozen=True):
    """What a device of this shopper must know when it comes (back).

    `settled` is the latest order in a final state and `settled_cart_version` the cart's version
    right after it settled: a device whose cart is older has missed it.
    """

    cart: Cart
    pending: Checkout | None = None
    settled: Order | None = None
    settled_cart_version: int = 0


class Catalogue(msgspec.Struct, frozen=True):
    """All listed products with their prices and what can still be sold, at (epoch, offset)."""

    epoch: str
    offset: int
    products: tuple[Product, ...]


OrderRefusal = Literal["unknown_order", "not_pending", "expired"]


class OrderOutcome(msgspec.Struct, frozen=True):
    """An order after a wish to pay, cancel or expire it.

    `changed` False with an empty `refusal` means that it already was so: a double click, a second
    webhook. `order` is None only for `unknown_order`.
    """

    order: Order | None
    changed: bool
    refusal: OrderRefusal | Literal[""] = ""


Listener = Callable[[Committed], None]


class Storage(Protocol):
    """The shop's truth."""

    # ------------------------------------------------------------ life
    def listen(self, listener: Listener) -> None:
        """Call `listener` for every commit from now on (see the module's text)."""
        ...

    async def identity(self) -> StorageIdentity:
        """Epoch and secrets, made when the database was."""
        ...

    async def close(self) -> None:
        """Finish what was begun, then let go of the file."""
        ...

    # ------------------------------------------------------------ catalogue
    async def take_catalogue(
        self, products: Sequence[Product], currency: str, fresh_epoch: str
    ) -> None:
        """Make the store file's products the listed ones.

        A price or a stock is taken from the file only where the file's own value differs from
        the last one taken, so that a live reprice survives a restart. Changed cold facts start
        the new epoch `fresh_epoch`.
        """
        ...

    async def catalogue(self) -> Catalogue:
        """The listed products now."""
        ...

    async def set_price(
        self, sku: str, price: Money | None, was_price: Money | None = None
    ) -> PriceChange | None:
        """The live price change; None when there is no such product.

        `was_price` makes an offer of it where it is above the price; otherwise there is none.
        """
        ...

    async def deltas_after(self, offset: int, limit: int) -> tuple[Delta, ...] | None:
        """Deltas after `offset`, oldest first; None when the history no longer reaches back."""
        ...

    # ------------------------------------------------------------ shoppers
    async def add_shopper(self, shopper_id: str, now_unix_s: int) -> None:
        """Know this shopper from now on; nothing happens when it is known."""
        ...

    async def shopper(self, shopper_id: str) -> ShopperView | None:
        """The shopper's cart and orders; None when unknown."""
        ...

    async def apply_op(
        self, shopper_id: str, op: Op, seed: OrderSeed, now_unix_s: int
    ) -> OpOutcome:
        """Let one intent take effect once: the same (shopper, op id) returns the stored ack."""
        ...

    async def hand_off(
        self, shopper_id: str, handoff_sha256: str, now_unix_s: int
    ) -> Checkout | None:
        """A fresh hand-off token for the shopper's open checkout; None without one."""
        ...

    # ------------------------------------------------------------ the checkout page
    async def redeem_handoff(
        self, handoff_sha256: str, session_sha256: str, now_unix_s: int
    ) -> str | None:
        """Exchange a hand-off token, once and in time, for a browser session bound to its order.

        Returns the order id; None when the token is unknown, used, too old, or its order is
        cancelled or expired. The session lives as long as the order is of interest
        (`PAGE_SESSION_LIFE_S`), so that a reload after paying shows the confirmation.
        """
        ...

    async def order_for_session(
        self, order_id: str, session_sha256: str, now_unix_s: int
    ) -> OrderRecord | None:
        """The order for its page; None unless this browser session is bound to this very order."""
        ...

    async def order_record(self, order_id: str) -> OrderRecord | None:
        """The order, for callers that are trusted already (providers' webhooks)."""
        ...

    async def pay(
        self, order_id: str, provider: str, charge_reference: str, email: str, now_unix_s: int
    ) -> OrderOutcome:
        """Record the one charge of a pending order: reserved units are sold, the cart loses them.

        Idempotent by order: whatever the reference, an order that is paid stays paid by its first
        charge (`changed` False). Refused, with nothing changed, when the order is unknown or was
        cancelled; an order whose time is up expires instead (`expired`).
        """
        ...

    async def cancel_order(self, order_id: str, now_unix_s: int) -> OrderOutcome:
        """Give a pending order up; its reserved units can be sold again."""
        ...

    async def expire_orders(self, now_unix_s: int) -> int:
        """Expire the pending orders whose time is up; how many there were."""
        ...


PAGE_SESSION_LIFE_S = 24 * 3600
EMAIL_CHARS_MAX = 254  # RFC 5321 §4.5.3.1.3, without the angle brackets
