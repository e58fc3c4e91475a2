import asyncio
import hashlib
import sqlite3

import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.limits import CHECKOUT_LIFE_S, DELTA_HISTORY_MAX, HANDOFF_TOKEN_LIFE_S
from catalog_sync.wire.messages import (
    Ack,
    AddItem,
    BeginCheckout,
    CancelCheckout,
    Delta,
    Op,
    SetQuantity,
)
from server.storage.catalogue_rows import append_delta
from server.storage.contract import PAGE_SESSION_LIFE_S, Committed, OrderOutcome, OrderSeed
from server.storage.inspect import HeldTotals, held_total
from server.storage.sqlite import open_storage
from server.storage.writer import StorageError

NOW = 1_000_000


def won(amount):
    return Money(amount, "KRW")


def product(sku, price=1000, stock=10, **facts):
    return Product(
        sku,
        {"ko": sku, "en": sku.upper()},
        "Brand",
        "tea",
        "box",
        (60.0, 120.0, 60.0),
        None if price is None else won(price),
        stock,
        **facts,
    )


CATALOGUE = (product("tea", 1500), product("rice", 9000, 3), product("vase", None))


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def seed(number):
    return OrderSeed(f"order-{number}", f"N{number}", sha(f"handoff-{number}"))


class Till:
    """A storage with one shopper, and what it told."""

    def __init__(self, path, products=CATALOGUE):
        self.path, self.products, self.told, self.serial = path, products, [], 0

    async def __aenter__(self):
        self.storage = open_storage(self.path, NOW)
        await self.storage.take_catalogue(self.products, "KRW", "epoch-2")
        self.storage.listen(self.told.append)
        await self.storage.add_shopper("mia", NOW)
        await self.storage.add_shopper("ben", NOW)
        return self

    async def __aexit__(self, *exception):
        await self.storage.close()

    async def op(self, action, op_id="", who="mia", now=NOW):
        self.serial += 1
        op = Op(op_id or f"op{self.serial}", action)
        return await self.storage.apply_op(who, op, seed(self.serial), now)

    async def order(self, quantity=2, who="mia"):
        ack = (await self.op(AddItem("tea", quantity), who=who)).ack
        return (await self.op(BeginCheckout(ack.cart_version), who=who)).checkout


@pytest.fixture
def at_till(tmp_path):
    def run(story, products=CATALOGUE):
        async def tell():
            async with Till(tmp_path / "shop.sqlite", products) as till:
                await story(till)

        asyncio.run(tell())

    return run


def test_an_op_takes_effect_once_and_its_ack_is_kept(at_till):
    async def story(till):
        first = await till.op(AddItem("tea", 2), "a")
        assert (first.ack, first.repeated) == (Ack("a", True, 1, units=2), False)
        again = await till.op(AddItem("tea", 2), "a")
        assert (again.ack, again.repeated) == (first.ack, True)
        refused = await till.op(AddItem("vase", 1), "b")
        assert refused.ack == Ack("b", False, 1, "unpriced")
        assert (await till.op(AddItem("vase", 1), "b")).ack == refused.ack
        cart = Cart(1, "KRW", (CartLine("tea", 2, won(1500)),))
        assert (await till.storage.shopper("mia")).cart == cart
        assert till.told == [Committed("mia", cart)]

    at_till(story)


def test_an_ack_says_what_took_effect_and_says_it_again(at_till):
    async def story(till):
        told = []
        for name, action in (
            ("a", AddItem("tea", 3)), ("b", AddItem("tea", -5)), ("c", AddItem("tea", -1)),
            ("d", SetQuantity("tea", 2)), ("f", AddItem("vase", 1)), ("b", AddItem("tea", -5)),
        ):  # fmt: skip
            told.append((await till.op(action, name)).ack.units)
        assert told == [3, -3, 0, 2, 0, -3]

    at_till(story)


def test_the_same_op_id_of_another_shopper_is_another_op(at_till):
    async def story(till):
        await till.op(AddItem("tea", 2), "a")
        other = await till.op(AddItem("rice", 1), "a", who="ben")
        assert (other.ack, other.repeated) == (Ack("a", True, 1, units=1), False)
        assert (await till.storage.shopper("ben")).cart.quantity("tea") == 0

    at_till(story)


def test_lines_stay_in_the_order_they_came(at_till):
    async def story(till):
        for action in (AddItem("rice", 1), AddItem("tea", 1), AddItem("rice", 1)):
            await till.op(action)
        lines = (await till.storage.shopper("mia")).cart.lines
        assert [(line.sku, line.quantity) for line in lines] == [("rice", 2), ("tea", 1)]
        await till.op(SetQuantity("rice", 0))
        await till.op(AddItem("rice", 1))
        lines = (await till.storage.shopper("mia")).cart.lines
        assert [line.sku for line in lines] == ["tea", "rice"]

    at_till(story)


def test_a_checkout_reserves_tells_and_is_paid_once(at_till):
    async def story(till):
        checkout = await till.order()
        key = "mia:1:order-2"
        assert checkout.idempotency_key == key
        assert (checkout.total, checkout.expires_unix_s) == (won(3000), NOW + CHECKOUT_LIFE_S)
        opened = till.told[-1]
        assert opened.checkout == checkout
        assert [order.state for order in opened.orders] == ["pending"]
        assert opened.delta == Delta(2, (PriceChange("tea", won(1500), 8),))
        await till.storage.set_price("tea", won(9999))  # the order keeps its price
        outcome = await till.storage.pay("order-2", "sandbox", "charge-1", "a@b.kr", NOW)
        with sqlite3.connect(till.path) as database:
            charged = database.execute("SELECT order_id, amount_minor FROM charges").fetchall()
        assert charged == [("order-2", 3000)]
        assert (outcome.changed, outcome.refusal, outcome.order.state) == (True, "", "paid")
        told = till.told[-1]
        assert (told.cart, told.delta) == (Cart(2, "KRW"), None)
        assert told.orders == (outcome.order,)
        count = len(till.told)
        again = await till.storage.pay("order-2", "sandbox", "charge-2", "x@y.kr", NOW)
        assert again == OrderOutcome(outcome.order, changed=False)
        record = await till.storage.order_record("order-2")
        assert (record.charge_reference, record.contact_email) == ("charge-1", "a@b.kr")
        assert (record.paid_unix_s, record.idempotency_key) == (NOW, key)
        assert [(line.names["en"], line.quantity) for line in record.lines] == [("TEA", 2)]
        late = await till.storage.cancel_order("order-2", NOW)
        assert (late.changed, late.refusal, late.order.state) == (False, "not_pending", "paid")
        assert len(till.told) == count
        lines = (CartLine("tea", 2, won(1500)),)
        held = held_total(till.path, "mia")
        assert held == HeldTotals(0, 0, "paid", 3000, 1, lines)
        assert held.total_minor == 3000
        view = await till.storage.shopper("mia")
        assert (view.pending, view.settled, view.settled_cart_version) == (None, outcome.order, 2)

    at_till(story)


def test_a_repeated_checkout_op_opens_nothing_anew(at_till):
    async def story(till):
        await till.op(AddItem("tea", 2))
        first = await till.op(BeginCheckout(1), "c")
        again = await till.op(BeginCheckout(1), "c")
        assert (again.ack, again.repeated, again.checkout) == (first.ack, True, None)
        fresh = await till.storage.hand_off("mia", sha("fresh"), NOW)
        assert (fresh.order_id, fresh.handoff_sha256) == (first.checkout.order_id, sha("fresh"))
        assert await till.storage.hand_off("ben", sha("other"), NOW) is None

    at_till(story)


def test_one_shopper_cannot_give_up_anothers_order(at_till):
    async def story(till):
        checkout = await till.order()
        foreign = await till.op(CancelCheckout(checkout.order_id), who="ben")
        assert foreign.ack == Ack("op3", False, 0, "unknown_order")
        assert (await till.storage.shopper("mia")).pending.order_id == checkout.order_id
        await till.op(CancelCheckout(checkout.order_id))
        again = await till.op(CancelCheckout(checkout.order_id))
        assert again.ack.reason == "not_cancellable"
        foreign = await till.op(CancelCheckout(checkout.order_id), who="ben")
        assert foreign.ack.reason == "unknown_order"  # nor learn that there is one

    at_till(story)


def test_a_hand_off_token_opens_once_in_time_and_binds_its_browser(at_till):
    async def story(till):
        storage, checkout = till.storage, await till.order()
        late = NOW + HANDOFF_TOKEN_LIFE_S
        assert await storage.redeem_handoff(sha("handoff-2"), sha("late"), late) is None
        assert await storage.redeem_handoff(sha("nonsense"), sha("s0"), NOW) is None
        opened = await storage.redeem_handoff(sha("handoff-2"), sha("s1"), late - 1)
        assert opened == checkout.order_id
        assert await storage.redeem_handoff(sha("handoff-2"), sha("s2"), NOW) is None
        other = await till.order(who="ben")
        end = late - 1 + PAGE_SESSION_LIFE_S
        for order_id, session, now, shown in (
            (checkout.order_id, "s1", end - 1, True),
            (checkout.order_id, "s1", end, False),
            (checkout.order_id, "s2", NOW, False),
            (other.order_id, "s1", NOW, False),
            ("order-9", "s1", NOW, False),
        ):
            record = await storage.order_for_session(order_id, sha(session), now)
            assert (record is not None) is shown

    at_till(story)


def test_a_token_of_a_cancelled_order_opens_nothing(at_till):
    async def story(till):
        checkout = await till.order()
        await till.op(AddItem("tea", 1))
        assert await till.storage.redeem_handoff(sha("handoff-2"), sha("s"), NOW) is None
        outcome = await till.storage.pay(checkout.order_id, "sandbox", "r", "", NOW)
        assert (outcome.changed, outcome.refusal) == (False, "not_pending")
        held = held_total(till.path, "mia")
        lines = (CartLine("tea", 2, won(1500)),)
        assert held == HeldTotals(4500, 3, "cancelled", 3000, 0, lines)
        assert held.total_minor == 4500

    at_till(story)


def test_orders_lapse_and_their_units_come_back(at_till):
    async def story(till):
        await till.op(AddItem("rice", 1))
        checkout = await till.order()
        assert await till.storage.expire_orders(NOW + CHECKOUT_LIFE_S - 1) == 0
        assert await till.storage.expire_orders(NOW + CHECKOUT_LIFE_S) == 1
        told = till.told[-1]
        assert [order.state for order in told.orders] == ["expired"]
        back = (PriceChange("rice", won(9000), 3), PriceChange("tea", won(1500), 10))
        assert told.delta.changes == back
        late = await till.storage.pay(checkout.order_id, "sandbox", "r", "", NOW + CHECKOUT_LIFE_S)
        assert (late.refusal, late.order.state) == ("expired", "expired")

    at_till(story)


def test_an_order_of_a_clock_that_was_far_ahead_lapses_too(at_till):
    async def story(till):
        await till.order()
        assert await till.storage.expire_orders(NOW - CHECKOUT_LIFE_S) == 0
        assert await till.storage.expire_orders(NOW - CHECKOUT_LIFE_S - 1) == 1
        assert till.told[-1].delta.changes == (PriceChange("tea", won(1500), 10),)

    at_till(story)


def test_a_listener_that_fails_leaves_the_answer_alone(at_till):
    async def story(till):
        def fail(_):
            raise ValueError("of the hub")

        till.storage.listen(fail)
        count = len(till.told)
        async with asyncio.timeout(5):
            outcome = await till.op(AddItem("tea", 2), "a")
        assert outcome.ack == Ack("a", True, 1, units=2)
        assert len(till.told) == count + 1

    at_till(story)


def test_paying_when_time_is_up_expires_and_charges_nothing(at_till):
    async def story(till):
        await till.order()
        late = await till.storage.pay("order-2", "sandbox", "r", "", NOW + CHECKOUT_LIFE_S)
        assert (late.changed, late.refusal, late.order.state) == (False, "expired", "expired")
        assert till.told[-1].orders == (late.order,)
        assert held_total(till.path, "mia").charges == 0
        unknown = await till.storage.pay("order-9", "sandbox", "r", "", NOW)
        assert unknown == OrderOutcome(None, changed=False, refusal="unknown_order")

    at_till(story)


def test_a_job_that_fails_leaves_the_others_of_its_batch_alone(at_till):
    async def story(till):
        checkout = await till.order()
        await till.storage.pay(checkout.order_id, "sandbox", "same", "", NOW)
        second = await till.order()
        results = await asyncio.gather(
            till.op(AddItem("rice", 1), "x", who="ben"),
            till.storage.pay(second.order_id, "sandbox", "same", "", NOW),
            till.op(AddItem("rice", 1), "y", who="ben"),
            return_exceptions=True,
        )
        assert isinstance(results[1], sqlite3.IntegrityError)
        assert [results[0].ack.ok, results[2].ack.cart_version] == [True, 2]
        assert held_total(till.path, "mia").order_state == "pending"

    at_till(story)


def test_a_live_reprice_survives_a_restart_until_the_file_changes(at_till):
    async def first(till):
        change = await till.storage.set_price("tea", won(1200))
        assert change == PriceChange("tea", won(1200), 10)
        assert till.told == [Committed(delta=Delta(2, (change,)))]
        assert await till.storage.set_price("nothing", won(1)) is None
        await till.order()

    async def second(till):
        catalogue = await till.storage.catalogue()
        assert (catalogue.epoch, catalogue.offset) == ("epoch-2", 3)
        tea = catalogue.products[0]
        assert (tea.price, tea.stock) == (won(1200), 8)

    async def third(till):
        products = {p.sku: p for p in (await till.storage.catalogue()).products}
        assert (products["tea"].price, products["tea"].stock) == (won(1600), 18)
        assert await till.storage.deltas_after(3, 10) == (
            Delta(4, (PriceChange("tea", won(1600), 18),)),
        )

    at_till(first)
    at_till(second)
    at_till(third, (product("tea", 1600, 20), *CATALOGUE[1:]))


def test_an_offer_lives_with_its_price_and_is_told_along(at_till):
    offer = PriceChange("tea", won(1200), 10, won(1500))

    async def first(till):
        assert await till.storage.set_price("tea", won(1200), won(1500)) == offer
        assert till.told == [Committed(delta=Delta(2, (offer,)))]
        await till.order()  # stock moves, the offer stays on the label
        assert till.told[-1].delta.changes == (PriceChange("tea", won(1200), 8, won(1500)),)
        assert till.told[-1].checkout.total == won(2400)

    async def second(till):
        tea = (await till.storage.catalogue()).products[0]
        assert (tea.price, tea.was_price) == (won(1200), won(1500))
        change = await till.storage.set_price("tea", won(1300))
        assert change == PriceChange("tea", won(1300), 8)
        change = await till.storage.set_price("tea", won(1300), won(1300))
        assert change == PriceChange("tea", won(1300), 8)

    async def third(till):
        assert (await till.storage.deltas_after(5, 9)) == (
            Delta(6, (PriceChange("tea", won(1500), 8, won(1800)),)),
        )

    at_till(first)
    at_till(second)
    at_till(third, (product("tea", 1500, was_price=won(1800)), *CATALOGUE[1:]))


def test_a_price_that_leaves_the_file_leaves_the_shop_and_devices_hear_of_it(at_till):
    async def first(till):
        await till.storage.set_price("vase", won(700))

    async def second(till):
        assert await till.storage.deltas_after(2, 9) == (
            Delta(3, (PriceChange("tea", None, 10), PriceChange("vase", won(700), 4))),
        )

    at_till(first)
    at_till(second, (product("tea", None), CATALOGUE[1], product("vase", None, 4)))


def test_cold_facts_that_change_start_another_history(tmp_path):
    async def story():
        epochs = []
        for number, products in enumerate(
            (CATALOGUE, CATALOGUE, (*CATALOGUE, product("new")), CATALOGUE, CATALOGUE)
        ):
            storage = open_storage(tmp_path / "shop.sqlite", NOW)
            await storage.take_catalogue(products, "KRW", f"e{number}")
            catalogue = await storage.catalogue()
            epochs.append((catalogue.epoch, len(catalogue.products)))
            await storage.close()
        assert epochs == [("e0", 3), ("e0", 3), ("e2", 4), ("e3", 3), ("e3", 3)]

    asyncio.run(story())


def test_a_withdrawn_product_stays_readable_in_carts_and_orders(at_till):
    async def first(till):
        await till.order()
        await till.storage.pay("order-2", "sandbox", "r", "", NOW)
        await till.op(AddItem("tea", 1))

    async def second(till):
        assert [p.sku for p in (await till.storage.catalogue()).products] == ["rice", "vase"]
        assert (await till.storage.order_record("order-2")).lines[0].names["en"] == "TEA"
        assert (await till.storage.shopper("mia")).cart.quantity("tea") == 1
        assert (await till.op(AddItem("tea", 1), "z")).ack.reason == "unknown_product"
        assert await till.storage.set_price("tea", won(1)) is None

    at_till(first)
    at_till(second, CATALOGUE[1:])


def test_the_history_reaches_back_as_far_as_it_says(at_till):
    async def story(till):
        change = PriceChange("tea", won(1), 1)

        def fill(connection):
            for _ in range(DELTA_HISTORY_MAX + 9):
                append_delta(connection, (change,))
            return None, None

        await till.storage._writer.write(fill)
        last = DELTA_HISTORY_MAX + 10
        assert (await till.storage.catalogue()).offset == last
        assert await till.storage.deltas_after(9, 10) is None
        assert [d.offset for d in await till.storage.deltas_after(10, 2)] == [11, 12]
        assert await till.storage.deltas_after(last, 2) == ()
        assert await till.storage.deltas_after(last + 1, 2) is None

    at_till(story)


def test_two_servers_cannot_share_a_database(at_till):
    async def story(till):
        with pytest.raises(Failure, match="Another endcap serve is using"):
            open_storage(till.path, NOW)

    at_till(story)


def test_another_currency_is_refused_in_a_sentence(at_till):
    async def story(till):
        with pytest.raises(Failure, match="holds prices in KRW, but the store sells in USD"):
            await till.storage.take_catalogue((), "USD", "e")

    at_till(story)


def test_what_is_no_database_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "shop.sqlite").write_bytes(b"not a database" * 99)
    with pytest.raises(Failure, match="cannot be opened"):
        open_storage(tmp_path / "shop.sqlite", NOW)
    with pytest.raises(Failure, match="cannot tell about shopper mia"):
        held_total(tmp_path / "shop.sqlite", "mia")


def test_a_newer_schema_is_refused_in_a_sentence(tmp_path):
    connection = sqlite3.connect(tmp_path / "shop.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(Failure, match="written by a newer Endcap"):
        open_storage(tmp_path / "shop.sqlite", NOW)


def test_a_closed_storage_says_so(at_till):
    async def story(till):
        await till.storage.close()
        with pytest.raises(StorageError, match="closed"):
            await till.op(AddItem("tea", 1))

    at_till(story)


def test_many_ops_at_once_share_commits_and_lose_nothing(at_till):
    async def story(till):
        await asyncio.gather(
            *(till.op(AddItem("tea", 1 - 2 * (n % 2)), f"n{n}") for n in range(200))
        )
        view = await till.storage.shopper("mia")
        assert (view.cart.version, view.cart.unit_count) == (200, 0)
        assert [told.cart.version for told in till.told] == list(range(1, 201))

    at_till(story)
