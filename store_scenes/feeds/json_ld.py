"""schema.org products as JSON-LD: a file of them, one in each line, or inside a shop's page.

Types: https://schema.org/Product, /Offer, /ProductGroup, /ItemList, /DataFeed, /3DModel. A long
file is read a product at a time; references between nodes (`@id` alone) are not followed.
"""

import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, BinaryIO

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.encodings import FEED_BYTES_MAX, Utf8Bytes
from store_scenes.feeds.feed import Opened
from store_scenes.feeds.json_ld_draft import product_draft, texts
from store_scenes.feeds.rows import ProductMaker
from store_scenes.feeds.table import ROWS_MAX

PROGRESS_EVERY_ROWS = 500
PAGE_BYTES_MAX = 32 * 1024 * 1024
SCRIPT_CHARS_MAX = 8_000_000
EVENTS_OF_NODE_MAX = 100_000
DEPTH_MAX = 32

# Lists that may hold a whole catalogue: their elements are read one at a time.
_STREAMED = frozenset({
    ("[]",), ("@graph", "[]"), ("[]", "@graph", "[]"), ("itemListElement", "[]"),
    ("dataFeedElement", "[]"), ("mainEntity", "itemListElement", "[]"),
    ("mainEntity", "dataFeedElement", "[]"),
})  # fmt: skip
_INWARD = ("item", "mainEntity", "itemListElement", "dataFeedElement", "itemOffered", "@graph",
           "mainEntityOfPage", "about")  # fmt: skip


def is_json_ld(opened: Opened) -> bool:
    """Whether a document begins as JSON-LD, or is a page that has some in its head."""
    head = opened.head
    if head[:1] in {"{", "["}:
        return '"@' in head or "schema.org" in head
    return head.startswith("<") and ("<html" in head.lower() or "ld+json" in head)


def json_ld_products(opened: Opened, maker: ProductMaker) -> Iterator[Product]:
    """The products of a document, each as it was read.

    Raises:
        Failure: no JSON, too large or too deep, or without a single product.
    """
    is_page = opened.head.startswith("<")
    codec = opened.document.codec if opened.document else ""
    nodes = _page_nodes(opened.file, codec) if is_page else _nodes(opened.file, codec)
    for number, node in nodes:
        for found in products_in(node):
            product = maker.add(number, product_draft(maker, number, found))
            if product is not None:
                yield product
            if maker.rows > ROWS_MAX:
                raise Failure(f"more than {ROWS_MAX:,} products; split the feed")
            if opened.progress and maker.rows % PROGRESS_EVERY_ROWS == 0:
                opened.progress(maker.rows, maker.rows)
    if not maker.rows:
        raise Failure("there is no schema.org Product in it; does the page draw it by a script?")


def products_in(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every Product of a node; a group's variants each with what the group says of all."""
    if depth > DEPTH_MAX:
        return
    if isinstance(node, list):
        for one in node:
            yield from products_in(one, depth + 1)
        return
    if not isinstance(node, dict):
        return
    types = {name.rpartition("/")[2].rpartition(":")[2] for name in texts(node.get("@type"))}
    variants = node.get("hasVariant")
    if "ProductGroup" in types and variants:
        shared = {key: value for key, value in node.items() if key not in _OF_GROUP}
        for variant in variants if isinstance(variants, list) else [variants]:
            if isinstance(variant, dict):
                yield shared | {"@type": "Product", "@group": node.get("name", "")} | variant
    elif types & {"Product", "IndividualProduct", "ProductModel", "SomeProducts", "ProductGroup"}:
        yield node
    else:
        for key in _INWARD:
            yield from products_in(node.get(key), depth + 1)


_OF_GROUP = frozenset({
    "@type", "@id", "@context", "hasVariant", "productGroupID", "variesBy", "sku", "gtin",
    "gtin8", "gtin12", "gtin13", "gtin14", "mpn", "url",
})  # fmt: skip


def _nodes(file: BinaryIO, codec: str) -> Iterator[tuple[int, Any]]:
    """Every node that a list of nodes has, and what else there is; with their numbers."""
    import ijson

    _check_size(file)
    number = 0
    file.seek(0)
    try:
        # Several values after one another are one in each line (NDJSON), or nearly so.
        events = ijson.basic_parse(Utf8Bytes(file, codec), multiple_values=True)
        for node in _built(events):
            number += 1
            yield number, node
    except (ijson.JSONError, ValueError, ArithmeticError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())[:80]
        raise Failure(f"after {number} nodes: not valid JSON ({said}); export it again") from None


def _built(events: Iterator[tuple[str, Any]]) -> Iterator[Any]:
    """Values of streamed lists as they end; at the end of each document what is left of it."""
    import ijson

    path: list[str] = []
    node: Any = None  # the one that is being built, and how deep it is
    deep = count = 0
    rest = ijson.ObjectBuilder()
    for event, value in events:
        if node is not None or not (event == "start_map" and tuple(path) in _STREAMED):
            target = rest if node is None else node
            target.event(event, value)
            count += 1
        else:
            node, count = ijson.ObjectBuilder(), 0
            node.event(event, value)
            deep = len(path)
        if count > EVENTS_OF_NODE_MAX:
            raise ValueError(f"a node has more than {EVENTS_OF_NODE_MAX:,} parts")
        if event in {"start_map", "start_array"}:
            path.append("[]" if event == "start_array" else "")
            if len(path) > DEPTH_MAX:
                raise ValueError(f"nested deeper than {DEPTH_MAX}")
        elif event == "map_key":
            path[-1] = value
        elif event in {"end_map", "end_array"}:
            path.pop()
        if node is not None and event == "end_map" and len(path) == deep:
            yield node.value
            node, count = None, 0
        elif not path and event != "map_key" and node is None:
            yield rest.value
            rest, count = ijson.ObjectBuilder(), 0


def _page_nodes(file: BinaryIO, codec: str) -> Iterator[tuple[int, Any]]:
    """The JSON-LD of a page's scripts, each with its line."""
    size = _check_size(file)
    if size > PAGE_BYTES_MAX:
        raise Failure(f"a page larger than {PAGE_BYTES_MAX:,} bytes; save the product's page alone")
    page = _Page()
    file.seek(0)
    for text_line in io.TextIOWrapper(io.BytesIO(file.read()), codec or "utf-8", errors="replace"):
        page.feed(text_line)
    page.close()
    for line, text in page.scripts:
        try:
            yield line, json.loads(text, parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            raise Failure(f"line {line}: the page's JSON-LD is not valid JSON") from None


class _Page(HTMLParser):
    """Collects the scripts of type application/ld+json."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[tuple[int, str]] = []
        self._open = False
        self._line = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script of ours begins."""
        kind = dict(attrs).get("type") or ""
        if tag == "script" and "ld+json" in kind.lower():
            self._open, self._line, self._text = True, self.getpos()[0], []

    def handle_data(self, data: str) -> None:
        """A piece of a script's text."""
        if self._open and sum(map(len, self._text)) < SCRIPT_CHARS_MAX:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """A script of ours ends."""
        if tag == "script" and self._open:
            self._open = False
            self.scripts.append((self._line, "".join(self._text)))


def _check_size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    if size > FEED_BYTES_MAX:
        raise Failure(f"larger than {FEED_BYTES_MAX:,} bytes; split the feed")
    return size
