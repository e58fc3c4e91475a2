"""Open Food Facts: the tab-separated export of the database and the CSV files made from it.

Fields: https://static.openfoodfacts.org/data/data-fields.txt. It has neither prices nor the sizes
of packages, and its codes are barcodes except for those that begin with 200.
"""

import re
from collections.abc import Iterator

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.facts_text import TOLD_CHARS_MAX, FactsTold
from store_scenes.feeds.feed import Opened
from store_scenes.feeds.rows import Draft, ProductMaker
from store_scenes.feeds.sizes import read_size
from store_scenes.feeds.table import plain_text

PROGRESS_EVERY_ROWS = 500
CATEGORIES_MAX = 24

_NUTRIENTS = {
    "energy_kcal": "energy_kcal_100g", "fat_g": "fat_100g", "saturates_g": "saturated_fat_100g",
    "carbohydrate_g": "carbohydrates_100g", "sugars_g": "sugars_100g",
    "protein_g": "proteins_100g", "salt_g": "salt_100g",
}  # fmt: skip
"""Ours and theirs, as a header's names are looked up; their plain `energy_100g` is kilojoules."""

_NOTHING_TOLD = FactsTold()
_NAME = re.compile(r"product_name_([a-z]{2,3})")
_OF_OFF = frozenset({
    "generic_name", "brands_tags", "categories_tags", "categories_en", "countries", "countries_en",
    "packaging", "packaging_tags", "ingredients_text", "main_category", "main_category_en",
    "nutriscore_grade", "pnns_groups_1", "purchase_places", "product_quantity", "stores", "labels",
    "created_t", "last_modified_t",
})  # fmt: skip
_SHELVES = ("main_category_en", "main_category", "categories_en", "categories", "categories_tags",
            "pnns_groups_2", "pnns_groups_1")  # fmt: skip
_UNKNOWN = frozenset({"", "unknown", "undefined", "en:unknown", "en:undefined", "null"})
# Of a serving that is a whole package: `355 ml (1 BOTTLE)`.
_WHOLE = re.compile(
    r"\((?:1 |one )(bottle|can|container|pouch|packet|bag|box|carton)\)", re.IGNORECASE
)


def is_open_food_facts(opened: Opened) -> bool:
    """Whether a header is Open Food Facts': a code, a product's name, two columns of its own."""
    header = opened.header
    has_name = "product_name" in header or any(_NAME.fullmatch(name) for name in header)
    return "code" in header and has_name and len(header & _OF_OFF) >= 2


def open_food_facts_products(opened: Opened, maker: ProductMaker) -> Iterator[Product]:
    """The products of an export, each as its row is read; unpriced, and their stock assumed.

    Raises:
        Failure: no code column; while rows are read, a damaged table.
    """
    table = opened.table
    if table is None or "code" not in table.header:
        raise Failure("no column is named code, so this is no Open Food Facts export")
    maker.assume_stock()
    maker.tells_prices = False  # it never has any
    languages = {
        match[1]: name for name in table.header if (match := _NAME.fullmatch(name)) is not None
    }
    for line, cells in table.rows:
        product = maker.add(line, _draft(maker, line, cells, languages))
        if product is not None:
            yield product
        if opened.progress and maker.rows % PROGRESS_EVERY_ROWS == 0:
            opened.progress(maker.rows, table.rows_at_most)


def _draft(
    maker: ProductMaker, line: int, cells: dict[str, str], languages: dict[str, str]
) -> Draft:
    told = (plain_text(cells.get(name, "")) for name in _SHELVES)
    shelves = [words for words in told if words.lower() not in _UNKNOWN]
    size = cells.get("quantity", "")
    serving = cells.get("serving_size", "")
    whole = _WHOLE.search(serving)
    if not size and whole and read_size(serving):
        size = serving[: whole.start()].strip()
    if read_size(size) is None:  # a bare number says nothing to a shopper
        size = ""
    amount = cells.get("product_quantity", "")
    return Draft(
        row=cells,
        code=cells.get("code", ""),
        names=_names(maker, line, cells, languages),
        brand=plain_text(cells.get("brands", "")).split(",")[0].strip(),
        category=_shelf(shelves[0]) if shelves else "",
        wider=_wider(shelves),
        packaging=" ".join(
            _without_language(text)
            for text in (
                cells.get("packaging", "") or cells.get("packaging_tags", ""),
                whole[1] if whole else "",
            )
        ).strip(),
        size=size,
        facts=_facts(maker, line, cells),
        weight_g=amount if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", amount) else "",
    )


def _facts(maker: ProductMaker, line: int, cells: dict[str, str]) -> FactsTold | None:
    """What is told of 100 g or 100 ml, the declared allergens, and what kind of food it is."""
    amounts = {ours: text for ours, theirs in _NUTRIENTS.items() if (text := cells.get(theirs, ""))}
    general = cells.get("generic_name", "")[:TOLD_CHARS_MAX]
    if general == cells.get("product_name", "") or not cells.get("product_name"):
        general = ""  # it is the name already
    told = FactsTold(
        amounts,
        cells.get("sodium_100g", ""),
        cells.get("energy_kj_100g", "") or cells.get("energy_100g", ""),
        allergens=cells.get("allergens_tags", "") or cells.get("allergens", ""),
        traces=cells.get("traces_tags", "") or cells.get("traces", ""),
        descriptions=_in_language(maker.plain(line, general), cells) if general else {},
    )
    return told if told != _NOTHING_TOLD else None


def _in_language(plain: str, cells: dict[str, str]) -> dict[str, str]:
    if any("가" <= character <= "힣" for character in plain):
        return {"ko": plain}
    told = cells.get("lang", "") or cells.get("lc", "")
    return {told if re.fullmatch(r"[a-z]{2}", told) else "en": plain}


def _names(
    maker: ProductMaker, line: int, cells: dict[str, str], languages: dict[str, str]
) -> dict[str, str]:
    names = {
        language: text
        for language, column in languages.items()
        if (text := maker.plain(line, cells.get(column, "")))
    }
    plain = maker.plain(line, cells.get("product_name", "") or cells.get("generic_name", ""))
    if not plain:
        return names
    return _in_language(plain, cells) | names


def _shelf(words: str) -> str:
    """The most particular category of a list that goes from the general to the particular."""
    last = [part.strip() for part in words.split(",") if part.strip()][-1:]
    plain = _without_language("".join(last)).strip()
    return plain[:1].upper() + plain[1:]


def _wider(shelves: list[str]) -> tuple[str, ...]:
    """All categories told, the particular ones first."""
    parts = [part.strip() for words in shelves for part in reversed(words.split(","))]
    return tuple(dict.fromkeys(_without_language(part) for part in parts if part))[:CATEGORIES_MAX]


def _without_language(words: str) -> str:
    """`en:iced-teas` as words: iced teas."""
    return re.sub(r"(?<![\w-])[a-z]{2}:([\w'-]+)", lambda tag: tag[1].replace("-", " "), words)
