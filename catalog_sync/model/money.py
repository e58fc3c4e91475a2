"""Money as an integer of minor units and an ISO 4217 code; never a float."""

import functools
from decimal import Decimal

import msgspec
from babel.numbers import format_currency, get_currency_precision

AMOUNT_MINOR_MAX = 10**12
"""No single amount in a shop is larger; a larger one is a damaged feed."""


class MoneyError(ValueError):
    """Two amounts that cannot be put together, or an amount out of range."""


class Money(msgspec.Struct, frozen=True, order=True, gc=False):
    """`amount_minor` minor units (won for KRW, cents for USD) of `currency` (ISO 4217)."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what cannot be an amount of money.

        Raises:
            MoneyError: the amount is beyond `AMOUNT_MINOR_MAX` or the code is not three capitals.
        """
        if abs(self.amount_minor) > AMOUNT_MINOR_MAX:
            raise MoneyError(f"amount {self.amount_minor} is beyond {AMOUNT_MINOR_MAX}")
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            raise MoneyError(f"{self.currency!r} is not an ISO 4217 currency code")

    def __add__(self, other: "Money") -> "Money":
        """Sum of two amounts of one currency.

        Raises:
            MoneyError: the currencies differ.
        """
        if self.currency != other.currency:
            raise MoneyError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def times(self, quantity: int) -> "Money":
        """The amount for `quantity` units."""
        return Money(self.amount_minor * quantity, self.currency)


def minor_digits(currency: str) -> int:
    """Decimal places of `currency` (0 for KRW, 2 for USD), from CLDR."""
    return int(get_currency_precision(currency))


def money_from_decimal(text: str, currency: str) -> Money:
    """Read a plain decimal such as `1980` or `12.99` as an exact amount.

    Raises:
        MoneyError: not a plain decimal, or more decimal places than the currency has.
    """
    stripped = text.strip()
    body = stripped.removeprefix("-")
    if len(body) > 20 or not body.replace(".", "", 1).isdecimal() or not body.isascii():
        raise MoneyError(f"{text!r} is not an amount of money")
    scaled = Decimal(stripped).scaleb(minor_digits(currency))
    if scaled != scaled.to_integral_value():
        raise MoneyError(f"{text!r} has more decimal places than {currency}")
    return Money(int(scaled), currency)


@functools.lru_cache(maxsize=8192)  # a label, its card and its receipt say the same amount
def format_money(money: Money, locale: str) -> str:
    """The amount as people of `locale` (`ko_KR`, `en_US`) write it: `₩8,900`."""
    value = Decimal(money.amount_minor).scaleb(-minor_digits(money.currency))
    return str(format_currency(value, money.currency, locale=locale.replace("-", "_")))
