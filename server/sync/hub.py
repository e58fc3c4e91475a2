"""Who is connected, and who is told what: every commit comes past here, in commit order."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from websockets.exceptions import ConnectionClosed

from catalog_sync.session.server import Phase
from catalog_sync.wire.codec import encode
from catalog_sync.wire.limits import CONNECTIONS_PER_SHOPPER_MAX, LAYOUT_PROBLEM_CHARS_MAX
from catalog_sync.wire.messages import (
    Ack,
    CheckoutReady,
    CloseCode,
    Delta,
    LayoutProblem,
    OrderChanged,
)
from server.checkout.handoff import Handoff, fresh_handoff, handoff_url
from server.failpoints import Failpoints
from server.fanout.contract import CatalogueMoved, Fanout, Notice, ShopperMoved
from server.shop import Shop
from server.storage.contract import Checkout, Committed
from server.storage.writer import StorageError
from server.sync.device import Device
from server.sync.live_catalogue import LiveCatalogue
from server.sync.newcomers import Newcomers

CATCH_UP_DELTAS_MAX = 1000
RELAY_AGAIN_S = 0.002

log = structlog.get_logger()


class Hub:
    """Lives on one event loop, as all that calls it does."""

    def __init__(
        self,
        shop: Shop,
        catalogue: LiveCatalogue,
        layout: bytes,
        secret: bytes,
        fanout: Fanout,
        failpoints: Failpoints,
    ) -> None:
        """`layout` is the encoded Layout message; `secret` signs shoppers' tokens."""
        self.shop = shop
        self.catalogue = catalogue
        self.layout = layout
        self.layout_problem = ""
        self.secret = secret
        self.newcomers = Newcomers()
        self._fanout = fanout
        self._failpoints = failpoints
        self._name = secrets.token_hex(8)
        self._devices: dict[str, list[Device]] = {}
        self._handoffs: dict[str, tuple[Handoff, Device | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._catching_up = False
        self._carts_due = self._telling_carts = False
        shop.storage.listen(self.committed)
        fanout.subscribe(self.heard)

    @property
    def device_count(self) -> int:
        """Devices that said hello and are still here."""
        return sum(len(devices) for devices in self._devices.values())

    # ------------------------------------------------------------ coming and going

    def join(self, device: Device, shopper_id: str) -> bool:
        """Count the device as this shopper's; False when there are too many."""
        devices = self._devices.setdefault(shopper_id, [])
        if len(devices) >= CONNECTIONS_PER_SHOPPER_MAX:
            return False
        device.shopper_id = shopper_id
        devices.append(device)
        return True

    def leave(self, device: Device) -> None:
        """The device's socket is closed; what it asked for stays asked."""
        devices = self._devices.get(device.shopper_id, [])
        if device in devices:
            devices.remove(device)
            if not devices:
                del self._devices[device.shopper_id]

    def close(self) -> None:
        """Send everybody home; they come back when the shop does."""
        for devices in tuple(self._devices.values()):
            for device in tuple(devices):
                device.end(CloseCode.SHUTTING_DOWN, "the shop is closing")

    # ------------------------------------------------------------ the layout

    async def relay(
        self,
        remade: Callable[[], Awaitable[LiveCatalogue]],
        message: Callable[[str, tuple[str, ...]], bytes],
    ) -> tuple[str, ...]:
        """Put another layout in force, with the shoppers inside; the aisles that changed.

        `remade` reads the catalogue under the new layout; `message` encodes the Layout message
        with an epoch and the aisles to ask for again. Carts, orders and positions stay.
        """
        while True:
            live = await remade()
            if live.offset <= self.catalogue.offset:
                break
            # It was read ahead of a commit that nobody was told of yet; that is a matter of
            # moments, and none of the devices may miss the delta.
            await asyncio.sleep(RELAY_AGAIN_S)
        changed = live.overtake(self.catalogue)
        self.catalogue = live
        self.layout = message(live.epoch, ())
        data = message(live.epoch, changed)
        for device in self._everybody():
            self._start(_hand_over(device, data))
        self.tell_layout_problem("")
        return changed

    def tell_layout_problem(self, sentence: str) -> None:
        """Say why the newest layout is not in force, or (empty) that it is; newcomers hear it."""
        sentence = " ".join(sentence.split())[:LAYOUT_PROBLEM_CHARS_MAX]
        if sentence == self.layout_problem:
            return
        self.layout_problem = sentence
        for device in self._everybody():
            device.tell(LayoutProblem(sentence))

    def _everybody(self) -> list[Device]:
        """All devices that were welcomed."""
        return [
            device
            for devices in self._devices.values()
            for device in devices
            if device.session.phase is Phase.OPEN
        ]

    # ------------------------------------------------------------ checkouts

    def expect_handoff(self, device: Device | None) -> Handoff:
        """A fresh token for a checkout about to open; for `device` only, or for all of its."""
        handoff = fresh_handoff()
        self._handoffs[handoff.sha256] = (handoff, device)
        return handoff

    def forget_handoff(self, handoff: Handoff) -> None:
        """The commit that may have used the token is over; nobody keeps the token itself."""
        self._handoffs.pop(handoff.sha256, None)

    async def hand_off(self, device: Device) -> None:
        """Give the device a way to its shopper's open checkout, if there is one."""
        handoff = self.expect_handoff(device)
        try:
            await self.shop.storage.hand_off(
                device.shopper_id, handoff.sha256, self.shop.now_unix_s()
            )
        finally:
            self.forget_handoff(handoff)

    # ------------------------------------------------------------ what is told

    def acknowledge(self, device: Device, ack: Ack) -> None:
        """Answer an op; its commit is on disk."""
        device.tell(ack)
        self._failpoints.passed("after_ack")

    def committed(self, committed: Committed) -> None:
        """Tell of a commit of this process: first ours, then the other hubs."""
        if committed.delta is not None:
            self._advance(committed.delta)
            self._fanout.publish(CatalogueMoved(committed.delta.offset))
        if not committed.shopper_id:
            return
        for device in tuple(self._devices.get(committed.shopper_id, ())):
            if device.session.phase is not Phase.OPEN:
                device.stale = True
                continue
            if committed.cart is not None:
                device.tell_cart(committed.cart)
            for order in committed.orders:
                device.tell(OrderChanged(order))
            if committed.checkout is not None:
                self._tell_checkout(device, committed.checkout)
        if committed.cart is not None or committed.orders:
            self._fanout.publish(ShopperMoved(committed.shopper_id, self._name))

    def heard(self, notice: Notice) -> None:
        """Another hub (or this one) says that something moved."""
        match notice:
            case CatalogueMoved(offset) if offset > self.catalogue.offset:
                self._catch_up()
            case ShopperMoved(shopper_id, by) if by != self._name and shopper_id in self._devices:
                self._start(self._tell_again(shopper_id))
            case _:
                pass

    def _tell_checkout(self, device: Device, checkout: Checkout) -> None:
        handoff, only = self._handoffs.get(checkout.handoff_sha256, (None, None))
        if handoff is None or only not in {None, device}:
            return
        url = handoff_url(self.shop.public_url, handoff.token)
        device.tell(CheckoutReady(checkout.order_id, url, checkout.total, checkout.expires_unix_s))

    def _advance(self, delta: Delta) -> None:
        if delta.offset <= self.catalogue.offset:
            return
        if delta.offset > self.catalogue.offset + 1:  # another hub's commit came between
            self._catch_up()
            return
        repriced = self.catalogue.apply(delta)
        encoded = encode(delta)
        for devices in self._devices.values():
            for device in tuple(devices):
                device.tell_delta(delta, encoded)
        if repriced and self._devices:
            self._carts_due = True
            if not self._telling_carts:
                self._telling_carts = True
                self._start(self._tell_carts())

    def _catch_up(self) -> None:
        if not self._catching_up:
            self._catching_up = True
            self._start(self._read_deltas())

    async def _read_deltas(self) -> None:
        try:
            while True:
                deltas = await self.shop.storage.deltas_after(
                    self.catalogue.offset, CATCH_UP_DELTAS_MAX
                )
                if deltas is None:  # further behind than the history: everybody starts anew
                    log.error("the outbox no longer reaches back to this hub; restart it")
                    self.close()
                    return
                for delta in deltas:
                    self._advance(delta)
                if not deltas:
                    return
        finally:
            self._catching_up = False

    async def _tell_carts(self) -> None:
        """Prices moved: a cart that is worth something else now is sent again, same version.

        Prices that move meanwhile cause one more round, however many they are.
        """
        try:
            while self._carts_due:
                self._carts_due = False
                for shopper_id in tuple(self._devices):
                    view = await self.shop.storage.shopper(shopper_id)
                    for device in tuple(self._devices.get(shopper_id, ())):
                        if view is not None and view.cart.lines:
                            device.tell_cart(view.cart)
        finally:
            self._telling_carts = False

    async def _tell_again(self, shopper_id: str) -> None:
        """Another hub changed this shopper's cart or order."""
        view = await self.shop.storage.shopper(shopper_id)
        if view is None:
            return
        for device in tuple(self._devices.get(shopper_id, ())):
            if device.session.phase is not Phase.OPEN:
                device.stale = True
                continue
            device.tell_cart(view.cart)
            if view.pending is not None:
                await self.hand_off(device)
            elif view.settled is not None:
                device.tell(OrderChanged(view.settled))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, StorageError):
            log.warning("storage did not answer", error=str(error))
        elif error is not None:
            raise error


async def _hand_over(device: Device, data: bytes) -> None:
    """As bulk, for waiting until it has left is no slow reading; who is gone needs it no more."""
    with contextlib.suppress(ConnectionClosed):
        await device.peer.write_bulk(data)
