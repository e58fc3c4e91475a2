"""Signs and boards: aisle numbers, departments, offers, the lane over a till, the way out."""

from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from store_scenes.compile.artwork.face import (
    GREEN,
    GREEN_DARK,
    INK,
    RED,
    WHITE,
    YELLOW,
    Rgb,
    face,
    texts,
)
from store_scenes.fixtures.artwork import Artwork
from store_scenes.models.art.brushes import ball, bowl, gradient, leaf, stroke
from store_scenes.models.art.text import Box, draw_text, paint_of

HEADERS: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "offer": ((206, 32, 42), (150, 14, 28), WHITE),
    "cold": ((36, 104, 150), (18, 66, 108), WHITE),
    "fresh": ((62, 118, 44), (34, 80, 30), (255, 250, 226)),
    "": (GREEN, GREEN_DARK, WHITE),
}
BOARDS: dict[str, tuple[Rgb, Rgb]] = {
    "produce": ((58, 124, 48), (36, 88, 34)),
    "chilled": ((38, 108, 158), (22, 74, 118)),
    "bakery": ((150, 92, 44), (112, 64, 28)),
    "tills": ((70, 76, 84), (46, 50, 58)),
    "": (GREEN, GREEN_DARK),
}


def rect(canvas: Any, x: float, y: float, width: float, height: float, paint: Any) -> None:
    """A filled rectangle."""
    canvas.drawRect(skia.Rect.MakeXYWH(x, y, width, height), paint)


def rounded(canvas: Any, box: Box, radius: float, paint: Any) -> None:
    """A filled rectangle with round corners."""
    shape = skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height)
    canvas.drawRoundRect(shape, radius, radius, paint)


def two_lines(canvas: Any, lines: list[str], box: Box, ink: Rgb, size: float, align: str) -> None:
    """The first text large, the others small under it; what is long takes two lines."""
    head = 0.62 if len(lines) > 1 else 1.0
    side: Any = align
    large = Box(box.x, box.y, box.width, box.height * head)
    draw_text(canvas, lines[0], large, ink, size_max=size, align=side, lines_max=2)
    if len(lines) > 1:
        rest = Box(box.x, box.y + box.height * (head + 0.03), box.width,
                   box.height * (0.97 - head))  # fmt: skip
        draw_text(
            canvas, " · ".join(lines[1:3]), rest, ink, weight="regular", size_max=size * 0.46,
            align=side, alpha=0.92, lines_max=2,
        )  # fmt: skip


def aisle(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """A large number on white, the aisle's names on the house's green."""
    pixels, surface, canvas, width = face(artwork, GREEN)
    rect(canvas, 0, 0, width, 100, gradient((0, 0), (0, 100), (22, 132, 122), (10, 96, 90)))
    numbered = 92.0 if artwork.detail else 0.0
    if artwork.detail:
        rect(canvas, 0, 0, numbered, 100, paint_of(WHITE))
        rect(canvas, numbered, 0, 3, 100, paint_of(YELLOW))
        draw_text(canvas, artwork.detail, Box(4, 2, numbered - 8, 94), GREEN_DARK, size_max=92)
    lines = texts(artwork, language)
    if lines:
        two_lines(canvas, lines, Box(numbered + 14, 12, width - numbered - 26, 78), WHITE, 52,
                  "left" if artwork.detail else "centre")  # fmt: skip
    rect(canvas, numbered, 94, width - numbered, 6, paint_of(GREEN_DARK))
    del surface
    return pixels


def board(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """A department's or the store's names, white on the colour of `detail`."""
    light, dark = BOARDS.get(artwork.detail, BOARDS[""])
    pixels, surface, canvas, width = face(artwork, light)
    rect(canvas, 0, 0, width, 100, gradient((0, 0), (0, 100), light, dark))
    rect(canvas, 0, 93, width, 7, paint_of(YELLOW, 0.95))
    lines = texts(artwork, language)
    if lines and artwork.aspect > 5.0 and len(lines) > 1:
        box = Box(18, 14, width * 0.52 - 24, 70)
        shown = draw_text(canvas, lines[0], box, WHITE, size_max=66, align="left")
        x = shown.x + shown.width + 16
        draw_text(canvas, lines[1], Box(x, 26, width - x - 14, 56), WHITE, weight="regular",
                  size_max=36, align="left", alpha=0.92)  # fmt: skip
    elif lines:
        two_lines(canvas, lines, Box(14, 10, width - 28, 76), WHITE, 56, "centre")
    del surface
    return pixels


def header(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """An offer's headline, or what a case holds."""
    light, dark, ink = HEADERS.get(artwork.detail, HEADERS[""])
    pixels, surface, canvas, width = face(artwork, light)
    rect(canvas, 0, 0, width, 100, gradient((0, 0), (0, 100), light, dark))
    if artwork.detail == "offer":
        for x in range(-100, int(width) + 100, 26):
            path = skia.Path()
            path.addPoly([skia.Point(x, 100), skia.Point(x + 11, 100), skia.Point(x + 61, 0),
                          skia.Point(x + 50, 0)], True)  # fmt: skip
            canvas.drawPath(path, paint_of(WHITE, 0.06))
        rect(canvas, 0, 0, width, 6, paint_of(YELLOW))
        rect(canvas, 0, 94, width, 6, paint_of(YELLOW))
        ink = (255, 236, 120)
    elif artwork.detail == "fresh":
        rect(canvas, 0, 92, width, 3, paint_of((200, 226, 120)))
    lines = texts(artwork, language)
    if lines:
        two_lines(canvas, lines, Box(width * 0.05, 12, width * 0.9, 76), ink, 62, "centre")
    del surface
    return pixels


def lane(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """The lit number over a till."""
    pixels, surface, canvas, width = face(artwork, GREEN)
    word = {"ko": "계산대"}.get(language, "")
    rect(canvas, 0, 0, width, 100, gradient((0, 0), (0, 100), (26, 160, 142), GREEN))
    box = Box(8, 4, width - 16, 68 if word else 92)
    draw_text(canvas, artwork.detail or "·", box, WHITE, size_max=84)
    if word:
        draw_text(canvas, word, Box(8, 70, width - 16, 24), WHITE, size_max=20)
    del surface
    return pixels


def exit_sign(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """The running figure's green, an arrow and the word."""
    pixels, surface, canvas, width = face(artwork, (10, 132, 72))
    word = "비상구" if language == "ko" else "EXIT"
    ink = paint_of(WHITE)
    canvas.drawCircle(46, 24, 9, ink)
    line = stroke(WHITE, 9.0)
    for start, end in (((46, 38), (40, 62)), ((40, 62), (56, 74)), ((56, 74), (52, 92)),
                       ((40, 62), (26, 76)), ((26, 76), (12, 78)), ((46, 40), (64, 50)),
                       ((46, 40), (28, 48))):  # fmt: skip
        canvas.drawLine(*start, *end, line)
    draw_text(canvas, word, Box(80, 10, width - 150, 80), WHITE, size_max=60)
    arrow = skia.Path()
    arrow.addPoly([skia.Point(width - 14, 50), skia.Point(width - 44, 22),
                   skia.Point(width - 44, 78)], True)  # fmt: skip
    canvas.drawPath(arrow, ink)
    rect(canvas, width - 62, 41, 22, 18, ink)
    del surface
    return pixels


def push(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """The band at eye height on a glass door."""
    pixels, surface, canvas, width = face(artwork, (240, 242, 242))
    for x in range(6, int(width), 24):
        canvas.drawCircle(x, 18, 5, paint_of(GREEN))
        canvas.drawCircle(x, 82, 5, paint_of(GREEN))
    word = "자동문" if language == "ko" else "AUTOMATIC DOOR"
    draw_text(canvas, word, Box(10, 28, width - 20, 44), GREEN_DARK, size_max=40)
    del surface
    return pixels


def hours(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """Opening hours by the door."""
    pixels, surface, canvas, width = face(artwork, (250, 249, 245))
    korean = language == "ko"
    rect(canvas, 0, 0, width, 20, paint_of(GREEN))
    title = "영업시간" if korean else "Opening hours"
    draw_text(canvas, title, Box(4, 3, width - 8, 14), WHITE, size_max=12)
    rows = [("평일" if korean else "Mon-Fri", "08:00 - 23:00"),
            ("토요일" if korean else "Saturday", "08:00 - 23:00"),
            ("일요일" if korean else "Sunday", "09:00 - 22:00")]  # fmt: skip
    for number, (day, time) in enumerate(rows):
        y = 28 + 17 * number
        draw_text(canvas, day, Box(6, y, width * 0.4, 11), INK, size_max=8, align="left")
        draw_text(canvas, time, Box(width * 0.4, y, width * 0.6 - 6, 11), INK, weight="regular",
                  size_max=8, align="right")  # fmt: skip
        rect(canvas, 6, y + 13, width - 12, 0.5, paint_of((190, 190, 186)))
    names = texts(artwork, language)
    if names:
        draw_text(canvas, names[0], Box(6, 82, width - 12, 12), GREEN_DARK, size_max=9)
    del surface
    return pixels


def notice(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """A cork board with papers pinned to it."""
    del language
    pixels, surface, canvas, width = face(artwork, (186, 146, 102))
    noise = np.random.default_rng(7).integers(-9, 10, pixels.shape[:2])
    pixels[..., :3] = np.clip(pixels[..., :3].astype(int) + noise[..., None], 0, 255)
    papers = ((8, 8, 34, 40, -3.0, WHITE), (50, 6, 38, 30, 2.0, (255, 240, 170)),
              (12, 54, 30, 38, 1.5, (206, 230, 240)), (48, 42, 40, 52, -1.0, WHITE),
              (96, 10, 40, 56, 1.0, (250, 226, 220)), (98, 70, 38, 24, -2.0, WHITE))  # fmt: skip
    for x, y, wide, high, lean, paper in papers:
        if x + wide > width:
            continue
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(lean)
        rect(canvas, 1, 1, wide, high, paint_of((0, 0, 0), 0.25))
        rect(canvas, 0, 0, wide, high, paint_of(paper))
        rect(canvas, 4, 5, wide * 0.7, 4, paint_of(GREEN if x < 50 else RED))
        for row in range(int((high - 16) / 5)):
            rect(canvas, 4, 13 + row * 5, wide - 8 - (row % 3) * 6, 1.4, paint_of(INK, 0.45))
        canvas.drawCircle(wide / 2, 2.5, 1.8, paint_of(RED))
        canvas.restore()
    del surface
    return pixels


def poster(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """A picture in a frame: fruit, leaves or a bowl before a round of colour."""
    grounds: dict[str, tuple[Rgb, Rgb]] = {
        "1": ((250, 226, 160), (232, 120, 64)),
        "2": ((206, 228, 204), (46, 124, 84)),
        "3": ((206, 222, 236), (66, 112, 164)),
    }
    light, strong = grounds.get(artwork.detail, grounds["1"])
    pixels, surface, canvas, width = face(artwork, light)
    middle = width / 2
    round_ = min(width, 100) * 0.40
    canvas.drawCircle(middle, 44, round_, paint_of(strong))
    if artwork.detail == "2":
        for number in range(9):
            leaf(canvas, (middle, 70), 44, -64 + number * 16, (92 + number * 6, 164, 70))
    elif artwork.detail == "3":
        for x, y, tone in (
            (-9, 38, (214, 60, 48)),
            (8, 36, (240, 176, 40)),
            (0, 31, (120, 170, 60)),
        ):
            ball(canvas, (middle + x, y), (9.5, 9.5), tone, soft=False)
        bowl(canvas, (middle, 46), round_ * 0.82, (244, 244, 240), (190, 200, 206))
    else:
        for x, y, radius, tone in ((-11, 50, 13, (206, 44, 40)), (12, 52, 12, (236, 150, 34)),
                                   (1, 38, 11.5, (222, 70, 46))):  # fmt: skip
            ball(canvas, (middle + x, y), (radius, radius), tone, gloss=0.7)
            leaf(canvas, (middle + x, y - radius * 0.8), 9, 28)
    lines = texts(artwork, language)
    rect(canvas, 0, 86, width, 14, paint_of(strong))
    if lines:
        draw_text(canvas, lines[0], Box(4, 88, width - 8, 10), WHITE, size_max=9)
    del surface
    return pixels
