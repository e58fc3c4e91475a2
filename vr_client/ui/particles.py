"""Korean particles by the sound before them: 우유와, 라면과. Pure.

A sentence has both forms behind a blank, as in `{what}와(과)`; which one is said depends on what
fills the blank: whether its last syllable ends in a consonant. Hangul says so itself (Unicode 15,
3.12); digits, units and Latin words by how they are read aloud in Korean.
"""

import re
from typing import Final

PARTICLES: Final[dict[str, tuple[str, str]]] = {
    "와(과)": ("과", "와"),
    "을(를)": ("을", "를"),
    "이(가)": ("이", "가"),
    "은(는)": ("은", "는"),
    "(으)로": ("으로", "로"),
}
"""As sentences have them: the form after a consonant, and that after a vowel."""

_BLANK: Final = re.compile(
    r"\{(\w+)\}(['’\")]?)(" + "|".join(re.escape(both) for both in PARTICLES) + ")"
)
_ASIDE: Final = re.compile(r"\s*\([^()]*\)\s*$")
_LAST_WORD: Final = re.compile(r"([A-Za-z]+|\d|%|[가-힣])[^A-Za-z\d%가-힣]*$")

_DIGITS: Final = "영일이삼사오육칠팔구"
_UNITS: Final = {
    "g": "그램", "kg": "킬로그램", "mg": "밀리그램", "ml": "밀리리터", "l": "리터",
    "cl": "센티리터", "m": "미터", "cm": "센티미터", "mm": "밀리미터", "ea": "개", "%": "퍼센트",
}  # fmt: skip
_LETTERS: Final = {"l": "엘", "m": "엠", "n": "엔"}
"""Of the letters' names those that end in a consonant."""

_CLOSED: Final = ("l", "m", "n", "ng", "le", "me", "ne")
_SHORT: Final = re.compile(r"(?:^|[^aeiouy])[aeiou](?:ck|[bcgkpt])$|ook$|[cq]uit$|olate$")
"""A short vowel and a stop at the end of a word are one syllable in Korean: 컵, 북, 팩.

So are -ook, -cuit and -olate (비스킷, 초콜릿), but not fruit, suit and plate (프루트, 플레이트).
"""

_RIEUL: Final = 8
"""ㄹ among the final consonants; (으)로 takes it for a vowel: 서울로."""


def with_particles(sentence: str, values: dict[str, object]) -> str:
    """`sentence` with the one form of each particle that suits what will fill the blank before."""
    if "(" not in sentence:
        return sentence

    def chosen(match: re.Match[str]) -> str:
        name, quote, both = match.groups()
        final = final_of(str(values.get(name, "")))
        after_consonant, after_vowel = PARTICLES[both]
        is_open = final == 0 or (final == _RIEUL and both == "(으)로")
        return f"{{{name}}}{quote}{after_vowel if is_open else after_consonant}"

    return _BLANK.sub(chosen, sentence)


def final_of(words: str) -> int:
    """The final consonant with which `words` end when read aloud: 0 none, else 1 to 27 (ㄹ is 8).

    What is said aside in brackets is not read, nor are marks. 0 as well where nothing can be read.
    """
    words = _ASIDE.sub("", words) or words
    match = _LAST_WORD.search(words)
    if match is None:
        return 0
    last = match[1]
    if last.isdigit():
        last = _DIGITS[int(last)]
    elif not "가" <= last <= "힣":
        last = _read(last, words[: match.start()])
    return (ord(last[-1]) - 0xAC00) % 28


def _read(word: str, before: str) -> str:
    """Something in Hangul that ends as a Latin `word` does."""
    low = word.lower()
    if low in _UNITS and re.search(r"\d\s*$", before):
        return _UNITS[low]
    if word.isupper() or len(word) == 1:  # letter by letter
        return _LETTERS.get(low[-1], "이")
    if low.endswith(_CLOSED):
        return "얼" if low.endswith(("l", "le")) else "언"
    return "억" if _SHORT.search(low) else "이"
