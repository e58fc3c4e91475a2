import pytest

from catalog_sync.model.size_words import TEXT_MAX, size_words
from catalog_sync.model.unit_price import size_of


@pytest.mark.parametrize(
    ("size", "ko", "en"),
    [
        ("1 ea", "1개", "1 ea"),
        ("10 EA", "10개", "10 ea"),
        ("3 x 200 ea", "3 x 200개", "3 x 200 ea"),
        ("4 rolls", "4롤", "4 rolls"),
        ("1롤", "1롤", "1 roll"),
        ("12 입", "12입", "12 pieces"),
        ("1 송이", "1송이", "1 bunch"),
        ("2 송이", "2송이", "2 bunches"),
        ("1 통", "1통", "1 whole"),
        ("20 tea bags", "20티백", "20 tea bags"),
        ("1,000매", "1,000매", "1,000 sheets"),
        ("10 eggs", "10구", "10 eggs"),
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


@pytest.mark.parametrize("size", ["1 ea", "12 입", "4 rolls", "3 x 200 ea"])
def test_saying_it_again_changes_nothing_more(size):
    korean = size_words(size, "ko")
    assert size_words(korean, "ko") == korean
    assert size_words(korean, "en") == size_words(size, "en")


def test_the_unit_price_reads_the_catalogues_own_word():
    assert size_of("3 x 200 ea") == size_of(size_words("3 x 200 ea", "ko")) == (600.0, "piece")


def test_a_text_without_end_is_not_looked_through():
    long = "1 ea " * TEXT_MAX
    assert size_words(long, "ko") == long
