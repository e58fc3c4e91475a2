"""The contract of a checkout provider: whoever turns a pending order into money.

Life of a checkout: `create` (open) → the shopper pays or gives up → `paid` or `expired`, both
final. The shop decides what an order is worth and whether its stock is held; a provider is only
told, and only ever says how far the payment has come.
"""

import hashlib
from collections.abc import Mapping
from typing import Literal, Protocol

import msgspec

from catalog_sync.model.money import Money
from catalog_sync.wire.limits import CART_LINES_MAX

WEBHOOK_BYTES_MAX = 64 * 1024

CheckoutStatus = Literal["open", "paid", "expired"]
"""open: can still be paid; the other two are final."""


class IdempotencyConflictError(ValueError):
    """The key was used before with other parameters; nothing was changed."""


class UnknownCheckoutError(LookupError):
    """The provider has no checkout of that id."""


class WebhookRefusedError(ValueError):
    """Not signed by the provider, too old or malformed: nothing in it may be believed."""


class Capabilities(msgspec.Struct, frozen=True):
    """What a provider can do. `name` is its key in the registry.

    `page` says who shows the page to pay on; `real_money` False means that no card is ever
    charged and the page has to say so; `webhooks` True means that a payment counts only once
    `verify_webhook` has accepted the provider's word.
    """

    name: str
    page: Literal["ours", "theirs"]
    real_money: bool
    webhooks: bool


class CheckoutLine(msgspec.Struct, frozen=True):
    """`quantity` units of a product at the price the shop snapshotted when the order was opened."""

    sku: str
    name: str
    quantity: int
    unit_price: Money


class CheckoutRequest(msgspec.Struct, frozen=True):
    """A pending order as a provider may see it. `total` equals the sum of `lines`.

    `page_url` is the shop's own page of this order: where a provider with a page of its own
    sends the browser back to, and the page itself for one that has none.
    """

    order_id: str
    order_number: str
    lines: tuple[CheckoutLine, ...]
    total: Money
    locale: str
    page_url: str
    expires_unix_s: int

    def __post_init__(self) -> None:
        """Refuse a request that no provider may be sent.

        Raises:
            ValueError: no line, too many, a quantity below one, or a total that is not the sum.
        """
        if not 1 <= len(self.lines) <= CART_LINES_MAX:
            raise ValueError(f"a checkout has 1 to {CART_LINES_MAX} lines: {len(self.lines)}")
        total = Money(0, self.total.currency)
        for line in self.lines:
            if line.quantity < 1:
                raise ValueError(f"{line.quantity} units of {line.sku} cannot be paid for")
            total += line.unit_price.times(line.quantity)
        if total != self.total:
            raise ValueError(f"the lines come to {total.amount_minor}, not to the total")

    def digest(self) -> str:
        """SHA-256 (hex) of every parameter: what an idempotency key is remembered with."""
        return hashlib.sha256(msgspec.msgpack.encode(self)).hexdigest()


class ProviderCheckout(msgspec.Struct, frozen=True):
    """An open checkout: the provider's id, where the browser goes, and until when."""

    id: str
    url: str
    expires_unix_s: int


class ProviderEvent(msgspec.Struct, frozen=True):
    """What a verified webhook says. Events come late, twice and out of order: `id` tells repeats.

    `type` is the state that the checkout `ref` (the provider's id) has reached.
    """

    id: str
    type: CheckoutStatus
    ref: str


class CheckoutProvider(Protocol):
    """One way to be paid. Every method but the first two may go over the network."""

    def capabilities(self) -> Capabilities:
        """What this provider can do; constant."""
        ...

    def verify_webhook(self, raw: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        """Check the signature over the bytes as they came, then read them. Header names lower-case.

        Raises:
            WebhookRefusedError: unsigned, forged, too old, longer than `WEBHOOK_BYTES_MAX`.
        """
        ...

    async def create(self, request: CheckoutRequest, idempotency_key: str) -> ProviderCheckout:
        """Open a checkout. The same key and request return the first answer, whatever has happened.

        Raises:
            IdempotencyConflictError: the key was used with another request.
        """
        ...

    async def status(self, checkout_id: str) -> CheckoutStatus:
        """How far it has come, by the provider's own books.

        Raises:
            UnknownCheckoutError: no such checkout.
        """
        ...

    async def expire(self, checkout_id: str) -> CheckoutStatus:
        """Make sure it can no longer be paid; returns the final state, `paid` if that came first.

        Raises:
            UnknownCheckoutError: no such checkout.
        """
        ...
