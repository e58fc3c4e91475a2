"""A shop over a real SQLite file, with a clock that only a test moves, and an order to pay."""

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from catalog_sync.wire.messages import AddItem, BeginCheckout, Op
from server.checkout.flow import CheckoutFlow
from server.checkout.handoff import fresh_handoff
from server.shop import Shop
from server.storage.contract import Committed, OrderSeed
from server.storage.sqlite import SqliteStorage, open_storage
from server.web.checkout import routes

PRODUCTS = tuple(
    Product(
        sku,
        names,
        "Valley",
        "food",
        "box",
        (60.0, 90.0, 60.0),
        price=Money(price, "KRW"),
        stock=10,
    )
    for sku, names, price in (
        ("A1", {"ko": "그래놀라", "en": "Granola"}, 8900),
        ("A2", {"ko": "우유", "en": "Milk"}, 2980),
    )
)


class Clock:
    now_unix_s = 1_000_000

    def __call__(self) -> int:
        return self.now_unix_s


@dataclass
class Counter:
    """A shop with pages, as a test sees it."""

    shop: Shop
    storage: SqliteStorage
    clock: Clock
    told: list[Committed]
    flow: CheckoutFlow | None = None
    opened: list[httpx.AsyncClient] = field(default_factory=list)

    async def order(self, shopper_id: str = "shopper-1", units: int = 2) -> tuple[str, str]:
        """Put things in the cart and begin a checkout: (order id, hand-off token)."""
        handoff = fresh_handoff()
        await self.storage.add_shopper(shopper_id, self.clock())
        order_id = f"order-{len(self.told)}"
        seed = OrderSeed(order_id, "K7M4", handoff.sha256)
        version = 0
        for number, action in enumerate((AddItem("A1", units), AddItem("A2", 1))):
            op = Op(f"{order_id}-{number}", action)
            version = (
                await self.storage.apply_op(shopper_id, op, seed, self.clock())
            ).ack.cart_version
        op = Op(f"{order_id}-begin", BeginCheckout(version))
        outcome = await self.storage.apply_op(shopper_id, op, seed, self.clock())
        assert outcome.ack.ok
        return order_id, handoff.token

    def browser(self, **headers: str) -> httpx.AsyncClient:
        """A browser with cookies of its own, which does not follow redirects."""
        app = Starlette(routes=routes(self.shop, self.flow))
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=self.shop.public_url, headers=headers
        )
        self.opened.append(client)
        return client

    async def page(self, **headers: str) -> tuple[httpx.AsyncClient, str, httpx.Response]:
        """A browser that has opened a fresh order: (browser, its path, the page)."""
        order_id, token = await self.order()
        browser = self.browser(**headers)
        handed = await browser.get(f"/pay/{token}")
        assert handed.status_code == 303
        return browser, f"/checkout/{order_id}", await browser.get(f"/checkout/{order_id}")

    async def stock(self) -> dict[str, int]:
        return {p.sku: p.stock for p in (await self.storage.catalogue()).products}


@asynccontextmanager
async def _counter(path: Path, public_url: str):
    clock, told = Clock(), []
    storage = open_storage(path, clock())
    await storage.take_catalogue(PRODUCTS, "KRW", "epoch-1")
    storage.listen(told.append)
    names = {"ko": "모퉁이 상점", "en": "The Corner Shop"}
    shop = Shop(names, "ko_KR", "KRW", public_url, storage, clock)
    counter = Counter(shop, storage, clock, told)
    try:
        yield counter
    finally:
        for client in counter.opened:
            await client.aclose()
        await storage.close()


@pytest.fixture
def at_counter(tmp_path):
    """Run `story(counter)` on an event loop of its own."""

    def run(story, public_url="http://127.0.0.1:8765"):
        async def tell():
            async with _counter(tmp_path / "shop.sqlite", public_url) as counter:
                await story(counter)

        asyncio.run(tell())

    return run


@pytest.fixture
def fields_of():
    """The hidden fields of the pay form of a page."""

    def read(page: httpx.Response) -> dict[str, str]:
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
        return dict(reversed(found))

    return read
