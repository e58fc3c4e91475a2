"""The client session: greeting, outbox, positions, gaps, and when it comes back."""

import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.session.client import OUTBOX_FULL, ClientSession, Phase
from catalog_sync.session.events import (
    AisleArrived,
    CartArrived,
    CheckoutArrived,
    ConnectionLost,
    LayoutArrived,
    LayoutProblemArrived,
    OpSettled,
    PricesMoved,
    Welcomed,
)
from catalog_sync.wire.codec import decode_client, encode
from catalog_sync.wire.columns import encode_cold, encode_hot
from catalog_sync.wire.limits import (
    HELLO_WAIT_S,
    OPS_BURST_OF_CLIENT,
    OPS_IN_FLIGHT_MAX,
    OPS_PER_SECOND_OF_CLIENT,
    OUTBOX_OPS_MAX,
    PROTOCOL_VERSION,
    RECONNECT_WAIT_MAX_S,
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
    Resync,
    SetQuantity,
    Snapshot,
    Subscribe,
    Welcome,
)


def welcome(offset=0, *, epoch="e1", resumed=False, token="tok"):
    return Welcome(token, epoch, offset, resumed, "Shop", "KRW", "ko_KR")


def product(sku, price=1000):
    return Product(sku, {"en": sku}, "b", "c", "box", (1.0, 2.0, 3.0), Money(price, "KRW"), 5)


def snapshots(aisle, products, offset=0):
    return [
        Snapshot(aisle, offset, "cold", encode_cold(products)),
        Snapshot(aisle, offset, "hot", encode_hot(products, "KRW")),
    ]


def add(op_id, sku="tea", quantity=1):
    return Op(op_id, AddItem(sku, quantity))


def sent(session):
    return [decode_client(data) for data in session.take_outgoing()]


def feed(session, *messages, now=0.0):
    for message in messages:
        session.receive(encode(message), now)


def opened(session=None, *messages, now=0.0):
    session = session or ClientSession(client="test")
    session.connected(now)
    feed(session, *(messages or (welcome(),)), now=now)
    session.take_events()
    session.take_outgoing()
    return session


def test_hello_is_first_and_alone_and_carries_who_and_where():
    session = ClientSession(client="test/1", token="mine", outbox=[add("i1")])
    session.connected(0.0)
    assert sent(session) == [Hello("mine", PROTOCOL_VERSION, "test/1")]
    assert session.phase is Phase.GREETING


def test_after_welcome_the_kept_ops_go_out_in_order():
    session = ClientSession(client="test", outbox=[add("i1"), add("i2")])
    session.connected(0.0)
    session.take_outgoing()
    feed(session, welcome(token="new"))
    assert session.take_events() == [Welcomed("new", "Shop", "KRW", "ko_KR", resumed=False)]
    assert sent(session) == [add("i1"), add("i2")]
    assert session.token == "new"


def test_an_op_waits_for_its_ack_and_goes_out_again_after_a_break():
    session = opened()
    assert session.submit(add("i1"), 0.0)
    assert session.submit(add("i2"), 0.0)
    assert sent(session) == [add("i1"), add("i2")]
    feed(session, Ack("i1", ok=True, cart_version=1))
    assert session.take_events() == [OpSettled("i1", ok=True, reason="")]
    session.lost(1.0, None, "cut", 0.0)
    session.connected(2.0)
    session.take_outgoing()
    feed(session, welcome(), now=2.0)
    assert sent(session) == [add("i2")]
    feed(session, Ack("i2", ok=False, cart_version=1, reason="out_of_stock"), now=2.0)
    assert session.take_events()[-1] == OpSettled("i2", ok=False, reason="out_of_stock")
    assert list(session.outbox) == []


def test_an_ack_that_comes_twice_is_told_once():
    session = opened()
    session.submit(add("i1"), 0.0)
    feed(session, Ack("i1", ok=True, cart_version=1), Ack("i1", ok=True, cart_version=1))
    assert session.take_events() == [OpSettled("i1", ok=True, reason="")]


def test_the_same_op_submitted_twice_goes_out_once():
    session = opened()
    session.submit(add("i1"), 0.0)
    session.submit(add("i1"), 0.0)
    assert sent(session) == [add("i1")]


def test_a_full_outbox_refuses_and_says_so():
    session = ClientSession(client="t", outbox=[add(f"i{n}") for n in range(OUTBOX_OPS_MAX)])
    assert not session.submit(add("late"), 0.0)
    assert session.take_events() == [OpSettled("late", ok=False, reason=OUTBOX_FULL)]
    assert len(session.outbox) == OUTBOX_OPS_MAX


def test_a_full_outbox_leaves_at_the_client_s_own_pace_and_never_too_many_in_flight():
    ops = [add(f"i{n}") for n in range(OUTBOX_OPS_MAX)]
    session = ClientSession(client="t", outbox=ops)
    session.connected(0.0)
    session.take_outgoing()
    feed(session, welcome())
    gone, now = sent(session), 0.0
    assert len(gone) == OPS_BURST_OF_CLIENT
    while len(gone) < OPS_IN_FLIGHT_MAX:
        now = session.next_wake(now)
        session.tick(now)
        gone += sent(session)
    assert session.next_wake(now) is None  # as many in flight as may be
    assert now == pytest.approx(
        (OPS_IN_FLIGHT_MAX - OPS_BURST_OF_CLIENT) / OPS_PER_SECOND_OF_CLIENT
    )
    while len(gone) < len(ops):
        feed(session, Ack(gone[len(gone) - session.outbox.in_flight].id, True, 1), now=now)
        gone += sent(session)
        if (due := session.next_wake(now)) is not None:
            now = due
    assert gone == ops


def test_subscriptions_are_sent_after_welcome_and_new_ones_at_once():
    session = ClientSession(client="t")
    session.subscribe(["a", "b"])
    session.connected(0.0)
    assert len(session.take_outgoing()) == 1
    feed(session, welcome())
    assert sent(session) == [Subscribe(("a", "b"))]
    session.subscribe(["b", "c"])
    assert sent(session) == [Subscribe(("c",))]


def test_layout_and_checkout_are_handed_on():
    session = opened()
    ready = CheckoutReady("o1", "http://x/pay/1", Money(1, "KRW"), 9)
    feed(session, Layout("v1", b"doc"), ready)
    assert session.take_events() == [LayoutArrived("v1", b"doc"), CheckoutArrived(ready)]


def test_another_layout_renames_the_history_and_asks_for_changed_aisles_again():
    session = opened()
    session.subscribe(["a", "b"])
    feed(session, *snapshots("a", [product("tea")]), *snapshots("b", [product("jam")]))
    feed(session, Delta(1, ()))
    session.take_events()
    session.take_outgoing()
    feed(session, Layout("v2", b"doc", "e2", ("b", "c")))
    assert session.take_events() == [LayoutArrived("v2", b"doc", ("b", "c"))]
    assert sent(session) == [Subscribe(("b",))]
    assert (session.replica.epoch, session.replica.offset) == ("e2", 1)
    assert session.replica.missing == ("b",)
    feed(session, *snapshots("b", [product("tea")]))
    assert session.take_events() == [AisleArrived("b", (product("tea"),))]
    session.lost(1.0, None, "gone", 0.0)
    session.take_outgoing()
    session.connected(2.0)
    assert sent(session)[0].epoch == "e2"


def test_a_problem_of_the_layout_is_handed_on():
    session = opened()
    feed(session, LayoutProblem("bay-1.toml: no"), LayoutProblem(""))
    assert session.take_events() == [
        LayoutProblemArrived("bay-1.toml: no"), LayoutProblemArrived(""),
    ]  # fmt: skip


def test_a_problem_of_the_layout_does_not_outlive_its_connection():
    session = opened()
    feed(session, LayoutProblem("bay-1.toml: no"))
    session.lost(1.0, None, "gone", 0.0)
    session.connected(2.0)
    session.take_events()
    feed(session, welcome(), now=2.0)
    assert session.take_events()[1:] == [LayoutProblemArrived("")]


def test_an_aisle_arrives_when_both_parts_did_and_deltas_follow():
    session = opened()
    session.subscribe(["a"])
    cold, hot = snapshots("a", [product("tea"), product("jam")])
    feed(session, cold)
    assert session.take_events() == []
    feed(session, hot)
    assert session.take_events() == [AisleArrived("a", (product("tea"), product("jam")))]
    change = PriceChange("jam", Money(900, "KRW"), 5)
    feed(session, Delta(1, (change,)))
    assert session.take_events() == [PricesMoved((change,))]


def test_resuming_says_where_and_asks_for_missing_aisles_only():
    session = opened()
    session.subscribe(["a", "b"])
    feed(session, *snapshots("a", [product("tea")]), Delta(1, ()), Delta(2, ()))
    feed(session, CartState(Cart(4, "KRW")))
    session.lost(1.0, CloseCode.SHUTTING_DOWN, "bye", 0.0)
    session.take_outgoing()
    session.connected(2.0)
    assert sent(session) == [Hello("tok", PROTOCOL_VERSION, "test", "e1", 2, 4)]
    feed(session, welcome(5, resumed=True), now=2.0)
    assert sent(session) == [Subscribe(("b",))]
    session.take_events()
    change = PriceChange("tea", Money(1, "KRW"), 1)
    feed(session, Delta(3, (change,)), now=2.0)
    assert session.take_events() == [PricesMoved((change,))]


def test_another_history_means_snapshots_again():
    session = opened()
    session.subscribe(["a"])
    feed(session, *snapshots("a", [product("tea")]), Delta(1, ()))
    session.lost(1.0, None, "cut", 0.0)
    session.take_outgoing()
    session.connected(2.0)
    session.take_outgoing()
    feed(session, welcome(0, epoch="e2"), now=2.0)
    assert sent(session) == [Subscribe(("a",))]
    session.take_events()
    feed(session, *snapshots("a", [product("tea", 5)]), now=2.0)
    assert session.take_events() == [AisleArrived("a", (product("tea", 5),))]


def test_resync_drops_the_replica_and_asks_for_all_again_on_the_same_connection():
    session = opened()
    session.subscribe(["a"])
    feed(session, *snapshots("a", [product("tea")]), Delta(1, ()))
    session.take_outgoing()
    session.take_events()
    feed(session, Resync("history is gone"), Delta(70, ()))
    assert sent(session) == [Subscribe(("a",))]
    assert session.hang_up == ""
    feed(session, *snapshots("a", [product("tea", 5)], 70))
    assert session.take_events() == [AisleArrived("a", (product("tea", 5),))]


def test_a_gap_hangs_up_then_resumes_and_the_second_time_starts_anew():
    session = opened()
    session.subscribe(["a"])
    feed(session, *snapshots("a", [product("tea")]), Delta(1, ()))
    feed(session, Delta(3, (PriceChange("tea", None, 0),)))
    assert session.hang_up == "delta 3 follows 2; we hold 1"
    session.lost(1.0, 1000, "", 0.0)
    assert session.take_events()[-1] == ConnectionLost("delta 3 follows 2; we hold 1", 0.125, 1000)
    session.take_outgoing()
    session.connected(2.0)
    assert sent(session)[0].offset == 1
    feed(session, welcome(3, resumed=True), Delta(3, ()), now=2.0)
    assert session.hang_up != ""
    session.lost(3.0, 1000, "", 0.0)
    session.connected(4.0)
    assert (sent(session)[0].epoch, session.replica.offset) == ("", 0)


def test_a_merged_delta_that_says_so_is_no_gap():
    session = opened()
    feed(session, Delta(9, (), since=0))
    assert (session.hang_up, session.replica.offset) == ("", 9)


def test_a_cart_state_is_handed_on():
    session = opened()
    feed(session, CartState(Cart(3, "KRW")))
    assert session.take_events() == [CartArrived(Cart(3, "KRW"))]


@pytest.mark.parametrize(
    "data",
    [b"", b"\xc1", b"\x80", encode(Ack("x", True, 1))[:-1], encode(Hello("", 1, "c"))],
)
def test_what_is_no_message_hangs_up(data):
    session = opened()
    session.receive(data, 0.0)
    assert session.hang_up.startswith("the server sent what is no message")
    assert session.take_events() == []


def test_anything_before_welcome_hangs_up():
    session = ClientSession(client="t")
    session.connected(0.0)
    feed(session, CartState(Cart(3, "KRW")))
    assert session.hang_up.endswith("CartState before welcome")
    assert session.take_events() == []


def test_welcome_twice_and_a_false_resume_hang_up():
    session = opened()
    feed(session, welcome())
    assert session.hang_up.endswith("welcome twice")
    session = ClientSession(client="t")
    session.connected(0.0)
    feed(session, welcome(resumed=True))
    assert session.hang_up.endswith("resumed another history than ours")


def test_a_greeting_without_answer_hangs_up_in_time():
    session = ClientSession(client="t")
    session.connected(5.0)
    assert session.next_wake(5.0) == 5.0 + HELLO_WAIT_S
    session.tick(5.0 + HELLO_WAIT_S - 0.1)
    assert session.hang_up == ""
    session.tick(5.0 + HELLO_WAIT_S)
    assert session.hang_up == "the server did not answer the greeting"


def test_waits_double_to_the_maximum_and_jitter_spreads_them():
    session = ClientSession(client="t")
    waits = []
    for jitter in (0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0):
        session.lost(0.0, None, "refused", jitter)
        waits += [event.wait_s for event in session.take_events()]
    assert waits == [0.125, 0.25, 0.75, 1.0, 2.0, 4.0, 4.0]
    session.lost(0.0, None, "refused", 0.999)
    assert session.take_events()[0].wait_s == pytest.approx(RECONNECT_WAIT_MAX_S, rel=0.01)


def test_only_a_connection_that_lived_resets_the_waits():
    session = ClientSession(client="t")
    for _ in range(3):
        session.lost(0.0, None, "refused", 0.0)
    session = opened(session, now=10.0)
    session.lost(11.0, 1006, "cut", 0.0)
    assert session.take_events()[-1].wait_s == 1.0
    session = opened(session, now=20.0)
    session.lost(30.0, 1006, "cut", 0.0)
    assert session.take_events()[-1].wait_s == 0.125


@pytest.mark.parametrize(
    ("code", "comes_back"),
    [
        (None, True),
        (1001, True),
        (1006, True),
        (1011, True),
        (CloseCode.SLOW_CONSUMER, True),
        (CloseCode.RATE_LIMITED, True),
        (CloseCode.TOO_MANY_DEVICES, True),
        (CloseCode.SHUTTING_DOWN, True),
        (4499, True),
        (CloseCode.BAD_MESSAGE, False),
        (CloseCode.PROTOCOL_TOO_OLD, False),
        (4599, False),
        (4600, True),
    ],
)
def test_the_close_code_says_whether_to_come_back(code, comes_back):
    session = opened()
    session.lost(1.0, code, "because", 0.0)
    (event,) = session.take_events()
    assert event == ConnectionLost("because", 0.125 if comes_back else None, code)
    assert session.phase is (Phase.OFFLINE if comes_back else Phase.GIVEN_UP)
    session.lost(2.0, None, "again", 0.0)
    assert len(session.take_events()) == (1 if comes_back else 0)


def test_a_session_that_hung_up_takes_nothing_more():
    session = opened()
    session.receive(b"\xc1", 0.0)
    feed(session, CartState(Cart(3, "KRW")))
    assert session.take_events() == []
    session.submit(add("i1"), 0.0)
    assert session.take_outgoing() == []


@pytest.mark.parametrize("opened_s", [26.67173842562984, 0.1, 1e6 + 0.7])
def test_a_tick_at_the_moment_it_is_due_does_what_is_due(opened_s):
    session = ClientSession(client="t")
    session.connected(opened_s)
    session.tick(session.next_wake(opened_s))
    assert session.hang_up == "the server did not answer the greeting"


# ---------------------------------------------------------------- a server that lost its database


def cart(version, **quantities):
    won = Money(1000, "KRW")
    lines = tuple(CartLine(sku, quantity, won) for sku, quantity in quantities.items())
    return CartState(Cart(version, "KRW", lines))


def asked_anew(session, now=9.0):
    """Come back after the loss: the greeting, then what the new shopper asks for."""
    session.lost(now, CloseCode.BAD_TOKEN, "not a token of this shop", 0.0)
    assert session.phase is Phase.OFFLINE
    session.connected(now)
    (hello,) = sent(session)
    feed(session, welcome(epoch="e2", token="second"), now=now)
    return hello, [op.action for op in sent(session) if isinstance(op, Op)]


def test_an_unknown_shopper_becomes_a_new_one_and_takes_cart_and_outbox_along():
    session = opened(None, welcome(7), cart(3, tea=2, rice=1))
    session.submit(add("i1", "tea", 1), 0.0)
    session.submit(Op("i2", BeginCheckout(3)), 0.0)
    session.submit(Op("i3", CancelCheckout("o1")), 0.0)
    revision = session.outbox.revision
    hello, actions = asked_anew(session)
    assert hello == Hello("", PROTOCOL_VERSION, "test")
    assert actions == [SetQuantity("tea", 2), SetQuantity("rice", 1), AddItem("tea", 1)]
    assert session.outbox.revision != revision  # or nobody would keep it
    assert session.token == "second"
    assert [e for e in session.take_events() if isinstance(e, OpSettled | ConnectionLost)] == [
        OpSettled("i2", ok=False, reason="cart_changed"),
        OpSettled("i3", ok=False, reason="unknown_order"),
        ConnectionLost("not a token of this shop", 0.125, CloseCode.BAD_TOKEN),
    ]


def test_what_may_be_in_the_last_cart_already_is_not_taken_along_twice():
    session = opened(None, welcome(), cart(1, tea=1))
    session.submit(add("i1"), 0.0)
    session.submit(add("i2"), 0.0)
    feed(session, cart(2, tea=2), cart(3, tea=3), Ack("i1", ok=True, cart_version=2))
    _, actions = asked_anew(session)  # the answer to i2 was lost
    assert actions == [SetQuantity("tea", 2), AddItem("tea", 1)]


def test_the_last_cart_is_whole_once_everything_is_answered():
    session = opened(None, welcome(), cart(5, tea=5))
    session.submit(add("i1"), 0.0)
    feed(session, cart(6, tea=6), cart(7, tea=6, rice=1), Ack("i1", ok=True, cart_version=6))
    _, actions = asked_anew(session)
    assert actions == [SetQuantity("tea", 6), SetQuantity("rice", 1)]


def test_a_second_loss_takes_the_cart_along_under_other_ids():
    session = opened(None, welcome(), cart(1, tea=1))
    asked_anew(session)
    (first,) = session.outbox
    feed(session, cart(1, tea=1), Ack(first.id, ok=True, cart_version=1))
    asked_anew(session, now=20.0)
    (second,) = session.outbox
    assert first.action == second.action
    assert first.id != second.id


def test_a_cart_too_many_for_a_full_outbox_leaves_the_outbox_whole():
    session = opened(None, welcome(), cart(1, tea=1, rice=1))
    for number in range(OUTBOX_OPS_MAX - 1):
        session.submit(add(f"i{number}"), 0.0)
    session.lost(9.0, CloseCode.BAD_TOKEN, "", 0.0)
    assert len(session.outbox) == OUTBOX_OPS_MAX
    assert [op.action for op in session.outbox][:2] == [SetQuantity("tea", 1), AddItem("tea", 1)]


def test_a_server_that_refuses_even_new_shoppers_is_given_up():
    session = ClientSession(client="test")
    session.connected(0.0)
    session.lost(0.1, CloseCode.BAD_TOKEN, "because", 0.0)
    assert session.take_events() == [ConnectionLost("because", None, CloseCode.BAD_TOKEN)]
    assert session.phase is Phase.GIVEN_UP
