"""Facts of foods: what may be told, and what is left out."""

import pytest

from catalog_sync.model.facts import ALLERGENS, AMOUNT_MAX, NUTRIENTS, Facts, Nutrition, declared
from catalog_sync.model.facts import fault as fault_of


def test_nothing_told_is_false_and_anything_told_is_true():
    assert not Facts()
    assert not Nutrition()
    assert Nutrition(fat_g=0.0)
    for facts in (
        Facts(Nutrition(salt_g=0.0)), Facts(contains=("milk",)), Facts(may_contain=("milk",)),
        Facts(descriptions={"en": "Tea."}),
    ):  # fmt: skip
        assert facts


def test_sodium_is_two_fifths_of_salt():
    assert Nutrition(salt_g=2.5).sodium_mg == pytest.approx(1000.0)
    assert Nutrition().sodium_mg is None


def test_codes_come_once_in_our_order_and_not_twice_over():
    assert declared(["milk", "gluten", "milk", "kiwi"]) == ("gluten", "milk")
    assert declared(["milk", "gluten"], ("milk",)) == ("gluten",)
    assert len(set(ALLERGENS)) == len(ALLERGENS) == 27


def test_a_description_is_in_the_language_asked_or_in_english_or_in_what_there_is():
    both = Facts(descriptions={"fr": "Thé.", "en": "Tea."})
    assert [both.description(language) for language in ("fr", "ko")] == ["Thé.", "Tea."]
    assert Facts(descriptions={"fr": "Thé."}).description("ko") == "Thé."
    assert Facts().description("ko") == ""


@pytest.mark.parametrize("name", NUTRIENTS)
def test_amounts_have_a_largest(name):
    assert fault_of(Facts(Nutrition(**{name: AMOUNT_MAX[name]}))) == ""
    assert name in fault_of(Facts(Nutrition(**{name: AMOUNT_MAX[name] + 0.1})))
