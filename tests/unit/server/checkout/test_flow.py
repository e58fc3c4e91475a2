import pytest

from catalog_sync.model.cart import CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from server.checkout.flow import request_of
from server.storage.contract import OrderLine, OrderRecord

PRICE = Money(500, "USD")


@pytest.mark.parametrize(
    ("locale", "name"), [("ko_KR", "차"), ("en-US", "Tea"), ("fr_FR", "차"), ("en", "Tea")]
)
def test_a_provider_is_told_the_order_and_nothing_of_the_shopper(locale, name):
    record = OrderRecord(
        order=Order("o-1", "K7M4", "pending", (CartLine("A1", 2, PRICE),), Money(1000, "USD")),
        shopper_id="shopper-1",
        lines=(OrderLine("A1", {"ko": "차", "en": "Tea"}, "Brand", "20 g", 2, PRICE),),
        created_unix_s=1,
        expires_unix_s=2,
        idempotency_key="shopper-1:1:o-1",
        contact_email="a@b.kr",
    )

    request = request_of(record, locale, "https://shop.example/checkout/o-1")

    assert [(line.sku, line.name, line.quantity) for line in request.lines] == [("A1", name, 2)]
    assert (request.total, request.order_number, request.expires_unix_s) == (
        Money(1000, "USD"),
        "K7M4",
        2,
    )
    assert "shopper-1" not in repr(request)
    assert "a@b.kr" not in repr(request)
