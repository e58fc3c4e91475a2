"""Undo against the shop's own rules, while other devices change the same cart.

The client's whole state goes through `reduce` and `undo_next`; the shop is `server.commerce.rules`,
and answers late. Whatever happened, undoing all of it takes back exactly what this device did.
"""

from collections import Counter, deque
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from catalog_sync.wire.messages import AddItem, SetQuantity
from server.commerce.books import Basket, Books, Holding
from server.commerce.rules import decide
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    AddToCart,
    CartChanged,
    ChangeQuantity,
    Connected,
    IntentDone,
    IntentSent,
    UndoAsked,
)
from vr_client.state.reduce import reduce
from vr_client.ui.actions import redo, undo_next

SKUS = ("TEA", "JAM", "RICE")
WON = Money(100, "KRW")
quantities = st.integers(-3, 4)
mine = st.tuples(st.just("mine"), st.sampled_from(SKUS), quantities.filter(bool))
exactly = st.tuples(st.just("set"), st.sampled_from(SKUS), st.integers(0, 4))
theirs = st.tuples(st.just("theirs"), st.sampled_from(SKUS), quantities)
answers = st.tuples(st.just("answer"), st.just(""), st.integers(1, 3))
undos = st.tuples(st.just("undo"), st.just(""), st.just(0))
redos = st.tuples(st.just("redo"), st.just(""), st.just(0))
mine_only = st.lists(mine | exactly | answers, max_size=14)
all_kinds = st.lists(mine | exactly | theirs | answers | undos | redos, max_size=18)


class Shop:
    """A client, and a shop that gets its intents and answers them in order when it likes."""

    def __init__(self, stock):
        holdings = {sku: Holding(sku, WON, stock) for sku in SKUS}
        self.books = Books("KRW", Basket(), holdings)
        products = {sku: Product(sku, {"en": sku}, "", "", "box", (1, 1, 1), WON, stock)
                    for sku in SKUS}  # fmt: skip
        self.state = ClientState(products=MappingProxyType(products))
        self.apply(Connected("s", "KRW", "en_US"))
        self.asked = deque()
        self.count = 0
        self.by_me, self.by_them = Counter(), Counter()

    def new_id(self):
        self.count += 1
        return f"i{self.count}"

    def apply(self, event):
        self.state = reduce(self.state, event)

    def do(self, action):
        if isinstance(action, AddToCart | ChangeQuantity):
            self.asked.append(action)
            self.apply(IntentSent(action))
        else:
            self.apply(action)

    def frame(self):
        for action in undo_next(self.state, self.new_id):
            self.do(action)

    def decide(self, action):
        before = self.quantities()
        verdict = decide(self.books, action, "o", "n", 0)
        self.books = verdict.books
        return verdict, self.quantities()[action.sku] - before[action.sku]

    def answer(self, count):
        for _ in range(min(count, len(self.asked))):
            intent = self.asked.popleft()
            kind = AddItem if isinstance(intent, AddToCart) else SetQuantity
            verdict, units = self.decide(kind(intent.sku, intent.quantity))
            self.by_me[intent.sku] += units
            self.apply(CartChanged(self.books.cart()))
            ok = not verdict.refusal
            self.apply(IntentDone(intent.id, ok, verdict.refusal, units))

    def quantities(self):
        return Counter({entry.sku: entry.quantity for entry in self.books.basket.entries})

    def step(self, kind, sku, number):
        match kind:
            case "mine":
                self.do(AddToCart(self.new_id(), sku, number))
            case "set":
                self.do(ChangeQuantity(self.new_id(), sku, number))
            case "theirs":
                self.by_them[sku] += self.decide(AddItem(sku, number))[1]
                self.apply(CartChanged(self.books.cart()))
            case "answer":
                self.answer(number)
            case "undo":
                self.do(UndoAsked())
            case "redo":
                for action in redo(self.state, self.new_id):
                    self.do(action)
        self.frame()

    def undo_all(self):
        for _ in range(100):
            self.answer(100)
            self.frame()
            if not self.asked and not self.state.history.done:
                assert self.state.history.asked == ()
                return
            if not self.asked:
                self.do(UndoAsked())
                self.frame()
        raise AssertionError("undo never comes to an end")


@given(mine_only, st.integers(0, 6))
def test_undoing_all_of_it_leaves_the_cart_as_it_was(steps, stock):
    shop = Shop(stock)
    for step in steps:
        shop.step(*step)
    shop.undo_all()
    assert shop.quantities() == Counter()
    assert shop.state.pending == ()
    assert shop.state.cart == shop.books.cart()


@given(all_kinds, st.integers(2, 9))
def test_lines_that_only_other_devices_touched_stay_as_they_left_them(steps, stock):
    shop, others = Shop(stock), Shop(stock)
    touched = {sku for kind, sku, _ in steps if kind in {"mine", "set"}}
    for step in steps:
        shop.step(*step)
        if step[0] == "theirs":
            others.step(*step)
    shop.undo_all()
    for sku in set(SKUS) - touched:
        assert shop.quantities()[sku] == others.quantities()[sku]


@given(all_kinds)
def test_on_a_line_of_several_devices_exactly_this_ones_units_are_taken_back(steps):
    """But not what others have taken out already: of that nothing is there to take back."""
    shop = Shop(99)
    for step in steps:
        shop.step(*step)
    shop.undo_all()
    for sku in SKUS:
        assert shop.by_me[sku] + shop.by_them[sku] == shop.quantities()[sku]
        assert shop.by_me[sku] >= 0
        if all(number >= 0 for kind, of, number in steps if (kind, of) == ("theirs", sku)):
            assert shop.quantities()[sku] == shop.by_them[sku]


@given(st.lists(mine, min_size=1, max_size=8))
def test_all_of_it_done_again_is_the_cart_before_undoing(steps):
    shop = Shop(99)
    for step in steps:
        shop.step(*step)
        shop.answer(9)
    before = shop.quantities()
    shop.undo_all()
    for _ in range(40):
        for action in redo(shop.state, shop.new_id):
            shop.do(action)
        shop.answer(9)
    assert shop.quantities() == before
