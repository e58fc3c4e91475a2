"""The language and the currency of a shop whose owner did not say, from its products' names."""

from collections import Counter
from collections.abc import Iterable, Sequence

from catalog_sync.model.product import Product

LOCALES = {
    "ko": ("ko-KR", "KRW"),
    "en": ("en-US", "USD"),
    "fr": ("fr-FR", "EUR"),
    "de": ("de-DE", "EUR"),
    "es": ("es-ES", "EUR"),
    "it": ("it-IT", "EUR"),
}
"""What each language's shops write and take."""

_COMMON = {
    "en": "and the with of in for free sauce chips cheese water milk organic natural juice "
    "shirt tee black white blue red green small large set pack men women",
    "fr": "de du des au aux et la le les sans bio pour eau jus lait fromage à l' d'",
    "de": "mit und ohne aus der die das wasser milch saft brot vollkorn",
    "es": "de del con y sin el los agua leche queso zumo para",
    "it": "di del al con e della senza acqua latte formaggio alla succo",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}

NAMES_READ_MAX = 3_000


def language_of(products: Sequence[Product]) -> str:
    """The language that most names are written in: ko, en, fr, de, es or it; en by default."""
    named = Counter(language for product in products for language in product.names)
    stated = [language for language in named if language in LOCALES and language != "en"]
    most = max(stated, key=lambda language: (named[language], language), default="")
    if most and named[most] * 2 >= len(products):
        return most
    names = [product.name("en") for product in products[:NAMES_READ_MAX]]
    korean = sum(any("가" <= character <= "힣" for character in name) for name in names)
    if korean * 2 >= max(len(names), 1):
        return "ko"
    return _by_words(names)


def _by_words(names: Iterable[str]) -> str:
    counts: Counter[str] = Counter()
    for name in names:
        # An l is French before an apostrophe; alone it is a size.
        words = name.lower().replace("’", "'").replace("'", "' ").split()
        for language, common in _WORDS.items():
            counts[language] += sum(word in common for word in words)
    if not counts["en"] and not any(counts.values()):
        return "en"
    return max(counts, key=lambda language: (counts[language], language == "en"))
