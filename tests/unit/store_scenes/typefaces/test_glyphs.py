import unicodedata

from store_scenes.typefaces import drawable, missing_glyphs


def test_nothing_is_missing_from_a_korean_price_label():
    text = "유기농 현미 그래놀라 500 g ₩8,900 100 g당 · % ABC xyz"
    assert missing_glyphs(text, "regular") == ""
    assert missing_glyphs(text, "bold") == ""


def test_decomposed_hangul_is_composed_first():
    assert missing_glyphs(unicodedata.normalize("NFD", "한글"), "regular") == ""


def test_what_is_missing_is_named_once():
    assert missing_glyphs("a\U0001f600b\U0001f600", "bold") == "\U0001f600"


def test_drawable_keeps_the_text_readable():
    assert drawable("감자칩 \U0001f600 60 g", "regular") == "감자칩 60 g"
    assert drawable("ṽ", "regular") == "v"
    assert drawable(" a\n\tb ", "bold") == "a b"
