"""How much shelf a product gets: facings by its size, and how high it may stand on itself."""

import math
from dataclasses import dataclass

from catalog_sync.model.product import Product

LABEL_MM = 77.0
"""A shelf-edge label and the gap beside it: no position is narrower."""

GAP_MM = 4.0
"""The least between neighbouring facings."""

FACINGS_MAX = 14
WEIGHT_G_MAX = 50_000.0
"""Nobody lifts more off a shelf."""

SIDE_MM_MIN = 5.0

_LAYERS = {"can": 3, "box": 4, "tray": 4, "tub": 4, "carton": 2, "jar": 2, "multipack": 2}
"""How many of a package stand on one another; what is not here never does."""

_STACK_MM_MAX = 420.0
_SLENDER_MAX = 4.0
"""A stack is at most this many times as high as its base is wide."""

_DENSITY = {"bag": 0.25, "pouch": 0.45, "produce": 0.6, "box": 0.4, "tray": 0.6}
"""Grams a cubic centimetre over all, where a product states no weight."""


@dataclass(frozen=True, slots=True)
class Item:
    """A product to be placed. `rank` is its place in the department's order; millimetres, grams."""

    product: Product
    rank: int
    width: float
    height: float
    depth: float
    weight_g: float
    layers_max: int
    least: int  # facings that carry a label


def item(product: Product, rank: int) -> Item:
    """What planning needs to know about one product."""
    width, height, depth = product.dimensions_mm
    litres = width * height * depth / 1e6
    weight = product.weight_g or litres * 1000.0 * _DENSITY.get(product.package, 0.9)
    return Item(
        product,
        rank,
        width,
        height,
        depth,
        weight,
        _layers(product),
        max(math.ceil(LABEL_MM / (width + GAP_MM)), 1),
    )


def wished(one: Item, share_mm: float, row_mm: float) -> int:
    """Facings of a product when the usual one, 100 mm wide, gets `share_mm` of shelf.

    Larger goods get a little more shelf and fewer facings. At most what a row of `row_mm` takes.
    """
    pitch = one.width + GAP_MM
    facings = round(share_mm * math.pow(one.width / 100.0, 0.3) / pitch)
    most = max(int(row_mm / pitch), 1)
    return max(min(facings, FACINGS_MAX, most), min(one.least, most))


def unplaceable(product: Product) -> str:
    """Why a product can stand on no shelf at all; "" when it can."""
    sides = product.dimensions_mm
    if not all(math.isfinite(side) and side >= SIDE_MM_MIN for side in sides):
        stated = " by ".join(f"{side:g}" for side in sides)
        return f"its dimensions, {stated} mm, are no package's"
    if product.weight_g > WEIGHT_G_MAX:
        return f"it weighs {product.weight_g / 1000.0:g} kg; a shelf takes up to 50 kg"
    return ""


def _layers(product: Product) -> int:
    width, height, depth = product.dimensions_mm
    most = _LAYERS.get(product.package, 1)
    if height <= 0.0:
        return 1
    highest = min(_STACK_MM_MAX, _SLENDER_MAX * min(width, depth))
    return max(min(most, int(highest / height)), 1)
