import string

import msgspec
import pytest

from server.web.words import WORDS, language_of, locale_of


@pytest.mark.parametrize(
    ("accept", "store", "language"),
    [
        ("", "ko_KR", "ko"),
        ("", "en_GB", "en"),
        ("", "fr_FR", "en"),
        ("en-GB,en;q=0.9,ko;q=0.8", "ko_KR", "en"),
        ("fr, ko;q=0.4, en;q=0.3", "en_US", "ko"),
        ("en;q=0, ko;q=0.1", "en_US", "ko"),
        ("KO-kr", "en_US", "ko"),
        ("fr", "ko_KR", "ko"),
        ("en;q=nonsense", "ko_KR", "ko"),
        (",;,q=1;;", "ko_KR", "ko"),
        ("x" * 5000 + ",en", "ko_KR", "ko"),
    ],
)
def test_the_browser_chooses_the_language_and_the_store_decides_when_it_does_not(
    accept, store, language
):
    assert language_of(accept, store) == language


def test_amounts_are_written_in_the_stores_locale_where_it_speaks_the_language():
    assert locale_of("en", "en_GB") == "en_GB"
    assert locale_of("en", "en-GB") == "en_GB"
    assert locale_of("en", "ko_KR") == "en_US"
    assert locale_of("ko", "en_US") == "ko_KR"


def test_both_languages_have_every_sentence_with_the_same_places():
    korean, english = (msgspec.structs.asdict(WORDS[language]) for language in ("ko", "en"))
    for name, sentence in korean.items():
        assert sentence, name
        assert english[name], name
        assert _places(sentence) == _places(english[name]), name


def _places(sentence: str) -> int:
    return sum(field is not None for _, field, _, _ in string.Formatter().parse(sentence))
