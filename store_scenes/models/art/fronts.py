"""Five ways to lay out the front of a pack; a brand keeps its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import skia

from store_scenes.models.art.brushes import WHITE, gradient, stroke
from store_scenes.models.art.motifs import draw_motif
from store_scenes.models.art.text import Box, draw_text, paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme, luminance, mix, relight


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a pack."""

    brand: str
    name: str
    small: str
    size: str


@dataclass(frozen=True, slots=True)
class Front:
    """A front being laid out: `whole` is covered with colour, words keep to `area`. Millimetres."""

    canvas: Any
    scheme: Scheme
    words: Words
    whole: Box
    area: Box
    round: bool = False

    def box(self, left: float, top: float, width: float, height: float) -> Box:
        """A box in shares of the area."""
        area = self.area
        return Box(
            area.x + left * area.width,
            area.y + top * area.height,
            width * area.width,
            height * area.height,
        )

    def motif(self, top: float, bottom: float, *, across: float = 0.5, share: float = 0.42) -> None:
        """The motif between two heights (shares of the area), as large as fits.

        On a round pack, whose label is short, it takes the size's line as well.
        """
        area = self.area
        bottom += 0.06 if self.round else 0.0
        radius = min(share * area.width, (bottom - top) / 2 * area.height)
        x = area.x + across * area.width
        y = area.y + (top + bottom) / 2 * area.height
        draw_motif(self.canvas, self.scheme, (x, y), radius)


def draw_front(canvas: Any, panel: Panel, scheme: Scheme, words: Words) -> None:
    """Cover the panel; the canvas is in millimetres with the panel's top left as origin."""
    width, height = panel.width_mm, panel.height_mm
    margin = 0.05 * min(width * panel.safe, height)
    top, bottom = (share * height for share in panel.clear)
    across = width * panel.safe
    area = Box(
        (width - across) / 2 + margin,
        top + margin,
        across - 2 * margin,
        height - top - bottom - 2 * margin,
    )
    front = Front(canvas, scheme, words, Box(0, 0, width, height), area, panel.round)
    layout = _wide if area.width > WIDE * area.height else LAYOUTS[scheme.layout]
    layout(front)


CREAM = (252, 251, 248)


def _field(scheme: Scheme) -> Rgb:
    """What the motif lies on: cream, unless the motif is white itself."""
    return mix(scheme.base, WHITE, 0.5) if scheme.motif == "milk" else CREAM


WIDE = 1.3
"""A front this many times as wide as high has its picture beside the words."""


def ground(front: Front, top: Rgb, bottom: Rgb) -> None:
    """An upright gradient over the whole panel, with some bleed into the gutter."""
    whole = front.whole
    rect = skia.Rect.MakeXYWH(-9, -9, whole.width + 18, whole.height + 18)
    front.canvas.drawRect(rect, gradient((0, 0), (0, whole.height), top, bottom))


def _name_block(front: Front, box: Box, ink: Rgb, small_ink: Rgb) -> None:
    """The big name and under it the small one, sharing `box` as their lengths ask."""
    words = front.words
    share = 0.68 if words.small else 1.0
    name = Box(box.x, box.y, box.width, box.height * share)
    draw_text(
        front.canvas, words.name, name, ink,
        lines_max=4 if len(words.name) > 24 else 3, size_max=0.34 * box.width,
        anchor="bottom" if words.small else "middle",
    )  # fmt: skip
    if words.small:
        below = Box(
            box.x, box.y + box.height * (share + 0.03), box.width, box.height * (0.97 - share)
        )
        draw_text(
            front.canvas, words.small, below, small_ink,
            weight="regular", lines_max=2, size_max=0.105 * box.width, anchor="top",
        )  # fmt: skip


def _brand(front: Front, box: Box, ink: Rgb) -> None:
    draw_text(front.canvas, front.words.brand.upper(), box, ink, size_max=box.height)


def _size(front: Front, ink: Rgb) -> None:
    if front.round:
        place = front.box(0.70, 0.90, 0.30, 0.10)
        draw_text(front.canvas, front.words.size, place, ink, align="right", size_max=place.height)
        return
    place = front.box(0.0, 0.945, 1.0, 0.055)
    draw_text(front.canvas, front.words.size, place, ink, size_max=place.height)


def _plate(front: Front) -> None:
    scheme, canvas = front.scheme, front.canvas
    ground(front, mix(scheme.base, WHITE, 0.10), scheme.base)
    _corners(front, scheme.accent)
    _brand(front, front.box(0.1, 0.015, 0.8, 0.07), scheme.ink)
    plate = front.box(0.0, 0.115, 1.0, 0.37)
    radius = 0.07 * front.area.width
    rect = skia.Rect.MakeXYWH(plate.x, plate.y, plate.width, plate.height)
    canvas.drawRoundRect(
        rect.makeOffset(0, 0.012 * front.area.width), radius, radius, paint_of((0, 0, 0), 0.16)
    )
    canvas.drawRoundRect(rect, radius, radius, paint_of((252, 251, 248)))
    ink = scheme.deep if luminance(scheme.deep) < 0.25 else relight(scheme.deep, 0.6)
    _name_block(front, front.box(0.06, 0.14, 0.88, 0.32), ink, (52, 54, 58))
    front.motif(0.52, 0.92)
    _size(front, scheme.ink)


def _corners(front: Front, colour: Rgb) -> None:
    """Folded-ribbon corners, below the words and outside of them."""
    whole, canvas = front.whole, front.canvas
    reach = 0.16 * min(whole.width, whole.height)
    for x, turn in ((0.0, 1.0), (whole.width, -1.0)):
        path = skia.Path()
        path.moveTo(x, whole.height)
        path.lineTo(x + turn * reach, whole.height)
        path.quadTo(x + turn * 0.4 * reach, whole.height - 0.4 * reach, x, whole.height - reach)
        path.close()
        canvas.drawPath(path, paint_of(colour))


def _circle(front: Front) -> None:
    scheme, canvas, area = front.scheme, front.canvas, front.area
    ground(front, scheme.base, relight(scheme.base, 0.88))
    _brand(front, front.box(0.1, 0.0, 0.8, 0.06), mix(scheme.ink, scheme.base, 0.1))
    _name_block(front, front.box(0.0, 0.075, 1.0, 0.31), scheme.ink, scheme.ink)
    radius = min(0.48 * area.width, 0.265 * area.height)
    x, y = area.x + area.width / 2, area.y + 0.665 * area.height
    canvas.drawCircle(x, y + radius * 0.03, radius * 1.04, paint_of(scheme.deep, 0.55))
    canvas.drawCircle(x, y, radius, paint_of(_field(scheme)))
    canvas.drawCircle(x, y, radius * 0.945, stroke(scheme.accent, radius * 0.022))
    draw_motif(canvas, front.scheme, (x, y), radius * 0.80)
    badge = 0.30 * radius
    bx, by = x + 0.80 * radius, y - 0.72 * radius
    canvas.drawCircle(bx, by, badge, paint_of(scheme.accent))
    if front.words.size:
        inside = Box(bx - 0.78 * badge, by - 0.6 * badge, 1.56 * badge, 1.2 * badge)
        ink = WHITE if luminance(scheme.accent) < 0.5 else (38, 38, 40)
        draw_text(canvas, front.words.size, inside, ink, lines_max=2, size_max=0.7 * badge)


def _wave(front: Front) -> None:
    scheme, canvas, whole = front.scheme, front.canvas, front.whole
    ground(front, (252, 252, 250), scheme.pale)
    for rise, colour in ((0.0, mix(scheme.base, WHITE, 0.45)), (0.045, scheme.base)):
        y = whole.height * (0.565 + rise)
        swing = 0.05 * whole.height
        path = skia.Path()
        path.moveTo(-9, y)
        half = whole.width / 2
        path.cubicTo(half * 0.5, y - swing * 2, half * 0.6, y + swing, half, y)
        path.cubicTo(half * 1.4, y - swing, half * 1.5, y + swing * 2, whole.width + 9, y)
        path.lineTo(whole.width + 9, whole.height + 9)
        path.lineTo(-9, whole.height + 9)
        path.close()
        canvas.drawPath(path, gradient((0, y), (0, whole.height), colour, relight(colour, 0.82)))
    pill = front.box(0.16, 0.0, 0.68, 0.085)
    rect = skia.Rect.MakeXYWH(pill.x, pill.y, pill.width, pill.height)
    canvas.drawRoundRect(rect, pill.height / 2, pill.height / 2, paint_of(scheme.base))
    _brand(front, front.box(0.22, 0.012, 0.56, 0.061), scheme.ink)
    ink = scheme.deep if luminance(scheme.deep) < 0.25 else relight(scheme.deep, 0.6)
    _name_block(front, front.box(0.0, 0.105, 1.0, 0.34), ink, (74, 76, 80))
    front.motif(0.47, 0.93)
    _size(front, scheme.ink)


def _slant(front: Front) -> None:
    scheme, canvas, whole = front.scheme, front.canvas, front.whole
    ground(front, mix(scheme.base, WHITE, 0.08), relight(scheme.base, 0.92))
    for drop, colour in ((0.0, scheme.accent), (0.03, scheme.deep)):
        path = skia.Path()
        path.moveTo(-9, whole.height * (0.60 + drop))
        path.lineTo(whole.width + 9, whole.height * (0.44 + drop))
        path.lineTo(whole.width + 9, whole.height + 9)
        path.lineTo(-9, whole.height + 9)
        path.close()
        canvas.drawPath(path, paint_of(colour))
    _brand(front, front.box(0.0, 0.0, 1.0, 0.065), scheme.ink)
    line = front.box(0.30, 0.085, 0.40, 0.0)
    canvas.drawLine(
        line.x, line.y, line.x + line.width, line.y, stroke(scheme.accent, 0.008 * whole.height)
    )
    _name_block(front, front.box(0.0, 0.10, 1.0, 0.345), scheme.ink, scheme.ink)
    front.motif(0.50, 0.93)
    ink = WHITE if luminance(scheme.deep) < 0.5 else (40, 40, 42)
    _size(front, ink)


def _band(front: Front) -> None:
    scheme, canvas, whole, area = front.scheme, front.canvas, front.whole, front.area
    ground(front, scheme.deep, relight(scheme.deep, 0.80))
    ink = WHITE if luminance(scheme.deep) < 0.5 else (40, 40, 42)
    _brand(front, front.box(0.08, 0.01, 0.84, 0.075), mix(scheme.accent, WHITE, 0.25))
    top, tall = area.y + 0.115 * area.height, 0.375 * area.height
    canvas.drawRect(
        skia.Rect.MakeXYWH(-9, top, whole.width + 18, tall),
        gradient((0, top), (0, top + tall), mix(scheme.base, WHITE, 0.10), scheme.base),
    )
    for y in (top, top + tall):
        canvas.drawLine(
            -9, y, whole.width + 9, y, stroke(mix(scheme.accent, WHITE, 0.2), 0.012 * area.height)
        )
    _name_block(front, front.box(0.02, 0.135, 0.96, 0.335), scheme.ink, scheme.ink)
    front.motif(0.53, 0.92)
    _size(front, ink)


def _wide(front: Front) -> None:
    """Words on the left, the picture in a pale field on the right."""
    scheme, canvas, whole, area = front.scheme, front.canvas, front.whole, front.area
    ground(front, mix(scheme.base, WHITE, 0.08), relight(scheme.base, 0.90))
    x, y = area.x + 0.815 * area.width, area.y + 0.5 * area.height
    radius = min(0.19 * area.width, 0.5 * area.height)
    for reach, colour in ((1.42, scheme.accent), (1.34, _field(scheme))):
        canvas.save()
        canvas.clipRect(skia.Rect.MakeXYWH(-9, -9, whole.width + 18, whole.height + 18))
        canvas.drawOval(
            skia.Rect.MakeXYWH(x - radius * reach, y - whole.height * reach / 2,
                               radius * reach * 2, whole.height * reach),
            paint_of(colour),
        )  # fmt: skip
        canvas.restore()
    draw_motif(canvas, scheme, (x, y), radius)
    _brand(front, front.box(0.0, 0.0, 0.56, 0.13), scheme.ink)
    _name_block(front, front.box(0.0, 0.17, 0.56, 0.62), scheme.ink, scheme.ink)
    place = front.box(0.0, 0.86, 0.56, 0.13)
    draw_text(canvas, front.words.size, place, scheme.ink, size_max=place.height)


LAYOUTS: dict[str, Callable[[Front], None]] = {
    "band": _band,
    "circle": _circle,
    "plate": _plate,
    "slant": _slant,
    "wave": _wave,
}
