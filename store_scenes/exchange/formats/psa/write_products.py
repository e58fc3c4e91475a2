"""The Product rows of a .psa file that is written: edits, and products that are new to it."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from catalog_sync.model.product import Product
from store_scenes.exchange.formats.psa.products import PACKAGES, PACKS, ReadProducts
from store_scenes.exchange.formats.psa.read import ReadFile
from store_scenes.exchange.formats.psa.rows import SAME_MM, Row, decimal
from store_scenes.feeds.codes import read_code
from store_scenes.feeds.plain_csv import plain_decimal, read_plain_csv, write_plain_csv
from store_scenes.layout.documents import Handling, StoreLayout

_SIZE = re.compile(r"([\d.,]+)\s*(\S.*)")
_PACKAGE_CODES = {shape: str(code) for code, shape in PACKAGES.items()}
_BLANK = Product("", {"": ""}, "", "", "box", (0.0, 0.0, 0.0))


class ProductRows:
    """Carries products over into the rows of the file that they came with, or into new ones."""

    def __init__(self, layout: StoreLayout, base: ReadFile, currency: str) -> None:
        self._products = {product.sku: product for product in layout.products}
        self._handling = layout.handling
        self._base = base
        self._made: ReadProducts = base.products
        self._mm = base.unit_mm
        self._currency = currency
        self._store_currency = layout.store.currency
        self._listed: Mapping[str, Product] | None = None

    def change(self, used: Iterable[str]) -> list[Row]:
        """Change the file's own rows; the rows of what is new to it among the SKUs `used`."""
        fresh: list[Row] = []
        for sku, before in self._made.by_sku.items():
            after = self._products.get(sku)
            if after is None or not self._edited(sku, before, after):
                continue
            row = self._made.rows.get(sku)
            if row is None:
                fresh.append(self._new(self._made.ids[sku], after, self._handled(sku)))
                continue
            was = self._made.handling.get(sku) or Handling(sku)
            self._change(row, before, after)
            self._change_handling(row, was, self._handled(sku))
        for sku in used:
            product = self._products.get(sku)
            if product is not None and sku not in self._made.by_sku:
                ids = (product.gtin or sku, sku)
                fresh.append(self._new(ids, product, self._handled(sku)))
        return fresh

    def name(self, row: Row, sku: str) -> None:
        """Have a position name a product."""
        product = self._products.get(sku)
        upc, number = self._made.ids.get(sku) or ((product.gtin if product else "") or sku, sku)
        row.put(1, upc)
        row.put(2, number)

    def before(self, sku: str) -> tuple[Product | None, Handling | None]:
        """A product as the file has it."""
        return self._made.by_sku.get(sku), self._made.handling.get(sku)

    def _handled(self, sku: str) -> Handling:
        return self._handling.get(sku) or Handling(sku)

    def _edited(self, sku: str, before: Product, after: Product) -> bool:
        if before != after and self._as_listed(sku) != after:
            return True
        return (self._made.handling.get(sku) or Handling(sku)) != self._handled(sku)

    def _as_listed(self, sku: str) -> Product | None:
        """A product of the file as a store's catalogue says it, which tidies and rounds."""
        if self._listed is None:
            raw = write_plain_csv(tuple(self._made.by_sku.values()))
            self._listed = {one.sku: one for one in read_plain_csv(raw, self._currency).products}
        return self._listed.get(sku)

    # ------------------------------------------------------------ what a product is

    def _change(self, row: Row, before: Product, after: Product) -> None:
        listed = self._as_listed(before.sku) or before
        language, name = next(iter(before.names.items()))
        now = after.names.get(language) or next(iter(after.names.values()))
        if now not in {name, listed.names.get(language)}:
            row.put(3, now)
        if after.brand not in {before.brand, listed.brand}:
            row.put(232 if row.cell(232) or not row.cell(12) else 12, after.brand)
        if after.category not in {before.category, listed.category}:
            row.put(13, after.category)
        if after.package not in {before.package, listed.package}:
            row.put(29, _PACKAGE_CODES.get(after.package, "0"))
        if after.colour not in {before.colour, listed.colour}:
            row.put(8, _colour_number(after.colour))
        if after.size_text not in {before.size_text, listed.size_text}:
            self._put_size(row, after.size_text)
        # A guess of the store's is no edit of what the file has measured.
        guessed = after.dimensions_estimated and not before.dimensions_estimated
        measured = before.dimensions_estimated and not after.dimensions_estimated
        sides = zip((5, 6, 7), before.dimensions_mm, after.dimensions_mm, strict=True)
        for cell, old, new in () if guessed and row.line else sides:
            row.put_mm(cell, -1.0 if measured else old, new, self._mm)
        if after.price not in (before.price, listed.price):
            self._put_price(row, after)
        if after.gtin and after.gtin not in {before.gtin, listed.gtin}:
            self._put_gtin(row, before, after.gtin)

    def _put_price(self, row: Row, product: Product) -> None:
        """A file says no currency: a store's prices in another one than its own stay out of it."""
        if self._store_currency == self._currency:
            row.put(33, plain_decimal(product.price) if product.price else "")

    def _put_size(self, row: Row, text: str) -> None:
        found = _SIZE.fullmatch(text)
        row.put(10, found[1] if found else "")
        row.put(11, found[2] if found else "")

    def _put_gtin(self, row: Row, before: Product, gtin: str) -> None:
        """The barcode, in the cell that had it, there and on the product's positions."""
        upc, number = row.cell(1), row.cell(2)
        in_id = before.gtin and read_code(upc).gtin != before.gtin
        cell = 2 if in_id and read_code(number).gtin == before.gtin else 1
        rows = [
            position_row
            for planogram in self._base.planograms
            for shelf in planogram.shelves
            for position_row, position in shelf.positions
            if position.sku == before.sku
        ]
        for one in (row, *rows):
            one.put(cell, gtin)
        self._made.ids[before.sku] = (gtin, number) if cell == 1 else (upc, gtin)

    def _new(self, ids: tuple[str, str], product: Product, handling: Handling) -> Row:
        row = Row("Product", 0)
        row.put(1, ids[0])
        row.put(2, ids[1])
        nothing = msgspec.structs.replace(_BLANK, gtin=product.gtin)
        self._change(row, nothing, product)
        self._change_handling(row, Handling(product.sku), handling)
        return row

    # ------------------------------------------------------------ how it is handled

    def _change_handling(self, row: Row, before: Handling, after: Handling) -> None:
        for style, first in PACKS:
            old, new = before.pack(style), after.pack(style)
            if old == new:
                continue
            was = old.size_mm if old else (0.0, 0.0, 0.0)
            now = new.size_mm if new else (0.0, 0.0, 0.0)
            for n in range(3):
                row.put_mm(first + n, was[n], now[n], self._mm)
            if new is None:
                continue
            counts = (new.wide, new.high, new.deep, new.units)
            said = (old.wide, old.high, old.deep, old.units) if old else None
            for n, count in enumerate(counts):
                if said is None or said[n] != count:
                    row.put(first + 3 + n, str(count))
        row.put_mm(18, before.nest_z_mm, after.nest_z_mm, self._mm)
        row.put_mm(20, before.peg_hole_x_mm, after.peg_hole_x_mm, self._mm)
        row.put_mm(21, before.peg_hole_y_mm, after.peg_hole_y_mm, self._mm)
        if before.hangs != after.hangs:
            row.put(19, "1" if after.hangs else "0")
        if abs(before.units_a_day - after.units_a_day) > 1e-6 * max(before.units_a_day, 1.0):
            row.put(36, decimal(after.units_a_day * self._made.movement_days))


def sizes_differ(before: tuple[float, ...], after: tuple[float, ...]) -> bool:
    """Whether a size is another one by now."""
    return any(abs(old - new) > SAME_MM for old, new in zip(before, after, strict=True))


def _colour_number(colour: str) -> str:
    """`#rrggbb` as Windows' number of a colour: blue, green, red from the top byte down."""
    if not colour:
        return ""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return str(red | green << 8 | blue << 16)
