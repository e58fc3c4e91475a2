"""Text that always fits its box: balanced lines, shrunk to fit, never a missing glyph."""

import functools
from dataclasses import dataclass
from typing import Any, Literal

import skia

from store_scenes.models.palette import Rgb
from store_scenes.typefaces import TypefaceFile, Weight, drawable, find_typeface, skia_face

LEADING = 1.16
"""Distance of base lines over size."""

MEASURE_AT = 100.0

WORDS_MAX = 24
"""More words than that on the front of a pack are cut; the back has them all."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, y down, in the canvas's own units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines and the size they are drawn at; no line is wider than its box at that size."""

    lines: tuple[str, ...]
    size: float
    width: float


def font(weight: Weight, size: float) -> Any:
    """An unhinted, subpixel-placed `skia.Font` of the house typeface."""
    return _font(find_typeface(weight), size)


@functools.lru_cache(maxsize=512)
def _font(file: TypefaceFile, size: float) -> Any:
    made = skia.Font(skia_face(file), size)
    made.setSubpixel(True)
    made.setHinting(skia.FontHinting.kNone)
    made.setLinearMetrics(True)
    made.setEdging(skia.Font.Edging.kAntiAlias)
    return made


def text_width(text: str, weight: Weight) -> float:
    """Width of `text` at size 1."""
    return _width(text, find_typeface(weight))


@functools.lru_cache(maxsize=8192)
def _width(text: str, file: TypefaceFile) -> float:
    return float(_font(file, MEASURE_AT).measureText(text)) / MEASURE_AT


def fit_text(
    text: str,
    width: float,
    height: float,
    weight: Weight,
    size_max: float,
    lines_max: int,
    size_min: float,
) -> Fitted:
    """The lines and the largest size at which `text` fits `width` by `height`.

    Below `size_min` it is broken inside words, and if that is not enough it ends in dots.
    """
    return _fitted(
        text, width, height, weight, size_max, lines_max, size_min, find_typeface(weight)
    )


@functools.lru_cache(maxsize=2048)
def _fitted(
    text: str,
    width: float,
    height: float,
    weight: Weight,
    size_max: float,
    lines_max: int,
    size_min: float,
    _file: TypefaceFile,
) -> Fitted:
    # The font is only part of the key: another one has other widths.
    words = drawable(text, weight).split(" ")[:WORDS_MAX]
    if words == [""]:
        return Fitted((), size_max, 0.0)
    best = _best(words, " ", width, height, weight, size_max, lines_max)
    if best.size < size_min and any(len(word) > 6 for word in words):
        letters = list(" ".join(words))
        broken = _best(letters, "", width, height, weight, size_max, lines_max)
        best = broken if broken.size > best.size else best
    return best if best.size >= size_min else _cut(words, width, weight, size_min, best)


def _best(
    parts: list[str],
    joint: str,
    width: float,
    height: float,
    weight: Weight,
    size_max: float,
    lines_max: int,
) -> Fitted:
    found: Fitted | None = None
    for count in range(1, min(lines_max, len(parts)) + 1):
        lines = _balance(parts, joint, count, weight)
        widest = max(text_width(line, weight) for line in lines)
        size = min(size_max, width / max(widest, 1e-9), height / (LEADING * len(lines)))
        if found is None or size > found.size * 1.06:
            found = Fitted(tuple(lines), size, widest * size)
    assert found is not None
    return found


def _balance(parts: list[str], joint: str, count: int, weight: Weight) -> list[str]:
    """`parts` in at most `count` lines whose widest is about as narrow as can be."""
    widths = [text_width(part, weight) for part in parts]
    gap = text_width("a" + joint + "a", weight) - text_width("aa", weight) if joint else 0.0
    low, high = max(widths), sum(widths) + gap * len(widths)
    for _ in range(14):
        middle = (low + high) / 2
        if len(_fill(widths, gap, middle)) <= count:
            high = middle
        else:
            low = middle
    lines, start = [], 0
    for taken in _fill(widths, gap, high):
        lines.append(joint.join(parts[start : start + taken]).strip())
        start += taken
    return lines


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


def _cut(words: list[str], width: float, weight: Weight, size: float, best: Fitted) -> Fitted:
    """As many lines as `best` has, the last one ending in an ellipsis."""
    rest, lines = " ".join(words), []
    for _ in range(len(best.lines) - 1):
        line = clip_text(rest, width / size, weight, mark="")
        lines.append(line.strip())
        rest = rest[len(line) :].lstrip()
    lines.append(clip_text(rest, width / size, weight))
    kept = tuple(line for line in lines if line)
    widest = max((text_width(line, weight) for line in kept), default=0.0)
    size = min(size, width / max(widest, 1e-9))
    return Fitted(kept, size, widest * size)


def clip_text(text: str, width: float, weight: Weight, mark: str = "...") -> str:
    """`text` if it is at most `width` wide at size 1, else its beginning and `mark`."""
    if text_width(text, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + mark, weight) <= width:
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


def draw_text(
    canvas: Any,
    text: str,
    box: Box,
    ink: Rgb,
    *,
    weight: Weight = "bold",
    size_max: float = 1e9,
    size_min: float = 0.0,
    lines_max: int = 1,
    align: Literal["left", "centre", "right"] = "centre",
    anchor: Literal["top", "middle", "bottom"] = "middle",
    alpha: float = 1.0,
) -> Box:
    """Draw `text` inside `box`; returns the rectangle that its lines really take."""
    fitted = fit_text(
        text, round(box.width, 3), round(box.height, 3), weight, size_max, lines_max, size_min
    )
    step = fitted.size * LEADING
    block = step * len(fitted.lines)
    spare = max(0.0, box.height - block)
    top = box.y + {"top": 0.0, "middle": spare / 2, "bottom": spare}[anchor]
    paint = paint_of(ink, alpha)
    face = font(weight, fitted.size)
    left = box.x
    for row, line in enumerate(fitted.lines):
        width = text_width(line, weight) * fitted.size
        left = box.x + {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * (box.width - width)
        # The house fonts' capitals and Hangul reach from the base line to about 0.8 of the size.
        canvas.drawString(line, left, top + row * step + 0.89 * fitted.size, face, paint)
    return Box(left, top, fitted.width, block)
