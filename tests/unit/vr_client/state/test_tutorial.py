"""Each step of the tutorial is done by doing it, in whatever order somebody does things."""

from dataclasses import replace

import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from vr_client.state.client_state import ClientState
from vr_client.state.events import AddToCart
from vr_client.state.tutorial import DONE_S, MOVED_M, STEPS, TURNED_DEG, Doing, step_after

STATE = ClientState(cart=Cart(3, "KRW", (CartLine("TEA", 2, Money(100, "KRW")),)))
CARD = replace(STATE, card_sku="TEA")
MORE = replace(STATE, cart=Cart(4, "KRW", (CartLine("TEA", 3, Money(100, "KRW")),)))
HAD = Doing(units=2)


@pytest.mark.parametrize(
    ("step", "state", "doing", "after"),
    [
        ("look", STATE, Doing(TURNED_DEG - 1.0), "look"),
        ("look", STATE, Doing(TURNED_DEG), "press"),
        ("look", CARD, HAD, "press"),
        ("press", STATE, HAD, "press"),
        ("press", CARD, HAD, "add"),
        ("press", MORE, HAD, "move"),
        ("add", CARD, HAD, "add"),
        ("add", STATE, HAD, "press"),
        ("add", MORE, HAD, "move"),
        ("add", replace(CARD, pending=(AddToCart("i", "TEA", 1),)), HAD, "move"),
        ("add", replace(CARD, pending=(AddToCart("i", "TEA", -1),)), HAD, "add"),
        ("move", STATE, Doing(moved_m=MOVED_M - 0.01), "move"),
        ("move", STATE, Doing(moved_m=MOVED_M), "cart"),
        ("cart", STATE, HAD, "cart"),
        ("cart", replace(STATE, panels=frozenset({"cart"})), HAD, "done"),
        ("done", STATE, Doing(step_s=DONE_S - 0.1), "done"),
        ("done", STATE, Doing(step_s=DONE_S), ""),
        ("", STATE, Doing(180.0, 9.0), ""),
        ("no such step", STATE, Doing(180.0, 9.0), "no such step"),
    ],
)
def test_a_step_is_done_by_doing_it(step, state, doing, after):
    assert step_after(step, state, doing) == after


def test_nobody_is_stuck_and_nothing_is_done_twice():
    everything = replace(MORE, card_sku="TEA", panels=frozenset({"cart"}))
    step, seen = STEPS[0], []
    while step:
        seen.append(step)
        step = step_after(step, everything, Doing(90.0, 2.0, 2, DONE_S))
        assert len(seen) <= len(STEPS)
    assert seen == ["look", "press", "move", "cart", "done"]
