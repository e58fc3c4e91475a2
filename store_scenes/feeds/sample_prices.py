"""Prices made up for a try-out: plausible for the goods, the same each time, and marked as such."""

import hashlib
import math
from collections.abc import Iterable

import msgspec

from catalog_sync.model.money import Money, minor_digits
from catalog_sync.model.product import Product
from store_scenes.feeds.estimates import amount_of, usual_price_usd
from store_scenes.feeds.kinds import kind_of

# What a dollar's worth of groceries costs elsewhere, roughly: a level of prices, no rate of
# exchange.
_LEVEL = {
    "KRW": 1100.0, "JPY": 130.0, "CNY": 5.0, "TWD": 26.0, "HKD": 7.5, "SGD": 1.4, "INR": 45.0,
    "EUR": 0.85, "GBP": 0.75, "CHF": 1.2, "SEK": 10.0, "NOK": 12.0, "DKK": 7.5, "PLN": 3.2,
    "CZK": 19.0, "HUF": 300.0, "CAD": 1.4, "AUD": 1.6, "NZD": 1.7, "MXN": 15.0, "BRL": 4.5,
    "KWD": 0.3, "BHD": 0.37, "VND": 20000.0, "THB": 25.0, "IDR": 12000.0, "PHP": 42.0,
}  # fmt: skip
_LARGE_UNITS = 100.0  # at such a level a currency has no small change, whatever its books say
_HUNDREDS = 500.0  # and at such a one prices go by hundreds
_SPREAD = 0.28


def sample_prices(products: Iterable[Product], currency: str) -> tuple[Product, ...]:
    """The products, those without a price given one in `currency` and marked `price_is_sample`.

    It follows from the kind of goods, how much there is of it, the brand and the SKU alone, and
    ends as prices end there: ₩1,980, $2.49, 2,99 €.
    """
    return tuple(
        product
        if product.price is not None
        else msgspec.structs.replace(
            product, price=_price(product, currency), was_price=None, price_is_sample=True
        )
        for product in products
    )


def _price(product: Product, currency: str) -> Money:
    kind = kind_of(product.category, " ".join(product.names.values()))
    amount = amount_of(product.size_text) or product.weight_g
    dearness = 1.0 + _SPREAD * _share(product.brand) + _SPREAD / 2 * _share(product.sku)
    usd = usual_price_usd(kind, amount) * dearness
    return Money(_ending(usd * _LEVEL.get(currency, 1.0), currency), currency)


def _share(text: str) -> float:
    """-1 to 1, from the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) / 2**31 - 1.0


def _ending(value: float, currency: str) -> int:
    """The nearest amount, in minor units, that a shop would write on a label."""
    digits = minor_digits(currency)
    level = _LEVEL.get(currency, 1.0)
    minor: int = 10**digits
    if digits == 0 or level >= _LARGE_UNITS:
        return _large_ending(value, 2 if level >= _HUNDREDS else 1) * minor
    if value < 10.0:
        step = minor // 2  # .49 and .99
    elif value < 100.0:
        step = minor
    else:
        step = minor * 10
    return max(round(value * minor / step), 1) * step - minor // 100


def _large_ending(value: float, places: int) -> int:
    """₩880, ₩1,980, ₩12,900, ¥298: a little less than a round figure of `places` zeros or more."""
    step: int = 10 ** max(int(math.log10(max(value, 1.0))) - 1, places)
    less = step // 10 if value >= 10_000 else step // 5
    return max(round(value / step), 1) * step - max(less, 1)
