"""The server is killed at the worst moments; nothing that was asked for is lost or doubled.

Real `endcap serve` processes on one database, a real websocket client that comes back by itself,
and a phone that pays on the page. The seed chooses where the server kills itself.
"""

import asyncio
import os
import sqlite3
import sys
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from catalog_sync.session.client import ClientSession
from catalog_sync.transport.client import ClientTransport, live_url
from server.storage.inspect import held_total, shopper_id_of
from vr_client.net.keepsake import Keepsake
from vr_client.net.translate import net_events, op_of
from vr_client.state.client_state import ClientState
from vr_client.state.events import AddToCart, ChangeQuantity, IntentDone, IntentSent, OpenCheckout
from vr_client.state.reduce import reduce
from vr_client.trip.phone import pay

LIMIT_S = 40.0
SEEDS = range(30)
# How many times a trip comes past each place: five intents and the payment; the page is not acked.
PASSES = {"before_commit": 6, "after_commit": 6, "after_ack": 5}

STORE = """\
schema = 1
id = "small"
names = { en = "Small shop" }
locale = "en-US"
currency = "USD"
catalog = "catalog.csv"
floor = { width_mm = 4000, depth_mm = 4000, entrance_z_mm = 1500 }
aisles = [{ id = "one", names = { en = "One" } }]

[[fixtures]]
id = "table"
type = "table"
aisle = "one"
x_mm = 0
z_mm = 0
planograms = ["top"]
"""
PLANOGRAM = """\
name = "top"
width_mm = 1200
shelves = [{ height_mm = 750, positions = [{ sku = "TEA" }, { sku = "JAM" }] }]
"""
CATALOG = """\
sku,name_en,brand,category,price,stock,package,width_mm,height_mm,depth_mm
TEA,Barley tea,Brand,tea,1.50,90,box,80,120,60
JAM,Plum jam,Brand,pantry,4.20,80,jar,70,90,70
"""


def write_store(folder):
    (folder / "planograms").mkdir(parents=True)
    (folder / "store.toml").write_text(STORE)
    (folder / "planograms" / "top.toml").write_text(PLANOGRAM)
    (folder / "catalog.csv").write_text(CATALOG)
    return folder


def failpoint(seed):
    place = sorted(PASSES)[seed % len(PASSES)]
    return place, 1 + seed // len(PASSES) % PASSES[place]


class ServerThatDies:
    """`endcap serve`, started again on the same port and database whenever it was killed."""

    def __init__(self, store):
        self._store = store
        self._log = store / "serve.log"
        self._process = None
        self.port = 0
        self.exits = []

    async def start(self, **environment):
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                str(Path(sys.executable).with_name("endcap")),
                "serve",
                str(self._store),
                "--port",
                str(self.port),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env={**os.environ, **environment},
            )
        line = (await self._process.stdout.readline()).decode()
        assert line.startswith("endcap: serving Small shop at http"), self._log.read_text()
        self.port = int(line.rsplit(":", 1)[1])

    async def keep_alive(self):
        while True:
            self.exits.append(await self._process.wait())
            await self.start()

    async def stop(self):
        with suppress(ProcessLookupError):
            self._process.kill()  # once more: what is on disk is looked at afterwards
        await self._process.wait()


class Shopper:
    """The client without a headset: session, transport, kept outbox and state, all real."""

    def __init__(self, url, token_file):
        self.state = ClientState()
        self.done = {}
        self.connections = 0
        self._keepsake = Keepsake(token_file)
        token, ops = self._keepsake.load()
        self.session = ClientSession(client="test", token=token, outbox=ops)
        self.transport = ClientTransport(
            live_url(url), self.session, self._deliver, jitter=lambda: 0.0
        )

    async def _deliver(self, events):
        self._keepsake.keep(self.session.token, self.session.outbox)
        for event in events:
            for told in net_events(event):
                self.state = reduce(self.state, told)
                if isinstance(told, IntentDone):
                    assert told.id not in self.done
                    self.done[told.id] = (told.ok, told.reason)

    def want(self, intent):
        self.state = reduce(self.state, IntentSent(intent))
        self.transport.submit(op_of(intent))
        self._keepsake.keep(self.session.token, self.session.outbox)


async def until(condition):
    while not condition():  # noqa: ASYNC110 - conditions are of plain values
        await asyncio.sleep(0.01)


async def pay_until_paid(shopper):
    """Scan the code that is shown, pay; when the page breaks off, scan the next one."""
    tried = ""
    while shopper.state.order is None or shopper.state.order.state != "paid":
        shown = shopper.state.checkout
        if shown is not None and shown.url != tried:
            tried = shown.url
            with suppress(Failure):
                await asyncio.to_thread(pay, tried)
        await asyncio.sleep(0.01)


@asynccontextmanager
async def running(*works):
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for failure in ended:
        if isinstance(failure, Exception):
            raise failure


def usd(cents):
    return Money(cents, "USD")


BOUGHT = (CartLine("TEA", 1, usd(150)), CartLine("JAM", 3, usd(420)))


async def trip(seed, store):
    place, strike = failpoint(seed)
    server = ServerThatDies(store)
    await server.start(ENDCAP_FAILPOINT=f"{place}:{strike}")
    shopper = Shopper(f"http://127.0.0.1:{server.port}", store / "shopper.token")
    try:
        async with running(server.keep_alive(), shopper.transport.run()):
            shopper.want(AddToCart("i1", "TEA", 2))
            shopper.want(AddToCart("i2", "JAM", 1))
            shopper.want(AddToCart("i3", "TEA", -1))
            shopper.want(ChangeQuantity("i4", "JAM", 3))
            await until(lambda: len(shopper.done) == 4 and shopper.state.cart.version == 4)
            assert shopper.state.cart == Cart(4, "USD", BOUGHT)
            shopper.want(OpenCheckout("i5", 4))
            await pay_until_paid(shopper)
            await until(lambda: len(shopper.done) == 5 and shopper.state.cart.version == 5)
    finally:
        await server.stop()
    return server, shopper


@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_server_loses_and_doubles_nothing(seed, tmp_path):
    store = write_store(tmp_path / "store")
    server, shopper = asyncio.run(asyncio.wait_for(trip(seed, store), LIMIT_S))

    assert server.exits == [-9], f"seed {seed}: {failpoint(seed)} was not reached"
    assert shopper.done == {f"i{n}": (True, "") for n in range(1, 6)}
    state = shopper.state
    assert (state.cart, state.pending, state.checkout) == (Cart(5, "USD"), (), None)
    assert (state.order.state, state.order.lines, state.order.total) == ("paid", BOUGHT, usd(1410))
    assert list(shopper.session.outbox) == []

    database = store / ".endcap" / "shop.sqlite"
    held = held_total(database, shopper_id_of(shopper.session.token))
    assert (held.cart_total_minor, held.unit_count) == (0, 0)
    assert (held.order_state, held.order_total_minor, held.charges) == ("paid", 1410, 1)
    with sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("shoppers", "ops", "orders", "charges")
        ]
    assert counts == [1, 5, 1, 1]


async def outlive_the_database(store):
    """The carts before the loss and after it, and what the shopper's token was before."""
    server = ServerThatDies(store)
    await server.start()
    shopper = Shopper(f"http://127.0.0.1:{server.port}", store / "shopper.token")
    try:
        async with running(shopper.transport.run()):
            shopper.want(AddToCart("i1", "TEA", 2))
            shopper.want(OpenCheckout("i2", 1))
            await until(lambda: len(shopper.done) == 2 and shopper.state.checkout is not None)
            before, token = shopper.state, shopper.session.token
            await server.stop()
            await until(lambda: not shopper.state.connected)
            for path in (store / ".endcap").glob("shop.sqlite*"):
                path.unlink()
            shopper.want(AddToCart("i3", "JAM", 1))
            await server.start()
            await until(lambda: len(shopper.done) == 4 and not shopper.state.pending)
    finally:
        await server.stop()
    return before, token, shopper


def test_a_server_that_lost_its_database_gets_a_new_shopper_with_the_same_cart(tmp_path):
    store = write_store(tmp_path / "store")
    before, token, shopper = asyncio.run(asyncio.wait_for(outlive_the_database(store), LIMIT_S))
    assert (before.cart.version, before.checkout.total) == (1, usd(300))
    lines = (CartLine("TEA", 2, usd(150)), CartLine("JAM", 1, usd(420)))
    assert shopper.state.cart == Cart(2, "USD", lines)
    assert shopper.state.checkout is None  # nobody could pay it any more
    assert (store / "shopper.token").read_text() == shopper.session.token != token
    held = held_total(store / ".endcap" / "shop.sqlite", shopper_id_of(shopper.session.token))
    assert (held.unit_count, held.cart_total_minor) == (3, 720)


def test_the_seeds_reach_every_place_at_every_count():
    reached = {failpoint(seed) for seed in SEEDS}
    assert reached == {(place, n) for place, most in PASSES.items() for n in range(1, most + 1)}
