import numpy as np
import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from vr_client.labels.draw import RED, draw_label
from vr_client.labels.unit_price import UnitPrice, size_of, unit_price


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


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("500 g", (500, "g")),
        ("1.5 kg", (1500, "g")),
        ("1,5 L", (1500, "ml")),
        ("1,000 g", (1000, "g")),
        ("6 x 330ml", (1980, "ml")),
        ("120g×5", (600, "g")),
        ("20티백", (20, "piece")),
        ("100 ㎖", (100, "ml")),
        ("12 oz", (340.194282, "g")),
        ("large", None),
        ("", None),
        ("0 g", None),
        ("9" * 200 + " g", None),
    ],
)
def test_size_of(text, size):
    found = size_of(text)
    if size is None:
        assert found is None
    else:
        assert found == (pytest.approx(size[0]), size[1])


def test_unit_prices():
    won = Money(8900, "KRW")
    assert unit_price(won, "500 g") == UnitPrice(Money(1780, "KRW"), 100, "g")
    assert unit_price(won, "", weight_g=250.0) == UnitPrice(Money(3560, "KRW"), 100, "g")
    assert unit_price(Money(1299, "USD"), "20티백") == UnitPrice(Money(65, "USD"), 1, "piece")
    assert unit_price(won, "1 ea") is None
    assert unit_price(won, "") is None
