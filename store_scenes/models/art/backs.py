"""Backs, sides and tops: only facts that the catalogue has, and the real bar code.

No nutrition figures are made up: the product may be a real one.
"""

import zlib
from typing import Any

import skia

from catalog_sync.model.category_names import category_name
from catalog_sync.model.product import Product
from catalog_sync.model.size_words import size_words
from store_scenes.models.art.brushes import WHITE
from store_scenes.models.art.fronts import Words
from store_scenes.models.art.text import Box, draw_text, paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import luminance

_WORDS = {
    "ko": ("상품 정보", "내용량", "브랜드", "분류", "크기", "상품 번호"),
    "en": ("Product information", "Contents", "Brand", "Category", "Size", "Item"),
}

INK = (34, 36, 40)


def draw_back(
    canvas: Any,
    panel: Panel,
    on: Rgb,
    words: Words,
    product: Product,
    language: str,
    *,
    fine: bool = True,
) -> None:
    """The name, a table of facts and the bar code on a pale card; millimetres, as `draw_front`.

    The panel has its ground already, `on` is its colour at the head. Unless `fine`, the print is
    grey lines.
    """
    width, height = panel.width_mm, panel.height_mm
    top, bottom = (share * height for share in panel.clear)
    across = width * panel.safe
    margin = 0.06 * min(across, height)
    left = (width - across) / 2 + margin
    area = Box(left, top + margin, across - 2 * margin, height - top - bottom - 2 * margin)
    head = Box(area.x, area.y, area.width, area.height * 0.15)
    ink = WHITE if luminance(on) < 0.35 else INK
    draw_text(canvas, words.name, head, ink, lines_max=2, size_max=0.14 * area.width)
    card = Box(area.x, area.y + 0.18 * area.height, area.width, area.height * 0.82)
    corner = 0.035 * area.width
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(card.x, card.y, card.width, card.height),
        corner,
        corner,
        paint_of((250, 249, 246)),
    )
    inset = 0.06 * card.width
    table = Box(card.x + inset, card.y + inset, card.width - 2 * inset, card.height * 0.62 - inset)
    if fine:
        _facts(canvas, table, product, language)
    else:
        _grey_lines(canvas, table)
    code = Box(
        card.x + inset * 1.5,
        card.y + card.height * 0.67,
        card.width - 3 * inset,
        card.height * 0.29,
    )
    if fine:
        _bar_code(canvas, code, product)
    else:
        canvas.drawRect(
            skia.Rect.MakeXYWH(code.x, code.y, code.width, code.height * 0.8),
            paint_of((128, 128, 128)),
        )


def _grey_lines(canvas: Any, box: Box) -> None:
    step = box.height / 6.5
    for row in range(6):
        paint = paint_of((172, 173, 176) if row else (120, 122, 126))
        wide = box.width * (1.0 if row else 0.6)
        canvas.drawRect(
            skia.Rect.MakeXYWH(box.x, box.y + (row + 0.5) * step, wide, 0.4 * step), paint
        )


def told(product: Product, language: str) -> list[tuple[str, str]]:
    """What the back says, line by line: the name of a fact and the fact, in the pack's language.

    A category that a feed has in words of its own stays in them.
    """
    sides = " × ".join(f"{side:.0f}" for side in product.dimensions_mm) + " mm"
    kind = category_name(product.category, language)
    values = (size_words(product.size_text, language), product.brand, kind, sides, product.sku)
    labels = _WORDS.get(language, _WORDS["en"])[1:]
    return [(label, value) for label, value in zip(labels, values, strict=True) if value]


def _facts(canvas: Any, box: Box, product: Product, language: str) -> None:
    title, rows = _WORDS.get(language, _WORDS["en"])[0], told(product, language)
    step = box.height / (len(rows) + 1.5)
    size = 0.62 * step
    draw_text(
        canvas, title, Box(box.x, box.y, box.width, step * 1.25), INK, size_max=0.78 * step,
        align="left",
    )  # fmt: skip
    y = box.y + 1.4 * step
    rule = paint_of((150, 152, 158))
    canvas.drawRect(skia.Rect.MakeXYWH(box.x, y, box.width, 0.05 * step), paint_of(INK))
    for label, value in rows:
        left = Box(box.x, y, box.width * 0.34, step)
        right = Box(box.x + box.width * 0.36, y, box.width * 0.64, step)
        draw_text(canvas, label, left, (84, 86, 92), weight="regular", size_max=size, align="left")
        draw_text(canvas, value, right, INK, size_max=size, size_min=0.4 * size, align="right")
        y += step
        canvas.drawRect(skia.Rect.MakeXYWH(box.x, y - 0.03 * step, box.width, 0.03 * step), rule)


_L = ("0001101", "0011001", "0010011", "0111101", "0100011",
      "0110001", "0101111", "0111011", "0110111", "0001011")  # fmt: skip
_PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG",
           "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")  # fmt: skip


def ean13_modules(digits: str) -> str:
    """The 95 modules of an EAN-13 symbol, "1" dark (GS1 General Specifications 5.2).

    `digits` are 13; the last is drawn as given, right or wrong.
    """
    left = ""
    for digit, parity in zip(digits[1:7], _PARITY[int(digits[0])], strict=True):
        code = _L[int(digit)]
        # G codes are L codes inverted and read backwards.
        left += code if parity == "L" else _inverted(code)[::-1]
    right = "".join(_inverted(_L[int(digit)]) for digit in digits[7:])
    return f"101{left}01010{right}101"


def _inverted(code: str) -> str:
    return code.translate(str.maketrans("01", "10"))


def symbol_digits(product: Product) -> str:
    """The 13 digits under the bars: the GTIN's, else made from the SKU with a 2 in front.

    GS1 keeps 20 to 29 for numbers inside one shop.
    """
    digits = product.gtin.strip()
    if digits.isascii() and digits.isdecimal() and len(digits) in (8, 12, 13, 14):
        return digits.zfill(14)[-13:]
    body = "2" + str(zlib.crc32(product.sku.encode())).zfill(11)[-11:]
    odd = sum(int(digit) for digit in body[::2])
    even = sum(int(digit) for digit in body[1::2])
    return body + str(-(odd + 3 * even) % 10)


def _bar_code(canvas: Any, box: Box, product: Product) -> None:
    digits = symbol_digits(product)
    modules = ean13_modules(digits)
    bar = box.width / 102
    tall = box.height * 0.80
    left = box.x + 5 * bar
    dark = skia.Paint(Color=skia.ColorBLACK, AntiAlias=True)
    start = 0
    while start < len(modules):
        run = start
        while run < len(modules) and modules[run] == modules[start]:
            run += 1
        if modules[start] == "1":
            canvas.drawRect(
                skia.Rect.MakeXYWH(left + start * bar, box.y, (run - start) * bar, tall), dark
            )
        start = run
    under = Box(box.x, box.y + tall, box.width, box.height - tall)
    draw_text(canvas, digits, under, (0, 0, 0), weight="regular", size_max=under.height)
