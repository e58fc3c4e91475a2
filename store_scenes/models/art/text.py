"""Text that always fits its box: balanced lines, shrunk to fit, never a missing glyph."""

import functools
import itertools
from dataclasses import dataclass
from typing import Any, Literal

import skia

from store_scenes.models.palette import Rgb
from store_scenes.typefaces import Face, TypefaceFile, Weight, find_typeface, printable, text_runs

LEADING = 1.16
"""Distance of base lines over size."""

MEASURE_AT = 100.0

WORDS_MAX = 24
"""More words than that on the front of a pack are cut; the back has them all."""

BREAKS_TRIED_MAX = 60
"""So many ways to break a name are compared one by one; of more, a good one is searched for."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, y down, in the canvas's own units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Lettering:
    """How words are set, as shares of the size.

    `slant` leans to the right, `squeeze` is the width over the normal one, `spread` is added
    between letters, `outline` is the width of a line drawn around them.
    """

    weight: Weight = "bold"
    slant: float = 0.0
    squeeze: float = 1.0
    spread: float = 0.0
    outline: float = 0.0


BOLD = Lettering()
REGULAR = Lettering("regular")


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines and the size they are drawn at; no line is wider than its box at that size."""

    lines: tuple[str, ...]
    size: float
    width: float


@functools.lru_cache(maxsize=1024)
def _font(face: Face, size: float, squeeze: float = 1.0, slant: float = 0.0) -> Any:
    """An unhinted, subpixel-placed `skia.Font`."""
    made = skia.Font(face.typeface, size)
    made.setSubpixel(True)
    made.setHinting(skia.FontHinting.kNone)
    made.setLinearMetrics(True)
    made.setEdging(skia.Font.Edging.kAntiAlias)
    made.setScaleX(squeeze)
    made.setSkewX(-slant)
    return made


def text_width(text: str, weight: Weight) -> float:
    """Width of `text` at size 1."""
    return _width(text, find_typeface(weight), weight)


@functools.lru_cache(maxsize=16384)
def _width(text: str, _file: TypefaceFile, weight: Weight) -> float:
    return (
        sum(
            float(_font(run.face, MEASURE_AT).measureText(run.text))
            for run in text_runs(text, weight)
        )
        / MEASURE_AT
    )


def set_width(text: str, lettering: Lettering) -> float:
    """Width of `text` at size 1 in `lettering`, with what its outline and slant add."""
    if not text:
        return 0.0
    plain = text_width(text, lettering.weight) * lettering.squeeze
    return plain + lettering.spread * (len(text) - 1) + lettering.outline + 0.6 * lettering.slant


def fit_text(
    text: str,
    width: float,
    height: float,
    lettering: Weight | Lettering,
    size_max: float,
    lines_max: int,
    size_min: float,
) -> Fitted:
    """The lines and the largest size at which `text` fits `width` by `height`.

    Below `size_min` it is broken inside words, and if that is not enough it ends in dots.
    """
    how = lettering if isinstance(lettering, Lettering) else Lettering(lettering)
    return _fitted(
        text, width, height, how, size_max, lines_max, size_min, find_typeface(how.weight)
    )


@functools.lru_cache(maxsize=4096)
def _fitted(
    text: str,
    width: float,
    height: float,
    how: Lettering,
    size_max: float,
    lines_max: int,
    size_min: float,
    _file: TypefaceFile,
) -> Fitted:
    # The font is only part of the key: another one has other widths.
    words = printable(text, how.weight).split(" ")[:WORDS_MAX]
    if words == [""]:
        return Fitted((), size_max, 0.0)
    best = _best(words, " ", width, height, how, size_max, lines_max)
    if best.size < size_min and any(len(word) > 6 for word in words):
        letters = list(" ".join(words))
        broken = _best(letters, "", width, height, how, size_max, lines_max)
        best = broken if broken.size > best.size else best
    return best if best.size >= size_min else _cut(words, width, how, size_min, best)


def _best(
    parts: list[str],
    joint: str,
    width: float,
    height: float,
    how: Lettering,
    size_max: float,
    lines_max: int,
) -> Fitted:
    found: Fitted | None = None
    for count in range(1, min(lines_max, len(parts)) + 1):
        size_here = min(size_max, height / (LEADING * count))
        if found is not None and size_here <= found.size * 1.06:
            break
        lines = _balance(parts, joint, count, how)
        widest = max(set_width(line, how) for line in lines)
        size = min(size_max, width / max(widest, 1e-9), height / (LEADING * len(lines)))
        if found is None or size > found.size * 1.06:
            found = Fitted(tuple(lines), size, widest * size)
    assert found is not None
    return found


def _balance(parts: list[str], joint: str, count: int, how: Lettering) -> list[str]:
    """`parts` in at most `count` lines whose widest is about as narrow as can be."""
    if count == 1:
        return [joint.join(parts).strip()]
    widths = [set_width(part, how) for part in parts]
    gap = set_width("a" + joint + "a", how) - set_width("aa", how) if joint else 0.0
    taken = _breaks(widths, gap, count)
    lines, start = [], 0
    for number in taken:
        lines.append(joint.join(parts[start : start + number]).strip())
        start += number
    return lines


def _breaks(widths: list[float], gap: float, count: int) -> list[int]:
    """How many parts each line takes."""
    sums = list(itertools.accumulate((width + gap for width in widths), initial=0.0))
    last = len(widths)
    if count == 2 or (count == 3 and last * last < 2 * BREAKS_TRIED_MAX):
        best = min(
            itertools.combinations(range(1, last), count - 1),
            key=lambda at: max(
                sums[b] - sums[a] for a, b in zip((0, *at), (*at, last), strict=True)
            ),
        )
        return [b - a for a, b in zip((0, *best), (*best, last), strict=True)]
    low, high = max(widths), sums[-1]
    for _ in range(12):
        middle = (low + high) / 2
        if len(_fill(widths, gap, middle)) <= count:
            high = middle
        else:
            low = middle
    return _fill(widths, gap, high)


def _fill(widths: list[float], gap: float, limit: float) -> list[int]:
    """How many parts each line takes, filled greedily."""
    taken, used = [0], 0.0
    for width in widths:
        if taken[-1] and used + gap + width > limit + 1e-6:
            taken.append(0)
            used = 0.0
        used += width + (gap if taken[-1] else 0.0)
        taken[-1] += 1
    return taken


def _cut(words: list[str], width: float, how: Lettering, size: float, best: Fitted) -> Fitted:
    """As many lines as `best` has, the last one ending in an ellipsis."""
    rest, lines = " ".join(words), []
    for _ in range(len(best.lines) - 1):
        line = clip_text(rest, width / size, how, mark="")
        lines.append(line.strip())
        rest = rest[len(line) :].lstrip()
    lines.append(clip_text(rest, width / size, how))
    kept = tuple(line for line in lines if line)
    widest = max((set_width(line, how) for line in kept), default=0.0)
    size = min(size, width / max(widest, 1e-9))
    return Fitted(kept, size, widest * size)


def clip_text(text: str, width: float, lettering: Weight | Lettering, mark: str = "...") -> str:
    """`text` if it is at most `width` wide at size 1, else its beginning and `mark`."""
    how = lettering if isinstance(lettering, Lettering) else Lettering(lettering)
    if set_width(text, how) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if set_width(text[:middle].rstrip() + mark, how) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + mark if mark else text[: max(low, 1)]


def paint_of(colour: Rgb, alpha: float = 1.0) -> Any:
    """An antialiased fill."""
    return skia.Paint(
        Color=skia.Color(*colour, round(255 * alpha)),
        AntiAlias=True,
    )


def draw_line(
    canvas: Any, text: str, at: tuple[float, float], size: float, how: Lettering, paint: Any
) -> None:
    """One line of `printable` text; `at` is the left end of its base line."""
    x, y = at
    x += how.outline * size / 2 + 0.1 * how.slant * size
    for run in text_runs(text, how.weight):
        face = _font(run.face, size, how.squeeze, how.slant)
        if how.spread:
            steps = face.getWidths(face.textToGlyphs(run.text))
            places = list(
                itertools.accumulate((step + how.spread * size for step in steps), initial=x)
            )
            blob = skia.TextBlob.MakeFromPosTextH(run.text, places[:-1], y, face)
            canvas.drawTextBlob(blob, 0, 0, paint)
            x = places[-1]
        else:
            canvas.drawString(run.text, x, y, face, paint)
            x += face.measureText(run.text)


Align = Literal["left", "centre", "right"]
Anchor = Literal["top", "middle", "bottom"]
_ALIGNED = {"left": 0.0, "centre": 0.5, "right": 1.0}
_ANCHORED = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


def place_text(
    text: str,
    box: Box,
    how: Lettering,
    *,
    size_max: float = 1e9,
    size_min: float = 0.0,
    lines_max: int = 1,
    align: Align = "centre",
    anchor: Anchor = "middle",
) -> tuple[Fitted, Box]:
    """`text` fitted into `box`, and the rectangle that its lines really take there."""
    fitted = fit_text(
        text, round(box.width, 3), round(box.height, 3), how, size_max, lines_max, size_min
    )
    block = fitted.size * LEADING * len(fitted.lines)
    top = box.y + _ANCHORED[anchor] * max(0.0, box.height - block)
    left = box.x + _ALIGNED[align] * (box.width - fitted.width)
    return fitted, Box(left, top, fitted.width, block)


def draw_text(
    canvas: Any,
    text: str,
    box: Box,
    ink: Rgb,
    *,
    weight: Weight = "bold",
    lettering: Lettering | None = None,
    outline_ink: Rgb | None = None,
    size_max: float = 1e9,
    size_min: float = 0.0,
    lines_max: int = 1,
    align: Align = "centre",
    anchor: Anchor = "middle",
    alpha: float = 1.0,
) -> Box:
    """Draw `text` inside `box`; returns the rectangle that its lines really take."""
    how = lettering or Lettering(weight)
    fitted, taken = place_text(
        text, box, how, size_max=size_max, size_min=size_min, lines_max=lines_max,
        align=align, anchor=anchor,
    )  # fmt: skip
    step = fitted.size * LEADING
    paints = [paint_of(ink, alpha)]
    if how.outline and outline_ink is not None:
        around = paint_of(outline_ink)
        around.setStyle(skia.Paint.kStrokeAndFill_Style)
        around.setStrokeWidth(how.outline * fitted.size)
        around.setStrokeJoin(skia.Paint.kRound_Join)
        paints.insert(0, around)
    for paint in paints:
        for row, line in enumerate(fitted.lines):
            x = box.x + _ALIGNED[align] * (box.width - set_width(line, how) * fitted.size)
            # The house fonts' capitals and Hangul reach from the base line to about 0.8 of it.
            base = taken.y + row * step + 0.89 * fitted.size
            draw_line(canvas, line, (x, base), fitted.size, how, paint)
    return taken
