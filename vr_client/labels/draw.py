"""One shelf-edge label: white card, red rule, name, a price to be read from the aisle.

An offer is on yellow under a red strip, with the old price struck out; a made-up price is blue
and says so; what has no price is grey. No meaning by colour alone: each has its words.
"""

import functools
from dataclasses import dataclass
from typing import Literal

import numpy as np
import skia
from numpy.typing import NDArray

from catalog_sync.model.money import Money, format_money
from catalog_sync.model.product import Product
from catalog_sync.model.size_words import size_words
from catalog_sync.model.unit_price import unit_price_text
from store_scenes.models.art.sheet import sheet
from store_scenes.models.art.text import (
    Lettering,
    clip_text,
    draw_line,
    fit_text,
    paint_of,
    set_width,
    text_width,
)
from store_scenes.models.palette import Rgb
from store_scenes.typefaces import Weight, printable

LABEL_WIDTH, LABEL_HEIGHT = 256, 128
"""Pixels; 75 by 38 mm on the shelf. Everything below is in these units, at every size."""

FAR_WIDTH = 100
"""Below this many pixels of width only the price and the kind of label can be made out."""

PRICES_KEPT = 65536
"""Prices repeat: 4,700 products have some 600. Writing one anew takes 25 µs."""

CARD = (253, 253, 251)
RED = (214, 36, 30)
NAME_INK = (30, 34, 44)
SMALL_INK = (92, 98, 110)
RULE = (218, 219, 222)
YELLOW = (255, 226, 74)
SAMPLE_CARD = (232, 240, 252)
SAMPLE_INK = (30, 78, 168)
CALM_CARD = (240, 241, 243)
CALM_INK = (118, 124, 134)
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
MARGIN = 13.0
WIDE = LABEL_WIDTH - 2 * MARGIN
READABLE = 36.0
"""Letters of this size on a label of 75 by 38 mm are 0.6 degrees high at a metre."""

WAS_SMALL = 15.0

Kind = Literal["price", "offer", "sample", "unpriced"]


@dataclass(frozen=True, slots=True)
class Words:
    """What a label says in one language."""

    unpriced: str
    offer: str
    sample: str


WORDS = {
    "ko": Words("가격 없음", "특가 할인", "견본 · SAMPLE"),
    "en": Words("no price", "OFFER", "SAMPLE"),
    "fr": Words("sans prix", "PROMO", "EXEMPLE · SAMPLE"),
    "de": Words("ohne Preis", "ANGEBOT", "MUSTER · SAMPLE"),
    "es": Words("sin precio", "OFERTA", "MUESTRA · SAMPLE"),
    "it": Words("senza prezzo", "OFFERTA", "ESEMPIO · SAMPLE"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one kind of label: card, rule along the top, price, name, small print."""

    card: Rgb
    rule: Rgb
    price: Rgb
    name: Rgb = NAME_INK
    small: Rgb = SMALL_INK


LOOKS: dict[Kind, Look] = {
    "price": Look(CARD, RED, RED),
    "offer": Look(YELLOW, RED, RED),
    "sample": Look(SAMPLE_CARD, SAMPLE_INK, SAMPLE_INK),
    "unpriced": Look(CALM_CARD, CALM_INK, CALM_INK),
}
STARK = Look(WHITE, BLACK, BLACK, BLACK, BLACK)


def label_kind(product: Product) -> Kind:
    """Which of the four looks the label of `product` has; a sample price is never an offer."""
    if product.price is None:
        return "unpriced"
    if product.price_is_sample:
        return "sample"
    return "offer" if off_percent(product) else "price"


def off_percent(product: Product) -> int:
    """How much less than before it costs, in whole per cent rounded down; 0: no offer."""
    price, was = product.price, product.was_price
    if price is None or was is None or was.currency != price.currency or was <= price:
        return 0
    return max(1, int(100 * (was.amount_minor - price.amount_minor) / was.amount_minor))


def draw_label(
    product: Product,
    locale: str,
    language: str,
    size: tuple[int, int] = (LABEL_WIDTH, LABEL_HEIGHT),
    *,
    stark: bool = False,
) -> NDArray[np.uint8]:
    """(height, width, 4) u1, sRGB, opaque, top row first; `size` is width, height.

    `locale` (`ko_KR`) writes the money, `language` (`ko`) chooses the name and the words. Narrower
    than `FAR_WIDTH` it shows the price and the colours of its kind only. `stark` labels are pure
    black on white: their words and strips say their kind.

    Raises:
        Failure: no font with Hangul on this machine.
    """
    kind = label_kind(product)
    look = STARK if stark else LOOKS[kind]
    pixels, surface = _blank(size)
    canvas = surface.getCanvas()
    canvas.clear(skia.Color(*look.card))
    words = WORDS.get(language, WORDS["en"])
    price = _price_text(product.price, locale) if product.price else words.unpriced
    if size[0] < FAR_WIDTH:
        _far(canvas, price, look, kind)
        return pixels.copy()
    _rule(canvas, 0, 26 if kind in ("offer", "sample") else 7, look.rule)
    _rule(canvas, LABEL_HEIGHT - 2, 2, BLACK if stark else RULE)
    was = ""
    if kind == "offer":
        was = _offer(canvas, product, price, words, (locale, language), look)
    elif kind == "sample":
        _strip(canvas, words.sample, "")
        _line(canvas, product.name(language), 45, 17, look.name, "bold", WIDE)
        _price(canvas, price, (MARGIN - 1, 96), 46, look.price, WIDE)
    else:
        _line(canvas, product.name(language), 33, 21, look.name, "bold", WIDE)
        most = 52 if kind == "price" else 34
        _price(canvas, price, (MARGIN - 1, 91), most, look.price, WIDE)
    small = unit_price_text(product, locale, language) or size_words(product.size_text, language)
    _foot(canvas, small, product.gtin or product.sku, look.small, was)
    return pixels.copy()


@functools.lru_cache(maxsize=8)
def _blank(size: tuple[int, int]) -> tuple[NDArray[np.uint8], skia.Surface]:
    """What labels of this size are drawn on, one after the other: to make it anew takes longer."""
    pixels, surface = sheet(size[0], size[1], WHITE)
    surface.getCanvas().scale(size[0] / LABEL_WIDTH, size[1] / LABEL_HEIGHT)
    return pixels, surface


def _far(canvas: skia.Canvas, price: str, look: Look, kind: Kind) -> None:
    top = 34 if kind in ("offer", "sample") else 12
    _rule(canvas, 0, top, look.rule)
    size = min(72.0 if kind != "unpriced" else 44.0, 240 / max(text_width(price, "bold"), 1e-9))
    left = (LABEL_WIDTH - text_width(price, "bold") * size) / 2
    base = top + (LABEL_HEIGHT - top) / 2 + 0.36 * size
    draw_line(canvas, price, (left, base), size, Lettering(), paint_of(look.price))


def _rule(canvas: skia.Canvas, top: float, tall: float, colour: Rgb) -> None:
    canvas.drawRect(skia.Rect.MakeXYWH(0, top, LABEL_WIDTH, tall), _paint(colour))


def _offer(
    canvas: skia.Canvas,
    product: Product,
    price: str,
    words: Words,
    reader: tuple[str, str],
    look: Look,
) -> str:
    """The strip with the saving, the name, the new price and beside it the old one struck out.

    Returns the old price where the new one would be too small to read beside it.
    """
    locale, language = reader
    _strip(canvas, words.offer, f"-{off_percent(product)}%")
    _line(canvas, product.name(language), 45, 17, look.name, "bold", WIDE)
    assert product.was_price is not None
    was = _price_text(product.was_price, locale)
    before = text_width(was, "regular")
    size = min(19.0, 0.36 * WIDE / max(before, 1e-9))
    room = WIDE - before * size - 12
    if fit_text(price, room, 62.0, "bold", 44, 1, 0.0).size < READABLE:
        _price(canvas, price, (MARGIN - 1, 95), 44, look.price, WIDE)
        return was
    taken = _price(canvas, price, (MARGIN - 1, 95), 44, look.price, room)
    _struck(canvas, was, (MARGIN + taken + 12, 93), size, look.small)
    return ""


def _struck(
    canvas: skia.Canvas, was: str, at: tuple[float, float], size: float, ink: Rgb
) -> None:  # fmt: skip
    """An old price with a line through it."""
    left, base = at
    wide = text_width(was, "regular") * size
    draw_line(canvas, was, at, size, Lettering("regular"), _paint(ink))
    line = skia.Rect.MakeXYWH(left - 2, base - 0.36 * size, wide + 4, 0.09 * size)
    canvas.drawRect(line, _paint(ink))


def _strip(canvas: skia.Canvas, left: str, right: str) -> None:
    """White words on the strip along the top."""
    _line(canvas, left, 20, 17, WHITE, "bold", WIDE)
    if right:
        _line(canvas, right, 21, 21, WHITE, "bold", WIDE, right=True)


def _price(
    canvas: skia.Canvas, price: str, at: tuple[float, float], most: float, ink: Rgb, room: float
) -> float:
    """The price as large as it fits; returns its width."""
    fitted = fit_text(price, room, 62.0, "bold", most, 1, 0.0)
    draw_line(canvas, price, at, fitted.size, Lettering(), _paint(ink))
    return fitted.width


def _foot(canvas: skia.Canvas, small: str, code: str, ink: Rgb, was: str = "") -> None:
    """The unit price on the left, and on the right the old price or the code, if it has room.

    A price is shrunk rather than cut: a cut one is another price.
    """
    taken = 0.0
    if small:
        small = printable(small.replace("￦", "₩"), "regular")
        unit = text_width(small, "regular")
        size = min(15.0, WIDE / max(unit, 1e-9))
        draw_line(canvas, small, (MARGIN, 117), size, Lettering("regular"), _paint(ink))
        taken = unit * size + 10
    if was:
        was_wide = text_width(was, "regular") * WAS_SMALL
        if taken + was_wide <= WIDE:
            _struck(canvas, was, (LABEL_WIDTH - MARGIN - was_wide, 117), WAS_SMALL, ink)
        return
    code_wide = text_width(printable(code, "regular"), "regular") * 11
    if taken + code_wide <= WIDE:
        _line(canvas, code, 117, 11, ink, "regular", code_wide + 1, right=True)


@functools.lru_cache(maxsize=PRICES_KEPT)
def _price_text(price: Money, locale: str) -> str:
    """The amount with the won sign that fonts draw at full height."""
    text = format_money(price, locale).replace("￦", "₩").replace("\u00a0", " ")
    return printable(text, "bold")


def _line(
    canvas: skia.Canvas,
    text: str,
    baseline: float,
    size: float,
    ink: Rgb,
    weight: Weight,
    wide: float,
    *,
    right: bool = False,
) -> None:
    """One line at a fixed size, ending in an ellipsis where it is too long."""
    how = Lettering(weight)
    shown = clip_text(printable(text, weight), wide / size, how)
    left = LABEL_WIDTH - MARGIN - set_width(shown, how) * size if right else MARGIN
    draw_line(canvas, shown, (left, baseline), size, how, _paint(ink))


@functools.cache
def _paint(colour: Rgb) -> skia.Paint:
    return paint_of(colour)
