"""Money: exact, in range, of one currency."""

from decimal import Decimal

import pytest
from babel.numbers import format_currency

from catalog_sync.model.money import (
    AMOUNT_MINOR_MAX,
    Money,
    MoneyError,
    format_money,
    minor_digits,
    money_from_decimal,
)


def test_amounts_add_and_multiply_exactly():
    assert Money(150, "USD") + Money(49, "USD") == Money(199, "USD")
    assert Money(199, "USD").times(3) == Money(597, "USD")
    assert Money(199, "USD").times(0) == Money(0, "USD")


def test_two_currencies_do_not_add():
    with pytest.raises(MoneyError, match="cannot add KRW to USD"):
        Money(1, "USD") + Money(1, "KRW")


@pytest.mark.parametrize("currency", ["", "us", "USDX", "usd", "ＫＲＷ", "U1D1"])
def test_what_is_no_currency_is_refused(currency):
    with pytest.raises(MoneyError, match="ISO 4217"):
        Money(1, currency)


def test_an_amount_beyond_any_shop_is_refused():
    assert Money(AMOUNT_MINOR_MAX, "KRW").amount_minor == AMOUNT_MINOR_MAX
    for amount in (AMOUNT_MINOR_MAX + 1, -AMOUNT_MINOR_MAX - 1):
        with pytest.raises(MoneyError, match="beyond"):
            Money(amount, "KRW")


def test_minor_digits_follow_the_currency():
    assert [minor_digits(code) for code in ("KRW", "USD", "JPY", "BHD")] == [0, 2, 0, 3]


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1980", "KRW", 1980),
        (" 1980 ", "KRW", 1980),
        ("12.99", "USD", 1299),
        ("12.9", "USD", 1290),
        ("12", "USD", 1200),
        ("-3.50", "USD", -350),
        ("0", "USD", 0),
        ("1980.00", "KRW", 1980),
        (".5", "USD", 50),
        ("0.001", "BHD", 1),
    ],
)
def test_a_plain_decimal_is_read_exactly(text, currency, minor):
    assert money_from_decimal(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", ".", "1,980", "1e3", "NaN", "inf", "--1", "+1", "1.2.3", "₩1", "１２", "1_000",
     "9" * 21],
)  # fmt: skip
def test_what_is_no_plain_decimal_is_refused(text):
    with pytest.raises(MoneyError, match="not an amount of money"):
        money_from_decimal(text, "USD")


def test_too_many_places_are_refused_not_rounded():
    with pytest.raises(MoneyError, match="more decimal places than USD"):
        money_from_decimal("1.999", "USD")
    with pytest.raises(MoneyError, match="more decimal places than KRW"):
        money_from_decimal("1.5", "KRW")


@pytest.mark.parametrize(
    ("money", "locale", "text"),
    [
        (Money(8900, "KRW"), "ko_KR", "₩8,900"),
        (Money(8900, "KRW"), "ko-KR", "₩8,900"),
        (Money(1299, "USD"), "en_US", "$12.99"),
        (Money(-350, "USD"), "en_US", "-$3.50"),
    ],
)
def test_people_read_it_their_way(money, locale, text):
    assert format_money(money, locale) == text


@pytest.mark.parametrize("locale", ["ko_KR", "en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "en_IN"])
@pytest.mark.parametrize("currency", ["KRW", "USD", "EUR", "JPY", "KWD"])
def test_every_length_of_an_amount_is_written_as_babel_writes_it(currency, locale):
    for minor in (0, 1, 10, 99, 100, 101, 1234, 98765, 100000, 9876543, 123456789, 10**12):
        for amount in (minor, -minor):
            value = Decimal(amount).scaleb(-minor_digits(currency))
            written = format_currency(value, currency, locale=locale)
            assert format_money(Money(amount, currency), locale) == written
