"""From products to filled bays: departments in the order of the walk, each in its furniture."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from catalog_sync.model.product import Product
from catalog_sync.model.unit_price import size_of
from store_scenes.planning.bays import Bay, fill, fits
from store_scenes.planning.departments import (
    OTHER,
    Department,
    Kind,
    assign,
    departments,
    in_languages,
    tokens,
)
from store_scenes.planning.facings import GAP_MM, Item, item, unplaceable, wished
from store_scenes.planning.furniture import (
    Furniture,
    chiller,
    freezer,
    gondola,
    produce,
)

SMALL_BAYS = 0.7
"""Departments that need less than this much of a bay share one with their neighbours."""

ROWS_USUAL = 4.5
ROWS = ((5, 150), (6, 900), (7, 10**9))
"""Shelves of a steel bay at most, in a shop of up to so many products."""

CHEST_SHARE_MM_MAX = 230.0
"""A chest shows its goods from above, many deep: more of one is seen no better."""

CHESTS_MAX = 6
"""Beyond about this many chests a department's frozen goods stand in upright cabinets."""

STANDS_MAX = 10
"""Beyond about this many crate stands packed produce goes to cooled cabinets."""

COOL_SHARE_MIN = 0.02
COOL_PRODUCTS_MIN = 3
COOL_PRODUCTS_ENOUGH = 12
BULKY_DEPTH_MM = 900.0
BULKY_BAY_MM_MAX = 2000.0


class Unplaced(msgspec.Struct, frozen=True):
    """A product that stands nowhere, and the reason as the end of a sentence."""

    sku: str
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """Neighbouring bays of one furniture; `departments` in order, mostly one."""

    departments: tuple[Department, ...]
    furniture: Furniture
    bays: tuple[Bay, ...]
    bulky: bool = False


@dataclass(frozen=True, slots=True)
class SortedProducts:
    """Products by department, those that cannot stand anywhere apart."""

    groups: dict[Department, list[Item]]
    unplaced: list[Unplaced]


def sort_products(
    products: Sequence[Product], order: Sequence[str] = (), languages: Sequence[str] = ()
) -> SortedProducts:
    """Products by department in walk order; inside one by kind, brand, size and name.

    `order` pins departments by id before all others; their names are kept in `languages`.
    """
    assigned = _without_lonely_cold(products, assign(products))
    groups: dict[Department, list[Product]] = defaultdict(list)
    unplaced = []
    for product in products:
        reason = unplaceable(product)
        if reason:
            unplaced.append(Unplaced(product.sku, reason))
        else:
            groups[assigned[product.sku]].append(product)
    pinned = {name: place for place, name in enumerate(order)}

    def place(department: Department) -> tuple[int, int, str]:
        return (pinned.get(department.id, len(pinned)), department.order, department.id)

    ranked = {
        msgspec.structs.replace(department, names=in_languages(department.names, languages)): [
            item(product, rank) for rank, product in enumerate(_ranked(group))
        ]
        for department, group in sorted(groups.items(), key=lambda pair: place(pair[0]))
    }
    return SortedProducts(ranked, unplaced)


def sections(
    sorted_products: SortedProducts, share_mm: float
) -> tuple[list[Section], list[Unplaced]]:
    """Every department's bays, and what fits none of them."""
    made: list[Section] = []
    count = sum(len(items) for items in sorted_products.groups.values())
    steel = gondola(rows_max=next(rows for rows, most in ROWS if count <= most))
    left: list[tuple[Department, Item]] = []
    small: dict[str, list[tuple[Department, list[Item]]]] = {"gondola": [], "chiller": []}
    for department, items in sorted_products.groups.items():
        taken: set[int] = set()
        for furniture, good in _stretches(department.fixture, items, steel, share_mm):
            taken.update(one.rank for one in good)
            share = min(share_mm, CHEST_SHARE_MM_MAX) if furniture.single else share_mm
            waiting = small.get(furniture.type)
            if waiting is None or _need(good, furniture, share_mm) >= SMALL_BAYS:
                bays = tuple(fill(good, furniture, share))
                made.append(Section((department,), furniture, bays))
                continue
            waiting.append((department, good))
            if sum(_need(group, furniture, share_mm) for _, group in waiting) >= SMALL_BAYS:
                made.append(_shared(waiting, furniture, share_mm))
                small[furniture.type] = []
        left += [(department, one) for one in items if one.rank not in taken]
    made += [
        _shared(small[furniture.type], furniture, share_mm)
        for furniture in (steel, chiller())
        if small[furniture.type]
    ]
    bulky, unplaced = _bulky(left, share_mm)
    return [*made, *bulky], [*sorted_products.unplaced, *unplaced]


def _stretches(
    kind: Kind, items: Sequence[Item], steel: Furniture, share_mm: float
) -> Iterator[tuple[Furniture, list[Item]]]:
    """What of a department stands in which furniture; what fits none is left out."""
    if kind == "gondola":
        rest, others = list(items), [steel]
    elif kind == "chiller":
        rest, others = list(items), [chiller(), steel]
    else:
        furniture, most = (produce(), STANDS_MAX) if kind == "produce" else (freezer(), CHESTS_MAX)
        loose, rest = _first_bays(items, furniture, most, share_mm)
        if loose:
            yield furniture, loose
        others = [chiller(), steel]
    for furniture in others:
        good = [one for one in rest if fits(one, furniture)]
        if good:
            yield furniture, good
        rest = [one for one in rest if not fits(one, furniture)]


def _first_bays(
    items: Sequence[Item], furniture: Furniture, most: int, share_mm: float
) -> tuple[list[Item], list[Item]]:
    """As many items as about `most` bays take, the loose ones first, and the others."""
    room = most * furniture.bay_mm * max(furniture.tiers, 1)
    ranked = sorted(items, key=lambda one: (one.product.package != "produce", one.rank))
    first: set[int] = set()
    for one in ranked:
        if not fits(one, furniture):
            continue
        room -= wished(one, share_mm, furniture.bay_mm) * (one.width + GAP_MM)
        if room < 0.0:
            break
        first.add(one.rank)
    return [one for one in items if one.rank in first], [
        one for one in items if one.rank not in first
    ]


def _shared(
    groups: Sequence[tuple[Department, list[Item]]], furniture: Furniture, share_mm: float
) -> Section:
    """Small departments side by side in the same bays."""
    items: list[Item] = []
    for _, group in groups:
        items += [
            Item(
                one.product, len(items) + at, one.width, one.height, one.depth, one.weight_g,
                one.layers_max, one.least,
            )
            for at, one in enumerate(group)
        ]  # fmt: skip
    names = tuple(department for department, _ in groups)
    return Section(names, furniture, tuple(fill(items, furniture, share_mm)))


def _bulky(
    left: Sequence[tuple[Department, Item]], share_mm: float
) -> tuple[list[Section], list[Unplaced]]:
    """Deep bays for what no usual bay takes, and what even those do not take."""
    good = [one for _, one in left]
    widest = max((one.width for one in good), default=0.0)
    furniture = gondola(
        BULKY_DEPTH_MM,
        min(max(1000.0, math.ceil((widest + 2 * GAP_MM) / 10.0) * 10.0), BULKY_BAY_MM_MAX),
    )
    unplaced = [
        Unplaced(
            one.product.sku,
            f"it is {one.width:g} by {one.height:g} by {one.depth:g} mm; the largest bay takes "
            f"{BULKY_BAY_MM_MAX - GAP_MM:g} by "
            f"{furniture.goods_top_mm - furniture.first_mm - 30:g} by {furniture.facing_mm:g} mm",
        )
        for one in good
        if not fits(one, furniture)
    ]
    good = [one for one in good if fits(one, furniture)]
    if not good:
        return [], unplaced
    names = tuple(dict.fromkeys(department for department, one in left if one in good))
    bays = tuple(fill(good, furniture, share_mm))
    return [Section(names, furniture, bays, bulky=True)], unplaced


def _need(items: Sequence[Item], furniture: Furniture, share_mm: float) -> float:
    """About how many bays the items take."""
    row = sum(wished(one, share_mm, furniture.bay_mm) * (one.width + GAP_MM) for one in items)
    return row / furniture.bay_mm / ROWS_USUAL


def _ranked(products: Sequence[Product]) -> Iterator[Product]:
    """In the order of the shelf: kinds by size of the group, brands within, then size and name."""
    kinds = _kinds(products)
    kind_count = Counter(kinds.values())
    brand_count = Counter((kinds[product.sku], product.brand) for product in products)

    def key(product: Product) -> tuple[object, ...]:
        kind = kinds[product.sku]
        size = size_of(product.size_text)
        return (
            -kind_count[kind], kind,
            -brand_count[kind, product.brand], product.brand,
            product.package, size[0] if size else product.weight_g,
            product.name("en"), product.sku,
        )  # fmt: skip

    yield from sorted(products, key=key)


def _kinds(products: Sequence[Product]) -> Mapping[str, str]:
    return {product.sku: " ".join(sorted(tokens(product.category))) for product in products}


def _without_lonely_cold(
    products: Sequence[Product], assigned: dict[str, Department]
) -> dict[str, Department]:
    """Nobody buys a cabinet for a few things: they go to another cool one, or to the shelves."""
    counts = Counter(department.fixture for department in assigned.values())
    few = min(max(COOL_PRODUCTS_MIN, COOL_SHARE_MIN * len(products)), COOL_PRODUCTS_ENOUGH)
    lonely = {kind for kind, count in counts.items() if count < few and kind != "gondola"}
    if len(products) <= 10 * COOL_PRODUCTS_MIN:
        lonely -= {kind for kind, count in counts.items() if count > 1}
    if not lonely:
        return assigned
    cool = "chiller" in counts and "chiller" not in lonely
    warm = Counter(
        department for department in assigned.values() if department.fixture not in lonely
    )
    own = [department for department in warm if department.own]
    refuge = max(own, key=lambda one: (warm[one], one.id)) if own else departments()[OTHER]

    def moved(department: Department) -> Department:
        if department.fixture not in lonely:
            return department
        return msgspec.structs.replace(department, fixture="chiller") if cool else refuge

    return {sku: moved(department) for sku, department in assigned.items()}
