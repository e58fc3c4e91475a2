"""What a store's documents name: aisles, fixture types, planograms, products, rules."""

import json
import re
from collections.abc import Iterator

from store_scenes.layout.documents import STORE_FILE, planogram_path
from store_scenes.layout.findings import Repair, Said
from store_scenes.layout.measures import MEASURES
from store_scenes.layout.rules.rule import Checked


def check_references(checked: Checked) -> Iterator[Said]:
    """Names that nothing has, and names that two things have."""
    layout, store = checked.layout, checked.layout.store
    for kind, ids in (
        ("aisles", [aisle.id for aisle in store.aisles]),
        ("fixtures", [fixture.id for fixture in store.fixtures]),
        ("zones", [zone.id for zone in store.zones]),
    ):
        for index, name in enumerate(ids):
            if name in ids[:index]:
                where = f"{kind}[{index}].id"
                yield Said(
                    "id-duplicate", STORE_FILE, where, f"the id {name!r} came before", "rename one"
                )
    aisles = {aisle.id for aisle in store.aisles}
    for index, placement in enumerate(store.fixtures):
        where = f"fixtures[{index}]"
        if placement.type not in MEASURES:
            known = ", ".join(MEASURES)
            yield Said(
                "fixture-type-unknown",
                STORE_FILE,
                f"{where}.type",
                f"{placement.id}: no fixture type is named {placement.type!r}",
                f"use one of: {known}",
            )
        measures = MEASURES.get(placement.type)
        needs_aisle = measures is None or measures.carries or bool(placement.aisle)
        if needs_aisle and placement.aisle not in aisles:
            yield Said(
                "aisle-unknown",
                STORE_FILE,
                f"{where}.aisle",
                f"{placement.id}: no aisle has the id {placement.aisle!r}",
                "add it under [[aisles]]",
            )
        for side in ("planograms", "back_planograms"):
            for key in getattr(placement, side):
                if key not in layout.planograms:
                    yield Said(
                        "planogram-unknown",
                        STORE_FILE,
                        f"{where}.{side}",
                        f"{placement.id}: there is no {planogram_path(key)}",
                        "make that file or name another",
                    )


def check_products(checked: Checked) -> Iterator[Said]:
    """Positions whose product the catalogue does not have, or has several of."""
    known = checked.products
    if checked.placed.keys() <= known.keys():
        return
    alike: dict[str, dict[str, str]] = {}
    for product in checked.layout.products:
        for text, what in ((product.gtin, "barcode"), (product.sku, "sku")):
            if text:
                alike.setdefault(_plain(text), {}).setdefault(product.sku, what)
    for key, planogram in checked.layout.planograms.items():
        for number, shelf in enumerate(planogram.shelves):
            for index, position in enumerate(shelf.positions):
                if position.sku not in known:
                    where = f"shelves[{number}].positions[{index}].sku"
                    yield _unknown(position.sku, planogram_path(key), where, alike)


def _unknown(sku: str, path: str, where: str, alike: dict[str, dict[str, str]]) -> Said:
    meant = alike.get(_plain(sku), {})
    if len(meant) == 1:
        ((real, what),) = meant.items()
        is_code = f"is the barcode of {real!r} and not its sku"
        return Said(
            "product-by-code", path, where,
            f"{sku!r} {is_code if what == 'barcode' else f'is not quite the sku {real!r}'}",
            f"write {real}", Repair(where, json.dumps(real, ensure_ascii=False)),
        )  # fmt: skip
    if meant:
        return Said(
            "product-ambiguous", path, where,
            f"{sku!r} may be any of {len(meant)} products: {', '.join(list(meant)[:4])}",
            "write the sku of the one that is meant, letter by letter",
        )  # fmt: skip
    return Said(
        "product-unknown", path, where,
        f"no product of the catalogue has the sku {sku!r}",
        "add it to the catalogue or name another",
    )  # fmt: skip


def _plain(text: str) -> str:
    """What is left of an identity when capitals, dashes and zeros in front were lost."""
    return re.sub(r"[\s_.-]+", "", text).casefold().lstrip("0")
