"""What is sold: the facts of a product (cold) and what moves while the shop is open (hot)."""

from typing import Literal

import msgspec

from catalog_sync.model.facts import NO_FACTS, Facts
from catalog_sync.model.money import Money

PackageShape = Literal[
    "box", "can", "bottle", "jar", "carton", "bag", "pouch", "tray", "tube", "tub", "produce",
    "multipack", "model",
]  # fmt: skip
"""How a unit looks; `model` means a 3D model of its own (`Product.model`)."""


class Product(msgspec.Struct, frozen=True, gc=False):
    """One SKU.

    `names` maps a language (`ko`, `en`) to the name; it has at least one entry. `gtin` is text
    with its leading zeros, or empty. `dimensions_mm` is width, height, depth as it stands on the
    shelf. `price` None means unpriced: shown as such and never sold. `stock` is what can still be
    sold. `model` is a path inside the store folder in a store's own catalogue, and the cooked
    asset's content hash (64 hex digits) once served; empty without a model. `was_price` is what
    it cost before the offer that `price` is; never below `price`. `price_is_sample` marks a price
    that was made up for a try-out and is labelled so. `facts` None: nothing is told of it.
    """

    sku: str
    names: dict[str, str]
    brand: str
    category: str
    package: PackageShape
    dimensions_mm: tuple[float, float, float]
    price: Money | None = None
    stock: int = 0
    gtin: str = ""
    size_text: str = ""
    weight_g: float = 0.0
    dimensions_estimated: bool = False
    model: str = ""
    colour: str = ""  # "#rrggbb" that leads the label art; empty: chosen from category and brand
    was_price: Money | None = None
    price_is_sample: bool = False
    facts: Facts | None = None

    @property
    def told(self) -> Facts:
        """Its facts, or empty ones."""
        return self.facts or NO_FACTS

    def name(self, language: str) -> str:
        """The name in `language`, else English, else whatever there is."""
        return self.names.get(language) or self.names.get("en") or next(iter(self.names.values()))


class PriceChange(msgspec.Struct, frozen=True, gc=False):
    """The hot columns of one SKU after a change; `price` None withdraws it from sale."""

    sku: str
    price: Money | None
    stock: int
    was_price: Money | None = None


def is_another(before: Product, now: Product) -> bool:
    """Whether more than price and stock of a product is another."""
    return now != at_prices_of(before, now)


def at_prices_of(product: Product, now: Product | PriceChange) -> Product:
    """`product` with the hot columns of `now`."""
    return msgspec.structs.replace(
        product, price=now.price, stock=now.stock, was_price=now.was_price
    )


def was_above(price: Money | None, was_price: Money | None) -> Money | None:
    """`was_price` where it makes an offer of `price`: of one currency and above it; else None."""
    if price is None or was_price is None or was_price.currency != price.currency:
        return None
    return was_price if was_price.amount_minor > price.amount_minor else None
