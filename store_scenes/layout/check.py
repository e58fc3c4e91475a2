"""What is wrong with a layout, in sentences that a merchandiser can act on."""

from collections.abc import Iterator
from pathlib import Path

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.plain_csv import CATALOG_BYTES_MAX, read_own_catalogue
from store_scenes.layout.check_fixtures import check_fixture
from store_scenes.layout.check_floor import check_floor
from store_scenes.layout.documents import Finding, StoreLayout
from store_scenes.layout.findings import Said, error, located
from store_scenes.layout.load import STORE_FILE, inside, planogram_path, read_bounded
from store_scenes.layout.measures import MEASURES


def check(layout: StoreLayout, folder: Path) -> list[Finding]:
    """Every finding, errors first, then by file and line.

    `folder` is read again: only the files that have findings, for their lines, and the catalogue.
    """
    products = {product.sku: product for product in layout.products}
    said = [
        *_store(layout, products),
        *check_floor(layout),
        *_models(layout, folder),
    ]
    for placement in layout.store.fixtures:
        measures = MEASURES.get(placement.type)
        if measures is not None:
            said += check_fixture(layout, placement, measures, products)
    findings = [*located(dict.fromkeys(said), folder), *_catalogue(layout, folder)]
    findings.sort(key=lambda finding: (finding.severity, finding.path, finding.line))
    return findings


def _store(layout: StoreLayout, products: dict[str, Product]) -> Iterator[Said]:
    store = layout.store
    for kind, ids in (
        ("aisles", [aisle.id for aisle in store.aisles]),
        ("fixtures", [fixture.id for fixture in store.fixtures]),
        ("zones", [zone.id for zone in store.zones]),
    ):
        for index, name in enumerate(ids):
            if name in ids[:index]:
                where = f"{kind}[{index}].id"
                yield error(
                    "id-duplicate", STORE_FILE, where, f"the id {name!r} came before", "rename one"
                )
    aisles = {aisle.id for aisle in store.aisles}
    for index, placement in enumerate(store.fixtures):
        where = f"fixtures[{index}]"
        if placement.type not in MEASURES:
            known = ", ".join(MEASURES)
            yield error(
                "fixture-type-unknown",
                STORE_FILE,
                f"{where}.type",
                f"{placement.id}: no fixture type is named {placement.type!r}",
                f"use one of: {known}",
            )
        measures = MEASURES.get(placement.type)
        needs_aisle = measures is None or measures.carries or bool(placement.aisle)
        if needs_aisle and placement.aisle not in aisles:
            yield error(
                "aisle-unknown",
                STORE_FILE,
                f"{where}.aisle",
                f"{placement.id}: no aisle has the id {placement.aisle!r}",
                "add it under [[aisles]]",
            )
        for side in ("planograms", "back_planograms"):
            for key in getattr(placement, side):
                if key not in layout.planograms:
                    yield error(
                        "planogram-unknown",
                        STORE_FILE,
                        f"{where}.{side}",
                        f"{placement.id}: there is no {planogram_path(key)}",
                        "make that file or name another",
                    )
    for sku in sorted(_placed_skus(layout) & products.keys()):
        if products[sku].price is None:
            yield Said(
                "product-unpriced",
                "warning",
                store.catalog,
                "",
                f"{sku} stands on a shelf and has no price, so nobody can buy it",
                "give it a price in the catalogue",
            )


def _models(layout: StoreLayout, folder: Path) -> Iterator[Said]:
    placed = _placed_skus(layout)
    for product in layout.products:
        if not product.model or product.sku not in placed:
            continue
        try:
            missing = not inside(folder, product.model, layout.store.catalog).is_file()
        except Failure:
            missing = True
        if missing:
            yield error(
                "model-missing",
                layout.store.catalog,
                "",
                f"{product.sku}: there is no model file {product.model!r} in the store folder",
                "add the file or correct the model column",
            )


def _catalogue(layout: StoreLayout, folder: Path) -> Iterator[Finding]:
    name = layout.store.catalog
    raw = read_bounded(folder, name, CATALOG_BYTES_MAX)
    for said in read_own_catalogue(raw, layout.store.currency).findings:
        rule = f"catalog-{said.rule}"
        yield Finding(rule, said.severity, name, said.line, said.sentence)


def _placed_skus(layout: StoreLayout) -> set[str]:
    return {
        position.sku
        for planogram in layout.planograms.values()
        for shelf in planogram.shelves
        for position in shelf.positions
    }
