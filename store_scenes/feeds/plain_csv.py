"""The plain CSV feed, which is also a store's own catalogue: read, complete and write.

Columns are found by their header's name; `COLUMNS` lists the names each value may stand under.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TextIO

import msgspec

from catalog_sync.model.facts import NUTRIENTS
from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money, minor_digits
from catalog_sync.model.product import Product, was_above
from store_scenes.feeds.encodings import FEED_BYTES_MAX
from store_scenes.feeds.facts_text import TOLD_CHARS_MAX, FactsTold
from store_scenes.feeds.feed import FeedResult, Opened
from store_scenes.feeds.headings import Headings
from store_scenes.feeds.lengths import grams, millimetres
from store_scenes.feeds.made_names import made_name
from store_scenes.feeds.money_text import stated_currency
from store_scenes.feeds.rows import Draft, ProductMaker, named
from store_scenes.feeds.table import column_name, read_table

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
    "currency": ("currency", "currency_code", "price_currency", "devise", "währung", "waehrung",
                 "moneda", "valuta", "통화"),
    "price_sample": ("price_sample",),
    "stock": ("stock", "stock_quantity", "quantity_on_hand", "inventory", "inventory_quantity",
              "재고", "bestand", "giacenza"),
    "package": ("package", "package_shape"),
    "packaging": ("packaging", "household_serving_fulltext", "포장"),
    "width_mm": ("width_mm",),
    "height_mm": ("height_mm",),
    "depth_mm": ("depth_mm",),
    "width": ("width", "breite", "largeur", "ancho", "larghezza", "가로"),
    "height": ("height", "höhe", "hohe", "hauteur", "alto", "altezza", "세로"),
    "depth": ("depth", "tiefe", "profondeur", "profundidad", "profondita", "폭"),
    "dimensions_unit": ("dimensions_unit", "dimension_unit", "masseinheit"),
    "dimensions_estimated": ("dimensions_estimated",),
    "weight_g": ("weight_g", "weight_grams", "net_weight_g"),
    "weight": ("weight", "item_weight", "product_weight", "shipping_weight", "weight_kg",
               "weight_lb", "weight_lbs", "weight_oz", "gewicht", "poids", "peso", "중량", "무게"),
    "weight_unit": ("weight_unit", "weight_units", "gewichtseinheit"),
    "size": ("size", "size_text", "package_weight", "net_content", "net_weight",
             "규격", "용량", "contenance", "inhalt", "contenido", "contenuto"),
    "model": ("model",),
    "colour": ("colour", "color"),
    # Of 100 g or 100 ml: the names of the law, and Open Food Facts'.
    "energy_kcal": ("energy_kcal", "energy_kcal_100g", "열량", "brennwert_kcal"),
    "energy_kj": ("energy_kj", "energy_kj_100g", "energy_100g"),
    "fat_g": ("fat_g", "fat_100g", "지방"),
    "saturates_g": ("saturates_g", "saturated_fat_g", "saturated_fat_100g", "포화지방"),
    "carbohydrate_g": ("carbohydrate_g", "carbohydrates_g", "carbohydrates_100g", "탄수화물"),
    "sugars_g": ("sugars_g", "sugars_100g", "당류"),
    "protein_g": ("protein_g", "proteins_g", "proteins_100g", "단백질"),
    "salt_g": ("salt_g", "salt_100g"),
    "sodium_mg": ("sodium_mg", "나트륨"),
    "allergens": ("allergens", "allergens_tags", "알레르기", "allergene", "allergènes"),
    "may_contain": ("may_contain", "traces", "traces_tags"),
    "description": ("description", "short_description", "설명"),
}  # fmt: skip
_NAME = re.compile(r"(?:product_)?name_([a-z]{2,3})")
_DESCRIPTION = re.compile(r"description_([a-z]{2,3})")
_OF_FACTS = (*NUTRIENTS, "energy_kj", "sodium_mg", "allergens", "may_contain", "description")
_MADE_NAME = ("brand_name", "subbrand_name", "brand_owner", "branded_food_category")


def read_plain_csv(data: bytes, currency: str) -> FeedResult:
    """Read a whole feed that is in memory; see `plain_csv_products`."""
    opened = Opened(io.BytesIO(data), "", read_table(data))
    maker = ProductMaker(currency)
    products = tuple(plain_csv_products(opened, maker))
    return maker.result("csv", opened, products)


@lru_cache(maxsize=1)
def read_own_catalogue(data: bytes, currency: str) -> FeedResult:
    """`read_plain_csv`, remembering the last answer.

    A store's own catalogue is read by the loader, by the checker, and again after each edit of a
    planogram beside it.
    """
    return read_plain_csv(data, currency)


def plain_csv_products(opened: Opened, maker: ProductMaker) -> Iterator[Product]:
    """The products of a feed, each as its row is read.

    A feed without a stock column gets `STOCK_ASSUMED` units a product and one warning. Missing
    packages and dimensions are guessed; guessed dimensions are marked in the product. A feed of
    branded foods without names (USDA FoodData Central: https://fdc.nal.usda.gov/download-datasets)
    gets them from brand and category, and one warning. `opened.columns` says under which names
    some of ours stand.

    Raises:
        Failure: the file as a whole cannot be read (encoding, size, no usable header), or a column
            that was told is not in it.
    """
    table = opened.table
    if table is None:
        raise Failure("this is no table of separated values")
    header = opened.header
    columns = _columns(header, opened.columns)
    if not columns["sku"] and not columns["gtin"]:
        raise Failure(
            "no column is named sku, id, gtin or barcode, so no product has an identity; "
            "say which one it is, as in --column gtin=EAN-Code"
        )
    makes_names = False
    if not columns["name"] and not any(_NAME.fullmatch(name) for name in header):
        makes_names = len(header & set(_MADE_NAME)) >= 2
        if not makes_names:
            raise Failure(
                "no column is named name, name_ko or name_en, so no product has a name; "
                "say which one it is, as in --column name=Artikeltext"
            )
        maker.say("name-made", 0, "no column has names: brand and category stand in for them")
    if not columns["stock"]:
        maker.assume_stock()
    if not columns["price"]:
        maker.tells_prices = False
    name_columns = {
        match[1]: name for name in table.header if (match := _NAME.fullmatch(name)) is not None
    }
    tells_facts = any(columns[key] for key in _OF_FACTS) or any(
        _DESCRIPTION.fullmatch(name) for name in header
    )
    for line, cells in table.rows:
        draft = _draft(maker, line, cells, columns, name_columns)
        if makes_names:
            draft.own_words = ""
            draft.names = named(made_name(*(cells.get(column, "") for column in _MADE_NAME)))
        if tells_facts:
            draft.facts = _facts(maker, line, cells, columns)
            named_so = set(draft.names.values())  # a description may have stood in for the name
            told = draft.facts.descriptions.items()
            draft.facts.descriptions = {key: text for key, text in told if text not in named_so}
        product = maker.add(line, draft)
        if product is not None:
            yield product
        if opened.progress and maker.rows % PROGRESS_EVERY_ROWS == 0:
            opened.progress(maker.rows, table.rows_at_most)


def _columns(header: frozenset[str], told: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each value of ours the columns that may have it: what a person says leads alone."""
    columns = {
        key: tuple(name for name in names if name in header) for key, names in COLUMNS.items()
    }
    for ours, theirs in told.items():
        if ours not in COLUMNS:
            raise Failure(f"--column: {ours!r} is none of {', '.join(COLUMNS)}")
        name = column_name(theirs)
        if name not in header:
            raise Failure(
                f"--column: the file has no column {theirs!r}; it has {', '.join(sorted(header))}"
            )
        columns = {key: tuple(n for n in names if n != name) for key, names in columns.items()}
        columns[ours] = (name,)
    return columns


def _draft(
    maker: ProductMaker,
    line: int,
    cells: dict[str, str],
    columns: dict[str, tuple[str, ...]],
    name_columns: dict[str, str],
) -> Draft:
    """A row of plain columns, as the maker takes it."""

    def cell(key: str) -> str:
        return next((cells[name] for name in columns[key] if cells.get(name)), "")

    def side(key: str) -> str:
        stated = cell(f"{key}_mm")
        if stated or not columns[key]:
            return stated
        # What is no length goes on as it is: the maker says so.
        return millimetres(cell(key), cell("dimensions_unit")) or cell(key)

    def money(key: str) -> str:
        amount, unit = cell(key), cell("currency")
        return f"{amount} {unit}" if amount and unit and not stated_currency(amount) else amount

    names = {
        language: text
        for language, column in name_columns.items()
        if (text := maker.plain(line, cells.get(column, "")))
    }
    for language, text in named(maker.plain(line, cell("name"))).items():
        names.setdefault(language, text)
    return Draft(
        row=cells,
        sku=cell("sku"),
        code=cell("gtin"),
        names=names,
        brand=maker.plain(line, cell("brand")),
        category=maker.plain(line, cell("category")),
        packaging=cell("packaging"),
        package=cell("package"),
        price=money("price"),
        was_price=money("was_price"),
        price_sample=cell("price_sample"),
        stock=cell("stock"),
        width_mm=side("width"),
        height_mm=side("height"),
        depth_mm=side("depth"),
        dimensions_estimated=cell("dimensions_estimated"),
        size=cell("size"),
        weight_g=cell("weight_g") or _weight(maker, line, cells, columns),
        model=cell("model"),
        colour=cell("colour"),
    )


def _facts(
    maker: ProductMaker,
    line: int,
    cells: dict[str, str],
    columns: dict[str, tuple[str, ...]],
) -> FactsTold:
    """What a row says of a food. A plain `description` is one where the name stands elsewhere."""

    def cell(key: str) -> str:
        return next((cells[name] for name in columns[key] if cells.get(name)), "")

    told = {
        match[1]: text
        for name, text in cells.items()
        if text and (match := _DESCRIPTION.fullmatch(name)) is not None
    }
    for language, text in named(cell("description")).items():
        told.setdefault(language, text)
    sodium = cell("sodium_mg")
    return FactsTold(
        {name: text for name in NUTRIENTS if (text := cell(name))},
        f"{sodium} mg" if sodium[-1:].isdecimal() else sodium,
        cell("energy_kj"),
        allergens=cell("allergens"),
        traces=cell("may_contain"),
        descriptions={
            language: maker.plain(line, text[:TOLD_CHARS_MAX]) for language, text in told.items()
        },
    )


def _weight(
    maker: ProductMaker,
    line: int,
    cells: dict[str, str],
    columns: dict[str, tuple[str, ...]],
) -> str:
    """Grams of a weight with its unit: in the cell, in the column's name or in one of its own."""
    name = next((name for name in columns["weight"] if cells.get(name)), "")
    if not name or not cells[name].strip("0.,"):
        return ""
    text = cells[name]
    unit = next((cells[name] for name in columns["weight_unit"] if cells.get(name)), "")
    unit = unit or name.rpartition("_")[2].lower()
    found = grams(text, unit)
    if not found and text.replace(",", ".", 1).replace(".", "", 1).isdecimal():
        sentence = f"weight {text!r} has no unit, as in '{text[:20]} g'; it is left out"
        maker.say("number-bad", line, sentence)
        return ""
    return found or text


def write_plain_csv(products: Iterable[Product]) -> bytes:
    """Products as a store's own `catalog.csv`: UTF-8, one row each; reads back equal."""
    kept = list(products)
    out = io.StringIO(newline="")
    write_catalogue(kept, Headings(kept), out)
    return out.getvalue().encode()


def write_catalogue(products: Iterable[Product], headings: Headings, out: TextIO) -> None:
    """`write_plain_csv` a row at a time; `headings` were told of every product."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings.row)
    languages = headings.languages
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
                *headings.cells(product),
            ]
        )


def plain_decimal(money: Money) -> str:
    """The amount as `money_from_decimal` reads it: `1980`, `12.99`."""
    digits = minor_digits(money.currency)
    if not digits:
        return str(money.amount_minor)
    whole, rest = divmod(money.amount_minor, 10**digits)
    return f"{whole}.{rest:0{digits}d}"


def _plain(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def completed(
    product: Product,
    dimensions: Mapping[str, tuple[float, float, float]],
    prices: Mapping[str, Money],
) -> Product:
    """The product with what side files say of it, keyed by SKU or GTIN without leading zeros."""
    keys = (product.sku.lstrip("0"), product.gtin.lstrip("0"))
    sides = next((dimensions[key] for key in keys if key and key in dimensions), None)
    price = next((prices[key] for key in keys if key and key in prices), None)
    if sides is not None:
        product = msgspec.structs.replace(product, dimensions_mm=sides, dimensions_estimated=False)
    if price is not None:
        product = msgspec.structs.replace(
            product,
            price=price,
            was_price=was_above(price, product.was_price),
            price_is_sample=False,
        )
    return product


def with_side_files(
    result: FeedResult,
    dimensions: Mapping[str, tuple[float, float, float]],
    prices: Mapping[str, Money],
) -> FeedResult:
    """The feed completed from side files; see `completed`."""
    products = tuple(completed(product, dimensions, prices) for product in result.products)
    return msgspec.structs.replace(result, products=products)
