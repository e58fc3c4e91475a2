"""What the worker writes is what the frame reads, whatever it is."""

import msgspec

from catalog_sync.model.facts import Facts, Nutrition
from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from vr_client.net.letter import PRICES, PRODUCTS, seal, unseal, weight
from vr_client.state.events import Disconnected, PricesChanged, ProductsLoaded, Progress

TEA = Product(
    "TEA", {"ko": "보리차", "en": "Barley tea"}, "Sori", "tea", "box", (60.0, 120.5, 40.0),
    Money(4900, "KRW"), 12, "08801234567890", "500 ml", 510.0, True, "f" * 64, "#aabbcc",
    Money(5900, "KRW"), True,
    Facts(Nutrition(energy_kcal=1.5), ("wheat",), ("milk",), {"en": "Roasted."}),
)  # fmt: skip
PLAIN = Product("PLAIN", {"en": "Plain"}, "", "other", "can", (60.0, 120.0, 60.0))


def test_products_and_prices_come_as_they_went():
    events = [
        ProductsLoaded("aisle-1", (TEA, PLAIN)),
        ProductsLoaded("", ()),
        PricesChanged((PriceChange("TEA", Money(1, "KRW"), 0), PriceChange("PLAIN", None, 3))),
    ]
    for event, kind in zip(events, (PRODUCTS, PRODUCTS, PRICES), strict=True):
        message = seal(event)
        assert message[:1] == kind
        assert unseal(message) == event
        assert weight(message) == len(message) * (2 if kind == PRICES else 1)
    assert unseal(seal(events[0])).products[0].told.nutrition.energy_kcal == 1.5


def test_whatever_else_there_is_is_pickled():
    for event in (Disconnected("The shop is closed.", None), Progress("scene", 1, 2)):
        assert unseal(seal(event)) == event


def test_every_field_of_a_product_is_in_the_sample():
    """Else one that goes astray on the way would not be missed."""
    fields = msgspec.structs.fields(Product)
    same = {f.name for f in fields if getattr(TEA, f.name) == f.default}
    assert same == set()
