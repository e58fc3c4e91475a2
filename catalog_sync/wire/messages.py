"""Every message of the live connection. Unknown fields are refused, so no client sends a price.

Positions are (epoch, offset): a changed epoch means another history, so take snapshots again.
"""

from typing import Annotated, Literal

import msgspec

from catalog_sync.model.cart import Cart
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import PriceChange
from catalog_sync.wire.limits import (
    AISLES_CHANGED_MAX,
    AISLES_PER_SUBSCRIBE_MAX,
    ID_CHARS_MAX,
    LAYOUT_PROBLEM_CHARS_MAX,
    SKU_CHARS_MAX,
    TOKEN_CHARS_MAX,
)

# What a client may say is bounded where it is decoded, so nothing behind the codec need ask again.
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=ID_CHARS_MAX)]
Sku = Annotated[str, msgspec.Meta(min_length=1, max_length=SKU_CHARS_MAX)]
Count = Annotated[int, msgspec.Meta(ge=0)]

# ---------------------------------------------------------------- client to server


class Message(msgspec.Struct, frozen=True, tag_field="t", forbid_unknown_fields=True):
    """Base of all messages."""


class Hello(Message, frozen=True, tag="hello"):
    """First on a connection. An empty `token` asks for a new shopper.

    `epoch` and `offset` are the position the client holds (empty and 0: nothing yet).
    """

    token: Annotated[str, msgspec.Meta(max_length=TOKEN_CHARS_MAX)]
    proto: int
    client: Annotated[str, msgspec.Meta(max_length=ID_CHARS_MAX)]
    epoch: Annotated[str, msgspec.Meta(max_length=ID_CHARS_MAX)] = ""
    offset: Count = 0
    cart_version: Count = 0


class Subscribe(Message, frozen=True, tag="subscribe"):
    """Send the snapshots of these aisles (nearest first, in this order), then their deltas."""

    aisles: Annotated[tuple[Id, ...], msgspec.Meta(max_length=AISLES_PER_SUBSCRIBE_MAX)]


class AddItem(msgspec.Struct, frozen=True, tag="add", tag_field="k", forbid_unknown_fields=True):
    """Put `quantity` more units (negative takes out) of `sku` in the cart; never below 0."""

    sku: Sku
    quantity: int


class SetQuantity(
    msgspec.Struct, frozen=True, tag="set", tag_field="k", forbid_unknown_fields=True
):
    """Make it exactly `quantity` units of `sku`; 0 removes the line."""

    sku: Sku
    quantity: int


class BeginCheckout(
    msgspec.Struct, frozen=True, tag="checkout", tag_field="k", forbid_unknown_fields=True
):
    """Open a checkout of the cart as it stands at `cart_version`."""

    cart_version: Count


class CancelCheckout(
    msgspec.Struct, frozen=True, tag="cancel", tag_field="k", forbid_unknown_fields=True
):
    """Give up the open checkout `order_id`; its stock is free again and the cart stays."""

    order_id: Id


Action = AddItem | SetQuantity | BeginCheckout | CancelCheckout


class Op(Message, frozen=True, tag="op"):
    """One intent. `id` is the client's; the same id takes effect once, however often it comes."""

    id: Id
    action: Action


ClientMessage = Hello | Subscribe | Op

# ---------------------------------------------------------------- server to client


class Welcome(Message, frozen=True, tag="welcome"):
    """Answer to hello. `token` is the one to keep and show next time (it may be renewed).

    `resumed` True: the deltas after the client's offset follow, no snapshot is needed.
    """

    token: str
    epoch: str
    offset: int
    resumed: bool
    store: str
    currency: str
    locale: str


class Layout(Message, frozen=True, tag="layout"):
    """The layout in force: zstd of the msgspec encoding of `store_scenes.layout` documents.

    In the middle of a connection it takes the place of the one before: `epoch` is what the history
    is called from now on (empty: as before), with no offset lost, and `changed` are the aisles
    whose products are others now, so that they are asked for again.
    """

    version: str
    document: bytes
    epoch: str = ""
    changed: Annotated[tuple[str, ...], msgspec.Meta(max_length=AISLES_CHANGED_MAX)] = ()


class LayoutProblem(Message, frozen=True, tag="problem"):
    """Why the shopkeeper's newest layout is not in force; empty: it is. Only while one is edited.

    The layout before it stays in force.
    """

    sentence: Annotated[str, msgspec.Meta(max_length=LAYOUT_PROBLEM_CHARS_MAX)]


class Snapshot(Message, frozen=True, tag="snapshot"):
    """One aisle's products at `offset`: zstd of the columnar form in `catalog_sync.wire.columns`.

    `hot` has prices and stock, `cold` everything else; both arrive, cold first.
    """

    aisle: str
    offset: int
    part: Literal["hot", "cold"]
    body: bytes


class Delta(Message, frozen=True, tag="delta"):
    """What changed after offset `since`, up to and including `offset`.

    `since` -1: the offset just before this one. A server that merges deltas, or leaves some out,
    sets it; a client whose position lies before `since` has missed something.
    """

    offset: int
    changes: tuple[PriceChange, ...]
    since: int = -1


class Ack(Message, frozen=True, tag="ack"):
    """The op `id` is committed (`ok`) or refused for good, with a reason code for people's words.

    `units` is by how many the line of the op's SKU grew: what it takes to undo it. It may be less
    than was asked, where less was in the cart to take out.

    Reasons: unknown_product, unpriced, out_of_stock, quantity_max, lines_max, cart_changed,
    empty_cart, checkout_open, unknown_order, not_cancellable.
    """

    id: str
    ok: bool
    cart_version: int
    reason: str = ""
    units: int = 0


class CartState(Message, frozen=True, tag="cart"):
    """The whole cart after a change, from whichever device it came."""

    cart: Cart


class CheckoutReady(Message, frozen=True, tag="checkout"):
    """A checkout is open: `url` is for a phone or a desktop browser, single use, short lived."""

    order_id: str
    url: str
    total: Money
    expires_unix_s: int


class OrderChanged(Message, frozen=True, tag="order"):
    """An order of this shopper reached another state."""

    order: Order


class Resync(Message, frozen=True, tag="resync"):
    """The client's position is of no use: drop the replica and take snapshots again."""

    reason: str


ServerMessage = (
    Welcome
    | Layout
    | LayoutProblem
    | Snapshot
    | Delta
    | Ack
    | CartState
    | CheckoutReady
    | OrderChanged
    | Resync
)


# Close codes (RFC 6455 §7.4.2 leaves 4000-4999 to applications).
class CloseCode:
    """Why the server closed; 4400-4499 reconnect later, 4500-4599 do not come back by yourself.

    After BAD_TOKEN a client comes back without the token, as a new shopper.
    """

    SLOW_CONSUMER = 4401
    RATE_LIMITED = 4402
    TOO_MANY_DEVICES = 4403
    SHUTTING_DOWN = 4404
    BAD_MESSAGE = 4500
    BAD_TOKEN = 4501
    PROTOCOL_TOO_OLD = 4502
