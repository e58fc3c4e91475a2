"""Pictures of things of the house, of animals and remedies: the unit circle, as `motifs`."""

import math
import random
from typing import Any

import skia

from store_scenes.models.art.brushes import WHITE, ball, gradient, leaf, stroke
from store_scenes.models.art.motifs_more import disc, path_of
from store_scenes.models.art.text import paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.scheme import Scheme, mix, relight

Dice = random.Random


def paw(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """A dog's or cat's face."""
    fur: Rgb = ((196, 140, 84), (236, 196, 140), (120, 116, 120))[scheme.seed % 3]
    cat = scheme.seed % 2
    for side in (-1, 1):
        if cat:
            ear = path_of((side * 0.78, -0.95), (side * 0.16, -0.58), (side * 0.78, -0.10))
        else:
            ear = path_of(
                (side * 0.48, -0.66),
                (side * 1.06, -0.62, side * 1.02, 0.30),
                (side * 0.66, 0.24, side * 0.58, -0.2),
            )
        canvas.drawPath(ear, paint_of(relight(fur, 0.72)))
    ball(canvas, (0, 0.02), (0.74, 0.68), fur, gloss=0.15)
    disc(canvas, (0, 0.30), (0.36, 0.28), paint_of(mix(fur, WHITE, 0.75)))
    for side in (-1, 1):
        disc(canvas, (side * 0.30, -0.08), (0.10, 0.12), paint_of((34, 26, 24)))
        disc(canvas, (side * 0.30 + 0.03, -0.12), (0.035, 0.04), paint_of(WHITE))
    disc(canvas, (0, 0.16), (0.12, 0.085), paint_of((44, 30, 30)))
    mouth = path_of((-0.16, 0.36), (-0.06, 0.44, 0, 0.30), (0.06, 0.44, 0.16, 0.36), close=False)
    canvas.drawPath(mouth, stroke((60, 40, 36), 0.035))


def bear(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """A small bear with a bib."""
    fur: Rgb = (226, 186, 138)
    for side in (-1, 1):
        ball(canvas, (side * 0.52, -0.62), (0.24, 0.24), fur, gloss=0.1)
        disc(canvas, (side * 0.52, -0.60), (0.13, 0.13), paint_of((248, 214, 190)))
    ball(canvas, (0, 0.62), (0.62, 0.36), mix(scheme.base, WHITE, 0.4), gloss=0.1)
    ball(canvas, (0, -0.05), (0.72, 0.64), fur, gloss=0.15)
    disc(canvas, (0, 0.18), (0.32, 0.24), paint_of((252, 238, 220)))
    for side in (-1, 1):
        disc(canvas, (side * 0.28, -0.10), (0.07, 0.08), paint_of((50, 36, 30)))
        disc(canvas, (side * 0.48, 0.14), (0.12, 0.08), paint_of((246, 150, 140), 0.7))
    disc(canvas, (0, 0.10), (0.09, 0.065), paint_of((70, 48, 40)))


def tooth(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """A tooth, white and shining."""
    body = path_of(
        (-0.62, -0.30),
        (-0.62, -0.80, -0.20, -0.72, 0, -0.60),
        (0.20, -0.72, 0.62, -0.80, 0.62, -0.30),
        (0.62, 0.10, 0.44, 0.20, 0.40, 0.62),
        (0.36, 0.92, 0.18, 0.86, 0.14, 0.50),
        (0.10, 0.24, -0.10, 0.24, -0.14, 0.50),
        (-0.18, 0.86, -0.36, 0.92, -0.40, 0.62),
        (-0.44, 0.20, -0.62, 0.10, -0.62, -0.30),
    )
    canvas.drawPath(body, gradient((-0.5, -0.6), (0.5, 0.8), WHITE, mix(scheme.base, WHITE, 0.72)))
    canvas.drawPath(body, stroke(mix(scheme.base, WHITE, 0.35), 0.03))
    star(canvas, (0.42, -0.46), 0.36, WHITE)
    star(canvas, (-0.70, 0.28), 0.22, WHITE)


def star(canvas: Any, at: tuple[float, float], reach: float, colour: Rgb) -> None:
    """A four-pointed glint."""
    path = skia.Path()
    for i in range(8):
        far = reach if i % 2 == 0 else reach * 0.20
        turn = math.radians(45 * i)
        point = (at[0] + far * math.sin(turn), at[1] - far * math.cos(turn))
        path.moveTo(*point) if i == 0 else path.lineTo(*point)
    path.close()
    canvas.drawPath(path, paint_of(colour))


def sparkle(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """A shining plate with foam and glints."""
    disc(canvas, (0, 0), (0.86, 0.86), paint_of((0, 0, 0), 0.12))
    disc(
        canvas,
        (0, -0.03),
        (0.84, 0.84),
        gradient((-0.6, -0.6), (0.6, 0.7), WHITE, mix(scheme.base, WHITE, 0.66)),
    )
    canvas.drawCircle(0, -0.03, 0.58, stroke(mix(scheme.base, WHITE, 0.5), 0.04))
    shine = path_of((-0.40, -0.55), (-0.05, -0.80, 0.34, -0.62), (0.0, -0.62, -0.40, -0.55))
    canvas.drawPath(shine, paint_of(WHITE, 0.9))
    for _ in range(12):
        x, r = dice.uniform(-0.8, 0.8), dice.uniform(0.08, 0.20)
        ball(
            canvas,
            (x, 0.62 + dice.uniform(-0.12, 0.2)),
            (r, r),
            mix(scheme.base, WHITE, 0.85),
            gloss=1.0,
            soft=False,
        )
    star(canvas, (0.48, -0.42), 0.46, WHITE)
    star(canvas, (-0.56, 0.10), 0.28, WHITE)


def shirt(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """A swirl of water with a clean shirt in it."""
    water = mix(scheme.base, (60, 170, 240), 0.5)
    for i in range(5):
        r = 0.98 - 0.12 * i
        canvas.drawArc(
            skia.Rect.MakeXYWH(-r, -r, 2 * r, 2 * r),
            20 + 50 * i,
            250,
            False,
            stroke(mix(water, WHITE, 0.25 + 0.14 * i), 0.10),
        )
    body = path_of(
        (-0.24, -0.50),
        (0, -0.36, 0.24, -0.50),
        (0.66, -0.30),
        (0.52, 0.04),
        (0.36, -0.04),
        (0.36, 0.58),
        (-0.36, 0.58),
        (-0.36, -0.04),
        (-0.52, 0.04),
        (-0.66, -0.30),
    )
    canvas.drawPath(body, gradient((-0.4, -0.4), (0.5, 0.6), WHITE, mix(water, WHITE, 0.72)))
    canvas.drawPath(body, stroke(mix(water, WHITE, 0.3), 0.025))
    for _ in range(9):
        at, r = (dice.uniform(-0.9, 0.9), dice.uniform(-0.9, 0.9)), dice.uniform(0.05, 0.12)
        disc(canvas, at, (r, r), paint_of(WHITE, 0.6))
    star(canvas, (0.5, -0.5), 0.3, WHITE)


def sprig(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """A branch with leaves and a flower."""
    green = mix(scheme.deep, (90, 140, 90), 0.55)
    stem = path_of((-0.1, 0.95), (0.1, 0.2, 0.0, -0.7), close=False)
    canvas.drawPath(stem, stroke(green, 0.04))
    for i in range(6):
        y, side = 0.70 - 0.24 * i, -1 if i % 2 else 1
        leaf(canvas, (0.02, y), 0.56 - 0.04 * i, side * (62 - 4 * i), mix(green, WHITE, 0.08 * i))
    petal = mix(scheme.base, WHITE, 0.45) if scheme.picture == "sprig" else scheme.item
    for i in range(6):
        leaf(canvas, (0, -0.62), 0.34, 60 * i + dice.uniform(-5, 5), petal, slim=0.5)
    disc(canvas, (0, -0.62), (0.08, 0.08), paint_of((246, 206, 90)))


def pill(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """Capsules, two-coloured."""
    for x, y, tilt in ((-0.30, -0.28, -38), (0.34, 0.02, 28), (-0.10, 0.48, -12)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(tilt)
        for left, tone in ((-0.56, scheme.base), (0.0, (250, 250, 246))):
            canvas.save()
            canvas.clipRect(skia.Rect.MakeXYWH(left, -0.3, 0.56, 0.6))
            canvas.drawRoundRect(
                skia.Rect.MakeXYWH(-0.56, -0.22, 1.12, 0.44),
                0.22,
                0.22,
                gradient((0, -0.22), (0, 0.22), mix(tone, WHITE, 0.4), relight(tone, 0.72)),
            )
            canvas.restore()
        canvas.restore()


def roll(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """Two paper rolls."""
    for x, y in ((-0.38, -0.10), (0.36, 0.12)):
        side = skia.Rect.MakeXYWH(x - 0.46, y - 0.36, 0.92, 0.86)
        tint = mix(scheme.base, WHITE, 0.86)
        canvas.drawRoundRect(side.makeOffset(0.04, 0.06), 0.1, 0.1, paint_of((0, 0, 0), 0.14))
        canvas.drawRoundRect(side, 0.10, 0.10, gradient((x - 0.46, 0), (x + 0.46, 0), WHITE, tint))
        for row in range(3):
            for column in range(4):
                disc(
                    canvas,
                    (x - 0.3 + 0.2 * column, y + 0.02 + 0.17 * row),
                    (0.035, 0.035),
                    paint_of(mix(scheme.base, WHITE, 0.7)),
                )
        disc(canvas, (x, y - 0.36), (0.46, 0.19), paint_of((255, 255, 255)))
        for r in (0.36, 0.26):
            canvas.drawOval(
                skia.Rect.MakeXYWH(x - r, y - 0.36 - r * 0.41, 2 * r, r * 0.82), stroke(tint, 0.02)
            )
        disc(canvas, (x, y - 0.36), (0.15, 0.065), paint_of((176, 146, 110)))


def emblem(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """Nothing in particular: overlapping shapes in the pack's own colours."""
    first, second = mix(scheme.base, WHITE, 0.15), scheme.accent
    tones: tuple[Rgb, ...] = (first, second, scheme.deep, mix(second, WHITE, 0.5))
    design = scheme.seed % 3
    for i in range(4):
        turn = math.radians(90 * i + 45 * (scheme.seed % 2))
        at = (0.40 * math.cos(turn), 0.40 * math.sin(turn))
        if design == 0:
            disc(canvas, at, (0.50, 0.50), paint_of(tones[i], 0.82))
        elif design == 1:
            corners = [
                (at[0] + 0.52 * math.cos(k), at[1] + 0.52 * math.sin(k))
                for k in (0.0, math.pi / 2, math.pi, 1.5 * math.pi)
            ]
            canvas.drawPath(path_of(*corners), paint_of(tones[i], 0.82))
        else:
            leaf(canvas, (0, 0), 0.96, 90 * i + 45, tones[i], slim=0.46)
    disc(canvas, (0, 0), (0.22, 0.22), paint_of(WHITE, 0.92))


HOME = {
    "emblem": emblem,
    "bear": bear,
    "paw": paw,
    "pill": pill,
    "roll": roll,
    "shirt": shirt,
    "sparkle": sparkle,
    "sprig": sprig,
    "tooth": tooth,
}
