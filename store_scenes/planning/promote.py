"""Endcaps and the table by the door: products of the nearest aisles a second time, in plenty."""

from collections import Counter
from collections.abc import Iterable, Sequence

from catalog_sync.model.product import Product
from store_scenes.planning.bays import Bay, fill, fits
from store_scenes.planning.departments import Department, sign
from store_scenes.planning.facings import Item, item
from store_scenes.planning.floor import Laid
from store_scenes.planning.furniture import Furniture, endcap, table
from store_scenes.planning.room_size import ENDCAP_MM, Room
from store_scenes.planning.standing import Standing

ENDCAP_PRODUCTS_MAX = 6
TABLE_PRODUCTS_MAX = 5
SHARE_MM = 420.0
TABLES = ((1, 250), (3, 1000), (4, 10**9))
"""How many tables a shop of up to so many products has."""

TABLE_SPOTS_MM = (
    (-2300.0, -1900.0), (-2300.0, -3700.0), (2300.0, -1900.0), (-4900.0, -1900.0),
    (-4900.0, -3700.0),
)  # fmt: skip
"""Where a table may stand from the entrance, the best place first."""


def promote(laid: Laid, products: int) -> None:
    """An endcap at each end of every two-sided run, and tables before the entrance where free."""
    room = laid.room
    used: set[str] = set()
    everything = [one for stock in laid.stock.values() for one in stock]
    for column, (x, number, side_mm, ends_mm) in enumerate(laid.columns):
        for number_here, (z, yaw) in enumerate(_ends(room, ends_mm), start=1):
            aisle = f"aisle-{number + 1}"
            near = [*laid.stock.get(f"aisle-{number}", []), *laid.stock.get(aisle, [])]
            if not any(one.furniture.type == "gondola" for one in near):
                near = everything  # what is kept cool is never shown outside its cabinet
            width = 2.0 * side_mm
            _stand(
                laid, near, used, endcap(width), ENDCAP_PRODUCTS_MAX, aisle,
                (x, z, yaw), f"endcap-{column + 1}-{number_here}",
            )  # fmt: skip
    _tables(laid, used, products)


def _ends(room: Room, ends_mm: float) -> list[tuple[float, float]]:
    """Middle z and yaw of each endcap of a column, from the entrance's end.

    A run is `ends_mm` longer than its bays.
    """
    ends = []
    z = room.run_front
    for number, block in enumerate(room.blocks):
        if number == 0 or room.endcaps_behind:
            ends.append((z + ENDCAP_MM / 2.0, 0.0))
        z -= block * 1000.0 + 64.0
        if room.endcaps_behind:
            ends.append((z - ENDCAP_MM / 2.0 - max(ends_mm - 64.0, 0.0), 180.0))
        z -= room.block_gap
    return ends


def _tables(laid: Laid, used: set[str], products: int) -> None:
    """A table or a few on the floor before the entrance, where there is room for them."""
    furniture = table()
    x, z = laid.entrance
    side = furniture.measures.side_mm
    area = (furniture.bay_mm + 2.0 * side, furniture.depth_mm)
    left = next(most for most, limit in TABLES if products <= limit)
    everything = [one for stock in laid.stock.values() for one in stock]
    aisle = laid.aisles[0].id
    for dx, dz in TABLE_SPOTS_MM:
        if not left:
            return
        if laid.free(x + dx, z + dz, *area):
            left -= 1
            _stand(
                laid, everything, used, furniture, TABLE_PRODUCTS_MAX, aisle,
                (x + dx, z + dz, 0.0), f"table-{left + 1}",
            )  # fmt: skip


def _stand(
    laid: Laid,
    near: Sequence[Standing],
    used: set[str],
    furniture: Furniture,
    most: int,
    aisle: str,
    at: tuple[float, float, float],
    name: str,
) -> None:
    """Choose what to show and stand it; nothing where nothing suits."""
    shelved = [one for one in near if one.furniture.type == "gondola"]
    chosen, department, offers = _choose(shelved, used, furniture, most)
    if not chosen or department is None:
        return
    bay = _one_bay(chosen, furniture)
    if bay is None:
        return
    used.update(bay.skus)
    standing = Standing(f"{name}-01", bay, furniture, (department,))
    stock = list(laid.stock.get(aisle, []))
    x, z, yaw = at
    names = sign("offers", laid.languages) if offers else department.names
    names = dict(names) if furniture.type == "endcap" else {}
    laid.add([standing], aisle, x, z, yaw, name, names=names)
    laid.stock[aisle] = stock  # an endcap does not name its aisle


def _choose(
    near: Iterable[Standing], used: set[str], furniture: Furniture, most: int
) -> tuple[list[Product], Department | None, bool]:
    """Offers first; else the products of one department's largest brand, the smaller ones."""
    seen: dict[str, tuple[Product, Department]] = {}
    for standing in near:
        for row in standing.bay.rows:
            for one in row.placed:
                product = one.item.product
                if product.sku not in used and fits(one.item, furniture):
                    seen.setdefault(product.sku, (product, standing.departments[0]))
    offers = [product for product, _ in seen.values() if product.was_price is not None]
    if len(offers) >= 2:
        return offers[:most], seen[offers[0].sku][1], True
    groups: Counter[tuple[Department, str]] = Counter()
    for product, department in seen.values():
        if not product.dimensions_estimated or product.price is not None or len(seen) > most:
            groups[department, product.brand] += 1
    if not groups:
        return [], None, False
    department, brand = max(
        groups, key=lambda one: (min(groups[one], most), -one[0].order, one[0].id, one[1])
    )
    chosen = [
        product
        for product, where in seen.values()
        if where == department and product.brand == brand
    ]
    chosen.sort(key=lambda product: (max(product.dimensions_mm), product.sku))
    return chosen[:most], department, False


def _one_bay(chosen: Sequence[Product], furniture: Furniture) -> Bay | None:
    items: list[Item] = [item(product, rank) for rank, product in enumerate(chosen)]
    while items:
        bays = fill(items, furniture, SHARE_MM if len(items) > 2 else SHARE_MM / 2.0)
        if len(bays) == 1:
            return bays[0]
        items.pop()
    return None
