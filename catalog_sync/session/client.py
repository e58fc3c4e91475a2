"""The client's half of the live connection, without I/O.

The owner feeds it what happens (`connected`, `receive`, `lost`, `tick`) and takes out what to do:
`take_events`, then `take_outgoing`, in this order, so that a token is kept before an op uses it.
Times are seconds of any monotonic clock; `jitter` is a number in [0, 1).
"""

import hashlib
from collections.abc import Iterable
from enum import Enum
from typing import assert_never

from catalog_sync.session.events import (
    AisleArrived,
    CartArrived,
    CheckoutArrived,
    ConnectionLost,
    LayoutArrived,
    LayoutProblemArrived,
    OpSettled,
    OrderArrived,
    PricesMoved,
    SessionEvent,
    Welcomed,
)
from catalog_sync.session.last_cart import LastCart
from catalog_sync.session.outbox import Outbox
from catalog_sync.session.pace import Pace
from catalog_sync.session.replica import GapError, Replica
from catalog_sync.wire.codec import WireError, decode_server, encode
from catalog_sync.wire.limits import (
    AISLES_PER_SUBSCRIBE_MAX,
    CONNECTION_PROVEN_S,
    HELLO_WAIT_S,
    OPS_BURST_OF_CLIENT,
    OPS_PER_SECOND_OF_CLIENT,
    OUTBOX_OPS_MAX,
    PROTOCOL_VERSION,
    RECONNECT_WAIT_FIRST_S,
    RECONNECT_WAIT_MAX_S,
)
from catalog_sync.wire.messages import (
    Ack,
    BeginCheckout,
    CancelCheckout,
    CartState,
    CheckoutReady,
    CloseCode,
    Delta,
    Hello,
    Layout,
    LayoutProblem,
    Op,
    OrderChanged,
    Resync,
    ServerMessage,
    SetQuantity,
    Snapshot,
    Subscribe,
    Welcome,
)

OUTBOX_FULL = "outbox_full"
"""Reason of an op that was refused here, because too many wait for an answer already."""


class Phase(Enum):
    """Where a session stands; only OPEN sends ops."""

    OFFLINE = "offline"
    GREETING = "greeting"  # hello sent, welcome awaited
    OPEN = "open"
    GIVEN_UP = "given up"


class ClientSession:
    """One shopper's session over any number of connections, one at a time."""

    def __init__(self, *, client: str, token: str = "", outbox: Iterable[Op] = ()) -> None:
        """`client` names the program, for the server's log; `outbox` is from an earlier run."""
        self.token = token
        self.phase = Phase.OFFLINE
        self.outbox = Outbox(outbox)
        self.replica = Replica()
        self.hang_up = ""
        """Not empty: the owner must close this connection, for this reason, and call `lost`."""
        self._client = client
        self._cart_version = 0
        self._layout_problem = ""
        self._last_cart = LastCart()
        self._failures = 0
        self._since_s = 0.0
        self._gap_offset: int | None = None
        self._pace = Pace(OPS_PER_SECOND_OF_CLIENT, OPS_BURST_OF_CLIENT)
        self._outgoing: list[bytes] = []
        self._events: list[SessionEvent] = []

    # ------------------------------------------------------------ what happens

    def connected(self, now: float) -> None:
        """A connection is open: greet."""
        assert self.phase is Phase.OFFLINE
        self.phase = Phase.GREETING
        self._since_s = now
        self.hang_up = ""
        self._pace = Pace(OPS_PER_SECOND_OF_CLIENT, OPS_BURST_OF_CLIENT)
        hello = Hello(
            token=self.token,
            proto=PROTOCOL_VERSION,
            client=self._client,
            epoch=self.replica.epoch,
            offset=self.replica.offset,
            cart_version=self._cart_version,
        )
        self._outgoing.append(encode(hello))

    def receive(self, data: bytes, now: float) -> None:
        """One message came. Anything wrong with it sets `hang_up`."""
        if self.hang_up or self.phase not in (Phase.GREETING, Phase.OPEN):
            return
        try:
            self._handle(decode_server(data))
        except WireError as error:
            self.hang_up = f"the server sent what is no message: {error}"
        except GapError as error:
            self._gap(str(error))
        self._send_ops(now)

    def lost(self, now: float, close_code: int | None, reason: str, jitter: float) -> None:
        """The connection ended, or none could be made. `close_code` None: not by the server.

        The rule is in the code's range (`CloseCode`): 4500-4599 give up, all others come back. A
        token that the server does not know is given up instead, and its cart is taken along.
        """
        assert 0.0 <= jitter < 1.0
        if self.phase is Phase.GIVEN_UP:
            return
        if self.phase is Phase.OPEN and now - self._since_s >= CONNECTION_PROVEN_S:
            self._failures = 0
        self.outbox.rewind()
        self._outgoing.clear()
        if close_code == CloseCode.BAD_TOKEN and self.token:
            self._become_new_shopper()
        elif close_code is not None and 4500 <= close_code <= 4599:
            self.give_up(reason, close_code)
            return
        self.phase = Phase.OFFLINE
        longest_s = min(RECONNECT_WAIT_MAX_S, RECONNECT_WAIT_FIRST_S * 2.0**self._failures)
        # At most 8 s is reached after 5 doublings; the cap keeps the power from overflowing.
        self._failures = min(self._failures + 1, 16)
        # Half fixed, half random: a shop that comes back is not met by everybody at once.
        wait_s = longest_s * (0.5 + 0.5 * jitter)
        self._events.append(ConnectionLost(self.hang_up or reason, wait_s, close_code))
        self.hang_up = ""

    def give_up(self, reason: str, close_code: int | None = None) -> None:
        """Never connect again: coming back would not help."""
        self.phase = Phase.GIVEN_UP
        self._outgoing.clear()
        self._events.append(ConnectionLost(reason, None, close_code))

    def tick(self, now: float) -> None:
        """Time passed: see `next_wake`."""
        # Written as in `next_wake`: two roundings of one moment would make the owner spin.
        if self.phase is Phase.GREETING and now >= self._since_s + HELLO_WAIT_S:
            self.hang_up = self.hang_up or "the server did not answer the greeting"
        self._send_ops(now)

    def next_wake(self, now: float) -> float | None:
        """When `tick` is due; None: nothing is waiting for time to pass."""
        if self.phase is Phase.GREETING:
            return self._since_s + HELLO_WAIT_S
        if self.phase is Phase.OPEN and self.outbox.next_to_send() is not None:
            return self._pace.ready_at(now)
        return None

    # ------------------------------------------------------------ what the owner wants

    def submit(self, op: Op, now: float) -> bool:
        """Keep `op` and send it as soon as may be; False (and an event) when the outbox is full."""
        if not self.outbox.add(op):
            self._events.append(OpSettled(op.id, ok=False, reason=OUTBOX_FULL))
            return False
        self._send_ops(now)
        return True

    def subscribe(self, aisles: Iterable[str]) -> None:
        """Want the products of `aisles`, nearest first, on this and every later connection."""
        new = self.replica.want(aisles)
        if self.phase is Phase.OPEN:
            self._subscribe(new)

    # ------------------------------------------------------------ what comes out

    def take_events(self) -> list[SessionEvent]:
        """What happened since the last call."""
        events, self._events = self._events, []
        return events

    def take_outgoing(self) -> list[bytes]:
        """Messages to send now, in order."""
        outgoing, self._outgoing = self._outgoing, []
        return outgoing

    # ------------------------------------------------------------ inside

    def _handle(self, message: ServerMessage) -> None:
        if self.phase is Phase.GREETING and not isinstance(message, Welcome):
            raise WireError(f"{type(message).__name__} before welcome")
        match message:
            case Welcome():
                self._welcome(message)
            case Layout(version=version, document=document, epoch=epoch, changed=changed):
                if epoch:
                    self.replica.rename(epoch)
                self._subscribe(self.replica.renew(changed))
                self._events.append(LayoutArrived(version, document, changed))
            case LayoutProblem(sentence=sentence):
                self._layout_problem = sentence
                self._events.append(LayoutProblemArrived(sentence))
            case Snapshot(aisle=aisle):
                products = self.replica.take_snapshot(message)
                if products is not None:
                    self._events.append(AisleArrived(aisle, products))
            case Delta():
                changes = self.replica.take_delta(message)
                self._gap_offset = None
                if changes:
                    self._events.append(PricesMoved(changes))
            case Ack(id=op_id, ok=ok, cart_version=cart_version, reason=reason, units=units):
                if self.outbox.settle(op_id):
                    self._last_cart.answered(cart_version, outbox_empty=not self.outbox)
                    self._events.append(OpSettled(op_id, ok, reason, units))
            case CartState(cart=cart):
                self._cart_version = cart.version
                self._last_cart.told(cart, outbox_empty=not self.outbox)
                self._events.append(CartArrived(cart))
            case CheckoutReady():
                self._events.append(CheckoutArrived(message))
            case OrderChanged(order=order):
                self._events.append(OrderArrived(order))
            case Resync():
                self.replica.drift()
                self._subscribe(self.replica.wanted)
            case _:
                assert_never(message)

    def _welcome(self, message: Welcome) -> None:
        if self.phase is not Phase.GREETING:
            raise WireError("welcome twice")
        if message.resumed and message.epoch != self.replica.epoch:
            raise WireError("resumed another history than ours")
        self.phase = Phase.OPEN
        self.token = message.token
        if not message.resumed:
            self.replica.restart(message.epoch, message.offset)
        self._events.append(
            Welcomed(
                message.token, message.store, message.currency, message.locale, message.resumed
            )
        )
        if self._layout_problem:  # whoever greets us says again what there still is
            self._layout_problem = ""
            self._events.append(LayoutProblemArrived(""))
        self._subscribe(self.replica.missing)

    def _become_new_shopper(self) -> None:
        """Ask for a new shopper next time: its cart gets the last one known, then the outbox.

        What was asked about the old shopper's checkouts is refused here: it would say something
        else about the new one.
        """
        kept = []
        for op in self.outbox:
            match op.action:
                case BeginCheckout():
                    self._events.append(OpSettled(op.id, ok=False, reason="cart_changed"))
                case CancelCheckout():
                    self._events.append(OpSettled(op.id, ok=False, reason="unknown_order"))
                case _:
                    kept.append(op)
        # Ids that no other op has, without randomness: each token is lost once.
        mark = hashlib.sha256(self.token.encode()).hexdigest()[:32]
        carried = [
            Op(f"{mark}-{number}", SetQuantity(line.sku, line.quantity))
            for number, line in enumerate(self._last_cart.lines[: OUTBOX_OPS_MAX - len(kept)])
        ]
        self.outbox.replace(carried + kept)
        self.token = ""
        self._cart_version = 0
        self._last_cart = LastCart()
        self.replica.drift()  # so that nothing resumes, an open checkout of old neither

    def _subscribe(self, aisles: tuple[str, ...]) -> None:
        for first in range(0, len(aisles), AISLES_PER_SUBSCRIBE_MAX):
            part = aisles[first : first + AISLES_PER_SUBSCRIBE_MAX]
            self._outgoing.append(encode(Subscribe(part)))

    def _gap(self, reason: str) -> None:
        """Something was missed: come back and ask for it; if that ends here again, start anew."""
        if self._gap_offset == self.replica.offset:
            self.replica.drift()
        self._gap_offset = self.replica.offset
        self.hang_up = reason

    def _send_ops(self, now: float) -> None:
        if self.phase is not Phase.OPEN or self.hang_up:
            return
        while (op := self.outbox.next_to_send()) is not None and self._pace.take(now):
            self._outgoing.append(encode(op))
            self.outbox.mark_sent(op)
