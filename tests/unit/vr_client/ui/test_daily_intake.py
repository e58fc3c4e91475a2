"""Shares of a day, as Korean and as European labels count them."""

import pytest

from catalog_sync.model.facts import Nutrition
from tests.unit.vr_client.ui.panel_states import product
from vr_client.ui.daily_intake import PERCENT_MAX, amount_text, basis, four

GRANOLA = Nutrition(412.0, sugars_g=14.2, protein_g=11.0, salt_g=0.45)


def test_a_korean_label_says_sodium_and_counts_by_korean_daily_values():
    assert [(one.name, one.text, one.percent) for one in four(GRANOLA, "ko")] == [
        ("energy", "412 kcal", 21), ("sugars", "14.2 g", 14), ("sodium", "180 mg", 9),
        ("protein", "11 g", 20),
    ]  # fmt: skip


def test_every_other_label_says_salt_and_counts_by_european_reference_intakes():
    assert [(one.name, one.text, one.percent) for one in four(GRANOLA, "fr")] == [
        ("energy", "412 kcal", 21), ("sugars", "14.2 g", 16), ("salt", "0.5 g", 8),
        ("protein", "11 g", 22),
    ]  # fmt: skip


def test_what_is_not_told_has_no_share():
    assert [(one.text, one.percent) for one in four(Nutrition(fat_g=1.0), "en")] == [
        ("–", None)
    ] * 4
    assert four(Nutrition(salt_g=100.0), "ko")[2].percent == PERCENT_MAX


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0.0, "0 g"),
        (0.02, "0.02 g"),
        (0.1, "0.1 g"),
        (3.0, "3 g"),
        (14.26, "14.3 g"),
        (100.0, "100 g"),
    ],
)
def test_amounts_are_as_exact_as_a_label(amount, text):
    assert amount_text(amount, "g") == text


@pytest.mark.parametrize(("size", "said"), [("1 L", "100 ml"), ("500 g", "100 g"), ("", "100 g")])
def test_amounts_are_of_what_the_pack_counts_in(size, said):
    assert basis(product("A", size_text=size)) == said
