import numpy as np
import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from vr_client.labels import draw
from vr_client.labels.draw import (
    CALM_CARD,
    CARD,
    RED,
    SAMPLE_CARD,
    YELLOW,
    draw_label,
    label_kind,
    off_percent,
)


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


def share(pixels, colour):
    return (np.abs(pixels[..., :3].astype(int) - colour).max(axis=2) < 12).mean()


OFFER = {"was_price": Money(9900, "KRW")}


@pytest.mark.parametrize("size", [(256, 128), (64, 32)])
def test_each_kind_of_label_has_its_paper(size):
    plain = draw_label(product(), "ko_KR", "ko", size=size)
    offer = draw_label(product(**OFFER), "ko_KR", "ko", size=size)
    sample = draw_label(product(price_is_sample=True), "ko_KR", "ko", size=size)
    none = draw_label(product(price=None), "ko_KR", "ko", size=size)
    for pixels in (plain, offer, sample, none):
        assert pixels.shape == (size[1], size[0], 4)
        assert (pixels[..., 3] == 255).all()
    assert share(plain, CARD) > 0.4
    assert share(offer, YELLOW) > 0.3
    assert share(offer, RED) > 0.15
    assert share(sample, SAMPLE_CARD) > 0.3
    assert share(sample, RED) == 0
    assert share(none, CALM_CARD) > 0.5
    assert share(none, RED) == 0


@pytest.mark.parametrize(
    ("changes", "kind", "percent"),
    [
        ({}, "price", 0),
        ({"was_price": Money(9900, "KRW")}, "offer", 10),
        ({"was_price": Money(8901, "KRW")}, "offer", 1),
        ({"was_price": Money(8900, "KRW")}, "price", 0),
        ({"was_price": Money(9900, "USD")}, "price", 0),
        ({"was_price": Money(9900, "KRW"), "price_is_sample": True}, "sample", 10),
        ({"was_price": Money(9900, "KRW"), "price": None}, "unpriced", 0),
    ],
)
def test_the_kind_of_a_label_and_the_saving(changes, kind, percent):
    one = product(**changes)
    assert (label_kind(one), off_percent(one)) == (kind, percent)


def test_the_old_price_and_the_saving_are_on_the_label():
    one = draw_label(product(**OFFER), "ko_KR", "ko")
    other = draw_label(product(was_price=Money(12900, "KRW")), "ko_KR", "ko")
    changed = np.argwhere((one != other).any(axis=2))
    assert changed[:, 0].min() < 26  # the saving stands in the strip
    assert 70 < changed[:, 0].max() < 104  # the old price beside the new one
    assert changed[:, 1].min() > 8


@pytest.mark.parametrize("language", ["ko", "en", "fr", "de", "es", "it", "xx"])
def test_words_of_every_language_stay_on_the_card(language):
    for changes in ({"price": None}, {"price_is_sample": True}, OFFER):
        card = draw_label(product(**changes), "ko_KR", language)[30:124]
        assert (card[:, :8] == card[0, 0]).all()
        assert (card[:, -8:] == card[0, 0]).all()


def test_a_far_label_shows_its_price():
    one = draw_label(product(), "ko_KR", "ko", size=(64, 32))
    other = draw_label(product(price=Money(8700, "KRW")), "ko_KR", "ko", size=(64, 32))
    assert (one != other).any(axis=2).sum() > 20
    assert np.array_equal(
        one, draw_label(product(names={"ko": "다른 이름"}), "ko_KR", "ko", size=(64, 32))
    )


@pytest.mark.parametrize("size", [(256, 128), (64, 32)])
@pytest.mark.parametrize(
    "changes", [{}, OFFER, {"price_is_sample": True}, {"price": None}],
)  # fmt: skip
def test_a_stark_label_is_black_on_white_and_its_kind_is_still_told(size, changes):
    pixels = draw_label(product(**changes), "ko_KR", "ko", size, stark=True)[..., :3].astype(int)
    assert (np.ptp(pixels, axis=2) == 0).all()  # no hue at all
    assert (pixels == 255).all(axis=2).mean() > 0.35
    assert (pixels == 0).all(axis=2).mean() > 0.04
    usual = draw_label(product(), "ko_KR", "ko", size, stark=True)[..., :3]
    assert np.array_equal(usual, pixels) is (not changes)


LABEL_MM = (75.0, 38.0)  # as compiled scenes have it
EM_DEG = 0.6
DIGIT_OF_EM = 0.7
"""How high a digit is."""


@pytest.mark.parametrize("amount", [1500, 8900, 12900, 128900])
@pytest.mark.parametrize(
    "more", [{}, {"offer": True}, {"price_is_sample": True}], ids=["price", "offer", "sample"]
)
def test_a_price_is_high_enough_to_be_read_at_a_metre(amount, more, monkeypatch):
    """By the size of its letters as they are drawn, and by the ink that is there."""
    drawn = []
    line = draw.draw_line

    def listening(canvas, words, at, size, *rest):
        drawn.append((words, size))
        line(canvas, words, at, size, *rest)

    monkeypatch.setattr(draw, "draw_line", listening)
    facts = dict(more)
    if facts.pop("offer", False):
        facts["was_price"] = Money(amount * 5 // 4, "KRW")
    one = product(price=Money(amount, "KRW"), **facts)
    shown = f"₩{amount:,}"
    bare = draw_label(product(price=None), "ko_KR", "ko")
    pixels = draw_label(one, "ko_KR", "ko")
    (em_px,) = {size for words, size in drawn if words.replace("￦", "₩") == shown}
    em_mm = em_px * LABEL_MM[1] / bare.shape[0]
    assert np.degrees(np.arctan(em_mm / 1000.0)) >= EM_DEG, (shown, em_px)
    rows = np.flatnonzero((np.abs(pixels[50:110, :, :3].astype(int) - RED).max(axis=2) < 40).any(1))
    if len(rows):  # an offer's price is not red on its yellow card
        assert len(rows) >= DIGIT_OF_EM * 0.9 * em_px


def test_a_label_says_a_counted_size_in_its_language():
    one = {"size_text": "1 ea"}
    korean = draw_label(product(**one), "ko_KR", "ko")
    assert np.array_equal(korean, draw_label(product(size_text="1개"), "ko_KR", "ko"))
    assert not np.array_equal(korean, draw_label(product(**one), "ko_KR", "en"))
