import pytest

from catalog_sync.model.category_names import CATEGORY_NAMES, category_name


@pytest.mark.parametrize("category", sorted(CATEGORY_NAMES))
def test_every_kind_has_a_name_in_both_languages(category):
    assert set(CATEGORY_NAMES[category]) == {"ko", "en"}
    assert all(name.strip() for name in CATEGORY_NAMES[category].values())
    assert category == category.casefold()


def test_a_catalogues_word_is_said_in_the_readers_language_however_it_is_written():
    assert category_name("milk", "ko") == category_name("MILK", "ko") == "우유"
    assert category_name("milk", "en") == category_name("Milk", "fr") == "Milk"


def test_what_a_feed_calls_its_own_kinds_stays_as_it_is():
    assert category_name("Plant-based beverages", "ko") == "Plant-based beverages"
    assert category_name("유기농 곡물", "en") == "유기농 곡물"
