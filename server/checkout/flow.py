"""A checkout from the QR code to its end, whichever provider takes the money.

headset: order pending, hand-off token → phone: `redeem` → the provider's page → `pay` or `cancel`
→ storage commits and tells the hub, which tells every device. Nobody is notified by hand here.
"""

from typing import Final

import msgspec

from server.checkout.handoff import is_secret, secret_sha256
from server.checkout.provider import (
    CheckoutLine,
    CheckoutProvider,
    CheckoutRequest,
    IdempotencyConflictError,
    ProviderCheckout,
    UnknownCheckoutError,
)
from server.checkout.registry import DEFAULT_PROVIDER, open_provider
from server.shop import Shop
from server.storage.contract import OrderOutcome, OrderRecord

ORDER_PATH: Final = "/checkout/"


class BrowserSession(msgspec.Struct, frozen=True):
    """A browser that was handed an order: the secret for its cookie, and where to send it."""

    order_id: str
    secret: str
    url: str


class CheckoutFlow:
    """One shop's checkouts through one provider."""

    def __init__(self, shop: Shop, provider: CheckoutProvider) -> None:
        self._shop = shop
        self.provider = provider

    async def redeem(self, token: str, fresh_secret: str) -> BrowserSession | None:
        """Exchange a hand-off token for a browser session; None when it opens nothing (any more).

        `fresh_secret` comes from `handoff.fresh_secret`.
        """
        if not is_secret(token) or not is_secret(fresh_secret):
            return None
        order_id = await self._shop.storage.redeem_handoff(
            secret_sha256(token), secret_sha256(fresh_secret), self._shop.now_unix_s()
        )
        record = await self._shop.storage.order_record(order_id) if order_id else None
        if record is None:
            return None
        if record.order.state != "pending":
            return BrowserSession(record.order.id, fresh_secret, self._page_url(record))
        checkout = await self.open_checkout(record)
        return BrowserSession(record.order.id, fresh_secret, checkout.url)

    async def order(self, order_id: str, secret: str) -> OrderRecord | None:
        """The order, for the one browser it was handed to; None for everybody else."""
        if not is_secret(secret):
            return None
        return await self._shop.storage.order_for_session(
            order_id, secret_sha256(secret), self._shop.now_unix_s()
        )

    @property
    def pays_here(self) -> bool:
        """Whether our own page may take the payment, which only a play one ever does."""
        able = self.provider.capabilities()
        return able.page == "ours" and not able.webhooks and not able.real_money

    async def open_checkout(self, record: OrderRecord) -> ProviderCheckout:
        """The provider's checkout of a pending order: made now, or the one made before."""
        request = request_of(record, self._shop.locale, self._page_url(record))
        return await self.provider.create(request, record.idempotency_key)

    async def pay(self, record: OrderRecord, key: str, email: str) -> OrderOutcome:
        """Take the payment on a page of our own. `key` names this one wish to pay.

        Raises:
            IdempotencyConflictError: the key paid this order before, with another address.
            RuntimeError: not `pays_here`; a browser's word is no payment.
        """
        name = self.provider.capabilities().name
        if not self.pays_here:
            raise RuntimeError(f"{name} is not paid on our page")
        # The order is in it, so that a key sent to two orders never meets another charge.
        reference = f"{name}-{record.order.id}-{key}"
        outcome = await self._shop.storage.pay(
            record.order.id, name, reference, email, self._shop.now_unix_s()
        )
        if outcome.order is not None and outcome.order.state == "paid" and not outcome.changed:
            first = await self._shop.storage.order_record(record.order.id)
            if first and first.charge_reference == reference and first.contact_email != email:
                raise IdempotencyConflictError(f"{reference} came again with another address")
        return outcome

    async def cancel(self, record: OrderRecord) -> None:
        """Give the order up, with the provider first: what it took already stays paid."""
        checkout = await self.open_checkout(record)
        try:
            state = await self.provider.expire(checkout.id)
        except UnknownCheckoutError:
            state = "expired"
        if state != "paid":
            await self._shop.storage.cancel_order(record.order.id, self._shop.now_unix_s())

    def _page_url(self, record: OrderRecord) -> str:
        return self._shop.public_url + ORDER_PATH + record.order.id


def open_flow(shop: Shop, provider_name: str = DEFAULT_PROVIDER) -> CheckoutFlow:
    """The flow of `shop` through the provider called `provider_name`.

    Raises:
        Failure: there is no such provider.
    """
    return CheckoutFlow(shop, open_provider(provider_name, shop))


def request_of(record: OrderRecord, locale: str, page_url: str) -> CheckoutRequest:
    """The order as a provider may see it: no shopper, no address."""
    language = locale.replace("-", "_").split("_")[0]
    return CheckoutRequest(
        order_id=record.order.id,
        order_number=record.order.number,
        lines=tuple(
            CheckoutLine(
                line.sku,
                line.names.get(language) or next(iter(line.names.values()), line.sku),
                line.quantity,
                line.unit_price,
            )
            for line in record.lines
        ),
        total=record.order.total,
        locale=locale,
        page_url=page_url,
        expires_unix_s=record.expires_unix_s,
    )
