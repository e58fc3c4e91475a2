"""The feed formats, by the name that `endcap catalog import --as` takes, and how they are told."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.feed import FeedResult, Opened, Progress
from store_scenes.feeds.google_merchant import is_merchant_table, merchant_table_products
from store_scenes.feeds.google_merchant_xml import is_merchant_xml, merchant_xml_products
from store_scenes.feeds.json_ld import is_json_ld, json_ld_products
from store_scenes.feeds.open_food_facts import is_open_food_facts, open_food_facts_products
from store_scenes.feeds.plain_csv import plain_csv_products
from store_scenes.feeds.rows import ProductMaker
from store_scenes.feeds.shopify import is_shopify, shopify_products
from store_scenes.feeds.table import open_table

HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """`title` for people; `is_of` looks at a file's beginning; `read` gives its products.

    `read` raises Failure where the file as a whole is no such feed.
    """

    title: str
    is_of: Callable[[Opened], bool]
    read: Callable[[Opened, ProductMaker], Iterator[Product]]


# In the order they are recognised: the plain one takes what no other is.
FEEDS: dict[str, FeedFormat] = {
    "google-xml": FeedFormat("Google Merchant XML", is_merchant_xml, merchant_xml_products),
    "json-ld": FeedFormat("schema.org JSON-LD", is_json_ld, json_ld_products),
    "shopify": FeedFormat("Shopify product CSV", is_shopify, shopify_products),
    "google": FeedFormat("Google Merchant table", is_merchant_table, merchant_table_products),
    "off": FeedFormat("Open Food Facts export", is_open_food_facts, open_food_facts_products),
    "csv": FeedFormat("plain CSV", lambda _opened: True, plain_csv_products),
}
DOCUMENTS = frozenset({"google-xml", "json-ld"})
"""Those that are no tables."""


class FeedStream:
    """A feed's products, one at a time; what was said about them once they are all read."""

    def __init__(self, opened: Opened, kind: str, maker: ProductMaker) -> None:
        self.kind = kind
        self._opened = opened
        self._maker = maker

    def __iter__(self) -> Iterator[Product]:
        return FEEDS[self.kind].read(self._opened, self._maker)

    @property
    def links(self) -> dict[str, str]:
        """Addresses of 3D models by SKU, of the products so far."""
        return self._maker.links

    def result(self, products: tuple[Product, ...] = ()) -> FeedResult:
        """What was found; `products` as given."""
        return self._maker.result(self.kind, self._opened, products)


def open_feed(
    file: BinaryIO,
    currency: str,
    kind: str = "",
    progress: Progress | None = None,
    columns: Mapping[str, str] | None = None,
) -> FeedStream:
    """A feed in the format `kind`, or in the one that its beginning tells.

    `currency` (ISO 4217) is that of prices without a sign. `columns` are the names of a plain
    table's columns by ours.

    Raises:
        Failure: no format has that name, or the file as a whole cannot be read.
    """
    if kind and kind not in FEEDS:
        known = ", ".join(sorted(FEEDS))
        raise Failure(f"{kind!r} is no feed format that Endcap reads; it reads: {known}")
    head = _head(file)
    is_table = kind not in DOCUMENTS if kind else head[:1] not in {"<", "{", "["}
    table = open_table(file) if is_table else None
    opened = Opened(file, head, table, columns or {}, progress)
    found = kind or ("csv" if columns else "")
    if not found:
        found = next((name for name, feed in FEEDS.items() if feed.is_of(opened)), "")
    if columns and found != "csv":
        raise Failure(f"--column is for plain tables, and this is read as {FEEDS[found].title}")
    if table is None and found not in DOCUMENTS:
        raise Failure(
            "this is a document and no product feed that Endcap knows; it reads Google Merchant "
            "XML and schema.org JSON-LD (also inside a page), and tables of separated values"
        )
    return FeedStream(opened, found, ProductMaker(currency, tells_prices=True))


def read_feed(
    data: bytes, currency: str, kind: str = "", progress: Progress | None = None
) -> FeedResult:
    """`open_feed` of a feed in memory, read to its end."""
    stream = open_feed(io.BytesIO(data), currency, kind, progress)
    return stream.result(tuple(stream))


def _head(file: BinaryIO) -> str:
    file.seek(0)
    data = file.read(HEAD_BYTES)
    file.seek(0)
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return data.decode("utf-16" if wide else "utf-8-sig", "ignore").lstrip()
