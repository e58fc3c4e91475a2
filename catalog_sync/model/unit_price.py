"""The price of 100 g or 100 ml, read from a product's size as it is printed."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product

# "500 g", "1.5L", "350 ml x 6": how much of what, and how many of it.
_SIZE = re.compile(r"([\d.,]{1,9})\s*(kg|g|ml|l)\b(?:\s*[x×]\s*(\d{1,4}))?", re.IGNORECASE)


def unit_price(product: Product) -> tuple[Literal["100 g", "100 ml"], Money] | None:
    """Price of 100 g or 100 ml, rounded half up to a minor unit; None when size is unstated."""
    match = _SIZE.search(product.size_text)
    if product.price is None or match is None:
        return None
    unit = match.group(2).lower()
    try:
        amount = Decimal(match.group(1).replace(",", ".")) * int(match.group(3) or 1)
    except ArithmeticError:
        return None
    amount *= 1000 if unit in {"kg", "l"} else 1
    if amount <= 0:
        return None
    minor = (Decimal(product.price.amount_minor) * 100 / amount).quantize(1, ROUND_HALF_UP)
    return "100 g" if unit in {"g", "kg"} else "100 ml", Money(int(minor), product.price.currency)
