import msgspec
import pytest

from catalog_sync.model.cart import Cart
from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange
from catalog_sync.session.server import SUBSCRIBES_BURST_MAX, Phase, ServerSession
from catalog_sync.wire.codec import decode_server, encode
from catalog_sync.wire.limits import (
    HELLO_WAIT_S,
    MESSAGE_BYTES_MAX_TO_SERVER,
    OPS_IN_FLIGHT_MAX,
    OPS_PER_SECOND_MAX,
    PROTOCOL_VERSION,
)
from catalog_sync.wire.messages import (
    AddItem,
    CartState,
    CloseCode,
    Delta,
    Hello,
    Op,
    Subscribe,
    Welcome,
)

HELLO = Hello(token="", proto=PROTOCOL_VERSION, client="test")
OP = Op("a", AddItem("tea", 1))


def opened(offset=5, resumed_at=None):
    session = ServerSession(now=0.0)
    assert session.receive(encode(HELLO), 0.0) == HELLO
    resumed = resumed_at is not None
    welcome = Welcome("t", "e", offset, resumed, "Shop", "KRW", "ko_KR")
    assert decode_server(session.welcome(welcome, resumed_at or 0)) == welcome
    return session


def delta(offset, since=-1, **prices):
    changes = tuple(PriceChange(sku, Money(won, "KRW"), 1) for sku, won in prices.items())
    return Delta(offset, changes, since)


def tell(session, told, *, hold=False):
    data = session.delta(told, encode(told), hold=hold)
    return None if data is None else decode_server(data)


def test_hello_comes_first_and_once():
    for first in (OP, Subscribe(("one",))):
        session = ServerSession(0.0)
        assert session.receive(encode(first), 0.0) is None
        assert session.hang_up[0] == CloseCode.BAD_MESSAGE
        assert session.phase is Phase.OVER
    session = opened()
    assert session.receive(encode(HELLO), 0.0) is None
    assert session.hang_up == (CloseCode.BAD_MESSAGE, "hello at the wrong moment")


def test_nothing_is_taken_between_hello_and_welcome():
    session = ServerSession(0.0)
    session.receive(encode(HELLO), 0.0)
    assert session.phase is Phase.GREETED
    assert session.receive(encode(OP), 0.0) is None
    assert session.hang_up == (CloseCode.BAD_MESSAGE, "op at the wrong moment")


def test_another_protocol_is_told_so():
    session = ServerSession(0.0)
    assert session.receive(encode(Hello("", PROTOCOL_VERSION + 1, "test")), 0.0) is None
    said = f"this shop speaks protocol {PROTOCOL_VERSION}, not {PROTOCOL_VERSION + 1}"
    assert session.hang_up == (CloseCode.PROTOCOL_TOO_OLD, said)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        "text",
        b"\x00" * (MESSAGE_BYTES_MAX_TO_SERVER + 1),
        msgspec.msgpack.encode({"t": "op", "id": "a", "action": {"k": "none"}}),
        msgspec.msgpack.encode(
            {"t": "op", "id": "a", "action": {"k": "add", "sku": "s", "quantity": 1, "price": 1}}
        ),
    ],
)
def test_what_is_no_message_ends_it_with_a_reason_that_fits_a_close_frame(data):
    session = opened()
    assert session.receive(data, 0.0) is None
    code, reason = session.hang_up
    assert code == CloseCode.BAD_MESSAGE
    assert 0 < len(reason.encode()) <= 123
    assert session.receive(encode(OP), 0.0) is None


def test_a_reason_is_cut_between_letters():
    session = opened()
    session.refuse(CloseCode.BAD_MESSAGE, "가" * 100)
    assert session.hang_up == (CloseCode.BAD_MESSAGE, "가" * 40)
    session.refuse(CloseCode.BAD_TOKEN, "a second one")
    assert session.hang_up[0] == CloseCode.BAD_MESSAGE


def test_who_asks_too_fast_is_kept_waiting():
    session = opened()
    for _ in range(OPS_IN_FLIGHT_MAX - 1):  # hello took one
        assert session.ready_at(0.0) == 0.0
        assert session.receive(encode(OP), 0.0) == OP
    assert session.ready_at(0.0) == pytest.approx(1 / OPS_PER_SECOND_MAX)
    assert session.hang_up is None


def test_too_many_subscribes_end_it_for_a_while():
    session = opened()
    for _ in range(SUBSCRIBES_BURST_MAX):
        assert session.receive(encode(Subscribe(("one",))), 0.0) is not None
    assert session.receive(encode(Subscribe(("one",))), 0.0) is None
    assert session.hang_up == (CloseCode.RATE_LIMITED, "too many subscribes")


def test_hello_is_due():
    assert ServerSession(now=3.0).hello_due_s == 3.0 + HELLO_WAIT_S


def test_an_older_cart_is_never_told_after_a_newer_one():
    session = opened()
    assert decode_server(session.cart(Cart(2, "KRW"))) == CartState(Cart(2, "KRW"))
    assert session.cart(Cart(1, "KRW")) is None
    assert session.cart(Cart(2, "KRW")) is not None  # a reprice: same version, other total
    assert ServerSession(0.0).cart(Cart(1, "KRW")) is None


def test_deltas_follow_one_another_and_are_sent_as_they_were_encoded():
    session = opened(offset=5)
    assert tell(session, delta(5, a=1)) is None
    sixth = delta(6, a=1)
    assert session.delta(sixth, b"encoded once", hold=False) == b"encoded once"
    assert session.offset == 6
    assert tell(session, sixth) is None


def test_held_back_deltas_become_one_with_the_newest_word():
    session = opened(offset=5)
    assert tell(session, delta(6, a=1, b=1), hold=True) is None
    assert tell(session, delta(7, a=2), hold=True) is None
    assert (session.holds_back, session.offset) == (True, 5)
    assert decode_server(session.release()) == delta(7, since=5, a=2, b=1)
    assert (session.holds_back, session.offset, session.release()) == (False, 7, None)
    assert tell(session, delta(8, a=3)) == delta(8, a=3)


def test_a_delta_that_may_go_takes_the_held_ones_along():
    session = opened(offset=5)
    tell(session, delta(6, a=1), hold=True)
    assert tell(session, delta(7, b=2)) == delta(7, since=5, a=1, b=2)


def test_a_resumed_client_stands_where_it_says():
    session = opened(offset=9, resumed_at=4)
    missed = delta(9, since=4, a=1)
    assert tell(session, missed) == missed
    assert session.offset == 9


def test_nothing_is_told_when_it_is_over():
    session = opened(offset=5)
    tell(session, delta(6, a=1), hold=True)
    session.refuse(CloseCode.SLOW_CONSUMER, "slow")
    assert session.release() is None
    assert tell(session, delta(7, a=1)) is None
    assert session.cart(Cart(9, "KRW")) is None
