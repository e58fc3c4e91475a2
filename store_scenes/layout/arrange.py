"""Where every facing of a shelf stands: the one arithmetic that checker and compiler share.

Shelf space: millimetres, x to the right from the shelf's left end as the shopper sees it, depth
away from the shopper from the surface's front edge, height up from the surface.
"""

import functools
import math
from collections.abc import Mapping, Sequence

import msgspec

from catalog_sync.model.product import Product
from store_scenes.layout.documents import Handling, MerchandisingStyle, Pack, Position
from store_scenes.layout.orientation import Orientation, Size, turned

FRONT_INSET_MM = 6.0
"""Products stand this far behind the surface's front edge, as staff face them up."""

ROW_GAP_MM = 3.0
"""Between one unit and the one behind it."""

POSTER_DEPTH_MM = 4.0
"""Of a picture that stands for a product."""

CAP_SIDE_MAX = 50
"""Caps in a row, at most: more than any shelf has."""

_NOTHING: Mapping[str, Handling] = {}


class Capped(msgspec.Struct, frozen=True):
    """Units in the room that a block leaves: the middles of their bases, and how they lie.

    `places` are (x, height, depth) of each base's middle; `size_mm` is one unit as it lies.
    """

    orientation: Orientation
    size_mm: Size
    places: tuple[tuple[float, float, float], ...]


class Arranged(msgspec.Struct, frozen=True, gc=False):
    """One position with its place worked out. `index` is its place in `Shelf.positions`.

    `wide` facings stand side by side from `left_mm` on, each `pitch_mm` after the one before;
    `deep` of them behind one another from `front_mm` on, `apart_mm` each; `layers` on one another,
    the lowest at `bottom_mm`, `layer_mm` each. One facing, turned by `orientation`, is `size_mm`: a
    unit, or a `pack` of them. The block, caps included, reaches from `left_mm` to `right_mm`,
    `depth_mm` back and `height_mm` up. `units` are those that a shopper can take out of it.
    """

    index: int
    product: Product
    left_mm: float
    right_mm: float
    depth_mm: float
    height_mm: float
    wide: int
    pitch_mm: float
    deep: int
    front_mm: float
    apart_mm: float
    layers: int
    size_mm: Size
    layer_mm: float
    units: int
    bottom_mm: float = 0.0
    orientation: Orientation = "front"
    style: MerchandisingStyle = "unit"
    pack: Pack | None = None
    caps: tuple[Capped, ...] = ()

    @property
    def columns(self) -> tuple[float, ...]:
        """The x of the facings' middles."""
        first = self.left_mm + self.size_mm[0] / 2.0
        return tuple([first + count * self.pitch_mm for count in range(self.wide)])

    @property
    def rows(self) -> tuple[float, ...]:
        """The depth of the rows' middles, the nearest first."""
        first = self.front_mm + self.size_mm[2] / 2.0
        return tuple([first + count * self.apart_mm for count in range(self.deep)])


def arrange_shelf(
    positions: Sequence[Position],
    depth_mm: float,
    products: Mapping[str, Product],
    handling: Mapping[str, Handling] = _NOTHING,
    divider_mm: float = 0.0,
) -> list[Arranged]:
    """Every position whose product is known, in the document's order.

    A position without `x_mm` follows the one before it, half of each one's own gap between them,
    and the divider's width.
    """
    arranged: list[Arranged] = []
    cursor = 0.0
    for index, position in enumerate(positions):
        product = products.get(position.sku)
        if product is None:
            continue
        if position.x_mm is None:
            between = divider_mm if arranged else 0.0
            left = cursor + position.gap_mm / 2.0 + between
        else:
            left = position.x_mm
        block = _block(index, position, product, handling.get(position.sku), left, depth_mm)
        arranged.append(block)
        cursor = block.right_mm + position.gap_mm / 2.0
    return arranged


def facing_size(
    position: Position, product: Product, handling: Handling | None
) -> tuple[Size, Pack | None]:
    """Width, height and depth of one facing as it stands, and the pack it is, if it is one."""
    pack = handling.pack(position.style) if handling and position.style != "unit" else None
    size = pack.size_mm if pack else product.dimensions_mm
    if position.orientation != "front":
        size = turned(size, position.orientation)
    if position.style == "poster":
        size = (size[0], size[1], POSTER_DEPTH_MM)
    return size, pack


@functools.lru_cache(maxsize=16_384)
def rows_that_fit(unit_mm: float, depth_mm: float) -> int:
    """Units of one depth that stand behind one another on a surface; at least one, at most 200."""
    if unit_mm <= 0.0:
        return 1
    fit = math.floor((depth_mm - FRONT_INSET_MM + ROW_GAP_MM + 1e-6) / (unit_mm + ROW_GAP_MM))
    return min(max(fit, 1), 200)


def _block(
    index: int,
    position: Position,
    product: Product,
    handling: Handling | None,
    left: float,
    depth_mm: float,
) -> Arranged:
    size, pack = facing_size(position, product, handling)
    width, height, depth = size
    wide, high, bottom = position.facings_wide, position.facings_high, position.y_mm
    pitch = width + position.gap_mm
    front = FRONT_INSET_MM if position.z_mm is None else position.z_mm
    if position.style == "poster":
        deep = 1
    else:
        room = depth_mm if position.z_mm is None else depth_mm - front + FRONT_INSET_MM
        deep = position.facings_deep or rows_that_fit(depth, room)
    apart = depth + ROW_GAP_MM
    layer = height
    if handling is not None and pack is None and position.orientation == "front":
        apart -= min(handling.nest_z_mm, depth - 1.0)
        layer -= min(handling.nest_y_mm, height - 1.0)
    right = left + pitch * (wide - 1) + width
    top = bottom + height + layer * (high - 1)
    back = front + apart * (deep - 1) + depth
    count = wide * high * deep * (pack.holds if pack else 1)
    caps: tuple[Capped, ...] = ()
    if not (position.cap_x is None and position.cap_y is None and position.cap_z is None):
        caps = _caps(position, product, (left, right), (bottom, top), (front, back))
        for cap in caps:
            count += len(cap.places)
            for x, up, far in cap.places:
                right = max(right, x + cap.size_mm[0] / 2.0)
                top = max(top, up + cap.size_mm[1])
                back = max(back, far + cap.size_mm[2] / 2.0)
    return Arranged(
        index, product, left, right, back, top, wide, pitch, deep, front, apart, high, size, layer,
        count, bottom, position.orientation, position.style, pack, caps,
    )  # fmt: skip


Span = tuple[float, float]


def _caps(
    position: Position, product: Product, across: Span, up: Span, deep: Span
) -> tuple[Capped, ...]:
    """As many units as the block's own extent has room for, `count` times on top, beside, behind.

    On top they fill the block's width and depth; beside it its height and depth; behind it its
    width and height. At least one each.
    """
    caps = []
    for axis, cap in (("x", position.cap_x), ("y", position.cap_y), ("z", position.cap_z)):
        if cap is None or cap.count < 1:
            continue
        size = turned(product.dimensions_mm, cap.orientation)
        if axis == "x":
            xs = [across[1] + position.gap_mm + (n + 0.5) * size[0] for n in range(cap.count)]
            ys = _filled(up, size[1])
            zs = _filled(deep, size[2], ROW_GAP_MM)
        elif axis == "y":
            xs = _filled(across, size[0], position.gap_mm)
            ys = [up[1] + (n + 0.5) * size[1] for n in range(cap.count)]
            zs = _filled(deep, size[2], ROW_GAP_MM)
        else:
            xs = _filled(across, size[0], position.gap_mm)
            ys = _filled(up, size[1])
            apart = size[2] + ROW_GAP_MM
            zs = [deep[1] + ROW_GAP_MM + size[2] / 2.0 + n * apart for n in range(cap.count)]
        places = tuple((x, y - size[1] / 2.0, z) for z in zs for y in ys for x in xs)
        caps.append(Capped(cap.orientation, size, places))
    return tuple(caps)


def _filled(span: Span, size: float, gap: float = 0.0) -> list[float]:
    """Middles of as many things of one size as a span takes, from its start on; at least one."""
    pitch = size + max(gap, 0.0)
    fit = math.floor((span[1] - span[0] + max(gap, 0.0) + 1e-6) / pitch) if pitch > 0.0 else 1
    return [
        span[0] + size / 2.0 + number * pitch for number in range(min(max(fit, 1), CAP_SIDE_MAX))
    ]
