"""The unit price that labels and panels state: per 100 g, per 100 ml, per piece."""

import re

import msgspec

from catalog_sync.model.money import Money, format_money
from catalog_sync.model.product import Product

# What one of each unit is in grams, millilitres or pieces; ounces by the US customary definition.
_UNITS: dict[str, tuple[str, float]] = {
    "mg": ("g", 0.001), "g": ("g", 1.0), "kg": ("g", 1000.0), "oz": ("g", 28.349523125),
    "lb": ("g", 453.59237), "그램": ("g", 1.0),
    "ml": ("ml", 1.0), "cl": ("ml", 10.0), "dl": ("ml", 100.0), "l": ("ml", 1000.0),
    "fl oz": ("ml", 29.5735295625), "리터": ("ml", 1000.0),
    "ea": ("piece", 1.0), "pcs": ("piece", 1.0), "개": ("piece", 1.0), "입": ("piece", 1.0),
    "매": ("piece", 1.0), "롤": ("piece", 1.0), "티백": ("piece", 1.0), "정": ("piece", 1.0),
}  # fmt: skip

_NUMBER = r"(\d{1,7}(?:[.,]\d{1,3})?)"
_NAMES = "|".join(sorted((re.escape(name) for name in _UNITS), key=len, reverse=True))
_SIZE = re.compile(
    rf"(?:(\d{{1,3}})\s*[x×*]\s*)?{_NUMBER}\s*({_NAMES})(?![a-z])(?:\s*[x×*]\s*(\d{{1,3}}))?"
)

TEXT_MAX = 120
AMOUNT_MINOR_MAX = 10**12


_WORDS = {
    "ko": ("{quantity} {unit}당 {price}", "1개당 {price}"),
    "en": ("{price} per {quantity} {unit}", "{price} each"),
}


class UnitPrice(msgspec.Struct, frozen=True):
    """`money` for `quantity` of `unit` (g, ml or piece)."""

    money: Money
    quantity: int
    unit: str


def size_of(text: str) -> tuple[float, str] | None:
    """How much is in a pack: `500 g` → (500, "g"), `6 x 330ml` → (1980, "ml"); None: not said."""
    match = _SIZE.search(text[:TEXT_MAX].lower().replace("㎖", "ml").replace("ℓ", "l"))
    if match is None:
        return None
    before, number, name, after = match.groups()
    # A comma with three digits behind it parts thousands; with fewer it is a decimal comma.
    plain = number.replace(",", "" if re.search(r",\d{3}$", number) else ".")
    unit, factor = _UNITS[name]
    amount = float(plain) * factor * int(before or 1) * int(after or 1)
    return (amount, unit) if amount > 0 else None


def unit_price(price: Money, size_text: str, weight_g: float = 0.0) -> UnitPrice | None:
    """The price of 100 g, 100 ml or one piece; None where the pack does not say how much it holds.

    `weight_g` stands in where the text says nothing. Rounded half up to a minor unit.
    """
    size = size_of(size_text) or ((weight_g, "g") if weight_g > 0 else None)
    if size is None:
        return None
    amount, unit = size
    quantity = 1 if unit == "piece" else 100
    if unit == "piece" and amount < 2:
        return None
    minor = int(price.amount_minor * quantity / amount + 0.5)
    if not 0 <= minor <= AMOUNT_MINOR_MAX:
        return None
    return UnitPrice(Money(minor, price.currency), quantity, unit)


def unit_price_text(product: Product, locale: str, language: str) -> str:
    """The unit price as a label says it (`100 g당 ₩1,780`); "" where there is none."""
    per = product.price and unit_price(product.price, product.size_text, product.weight_g)
    if not per:
        return ""
    amount, piece = _WORDS.get(language, _WORDS["en"])
    words = piece if per.unit == "piece" else amount
    return words.format(quantity=per.quantity, unit=per.unit, price=format_money(per.money, locale))
