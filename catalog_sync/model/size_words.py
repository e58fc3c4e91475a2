"""What a pack holds in the reader's words: `1 ea` is 1개 to who reads Korean. Pure.

Measures (g, ml, m) are written alike everywhere; counted things have a word in each language.
"""

import re
from functools import lru_cache
from typing import Final

_COUNTED: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("ea|each|pcs?|pieces?|ct|count|개", "개", "ea", "ea"),
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
    ("eggs?|구", "구", "egg", "eggs"),
    ("bunch(?:es)?|송이", "송이", "bunch", "bunches"),
    ("whole|통", "통", "whole", "whole"),
)
"""What catalogues write (a pattern), in Korean, and in English of one and of many."""

_NUMBER: Final = r"(\d{1,7}(?:[.,]\d{1,3})?)"
_PATTERNS: Final = tuple(
    (re.compile(rf"{_NUMBER}\s*(?:{words})(?![a-z가-힣])", re.IGNORECASE), korean, one, many)
    for words, korean, one, many in _COUNTED
)

TEXT_MAX: Final = 120
SIZES_KEPT: Final = 4096


@lru_cache(maxsize=SIZES_KEPT)
def size_words(size_text: str, language: str) -> str:
    """`size_text` as a catalogue has it, with what it counts said in `language`.

    What we know no word for stays as it is.
    """
    if len(size_text) > TEXT_MAX:
        return size_text
    for pattern, korean, one, many in _PATTERNS:
        match = pattern.search(size_text)
        if match is not None:
            number = match[1]
            english = f"{number} {one if number == '1' else many}"
            said = f"{number}{korean}" if language == "ko" else english
            return size_text[: match.start()] + said + size_text[match.end() :]
    return size_text
