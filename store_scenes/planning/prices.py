"""Prices for a try-out where a catalogue has none: plausible, the same every time, and flagged."""

import hashlib

import msgspec

from catalog_sync.model.money import Money, minor_digits
from catalog_sync.model.product import Product

_UNIT = {"KRW": 1000, "JPY": 100}
"""About what one euro or dollar is in currencies of small units."""


def with_sample_prices(products: tuple[Product, ...], currency: str) -> tuple[Product, ...]:
    """Products with a made-up price where they have none; real prices stay."""
    return tuple(
        product
        if product.price is not None
        else msgspec.structs.replace(product, price=_price(product, currency), price_is_sample=True)
        for product in products
    )


def _price(product: Product, currency: str) -> Money:
    """Between 1 and 15 units of money by size and SKU, ending as prices do."""
    spread = int.from_bytes(hashlib.sha256(product.sku.encode()).digest()[:2], "big") / 65536.0
    width, height, depth = product.dimensions_mm
    litres = max(width * height * depth / 1e6, 0.05)
    amount = (1.0 + 3.5 * min(litres, 20.0) ** 0.5) * (0.7 + 0.9 * spread)
    if minor_digits(currency) == 0:
        step = _UNIT.get(currency, 100)
        return Money(max(round(amount * step / 100.0) * 100 - 20, 80), currency)
    return Money(max(round(amount * 10.0) * 10 - 1, 49), currency)
