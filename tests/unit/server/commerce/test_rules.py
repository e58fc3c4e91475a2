from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import AMOUNT_MINOR_MAX, Money
from catalog_sync.model.order import Order
from catalog_sync.wire.limits import CART_LINES_MAX, CHECKOUT_LIFE_S, QUANTITY_MAX
from catalog_sync.wire.messages import AddItem, BeginCheckout, CancelCheckout, SetQuantity
from server.commerce.books import Basket, Books, Entry, Holding
from server.commerce.rules import cancel, decide, expire, pay

NOW = 1_000


def won(amount):
    return Money(amount, "KRW")


def books(*entries, **stock):
    holdings = {
        "tea": Holding("tea", won(1500), stock.get("tea", 10)),
        "rice": Holding("rice", won(9000), stock.get("rice", 3)),
        "vase": Holding("vase", None, 5),
        "gone": Holding("gone", won(10), 5, listed=False),
    }
    return Books("KRW", Basket(len(entries), tuple(Entry(*entry) for entry in entries)), holdings)


def act(state, action, order_id="o1", now=NOW):
    return decide(state, action, order_id, order_id.upper(), now)


def test_adding_makes_a_line_and_one_version():
    verdict = act(books(), AddItem("tea", 2))
    assert verdict.refusal == ""
    assert verdict.books.basket == Basket(1, (Entry("tea", 2),))
    assert verdict.books.cart() == Cart(1, "KRW", (CartLine("tea", 2, won(1500)),))


def test_adding_again_keeps_the_lines_place():
    state = books(("tea", 1), ("rice", 1))
    assert act(state, AddItem("tea", 2)).books.basket.entries == (Entry("tea", 3), Entry("rice", 1))


def test_taking_out_stops_at_zero_and_removes_the_line():
    verdict = act(books(("tea", 2)), AddItem("tea", -5))
    assert verdict.books.basket == Basket(2, ())


def test_what_changes_nothing_grows_no_version():
    state = books(("tea", 2))
    for action in (AddItem("tea", 0), SetQuantity("tea", 2), AddItem("rice", -1)):
        verdict = act(state, action)
        assert (verdict.refusal, verdict.books) == ("", state)


def test_refusals_change_nothing():
    full = Basket(7, tuple(Entry(f"s{n}", 1) for n in range(CART_LINES_MAX)))
    cases = [
        (books(), AddItem("nothing", 1), "unknown_product"),
        (books(), AddItem("nothing", -1), "unknown_product"),
        (books(), AddItem("gone", 1), "unknown_product"),
        (books(), SetQuantity("vase", 1), "unpriced"),
        (books(), SetQuantity("rice", 4), "out_of_stock"),
        (books(tea=1000), SetQuantity("tea", QUANTITY_MAX + 1), "quantity_max"),
        (Books("KRW", full, books().holdings), AddItem("tea", 1), "lines_max"),
        (books(), BeginCheckout(0), "empty_cart"),
        (books(("tea", 1)), BeginCheckout(0), "cart_changed"),
        (books(("vase", 1)), BeginCheckout(1), "unpriced"),
        (books(("gone", 1)), BeginCheckout(1), "unknown_product"),
        (books(("rice", 4)), BeginCheckout(1), "out_of_stock"),
        (books(("tea", 1)), CancelCheckout("o9"), "unknown_order"),
    ]
    for state, action, reason in cases:
        verdict = act(state, action)
        assert (verdict.refusal, verdict.books, verdict.orders) == (reason, state, ())


def test_a_line_can_shrink_even_when_it_can_no_longer_be_bought():
    for sku in ("vase", "gone"):
        verdict = act(books((sku, 3)), SetQuantity(sku, 1))
        assert (verdict.refusal, verdict.books.basket.quantity(sku)) == ("", 1)


def test_a_checkout_reserves_and_keeps_its_prices():
    verdict = act(books(("tea", 2), ("rice", 1)), BeginCheckout(2))
    order = verdict.books.pending
    assert (order.id, order.number, order.cart_version) == ("o1", "O1", 2)
    assert order.total == won(12_000)
    assert order.expires_unix_s == NOW + CHECKOUT_LIFE_S
    assert verdict.checkout == order
    assert verdict.orders == (order.settled("pending"),)
    assert verdict.books.basket == books(("tea", 2), ("rice", 1)).basket
    tea = verdict.books.holdings["tea"]
    assert (tea.available, tea.reserved, tea.sold) == (8, 2, 0)


def test_asking_again_for_the_same_cart_is_the_same_order():
    opened = act(books(("tea", 2)), BeginCheckout(1))
    again = act(opened.books, BeginCheckout(1), "o2")
    assert (again.books, again.orders, again.checkout) == (opened.books, (), opened.checkout)


def test_asking_again_after_a_reprice_is_another_order():
    opened = act(books(("tea", 2)), BeginCheckout(1)).books
    holdings = {**opened.holdings, "tea": Holding("tea", won(1000), 8, 2)}
    again = act(Books("KRW", opened.basket, holdings, opened.pending), BeginCheckout(1), "o2")
    assert [(o.id, o.state) for o in again.orders] == [("o1", "cancelled"), ("o2", "pending")]
    assert again.books.pending.total == won(2000)
    assert again.books.holdings["tea"] == Holding("tea", won(1000), 8, 2)


def test_editing_the_cart_cancels_its_open_checkout_and_may_use_its_units():
    opened = act(books(("rice", 3)), BeginCheckout(1)).books
    assert opened.holdings["rice"].available == 0
    verdict = act(opened, SetQuantity("rice", 2))
    assert [(o.id, o.state) for o in verdict.orders] == [("o1", "cancelled")]
    assert verdict.books.pending is None
    assert verdict.books.holdings == books().holdings


def test_a_refused_edit_leaves_the_open_checkout_open():
    opened = act(books(("rice", 3)), BeginCheckout(1)).books
    verdict = act(opened, AddItem("rice", 1))
    assert (verdict.refusal, verdict.books, verdict.orders) == ("out_of_stock", opened, ())


def test_paying_sells_and_empties():
    opened = act(books(("tea", 2)), BeginCheckout(1)).books
    paid = pay(opened, "o1", NOW + 5)
    assert paid.orders == (Order("o1", "O1", "paid", (CartLine("tea", 2, won(1500)),), won(3000)),)
    assert paid.books.basket == Basket(2, ())
    assert paid.books.holdings["tea"] == Holding("tea", won(1500), 8, 0, 2)
    again = pay(paid.books, "o1", NOW + 5)
    assert (again.refusal, again.books) == ("not_pending", paid.books)


def test_paying_too_late_expires_instead():
    opened = act(books(("tea", 2)), BeginCheckout(1)).books
    late = pay(opened, "o1", NOW + CHECKOUT_LIFE_S)
    assert (late.refusal, [o.state for o in late.orders]) == ("expired", ["expired"])
    assert late.books.holdings == books().holdings
    assert late.books.basket == opened.basket


def test_giving_up_frees_the_units_and_keeps_the_cart():
    opened = act(books(("tea", 2)), BeginCheckout(1)).books
    for verdict in (act(opened, CancelCheckout("o1")), cancel(opened, "o1")):
        assert [o.state for o in verdict.orders] == ["cancelled"]
        assert verdict.books == books(("tea", 2))
    assert cancel(opened, "o2").refusal == "not_pending"
    wrong = act(opened, CancelCheckout("o2"))  # such as the one that was open before
    assert (wrong.refusal, wrong.books, wrong.orders) == ("unknown_order", opened, ())


def test_a_settled_order_cannot_be_given_up():
    state = Books("KRW", Basket(), {}, settled_ids=frozenset({"o1"}))
    assert act(state, CancelCheckout("o1")).refusal == "not_cancellable"


def test_time_is_up_for_an_open_order_whatever_is_asked():
    opened = act(books(("tea", 2)), BeginCheckout(1)).books
    assert expire(opened, NOW + CHECKOUT_LIFE_S - 1).orders == ()
    late = act(opened, CancelCheckout("o1"), now=NOW + CHECKOUT_LIFE_S)
    assert (late.refusal, [o.state for o in late.orders]) == ("not_cancellable", ["expired"])


def test_an_order_of_a_clock_that_was_far_ahead_lapses():
    opened = act(books(("tea", 2)), BeginCheckout(1)).books
    assert expire(opened, NOW - CHECKOUT_LIFE_S).orders == ()  # a clock may be put right a little
    (order,) = expire(opened, NOW - CHECKOUT_LIFE_S - 1).orders
    assert order.state == "expired"


def test_a_total_that_is_no_money_any_more_is_never_made():
    dear = {"ring": Holding("ring", won(AMOUNT_MINOR_MAX), 9)}
    one = act(Books("KRW", Basket(), dear), AddItem("ring", 1)).books
    assert one.cart().total == won(AMOUNT_MINOR_MAX)
    assert act(one, AddItem("ring", 1)).refusal == "quantity_max"
    two = Books("KRW", Basket(2, (Entry("ring", 2),)), dear)  # as after a reprice
    assert two.cart().total == won(0)
    assert act(two, BeginCheckout(2)).refusal == "quantity_max"
