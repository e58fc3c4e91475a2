"""The catalogue as the hub tells it: today's prices, the recent history, snapshots made once."""

from collections import deque
from collections.abc import Iterable
from itertools import islice

from msgspec.structs import replace

from catalog_sync.model.product import PriceChange, Product, at_prices_of
from catalog_sync.wire.codec import encode
from catalog_sync.wire.columns import encode_cold, encode_hot
from catalog_sync.wire.limits import DELTA_HISTORY_MAX
from catalog_sync.wire.messages import Delta, Snapshot
from server.storage.contract import Catalogue


class LiveCatalogue:
    """Moves forward by `apply`, one delta after the other, and by nothing else."""

    def __init__(
        self,
        catalogue: Catalogue,
        history: Iterable[Delta],
        aisles: dict[str, tuple[str, ...]],
        currency: str,
    ) -> None:
        """`history` ends at the catalogue's offset; `aisles` are SKUs by aisle, from the layout."""
        self.epoch = catalogue.epoch
        self.offset = catalogue.offset
        self._products = {product.sku: product for product in catalogue.products}
        self.history = deque(history, maxlen=DELTA_HISTORY_MAX)
        self._aisles = aisles
        self._currency = currency
        self._aisles_of: dict[str, list[str]] = {}
        for aisle, skus in aisles.items():
            for sku in skus:
                self._aisles_of.setdefault(sku, []).append(aisle)
        self._cold: dict[str, bytes] = {}
        self._hot: dict[str, bytes] = {}

    def apply(self, delta: Delta) -> frozenset[str]:
        """Take the next delta; the SKUs whose price it moved."""
        assert delta.offset == self.offset + 1
        self.offset = delta.offset
        self.history.append(delta)
        repriced = set()
        for change in delta.changes:
            product = self._products.get(change.sku)
            if product is None:
                continue
            if product.price != change.price:
                repriced.add(change.sku)
            self._products[change.sku] = at_prices_of(product, change)
            for aisle in self._aisles_of.get(change.sku, ()):
                self._hot.pop(aisle, None)
        return frozenset(repriced)

    def remember(self, history: Iterable[Delta]) -> None:
        """Take what led here; it ends at our offset."""
        self.history = deque(history, maxlen=DELTA_HISTORY_MAX)

    def overtake(self, before: "LiveCatalogue") -> tuple[str, ...]:
        """Take the place of `before`, which may be some deltas ahead and has the history.

        The aisles whose products are others now, or whose facts are.
        """
        ahead = [delta for delta in before.history if delta.offset > self.offset]
        self.history = deque(
            (delta for delta in before.history if delta.offset <= self.offset),
            maxlen=DELTA_HISTORY_MAX,
        )
        for delta in ahead:
            self.apply(delta)
        return tuple(
            aisle
            for aisle in self._aisles
            if [_cold(product) for product in self.products_of(aisle)]
            != [_cold(product) for product in before.products_of(aisle)]
        )

    def since(self, offset: int) -> Delta | None:
        """Everything after `offset` as one delta; None when the history does not reach back.

        At the newest offset it is a delta without changes.
        """
        missed = self.offset - offset
        if not 0 <= missed <= len(self.history):
            return None
        newest: dict[str, PriceChange] = {}
        for delta in islice(self.history, len(self.history) - missed, None):
            newest.update((change.sku, change) for change in delta.changes)
        return Delta(self.offset, tuple(newest.values()), since=offset)

    def snapshot(self, aisle: str) -> tuple[bytes, bytes] | None:
        """Both messages of an aisle, cold then hot, encoded once for all; None: no such aisle."""
        if aisle not in self._aisles:
            return None
        if aisle not in self._cold:
            body = encode_cold(self.products_of(aisle))
            self._cold[aisle] = encode(Snapshot(aisle, self.offset, "cold", body))
        if aisle not in self._hot:
            body = encode_hot(self.products_of(aisle), self._currency)
            self._hot[aisle] = encode(Snapshot(aisle, self.offset, "hot", body))
        return self._cold[aisle], self._hot[aisle]

    def products_of(self, aisle: str) -> list[Product]:
        """An aisle's products as they are now, in its order; none for an unknown aisle."""
        skus = self._aisles.get(aisle, ())
        return [self._products[sku] for sku in skus if sku in self._products]


def _cold(product: Product) -> Product:
    return replace(product, price=None, stock=0, was_price=None)
