"""Prices as feeds write them: with signs, codes, thousands and decimal commas."""

import re

from babel.numbers import is_currency

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money, MoneyError, minor_digits, money_from_decimal

PRICE_CHARS_MAX = 40

_SIGNS = {
    "KRW": ("₩", "￦", "원"), "USD": ("US$", "$"), "EUR": ("€",), "GBP": ("£",),
    "JPY": ("¥", "￥", "円"), "CNY": ("¥", "￥", "元"), "CAD": ("CA$", "$"), "AUD": ("A$", "$"),
}  # fmt: skip
# Thousands in groups of three behind one and the same sign, and decimals behind another one: else
# a date (12.5.2024) or two prices (12.99 19.99) would come out as one large number.
_NUMBER = re.compile(
    r"(?P<whole>-?(?:\d+|\d{1,3}(?:(?P<group>[ ,.'’])\d{3})(?:(?P=group)\d{3})*))"
    r"(?:(?P<point>[.,])(?P<places>\d*))?"
)
_CODE = re.compile(r"(?<![^\W\d_])[A-Za-z]{3}(?![^\W\d_])")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}")


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
    found = _NUMBER.fullmatch(bare)
    if found is None or (found["point"] and found["point"] == found["group"]):
        raise MoneyError(f"{text.strip()!r} is not an amount of money in {currency}")
    return money_from_decimal(_plain(found, minor_digits(currency)), currency)


def stated_currency(text: str) -> str:
    """The currency that a price says it is in, by code or by sign; empty where it says none.

    A sign that several have ($, ¥) is taken for the one that is named first.
    """
    bare = text.strip()[: PRICE_CHARS_MAX * 2]
    codes = (code.upper() for code in _CODE.findall(bare))
    found = next((code for code in codes if is_currency(code)), "")
    if found:
        return found
    signs = ((sign, code) for code, signs in _SIGNS.items() for sign in signs)
    fitting = [one for one in signs if bare.startswith(one[0]) or bare.endswith(one[0])]
    return max(fitting, key=lambda one: len(one[0]), default=("", ""))[1]


def check_currency(currency: str) -> None:
    """Whether `--currency` is a code that money can have.

    Raises:
        Failure: it is not.
    """
    try:
        Money(0, currency)
    except MoneyError as error:
        raise Failure(f"--currency: {error}") from None


def _plain(number: re.Match[str], digits: int) -> str:
    """The number with a point before its decimals and nothing between its thousands."""
    whole, group, point, places = number.group("whole", "group", "point", "places")
    if group:
        whole = whole.replace(group, "")
    elif (
        len(places or "") == 3
        and digits != 3
        and not (point == "." and digits)  # as programs write it
        and _THOUSANDS.fullmatch(whole)
    ):
        return f"{whole}{places}"
    return f"{whole}.{places}" if point else whole
