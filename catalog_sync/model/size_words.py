"""What a pack holds in the reader's words: `1 ea` is 1개 to who reads Korean. Pure.

Measures (g, ml, m) are written alike everywhere; counted things have a word in each language.
"""

import re
from functools import lru_cache, partial
from typing import Final

_COUNTED: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("ea|each|pcs?|pieces?|ct|count|개", "개", "ea", "ea"),
    ("개입", "개입", "piece", "pieces"),
    ("입", "입", "piece", "pieces"),
    ("rolls?|롤", "롤", "roll", "rolls"),
    ("sheets?|매|장", "매", "sheet", "sheets"),
    ("tea ?bags?|티백", "티백", "tea bag", "tea bags"),
    ("bags?|봉지?", "봉", "bag", "bags"),
    ("sachets?|포", "포", "sachet", "sachets"),
    ("tablets?|정", "정", "tablet", "tablets"),
    ("capsules?|캡슐", "캡슐", "capsule", "capsules"),
    ("packs?|팩", "팩", "pack", "packs"),
    ("cans?|캔", "캔", "can", "cans"),
    ("bottles?|병", "병", "bottle", "bottles"),
    ("eggs?", "구", "egg", "eggs"),
    ("구", "구", "ea", "ea"),  # eggs, but holes of a socket and burners of a stove as well
    ("송이", "송이", "bunch", "bunches"),
)
"""What catalogues write (a pattern), in Korean, and in English of one and of many.

A word that needs another one for each thing (bunch: 단, 송이; 통: head, tub) is left as it is.
"""

_NUMBER: Final = r"(\d{1,7}(?:[.,]\d{1,3})?)"
_PATTERNS: Final = tuple(
    (
        # 3팩x10개: a sign of multiplication is no part of the word.
        re.compile(rf"{_NUMBER}\s*({words})(?!(?!x\s*\d)[a-z가-힣])", re.IGNORECASE),
        korean,
        one,
        many,
    )
    for words, korean, one, many in _COUNTED
)
_HANGUL: Final = re.compile("[가-힣]")

TEXT_MAX: Final = 120
SIZES_KEPT: Final = 4096


@lru_cache(maxsize=SIZES_KEPT)
def size_words(size_text: str, language: str) -> str:
    """`size_text` as a catalogue has it, with what it counts said in `language`.

    What we know no word for stays as it is; so does English for who reads no Korean.
    """
    is_korean = language == "ko"
    if len(size_text) > TEXT_MAX or not (is_korean or _HANGUL.search(size_text)):
        return size_text
    for pattern, korean, one, many in _PATTERNS:
        if is_korean:
            size_text = pattern.sub(rf"\g<1>{korean}", size_text)
        else:
            size_text = pattern.sub(partial(_in_english, one, many), size_text)
    return size_text


def _in_english(one: str, many: str, match: re.Match[str]) -> str:
    number, word = match.groups()
    if not _HANGUL.search(word):
        return match[0]
    space = " " if match.string[match.end() : match.end() + 1].lower() == "x" else ""
    return f"{number} {one if number == '1' else many}{space}"
