"""Pictures on panels: asked for once, taken one a frame, dropped when there are many."""

import numpy as np

from catalog_sync.model.product import Product
from vr_client.ui.pictures import ASKED_AT_ONCE, PICTURES_MAX, PictureStore


def product(sku):
    return Product(sku, {"en": sku}, "", "", "box", (1, 1, 1))


class Fronts:
    def __init__(self, missing=()):
        self.asked, self.come, self._missing = [], [], missing

    def want_front(self, sku):
        self.asked.append(sku)
        pixels = None if sku in self._missing else np.zeros((2, 2, 4), np.uint8)
        self.come.append((sku, pixels))

    def take_fronts(self, limit):
        taken, self.come = self.come[:limit], self.come[limit:]
        return taken


def test_a_picture_is_asked_for_once_and_has_a_texture_when_it_came():
    fronts = Fronts()
    store = PictureStore(fronts)
    assert store.key(product("A")) is None
    assert store.key(product("A")) is None
    assert store.to_come == 1
    (update,) = store.take_one()
    assert store.key(product("A")) == update.key
    assert store.to_come == 0
    assert store.take_one() == ()
    assert fronts.asked == ["A"]


def test_many_that_are_wanted_are_asked_for_a_few_at_a_time_and_taken_one_a_frame():
    fronts = Fronts()
    store = PictureStore(fronts)
    for number in range(10):
        store.key(product(f"S{number}"))
    assert len(store.take_one()) == 1
    assert len(fronts.asked) == ASKED_AT_ONCE
    assert store.to_come == 9
    for left in range(8, -1, -1):
        assert len(store.take_one()) == 1
        assert store.to_come == left


def test_what_cannot_be_drawn_is_not_asked_for_again():
    fronts = Fronts(missing={"A"})
    store = PictureStore(fronts)
    store.key(product("A"))
    assert store.take_one() == ()
    assert store.key(product("A")) is None
    store.take_one()
    assert (fronts.asked, store.to_come) == (["A"], 0)


def test_another_store_may_have_what_the_one_before_had_not():
    fronts = Fronts(missing={"A"})
    store = PictureStore(fronts)
    store.key(product("A"))
    store.take_one()
    store.ask_again()
    store.key(product("A"))
    store.take_one()
    assert fronts.asked == ["A", "A"]


def test_of_many_the_one_not_looked_at_for_longest_goes_and_can_come_again():
    fronts = Fronts()
    store = PictureStore(fronts)
    gone = []
    for number in range(PICTURES_MAX + 1):
        store.key(product(f"S{number}"))
        updates = store.take_one()
        gone += [update.key for update in updates if update.pixels is None]
        first = store.key(product("S0"))
    assert len(gone) == 1
    assert gone != [first]  # S0 was looked at all the time
    assert store.key(product("S1")) is None
    assert len(store.take_one()) >= 1
    assert store.key(product("S1")) is not None
