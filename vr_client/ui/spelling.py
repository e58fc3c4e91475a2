"""What a shopper may have meant: other spellings of a food's name, one slip of the finger. Pure.

Slips are looked for only where a query finds nothing, a slice a frame, so that they cost nothing
before.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from vr_client.ui.hangul import INITIALS, keys_of

SPELLINGS: Final[tuple[tuple[str, ...], ...]] = (
    ("라면", "ramyeon", "ramyun", "ramen"),
    ("김치", "kimchi", "gimchi", "kimchee"),
    ("떡볶이", "tteokbokki", "topokki", "ddukbokki"),
    ("고추장", "gochujang", "kochujang"),
    ("된장", "doenjang", "toenjang"),
    ("쌈장", "ssamjang", "samjang"),
    ("김밥", "gimbap", "kimbap"),
    ("막걸리", "makgeolli", "makkoli"),
    ("불고기", "bulgogi", "pulgogi"),
    ("두부", "dubu", "tofu"),
    ("만두", "mandu", "mandoo"),
    ("요거트", "요구르트", "yogurt", "yoghurt"),
)
"""Names of foods that are written in several ways, each group one food; the first is Korean.

Romanisations by the rules of 2000, by those before, and as packs have them. No synonyms.
"""

LETTERS_MIN: Final = 4
"""A shorter word is one letter away from too many others. Of Hangul its keys are counted."""

NEAR_MAX: Final = 3
VARIANTS_MAX: Final = 6
SCANNED_A_FRAME: Final = 100
"""Products whose words are compared: about half a millisecond."""

_WORD: Final = re.compile(r"\w+")
_OTHERS: Final = {
    word: tuple(other for other in group if other != word) for group in SPELLINGS for word in group
}


def respelled(query: str) -> tuple[str, ...]:
    """`query` with each other spelling of the foods in it; none where it names no such food."""
    words = query.split()
    if not any(word in _OTHERS for word in words):
        return ()
    return _variants([(word, *_OTHERS.get(word, ())) for word in words])[1:]


def is_near(one: str, other: str) -> bool:
    """Whether one slip lies between two words: a letter more, less, another, or two swapped.

    The distance of Damerau (1964), at most 1.
    """
    if abs(len(one) - len(other)) > 1:
        return False
    at = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        at += 1
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return short[at:] == long[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1]
    return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])


class Mending:
    """Looks through what all products say for the words that a query may have meant."""

    def __init__(self, query: str, texts: Sequence[str]) -> None:
        """`texts` say everything of a product each, as they are compared."""
        self._words = query.split()
        self._keys = [keys_of(word) if _may_slip(word) else "" for word in self._words]
        self._known = [False] * len(self._words)
        self._near: list[dict[str, None]] = [{} for _ in self._words]
        self._seen: set[str] = set()
        self._texts = iter(texts)
        self.done = not any(self._keys)
        self._look_at(_OTHERS)

    def turn(self) -> tuple[str, ...]:
        """Look at a few more; once `done`: what may have been meant, nothing where all is known."""
        for _ in range(SCANNED_A_FRAME if not self.done else 0):
            text = next(self._texts, None)
            if text is None:
                self.done = True
                break
            for number, word in enumerate(self._words):
                self._known[number] = self._known[number] or word in text
            self._look_at(_WORD.findall(text))
        return self._meant() if self.done else ()

    def _look_at(self, words: Sequence[str] | dict[str, tuple[str, ...]]) -> None:
        for word in words:
            if word in self._seen:
                continue
            self._seen.add(word)
            if not word.isalpha():
                continue
            keys = keys_of(word)
            for number, meant in enumerate(self._keys):
                if meant and len(keys) >= LETTERS_MIN and is_near(meant, keys):
                    self._near[number][word] = None

    def _meant(self) -> tuple[str, ...]:
        choices = [
            (word,) if known else tuple(sorted(near)[:NEAR_MAX])
            for word, known, near in zip(self._words, self._known, self._near, strict=True)
        ]
        if all(self._known) or not all(choices):
            return ()
        said = _variants(choices)
        others = (other for one in said for other in respelled(one))
        return tuple(dict.fromkeys((*said, *others)))[:VARIANTS_MAX]


def _variants(choices: Sequence[Sequence[str]]) -> tuple[str, ...]:
    made: Iterator[tuple[str, ...]] = product(*choices)
    return tuple(" ".join(words) for words, _ in zip(made, range(VARIANTS_MAX), strict=False))


def _may_slip(word: str) -> bool:
    """Whether it is a word of letters, long enough, and not of initial consonants alone."""
    is_word = word.isalpha() and not all(letter in INITIALS for letter in word)
    return is_word and len(keys_of(word)) >= LETTERS_MIN
