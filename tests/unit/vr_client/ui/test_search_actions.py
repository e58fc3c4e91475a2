"""Writing, choosing and going: what letters, rows and places on the map mean."""

from dataclasses import replace

import pytest

from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    CategoryChosen,
    Keyboard,
    KeyboardChanged,
    PanelToggled,
    QueryChanged,
    RowChosen,
    WayWanted,
)
from vr_client.state.reduce import QUERY_MAX, reduce
from vr_client.ui.actions import (
    GoToAisle,
    GoToProduct,
    ShowWay,
    go_back,
    is_writing,
    letters_of,
    press,
    scroll,
    write,
)
from vr_client.ui.finder import Category, Found

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


KINDS = Found(categories=(Category("milk", 7, "M1"), Category("tea", 2, "T1")))
EMPTY = replace(STATE, query="")


def test_a_kind_is_chosen_by_pressing_by_the_wheel_and_by_enter():
    assert press("search.row.1", EMPTY, lambda: "id", KINDS) == (CategoryChosen("tea"),)
    assert press("search.row.2", EMPTY, lambda: "id", KINDS) == ()
    assert scroll("search", -1.0, EMPTY, KINDS) == (RowChosen(1),)
    assert scroll("search", -1.0, replace(EMPTY, row=1), KINDS) == ()
    assert write("\x0e", EMPTY, KINDS) == ((RowChosen(1),), "")
    assert write("\n", replace(EMPTY, row=1), KINDS) == ((CategoryChosen("tea"),), "")
    assert press("search.page.12", EMPTY, lambda: "id", KINDS) == (RowChosen(12),)


def test_back_leads_from_one_kind_to_all_and_then_out_of_the_search():
    state = reduce(EMPTY, CategoryChosen("tea"))
    assert (state.category, state.row) == ("tea", 0)
    assert press("search.back", state, lambda: "id") == (CategoryChosen(""),)
    (back,) = go_back(state)
    assert back == CategoryChosen("")
    (closed,) = go_back(reduce(state, back))
    assert closed == PanelToggled("search", visible=False)


def test_what_is_written_is_looked_for_in_the_whole_store_and_a_new_search_begins_anew():
    state = reduce(EMPTY, CategoryChosen("tea"))
    assert reduce(state, QueryChanged("m")).category == ""
    again = reduce(replace(state, panels=frozenset()), PanelToggled("search", visible=True))
    assert (again.category, again.query) == ("", "")


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("", "ㅇㅜㅇㅠ", "우유"),
        ("우", "ㅇ", "웅"),
        ("웅", "ㅠ", "우유"),
        ("우유", ["erase"], "우ㅇ"),
        ("우유", ["erase"] * 4, ""),
        ("", [*"ㄸㅏㄹㄱㅣ", "space", *"ㅇㅜㅇㅠ"], "딸기 우유"),
        ("", "tea2", "tea2"),
        ("", ["shift", "ㄲ", "ㅗ", "ㅊ"], "꽃"),
    ],
)
def test_keys_that_are_pressed_compose_syllables(before, keys, after):
    state = replace(STATE, query=before)
    for key in keys:
        for action in press(f"search.key.{key}", state, lambda: "id", FOUND):
            state = reduce(state, action)
    assert (state.query, state.keyboard.shift) == (after, False)


def test_shift_is_for_one_letter_and_may_be_taken_back():
    (held,) = press("search.key.shift", STATE, lambda: "id", FOUND)
    assert held == KeyboardChanged(Keyboard(shift=True))
    state = reduce(STATE, held)
    assert press("search.key.shift", state, lambda: "id") == (KeyboardChanged(Keyboard()),)
    assert press("search.key.ㅃ", state, lambda: "id") == (
        QueryChanged("milkㅃ"), KeyboardChanged(Keyboard()),
    )  # fmt: skip


def test_the_keys_of_the_other_language_are_one_press_away():
    assert letters_of(STATE) == "ko"
    assert letters_of(replace(STATE, language="en")) == "en"
    state = STATE
    for letters in ("en", "ko"):
        (other,) = press("search.key.letters", state, lambda: "id")
        state = reduce(state, other)
        assert letters_of(state) == letters
        assert letters_of(replace(state, language="en")) == letters


def test_a_full_field_takes_no_more_keys_and_syllables_may_still_close():
    state = replace(STATE, query="가" * QUERY_MAX)
    assert press("search.key.ㅋㅋ", state, lambda: "id") == ()
    assert press("search.key.space", state, lambda: "id") == ()
    assert press("search.key.ㄱ", state, lambda: "id") == (
        QueryChanged("가" * (QUERY_MAX - 1) + "각"),
    )


def test_the_way_to_a_result_is_shown_and_shown_no_more():
    assert press("search.way.M1", STATE, lambda: "id", FOUND) == (ShowWay("M1"),)
    led = replace(STATE, led_to="M1")
    assert press("search.way.M1", led, lambda: "id", FOUND) == (WayWanted(None),)
    assert press("search.way.M2", led, lambda: "id", FOUND) == (ShowWay("M2"),)
    assert press("map.stop", led, lambda: "id") == (WayWanted(None),)


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
