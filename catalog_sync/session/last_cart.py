"""The cart that a shopper takes along when the server no longer knows them."""

from collections import deque

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.wire.limits import OPS_IN_FLIGHT_MAX


class LastCart:
    """The newest cart told that has the effect of no op still in the outbox.

    A cart is told before its ack, so the very newest may hold what the outbox would send again;
    this one and the outbox together are what the shopper wants, with nothing counted twice.
    """

    def __init__(self) -> None:
        self._cart: Cart | None = None
        self._newer: deque[Cart] = deque(maxlen=OPS_IN_FLIGHT_MAX)

    @property
    def lines(self) -> tuple[CartLine, ...]:
        """Its lines; none before the first cart."""
        return self._cart.lines if self._cart is not None else ()

    def told(self, cart: Cart, *, outbox_empty: bool) -> None:
        """The server told its cart."""
        self._newer.append(cart)
        if outbox_empty:
            self._take(len(self._newer))

    def answered(self, cart_version: int, *, outbox_empty: bool) -> None:
        """An op was answered at `cart_version` and has left the outbox."""
        known = sum(cart.version <= cart_version for cart in self._newer)
        self._take(len(self._newer) if outbox_empty else known)

    def _take(self, count: int) -> None:
        for _ in range(count):
            self._cart = self._newer.popleft()
