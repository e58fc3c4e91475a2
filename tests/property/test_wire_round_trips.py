"""Any message and any aisle survive the wire; any bytes end in a message or a WireError."""

import contextlib
from typing import get_args

from hypothesis import example, given
from hypothesis import strategies as st

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import AMOUNT_MINOR_MAX, Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import PackageShape, PriceChange, Product, was_above
from catalog_sync.wire.codec import WireError, compress, decode_client, decode_server, encode
from catalog_sync.wire.codec import decompress as undo
from catalog_sync.wire.columns import decode_cold, decode_hot, encode_cold, encode_hot
from catalog_sync.wire.messages import (
    Ack,
    AddItem,
    BeginCheckout,
    CancelCheckout,
    CartState,
    CheckoutReady,
    Delta,
    Hello,
    Layout,
    LayoutProblem,
    Op,
    OrderChanged,
    Resync,
    SetQuantity,
    Snapshot,
    Subscribe,
    Welcome,
)
from tests.facts_made import facts

ids = st.text(min_size=1, max_size=64)
counts = st.integers(0, 2**63 - 1)
numbers = st.integers(-(2**63), 2**63 - 1)
money = st.builds(
    Money, st.integers(0, AMOUNT_MINOR_MAX), st.sampled_from(["KRW", "USD", "JPY", "BHD"])
)
changes = st.builds(PriceChange, ids, st.none() | money, numbers, st.none() | money)
lines = st.lists(st.builds(CartLine, ids, numbers, money), max_size=3).map(tuple)
actions = (
    st.builds(AddItem, ids, numbers)
    | st.builds(SetQuantity, ids, numbers)
    | st.builds(BeginCheckout, counts)
    | st.builds(CancelCheckout, ids)
)
client_messages = (
    st.builds(Hello, st.text(max_size=512), numbers, ids, ids, counts, counts)
    | st.builds(Subscribe, st.lists(ids, max_size=5).map(tuple))
    | st.builds(Op, ids, actions)
)
server_messages = (
    st.builds(Welcome, ids, ids, counts, st.booleans(), ids, ids, ids)
    | st.builds(
        Layout, ids, st.binary(max_size=50), ids, st.lists(ids, max_size=3).map(tuple)
    )
    | st.builds(LayoutProblem, st.text(max_size=600))
    | st.builds(Snapshot, ids, counts, st.sampled_from(["hot", "cold"]), st.binary(max_size=50))
    | st.builds(Delta, counts, st.lists(changes, max_size=3).map(tuple), st.integers(-1, 99))
    | st.builds(Ack, ids, st.booleans(), counts, ids, numbers)
    | st.builds(CartState, st.builds(Cart, counts, ids, lines))
    | st.builds(CheckoutReady, ids, ids, money, counts)
    | st.builds(
        OrderChanged,
        st.builds(
            Order, ids, ids, st.sampled_from(["pending", "paid", "cancelled", "expired"]), lines,
            money,
        ),
    )
    | st.builds(Resync, ids)
)  # fmt: skip
sizes = st.floats(0.1, 1e4)
products = st.builds(
    Product,
    sku=ids,
    names=st.dictionaries(st.sampled_from(["ko", "en", "fr"]), st.text(max_size=20), min_size=1),
    brand=st.text(max_size=20),
    category=st.text(max_size=20),
    package=st.sampled_from(get_args(PackageShape)),
    dimensions_mm=st.tuples(sizes, sizes, sizes),
    price=st.none() | st.builds(Money, st.integers(0, AMOUNT_MINOR_MAX), st.just("KRW")),
    stock=counts,
    gtin=st.text(max_size=14),
    size_text=st.text(max_size=10),
    weight_g=st.floats(0, 1e6),
    dimensions_estimated=st.booleans(),
    model=st.text(max_size=64),
    colour=st.text(max_size=7),
    was_price=st.none() | st.builds(Money, st.integers(0, AMOUNT_MINOR_MAX), st.just("KRW")),
    price_is_sample=st.booleans(),
    facts=st.none() | facts(),
)


@given(client_messages)
def test_client_messages_round_trip(message):
    assert decode_client(encode(message)) == message


@given(server_messages)
def test_server_messages_round_trip(message):
    assert decode_server(encode(message)) == message


@given(st.lists(products, max_size=5))
def test_an_aisle_round_trips_through_its_two_parts(aisle):
    cold = decode_cold(encode_cold(aisle))
    hot = decode_hot(encode_hot(aisle, "KRW"))
    assert hot == [
        PriceChange(p.sku, p.price, p.stock, was_above(p.price, p.was_price)) for p in aisle
    ]
    for original, part in zip(aisle, cold, strict=True):
        for field in Product.__struct_fields__:
            if field not in ("price", "stock", "was_price"):
                assert getattr(part, field) == getattr(original, field)


def only_wire_errors(read, data):
    with contextlib.suppress(WireError):
        read(data)


@given(st.binary(max_size=300))
@example(b"\x81\xa1x" + b"\x91" * 2000)
def test_any_bytes_end_in_a_message_or_a_wire_error(data):
    for read in (decode_client, decode_server, decode_cold, decode_hot):
        only_wire_errors(read, data)
    only_wire_errors(lambda raw: undo(raw, 1000), data)
    for read in (decode_cold, decode_hot):
        only_wire_errors(read, compress(data))


@given(client_messages | server_messages, st.data())
def test_any_damaged_message_ends_in_a_message_or_a_wire_error(message, data):
    raw = bytearray(encode(message))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    for damaged in (bytes(raw), bytes(raw[:cut])):
        only_wire_errors(decode_client, damaged)
        only_wire_errors(decode_server, damaged)
