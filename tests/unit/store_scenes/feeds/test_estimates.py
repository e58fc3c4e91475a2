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
        ("", "Thing", "box"),
        # a list of several: the product's own words choose
        ("Dips & Salsa", "Hummus", "tub"),
        ("Dips & Salsa", "Chunky Salsa", "jar"),
        ("Ketchup, Mustard, BBQ & Cheese Sauce", "Dijon Mustard", "jar"),
        ("Ketchup, Mustard, BBQ & Cheese Sauce", "Original BBQ Sauce", "bottle"),
        # a category that leaves it open
        ("Boissons", "Lait d'amande", "carton"),
        ("Other Drinks", "Something", "bottle"),
        # the last word leads in English and Korean, the first in French
        ("", "Apple Juice", "bottle"),
        ("", "Jus de pomme", "bottle"),
        ("", "Chocolate Milk", "carton"),
        ("", "Milk Chocolate", "box"),
        ("", "초코 우유", "carton"),
        ("", "Butter Cookies", "box"),
        ("", "Orange", "produce"),
        ("", "Orange Soda", "can"),
        ("", "Fruit Snacks, Orange", "bag"),
        # words in six languages
        ("", "딸기 요거트", "tub"),
        ("", "사과", "produce"),
        ("", "원두커피", "pouch"),
        ("", "불소 치약", "tube"),
        ("", "국산콩 두부", "tray"),
        ("", "Apfelsaft naturtrüb", "bottle"),
        ("", "Zahnpasta", "tube"),
        ("", "Erdbeer Joghurt", "tub"),
        ("", "Confiture de fraises", "jar"),
        ("", "Dentifrice menthe", "tube"),
        ("", "Barquette de viande hachée de boeuf", "tray"),
        ("", "Café moulu", "pouch"),
        ("", "Aceite de oliva", "bottle"),
        ("", "Leche entera", "carton"),
        ("", "Atún claro", "can"),
        ("", "Passata di pomodoro", "jar"),
        ("", "Caffè macinato", "pouch"),
        ("", "Fresh Blueberries", "tray"),
    ],
)  # fmt: skip
def test_packages_from_words(category, name, package):
    assert guess_package(category, name) == package


@pytest.mark.parametrize(
    ("packaging", "package"),
    [
        ("Bouteille,Verre", "bottle"),
        ("Bocal,Verre,Couvercle,Métal,Conserve,Plastique", "jar"),
        ("brique, carton", "carton"),
        ("Etui carton", "box"),
        ("boîte métal", "can"),
        ("sachet plastique", "pouch"),
        ("Barquette", "tray"),
        ("Pot", "tub"),
        ("Canette", "can"),
        ("1 BOTTLE", "bottle"),
        ("plastique", "box"),
    ],
)
def test_packages_from_what_is_said_of_the_package(packaging, package):
    assert guess_package("", "Nimm zwei", packaging=packaging) == package


def test_a_wider_category_speaks_where_the_nearest_says_nothing():
    assert guess_package("Zubrowka", "Zubrowka", wider=("Spirits", "Vodka", "Soups")) == "bottle"
    assert guess_package("Potatoes", "Patates", wider=("Cereals and potatoes",)) == "produce"


def test_several_of_one_amount_are_a_multipack():
    assert guess_package("Soda", "Cola", "6 x 330ml") == "multipack"
    assert guess_package("Yogurt", "Yogurt", "4 x 125 g") == "multipack"
    assert guess_package("", "신라면", "120g x 5입") == "multipack"
    assert guess_package("Soda", "Cola", "6 cans") == "multipack"
    assert guess_package("Tissue", "휴지", "30롤") == "box"
    assert guess_package("Cakes", "Torsade x6", "x6") == "tray"


def test_what_is_sold_by_volume_is_not_dry():
    assert guess_package("", "Hydro goût fraise", "20 cl") == "bottle"
    assert guess_package("Ice cream", "Vanilla", "500 ml") == "tub"


@pytest.mark.parametrize(
    ("text", "amount"),
    [("500 ml", 500.0), ("1.5L", 1500.0), ("12 oz/340 g", 340.0), ("6 x 330ml", 1980.0),
     ("2 lbs", 907.18474), ("6", 0.0)],
)  # fmt: skip
def test_amounts(text, amount):
    assert amount_of(text) == pytest.approx(amount)


def test_a_package_grows_with_the_cube_root_of_what_it_holds():
    assert estimate_dimensions("can", "355 ml", 0.0) == (66.0, 122.0, 66.0)
    assert estimate_dimensions("bottle", "", 1000.0) == (83.0, 277.0, 83.0)
    assert estimate_dimensions("box", "100 kg", 0.0) == (224.0, 320.0, 96.0)
    assert estimate_dimensions("box", "1 g", 0.0) == (77.0, 110.0, 33.0)


def test_the_kind_of_goods_has_its_own_usual_package():
    assert estimate_dimensions("box", "400 g", 0.0, "Pizza", "") == (280.0, 280.0, 40.0)
    assert estimate_dimensions("box", "", 0.0, "Cereal", "") == (190.0, 290.0, 65.0)
    assert estimate_dimensions("bottle", "750 ml", 0.0, "", "Vino tinto") == (78.0, 300.0, 78.0)


def test_a_multipack_is_its_units_arranged():
    cans = estimate_dimensions("multipack", "6 x 355ml", 0.0, "Soda", "")
    assert cans == (198.0, 122.0, 132.0)
    assert estimate_dimensions("multipack", "24 x 355ml", 0.0, "Soda", "") == (396.0, 122.0, 264.0)
    assert estimate_dimensions("multipack", "7 x 355ml", 0.0, "Soda", "") == (396.0, 122.0, 132.0)
    bars = estimate_dimensions("multipack", "2 x 100 g", 0.0, "", "Milk chocolate")
    assert bars == (85.0, 165.0, 28.0)
    assert estimate_dimensions("multipack", "", 0.0, "Soda", "") == (198.0, 122.0, 132.0)
