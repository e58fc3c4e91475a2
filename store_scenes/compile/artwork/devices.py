"""What glows on devices: a till's display, a card terminal, a thermometer."""

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.artwork.boards import rect, rounded
from store_scenes.compile.artwork.face import GREEN, INK, WHITE, face
from store_scenes.fixtures.artwork import Artwork
from store_scenes.models.art.brushes import gradient
from store_scenes.models.art.text import Box, draw_text, paint_of


def screen(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """A till that waits for the next shopper."""
    pixels, surface, canvas, width = face(artwork, (236, 242, 242))
    rect(canvas, 0, 0, width, 22, gradient((0, 0), (width, 0), GREEN, (28, 150, 132)))
    korean = language == "ko"
    word = "어서 오세요" if korean else "Welcome"
    draw_text(canvas, word, Box(6, 3, width - 12, 16), WHITE, size_max=13, align="left")
    for row in range(4):
        y = 28 + row * 11
        rect(canvas, 6, y, width * (0.42 - 0.05 * (row % 2)), 4, paint_of(INK, 0.35))
        rect(canvas, width * 0.56, y, 14, 4, paint_of(INK, 0.45))
    rect(canvas, 6, 72, width * 0.66, 0.8, paint_of(INK, 0.5))
    total = "합계" if korean else "Total"
    draw_text(canvas, total, Box(6, 76, 40, 16), INK, size_max=13, align="left")
    rounded(canvas, Box(width * 0.72, 28, width * 0.23, 42), 4, paint_of(GREEN))
    for row in range(3):
        for column in range(3):
            box = Box(width * 0.74 + column * width * 0.065, 32 + row * 12, width * 0.05, 9)
            rounded(canvas, box, 1.5, paint_of(WHITE, 0.85))
    rounded(canvas, Box(width * 0.72, 75, width * 0.23, 18), 4, paint_of((232, 150, 40)))
    del surface
    return pixels


def terminal(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """A card terminal: a small display above its keys."""
    pixels, surface, canvas, width = face(artwork, (40, 44, 50))
    rounded(canvas, Box(5, 5, width - 10, 36), 3, paint_of((206, 232, 228)))
    word = "카드를 대 주세요" if language == "ko" else "Tap your card"
    draw_text(canvas, word, Box(7, 12, width - 14, 20), INK, size_max=9, lines_max=2)
    tones = ((96, 100, 106),) * 9 + ((196, 52, 48), (214, 170, 40), (52, 150, 84))
    for number, tone in enumerate(tones):
        column, row = number % 3, number // 3
        wide = (width - 10) / 3
        rounded(canvas, Box(5 + column * wide + 2, 47 + row * 12.5, wide - 4, 9.5), 2,
                paint_of(tone))  # fmt: skip
    del surface
    return pixels


def thermometer(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """Blue digits of a cold case."""
    del language
    pixels, surface, canvas, width = face(artwork, (10, 16, 24))
    draw_text(canvas, f"{artwork.detail}°C", Box(10, 8, width - 20, 84), (120, 214, 255),
              size_max=80)  # fmt: skip
    del surface
    return pixels
