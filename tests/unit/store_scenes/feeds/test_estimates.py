import pytest

from store_scenes.feeds.estimates import amount_of, estimate_dimensions, guess_package


@pytest.mark.parametrize(
    ("category", "name", "package"),
    [
        ("Chips, Pretzels & Snacks", "Rounds Tortilla Chips", "bag"),
        ("Soda", "Cola", "can"),
        ("Milk", "Whole Milk", "carton"),
        ("Prepared Pasta & Pizza Sauces", "Marinara Sauce", "jar"),
        ("Vegetable & Cooking Oils", "Olive Oil", "bottle"),
        ("음료", "제주 물", "bottle"),
        ("Cereal", "Instant Oatmeal", "box"),
        ("Candles", "Candle", "box"),
    ],
)
def test_packages_from_words(category, name, package):
    assert guess_package(category, name) == package


@pytest.mark.parametrize(
    ("text", "amount"),
    [("500 ml", 500.0), ("1.5L", 1500.0), ("12 oz/340 g", 340.0), ("2 lbs", 907.2), ("6", 0.0)],
)
def test_amounts(text, amount):
    assert amount_of(text) == pytest.approx(amount)


def test_a_package_grows_with_the_cube_root_of_what_it_holds():
    assert estimate_dimensions("can", "355 ml", 0.0) == (66.0, 122.0, 66.0)
    assert estimate_dimensions("bottle", "", 1000.0) == (83.0, 277.0, 83.0)
    assert estimate_dimensions("box", "100 kg", 0.0) == (210.0, 300.0, 90.0)
    assert estimate_dimensions("box", "1 g", 0.0) == (84.0, 120.0, 36.0)
