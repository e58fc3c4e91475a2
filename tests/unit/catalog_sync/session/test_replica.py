"""Snapshots and deltas merge to the newest word, in whatever order they come."""

import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.session.replica import GapError, Replica
from catalog_sync.wire.codec import WireError
from catalog_sync.wire.columns import encode_cold, encode_hot
from catalog_sync.wire.messages import Delta, Snapshot


def product(sku, price=1000, stock=5):
    return Product(sku, {"en": sku}, "b", "c", "box", (1.0, 2.0, 3.0), Money(price, "KRW"), stock)


def change(sku, price, stock=5):
    return PriceChange(sku, Money(price, "KRW"), stock)


def cold(aisle, products, offset):
    return Snapshot(aisle, offset, "cold", encode_cold(products))


def hot(aisle, products, offset):
    return Snapshot(aisle, offset, "hot", encode_hot(products, "KRW"))


def replica(*aisles, offset=0):
    held = Replica()
    held.want(aisles)
    held.restart("e", offset)
    return held


def test_wanting_twice_is_wanting_once_in_order():
    held = Replica()
    assert held.want(["a", "b", "a"]) == ("a", "b")
    assert held.want(["b", "c"]) == ("c",)
    assert (held.wanted, held.missing) == (("a", "b", "c"), ("a", "b", "c"))


def test_a_delta_that_overtakes_the_snapshot_wins():
    held = replica("a", offset=4)
    assert held.take_delta(Delta(5, (change("tea", 900),))) == ()  # the aisle is not here yet
    assert held.take_snapshot(cold("a", [product("tea")], 4)) is None
    assert held.take_snapshot(hot("a", [product("tea")], 4)) == (product("tea", 900),)
    assert (held.offset, held.missing) == (5, ())


def test_an_offer_comes_with_its_price_and_goes_with_it():
    held = replica("a", offset=4)
    offer = PriceChange("tea", Money(900, "KRW"), 5, Money(1000, "KRW"))
    held.take_delta(Delta(5, (offer,)))
    held.take_snapshot(cold("a", [product("tea")], 4))
    (tea,) = held.take_snapshot(hot("a", [product("tea")], 4))
    assert (tea.price, tea.was_price) == (Money(900, "KRW"), Money(1000, "KRW"))
    assert held.take_delta(Delta(6, (change("tea", 900),))) == (change("tea", 900),)


def test_a_delta_older_than_the_snapshot_changes_nothing():
    held = replica("a")
    held.take_snapshot(cold("a", [product("tea", 800)], 3))
    assert held.take_snapshot(hot("a", [product("tea", 800)], 3)) == (product("tea", 800),)
    assert held.take_delta(Delta(2, (change("tea", 900),), since=0)) == ()
    assert held.offset == 2


def test_a_snapshot_of_one_aisle_hides_no_delta_of_another():
    held = replica("a", "b")
    for aisle, sku, offset in (("a", "tea", 0), ("b", "rice", 1)):  # delta 1, of tea, is held back
        held.take_snapshot(cold(aisle, [product(sku)], offset))
        held.take_snapshot(hot(aisle, [product(sku)], offset))
    assert held.offset == 0  # so that after a break the server tells it
    assert held.take_delta(Delta(1, (change("tea", 900),))) == (change("tea", 900),)


def test_a_delta_that_says_what_is_held_is_no_news():
    held = replica("a")
    held.take_snapshot(cold("a", [product("tea")], 0))
    held.take_snapshot(hot("a", [product("tea")], 0))
    assert held.take_delta(Delta(1, (change("tea", 1000),))) == ()


def test_a_product_of_two_aisles_has_one_price():
    held = replica("a", "b")
    for aisle, offset, price in (("a", 1, 700), ("b", 0, 600)):
        held.take_snapshot(cold(aisle, [product("tea", price)], offset))
        products = held.take_snapshot(hot(aisle, [product("tea", price)], offset))
        assert products == (product("tea", 700),)


def test_an_aisle_nobody_asked_for_is_ignored():
    held = replica("a")
    assert held.take_snapshot(hot("z", [product("tea")], 9)) is None
    assert (held.offset, held.missing) == (0, ("a",))


@pytest.mark.parametrize(
    ("held_at", "offset", "since", "gap"),
    [(4, 5, -1, False), (4, 6, -1, True), (4, 9, 4, False), (4, 9, 3, False), (4, 9, 5, True),
     (4, 4, -1, False), (4, 3, -1, False)],
)  # fmt: skip
def test_a_delta_must_follow_on_what_is_held(held_at, offset, since, gap):
    held = replica(offset=held_at)
    if gap:
        with pytest.raises(GapError):
            held.take_delta(Delta(offset, (), since))
        assert held.offset == held_at
    else:
        held.take_delta(Delta(offset, (), since))
        assert held.offset == max(held_at, offset)


def test_adrift_there_is_no_gap():
    held = replica("a", offset=4)
    held.drift()
    assert held.take_delta(Delta(90, (change("tea", 900),))) == ()
    held.take_snapshot(cold("a", [product("tea")], 80))
    assert held.take_snapshot(hot("a", [product("tea")], 80)) == (product("tea", 900),)
    assert held.offset == 90


def test_a_damaged_body_is_a_wire_error_and_changes_nothing():
    held = replica("a")
    with pytest.raises(WireError):
        held.take_snapshot(Snapshot("a", 3, "cold", b"junk"))
    with pytest.raises(WireError):
        held.take_snapshot(Snapshot("a", 3, "hot", b"junk"))
    assert (held.offset, held.missing) == (0, ("a",))
