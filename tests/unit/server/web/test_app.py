import asyncio
import hashlib

import httpx
import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from server.shop import Shop
from server.storage.sqlite import open_storage
from server.web.app import web_app

NOW = 1_000_000
COOKED = b"a cooked model" * 100
SHA256 = hashlib.sha256(COOKED).hexdigest()
OPERATOR = {"Authorization": "Bearer operator"}


@pytest.fixture
def ask(tmp_path):
    """`ask(method, path, …)` gets the answer of a shop that has one product and one asset."""
    file = tmp_path / "cooked.npz"
    file.write_bytes(COOKED)
    gone = {"0" * 64: tmp_path / "gone.npz"}

    def request(method, path, **options):
        async def tell():
            storage = open_storage(tmp_path / "shop.sqlite", NOW)
            price = Money(1999, "USD")
            tea = Product("tea", {"en": "Tea"}, "B", "c", "box", (1.0, 1.0, 1.0), price, 5)
            await storage.take_catalogue([tea], "USD", "epoch")
            shop = Shop({"en": "Shop"}, "en_US", "USD", "http://s", storage, lambda: NOW)
            app = web_app(shop, "operator", {SHA256: file, **gone})
            transport = httpx.ASGITransport(app)
            try:
                async with httpx.AsyncClient(transport=transport, base_url="http://s") as client:
                    answer = await client.request(method, path, **options)
                return answer, (await storage.catalogue()).products[0].price
            finally:
                await storage.close()

        return asyncio.run(tell())

    return request


def test_health_says_that_the_storage_answers(ask):
    answer, _ = ask("GET", "/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "epoch": "epoch"})
    assert answer.headers["cache-control"] == "no-store"


def test_a_cooked_file_is_kept_for_ever_by_who_has_it(ask):
    answer, _ = ask("GET", f"/assets/{SHA256}")
    assert (answer.status_code, answer.content) == (200, COOKED)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["etag"] == f'"{SHA256}"'
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["1" * 64, "0" * 64, SHA256.upper(), SHA256[:-1], SHA256 + "0", "..%2Fcooked.npz"]
)
def test_nothing_else_is_an_asset(ask, name):
    answer, _ = ask("GET", f"/assets/{name}")
    assert answer.status_code == 404
    assert COOKED not in answer.content


def test_the_operator_sets_a_price(ask):
    body = {"sku": "tea", "amount": "12.50"}
    answer, price = ask("POST", "/api/shop/price", json=body, headers=OPERATOR)
    assert (answer.status_code, answer.json()) == (200, {"sku": "tea", "price": "$12.50"})
    assert price == Money(1250, "USD")
    body["amount"] = "none"
    answer, price = ask("POST", "/api/shop/price", json=body, headers=OPERATOR)
    assert (answer.json(), price) == ({"sku": "tea", "price": "none"}, None)


def test_an_offer_says_what_it_was(ask):
    body = {"sku": "tea", "amount": "12.50", "was": "19.99"}
    answer, price = ask("POST", "/api/shop/price", json=body, headers=OPERATOR)
    assert answer.json() == {"sku": "tea", "price": "$12.50", "was": "$19.99"}
    assert price == Money(1250, "USD")


@pytest.mark.parametrize(
    ("amount", "was", "sentence"),
    [
        ("12.50", "12.50", "an offer is below what it was: 12.50 is not below 12.50"),
        ("12.50", "cheap", "'cheap' is not an amount of money"),
        ("none", "12.50", "a withdrawn product is no offer"),
    ],
)
def test_an_offer_that_is_none_changes_nothing(ask, amount, was, sentence):
    body = {"sku": "tea", "amount": amount, "was": was}
    answer, price = ask("POST", "/api/shop/price", json=body, headers=OPERATOR)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})
    assert price == Money(1999, "USD")


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("12.505", "'12.505' has more decimal places than USD"),
        ("-1", "a price is not below zero"),
        ("1e3", "'1e3' is not an amount of money"),
        ("99999999999999", "amount 9999999999999900 is beyond 1000000000000"),
    ],
)
def test_a_price_that_is_none_changes_nothing(ask, amount, sentence):
    body = {"sku": "tea", "amount": amount}
    answer, price = ask("POST", "/api/shop/price", json=body, headers=OPERATOR)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})
    assert price == Money(1999, "USD")


def test_nobody_else_sets_a_price(ask):
    body = {"sku": "tea", "amount": "1"}
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "operator"}):
        answer, price = ask("POST", "/api/shop/price", json=body, headers=headers)
        assert (answer.status_code, price) == (401, Money(1999, "USD"))
