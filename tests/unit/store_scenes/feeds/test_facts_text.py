"""Words of labels as facts: amounts, allergens, and descriptions that fit on a card."""

import pytest

from catalog_sync.model.facts import ALLERGENS, DESCRIPTION_CHARS_MAX, Facts, Nutrition
from store_scenes.feeds.facts_text import FactsTold, read_facts, short_description


def energy(text):
    facts, faults = read_facts(FactsTold({"energy_kcal": text}))
    return facts.nutrition.energy_kcal, len(faults)


@pytest.mark.parametrize(
    ("text", "kcal"),
    [
        ("412", 412.0), ("412,5 kcal", 412.5), ("1724 kJ", 412.046), ("240 calories", 240.0),
        ("1.2e2", 120.0), ("4.12e+2 kcal je 100 g", 412.0),
    ],
)  # fmt: skip
def test_an_amount_and_its_unit(text, kcal):
    assert energy(text) == (kcal, 0)


@pytest.mark.parametrize("text", ["-1", "1001", "1e9", "nan", "inf", "lots", "12 34", "1.2.3"])
def test_what_is_no_amount_is_said_and_left_out(text):
    assert energy(text) == (None, 1)


def test_salt_is_made_of_sodium_only_where_no_salt_is_told():
    told = FactsTold({"salt_g": "1"}, sodium="800 mg")
    assert read_facts(told)[0].nutrition.salt_g == 1.0
    assert read_facts(FactsTold(sodium="800 mg"))[0].nutrition.salt_g == 2.0


@pytest.mark.parametrize("code", ALLERGENS)
def test_every_code_is_read_as_it_is_written(code):
    assert read_facts(FactsTold(allergens=code)) == (Facts(contains=(code,)), [])
    assert read_facts(FactsTold(allergens=f"en:{code}"))[0].contains == (code,)


def test_shellfish_may_be_either_and_what_is_contained_is_no_trace():
    facts, faults = read_facts(FactsTold(allergens="Shellfish", traces="새우, 굴 · 대두"))
    assert facts == Facts(Nutrition(), ("crustaceans", "molluscs"), ("soybeans", "shrimp"))
    assert faults == []


def test_a_long_description_ends_with_a_sentence_or_with_a_word():
    first = "A" * 100 + " long sentence."
    assert short_description(f"{first} {'B' * 200}.") == first
    cut = short_description("word " * 100)
    assert cut.endswith("word…")
    assert len(cut) <= DESCRIPTION_CHARS_MAX
    assert short_description(" Short. ") == "Short."
