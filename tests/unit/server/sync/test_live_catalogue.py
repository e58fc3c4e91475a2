from msgspec.structs import replace

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.codec import decode_server
from catalog_sync.wire.columns import decode_cold, decode_hot
from catalog_sync.wire.messages import Delta
from server.storage.contract import Catalogue
from server.sync.live_catalogue import LiveCatalogue

AISLES = {"one": ("tea", "rice", "unlisted"), "two": ("tea",), "bare": ()}


def change(sku, won, stock=5):
    return PriceChange(sku, Money(won, "KRW"), stock)


def product(sku):
    return Product(sku, {"en": sku}, "B", "c", "box", (60.0, 90.0, 60.0), Money(100, "KRW"), 5)


def live(*history, offset=10):
    catalogue = Catalogue("e", offset, (product("tea"), product("rice")))
    return LiveCatalogue(catalogue, history, AISLES, "KRW")


def test_a_snapshot_has_what_stands_in_the_aisle():
    cold, hot = map(decode_server, live().snapshot("one"))
    assert [p.sku for p in decode_cold(cold.body)] == ["tea", "rice"]
    assert decode_hot(hot.body) == [change("tea", 100), change("rice", 100)]
    assert (cold.part, hot.part, hot.offset) == ("cold", "hot", 10)
    assert [decode_cold(decode_server(live().snapshot("bare")[0]).body)] == [[]]
    assert live().snapshot("nowhere") is None


def test_a_snapshot_is_encoded_once_until_its_aisle_changes():
    shop = live()
    one, two = shop.snapshot("one"), shop.snapshot("two")
    assert shop.snapshot("one")[1] is one[1]
    assert shop.apply(Delta(11, (change("rice", 90),))) == {"rice"}
    assert shop.snapshot("one")[0] is one[0]
    assert shop.snapshot("two")[1] is two[1]
    hot = decode_server(shop.snapshot("one")[1])
    assert (hot.offset, decode_hot(hot.body)[1]) == (11, change("rice", 90))


def test_only_a_price_that_moved_counts_as_repriced():
    shop = live()
    changes = (change("tea", 100, stock=1), change("rice", 99), change("other", 1))
    assert shop.apply(Delta(11, changes)) == {"rice"}
    assert shop.apply(Delta(12, (PriceChange("tea", None, 1),))) == {"tea"}


def test_the_past_comes_as_one_delta_as_far_as_it_is_known():
    shop = live(Delta(9, (change("tea", 1),)), Delta(10, (change("rice", 1),)))
    shop.apply(Delta(11, (change("tea", 2),)))
    assert shop.since(11) == Delta(11, (), since=11)
    assert shop.since(10) == Delta(11, (change("tea", 2),), since=10)
    assert shop.since(8) == Delta(11, (change("tea", 2), change("rice", 1)), since=8)
    assert shop.since(7) is None
    assert shop.since(12) is None


def test_one_that_overtakes_another_has_its_history_and_knows_what_changed():
    before = live(Delta(9, (change("tea", 80),)), Delta(10, (change("tea", 100),)))
    before.apply(Delta(11, (change("rice", 90),)))
    placed = {"one": ("rice", "tea"), "two": ("tea",), "three": ("rice",)}
    catalogue = Catalogue("e2", 10, (product("tea"), product("rice")))
    after = LiveCatalogue(catalogue, (), placed, "KRW")
    assert after.overtake(before) == ("one", "three")
    assert (after.epoch, after.offset) == ("e2", 11)
    assert after.since(8) == before.since(8)
    hot = decode_server(after.snapshot("three")[1])
    assert decode_hot(hot.body) == [change("rice", 90)]


def test_facts_that_change_change_their_aisles_and_prices_do_not():
    before = live()
    dear = replace(product("rice"), price=Money(999, "KRW"), stock=0)
    renamed = replace(product("tea"), names={"en": "Green tea"})
    after = LiveCatalogue(Catalogue("e", 10, (product("tea"), dear)), (), AISLES, "KRW")
    assert after.overtake(before) == ()
    after = LiveCatalogue(Catalogue("e", 10, (renamed, product("rice"))), (), AISLES, "KRW")
    assert after.overtake(before) == ("one", "two")
