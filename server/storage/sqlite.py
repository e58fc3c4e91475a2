"""The contract over SQLite: one file, one writer with group commit, one reader (decision 0003)."""

import asyncio
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from catalog_sync.model.order import OrderState
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.messages import Ack, AddItem, CancelCheckout, Delta, Op, SetQuantity
from server.commerce import rules
from server.commerce.books import Books, Verdict
from server.failpoints import Failpoints
from server.storage import book_rows, catalogue_rows, order_rows
from server.storage.contract import (
    Catalogue,
    Checkout,
    Committed,
    Listener,
    OpOutcome,
    OrderOutcome,
    OrderRecord,
    OrderRefusal,
    OrderSeed,
    ShopperView,
    StorageIdentity,
)
from server.storage.schema import migrate
from server.storage.writer import StorageError, Writer

OP_LIFE_S = 90 * 24 * 3600  # an op that is sent again later than this takes effect again

T = TypeVar("T")


class SqliteStorage:
    """See `server.storage.contract.Storage`. Made by `open_storage`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        lock: sqlite3.Connection,
        failpoints: Failpoints,
    ) -> None:
        self._path = path
        self._lock = lock
        self._writer = Writer(connection, failpoints)
        self._reader = ThreadPoolExecutor(1, "storage-reader")
        self._read_connection = _connect(path)
        self._currency = _meta(self._read_connection, "currency")

    # ------------------------------------------------------------ life
    def listen(self, listener: Listener) -> None:
        """See the contract."""
        self._writer.listen(listener)

    async def identity(self) -> StorageIdentity:
        """See the contract."""

        def read(connection: sqlite3.Connection) -> StorageIdentity:
            return StorageIdentity(
                _meta(connection, "epoch"),
                bytes.fromhex(_meta(connection, "signing_secret")),
                _meta(connection, "operator_token"),
            )

        return await self._read(read)

    async def close(self) -> None:
        """See the contract."""
        await asyncio.to_thread(self._writer.close)
        self._reader.shutdown()
        self._read_connection.close()
        self._lock.close()

    async def _read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        def one_moment() -> T:
            with _snapshot(self._read_connection):
                return read(self._read_connection)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._reader, one_moment)
        except sqlite3.Error as error:
            raise StorageError(str(error)) from error

    # ------------------------------------------------------------ catalogue
    async def take_catalogue(
        self, products: Sequence[Product], currency: str, fresh_epoch: str
    ) -> None:
        """See the contract.

        Raises:
            Failure: the database was filled in another currency.
        """

        def work(connection: sqlite3.Connection) -> tuple[None, Committed | None]:
            before = _meta(connection, "currency")
            if before not in {"", currency}:
                raise Failure(
                    f"{self._path} holds prices in {before}, but the store sells in {currency}; "
                    "name another file with --database."
                )
            _set_meta(connection, "currency", currency)
            changes, cold_changed = catalogue_rows.take_products(connection, products, currency)
            if cold_changed:
                _set_meta(connection, "epoch", fresh_epoch)
            delta = catalogue_rows.append_delta(connection, changes)
            return None, Committed(delta=delta) if delta else None

        await self._writer.write(work)
        self._currency = currency

    async def catalogue(self) -> Catalogue:
        """See the contract."""

        def read(connection: sqlite3.Connection) -> Catalogue:
            return Catalogue(
                _meta(connection, "epoch"),
                catalogue_rows.last_offset(connection),
                catalogue_rows.listed_products(connection, self._currency),
            )

        return await self._read(read)

    async def set_price(
        self, sku: str, price: Money | None, was_price: Money | None = None
    ) -> PriceChange | None:
        """See the contract."""

        def work(connection: sqlite3.Connection) -> tuple[PriceChange | None, Committed | None]:
            change = catalogue_rows.reprice(connection, sku, price, was_price, self._currency)
            if change is None:
                return None, None
            return change, Committed(delta=catalogue_rows.append_delta(connection, (change,)))

        return await self._writer.write(work)

    async def deltas_after(self, offset: int, limit: int) -> tuple[Delta, ...] | None:
        """See the contract."""
        return await self._read(lambda c: catalogue_rows.deltas_after(c, offset, limit))

    # ------------------------------------------------------------ shoppers
    async def add_shopper(self, shopper_id: str, now_unix_s: int) -> None:
        """See the contract."""

        def work(connection: sqlite3.Connection) -> tuple[None, None]:
            connection.execute(
                "INSERT OR IGNORE INTO shoppers (id, created_unix_s) VALUES (?, ?)",
                (shopper_id, now_unix_s),
            )
            return None, None

        await self._writer.write(work)

    async def shopper(self, shopper_id: str) -> ShopperView | None:
        """See the contract."""
        return await self._read(lambda c: _shopper_view(c, shopper_id, self._currency))

    async def apply_op(
        self, shopper_id: str, op: Op, seed: OrderSeed, now_unix_s: int
    ) -> OpOutcome:
        """See the contract."""

        def work(connection: sqlite3.Connection) -> tuple[OpOutcome, Committed | None]:
            stored = connection.execute(
                "SELECT ok, cart_version, reason, units FROM ops"
                " WHERE shopper_id = ? AND op_id = ?",
                (shopper_id, op.id),
            ).fetchone()
            if stored is not None:
                return OpOutcome(Ack(op.id, bool(stored[0]), *stored[1:]), repeated=True), None
            return _apply_new_op(connection, self._currency, shopper_id, op, seed, now_unix_s)

        return await self._writer.write(work, counted=True)

    async def hand_off(
        self, shopper_id: str, handoff_sha256: str, now_unix_s: int
    ) -> Checkout | None:
        """See the contract."""

        def work(connection: sqlite3.Connection) -> tuple[Checkout | None, Committed | None]:
            books = book_rows.read_books(connection, shopper_id, self._currency)
            if books.pending is None or books.pending.expires_unix_s <= now_unix_s:
                return None, None
            order_rows.add_handoff(connection, handoff_sha256, books.pending.id, now_unix_s)
            checkout = book_rows.checkout_of(books.pending, shopper_id, handoff_sha256)
            return checkout, Committed(shopper_id, checkout=checkout)

        return await self._writer.write(work)

    # ------------------------------------------------------------ the checkout page
    async def redeem_handoff(
        self, handoff_sha256: str, session_sha256: str, now_unix_s: int
    ) -> str | None:
        """See the contract."""
        return await self._writer.write(
            lambda c: (order_rows.redeem(c, handoff_sha256, session_sha256, now_unix_s), None)
        )

    async def order_for_session(
        self, order_id: str, session_sha256: str, now_unix_s: int
    ) -> OrderRecord | None:
        """See the contract."""

        def read(connection: sqlite3.Connection) -> OrderRecord | None:
            if not order_rows.session_opens(connection, order_id, session_sha256, now_unix_s):
                return None
            return order_rows.order_record(connection, order_id)

        return await self._read(read)

    async def order_record(self, order_id: str) -> OrderRecord | None:
        """See the contract."""
        return await self._read(lambda c: order_rows.order_record(c, order_id))

    async def pay(
        self, order_id: str, provider: str, charge_reference: str, email: str, now_unix_s: int
    ) -> OrderOutcome:
        """See the contract."""

        def charge(connection: sqlite3.Connection) -> None:
            order_rows.add_charge(
                connection, order_id, provider, charge_reference, email, now_unix_s
            )

        return await self._settle(
            order_id,
            "paid",
            lambda books: rules.pay(books, order_id, now_unix_s),
            now_unix_s,
            charge,
        )

    async def cancel_order(self, order_id: str, now_unix_s: int) -> OrderOutcome:
        """See the contract."""
        return await self._settle(
            order_id, "cancelled", lambda books: rules.cancel(books, order_id), now_unix_s
        )

    async def _settle(
        self,
        order_id: str,
        wanted: str,
        rule: Callable[[Books], Verdict],
        now_unix_s: int,
        also: Callable[[sqlite3.Connection], None] = lambda _: None,
    ) -> OrderOutcome:
        """Let `rule` bring an order to the state `wanted`, and do `also` when it did."""

        def work(connection: sqlite3.Connection) -> tuple[OrderOutcome, Committed | None]:
            found = book_rows.read_order(connection, order_id)
            if found is None:
                return OrderOutcome(None, changed=False, refusal="unknown_order"), None
            shopper_id, order = found
            if order.state == wanted:
                return OrderOutcome(order, changed=False), None
            if order.state != "pending":
                return OrderOutcome(order, changed=False, refusal=_why_not(order.state)), None
            books = book_rows.read_books(connection, shopper_id, self._currency)
            verdict = rule(books)
            if not verdict.refusal:
                also(connection)
            told = book_rows.write_verdict(connection, shopper_id, books, verdict, now_unix_s)
            after = verdict.orders[-1]
            refusal = _why_not(after.state) if verdict.refusal else ""
            return OrderOutcome(after, changed=not refusal, refusal=refusal), told

        return await self._writer.write(work, counted=True)

    async def expire_orders(self, now_unix_s: int) -> int:
        """See the contract."""

        def due(connection: sqlite3.Connection) -> list[str]:
            return [
                row[0]
                for row in connection.execute(
                    "SELECT shopper_id FROM orders WHERE state = 'pending'"
                    " AND expires_unix_s NOT BETWEEN ? AND ?",
                    (now_unix_s + 1, now_unix_s + rules.EXPIRY_AHEAD_MAX_S),
                )
            ]

        shoppers = await self._read(due)
        for shopper_id in shoppers:  # a transaction each, so that each shopper is told

            def work(
                connection: sqlite3.Connection, who: str = shopper_id
            ) -> tuple[None, Committed | None]:
                books = book_rows.read_books(connection, who, self._currency)
                verdict = rules.expire(books, now_unix_s)
                return None, book_rows.write_verdict(connection, who, books, verdict, now_unix_s)

            await self._writer.write(work)
        return len(shoppers)


def _why_not(state: OrderState) -> OrderRefusal:
    return "expired" if state == "expired" else "not_pending"


def _apply_new_op(
    connection: sqlite3.Connection,
    currency: str,
    shopper_id: str,
    op: Op,
    seed: OrderSeed,
    now_unix_s: int,
) -> tuple[OpOutcome, Committed | None]:
    sku = op.action.sku if isinstance(op.action, AddItem | SetQuantity) else ""
    named = op.action.order_id if isinstance(op.action, CancelCheckout) else ""
    books = book_rows.read_books(connection, shopper_id, currency, sku, named)
    verdict = rules.decide(books, op.action, seed.order_id, seed.number, now_unix_s)
    checkout = None
    if verdict.checkout is not None:
        checkout = book_rows.checkout_of(verdict.checkout, shopper_id, seed.handoff_sha256)
    told = book_rows.write_verdict(connection, shopper_id, books, verdict, now_unix_s, checkout)
    if checkout is not None:
        order_rows.add_handoff(connection, seed.handoff_sha256, checkout.order_id, now_unix_s)
    after = verdict.books.basket
    units = after.quantity(sku) - books.basket.quantity(sku) if sku else 0
    ack = Ack(op.id, not verdict.refusal, after.version, verdict.refusal, units)
    connection.execute(
        "INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)",
        (shopper_id, op.id, ack.ok, ack.cart_version, ack.reason, now_unix_s, ack.units),
    )
    return OpOutcome(ack, repeated=False, checkout=checkout), told


def _shopper_view(
    connection: sqlite3.Connection, shopper_id: str, currency: str
) -> ShopperView | None:
    known = connection.execute("SELECT 1 FROM shoppers WHERE id = ?", (shopper_id,)).fetchone()
    if known is None:
        return None
    books = book_rows.read_books(connection, shopper_id, currency)
    pending = book_rows.checkout_of(books.pending, shopper_id) if books.pending else None
    settled = connection.execute(
        "SELECT id, settled_cart_version FROM orders WHERE shopper_id = ? AND state != 'pending'"
        " ORDER BY rowid DESC LIMIT 1",
        (shopper_id,),
    ).fetchone()
    if settled is None:
        return ShopperView(books.cart(), pending)
    found = book_rows.read_order(connection, settled[0])
    return ShopperView(books.cart(), pending, found[1] if found else None, settled[1])


# ---------------------------------------------------------------- opening


def open_storage(
    path: Path, now_unix_s: int, failpoints: Failpoints | None = None
) -> SqliteStorage:
    """Open the shop's database, making it when it is not there.

    Raises:
        Failure: no database of ours, written by a newer Endcap, in use by another server, or in
            a folder that cannot be written.
    """
    lock = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = _take_lock(path)
        connection = _connect(path)
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, str(path))
        _be_born(connection)
        _forget_old(connection, now_unix_s)
        return SqliteStorage(connection, path, lock, failpoints or Failpoints())
    except (OSError, sqlite3.Error, Failure) as error:
        if lock is not None:
            lock.close()
        if isinstance(error, Failure):
            raise
        raise Failure(
            f"The shop's database {path} cannot be opened ({error}); "
            "name another file with --database."
        ) from error


@contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is of one moment, whatever the writer commits meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def _forget_old(connection: sqlite3.Connection, now_unix_s: int) -> None:
    connection.execute("DELETE FROM ops WHERE created_unix_s < ?", (now_unix_s - OP_LIFE_S,))
    connection.execute("DELETE FROM handoffs WHERE expires_unix_s < ?", (now_unix_s,))
    connection.execute("DELETE FROM page_sessions WHERE expires_unix_s < ?", (now_unix_s,))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone leaves it in the drive's cache
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _take_lock(path: Path) -> sqlite3.Connection:
    """Hold an exclusive lock for this process's life; the system frees it, also after kill -9."""
    lock = sqlite3.connect(
        path.with_name(path.name + ".lock"),
        isolation_level=None,
        check_same_thread=False,
        timeout=0,
    )
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        raise Failure(
            f"Another endcap serve is using {path}; stop it or name another file with --database."
        ) from error
    return lock


def _be_born(connection: sqlite3.Connection) -> None:
    for key, value in (
        ("epoch", secrets.token_hex(8)),
        ("signing_secret", secrets.token_hex(32)),
        ("operator_token", secrets.token_urlsafe(32)),
        ("currency", ""),
    ):
        connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, value.encode()))


def _meta(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return bytes(row[0]).decode()


def _set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value.encode(), key))
