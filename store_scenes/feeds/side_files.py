"""The two side files that complete a feed: prices, and the dimensions that feeds leave out."""

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money, MoneyError
from store_scenes.feeds.currencies import PricesSeen
from store_scenes.feeds.money_text import read_money, stated_currency
from store_scenes.feeds.rows import DIMENSION_MM_MAX
from store_scenes.feeds.table import Row, read_rows

KEYS = ("sku", "gtin", "gtin14", "ean", "barcode", "upc", "code")
SIDES = ("width", "height", "depth")


def read_prices(data: bytes, currency: str) -> dict[str, Money]:
    """Prices by SKU or GTIN (leading zeros dropped), from columns `gtin` or `sku`, and `price`.

    Raises:
        Failure: not such a file, or a price that is none, with its line.
    """
    header, rows = read_rows(data)
    _need(header, ("price",), "a price file needs the columns gtin (or sku) and price")
    prices: dict[str, Money] = {}
    for line, cells in rows:
        try:
            price = read_money(cells.get("price", ""), currency)
        except MoneyError as error:
            raise Failure(f"line {line}: {error}") from None
        if price.amount_minor < 0:
            raise Failure(f"line {line}: the price {cells['price']} is negative")
        prices[_key((line, cells))] = price
    return prices


def prices_in_file(data: bytes) -> PricesSeen:
    """The currencies of a price file's prices."""
    seen = PricesSeen()
    _, rows = read_rows(data)
    for _, cells in rows:
        seen.currencies[stated_currency(cells.get("price", ""))] += 1
    return seen


def read_dimensions(data: bytes) -> dict[str, tuple[float, float, float]]:
    """Millimetres by SKU or GTIN, from columns `gtin` or `sku`, `width`, `height`, `depth`.

    `width_mm` and so on are read as well.

    Raises:
        Failure: not such a file, or a side that is no length, with its line.
    """
    header, rows = read_rows(data)
    plain = [name.removesuffix("_mm") for name in header]
    _need(plain, SIDES, "a dimensions file needs gtin (or sku), width, height and depth in mm")
    sizes: dict[str, tuple[float, float, float]] = {}
    for line, cells in rows:
        width, height, depth = (_side(line, cells, side) for side in SIDES)
        sizes[_key((line, cells))] = (width, height, depth)
    return sizes


def _side(line: int, cells: dict[str, str], side: str) -> float:
    text = cells.get(side) or cells.get(f"{side}_mm", "")
    plain = text.isascii() and text.replace(".", "", 1).isdecimal() and len(text) < 20
    if not plain or not 0.0 < float(text) <= DIMENSION_MM_MAX:
        raise Failure(f"line {line}: {side} {text!r} is not from 0 to {DIMENSION_MM_MAX:,.0f} mm")
    return float(text)


def _key(row: Row) -> str:
    line, cells = row
    key = next((cells[name] for name in KEYS if cells.get(name)), "").lstrip("0")
    if not key:
        raise Failure(f"line {line}: no gtin and no sku")
    return key


def _need(header: list[str], names: tuple[str, ...], sentence: str) -> None:
    if not set(names) <= set(header) or not set(KEYS) & set(header):
        raise Failure(sentence)
