"""What in a store is the same record of a kept file, and what is a copy of one.

People copy planogram files, shelves and positions in an editor, with the `ref` in them: the first
use of a reference is the record itself, and every further one is new. Products are the file's own
by their SKU, or by their GTIN where the store calls them otherwise.
"""

from collections.abc import Iterable, Mapping

import msgspec

from catalog_sync.model.product import Product
from store_scenes.layout.documents import Planogram, StoreLayout


def own_records(
    layout: StoreLayout, keys: tuple[str, ...], source: str, homes: Mapping[str, str]
) -> StoreLayout:
    """The store with no reference twice in the planograms `keys` of one source.

    `homes` has the shelf's reference by the position's: of equal positions the one that is still
    at home is the record.
    """
    seen: set[str] = set()
    planograms = dict(layout.planograms)
    for key in keys:
        one = planograms[key]
        if not source or one.source != source or one.ref in seen:
            one = msgspec.structs.replace(one, ref="", source="")
        seen.add(one.ref)
        planograms[key] = _without_copies(one, homes)
    return msgspec.structs.replace(layout, planograms=planograms)


def in_the_files_words(layout: StoreLayout, products: Iterable[Product]) -> StoreLayout:
    """The store with the SKUs that a file has for the products they share by their GTIN."""
    theirs = {product.sku: product for product in products}
    by_gtin = {product.gtin: sku for sku, product in theirs.items() if product.gtin}
    ours = {product.sku for product in layout.products}
    names = {
        product.sku: by_gtin[product.gtin]
        for product in layout.products
        if product.sku not in theirs
        and product.gtin in by_gtin
        and by_gtin[product.gtin] not in ours
    }
    if not names:
        return layout
    replace = msgspec.structs.replace
    return replace(
        layout,
        planograms={key: renamed(one, names) for key, one in layout.planograms.items()},
        products=tuple(replace(one, sku=names.get(one.sku, one.sku)) for one in layout.products),
        handling={
            names.get(sku, sku): replace(one, sku=names.get(sku, sku))
            for sku, one in layout.handling.items()
        },
    )


def renamed(planogram: Planogram, names: Mapping[str, str]) -> Planogram:
    """A planogram whose positions have other SKUs."""
    replace = msgspec.structs.replace
    return replace(
        planogram,
        shelves=tuple(
            replace(
                shelf,
                positions=tuple(
                    replace(one, sku=names[one.sku]) if one.sku in names else one
                    for one in shelf.positions
                ),
            )
            for shelf in planogram.shelves
        ),
    )


def _without_copies(planogram: Planogram, homes: Mapping[str, str]) -> Planogram:
    replace = msgspec.structs.replace
    seen: set[str] = set()
    shelves = []
    for shelf in planogram.shelves:
        shelves.append(replace(shelf, ref="") if shelf.ref in seen else shelf)
        seen.add(shelf.ref)
    records: dict[str, tuple[int, int]] = {}
    for number, shelf in enumerate(shelves):
        for place, position in enumerate(shelf.positions):
            ref = position.ref
            at_home = bool(ref) and homes.get(ref, "") == shelf.ref
            taken = records.get(ref)
            if taken is None or (at_home and homes.get(ref, "") != shelves[taken[0]].ref):
                records[ref] = (number, place)
    return replace(
        planogram,
        shelves=tuple(
            replace(
                shelf,
                positions=tuple(
                    one
                    if not one.ref or records[one.ref] == (number, place)
                    else replace(one, ref="")
                    for place, one in enumerate(shelf.positions)
                ),
            )
            for number, shelf in enumerate(shelves)
        ),
    )
