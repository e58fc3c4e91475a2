"""Shopify's product CSV, both generations of its header: every variant becomes a product.

Columns: https://help.shopify.com/en/manual/products/import-export/using-csv ("Product CSV file
columns"); the older ones are in the exports of before 2024 (`Handle`, `Variant SKU`, …). Rows
after a product's first leave the product's own columns blank, and repeat the handle or leave it
blank, too; such a row is a further variant, or only a further picture.
"""

import re
from collections.abc import Iterator

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.feed import Opened
from store_scenes.feeds.rows import SKU_CHARS_MAX, STOCK_ASSUMED, Draft, ProductMaker, named
from store_scenes.feeds.table import plain_text

PROGRESS_EVERY_ROWS = 500

COLUMNS: dict[str, tuple[str, ...]] = {
    "handle": ("handle", "url_handle"),
    "title": ("title",),
    "vendor": ("vendor",),
    "type": ("type", "custom_product_type"),
    "category": ("product_category", "standardized_product_type"),
    "tags": ("tags",),
    "status": ("status",),
    "gift_card": ("gift_card",),
    "sku": ("variant_sku", "sku"),
    "barcode": ("variant_barcode", "barcode"),
    "price": ("variant_price", "price"),
    "was_price": ("variant_compare_at_price", "compare_at_price"),
    "grams": ("variant_grams", "weight_value_grams"),
    "stock": ("variant_inventory_qty", "inventory_quantity"),
    "tracker": ("variant_inventory_tracker", "inventory_tracker"),
    "policy": (
        "variant_inventory_policy",
        "inventory_policy",
        "continue_selling_when_out_of_stock",
    ),
    "measure": ("unit_price_total_measure",),
    "measure_unit": ("unit_price_total_measure_unit",),
}
_OPTIONS = ("option1_value", "option2_value", "option3_value")
_OF_SHOPIFY = frozenset({
    "variant_sku", "variant_price", "option1_name", "option1_value", "published_on_online_store",
    "variant_inventory_qty", "inventory_quantity", "body_html", "compare_at_price",
    "weight_value_grams", "product_image_url", "image_src",
})  # fmt: skip
_OVERSOLD = frozenset({"continue", "true", "yes"})
_NO_OPTION = "default title"


def is_shopify(opened: Opened) -> bool:
    """Whether a header is one of Shopify's: a handle and a title, and a column of its own."""
    header = opened.header
    return (
        bool(header & set(COLUMNS["handle"])) and "title" in header and bool(header & _OF_SHOPIFY)
    )


def shopify_products(opened: Opened, maker: ProductMaker) -> Iterator[Product]:
    """The products of an export, each as its row is read.

    Drafts, archived products and gift cards are left out and said. Stock that Shopify does not
    track, and what it sells on without any, is taken as `STOCK_ASSUMED`; less than none as none.

    Raises:
        Failure: no title column; while rows are read, a damaged table.
    """
    table = opened.table
    if table is None or "title" not in table.header:
        raise Failure("no column is named Title, so this is no Shopify product CSV")
    columns = {
        key: tuple(name for name in names if name in table.header) for key, names in COLUMNS.items()
    }
    if not columns["stock"]:
        maker.assume_stock()
    reader = _Reader(maker, columns)
    for line, cells in table.rows:
        product = reader.row(line, cells)
        if product is not None:
            yield product
        if opened.progress and maker.rows % PROGRESS_EVERY_ROWS == 0:
            opened.progress(maker.rows, table.rows_at_most)


class _Reader:
    """Carries a product's own columns from its first row to the rows of its other variants."""

    def __init__(self, maker: ProductMaker, columns: dict[str, tuple[str, ...]]) -> None:
        self._maker = maker
        self._columns = columns
        self._heads: dict[str, dict[str, str]] = {}
        self._head: dict[str, str] = {}
        self._skus: set[str] = set()

    def row(self, line: int, cells: dict[str, str]) -> Product | None:
        """Take the next row: a product, a further variant of one, or only a picture."""
        handle, title = (
            self._cell(cells, "handle"),
            self._maker.plain(line, self._cell(cells, "title")),
        )
        if title:
            self._head = {key: self._cell(cells, key) for key in COLUMNS} | {"title": title}
            self._heads.setdefault(handle, self._head)
        elif handle:
            self._head = self._heads.get(handle, self._head)
        if not title and not self._is_variant(cells):
            return None
        if not self._head:
            self._maker.say("name-missing", line, f"{handle or 'the row'} has no title", 1)
            return None
        return self._maker.add(line, self._draft(line, cells)) if self._is_for_sale(line) else None

    def _cell(self, cells: dict[str, str], key: str) -> str:
        return next((cells[name] for name in self._columns[key] if cells.get(name)), "")

    def _is_variant(self, cells: dict[str, str]) -> bool:
        keys = ("sku", "barcode", "price")
        return any(self._cell(cells, key) for key in keys) or any(
            cells.get(option) for option in _OPTIONS
        )

    def _is_for_sale(self, line: int) -> bool:
        status = self._head["status"].lower()
        if status in {"draft", "archived"}:
            title = self._head["title"]
            self._maker.say("not-active", line, f"{title} is {status} in Shopify: left out", 1)
            return False
        if self._head["gift_card"].lower() == "true":
            self._maker.say("gift-card", line, f"{self._head['title']} is a gift card: left out", 1)
            return False
        return True

    def _draft(self, line: int, cells: dict[str, str]) -> Draft:
        head = self._head
        options = [plain_text(cells.get(option, "")) for option in _OPTIONS]
        options = [option for option in options if option and option.lower() != _NO_OPTION]
        name = " – ".join(part for part in (head["title"], " / ".join(options)) if part)
        sku = self._cell(cells, "sku").lstrip("'").strip()
        fallback = _slug(head["handle"] or head["title"], options)
        if sku in self._skus:  # Shopify allows it; a shelf needs to tell them apart
            self._maker.say("sku-repeated", line, f"{sku} is another's, too; called {fallback}")
            sku = fallback
        self._skus.add(sku)
        path = [part.strip() for part in plain_text(head["category"]).split(">")]
        was_price = self._cell(cells, "was_price")
        return Draft(
            row={"handle": head["handle"], "name": name, **cells},
            sku=sku,
            fallback_sku=fallback,
            code=self._cell(cells, "barcode"),
            names=named(name),
            brand=plain_text(head["vendor"]),
            category=plain_text(head["type"]) or path[-1],
            wider=(*reversed(path), plain_text(head["tags"])),
            price=self._cell(cells, "price"),
            was_price="" if was_price.strip("0.,") == "" else was_price,
            stock=self._stock(line, cells),
            size=self._size(cells, options),
            weight_g=_positive(self._cell(cells, "grams")),
        )

    def _stock(self, line: int, cells: dict[str, str]) -> str:
        """The count, but not a nought of what is sold all the same: uncounted, or beyond it."""
        text = self._cell(cells, "stock")
        gone = text.startswith("-") or not text.strip("0.")
        if not gone:
            return text
        if self._columns["tracker"] and not self._cell(cells, "tracker"):
            why = "is not counted in Shopify"
        elif self._cell(cells, "policy").lower() in _OVERSOLD:
            why = "is sold on when there is none left"
        else:
            return "0" if text.startswith("-") else text
        if text:
            sentence = f"stock {text}, but it {why}: {STOCK_ASSUMED} are assumed"
            self._maker.say("stock-not-counted", line, sentence)
        return str(STOCK_ASSUMED)

    def _size(self, cells: dict[str, str], options: list[str]) -> str:
        measure, unit = self._cell(cells, "measure"), self._cell(cells, "measure_unit")
        if measure and unit:
            return f"{measure} {unit.lower()}"
        return next((option for option in options if re.search(r"\d\s*[^\W\d_]", option)), "")


def _slug(handle: str, options: list[str]) -> str:
    """An identity from the handle and the options, as Shopify's own addresses are written."""
    parts = [handle, *options]
    slug = "-".join("-".join(re.findall(r"\w+", part.lower())) for part in parts if part)
    return slug if len(slug) <= SKU_CHARS_MAX else ""


def _positive(text: str) -> str:
    return text if text.strip("0.") else ""
