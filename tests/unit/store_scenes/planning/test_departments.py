"""Which department a product is led to, by its category and its names in six languages."""

import pytest

from catalog_sync.model.product import Product
from store_scenes.planning.departments import assign, departments, tokens


def product(sku="a", name="", category="", brand="", language="en"):
    return Product(
        sku=sku,
        names={language: name or "x"},
        brand=brand,
        category=category,
        package="box",
        dimensions_mm=(100.0, 100.0, 100.0),
    )


def led(name="", category=""):
    return assign([product(name=name, category=category)])["a"].id


@pytest.mark.parametrize(
    ("name", "department"),
    [
        ("Apple Juice", "juice"),
        ("Jus de pommes", "juice"),
        ("Huile d'olive vierge", "oils"),
        ("Kokosnussmilch", "dairy"),
        ("Peanut Butter", "spreads"),
        ("Cookies with chocolate", "biscuits"),
        ("Jambon cuit", "meat-fish"),
        ("Queso Monterey Jack", "cheese"),
        ("Spaghetti", "rice-pasta"),
        ("Passata di pomodoro, sugo", "sauces"),
        ("감자칩", "snacks"),
        ("초코우유", "dairy"),
        ("냉동 김치만두", "frozen"),
        ("강아지 사료", "pet"),
        ("Thé vert", "tea-coffee"),
        ("Haricots verts", "canned"),
        ("Licorice", "sweets"),
        ("zzz", "other"),
    ],
)
def test_a_name_leads_to_its_department(name, department):
    assert led(name) == department


@pytest.mark.parametrize(
    ("category", "department"),
    [
        ("Chips, Pretzels & Snacks", "snacks"),
        ("Ice Cream & Frozen Yogurt", "ice-cream"),
        ("Frozen Fish & Seafood", "frozen"),
        ("Prepared Pasta & Pizza Sauces", "sauces"),
        ("Fruit & Vegetable Juice, Nectars & Fruit Drinks", "juice"),
        ("Pre-Packaged Fruit & Vegetables", "produce"),
        ("en:beverages, en:teas, en:green-teas", "tea-coffee"),
        ("Food > Beverages > Coffee", "tea-coffee"),
        ("en:gherkins", "pickles"),
        ("cup noodles", "instant"),
        ("kimchi & banchan", "deli"),
    ],
)
def test_a_category_leads_before_the_name(category, department):
    assert led("Chocolate milk flavour", category) == department


def test_what_has_no_word_follows_its_category_and_then_its_brand():
    products = [
        product("a", "Ketchup", "zz1", "B1"),
        product("b", "Qqq", "zz1", "B2"),
        product("c", "Www", "", "B1"),
    ]
    assert {sku: one.id for sku, one in assign(products).items()} == {
        "a": "sauces",
        "b": "sauces",
        "c": "sauces",
    }


def test_foreign_categories_become_departments_as_written():
    products = [
        *(product(f"v{n}", f"Vinyl {n}", "Vinyl Records") for n in range(5)),
        *(product(f"w{n}", f"Vinyl {n}", "vinyl record") for n in range(3)),
        *(product(f"g{n}", f"Gizmo {n}", "Gizmos") for n in range(4)),
        product("lonely", "Thing", "Singular"),
    ]
    assigned = assign(products)
    assert {one.names["en"] for one in assigned.values()} == {
        "Vinyl Records",
        "Gizmos",
        "More to find",
    }
    assert assigned["v0"] == assigned["w0"]
    assert assigned["lonely"].id == "other"


def test_a_shop_of_one_department_is_split_by_its_own_categories():
    products = [
        product(f"{kind}{n}", f"{kind} {n}", kind)
        for kind in ("T-Shirts", "Hoodies", "Socks")
        for n in range(4)
    ]
    names = {one.names["en"] for one in assign(products).values()}
    assert names == {"T-Shirts", "Hoodies", "Socks"}


def test_every_department_is_named_in_six_languages_and_the_walk_begins_with_produce():
    known = departments()
    assert next(iter(known)) == "produce"
    assert list(known)[-1] == "other"
    assert all(set(one.names) == {"ko", "en", "fr", "de", "es", "it"} for one in known.values())
    assert [one.order for one in known.values()] == list(range(len(known)))


def test_tokens_are_plain_singular_words():
    assert tokens("Crème brûlée, Cookies & TOMATOES 5입 감자칩!") == [
        "creme", "brulee", "cooky", "tomato", "입", "감자칩",
    ]  # fmt: skip
