"""All that the shop sells, as a frozen value of which a change costs what changed. Pure."""

from collections.abc import Iterator, Mapping, ValuesView
from typing import Any, Final

from catalog_sync.model.product import Product

RECENT_MAX: Final = 1024
"""So many changes are kept apart before they join the rest: copying ten thousand entries takes as
long as drawing a label, and prices may change some hundred times a second."""


class Assortment(Mapping[str, Product]):
    """Products by SKU. Equal to any mapping with the same entries.

    `facts` is one object for as long as nothing but prices and stock change.
    """

    __slots__ = ("_base", "_new", "_recent", "facts")

    def __init__(
        self,
        products: Mapping[str, Product] | None = None,
        *,
        recent: Mapping[str, Product] | None = None,
        new: int = 0,
        facts: object = None,
    ) -> None:
        """`products`, which nobody may change any more, with the `recent` ones in their place.

        `new` of those are not among `products`.
        """
        self._base: Mapping[str, Product] = {} if products is None else products
        self._recent: Mapping[str, Product] = {} if recent is None else recent
        self._new = new
        self.facts: object = object() if facts is None else facts

    def changed(self, changes: Mapping[str, Product], *, facts: bool = True) -> "Assortment":
        """These products in place of those before; this one stays as it is.

        `facts` False: of products that were here already only price and stock are others.
        """
        kept = None if facts else self.facts
        recent = {**self._recent, **changes}
        if len(recent) > RECENT_MAX:
            return Assortment({**self._base, **recent}, facts=kept)
        new = self._new + sum(sku not in self for sku in changes)
        return Assortment(self._base, recent=recent, new=new, facts=kept)

    def get(self, sku: str, default: Any = None) -> Any:
        """As of any mapping, without the exceptions that `Mapping` would catch."""
        found = self._recent.get(sku)
        return self._base.get(sku, default) if found is None else found

    def __getitem__(self, sku: str) -> Product:
        found = self._recent.get(sku)
        return self._base[sku] if found is None else found

    def __contains__(self, sku: object) -> bool:
        return sku in self._recent or sku in self._base

    def __len__(self) -> int:
        return len(self._base) + self._new

    def __iter__(self) -> Iterator[str]:
        """In the order in which they came, whatever changed since."""
        yield from self._base
        if self._new:
            yield from (sku for sku in self._recent if sku not in self._base)

    def values(self) -> ValuesView[Product]:
        """In the same order; one copy rather than a look-up each."""
        return {**self._base, **self._recent}.values() if self._recent else self._base.values()

    def __repr__(self) -> str:
        return f"Assortment({len(self)} products)"


def facts_of(products: Mapping[str, Product]) -> object:
    """Another object once more than prices and stock is another."""
    return products.facts if isinstance(products, Assortment) else products
