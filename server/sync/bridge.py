"""Hands uvicorn's upgraded connections to `websockets`' own ServerConnection.

uvicorn's `ws=` takes a protocol class: on an upgrade it makes one, calls `connection_made`, feeds
it the request's bytes and gives it the transport. ServerConnection is such a protocol, so nothing
stands between the socket and `websockets`: no ASGI events, no queue, no second task a message.
"""

import asyncio
import logging
from http import HTTPStatus
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.asyncio.server import Server, ServerConnection, broadcast
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol

from catalog_sync.wire.limits import (
    CLOSE_WAIT_S,
    HELLO_WAIT_S,
    LIVE_PATH,
    MESSAGE_BYTES_MAX_TO_SERVER,
    PING_INTERVAL_S,
    PING_WAIT_S,
)
from catalog_sync.wire.messages import CloseCode
from server.sync.conversation import Conversation
from server.sync.hub import Hub
from server.sync.newcomers import address_of
from server.sync.origin import may_open

INCOMING_QUEUE_MAX = 16


class LivePeer:
    """A connection as the hub sees it (`server.sync.device.Peer`)."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        self._bulk_bytes = 0
        self._closing: asyncio.Task[None] | None = None

    def write(self, data: bytes) -> None:
        """See the contract."""
        broadcast((self._connection,), data)

    async def write_bulk(self, data: bytes) -> None:
        """See the contract."""
        self._bulk_bytes += len(data)
        try:
            await self._connection.send(data)
        finally:
            self._bulk_bytes -= len(data)

    def backlog_bytes(self) -> int:
        """See the contract."""
        return max(0, self._connection.transport.get_write_buffer_size() - self._bulk_bytes)

    def close(self, code: int, reason: str) -> None:
        """See the contract."""
        if self._closing is None:
            work = self._connection.close(code, reason)
            self._closing = asyncio.get_running_loop().create_task(work)

    async def closed(self) -> None:
        """Wait for the closing handshake that `close` began, so that its code is what is said."""
        if self._closing is not None:
            await self._closing


class LiveServer:
    """The part of `websockets`' Server that a ServerConnection asks for."""

    def __init__(self, hub: Hub, origins: frozenset[str]) -> None:
        self._hub = hub
        self._origins = origins
        self.handler_tasks: set[asyncio.Task[None]] = set()
        self.closing = False

    def is_serving(self) -> bool:
        """Whether a handshake may still succeed."""
        return not self.closing

    def accept(self, connection: ServerConnection, request: Request) -> Response | None:
        """None lets the request be upgraded: our path, and asked for by our pages or no browser."""
        if request.path.partition("?")[0] != LIVE_PATH:
            return connection.respond(HTTPStatus.NOT_FOUND, "Nothing here.\n")
        if not may_open(request.headers.get_all("Origin"), self._origins):
            return connection.respond(HTTPStatus.FORBIDDEN, "Not from this page.\n")
        return None

    async def handler(self, connection: "LiveConnection") -> None:
        """The connection's life; nobody awaits it, so it lets no exception out."""
        try:
            async with asyncio.timeout(HELLO_WAIT_S):
                await connection.handshake(self.accept, server_header=None)
            if connection.state is not State.OPEN:
                connection.transport.abort()
                return
            connection.start_keepalive()
            async with connection:
                await self._converse(connection)
        except (TimeoutError, ConnectionClosed):
            connection.transport.abort()
        except Exception:
            logging.getLogger(__name__).exception("a live connection failed")
            connection.transport.abort()
        finally:
            task = asyncio.current_task()
            assert task is not None
            self.handler_tasks.discard(task)

    async def _converse(self, connection: "LiveConnection") -> None:
        now = asyncio.get_running_loop().time()
        peer = LivePeer(connection)
        assert connection.request is not None
        peer_name = connection.remote_address or ("",)  # none: it is gone already
        address = address_of(
            str(peer_name[0]),
            connection.request.headers.get_all("X-Forwarded-For"),
        )
        connection.conversation = Conversation(self._hub, peer, now, address)
        await connection.conversation.run(aiter(connection))
        await peer.closed()


class LiveConnection(ServerConnection):
    """A `websockets` connection that uvicorn can count and close."""

    def __init__(self, server: LiveServer, state: ServerState) -> None:
        super().__init__(
            # permessage-deflate off: it costs 35 KiB a connection and our bodies are zstd already.
            ServerProtocol(extensions=None, max_size=MESSAGE_BYTES_MAX_TO_SERVER),
            cast("Server", server),
            ping_interval=PING_INTERVAL_S,
            ping_timeout=PING_WAIT_S,
            close_timeout=CLOSE_WAIT_S,
            max_queue=INCOMING_QUEUE_MAX,
        )
        self.conversation: Conversation | None = None
        self._live_server = server
        self._uvicorn_connections = cast("set[Any]", state.connections)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count it, so that uvicorn waits for it when it shuts down."""
        super().connection_made(transport)
        self._uvicorn_connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it no more."""
        super().connection_lost(exc)
        self._uvicorn_connections.discard(self)

    def resume_writing(self) -> None:
        """What waited has left: the device may be told what was held back."""
        super().resume_writing()
        if self.conversation is not None:
            self.conversation.device.drained()

    def shutdown(self) -> None:
        """Send the device home, because uvicorn is closing."""
        self._live_server.closing = True
        if self.conversation is not None:
            self.conversation.device.end(CloseCode.SHUTTING_DOWN, "the shop is closing")
        elif self.transport.get_write_buffer_size() == 0:
            self.transport.abort()


def live_protocol(server: LiveServer) -> type[asyncio.Protocol]:
    """The class for uvicorn's `ws=`, bound to `server`."""

    class BoundConnection(LiveConnection):
        def __init__(
            self, config: Config, server_state: ServerState, app_state: dict[str, Any]
        ) -> None:
            del config, app_state
            super().__init__(server, server_state)

    return BoundConnection
