"""What of all that the shop tells is news to the frame's process. Pure."""

from collections.abc import Iterator

from catalog_sync.model.product import PriceChange, Product, at_prices_of, is_another
from vr_client.state.events import NetEvent, PricesChanged, ProductsLoaded


class News:
    """Remembers every product as the frame's process knows it.

    A shop that comes back tells all its products. Most are what they were, and of the others most
    have another price: here is time to find that out, in a frame there is none.
    """

    def __init__(self) -> None:
        self._known: dict[str, Product] = {}

    def of(self, event: NetEvent) -> Iterator[NetEvent]:
        """What is left of `event`: nothing, the same, or less."""
        if isinstance(event, PricesChanged):
            for change in event.changes:
                self._reprice(change)
            yield event
        elif isinstance(event, ProductsLoaded):
            yield from self._of_products(event)
        else:
            yield event

    def _reprice(self, change: PriceChange) -> None:
        before = self._known.get(change.sku)
        if before is not None:
            self._known[change.sku] = at_prices_of(before, change)

    def _of_products(self, event: ProductsLoaded) -> Iterator[NetEvent]:
        others: list[Product] = []
        changes: list[PriceChange] = []
        for product in event.products:
            before = self._known.get(product.sku)
            if before == product:
                continue
            self._known[product.sku] = product
            if before is None or is_another(before, product):
                others.append(product)
            else:
                hot = (product.sku, product.price, product.stock, product.was_price)
                changes.append(PriceChange(*hot))
        if others:
            yield ProductsLoaded(event.aisle, tuple(others))
        if changes:
            yield PricesChanged(tuple(changes))
