"""The picture on a pack, by what is in it. An explicit table; every motif fills the unit circle."""

import functools
import math
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import skia

from store_scenes.models.art.brushes import (
    LEAF_GREEN,
    WHITE,
    ball,
    bowl,
    colour_of,
    gradient,
    leaf,
    stroke,
)
from store_scenes.models.art.motifs_home import HOME
from store_scenes.models.art.motifs_more import MORE
from store_scenes.models.art.motifs_things import THINGS
from store_scenes.models.art.text import paint_of
from store_scenes.models.brand import brand_of
from store_scenes.models.palette import Rgb
from store_scenes.models.scheme import Scheme, mix, relight

Dice = random.Random
Motif = Callable[[Any, Scheme, Dice], None]


BOUNDS = 1.4
"""A picture keeps within this many radii of its middle, with its shadows."""

ARRANGEMENTS = 5
"""So many ways to arrange one thing: pictures are recorded once and played back for every size."""


def draw_motif(canvas: Any, scheme: Scheme, at: tuple[float, float], radius: float) -> None:
    """Draw the scheme's picture inside the circle of `radius` around `at`."""
    canvas.save()
    canvas.translate(*at)
    canvas.scale(radius, radius)
    canvas.drawPicture(_recorded(replace(scheme, **_SHARED, seed=scheme.seed % ARRANGEMENTS)))
    canvas.restore()


_SHARED: dict[str, Any] = {
    "brand": brand_of(""), "kind": "", "cap": WHITE, "pale": WHITE,
}  # fmt: skip
"""What no picture looks at, made the same, so that products share their recordings."""


@functools.lru_cache(maxsize=1024)
def _recorded(scheme: Scheme) -> Any:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-BOUNDS, -BOUNDS, BOUNDS, BOUNDS))
    MOTIFS[scheme.picture](canvas, scheme, random.Random(scheme.seed))  # noqa: S311 - arranges, hides nothing
    return recorder.finishRecordingAsPicture()


def _heap(dice: Dice, count: int, width: float, height: float) -> list[tuple[float, float]]:
    """Places in a heap, back to front: wide at the bottom, round at the top."""
    places = []
    for _ in range(count):
        up = dice.random() ** 1.4
        reach = width * math.sqrt(max(0.0, 1 - up * up))
        places.append((dice.uniform(-reach, reach), -height * up))
    return sorted(places, key=lambda place: place[1])


def _grain(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    bowl(canvas, (0, 0.16), 0.92, scheme.accent, relight(scheme.item, 0.7))
    tones = (scheme.item, mix(scheme.item, (160, 90, 40), 0.45), mix(scheme.item, WHITE, 0.25))
    for x, y in _heap(dice, 46, 0.76, 0.42):
        tone = dice.choice(tones) if dice.random() > 0.1 else (186, 44, 58)
        ball(canvas, (x, y + 0.15), (0.105, 0.07), tone, angle_deg=dice.uniform(0, 180), gloss=0.3)


def _chips(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    for x, y in _heap(dice, 14, 0.70, 0.92):
        angle = dice.uniform(-50, 50)
        rx, ry = dice.uniform(0.33, 0.42), dice.uniform(0.21, 0.28)
        ball(canvas, (x, y + 0.50), (rx, ry), scheme.item, angle_deg=angle, gloss=0.35)
        canvas.save()
        canvas.translate(x, y + 0.50)
        canvas.rotate(angle)
        arc = skia.Rect.MakeXYWH(-rx * 0.8, -ry * 0.5, rx * 1.6, ry * 1.6)
        canvas.drawArc(arc, 200, 140, False, stroke(relight(scheme.item, 0.62), 0.018, 0.55))
        for _ in range(5):
            spot = (dice.uniform(-0.6, 0.6) * rx, dice.uniform(-0.5, 0.6) * ry)
            canvas.drawCircle(*spot, 0.012, paint_of(relight(scheme.item, 0.5), 0.6))
        canvas.restore()


def _fruit(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    places = ((-0.42, 0.20, 0.46), (0.44, 0.16, 0.48), (0.02, 0.34, 0.50))
    leaf(canvas, (-0.30, -0.18), 0.62, -46, slim=0.30)
    leaf(canvas, (0.30, -0.22), 0.66, 38, slim=0.30)
    for x, y, r in places[: 2 + dice.randrange(2)]:
        ball(canvas, (x, y), (r, r * 0.95), scheme.item, gloss=0.7)
        canvas.drawLine(x, y - r * 0.80, x + 0.05, y - r * 1.14, stroke((96, 66, 34), 0.04))
        canvas.drawOval(
            skia.Rect.MakeXYWH(x - r * 0.55, y - r * 0.62, r * 0.34, r * 0.22),
            paint_of(WHITE, 0.55),
        )


def _citrus(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    _fruit(canvas, scheme, dice)
    _cut_half(canvas, (0.0, 0.46), 0.42, scheme.item)


def _berry(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    for x, y, size, tilt in ((-0.42, -0.02, 0.78, 16), (0.44, 0.0, 0.80, -14), (0.0, 0.16, 1.0, 0)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(tilt + dice.uniform(-4, 4))
        canvas.scale(size, size)
        path = skia.Path()
        path.moveTo(0, -0.42)
        path.cubicTo(0.30, -0.56, 0.62, -0.34, 0.48, 0.06)
        path.cubicTo(0.38, 0.38, 0.16, 0.66, 0, 0.70)
        path.cubicTo(-0.16, 0.66, -0.38, 0.38, -0.48, 0.06)
        path.cubicTo(-0.62, -0.34, -0.30, -0.56, 0, -0.42)
        light, dark = mix(scheme.item, WHITE, 0.22), relight(scheme.item, 0.62)
        canvas.drawPath(path, gradient((-0.4, -0.4), (0.4, 0.6), light, dark))
        for row in range(5):
            half = 0.34 - 0.07 * row
            for column in range(4 - row // 2):
                seed = (-half + column * 2 * half / (3 - row // 2), -0.22 + row * 0.18)
                canvas.drawOval(
                    skia.Rect.MakeXYWH(seed[0] - 0.018, seed[1] - 0.03, 0.036, 0.06),
                    paint_of((250, 220, 130)),
                )
        for angle in (-100, -60, -20, 20, 60, 100):
            leaf(canvas, (0, -0.44), 0.34, angle, slim=0.30)
        canvas.restore()


def _cut_half(canvas: Any, at: tuple[float, float], r: float, colour: Rgb) -> None:
    """A fruit cut open: rind, pith and segments."""
    x, y = at
    canvas.drawCircle(x + 0.02, y + 0.05, r, paint_of((0, 0, 0), 0.20))
    canvas.drawCircle(x, y, r, paint_of(relight(colour, 0.85)))
    canvas.drawCircle(x, y, r * 0.90, paint_of(mix(colour, WHITE, 0.82)))
    inner = skia.Rect.MakeXYWH(x - r * 0.80, y - r * 0.80, r * 1.6, r * 1.6)
    for i in range(9):
        tone = mix(colour, WHITE, 0.26 if i % 2 else 0.36)
        canvas.drawArc(inner, i * 40 + 3, 34, True, paint_of(tone))
    canvas.drawCircle(x, y, r * 0.10, paint_of(mix(colour, WHITE, 0.85)))


def _leaf(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    for i, angle in enumerate((-72, 72, -44, 44, -20, 20, 0)):
        tone = mix(scheme.item, scheme.deep, 0.45 - 0.06 * i)
        leaf(canvas, (0, 0.78), 1.15 + 0.07 * i + dice.uniform(-0.05, 0.05), angle, tone, slim=0.30)
    canvas.drawLine(0, 0.75, 0, -0.55, stroke(WHITE, 0.02, 0.45))


def _pebbles(canvas: Any, scheme: Scheme, dice: Dice, size: tuple[float, float]) -> None:
    for x, y in _heap(dice, 15, 0.70, 0.78):
        angle = dice.uniform(-60, 60)
        ball(canvas, (x, y + 0.46), size, scheme.item, angle_deg=angle, gloss=0.5)
        canvas.save()
        canvas.translate(x, y + 0.46)
        canvas.rotate(angle)
        path = skia.Path()
        path.moveTo(-size[0] * 0.85, 0)
        path.cubicTo(-0.05, -size[1] * 0.55, 0.05, size[1] * 0.55, size[0] * 0.85, 0)
        canvas.drawPath(path, stroke(relight(scheme.item, 0.42), 0.03, 0.8))
        canvas.restore()


def _bean(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    leaf(canvas, (-0.5, -0.1), 0.7, -40)
    _pebbles(canvas, scheme, dice, (0.22, 0.16))


def _coffee(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    for x in (-0.28, 0.0, 0.28):
        path = skia.Path()
        path.moveTo(x, -0.30)
        path.cubicTo(x - 0.14, -0.50, x + 0.14, -0.62, x, -0.92)
        canvas.drawPath(path, stroke(scheme.ink, 0.05, 0.5))
    _pebbles(canvas, scheme, dice, (0.25, 0.17))


def _milk(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """A crown of milk, drops above it."""
    shade = mix(scheme.base, WHITE, 0.70)
    path = skia.Path()
    path.moveTo(-0.98, 0.60)
    count = 7
    for i in range(count):
        x = -0.98 + 1.96 * (i + 0.5) / count
        rise = (0.62 - 0.34 * abs(i - 3) / 3) + dice.uniform(-0.10, 0.10)
        lean = 0.16 * (i - 3) / 3
        tip = (x + lean, 0.30 - rise)
        foot = -0.98 + 1.96 * (i + 1) / count
        path.cubicTo(x - 0.08, 0.40, tip[0] - 0.09, tip[1] + 0.30, tip[0] - 0.05, tip[1] + 0.04)
        path.quadTo(tip[0], tip[1] - 0.07, tip[0] + 0.05, tip[1] + 0.04)
        path.cubicTo(tip[0] + 0.09, tip[1] + 0.30, x + 0.08, 0.40, foot, 0.46)
        if i % 2 == 0:
            ball(canvas, (tip[0] + lean * 0.6, tip[1] - 0.22), (0.07, 0.08), WHITE, gloss=1.0,
                 soft=False)  # fmt: skip
    path.cubicTo(1.04, 0.60, 0.96, 0.74, 0.80, 0.80)
    path.cubicTo(0.4, 0.98, -0.4, 0.98, -0.80, 0.80)
    path.cubicTo(-0.96, 0.74, -1.02, 0.66, -0.98, 0.60)
    path.close()
    canvas.drawPath(path, gradient((0, -0.4), (0, 0.95), WHITE, shade))
    canvas.drawPath(path, stroke(shade, 0.02))
    pool = skia.Rect.MakeXYWH(-0.70, 0.54, 1.40, 0.26)
    canvas.drawOval(pool, paint_of(mix(shade, WHITE, 0.35)))
    canvas.drawOval(pool.makeInset(0.1, 0.05), paint_of(WHITE, 0.8))


def _drop(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    for x, y, size in ((-0.55, 0.42, 0.5), (0.58, 0.30, 0.6), (0.0, 0.32, 1.0)):
        _one_drop(canvas, (x, y), size * 0.58, scheme.item)
    for _ in range(9):
        place = (dice.uniform(-0.9, 0.9), dice.uniform(-0.8, 0.8))
        canvas.drawCircle(*place, dice.uniform(0.02, 0.05), paint_of(WHITE, 0.55))


def _one_drop(canvas: Any, at: tuple[float, float], r: float, colour: Rgb) -> None:
    x, y = at
    path = skia.Path()
    path.moveTo(x, y - 1.9 * r)
    path.cubicTo(x + 0.35 * r, y - 1.1 * r, x + r, y - 0.65 * r, x + r, y)
    path.cubicTo(x + r, y + 0.56 * r, x + 0.55 * r, y + r, x, y + r)
    path.cubicTo(x - 0.55 * r, y + r, x - r, y + 0.56 * r, x - r, y)
    path.cubicTo(x - r, y - 0.65 * r, x - 0.35 * r, y - 1.1 * r, x, y - 1.9 * r)
    light, dark = mix(colour, WHITE, 0.65), relight(colour, 0.62)
    canvas.drawPath(path, gradient((x - r, y - r), (x + r, y + r), light, dark))
    canvas.drawOval(
        skia.Rect.MakeXYWH(x - 0.60 * r, y - 0.25 * r, 0.32 * r, 0.62 * r), paint_of(WHITE, 0.75)
    )


def _bubble(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    for _ in range(16):
        x, y, r = dice.uniform(-0.75, 0.75), dice.uniform(-0.75, 0.75), dice.uniform(0.08, 0.34)
        glass = skia.Paint(
            AntiAlias=True,
            Shader=skia.GradientShader.MakeRadial(
                center=skia.Point(x, y),
                radius=r,
                colors=[
                    colour_of(scheme.item, 0.05),
                    colour_of(scheme.item, 0.25),
                    colour_of(WHITE, 0.85),
                ],
                positions=[0.0, 0.75, 1.0],
            ),
        )  # fmt: skip
        canvas.drawCircle(x, y, r, glass)
        canvas.drawOval(
            skia.Rect.MakeXYWH(x - r * 0.55, y - r * 0.60, r * 0.42, r * 0.28),
            paint_of(WHITE, 0.85),
        )


def _noodle(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    bowl(canvas, (0, 0.12), 0.95, (40, 36, 38), (196, 84, 26))
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(-0.9, -0.7, 1.8, 1.1))
    for i in range(16):
        r = 0.20 + 0.036 * i
        arc = skia.Rect.MakeXYWH(-r * 1.15, 0.10 - r * 0.34 - 0.05, r * 2.3, r * 0.62)
        tone = mix(scheme.item, (214, 150, 60), 0.4 * (i % 3) / 2)
        canvas.drawArc(arc, dice.uniform(150, 190), 210, False, stroke(tone, 0.045))
    canvas.restore()
    ball(canvas, (-0.34, -0.02), (0.26, 0.17), (252, 250, 244), angle_deg=-12, gloss=0.2)
    ball(canvas, (-0.33, -0.02), (0.13, 0.09), (246, 170, 42), angle_deg=-12, soft=False)
    for _ in range(9):
        place = (dice.uniform(-0.05, 0.62), dice.uniform(-0.06, 0.22))
        canvas.drawCircle(*place, 0.045, stroke((88, 158, 62), 0.026))


def _chili(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    for tilt, x in ((-34, -0.34), (28, 0.36), (-4, 0.0)):
        canvas.save()
        canvas.translate(x, -0.5)
        canvas.rotate(tilt + dice.uniform(-6, 6))
        path = skia.Path()
        path.moveTo(-0.19, 0)
        path.cubicTo(-0.26, 0.55, -0.12, 1.02, 0.20, 1.32)
        path.cubicTo(0.12, 0.95, 0.24, 0.50, 0.19, 0)
        path.close()
        tone = scheme.item if scheme.item != scheme.base else mix(scheme.item, (255, 80, 40), 0.4)
        light, dark = mix(tone, WHITE, 0.30), relight(tone, 0.55)
        canvas.drawPath(path, gradient((-0.2, 0.2), (0.24, 0.4), light, dark))
        canvas.drawOval(skia.Rect.MakeXYWH(-0.20, -0.08, 0.40, 0.16), paint_of((62, 124, 44)))
        canvas.drawLine(0, -0.02, 0.06, -0.30, stroke((62, 124, 44), 0.07))
        canvas.restore()


def _cookie(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    for x, y, r in ((-0.36, -0.18, 0.50), (0.42, -0.04, 0.50), (-0.04, 0.36, 0.56)):
        ball(canvas, (x, y), (r, r * 0.92), scheme.item, gloss=0.25)
        for _ in range(9):
            turn, far = dice.uniform(0, 6.28), r * 0.78 * math.sqrt(dice.random())
            spot = (x + far * math.cos(turn), y + far * 0.9 * math.sin(turn))
            ball(canvas, spot, (0.065, 0.055), (74, 40, 22), gloss=0.4, soft=False)


def _bread(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    for x in (-0.36, -0.08, 0.20):
        body = skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(x - 0.40, -0.30, 0.95, 1.0), 0.16, 0.16)
        canvas.drawRRect(body, paint_of(relight(scheme.item, 0.72)))
        top = skia.Rect.MakeXYWH(x - 0.46, -0.52, 1.07, 0.56)
        canvas.drawOval(top, paint_of(relight(scheme.item, 0.72)))
        crumb = skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(x - 0.34, -0.26, 0.83, 0.90), 0.14, 0.14)
        tone = mix(scheme.item, WHITE, 0.66)
        canvas.drawRRect(crumb, paint_of(tone))
        canvas.drawOval(top.makeInset(0.06, 0.06), paint_of(tone))


def _cocoa(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    canvas.save()
    canvas.rotate(-14 + dice.uniform(-4, 4))
    for row in range(3):
        for column in range(4):
            x, y = -0.86 + column * 0.44, -0.58 + row * 0.44
            cell = skia.Rect.MakeXYWH(x, y, 0.42, 0.42)
            light, dark = mix(scheme.item, WHITE, 0.24), relight(scheme.item, 0.66)
            canvas.drawRect(cell, gradient((x, y), (x + 0.42, y + 0.42), light, dark))
            canvas.drawRect(
                cell.makeInset(0.07, 0.07),
                gradient((x, y), (x + 0.42, y + 0.42), scheme.item, mix(scheme.item, WHITE, 0.16)),
            )
    canvas.restore()


def _tomato(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    tone = scheme.item if scheme.motif == "tomato" else (211, 47, 40)
    for x, y, r in ((-0.44, 0.06, 0.44), (0.46, 0.10, 0.44), (0.0, 0.28, 0.52)):
        ball(canvas, (x, y), (r, r * 0.88), tone, gloss=0.75)
        for i in range(5):
            leaf(canvas, (x, y - r * 0.66), r * 0.52, i * 72 + dice.uniform(-12, 12), slim=0.22)
    leaf(canvas, (0.62, -0.20), 0.5, 40, LEAF_GREEN)


def _fish(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    for y, size in ((-0.30, 0.78), (0.30, 1.0)):
        canvas.save()
        canvas.translate(0, y)
        canvas.scale(size, size)
        path = skia.Path()
        path.moveTo(-0.95, 0.0)
        path.cubicTo(-0.55, -0.46, 0.25, -0.42, 0.60, -0.02)
        path.lineTo(0.96, -0.30)
        path.quadTo(0.82, 0.02, 0.96, 0.32)
        path.lineTo(0.60, 0.04)
        path.cubicTo(0.25, 0.42, -0.55, 0.44, -0.95, 0.0)
        back, belly = relight(scheme.item, 0.5), mix(scheme.item, WHITE, 0.8)
        canvas.drawPath(path, gradient((0, -0.34), (0, 0.30), back, belly))
        canvas.drawCircle(-0.70, -0.05, 0.05, paint_of((20, 24, 30)))
        canvas.drawArc(
            skia.Rect.MakeXYWH(-0.62, -0.26, 0.30, 0.50), -70, 140, False, stroke(back, 0.03, 0.7)
        )
        canvas.restore()


def _meat(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    for y, tilt in ((-0.26, -8), (0.22, 6)):
        ball(canvas, (0, y), (0.90, 0.46), (246, 226, 208), angle_deg=tilt, gloss=0.2)
        ball(canvas, (0.03, y), (0.80, 0.38), scheme.item, angle_deg=tilt, gloss=0.25, soft=False)
        for _ in range(6):
            x, side = dice.uniform(-0.6, 0.5), dice.uniform(-0.2, 0.2)
            canvas.drawLine(
                x, y + side, x + 0.22, y + side - 0.05, stroke((248, 222, 208), 0.025, 0.8)
            )
    leaf(canvas, (0.5, 0.66), 0.5, 64)
    leaf(canvas, (0.45, 0.66), 0.45, 30)


MOTIFS: dict[str, Motif] = {
    "bean": _bean,
    "berry": _berry,
    "bread": _bread,
    "bubble": _bubble,
    "chili": _chili,
    "chips": _chips,
    "citrus": _citrus,
    "cocoa": _cocoa,
    "coffee": _coffee,
    "cookie": _cookie,
    "drop": _drop,
    "fish": _fish,
    "fruit": _fruit,
    "grain": _grain,
    "leaf": _leaf,
    "meat": _meat,
    "milk": _milk,
    "noodle": _noodle,
    "tomato": _tomato,
    **HOME,
    **MORE,
    **THINGS,
}
