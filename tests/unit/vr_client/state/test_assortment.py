"""The assortment against a plain dictionary, and that what was given out never changes."""

from hypothesis import given
from hypothesis import strategies as st

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from vr_client.state.assortment import RECENT_MAX, Assortment


def product(number, price):
    return Product(
        f"S{number}", {"en": "A"}, "B", "c", "box", (1.0, 1.0, 1.0), Money(price, "USD"), 1
    )


CHANGES = st.dictionaries(st.integers(0, 40), st.integers(1, 99), max_size=12)


@given(st.lists(CHANGES, max_size=40))
def test_it_is_what_a_dictionary_would_be_after_any_changes(rounds):
    known, shelf, before = {}, Assortment(), []
    for changes in rounds:
        made = {f"S{number}": product(number, price) for number, price in changes.items()}
        before.append((shelf, dict(known)))
        known = {**known, **made}
        shelf = shelf.changed(made)
        assert len(shelf) == len(known)
        assert list(shelf) == list(known)
        assert list(shelf.values()) == list(known.values())
        assert shelf == known
        assert all((f"S{number}" in shelf) == (f"S{number}" in known) for number in range(41))
    assert all(old == was for old, was in before)


def test_many_changes_join_the_rest():
    shelf = Assortment({f"S{n}": product(n, 1) for n in range(3)})
    for number in range(3 * RECENT_MAX):
        shelf = shelf.changed({f"S{number}": product(number, 2)})
    assert len(shelf) == len(list(shelf)) == len(shelf.values()) == 3 * RECENT_MAX
    assert {one.price.amount_minor for one in shelf.values()} == {2}
    assert "S99999" not in shelf
    assert shelf.get("S99999") is None
