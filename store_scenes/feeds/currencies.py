"""Which currency a feed's prices are in, where they say so by code or by sign."""

from collections import Counter
from dataclasses import dataclass, field

from catalog_sync.model.product import Product
from store_scenes.feeds.money_text import stated_currency
from store_scenes.feeds.rows import Draft, ProductMaker

ROWS_LOOKED_AT_MAX = 5_000
CURRENCY_ASSUMED = "KRW"


@dataclass
class PricesSeen:
    """How many prices were in which currency; the empty one: they say none."""

    currencies: Counter[str] = field(default_factory=Counter)

    @property
    def only(self) -> str:
        """The one that all prices which say any are in; empty where they say none, or several."""
        named = [currency for currency in self.currencies if currency]
        return named[0] if len(named) == 1 else ""

    def doubt(self, taken: str) -> str:
        """What is to be said where `taken` is not what the prices say; empty where nothing is."""
        named = sorted(currency for currency in self.currencies if currency)
        if len(named) > 1:
            return (
                f"the prices are in {', '.join(named)}, and {taken} is taken: those in another "
                "stay unpriced; --currency says which one to take"
            )
        if not named and self.currencies:
            return f"no price says its currency: {taken} is taken; --currency says another"
        return ""


class EnoughSeen(Exception):  # noqa: N818 - it is no error, it ends a feed's reader early
    """There were enough rows to know."""


class PriceLooker(ProductMaker):
    """Takes a feed's rows for the currencies of their prices, and makes nothing of them.

    A feed is looked at from its beginning; reading all of a long one twice would take twice as
    long, and a later price in another currency is said when it comes.
    """

    def __init__(self) -> None:
        super().__init__("")
        self.seen = PricesSeen()

    def add(self, line: int, draft: Draft) -> Product | None:  # noqa: ARG002 - as a maker's
        """Look at a row's price.

        Raises:
            EnoughSeen: the last one that is looked at.
        """
        self.rows += 1
        if draft.price:
            self.seen.currencies[stated_currency(draft.price)] += 1
        if self.rows >= ROWS_LOOKED_AT_MAX:
            raise EnoughSeen
        return None
