"""The real hub and its conversations, over a simulated disk and simulated sockets."""

import asyncio

from simulated_disk import AISLES, SKUS, DiskStorage, Durable, won
from simulated_network import Link

from catalog_sync.wire.codec import WireError, decode_server, encode
from catalog_sync.wire.messages import Delta, Layout
from server.failpoints import Failpoints
from server.fanout.memory import MemoryFanout
from server.shop import Shop
from server.storage.contract import Catalogue
from server.sync import tokens
from server.sync.conversation import Conversation
from server.sync.hub import Hub
from server.sync.live_catalogue import LiveCatalogue

SECRET = b"0" * 32
HISTORY_MAX = 60
END = object()


class SimulatedPeer:
    """The socket as the hub sees it (`server.sync.device.Peer`), and what was read from it."""

    def __init__(self, shop, link):
        self._shop, self._link = shop, link
        self._told = None  # of the planted fault: the newest offset this device was told
        self.incoming = asyncio.Queue()

    def write(self, data):
        data = self._shop.distorted(self, data)
        if data is not None:
            self._link.send("client", data)

    async def write_bulk(self, data):
        self.write(data)
        await asyncio.sleep(0.001)

    def backlog_bytes(self):
        # Now and then a slow reader: the hub merges the deltas that wait.
        return self._shop.world.dice.choice((0, 0, 0, 300_000)) if self._shop.trouble else 0

    def close(self, code, reason):
        self._link.close(code, reason)

    async def messages(self):
        while (data := await self.incoming.get()) is not END:
            yield data


class SimulatedShop:
    """The server's end of every link. All of its state but `disk` dies in `crash`."""

    def __init__(self, world, plant=""):
        self.world = world
        self.disk = Durable()
        self.plant = plant
        self.trouble = True
        self.hub = None
        self._storage = None
        self._peers = {}
        self._told = {}
        self.restart()

    @property
    def up(self):
        return self.hub is not None

    def token(self, shopper):
        return tokens.issue(SECRET, shopper, 1)

    # ------------------------------------------------------------ faults
    def crash(self):
        self._storage.dead = True
        self.hub = None
        for link in list(self._peers):
            link.leave("server")
        self._peers.clear()
        self.world.end_tasks()
        if self.plant == "forgets op ids":
            self.disk.acks.clear()

    def restart(self):
        disk, world = self.disk, self.world
        self._storage = DiskStorage(world, disk, self.plant)
        catalogue = Catalogue(disk.epoch, disk.offset, tuple(disk.product(sku) for sku in SKUS))
        shop = Shop({"en": "S"}, "ko_KR", "KRW", "http://x", self._storage, lambda: int(world.now))
        self.hub = Hub(
            shop,
            LiveCatalogue(catalogue, disk.deltas[-HISTORY_MAX:], AISLES, "KRW"),
            encode(Layout("v1", b"")),
            SECRET,
            MemoryFanout(),
            Failpoints(),
        )

    def distorted(self, peer, data):
        """What the planted fault makes of a message to a device."""
        if self.plant != "hides a delta":
            return data
        try:
            message = decode_server(data)
        except WireError:
            return data
        if not isinstance(message, Delta):
            return data
        since = message.since if message.since >= 0 else message.offset - 1
        if self.world.dice.random() < 0.1:
            self._told.setdefault(peer, since)
            return None
        return encode(Delta(message.offset, message.changes, self._told.pop(peer, since)))

    # ------------------------------------------------------------ what happens outside
    def pay(self, shopper):
        if self.up:
            self.world.create_task(self._storage.pay(shopper, int(self.world.now)))

    def reprice(self, sku, amount):
        if self.up:
            self.world.create_task(self._storage.set_price(sku, won(amount)))

    # ------------------------------------------------------------ links
    def accept(self, client):
        link = Link(self.world, client, self)
        peer = self._peers[link] = SimulatedPeer(self, link)
        conversation = Conversation(self.hub, peer, self.world.now)
        self.world.create_task(conversation.run(aiter(peer.messages())))
        return link

    def receive(self, link, data):
        if link in self._peers:
            self._peers[link].incoming.put_nowait(data)

    def lost(self, link, *_):
        peer = self._peers.pop(link, None)
        if peer is not None:
            peer.incoming.put_nowait(END)
