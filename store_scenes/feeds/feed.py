"""What a feed reader gives back: products, and what it has to say about the rows."""

from typing import Literal

import msgspec

from catalog_sync.model.product import Product


class FeedFinding(msgspec.Struct, frozen=True):
    """One thing about one row: a stable rule id, a plain sentence. `line` 0: the whole feed."""

    rule: str
    severity: Literal["error", "warning"]
    line: int  # 1-based, of the row's first line
    sentence: str


class FeedResult(msgspec.Struct, frozen=True):
    """Every product that could be read, in the feed's order, and the findings in row order.

    An error's row gave no product; a warning's row gave one without the value complained of.
    """

    products: tuple[Product, ...]
    findings: tuple[FeedFinding, ...] = ()
