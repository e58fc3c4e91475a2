"""Prices as feeds write them: with signs, codes, thousands and decimal commas."""

import re

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money, MoneyError, minor_digits, money_from_decimal

PRICE_CHARS_MAX = 40

_SIGNS = {
    "KRW": ("₩", "￦", "원"), "USD": ("US$", "$"), "EUR": ("€",), "GBP": ("£",),
    "JPY": ("¥", "￥", "円"), "CNY": ("¥", "￥", "元"), "CAD": ("CA$", "$"), "AUD": ("A$", "$"),
}  # fmt: skip
_NUMBER = re.compile(r"-?\d[\d., ]*")


def read_money(text: str, currency: str) -> Money:
    """The amount that `text` states in `currency`: `1980`, `12.99 USD`, `₩1,980`, `12,99 €`.

    A separator before the last three digits parts thousands unless the currency has three decimal
    places; otherwise the last separator is the decimal one.

    Raises:
        MoneyError: no amount, one of another currency, or more places than the currency has.
    """
    bare = text.strip()
    if len(bare) > PRICE_CHARS_MAX:
        raise MoneyError(f"{bare[:PRICE_CHARS_MAX]!r} is not an amount of money")
    for sign in (currency, currency.lower(), *_SIGNS.get(currency, ())):
        bare = bare.removeprefix(sign).removesuffix(sign).strip()
    if not _NUMBER.fullmatch(bare):
        raise MoneyError(f"{text.strip()!r} is not an amount of money in {currency}")
    return money_from_decimal(_point(bare.replace(" ", ""), minor_digits(currency)), currency)


def check_currency(currency: str) -> None:
    """Whether `--currency` is a code that money can have.

    Raises:
        Failure: it is not.
    """
    try:
        Money(0, currency)
    except MoneyError as error:
        raise Failure(f"--currency: {error}") from None


def _point(number: str, digits: int) -> str:
    """The number with a point before its decimals and nothing between its thousands."""
    comma, point = number.rfind(","), number.rfind(".")
    last = max(comma, point)
    if last < 0:
        return number
    places = len(number) - last - 1
    if comma < 0 and number.count(".") <= 1 and (digits or places != 3):
        return number  # as programs write it
    sign = number[last]
    grouped = number.count(sign) > 1 or (places == 3 and digits != 3)
    if grouped and min(comma, point) < 0:
        return number.replace(sign, "")
    whole = number[:last].replace(",", "").replace(".", "")
    return f"{whole}.{number[last + 1 :]}"
