"""What a feed reader gives back: products, and what it has to say about the rows."""

from collections.abc import Callable
from typing import Literal

import msgspec

from catalog_sync.model.product import Product

FINDINGS_MAX = 50_000

Progress = Callable[[int, int], None]
"""Called now and then with the rows read so far and at most how many there are."""


class FeedFinding(msgspec.Struct, frozen=True):
    """One thing about one row: a stable rule id, a plain sentence. `line` 0: the whole feed."""

    rule: str
    severity: Literal["error", "warning"]
    line: int  # 1-based, of the row's first line
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
    kind: str = "csv"  # a key of store_scenes.feeds.registry.FEEDS
    encoding: str = "UTF-8"
    separator: str = "commas"
    codes: dict[str, int] = {}
    """How many rows had a code in each state (`store_scenes.feeds.codes.CodeState`)."""
