"""Being led to a product: when it begins, what comes of it, and all the ways in which it ends."""

from dataclasses import replace

import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    CartChanged,
    ProductPointed,
    RoutePlanned,
    WayWanted,
)
from vr_client.state.reduce import reduce

PATH = ((0.0, 0.0), (3.0, 0.0))
WAY = RoutePlanned(("TEA",), PATH, 3.0)
LED = ClientState(led_to="TEA", way=WAY, marked_sku="TEA")
PRICE = Money(1000, "KRW")


def cart(quantity):
    return Cart(quantity + 1, "KRW", (CartLine("TEA", quantity, PRICE),) if quantity else ())


def test_it_is_marked_on_the_map_and_the_way_comes_when_it_is_known():
    state = reduce(ClientState(wishes=("TEA",)), WayWanted("TEA"))
    assert (state.led_to, state.way, state.marked_sku) == ("TEA", None, "TEA")
    state = reduce(state, WAY)
    assert (state.way, state.route) == (WAY, None)


def test_an_older_answer_about_the_list_stays_with_the_list():
    listed = RoutePlanned(("RICE", "TEA"), PATH, 3.0)
    state = reduce(replace(LED, wishes=("TEA", "RICE"), way=None), listed)
    assert (state.route, state.wishes, state.way) == (listed, ("RICE", "TEA"), None)


def test_another_product_takes_its_place_and_the_old_way_is_gone():
    state = reduce(LED, WayWanted("RICE"))
    assert (state.led_to, state.way, state.marked_sku) == ("RICE", None, "RICE")


def test_what_nobody_can_walk_to_is_said():
    state = reduce(replace(LED, way=None), RoutePlanned((), (), 0.0, ("TEA",)))
    assert (state.led_to, state.way, state.notice) == (None, None, "not_on_shelf")


@pytest.mark.parametrize(
    "event", [WayWanted(None), ProductPointed("TEA"), CartChanged(cart(1))],
    ids=["enough", "its card", "in the cart"],
)  # fmt: skip
def test_it_ends(event):
    state = reduce(LED, event)
    assert (state.led_to, state.way, state.marked_sku) == (None, None, "TEA")


@pytest.mark.parametrize("event", [ProductPointed("RICE"), ProductPointed(None)])
def test_it_goes_on_whatever_else_is_looked_at(event):
    assert reduce(LED, event).led_to == "TEA"


def test_who_has_it_in_the_cart_already_may_be_led_to_more_of_it():
    state = replace(LED, cart=cart(2))
    assert reduce(state, CartChanged(cart(1))).led_to == "TEA"
    assert reduce(state, CartChanged(cart(3))).led_to is None
