"""What any fan-out does: a notice given to one hub reaches every hub of the shop, at least once.

Notices may come late, twice or out of order; whoever hears one reads the storage, which is the
truth. A hub hears its own notices too.
"""

from collections.abc import Callable
from typing import Protocol

import msgspec


class CatalogueMoved(msgspec.Struct, frozen=True, tag="catalogue"):
    """The outbox has a delta at `offset`."""

    offset: int


class ShopperMoved(msgspec.Struct, frozen=True, tag="shopper"):
    """The cart or an order of this shopper changed. `by` is the hub that has told its own."""

    shopper_id: str
    by: str = ""


Notice = CatalogueMoved | ShopperMoved
Hear = Callable[[Notice], None]


class Fanout(Protocol):
    """The way between hubs. All calls come from, and go to, the event loop."""

    def subscribe(self, hear: Hear) -> Callable[[], None]:
        """Call `hear` for every notice from now on; what it returns ends that."""
        ...

    def publish(self, notice: Notice) -> None:
        """Let every hub hear `notice`; never blocks, never raises for what a hub does."""
        ...
