"""Cart totals and product names."""

import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money, MoneyError
from catalog_sync.model.product import Product


def won(amount):
    return Money(amount, "KRW")


def test_an_empty_cart_is_zero_of_the_shop_s_currency():
    assert (Cart(0, "USD").total, Cart(0, "USD").unit_count) == (Money(0, "USD"), 0)


def test_totals_count_every_unit_of_every_line():
    cart = Cart(3, "KRW", (CartLine("tea", 2, won(1900)), CartLine("jam", 1, won(4500))))
    assert cart.lines[0].total == won(3800)
    assert (cart.total, cart.unit_count) == (won(8300), 3)
    assert [cart.quantity(sku) for sku in ("tea", "jam", "none")] == [2, 1, 0]


def test_a_line_of_another_currency_does_not_slip_into_a_total():
    with pytest.raises(MoneyError):
        _ = Cart(1, "KRW", (CartLine("tea", 1, Money(1, "USD")),)).total


@pytest.mark.parametrize(
    ("names", "language", "name"),
    [
        ({"ko": "차", "en": "Tea"}, "ko", "차"),
        ({"ko": "차", "en": "Tea"}, "fr", "Tea"),
        ({"ko": "차"}, "en", "차"),
        ({"ko": "", "en": "Tea"}, "ko", "Tea"),
    ],
)
def test_a_name_falls_back_to_english_then_to_any(names, language, name):
    assert Product("s", names, "b", "c", "box", (1.0, 1.0, 1.0)).name(language) == name
