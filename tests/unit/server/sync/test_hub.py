"""The hub over a real storage, with sockets that a test can stall."""

import asyncio
import contextlib
import hashlib

import pytest
from msgspec.structs import replace

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.codec import decode_server, encode
from catalog_sync.wire.columns import decode_cold
from catalog_sync.wire.limits import (
    CHECKOUT_LIFE_S,
    CONNECTIONS_PER_SHOPPER_MAX,
    LAYOUT_PROBLEM_CHARS_MAX,
    PROTOCOL_VERSION,
    WRITE_BUFFER_COALESCE_BYTES,
    WRITE_BUFFER_DROP_BYTES,
)
from catalog_sync.wire.messages import (
    Ack,
    AddItem,
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
    SetQuantity,
    Snapshot,
    Subscribe,
    Welcome,
)
from server.failpoints import Failpoints
from server.fanout.memory import MemoryFanout
from server.shop import Shop
from server.storage.contract import Committed
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


@pytest.fixture
def at_house(tmp_path):
    def run(story):
        async def tell():
            storage = open_storage(tmp_path / "shop.sqlite", NOW)
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

    return run


def test_a_greeting_says_everything_once_in_order(at_house):
    async def story(house, hub):
        device = Device(hub)
        house.devices.append(device)
        device.say(Hello("", PROTOCOL_VERSION, "test"))
        welcome, cart, layout = await device.heard(3)
        assert (welcome.epoch, welcome.offset, welcome.resumed) == ("epoch", 1, False)
        assert (layout, cart) == (Layout("v", b"layout"), CartState(Cart(0, "KRW")))
        assert hub.device_count == 1
        device.say(Subscribe(("two",)))
        cold, hot = await device.heard(2)
        assert [type(part) for part in (cold, hot)] == [Snapshot, Snapshot]
        await device.leave()
        assert hub.device_count == 0

    at_house(story)


def test_all_devices_of_a_shopper_see_every_change_and_nobody_else_does(at_house):
    async def story(house, hub):
        first = await house.arrive(hub)
        token = first.welcome.token
        second = await house.arrive(hub, token)
        stranger = await house.arrive(hub)
        assert await first.op("a", AddItem("tea", 2)) == Ack("a", True, 1)
        cart = Cart(1, "KRW", (CartLine("tea", 2, won(1500)),))
        assert await second.heard(1) == [CartState(cart)]
        await stranger.heard(0)
        assert stranger.welcome.token != token

    at_house(story)


def test_the_cart_is_told_before_its_ack(at_house):
    async def story(house, hub):
        device = await house.arrive(hub)
        device.say(Op("a", AddItem("tea", 1)))
        device.say(Op("b", SetQuantity("vase", 1)))
        told = await device.heard(3)
        assert [type(message) for message in told] == [CartState, Ack, Ack]
        assert [ack.ok for ack in told[1:]] == [True, False]

    at_house(story)


def test_paying_on_the_page_reaches_every_device(at_house):
    async def story(house, hub):
        device = await house.arrive(hub)
        await device.op("a", AddItem("tea", 2))
        device.say(Op("b", BeginCheckout(1)))
        delta, opened, ready, ack = await device.heard(4)
        assert delta == Delta(2, (PriceChange("tea", won(1500), 48),))
        assert (opened.order.state, ack.ok) == ("pending", True)
        assert (ready.total, ready.expires_unix_s) == (won(3000), NOW + CHECKOUT_LIFE_S)
        token = ready.url.removeprefix("http://s/pay/")
        sha256 = hashlib.sha256(token.encode()).hexdigest()
        order_id = await house.storage.redeem_handoff(sha256, "0" * 64, NOW)
        assert order_id == ready.order_id
        await house.storage.pay(order_id, "sandbox", "r", "", NOW)
        cart, order = await device.heard(2)
        assert (cart.cart, order.order.state) == (Cart(2, "KRW"), "paid")

    at_house(story)


def test_editing_the_cart_ends_its_open_checkout_for_all(at_house):
    async def story(house, hub):
        first = await house.arrive(hub)
        second = await house.arrive(hub, first.welcome.token)
        await first.op("a", AddItem("tea", 2))
        await first.op("b", BeginCheckout(1))
        await second.hear(CheckoutReady)
        await second.op("c", AddItem("rice", 1))
        assert (await first.hear(OrderChanged)).order.state == "cancelled"

    at_house(story)


def test_a_device_that_comes_back_learns_what_it_missed(at_house):
    async def story(house, hub):
        first = await house.arrive(hub)
        token = first.welcome.token
        await first.op("a", AddItem("tea", 2))
        ready = await first.op("b", BeginCheckout(1)) and first.socket.sent[-2]
        position = {"epoch": "epoch", "offset": 1, "cart_version": 1}
        await first.leave()

        again = Device(hub)
        house.devices.append(again)
        again.say(Hello(token, PROTOCOL_VERSION, "test", **position))
        welcome, delta, cart, fresh, _ = await again.heard(5)
        assert (welcome.resumed, welcome.token) == (True, token)
        assert delta == Delta(2, (PriceChange("tea", won(1500), 48),), since=1)
        assert cart.cart.version == 1
        assert (fresh.order_id, fresh.url == ready.url) == (ready.order_id, False)
        assert await again.op("b", BeginCheckout(1)) == Ack("b", True, 1)  # asked again
        resent = again.socket.sent[-2]
        assert (resent.order_id, resent.url == fresh.url) == (ready.order_id, False)
        await again.leave()

        await house.storage.pay(ready.order_id, "sandbox", "r", "", NOW)
        late = Device(hub)
        house.devices.append(late)
        late.say(Hello(token, PROTOCOL_VERSION, "test", "epoch", 2, 1))
        _, cart, order, _ = await late.heard(4)
        assert (cart.cart, order.order.state) == (Cart(2, "KRW"), "paid")
        await late.op("c", AddItem("tea", 1))
        await late.leave()
        knows = Device(hub)
        house.devices.append(knows)
        knows.say(Hello(token, PROTOCOL_VERSION, "test", "epoch", 2, 3))
        assert [type(m) for m in await knows.heard(3)] == [Welcome, CartState, Layout]

    at_house(story)


def test_what_changes_while_a_device_is_greeted_is_in_its_greeting(at_house):
    async def story(house, _):
        storage = InterruptedRead(house.storage)
        hub = await house.hub(storage)
        first = await house.arrive(hub)
        storage.meanwhile = lambda: first.op("a", AddItem("tea", 2))
        second = await house.arrive(hub, first.welcome.token)
        carts = [m.cart for m in second.socket.sent if isinstance(m, CartState)]
        assert carts == [Cart(1, "KRW", (CartLine("tea", 2, won(1500)),))]

    at_house(story)


def test_a_position_of_another_history_is_not_resumed(at_house):
    async def story(house, hub):
        for epoch, offset in (("other", 1), ("epoch", 2), ("epoch", 0), ("", 0)):
            device = await house.arrive(hub, epoch=epoch, offset=offset)
            assert (device.welcome.resumed, device.welcome.offset) == (False, 1)

    at_house(story)


def test_tokens_that_prove_nothing_and_shoppers_unknown_are_turned_away(at_house):
    async def story(house, hub):
        from server.sync.tokens import issue

        for token in ("v1.x.1.y", issue(b"other", "mia", 1), issue(hub.secret, "nobody", 1)):
            device = Device(hub)
            device.say(Hello(token, PROTOCOL_VERSION, "test"))
            await device.task
            assert device.socket.closed[0] == CloseCode.BAD_TOKEN
            assert device.socket.sent == []
        assert hub.device_count == 0

    at_house(story)


def test_one_address_becomes_so_many_shoppers_and_no_more_for_a_while(at_house):
    async def story(house, hub):
        token = (await house.arrive(hub)).welcome.token
        now = asyncio.get_running_loop().time()
        while hub.newcomers.admit("192.0.2.1", now):
            pass
        new = Device(hub, "192.0.2.1")
        new.say(Hello("", PROTOCOL_VERSION, "test"))
        await new.task
        assert new.socket.closed[0] == CloseCode.RATE_LIMITED
        for hello, address in (("", "192.0.2.2"), (token, "192.0.2.1")):
            welcome = Device(hub, address)
            house.devices.append(welcome)
            welcome.say(Hello(hello, PROTOCOL_VERSION, "test"))
            await welcome.hear(Welcome)

    at_house(story)


def test_a_shopper_has_so_many_devices_and_no_more(at_house):
    async def story(house, hub):
        first = await house.arrive(hub)
        token = first.welcome.token
        for _ in range(CONNECTIONS_PER_SHOPPER_MAX - 1):
            await house.arrive(hub, token)
        refused = Device(hub)
        refused.say(Hello(token, PROTOCOL_VERSION, "test"))
        await refused.task
        assert refused.socket.closed[0] == CloseCode.TOO_MANY_DEVICES
        assert hub.device_count == CONNECTIONS_PER_SHOPPER_MAX
        await first.leave()
        await house.arrive(hub, token)

    at_house(story)


def test_who_missed_more_than_a_slow_reader_may_be_sent_starts_anew(at_house):
    async def story(house, hub):
        token = (await house.arrive(hub)).welcome.token
        many = range(WRITE_BUFFER_COALESCE_BYTES // 20)
        changes = tuple(PriceChange(f"sku-{number:08}", None, 0) for number in many)
        hub.committed(Committed(delta=Delta(2, changes[:1000])))
        near = await house.arrive(hub, token, epoch="epoch", offset=1)
        assert near.welcome.resumed is True
        hub.committed(Committed(delta=Delta(3, changes)))
        far = await house.arrive(hub, token, epoch="epoch", offset=1)
        assert (far.welcome.resumed, far.welcome.offset) == (False, 3)
        assert [m for m in far.socket.sent if isinstance(m, Delta)] == []

    at_house(story)


def test_a_reprice_moves_labels_and_the_carts_it_concerns(at_house):
    async def story(house, hub):
        device, other = await house.arrive(hub), await house.arrive(hub)
        await device.op("a", AddItem("tea", 2))
        await house.storage.set_price("tea", won(1000))
        delta, cart = await device.heard(2)
        assert delta == Delta(2, (PriceChange("tea", won(1000), 50),))
        assert cart.cart == Cart(1, "KRW", (CartLine("tea", 2, won(1000)),))
        assert await other.heard(1) == [delta]
        other.say(Subscribe(("two",)))
        _, hot = await other.heard(2)
        assert hot.offset == 2
        prices = [won(amount) for amount in range(2000, 2030)]
        await asyncio.gather(*(house.storage.set_price("tea", price) for price in prices))
        told = []
        while told[-1:] != prices[-1:]:
            told.append((await device.hear(CartState)).cart.lines[0].unit_price)
        assert len(told) < len(prices)  # the cart is read again once, not for every price

    at_house(story)


def test_a_slow_device_gets_its_deltas_merged_and_is_not_dropped(at_house):
    async def story(house, hub):
        slow, quick = await house.arrive(hub), await house.arrive(hub)
        slow.socket.backlog = WRITE_BUFFER_COALESCE_BYTES + 1
        for price in (1, 2, 3):
            await house.storage.set_price("tea", won(price))
        assert [d.offset for d in await quick.heard(3)] == [2, 3, 4]
        await slow.heard(0)
        slow.socket.backlog = 0
        slow.talk.device.drained()
        assert await slow.heard(1) == [Delta(4, (PriceChange("tea", won(3), 50),), since=1)]
        await house.storage.set_price("tea", won(4))
        assert await slow.heard(1) == [Delta(5, (PriceChange("tea", won(4), 50),))]
        assert slow.socket.closed is None

    at_house(story)


def test_a_device_that_hardly_reads_is_let_go(at_house):
    async def story(house, hub):
        slow, quick = await house.arrive(hub), await house.arrive(hub)
        slow.socket.backlog = WRITE_BUFFER_DROP_BYTES + 1
        await house.storage.set_price("tea", won(1))
        await slow.task
        assert slow.socket.closed == (CloseCode.SLOW_CONSUMER, "reads too slowly")
        assert (await quick.heard(1))[0].offset == 2
        assert hub.device_count == 1

    at_house(story)


def test_what_the_storage_cannot_write_is_not_acknowledged(at_house):
    async def story(house, hub):
        device = await house.arrive(hub)
        await house.storage.close()
        device.say(Op("a", AddItem("tea", 1)))
        await device.task
        assert device.socket.closed[0] == CloseCode.SHUTTING_DOWN
        assert not [m for m in device.socket.sent if isinstance(m, Ack)]

    at_house(story)


def test_two_hubs_of_one_shop_tell_each_others_devices(at_house):
    async def story(house, first):
        second = await house.hub(OtherProcess(house.storage))
        here = await house.arrive(first)
        there = await house.arrive(second, here.welcome.token)
        await here.op("a", AddItem("tea", 2))
        assert (await there.hear(CartState)).cart.unit_count == 2
        await here.op("b", BeginCheckout(1))
        ready = await there.hear(CheckoutReady)
        assert second.catalogue.offset == first.catalogue.offset == 2
        await here.op("c", CancelCheckout(ready.order_id))
        assert (await there.hear(OrderChanged)).order.state == "cancelled"
        await house.storage.set_price("tea", won(1))
        while (await there.hear(Delta)).offset < 4:
            pass
        assert second.catalogue.offset == 4

    at_house(story)


def other_layout(house, aisles=AISLES):
    async def remade():
        catalogue = await house.storage.catalogue()
        return LiveCatalogue(replace(catalogue, epoch="epoch.2"), (), aisles, "KRW")

    return remade, lambda epoch, changed: encode(Layout("v2", b"other", epoch, changed))


def test_another_layout_reaches_those_inside_and_newcomers_and_no_delta_is_lost(at_house):
    async def story(house, hub):
        inside = await house.arrive(hub)
        await inside.op("a", AddItem("tea", 1))
        remade, message = other_layout(house, {"one": ("tea",), "two": ("soap", "tea")})
        assert await hub.relay(remade, message) == ("one",)
        assert await inside.heard(1) == [Layout("v2", b"other", "epoch.2", ("one",))]
        await house.storage.set_price("tea", won(1000))
        assert (await inside.hear(Delta)).offset == 2
        inside.say(Subscribe(("one",)))
        cold = await inside.hear(Snapshot)
        assert [p.sku for p in decode_cold(cold.body)] == ["tea"]
        newcomer = Device(hub)
        house.devices.append(newcomer)
        newcomer.say(Hello("", PROTOCOL_VERSION, "test"))
        welcome, _, layout = await newcomer.heard(3)
        assert (welcome.epoch, layout) == ("epoch.2", Layout("v2", b"other", "epoch.2"))
        back = Device(hub)
        house.devices.append(back)
        back.say(Hello(inside.welcome.token, PROTOCOL_VERSION, "test", "epoch.2", 1, 1))
        assert (await back.hear(Welcome)).resumed
        assert (await back.hear(Delta)).since == 1

    at_house(story)


def test_a_commit_that_was_read_before_it_was_told_is_told_to_all(at_house):
    async def story(house, hub):
        inside = await house.arrive(hub)
        remade, message = other_layout(house)
        reads = []

        async def ahead():
            live = await remade()
            reads.append(live.offset)
            if len(reads) == 1:  # as if the commit's news were still on its way to the hub
                live.offset += 1
            return live

        relaid = asyncio.ensure_future(hub.relay(ahead, message))
        await house.storage.set_price("tea", won(1000))
        assert await relaid == ()
        assert len(reads) >= 2
        assert (await inside.hear(Delta)).offset == 2
        assert hub.catalogue.offset == 2

    at_house(story)


def test_a_problem_is_told_once_to_those_inside_and_to_newcomers_until_it_is_mended(at_house):
    async def story(house, hub):
        inside = await house.arrive(hub)
        hub.tell_layout_problem("bay-1.toml,\n line 3: no")
        hub.tell_layout_problem("bay-1.toml, line 3: no")
        assert await inside.heard(1) == [LayoutProblem("bay-1.toml, line 3: no")]
        newcomer = Device(hub)
        house.devices.append(newcomer)
        newcomer.say(Hello("", PROTOCOL_VERSION, "test"))
        _, _, problem, layout = await newcomer.heard(4)
        assert (problem, layout.version) == (LayoutProblem("bay-1.toml, line 3: no"), "v")
        await hub.relay(*other_layout(house))
        assert [type(m) for m in await inside.heard(2)] == [LayoutProblem, Layout]
        hub.tell_layout_problem("x" * 5000)
        assert len((await inside.heard(1))[0].sentence) == LAYOUT_PROBLEM_CHARS_MAX

    at_house(story)
