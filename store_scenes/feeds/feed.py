"""What a feed reader takes and gives back: products, and what it has to say about the rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

import msgspec

from catalog_sync.model.product import Product
from store_scenes.feeds.document_encodings import Document
from store_scenes.feeds.table import Table

FINDINGS_MAX = 50_000

Progress = Callable[[int, int], None]
"""Called now and then with the rows read so far and at most how many there are."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A feed that was looked at: the first characters of a document, or a table's columns.

    `file` is at its beginning where `table` is None; `document` then says what its text is in.
    `columns` are a person's own names for ours
    (`price` stands under `Ladenpreis`).
    """

    file: BinaryIO
    head: str
    table: Table | None
    columns: Mapping[str, str] = field(default_factory=dict)
    progress: Progress | None = None
    document: Document | None = None

    @property
    def encoding(self) -> str:
        """What its text is in, for people."""
        if self.table is not None:
            return self.table.encoding
        return self.document.name if self.document else "UTF-8"

    @property
    def header(self) -> frozenset[str]:
        """The table's column names; none for a document."""
        return frozenset(self.table.header if self.table else ())


class FeedFinding(msgspec.Struct, frozen=True):
    """One thing about one row: a stable rule id, a plain sentence. `line` 0: the whole feed."""

    rule: str
    severity: Literal["error", "warning"]
    line: int  # 1-based, of the row's first line; in a JSON document the product's number
    sentence: str


class FeedResult(msgspec.Struct, frozen=True):
    """Every product that could be read, in the feed's order, and the findings in row order.

    An error's row gave no product; a warning's row gave one without the value complained of.
    `counts` has how often each rule applied, also beyond the `FINDINGS_MAX` that are kept. `rows`
    counts those that stand for a product: not those that are only a further picture of one.
    """

    products: tuple[Product, ...]
    findings: tuple[FeedFinding, ...] = ()
    counts: dict[str, int] = {}
    rows: int = 0
    skipped: dict[str, int] = {}
    """How many rows gave no product, by the rule of the error that says why."""
    currency: str = ""
    kind: str = "csv"  # a key of store_scenes.feeds.registry.FEEDS
    encoding: str = "UTF-8"
    separator: str = "commas"
    links: dict[str, str] = {}
    """Addresses of 3D models by SKU, for feeds that only link them."""
    codes: dict[str, int] = {}
    """How many rows had a code in each state (`store_scenes.feeds.codes.CodeState`)."""
