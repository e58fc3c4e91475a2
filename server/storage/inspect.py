"""What the database holds for one shopper, read afresh each time: for the demo and the tests."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from catalog_sync.model.cart import CartLine
from catalog_sync.model.failure import Failure
from catalog_sync.model.order import OrderState
from server.storage.book_rows import read_books, read_order
from server.storage.order_rows import charge_count


class HeldTotals(msgspec.Struct, frozen=True):
    """The cart at the server's prices, the latest order, and how often the shopper was charged."""

    cart_total_minor: int
    unit_count: int
    order_state: OrderState | None = None
    order_total_minor: int | None = None
    charges: int = 0
    order_lines: tuple[CartLine, ...] = ()

    @property
    def total_minor(self) -> int:
        """What a shopper should see as the total: the cart's, or what was paid when it is empty."""
        if self.unit_count == 0 and self.order_state == "paid":
            return self.order_total_minor or 0
        return self.cart_total_minor


def held_total(database: Path, shopper_id: str) -> HeldTotals:
    """Open the database read-only, ask, and let go of it.

    Raises:
        Failure: no such database, or it does not know the shopper.
    """
    try:
        with closing(
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
        ) as connection:
            connection.execute("BEGIN")
            return _totals(connection, shopper_id)
    except (sqlite3.Error, LookupError) as error:
        raise Failure(
            f"The shop's database {database} cannot tell about shopper {shopper_id} ({error}); "
            "name the file that the server uses and a shopper that it knows."
        ) from error


def _totals(connection: sqlite3.Connection, shopper_id: str) -> HeldTotals:
    currency = connection.execute("SELECT value FROM meta WHERE key = 'currency'").fetchone()[0]
    if connection.execute("SELECT 1 FROM shoppers WHERE id = ?", (shopper_id,)).fetchone() is None:
        raise LookupError("no such shopper")
    cart = read_books(connection, shopper_id, bytes(currency).decode()).cart()
    latest = connection.execute(
        "SELECT id FROM orders WHERE shopper_id = ? ORDER BY rowid DESC LIMIT 1", (shopper_id,)
    ).fetchone()
    found = read_order(connection, latest[0]) if latest else None
    order = found[1] if found else None
    return HeldTotals(
        cart.total.amount_minor,
        cart.unit_count,
        order.state if order else None,
        order.total.amount_minor if order else None,
        charge_count(connection, shopper_id),
        order.lines if order else (),
    )


def shopper_id_of(token: str) -> str:
    """The shopper that a token names. Says nothing about whether the token is genuine.

    Raises:
        Failure: no token of ours.
    """
    version, _, rest = token.partition(".")
    shopper_id = rest.partition(".")[0]
    if version != "v1" or not shopper_id or token.count(".") != 3:
        raise Failure("That is no shopper token: it starts with v1. and has four parts.")
    return shopper_id
