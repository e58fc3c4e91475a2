import pytest

from catalog_sync.model.size_words import TEXT_MAX, size_words
from catalog_sync.model.unit_price import size_of


@pytest.mark.parametrize(
    ("size", "ko", "en"),
    [
        ("1 ea", "1개", "1 ea"),
        ("10 EA", "10개", "10 EA"),
        ("3 x 200 ea", "3 x 200개", "3 x 200 ea"),
        ("4 rolls", "4롤", "4 rolls"),
        ("1롤", "1롤", "1 roll"),
        ("12 입", "12입", "12 pieces"),
        ("10개입", "10개입", "10 pieces"),
        ("1 송이", "1송이", "1 bunch"),
        ("2 송이", "2송이", "2 bunches"),
        # a word that is not the same thing of every product
        ("1 통", "1 통", "1 통"),
        ("1 bunch", "1 bunch", "1 bunch"),
        ("4구", "4구", "4 ea"),
        ("20 tea bags", "20티백", "20 tea bags"),
        ("1,000매", "1,000매", "1,000 sheets"),
        ("10 eggs", "10구", "10 eggs"),
        # English that needs no other word
        ("12 pieces", "12개", "12 pieces"),
        ("100 count", "100개", "100 count"),
        ("24 ct", "24개", "24 ct"),
        # each of several words
        ("1 pack (10 pieces)", "1팩 (10개)", "1 pack (10 pieces)"),
        ("3 packs x 10 ea", "3팩 x 10개", "3 packs x 10 ea"),
        ("30 rolls x 3 packs", "30롤 x 3팩", "30 rolls x 3 packs"),
        ("3팩 x 10개", "3팩 x 10개", "3 packs x 10 ea"),
        ("30롤x3팩", "30롤x3팩", "30 rolls x3 packs"),
        ("24 ct (6캔)", "24개 (6캔)", "24 ct (6 cans)"),
        # measures, and words that only begin like one
        ("500 g", "500 g", "500 g"),
        ("6 x 330 ml", "6 x 330 ml", "6 x 330 ml"),
        ("30 m x 12", "30 m x 12", "30 m x 12"),
        ("2 eating apples", "2 eating apples", "2 eating apples"),
        ("1 통조림", "1 통조림", "1 통조림"),
        ("", "", ""),
    ],
)
def test_what_is_counted_is_said_in_the_readers_language(size, ko, en):
    assert size_words(size, "ko") == ko
    assert size_words(size, "en") == en
    assert size_words(size, "fr") == en


@pytest.mark.parametrize("size", ["1 ea", "12 입", "4 rolls", "3 x 200 ea", "3 packs x 10 ea"])
def test_saying_it_again_changes_nothing_more(size):
    korean = size_words(size, "ko")
    assert size_words(korean, "ko") == korean
    assert size_words(korean, "en") == size_words(size, "en")


def test_the_unit_price_reads_the_catalogues_own_word():
    assert size_of("3 x 200 ea") == size_of(size_words("3 x 200 ea", "ko")) == (600.0, "piece")


def test_a_text_without_end_is_not_looked_through():
    long = "1 ea " * TEXT_MAX
    assert size_words(long, "ko") == long
