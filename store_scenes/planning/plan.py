"""The planner: products in, the documents of a walkable store out. Pure and deterministic."""

import math

import msgspec

from catalog_sync.model.product import Product
from store_scenes.layout.documents import SCHEMA_VERSION, Planogram, StoreDocument
from store_scenes.planning.floor import lay_out
from store_scenes.planning.promote import promote
from store_scenes.planning.room_size import Load, choose
from store_scenes.planning.sections import SortedProducts, Unplaced, sections, sort_products
from store_scenes.planning.standing import number_bays

SHARE_MM_MIN, SHARE_MM_MAX = 110.0, 420.0
SHARE_USUAL_MM, PRODUCTS_USUAL = 320.0, 450
TARGET_STEPS = 8

ONE_LANGUAGE = frozenset(("en", "fr", "de", "es", "it"))
"""Languages whose shops have signs in one language; others show English as well."""


class PlanOptions(msgspec.Struct, frozen=True):
    """What a plan may be told.

    `order` pins departments, by the ids of `departments.toml`, to the start of the walk;
    `target_facings` is about how many facings, wide times high, to reach (0: by the number of
    products); `aisles_min` how many aisles of gondolas to have where the goods allow it;
    `languages` those of the signs.
    """

    names: dict[str, str]
    locale: str = "ko-KR"
    currency: str = "KRW"
    store_id: str = "store"
    order: tuple[str, ...] = ()
    target_facings: int = 0
    aisles_min: int = 0
    languages: tuple[str, ...] = ()

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages of the signs: as said, else the locale's, with English beside Korean."""
        language = self.locale.replace("_", "-").partition("-")[0]
        if self.languages:
            return self.languages
        return (language, "en") if language not in ONE_LANGUAGE else (language,)


class PlannedStore(msgspec.Struct, frozen=True):
    """A planned store: `store.toml`, its planograms by key, and what was not placed and why.

    `departments` counts placed products by department id, in the order of the walk.
    """

    store: StoreDocument
    planograms: dict[str, Planogram]
    unplaced: tuple[Unplaced, ...]
    departments: dict[str, int]

    @property
    def placed(self) -> int:
        """How many products stand in the store."""
        return len({
            position.sku
            for planogram in self.planograms.values()
            for shelf in planogram.shelves
            for position in shelf.positions
        })  # fmt: skip

    @property
    def facings(self) -> int:
        """Facings, wide times high, over all shelves."""
        return sum(
            position.facings_wide * position.facings_high
            for planogram in self.planograms.values()
            for shelf in planogram.shelves
            for position in shelf.positions
        )


def plan_store(products: tuple[Product, ...], options: PlanOptions) -> PlannedStore:
    """Lay out a whole store.

    Every product is placed at least once or listed in `unplaced`; SKUs are told apart, so the
    first of two equal ones counts.

    Raises:
        ValueError: there is no product that can be placed.
    """
    single = tuple({product.sku: product for product in reversed(products)}.values())[::-1]
    sorted_products = sort_products(single, options.order, options.spoken)
    share = _share(len(single))
    planned = _planned(sorted_products, share, options)
    if options.target_facings:
        low, high = 0.25 * share, 6.0 * share
        for _ in range(TARGET_STEPS):
            middle = (low * high) ** 0.5
            planned = _planned(sorted_products, middle, options)
            if planned.facings < options.target_facings:
                low = middle
            else:
                high = middle
        planned = _planned(sorted_products, high, options)
    return planned


def _planned(sorted_products: SortedProducts, share: float, options: PlanOptions) -> PlannedStore:
    made, unplaced = sections(sorted_products, share)
    if not made:
        raise ValueError("not one product can stand on a shelf")
    lists = number_bays(made)
    bulky = lists.get("bulky", [])
    count = sum(len(group) for group in sorted_products.groups.values())
    load = Load(
        products=count,
        gondola=len(lists.get("gondola", [])),
        chiller=len(lists.get("chiller", [])),
        freezer=len(lists.get("freezer", [])),
        produce=len(lists.get("produce", [])),
        bulky=len(bulky),
        bulky_mm=bulky[0].furniture.bay_mm if bulky else 0.0,
        aisles_min=options.aisles_min,
    )
    laid = lay_out(choose(load), lists, options.spoken)
    promote(laid, count)
    store = StoreDocument(
        schema=SCHEMA_VERSION,
        id=options.store_id,
        names=options.names,
        locale=options.locale,
        currency=options.currency,
        catalog="catalog.csv",
        floor=laid.floor(),
        aisles=tuple(laid.aisles),
        fixtures=tuple(laid.fixtures),
        zones=tuple(laid.zones),
    )
    counts = _counts(sorted_products, unplaced)
    return PlannedStore(store, laid.planograms, tuple(unplaced), counts)


def _counts(sorted_products: SortedProducts, unplaced: list[Unplaced]) -> dict[str, int]:
    missing = {one.sku for one in unplaced}
    counts = {
        department.id: sum(one.product.sku not in missing for one in items)
        for department, items in sorted_products.groups.items()
    }
    return {name: count for name, count in counts.items() if count}


def _share(count: int) -> float:
    """Shelf for the usual product: a corner shop shows much of little, a hall little of much."""
    share = SHARE_USUAL_MM * math.pow(PRODUCTS_USUAL / max(count, 1), 0.4)
    return min(max(share, SHARE_MM_MIN), SHARE_MM_MAX)
