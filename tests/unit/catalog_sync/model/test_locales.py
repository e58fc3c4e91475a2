"""Whose way of writing money a shopper reads."""

import pytest

from catalog_sync.model.locales import format_count, locale_to_read
from catalog_sync.model.money import Money, format_money


@pytest.mark.parametrize(
    ("shop", "language", "read"),
    [
        ("ko_KR", "ko", "ko_KR"), ("ko-KR", "ko", "ko_KR"), ("ko_KR", "en", "en"),
        ("en_US", "en", "en_US"), ("en_US", "ko", "ko_KR"), ("en_GB", "en", "en_GB"),
        ("de_DE", "en", "en_DE"), ("de_DE", "ko", "ko_KR"), ("fr_CH", "en", "en_CH"),
        ("zh_Hant_TW", "en", "en"), ("ja_JP", "en", "en"), ("en", "en", "en"),
        ("en", "ko", "ko_KR"),
        ("xx_YY", "en", "en"), ("", "en", "en"), ("ko_KR", "tlh", "en"),
    ],
)  # fmt: skip
def test_the_language_chooses_and_the_country_keeps_its_ways(shop, language, read):
    assert locale_to_read(shop, language) == read


@pytest.mark.parametrize(
    ("shop", "language", "money", "written"),
    [
        ("ko_KR", "ko", Money(8900, "KRW"), "₩8,900"),
        ("ko_KR", "en", Money(8900, "KRW"), "₩8,900"),
        ("en_US", "en", Money(123456, "USD"), "$1,234.56"),
        ("en_US", "ko", Money(123456, "USD"), "US$1,234.56"),
        ("de_DE", "en", Money(123456, "EUR"), "1.234,56 €"),
        ("de_DE", "ko", Money(123456, "EUR"), "€1,234.56"),
    ],
)
def test_the_currency_is_the_shop_s_in_every_language(shop, language, money, written):
    assert format_money(money, locale_to_read(shop, language)).replace("\u00a0", " ") == written


def test_counts_are_written_as_their_readers_write_them():
    assert format_count(1234, locale_to_read("ko_KR", "ko")) == "1,234"
    assert format_count(1234, locale_to_read("de_DE", "en")) == "1.234"
    assert format_count(7, "en") == "7"
