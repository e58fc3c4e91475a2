"""A shop that comes back tells all it has; the frame's process hears what is another."""

import random

import msgspec

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from vr_client.net.news import News
from vr_client.state.client_state import ClientState
from vr_client.state.events import Disconnected, PricesChanged, ProductsLoaded
from vr_client.state.reduce import reduce


def product(sku, won=1000, name="Tea", stock=5):
    return Product(
        sku, {"en": name}, "", "tea", "box", (60.0, 90.0, 60.0), Money(won, "KRW"), stock
    )


def test_what_is_known_is_no_news_and_another_price_is_only_that():
    news = News()
    tea, jam = product("tea"), product("jam")
    first = ProductsLoaded("a", (tea, jam))
    assert list(news.of(first)) == [first]
    assert list(news.of(first)) == []
    dearer, renamed = product("tea", won=1200, stock=4), product("jam", won=900, name="Jam")
    assert list(news.of(ProductsLoaded("a", (dearer, renamed)))) == [
        ProductsLoaded("a", (renamed,)),
        PricesChanged((PriceChange("tea", Money(1200, "KRW"), 4),)),
    ]
    moved = PricesChanged((PriceChange("tea", None, 0),))
    assert list(news.of(moved)) == [moved]
    assert list(news.of(ProductsLoaded("a", (dearer, renamed)))) == [
        PricesChanged((PriceChange("tea", Money(1200, "KRW"), 4),))
    ]
    gone = Disconnected("The shop is closed.", None)
    assert list(news.of(gone)) == [gone]


def test_the_state_is_the_same_as_if_all_had_been_told():
    chance = random.Random(7)
    news, told, spared = News(), ClientState(), ClientState()
    skus = [f"S{number}" for number in range(12)]
    shelf = {sku: product(sku) for sku in skus}
    fewer = 0
    for _ in range(200):
        for sku in chance.sample(skus, 3):
            name, won = chance.choice("abc"), chance.randrange(900, 999)
            moves = ({"stock": won % 9}, {"names": {"en": name}}, {"price": Money(won, "KRW")})
            how = chance.choice(moves)
            shelf[sku] = msgspec.structs.replace(shelf[sku], **how)
        some = tuple(shelf[sku] for sku in chance.sample(skus, 6))
        event = ProductsLoaded("a", some)
        if chance.random() < 0.3:
            event = PricesChanged(
                tuple(PriceChange(p.sku, p.price, p.stock, p.was_price) for p in some)
            )
        told = reduce(told, event)
        for left in news.of(event):
            spared = reduce(spared, left)
            fewer += isinstance(left, PricesChanged)
        assert dict(spared.products) == dict(told.products)
    assert fewer > 100
