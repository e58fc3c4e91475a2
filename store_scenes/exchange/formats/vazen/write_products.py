"""The products of a Vazen file that is written: edits, and products that are new to it.

A site finds its product by values of it, so a product that changes takes its sites along.
"""

from collections.abc import Mapping

from catalog_sync.model.product import Product
from store_scenes.exchange.formats.vazen.read import ReadVazen
from store_scenes.exchange.formats.vazen.tree import Table, tables
from store_scenes.feeds.plain_csv import read_plain_csv, write_plain_csv

SAME_MM = 0.02
_SIDES = ("width", "height", "depth")


def change_products(base: ReadVazen, products: Mapping[str, Product]) -> bool:
    """Write what differs of the products that a file lists; whether anything did."""
    listed: Mapping[str, Product] = {}
    changed = False
    for sku, table in zip(base.skus, tables(base.tree.get("products")), strict=True):
        before, after = base.products[sku], products.get(sku)
        if after is None or after == before:
            continue
        if not listed:  # as a store's catalogue says them, which tidies and rounds
            raw = write_plain_csv(tuple(base.products.values()))
            listed = {one.sku: one for one in read_plain_csv(raw, "USD").products}
        changed |= _change(table, before, listed.get(sku, before), after)
    if changed:
        _keep_selections(base)
    return changed


def new_product(sku: str, product: Product | None) -> Table:
    """The table of a product that the file does not list."""
    made: Table = {"ref": sku, "name": sku}
    if product is not None:
        made["name"] = next(iter(product.names.values()))
        for key, text in (
            ("gtin", product.gtin), ("brand", product.brand), ("category", product.category),
        ):  # fmt: skip
            if text:
                made[key] = text
        if product.package not in {"box", "model"}:
            made["form"] = product.package
        made["dimensions"] = dict(
            zip(_SIDES, map(_plain, product.dimensions_mm), strict=True)
        )  # fmt: skip
    return made


def _change(table: Table, before: Product, listed: Product, after: Product) -> bool:
    old = dict(table)
    language, name = next(iter(before.names.items()))
    now = after.names.get(language) or next(iter(after.names.values()))
    if now not in {name, listed.names.get(language)}:
        table["name"] = now
    for key, was, tidied, then in (
        ("brand", before.brand, listed.brand, after.brand),
        ("category", before.category, listed.category, after.category),
        ("form", before.package, listed.package, after.package),
        ("gtin", before.gtin, listed.gtin, after.gtin),
    ):
        if then not in {was, tidied}:
            table[key] = then
    measured = before.dimensions_estimated and not after.dimensions_estimated
    if after.dimensions_estimated and not before.dimensions_estimated:
        return old != table  # a guess of the store's is no edit of what the file has measured
    for key, side, size in zip(_SIDES, before.dimensions_mm, after.dimensions_mm, strict=True):
        if measured or abs(side - size) > SAME_MM:
            box = table.get("dimensions")
            table["dimensions"] = (box if isinstance(box, dict) else {}) | {key: _plain(size)}
    return old != table


def _keep_selections(base: ReadVazen) -> None:
    """Have every site select what it did, by its reference where its own words do not any more."""
    now = ReadVazen(base.tree)
    listed = dict(zip(base.skus, tables(base.tree.get("products")), strict=True))
    for sku, table in listed.items():
        now.learn(sku, table)
    for fixture in base.fixtures:
        for read in fixture.shelves:
            sites = tables(read.table.get("sites"))
            for position in read.shelf.positions:
                site = sites[int(position.ref.rpartition("/")[2])]
                if now.matching(site["product"]) != [position.sku]:
                    table = listed[position.sku]
                    table.setdefault("ref", position.sku)
                    site["product"] = {"ref": table["ref"]}


def _plain(value: float) -> float | int:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
