"""The plain CSV feed, which is also a store's own catalogue: read, complete and write.

Columns are found by their header's name; `COLUMNS` lists the names each value may stand under.
"""

import csv
import io
import re
from typing import get_args

import msgspec
from biip import ParseError
from biip.gtin import Gtin

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money, MoneyError, minor_digits, money_from_decimal
from catalog_sync.model.product import PackageShape, Product, was_above
from store_scenes.feeds.estimates import estimate_dimensions, guess_package
from store_scenes.feeds.feed import FeedFinding, FeedResult
from store_scenes.feeds.table import CELL_CHARS_MAX, FEED_BYTES_MAX, read_rows

CATALOG_BYTES_MAX = FEED_BYTES_MAX
SKU_CHARS_MAX = 64
NAME_CHARS_MAX = 200
STOCK_MAX = 10_000_000
STOCK_ASSUMED = 100
DIMENSION_MM_MAX = 5_000.0
WEIGHT_G_MAX = 10_000_000.0

COLUMNS: dict[str, tuple[str, ...]] = {
    "gtin": ("gtin", "gtin14", "gtin13", "ean", "barcode", "upc", "gtin_upc", "code"),
    "sku": ("sku", "id"),
    "brand": ("brand", "brand_name", "brands", "brand_owner", "vendor"),
    "category": ("category", "main_category"),
    "price": ("price",),
    "was_price": ("was_price",),
    "price_sample": ("price_sample",),
    "stock": ("stock",),
    "package": ("package", "package_shape"),
    "width_mm": ("width_mm",),
    "height_mm": ("height_mm",),
    "depth_mm": ("depth_mm",),
    "dimensions_estimated": ("dimensions_estimated",),
    "weight_g": ("weight_g",),
    "size": ("size", "size_text", "package_weight"),
    "model": ("model",),
    "colour": ("colour", "color"),
}
_NAME = re.compile(r"name_([a-z]{2,3})")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_PACKAGES: tuple[PackageShape, ...] = get_args(PackageShape)


def read_plain_csv(data: bytes, currency: str) -> FeedResult:
    """Read a whole feed. Prices are plain decimals in `currency`.

    A feed without a stock column gets `STOCK_ASSUMED` units a product and one warning. Missing
    packages and dimensions are guessed; guessed dimensions are marked in the product.

    Raises:
        Failure: the file as a whole cannot be read (encoding, size, no usable header).
    """
    header, rows = read_rows(data)
    if not any(name in header for name in (*COLUMNS["sku"], *COLUMNS["gtin"])):
        raise Failure("no column is named sku, id, gtin or barcode, so no product has an identity")
    if "name" not in header and not any(_NAME.fullmatch(name) for name in header):
        raise Failure("no column is named name, name_ko or name_en, so no product has a name")
    reader = _RowReader(currency)
    if "stock" not in header:
        reader.stock_missing = STOCK_ASSUMED
        reader.say(
            "stock-assumed", 0, f"no stock column: {STOCK_ASSUMED} units of each are assumed"
        )
    products: dict[str, Product] = {}
    for line, cells in rows:
        product = reader.product(line, cells)
        if product is None:
            continue
        if product.sku in products:
            reader.say("sku-duplicate", line, f"{product.sku} came before; this row is left out", 1)
            continue
        products[product.sku] = product
    return FeedResult(tuple(products.values()), tuple(reader.findings))


class _RowReader:
    """Turns rows into products and collects what is to be said about them."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.findings: list[FeedFinding] = []
        self.stock_missing = 0

    def say(self, rule: str, line: int, sentence: str, error: int = 0) -> None:
        self.findings.append(
            FeedFinding(rule, "error" if error else "warning", line, sentence),
        )

    def product(self, line: int, cells: dict[str, str]) -> Product | None:
        if any(len(cell) > CELL_CHARS_MAX for cell in cells.values()):
            self.say("cell-too-long", line, "a cell is too long; is a quote never closed?", 1)
            return None
        code = _cell(cells, "gtin")
        sku = _cell(cells, "sku") or code
        names = _names(cells)
        if not sku or len(sku) > SKU_CHARS_MAX:
            self.say("sku-missing", line, f"the sku must have 1 to {SKU_CHARS_MAX} characters", 1)
            return None
        if not names:
            self.say("name-missing", line, f"{sku} has no name", 1)
            return None
        category = _cell(cells, "category")
        package = self._package(line, cells, category, names)
        size_text = _cell(cells, "size")
        weight_g = self._number(line, cells, "weight_g", WEIGHT_G_MAX)
        sides = tuple(
            self._number(line, cells, key, DIMENSION_MM_MAX)
            for key in ("width_mm", "height_mm", "depth_mm")
        )
        estimated = _is_yes(cells, "dimensions_estimated")
        price = self._price(line, cells)
        if min(sides) <= 0.0:
            sides, estimated = estimate_dimensions(package, size_text, weight_g), True
        return Product(
            sku=sku,
            names=names,
            brand=_cell(cells, "brand"),
            category=category,
            package=package,
            dimensions_mm=(sides[0], sides[1], sides[2]),
            price=price,
            stock=self._stock(line, cells),
            gtin=self._gtin(line, code),
            size_text=size_text,
            weight_g=weight_g,
            dimensions_estimated=estimated,
            model=_cell(cells, "model"),
            colour=self._colour(line, cells),
            was_price=self._was_price(line, cells, price),
            price_is_sample=price is not None and _is_yes(cells, "price_sample"),
        )

    def _package(
        self, line: int, cells: dict[str, str], category: str, names: dict[str, str]
    ) -> PackageShape:
        stated = _cell(cells, "package").lower()
        known = next((shape for shape in _PACKAGES if shape == stated), None)
        if stated and known is None:
            self.say("package-unknown", line, f"{stated!r} is no package of {', '.join(_PACKAGES)}")
        if known == "model" and not _cell(cells, "model"):
            self.say("model-missing", line, "package is model and no model is named")
            known = None
        if known is None and _cell(cells, "model"):
            return "model"
        return known or guess_package(category, " ".join(names.values()))

    def _number(self, line: int, cells: dict[str, str], key: str, largest: float) -> float:
        text = _cell(cells, key)
        if not text:
            return 0.0
        plain = text.isascii() and text.replace(".", "", 1).isdecimal() and len(text) < 20
        value = float(text) if plain else -1.0
        if not 0.0 <= value <= largest:
            self.say("number-bad", line, f"{key} {text!r} is not a number from 0 to {largest:,.0f}")
            return 0.0
        return value

    def _price(self, line: int, cells: dict[str, str]) -> Money | None:
        text = _cell(cells, "price")
        if not text:
            return None
        try:
            price = money_from_decimal(text, self.currency)
        except MoneyError as error:
            self.say("price-bad", line, f"{error}; the product stays unpriced")
            return None
        if price.amount_minor < 0:
            self.say("price-bad", line, f"the price {text} is negative; the product stays unpriced")
            return None
        return price

    def _was_price(self, line: int, cells: dict[str, str], price: Money | None) -> Money | None:
        text = _cell(cells, "was_price")
        if not text:
            return None
        try:
            was_price = was_above(price, money_from_decimal(text, self.currency))
        except MoneyError as error:
            self.say("was-price-bad", line, f"{error}; the product is no offer")
            return None
        if was_price is None:
            self.say("was-price-bad", line, f"{text} is not above the price; it is no offer")
        return was_price

    def _stock(self, line: int, cells: dict[str, str]) -> int:
        text = _cell(cells, "stock")
        if not text:
            return self.stock_missing
        plain = text.isascii() and text.isdecimal() and len(text) < 10
        if not plain or int(text) > STOCK_MAX:
            self.say("stock-bad", line, f"stock {text!r} is not a whole number; 0 is taken")
            return 0
        return int(text)

    def _gtin(self, line: int, code: str) -> str:
        if not code:
            return ""
        try:
            Gtin.parse(code)
        except ParseError:
            self.say("gtin-bad", line, f"{code!r} is no GTIN (wrong length or check digit)")
            return ""
        return code

    def _colour(self, line: int, cells: dict[str, str]) -> str:
        text = _cell(cells, "colour").lower()
        if text and not _COLOUR.fullmatch(text):
            self.say("colour-bad", line, f"colour {text!r} is not written #rrggbb")
            return ""
        return text


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


def _cell(cells: dict[str, str], key: str) -> str:
    return next((cells[name] for name in COLUMNS[key] if cells.get(name)), "")


def _is_yes(cells: dict[str, str], key: str) -> bool:
    return _cell(cells, key).lower() in {"yes", "true", "1"}


def _names(cells: dict[str, str]) -> dict[str, str]:
    names = {}
    for header, cell in cells.items():
        match = _NAME.fullmatch(header)
        if match and cell:
            names[match[1]] = cell[:NAME_CHARS_MAX]
    plain = cells.get("name", "")[:NAME_CHARS_MAX]
    if plain:
        korean = any("가" <= character <= "힣" for character in plain)
        names.setdefault("ko" if korean else "en", plain)
    return names


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
    return FeedResult(tuple(products), result.findings)
