"""The baseline of `sync.py`: the least server that keeps a cart durably, without a shop around it.

Bare `websockets`, one SQLite connection (WAL, `synchronous=FULL`), one table, one commit an op,
the answers encoded as the shop encodes them. No tokens, no idempotence, no stock, no prices, no
fan-out to other devices, no group commit.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
from websockets.asyncio.server import ServerConnection, serve

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.wire.codec import encode
from catalog_sync.wire.limits import PING_INTERVAL_S
from catalog_sync.wire.messages import Ack, CartState, Layout

PRICE = Money(150, "USD")


def run(folder: Path, say_address: Callable[[str], None]) -> None:
    """Serves until the process ends."""
    folder.mkdir(parents=True)
    database = sqlite3.connect(folder / "baseline.sqlite", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute(
        "CREATE TABLE cart (shopper INTEGER, sku TEXT, quantity INTEGER, "
        "PRIMARY KEY (shopper, sku))"
    )
    shoppers = iter(range(1_000_000))

    async def converse(connection: ServerConnection) -> None:
        shopper, version = next(shoppers), 0
        await connection.recv()
        await connection.send(encode(Layout("v", b"")))
        async for message in connection:
            op = msgspec.msgpack.decode(message)
            sku, quantity = op["action"]["sku"], op["action"]["quantity"]
            database.execute("BEGIN IMMEDIATE")
            database.execute(
                "INSERT INTO cart VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET quantity = quantity + ?",
                (shopper, sku, quantity, quantity),
            )
            held = database.execute(
                "SELECT sku, quantity FROM cart WHERE shopper = ? AND quantity > 0", (shopper,)
            ).fetchall()
            database.execute("COMMIT")
            version += 1
            lines = tuple(CartLine(one, many, PRICE) for one, many in held)
            await connection.send(encode(CartState(Cart(version, "USD", lines))))
            await connection.send(encode(Ack(op["id"], ok=True, cart_version=version)))

    async def main() -> None:
        server = await serve(
            converse, "127.0.0.1", 0, compression=None, ping_interval=PING_INTERVAL_S
        )
        say_address(f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}")
        await server.serve_forever()

    asyncio.run(main())
