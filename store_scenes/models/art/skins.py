"""The skin of loose fruit and vegetables: an explicit table from form to painter.

A skin panel goes once around, its middle faces the shopper, its top is the stem's end.
Millimetres, y down.
"""

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import skia

from store_scenes.models.art.brushes import WHITE, stroke, upright_fade
from store_scenes.models.art.text import paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import mix, relight

TONES: dict[str, Rgb] = {
    "apple": (200, 54, 44), "aubergine": (74, 42, 90), "avocado": (63, 74, 42),
    "banana": (242, 207, 59), "broccoli": (78, 128, 58), "cabbage": (169, 199, 124),
    "carrot": (234, 122, 36), "chilli": (206, 42, 32), "citrus": (242, 140, 30),
    "courgette": (127, 174, 74), "cucumber": (63, 122, 53), "garlic": (240, 234, 222),
    "grapes": (88, 42, 106), "kiwi": (122, 106, 58), "kohlrabi": (170, 200, 130),
    "lemon": (240, 212, 58), "lettuce": (111, 174, 61), "mango": (233, 162, 58),
    "melon": (169, 183, 117), "mushroom": (196, 160, 122), "napa": (184, 204, 122),
    "onion": (201, 139, 63), "oriental-melon": (240, 198, 46), "peach": (240, 169, 143),
    "pear": (201, 178, 78), "pepper": (209, 47, 42), "persimmon": (232, 132, 42),
    "pineapple": (197, 138, 46), "plum": (125, 36, 64), "pomegranate": (179, 43, 58),
    "potato": (185, 146, 90), "pumpkin": (61, 90, 52), "radish": (233, 239, 224),
    "spring-onion": (106, 160, 72), "sweet-potato": (138, 63, 74), "tomato": (208, 56, 42),
    "watermelon": (47, 107, 59),
}  # fmt: skip
"""What colour a form has when the catalogue does not say."""

BLEED_MM = 3.0


@dataclass(frozen=True, slots=True)
class Skin:
    """A skin being painted."""

    canvas: Any
    width: float
    height: float
    tone: Rgb
    dice: random.Random

    def fade(self, *stops: tuple[float, Rgb]) -> None:
        """Colours from top to bottom, at shares of the height."""
        ends = (*stops, (1.02, stops[-1][1]))
        for (start, above), (end, below) in itertools.pairwise(ends):
            rect = skia.Rect.MakeLTRB(-BLEED_MM, start * self.height, self.width + BLEED_MM,
                                      end * self.height + 0.2)  # fmt: skip
            upright_fade(self.canvas, rect, above, below)

    def specks(
        self, count: int, size: tuple[float, float], colour: Rgb, alpha: float,
        span: tuple[float, float] = (0.0, 1.0),
    ) -> None:  # fmt: skip
        """Dots all over, their radius as shares of the width."""
        path, dice = skia.Path(), self.dice
        for _ in range(count):
            path.addCircle(dice.uniform(0, self.width), dice.uniform(*span) * self.height,
                           dice.uniform(*size) * self.width)  # fmt: skip
        self.canvas.drawPath(path, paint_of(colour, alpha))

    def streaks(
        self, count: int, width: tuple[float, float], colour: Rgb, alpha: float,
        span: tuple[float, float] = (0.0, 1.0), sway: float = 0.01, ragged: float = 0.25,
    ) -> None:  # fmt: skip
        """Lines from stem to foot."""
        dice = self.dice
        for i in range(count):
            x = (i + dice.uniform(0.1, 0.9)) / count * self.width
            start = (span[0] + dice.uniform(0, ragged) * (span[1] - span[0])) * self.height
            end = (span[1] - dice.uniform(0, ragged) * (span[1] - span[0])) * self.height
            path = skia.Path()
            path.moveTo(x, start)
            lean = dice.uniform(-sway, sway) * self.width
            path.quadTo(x + 2 * lean, (start + end) / 2, x + lean, end)
            wide = dice.uniform(*width) * self.width
            self.canvas.drawPath(path, stroke(colour, wide, alpha * dice.uniform(0.5, 1.0)))

    def rings(self, count: int, colour: Rgb, alpha: float, length: float) -> None:
        """Short marks that run around."""
        path, dice = skia.Path(), self.dice
        for _ in range(count):
            x, y = dice.uniform(0, self.width), dice.uniform(0.02, 0.98) * self.height
            reach = dice.uniform(0.3, 1.0) * length * self.width
            path.moveTo(x - reach, y)
            path.quadTo(x, y + 0.006 * self.height, x + reach, y)
        self.canvas.drawPath(path, stroke(colour, 0.006 * self.width, alpha))

    def blush(self, at: float, colour: Rgb, alpha: float, reach: float = 0.30) -> None:
        """A soft cloud of colour about a share of the way around; at both ends it goes on."""
        for x in (at - 1, at, at + 1):
            centre = skia.Point(x * self.width, 0.45 * self.height)
            paint = skia.Paint(
                AntiAlias=True,
                Shader=skia.GradientShader.MakeRadial(
                    center=centre,
                    radius=reach * self.width,
                    colors=[skia.Color(*colour, round(255 * alpha)),
                            skia.Color(*colour, round(160 * alpha)), skia.Color(*colour, 0)],
                    positions=[0.0, 0.5, 1.0],
                ),
            )  # fmt: skip
            self.canvas.drawCircle(centre, reach * self.width, paint)


def draw_skin(canvas: Any, panel: Panel, form: str, tone: Rgb, seed: int) -> None:
    """Cover a skin panel; `tone` is the colour of the whole."""
    dice = random.Random(seed)  # noqa: S311 - arranges, hides nothing
    skin = Skin(canvas, panel.width_mm, panel.height_mm, tone, dice)
    _SKINS.get(form, _plain)(skin)


def _plain(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, WHITE, 0.12)), (0.5, tone), (1.0, relight(tone, 0.88)))
    skin.specks(60, (0.002, 0.005), relight(tone, 0.8), 0.35)


def _apple(skin: Skin) -> None:
    tone, gold = skin.tone, (226, 196, 92)
    green = tone[1] > tone[0] * 0.9
    if green:
        skin.fade((0, relight(tone, 0.85)), (0.3, tone), (1.0, mix(tone, gold, 0.35)))
        skin.blush(0.6, (226, 150, 90), 0.22)
    else:
        skin.fade((0, gold), (0.08, mix(tone, gold, 0.45)), (0.26, tone), (0.8, tone),
                  (1.0, mix(tone, gold, 0.55)))  # fmt: skip
        skin.streaks(46, (0.003, 0.012), mix(tone, gold, 0.75), 0.55, (0.05, 0.95), 0.012, 0.5)
        skin.streaks(40, (0.003, 0.010), relight(tone, 0.7), 0.45, (0.10, 0.95), 0.012, 0.4)
    skin.specks(150, (0.0012, 0.0026), mix(gold, WHITE, 0.4), 0.75)


def _pear(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, (120, 110, 60), 0.35)), (0.25, tone), (1.0, relight(tone, 0.92)))
    skin.blush(0.62, (206, 140, 70), 0.25)
    skin.specks(340, (0.0014, 0.0034), relight(tone, 0.62), 0.6)


def _citrus(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, (130, 140, 40), 0.25)), (0.10, tone), (0.9, tone),
              (1.0, relight(tone, 0.9)))  # fmt: skip
    skin.specks(900, (0.0016, 0.0036), relight(tone, 0.82), 0.55)
    skin.specks(600, (0.0010, 0.0022), mix(tone, WHITE, 0.45), 0.5)


def _tomato(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, (236, 150, 60), 0.55)), (0.22, tone), (0.85, tone),
              (1.0, relight(tone, 0.86)))  # fmt: skip
    skin.streaks(10, (0.02, 0.05), mix(tone, (240, 140, 70), 0.5), 0.25, (0.0, 0.4), 0.01)
    skin.specks(70, (0.001, 0.002), mix(tone, WHITE, 0.5), 0.4)


def _peach(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, (250, 226, 160), 0.55)), (0.5, tone), (1.0, mix(tone, WHITE, 0.25)))
    for at in (0.30, 0.62, 0.86):
        skin.blush(at, (206, 52, 62), 0.55, 0.22)
    skin.specks(500, (0.001, 0.003), mix(tone, WHITE, 0.55), 0.35)
    skin.specks(300, (0.001, 0.003), (190, 60, 66), 0.25)


def _bloomed(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, (210, 206, 226), 0.30)), (0.3, tone), (1.0, relight(tone, 0.84)))
    for at in (0.2, 0.55, 0.9):
        skin.blush(at, (226, 224, 242), 0.28, 0.20)
    skin.specks(120, (0.001, 0.003), mix(tone, WHITE, 0.5), 0.4)


def _furry(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, relight(tone, 0.85)), (0.5, tone), (1.0, relight(tone, 0.8)))
    skin.streaks(150, (0.001, 0.003), relight(tone, 0.65), 0.5, (0.0, 1.0), 0.02, 0.8)
    skin.streaks(120, (0.001, 0.003), mix(tone, (226, 206, 150), 0.5), 0.5, (0.0, 1.0), 0.02, 0.8)


def _pebbled(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, (120, 140, 60), 0.3)), (0.4, tone), (1.0, relight(tone, 0.8)))
    skin.specks(420, (0.003, 0.008), relight(tone, 0.72), 0.6)
    skin.specks(320, (0.002, 0.005), mix(tone, (170, 186, 110), 0.5), 0.5)


def _mango(skin: Skin) -> None:
    tone = skin.tone
    skin.fade(
        (0, mix(tone, (206, 60, 40), 0.45)), (0.5, tone), (1.0, mix(tone, (150, 160, 50), 0.4))
    )
    skin.blush(0.42, (206, 56, 44), 0.6, 0.24)
    skin.blush(0.85, (120, 150, 50), 0.5, 0.24)
    skin.specks(160, (0.001, 0.003), mix(tone, WHITE, 0.6), 0.6)


def _watermelon(skin: Skin) -> None:
    tone = skin.tone
    light = mix(tone, (158, 196, 110), 0.62)
    skin.fade((0, mix(light, WHITE, 0.1)), (0.5, light), (1.0, mix(light, (230, 220, 150), 0.4)))
    count = 11
    for i in range(count):
        x = (i + 0.5) / count * skin.width
        path = skia.Path()
        steps = 22
        left, right = [], []
        for step in range(steps + 1):
            y = step / steps * skin.height
            wide = (0.020 + 0.018 * math.sin(math.pi * step / steps)) * skin.width
            jag = skin.dice.uniform(0.4, 1.15)
            left.append((x - wide * jag, y))
            right.append((x + wide * skin.dice.uniform(0.4, 1.15), y))
        path.addPoly([skia.Point(*point) for point in (*left, *reversed(right))], True)
        skin.canvas.drawPath(path, paint_of(relight(tone, 0.72)))
    skin.streaks(26, (0.002, 0.005), relight(tone, 0.7), 0.4, (0, 1), 0.03, 0.2)


def _netted(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, WHITE, 0.10)), (0.5, tone), (1.0, relight(tone, 0.9)))
    cord = mix((236, 226, 196), tone, 0.12)
    dice = skin.dice
    for turn in range(2):
        for i in range(46):
            path = skia.Path()
            x = dice.uniform(0, skin.width)
            y = dice.uniform(-0.1, 1.0) * skin.height
            path.moveTo(x, y)
            for _ in range(6):
                x += dice.uniform(0.01, 0.045) * skin.width * (1 if (i + turn) % 2 else -1)
                y += dice.uniform(0.02, 0.07) * skin.height
                path.lineTo(x, y)
            skin.canvas.drawPath(path, stroke(cord, dice.uniform(0.003, 0.006) * skin.width, 0.85))
    skin.rings(70, cord, 0.8, 0.03)


def _grooved(skin: Skin) -> None:
    """Oriental melon: pale furrows between broad ribs."""
    tone = skin.tone
    skin.fade((0, mix(tone, (190, 200, 90), 0.3)), (0.2, tone), (1.0, tone))
    for i in range(10):
        # Where the form has its furrows (`globe._lobes`).
        x = (i + 0.873) / 10 * skin.width
        for wide, alpha in ((0.030, 0.5), (0.014, 0.9)):
            skin.canvas.drawLine(x, -2, x, skin.height + 2,
                                 stroke((252, 246, 214), wide * skin.width, alpha))  # fmt: skip
    skin.specks(120, (0.001, 0.002), mix(tone, WHITE, 0.5), 0.4)


def _pumpkin(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, relight(tone, 0.8)), (0.5, tone), (1.0, relight(tone, 0.85)))
    light = mix(tone, (190, 206, 130), 0.55)
    skin.streaks(18, (0.004, 0.012), light, 0.55, (0, 1), 0.01, 0.2)
    skin.specks(260, (0.002, 0.006), light, 0.55)
    skin.specks(120, (0.002, 0.005), relight(tone, 0.6), 0.5)


def _papery(skin: Skin) -> None:
    """Onion and garlic: dry skins with fine veins."""
    tone = skin.tone
    skin.fade((0, mix(tone, (226, 196, 130), 0.5)), (0.2, tone), (0.85, tone),
              (1.0, mix(tone, (236, 222, 190), 0.5)))  # fmt: skip
    skin.streaks(60, (0.001, 0.004), relight(tone, 0.68), 0.55, (0, 1), 0.01, 0.12)
    skin.streaks(30, (0.006, 0.016), mix(tone, WHITE, 0.35), 0.28, (0, 1), 0.01, 0.2)


def _garlic(skin: Skin) -> None:
    _papery(skin)
    skin.streaks(26, (0.004, 0.010), (156, 110, 150), 0.30, (0.2, 1.0), 0.02, 0.4)


def _veined(skin: Skin) -> None:
    """Cabbages: pale ribs that branch upwards."""
    tone = skin.tone
    pale = mix(tone, (248, 250, 226), 0.62)
    skin.fade((0, relight(tone, 0.92)), (0.5, tone), (1.0, pale))
    dice = skin.dice
    for i in range(7):
        x = (i + dice.uniform(0.3, 0.7)) / 7 * skin.width
        skin.canvas.drawLine(x, skin.height, x, 0.12 * skin.height,
                             stroke(pale, 0.012 * skin.width, 0.9))  # fmt: skip
        for k in range(7):
            y = skin.height * (0.95 - 0.12 * k)
            for side in (-1, 1):
                path = skia.Path()
                path.moveTo(x, y)
                reach = side * dice.uniform(0.04, 0.08) * skin.width
                path.quadTo(x + 0.4 * reach, y - 0.03 * skin.height, x + reach,
                            y - dice.uniform(0.08, 0.14) * skin.height)  # fmt: skip
                skin.canvas.drawPath(path, stroke(pale, 0.004 * skin.width, 0.8))


def _earthy(skin: Skin) -> None:
    """Potatoes: specks, eyes, a little soil."""
    tone = skin.tone
    skin.fade((0, relight(tone, 0.94)), (0.5, tone), (1.0, relight(tone, 0.9)))
    for at in (0.1, 0.4, 0.75):
        skin.blush(at, relight(tone, 0.75), 0.30, 0.20)
    skin.specks(420, (0.001, 0.004), relight(tone, 0.66), 0.55)
    skin.specks(200, (0.001, 0.003), mix(tone, WHITE, 0.35), 0.5)
    skin.rings(16, relight(tone, 0.5), 0.7, 0.014)


def _sweet_potato(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, relight(tone, 0.82)), (0.3, tone), (1.0, relight(tone, 0.85)))
    skin.rings(60, relight(tone, 0.62), 0.6, 0.03)
    skin.specks(200, (0.001, 0.004), mix(tone, (226, 190, 170), 0.5), 0.5)


def _cucumber(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, relight(tone, 0.8)), (0.3, tone), (1.0, mix(tone, (190, 206, 110), 0.35)))
    skin.streaks(26, (0.004, 0.012), mix(tone, (196, 214, 120), 0.6), 0.45, (0.25, 1.0), 0.01, 0.5)
    skin.specks(220, (0.003, 0.006), relight(tone, 0.66), 0.6)
    skin.specks(120, (0.001, 0.003), mix(tone, WHITE, 0.4), 0.6)


def _courgette(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, relight(tone, 0.8)), (0.15, tone), (1.0, mix(tone, (214, 226, 140), 0.25)))
    skin.streaks(14, (0.010, 0.022), mix(tone, WHITE, 0.30), 0.35, (0, 1), 0.006, 0.1)
    skin.specks(420, (0.002, 0.005), mix(tone, (232, 240, 180), 0.7), 0.55)


def _aubergine(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, (170, 130, 160), 0.5)), (0.10, tone), (1.0, relight(tone, 0.8)))
    skin.streaks(20, (0.004, 0.010), mix(tone, (120, 80, 140), 0.5), 0.25, (0, 1), 0.01, 0.3)


def _carrot(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, mix(tone, (130, 130, 50), 0.35)), (0.06, tone), (1.0, relight(tone, 0.92)))
    skin.rings(90, relight(tone, 0.72), 0.55, 0.05)
    skin.streaks(12, (0.004, 0.012), mix(tone, (255, 190, 100), 0.5), 0.35, (0, 1), 0.01, 0.3)


def _radish(skin: Skin) -> None:
    tone = skin.tone
    green = (150, 186, 96)
    skin.fade((0, green), (0.14, mix(green, tone, 0.3)), (0.38, tone), (1.0, mix(tone, WHITE, 0.3)))
    skin.rings(70, relight(tone, 0.86), 0.6, 0.03)
    skin.specks(40, (0.001, 0.003), relight(tone, 0.7), 0.5)


def _smooth(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, relight(tone, 0.86)), (0.25, tone), (0.8, tone), (1.0, relight(tone, 0.82)))
    skin.streaks(10, (0.02, 0.05), mix(tone, WHITE, 0.22), 0.25, (0.05, 1.0), 0.01, 0.2)


def _pineapple(skin: Skin) -> None:
    tone = skin.tone
    skin.fade(
        (0, mix(tone, (110, 130, 50), 0.5)), (0.6, tone), (1.0, mix(tone, (236, 176, 60), 0.4))
    )
    columns, rows = 14, 12
    step_x, step_y = skin.width / columns, skin.height / rows
    for row in range(-1, rows + 1):
        for column in range(-1, columns + 1):
            x, y = (column + 0.5 * (row % 2)) * step_x, (row + 0.5) * step_y
            eye = skia.Path()
            corners = ((0, -0.95), (0.48, 0), (0, 0.95), (-0.48, 0))
            eye.addPoly([skia.Point(x + a * step_x, y + b * step_y) for a, b in corners], True)
            skin.canvas.drawPath(eye, stroke(relight(tone, 0.5), 0.10 * step_x, 0.8))
            skin.canvas.drawCircle(x, y, 0.15 * step_x, paint_of(relight(tone, 0.45), 0.8))
            skin.canvas.drawCircle(x, y - 0.22 * step_y, 0.14 * step_x,
                                   paint_of(mix(tone, (250, 226, 150), 0.5), 0.7))  # fmt: skip


def _banana(skin: Skin) -> None:
    tone = skin.tone
    green = (150, 170, 60)
    skin.fade((0, (96, 84, 44)), (0.05, mix(tone, green, 0.7)), (0.18, tone), (0.85, tone),
              (0.95, mix(tone, green, 0.5)), (1.0, (60, 48, 34)))  # fmt: skip
    skin.streaks(5, (0.006, 0.012), relight(tone, 0.82), 0.6, (0.05, 0.95), 0.006, 0.05)
    skin.specks(80, (0.002, 0.005), (140, 96, 40), 0.45)


def _mushroom(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, tone), (0.35, relight(tone, 0.86)), (0.5, mix(tone, (240, 230, 214), 0.6)),
              (1.0, (240, 232, 218)))  # fmt: skip
    skin.specks(160, (0.003, 0.010), mix(tone, WHITE, 0.3), 0.35, (0.0, 0.45))
    skin.streaks(40, (0.001, 0.003), relight(tone, 0.8), 0.35, (0.5, 1.0), 0.005, 0.4)


def _florets(skin: Skin) -> None:
    tone = skin.tone
    skin.fade((0, tone), (0.6, relight(tone, 0.85)), (1.0, mix(tone, (190, 206, 140), 0.5)))
    skin.specks(520, (0.004, 0.009), relight(tone, 0.72), 0.7)
    skin.specks(520, (0.003, 0.006), mix(tone, (170, 200, 110), 0.5), 0.7)


_SKINS: dict[str, Callable[[Skin], None]] = {
    "apple": _apple, "aubergine": _aubergine, "avocado": _pebbled, "banana": _banana,
    "broccoli": _florets, "cabbage": _veined, "carrot": _carrot, "chilli": _smooth,
    "citrus": _citrus, "courgette": _courgette, "cucumber": _cucumber, "garlic": _garlic,
    "grapes": _bloomed, "kiwi": _furry, "kohlrabi": _veined, "lemon": _citrus,
    "lettuce": _veined, "mango": _mango, "melon": _netted, "mushroom": _mushroom,
    "napa": _veined, "onion": _papery, "oriental-melon": _grooved, "peach": _peach,
    "pear": _pear, "pepper": _smooth, "persimmon": _tomato, "pineapple": _pineapple,
    "plum": _bloomed, "pomegranate": _apple, "potato": _earthy, "pumpkin": _pumpkin,
    "radish": _radish, "spring-onion": _radish, "sweet-potato": _sweet_potato,
    "tomato": _tomato, "watermelon": _watermelon,
}  # fmt: skip
