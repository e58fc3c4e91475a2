"""A shopper's books to and from rows. The rules decide; these functions only read and write."""

import sqlite3

from catalog_sync.model.cart import CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order, OrderState
from catalog_sync.model.product import PriceChange
from server.commerce.books import Basket, Books, Entry, Holding, OpenOrder, Verdict
from server.storage.catalogue_rows import append_delta
from server.storage.contract import Checkout, Committed


def read_books(
    connection: sqlite3.Connection,
    shopper_id: str,
    currency: str,
    sku: str = "",
    order_id: str = "",
) -> Books:
    """The shopper's books, with the holdings of all SKUs concerned and of `sku`.

    `order_id` is an order that an action names; the shopper need not be its owner.
    """
    version = connection.execute(
        "SELECT cart_version FROM shoppers WHERE id = ?", (shopper_id,)
    ).fetchone()[0]
    entries = tuple(
        Entry(*row)
        for row in connection.execute(
            "SELECT sku, quantity FROM cart_lines WHERE shopper_id = ? ORDER BY line", (shopper_id,)
        )
    )
    pending = _read_open_order(connection, shopper_id)
    skus = {entry.sku for entry in entries} | ({sku} if sku else set())
    if pending is not None:
        skus |= {line.sku for line in pending.lines}
    settled = connection.execute(
        "SELECT id FROM orders WHERE id = ? AND shopper_id = ? AND state != 'pending'",
        (order_id, shopper_id),
    ).fetchall()
    return Books(
        currency,
        Basket(version, entries),
        {name: holding for name in skus if (holding := _read_holding(connection, name, currency))},
        pending,
        frozenset(row[0] for row in settled),
    )


def _read_holding(connection: sqlite3.Connection, sku: str, currency: str) -> Holding | None:
    row = connection.execute(
        "SELECT price_minor, stock, reserved, sold, listed, was_minor FROM products WHERE sku = ?",
        (sku,),
    ).fetchone()
    if row is None:
        return None
    price_minor, stock, reserved, sold, listed, was_minor = row
    price = None if price_minor is None else Money(price_minor, currency)
    was_price = None if was_minor is None else Money(was_minor, currency)
    return Holding(sku, price, stock, reserved, sold, bool(listed), was_price)


def _read_open_order(connection: sqlite3.Connection, shopper_id: str) -> OpenOrder | None:
    row = connection.execute(
        "SELECT id, number, cart_version, total_minor, currency, expires_unix_s FROM orders"
        " WHERE shopper_id = ? AND state = 'pending'",
        (shopper_id,),
    ).fetchone()
    if row is None:
        return None
    order_id, number, cart_version, total_minor, currency, expires_unix_s = row
    lines = read_order_lines(connection, order_id, currency)
    total = Money(total_minor, currency)
    return OpenOrder(order_id, number, cart_version, lines, total, expires_unix_s)


def read_order_lines(
    connection: sqlite3.Connection, order_id: str, currency: str
) -> tuple[CartLine, ...]:
    """The order's lines at the prices it was opened with."""
    return tuple(
        CartLine(sku, quantity, Money(unit_minor, currency))
        for sku, quantity, unit_minor in connection.execute(
            "SELECT sku, quantity, unit_minor FROM order_lines WHERE order_id = ? ORDER BY line",
            (order_id,),
        )
    )


def read_order(connection: sqlite3.Connection, order_id: str) -> tuple[str, Order] | None:
    """The shopper of an order, and the order; None when there is none."""
    row = connection.execute(
        "SELECT shopper_id, number, state, total_minor, currency FROM orders WHERE id = ?",
        (order_id,),
    ).fetchone()
    if row is None:
        return None
    shopper_id, number, state, total_minor, currency = row
    lines = read_order_lines(connection, order_id, currency)
    return shopper_id, Order(order_id, number, state, lines, Money(total_minor, currency))


def checkout_of(order: OpenOrder, shopper_id: str, handoff_sha256: str = "") -> Checkout:
    """The open order as a checkout.

    Its key for providers names the cart's version, and the order too: a cart whose checkout was
    given up may be checked out again unchanged, and the provider's answer is then another one.
    """
    key = f"{shopper_id}:{order.cart_version}:{order.id}"
    return Checkout(order.id, order.total, order.expires_unix_s, key, handoff_sha256)


def write_verdict(
    connection: sqlite3.Connection,
    shopper_id: str,
    before: Books,
    verdict: Verdict,
    now_unix_s: int,
    handoff: Checkout | None = None,
) -> Committed | None:
    """Bring the rows from `before` to the verdict's books; what to tell, or None for no change."""
    after = verdict.books
    if after.basket != before.basket:
        _write_basket(connection, shopper_id, before.basket, after.basket)
    for order in verdict.orders:
        if order.state == "pending":
            _insert_order(connection, shopper_id, after.pending, now_unix_s)
        else:
            _settle_order(connection, order.id, order.state, after.basket.version)
    delta = append_delta(connection, _write_holdings(connection, before, after))
    if after == before and handoff is None:
        return None
    cart = after.cart() if after.basket != before.basket else None
    return Committed(shopper_id, cart, verdict.orders, handoff, delta)


def _write_basket(
    connection: sqlite3.Connection, shopper_id: str, before: Basket, after: Basket
) -> None:
    connection.execute(
        "UPDATE shoppers SET cart_version = ? WHERE id = ?", (after.version, shopper_id)
    )
    kept = {entry.sku for entry in after.entries}
    connection.executemany(
        "DELETE FROM cart_lines WHERE shopper_id = ? AND sku = ?",
        [(shopper_id, entry.sku) for entry in before.entries if entry.sku not in kept],
    )
    connection.executemany(
        "INSERT INTO cart_lines (shopper_id, sku, quantity) VALUES (?, ?, ?)"
        " ON CONFLICT (shopper_id, sku) DO UPDATE SET quantity = excluded.quantity",
        [
            (shopper_id, entry.sku, entry.quantity)
            for entry in after.entries
            if entry.quantity != before.quantity(entry.sku)
        ],
    )


def _write_holdings(
    connection: sqlite3.Connection, before: Books, after: Books
) -> list[PriceChange]:
    changes = []
    for sku in sorted(after.holdings):
        old, new = before.holdings[sku], after.holdings[sku]
        if new == old:
            continue
        connection.execute(
            "UPDATE products SET stock = ?, reserved = ?, sold = ? WHERE sku = ?",
            (new.available, new.reserved, new.sold, sku),
        )
        if new.available != old.available and new.listed:
            changes.append(PriceChange(sku, new.price, new.available, new.was_price))
    return changes


def _insert_order(
    connection: sqlite3.Connection, shopper_id: str, order: OpenOrder | None, now_unix_s: int
) -> None:
    assert order is not None
    connection.execute(
        "INSERT INTO orders (id, number, shopper_id, state, cart_version, currency, total_minor,"
        " created_unix_s, expires_unix_s) VALUES (?, ?, ?, 'pending', ?, ?, ?, ?, ?)",
        (
            order.id,
            order.number,
            shopper_id,
            order.cart_version,
            order.total.currency,
            order.total.amount_minor,
            now_unix_s,
            order.expires_unix_s,
        ),
    )
    connection.executemany(
        "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?)",
        [
            (order.id, number, line.sku, line.quantity, line.unit_price.amount_minor)
            for number, line in enumerate(order.lines)
        ],
    )


def _settle_order(
    connection: sqlite3.Connection, order_id: str, state: OrderState, cart_version: int
) -> None:
    connection.execute(
        "UPDATE orders SET state = ?, settled_cart_version = ? WHERE id = ? AND state = 'pending'",
        (state, cart_version, order_id),
    )
