"""Intents become ops with their own ids; session events become small net events."""

import pytest

from catalog_sync.model.cart import Cart
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.session.events import (
    AisleArrived,
    CartArrived,
    CheckoutArrived,
    ConnectionLost,
    LayoutArrived,
    LayoutProblemArrived,
    OpSettled,
    OrderArrived,
    PricesMoved,
    Welcomed,
)
from catalog_sync.wire.messages import (
    AddItem,
    BeginCheckout,
    CancelCheckout,
    CheckoutReady,
    CloseCode,
    Op,
    SetQuantity,
)
from vr_client.net.handle import FRAME_BYTES
from vr_client.net.letter import seal
from vr_client.net.translate import PRODUCTS_PER_EVENT, net_events, op_of
from vr_client.state.events import (
    AbandonCheckout,
    AddToCart,
    CartChanged,
    ChangeQuantity,
    CheckoutOpened,
    Connected,
    Disconnected,
    IntentDone,
    LayoutProblem,
    OpenCheckout,
    OrderMoved,
    PricesChanged,
    ProductsLoaded,
)

WON = Money(1000, "KRW")


def product(number):
    return Product(
        f"SKU-{number:06}", {"ko": "보리차 " * 4, "en": "Barley tea " * 4}, "Brand", "tea & coffee",
        "bottle", (65.0, 220.0, 65.0), WON, 12, "08801234567893", "500 ml", 530.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("intent", "op"),
    [
        (AddToCart("i", "tea", -1), Op("i", AddItem("tea", -1))),
        (ChangeQuantity("i", "tea", 0), Op("i", SetQuantity("tea", 0))),
        (OpenCheckout("i", 7), Op("i", BeginCheckout(7))),
        (AbandonCheckout("i", "o1"), Op("i", CancelCheckout("o1"))),
    ],
)
def test_an_intent_becomes_an_op_of_the_same_id(intent, op):
    assert op_of(intent) == op


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Welcomed("tok", "Shop", "KRW", "ko_KR", True), [Connected("Shop", "KRW", "ko_KR", True)]),
        (LayoutArrived("v", b""), []),
        (LayoutProblemArrived("bay-1: no"), [LayoutProblem("bay-1: no")]),
        (AisleArrived("a", (product(1),)), [ProductsLoaded("a", (product(1),))]),
        (AisleArrived("a", ()), []),
        (
            PricesMoved((PriceChange("tea", None, 0),)),
            [PricesChanged((PriceChange("tea", None, 0),))],
        ),
        (OpSettled("i", False, "out_of_stock"), [IntentDone("i", False, "out_of_stock")]),
        (CartArrived(Cart(2, "KRW")), [CartChanged(Cart(2, "KRW"))]),
        (
            CheckoutArrived(CheckoutReady("o", "u", WON, 9)),
            [CheckoutOpened("o", "u", WON, 9)],
        ),
        (
            OrderArrived(Order("o", "A", "paid", (), WON)),
            [OrderMoved(Order("o", "A", "paid", (), WON))],
        ),
        (ConnectionLost("cut", 0.5, 1006), [Disconnected("cut", 0.5)]),
    ],
)
def test_a_session_event_becomes_what_the_state_knows(event, told):
    assert list(net_events(event)) == told


def test_a_large_aisle_comes_in_pieces_of_which_one_poll_reads_one_or_two():
    products = tuple(product(n) for n in range(100))
    pieces = list(net_events(AisleArrived("a", products)))
    assert [len(piece.products) for piece in pieces] == [PRODUCTS_PER_EVENT] * 4 + [4]
    assert sum((piece.products for piece in pieces), ()) == products
    assert len(seal(pieces[0])) < 1.5 * FRAME_BYTES


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (CloseCode.BAD_TOKEN, "takes no new shopper (unknown field)"),
        (CloseCode.PROTOCOL_TOO_OLD, "update Endcap"),
        (CloseCode.BAD_MESSAGE, "unknown field"),
    ],
)
def test_giving_up_says_what_to_do(code, words):
    (told,) = net_events(ConnectionLost("unknown field", None, code))
    assert told.retry_s is None
    assert words in told.reason
