import pytest

from store_scenes.feeds.lengths import grams, millimetres


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("20 cm", "", "200"), ("7.5in", "", "190.5"), ("1,2 m", "", "1200"), ("90", "", "90"),
        ("90", "CMT", "900"), ("2", "ft", "609.6"), ('3"', "", "76.2"), ("20 parsec", "", ""),
        ("wide", "", ""), ("", "cm", ""), ("-3 cm", "", ""), ("1e9 cm", "", ""),
    ],
)  # fmt: skip
def test_lengths(text, unit, found):
    assert millimetres(text, unit) == found


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [("0.3 kg", "", "300"), ("12 oz", "", "340.194"), ("5", "LBR", "2267.962"), ("5 m", "", "")],
)
def test_weights(text, unit, found):
    assert grams(text, unit) == found
