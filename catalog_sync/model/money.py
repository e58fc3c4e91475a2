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


@functools.lru_cache(maxsize=256)
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


def format_money(money: Money, locale: str) -> str:
    """The amount as people of `locale` (`ko_KR`, `en_US`) write it: `₩8,900`."""
    amount = money.amount_minor
    digits = f"{abs(amount):0{minor_digits(money.currency) + 1}d}"
    return _form(money.currency, locale, len(digits), negative=amount < 0).format(*digits)


@functools.lru_cache(maxsize=1024)
def _form(currency: str, locale: str, digits: int, *, negative: bool) -> str:
    """How an amount with so many digits is written, with `{}` for each of them.

    All amounts of one length are alike but for their digits, and CLDR's patterns take a while.
    """
    value = Decimal("1" * digits).scaleb(-minor_digits(currency))
    written = format_currency(
        -value if negative else value, currency, locale=locale.replace("-", "_")
    )
    assert written.count("1") == digits, "no currency has a digit in its sign"
    return written.replace("{", "{{").replace("}", "}}").replace("1", "{}")
