"""What an action does to a shopper's books: every rule of the cart and of the checkout."""

from typing import assert_never

from msgspec.structs import replace

from catalog_sync.model.cart import CartLine
from catalog_sync.model.money import AMOUNT_MINOR_MAX
from catalog_sync.model.order import Order, OrderState
from catalog_sync.wire.limits import CART_LINES_MAX, CHECKOUT_LIFE_S, QUANTITY_MAX
from catalog_sync.wire.messages import Action, AddItem, BeginCheckout, CancelCheckout, SetQuantity
from server.commerce.books import Basket, Books, Holding, OpenOrder, Reason, Verdict, worth_minor

EXPIRY_AHEAD_MAX_S = 2 * CHECKOUT_LIFE_S
"""An order that expires later than this was opened while the clock was wrong: it lapses at once,
or its units would be held for as long as the clock was ahead."""


def decide(books: Books, action: Action, order_id: str, number: str, now_unix_s: int) -> Verdict:
    """What `action` does; `order_id` and `number` are for the order it may open."""
    books, expired = _without_overdue(books, now_unix_s)
    match action:
        case AddItem(sku, quantity):
            verdict = _edit(books, sku, max(0, books.basket.quantity(sku) + quantity))
        case SetQuantity(sku, quantity):
            verdict = _edit(books, sku, max(0, quantity))
        case BeginCheckout(cart_version):
            verdict = _begin(books, cart_version, order_id, number, now_unix_s)
        case CancelCheckout(named):
            verdict = _give_up(books, named)
        case _:
            assert_never(action)
    return replace(verdict, orders=expired + verdict.orders)


def pay(books: Books, order_id: str, now_unix_s: int) -> Verdict:
    """Sell what the pending order holds and take it out of the basket."""
    books, expired = _without_overdue(books, now_unix_s)
    order = books.pending
    if order is None or order.id != order_id:
        return Verdict(books, expired, "expired" if expired else "not_pending")
    basket = books.basket
    for line in order.lines:
        left = max(0, basket.quantity(line.sku) - line.quantity)
        basket = basket.with_quantity(line.sku, left)
    basket = replace(basket, version=books.basket.version + 1)
    after = replace(books, basket=basket, holdings=_sell(books.holdings, order), pending=None)
    return Verdict(after, (order.settled("paid"),))


def cancel(books: Books, order_id: str) -> Verdict:
    """Give the pending order up; its units can be sold again."""
    if books.pending is None or books.pending.id != order_id:
        return Verdict(books, refusal="not_pending")
    after, order = _close(books, books.pending, "cancelled")
    return Verdict(after, (order,))


def expire(books: Books, now_unix_s: int) -> Verdict:
    """Let the pending order lapse when its time is up."""
    after, orders = _without_overdue(books, now_unix_s)
    return Verdict(after, orders)


def _edit(books: Books, sku: str, quantity: int) -> Verdict:
    """Make it `quantity` units: an open checkout is no longer of this cart, so it is cancelled."""
    held = books.basket.quantity(sku)
    if quantity == held:
        known = held > 0 or _listed(books, sku) is not None
        return Verdict(books, refusal="" if known else "unknown_product")
    free, orders = _without_pending(books)
    refusal = _growth_refusal(free, sku, quantity) if quantity > held else ""
    if refusal:
        return Verdict(books, refusal=refusal)
    return Verdict(replace(free, basket=free.basket.with_quantity(sku, quantity)), orders)


def _growth_refusal(books: Books, sku: str, quantity: int) -> Reason | None:
    holding = _listed(books, sku)
    if holding is None:
        return "unknown_product"
    if holding.price is None:
        return "unpriced"
    grown = books.basket.with_quantity(sku, quantity)
    if quantity > QUANTITY_MAX or worth_minor(grown, books.holdings) > AMOUNT_MINOR_MAX:
        return "quantity_max"
    if quantity > holding.available:
        return "out_of_stock"
    if books.basket.quantity(sku) == 0 and len(books.basket.entries) >= CART_LINES_MAX:
        return "lines_max"
    return None


def _begin(books: Books, cart_version: int, order_id: str, number: str, now_unix_s: int) -> Verdict:
    basket = books.basket
    if cart_version != basket.version:
        return Verdict(books, refusal="cart_changed")
    if not basket.entries:
        return Verdict(books, refusal="empty_cart")
    pending = books.pending
    if pending and pending.cart_version == cart_version and pending.lines == books.cart().lines:
        return Verdict(books, checkout=pending)
    free, orders = _without_pending(books)
    lines = _priced_lines(basket, free.holdings)
    if not isinstance(lines, tuple):
        return Verdict(books, refusal=lines)
    opened = OpenOrder(
        order_id,
        number,
        cart_version,
        lines,
        free.cart().total,
        now_unix_s + CHECKOUT_LIFE_S,
    )
    after = replace(free, holdings=_move(free.holdings, opened, reserve=1), pending=opened)
    return Verdict(after, (*orders, opened.settled("pending")), checkout=opened)


def _priced_lines(basket: Basket, holdings: dict[str, Holding]) -> tuple[CartLine, ...] | Reason:
    if worth_minor(basket, holdings) > AMOUNT_MINOR_MAX:
        return "quantity_max"
    lines = []
    for entry in basket.entries:
        holding = holdings.get(entry.sku)
        if holding is None or not holding.listed:
            return "unknown_product"
        if holding.price is None:
            return "unpriced"
        if entry.quantity > holding.available:
            return "out_of_stock"
        lines.append(CartLine(entry.sku, entry.quantity, holding.price))
    return tuple(lines)


def _give_up(books: Books, order_id: str) -> Verdict:
    if books.pending is not None and books.pending.id == order_id:
        return cancel(books, order_id)
    return Verdict(
        books, refusal="not_cancellable" if order_id in books.settled_ids else "unknown_order"
    )


def _without_overdue(books: Books, now_unix_s: int) -> tuple[Books, tuple[Order, ...]]:
    pending = books.pending
    if pending is None or 0 < pending.expires_unix_s - now_unix_s <= EXPIRY_AHEAD_MAX_S:
        return books, ()
    after, order = _close(books, pending, "expired")
    settled_ids = books.settled_ids | {order.id}
    return replace(after, settled_ids=settled_ids), (order,)


def _without_pending(books: Books) -> tuple[Books, tuple[Order, ...]]:
    if books.pending is None:
        return books, ()
    after, order = _close(books, books.pending, "cancelled")
    return after, (order,)


def _close(books: Books, order: OpenOrder, state: OrderState) -> tuple[Books, Order]:
    """Free the reserved units of `order`; the basket stays as it is."""
    holdings = _move(books.holdings, order, reserve=-1)
    return replace(books, holdings=holdings, pending=None), order.settled(state)


def _move(holdings: dict[str, Holding], order: OpenOrder, *, reserve: int) -> dict[str, Holding]:
    """Move the order's units from available to reserved (`reserve` 1) or back (-1)."""
    moved = dict(holdings)
    for line in order.lines:
        holding, units = moved[line.sku], line.quantity * reserve
        moved[line.sku] = replace(
            holding, available=holding.available - units, reserved=holding.reserved + units
        )
    return moved


def _sell(holdings: dict[str, Holding], order: OpenOrder) -> dict[str, Holding]:
    sold = dict(holdings)
    for line in order.lines:
        holding = sold[line.sku]
        sold[line.sku] = replace(
            holding, reserved=holding.reserved - line.quantity, sold=holding.sold + line.quantity
        )
    return sold


def _listed(books: Books, sku: str) -> Holding | None:
    holding = books.holdings.get(sku)
    return holding if holding is not None and holding.listed else None
