"""All that the shop sells, as a frozen value of which a change costs what changed. Pure."""

from collections.abc import Iterator, Mapping, ValuesView
from typing import Final

from catalog_sync.model.product import Product

RECENT_MAX: Final = 256
"""So many changes are kept apart before they join the rest: copying ten thousand entries takes as
long as drawing a label, and prices may change some hundred times a second."""


class Assortment(Mapping[str, Product]):
    """Products by SKU. Equal to any mapping with the same entries."""

    __slots__ = ("_base", "_new", "_recent")

    def __init__(
        self,
        products: Mapping[str, Product] | None = None,
        *,
        recent: Mapping[str, Product] | None = None,
    ) -> None:
        """`products`, which nobody may change any more, with the `recent` ones in their place."""
        self._base: Mapping[str, Product] = {} if products is None else products
        self._recent: Mapping[str, Product] = {} if recent is None else recent
        self._new = sum(sku not in self._base for sku in self._recent)

    def changed(self, changes: Mapping[str, Product]) -> "Assortment":
        """These products in place of those before; this one stays as it is."""
        recent = {**self._recent, **changes}
        if len(recent) > RECENT_MAX:
            return Assortment({**self._base, **recent})
        return Assortment(self._base, recent=recent)

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
