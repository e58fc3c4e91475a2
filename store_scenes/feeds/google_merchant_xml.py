"""Google Merchant product data as XML: RSS 2.0 and Atom, read an item at a time.

Source: https://support.google.com/merchants/answer/160589 (RSS 2.0), 160593 (Atom 1.0).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.encodings import FEED_BYTES_MAX, Utf8Bytes
from store_scenes.feeds.feed import Opened
from store_scenes.feeds.google_merchant import PROGRESS_EVERY_ROWS, merchant_draft
from store_scenes.feeds.rows import ProductMaker
from store_scenes.feeds.table import ROWS_MAX, tidy

CHUNK_BYTES = 1 << 16
ITEM_CHARS_MAX = 2_000_000
DEPTH_MAX = 64

_ITEMS = frozenset({"item", "entry"})


def is_merchant_xml(opened: Opened) -> bool:
    """Whether a document begins as such a feed."""
    head = opened.head[:4096].lower()
    return head.startswith("<") and ("<rss" in head or "<feed" in head or "base.google.com" in head)


def merchant_xml_products(opened: Opened, maker: ProductMaker) -> Iterator[Product]:
    """The products of a feed, each as its item ends.

    Raises:
        Failure: not well-formed, with a document type, too large, or without a single item.
    """
    for line, cells, share in _items(opened.file, opened.document.codec if opened.document else ""):
        product = maker.add(line, merchant_draft(maker, line, cells))
        if product is not None:
            yield product
        if opened.progress and maker.rows % PROGRESS_EVERY_ROWS == 0:
            opened.progress(maker.rows, max(int(maker.rows / share), maker.rows))
    if not maker.rows:
        raise Failure("the document has no <item> and no <entry>, so it is no product feed")


@dataclass
class _Item:
    """What the parser has gathered; `done` are the items that ended since it was last asked."""

    depth: int = 0
    began: int = 0  # the depth of the item that is open; 0: none
    line: int = 0
    name: str = ""
    chars: int = 0
    text: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    done: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def _items(file: BinaryIO, codec: str) -> Iterator[tuple[int, dict[str, str], float]]:
    """Each item's line, its attributes by name, and the share of the file that is read."""
    item = _Item()
    # Given UTF-8 the parser need not know the document's encoding, and does not ask it for one.
    parser = _parser(item, "utf-8" if codec else None)
    source = Utf8Bytes(file, codec) if codec else file
    size = file.seek(0, 2)
    file.seek(0)
    count = 0
    try:
        while data := source.read(CHUNK_BYTES):
            read = file.tell()
            if read > FEED_BYTES_MAX:
                raise Failure(f"larger than {FEED_BYTES_MAX:,} bytes; split the feed")
            parser.Parse(data, False)
            count += len(item.done)
            if count > ROWS_MAX:
                raise Failure(f"more than {ROWS_MAX:,} items; split the feed")
            yield from ((line, cells, read / size) for line, cells in item.done)
            item.done.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise Failure(
            f"line {error.lineno}: not well-formed XML ({why}); export it again"
        ) from None
    except (LookupError, ValueError):
        raise Failure("the XML says an encoding that nobody knows; save it as UTF-8") from None
    yield from ((line, cells, 1.0) for line, cells in item.done)


def _parser(item: _Item, encoding: str | None) -> expat.XMLParserType:
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True

    def start(tag: str, _attributes: dict[str, str]) -> None:
        item.depth += 1
        name = tag.rpartition(":")[2].lower()
        if item.depth > DEPTH_MAX:
            raise Failure(f"line {parser.CurrentLineNumber}: nested deeper than any product feed")
        if not item.began and name in _ITEMS:
            item.began, item.line, item.chars = item.depth, parser.CurrentLineNumber, 0
            item.cells = {}
        elif item.began and item.depth == item.began + 1:
            # Google's own attribute leads over the format's: <g:title> over <title>.
            item.name = name if ":" in tag or name not in item.cells else ""
            item.text = []

    def text(data: str) -> None:
        if item.began and item.depth == item.began + 1:
            item.chars += len(data)
            if item.chars > ITEM_CHARS_MAX:
                raise Failure(
                    f"line {item.line}: an item is longer than {ITEM_CHARS_MAX:,} letters"
                )
            item.text.append(data)

    def end(_tag: str) -> None:
        if item.began and item.depth == item.began + 1 and item.name:
            value = tidy("".join(item.text))
            if value or item.name not in item.cells:
                item.cells[item.name] = value
            item.name = ""
        elif item.depth == item.began:
            item.done.append((item.line, item.cells))
            item.began = 0
        item.depth -= 1

    def doctype(*_told: object) -> None:
        # The way in for entities that unfold without end, and for files from elsewhere.
        raise Failure("the XML has a document type, which no product feed needs; remove it")

    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    return parser
