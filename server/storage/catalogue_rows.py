"""The catalogue's rows: what the file said, what it costs now, and the outbox of changes."""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product, was_above
from catalog_sync.wire.limits import DELTA_HISTORY_MAX
from catalog_sync.wire.messages import Delta

_cold_decoder = msgspec.msgpack.Decoder(Product)
_changes_decoder = msgspec.msgpack.Decoder(tuple[PriceChange, ...])


def take_products(
    connection: sqlite3.Connection, products: Sequence[Product], currency: str
) -> tuple[list[PriceChange], bool]:
    """Make `products` the listed ones; what changed in price or stock, and whether cold facts did.

    A price (or stock) is taken only where the file's value differs from the one last taken; a
    price and what it was before an offer are one value.
    """
    before = {
        row[0]: row
        for row in connection.execute(
            "SELECT sku, cold, listed, price_minor, was_minor, file_price_minor, file_was_minor,"
            " stock, file_stock, reserved FROM products"
        )
    }
    changes, cold_changed = [], False
    for product in products:
        cold = msgspec.msgpack.encode(
            msgspec.structs.replace(product, price=None, stock=0, was_price=None)
        )
        in_file = _prices_minor(product.price, product.was_price)
        row = before.pop(product.sku, None)
        if row is None:
            prices, stock, changed = in_file, product.stock, True
            cold_changed = True
        else:
            _, old_cold, listed, *four, stock, file_stock, reserved = row
            prices, file_prices = (four[0], four[1]), (four[2], four[3])
            cold_changed |= old_cold != cold or not listed
            held = (prices, stock)
            if in_file != file_prices:
                prices = in_file
            if product.stock != file_stock:  # the file counts what open checkouts hold, too
                stock = max(0, product.stock - reserved)
            changed = (prices, stock) != held
        connection.execute(
            "INSERT INTO products"
            " (sku, cold, listed, price_minor, was_minor, file_price_minor, file_was_minor,"
            " stock, file_stock)"
            " VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?) ON CONFLICT (sku) DO UPDATE SET"
            " cold = excluded.cold, listed = 1, price_minor = excluded.price_minor,"
            " was_minor = excluded.was_minor, file_price_minor = excluded.file_price_minor,"
            " file_was_minor = excluded.file_was_minor, stock = excluded.stock,"
            " file_stock = excluded.file_stock",
            (product.sku, cold, *prices, *in_file, stock, product.stock),
        )
        if changed:
            changes.append(_change(product.sku, *prices, stock, currency))
    withdrawn = [(sku,) for sku, row in before.items() if row[2]]
    connection.executemany("UPDATE products SET listed = 0 WHERE sku = ?", withdrawn)
    return changes, cold_changed or bool(withdrawn)


def listed_products(connection: sqlite3.Connection, currency: str) -> tuple[Product, ...]:
    """All listed products with today's price and stock, in the order they were first taken."""
    return tuple(
        msgspec.structs.replace(
            _cold_decoder.decode(cold),
            price=_money(price_minor, currency),
            stock=stock,
            was_price=_money(was_minor, currency),
        )
        for cold, price_minor, was_minor, stock in connection.execute(
            "SELECT cold, price_minor, was_minor, stock FROM products WHERE listed ORDER BY rowid"
        )
    )


def cold_facts(connection: sqlite3.Connection, sku: str) -> Product:
    """The product without price and stock, listed or not.

    Raises:
        KeyError: no such product was ever listed.
    """
    row = connection.execute("SELECT cold FROM products WHERE sku = ?", (sku,)).fetchone()
    if row is None:
        raise KeyError(sku)
    return _cold_decoder.decode(row[0])


def reprice(
    connection: sqlite3.Connection,
    sku: str,
    price: Money | None,
    was_price: Money | None,
    currency: str,
) -> PriceChange | None:
    """Set the price, and what it was if that is above it.

    The change, also when it is the same as before; None for no such product.
    """
    prices = _prices_minor(price, was_price)
    row = connection.execute(
        "UPDATE products SET price_minor = ?, was_minor = ? WHERE sku = ? AND listed"
        " RETURNING stock",
        (*prices, sku),
    ).fetchone()
    if row is None:
        return None
    return _change(sku, *prices, row[0], currency)


def _prices_minor(price: Money | None, was_price: Money | None) -> tuple[int | None, int | None]:
    was = was_above(price, was_price)
    return (price.amount_minor if price else None), (was.amount_minor if was else None)


def _change(
    sku: str, price_minor: int | None, was_minor: int | None, stock: int, currency: str
) -> PriceChange:
    return PriceChange(sku, _money(price_minor, currency), stock, _money(was_minor, currency))


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)


def last_offset(connection: sqlite3.Connection) -> int:
    """The offset of the newest delta; 0 before the first."""
    return int(connection.execute("SELECT coalesce(max(offset), 0) FROM deltas").fetchone()[0])


def append_delta(connection: sqlite3.Connection, changes: Iterable[PriceChange]) -> Delta | None:
    """Put the changes into the outbox at the next offset; None when there are none.

    Offsets follow commit order because one writer gives them out inside its transaction.
    """
    told = tuple(changes)
    if not told:
        return None
    delta = Delta(last_offset(connection) + 1, told)
    connection.execute(
        "INSERT INTO deltas VALUES (?, ?)", (delta.offset, msgspec.msgpack.encode(told))
    )
    connection.execute("DELETE FROM deltas WHERE offset <= ?", (delta.offset - DELTA_HISTORY_MAX,))
    return delta


def deltas_after(
    connection: sqlite3.Connection, offset: int, limit: int
) -> tuple[Delta, ...] | None:
    """Deltas after `offset`, oldest first; None when the oldest of them is no longer kept."""
    rows = connection.execute(
        "SELECT offset, changes FROM deltas WHERE offset > ? ORDER BY offset LIMIT ?",
        (offset, limit),
    ).fetchall()
    if offset > last_offset(connection) or (rows and rows[0][0] != offset + 1):
        return None
    return tuple(Delta(at, _changes_decoder.decode(body)) for at, body in rows)
