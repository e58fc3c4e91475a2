"""More pictures for packs: dishes, dairy, things of the house. As in `motifs`: the unit circle."""

import math
import random
from typing import Any

import skia

from store_scenes.models.art.brushes import WHITE, ball, bowl, gradient, leaf, stroke
from store_scenes.models.art.text import paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.scheme import Scheme, mix, relight

Dice = random.Random


def path_of(*points: tuple[float, ...], close: bool = True) -> Any:
    """A path through points (two numbers), quadratic (four) and cubic (six) curves."""
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        {2: path.lineTo, 4: path.quadTo, 6: path.cubicTo}[len(point)](*point)
    if close:
        path.close()
    return path


def disc(canvas: Any, at: tuple[float, float], radii: tuple[float, float], paint: Any) -> None:
    """A filled ellipse."""
    canvas.drawOval(
        skia.Rect.MakeXYWH(at[0] - radii[0], at[1] - radii[1], 2 * radii[0], 2 * radii[1]), paint
    )


def _shadow(canvas: Any, path: Any) -> None:
    canvas.save()
    canvas.translate(0.03, 0.05)
    canvas.drawPath(path, paint_of((60, 30, 0), 0.28))
    canvas.restore()


def plate(canvas: Any, y: float, reach: float, colour: Rgb = (250, 250, 248)) -> None:
    """An oval plate with its shadow and rim."""
    disc(canvas, (0, y + 0.06), (reach, reach * 0.36), paint_of((0, 0, 0), 0.22))
    disc(canvas, (0, y), (reach, reach * 0.35), paint_of(colour))
    disc(canvas, (0, y), (reach * 0.8, reach * 0.26), paint_of(relight(colour, 0.93)))


def dumpling(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """Five pleated dumplings on a plate."""
    plate(canvas, 0.45, 1.0, mix(scheme.base, WHITE, 0.2))
    dough = (250, 240, 218)
    for x, y in ((-0.42, 0.05), (0.42, 0.05), (0.0, -0.08), (-0.5, 0.42), (0.5, 0.42), (0.0, 0.38)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(dice.uniform(-14, 14))
        body = path_of(
            (-0.40, 0.10),
            (-0.36, -0.22, 0.0, -0.36),
            (0.36, -0.22, 0.40, 0.10),
            (0.0, 0.26, -0.40, 0.10),
        )
        _shadow(canvas, body)
        canvas.drawPath(body, gradient((0, -0.3), (0, 0.25), dough, (222, 190, 140)))
        for fold in range(-3, 4):
            top = -0.30 + 0.035 * abs(fold)
            canvas.drawLine(
                fold * 0.085, top, fold * 0.10, top + 0.13, stroke((196, 156, 104), 0.02, 0.9)
            )
        canvas.restore()


def pizza(canvas: Any, _scheme: Scheme, dice: Dice) -> None:
    """A whole pizza from above."""
    disc(canvas, (0.02, 0.06), (0.98, 0.98), paint_of((0, 0, 0), 0.25))
    canvas.drawCircle(0, 0, 0.97, gradient((-1, -1), (1, 1), (232, 176, 98), (168, 98, 40)))
    canvas.drawCircle(0, 0, 0.82, paint_of((196, 52, 26)))
    canvas.drawCircle(0, 0, 0.79, gradient((-1, -1), (1, 1), (250, 206, 96), (236, 170, 60)))
    for i in range(11):
        turn, far = i * 2.4, 0.66 * math.sqrt((i + 0.5) / 11)
        at = (far * math.cos(turn), far * math.sin(turn))
        ball(canvas, at, (0.14, 0.14), (190, 44, 30), gloss=0.15, soft=False)
    for _ in range(9):
        turn, far = dice.uniform(0, 6.28), 0.7 * math.sqrt(dice.random())
        leaf(canvas, (far * math.cos(turn), far * math.sin(turn)), 0.2, dice.uniform(0, 360))
    for i in range(4):
        turn = i * math.pi / 4 + 0.2
        canvas.drawLine(
            -0.95 * math.cos(turn),
            -0.95 * math.sin(turn),
            0.95 * math.cos(turn),
            0.95 * math.sin(turn),
            stroke((140, 80, 30), 0.02, 0.7),
        )


def egg(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """Three eggs, one cut to its yolk."""
    shell = (226, 170, 122) if scheme.seed % 2 else (246, 226, 200)
    for x, y, tilt in ((-0.42, -0.12, -14), (0.42, -0.12, 12)):
        ball(canvas, (x, y), (0.42, 0.54), shell, angle_deg=tilt, gloss=0.55)
    ball(canvas, (0, 0.36), (0.44, 0.50), shell, gloss=0.55)


def tofu(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """A block of tofu on a board with a slice cut off."""
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(-0.98, 0.46, 1.96, 0.24),
        0.08,
        0.08,
        gradient((0, 0.46), (0, 0.70), (206, 158, 104), (150, 104, 60)),
    )
    for x, wide in ((-0.72, 0.92), (0.34, 0.24)):
        front = skia.Rect.MakeXYWH(x, -0.22, wide, 0.70)
        canvas.drawRect(front, gradient((0, -0.22), (0, 0.48), (255, 253, 244), (232, 226, 208)))
        lid = path_of((x, -0.22), (x + 0.22, -0.46), (x + wide + 0.22, -0.46), (x + wide, -0.22))
        canvas.drawPath(lid, paint_of((255, 255, 252)))
        side = path_of(
            (x + wide, -0.22), (x + wide + 0.22, -0.46), (x + wide + 0.22, 0.26), (x + wide, 0.48)
        )
        canvas.drawPath(side, paint_of((214, 206, 184)))
    leaf(canvas, (-0.3, -0.34), 0.42, 40)
    leaf(canvas, (-0.3, -0.34), 0.36, 88)


def rice(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """A bowl heaped with rice."""
    for x in (-0.3, 0.0, 0.3):
        steam = path_of((x, -0.62), (x - 0.12, -0.74, x + 0.12, -0.86, x, -1.0), close=False)
        canvas.drawPath(steam, stroke(WHITE, 0.05, 0.5))
    bowl(canvas, (0, 0.14), 0.94, scheme.deep, (240, 236, 224))
    tone = (252, 250, 242) if scheme.motif != "bean" else (150, 90, 60)
    ball(canvas, (0, -0.02), (0.80, 0.46), relight(tone, 0.93), gloss=0.2, soft=False)
    for _ in range(70):
        turn, far = dice.uniform(0, 6.28), math.sqrt(dice.random())
        x, y = 0.76 * far * math.cos(turn), -0.04 + 0.38 * far * math.sin(turn)
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(dice.uniform(0, 180))
        disc(canvas, (0.008, 0.012), (0.062, 0.030), paint_of((178, 168, 140), 0.7))
        disc(canvas, (0, 0), (0.062, 0.028), paint_of(tone))
        canvas.restore()


def seaweed(canvas: Any, _scheme: Scheme, dice: Dice) -> None:
    """Sheets of laver, fanned."""
    for i, tilt in enumerate((-22, -8, 6, 20)):
        canvas.save()
        canvas.rotate(tilt + dice.uniform(-3, 3))
        sheet = skia.Rect.MakeXYWH(-0.46, -0.86 + 0.05 * i, 0.92, 1.60)
        canvas.drawRect(sheet.makeOffset(0.03, 0.04), paint_of((0, 0, 0), 0.3))
        canvas.drawRect(sheet, gradient((-0.4, -0.8), (0.5, 0.8), (46, 84, 56), (10, 30, 22)))
        for _ in range(7):
            y = dice.uniform(-0.8, 0.6)
            canvas.drawLine(
                -0.44, y, 0.44, y + dice.uniform(-0.05, 0.05), stroke((96, 140, 84), 0.014, 0.5)
            )
        canvas.restore()


def kimchi(canvas: Any, _scheme: Scheme, dice: Dice) -> None:
    """Folded kimchi leaves in a dish."""
    bowl(canvas, (0, 0.20), 0.96, (238, 236, 230), (150, 30, 18))
    for i in range(9):
        x, y = dice.uniform(-0.55, 0.55), 0.14 - 0.05 * i + dice.uniform(-0.03, 0.03)
        canvas.save()
        canvas.translate(x * (1 - 0.06 * i), y)
        canvas.rotate(dice.uniform(-24, 24))
        body = path_of(
            (-0.42, 0.08),
            (-0.30, -0.20, 0.10, -0.20, 0.42, -0.02),
            (0.30, 0.14, -0.10, 0.18, -0.42, 0.08),
        )
        red = (206, 50, 26) if i % 3 else (226, 92, 44)
        canvas.drawPath(body, gradient((0, -0.2), (0, 0.2), mix(red, (255, 190, 110), 0.35), red))
        rib = path_of((-0.34, 0.05), (0.0, -0.10, 0.34, 0.0), close=False)
        canvas.drawPath(rib, stroke((252, 226, 168), 0.04, 0.85))
        canvas.restore()
    for _ in range(14):
        at = (dice.uniform(-0.55, 0.55), dice.uniform(-0.35, 0.25))
        canvas.drawCircle(*at, 0.022, paint_of((250, 232, 190)))


def stew(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """An earthen pot from above at a slant, full and steaming."""
    for x in (-0.34, 0.0, 0.34):
        steam = path_of((x, -0.46), (x - 0.16, -0.62, x + 0.16, -0.78, x, -0.98), close=False)
        canvas.drawPath(steam, stroke(WHITE, 0.06, 0.55))
    broth = scheme.content if scheme.motif in ("chili", "tomato") else (206, 96, 40)
    bowl(canvas, (0, 0.12), 0.98, (58, 50, 48), broth)
    tones: tuple[Rgb, ...] = ((250, 240, 214), (232, 140, 60), (96, 150, 60), (186, 60, 36))
    for i in range(15):
        turn, far = dice.uniform(0, 6.28), 0.78 * math.sqrt(dice.random())
        at = (far * math.cos(turn), 0.10 + far * 0.21 * math.sin(turn))
        ball(
            canvas,
            at,
            (0.14, 0.075),
            tones[i % 4],
            angle_deg=dice.uniform(-30, 30),
            gloss=0.4,
            soft=False,
        )
    for _ in range(8):
        at = (dice.uniform(-0.6, 0.6), dice.uniform(0.0, 0.22))
        canvas.drawCircle(*at, 0.04, stroke((110, 180, 70), 0.024))


def honey(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """Comb cells and a dipper with its thread."""
    for row in range(4):
        for column in range(5):
            x = -0.84 + column * 0.42 + (row % 2) * 0.21
            y = -0.60 + row * 0.36
            if math.hypot(x, y) > 0.98:
                continue
            cell = skia.Path()
            for corner in range(6):
                turn = math.radians(60 * corner + 30)
                point = (x + 0.225 * math.cos(turn), y + 0.225 * math.sin(turn))
                cell.moveTo(*point) if corner == 0 else cell.lineTo(*point)
            cell.close()
            canvas.drawPath(
                cell, gradient((x, y - 0.2), (x, y + 0.2), (255, 206, 84), (226, 138, 18))
            )
            canvas.drawPath(cell, stroke((255, 236, 170), 0.035))
    canvas.drawLine(0.78, -0.95, 0.20, -0.05, stroke((150, 96, 44), 0.09))
    ball(canvas, (0.10, 0.10), (0.24, 0.27), (196, 128, 56), angle_deg=34)
    for i in range(4):
        y = -0.04 + 0.09 * i
        canvas.drawLine(-0.10, y + 0.05, 0.30, y - 0.05, stroke((120, 72, 26), 0.03, 0.8))
    thread = path_of((0.02, 0.30), (-0.06, 0.55, 0.10, 0.70, 0.0, 1.0), close=False)
    canvas.drawPath(thread, stroke((244, 166, 28), 0.08))


def cheese(canvas: Any, scheme: Scheme, _dice: Dice) -> None:
    """A wedge with holes."""
    tone = (250, 200, 70) if scheme.seed % 3 else (252, 232, 160)
    side = path_of((-0.95, 0.10), (0.90, -0.05), (0.90, 0.58), (-0.95, 0.66))
    _shadow(canvas, side)
    canvas.drawPath(side, gradient((0, 0), (0, 0.66), tone, relight(tone, 0.84)))
    top = path_of((-0.95, 0.10), (0.10, -0.52), (0.90, -0.05))
    canvas.drawPath(top, paint_of(mix(tone, WHITE, 0.45)))
    for x, y, r in (
        (-0.55, 0.36, 0.12),
        (-0.1, 0.24, 0.09),
        (0.28, 0.42, 0.14),
        (0.66, 0.20, 0.09),
        (0.02, 0.54, 0.07),
    ):
        disc(canvas, (x, y), (r, r * 0.9), paint_of(relight(tone, 0.68)))
        disc(canvas, (x + 0.015, y + 0.02), (r * 0.84, r * 0.74), paint_of(relight(tone, 0.8)))


def butter(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """A block with curls cut from it, on a dish."""
    plate(canvas, 0.46, 0.98)
    tone = (252, 222, 110)
    canvas.drawRect(
        skia.Rect.MakeXYWH(-0.66, -0.06, 1.12, 0.46),
        gradient((0, -0.06), (0, 0.4), tone, relight(tone, 0.86)),
    )
    canvas.drawPath(
        path_of((-0.66, -0.06), (-0.42, -0.30), (0.70, -0.30), (0.46, -0.06)),
        paint_of(mix(tone, WHITE, 0.5)),
    )
    canvas.drawPath(
        path_of((0.46, -0.06), (0.70, -0.30), (0.70, 0.16), (0.46, 0.40)),
        paint_of(relight(tone, 0.78)),
    )
    for x in (-0.5, -0.22):
        ball(canvas, (x + 0.1, -0.34), (0.16, 0.12), mix(tone, WHITE, 0.3), gloss=0.4)


def spaghetti(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """A nest of pasta on a plate."""
    plate(canvas, 0.42, 0.98, mix(scheme.base, WHITE, 0.86))
    tones: tuple[Rgb, ...] = ((246, 212, 122), (232, 186, 88), (250, 226, 156))
    for i in range(26):
        r = 0.72 - 0.022 * i
        y = 0.36 - 0.024 * i
        arc = skia.Rect.MakeXYWH(-r, y - r * 0.40, 2 * r, r * 0.66)
        canvas.drawArc(arc, dice.uniform(0, 360), 250, False, stroke(tones[i % 3], 0.055))
    leaf(canvas, (0.0, -0.26), 0.34, -32)
    leaf(canvas, (0.02, -0.26), 0.38, 26)


def popcorn(canvas: Any, _scheme: Scheme, dice: Dice) -> None:
    """Popped corn flying up from a heap."""
    for i in range(24):
        low = i >= 7
        x, y = dice.uniform(-0.8, 0.8), dice.uniform(-0.05, 0.7) if low else dice.uniform(-1, 0)
        size = dice.uniform(0.15, 0.21)
        for turn in range(4):
            way = turn * 1.6 + i
            at = (x + 0.6 * size * math.cos(way), y + 0.6 * size * math.sin(way))
            ball(canvas, at, (size * 0.72, size * 0.66), (254, 246, 214), gloss=0.4, soft=turn == 0)
        canvas.drawCircle(x, y, size * 0.3, paint_of((244, 190, 70), 0.8))


def corn(canvas: Any, _scheme: Scheme, _dice: Dice) -> None:
    """Two cobs in their husks."""
    for tilt, x in ((-24, -0.34), (20, 0.32)):
        canvas.save()
        canvas.translate(x, 0.1)
        canvas.rotate(tilt)
        cob = path_of(
            (-0.28, 0.5),
            (-0.36, -0.3, -0.16, -0.86, 0.0, -0.9),
            (0.16, -0.86, 0.36, -0.3, 0.28, 0.5),
        )
        canvas.drawPath(cob, gradient((-0.3, 0), (0.3, 0), (255, 220, 90), (226, 160, 20)))
        for row in range(10):
            for column in range(-2, 3):
                at = (column * 0.115, 0.42 - row * 0.13)
                disc(canvas, at, (0.05, 0.055), paint_of((255, 236, 140), 0.85))
        for side in (-1, 1):
            husk = path_of(
                (0, 0.86),
                (side * 0.62, 0.5, side * 0.5, -0.1, side * 0.34, -0.3),
                (side * 0.26, 0.1, side * 0.16, 0.5, 0, 0.86),
            )
            canvas.drawPath(husk, gradient((0, -0.3), (0, 0.8), (150, 196, 84), (74, 134, 48)))
        canvas.restore()


def candy(canvas: Any, _scheme: Scheme, dice: Dice) -> None:
    """Sweets of many colours, glossy."""
    tones: tuple[Rgb, ...] = (
        (232, 52, 84),
        (250, 180, 30),
        (70, 178, 92),
        (56, 140, 220),
        (158, 84, 196),
        (250, 120, 50),
    )
    for i in range(17):
        turn, far = i * 2.4, 0.80 * math.sqrt((i + 0.4) / 17)
        at = (far * math.cos(turn), 0.10 + far * 0.86 * math.sin(turn))
        ball(canvas, at, (0.235, 0.20), tones[i % 6], angle_deg=dice.uniform(-40, 40), gloss=0.8)
        disc(canvas, (at[0] - 0.07, at[1] - 0.08), (0.06, 0.035), paint_of(WHITE, 0.7))


def nut(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """Almonds, hazelnuts and walnuts in a heap."""
    leaf(canvas, (-0.4, -0.2), 0.7, -36)
    leaf(canvas, (-0.3, -0.2), 0.6, -8)
    tones: tuple[Rgb, ...] = ((176, 104, 52), (206, 146, 84), (140, 82, 40))
    for i in range(15):
        x = dice.uniform(-0.72, 0.72)
        y = 0.56 - 0.9 * (1 - abs(x)) * (i / 15) + dice.uniform(-0.06, 0.06)
        tone = tones[(i + scheme.seed) % 3]
        tilt = dice.uniform(-70, 70)
        ball(canvas, (x, y), (0.25, 0.155), tone, angle_deg=tilt, gloss=0.3)
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(tilt)
        for k in (-0.05, 0.0, 0.05):
            line = path_of((-0.2, k * 0.6), (0, k * 1.6, 0.21, k * 0.6), close=False)
            canvas.drawPath(line, stroke(relight(tone, 0.6), 0.014, 0.7))
        canvas.restore()


def potato(canvas: Any, scheme: Scheme, dice: Dice) -> None:
    """Potato crisps: thin, curved, edges browned."""
    tone = mix(scheme.item, (250, 206, 92), 0.5)
    for i in range(11):
        x = dice.uniform(-0.62, 0.62)
        y = 0.55 - 1.05 * (1 - abs(x) * 0.8) * (i / 11) ** 0.9
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(dice.uniform(-42, 42))
        chip = path_of(
            (-0.42, 0.04),
            (-0.34, -0.30, 0.20, -0.34, 0.42, -0.08),
            (0.46, 0.14, 0.10, 0.26, -0.10, 0.25),
            (-0.30, 0.24, -0.44, 0.16, -0.42, 0.04),
        )
        _shadow(canvas, chip)
        canvas.drawPath(
            chip, gradient((-0.3, -0.3), (0.3, 0.28), mix(tone, WHITE, 0.55), relight(tone, 0.86))
        )
        canvas.drawPath(chip, stroke((190, 120, 36), 0.028, 0.75))
        for _ in range(5):
            at = (dice.uniform(-0.28, 0.3), dice.uniform(-0.18, 0.16))
            canvas.drawCircle(*at, dice.uniform(0.012, 0.028), paint_of((196, 128, 44), 0.65))
        canvas.restore()


MORE = {
    "butter": butter,
    "candy": candy,
    "cheese": cheese,
    "corn": corn,
    "dumpling": dumpling,
    "egg": egg,
    "honey": honey,
    "kimchi": kimchi,
    "nut": nut,
    "pizza": pizza,
    "popcorn": popcorn,
    "potato": potato,
    "rice": rice,
    "seaweed": seaweed,
    "spaghetti": spaghetti,
    "stew": stew,
    "tofu": tofu,
}
