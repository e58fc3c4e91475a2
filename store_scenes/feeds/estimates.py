"""Guesses for what feeds leave out: the package from words, the dimensions from the package."""

import re

from catalog_sync.model.product import PackageShape

# First match wins, so the narrow words come first. Checked against whole words of the category
# and the name together, English plurals included.
_PACKAGE_WORDS: tuple[tuple[PackageShape, str], ...] = (
    ("can", "can|canned|soda|sodas|beer|tuna|캔"),
    ("carton", "milk|carton|cream|creamer|eggnog|우유|두유"),
    (
        "jar",
        (
            "jar|jam|jams|jelly|jellies|honey|spread|spreads|butters|pickle|pickles|pickled|relish|"
            "olives|salsa|dips|dip|marinara|pesto|sauces|yogurt|yoghurt|잼|꿀|병조림"
        ),
    ),
    (
        "bottle",
        (
            "bottle|water|juice|juices|drink|drinks|beverage|beverages|oil|oils|vinegar|vinegars|"
            "sauce|ketchup|dressing|dressings|syrup|syrups|shampoo|detergent|cola|물|주스|간장|세제"
        ),
    ),
    (
        "bag",
        (
            "bag|chips|snack|snacks|crisps|pretzels|popcorn|nuts|seeds|candy|candies|gummies|sugar|"
            "flour|rice|beans|coffee|jerky|vegetables|frozen|bread|breads|buns|과자|칩|사탕|원두|쌀"
        ),
    ),
)
_PATTERNS = tuple(
    (package, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")) for package, words in _PACKAGE_WORDS
)

_REFERENCE: dict[PackageShape, tuple[tuple[float, float, float], float]] = {
    "box": ((140.0, 200.0, 60.0), 350.0),
    "can": ((66.0, 122.0, 66.0), 355.0),
    "bottle": ((66.0, 220.0, 66.0), 500.0),
    "jar": ((80.0, 110.0, 80.0), 350.0),
    "carton": ((72.0, 200.0, 72.0), 900.0),
    "bag": ((170.0, 240.0, 70.0), 150.0),
    "model": ((120.0, 120.0, 120.0), 0.0),
}
"""Outer millimetres of a usual package and what it holds, in grams or millilitres."""

_AMOUNT = re.compile(
    r"(?<![\d.])(\d{1,5}(?:\.\d{1,3})?)\s*(kg|g|ml|l|fl\s?oz|oz|lbs?|pounds?|ounces?)(?![a-z])",
)
_UNITS = {
    "g": 1.0, "kg": 1000.0, "ml": 1.0, "l": 1000.0, "oz": 28.35, "floz": 29.57, "lb": 453.6,
    "lbs": 453.6, "pound": 453.6, "pounds": 453.6, "ounce": 28.35, "ounces": 28.35,
}  # fmt: skip


def guess_package(category: str, name: str) -> PackageShape:
    """The package that words of the category and the name speak of; a box when none does."""
    words = f"{category} {name}".lower()
    for package, pattern in _PATTERNS:
        if pattern.search(words):
            return package
    return "box"


def amount_of(size_text: str) -> float:
    """Grams or millilitres that a size such as `12 oz/340 g` states; 0 when it states none."""
    sizes = [
        float(number) * _UNITS[unit.replace(" ", "")]
        for number, unit in _AMOUNT.findall(size_text.lower())
    ]
    return sizes[-1] if sizes else 0.0


def estimate_dimensions(
    package: PackageShape, size_text: str, weight_g: float
) -> tuple[float, float, float]:
    """Width, height and depth in millimetres of a usual package that holds that much.

    The reference package is scaled by the cube root of the contents' ratio, kept within 0.6 to 1.5.
    """
    reference, holds = _REFERENCE[package]
    amount = amount_of(size_text) or weight_g
    scale = 1.0
    if amount > 0.0 and holds > 0.0:
        scale = min(max((amount / holds) ** (1.0 / 3.0), 0.6), 1.5)
    width, height, depth = (round(side * scale, 0) for side in reference)
    return (width, height, depth)
