"""One connected device of a shopper: its session, its socket, and what it may be sent."""

from typing import Protocol

from catalog_sync.model.cart import Cart
from catalog_sync.session.server import Phase, ServerSession
from catalog_sync.wire.codec import encode
from catalog_sync.wire.limits import WRITE_BUFFER_COALESCE_BYTES, WRITE_BUFFER_DROP_BYTES
from catalog_sync.wire.messages import CloseCode, Delta, ServerMessage


class Peer(Protocol):
    """The far end of a socket, as the hub needs it."""

    def write(self, data: bytes) -> None:
        """Queue one message now; never blocks, and does nothing once the socket is closing."""
        ...

    async def write_bulk(self, data: bytes) -> None:
        """Queue one large message and wait until most of what is queued has left."""
        ...

    def backlog_bytes(self) -> int:
        """Bytes that wait to leave, without those of a `write_bulk` under way."""
        ...

    def close(self, code: int, reason: str) -> None:
        """Begin to close; returns at once."""
        ...


class Device:
    """Tells one device things, as long as its socket takes them.

    A device that reads slowly has its deltas merged; one that hardly reads is let go, and comes
    back for what it missed.
    """

    def __init__(self, peer: Peer, session: ServerSession) -> None:
        self.peer = peer
        self.session = session
        self.shopper_id = ""
        self.stale = False
        """Something of this shopper changed while the device was being greeted."""

    def tell(self, message: ServerMessage) -> None:
        """Send a message that has no order of its own."""
        if self.session.phase is Phase.OPEN:
            self.send(encode(message))

    def tell_cart(self, cart: Cart) -> None:
        """Send the cart unless a newer one was sent."""
        data = self.session.cart(cart)
        if data is not None:
            self.send(data)

    def tell_delta(self, delta: Delta, encoded: bytes) -> None:
        """Send the delta, or keep it for a merged one while too much waits to leave."""
        hold = self.peer.backlog_bytes() > WRITE_BUFFER_COALESCE_BYTES
        data = self.session.delta(delta, encoded, hold=hold)
        if data is not None:
            self.send(data)
        elif hold:
            self._watch()

    def drained(self) -> None:
        """The socket took what waited: send what was held back."""
        if self.session.holds_back:
            data = self.session.release()
            if data is not None:
                self.send(data)

    def send(self, data: bytes) -> None:
        """Queue an encoded message."""
        self.peer.write(data)
        self._watch()

    def end(self, code: int, reason: str) -> None:
        """Close with this code; nothing more is sent."""
        self.session.refuse(code, reason)
        hang_up = self.session.hang_up
        assert hang_up is not None
        self.peer.close(*hang_up)

    def _watch(self) -> None:
        if self.peer.backlog_bytes() > WRITE_BUFFER_DROP_BYTES:
            self.end(CloseCode.SLOW_CONSUMER, "reads too slowly")
