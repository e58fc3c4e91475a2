"""What the back of a pack says, and in which language."""

import numpy as np
import pytest

from catalog_sync.model.product import Product
from store_scenes.models.art.backs import draw_back, told
from store_scenes.models.art.package_art import words_of
from store_scenes.models.art.sheet import sheet
from store_scenes.models.packages import package_panels


def product(**more):
    facts = {
        "sku": "FR-001", "names": {"ko": "부사 사과", "en": "Fuji Apple"}, "brand": "산들 Sandeul",
        "category": "fresh fruit", "package": "box", "dimensions_mm": (78.0, 76.0, 78.0),
        "size_text": "1 ea",
    }  # fmt: skip
    return Product(**(facts | more))


def back(one, language):
    """(h, w, 4) of the back alone."""
    panel = next(p for p in package_panels(one) if p.face not in {"front", "top", "skin"})
    pixels, surface = sheet(512, 512, (255, 255, 255))
    words = words_of(one, (language, "en"))
    draw_back(surface.getCanvas(), panel, (200, 60, 60), words, one, language)
    return pixels


def test_the_back_says_category_and_size_in_the_stores_language():
    assert told(product(), "ko") == [
        ("내용량", "1개"), ("브랜드", "산들 Sandeul"), ("분류", "과일"),
        ("크기", "78 × 76 × 78 mm"), ("상품 번호", "FR-001"),
    ]  # fmt: skip
    assert told(product(), "en") == [
        ("Contents", "1 ea"), ("Brand", "산들 Sandeul"), ("Category", "Fresh fruit"),
        ("Size", "78 × 76 × 78 mm"), ("Item", "FR-001"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_feeds_own_category_stays_in_its_words_and_an_empty_one_has_no_line(language):
    own = dict(told(product(category="Frühstück > Müsli"), language))
    assert "Frühstück > Müsli" in own.values()
    assert len(told(product(category=""), language)) == 4


def test_what_is_drawn_is_what_is_told():
    milk = back(product(category="milk"), "ko")
    assert np.array_equal(milk, back(product(category="우유"), "ko"))
    assert not np.array_equal(milk, back(product(category="milky"), "ko"))


def test_the_front_says_the_size_in_the_stores_language():
    assert words_of(product(), ("ko", "en")).size == "1개"
    assert words_of(product(), ("en", "ko")).size == "1 ea"
