"""The product card: what it is, what it costs, what is in it, what else there is, and how many.

It is as high as it has something to say: a product without facts has a small card.
"""

from dataclasses import dataclass

from catalog_sync.model.category_names import category_name
from catalog_sync.model.locales import format_count
from catalog_sync.model.money import format_money
from catalog_sync.model.product import Product
from catalog_sync.model.size_words import size_words
from catalog_sync.model.unit_price import unit_price_text
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.panels import food_label
from vr_client.ui.pieces import (
    button,
    chip,
    close_button,
    paper,
    picture,
    side_button,
    stepper,
    wish_button,
)
from vr_client.ui.strings import text

WIDTH = 440.0
MARGIN = 16.0
INSIDE = WIDTH - 2.0 * MARGIN
HEAD = 208.0
BUY = theme.BUTTON_HEIGHT + 23.0
GAP = 10.0
TEXT_LEFT = 190.0
DESCRIPTION_LINES, DESCRIPTION_LINE = 2, theme.TEXT * 1.3
OTHERS, OTHERS_CAPTION = 78.0, 20.0
LOW_STOCK = 5
MAKER_LINE = theme.TEXT_SMALL * 1.25


@dataclass(frozen=True, slots=True)
class CardView:
    """What the card shows. `picture_key` None: not drawn yet.

    `others` are products to take instead, each with its picture. `compared`: it lies on one side
    already. `away`: nobody pointed at it, so it may stand far away.
    """

    product: Product
    quantity: int
    in_cart: int
    language: str
    locale: str
    picture_key: int | None
    pending: bool
    wished: bool = False
    others: tuple[tuple[Product, int | None], ...] = ()
    compared: bool = False
    away: bool = False


def height(canvas: Canvas, view: CardView) -> float:
    """How high the card is for what there is to say."""
    return HEAD + sum(high + GAP for high in _parts(canvas, view)) + BUY


def _parts(canvas: Canvas, view: CardView) -> list[float]:
    """The heights of label, description and alternatives, of those that are there."""
    label = food_label.height(canvas, view.product.told, view.language, INSIDE)
    words = view.product.told.description(view.language)
    described = 0.0
    if words:
        lines = canvas.lines(words, theme.TEXT, INSIDE - 8.0, lines_max=DESCRIPTION_LINES)
        described = lines * DESCRIPTION_LINE
    others = OTHERS if view.others else 0.0
    return [high for high in (label, described, others) if high]


def draw(canvas: Canvas, view: CardView) -> None:
    """Draw the card; begun by the caller with WIDTH, `height` and a margin for the shadow."""
    product, language = view.product, view.language
    high = height(canvas, view)
    paper(canvas, WIDTH, high)
    _head(canvas, view)
    top, right = HEAD, WIDTH - MARGIN
    label = food_label.height(canvas, product.told, language, INSIDE)
    if label:
        food_label.draw(canvas, product, language, (MARGIN, top, right, top + label))
        top += label + GAP
    words = product.told.description(language)
    if words:
        top = GAP + canvas.paragraph(
            "card.description", words, MARGIN + 4.0, top, INSIDE - 8.0, theme.TEXT,
            theme.INK_SOFT, lines_max=DESCRIPTION_LINES,
        )  # fmt: skip
    if view.others:
        _others(canvas, view, top)
    _buy(canvas, view, high)


def discount_percent(product: Product) -> int:
    """How much of the old price an offer takes off, in whole per cent rounded down; 0 for none."""
    was, price = product.was_price, product.price
    if was is None or price is None or was.amount_minor <= price.amount_minor:
        return 0
    return (was.amount_minor - price.amount_minor) * 100 // was.amount_minor


# ---------------------------------------------------------------- what it is and costs


def _head(canvas: Canvas, view: CardView) -> None:
    product, language = view.product, view.language
    tint = product.colour.removeprefix("#") or theme.GROUND
    picture(canvas, (MARGIN, 16.0, 174.0, 170.0), view.picture_key, tint, 13.0)
    close_button(canvas, "card.close", WIDTH - 14.0, 14.0)
    wish_button(canvas, "card.wish", WIDTH - 52.0, 14.0, wished=view.wished)
    left, width = TEXT_LEFT, WIDTH - TEXT_LEFT - theme.PADDING
    middle, room = 30.0, width - 70.0
    _tags(canvas, view)
    middle = _maker(canvas, view, left, middle, room)
    top = canvas.paragraph("card.name", product.name(language), left, middle + 13.0, width,
                           theme.TITLE, theme.INK, bold=True, lines_max=2)  # fmt: skip
    other = product.names.get("en" if language == "ko" else "ko", "")
    if other and other != product.name(language):
        canvas.text("card.other_name", other, left, top + 9.0, theme.TEXT_SMALL, theme.INK_FAINT,
                    width=width)  # fmt: skip
    _price(canvas, view, left, 138.0, width)
    _stock(canvas, view, 191.0)


def _maker(canvas: Canvas, view: CardView, left: float, middle: float, room: float) -> float:
    """Brand and kind of product in one line, else in two; returns the middle of the last."""
    product = view.product
    kind = category_name(product.category, view.language)
    parts = [canvas.readable(part) for part in (product.brand, kind) if part]
    lines = [" · ".join(parts)] if parts else []
    if lines and canvas.width(lines[0], theme.TEXT_SMALL) > room:
        lines = parts
    if len(lines) > 1:
        middle -= 6.0
    for number, line in enumerate(lines):
        em = canvas.fitting(line, theme.TEXT_SMALL, theme.TEXT_LEAST, room)
        canvas.text("card.brand", line, left, middle + number * MAKER_LINE, em, theme.INK_FAINT,
                    width=room)  # fmt: skip
    return middle + MAKER_LINE * max(0, len(lines) - 1)


def _tags(canvas: Canvas, view: CardView) -> None:
    """What a shopper sees from afar, on the picture: an offer, and that a price is made up."""
    product, left, percent = view.product, MARGIN + 7.0, discount_percent(view.product)
    if percent:
        chip(canvas, "card.offer", text("card.offer", view.language, percent=percent), left, 34.0,
             theme.PAPER, theme.PRICE)  # fmt: skip
    if product.price_is_sample and product.price is not None:
        chip(canvas, "card.sample", text("card.sample", view.language), left, 152.0,
             theme.WARNING, theme.WARNING_SOFT)  # fmt: skip


def _price(canvas: Canvas, view: CardView, left: float, middle: float, width: float) -> None:
    product = view.product
    if product.price is None:
        canvas.text("card.price", text("card.unpriced", view.language), left, middle,
                    theme.TITLE, theme.INK_SOFT, bold=True)  # fmt: skip
        return
    shown = format_money(product.price, view.locale)
    drawn = canvas.text("card.price", shown, left, middle, theme.PRICE_SIZE, theme.PRICE,
                        bold=True, width=width)  # fmt: skip
    below, right = middle + 26.0, left + width
    if discount_percent(product) and product.was_price is not None:
        was = format_money(product.was_price, view.locale)
        if drawn[2] + 10.0 + canvas.width(was, theme.TEXT_SMALL) <= right:
            _struck(canvas, was, drawn[2] + 10.0, middle + 4.0)
        else:  # no room beside the price: at the end of the next line
            right = right - canvas.width(was, theme.TEXT_SMALL) - 8.0
            _struck(canvas, was, right + 8.0, below)
    each = unit_price_text(product, view.locale, view.language)
    if each:
        canvas.text("card.unit_price", each, left, below, theme.TEXT_SMALL, theme.INK_SOFT,
                    width=right - left)  # fmt: skip


def _struck(canvas: Canvas, was: str, x: float, middle: float) -> None:
    """The old price, struck through."""
    rect = canvas.text("card.was", was, x, middle, theme.TEXT_SMALL, theme.INK_FAINT)
    canvas.line([(rect[0] - 1.0, middle), (rect[2] + 1.0, middle)], theme.INK_FAINT)


def _stock(canvas: Canvas, view: CardView, middle: float) -> None:
    count, language = view.product.stock, view.language
    shown = format_count(count, view.locale)
    if count <= 0:
        end = chip(canvas, "card.stock", text("card.sold_out", language), 18.0, middle,
                   theme.WARNING, theme.WARNING_SOFT)  # fmt: skip
    elif count <= LOW_STOCK:
        end = chip(canvas, "card.stock", text("card.low_stock", language, count=shown), 18.0,
                   middle, theme.WARNING, theme.WARNING_SOFT)  # fmt: skip
    else:
        end = chip(canvas, "card.stock", text("card.stock", language, count=shown), 18.0, middle,
                   theme.INK_SOFT, theme.GROUND_DEEP)  # fmt: skip
    if view.product.size_text:
        said = size_words(view.product.size_text, language)
        size = canvas.shorten(said, theme.TEXT_SMALL, 96.0, bold=True)
        end = chip(canvas, "card.size", size, end + 8.0, middle, theme.INK_SOFT,
                   theme.GROUND_DEEP)  # fmt: skip
    if view.in_cart:
        chip(canvas, "card.in_cart", text("card.in_cart", language, count=view.in_cart),
             end + 8.0, middle, theme.ACCENT, theme.ACCENT_SOFT)  # fmt: skip


# ---------------------------------------------------------------- what else there is


def _others(canvas: Canvas, view: CardView, top: float) -> None:
    caption = text("card.others", view.language)
    canvas.text("card.others", caption, MARGIN + 4.0, top + 8.0, theme.TEXT_SMALL,
                theme.INK_FAINT)  # fmt: skip
    wide = (INSIDE - 16.0) / 3.0
    for number, (product, key) in enumerate(view.others):
        left = MARGIN + number * (wide + 8.0)
        rect = (left, top + OTHERS_CAPTION, left + wide, top + OTHERS)
        hovered = canvas.target(f"card.other.{product.sku}", rect)
        canvas.box(rect, theme.ACCENT_SOFT if hovered else theme.GROUND, 10.0)
        if hovered:
            canvas.outline(rect, theme.ACCENT, 10.0, 0.8)
        tint = product.colour.removeprefix("#") or theme.GROUND_DEEP
        picture(canvas, (left + 5.0, rect[1] + 6.0, left + 45.0, rect[3] - 6.0), key, tint, 7.0)
        room = wide - 58.0
        canvas.paragraph("card.other", product.name(view.language), left + 52.0, rect[1] + 5.0,
                         room, theme.TEXT_SMALL, theme.INK, lines_max=2)  # fmt: skip
        shown, ink = text("card.sold_out", view.language), theme.WARNING
        if product.stock > 0 and product.price is not None:
            shown, ink = format_money(product.price, view.locale), theme.INK
        canvas.text("card.other_price", shown, left + 52.0, rect[3] - 12.0, theme.TEXT_SMALL, ink,
                    bold=True, width=room)  # fmt: skip


# ---------------------------------------------------------------- how many


def _buy(canvas: Canvas, view: CardView, high: float) -> None:
    product, top = view.product, high - theme.BUTTON_HEIGHT - 15.0
    below, language = top + theme.BUTTON_HEIGHT, view.language
    middle, right = (top + below) / 2.0, WIDTH - MARGIN
    wide = 84.0
    if view.away:
        side_button(canvas, "card.go", (right - 40.0, middle - 19.0, right, middle + 19.0), "",
                    icons.pin)  # fmt: skip
        right -= 48.0
    sold = product.price is None or product.stock <= 0
    left = MARGIN if sold else MARGIN + 108.0
    compare = (left, middle - 19.0, left + wide, middle + 19.0)
    side_button(canvas, "card.compare", compare, text("card.compare", language), icons.balance,
                chosen=view.compared)  # fmt: skip
    rect = (left + wide + 8.0, top, right, below)
    if product.price is None or product.stock <= 0:
        key = "card.unpriced_why" if product.price is None else "card.sold_out"
        button(canvas, "card.add", rect, "card.add", text(key, language), enabled=False)
        return
    half = theme.STEPPER_HEIGHT / 2.0
    stepper(canvas, "card", (MARGIN, middle - half, MARGIN + 100.0, middle + half),
            "card.quantity", view.quantity,
            can_grow=view.quantity < min(product.stock, 99))  # fmt: skip
    price = format_money(product.price.times(view.quantity), view.locale)
    label = text("card.add", language, price=price)
    button(canvas, "card.add", rect, "card.add", label, icon=icons.cart, enabled=not view.pending)
