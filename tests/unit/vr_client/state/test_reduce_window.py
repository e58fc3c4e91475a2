"""What the window's own events do to the state: search, map, one panel at a time, a new layout."""

from dataclasses import replace

import numpy as np
import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from tests.golden.small_scene import small_scene
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    LayoutProblem,
    PanelToggled,
    ProductMarked,
    QueryChanged,
    RowChosen,
    SceneReady,
)
from vr_client.state.reduce import QUERY_MAX, reduce

SCENE = small_scene()
SKU = next(s for n, s in enumerate(SCENE.skus) if (SCENE.product_of == n).sum() > 1)
ROWS = np.flatnonzero(SCENE.product_of == SCENE.skus.index(SKU))


def test_a_new_query_begins_at_its_first_row_and_has_an_end():
    state = reduce(ClientState(row=3, marked_sku=SKU), QueryChanged("우" * 99))
    assert (state.query, state.row, state.marked_sku) == ("우" * QUERY_MAX, 0, None)
    assert reduce(state, RowChosen(4)).row == 4
    assert reduce(state, RowChosen(-2)).row == 0


def test_what_was_found_is_marked():
    assert reduce(ClientState(), ProductMarked(SKU)).marked_sku == SKU


def test_a_search_begins_with_an_empty_field_and_what_was_found_stays_marked():
    state = ClientState(query="milk", row=2, marked_sku=SKU)
    after = reduce(state, PanelToggled("search", visible=True))
    assert (after.query, after.row, after.marked_sku) == ("", 0, SKU)


def test_a_layout_that_cannot_be_shown_is_told_until_it_can():
    state = reduce(ClientState(), LayoutProblem("bay-1.toml, line 3: no."))
    assert state.layout_problem == "bay-1.toml, line 3: no."
    assert reduce(state, LayoutProblem("")).layout_problem == ""


@pytest.mark.parametrize("panel", ["cart", "help", "map", "search"])
def test_big_panels_take_turns_and_the_card_waits_behind_them(panel):
    everything = frozenset({"cart", "help", "map", "search", "card"})
    state = reduce(ClientState(panels=everything - {panel}), PanelToggled(panel, visible=True))
    assert state.panels == {panel, "card"}


def test_a_new_layout_keeps_the_open_card_on_the_nearest_unit_of_its_product():
    cart = Cart(7, "KRW", (CartLine(SKU, 2, Money(8900, "KRW")),))
    state = ClientState(
        scene=SCENE, card_sku=SKU, card_instance=int(ROWS[1]), card_quantity=3, cart=cart,
        panels=frozenset({"card", "cart"}), marked_sku=SKU,
    )  # fmt: skip
    moved = replace(SCENE, version="2", bounds=SCENE.bounds + np.float32(0.01))
    after = reduce(state, SceneReady(moved))
    assert (after.card_sku, after.card_instance) == (SKU, int(ROWS[1]))
    assert after.scene is moved
    assert after.labels_dirty >= set(SCENE.skus)
    assert after == replace(state, scene=moved, labels_dirty=after.labels_dirty)


def test_a_card_whose_product_left_the_shelves_stays_without_a_place():
    gone = replace(SCENE, product_of=np.where(SCENE.product_of == SCENE.product_of[ROWS[0]],
                                              np.int32(-1), SCENE.product_of))  # fmt: skip
    state = ClientState(scene=SCENE, card_sku=SKU, card_instance=int(ROWS[0]))
    assert reduce(state, SceneReady(gone)).card_instance == -1
    back = reduce(replace(state, card_instance=-1), SceneReady(SCENE))
    assert back.card_instance == int(ROWS[0])
