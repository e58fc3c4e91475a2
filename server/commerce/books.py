"""What the rules look at and what they answer: one shopper's books, and a verdict on them."""

from typing import Literal

import msgspec

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import AMOUNT_MINOR_MAX, Money
from catalog_sync.model.order import Order, OrderState

Reason = Literal[
    "unknown_product",
    "unpriced",
    "out_of_stock",
    "quantity_max",
    "lines_max",
    "cart_changed",
    "empty_cart",
    "unknown_order",
    "not_cancellable",
    "not_pending",
    "expired",
]


class Holding(msgspec.Struct, frozen=True):
    """Units of one SKU: what can be sold, what open checkouts hold, what was sold.

    The three together never change by trade. `price` None: unpriced, so not for sale. `listed`
    False: no longer in the catalogue, kept for the carts and orders that name it. `was_price` is
    told along and decides nothing: what is charged is `price`.
    """

    sku: str
    price: Money | None
    available: int
    reserved: int = 0
    sold: int = 0
    listed: bool = True
    was_price: Money | None = None


class Entry(msgspec.Struct, frozen=True):
    """`quantity` units of `sku` in a basket; at least one."""

    sku: str
    quantity: int


class Basket(msgspec.Struct, frozen=True):
    """A cart without prices: they are the server's, and read when they are needed."""

    version: int = 0
    entries: tuple[Entry, ...] = ()

    def quantity(self, sku: str) -> int:
        """Units of `sku`; 0 when it is not in the basket."""
        return next((entry.quantity for entry in self.entries if entry.sku == sku), 0)

    def with_quantity(self, sku: str, quantity: int) -> "Basket":
        """The next version, with exactly `quantity` units of `sku`, its line in the same place."""
        if self.quantity(sku) == 0:
            entries = (*self.entries, Entry(sku, quantity))
        else:
            entries = tuple(Entry(sku, quantity) if e.sku == sku else e for e in self.entries)
        return Basket(self.version + 1, tuple(entry for entry in entries if entry.quantity > 0))


class OpenOrder(msgspec.Struct, frozen=True):
    """A pending order: its lines at the prices of the moment it was opened."""

    id: str
    number: str
    cart_version: int
    lines: tuple[CartLine, ...]
    total: Money
    expires_unix_s: int

    def settled(self, state: OrderState) -> Order:
        """The order in `state`, as the shopper's devices are told."""
        return Order(self.id, self.number, state, self.lines, self.total)


class Books(msgspec.Struct, frozen=True):
    """One shopper's basket and open order, with the holdings of every SKU concerned.

    `settled_ids` has the order an action names when it is this shopper's and in a final state.
    """

    currency: str
    basket: Basket
    holdings: dict[str, Holding]
    pending: OpenOrder | None = None
    settled_ids: frozenset[str] = frozenset()

    def cart(self) -> Cart:
        """The basket at today's prices; a line that is unpriced counts zero.

        So does, after a reprice, every line of a basket whose total is no amount of money any
        more (`AMOUNT_MINOR_MAX`): such a basket cannot be bought until units are taken out.
        """
        zero = Money(0, self.currency)
        payable = worth_minor(self.basket, self.holdings) <= AMOUNT_MINOR_MAX
        lines = []
        for entry in self.basket.entries:
            holding = self.holdings.get(entry.sku)
            price = holding.price if holding and payable else None
            lines.append(CartLine(entry.sku, entry.quantity, price or zero))
        return Cart(self.basket.version, self.currency, tuple(lines))


def worth_minor(basket: Basket, holdings: dict[str, Holding]) -> int:
    """The basket's total at today's prices in minor units, without the bound of `Money`."""
    total = 0
    for entry in basket.entries:
        holding = holdings.get(entry.sku)
        if holding and holding.price:
            total += entry.quantity * holding.price.amount_minor
    return total


class Verdict(msgspec.Struct, frozen=True):
    """The books after an action and what came of it.

    With a `refusal` nothing changed, except that an order whose time was up has expired. `orders`
    are the orders that reached another state, in order; `checkout` is the open order that the
    shopper asked for (new or still the same one).
    """

    books: Books
    orders: tuple[Order, ...] = ()
    refusal: Reason | Literal[""] = ""
    checkout: OpenOrder | None = None
