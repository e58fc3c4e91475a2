"""What else to take: of the same kind, to be bought, near in price, and found without a stall."""

from types import MappingProxyType

import pytest

from tests.unit.vr_client.ui.panel_states import product, won
from vr_client.ui.alternatives import LEARNED_A_FRAME, SHOWN, Alternatives, nearest

KIND = {
    "MINE": product("MINE", price=won(2000), size_text="500 g"),
    "NEAR": product("NEAR", price=won(4200), size_text="1 kg"),
    "SOLD": product("SOLD", price=won(2000), size_text="500 g", stock=0),
    "FAR": product("FAR", price=won(9000), size_text="500 g"),
    "OFFER": product("OFFER", price=won(2300), size_text="500 g", was_price=won(2900)),
    "FREE": product("FREE", price=None, size_text="500 g"),
    "PIECES": product("PIECES", price=won(2000), size_text="10 ea"),
    "OTHER": product("OTHER", price=won(2000), size_text="500 g", category="soap"),
}


def test_the_nearest_by_unit_price_or_on_offer_come_first_and_sold_out_ones_last():
    found = nearest("MINE", [sku for sku in KIND if sku != "OTHER"], KIND)
    assert found == ("OFFER", "NEAR", "FAR")
    assert nearest("MINE", ["MINE", "SOLD", "NEAR"], KIND) == ("NEAR", "SOLD")
    assert nearest("MINE", ["MINE", "FREE", "OTHER"], KIND) == ()
    assert nearest("MINE", ["MINE", "PIECES", "FAR"], KIND) == ("FAR", "PIECES")


def test_of_an_unpriced_product_others_of_its_kind_are_found():
    assert nearest("FREE", ["FREE", "FAR", "OFFER"], KIND) == ("OFFER", "FAR")


@pytest.mark.parametrize("sku", ["GONE", "OTHER"])
def test_what_is_not_known_has_no_alternatives(sku):
    assert nearest(sku, ["MINE", "NEAR"], KIND) == ()


def test_a_kind_is_learned_over_frames_and_found_once_for_a_card():
    products = MappingProxyType(KIND)
    finder = Alternatives()
    first = finder.turn(products, "MINE")
    assert first == ("OFFER", "NEAR", "FAR")
    moved = MappingProxyType(KIND | {"OFFER": product("OFFER", price=won(9999))})
    assert finder.turn(moved, "MINE") is first  # once for each opening
    assert finder.turn(moved, None) == ()
    assert finder.turn(moved, "MINE") == ("NEAR", "FAR", "OFFER")


def test_ten_thousand_products_are_read_a_slice_a_frame():
    many = {f"S{n:05}": product(f"S{n:05}", price=won(1000 + n)) for n in range(10_000)}
    products = MappingProxyType(many)
    finder = Alternatives()
    seen = {id(finder.turn(products, "S05000"))}
    assert finder.turn(products, "S05000") == ()  # its kind is not known that far
    for _ in range(10_000 // LEARNED_A_FRAME + 1):
        found = finder.turn(products, "S05000")
        seen.add(id(found))
    assert len(found) == SHOWN
    assert set(found) <= {f"S{n:05}" for n in range(4995, 5006)}
    assert finder.turn(products, "S05000") is found
