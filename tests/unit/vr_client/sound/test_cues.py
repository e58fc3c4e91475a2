"""Which sounds go with what happened: from one state to the next, and nothing else."""

from dataclasses import replace

import msgspec
import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from vr_client.sound.cues import CUES, MEANT, Moment, Sounded, cues_of
from vr_client.state.client_state import ClientState

PRICE = Money(100, "KRW")
HERE = (1.0, 1.5, -0.5)


def cart(version, **lines):
    return Cart(version, "KRW", tuple(CartLine(sku, n, PRICE) for sku, n in lines.items()))


STATE = ClientState(connected=True, ever_connected=True, cart=cart(3, TEA=2))


def after(**changes):
    return cues_of(STATE, replace(STATE, **changes), acted=HERE)


def test_what_goes_in_and_what_comes_out_sound_from_where_the_hand_acted():
    assert after(cart=cart(4, TEA=3)) == (Sounded("add", HERE, "TEA"),)
    assert after(cart=cart(4, TEA=2, RICE=1)) == (Sounded("add", HERE, "RICE"),)
    assert after(cart=cart(4, TEA=1)) == (Sounded("take_out", HERE, "TEA"),)
    assert after(cart=cart(4)) == (Sounded("take_out", HERE, "TEA"),)
    assert after(cart=cart(4, RICE=1)) == (Sounded("add", HERE, "RICE"),)
    assert after(cart=cart(4, TEA=2)) == ()  # a new price


def test_a_cart_that_nobody_touched_is_silent():
    fresh = replace(STATE, cart=cart(0))
    assert cues_of(fresh, replace(fresh, cart=cart(7, TEA=2))) == ()
    paid = Order("o", "K7", "paid", STATE.cart.lines, PRICE)
    assert after(order=paid, cart=cart(4)) == (Sounded("paid"),)
    told = replace(STATE, order=paid)
    assert cues_of(told, replace(told, cart=cart(4))) == ()
    last_of_a_new_one = replace(told, cart=cart(5, TEA=1))
    assert cues_of(last_of_a_new_one, replace(told, cart=cart(6))) == (
        Sounded("take_out", None, "TEA"),
    )
    pending = msgspec.structs.replace(paid, state="pending")
    assert after(order=pending) == ()


@pytest.mark.parametrize(
    ("notice", "sounds"),
    [("out_of_stock", True), ("order_expired", True), ("unpriced", True), ("", False),
     ("picture_kept=a.png", False), ("way_shown=Tea", False),
     ("mirror_both", False), ("order_cancelled", False), ("cart_added=Tea", False),
     ("cart_taken=Tea", False), ("undone=Tea", False), ("compare_first=Tea", False)],
)  # fmt: skip
def test_what_is_refused_sounds_once(notice, sounds):
    assert after(notice=notice) == ((Sounded("refused", HERE),) if sounds else ())
    told = replace(STATE, notice=notice)
    assert cues_of(told, replace(told, query="a")) == ()


def test_a_connection_that_goes_and_comes_is_heard():
    lost = replace(STATE, connected=False, notice="connection_lost")
    assert cues_of(STATE, lost) == (Sounded("lost"),)
    assert cues_of(lost, replace(lost, connected=True, notice="")) == (Sounded("back"),)
    first = ClientState()
    assert cues_of(first, replace(first, connected=True, ever_connected=True)) == ()


def test_hands_and_feet():
    assert cues_of(STATE, STATE, Moment(pointed=HERE)) == (Sounded("point", HERE),)
    assert cues_of(STATE, STATE, Moment(HERE, HERE)) == (Sounded("press", HERE),)
    assert cues_of(STATE, STATE, Moment(hopped=True)) == (Sounded("hop"),)
    assert cues_of(STATE, STATE) == ()


def test_every_cue_has_a_number_and_what_is_meant_is_among_them():
    assert len(set(CUES)) == len(CUES)
    assert set(CUES) >= MEANT
    assert not {"point", "press", "hop"} & MEANT
