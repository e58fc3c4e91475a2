"""One device's connection from hello to the end."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import assert_never

import structlog

from catalog_sync.session.server import ServerSession
from catalog_sync.wire.codec import encode
from catalog_sync.wire.limits import OPS_IN_FLIGHT_MAX, WRITE_BUFFER_COALESCE_BYTES
from catalog_sync.wire.messages import (
    BeginCheckout,
    CloseCode,
    Hello,
    LayoutProblem,
    Op,
    OrderChanged,
    Subscribe,
    Welcome,
)
from server.storage.contract import OrderSeed, ShopperView
from server.storage.writer import StorageError
from server.sync import tokens
from server.sync.device import Device, Peer
from server.sync.hub import Hub
from server.sync.newcomers import THIS_MACHINE

NUMBER_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none is taken for another when read aloud
NUMBER_CHARS = 6

log = structlog.get_logger()


class Conversation:
    """Reads what a device says and lets it take effect; `device` is what the hub talks to."""

    def __init__(self, hub: Hub, peer: Peer, now: float, address: str = THIS_MACHINE) -> None:
        """`address` is where the device is (`server.sync.newcomers.address_of`)."""
        self._hub = hub
        self._address = address
        self._in_flight = asyncio.Semaphore(OPS_IN_FLIGHT_MAX)
        self._ops: set[asyncio.Task[None]] = set()
        self.device = Device(peer, ServerSession(now))

    async def run(self, messages: AsyncIterator[bytes | str]) -> None:
        """Converse until `messages` end or the device has to go; ops under way are finished."""
        clock = asyncio.get_running_loop().time
        session = self.device.session
        try:
            async with asyncio.timeout(session.hello_due_s - clock()):
                data = await anext(messages, None)
            while data is not None:
                request = session.receive(data, clock())
                if request is not None:
                    await self._answer(request)
                if session.hang_up is not None:
                    break
                await asyncio.sleep(session.ready_at(clock()) - clock())
                data = await anext(messages, None)
        except TimeoutError:
            session.refuse(CloseCode.BAD_MESSAGE, "no hello")
        except StorageError as error:
            log.warning("storage did not answer", error=str(error))
            session.refuse(CloseCode.SHUTTING_DOWN, "the shop cannot write just now")
        finally:
            if session.hang_up is not None:
                self.device.peer.close(*session.hang_up)
            self._hub.leave(self.device)
            if self._ops:
                await asyncio.wait(self._ops)

    async def _answer(self, request: Hello | Subscribe | Op) -> None:
        match request:
            case Hello():
                await self._greet(request)
            case Subscribe(aisles):
                for aisle in aisles:
                    for part in self._hub.catalogue.snapshot(aisle) or ():
                        await self.device.peer.write_bulk(part)
            case Op():
                await self._in_flight.acquire()
                task = asyncio.get_running_loop().create_task(self._perform(request))
                self._ops.add(task)
                task.add_done_callback(self._performed)
            case _:
                assert_never(request)

    # ------------------------------------------------------------ hello

    async def _greet(self, hello: Hello) -> None:
        hub, device, storage = self._hub, self.device, self._hub.shop.storage
        now_unix_s = hub.shop.now_unix_s()
        token = hello.token
        if token:
            shopper_id = tokens.verified_shopper(hub.secret, token)
        elif not hub.newcomers.admit(self._address, asyncio.get_running_loop().time()):
            device.session.refuse(CloseCode.RATE_LIMITED, "too many new shoppers from one address")
            return
        else:
            shopper_id = secrets.token_hex(16)
            token = tokens.issue(hub.secret, shopper_id, now_unix_s)
            await storage.add_shopper(shopper_id, now_unix_s)
        if shopper_id is None:
            device.session.refuse(CloseCode.BAD_TOKEN, "not a token of this shop")
            return
        if not hub.join(device, shopper_id):
            device.session.refuse(CloseCode.TOO_MANY_DEVICES, "too many devices of one shopper")
            return
        while True:  # until nothing of this shopper changed while it was read
            device.stale = False
            view = await storage.shopper(shopper_id)
            if view is None:
                device.session.refuse(CloseCode.BAD_TOKEN, "a shopper this shop does not know")
                return
            if not device.stale:
                break
        self._welcome(hello, token, view)
        if view.pending is not None:
            await hub.hand_off(device)
        # Last, for it may be large: waiting until it has left is no slow reading.
        await device.peer.write_bulk(hub.layout)

    def _welcome(self, hello: Hello, token: str, view: ShopperView) -> None:
        """Say all that was missed but the layout, in one go: nothing can come between."""
        hub, device, live = self._hub, self.device, self._hub.catalogue
        missed = live.since(hello.offset) if hello.epoch == live.epoch else None
        encoded = encode(missed) if missed is not None else b""
        if len(encoded) > WRITE_BUFFER_COALESCE_BYTES:
            missed = None  # snapshots are no larger, and wait for a slow reader
        welcome = Welcome(
            token,
            live.epoch,
            live.offset,
            missed is not None,
            hub.shop.names.get(hub.shop.locale[:2]) or next(iter(hub.shop.names.values())),
            hub.shop.currency,
            hub.shop.locale,
        )
        device.send(device.session.welcome(welcome, hello.offset))
        if missed is not None and missed.offset > hello.offset:
            device.tell_delta(missed, encoded)
        device.tell_cart(view.cart)
        if hub.layout_problem:
            device.tell(LayoutProblem(hub.layout_problem))
        # A device of another history has no open checkout on show that could have ended.
        known = hello.epoch == live.epoch
        if view.settled and known and hello.cart_version <= view.settled_cart_version:
            device.tell(OrderChanged(view.settled))

    # ------------------------------------------------------------ ops

    async def _perform(self, op: Op) -> None:
        hub, device = self._hub, self.device
        handoff = hub.expect_handoff(None)
        seed = OrderSeed(secrets.token_hex(8), _order_number(), handoff.sha256)
        try:
            outcome = await hub.shop.storage.apply_op(
                device.shopper_id, op, seed, hub.shop.now_unix_s()
            )
        finally:
            hub.forget_handoff(handoff)
        if outcome.repeated and outcome.ack.ok and isinstance(op.action, BeginCheckout):
            await hub.hand_off(device)  # the address went with the connection that broke
        hub.acknowledge(device, outcome.ack)

    def _performed(self, task: asyncio.Task[None]) -> None:
        self._ops.discard(task)
        self._in_flight.release()
        error = None if task.cancelled() else task.exception()
        if error is not None:
            # Not acknowledged, so the device asks again when it is back.
            log.error("an op failed", error=repr(error))
            self.device.end(CloseCode.SHUTTING_DOWN, "the shop cannot write just now")


def _order_number() -> str:
    return "".join(secrets.choice(NUMBER_LETTERS) for _ in range(NUMBER_CHARS))
