"""The server's half of one live connection, without I/O: what a client may say, and what it holds.

The owner feeds it every message (`receive`) and acts on what comes back; what it wants to send it
passes through here, so that a client is never told an older thing after a newer one. Times are
seconds of any monotonic clock.
"""

from enum import Enum

from catalog_sync.model.cart import Cart
from catalog_sync.model.product import PriceChange
from catalog_sync.session.pace import Pace
from catalog_sync.wire.codec import WireError, decode_client, encode
from catalog_sync.wire.limits import (
    HELLO_WAIT_S,
    OPS_IN_FLIGHT_MAX,
    OPS_PER_SECOND_MAX,
    PROTOCOL_VERSION,
)
from catalog_sync.wire.messages import (
    CartState,
    ClientMessage,
    CloseCode,
    Delta,
    Hello,
    Op,
    Subscribe,
    Welcome,
)

SUBSCRIBES_PER_SECOND_MAX = 2
SUBSCRIBES_BURST_MAX = 64
REASON_BYTES_MAX = 120  # RFC 6455 §5.5: 125 bytes of a close frame less two of code


class Phase(Enum):
    """Where a session stands."""

    WAITING = "waiting"  # for hello
    GREETED = "greeted"  # hello taken, welcome not sent
    OPEN = "open"
    OVER = "over"


class ServerSession:
    """One connection from its opening to its end."""

    def __init__(self, now: float) -> None:
        self.phase = Phase.WAITING
        self.hang_up: tuple[int, str] | None = None
        """Close code and reason: the owner must close the connection with them."""
        self.offset = 0
        """The newest delta that the client was sent or holds."""
        self.cart_version = 0
        """The newest cart that the client was sent."""
        self.hello_due_s = now + HELLO_WAIT_S
        self._held: dict[str, PriceChange] = {}
        self._held_offset = 0
        self._pace = Pace(OPS_PER_SECOND_MAX, OPS_IN_FLIGHT_MAX)
        self._subscribes = Pace(SUBSCRIBES_PER_SECOND_MAX, SUBSCRIBES_BURST_MAX)

    # ------------------------------------------------------------ in

    def ready_at(self, now: float) -> float:
        """When the next message may be read: one who asks too fast is kept waiting."""
        return self._pace.ready_at(now)

    def receive(self, data: bytes | str, now: float) -> ClientMessage | None:
        """What the client asks for; None with `hang_up` set when it may not."""
        if self.hang_up is not None:
            return None
        try:
            message = self._decode(data)
        except WireError as error:
            self.refuse(CloseCode.BAD_MESSAGE, str(error))
            return None
        self._pace.take(now)
        wrong = self._wrong(message, now)
        if wrong is not None:
            self.refuse(*wrong)
            return None
        if isinstance(message, Hello):
            self.phase = Phase.GREETED
        return message

    def _wrong(self, message: ClientMessage, now: float) -> tuple[int, str] | None:
        match message:
            case Hello(proto=proto) if proto != PROTOCOL_VERSION:
                reason = f"this shop speaks protocol {PROTOCOL_VERSION}, not {proto}"
                return CloseCode.PROTOCOL_TOO_OLD, reason
            case Hello() if self.phase is Phase.WAITING:
                return None
            case Subscribe() if self.phase is Phase.OPEN:
                allowed = self._subscribes.take(now)
                return None if allowed else (CloseCode.RATE_LIMITED, "too many subscribes")
            case Op() if self.phase is Phase.OPEN:
                return None
            case _:
                name = type(message).__name__.lower()
                return CloseCode.BAD_MESSAGE, f"{name} at the wrong moment"

    def refuse(self, code: int, reason: str) -> None:
        """End the session: `hang_up` says how."""
        if self.hang_up is None:
            short = reason.encode()[:REASON_BYTES_MAX].decode(errors="ignore")
            self.hang_up = (code, short)
            self.phase = Phase.OVER
            self._held.clear()

    def _decode(self, data: bytes | str) -> ClientMessage:
        if isinstance(data, str):
            raise WireError("a text message; this wire is binary")
        return decode_client(data)

    # ------------------------------------------------------------ out

    def welcome(self, message: Welcome, held_offset: int) -> bytes:
        """Open: the client stands at `message.offset`, or resumed at its own `held_offset`."""
        assert self.phase is Phase.GREETED
        self.phase = Phase.OPEN
        self.offset = held_offset if message.resumed else message.offset
        return encode(message)

    def cart(self, cart: Cart) -> bytes | None:
        """The cart to send; None when the client was told of a newer one."""
        if self.phase is not Phase.OPEN or cart.version < self.cart_version:
            return None
        self.cart_version = cart.version
        return encode(CartState(cart))

    def delta(self, delta: Delta, encoded: bytes, *, hold: bool) -> bytes | None:
        """The delta to send now (`encoded` when it fits as it is), if any.

        With `hold` it is merged with others that wait, newest word on each SKU, for `release`.
        """
        if self.phase is not Phase.OPEN or delta.offset <= max(self.offset, self._held_offset):
            return None
        since = delta.since if delta.since >= 0 else delta.offset - 1
        if not hold and not self._held and since == self.offset:
            self.offset = delta.offset
            return encoded
        self._held.update((change.sku, change) for change in delta.changes)
        self._held_offset = delta.offset
        return None if hold else self.release()

    def release(self) -> bytes | None:
        """What was held back, as one delta; None when nothing was."""
        if self.phase is not Phase.OPEN or self._held_offset <= self.offset:
            return None
        merged = Delta(self._held_offset, tuple(self._held.values()), since=self.offset)
        self.offset = self._held_offset
        self._held.clear()
        return encode(merged)

    @property
    def holds_back(self) -> bool:
        """Whether `release` has something to say."""
        return self._held_offset > self.offset
