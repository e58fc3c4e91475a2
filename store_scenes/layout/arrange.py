"""Where every facing of a shelf stands: the one arithmetic that checker and compiler share.

Shelf space: millimetres, x to the right from the shelf's left end as the shopper sees it, depth
away from the shopper from the surface's front edge, height up from the surface.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec

from catalog_sync.model.product import Product
from store_scenes.layout.documents import Position

FRONT_INSET_MM = 6.0
"""Products stand this far behind the surface's front edge, as staff face them up."""

ROW_GAP_MM = 3.0
"""Between one unit and the one behind it."""


class Arranged(msgspec.Struct, frozen=True):
    """One position with its place worked out. `index` is its place in `Shelf.positions`.

    `columns` are the x of the facings' middles, `rows` the depth of the rows' middles; `layers`
    units stand on one another. The block reaches from `left_mm` to `right_mm`, `depth_mm` back
    and `height_mm` up.
    """

    index: int
    product: Product
    left_mm: float
    right_mm: float
    depth_mm: float
    height_mm: float
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    layers: int


def arrange_shelf(
    positions: Sequence[Position], depth_mm: float, products: Mapping[str, Product]
) -> list[Arranged]:
    """Every position whose product is known, in the document's order.

    A position without `x_mm` follows the one before it, half of each one's own gap between them.
    """
    arranged: list[Arranged] = []
    cursor = 0.0
    for index, position in enumerate(positions):
        product = products.get(position.sku)
        if product is None:
            continue
        gap = position.gap_mm
        left = cursor + gap / 2.0 if position.x_mm is None else position.x_mm
        width, height, depth = product.dimensions_mm
        columns = tuple(
            left + width / 2.0 + count * (width + gap) for count in range(position.facings_wide)
        )
        deep = position.facings_deep or rows_that_fit(depth, depth_mm)
        rows = tuple(
            FRONT_INSET_MM + depth / 2.0 + count * (depth + ROW_GAP_MM) for count in range(deep)
        )
        right = columns[-1] + width / 2.0
        arranged.append(
            Arranged(
                index=index,
                product=product,
                left_mm=left,
                right_mm=right,
                depth_mm=rows[-1] + depth / 2.0,
                height_mm=height * position.facings_high,
                columns=columns,
                rows=rows,
                layers=position.facings_high,
            )
        )
        cursor = right + gap / 2.0
    return arranged


def rows_that_fit(unit_mm: float, depth_mm: float) -> int:
    """Units of one depth that stand behind one another on a surface; at least one, at most 200."""
    if unit_mm <= 0.0:
        return 1
    fit = math.floor((depth_mm - FRONT_INSET_MM + ROW_GAP_MM + 1e-6) / (unit_mm + ROW_GAP_MM))
    return min(max(fit, 1), 200)
