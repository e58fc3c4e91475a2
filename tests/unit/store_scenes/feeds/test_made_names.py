import pytest

from store_scenes.feeds.made_names import made_name, short_company, singular


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("Hormel", "", "", "Chips, Pretzels & Snacks"), "Hormel – Chips, Pretzels & Snacks"),
        (("BUSH'S BEST", "ORGANIC", "", "Canned Peas"), "Bush's Best Organic – Canned Pea"),
        (("", "", "Hormel Foods Corporation ", "Tea Bags"), "Hormel – Tea Bag"),
        (("", "", "CAMPBELL SOUP COMPANY", "Soups"), "Campbell Soup – Soup"),
        (("", "", "", "Cheese"), "Cheese"),
        (("Ferrero", "", "", ""), "Ferrero"),
        (("", "", "", ""), ""),
    ],
)  # fmt: skip
def test_names_from_brand_and_category(words, name):
    assert made_name(*words) == name


def test_companies_as_shoppers_call_them():
    assert short_company("Mondelez Int. US (0074819091009)") == "Mondelez Int. US"
    assert short_company("Whole Foods Market, Inc.") == "Whole Foods Market"
    assert short_company("Foods Inc") == "Foods"


@pytest.mark.parametrize(
    ("category", "one"),
    [("Tomatoes", "Tomato"), ("Candies", "Candy"), ("Syrups & Molasses", "Syrups & Molasses"),
     ("Molasses", "Molasses"), ("Couscous", "Couscous"), ("Frozen Pizzas", "Frozen Pizza")],
)  # fmt: skip
def test_one_of_a_category(category, one):
    assert singular(category) == one
