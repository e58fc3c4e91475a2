"""Signs that hang over an aisle."""

from collections.abc import Sequence

import numpy as np
import skia
from numpy.typing import NDArray

from store_scenes.models.art.brushes import WHITE, gradient
from store_scenes.models.art.sheet import sheet
from store_scenes.models.art.text import Box, draw_text, paint_of
from store_scenes.models.mesh import ART_SIZE
from store_scenes.models.scheme import mix, parse_colour, relight


def draw_sign(
    lines: Sequence[str], colour: str = "#0f766e", aspect: float = 4.0
) -> NDArray[np.uint8]:
    """(ART_SIZE, ART_SIZE, 4) u1 sRGB: the first line large, the others small under it.

    The whole art is the sign's face, to be shown `aspect` times as wide as high.
    """
    base = parse_colour(colour)
    pixels, surface = sheet(ART_SIZE, ART_SIZE, base)
    canvas = surface.getCanvas()
    # Drawn in units of a hundredth of the sign's height.
    canvas.scale(ART_SIZE / (100 * aspect), ART_SIZE / 100)
    wide = 100 * aspect
    canvas.drawRect(
        skia.Rect.MakeXYWH(0, 0, wide, 100),
        gradient((0, 0), (0, 100), mix(base, WHITE, 0.06), relight(base, 0.88)),
    )
    canvas.drawRect(skia.Rect.MakeXYWH(0, 92, wide, 8), paint_of(relight(base, 0.6)))
    shown = [line for line in lines if line]
    head = 0.58 if len(shown) > 1 else 0.78
    box = Box(14, 8, wide - 28, 82)
    if shown:
        large = Box(box.x, box.y, box.width, box.height * head)
        draw_text(canvas, shown[0], large, WHITE, size_max=56)
    if len(shown) > 1:
        rest = Box(box.x, box.y + box.height * head, box.width, box.height * (1 - head))
        draw_text(
            canvas, " · ".join(shown[1:]), rest, mix(WHITE, base, 0.15), weight="regular",
            size_max=24,
        )  # fmt: skip
    return pixels
