"""The shopping list: on and off it, in the order of the walk, and what is in the cart is got."""

from dataclasses import replace

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from vr_client.state.assortment import Assortment
from vr_client.state.client_state import ClientState
from vr_client.state.events import PanelToggled, RoutePlanned, WishToggled
from vr_client.state.reduce import WISHES_MAX, reduce
from vr_client.ui.actions import GoToProduct, go_back, press, to_get

PRODUCTS = {
    sku: Product(sku, {"en": sku}, "", "", "box", (10.0, 10.0, 10.0))
    for sku in [*"ABCD", *(f"S{n}" for n in range(WISHES_MAX))]
}
STATE = ClientState(products=Assortment(PRODUCTS))


def wishing(*skus, state=STATE):
    for sku in skus:
        state = reduce(state, WishToggled(sku))
    return state


def test_what_is_toggled_is_on_the_list_until_it_is_toggled_again():
    assert wishing("A", "B", "C").wishes == ("A", "B", "C")
    assert wishing("A", "B", "A").wishes == ("B",)
    assert wishing("nothing").wishes == ()


def test_a_list_has_an_end():
    full = wishing(*(f"S{n}" for n in range(WISHES_MAX)))
    more = wishing("A", state=full)
    assert (more.wishes, more.notice) == (full.wishes, "wishes_max")
    assert len(wishing("S3", state=full).wishes) == WISHES_MAX - 1


def test_the_list_takes_the_order_of_the_walk():
    route = RoutePlanned(("C", "A"), ((0.0, 0.0), (1.0, 0.0)), 1.0, missed=("D",))
    state = reduce(wishing("A", "B", "C", "D"), route)
    assert state.wishes == ("C", "A", "B", "D")
    assert state.route == route
    late = reduce(wishing("A", state=state), RoutePlanned(("A", "C"), (), 0.0))
    assert late.wishes == ("C", "B", "D")  # A was taken off meanwhile


def test_the_way_goes_with_the_last_wish():
    state = reduce(wishing("A"), RoutePlanned(("A",), ((0.0, 0.0), (1.0, 0.0)), 1.0))
    assert wishing("A", state=state).route is None


def test_what_is_in_the_cart_is_got():
    cart = Cart(1, "KRW", (CartLine("A", 1, Money(5, "KRW")),))
    state = replace(wishing("A", "B", "C"), cart=cart)
    assert to_get(state) == ("B", "C")
    assert press("wishes.next", state, str) == (GoToProduct("B"),)
    assert press("wishes.next", replace(state, wishes=("A",)), str) == ()


def test_rows_are_gone_to_and_dropped_and_cards_and_results_put_on():
    state = replace(wishing("A", "B"), card_sku="C")
    assert press("wishes.row.B", state, str) == (GoToProduct("B"),)
    assert press("wishes.drop.B", state, str) == (WishToggled("B"),)
    assert press("card.wish", state, str) == (WishToggled("C"),)
    assert press("search.wish.D", state, str) == (WishToggled("D"),)
    assert press("card.wish", replace(state, card_sku=None), str) == ()


def test_the_list_is_a_panel_that_closes():
    state = reduce(STATE, PanelToggled("wishes", True))
    assert go_back(state) == (PanelToggled("wishes", False),)
    assert press("wishes.close", state, str) == (PanelToggled("wishes", False),)
    assert reduce(state, PanelToggled("map", True)).panels == {"map"}
