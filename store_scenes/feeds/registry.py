"""The feed formats, by the name that `endcap catalog import --as` takes, and how they are told."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog_sync.model.failure import Failure
from store_scenes.feeds.feed import FeedResult, Progress
from store_scenes.feeds.open_food_facts import is_open_food_facts, open_food_facts_of
from store_scenes.feeds.plain_csv import plain_csv_of
from store_scenes.feeds.shopify import is_shopify, shopify_of
from store_scenes.feeds.table import Table, read_table


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """`title` for people; `is_of` looks at a header; `read` takes the store's currency."""

    title: str
    is_of: Callable[[frozenset[str]], bool]
    read: Callable[[Table, str, Progress | None], FeedResult]


# In the order they are recognised: the plain one takes what no other is.
FEEDS: dict[str, FeedFormat] = {
    "shopify": FeedFormat("Shopify product CSV", is_shopify, shopify_of),
    "off": FeedFormat("Open Food Facts export", is_open_food_facts, open_food_facts_of),
    "csv": FeedFormat("plain CSV", lambda _header: True, plain_csv_of),
}


def read_feed(
    data: bytes, currency: str, kind: str = "", progress: Progress | None = None
) -> FeedResult:
    """Read a feed in the format `kind`, or in the one that its header tells.

    `currency` (ISO 4217) is that of prices without a sign.

    Raises:
        Failure: no format has that name, or the file as a whole cannot be read.
    """
    if kind and kind not in FEEDS:
        known = ", ".join(sorted(FEEDS))
        raise Failure(f"{kind!r} is no feed format that Endcap reads; it reads: {known}")
    table = read_table(data)
    header = frozenset(table.header)
    name = kind or next(name for name, feed in FEEDS.items() if feed.is_of(header))
    return FEEDS[name].read(table, currency, progress)
