"""Opens the shop: storage, hub and web application on one port, until told to stop."""

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import structlog
import uvicorn

from catalog_sync.model.failure import Failure
from catalog_sync.wire.limits import DELTA_HISTORY_MAX
from server.failpoints import failpoints_from
from server.fanout.registry import FANOUTS
from server.shop import Shop
from server.storage.contract import Storage
from server.storage.sqlite import open_storage
from server.storage.writer import StorageError
from server.store_folder import Served, StoreFolder
from server.sync.bridge import LiveServer, live_protocol
from server.sync.hub import Hub
from server.sync.layout_live import layout_message, live_catalogue
from server.sync.live_catalogue import LiveCatalogue
from server.sync.origin import allowed_origins
from server.web.app import web_app
from store_scenes.layout.documents import StoreLayout

EXPIRE_EVERY_S = 5.0
SHUTDOWN_WAIT_S = 5
LISTEN_BACKLOG = 2048
TOKEN_FILE = Path(".endcap/operator.token")

log = structlog.get_logger()


@dataclass(frozen=True)
class Opening:
    """All that is needed to open a shop."""

    folder: StoreFolder
    served: Served
    database: Path
    public_url: str  # empty: the address that is listened on
    listener: socket.socket
    watch: bool = False  # follow the folder's edits


def listen(host: str, port: int) -> socket.socket:
    """Take the port; 0 takes any free one.

    Raises:
        Failure: the port is in use, or the address is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, for asyncio turns Nagle's algorithm off only where it is; with it on,
    # an ack behind a cart waits 40 ms for the other side's delayed ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows it would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(LISTEN_BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise Failure(
            f"Port {port} on {host} cannot be used ({_reason(error)}); stop what uses it or name "
            "another with --port (0 takes a free one)."
        ) from error
    return listener


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def url_of(listener: socket.socket) -> str:
    """The address to write in a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def serve(opening: Opening, ready: Callable[[str], None]) -> None:
    """Keep the shop open until SIGINT or SIGTERM; `ready` gets the address once it answers.

    Raises:
        Failure: the database cannot be used.
    """
    now_unix_s = int(time.time())
    failpoints = failpoints_from(os.environ)
    storage = open_storage(opening.database, now_unix_s, failpoints)
    try:
        layout = opening.served.layout
        document = layout.store
        await storage.take_catalogue(
            opening.served.products, document.currency, secrets.token_hex(8)
        )
        identity = await storage.identity()
        write_token(opening.folder.path / TOKEN_FILE, identity.operator_token)
        url = url_of(opening.listener)
        shop = Shop(
            document.names,
            document.locale,
            document.currency,
            opening.public_url or url,
            storage,
            lambda: int(time.time()),
        )
        hub = Hub(
            shop,
            await _live_catalogue(storage, layout),
            layout_message(layout),
            identity.signing_secret,
            FANOUTS["memory"](),
            failpoints,
        )
        origins = allowed_origins(shop.public_url, opening.listener.getsockname()[1])
        config = uvicorn.Config(
            web_app(shop, identity.operator_token, opening.served.assets),
            ws=live_protocol(LiveServer(hub, origins)),
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_WAIT_S,
        )
        tasks = [asyncio.create_task(_expire(shop))]
        if opening.watch:
            from server.watching import Watcher  # watchfiles, only where it is wanted

            watcher = Watcher(opening.folder, opening.served, storage, hub)
            tasks.append(asyncio.create_task(watcher.run()))
        try:
            await _Server(config, lambda: ready(url)).serve([opening.listener])
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        await storage.close()


async def _live_catalogue(storage: Storage, layout: StoreLayout) -> LiveCatalogue:
    live = await live_catalogue(storage, layout)
    since = max(0, live.offset - DELTA_HISTORY_MAX)
    live.remember(await storage.deltas_after(since, DELTA_HISTORY_MAX) or ())
    return live


def write_token(path: Path, token: str) -> None:
    """Leave the operator's token for `endcap reprice`, readable by its owner only.

    Raises:
        Failure: the store folder cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(token + "\n")
        part.replace(path)
    except OSError as error:
        raise Failure(
            f"The operator's token cannot be written to {path} ({error.strerror}); "
            "make the store folder writable."
        ) from error


class _Server(uvicorn.Server):
    """uvicorn, which says when it listens and ends quietly at a signal."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {}
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, self._stop)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.force_exit = self.should_exit  # the second time in earnest
        self.should_exit = True


async def _expire(shop: Shop) -> None:
    """Let checkouts lapse whose time is up, also when nobody asks for them any more."""
    while True:
        try:
            await shop.storage.expire_orders(shop.now_unix_s())
        except StorageError as error:
            log.warning("checkouts could not be expired", error=str(error))
        await asyncio.sleep(EXPIRE_EVERY_S)
