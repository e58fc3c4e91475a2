"""Comparing and undoing in the client's state: what is open, what is held, what is said."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import Product
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    AddToCart,
    CartChanged,
    CompareSwapped,
    CompareToggled,
    IntentDone,
    IntentSent,
    OrderMoved,
    PanelToggled,
    ProductPointed,
    RedoBegun,
    UndoAsked,
    UndoBegun,
)
from vr_client.state.reduce import reduce
from vr_client.state.undo import NOTHING_DONE, CartStep
from vr_client.ui.actions import compare, press, redo, undo_next

WON = Money(100, "KRW")
STATE = ClientState(
    connected=True,
    products=MappingProxyType({
        sku: Product(sku, {"en": sku.title()}, "", "", "box", (1, 1, 1), WON, 9)
        for sku in ("TEA", "JAM", "RICE")
    }),
    language="en",
)  # fmt: skip


def after(state, *events):
    for event in events:
        state = reduce(state, event)
    return state


def test_the_first_is_held_and_the_next_product_chosen_lies_beside_it():
    held = after(STATE, ProductPointed("TEA", 3), CompareToggled("TEA"))
    assert (held.compared, held.notice) == (("TEA",), "compare_choose=Tea")
    assert "compare" not in held.panels
    assert after(held, ProductPointed("TEA", 4)).compared == ("TEA",)
    both = after(held, ProductPointed("JAM", 5))
    assert (both.compared, both.card_sku) == (("TEA", "JAM"), "JAM")
    assert "compare" in both.panels


def test_toggling_again_lets_go_and_toggling_another_compares():
    held = after(STATE, CompareToggled("TEA"))
    assert after(held, CompareToggled("TEA")).compared == ()
    assert after(held, CompareToggled("JAM")).compared == ("TEA", "JAM")
    assert after(STATE, CompareToggled("GONE")) is STATE


def test_closing_ends_it_but_another_panel_only_covers_it():
    both = after(STATE, CompareToggled("TEA"), CompareToggled("JAM"))
    covered = after(both, PanelToggled("cart", True))
    assert (covered.compared, "compare" in covered.panels) == (("TEA", "JAM"), False)
    assert "compare" in after(covered, CompareToggled("JAM")).panels
    assert after(both, PanelToggled("compare", False)).compared == ()
    assert after(covered, CompareToggled("RICE")).compared == ("RICE",)


def test_a_side_makes_room_for_another():
    both = after(STATE, ProductPointed("JAM", 1), CompareToggled("TEA"), CompareToggled("JAM"))
    free = after(both, CompareSwapped(0))
    assert (free.compared, free.card_sku, free.notice) == (("JAM",), None, "compare_choose=Jam")
    assert "compare" not in free.panels
    assert after(free, ProductPointed("RICE", 2)).compared == ("JAM", "RICE")
    assert after(both, CompareSwapped(2)) is both


def test_the_key_compares_the_card_closes_the_panel_or_opens_it_again():
    assert compare(STATE) == ()
    card = after(STATE, ProductPointed("TEA", 1))
    assert compare(card) == (CompareToggled("TEA"),)
    both = after(card, CompareToggled("TEA"), ProductPointed("JAM", 2))
    assert compare(both) == (PanelToggled("compare", False),)
    covered = after(both, PanelToggled("cart", True), ProductPointed(None))
    assert compare(covered) == (CompareToggled("TEA"),)


# ---------------------------------------------------------------- undo


def answered(state, intent, units, cart, reason=""):
    done = IntentDone(intent.id, not reason, reason, units)
    return after(state, IntentSent(intent), CartChanged(cart), done)


def cart(version, **lines):
    held = tuple(CartLine(sku, count, WON) for sku, count in lines.items())
    return Cart(version, "KRW", held)


ADDED = answered(STATE, AddToCart("a", "TEA", 2), 2, cart(1, TEA=2))


def test_what_was_added_is_said_and_can_be_undone():
    assert ADDED.notice == "cart_added=Tea"
    assert ADDED.history.done == (CartStep("a", "TEA", 2),)
    asked = after(ADDED, *press("notice.undo", ADDED, str))
    begun, sent = undo_next(asked, lambda: "u")
    assert (begun, sent) == (UndoBegun("a", "u"), AddToCart("u", "TEA", -2))
    undone = answered(after(asked, begun), sent, -2, cart(2))
    assert undone.notice == "undone=Tea"
    assert (undone.history.done, undone.history.asked) == ((), ())
    again = redo(undone, lambda: "r")
    assert again == (RedoBegun("u", "r"), AddToCart("r", "TEA", 2))
    assert answered(after(undone, again[0]), again[1], 2, cart(3, TEA=2)).history.done == (
        CartStep("r", "TEA", 2),
    )


def test_in_an_open_cart_only_a_line_that_went_is_told():
    opened = after(ADDED, PanelToggled("cart", True))
    more = answered(opened, AddToCart("b", "TEA", 1), 1, cart(2, TEA=3))
    assert more.notice == ""
    fewer = answered(more, AddToCart("c", "TEA", -1), -1, cart(3, TEA=2))
    assert fewer.notice == ""
    assert answered(fewer, AddToCart("d", "TEA", -2), -2, cart(4)).notice == "cart_taken=Tea"


def test_a_refusal_says_why_and_leaves_nothing_to_undo():
    refused = answered(ADDED, AddToCart("b", "JAM", 1), 0, ADDED.cart, "out_of_stock")
    assert (refused.notice, refused.history) == ("out_of_stock", ADDED.history)


def test_an_undo_that_the_shop_refuses_says_why_and_the_one_before_comes_next():
    gone = answered(ADDED, AddToCart("b", "TEA", -2), -2, cart(2))
    asked = after(gone, UndoAsked())
    begun, sent = undo_next(asked, lambda: "u")
    assert sent == AddToCart("u", "TEA", 2)
    sold = answered(after(asked, begun), sent, 0, cart(2), "out_of_stock")
    assert (sold.notice, sold.history.undone) == ("out_of_stock", ())
    assert undo_next(after(sold, UndoAsked()), lambda: "v")[0] == UndoBegun("a", "v")


def test_what_another_device_took_out_already_is_said_so():
    asked = after(ADDED, CartChanged(cart(2)), UndoAsked())
    begun, sent = undo_next(asked, lambda: "u")
    assert answered(after(asked, begun), sent, 0, cart(2)).notice == "undone_nothing=Tea"


def test_what_was_bought_cannot_be_undone():
    order = Order("o", "K7", "paid", ADDED.cart.lines, ADDED.cart.total)
    assert after(ADDED, OrderMoved(order)).history == NOTHING_DONE
    asked = replace(ADDED, history=NOTHING_DONE)
    assert after(asked, UndoAsked()) is asked


@pytest.mark.parametrize("event", [UndoBegun("gone", "u"), RedoBegun("gone", "u")])
def test_a_step_that_is_not_there_changes_nothing(event):
    assert after(ADDED, event) is ADDED
    assert undo_next(ADDED, str) == ()
    assert redo(ADDED, str) == ()
