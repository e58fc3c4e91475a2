"""The client's copy of the catalogue: snapshots and deltas merged, whatever order they come in.

Recovery order after Centrifuge: values carry the offset they are of, and the newer one wins, so a
delta that overtakes the snapshot of its aisle is neither lost nor undone by it.
"""

from collections.abc import Iterable

from catalog_sync.model.product import PriceChange, Product, at_prices_of
from catalog_sync.wire.columns import decode_cold, decode_hot
from catalog_sync.wire.messages import Delta, Snapshot

MOVED_SKUS_MAX = 500_000
"""More distinct SKUs than any store has: beyond it the server is not talking about this store."""


class GapError(Exception):
    """A delta follows on an offset that we do not hold: something was missed."""


class Replica:
    """Products of the wanted aisles at (epoch, offset).

    An empty epoch: the position is unknown until the next welcome. Only deltas move it: a snapshot
    says nothing about the other aisles, whose deltas may still be held back by the server.
    """

    def __init__(self) -> None:
        self.epoch = ""
        self.offset = 0
        self._wanted: tuple[str, ...] = ()
        self._cold: dict[str, list[Product]] = {}
        self._loaded: set[str] = set()
        self._skus: set[str] = set()  # of loaded aisles
        self._moved: dict[str, tuple[int, PriceChange]] = {}

    @property
    def wanted(self) -> tuple[str, ...]:
        """Aisles asked for, nearest first."""
        return self._wanted

    @property
    def missing(self) -> tuple[str, ...]:
        """Wanted aisles whose products have not arrived."""
        return tuple(aisle for aisle in self._wanted if aisle not in self._loaded)

    def want(self, aisles: Iterable[str]) -> tuple[str, ...]:
        """Add `aisles`; the ones that were not wanted before."""
        new = tuple(dict.fromkeys(a for a in aisles if a not in self._wanted))
        self._wanted += new
        return new

    def restart(self, epoch: str, offset: int) -> None:
        """Forget all products and stand at this position; what is wanted stays wanted."""
        self.epoch = epoch
        self.offset = offset
        self._cold.clear()
        self._loaded.clear()
        self._skus.clear()
        self._moved.clear()

    def rename(self, epoch: str) -> None:
        """The history goes by another name from here on; the position in it stays."""
        if self.epoch:
            self.epoch = epoch

    def renew(self, aisles: Iterable[str]) -> tuple[str, ...]:
        """Forget the products of `aisles`; those of them that are wanted, to ask for again."""
        forgotten = frozenset(aisles)
        self._loaded -= forgotten
        for aisle in forgotten:
            self._cold.pop(aisle, None)
        return tuple(aisle for aisle in self._wanted if aisle in forgotten)

    def drift(self) -> None:
        """The position is of no use: forget it and all products."""
        self.restart("", 0)

    def take_snapshot(self, snapshot: Snapshot) -> tuple[Product, ...] | None:
        """The aisle's products once both parts are here, else None.

        Raises:
            WireError: a damaged body.
        """
        if snapshot.aisle not in self._wanted:
            return None
        if snapshot.part == "cold":
            self._cold[snapshot.aisle] = decode_cold(snapshot.body)
            return None
        for change in decode_hot(snapshot.body):
            self._move(snapshot.offset, change)
        cold = self._cold.pop(snapshot.aisle, None)
        if cold is None:
            return None
        self._loaded.add(snapshot.aisle)
        self._skus.update(product.sku for product in cold)
        return tuple(self._with_hot(product) for product in cold)

    def take_delta(self, delta: Delta) -> tuple[PriceChange, ...]:
        """The changes of products that are held and that are news.

        Raises:
            GapError: the delta follows on an offset beyond ours.
        """
        since = delta.since if delta.since >= 0 else delta.offset - 1
        # With no position there is nothing to miss: the snapshots to come decide.
        if self.epoch and since > self.offset:
            raise GapError(f"delta {delta.offset} follows {since}; we hold {self.offset}")
        news = [change for change in delta.changes if self._move(delta.offset, change)]
        self.offset = max(self.offset, delta.offset)
        return tuple(change for change in news if change.sku in self._skus)

    def _move(self, offset: int, change: PriceChange) -> bool:
        """Keep the newest word on a SKU; whether it differs from the one before."""
        held = self._moved.get(change.sku)
        if held is not None and held[0] > offset:
            return False
        if held is None and len(self._moved) >= MOVED_SKUS_MAX:
            raise GapError(f"more than {MOVED_SKUS_MAX} different products")
        self._moved[change.sku] = (offset, change)
        return held is None or held[1] != change

    def _with_hot(self, product: Product) -> Product:
        moved = self._moved.get(product.sku)
        if moved is None:
            return product  # unpriced and out of stock until the server says otherwise
        change = moved[1]
        return at_prices_of(product, change)
