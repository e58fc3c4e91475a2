"""The feed formats, by the name that `endcap catalog import --as` takes."""

from collections.abc import Callable

from catalog_sync.model.failure import Failure
from store_scenes.feeds.feed import FeedResult
from store_scenes.feeds.plain_csv import read_plain_csv

FeedReader = Callable[[bytes, str], FeedResult]
"""Takes the feed's bytes and the store's currency (ISO 4217)."""

FEEDS: dict[str, FeedReader] = {
    "csv": read_plain_csv,
}


def feed_reader(name: str) -> FeedReader:
    """The reader of a format.

    Raises:
        Failure: no format has that name.
    """
    if name not in FEEDS:
        known = ", ".join(sorted(FEEDS))
        raise Failure(f"{name!r} is no feed format that Endcap reads; it reads: {known}")
    return FEEDS[name]
