"""Writing, choosing and going: what letters, rows and places on the map mean."""

from dataclasses import replace

import pytest

from vr_client.state.client_state import ClientState
from vr_client.state.events import PanelToggled, QueryChanged, RowChosen
from vr_client.ui.actions import (
    GoToAisle,
    GoToProduct,
    go_back,
    is_writing,
    press,
    scroll,
    write,
)
from vr_client.ui.finder import Found

FOUND = Found("milk", ("M1", "M2", "M3"), 3)
STATE = ClientState(query="milk", panels=frozenset({"search", "card"}), card_sku="A")


@pytest.mark.parametrize(
    ("typed", "actions", "rest"),
    [
        ("y", (QueryChanged("milky"),), ""),
        ("\b\b", (QueryChanged("mi"),), ""),
        ("\b\b\b\b\b우유", (QueryChanged("우유"),), ""),
        ("\t\x1b", (), ""),
        ("\n", (GoToProduct("M1"),), ""),
        ("\x0e", (RowChosen(1),), ""),
        ("\x0e\x0e\n", (RowChosen(1),), "\x0e\n"),
        ("\x10", (), ""),
        # Enter takes what is seen: what was written before it is looked for first.
        ("y\n", (QueryChanged("milky"),), "\n"),
    ],
)
def test_typed_text_is_written_and_chosen_from_in_order(typed, actions, rest):
    assert write(typed, STATE, FOUND) == (actions, rest)


def test_enter_waits_until_everything_was_looked_for():
    assert write("\n", STATE, replace(FOUND, done=False)) == ((), "\n")
    assert write("\n", STATE, replace(FOUND, query="mil")) == ((), "\n")
    assert write("\n", STATE, Found("milk")) == ((), "")


@pytest.mark.parametrize(
    ("target", "actions"),
    [
        ("search.row.2", (GoToProduct("M3"),)),
        ("search.row.3", ()),
        ("search.clear", (QueryChanged(""),)),
        ("search.close", (PanelToggled("search", visible=False),)),
        ("search.keys", (PanelToggled("letters", visible=True),)),
        ("search.key.y", (QueryChanged("milky"),)),
        ("search.key.space", (QueryChanged("milk "),)),
        ("search.key.erase", (QueryChanged("mil"),)),
        ("map.aisle.4", (GoToAisle(4),)),
        ("map.close", (PanelToggled("map", visible=False),)),
    ],
)
def test_what_can_be_pressed_on_search_and_map(target, actions):
    assert press(target, STATE, lambda: "id", FOUND) == actions


def test_the_wheel_goes_through_what_was_found_and_stops_at_its_ends():
    assert scroll("search", -1.0, STATE, FOUND) == (RowChosen(1),)
    assert scroll("search", 1.0, STATE, FOUND) == ()
    assert scroll("search", -3.0, replace(STATE, row=2), FOUND) == ()


def test_back_closes_what_is_in_front_first():
    order = []
    state = replace(STATE, panels=frozenset({"order", "search", "map", "help", "cart"}))
    while state.panels:
        (closed,) = go_back(state)
        order.append(closed.panel)
        state = replace(state, panels=state.panels - {closed.panel})
    assert order == ["order", "search", "map", "help", "cart"]


def test_nothing_is_written_behind_a_checkout():
    assert is_writing(STATE)
    assert not is_writing(replace(STATE, panels=STATE.panels | {"checkout"}))
    assert not is_writing(ClientState())
