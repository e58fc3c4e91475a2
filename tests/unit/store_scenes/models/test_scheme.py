import pytest

from catalog_sync.model.product import Product
from store_scenes.models.art.compositions.registry import COMPOSITIONS
from store_scenes.models.art.motifs import MOTIFS
from store_scenes.models.brand import brand_of
from store_scenes.models.kinds import KINDS, kind_of
from store_scenes.models.palette import (
    BASES,
    FLAVOURS,
    ITEMS,
    KEYWORDS,
    KIND_MOTIFS,
    KIND_PICTURES,
    PICTURES,
)
from store_scenes.models.scheme import luminance, mix, parse_colour, relight, scheme_of


def product(name, category="", brand="B", sku="S", **more):
    return Product(
        sku=sku, names={"en": name}, brand=brand, category=category, package="box",
        dimensions_mm=(100, 100, 50), **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "category", "motif"),
    [
        ("Giovanni Rana, Marinara Sauce", "Prepared Pasta & Pizza Sauces", "tomato"),
        ("Rounds Tortilla Chips, Original", "Chips, Pretzels & Snacks", "chips"),
        ("Instant Oatmeal", "Cereal", "grain"),
        ("Frozen Beef Steak", "Meat", "meat"),  # "tea" is not in "steak"
        ("딸기우유", "dairy", "berry"),
        ("주방세제 레몬", "household", "bubble"),
        ("유자청", "pantry", "citrus"),
        ("제주 녹차 20티백", "tea", "leaf"),
    ],
)
def test_the_motif_follows_the_words(name, category, motif):
    assert scheme_of(product(name, category)).motif == motif


def test_every_motif_can_be_chosen_drawn_and_coloured():
    chosen = {line.partition(":")[0] for line in KEYWORDS.strip().splitlines()}
    assert chosen == set(BASES) == set(ITEMS)
    painted = {line.partition(":")[0] for line in PICTURES.strip().splitlines()}
    assert chosen | painted | set(KIND_PICTURES.values()) | {"emblem"} == set(MOTIFS)
    assert set(KIND_MOTIFS.values()) <= chosen


def test_every_kind_has_its_composition():
    assert set(KINDS) == set(COMPOSITIONS)
    assert set(KIND_PICTURES) <= set(KINDS)
    assert set(KIND_MOTIFS) == set(KINDS)


@pytest.mark.parametrize(
    ("category", "name", "kind"),
    [
        ("Chips, Pretzels & Snacks", "Rounds Tortilla Chips", "snack"),
        ("Prepared Pasta & Pizza Sauces", "Marinara", "condiment"),
        ("Ice Cream & Frozen Yogurt", "Vanilla", "icecream"),
        ("dairy", "딸기우유 strawberry milk", "milk"),
        ("drinks", "샘물 spring water", "water"),
        ("pantry", "양조간장 brewed soy sauce", "sauce"),
        ("chips & snacks", "감자칩", "snack"),
        ("ready teas & coffee", "블랙 black coffee", "ready"),
        ("en:gherkins", "Cornichons extra-fins", "pickles"),
        ("", "Crème glacée vanille", "icecream"),
        ("", "Vollkornbrot", ""),
        ("", "Spülmittel Zitrone", "cleaning"),
        ("", "Olio extra vergine", "oil"),
        ("", "Queso manchego", "cheese"),
        ("", "물티슈 100매", "paper"),
        ("", "설탕", "baking"),
        ("Widgets", "Flux capacitor", ""),
    ],
)
def test_the_kind_follows_category_then_name(category, name, kind):
    assert kind_of(category, name) == kind


def test_no_keyword_is_empty():
    for table in (KEYWORDS, FLAVOURS):
        for line in table.strip().splitlines():
            words = [
                word.strip() for word in line.rpartition(":")[0 if "#" in line else 2].split(",")
            ]
            assert all(words), line


def test_the_products_own_colour_leads():
    assert scheme_of(product("Tea", colour="#123456")).base == (0x12, 0x34, 0x56)


def test_a_flavour_colours_the_pack_the_picture_and_what_is_behind_the_glass():
    scheme = scheme_of(product("Apple juice"))
    assert (scheme.item, scheme.base, scheme.content) == (
        (0xD3, 0x2F, 0x2F),
        (0x5A, 0x9E, 0x2F),
        (0xD9, 0x96, 0x2E),
    )


def test_a_brand_keeps_its_identity_and_the_design_is_stable():
    one, two = scheme_of(product("Tea", sku="1")), scheme_of(product("Chips", sku="2"))
    assert one.brand == two.brand
    assert scheme_of(product("Tea", sku="1")) == one


@pytest.mark.parametrize(
    ("name", "main", "sub", "mark", "house"),
    [
        ("숲차 Supcha", "숲차", "Supcha", "tree", False),
        ("Blue Farm", "Blue Farm", "", "grain", False),
        ("노브랜드", "노브랜드", "", None, True),
        ("", "", "", None, False),
    ],
)
def test_a_brand_by_its_name(name, main, sub, mark, house):
    brand = brand_of(name)
    assert (brand.main, brand.sub, brand.house) == (main, sub, house)
    assert mark in (None, brand.mark)


@pytest.mark.parametrize(
    ("name", "category", "picture"),
    [
        ("Peach iced tea", "", "fruit"),
        ("Frozen blueberries", "frozen fruit", "fruit"),
        ("Strawberry yogurt", "yogurt", "berry"),
        ("Butter cookies", "biscuits", "cookie"),
        ("Chocolate cookies", "biscuits", "cocoa"),
        ("Dish soap, lemon", "kitchen", "sparkle"),
        ("Spring water", "water", "peaks"),
        ("Pork dumplings", "frozen dumplings", "dumpling"),
        ("Plain", "yogurt", "milk"),
    ],
)
def test_the_picture_follows_name_and_kind(name, category, picture):
    assert scheme_of(product(name, category)).picture == picture


@pytest.mark.parametrize("base", [c for colours in BASES.values() for c in colours])
def test_ink_is_readable_on_every_base(base):
    scheme = scheme_of(product("Tea", colour=base))
    light, dark = sorted((luminance(scheme.base), luminance(scheme.ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 1.9


def test_colours():
    assert parse_colour("#0f766e") == (15, 118, 110)
    assert parse_colour("teal") == (128, 132, 138)
    assert mix((0, 0, 0), (255, 255, 255), 0.5) == (128, 128, 128)
    assert relight((255, 0, 0), 0.5) == (128, 0, 0)
    assert luminance((255, 255, 255)) == pytest.approx(1.0)
