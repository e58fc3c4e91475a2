import pytest

from catalog_sync.model.product import Product
from store_scenes.models.art.fronts import LAYOUTS as DRAWN
from store_scenes.models.art.motifs import MOTIFS
from store_scenes.models.palette import BASES, FLAVOURS, ITEMS, KEYWORDS
from store_scenes.models.scheme import LAYOUTS, luminance, mix, parse_colour, relight, scheme_of


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
    assert chosen == set(MOTIFS) == set(BASES) == set(ITEMS)
    assert set(LAYOUTS) == set(DRAWN)


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


def test_a_brand_keeps_its_layout_and_the_design_is_stable():
    one, two = scheme_of(product("Tea", sku="1")), scheme_of(product("Chips", sku="2"))
    assert one.layout == two.layout
    assert scheme_of(product("Tea", sku="1")) == one


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
