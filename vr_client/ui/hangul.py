"""Hangul from single letters, as a Korean keyboard of two sets writes it, and back. Pure.

A syllable is an initial consonant, a medial vowel and perhaps a final consonant (The Unicode
Standard, 3.12). What is being written stands in the text itself: its last syllable is open.
"""

from typing import Final

INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
"""Of syllables, in Unicode's order, as the next two."""

MEDIALS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
"""The first is none at all."""

_PAIRS: Final[dict[str, tuple[str, str]]] = {
    "ㅘ": ("ㅗ", "ㅏ"), "ㅙ": ("ㅗ", "ㅐ"), "ㅚ": ("ㅗ", "ㅣ"), "ㅝ": ("ㅜ", "ㅓ"),
    "ㅞ": ("ㅜ", "ㅔ"), "ㅟ": ("ㅜ", "ㅣ"), "ㅢ": ("ㅡ", "ㅣ"),
    "ㄳ": ("ㄱ", "ㅅ"), "ㄵ": ("ㄴ", "ㅈ"), "ㄶ": ("ㄴ", "ㅎ"), "ㄺ": ("ㄹ", "ㄱ"),
    "ㄻ": ("ㄹ", "ㅁ"), "ㄼ": ("ㄹ", "ㅂ"), "ㄽ": ("ㄹ", "ㅅ"), "ㄾ": ("ㄹ", "ㅌ"),
    "ㄿ": ("ㄹ", "ㅍ"), "ㅀ": ("ㄹ", "ㅎ"), "ㅄ": ("ㅂ", "ㅅ"),
}  # fmt: skip
"""Letters that are written as two. ㄲ, ㅆ, ㅒ and such are one, with shift."""

_JOINED: Final = {first + second: letter for letter, (first, second) in _PAIRS.items()}
_FIRST, _LAST = "가", "힣"


def add(text: str, letter: str) -> str:
    """`text` after one more key; what is neither in INITIALS nor in MEDIALS is put behind it."""
    last = text[-1:]
    if letter in MEDIALS:
        return text[:-1] + _with_vowel(last, letter)
    if letter in INITIALS and _is_syllable(last):
        initial, medial, final = _parts(last)
        closed = _JOINED.get(final + letter, "") if final else letter
        if closed and closed in FINALS:
            return text[:-1] + _syllable(initial, medial, closed)
    return text + letter


def erase(text: str) -> str:
    """`text` without its last letter: a syllable is taken apart in the order it was written."""
    last, before = text[-1:], text[:-1]
    if not _is_syllable(last):
        return before + _first_of(last)
    initial, medial, final = _parts(last)
    if final:
        return before + _syllable(initial, medial, _first_of(final))
    shorter = _first_of(medial)
    return before + (_syllable(initial, shorter, "") if shorter else initial)


def keys_of(text: str) -> str:
    """The keys that write `text`, one after the other; what is no Hangul stays as it is."""
    return text.translate(_KEYS)


def _with_vowel(last: str, vowel: str) -> str:
    """What the last letter and a vowel behind it come to."""
    if last in INITIALS and last:
        return _syllable(last, vowel, "")
    joined = _JOINED.get(last + vowel)
    if joined:
        return joined
    if not _is_syllable(last):
        return last + vowel
    initial, medial, final = _parts(last)
    if not final:
        joined = _JOINED.get(medial + vowel)
        return _syllable(initial, joined, "") if joined else last + vowel
    # The consonant, or the second of two, begins the next syllable after all.
    stays, goes = _PAIRS.get(final, ("", final))
    return _syllable(initial, medial, stays) + _syllable(goes, vowel, "")


def _first_of(letter: str) -> str:
    """What is left of a letter without its last key."""
    return _PAIRS[letter][0] if letter in _PAIRS else ""


def _is_syllable(letter: str) -> bool:
    return _FIRST <= letter <= _LAST


def _parts(syllable: str) -> tuple[str, str, str]:
    """Initial, medial and final ("" for none)."""
    number = ord(syllable) - ord(_FIRST)
    initial, rest = divmod(number, len(MEDIALS) * len(FINALS))
    medial, final = divmod(rest, len(FINALS))
    return INITIALS[initial], MEDIALS[medial], FINALS[final].strip()


def _syllable(initial: str, medial: str, final: str) -> str:
    number = INITIALS.index(initial) * len(MEDIALS) + MEDIALS.index(medial)
    return chr(ord(_FIRST) + number * len(FINALS) + (FINALS.index(final) if final else 0))


class _KeysOfLetters(dict[int, str]):
    """By code point, worked out when a letter is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        parts = _parts(letter) if _is_syllable(letter) else (letter,)
        keys = self[code] = "".join(key for part in parts for key in _PAIRS.get(part, (part,)))
        return keys


_KEYS: Final = _KeysOfLetters()
