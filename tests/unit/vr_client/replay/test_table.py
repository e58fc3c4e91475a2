"""Every kind of input is in the table, and comes back from a file as it went in."""

import dataclasses
from typing import get_args

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order, OrderState
from catalog_sync.model.product import PackageShape, PriceChange, Product
from tests.facts_made import facts
from vr_client.frame_packet import EyeView
from vr_client.headset.backend import FrameInfo, HandState, HeadsetEvents, SessionState
from vr_client.replay.container import DamagedError
from vr_client.replay.limits import TEXT_CHARS_MAX
from vr_client.replay.table import (
    DEVICE_TYPES,
    ENCODER,
    EVENTS,
    NAMES,
    SCENE,
    FrameRecord,
    decode_event,
    decode_frame,
    plain,
)
from vr_client.state.events import (
    CartChanged,
    CheckoutOpened,
    Connected,
    Disconnected,
    IntentDone,
    LayoutProblem,
    NetEvent,
    OrderMoved,
    PricesChanged,
    ProductsLoaded,
    Progress,
    RoutePlanned,
    SceneReady,
)

texts = st.text(max_size=20)
whole = st.integers(-(2**40), 2**40)
floats = st.floats(-1e5, 1e5)
money = st.builds(Money, st.integers(-(10**12), 10**12), st.sampled_from(["KRW", "USD"]))
maybe_money = st.none() | money
lines = st.lists(st.builds(CartLine, texts, whole, money), max_size=3).map(tuple)
products = st.builds(
    Product,
    sku=texts, names=st.dictionaries(texts, texts, min_size=1, max_size=3), brand=texts,
    category=texts, package=st.sampled_from(get_args(PackageShape)),
    dimensions_mm=st.tuples(floats, floats, floats), price=maybe_money, stock=whole, gtin=texts,
    size_text=texts, weight_g=floats, dimensions_estimated=st.booleans(), model=texts,
    colour=texts, was_price=maybe_money, price_is_sample=st.booleans(), facts=st.none() | facts(),
)  # fmt: skip
orders = st.builds(Order, texts, texts, st.sampled_from(get_args(OrderState)), lines, money)

MADE = {
    Connected: st.builds(Connected, texts, texts, texts, st.booleans()),
    Disconnected: st.builds(Disconnected, texts, st.none() | floats),
    ProductsLoaded: st.builds(ProductsLoaded, texts, st.lists(products, max_size=3).map(tuple)),
    PricesChanged: st.builds(
        PricesChanged,
        st.lists(
            st.builds(PriceChange, texts, maybe_money, whole, maybe_money), max_size=3
        ).map(tuple),
    ),
    Progress: st.builds(Progress, texts, whole, whole),
    CartChanged: st.builds(CartChanged, st.builds(Cart, whole, texts, lines)),
    IntentDone: st.builds(IntentDone, texts, st.booleans(), texts, whole),
    CheckoutOpened: st.builds(CheckoutOpened, texts, texts, money, whole),
    OrderMoved: st.builds(OrderMoved, orders),
    LayoutProblem: st.builds(LayoutProblem, texts),
    RoutePlanned: st.builds(
        RoutePlanned,
        st.lists(texts, max_size=3).map(tuple),
        st.lists(st.tuples(floats, floats), max_size=3).map(tuple),
        floats,
        st.lists(texts, max_size=2).map(tuple),
    ),
}  # fmt: skip

matrices = st.lists(floats, min_size=16, max_size=16).map(lambda v: np.array(v).reshape(4, 4))
tangents = st.tuples(st.floats(-5, -0.1), st.floats(0.1, 5), st.floats(-5, -0.1), st.floats(0.1, 5))
views = st.builds(EyeView, matrices, tangents, st.tuples(*[st.integers(1, 4096)] * 2))
buttons = {
    field.name: st.booleans() for field in dataclasses.fields(HandState) if field.type is bool
}
hands = st.builds(
    HandState, matrices, scroll=floats, twist=st.tuples(floats, floats),
    move=st.tuples(*[st.floats(-1, 1)] * 2),
    turn=st.sampled_from([-1, 0, 1]), kind=texts, **buttons,
)  # fmt: skip
infos = st.builds(
    FrameInfo, st.lists(views, min_size=1, max_size=2).map(tuple), matrices,
    st.lists(hands, max_size=2).map(tuple), st.floats(0, 1e6), st.booleans(), st.floats(0.5, 4),
)  # fmt: skip
seen = st.builds(
    HeadsetEvents, st.sampled_from(SessionState), texts, st.lists(texts, max_size=3).map(tuple)
)


def same(one, two):
    """Equal, matrices bit for bit and in the order of their rows."""
    if isinstance(one, np.ndarray):
        return one.dtype == two.dtype and one.tobytes() == two.tobytes() and two.flags.c_contiguous
    if dataclasses.is_dataclass(one):
        return type(one) is type(two) and all(
            same(getattr(one, field.name), getattr(two, field.name))
            for field in dataclasses.fields(one)
        )
    if isinstance(one, tuple):
        return len(one) == len(two) and all(map(same, one, two))
    return type(one) is type(two) and one == two


def test_every_event_of_the_shop_is_in_the_table():
    assert set(EVENTS.values()) == set(get_args(NetEvent))
    assert len(NAMES) == len(EVENTS)
    assert set(MADE) | {SceneReady} == set(get_args(NetEvent)), "a test for the new event, please"
    assert EVENTS[SCENE] is SceneReady


@pytest.mark.parametrize("kind", sorted(MADE, key=lambda kind: kind.__name__))
@given(data=st.data())
def test_every_event_comes_back_as_it_went_in(kind, data):
    event = data.draw(MADE[kind])
    assert decode_event(NAMES[kind], ENCODER.encode(event)) == event


@given(seen, st.none() | infos, st.lists(texts, max_size=3).map(tuple))
def test_every_frame_comes_back_as_it_went_in(happened, info, ids):
    record = FrameRecord(happened, plain(info), ids=ids, unix_s=(1.5,), told=("a=b",), ended=False)
    back = decode_frame(ENCODER.encode(record))
    assert same(back.seen, happened)
    assert info is None if back.info is None else same(plain(info), back.info)
    assert (back.ids, back.unix_s, back.told, back.ended) == (ids, (1.5,), ("a=b",), False)


def another(field, value):
    """A value of a field that is not its default, whatever field comes later."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return 1
    if isinstance(value, float):
        return 0.25
    if isinstance(value, tuple):
        return (0.5, -0.25)
    if isinstance(value, str):
        return "knuckles"
    raise AssertionError(f"{field} of a hand: say here how to make another value of it")


def test_no_field_of_a_hand_is_forgotten():
    hand = HandState(np.arange(16.0).reshape(4, 4))
    changes = {
        field.name: another(field.name, getattr(hand, field.name))
        for field in dataclasses.fields(HandState)
        if field.name != "world_from_hand"
    }
    hand = dataclasses.replace(hand, **changes)
    info = FrameInfo((EyeView(np.eye(4), (-1.0, 1.0, -1.0, 1.0), (8, 8)),), np.eye(4), (hand,), 1.0)
    back = decode_frame(ENCODER.encode(FrameRecord(HeadsetEvents(SessionState.IDLE), plain(info))))
    assert same(back.info.hands[0], hand)
    assert set(DEVICE_TYPES) == {HeadsetEvents, FrameInfo, EyeView, HandState}


def test_a_controller_of_no_name_that_a_driver_has_is_refused():
    hand = HandState(np.eye(4), kind="x" * (TEXT_CHARS_MAX + 1))
    info = FrameInfo((EyeView(np.eye(4), (-1.0, 1.0, -1.0, 1.0), (8, 8)),), np.eye(4), (hand,), 1.0)
    with pytest.raises(DamagedError, match="that no headset has"):
        decode_frame(ENCODER.encode(FrameRecord(HeadsetEvents(SessionState.IDLE), plain(info))))


def test_what_a_device_gives_is_copied_and_laid_row_by_row():
    shared = np.asfortranarray(np.arange(16.0).reshape(4, 4))
    eye = EyeView(shared, tuple(np.float32([-1, 1, -1, 1])), (np.int32(8), 8))
    info = plain(FrameInfo((eye,), shared.astype(np.float32), [HandState(shared)], np.float64(1.5)))
    shared[:] = 0.0
    assert same(info.views[0].world_from_eye, np.arange(16.0).reshape(4, 4))
    assert same(info.world_from_head, np.arange(16.0).reshape(4, 4))
    assert same(info.views[0].tangents, (-1.0, 1.0, -1.0, 1.0))
    assert same(info.views[0].size, (8, 8))
    assert same(info.predicted_time_s, 1.5)
    assert isinstance(info.hands, tuple)


def test_what_is_in_no_table_is_neither_written_nor_read():
    with pytest.raises(TypeError, match="in no table"):
        ENCODER.encode(object())
    with pytest.raises(DamagedError, match="'os_system' in it is not known"):
        decode_event("os_system", b"")
    with pytest.raises(DamagedError, match="not known"):
        decode_event(SCENE, b"")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_damaged(data):
    try:
        assert isinstance(decode_frame(data), FrameRecord)
    except DamagedError as error:
        assert "a frame in it" in str(error)  # noqa: PT017 - either is right


def test_a_record_is_readable_by_any_reader_of_messagepack():
    record = FrameRecord(HeadsetEvents(SessionState.FOCUSED, keys=("help",)))
    assert msgspec.msgpack.decode(ENCODER.encode(record)) == {
        "seen": {"state": "focused", "typed": "", "keys": ["help"], "for_good": False}
    }
