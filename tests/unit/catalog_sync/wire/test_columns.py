"""Aisles as columns: nothing is lost, and a damaged one is refused whole."""

import msgspec
import pytest

from catalog_sync.model.money import AMOUNT_MINOR_MAX, Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.codec import WireError, compress
from catalog_sync.wire.columns import (
    UNPRICED,
    ColdColumns,
    HotColumns,
    decode_cold,
    decode_hot,
    encode_cold,
    encode_hot,
)

TEA = Product(
    "tea", {"ko": "보리차", "en": "Barley tea"}, "산들", "tea", "bottle", (65.0, 220.0, 65.0),
    Money(1900, "KRW"), 7, "08801234567893", "500 ml", 530.5, True, "m", "#aa3311",
    Money(2400, "KRW"), True,
)  # fmt: skip
JAM = Product("jam", {"en": "Jam"}, "b", "c", "jar", (70.0, 90.0, 70.0))


def cold_body(**changes):
    columns = msgspec.structs.replace(
        ColdColumns(*([getattr(TEA, f)] for f in ColdColumns.__struct_fields__)), **changes
    )
    return compress(msgspec.msgpack.encode(columns))


def hot_body(*columns):
    return compress(msgspec.msgpack.encode(HotColumns(*columns)))


def test_cold_has_all_but_price_and_stock():
    assert decode_cold(encode_cold([TEA, JAM])) == [
        msgspec.structs.replace(TEA, price=None, stock=0, was_price=None),
        JAM,
    ]


def test_hot_has_price_and_stock():
    assert decode_hot(encode_hot([TEA, JAM], "KRW")) == [
        PriceChange("tea", Money(1900, "KRW"), 7, Money(2400, "KRW")),
        PriceChange("jam", None, 0),
    ]


def test_an_empty_aisle_round_trips():
    assert decode_cold(encode_cold([])) == []
    assert decode_hot(encode_hot([], "KRW")) == []


def test_a_free_product_is_priced():
    free = msgspec.structs.replace(JAM, price=Money(0, "KRW"))
    assert decode_hot(encode_hot([free], "KRW")) == [PriceChange("jam", Money(0, "KRW"), 0)]


def test_an_offer_that_is_none_is_not_told():
    same = msgspec.structs.replace(TEA, was_price=TEA.price)
    assert decode_hot(encode_hot([same], "KRW")) == [PriceChange("tea", Money(1900, "KRW"), 7)]


def test_a_price_of_another_currency_is_never_written_down_as_ours():
    with pytest.raises(ValueError, match="another currency than USD"):
        encode_hot([TEA], "USD")


@pytest.mark.parametrize(
    "body",
    [
        b"junk",
        compress(b"\xc1"),
        compress(b"\x91" * 100_000),
        cold_body(sku=[]),
        cold_body(brand=["a", "b"]),
        cold_body(names=[{}]),
        cold_body(package=["crate"]),
        cold_body(dimensions_mm=[(1.0, float("nan"), 1.0)]),
        cold_body(dimensions_mm=[(1.0, float("inf"), 1.0)]),
        cold_body(dimensions_mm=[(1.0, 1.0)]),
    ],
)
def test_damaged_cold_columns_are_refused(body):
    with pytest.raises(WireError):
        decode_cold(body)


@pytest.mark.parametrize(
    "body",
    [
        b"junk",
        hot_body("KRW", ["a"], [1], [UNPRICED], []),
        hot_body("KRW", ["a"], [1, 2], [UNPRICED], [1]),
        hot_body("KRW", ["a"], [1], [], [1]),
        hot_body("won", ["a"], [1], [UNPRICED], [1]),
        hot_body("KRW", ["a"], [UNPRICED - 1], [UNPRICED], [1]),
        hot_body("KRW", ["a"], [AMOUNT_MINOR_MAX + 1], [UNPRICED], [1]),
        hot_body("KRW", ["a"], [1.5], [UNPRICED], [1]),
        hot_body("KRW", ["a"], [5], [5], [1]),
        hot_body("KRW", ["a"], [5], [UNPRICED - 1], [1]),
        hot_body("KRW", ["a"], [UNPRICED], [5], [1]),
        hot_body("KRW", ["a"], [5], [AMOUNT_MINOR_MAX + 1], [1]),
    ],
)
def test_damaged_hot_columns_are_refused(body):
    with pytest.raises(WireError):
        decode_hot(body)
