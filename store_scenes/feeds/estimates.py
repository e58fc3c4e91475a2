"""Guesses for what feeds leave out: the package from words, the dimensions from kind and size."""

from collections.abc import Sequence

from catalog_sync.model.product import PackageShape
from store_scenes.feeds.kinds import OTHER, Kind, kind_of, named_package
from store_scenes.feeds.sizes import Size, read_size

SCALE_MIN, SCALE_MAX = 0.55, 1.6
SIDE_MM_MIN, SIDE_MM_MAX = 10.0, 1_200.0
COLUMNS_MAX = 6  # of a multipack, side by side

_REFERENCE: dict[PackageShape, tuple[tuple[float, float, float], float]] = {
    "box": ((140.0, 200.0, 60.0), 350.0),
    "can": ((66.0, 122.0, 66.0), 355.0),
    "bottle": ((66.0, 220.0, 66.0), 500.0),
    "jar": ((80.0, 110.0, 80.0), 350.0),
    "carton": ((72.0, 200.0, 72.0), 900.0),
    "bag": ((170.0, 240.0, 70.0), 150.0),
    "pouch": ((150.0, 220.0, 60.0), 300.0),
    "tray": ((190.0, 50.0, 130.0), 350.0),
    "tube": ((55.0, 170.0, 42.0), 100.0),
    "tub": ((95.0, 75.0, 95.0), 300.0),
    "produce": ((80.0, 78.0, 80.0), 180.0),
    "multipack": ((198.0, 122.0, 132.0), 1980.0),
    "model": ((120.0, 120.0, 120.0), 0.0),
}
"""Outer millimetres of a usual package and what it holds, where its kind comes in another one."""

_SIDE_BY_SIDE = frozenset({"can", "bottle", "jar", "carton", "tub", "tube"})
_DRY = frozenset({"box", "bag", "pouch", "tray", "produce"})


def guess_package(
    category: str,
    name: str,
    size_text: str = "",
    packaging: str = "",
    wider: Sequence[str] = (),
) -> PackageShape:
    """The package that the words speak of; a box when none does.

    `packaging` are words about the package itself, which lead; several of one amount (`6 x 330ml`)
    are a multipack where such goods are sold so. `wider` as in `kind_of`.
    """
    size = read_size(size_text) or Size()
    shape = named_package(packaging) or _unit_package(kind_of(category, name, wider), size)
    if size.count > 1 and (size.amount > 0 or shape in _SIDE_BY_SIDE):
        return "multipack"
    return shape


def amount_of(size_text: str) -> float:
    """Grams or millilitres that a size such as `12 oz/340 g` states, all packs together; else 0."""
    size = read_size(size_text)
    return size.amount * size.count if size else 0.0


def estimate_dimensions(
    package: PackageShape,
    size_text: str,
    weight_g: float,
    category: str = "",
    name: str = "",
    wider: Sequence[str] = (),
) -> tuple[float, float, float]:
    """Width, height and depth in millimetres of a usual package that holds that much.

    The usual package of the goods' kind is scaled by the cube root of the contents' ratio, within
    0.55 to 1.6. A multipack is its units side by side, or in the least bulky block where they
    are flat.
    """
    kind = kind_of(category, name, wider)
    size = read_size(size_text) or Size()
    count = size.count if package == "multipack" else 1
    unit = _unit_package(kind, size) if package == "multipack" else package
    if unit == kind.package and kind is not OTHER:
        reference, holds = kind.size_mm, kind.holds
    else:
        reference, holds = _REFERENCE[unit]
    amount = size.amount or (weight_g / count)
    scale = 1.0
    if amount > 0.0 and holds > 0.0 and unit != "model":
        scale = min(max((amount / holds) ** (1.0 / 3.0), SCALE_MIN), SCALE_MAX)
    width, height, depth = (side * scale for side in reference)
    if package == "multipack":
        if count == 1:  # said to be several, and not how many
            count = 6
        if unit in _SIDE_BY_SIDE:
            across, behind = _grid(count)
            width, depth = width * across, depth * behind
        else:
            width, height, depth = _stack(count, (width, height, depth))
    return _bounded(width, height, depth)


def usual_price_usd(product_kind: Kind, amount: float) -> float:
    """What `amount` grams or millilitres of a kind usually cost; a usual pack of it for 0."""
    if amount <= 0.0 or product_kind.holds <= 0.0:
        return product_kind.usd
    ratio = min(max(amount / product_kind.holds, 0.1), 12.0)
    return product_kind.usd * float(ratio**0.72)  # larger packs are cheaper by weight


def _unit_package(kind: Kind, size: Size) -> PackageShape:
    """What one of it comes in: a kind's own package, but what is sold by volume is not dry."""
    return "bottle" if size.unit == "ml" and kind.package in _DRY else kind.package


def _grid(count: int) -> tuple[int, int]:
    """Columns and rows of `count` units, as packs are made: 6 is 3 by 2, 24 is 6 by 4."""
    for behind in range(int(count**0.5), 0, -1):
        if count % behind == 0 and count // behind <= COLUMNS_MAX:
            return count // behind, behind
    across = min(COLUMNS_MAX, count)
    return across, -(-count // across)


def _stack(count: int, unit: tuple[float, float, float]) -> tuple[float, float, float]:
    """The least bulky block of `count` flat units: one behind, above or beside the other."""
    blocks = [
        (unit[0] * across, unit[1] * above, unit[2] * behind)
        for across in range(1, count + 1)
        for above in range(1, -(-count // across) + 1)
        for behind in (-(-count // (across * above)),)
    ]
    return min(blocks, key=lambda block: (block[0] * block[1] * block[2] * max(block), block))


def _bounded(width: float, height: float, depth: float) -> tuple[float, float, float]:
    sides = (round(min(max(side, SIDE_MM_MIN), SIDE_MM_MAX)) for side in (width, height, depth))
    w, h, d = sides
    return (float(w), float(h), float(d))
