"""Every event's effect on the client state, exactly."""

from dataclasses import fields, replace

import msgspec
import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.limits import QUANTITY_MAX
from vr_client.state.assortment import Assortment
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    AbandonCheckout,
    AddToCart,
    CardQuantityChanged,
    CartChanged,
    CheckoutOpened,
    Connected,
    Disconnected,
    IntentDone,
    IntentSent,
    LanguageChanged,
    Noticed,
    OrderMoved,
    PanelToggled,
    PricesChanged,
    ProductPointed,
    ProductsLoaded,
    Progress,
)
from vr_client.state.reduce import CARD_QUANTITY_MAX, mark_labels_told, reduce


def won(amount):
    return Money(amount, "KRW")


def product(sku, price=1000, stock=5):
    return Product(
        sku=sku,
        names={"ko": sku, "en": sku},
        brand="b",
        category="c",
        package="box",
        dimensions_mm=(1.0, 2.0, 3.0),
        price=won(price),
        stock=stock,
    )


CART_2 = Cart(2, "KRW", (CartLine("tea", 2, won(1000)),))
CHECKOUT = CheckoutOpened("o1", "http://shop/pay/x", won(2000), 99)


def order(state, order_id="o1"):
    return Order(order_id, "A-1", state, CART_2.lines, CART_2.total)


def changed_fields(before, after):
    return {
        f.name: getattr(after, f.name)
        for f in fields(before)
        if getattr(after, f.name) != getattr(before, f.name)
    }


def test_first_connection_sets_shop_language_and_currency():
    state = reduce(ClientState(), Connected("Harbour", "USD", "en_US"))
    assert changed_fields(ClientState(), state) == {
        "connected": True,
        "ever_connected": True,
        "store": "Harbour",
        "locale": "en_US",
        "language": "en",
        "cart": Cart(0, "USD"),
    }


@pytest.mark.parametrize(
    ("locale", "language"), [("ko_KR", "ko"), ("ko-KR", "ko"), ("en_GB", "en"), ("fr_FR", "en")]
)
def test_language_follows_the_locale_and_falls_back_to_english(locale, language):
    assert reduce(ClientState(), Connected("s", "KRW", locale)).language == language


def test_reconnecting_keeps_language_and_cart_and_clears_the_lost_notice():
    held = ClientState(ever_connected=True, language="en", cart=CART_2, notice="connection_lost")
    state = reduce(held, Connected("Harbour", "KRW", "ko_KR"))
    assert (state.language, state.cart, state.notice) == ("en", CART_2, "")


def test_reconnecting_keeps_another_notice():
    held = ClientState(ever_connected=True, notice="out_of_stock")
    assert reduce(held, Connected("s", "KRW", "ko_KR")).notice == "out_of_stock"


def test_disconnected_keeps_the_cart():
    held = ClientState(connected=True, ever_connected=True, cart=CART_2)
    state = reduce(held, Disconnected("the shop does not answer", 0.5))
    assert changed_fields(held, state) == {"connected": False, "notice": "connection_lost"}


def test_giving_up_shows_its_sentence():
    state = reduce(ClientState(), Disconnected("This client is too old: update it.", None))
    assert state.notice == "This client is too old: update it."


def test_products_loaded_merges_and_marks_labels():
    held = replace(ClientState(), products=Assortment({"tea": product("tea")}))
    state = reduce(held, ProductsLoaded("a", (product("tea"), product("jam"))))
    assert dict(state.products) == {"tea": product("tea"), "jam": product("jam")}
    assert state.labels_dirty == {"jam"}
    assert dict(held.products) == {"tea": product("tea")}


def test_products_loaded_again_changes_nothing():
    held = replace(ClientState(), products=Assortment({"tea": product("tea")}))
    assert reduce(held, ProductsLoaded("a", (product("tea"),))) is held


def test_prices_changed_marks_only_labels_whose_price_moved():
    held = reduce(ClientState(), ProductsLoaded("a", (product("tea"), product("jam"))))
    held = mark_labels_told(held, ["tea", "jam"])
    changes = (
        PriceChange("tea", won(900), 5),
        PriceChange("jam", won(1000), 4),
        PriceChange("nowhere", won(1), 1),
    )
    state = reduce(held, PricesChanged(changes))
    assert dict(state.products) == {"tea": product("tea", 900), "jam": product("jam", stock=4)}
    assert state.labels_dirty == {"tea"}


def test_an_offer_marks_its_label():
    held = mark_labels_told(reduce(ClientState(), ProductsLoaded("a", (product("tea"),))), ["tea"])
    state = reduce(held, PricesChanged((PriceChange("tea", won(1000), 5, won(1500)),)))
    assert state.products["tea"].was_price == won(1500)
    assert state.labels_dirty == {"tea"}


def test_two_changes_of_one_sku_in_one_event_end_with_the_last():
    held = reduce(ClientState(), ProductsLoaded("a", (product("tea"),)))
    state = reduce(
        held, PricesChanged((PriceChange("tea", won(1), 5), PriceChange("tea", None, 0)))
    )
    assert (state.products["tea"].price, state.products["tea"].stock) == (None, 0)


def test_changes_of_unknown_products_change_nothing():
    state = ClientState()
    assert reduce(state, PricesChanged((PriceChange("x", None, 0),))) is state


def test_progress_is_kept():
    assert reduce(ClientState(), Progress("models", 3, 9)).progress == ("models", 3, 9)


@pytest.mark.parametrize("version", [0, 2, 3])
def test_the_server_s_last_word_on_the_cart_counts_whatever_its_version(version):
    told = Cart(version, "KRW")  # 0: its database is another one now
    assert reduce(ClientState(cart=CART_2), CartChanged(told)).cart == told


def test_the_same_cart_told_again_changes_nothing():
    state = ClientState(cart=CART_2)
    assert reduce(state, CartChanged(CART_2)) is state


def test_intents_are_pending_until_done():
    first, second = AddToCart("i1", "tea", 1), AddToCart("i2", "jam", 1)
    state = reduce(ClientState(notice="out_of_stock"), IntentSent(first))
    state = reduce(state, IntentSent(second))
    assert (state.pending, state.notice) == ((first, second), "")
    state = reduce(state, IntentDone("i1", ok=True))
    assert (state.pending, state.notice) == ((second,), "")
    state = reduce(state, IntentDone("i2", ok=False, reason="out_of_stock"))
    assert (state.pending, state.notice) == ((), "out_of_stock")


def test_done_of_an_intent_from_an_earlier_run_changes_nothing_visible():
    held = ClientState(pending=(AbandonCheckout("i9", "o1"),))
    assert reduce(held, IntentDone("i1", ok=True)) == held


def test_checkout_opened_shows_it_and_puts_card_and_cart_away():
    held = ClientState(panels=frozenset({"card", "cart", "help"}), card_sku="tea", card_instance=4)
    state = reduce(held, CheckoutOpened("o1", "u", won(2000), 99))
    assert changed_fields(held, state) == {
        "checkout": CheckoutOpened("o1", "u", won(2000), 99),
        "panels": frozenset({"checkout", "help"}),
        "card_sku": None,
        "card_instance": -1,
    }


def test_the_same_checkout_told_again_leaves_panels_alone():
    held = ClientState(checkout=CHECKOUT, panels=frozenset({"cart"}))
    again = replace(CHECKOUT, url="http://shop/pay/y")
    assert changed_fields(held, reduce(held, again)) == {"checkout": again}


def test_a_paid_order_replaces_the_checkout():
    held = ClientState(checkout=CHECKOUT, panels=frozenset({"checkout"}), order=order("pending"))
    state = reduce(held, OrderMoved(order("paid")))
    assert changed_fields(held, state) == {
        "order": order("paid"),
        "checkout": None,
        "panels": frozenset({"order"}),
    }


def test_the_same_order_told_again_does_not_reopen_its_panel():
    held = ClientState(order=order("paid"))
    assert reduce(held, OrderMoved(order("paid"))) is held


@pytest.mark.parametrize("end", ["cancelled", "expired"])
def test_an_order_that_ended_unpaid_goes_back_to_the_cart(end):
    held = ClientState(checkout=CHECKOUT, panels=frozenset({"checkout"}), cart=CART_2)
    state = reduce(held, OrderMoved(order(end)))
    assert changed_fields(held, state) == {
        "order": order(end),
        "checkout": None,
        "panels": frozenset({"cart"}),
        "notice": f"order_{end}",
    }


def test_another_order_that_ended_closes_a_checkout_that_was_overtaken():
    held = ClientState(checkout=CHECKOUT, panels=frozenset({"checkout"}), notice="held")
    state = reduce(held, OrderMoved(order("cancelled", "o2")))
    assert changed_fields(held, state) == {
        "order": order("cancelled", "o2"),
        "checkout": None,
        "panels": frozenset({"cart"}),
    }


def test_a_paid_order_closes_any_checkout():
    held = ClientState(checkout=CHECKOUT, panels=frozenset({"checkout"}))
    state = reduce(held, OrderMoved(order("paid", "o2")))
    assert (state.checkout, state.panels) == (None, {"order"})


@pytest.mark.parametrize("resumed", [True, False])
def test_a_connection_that_did_not_resume_has_only_the_checkout_it_tells_of(resumed):
    held = ClientState(ever_connected=True, checkout=CHECKOUT, panels=frozenset({"checkout"}))
    state = reduce(held, Connected("s", "KRW", "ko_KR", resumed))
    assert state.checkout == (CHECKOUT if resumed else None)
    assert state.panels == ({"checkout"} if resumed else {"cart"})
    assert reduce(state, CHECKOUT).panels == {"checkout"}


def test_a_pending_order_is_only_remembered():
    assert changed_fields(ClientState(), reduce(ClientState(), OrderMoved(order("pending")))) == {
        "order": order("pending")
    }


def test_pointing_opens_the_card_with_one_and_clears_the_notice():
    held = ClientState(card_quantity=7, notice="out_of_stock")
    state = reduce(held, ProductPointed("tea", 12))
    assert changed_fields(held, state) == {
        "card_sku": "tea",
        "card_instance": 12,
        "card_quantity": 1,
        "panels": frozenset({"card"}),
        "notice": "",
    }
    for closing in (ProductPointed(None), PanelToggled("card", visible=False)):
        closed = reduce(state, closing)
        assert (closed.card_sku, closed.card_instance, closed.panels) == (None, -1, frozenset())


def test_panels_open_and_close():
    state = reduce(ClientState(), PanelToggled("cart", visible=True))
    assert state.panels == {"cart"}
    assert reduce(state, PanelToggled("cart", visible=False)).panels == frozenset()


def test_the_checkout_panel_stays_closed_without_a_checkout():
    state = ClientState()
    assert reduce(state, PanelToggled("checkout", visible=True)) is state
    held = ClientState(checkout=CHECKOUT)
    assert reduce(held, PanelToggled("checkout", visible=True)).panels == {"checkout"}


@pytest.mark.parametrize(("asked", "held"), [(0, 1), (1, 1), (99, 99), (100, 99)])
def test_card_quantity_is_bounded(asked, held):
    assert reduce(ClientState(), CardQuantityChanged(asked)).card_quantity == held


def test_card_quantity_bound_is_the_wire_s():
    assert CARD_QUANTITY_MAX == QUANTITY_MAX


def test_another_language_redraws_every_label():
    held = reduce(ClientState(), ProductsLoaded("a", (product("tea"), product("jam"))))
    held = mark_labels_told(held, ["tea", "jam"])
    state = reduce(held, LanguageChanged("en"))
    assert (state.language, state.labels_dirty) == ("en", {"tea", "jam"})


def test_labels_drawn_are_no_longer_dirty():
    held = ClientState(labels_dirty=frozenset({"tea", "jam"}))
    assert mark_labels_told(held, ["tea", "other"]).labels_dirty == {"jam"}
    assert mark_labels_told(held, ["other"]) is held


def test_what_happens_on_this_computer_is_said_unless_the_connection_is_gone():
    inside = ClientState(connected=True)
    assert reduce(inside, Noticed("kept")).notice == "kept"
    lost = ClientState(connected=False, notice="connection_lost")
    assert reduce(lost, Noticed("kept")) is lost


def test_prices_are_no_other_facts_and_a_new_name_is():
    tea = Product("tea", {"en": "Tea"}, "B", "c", "box", (1.0, 1.0, 1.0), Money(5, "USD"), 3)
    state = reduce(ClientState(), ProductsLoaded("a", (tea,)))
    facts = state.products.facts
    dearer = msgspec.structs.replace(tea, price=Money(9, "USD"), stock=1)
    moved = reduce(state, PricesChanged((PriceChange("tea", Money(7, "USD"), 2),)))
    again = reduce(moved, ProductsLoaded("a", (dearer,)))
    assert again.products["tea"] == dearer
    assert again.products.facts is moved.products.facts is facts
    named = msgspec.structs.replace(dearer, names={"en": "Green tea"})
    assert reduce(again, ProductsLoaded("a", (named,))).products.facts is not facts
