"""The cart as both sides hold it, with its totals counted once, here."""

import msgspec

from catalog_sync.model.money import Money


class CartLine(msgspec.Struct, frozen=True):
    """`quantity` units of `sku` at `unit_price`, the server's price when the cart was read."""

    sku: str
    quantity: int
    unit_price: Money

    @property
    def total(self) -> Money:
        """Price of the whole line."""
        return self.unit_price.times(self.quantity)


class Cart(msgspec.Struct, frozen=True):
    """One shopper's cart; `version` grows by one with every change that took effect."""

    version: int
    currency: str
    lines: tuple[CartLine, ...] = ()

    @property
    def total(self) -> Money:
        """Sum of the lines; zero of the shop's currency for an empty cart."""
        total = Money(0, self.currency)
        for line in self.lines:
            total += line.total
        return total

    @property
    def unit_count(self) -> int:
        """Units over all lines."""
        return sum(line.quantity for line in self.lines)

    def quantity(self, sku: str) -> int:
        """Units of `sku`; 0 when it is not in the cart."""
        return next((line.quantity for line in self.lines if line.sku == sku), 0)
