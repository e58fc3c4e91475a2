"""One shelf-edge label: white card, red rule, name, a price to be read from the aisle."""

import numpy as np
import skia
from numpy.typing import NDArray

from catalog_sync.model.money import Money, format_money
from catalog_sync.model.product import Product
from catalog_sync.model.unit_price import unit_price_text
from store_scenes.models.art.sheet import sheet
from store_scenes.models.art.text import (
    Box,
    clip_text,
    draw_text,
    font,
    paint_of,
    text_width,
)
from store_scenes.typefaces import Weight, drawable

LABEL_WIDTH, LABEL_HEIGHT = 256, 128
"""Pixels; 75 by 38 mm on the shelf."""

CARD = (253, 253, 251)
RED = (214, 36, 30)
NAME_INK = (30, 34, 44)
SMALL_INK = (92, 98, 110)
MARGIN = 13

UNPRICED = {"ko": "가격 없음", "en": "no price"}


def draw_label(product: Product, locale: str, language: str) -> NDArray[np.uint8]:
    """(128, 256, 4) u1, sRGB, opaque, top row first.

    `locale` (`ko_KR`) writes the money, `language` (`ko`) chooses the name and the words.

    Raises:
        Failure: no font with Hangul on this machine.
    """
    pixels, surface = sheet(LABEL_WIDTH, LABEL_HEIGHT, CARD)
    canvas = surface.getCanvas()
    canvas.drawRect(skia.Rect.MakeWH(LABEL_WIDTH, 7), paint_of(RED))
    canvas.drawRect(
        skia.Rect.MakeXYWH(0, LABEL_HEIGHT - 2, LABEL_WIDTH, 2), paint_of((218, 219, 222))
    )
    wide = float(LABEL_WIDTH - 2 * MARGIN)
    _line(canvas, product.name(language), 33, 21, NAME_INK, "bold", wide)
    if product.price is None:
        box = Box(MARGIN, 44, wide, 48)
        draw_text(
            canvas,
            UNPRICED.get(language, UNPRICED["en"]),
            box,
            SMALL_INK,
            size_max=36,
            align="left",
        )
    else:
        price = _price_text(product.price, locale)
        draw_text(canvas, price, Box(MARGIN - 1, 38, wide, 62), RED, size_max=52, align="left")
    small = unit_price_text(product, locale, language) or product.size_text
    _foot(canvas, small, product.gtin or product.sku, wide)
    return pixels


def _foot(canvas: skia.Canvas, small: str, code: str, wide: float) -> None:
    """The unit price on the left, and the code on the right where it still has room.

    A price is shrunk rather than cut: a cut one is another price.
    """
    taken = 0.0
    if small:
        unit = text_width(drawable(small, "regular"), "regular")
        size = min(15.0, wide / max(unit, 1e-9))
        _line(canvas, small, 117, size, SMALL_INK, "regular", wide + 1)
        taken = unit * size + 10
    code_wide = text_width(drawable(code, "regular"), "regular") * 11
    if taken + code_wide <= wide:
        _line(canvas, code, 117, 11, SMALL_INK, "regular", code_wide + 1, right=True)


def _price_text(price: Money, locale: str) -> str:
    """The amount with the won sign that fonts draw at full height."""
    return format_money(price, locale).replace("￦", "₩").replace("\u00a0", " ")


def _line(
    canvas: skia.Canvas,
    text: str,
    baseline: float,
    size: float,
    ink: tuple[int, int, int],
    weight: Weight,
    wide: float,
    *,
    right: bool = False,
) -> None:
    """One line at a fixed size, ending in an ellipsis where it is too long."""
    shown = clip_text(drawable(text, weight), wide / size, weight)
    left = LABEL_WIDTH - MARGIN - text_width(shown, weight) * size if right else MARGIN
    canvas.drawString(shown, left, baseline, font(weight, size), paint_of(ink))
