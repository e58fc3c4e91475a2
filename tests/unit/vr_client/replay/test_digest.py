"""The digest of a state: another for every field, the same however one came to it."""

import dataclasses
from types import MappingProxyType

import msgspec
import numpy as np
import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import Product
from tests.golden.small_scene import small_scene
from vr_client.interact.comfort import Comfort
from vr_client.replay.digest import FIELDS, StateDigests, bytes_of, digest
from vr_client.state.assortment import Assortment
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    AddToCart,
    ChangeQuantity,
    CheckoutOpened,
    Keyboard,
    RoutePlanned,
)
from vr_client.state.senses import Senses
from vr_client.state.undo import CartStep, History

WON = Money(100, "KRW")
TEA = Product("TEA", {"en": "Tea"}, "Hill", "tea", "box", (1.0, 2.0, 3.0), WON, 5)
RICE = msgspec.structs.replace(TEA, sku="RICE")

ANOTHER = {
    "connected": True,
    "ever_connected": True,
    "store": "Tiny",
    "wishes": ("TEA",),
    "route": RoutePlanned(("TEA",), ((0.0, 0.0), (1.0, 0.0)), 1.0),
    "locale": "en_US",
    "language": "en",
    "progress": ("scene", 1, 2),
    "products": MappingProxyType({"TEA": TEA}),
    "scene": small_scene(),
    "cart": Cart(1, "KRW", (CartLine("TEA", 1, WON),)),
    "pending": (AddToCart("a", "TEA", 1),),
    "card_sku": "TEA",
    "card_instance": 4,
    "card_quantity": 2,
    "panels": frozenset({"cart"}),
    "checkout": CheckoutOpened("o", "http://x", WON, 9),
    "order": Order("o", "K7", "paid", (), WON),
    "query": "tea",
    "category": "tea",
    "keyboard": Keyboard("en", shift=True),
    "row": 1,
    "marked_sku": "TEA",
    "led_to": "TEA",
    "way": RoutePlanned(("TEA",), ((0.0, 0.0), (1.0, 0.0)), 1.0),
    "layout_problem": "a shelf hangs",
    "notice": "unpriced",
    "labels_dirty": frozenset({"TEA"}),
    "language_chosen": True,
    "comfort": Comfort(seated=True),
    "history": History((CartStep("a", "TEA", 1),)),
    "compared": ("TEA",),
    "senses": Senses("large"),
    "lesson": "press",
}


def of(state):
    follower = StateDigests()
    follower.changed(state)
    return follower.now


def test_every_field_of_the_state_has_its_own_digest():
    assert set(ANOTHER) == set(FIELDS) == {f.name for f in dataclasses.fields(ClientState)}
    plain = of(ClientState())
    for name, value in ANOTHER.items():
        now = of(dataclasses.replace(ClientState(), **{name: value}))
        assert {field for field in FIELDS if now[field] != plain[field]} == {name}


@pytest.mark.parametrize(
    ("field", "one", "two"),
    [
        ("pending", (AddToCart("a", "TEA", 1),), (ChangeQuantity("a", "TEA", 1),)),
        ("products", MappingProxyType({"TEA": TEA}), MappingProxyType(
            {"TEA": msgspec.structs.replace(TEA, stock=4)})),
        ("products", MappingProxyType({"TEA": TEA, "RICE": RICE}),
         MappingProxyType({"RICE": RICE, "TEA": TEA})),
        ("labels_dirty", frozenset({"TEA"}), frozenset({"TEA", "RICE"})),
    ],
)  # fmt: skip
def test_values_that_are_nearly_the_same_are_not(field, one, two):
    digests = [of(dataclasses.replace(ClientState(), **{field: value})) for value in (one, two)]
    assert digests[0][field] != digests[1][field]


def test_only_what_changed_is_told_and_the_way_there_does_not_matter():
    follower = StateDigests()
    assert set(follower.changed(ClientState())) == set(FIELDS)
    assert follower.changed(ClientState(notice="a")).keys() == {"notice"}
    assert follower.changed(ClientState(notice="a")) == {}
    many = dataclasses.replace(
        ClientState(), products=Assortment({"TEA": TEA, "RICE": RICE}),
        labels_dirty=frozenset({"TEA", "RICE", "SALT"}), scene=small_scene(),
    )  # fmt: skip
    follower.changed(many)
    fewer = dataclasses.replace(many, labels_dirty=frozenset({"SALT"}))
    follower.changed(fewer)
    assert follower.now == of(fewer)
    equal = dataclasses.replace(fewer, products=Assortment({"TEA": TEA, "RICE": RICE}))
    assert follower.changed(equal) == {}


def test_a_scene_with_one_other_number_is_another():
    scene = small_scene()
    bounds = scene.bounds.copy()
    bounds[0, 0, 0] += 1e-3
    moved = dataclasses.replace(scene, bounds=bounds)
    assert of(ClientState(scene=scene))["scene"] != of(ClientState(scene=moved))["scene"]
    assert of(ClientState(scene=scene))["scene"] == of(ClientState(scene=small_scene()))["scene"]


def test_bytes_are_those_of_the_rows_whatever_lies_how():
    array = np.asfortranarray(np.arange(6, dtype=np.int32).reshape(2, 3))
    assert bytes(bytes_of(array)) == np.arange(6, dtype=np.int32).tobytes()
    assert bytes(bytes_of(np.zeros((0, 4)))) == b""
    assert len(digest(b"x")) == 8
