"""Shaded things to draw with: balls, leaves, bowls. Skia canvases, y down."""

import math
from typing import Any

import skia

from store_scenes.models.art.text import paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.scheme import mix, relight

WHITE: Rgb = (255, 255, 255)
LEAF_GREEN: Rgb = (74, 148, 52)


FADE_STEPS_MAX = 80


def colour_of(colour: Rgb, alpha: float = 1.0) -> int:
    """Skia's packed colour."""
    return int(skia.Color(*colour, round(255 * alpha)))


def gradient(start: tuple[float, float], end: tuple[float, float], first: Rgb, last: Rgb) -> Any:
    """A fill that runs from `first` at `start` to `last` at `end`."""
    return skia.Paint(
        AntiAlias=True,
        Shader=skia.GradientShader.MakeLinear(
            points=[skia.Point(*start), skia.Point(*end)],
            colors=[colour_of(first), colour_of(last)],
        ),
    )


def upright_fade(canvas: Any, rect: Any, top: Rgb, bottom: Rgb) -> None:
    """Fill `rect` from `top` to `bottom`, one plain strip a step of colour.

    A gradient shader over a whole panel costs 2 ms, this 0.1 ms.
    """
    rows = abs(rect.height() * canvas.getTotalMatrix().getScaleY())
    change = max(abs(a - b) for a, b in zip(top, bottom, strict=True))
    steps = max(1, min(change, FADE_STEPS_MAX, round(rows / 2)))
    high = rect.height() / steps
    left, upper, right, lower = rect.left(), rect.top(), rect.right(), rect.bottom()
    paint = skia.Paint()
    for i in range(steps):
        share = (i + 0.5) / steps
        red, green, blue = (
            int(a + (b - a) * share + 0.5) for a, b in zip(top, bottom, strict=True)
        )
        paint.setColor(0xFF000000 | red << 16 | green << 8 | blue)
        # Twice as high as need be: the next strip covers the rest, and no seam is left.
        y = upper + i * high
        canvas.drawRect(skia.Rect.MakeLTRB(left, y, right, min(lower, y + 2 * high)), paint)


def ball(
    canvas: Any,
    at: tuple[float, float],
    radii: tuple[float, float],
    colour: Rgb,
    *,
    angle_deg: float = 0.0,
    gloss: float = 0.5,
    soft: bool = True,
) -> None:
    """An ellipse lit from the top left, with a soft shadow under it unless `soft` is off."""
    rx, ry = radii
    canvas.save()
    canvas.translate(*at)
    if soft:
        canvas.drawOval(
            skia.Rect.MakeXYWH(-rx * 0.92, -ry * 0.80, rx * 2.0, ry * 2.0),
            paint_of(relight(colour, 0.30), 0.28),
        )
    canvas.rotate(angle_deg)
    turn = math.radians(-angle_deg)
    focus = skia.Point(
        (-0.35 * math.cos(turn) + 0.45 * math.sin(turn)) * rx,
        (-0.35 * math.sin(turn) - 0.45 * math.cos(turn)) * ry,
    )
    light, dark = mix(colour, WHITE, 0.25 + 0.35 * gloss), relight(colour, 0.58, 1.1)
    paint = skia.Paint(
        AntiAlias=True,
        Shader=skia.GradientShader.MakeRadial(
            center=focus,
            radius=max(rx, ry) * 1.55,
            colors=[colour_of(light), colour_of(colour), colour_of(dark)],
            positions=[0.0, 0.38, 1.0],
        ),
    )
    canvas.drawOval(skia.Rect.MakeXYWH(-rx, -ry, 2 * rx, 2 * ry), paint)
    canvas.restore()


def leaf(
    canvas: Any,
    root: tuple[float, float],
    length: float,
    angle_deg: float,
    colour: Rgb = LEAF_GREEN,
    *,
    slim: float = 0.28,
) -> None:
    """A leaf growing from `root`; 0 degrees is upwards, clockwise. One half is darker."""
    canvas.save()
    canvas.translate(*root)
    canvas.rotate(angle_deg)
    wide = length * slim
    for side, tone in ((-1.0, mix(colour, WHITE, 0.22)), (1.0, relight(colour, 0.78))):
        path = skia.Path()
        path.moveTo(0, 0)
        path.cubicTo(side * wide, -0.25 * length, side * wide, -0.72 * length, 0, -length)
        path.close()
        canvas.drawPath(path, paint_of(tone))
    canvas.restore()


def bowl(canvas: Any, at: tuple[float, float], radius: float, colour: Rgb, inside: Rgb) -> None:
    """A bowl seen from a little above; `at` is the middle of its rim."""
    x, y = at
    canvas.drawOval(
        skia.Rect.MakeXYWH(x - radius * 0.8, y + radius * 0.62, radius * 1.6, radius * 0.26),
        paint_of((0, 0, 0), 0.18),
    )
    path = skia.Path()
    path.moveTo(x - radius, y)
    path.cubicTo(
        x - radius * 0.95,
        y + radius * 0.55,
        x - radius * 0.5,
        y + radius * 0.78,
        x,
        y + radius * 0.78,
    )
    path.cubicTo(
        x + radius * 0.5, y + radius * 0.78, x + radius * 0.95, y + radius * 0.55, x + radius, y
    )
    path.close()
    canvas.drawPath(
        path,
        gradient((x - radius, y), (x + radius, y), mix(colour, WHITE, 0.3), relight(colour, 0.72)),
    )
    rim = skia.Rect.MakeXYWH(x - radius, y - radius * 0.27, radius * 2, radius * 0.54)
    canvas.drawOval(rim, paint_of(mix(colour, WHITE, 0.45)))
    canvas.drawOval(rim.makeInset(radius * 0.06, radius * 0.045), paint_of(inside))


def stroke(colour: Rgb, width: float, alpha: float = 1.0) -> Any:
    """A round-ended line."""
    return skia.Paint(
        Color=colour_of(colour, alpha),
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )
