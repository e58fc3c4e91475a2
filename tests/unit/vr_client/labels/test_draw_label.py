import numpy as np
import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from vr_client.labels.draw import RED, draw_label


def product(**more):
    facts = {
        "sku": "CE-001", "names": {"ko": "유기농 현미 그래놀라", "en": "Granola"}, "brand": "B",
        "category": "cereal", "package": "box", "dimensions_mm": (190, 275, 80),
        "price": Money(8900, "KRW"), "size_text": "500 g", "gtin": "8801234567893",
    }  # fmt: skip
    return Product(**(facts | more))


def red(pixels):
    return (np.abs(pixels[10:, :, :3].astype(int) - RED).max(axis=2) < 12).sum()


def test_a_label_is_opaque_with_a_red_price():
    pixels = draw_label(product(), "ko_KR", "ko")
    assert pixels.shape == (128, 256, 4)
    assert pixels.dtype == np.uint8
    assert (pixels[..., 3] == 255).all()
    assert (pixels[2, :, :3] == RED).all()
    assert red(pixels) > 1500


def test_without_a_price_nothing_is_red_but_the_rule():
    assert red(draw_label(product(price=None), "ko_KR", "ko")) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"names": {"en": "Giovanni Rana, Marinara Sauce With Extra Virgin Olive Oil And Basil"}},
        {"price": Money(10**12, "KRW"), "size_text": "1 mg"},
        {"price": Money(10**12, "USD")},
        {"gtin": "", "sku": "A-very-long-stock-keeping-unit-0123456789-0123456789"},
        {"size_text": "", "gtin": "", "names": {"en": "\U0001f600"}},
    ],
)
def test_nothing_reaches_the_margins(changes):
    card = draw_label(product(**changes), "ko_KR", "ko")[10:120]
    assert (card[:, :8, :3] > 240).all()
    assert (card[:, -8:, :3] > 240).all()


def test_language_and_price_change_the_pixels():
    korean = draw_label(product(), "ko_KR", "ko")
    assert not np.array_equal(korean, draw_label(product(), "ko_KR", "en"))
    assert not np.array_equal(korean, draw_label(product(price=Money(8901, "KRW")), "ko_KR", "ko"))
    assert np.array_equal(korean, draw_label(product(), "ko_KR", "ko"))
