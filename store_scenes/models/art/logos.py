"""A brand's logo: its drawn mark and its name, where the brand always puts them."""

import math
from collections.abc import Callable
from typing import Any

import skia

from store_scenes.models.art.brushes import WHITE, gradient, leaf, stroke
from store_scenes.models.art.front import BLEED_MM, Front, contrast, legible
from store_scenes.models.art.text import Box, Lettering, paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.scheme import luminance, mix, relight


def draw_logo(front: Front, box: Box, on: Rgb, *, quiet: bool = False) -> None:
    """The logo in `box`, which lies on the colour `on`; `quiet` keeps it to letters and mark."""
    brand = front.scheme.brand
    if not brand.main:
        return
    place = "centre" if quiet else brand.place
    if front.wide and place in ("band", "roundel", "tab"):
        place = "pill"
    _PLACES[place](front, box, on)


def _lockup(
    front: Front, box: Box, ink: Rgb, on: Rgb, align: str, mark_ink: Rgb | None = None
) -> None:
    """Mark, name, and the name's second script small under it."""
    brand = front.scheme.brand
    how = Lettering(brand.face, brand.slant * 0.6, 1.0, brand.spread)
    two = bool(brand.sub)
    mark = box.height * 0.92
    room = Box(box.x + mark * 1.12, box.y, box.width - mark * 1.12, box.height)
    main = Box(room.x, room.y, room.width, room.height * (0.68 if two else 1.0))
    name = brand.main if brand.seed & 1 or not brand.main.isascii() else brand.main.upper()
    taken = front.text(
        name,
        main,
        ink,
        on,
        how=how,
        size_max=main.height * 0.86,
        align="left" if align == "left" else "centre",
    )
    if taken is None:
        return
    left = taken.x
    if two:
        under = Box(room.x, room.y + room.height * 0.70, room.width, room.height * 0.30)
        second = front.text(
            brand.sub,
            under,
            ink,
            on,
            how=Lettering("regular", spread=0.06),
            size_max=under.height * 0.9,
            align="left" if align == "left" else "centre",
        )
        left = min(left, second.x) if second is not None else left
    at = (left - mark * 0.62, box.y + box.height / 2)
    draw_mark(front.canvas, brand.mark, at, mark * 0.46, mark_ink or legible(ink, on), on)


def _strong(front: Front, on: Rgb) -> tuple[Rgb, Rgb]:
    """A fill that stands out from `on`, and the ink on it."""
    brand = front.scheme.brand
    fill = brand.colour if contrast(brand.colour, on) >= 1.7 else WHITE
    if contrast(fill, on) < 1.25:
        fill = brand.colour
    ink = WHITE if luminance(fill) < 0.4 else relight(brand.colour, 0.7)
    return fill, legible(ink, fill)


def _centre(front: Front, box: Box, on: Rgb) -> None:
    ink = legible(front.scheme.brand.colour, on, 4.5)
    _lockup(front, box, ink, on, "centre")


def _left(front: Front, box: Box, on: Rgb) -> None:
    ink = legible(front.scheme.brand.colour, on, 4.5)
    _lockup(front, box, ink, on, "left")


def _pill(front: Front, box: Box, on: Rgb) -> None:
    fill, ink = _strong(front, on)
    wide = min(box.width, box.height * 5.2)
    left = box.x if front.wide else box.x + (box.width - wide) / 2
    corner = box.height * (0.5 if front.scheme.brand.seed & 4 else 0.16)
    front.rect(Box(left, box.y, wide, box.height), paint_of(fill), corner)
    inside = Box(
        left + box.height * 0.3,
        box.y + 0.14 * box.height,
        wide - box.height * 0.6,
        box.height * 0.72,
    )
    _lockup(front, inside, ink, fill, "centre")


def _band(front: Front, box: Box, on: Rgb) -> None:
    fill, ink = _strong(front, on)
    tall = box.y + box.height + 0.02 * front.area.height
    whole = front.whole
    front.canvas.drawRect(
        skia.Rect.MakeXYWH(-BLEED_MM, -BLEED_MM, whole.width + 2 * BLEED_MM, tall + BLEED_MM),
        gradient((0, 0), (whole.width, 0), fill, relight(fill, 0.86)),
    )
    front.canvas.drawRect(
        skia.Rect.MakeXYWH(-BLEED_MM, tall, whole.width + 2 * BLEED_MM, 0.05 * box.height),
        paint_of(front.scheme.accent),
    )
    inside = Box(box.x, box.y + 0.06 * box.height, box.width, box.height * 0.84)
    _lockup(front, inside, ink, relight(fill, 0.93), "centre")


def _roundel(front: Front, box: Box, on: Rgb) -> None:
    fill, ink = _strong(front, on)
    wide, tall = min(box.width, box.height * 3.1), box.height * 1.16
    x, y = box.x + box.width / 2, box.y + box.height * 0.48
    rect = skia.Rect.MakeXYWH(x - wide / 2, y - tall / 2, wide, tall)
    front.canvas.drawOval(rect, paint_of(fill))
    front.canvas.drawOval(rect.makeInset(tall * 0.07, tall * 0.07), stroke(ink, tall * 0.025, 0.8))
    inside = Box(x - wide * 0.36, y - tall * 0.28, wide * 0.72, tall * 0.56)
    _lockup(front, inside, ink, fill, "centre")


def _tab(front: Front, box: Box, on: Rgb) -> None:
    """A flag that hangs from the upper edge on the left."""
    fill, ink = _strong(front, on)
    wide = min(box.width * 0.62, box.height * 4.2)
    foot = box.y + box.height * 1.02
    path = skia.Path()
    path.moveTo(box.x, -BLEED_MM)
    path.lineTo(box.x + wide, -BLEED_MM)
    path.lineTo(box.x + wide, foot - 0.2 * box.height)
    path.quadTo(box.x + wide / 2, foot + 0.12 * box.height, box.x, foot - 0.2 * box.height)
    path.close()
    front.canvas.drawPath(path, paint_of(fill))
    inside = Box(box.x + 0.06 * wide, box.y + 0.06 * box.height, wide * 0.88, box.height * 0.72)
    _lockup(front, inside, ink, fill, "centre")


_PLACES: dict[str, Callable[[Front, Box, Rgb], None]] = {
    "band": _band,
    "centre": _centre,
    "left": _left,
    "pill": _pill,
    "roundel": _roundel,
    "tab": _tab,
}


def draw_mark(
    canvas: Any, mark: str, at: tuple[float, float], radius: float, ink: Rgb, on: Rgb
) -> None:
    """A brand's mark in the circle of `radius` around `at`."""
    canvas.save()
    canvas.translate(*at)
    canvas.scale(radius, radius)
    _MARKS[mark](canvas, ink, on)
    canvas.restore()


def _poly(canvas: Any, points: list[tuple[float, float]], ink: Rgb) -> None:
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], True)
    canvas.drawPath(path, paint_of(ink))


def _star_points(points: int, inner: float, turn: float = -90.0) -> list[tuple[float, float]]:
    return [
        (
            (1.0 if i % 2 == 0 else inner) * math.cos(math.radians(turn + 180 * i / points)),
            (1.0 if i % 2 == 0 else inner) * math.sin(math.radians(turn + 180 * i / points)),
        )
        for i in range(2 * points)
    ]


def _mark_leaf(canvas: Any, ink: Rgb, on: Rgb) -> None:
    leaf(canvas, (0.1, 0.9), 1.7, -22, ink, slim=0.42)
    leaf(canvas, (0.1, 0.9), 1.2, 44, mix(ink, on, 0.35), slim=0.42)


def _mark_sun(canvas: Any, ink: Rgb, on: Rgb) -> None:
    _poly(canvas, _star_points(12, 0.74), mix(ink, on, 0.25))
    canvas.drawCircle(0, 0, 0.58, paint_of(on))
    canvas.drawCircle(0, 0, 0.50, paint_of(ink))


def _mark_mountain(canvas: Any, ink: Rgb, on: Rgb) -> None:
    _poly(canvas, [(-1, 0.7), (-0.35, -0.55), (0.3, 0.7)], mix(ink, on, 0.35))
    _poly(canvas, [(-0.45, 0.7), (0.3, -0.9), (1, 0.7)], ink)
    _poly(canvas, [(0.1, -0.45), (0.3, -0.9), (0.5, -0.45), (0.3, -0.3)], on)


def _mark_wave(canvas: Any, ink: Rgb, _on: Rgb) -> None:
    for y in (-0.5, 0.0, 0.5):
        path = skia.Path()
        path.moveTo(-1, y)
        path.cubicTo(-0.5, y - 0.6, -0.2, y + 0.6, 0.2, y)
        path.cubicTo(0.5, y - 0.4, 0.8, y + 0.3, 1, y)
        canvas.drawPath(path, stroke(ink, 0.24))


def _mark_crown(canvas: Any, ink: Rgb, _on: Rgb) -> None:
    _poly(
        canvas,
        [(-0.9, 0.6), (-1, -0.4), (-0.45, 0.1), (0, -0.8), (0.45, 0.1), (1, -0.4), (0.9, 0.6)],
        ink,
    )


def _mark_drop(canvas: Any, ink: Rgb, on: Rgb) -> None:
    path = skia.Path()
    path.moveTo(0, -1)
    path.cubicTo(0.3, -0.4, 0.75, 0.0, 0.75, 0.35)
    path.cubicTo(0.75, 0.8, 0.4, 1, 0, 1)
    path.cubicTo(-0.4, 1, -0.75, 0.8, -0.75, 0.35)
    path.cubicTo(-0.75, 0.0, -0.3, -0.4, 0, -1)
    canvas.drawPath(path, paint_of(ink))
    canvas.drawOval(skia.Rect.MakeXYWH(-0.45, 0.1, 0.26, 0.5), paint_of(on, 0.8))


def _mark_star(canvas: Any, ink: Rgb, _on: Rgb) -> None:
    _poly(canvas, _star_points(5, 0.42), ink)


def _mark_heart(canvas: Any, ink: Rgb, _on: Rgb) -> None:
    path = skia.Path()
    path.moveTo(0, 0.95)
    path.cubicTo(-1.3, 0.1, -1.0, -0.85, -0.45, -0.8)
    path.cubicTo(-0.15, -0.78, 0, -0.5, 0, -0.35)
    path.cubicTo(0, -0.5, 0.15, -0.78, 0.45, -0.8)
    path.cubicTo(1.0, -0.85, 1.3, 0.1, 0, 0.95)
    canvas.drawPath(path, paint_of(ink))


def _mark_house(canvas: Any, ink: Rgb, on: Rgb) -> None:
    _poly(
        canvas,
        [(-1, 0), (0, -0.95), (1, 0), (0.72, 0), (0.72, 0.85), (-0.72, 0.85), (-0.72, 0)],
        ink,
    )
    canvas.drawRect(skia.Rect.MakeXYWH(-0.2, 0.2, 0.4, 0.65), paint_of(on))


def _mark_diamond(canvas: Any, ink: Rgb, on: Rgb) -> None:
    _poly(canvas, [(0, -1), (1, 0), (0, 1), (-1, 0)], ink)
    _poly(canvas, [(0, -0.45), (0.45, 0), (0, 0.45), (-0.45, 0)], on)


def _mark_flower(canvas: Any, ink: Rgb, on: Rgb) -> None:
    for i in range(6):
        turn = math.radians(60 * i)
        canvas.drawCircle(0.56 * math.cos(turn), 0.56 * math.sin(turn), 0.40, paint_of(ink))
    canvas.drawCircle(0, 0, 0.3, paint_of(on))


def _mark_ring(canvas: Any, ink: Rgb, _on: Rgb) -> None:
    canvas.drawCircle(0, 0, 0.78, stroke(ink, 0.30))
    canvas.drawCircle(0.0, 0.0, 0.30, paint_of(ink))


def _mark_grain(canvas: Any, ink: Rgb, _on: Rgb) -> None:
    canvas.drawLine(0, 1, 0, -0.8, stroke(ink, 0.12))
    for i in range(3):
        for side in (-1, 1):
            leaf(canvas, (0, 0.6 - 0.5 * i), 0.66, side * 38, ink, slim=0.42)
    leaf(canvas, (0, -0.45), 0.55, 0, ink, slim=0.42)


def _mark_snow(canvas: Any, ink: Rgb, _on: Rgb) -> None:
    for i in range(3):
        turn = math.radians(60 * i + 30)
        dx, dy = math.cos(turn), math.sin(turn)
        canvas.drawLine(-dx, -dy, dx, dy, stroke(ink, 0.17))
    for i in range(6):
        turn = math.radians(60 * i + 30)
        canvas.drawCircle(0.62 * math.cos(turn), 0.62 * math.sin(turn), 0.17, paint_of(ink))


def _mark_tree(canvas: Any, ink: Rgb, _on: Rgb) -> None:
    for y, reach in ((-0.2, 0.55), (0.25, 0.75), (0.7, 0.95)):
        _poly(canvas, [(-reach, y), (0, y - 0.85), (reach, y)], ink)
    canvas.drawRect(skia.Rect.MakeXYWH(-0.13, 0.6, 0.26, 0.4), paint_of(ink))


def _mark_paw(canvas: Any, ink: Rgb, _on: Rgb) -> None:
    paint = paint_of(ink)
    canvas.drawOval(skia.Rect.MakeXYWH(-0.55, 0.0, 1.1, 0.9), paint)
    for x, y in ((-0.75, -0.2), (-0.28, -0.65), (0.28, -0.65), (0.75, -0.2)):
        canvas.drawOval(skia.Rect.MakeXYWH(x - 0.22, y - 0.28, 0.44, 0.56), paint)


_MARKS: dict[str, Callable[[Any, Rgb, Rgb], None]] = {
    "crown": _mark_crown,
    "diamond": _mark_diamond,
    "drop": _mark_drop,
    "flower": _mark_flower,
    "grain": _mark_grain,
    "heart": _mark_heart,
    "house": _mark_house,
    "leaf": _mark_leaf,
    "mountain": _mark_mountain,
    "paw": _mark_paw,
    "ring": _mark_ring,
    "snow": _mark_snow,
    "star": _mark_star,
    "sun": _mark_sun,
    "tree": _mark_tree,
    "wave": _mark_wave,
}
