"""The hub over a real storage, with sockets that a test can stall."""

import asyncio
import hashlib
from functools import partial

import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.product import PriceChange
from catalog_sync.wire.limits import (
    CHECKOUT_LIFE_S,
    CONNECTIONS_PER_SHOPPER_MAX,
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
    Op,
    OrderChanged,
    SetQuantity,
    Snapshot,
    Subscribe,
    Welcome,
)
from server.storage.contract import Committed
from tests.unit.server.sync.hub_house import (
    NOW,
    Device,
    InterruptedRead,
    OtherProcess,
    run_story,
    won,
)


@pytest.fixture
def at_house(tmp_path):
    return partial(run_story, tmp_path)


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
        assert await first.op("a", AddItem("tea", 2)) == Ack("a", True, 1, units=2)
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
