"""Pieces that several compositions share: badges, cards, corners, a row of chillies."""

from typing import Any

import skia

from store_scenes.models.art.brushes import WHITE, stroke
from store_scenes.models.art.front import BLEED_MM, Front, Plan, legible
from store_scenes.models.art.grounds import burst
from store_scenes.models.art.text import Box, Lettering, paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.scheme import luminance, mix, relight

CREAM: Rgb = (252, 249, 240)
PAPER: Rgb = (255, 254, 250)
NIGHT: Rgb = (26, 26, 30)
GOLD: Rgb = (214, 172, 84)


def dark(colour: Rgb, most: float = 0.10) -> Rgb:
    """`colour`, as dark as `most` relative luminance or darker: an ink or a deep ground."""
    for step in range(12):
        shade = relight(colour, 1.0 - 0.08 * step, 1.05)
        if luminance(shade) <= most:
            return shade
    return (20, 20, 24)


def bright(colour: Rgb, least: float = 0.45) -> Rgb:
    """`colour`, mixed with white until it is a light ground."""
    for step in range(11):
        tint = mix(colour, WHITE, step / 10)
        if luminance(tint) >= least:
            return tint
    return WHITE


def badge(front: Front, at: tuple[float, float], radius: float, fill: Rgb, points: int = 0) -> None:
    """A round or star-shaped badge with a claim, else the size; nothing where there is neither."""
    text = front.words.claims[0] if front.words.claims else front.words.size
    if not text:
        return
    area = front.area
    at = (
        min(max(at[0], area.x + radius), area.x + area.width - radius),
        min(max(at[1], area.y + radius), area.y + area.height - radius),
    )
    if points:
        burst(front.canvas, at, radius * 1.12, points, fill, 0.86)
    else:
        front.canvas.drawCircle(*at, radius, paint_of(fill))
        front.canvas.drawCircle(
            *at, radius * 0.88, stroke(legible(WHITE, fill, 1.5), radius * 0.05)
        )
    inside = Box(at[0] - 0.74 * radius, at[1] - 0.56 * radius, 1.48 * radius, 1.12 * radius)
    ink = WHITE if luminance(fill) < 0.4 else NIGHT
    front.text(text, inside, ink, fill, lines=2, size_max=0.62 * radius)


def claims(front: Front, box: Box, fill: Rgb, on: Rgb) -> None:
    """The claims as small pills side by side."""
    shown = front.words.claims[:3]
    if not shown:
        return
    gap = 0.12 * box.height
    wide = min((box.width - gap * (len(shown) - 1)) / len(shown), box.height * 3.4)
    left = box.x + (box.width - wide * len(shown) - gap * (len(shown) - 1)) / 2
    fill = fill if fill != on else legible(fill, on, 1.6)
    for i, text in enumerate(shown):
        pill = Box(left + i * (wide + gap), box.y, wide, box.height)
        front.rect(pill, paint_of(fill), box.height / 2)
        inside = Box(
            pill.x + 0.3 * box.height,
            pill.y + 0.1 * box.height,
            pill.width - 0.6 * box.height,
            0.8 * box.height,
        )
        front.text(text, inside, WHITE, fill, size_max=0.62 * box.height)


def card(front: Front, box: Box, fill: Rgb, line: Rgb | None = None, corner: float = 0.0) -> None:
    """A label stuck on: its shadow, its paper, a thin line inside."""
    depth = 0.012 * front.unit
    front.rect(
        Box(box.x + depth, box.y + depth * 1.4, box.width, box.height),
        paint_of((0, 0, 0), 0.20),
        corner,
    )
    front.rect(box, paint_of(fill), corner)
    if line is not None:
        inset = 0.025 * min(box.width, box.height) + 0.006 * front.unit
        rect = skia.Rect.MakeXYWH(
            box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset
        )
        paint = stroke(line, max(0.25, 0.007 * front.unit))
        if corner:
            front.canvas.drawRoundRect(rect, corner * 0.8, corner * 0.8, paint)
        else:
            front.canvas.drawRect(rect, paint)


def inside(box: Box, x: float, y: float | None = None) -> Box:
    """`box` without margins of those shares of its width and height."""
    y = x if y is None else y
    return Box(
        box.x + x * box.width,
        box.y + y * box.height,
        box.width * (1 - 2 * x),
        box.height * (1 - 2 * y),
    )


def spicy(front: Front, box: Box, on: Rgb) -> None:
    """Three chillies, as many of them red as the name is hot; nothing on mild goods."""
    if not front.words.hot:
        return
    step = box.height * 1.15
    for i in range(3):
        canvas = front.canvas
        canvas.save()
        canvas.translate(box.x + (i + 0.5) * step, box.y + box.height / 2)
        canvas.rotate(24)
        reach = box.height * 0.5
        path = skia.Path()
        path.moveTo(-0.34 * reach, -0.7 * reach)
        path.cubicTo(-0.4 * reach, 0.2 * reach, -0.1 * reach, 0.8 * reach, 0.3 * reach, reach)
        path.cubicTo(0.1 * reach, 0.5 * reach, 0.4 * reach, 0, 0.34 * reach, -0.7 * reach)
        path.close()
        hot = i < front.words.hot
        red = (232, 38, 24) if luminance(on) < 0.12 or luminance(on) > 0.3 else (255, 214, 60)
        canvas.drawPath(path, paint_of(red if hot else mix(on, WHITE, 0.3)))
        canvas.drawLine(
            0, -0.7 * reach, 0.1 * reach, -1.05 * reach, stroke((86, 150, 50), 0.22 * reach)
        )
        canvas.restore()


def corners(front: Front, colour: Rgb, on: Rgb) -> None:
    """What a brand does to the corners and edges of all its packs."""
    whole, canvas = front.whole, front.canvas
    kind = front.scheme.brand.corner
    reach = 0.17 * min(whole.width, whole.height)
    if kind == "fold":
        for x, turn in ((0.0, 1.0), (whole.width, -1.0)):
            path = skia.Path()
            path.moveTo(x - turn * BLEED_MM, whole.height + BLEED_MM)
            path.lineTo(x + turn * reach, whole.height + BLEED_MM)
            path.lineTo(x + turn * reach, whole.height)
            path.quadTo(x + turn * 0.4 * reach, whole.height - 0.4 * reach, x, whole.height - reach)
            path.lineTo(x - turn * BLEED_MM, whole.height - reach)
            path.close()
            canvas.drawPath(path, paint_of(colour))
    elif kind == "stripe":
        for share, tone in ((0.968, colour), (0.950, mix(colour, on, 0.45))):
            canvas.drawRect(
                skia.Rect.MakeXYWH(
                    -BLEED_MM,
                    share * whole.height,
                    whole.width + 2 * BLEED_MM,
                    0.012 * whole.height,
                ),
                paint_of(tone),
            )
    elif kind == "frame":
        inset = 0.022 * min(whole.width, whole.height)
        canvas.drawRect(
            skia.Rect.MakeXYWH(inset, inset, whole.width - 2 * inset, whole.height - 2 * inset),
            stroke(colour, 0.45 * inset, 0.9),
        )
    elif kind == "dots":
        step = 0.055 * whole.width
        for i in range(min(40, int(whole.width / step) + 1)):
            canvas.drawCircle((i + 0.5) * step, whole.height * 0.985, 0.22 * step, paint_of(colour))
    elif kind == "arch":
        for grow, tone in ((1.0, mix(colour, on, 0.5)), (0.55, colour)):
            canvas.drawOval(
                skia.Rect.MakeXYWH(
                    -0.2 * whole.width,
                    whole.height - grow * 0.09 * whole.height,
                    1.4 * whole.width,
                    0.4 * whole.height,
                ),
                paint_of(tone),
            )


def halo(front: Front, plan: Plan, colour: Rgb, reach: float, alpha: float = 1.0) -> None:
    """A plain disc behind the picture."""
    x, y, radius = plan.hero
    front.canvas.drawCircle(x, y, radius * reach, paint_of(colour, alpha))


def kicker(front: Front, box: Box, text: str, ink: Rgb, on: Rgb) -> None:
    """A short line in spaced letters."""
    front.text(text, box, ink, on, how=Lettering("bold", spread=0.12), size_max=box.height)


def canvas_clip(front: Front, box: Box, corner: float = 0.0) -> Any:
    """Save the canvas and clip it to `box`; the caller restores it."""
    front.canvas.save()
    shape = skia.RRect.MakeRectXY(
        skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height), corner, corner
    )
    front.canvas.clipRRect(shape, skia.ClipOp.kIntersect, True)
    return front.canvas
