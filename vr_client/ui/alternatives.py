"""What else a shopper could take: a few other products of the same kind. Pure, and no frame stalls.

Which products are of a kind is learned a slice a frame; what is near in price is worked out once
each time another product's card opens.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Final

from catalog_sync.model.product import Product
from catalog_sync.model.unit_price import UnitPrice, unit_price
from vr_client.state.assortment import facts_of

LEARNED_A_FRAME: Final = 64
LOOKED_AT_MAX: Final = 48
"""Of a large category those that stand nearest in the catalogue: half a millisecond or so."""

SHOWN: Final = 3
OFFER_COUNTS: Final = 0.3
"""An offer counts as this much nearer, in natural logarithms of the price: about a quarter."""

UNLIKE: Final = 3.0
"""Products that are measured in other units are as far apart as a twentyfold price."""


class Alternatives:
    """The shop's products by category, and what was found for the card that is open."""

    def __init__(self) -> None:
        self._kinds: dict[str, list[str]] = {}
        self._category: dict[str, str] = {}
        self._learned_from: object = None
        self._learning: Iterator[Product] = iter(())
        self._is_learning = False
        self._asked: tuple[str, int] = ("", 0)
        self._found: tuple[str, ...] = ()

    def turn(self, products: Mapping[str, Product], sku: str | None) -> tuple[str, ...]:
        """Other products for the card of `sku`, best first; the same object while it is open."""
        if self._is_learning or facts_of(products) is not self._learned_from:
            self._learn(products)
        if sku is None:
            self._asked = ("", 0)
            return ()
        kind = self._kinds.get(self._category.get(sku, ""), [])
        if (sku, len(kind)) != self._asked:  # another card, or more of its kind are known
            self._asked = (sku, len(kind))
            self._found = nearest(sku, kind, products)
        return self._found

    def _learn(self, products: Mapping[str, Product]) -> None:
        if not self._is_learning:
            self._learned_from = facts_of(products)
            self._learning = iter(tuple(products.values()))
            self._is_learning = True
        for _ in range(LEARNED_A_FRAME):
            product = next(self._learning, None)
            if product is None:
                self._is_learning = False
                return
            if product.category and self._category.get(product.sku) != product.category:
                self._category[product.sku] = product.category
                self._kinds.setdefault(product.category, []).append(product.sku)


def nearest(sku: str, kind: list[str], products: Mapping[str, Product]) -> tuple[str, ...]:
    """At most SHOWN of `kind`: those that can be bought, near in unit price or on offer."""
    product = products.get(sku)
    if product is None or sku not in kind:
        return ()
    at = kind.index(sku)
    first = max(0, min(at - LOOKED_AT_MAX // 2, len(kind) - LOOKED_AT_MAX))
    mine = _per_unit(product)
    ranked = []
    for number, other in enumerate(kind[first : first + LOOKED_AT_MAX], start=first):
        candidate = products.get(other)
        if candidate is None or other == sku or candidate.category != product.category:
            continue
        rank = _distance(product, mine, candidate)
        if rank is not None:
            ranked.append((candidate.stock <= 0, rank, abs(number - at), other))
    return tuple(other for *_, other in sorted(ranked)[:SHOWN])


def _per_unit(product: Product) -> UnitPrice | None:
    if product.price is None:
        return None
    return unit_price(product.price, product.size_text, product.weight_g)


def _distance(product: Product, mine: UnitPrice | None, other: Product) -> float | None:
    """How unlike in price, smaller is better; None for what has no price."""
    if other.price is None:
        return None
    offer = OFFER_COUNTS if other.was_price is not None else 0.0
    if product.price is None:
        return -offer
    theirs = _per_unit(other)
    if mine is None or theirs is None:
        pair, apart = (product.price.amount_minor, other.price.amount_minor), 0.0
        if (mine is None) != (theirs is None):
            apart = UNLIKE
    else:
        pair = (mine.money.amount_minor, theirs.money.amount_minor)
        apart = 0.0 if mine.unit == theirs.unit else UNLIKE
    return apart + abs(math.log(max(1, pair[1]) / max(1, pair[0]))) - offer
