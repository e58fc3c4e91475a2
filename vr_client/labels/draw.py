"""One shelf-edge label: name, price, unit price and GTIN on a white card with a red rule."""

from collections.abc import Mapping

import numpy as np
import skia
from numpy.typing import NDArray

from catalog_sync.model.money import format_money
from catalog_sync.model.product import Product
from catalog_sync.model.unit_price import unit_price
from store_scenes.models.art.text import Box, draw_text

WIDTH, HEIGHT = 256, 128
"""Pixels of a label's layer: 75 x 38 mm at 3.4 pixels a millimetre."""

PAPER = (253, 253, 251)
INK = (28, 32, 38)
INK_SOFT = (92, 99, 110)
PRICE = (214, 38, 30)
RULE_PX = 9

WORDS: Mapping[str, Mapping[str, str]] = {
    "unpriced": {"ko": "가격 없음", "en": "no price"},
    "sold_out": {"ko": "품절", "en": "Sold out"},
    "unit": {"ko": "{amount}당 {price}", "en": "{price} per {amount}"},
}


def draw_label(product: Product, locale: str, language: str) -> NDArray[np.uint8]:
    """The label of `product` as (128, 256, 4) u1, sRGB, opaque, top row first.

    Raises:
        Failure: no usable font on this machine.
    """
    tongue = language if language in {"ko", "en"} else "en"
    # Skia does not keep an array alive that it is given, so it owns the pixels until they are read.
    surface = skia.Surface(WIDTH, HEIGHT)
    canvas = surface.getCanvas()
    canvas.clear(skia.Color(*PAPER))
    canvas.drawRect(skia.Rect(0, 0, WIDTH, RULE_PX), skia.Paint(Color=skia.Color(*PRICE)))
    draw_text(
        canvas, product.name(language), Box(11, 12, WIDTH - 22, 30), INK,
        size_max=25, size_min=21, align="left",
    )  # fmt: skip
    price = (
        WORDS["unpriced"][tongue] if product.price is None else format_money(product.price, locale)
    )
    ink = INK_SOFT if product.price is None else PRICE
    draw_text(canvas, price, Box(10, 41, WIDTH - 20, 58), ink, size_max=56, align="left")
    _small_print(canvas, product, locale, tongue)
    pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType)
    return np.ascontiguousarray(pixels, dtype=np.uint8)


def _small_print(canvas: skia.Canvas, product: Product, locale: str, tongue: str) -> None:
    """Unit price at the left, else the size; at the right "sold out", else the GTIN."""
    each = unit_price(product)
    if each is None:
        left = product.size_text
    else:
        left = WORDS["unit"][tongue].format(amount=each[0], price=format_money(each[1], locale))
    sold_out = product.price is not None and product.stock <= 0
    right = WORDS["sold_out"][tongue] if sold_out else product.gtin
    draw_text(
        canvas, left, Box(11, 100, 146, 22), INK, weight="regular",
        size_max=18, size_min=14, align="left",
    )  # fmt: skip
    draw_text(
        canvas, right, Box(160, 100, WIDTH - 170, 22), PRICE if sold_out else INK_SOFT,
        weight="bold" if sold_out else "regular", size_max=18 if sold_out else 12.5, align="right",
    )  # fmt: skip
