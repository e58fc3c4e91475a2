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
        ("0,500", "USD", 50),
        ("1.500", "KRW", 1500),
        ("1’234.50", "CHF", 123450),
        ("1 234 567", "USD", 123456700),
        ("1,234,567.8", "USD", 123456780),
        ("-3", "USD", -300),
    ],
)
def test_prices_as_people_write_them(text, currency, minor):
    assert read_money(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [("1.5", "KRW"), ("12.99 EUR", "USD"), ("free", "USD"), ("", "USD"), ("1e3", "USD"),
     ("9" * 50, "USD"), ("12.345", "USD"), ("€5", "USD"),
     ("12.5.2024", "USD"), ("12.5.2024", "KRW"), ("12.99 19.99", "USD"), ("1,2,3", "USD"),
     ("1,2,3", "KRW"), ("1.234.56", "EUR"), ("1,234,56", "EUR"), ("1234,567.00", "USD"),
     ("1 2", "KRW"), ("1.234 567", "KRW"), ("1'234,567", "USD"), ("1234,567", "USD")],
)  # fmt: skip
def test_what_is_no_price_here(text, currency):
    with pytest.raises(MoneyError):
        read_money(text, currency)
