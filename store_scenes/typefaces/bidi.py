"""Right-to-left text for a renderer that draws left to right: joined letters in display order.

The part of the Unicode Bidirectional Algorithm (UAX #9) that names of goods need: no embedding
controls, two levels. Arabic letters take their joined forms (Unicode, Arabic Presentation
Forms-B), which fonts with Arabic have.
"""

import functools
import unicodedata

_RIGHT = frozenset(("R", "AL"))
_DIGITS = frozenset(("EN", "AN"))
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def display_order(text: str) -> str:
    """`text` as a left-to-right renderer has to draw it; unchanged without right-to-left letters.

    The first strong letter sets the direction of the line. Digits keep their order.
    """
    if text.isascii() or not any(unicodedata.bidirectional(c) in _RIGHT for c in text):
        return text
    text = _joined(text)
    levels = _levels(text)
    # UAX #9, L2: from the highest level down, turn round every stretch at that level or above.
    characters = [
        character.translate(_MIRRORED) if level % 2 else character
        for character, level in zip(text, levels, strict=True)
    ]
    for level in range(max(levels), 0, -1):
        start = 0
        while start < len(levels):
            end = start
            while end < len(levels) and levels[end] >= level:
                end += 1
            if end > start:
                characters[start:end] = characters[start:end][::-1]
                levels[start:end] = levels[start:end][::-1]
            start = max(end, start + 1)
    return "".join(characters)


def _levels(text: str) -> list[int]:
    """The embedding level of every character: even ones are drawn left to right."""
    kinds = [unicodedata.bidirectional(character) for character in text]
    base = next(int(kind in _RIGHT) for kind in kinds if kind == "L" or kind in _RIGHT)
    level_of = (base * 2, 1)
    # 0 for left to right, 1 for right to left, None where the neighbours decide.
    sides: list[int | None] = []
    levels = []
    side = base
    for kind in kinds:
        if kind == "L" or kind in _RIGHT:
            side = int(kind in _RIGHT)
            sides.append(side)
            levels.append(level_of[side])
        elif kind in _DIGITS:
            sides.append(side)
            levels.append(2 if side else level_of[0])
        elif kind == "NSM" and sides:
            sides.append(sides[-1])
            levels.append(levels[-1])
        else:
            sides.append(None)
            levels.append(base)
    for i, known in enumerate(sides):
        if known is None:
            before = next((s for s in reversed(sides[:i]) if s is not None), base)
            after = next((s for s in sides[i + 1 :] if s is not None), base)
            levels[i] = level_of[before] if before == after else base
    return levels


@functools.cache
def _forms() -> dict[str, dict[str, str]]:
    """Letter to its forms: isolated, initial, medial, final; and ligatures by their two letters."""
    forms: dict[str, dict[str, str]] = {}
    for code in range(0xFE80, 0xFEFD):
        tag, *parts = unicodedata.decomposition(chr(code)).split()
        letters = "".join(chr(int(part, 16)) for part in parts)
        forms.setdefault(letters, {})[tag.strip("<>")] = chr(code)
    return forms


def _joined(text: str) -> str:
    forms = _forms()
    # Lam and alef are one sign; nothing else in this block is a ligature.
    units: list[str] = []
    for character in text:
        if units and units[-1] + character in forms:
            units[-1] += character
        else:
            units.append(character)
    out = []
    for i, unit in enumerate(units):
        own = forms.get(unit)
        if own is None:
            out.append(unit)
            continue
        before = _neighbour(units, i, -1)
        after = _neighbour(units, i, 1)
        joins_back = before is not None and "initial" in forms.get(before, {}) and "final" in own
        joins_on = after is not None and "initial" in own and "final" in forms.get(after, {})
        form = {
            (False, False): "isolated", (False, True): "initial",
            (True, False): "final", (True, True): "medial",
        }[joins_back, joins_on]  # fmt: skip
        out.append(own.get(form, unit if len(unit) == 1 else own["isolated"]))
    return "".join(out)


def _neighbour(units: list[str], at: int, step: int) -> str | None:
    """The next letter, over vowel signs, which do not part it from its neighbour."""
    at += step
    while 0 <= at < len(units) and unicodedata.category(units[at][0]) == "Mn":
        at += step
    return units[at] if 0 <= at < len(units) else None
