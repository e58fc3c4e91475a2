"""The feed formats, by the name that `endcap catalog import --as` takes, and how they are told."""

import contextlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.currencies import EnoughSeen, PriceLooker, PricesSeen
from store_scenes.feeds.document_encodings import document_encoding
from store_scenes.feeds.encodings import known_codec, wide_codec
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

    def say(self, rule: str, sentence: str) -> None:
        """A warning about the feed as a whole; nothing for no sentence."""
        if sentence:
            self._maker.say(rule, 0, sentence)

    @property
    def currency(self) -> str:
        """That of prices which say none."""
        return self._maker.currency

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
    encoding: str = "",
) -> FeedStream:
    """A feed in the format `kind`, or in the one that its beginning tells.

    `currency` (ISO 4217) is that of prices without a sign. `columns` are the names of a plain
    table's columns by ours. `encoding` is what a person says that the file is in.

    Raises:
        Failure: no format has that name, or the file as a whole cannot be read.
    """
    opened, found = _opened(file, kind, progress, columns or {}, encoding)
    maker = ProductMaker(currency, tells_prices=True)
    _say_encoding(opened, maker)
    return FeedStream(opened, found, maker)


def prices_seen(
    file: BinaryIO,
    kind: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
) -> PricesSeen:
    """The currencies of a feed's first prices; the rest as in `open_feed`.

    Raises:
        Failure: as `open_feed`.
    """
    opened, found = _opened(file, kind, None, columns or {}, encoding)
    looker = PriceLooker()
    with contextlib.suppress(EnoughSeen):
        for _ in FEEDS[found].read(opened, looker):
            pass
    return looker.seen


def _opened(
    file: BinaryIO,
    kind: str,
    progress: Progress | None,
    columns: Mapping[str, str],
    encoding: str,
) -> tuple[Opened, str]:
    if kind and kind not in FEEDS:
        known = ", ".join(sorted(FEEDS))
        raise Failure(f"{kind!r} is no feed format that Endcap reads; it reads: {known}")
    head = _head(file, encoding)
    is_table = kind not in DOCUMENTS if kind else head[:1] not in {"<", "{", "["}
    table = open_table(file, encoding) if is_table else None
    document = None if is_table else document_encoding(file, encoding)
    opened = Opened(file, head, table, columns, progress, document)
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
    return opened, found


def read_feed(
    data: bytes,
    currency: str,
    kind: str = "",
    progress: Progress | None = None,
    encoding: str = "",
) -> FeedResult:
    """`open_feed` of a feed in memory, read to its end."""
    stream = open_feed(io.BytesIO(data), currency, kind, progress, encoding=encoding)
    return stream.result(tuple(stream))


def _say_encoding(opened: Opened, maker: ProductMaker) -> None:
    document, table = opened.document, opened.table
    if document and document.contradicts:
        sentence = f"it says {document.contradicts} and is not in it; {document.name} was taken"
        maker.say("encoding-contradicted", 0, sentence)
    elif (document and document.guessed) or (table and table.guessed):
        sentence = f"{opened.encoding} was guessed; if letters are wrong, --encoding says another"
        maker.say("encoding-guessed", 0, sentence)


def _head(file: BinaryIO, encoding: str) -> str:
    """The first characters, as well as they can be read before the rest was looked at."""
    file.seek(0)
    data = file.read(HEAD_BYTES)
    file.seek(0)
    codec = (known_codec(encoding) if encoding else wide_codec(data)) or "utf-8"
    return data.decode(codec, "ignore").lstrip("\ufeff \t\r\n")
