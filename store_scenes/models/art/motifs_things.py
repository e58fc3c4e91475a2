"""Pictures of drinks and fresh goods: the unit circle, as `motifs`."""

import math
import random
from typing import Any

import skia

from store_scenes.models.art.brushes import WHITE, ball, bowl, gradient, leaf, stroke
from store_scenes.models.art.motifs_more import disc, path_of, plate
from store_scenes.models.art.text import paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.scheme import Scheme, mix, relight

Dice = random.Random


def scoops(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """Three scoops in a glass dish."""
    tone = mix(scheme.base, WHITE, 0.22)
    for x, y in ((-0.42, 0.02), (0.42, 0.02), (0.0, -0.34)):
        ball(canvas, (x, y), (0.46, 0.44), tone, gloss=0.35)
        for i in range(5):
            edge = x - 0.40 + 0.2 * i
            disc(canvas, (edge, y + 0.34), (0.13, 0.10), paint_of(relight(tone, 0.94)))
        for _ in range(7):
            at = (x + dice.uniform(-0.3, 0.3), y + dice.uniform(-0.3, 0.24))
            disc(canvas, at, (0.035, 0.03), paint_of(relight(scheme.base, 0.66), 0.8))
    glass = path_of((-0.92, 0.34), (-0.74, 0.90, -0.3, 0.92), (0.3, 0.92), (0.74, 0.90, 0.92, 0.34))
    canvas.drawPath(glass, gradient((-0.9, 0), (0.9, 0), (250, 252, 255), (190, 206, 220)))
    leaf(canvas, (0.0, -0.72), 0.30, 40)
    leaf(canvas, (0.0, -0.72), 0.28, -20)


def cereal(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """A white bowl of cereal with milk leaping up."""
    splash = path_of(
        (-0.9, 0.1),
        (-0.9, -0.3, -0.7, -0.5, -0.74, -0.84),
        (-0.55, -0.5, -0.5, -0.3, -0.3, -0.36),
        (-0.1, -0.42, 0.1, -0.9, 0.24, -0.96),
        (0.14, -0.6, 0.3, -0.34, 0.5, -0.44),
        (0.66, -0.52, 0.7, -0.7, 0.86, -0.72),
        (0.74, -0.4, 0.9, -0.2, 0.9, 0.1),
    )
    canvas.drawPath(splash, gradient((0, -0.9), (0, 0.1), WHITE, (226, 236, 246)))
    bowl(canvas, (0, 0.10), 0.96, mix(scheme.accent, WHITE, 0.15), (250, 250, 252))
    cocoa = scheme.motif == "cocoa"
    tone: Rgb = (120, 72, 40) if cocoa else mix(scheme.item, (232, 170, 80), 0.5)
    rings = scheme.seed % 2 or cocoa
    for i in range(26):
        turn, far = i * 2.4, 0.82 * math.sqrt((i + 0.5) / 26)
        at = (far * math.cos(turn), 0.07 + far * 0.24 * math.sin(turn) - 0.06)
        if rings:
            canvas.drawOval(
                skia.Rect.MakeXYWH(at[0] - 0.10, at[1] - 0.065, 0.20, 0.13),
                stroke(relight(tone, 0.6), 0.085),
            )
            canvas.drawOval(
                skia.Rect.MakeXYWH(at[0] - 0.10, at[1] - 0.075, 0.20, 0.13), stroke(tone, 0.065)
            )
        else:
            ball(canvas, at, (0.15, 0.09), tone, angle_deg=dice.uniform(-60, 60), gloss=0.35)
    for i in range(3):
        ball(canvas, (-0.35 + 0.36 * i, 0.02 + 0.05 * (i % 2)), (0.09, 0.08), (206, 40, 60))


def cup(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """A cup of tea on its saucer, a leaf beside."""
    for x in (-0.22, 0.14):
        steam = path_of((x, -0.42), (x - 0.18, -0.58, x + 0.18, -0.76, x, -0.98), close=False)
        canvas.drawPath(steam, stroke(mix(scheme.base, WHITE, 0.6), 0.05, 0.7))
    plate(canvas, 0.62, 0.86)
    canvas.drawOval(skia.Rect.MakeXYWH(0.46, -0.10, 0.46, 0.44), stroke((240, 240, 236), 0.10))
    bowl(canvas, (-0.06, -0.10), 0.68, (248, 248, 244), relight(scheme.content, 1.05))
    leaf(canvas, (-0.62, 0.72), 0.62, 66, mix(scheme.item, scheme.deep, 0.2))
    leaf(canvas, (-0.60, 0.74), 0.46, 22, scheme.item)


def beer(canvas: Any, _scheme: Scheme, dice: Dice) -> None:
    """A glass of beer between two ears of barley."""
    ear(canvas, (-0.72, 0.9), 1.7, -12)
    ear(canvas, (0.72, 0.9), 1.7, 12)
    glass = path_of((-0.42, -0.55), (0.42, -0.55), (0.34, 0.92), (-0.34, 0.92))
    canvas.drawPath(glass, gradient((-0.4, 0), (0.4, 0), (255, 206, 84), (214, 130, 10)))
    canvas.drawRect(skia.Rect.MakeXYWH(-0.28, -0.4, 0.10, 1.2), paint_of(WHITE, 0.35))
    for _ in range(14):
        at = (dice.uniform(-0.28, 0.28), dice.uniform(-0.3, 0.85))
        canvas.drawCircle(*at, 0.025, paint_of((255, 240, 190), 0.8))
    for i in range(6):
        ball(
            canvas,
            (-0.42 + 0.168 * i, -0.62 - 0.06 * (i % 2)),
            (0.17, 0.15),
            (255, 252, 240),
            gloss=0.5,
            soft=False,
        )


def ear(canvas: Any, root: tuple[float, float], length: float, tilt_deg: float) -> None:
    """An ear of grain with its stalk."""
    canvas.save()
    canvas.translate(*root)
    canvas.rotate(tilt_deg)
    canvas.drawLine(0, 0, 0, -length, stroke((190, 140, 50), 0.03))
    for i in range(7):
        y = -length * (0.42 + 0.085 * i)
        for side in (-1, 1):
            leaf(canvas, (0, y), length * 0.16, side * 30, (226, 176, 72), slim=0.42)
    leaf(canvas, (0, -length), length * 0.16, 0, (226, 176, 72), slim=0.42)
    canvas.restore()


def wheat(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """A sheaf of wheat and a heap of flour."""
    for tilt in (-30, -15, 0, 15, 30):
        ear(canvas, (0, 0.75), 1.6, tilt)
    heap = path_of((-0.95, 0.9), (-0.5, 0.3, 0.0, 0.32), (0.5, 0.3, 0.95, 0.9))
    canvas.drawPath(heap, gradient((0, 0.3), (0, 0.9), WHITE, (228, 216, 196)))


def grapes(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """A bunch of grapes."""
    tone = mix(scheme.base, (90, 40, 110), 0.6) if scheme.motif != "fruit" else scheme.item
    leaf(canvas, (0.05, -0.62), 0.7, 62, slim=0.42)
    leaf(canvas, (0.0, -0.62), 0.5, -56, slim=0.42)
    canvas.drawLine(0, -0.95, 0, -0.5, stroke((110, 78, 40), 0.06))
    for row, count in enumerate((4, 5, 4, 3, 2, 1)):
        for i in range(count):
            ball(
                canvas,
                ((i - (count - 1) / 2) * 0.30, -0.46 + 0.245 * row),
                (0.18, 0.18),
                tone,
                gloss=0.6,
            )


def peaks(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """Mountains in the mist with snow on them."""
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(-1, -1, 2, 1.9))
    tones = (mix(scheme.base, WHITE, 0.62), mix(scheme.base, WHITE, 0.30), scheme.base)
    for i, tone in enumerate(tones):
        for x, top, reach in (
            (-0.50 + 0.5 * i, -0.72 + 0.34 * i, 0.78),
            (0.46 - 0.3 * i, -0.42 + 0.30 * i, 0.7),
        ):
            foot = 0.92
            mountain = path_of((x - reach, foot), (x, top), (x + reach, foot))
            canvas.drawPath(mountain, gradient((0, top), (0, foot), tone, mix(tone, WHITE, 0.45)))
            drop = (foot - top) * 0.24
            snow = path_of(
                (x - reach * 0.24, top + drop),
                (x, top),
                (x + reach * 0.24, top + drop),
                (x + 0.06, top + drop * 0.72),
                (x, top + drop * 1.15),
                (x - 0.07, top + drop * 0.75),
            )
            canvas.drawPath(snow, paint_of(WHITE, 0.95))
    canvas.restore()


def heap(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """A heap of powder with a spoon."""
    tone = mix(scheme.base, scheme.item, 0.5)
    mound = path_of(
        (-0.98, 0.62), (-0.4, -0.1, 0.0, -0.32), (0.4, -0.1, 0.98, 0.62), (0.0, 0.82, -0.98, 0.62)
    )
    canvas.drawPath(
        mound, gradient((-0.4, -0.3), (0.5, 0.7), mix(tone, WHITE, 0.3), relight(tone, 0.7))
    )
    for _ in range(40):
        at = (dice.uniform(-0.75, 0.75), dice.uniform(0.1, 0.68))
        canvas.drawCircle(*at, dice.uniform(0.012, 0.03), paint_of(relight(tone, 0.55), 0.6))
    canvas.drawLine(0.30, -0.05, 0.86, -0.82, stroke((150, 104, 60), 0.09))
    ball(canvas, (0.22, 0.06), (0.24, 0.13), (170, 120, 72), angle_deg=-36, gloss=0.3)


def carrot(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """Two carrots with their tops."""
    for tilt, x in ((-26, -0.26), (22, 0.30)):
        canvas.save()
        canvas.translate(x, 0)
        canvas.rotate(tilt)
        for angle in (-26, 0, 26):
            leaf(canvas, (0, -0.42), 0.52, angle, slim=0.22)
        root = path_of(
            (-0.26, -0.40),
            (-0.2, -0.54, 0.2, -0.54, 0.26, -0.40),
            (0.20, 0.30, 0.06, 0.80, 0.0, 0.95),
            (-0.06, 0.8, -0.2, 0.3, -0.26, -0.40),
        )
        canvas.drawPath(root, gradient((-0.26, 0), (0.26, 0), (255, 160, 60), (214, 96, 14)))
        for y in (-0.2, 0.05, 0.3, 0.5):
            canvas.drawLine(-0.1, y, 0.04, y + 0.02, stroke((190, 84, 14), 0.02, 0.8))
        canvas.restore()


def broccoli(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """A mix of vegetables: leaves, a tomato, a carrot's slices."""
    for angle in (-64, -32, 0, 32, 64):
        leaf(canvas, (0, 0.62), 1.35, angle, mix((84, 160, 60), scheme.item, 0.25), slim=0.36)
    ball(canvas, (-0.42, 0.42), (0.34, 0.32), (214, 48, 38), gloss=0.7)
    for i in range(3):
        at = (0.20 + 0.24 * i, 0.62 - 0.12 * (i % 2))
        ball(canvas, at, (0.20, 0.17), (240, 132, 34), gloss=0.3)
        disc(canvas, at, (0.09, 0.075), paint_of((250, 176, 80)))
    for i in range(9):
        at = (-0.02 + dice.uniform(-0.3, 0.34), 0.12 + dice.uniform(-0.18, 0.2))
        ball(canvas, at, (0.13, 0.12), (56, 130 + 6 * i, 52), gloss=0.25, soft=False)


def mushroom(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """Three mushrooms."""
    for x, y, size in ((-0.42, 0.2, 0.8), (0.46, 0.24, 0.75), (0.0, 0.05, 1.0)):
        stem = path_of(
            (x - 0.14 * size, y),
            (x - 0.2 * size, y + 0.4 * size, x - 0.2 * size, y + 0.62 * size),
            (x, y + 0.72 * size, x + 0.2 * size, y + 0.62 * size),
            (x + 0.2 * size, y + 0.4 * size, x + 0.14 * size, y),
        )
        canvas.drawPath(
            stem, gradient((x - 0.2, 0), (x + 0.2, 0), (252, 246, 234), (212, 196, 170))
        )
        cap = path_of(
            (x - 0.52 * size, y + 0.05),
            (
                x - 0.5 * size,
                y - 0.62 * size,
                x + 0.5 * size,
                y - 0.62 * size,
                x + 0.52 * size,
                y + 0.05,
            ),
            (x, y + 0.2 * size, x - 0.52 * size, y + 0.05),
        )
        canvas.drawPath(
            cap, gradient((x - 0.4, y - 0.5), (x + 0.4, y + 0.1), (206, 160, 112), (132, 88, 52))
        )


def shrimp(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """Two curled shrimps."""
    for at, turn in (((-0.25, -0.12), 0), ((0.28, 0.22), 180)):
        canvas.save()
        canvas.translate(*at)
        canvas.rotate(turn)
        for i in range(9):
            way = math.radians(-150 + 30 * i)
            r = 0.24 - 0.014 * i
            ball(
                canvas,
                (0.46 * math.cos(way), 0.46 * math.sin(way)),
                (r, r * 0.86),
                mix((250, 140, 92), (255, 196, 160), 0.5 * (i % 2)),
                gloss=0.4,
                soft=False,
            )
        tail = path_of((-0.02, 0.46), (-0.30, 0.36), (-0.32, 0.62), (-0.06, 0.60))
        canvas.drawPath(tail, paint_of((226, 84, 50)))
        disc(canvas, (-0.36, -0.30), (0.035, 0.035), paint_of((20, 20, 20)))
        canvas.restore()


def squid(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """A squid."""
    body = path_of(
        (0, -0.98),
        (0.46, -0.5, 0.42, 0.0, 0.30, 0.30),
        (-0.30, 0.30),
        (-0.42, 0.0, -0.46, -0.5, 0, -0.98),
    )
    for i in range(6):
        x = -0.25 + 0.1 * i
        arm = path_of((x, 0.25), (x * 1.5 - 0.1, 0.6, x * 2.2, 0.95), close=False)
        canvas.drawPath(arm, stroke((222, 150, 130), 0.08))
    canvas.drawPath(body, gradient((-0.4, 0), (0.4, 0), (250, 206, 190), (206, 120, 104)))
    for side in (-1, 1):
        disc(canvas, (side * 0.13, 0.14), (0.06, 0.06), paint_of((30, 24, 24)))


def sausage(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """Sausages with grill marks."""
    tone = mix(scheme.item, (190, 84, 50), 0.6)
    for y, tilt in ((-0.42, -12), (0.0, -6), (0.42, -10)):
        canvas.save()
        canvas.translate(0, y)
        canvas.rotate(tilt)
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(-0.82, -0.12, 1.7, 0.36), 0.18, 0.18, paint_of((0, 0, 0), 0.2)
        )
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(-0.86, -0.18, 1.7, 0.36),
            0.18,
            0.18,
            gradient((0, -0.18), (0, 0.18), mix(tone, WHITE, 0.35), relight(tone, 0.66)),
        )
        for i in range(5):
            x = -0.6 + 0.28 * i
            canvas.drawLine(x, -0.10, x + 0.1, 0.10, stroke(relight(tone, 0.4), 0.04, 0.7))
        canvas.restore()
    leaf(canvas, (0.5, 0.72), 0.42, 60)


def fries(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """Chips from the pan in a paper cone."""
    for i in range(22):
        x = -0.62 + 1.24 * (i * 7 % 22) / 21
        canvas.save()
        canvas.translate(x * 0.8, 0.35)
        canvas.rotate(x * 34 + dice.uniform(-7, 7))
        tall = dice.uniform(0.85, 1.25)
        tone: Rgb = ((250, 206, 90), (240, 184, 62), (255, 222, 120))[i % 3]
        stick = skia.Rect.MakeXYWH(-0.075, -tall, 0.15, tall)
        canvas.drawRect(stick.makeOffset(0.02, 0.02), paint_of((120, 70, 10), 0.35))
        canvas.drawRect(
            stick, gradient((-0.07, 0), (0.07, 0), mix(tone, WHITE, 0.3), relight(tone, 0.85))
        )
        canvas.restore()
    cone = path_of((-0.72, 0.02), (0, 0.22, 0.72, 0.02), (0.52, 0.95), (0, 1.02, -0.52, 0.95))
    canvas.drawPath(
        cone,
        gradient((-0.7, 0), (0.7, 0), mix(scheme.accent, WHITE, 0.2), relight(scheme.accent, 0.75)),
    )


def drumstick(canvas: Any, _scheme: Scheme, dice: Dice) -> None:
    """Glazed pieces of chicken, sesame on them."""
    plate(canvas, 0.48, 0.98)
    for x, y, tilt in ((-0.40, 0.22, -30), (0.42, 0.22, 24), (0.0, -0.10, -6)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(tilt)
        canvas.drawLine(0.1, 0.1, 0.62, 0.30, stroke((250, 240, 220), 0.13))
        canvas.drawCircle(0.64, 0.26, 0.09, paint_of((250, 240, 220)))
        canvas.drawCircle(0.62, 0.36, 0.09, paint_of((250, 240, 220)))
        ball(canvas, (-0.12, 0.0), (0.48, 0.36), (196, 92, 30), angle_deg=14, gloss=0.55)
        for _ in range(12):
            at = (dice.uniform(-0.45, 0.2), dice.uniform(-0.22, 0.2))
            disc(canvas, at, (0.028, 0.018), paint_of((255, 236, 190)))
        canvas.restore()


def banana(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """A hand of three bananas."""
    for i, tilt in enumerate((26, 6, -16)):
        canvas.save()
        canvas.translate(0.05, -0.1)
        canvas.rotate(tilt)
        body = path_of(
            (-0.02, -0.78),
            (-0.80, -0.35, -0.80, 0.55, -0.05, 0.88),
            (0.06, 0.92, 0.12, 0.82, 0.04, 0.74),
            (-0.36, 0.40, -0.38, -0.20, 0.12, -0.70),
        )
        tone = mix((252, 214, 60), (236, 184, 40), 0.3 * i)
        canvas.drawPath(
            body, gradient((-0.6, 0), (0.1, 0), mix(tone, WHITE, 0.25), relight(tone, 0.82))
        )
        canvas.drawPath(body, stroke(relight(tone, 0.62), 0.025, 0.7))
        canvas.restore()
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(-0.06, -1.0, 0.26, 0.28), 0.06, 0.06, paint_of((140, 120, 50))
    )


def potatoes(canvas: Any, _scheme: Scheme, dice: Dice) -> None:
    """Whole potatoes."""
    for x, y, tilt in ((-0.42, -0.02, -20), (0.44, 0.0, 18), (0.0, 0.36, 4)):
        ball(canvas, (x, y), (0.50, 0.38), (206, 164, 104), angle_deg=tilt, gloss=0.2)
        for _ in range(9):
            at = (x + dice.uniform(-0.34, 0.34), y + dice.uniform(-0.22, 0.22))
            disc(canvas, at, (0.024, 0.016), paint_of((140, 100, 54), 0.8))


def pickle(canvas: Any, _scheme: Scheme, dice: Dice) -> None:
    """Three cucumbers with their warts, slices before them."""
    for x, tilt in ((-0.36, -16), (0.34, 18), (0.0, 2)):
        canvas.save()
        canvas.translate(x, -0.12)
        canvas.rotate(tilt)
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(-0.24, -0.78, 0.48, 1.5),
            0.24,
            0.24,
            gradient((-0.24, 0), (0.24, 0), (150, 186, 84), (62, 110, 44)),
        )
        for _ in range(12):
            at = (dice.uniform(-0.16, 0.16), dice.uniform(-0.6, 0.55))
            disc(canvas, at, (0.03, 0.03), paint_of((190, 214, 120), 0.8))
        canvas.restore()
    for x in (-0.44, 0.0, 0.44):
        disc(canvas, (x, 0.70), (0.25, 0.20), paint_of((84, 134, 54)))
        disc(canvas, (x, 0.69), (0.21, 0.16), paint_of((206, 226, 150)))
        disc(canvas, (x, 0.69), (0.11, 0.08), paint_of((178, 206, 112)))


THINGS = {
    "pickle": pickle,
    "banana": banana,
    "drumstick": drumstick,
    "fries": fries,
    "potatoes": potatoes,
    "beer": beer,
    "broccoli": broccoli,
    "carrot": carrot,
    "cereal": cereal,
    "cup": cup,
    "grapes": grapes,
    "heap": heap,
    "mushroom": mushroom,
    "peaks": peaks,
    "sausage": sausage,
    "scoops": scoops,
    "shrimp": shrimp,
    "squid": squid,
    "wheat": wheat,
}
