"""What the labels of the demo store's foods say could be true."""

from pathlib import Path

import pytest

from catalog_sync.model.facts import Facts, Nutrition, fault
from store_scenes.demo.foods import demo_facts, facts_of
from store_scenes.demo.make_catalog import demo_products

NO_FOOD = {"baby", "cleaning", "hair & body", "home & gifts", "kitchen", "laundry", "oral care",
           "paper", "pet"}  # fmt: skip


def test_a_line_of_one_product_says_only_what_is_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "foods.txt"
    path.write_text(
        "AB | 100 10 5 8 4 6 1.00 | milk | nuts | 우유. / Milk.\n"
        "AB-002 | 90 9 4 8 4 6 1.00 | | none |\n"
        "AB-003 | | soybeans | milk soybeans | / Soy.\n",
        encoding="utf-8",
    )
    lines = demo_facts(path)
    first, second, third = (facts_of(f"AB-00{number}", lines) for number in (1, 2, 3))
    assert second == Facts(
        Nutrition(90.0, 9.0, 4.0, 8.0, 4.0, 6.0, 1.0), ("milk",), (), {"ko": "우유.", "en": "Milk."}
    )
    assert first is not None
    assert first.nutrition.energy_kcal is not None
    assert 95.0 <= first.nutrition.energy_kcal <= 105.0
    assert third is not None
    assert (third.contains, third.may_contain) == (("soybeans",), ("milk",))
    assert facts_of("ZZ-001", lines) is None


def test_a_line_that_does_not_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "foods.txt"
    path.write_text("AB | 1 2 3 | milk | | A / B\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"foods\.txt, line 1: not five parts"):
        demo_facts(path)


def test_every_food_has_a_label_in_both_languages_and_nothing_else_has_one() -> None:
    for product in demo_products():
        facts = product.facts
        if facts is None:
            assert product.category in NO_FOOD, product
            continue
        assert not fault(facts)
        assert set(facts.descriptions) == {"ko", "en"}


def test_the_parts_of_a_food_are_no_more_than_the_whole() -> None:
    for product in demo_products():
        told = product.told.nutrition
        if not told:
            continue
        _, fat, saturates, carbohydrate, sugars, protein, salt = (
            getattr(told, name) or 0.0 for name in Nutrition.__struct_fields__
        )
        assert saturates <= fat, product
        assert sugars <= carbohydrate, product
        assert fat + carbohydrate + protein + salt <= 100.5, product


def test_no_soy_drink_is_milk_and_every_peanut_butter_has_peanuts() -> None:
    by_name = {product.names["en"]: product.told for product in demo_products()}
    assert "milk" not in by_name["Soy Milk, Unsweetened"].contains
    assert "peanuts" in by_name["Peanut Butter"].contains
    assert "fish" not in by_name["Chickpeas"].contains
    assert {"eggs", "milk", "wheat"} <= set(by_name["Croissants, 4"].contains)
