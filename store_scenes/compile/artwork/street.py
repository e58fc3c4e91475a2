"""The street beyond the shop front: sky, hazy towers, a row of houses, shops, parked cars."""

from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from store_scenes.compile.artwork.boards import rect, rounded
from store_scenes.compile.artwork.face import Rgb, face
from store_scenes.fixtures.artwork import Artwork
from store_scenes.models.art.brushes import gradient
from store_scenes.models.art.text import Box, paint_of

SKY_HIGH: Rgb = (112, 170, 226)
SKY_LOW: Rgb = (226, 240, 250)
HAZE: tuple[Rgb, ...] = ((186, 206, 222), (174, 196, 214), (196, 214, 228))
WALLS: tuple[Rgb, ...] = (
    (214, 190, 160), (178, 116, 92), (226, 220, 206), (160, 168, 160), (206, 156, 118),
    (188, 196, 204),
)  # fmt: skip
AWNINGS: tuple[Rgb, ...] = ((172, 44, 48), (36, 104, 92), (44, 84, 140), (206, 140, 44))
CARS: tuple[Rgb, ...] = ((196, 200, 204), (46, 58, 78), (170, 40, 40), (232, 232, 228))
DAZZLE: Rgb = (246, 250, 253)
GROUND = 97.0
"""The far pavement's height from the top, of 100; the picture shows nine metres."""


def street(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """One tile of the picture; neighbours fit together."""
    del language
    pixels, surface, canvas, width = face(artwork, SKY_LOW)
    rect(canvas, 0, 0, width, 100, gradient((0, 0), (0, 62), SKY_HIGH, SKY_LOW))
    _clouds(canvas, width)
    for number in range(int(width / 17) + 1):
        high = 38 + (number * 37) % 23
        x = number * 17.0
        rect(canvas, x, 84 - high, 13.0, high, paint_of(HAZE[number % 3]))
        for floor in range(int(high / 4)):
            for window in range(4):
                rect(canvas, x + 1.4 + window * 2.9, 85.5 - high + floor * 4, 1.6, 1.8,
                     paint_of((214, 228, 238), 0.8))  # fmt: skip
    x, number = 0.0, 0
    while x < width:
        wide = 30.0 + (number * 13) % 17
        _house(canvas, x, wide, 48.0 + (number * 29) % 16, number)
        x += wide
        number += 1
    rect(canvas, 0, 0, width, GROUND, paint_of(DAZZLE, 0.28))
    rect(canvas, 0, GROUND - 1.0, width, 4, paint_of((176, 174, 168)))
    for number in range(int(width / 46) + 1):
        _car(canvas, number * 46.0 + 9.0 + (number * 7) % 11, CARS[number % 4])
    rect(canvas, 0, GROUND + 2.2, width, 1, paint_of((120, 120, 118)))
    # Eyes that are used to the shop's light see the day outside paler, the farther the paler.
    rect(canvas, 0, 0, width, 100, paint_of(DAZZLE, 0.16))
    del surface
    return pixels


def _clouds(canvas: Any, width: float) -> None:
    for number in range(int(width / 40) + 1):
        x, y = number * 41.0 + 12, 9 + (number * 11) % 15
        for dx, dy, radius in ((0, 0, 5.0), (6, -1.5, 6.0), (12, 0.5, 4.5), (-5, 1.0, 3.5)):
            canvas.drawOval(
                skia.Rect.MakeXYWH(x + dx - radius, y + dy - radius * 0.5, radius * 2.2, radius),
                paint_of((255, 255, 255), 0.45),
            )


def _house(canvas: Any, x: float, wide: float, high: float, number: int) -> None:
    wall = WALLS[number % len(WALLS)]
    top = GROUND - high
    dark: Rgb = (wall[0] * 3 // 4, wall[1] * 3 // 4, wall[2] * 3 // 4)
    rect(canvas, x, top, wide, high, gradient((0, top), (0, GROUND), wall, dark))
    rect(canvas, x - 0.4, top - 1.4, wide + 0.8, 2.4, paint_of(dark))
    columns = max(int(wide / 8), 2)
    pitch = wide / columns
    for floor in range(int((high - 26) / 10.5) + 1):
        y = top + 4.5 + floor * 10.5
        for column in range(columns):
            left = x + pitch * (column + 0.5) - 2.1
            rect(canvas, left - 0.5, y - 0.5, 5.2, 7.0, paint_of((240, 238, 232)))
            rect(canvas, left, y, 4.2, 6.0, gradient((0, y), (0, y + 6), (96, 130, 158),
                                                     (58, 76, 92)))  # fmt: skip
            rect(canvas, left + 1.95, y, 0.3, 6.0, paint_of((240, 238, 232)))
            if (column + floor + number) % 3 == 0:
                rect(canvas, left - 0.2, y + 5.2, 4.6, 1.4, paint_of((70, 120, 62)))
    shop = GROUND - 20.0
    rect(canvas, x + 1, shop, wide - 2, 20, paint_of((66, 62, 58)))
    rect(canvas, x + 2, shop + 5.5, wide - 4, 11.5,
         gradient((0, shop + 5), (0, GROUND), (250, 226, 176), (150, 128, 104)))  # fmt: skip
    rect(canvas, x + wide * 0.58, shop + 5.5, 0.6, 14.5, paint_of((66, 62, 58)))
    awning = AWNINGS[number % len(AWNINGS)]
    for stripe in range(int(wide / 2.0) - 1):
        tone = awning if stripe % 2 == 0 else (244, 242, 236)
        rect(canvas, x + 1 + stripe * 2.0, shop + 3.2, 2.0, 3.4, paint_of(tone))
    rect(canvas, x + 1, shop - 0.6, wide - 2, 3.8, paint_of(awning))
    rect(canvas, x + wide * 0.25, shop + 0.5, wide * 0.4, 1.6, paint_of((250, 248, 240), 0.85))


def _car(canvas: Any, x: float, tone: Rgb) -> None:
    base = GROUND + 0.6
    canvas.drawOval(skia.Rect.MakeXYWH(x - 1, base - 0.6, 33, 2.4), paint_of((40, 42, 44), 0.5))
    roof = skia.Path()
    roof.moveTo(x + 5, base - 8)
    roof.quadTo(x + 9, base - 14, x + 13, base - 14)
    roof.lineTo(x + 20, base - 14)
    roof.quadTo(x + 24, base - 13.5, x + 27, base - 8)
    roof.close()
    canvas.drawPath(roof, paint_of(tone))
    glass = skia.Path()
    glass.addPoly([skia.Point(x + 7.4, base - 8.4), skia.Point(x + 10.4, base - 12.6),
                   skia.Point(x + 20, base - 12.6), skia.Point(x + 24.4, base - 8.4)],
                  True)  # fmt: skip
    canvas.drawPath(glass, paint_of((54, 74, 90)))
    dark: Rgb = (tone[0] * 2 // 3, tone[1] * 2 // 3, tone[2] * 2 // 3)
    rounded(canvas, Box(x, base - 8.6, 31, 6.8), 2.4,
            gradient((0, base - 9), (0, base - 2), tone, dark))  # fmt: skip
    rect(canvas, x + 15.4, base - 13, 0.7, 11, paint_of(dark))
    for wheel in (6.0, 25.0):
        canvas.drawCircle(x + wheel, base - 1.8, 2.9, paint_of((34, 35, 37)))
        canvas.drawCircle(x + wheel, base - 1.8, 1.5, paint_of((168, 170, 172)))
