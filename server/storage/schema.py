"""The tables, and the ordered steps that brought them there; `user_version` counts the steps."""

import sqlite3

from catalog_sync.model.failure import Failure

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

    CREATE TABLE products (
        sku TEXT PRIMARY KEY,
        cold BLOB NOT NULL,              -- MessagePack of the Product without price and stock
        listed INTEGER NOT NULL,         -- 0: no longer in the catalogue, kept for carts, orders
        price_minor INTEGER CHECK (price_minor >= 0),
        file_price_minor INTEGER,        -- the file's value when it was last taken
        stock INTEGER NOT NULL CHECK (stock >= 0),
        file_stock INTEGER NOT NULL,
        reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
        sold INTEGER NOT NULL DEFAULT 0 CHECK (sold >= 0)
    ) STRICT;

    CREATE TABLE shoppers (
        id TEXT PRIMARY KEY,
        created_unix_s INTEGER NOT NULL,
        cart_version INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE cart_lines (           -- in the order they were put in: by rowid
        line INTEGER PRIMARY KEY,
        shopper_id TEXT NOT NULL REFERENCES shoppers (id),
        sku TEXT NOT NULL REFERENCES products (sku),
        quantity INTEGER NOT NULL CHECK (quantity > 0),
        UNIQUE (shopper_id, sku)
    ) STRICT;

    CREATE TABLE ops (
        shopper_id TEXT NOT NULL REFERENCES shoppers (id),
        op_id TEXT NOT NULL,
        ok INTEGER NOT NULL,
        cart_version INTEGER NOT NULL,
        reason TEXT NOT NULL,
        created_unix_s INTEGER NOT NULL,
        PRIMARY KEY (shopper_id, op_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE orders (
        id TEXT PRIMARY KEY,
        number TEXT NOT NULL,
        shopper_id TEXT NOT NULL REFERENCES shoppers (id),
        state TEXT NOT NULL CHECK (state IN ('pending', 'paid', 'cancelled', 'expired')),
        cart_version INTEGER NOT NULL,
        currency TEXT NOT NULL,
        total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
        created_unix_s INTEGER NOT NULL,
        expires_unix_s INTEGER NOT NULL,
        settled_cart_version INTEGER NOT NULL DEFAULT 0,
        email TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE UNIQUE INDEX one_open_order ON orders (shopper_id) WHERE state = 'pending';
    CREATE INDEX orders_of_shopper ON orders (shopper_id);

    CREATE TABLE order_lines (
        order_id TEXT NOT NULL REFERENCES orders (id),
        line INTEGER NOT NULL,
        sku TEXT NOT NULL REFERENCES products (sku),
        quantity INTEGER NOT NULL CHECK (quantity > 0),
        unit_minor INTEGER NOT NULL CHECK (unit_minor >= 0),
        PRIMARY KEY (order_id, line)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE handoffs (
        token_sha256 TEXT PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES orders (id),
        expires_unix_s INTEGER NOT NULL,
        used INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE page_sessions (
        session_sha256 TEXT PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES orders (id),
        expires_unix_s INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE charges (              -- the primary key is what makes it one charge an order
        order_id TEXT PRIMARY KEY REFERENCES orders (id),
        provider TEXT NOT NULL,
        reference TEXT NOT NULL,
        amount_minor INTEGER NOT NULL,
        created_unix_s INTEGER NOT NULL,
        UNIQUE (provider, reference)
    ) STRICT;

    CREATE TABLE deltas (               -- the outbox: committed with the change it tells of
        offset INTEGER PRIMARY KEY,
        changes BLOB NOT NULL
    ) STRICT;
    """,
    """
    ALTER TABLE products ADD COLUMN was_minor INTEGER CHECK (was_minor > price_minor);
    ALTER TABLE products ADD COLUMN file_was_minor INTEGER;
    """,
    """
    ALTER TABLE ops ADD COLUMN units INTEGER NOT NULL DEFAULT 0;  -- by how many its line grew
    """,
)


def migrate(connection: sqlite3.Connection, where: str) -> None:
    """Bring the tables up to date, one step a transaction.

    Raises:
        Failure: the database was written by a newer Endcap.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise Failure(
            f"{where} was written by a newer Endcap (schema {version}, this one knows "
            f"{len(MIGRATIONS)}); update Endcap or name another file with --database."
        )
    for number in range(version, len(MIGRATIONS)):
        connection.executescript(
            f"BEGIN IMMEDIATE; {MIGRATIONS[number]} PRAGMA user_version = {number + 1}; COMMIT;"
        )
