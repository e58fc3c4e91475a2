"""The assortment against a plain dictionary, and that what was given out never changes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from vr_client.state.assortment import RECENT_MAX, Assortment, facts_of


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


def test_its_facts_are_the_same_until_more_than_a_price_is_another():
    shelf = Assortment({f"S{n}": product(n, 1) for n in range(3)})
    dearer = shelf.changed({"S1": product(1, 9)}, facts=False)
    assert facts_of(dearer) is facts_of(shelf)
    many = dearer.changed(
        {f"S{n}": product(n, 9) for n in range(2 * RECENT_MAX)}, facts=False
    )  # fmt: skip
    assert facts_of(many) is facts_of(shelf)
    assert facts_of(many.changed({"S1": product(1, 9)})) is not facts_of(shelf)
    plain = {"S1": product(1, 9)}
    assert facts_of(plain) is plain


@pytest.mark.parametrize("seed", range(3))
def test_it_is_what_a_dictionary_would_be_each_time_its_changes_join_the_rest(seed):
    """New products and old ones at other prices, many at once and one by one."""
    rng = random.Random(seed)
    known = {f"S{n}": product(n, 1) for n in range(rng.choice([0, 200, 2000]))}
    shelf, before, joined = Assortment(dict(known)), [], 0
    for price in range(2, 60):
        count = rng.choice([0, 1, 1, 40, 300, RECENT_MAX, RECENT_MAX + 1])
        changes = {f"S{n}": product(n, price) for n in rng.sample(range(6000), count)}
        known = {**known, **changes}
        shelf = shelf.changed(changes, facts=rng.random() < 0.5)
        joined += shelf._recent == {}
        assert len(shelf) == len(known)
        assert list(shelf) == list(known)
        assert list(shelf.values()) == list(known.values())
        for sku in (*rng.sample(sorted(known), min(20, len(known))), "S6000", *list(changes)[:20]):
            assert shelf.get(sku) is known.get(sku)
            assert shelf.get(sku, 0) is known.get(sku, 0)
            assert (sku in shelf) == (sku in known)
        if len(before) < 8:
            before.append((shelf, dict(known)))
    assert shelf == known
    assert joined > 5
    with pytest.raises(KeyError):
        _ = shelf["S6000"]
    assert all(old == was and len(old) == len(was) for old, was in before)
