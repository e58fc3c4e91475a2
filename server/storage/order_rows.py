"""Hand-off tokens, browser sessions, charges, and an order as its page shows it."""

import sqlite3

from catalog_sync.wire.limits import HANDOFF_TOKEN_LIFE_S
from server.storage.book_rows import read_order
from server.storage.catalogue_rows import cold_facts
from server.storage.contract import PAGE_SESSION_LIFE_S, OrderLine, OrderRecord


def add_handoff(
    connection: sqlite3.Connection, handoff_sha256: str, order_id: str, now_unix_s: int
) -> None:
    """Let this token open the order's page once, from now on for its short life."""
    connection.execute(
        "INSERT INTO handoffs (token_sha256, order_id, expires_unix_s) VALUES (?, ?, ?)",
        (handoff_sha256, order_id, now_unix_s + HANDOFF_TOKEN_LIFE_S),
    )


def redeem(
    connection: sqlite3.Connection, handoff_sha256: str, session_sha256: str, now_unix_s: int
) -> str | None:
    """Use the token up and bind the browser session to its order; None when it does not open."""
    row = connection.execute(
        "UPDATE handoffs SET used = 1 WHERE token_sha256 = ? AND used = 0 AND expires_unix_s > ?"
        " AND order_id IN (SELECT id FROM orders WHERE state IN ('pending', 'paid'))"
        " RETURNING order_id",
        (handoff_sha256, now_unix_s),
    ).fetchone()
    if row is None:
        return None
    connection.execute(
        "INSERT INTO page_sessions VALUES (?, ?, ?)",
        (session_sha256, row[0], now_unix_s + PAGE_SESSION_LIFE_S),
    )
    return str(row[0])


def session_opens(
    connection: sqlite3.Connection, order_id: str, session_sha256: str, now_unix_s: int
) -> bool:
    """Whether this browser session is bound to this order and still alive."""
    row = connection.execute(
        "SELECT 1 FROM page_sessions WHERE session_sha256 = ? AND order_id = ?"
        " AND expires_unix_s > ?",
        (session_sha256, order_id, now_unix_s),
    ).fetchone()
    return row is not None


def add_charge(
    connection: sqlite3.Connection,
    order_id: str,
    provider: str,
    reference: str,
    email: str,
    now_unix_s: int,
) -> None:
    """The one charge of an order that is paid in this very transaction.

    Raises:
        sqlite3.IntegrityError: the order has its charge, or the reference paid another order.
    """
    connection.execute(
        "INSERT INTO charges SELECT id, ?, ?, total_minor, ? FROM orders WHERE id = ?",
        (provider, reference, now_unix_s, order_id),
    )
    connection.execute("UPDATE orders SET email = ? WHERE id = ?", (email, order_id))


def order_record(connection: sqlite3.Connection, order_id: str) -> OrderRecord | None:
    """Everything the page shows; None when there is no such order."""
    found = read_order(connection, order_id)
    if found is None:
        return None
    shopper_id, order = found
    cart_version, created_unix_s, expires_unix_s, email = connection.execute(
        "SELECT cart_version, created_unix_s, expires_unix_s, email FROM orders WHERE id = ?",
        (order_id,),
    ).fetchone()
    charge = connection.execute(
        "SELECT reference, created_unix_s FROM charges WHERE order_id = ?", (order_id,)
    ).fetchone() or ("", 0)
    lines = []
    for line in order.lines:
        facts = cold_facts(connection, line.sku)
        lines.append(
            OrderLine(
                line.sku,
                facts.names,
                facts.brand,
                facts.size_text,
                line.quantity,
                line.unit_price,
                facts.package,
                facts.colour,
            )
        )
    return OrderRecord(
        order,
        shopper_id,
        tuple(lines),
        created_unix_s,
        expires_unix_s,
        idempotency_key=f"{shopper_id}:{cart_version}:{order_id}",
        contact_email=email,
        charge_reference=charge[0],
        paid_unix_s=charge[1],
    )


def charge_count(connection: sqlite3.Connection, shopper_id: str) -> int:
    """Charges over all orders of the shopper."""
    row = connection.execute(
        "SELECT count(*) FROM charges JOIN orders ON orders.id = order_id WHERE shopper_id = ?",
        (shopper_id,),
    ).fetchone()
    return int(row[0])
