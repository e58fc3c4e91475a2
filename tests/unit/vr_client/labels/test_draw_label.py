"""A label says the price in red, differs when the price does, and holds whatever name it gets."""

import numpy as np
import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from vr_client.labels.draw import HEIGHT, PAPER, PRICE, WIDTH, WORDS, draw_label

GRANOLA = Product(
    sku="CE-001",
    names={"ko": "유기농 현미 그래놀라", "en": "Organic Granola, Honey Almond"},
    brand="들녘 Deulnyeok",
    category="cereal",
    package="box",
    dimensions_mm=(190.0, 275.0, 80.0),
    price=Money(8900, "KRW"),
    stock=24,
    gtin="2000000000121",
    size_text="500 g",
)


def with_(**changes) -> Product:
    return Product(**{**{f: getattr(GRANOLA, f) for f in Product.__struct_fields__}, **changes})


def red(pixels: np.ndarray) -> int:
    """Pixels below the rule in the price's own colour."""
    return int((pixels[20:, :, :3] == PRICE).all(axis=2).sum())


def test_a_label_is_an_opaque_card_of_one_layer():
    pixels = draw_label(GRANOLA, "ko_KR", "ko")
    assert pixels.shape == (HEIGHT, WIDTH, 4)
    assert pixels.dtype == np.uint8
    assert (pixels[..., 3] == 255).all()
    assert tuple(pixels[-1, -1, :3]) == PAPER
    assert tuple(pixels[2, 2, :3]) == PRICE


def test_the_price_is_large_and_red_and_another_price_is_another_picture():
    one = draw_label(GRANOLA, "ko_KR", "ko")
    two = draw_label(with_(price=Money(9900, "KRW")), "ko_KR", "ko")
    assert red(one) > 900
    changed = (one != two).any(axis=2)
    assert changed[41:99].sum() > 100
    assert not changed[:40].any()


def test_an_unpriced_product_says_so_without_red():
    pixels = draw_label(with_(price=None), "ko_KR", "ko")
    assert red(pixels) == 0
    assert (pixels[41:99, :, 0] < 128).sum() > 200


def test_both_languages_have_every_word():
    assert all(set(word) == {"ko", "en"} and all(word.values()) for word in WORDS.values())
    korean = draw_label(GRANOLA, "ko_KR", "ko")
    english = draw_label(GRANOLA, "ko_KR", "en")
    assert (korean[12:40] != english[12:40]).any()


@pytest.mark.parametrize(
    "name",
    ["", "한", "가" * 120, "Ω☃\U0001f600 " * 9, "Giovanni Rana, Marinara Sauce, Family Size " * 4],
)
def test_any_name_leaves_the_margin_free(name):
    pixels = draw_label(with_(names={"en": name or " "}), "en_US", "en")
    margin = np.concatenate([pixels[12:100, :8, :3], pixels[12:100, -8:, :3]], axis=1)
    assert (margin == PAPER).all()
