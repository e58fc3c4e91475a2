"""Google Merchant product data: its attributes, and the tab-separated feed.

Attributes: https://support.google.com/merchants/answer/7052112 ("Product data specification").
Prices carry their currency (`12.99 USD`), sizes their unit (`20 cm`); `virtual_model_link` is the
address of a GLB of at most 15 MB.
"""

from collections.abc import Iterator, Mapping

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.facts_text import TOLD_CHARS_MAX, FactsTold
from store_scenes.feeds.feed import Opened
from store_scenes.feeds.lengths import grams, millimetres
from store_scenes.feeds.rows import STOCK_ASSUMED, Draft, ProductMaker, named

PROGRESS_EVERY_ROWS = 500

_OF_GOOGLE = frozenset({
    "availability", "google_product_category", "item_group_id", "image_link", "condition", "mpn",
    "identifier_exists", "virtual_model_link", "shipping_weight", "sale_price",
    "additional_image_link", "product_type", "unit_pricing_measure",
})  # fmt: skip
_IN_STOCK = frozenset({"in stock", "in_stock", "instock"})
_VARIANT = ("color", "size", "material", "pattern")
_COLOURS = {
    "black": "#22252a", "white": "#f2f2ee", "red": "#c8323a", "green": "#2f8f4e",
    "blue": "#2f62b5", "yellow": "#e8b923", "orange": "#e2762a", "pink": "#e58aa8",
    "purple": "#7a4a9e", "brown": "#6a4632", "grey": "#8a8f96", "gray": "#8a8f96",
}  # fmt: skip


def is_merchant_table(opened: Opened) -> bool:
    """Whether a header is Google's: id and title, and two columns of its own."""
    header = opened.header
    return {"id", "title"} <= header and len(header & _OF_GOOGLE) >= 2


def merchant_table_products(opened: Opened, maker: ProductMaker) -> Iterator[Product]:
    """The products of a table, each as its row is read.

    Raises:
        Failure: no id or no title column; while rows are read, a damaged table.
    """
    table = opened.table
    if table is None or not {"id", "title"} <= set(table.header):
        raise Failure("no columns are named id and title, so this is no Google Merchant feed")
    if "availability" not in table.header:
        maker.assume_stock()
    for line, cells in table.rows:
        product = maker.add(line, merchant_draft(maker, line, cells))
        if product is not None:
            yield product
        if opened.progress and maker.rows % PROGRESS_EVERY_ROWS == 0:
            opened.progress(maker.rows, table.rows_at_most)


def merchant_draft(maker: ProductMaker, line: int, cells: Mapping[str, str]) -> Draft:
    """One product's attributes, by their names, as the maker takes it.

    Of two prices the sale's is taken, and the other is what it was.
    """

    def cell(key: str) -> str:
        return cells.get(key, "")

    path = [part.strip() for part in maker.plain(line, cell("product_type")).split(">")]
    wider = [part.strip() for part in maker.plain(line, cell("google_product_category")).split(">")]
    wider = [part for part in wider if not part.isdecimal()]
    sale = cell("sale_price")
    described = maker.plain(line, cell("description")[:TOLD_CHARS_MAX])
    return Draft(
        row=dict(cells),
        sku=cell("id"),
        code=cell("gtin"),
        names=named(_name(maker, line, cells)),
        brand=maker.plain(line, cell("brand")),
        category=path[-1] or (wider[-1] if wider else ""),
        wider=(*reversed(path[:-1]), *reversed(wider)),
        price=sale or cell("price"),
        was_price=cell("price") if sale else "",
        stock=_stock(maker, line, cells),
        size=cell("unit_pricing_measure"),
        weight_g=grams(cell("product_weight")) or cell("product_weight"),
        width_mm=millimetres(cell("product_width")) or cell("product_width"),
        height_mm=millimetres(cell("product_height")) or cell("product_height"),
        depth_mm=millimetres(cell("product_length")) or cell("product_length"),
        model_link=cell("virtual_model_link"),
        facts=FactsTold(descriptions=named(described)) if described else None,
        colour=_COLOURS.get(cell("color").split("/")[0].strip().lower(), ""),
    )


def _name(maker: ProductMaker, line: int, cells: Mapping[str, str]) -> str:
    """The title; with what tells a variant from its siblings where the title does not say so."""
    title = maker.plain(line, cells.get("title", ""))
    if not title or not cells.get("item_group_id"):
        return title
    parts = [maker.plain(line, cells.get(key, "")) for key in _VARIANT]
    missing = [part for part in parts if part and part.lower() not in title.lower()]
    return " – ".join((title, " / ".join(missing))) if missing else title


def _stock(maker: ProductMaker, line: int, cells: Mapping[str, str]) -> str:
    availability = cells.get("availability", "")
    quantity = cells.get("sell_on_google_quantity") or cells.get("quantity", "")
    if availability and availability.lower() not in _IN_STOCK:
        return "0"
    if not availability and not quantity and not maker.stock_missing:
        sentence = f"no availability: in stock, and {STOCK_ASSUMED} are assumed"
        maker.say("stock-assumed", line, sentence)
    return quantity or str(STOCK_ASSUMED)
