"""Every checkout provider keeps the contract: the suite runs over the registry."""

import asyncio

import pytest
from msgspec import structs

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from catalog_sync.wire.messages import AddItem, BeginCheckout, Op
from server.checkout.flow import request_of
from server.checkout.provider import (
    WEBHOOK_BYTES_MAX,
    CheckoutLine,
    IdempotencyConflictError,
    UnknownCheckoutError,
    WebhookRefusedError,
)
from server.checkout.registry import DEFAULT_PROVIDER, PROVIDERS, open_provider
from server.shop import Shop
from server.storage.contract import OrderSeed
from server.storage.sqlite import open_storage

NOW = 1_000_000
PAGE_URL = "https://shop.example/checkout/order-1"
TEA = Product("A1", {"en": "Tea"}, "B", "c", "box", (1, 1, 1), price=Money(500, "USD"), stock=9)


class Bench:
    """A provider beside a shop that has one pending order."""

    def __init__(self, name, path):
        self.name, self.path, self.now_unix_s = name, path, NOW

    async def __aenter__(self):
        self.storage = open_storage(self.path, NOW)
        await self.storage.take_catalogue((TEA,), "USD", "epoch")
        await self.storage.add_shopper("s", NOW)
        self.shop = Shop(
            {"en": "S"}, "en_US", "USD", "https://shop.example", self.storage, self.now
        )
        self.provider = open_provider(self.name, self.shop)
        seed = OrderSeed("order-1", "K7M4", "0" * 64)
        for op in (Op("a", AddItem("A1", 2)), Op("b", BeginCheckout(1))):
            assert (await self.storage.apply_op("s", op, seed, NOW)).ack.ok
        self.record = await self.storage.order_record("order-1")
        self.request = request_of(self.record, "en_US", PAGE_URL)
        self.key = self.record.idempotency_key
        return self

    async def __aexit__(self, *exception):
        await self.storage.close()

    def now(self):
        return self.now_unix_s

    async def create(self):
        return await self.provider.create(self.request, self.key)


@pytest.fixture(params=sorted(PROVIDERS))
def on_bench(request, tmp_path):
    def run(story):
        async def tell():
            async with Bench(request.param, tmp_path / "shop.sqlite") as bench:
                await story(bench)

        asyncio.run(tell())

    return run


def test_it_answers_to_its_name_in_the_registry(on_bench):
    async def story(bench):
        assert bench.provider.capabilities().name == bench.name
        assert bench.provider.capabilities() == bench.provider.capabilities()

    on_bench(story)


def test_a_fresh_checkout_is_open_and_has_an_address_and_an_end(on_bench):
    async def story(bench):
        checkout = await bench.create()

        assert checkout.id
        assert checkout.url.startswith(("https://", "http://"))
        assert NOW < checkout.expires_unix_s <= bench.record.expires_unix_s
        assert (checkout.url == PAGE_URL) is (bench.provider.capabilities().page == "ours")
        assert await bench.provider.status(checkout.id) == "open"

    on_bench(story)


def test_the_same_key_and_request_return_the_first_answer_whatever_has_happened(on_bench):
    async def story(bench):
        first = await bench.create()
        assert await bench.create() == first

        bench.provider = open_provider(bench.name, bench.shop)  # the server was restarted
        bench.now_unix_s += 60
        assert await bench.create() == first

        await bench.provider.expire(first.id)
        assert await bench.create() == first

    on_bench(story)


def test_the_same_key_with_other_parameters_is_an_error_and_changes_nothing(on_bench):
    async def story(bench):
        first = await bench.create()
        line = CheckoutLine("A1", "Tea", 1, Money(500, "USD"))
        other = structs.replace(bench.request, lines=(line,), total=Money(500, "USD"))

        with pytest.raises(IdempotencyConflictError):
            await bench.provider.create(other, bench.key)

        assert await bench.create() == first
        assert await bench.provider.status(first.id) == "open"

    on_bench(story)


def test_an_expired_checkout_stays_so(on_bench):
    async def story(bench):
        checkout = await bench.create()

        assert await bench.provider.expire(checkout.id) == "expired"
        assert await bench.provider.expire(checkout.id) == "expired"
        assert await bench.provider.status(checkout.id) == "expired"

    on_bench(story)


def test_a_checkout_whose_time_is_up_is_no_longer_open(on_bench):
    async def story(bench):
        checkout = await bench.create()
        bench.now_unix_s = checkout.expires_unix_s
        assert await bench.provider.status(checkout.id) == "expired"

    on_bench(story)


def test_what_was_paid_first_is_never_expired(on_bench):
    async def story(bench):
        checkout = await bench.create()
        if bench.provider.capabilities().page == "ours":
            await bench.storage.pay("order-1", bench.name, "reference", "", NOW)

        assert await bench.provider.status(checkout.id) == "paid"
        assert await bench.provider.expire(checkout.id) == "paid"
        assert (await bench.storage.order_record("order-1")).order.state == "paid"

    on_bench(story)


def test_a_checkout_that_it_never_opened_is_unknown(on_bench):
    async def story(bench):
        for checkout_id in ("", "nonsense", "sandbox-", "sandbox-order-2", "../order-1"):
            with pytest.raises(UnknownCheckoutError):
                await bench.provider.status(checkout_id)
            with pytest.raises(UnknownCheckoutError):
                await bench.provider.expire(checkout_id)
        assert (await bench.storage.order_record("order-1")).order.state == "pending"

    on_bench(story)


def test_a_webhook_that_nobody_signed_is_refused(on_bench):
    async def story(bench):
        checkout = await bench.create()
        forged = b'{"id": "e1", "type": "paid", "ref": "%s"}' % checkout.id.encode()
        for raw in (b"", forged, b"\x00" * (WEBHOOK_BYTES_MAX + 1)):
            for headers in ({}, {"signature": "x", "stripe-signature": "t=1,v1=00"}):
                with pytest.raises(WebhookRefusedError):
                    bench.provider.verify_webhook(raw, headers)
        assert await bench.provider.status(checkout.id) == "open"

    on_bench(story)


def test_a_name_that_is_not_in_the_registry_is_a_sentence():
    with pytest.raises(Failure, match=r"no checkout provider called 'cash'; choose one of: sandbo"):
        open_provider("cash", None)


def test_the_default_is_in_the_registry():
    assert DEFAULT_PROVIDER in PROVIDERS
