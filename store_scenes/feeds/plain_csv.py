"""The plain CSV feed, which is also a store's own catalogue: read, complete and write.

Columns are found by their header's name; `COLUMNS` lists the names each value may stand under.
"""

import csv
import io
import re
from functools import lru_cache

import msgspec

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money, minor_digits
from catalog_sync.model.product import Product, was_above
from store_scenes.feeds.feed import FeedResult, Progress
from store_scenes.feeds.made_names import made_name
from store_scenes.feeds.rows import Draft, ProductMaker, named
from store_scenes.feeds.table import FEED_BYTES_MAX, Table, plain_text, read_table

CATALOG_BYTES_MAX = FEED_BYTES_MAX
PROGRESS_EVERY_ROWS = 500

COLUMNS: dict[str, tuple[str, ...]] = {
    "gtin": (
        "gtin", "gtin14", "gtin13", "gtin12", "ean", "ean13", "barcode", "barcode_id", "upc",
        "upc_code", "gtin_upc", "code", "jan", "바코드", "code_barres", "codigo_de_barras",
    ),
    "sku": (
        "sku", "id", "item_number", "article_number", "product_id", "상품코드", "artikelnummer",
        "reference", "référence", "referencia",
    ),
    "name": (
        "name", "product_name", "title", "description", "item_name", "item", "product", "상품명",
        "품명", "제품명", "nom", "produit", "libelle", "libellé", "bezeichnung", "artikel",
        "produktname", "nombre", "producto", "nome", "prodotto", "descrizione", "descripcion",
    ),
    "brand": (
        "brand", "brand_name", "brands", "brand_owner", "vendor", "manufacturer", "브랜드",
        "제조사", "marque", "marke", "hersteller", "marca",
    ),
    "category": (
        "category", "main_category", "branded_food_category", "product_category", "product_type",
        "department", "카테고리", "분류", "categorie", "catégorie", "rayon", "kategorie",
        "warengruppe", "categoria", "categoría", "reparto",
    ),
    "price": ("price", "retail_price", "판매가", "가격", "prix", "preis", "precio",
              "prezzo"),
    "was_price": ("was_price", "compare_at_price", "regular_price", "정상가"),
    "price_sample": ("price_sample",),
    "stock": ("stock", "stock_quantity", "quantity_on_hand", "inventory", "inventory_quantity",
              "재고", "bestand", "giacenza"),
    "package": ("package", "package_shape"),
    "packaging": ("packaging", "household_serving_fulltext", "포장"),
    "width_mm": ("width_mm",),
    "height_mm": ("height_mm",),
    "depth_mm": ("depth_mm",),
    "dimensions_estimated": ("dimensions_estimated",),
    "weight_g": ("weight_g", "weight_grams", "net_weight_g"),
    "size": ("size", "size_text", "package_weight", "net_content", "net_weight",
             "규격", "용량", "contenance", "inhalt", "contenido", "contenuto"),
    "model": ("model",),
    "colour": ("colour", "color"),
}  # fmt: skip
_NAME = re.compile(r"(?:product_)?name_([a-z]{2,3})")
_MADE_NAME = ("brand_name", "subbrand_name", "brand_owner", "branded_food_category")


def read_plain_csv(data: bytes, currency: str, progress: Progress | None = None) -> FeedResult:
    """Read a whole feed. Prices without a sign are in `currency`.

    A feed without a stock column gets `STOCK_ASSUMED` units a product and one warning. Missing
    packages and dimensions are guessed; guessed dimensions are marked in the product. A feed of
    branded foods without names (USDA FoodData Central: https://fdc.nal.usda.gov/download-datasets)
    gets them from brand and category, and one warning.

    Raises:
        Failure: the file as a whole cannot be read (encoding, size, no usable header).
    """
    return plain_csv_of(read_table(data), currency, progress)


@lru_cache(maxsize=1)
def read_own_catalogue(data: bytes, currency: str) -> FeedResult:
    """`read_plain_csv`, remembering the last answer.

    A store's own catalogue is read by the loader, by the checker, and again after each edit of a
    planogram beside it.
    """
    return read_plain_csv(data, currency)


def plain_csv_of(table: Table, currency: str, progress: Progress | None = None) -> FeedResult:
    """`read_plain_csv` of a table that was opened already."""
    header = frozenset(table.header)
    if not any(name in header for name in (*COLUMNS["sku"], *COLUMNS["gtin"])):
        raise Failure("no column is named sku, id, gtin or barcode, so no product has an identity")
    maker = ProductMaker(currency)
    makes_names = False
    if not header & set(COLUMNS["name"]) and not any(_NAME.fullmatch(name) for name in header):
        makes_names = len(header & set(_MADE_NAME)) >= 2
        if not makes_names:
            raise Failure("no column is named name, name_ko or name_en, so no product has a name")
        maker.say("name-made", 0, "no column has names: brand and category stand in for them")
    if not header & set(COLUMNS["stock"]):
        maker.assume_stock()
    columns = {
        key: tuple(name for name in names if name in header) for key, names in COLUMNS.items()
    }
    name_columns = {
        match[1]: name for name in table.header if (match := _NAME.fullmatch(name)) is not None
    }
    for line, cells in table.rows:
        draft = _draft(cells, columns, name_columns)
        if makes_names:
            draft.own_words = ""
            draft.names = named(made_name(*(cells.get(column, "") for column in _MADE_NAME)))
        maker.add(line, draft)
        if progress and maker.rows % PROGRESS_EVERY_ROWS == 0:
            progress(maker.rows, table.rows_at_most)
    return maker.result("csv", table)


def _draft(
    cells: dict[str, str], columns: dict[str, tuple[str, ...]], name_columns: dict[str, str]
) -> Draft:
    """A row of plain columns, as the maker takes it."""

    def cell(key: str) -> str:
        return next((cells[name] for name in columns[key] if cells.get(name)), "")

    names = {
        language: text
        for language, column in name_columns.items()
        if (text := plain_text(cells.get(column, "")))
    }
    for language, text in named(plain_text(cell("name"))).items():
        names.setdefault(language, text)
    return Draft(
        row=cells,
        sku=cell("sku"),
        code=cell("gtin"),
        names=names,
        brand=plain_text(cell("brand")),
        category=plain_text(cell("category")),
        packaging=cell("packaging"),
        package=cell("package"),
        price=cell("price"),
        was_price=cell("was_price"),
        price_sample=cell("price_sample"),
        stock=cell("stock"),
        width_mm=cell("width_mm"),
        height_mm=cell("height_mm"),
        depth_mm=cell("depth_mm"),
        dimensions_estimated=cell("dimensions_estimated"),
        size=cell("size"),
        weight_g=cell("weight_g"),
        model=cell("model"),
        colour=cell("colour"),
    )


def write_plain_csv(products: tuple[Product, ...]) -> bytes:
    """Products as a store's own `catalog.csv`: UTF-8, one row each; reads back equal."""
    languages = sorted({language for product in products for language in product.names})
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([
        "sku", "gtin", *(f"name_{language}" for language in languages), "brand", "category",
        "package", "price", "was_price", "price_sample", "stock", "width_mm", "height_mm",
        "depth_mm", "dimensions_estimated", "size", "weight_g", "model", "colour",
    ])  # fmt: skip
    for product in products:
        writer.writerow(
            [
                product.sku,
                product.gtin,
                *(product.names.get(language, "") for language in languages),
                product.brand,
                product.category,
                product.package,
                plain_decimal(product.price) if product.price else "",
                plain_decimal(product.was_price) if product.was_price else "",
                "yes" if product.price_is_sample else "",
                product.stock,
                *(_plain(side) for side in product.dimensions_mm),
                "yes" if product.dimensions_estimated else "",
                product.size_text,
                _plain(product.weight_g) if product.weight_g else "",
                product.model,
                product.colour,
            ]
        )
    return out.getvalue().encode()


def plain_decimal(money: Money) -> str:
    """The amount as `money_from_decimal` reads it: `1980`, `12.99`."""
    digits = minor_digits(money.currency)
    if not digits:
        return str(money.amount_minor)
    whole, rest = divmod(money.amount_minor, 10**digits)
    return f"{whole}.{rest:0{digits}d}"


def _plain(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def with_side_files(
    result: FeedResult,
    dimensions: dict[str, tuple[float, float, float]],
    prices: dict[str, Money],
) -> FeedResult:
    """The feed completed from side files, keyed by SKU or GTIN without leading zeros."""
    products = []
    for product in result.products:
        keys = (product.sku.lstrip("0"), product.gtin.lstrip("0"))
        sides = next((dimensions[key] for key in keys if key and key in dimensions), None)
        price = next((prices[key] for key in keys if key and key in prices), None)
        changed = product
        if sides is not None:
            changed = msgspec.structs.replace(
                changed, dimensions_mm=sides, dimensions_estimated=False
            )
        if price is not None:
            changed = msgspec.structs.replace(
                changed,
                price=price,
                was_price=was_above(price, changed.was_price),
                price_is_sample=False,
            )
        products.append(changed)
    return msgspec.structs.replace(result, products=tuple(products))
