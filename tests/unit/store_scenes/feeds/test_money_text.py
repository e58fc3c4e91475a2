import pytest

from catalog_sync.model.money import Money, MoneyError
from store_scenes.feeds.money_text import read_money


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1980", "KRW", 1980),
        ("₩1,980", "KRW", 1980),
        ("1,980원", "KRW", 1980),
        ("1,980.00", "KRW", 1980),
        ("12.99", "USD", 1299),
        ("$1,299.00", "USD", 129900),
        ("12.99 USD", "USD", 1299),
        ("1,299", "USD", 129900),
        ("12,99 €", "EUR", 1299),
        ("1.980,50", "EUR", 198050),
        ("1 980,50", "EUR", 198050),
        ("1.234.567", "EUR", 123456700),
        ("12.500", "KWD", 12500),
        ("-3", "USD", -300),
    ],
)
def test_prices_as_people_write_them(text, currency, minor):
    assert read_money(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [("1.5", "KRW"), ("12.99 EUR", "USD"), ("free", "USD"), ("", "USD"), ("1e3", "USD"),
     ("9" * 50, "USD"), ("12.345", "USD"), ("€5", "USD")],
)  # fmt: skip
def test_what_is_no_price_here(text, currency):
    with pytest.raises(MoneyError):
        read_money(text, currency)
