"""Carries a client session over a websocket, and comes back when it breaks, until told to stop."""

import asyncio
import contextlib
import ipaddress
import random
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidMessage,
    InvalidStatus,
)

from catalog_sync.model.failure import Failure
from catalog_sync.session.client import ClientSession, Phase
from catalog_sync.session.events import ConnectionLost, SessionEvent
from catalog_sync.wire.limits import (
    CLOSE_WAIT_S,
    CONNECT_WAIT_S,
    LIVE_PATH,
    MESSAGE_BYTES_MAX_TO_CLIENT,
    PING_INTERVAL_S,
    PING_WAIT_S,
)
from catalog_sync.wire.messages import Op

UNUSUAL_CLOSE = 1002
"""RFC 6455 §7.4.1: protocol error; what we close with when the session hangs up."""
HTTP_TRY_AGAIN = frozenset({408, 425, 429})


def live_url(server_url: str) -> str:
    """The websocket address of the shop at `server_url` (`http://` or `https://`).

    Raises:
        Failure: not the address of a server.
    """
    wanted = "write it like http://127.0.0.1:8765"
    try:
        parts = urlsplit(server_url)
        port = parts.port
    except ValueError as error:
        raise Failure(f"{server_url!r} is not a server's address ({error}); {wanted}.") from error
    scheme = {"http": "ws", "https": "wss"}.get(parts.scheme)
    if scheme is None or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise Failure(f"{server_url!r} is not a server's address; {wanted}.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{scheme}://{host}{f':{port}' if port else ''}{parts.path.rstrip('/')}{LIVE_PATH}"


class ClientTransport:
    """Runs `session` against `url`.

    `deliver` gets the session's events before anything that answers them is sent; while it waits,
    nothing more is read. All calls come from the event loop that `run` runs in.
    """

    def __init__(
        self,
        url: str,
        session: ClientSession,
        deliver: Callable[[list[SessionEvent]], Awaitable[None]],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._url = url
        self._session = session
        self._deliver = deliver
        self._jitter = jitter
        self._delivering = asyncio.Lock()  # reader and writer both deliver, one at a time
        self._poke = asyncio.Event()
        self._stopped = asyncio.Event()

    def submit(self, op: Op) -> None:
        """Hand `op` to the session; it leaves as soon as may be."""
        self._session.submit(op, self._now())
        self._poke.set()

    def subscribe(self, aisles: tuple[str, ...]) -> None:
        """Want these aisles."""
        self._session.subscribe(aisles)
        self._poke.set()

    def stop(self) -> None:
        """Let `run` end."""
        self._stopped.set()
        self._poke.set()

    async def run(self) -> None:
        """Connect, converse, come back; ends after `stop` or when the session gave up."""
        work = asyncio.create_task(self._keep_connected())
        stopped = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():  # told to stop: a moment to say goodbye
                await asyncio.wait({work}, timeout=CLOSE_WAIT_S)
        finally:
            for task in (work, stopped):
                task.cancel()
            results = await asyncio.gather(work, stopped, return_exceptions=True)
        if isinstance(results[0], Exception):
            raise results[0]

    # ------------------------------------------------------------ inside

    async def _keep_connected(self) -> None:
        while not self._stopped.is_set() and self._session.phase is not Phase.GIVEN_UP:
            await self._connect_once()
            wait_s = await self._deliver_events()
            if wait_s is not None:
                await self._rest(wait_s)

    async def _deliver_events(self) -> float | None:
        """Deliver what there is, in order; how long to rest if a connection was lost."""
        async with self._delivering:
            events = self._session.take_events()
            if events:
                await self._deliver(events)
        return next((e.wait_s for e in events if isinstance(e, ConnectionLost)), None)

    async def _connect_once(self) -> None:
        """One connection from open to close; ends with the session told."""
        code: int | None = None
        reason = "the connection ended"
        try:
            async with connect(
                self._url,
                compression=None,
                max_size=MESSAGE_BYTES_MAX_TO_CLIENT,
                open_timeout=CONNECT_WAIT_S,
                close_timeout=CLOSE_WAIT_S,
                ping_interval=PING_INTERVAL_S,
                ping_timeout=PING_WAIT_S,
                user_agent_header=None,
                proxy=None if is_loopback(self._url) else True,
            ) as connection:
                self._session.connected(self._now())
                await self._converse(connection)
                code = connection.close_code
                reason = connection.close_reason or reason
        except InvalidStatus as error:
            status = error.response.status_code
            reason = f"{self._url} answered HTTP {status} where a shop was expected"
            if 400 <= status < 500 and status not in HTTP_TRY_AGAIN:
                self._session.give_up(f"{reason}: check the address.")
        except InvalidMessage as error:  # also what a server leaves that dies while it answers
            reason = f"{self._url} did not answer as a shop does ({error})"
        except InvalidHandshake as error:
            self._session.give_up(f"{self._url} is no Endcap shop ({error}): check the address.")
        except (OSError, TimeoutError) as error:
            reason = f"the shop at {self._url} does not answer ({_plain(error)})"
        if not self._stopped.is_set():
            self._session.lost(self._now(), code, reason, self._jitter())

    async def _converse(self, connection: ClientConnection) -> None:
        """Read and write until the connection ends or the session hangs up."""
        self._poke.set()  # the greeting is waiting
        reader = asyncio.create_task(self._read(connection))
        try:
            while not reader.done() and not self._stopped.is_set():
                await self._wait_for_poke()
                self._poke.clear()
                self._session.tick(self._now())
                await self._deliver_events()
                for message in self._session.take_outgoing():
                    await connection.send(message)
                if self._session.hang_up:
                    break
        except ConnectionClosed:
            pass  # the code and reason are read off the connection
        finally:
            hung_up = bool(self._session.hang_up)
            await connection.close(UNUSUAL_CLOSE if hung_up else 1000)
            reader.cancel()
            ended = (await asyncio.gather(reader, return_exceptions=True))[0]
        if isinstance(ended, Exception):
            raise ended  # `deliver` failed: that is not the connection's fault

    async def _read(self, connection: ClientConnection) -> None:
        try:
            async for message in connection:
                if isinstance(message, str):
                    self._session.hang_up = "the server sent text where bytes were expected"
                    break
                self._session.receive(message, self._now())
                await self._deliver_events()
                self._poke.set()
        except ConnectionClosed:
            pass
        finally:
            self._poke.set()

    async def _wait_for_poke(self) -> None:
        due_s = self._session.next_wake(self._now())
        timeout_s = None if due_s is None else max(0.0, due_s - self._now())
        # Until Python 3.12 `wait_for` loses a cancellation that comes along with what it waits for.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._poke.wait()

    async def _rest(self, wait_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._stopped.wait()

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def is_loopback(url: str) -> bool:
    """A proxy from the environment would look for our own machine on its own."""
    host = urlsplit(url).hostname or ""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _plain(error: OSError | TimeoutError) -> str:
    if isinstance(error, TimeoutError) and not str(error):
        return f"no answer in {CONNECT_WAIT_S:.0f} s"
    return error.strerror or str(error) or type(error).__name__
