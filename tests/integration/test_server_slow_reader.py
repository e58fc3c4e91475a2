"""A device that reads slowly, over real sockets: it gets less, late, and ends up right."""

import asyncio
import contextlib
import socket

import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.codec import decode_server, encode
from catalog_sync.wire.limits import (
    PROTOCOL_VERSION,
    WRITE_BUFFER_COALESCE_BYTES,
    WRITE_BUFFER_DROP_BYTES,
)
from catalog_sync.wire.messages import CartState, Delta, Hello, Layout, Resync
from server.failpoints import Failpoints
from server.fanout.memory import MemoryFanout
from server.serving import listen
from server.shop import Shop
from server.storage.contract import Committed
from server.storage.sqlite import open_storage
from server.sync.bridge import LiveServer, live_protocol
from server.sync.hub import Hub
from server.sync.live_catalogue import LiveCatalogue

SKUS = [f"sku-{number:04}" for number in range(1000)]
KERNEL_BYTES = 16 * 1024


def product(sku):
    return Product(sku, {"en": sku}, "B", "c", "box", (1.0, 1.0, 1.0), Money(0, "KRW"), 9)


@contextlib.asynccontextmanager
async def live_shop(path, document=b""):
    storage = open_storage(path, 0)
    await storage.take_catalogue([product(sku) for sku in SKUS], "KRW", "epoch")
    shop = Shop({"en": "S"}, "en_US", "KRW", "http://s", storage, lambda: 0)
    live = LiveCatalogue(await storage.catalogue(), (), {"one": tuple(SKUS)}, "KRW")
    layout = encode(Layout("v", document))
    hub = Hub(shop, live, layout, b"secret", MemoryFanout(), Failpoints())
    listener = listen("127.0.0.1", 0)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
    protocol = live_protocol(LiveServer(hub, frozenset()))
    config = uvicorn.Config(None, ws=protocol, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext
    running = asyncio.create_task(server.serve([listener]))
    try:
        yield hub, listener.getsockname()[1]
    finally:
        server.should_exit = True
        await running
        await storage.close()


async def device(port, awaited=Layout):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KERNEL_BYTES)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
    client = await connect(
        "ws://shop/live", sock=sock, compression=None, max_queue=1, proxy=None, max_size=None
    )
    await client.send(encode(Hello("", PROTOCOL_VERSION, "test")))
    while not isinstance(decode_server(await client.recv()), awaited):
        pass
    return client


def reprice_all(hub, price):
    changes = tuple(PriceChange(sku, Money(price, "KRW"), 9) for sku in SKUS)
    delta = Delta(hub.catalogue.offset + 1, changes)
    hub.committed(Committed(delta=delta))
    return len(encode(delta))


def test_it_is_told_the_newest_word_when_it_reads_again(tmp_path):
    async def story():
        async with live_shop(tmp_path / "shop.sqlite") as (hub, port):
            client = await device(port)
            size, rounds = 0, 0
            while size < 4 * WRITE_BUFFER_DROP_BYTES:
                rounds += 1
                size += reprice_all(hub, rounds)
                await asyncio.sleep(0)
            (devices,) = hub._devices.values()
            waiting = devices[0].peer.backlog_bytes()
            assert WRITE_BUFFER_COALESCE_BYTES < waiting < WRITE_BUFFER_DROP_BYTES
            held, deltas = {}, 0
            position = 1
            while position < hub.catalogue.offset:
                delta = decode_server(await asyncio.wait_for(client.recv(), 10))
                assert (delta.since if delta.since >= 0 else delta.offset - 1) == position
                position = delta.offset
                deltas += 1
                held.update((change.sku, change.price.amount_minor) for change in delta.changes)
            assert held == dict.fromkeys(SKUS, rounds)
            assert deltas < rounds / 2
            reprice_all(hub, 7)
            last = decode_server(await asyncio.wait_for(client.recv(), 10))
            assert last.offset == position + 1
            await client.close()

    asyncio.run(story())


def test_a_large_layout_reaches_a_slow_reader(tmp_path):
    document = bytes(3 * WRITE_BUFFER_DROP_BYTES)

    async def story():
        async with live_shop(tmp_path / "shop.sqlite", document) as (_, port):
            client = await device(port, CartState)
            layout = decode_server(await asyncio.wait_for(client.recv(), 10))
            assert layout == Layout("v", document)
            await client.close()

    asyncio.run(story())


def test_one_that_never_reads_is_let_go(tmp_path):
    async def story():
        async with live_shop(tmp_path / "shop.sqlite") as (hub, port):
            client = await device(port)
            (devices,) = hub._devices.values()
            told = Resync("x" * 10_000)  # whatever must be told and cannot be merged
            for _ in range(2 * WRITE_BUFFER_DROP_BYTES // 10_000):
                for one in tuple(devices):
                    one.tell(told)
                await asyncio.sleep(0)
            with contextlib.suppress(ConnectionClosed):
                async with asyncio.timeout(10):
                    async for _ in client:
                        pass
            assert (client.close_code, client.close_reason) == (4401, "reads too slowly")
        assert hub.device_count == 0

    asyncio.run(story())
