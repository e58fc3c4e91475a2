from dataclasses import replace

import numpy as np
import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.compile.scene import SceneDescription
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    AbandonCheckout,
    AddToCart,
    CardQuantityChanged,
    CheckoutOpened,
    OpenCheckout,
    PanelToggled,
    ProductPointed,
)
from vr_client.ui.actions import go_back, point_at, press, scroll, toggle

WON = Money(8900, "KRW")
STATE = ClientState(
    card_sku="A1",
    card_quantity=2,
    cart=Cart(7, "KRW", (CartLine("B.2", 1, WON),)),
    checkout=CheckoutOpened("order", "http://x", WON, 100),
)


def new_id():
    return "id-1"


@pytest.mark.parametrize(
    ("target", "action"),
    [
        ("card.close", ProductPointed(None)),
        ("card.minus", CardQuantityChanged(1)),
        ("card.plus", CardQuantityChanged(3)),
        ("card.add", AddToCart("id-1", "A1", 2)),
        ("chip.open", PanelToggled("cart", True)),
        ("cart.close", PanelToggled("cart", False)),
        ("cart.line.B.2.plus", AddToCart("id-1", "B.2", 1)),
        ("cart.line.B.2.minus", AddToCart("id-1", "B.2", -1)),
        ("cart.checkout", OpenCheckout("id-1", 7)),
        ("checkout.cancel", AbandonCheckout("id-1", "order")),
        ("order.close", PanelToggled("order", False)),
        ("help.close", PanelToggled("help", False)),
    ],
)
def test_each_target_does_its_one_thing(target, action):
    assert press(target, STATE, new_id) == (action,)


@pytest.mark.parametrize("target", ["card.add", "cart.checkout", "checkout.cancel", "nonsense"])
def test_a_target_whose_moment_has_passed_does_nothing(target):
    assert press(target, ClientState(), new_id) == ()


def test_the_last_unit_cannot_be_stepped_below_one_on_the_card():
    assert press("card.minus", replace(STATE, card_quantity=1), new_id) == (CardQuantityChanged(1),)


def test_the_chip_closes_a_cart_that_is_open():
    assert toggle("cart", replace(STATE, panels=frozenset({"cart"}))) == (
        PanelToggled("cart", False),
    )


def test_back_closes_what_is_in_front_and_never_gives_a_checkout_up():
    assert go_back(replace(STATE, panels=frozenset({"cart", "help"}))) == (
        PanelToggled("help", False),
    )
    assert go_back(STATE) == (ProductPointed(None),)
    assert go_back(ClientState(panels=frozenset({"checkout"}), checkout=STATE.checkout)) == ()


def with_scene(state):
    empty = np.empty(0)
    scene = SceneDescription(
        "", empty, empty, empty, empty, empty, np.array([-1, 1], np.int32), empty, empty, empty,
        *[empty] * 6, ("A1", "B2"), (), ((0, 0, 0), (1, 1, 1)), (0, 0, 0),
    )  # fmt: skip
    return replace(state, scene=scene)


def test_pressing_a_unit_shows_its_product_and_clears_what_would_cover_it():
    state = with_scene(replace(STATE, panels=frozenset({"cart"})))
    assert point_at(1, state) == (PanelToggled("cart", False), ProductPointed("B2", 1))


def test_what_is_not_for_sale_or_behind_a_checkout_cannot_be_pressed():
    state = with_scene(STATE)
    assert point_at(0, state) == ()
    assert point_at(2, state) == ()
    assert point_at(1, replace(state, panels=frozenset({"checkout"}))) == ()


@pytest.mark.parametrize(
    ("before", "steps", "after"),
    [
        (2, 1.0, 3),
        (2, -1.0, 1),
        (1, -1.0, 1),
        (2, 0.25, 3),
        (2, -0.25, 1),
        (2, 3.0, 4),
        (4, 1.0, 4),
    ],
)
def test_the_wheel_over_the_card_counts_from_one_to_what_is_in_stock(before, steps, after):
    product = Product("A1", {"en": "A"}, "b", "c", "box", (1.0, 1.0, 1.0), WON, 4)
    state = replace(STATE, card_quantity=before, products={"A1": product})
    assert scroll("card", steps, state) == (CardQuantityChanged(after),)
    assert scroll("cart", steps, state) == ()
    assert scroll("card", steps, replace(state, card_sku=None)) == ()
