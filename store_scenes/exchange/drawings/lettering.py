"""How wide text becomes, estimated without a font, and how it is broken and shortened to fit.

The shares of an em are upper bounds of common sans serifs (DejaVu Sans, Arial, Noto Sans, Nanum
Gothic), so that text drawn in any of them stays inside.
"""

import functools
import unicodedata

TEXT_MIN_MM = 2.0
"""The smallest text on a sheet: 5.7 points, read without a glass on paper."""

_NARROW = frozenset("ijl.,:;|!'`·’‘")
_SLIM = frozenset('frtI()[]/\\-" ')
_WIDE = frozenset("mwMWOQGDNHUCAV@%&—…⌀")
_GLUED = frozenset("·&|-–+/")
"""Words that never begin a line."""

BOLD_MORE = 1.10


@functools.lru_cache(maxsize=65536)
def text_width(text: str, size_mm: float, *, bold: bool = False) -> float:
    """The width of one line of text of an em of `size_mm`, millimetres."""
    ems = sum(_ems(character) for character in text)
    return ems * size_mm * (BOLD_MORE if bold else 1.0)


def _ems(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _SLIM:
        return 0.42
    if character in _WIDE:
        return 0.94 if character in "mWMw@%—…" else 0.80
    if character.isdigit():
        return 0.60
    if unicodedata.combining(character):
        return 0.0
    if ord(character) < 0x250:
        return 0.70 if character.isupper() else 0.62
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.90


def one_line(text: str) -> str:
    """Text without line ends, controls or doubled spaces, composed."""
    kept = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    return " ".join(kept.split())


def fitted(text: str, width_mm: float, size_mm: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits with an ellipsis; empty when not even that."""
    text = one_line(text)
    if text_width(text, size_mm, bold=bold) <= width_mm:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", size_mm, bold=bold) <= width_mm:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else ""


def wrapped(
    text: str, width_mm: float, size_mm: float, lines_max: int, *, bold: bool = False
) -> list[str]:
    """The text in at most `lines_max` lines, broken between words; the last one shortened."""
    words: list[str] = []
    for word in one_line(text).split(" "):
        if words and word in _GLUED:
            words[-1] += f" {word}"
        else:
            words.append(word)
    lines: list[str] = []
    while words and len(lines) < lines_max:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size_mm, bold=bold) <= width_mm:
            line = f"{line} {words.pop(0)}"
        if words and len(lines) == lines_max - 1:
            line = " ".join([line, *words])
            words = []
        lines.append(fitted(line, width_mm, size_mm, bold=bold))
    return [line for line in lines if line]
