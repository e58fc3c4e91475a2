import pytest
from msgspec import structs

from catalog_sync.model.money import Money
from server.checkout.provider import CheckoutLine, CheckoutRequest

LINES = (
    CheckoutLine("A1", "Granola", 2, Money(890, "USD")),
    CheckoutLine("A2", "Milk", 1, Money(298, "USD")),
)
REQUEST = CheckoutRequest(
    order_id="o-1",
    order_number="K7M4",
    lines=LINES,
    total=Money(2078, "USD"),
    locale="en_US",
    page_url="https://shop.example/checkout/o-1",
    expires_unix_s=2800,
)


@pytest.mark.parametrize(
    "change",
    [
        {"lines": ()},
        {"lines": LINES[:1]},
        {"lines": LINES * 101},
        {"total": Money(2079, "USD")},
        {"lines": (*LINES, CheckoutLine("A3", "Tea", 0, Money(5, "USD")))},
    ],
    ids=["none", "too-few", "too-many", "wrong-total", "no-units"],
)
def test_a_request_that_does_not_add_up_is_refused(change):
    with pytest.raises(ValueError):
        structs.replace(REQUEST, **change)


def test_the_digest_tells_any_two_requests_apart():
    same = structs.replace(REQUEST)
    others = [
        structs.replace(REQUEST, order_number="K7M5"),
        structs.replace(REQUEST, expires_unix_s=2801),
        structs.replace(REQUEST, locale="ko_KR"),
    ]

    assert same.digest() == REQUEST.digest()
    assert len({REQUEST.digest(), *(other.digest() for other in others)}) == 4
