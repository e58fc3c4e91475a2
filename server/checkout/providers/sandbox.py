"""The embedded default: a page of our own on which nobody's card is ever charged.

Its books are the shop's own orders, so the same key gives the same answer after a restart too.
"""

from collections.abc import Mapping
from typing import Final

from catalog_sync.model.order import OrderState
from server.checkout.provider import (
    Capabilities,
    CheckoutRequest,
    CheckoutStatus,
    IdempotencyConflictError,
    ProviderCheckout,
    ProviderEvent,
    UnknownCheckoutError,
    WebhookRefusedError,
)
from server.shop import Shop
from server.storage.contract import OrderRecord

ID_PREFIX: Final = "sandbox-"

_STATUS: Final[dict[OrderState, CheckoutStatus]] = {
    "pending": "open",
    "paid": "paid",
    "cancelled": "expired",
    "expired": "expired",
}


class SandboxProvider:
    """See `server.checkout.provider.CheckoutProvider`."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def capabilities(self) -> Capabilities:
        """Our own page, no money, no webhooks."""
        return Capabilities(name="sandbox", page="ours", real_money=False, webhooks=False)

    def verify_webhook(self, raw: bytes, headers: Mapping[str, str]) -> ProviderEvent:  # noqa: ARG002 - the contract's arguments
        """Refuse whatever comes: the sandbox sends none, so every one is forged."""
        raise WebhookRefusedError("the sandbox sends no webhooks")

    async def create(self, request: CheckoutRequest, idempotency_key: str) -> ProviderCheckout:
        """Answer from the order itself, which holds its key and its lines."""
        record = await self._record(request.order_id)
        asked = (idempotency_key, request.total, request.expires_unix_s, _wanted(request))
        held = (
            record.idempotency_key,
            record.order.total,
            record.expires_unix_s,
            tuple((line.sku, line.quantity, line.unit_price) for line in record.lines),
        )
        if asked != held:
            raise IdempotencyConflictError(
                f"order {request.order_id} was opened with another key or other lines"
            )
        return ProviderCheckout(
            ID_PREFIX + request.order_id, request.page_url, record.expires_unix_s
        )

    async def status(self, checkout_id: str) -> CheckoutStatus:
        """The order's state; a pending order whose time is up can no longer be paid."""
        record = await self._record(_order_id(checkout_id))
        if record.order.state == "pending" and record.expires_unix_s <= self._shop.now_unix_s():
            return "expired"
        return _STATUS[record.order.state]

    async def expire(self, checkout_id: str) -> CheckoutStatus:
        """Cancel the order unless it is settled."""
        now = self._shop.now_unix_s()
        outcome = await self._shop.storage.cancel_order(_order_id(checkout_id), now)
        if outcome.order is None:
            raise UnknownCheckoutError(f"no checkout {checkout_id}")
        return _STATUS[outcome.order.state]

    async def _record(self, order_id: str) -> OrderRecord:
        record = await self._shop.storage.order_record(order_id)
        if record is None:
            raise UnknownCheckoutError(f"no checkout of order {order_id}")
        return record


def _order_id(checkout_id: str) -> str:
    if not checkout_id.startswith(ID_PREFIX):
        raise UnknownCheckoutError(f"no checkout {checkout_id}")
    return checkout_id.removeprefix(ID_PREFIX)


def _wanted(request: CheckoutRequest) -> tuple[tuple[str, int, object], ...]:
    return tuple((line.sku, line.quantity, line.unit_price) for line in request.lines)
