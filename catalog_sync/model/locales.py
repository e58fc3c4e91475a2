"""Whose way of writing numbers and money a shopper reads: the one rule, and counts by it. Pure.

Money stays in the shop's currency; how it is written follows the reader. The CLDR, through Babel,
knows the ways.
"""

from functools import lru_cache
from typing import Final

from babel.core import LOCALE_ALIASES
from babel.localedata import exists
from babel.numbers import format_decimal

LOCALES_KEPT: Final = 64
COUNTS_KEPT: Final = 4096


@lru_cache(maxsize=LOCALES_KEPT)
def locale_to_read(shop_locale: str, language: str) -> str:
    """The locale by which somebody who reads `language` is told prices in a shop of `shop_locale`.

    The shop's own where it speaks that language. Else that language as it is written in the shop's
    country, where people write it (`de_DE` and `en` give `en_DE`); else that language as it is
    written at home (`ko_KR` and `en` give `en`, `en_US` and `ko` give `ko_KR`).
    """
    own = shop_locale.replace("-", "_")
    spoken = own.split("_", maxsplit=1)[0].lower()
    if spoken == language and exists(own):
        return own
    territory = next((part for part in own.split("_")[1:] if len(part) in {2, 3}), "")
    there = f"{language}_{territory.upper()}"
    if territory and exists(there):
        return there
    home = "en" if language == "en" else LOCALE_ALIASES.get(language, language)
    return home if exists(home) else "en"


@lru_cache(maxsize=COUNTS_KEPT)
def format_count(count: int, locale: str) -> str:
    """A count as people of `locale` write it: `1,234` in Korea, `1.234` in Germany."""
    return str(format_decimal(count, locale=locale))
