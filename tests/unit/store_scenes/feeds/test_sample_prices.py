import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.feeds.sample_prices import sample_prices


def product(sku, category, size="", price=None):
    return Product(
        sku, {"en": sku}, "Brand", category, "box", (1.0, 1.0, 1.0), price, size_text=size
    )


GOODS = tuple(product(f"{category}-{n}", category) for category in
              ("Soda", "Wine", "Beef", "Candy", "Coffee") for n in range(40))  # fmt: skip


def test_real_prices_stay_and_made_up_ones_are_marked():
    real = product("a", "Soda", price=Money(1234, "KRW"))
    kept, made = sample_prices((real, product("b", "Soda")), "KRW")
    assert kept is real
    assert made.price_is_sample
    assert made == sample_prices((product("b", "Soda"),), "KRW")[0]


@pytest.mark.parametrize(
    ("currency", "endings"),
    [("USD", {49, 99}), ("EUR", {49, 99}), ("KRW", {80, 0}), ("JPY", {8, 80})],
)
def test_prices_end_as_prices_do(currency, endings):
    ends = {p.price.amount_minor % 100 for p in sample_prices(GOODS, currency)}
    if currency == "JPY":
        ends = {80 if end == 80 else end % 10 for end in ends}
    assert ends <= endings


def test_more_costs_more_and_less_by_weight():
    small, large = sample_prices(
        (product("a", "Coffee", "200 g"), product("a", "Coffee", "1 kg")), "USD"
    )
    assert small.price.amount_minor < large.price.amount_minor < 5 * small.price.amount_minor


def test_dear_goods_are_dear():
    by_kind = {}
    for priced in sample_prices(GOODS, "KRW"):
        by_kind.setdefault(priced.category, []).append(priced.price.amount_minor)
    assert max(by_kind["Soda"]) < min(by_kind["Beef"]) < 20_000
    assert all(300 <= amount < 30_000 for amounts in by_kind.values() for amount in amounts)
