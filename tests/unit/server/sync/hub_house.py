"""A hub over a real storage, with sockets that a test can stall."""

import asyncio
import contextlib

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from catalog_sync.wire.codec import decode_server, encode
from catalog_sync.wire.limits import (
    PROTOCOL_VERSION,
)
from catalog_sync.wire.messages import (
    Ack,
    Hello,
    Layout,
    Op,
    Welcome,
)
from server.failpoints import Failpoints
from server.fanout.memory import MemoryFanout
from server.shop import Shop
from server.storage.sqlite import open_storage
from server.storage.writer import StorageError
from server.sync.conversation import Conversation
from server.sync.hub import Hub
from server.sync.live_catalogue import LiveCatalogue

NOW = 1_000_000
AISLES = {"one": ("tea", "rice"), "two": ("soap", "tea")}


def won(amount):
    return Money(amount, "KRW")


def product(sku, price):
    return Product(sku, {"en": sku}, "B", "c", "box", (60.0, 90.0, 60.0), won(price), 50)


class Socket:
    """A peer whose bytes a test reads; `backlog` is what it claims to have waiting."""

    def __init__(self):
        self.sent, self.backlog, self.closed = [], 0, None
        self.spoken, self.moved = asyncio.Queue(), asyncio.Event()

    def write(self, data):
        if self.closed is None:
            self.sent.append(decode_server(data))
            self.moved.set()

    async def write_bulk(self, data):
        self.write(data)

    def backlog_bytes(self):
        return self.backlog

    def close(self, code, reason):
        if self.closed is None:
            self.closed = (code, reason)
            self.spoken.put_nowait(None)

    async def messages(self):
        while (message := await self.spoken.get()) is not None:
            yield encode(message)


class Device:
    def __init__(self, hub, address=""):
        self.socket = Socket()
        loop = asyncio.get_running_loop()
        self.talk = Conversation(hub, self.socket, loop.time(), address)
        self.task = loop.create_task(self.talk.run(self.socket.messages()))
        self.read = 0

    def say(self, message):
        self.socket.spoken.put_nowait(message)

    async def more(self):
        self.socket.moved.clear()
        await self.socket.moved.wait()

    async def heard(self, count):
        """The next `count` messages; fails when more than those have come."""
        async with asyncio.timeout(5):
            while len(self.socket.sent) < self.read + count and not self.task.done():
                await self.more()
        new = self.socket.sent[self.read :]
        self.read += len(new)
        assert len(new) == count, new
        return new

    async def hear(self, kind):
        async with asyncio.timeout(5):
            while True:
                for place in range(self.read, len(self.socket.sent)):
                    if isinstance(self.socket.sent[place], kind):
                        self.read = place + 1
                        return self.socket.sent[place]
                assert not self.task.done(), self.socket.sent
                await self.more()

    async def op(self, op_id, action):
        self.say(Op(op_id, action))
        return await self.hear(Ack)

    async def leave(self):
        self.socket.spoken.put_nowait(None)
        await self.task


class OtherProcess:
    """The same storage as another process has it: it hears of its own commits only."""

    def __init__(self, storage):
        self._storage, self._calls = storage, 0

    def listen(self, listener):
        self._storage.listen(lambda committed: self._calls and listener(committed))

    def __getattr__(self, name):
        async def call(*arguments):
            self._calls += 1
            try:
                return await getattr(self._storage, name)(*arguments)
            finally:
                self._calls -= 1

        return call


class InterruptedRead:
    """The same storage; `meanwhile` happens once between a read of a shopper and its answer."""

    def __init__(self, storage):
        self._storage, self.meanwhile = storage, None

    def __getattr__(self, name):
        return getattr(self._storage, name)

    async def shopper(self, shopper_id):
        view = await self._storage.shopper(shopper_id)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        return view


class House:
    """One storage, one fan-out, any number of hubs."""

    def __init__(self, storage):
        self.storage, self.now, self.fanout, self.devices = storage, NOW, MemoryFanout(), []

    async def hub(self, storage=None):
        storage = storage or self.storage
        shop = Shop({"en": "Shop"}, "en_US", "KRW", "http://s", storage, lambda: self.now)
        live = LiveCatalogue(await self.storage.catalogue(), (), AISLES, "KRW")
        layout = encode(Layout("v", b"layout"))
        return Hub(shop, live, layout, b"secret" * 6, self.fanout, Failpoints())

    async def arrive(self, hub, token="", **position):
        device = Device(hub)
        self.devices.append(device)
        device.say(Hello(token, PROTOCOL_VERSION, "test", **position))
        device.welcome = await device.hear(Welcome)
        await device.hear(Layout)
        return device


def run_story(folder, story):
    """Live `story(house, hub)` in a house of its own, and close up after it."""

    async def tell():
        storage = open_storage(folder / "shop.sqlite", NOW)
        products = [product("tea", 1500), product("rice", 9000), product("soap", 2500)]
        await storage.take_catalogue(products, "KRW", "epoch")
        house = House(storage)
        try:
            async with asyncio.timeout(30):
                await story(house, await house.hub())
        finally:
            for device in house.devices:
                await device.leave()
            with contextlib.suppress(StorageError):
                await storage.close()

    asyncio.run(tell())
