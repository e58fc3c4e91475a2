from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_sync.model.money import Money
from catalog_sync.wire.limits import CHECKOUT_LIFE_S, QUANTITY_MAX
from catalog_sync.wire.messages import AddItem, BeginCheckout, CancelCheckout, SetQuantity
from server.commerce.books import Basket, Books, Holding
from server.commerce.rules import cancel, decide, expire, pay

SKUS = ("a", "b", "c", "free", "unpriced")
PRICES = {"a": 100, "b": 250, "c": 10**12, "free": 0}
EDITS = st.one_of(
    st.builds(AddItem, st.sampled_from((*SKUS, "unknown")), st.integers(-120, 120)),
    st.builds(SetQuantity, st.sampled_from((*SKUS, "unknown")), st.integers(-2, 120)),
)
STEPS = st.lists(
    st.one_of(EDITS, st.sampled_from(("begin", "stale", "cancel", "give_up", "pay", "late"))),
    max_size=40,
)


@st.composite
def shops(draw):
    holdings = {}
    for sku in SKUS:
        price = Money(PRICES[sku], "KRW") if sku in PRICES else None
        holdings[sku] = Holding(sku, price, draw(st.integers(0, 130)))
    return Books("KRW", Basket(), holdings)


def step(books, what, serial, now):
    pending = books.pending.id if books.pending else "none"
    match what:
        case "begin":
            return decide(books, BeginCheckout(books.basket.version), f"o{serial}", "N", now)
        case "stale":
            return decide(books, BeginCheckout(books.basket.version + 1), f"o{serial}", "N", now)
        case "cancel":
            return decide(books, CancelCheckout(pending), f"o{serial}", "N", now)
        case "give_up":
            return cancel(books, pending)
        case "pay":
            return pay(books, pending, now)
        case "late":
            return expire(books, now + CHECKOUT_LIFE_S)
        case action:
            return decide(books, action, f"o{serial}", "N", now)


def units(books):
    return {
        sku: holding.available + holding.reserved + holding.sold
        for sku, holding in books.holdings.items()
    }


@settings(derandomize=True, max_examples=300, deadline=None)
@given(shops(), STEPS)
def test_units_are_conserved_and_never_negative(books, steps):
    before, sold = units(books), dict.fromkeys(SKUS, 0)
    for serial, what in enumerate(steps):
        verdict = step(books, what, serial, now=serial)
        if verdict.refusal:
            assert verdict.books == books
            assert verdict.orders == ()
        for order in verdict.orders:
            if order.state == "paid":
                for line in order.lines:
                    sold[line.sku] += line.quantity
        grown = verdict.books.basket.version - books.basket.version
        assert grown == (verdict.books.basket.entries != books.basket.entries)
        books = verdict.books
        assert units(books) == before
        reserved = {
            line.sku: line.quantity for line in (books.pending.lines if books.pending else ())
        }
        for sku, holding in books.holdings.items():
            assert holding.available >= 0
            assert holding.reserved == reserved.get(sku, 0)
            assert holding.sold == sold[sku]
        assert all(1 <= entry.quantity <= QUANTITY_MAX for entry in books.basket.entries)
        assert "unpriced" not in {entry.sku for entry in books.basket.entries}
        assert books.cart().total.amount_minor == sum(
            PRICES[entry.sku] * entry.quantity for entry in books.basket.entries
        )


@settings(derandomize=True, max_examples=200, deadline=None)
@given(shops(), STEPS)
def test_settling_an_order_twice_does_it_once(books, steps):
    for serial, what in enumerate(steps):
        books = step(books, what, serial, now=serial).books
    opened = decide(books, BeginCheckout(books.basket.version), "last", "N", 50)
    if opened.refusal:
        return
    order_id = opened.books.pending.id
    for settle in (lambda b: pay(b, order_id, 51), lambda b: cancel(b, order_id)):
        once = settle(opened.books)
        twice = settle(once.books)
        assert len(once.orders) == 1
        assert (twice.books, twice.orders, twice.refusal) == (once.books, (), "not_pending")
