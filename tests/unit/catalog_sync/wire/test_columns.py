"""Aisles as columns: nothing is lost, and a damaged one is refused whole."""

import msgspec
import pytest

from catalog_sync.model.facts import ALLERGENS, Facts, Nutrition
from catalog_sync.model.money import AMOUNT_MINOR_MAX, Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.codec import WireError, compress, decompress
from catalog_sync.wire.columns import (
    UNPRICED,
    ColdColumns,
    HotColumns,
    decode_cold,
    decode_hot,
    encode_cold,
    encode_hot,
)
from catalog_sync.wire.limits import SNAPSHOT_BYTES_MAX

TEA = Product(
    "tea", {"ko": "보리차", "en": "Barley tea"}, "산들", "tea", "bottle", (65.0, 220.0, 65.0),
    Money(1900, "KRW"), 7, "08801234567893", "500 ml", 530.5, True, "m", "#aa3311",
    Money(2400, "KRW"), True,
    Facts(Nutrition(1.0, salt_g=0.02), ("gluten",), ("milk",), {"ko": "볶은 보리만 우렸습니다."}),
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


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (Facts(Nutrition(energy_kcal=1000.5)), "a energy_kcal of no food"),
        (Facts(Nutrition(sugars_g=-0.1)), "a sugars_g of no food"),
        (Facts(Nutrition(salt_g=float("nan"))), "a salt_g of no food"),
        (Facts(contains=ALLERGENS, may_contain=("milk",)), "more allergens"),
        (Facts(contains=("milk",), may_contain=("milk",)), "both contains and may contain"),
        (Facts(descriptions={"en": "x" * 241}), "too long"),
        (Facts(descriptions={"a language's name": "x"}), "too long"),
        (Facts(descriptions={f"l{n}": "x" for n in range(9)}), "too many languages"),
    ],
)
def test_facts_of_no_food_are_refused_with_the_aisle(facts, sentence):
    with pytest.raises(WireError, match=sentence):
        decode_cold(cold_body(facts=[facts]))


@pytest.mark.parametrize("facts", [["x"], [[[], ["kryptonite"], [], {}]], [[[1.0] * 3, 7]], [7]])
def test_facts_of_another_form_are_refused(facts):
    with pytest.raises(WireError, match="damaged snapshot"):
        decode_cold(cold_body(facts=facts))


def test_products_without_facts_are_as_small_as_they_were():
    """A list of nothing is one byte a product before it is compressed, and next to none after."""
    many = [msgspec.structs.replace(JAM, sku=f"jam-{n:05}") for n in range(1000)]
    body = encode_cold(many)
    columns = msgspec.msgpack.decode(decompress(body, SNAPSHOT_BYTES_MAX))
    assert columns.pop() == [None] * 1000
    before = compress(msgspec.msgpack.encode(columns))
    assert len(body) - len(before) < 32
