"""The product card: what it is, what it costs, how many, and the button that puts it in."""

from dataclasses import dataclass

from catalog_sync.model.money import format_money
from catalog_sync.model.product import Product
from catalog_sync.model.unit_price import unit_price_text
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import button, chip, close_button, paper, picture, stepper, wish_button
from vr_client.ui.strings import category_name, text

WIDTH, HEIGHT = 440.0, 322.0
LOW_STOCK = 5


@dataclass(frozen=True, slots=True)
class CardView:
    """What the card shows. `picture_key` None: not drawn yet."""

    product: Product
    quantity: int
    in_cart: int
    language: str
    locale: str
    picture_key: int | None
    pending: bool
    wished: bool = False


def draw(canvas: Canvas, view: CardView) -> None:
    """Draw the card; begun by the caller with WIDTH, HEIGHT and a margin for the shadow."""
    product, language = view.product, view.language
    paper(canvas, WIDTH, HEIGHT)
    tint = product.colour.removeprefix("#") or theme.GROUND
    picture(canvas, (16.0, 16.0, 176.0, 192.0), view.picture_key, tint, 13.0)
    close_button(canvas, "card.close", WIDTH - 14.0, 14.0)
    wish_button(canvas, "card.wish", WIDTH - 52.0, 14.0, wished=view.wished)
    left, width = 194.0, WIDTH - 194.0 - theme.PADDING
    kind = category_name(product.category, language)
    about = " · ".join(part for part in (product.brand, kind) if part)
    canvas.text("card.brand", about, left, 30.0, theme.TEXT_SMALL, theme.INK_FAINT,
                width=width - 70.0)  # fmt: skip
    top = canvas.paragraph("card.name", product.name(language), left, 45.0, width, theme.TITLE,
                           theme.INK, bold=True, lines_max=2)  # fmt: skip
    other = product.names.get("en" if language == "ko" else "ko", "")
    if other and other != product.name(language):
        canvas.text("card.other_name", other, left, top + 11.0, theme.TEXT_SMALL, theme.INK_FAINT,
                    width=width)  # fmt: skip
    _price(canvas, view, left, 160.0, width)
    _tags(canvas, view)
    _stock(canvas, view, 222.0)
    canvas.line([(16.0, 246.0), (WIDTH - 16.0, 246.0)], theme.RULE, 0.6)
    _buy(canvas, view)


def discount_percent(product: Product) -> int:
    """How much of the old price an offer takes off, in whole per cent rounded down; 0 for none."""
    was, price = product.was_price, product.price
    if was is None or price is None or was.amount_minor <= price.amount_minor:
        return 0
    return (was.amount_minor - price.amount_minor) * 100 // was.amount_minor


def _tags(canvas: Canvas, view: CardView) -> None:
    """What a shopper sees from afar, on the picture: an offer, and that a price is made up."""
    left, percent = 23.0, discount_percent(view.product)
    if percent:
        left = chip(canvas, "card.offer", text("card.offer", view.language, percent=percent),
                    left, 35.0, theme.PAPER, theme.PRICE) + 6.0  # fmt: skip
    if view.product.price_is_sample and view.product.price is not None:
        chip(canvas, "card.sample", text("card.sample", view.language), 23.0,
             174.0, theme.WARNING, theme.WARNING_SOFT)  # fmt: skip


def _price(canvas: Canvas, view: CardView, left: float, middle: float, width: float) -> None:
    product = view.product
    if product.price is None:
        canvas.text("card.price", text("card.unpriced", view.language), left, middle,
                    theme.TITLE, theme.INK_SOFT, bold=True)  # fmt: skip
        return
    shown = format_money(product.price, view.locale)
    drawn = canvas.text("card.price", shown, left, middle, theme.PRICE_SIZE, theme.PRICE,
                        bold=True, width=width)  # fmt: skip
    if discount_percent(product) and product.was_price is not None:
        _struck(canvas, format_money(product.was_price, view.locale), drawn[2] + 10.0, left,
                middle, left + width)  # fmt: skip
    each = unit_price_text(product, view.locale, view.language)
    if each:
        canvas.text("card.unit_price", each, left, middle + 27.0, theme.TEXT_SMALL, theme.INK_SOFT,
                    width=width)  # fmt: skip


def _struck(canvas: Canvas, was: str, x: float, left: float, middle: float, right: float) -> None:
    """The old price, struck through: beside the new one, or above it where there is no room."""
    em = theme.TEXT_SMALL
    wide = canvas.width(was, em)
    if x + wide > right:
        x, middle = left, middle - 28.0
    rect = canvas.text("card.was", was, x, middle + 4.0, em, theme.INK_FAINT)
    canvas.line([(rect[0] - 1.0, middle + 4.0), (rect[2] + 1.0, middle + 4.0)], theme.INK_FAINT)


def _stock(canvas: Canvas, view: CardView, middle: float) -> None:
    count, language = view.product.stock, view.language
    if count <= 0:
        end = chip(canvas, "card.stock", text("card.sold_out", language), 18.0, middle,
                   theme.WARNING, theme.WARNING_SOFT)  # fmt: skip
    elif count <= LOW_STOCK:
        end = chip(canvas, "card.stock", text("card.low_stock", language, count=count), 18.0,
                   middle, theme.WARNING, theme.WARNING_SOFT)  # fmt: skip
    else:
        end = chip(canvas, "card.stock", text("card.stock", language, count=count), 18.0, middle,
                   theme.INK_SOFT, theme.GROUND_DEEP)  # fmt: skip
    if view.product.size_text:
        size = canvas.shorten(view.product.size_text, theme.TEXT_SMALL, 110.0, bold=True)
        end = chip(canvas, "card.size", size, end + 8.0, middle, theme.INK_SOFT,
                   theme.GROUND_DEEP)  # fmt: skip
    if view.in_cart:
        chip(canvas, "card.in_cart", text("card.in_cart", language, count=view.in_cart),
             end + 8.0, middle, theme.ACCENT, theme.ACCENT_SOFT)  # fmt: skip


def _buy(canvas: Canvas, view: CardView) -> None:
    product, top = view.product, HEIGHT - theme.BUTTON_HEIGHT - 15.0
    rect = (150.0, top, WIDTH - 16.0, top + theme.BUTTON_HEIGHT)
    if product.price is None or product.stock <= 0:
        key = "card.unpriced_why" if product.price is None else "card.sold_out"
        rect = (16.0, *rect[1:])
        button(canvas, "card.add", rect, "card.add", text(key, view.language), enabled=False)
        return
    middle = top + theme.BUTTON_HEIGHT / 2.0
    half = theme.STEPPER_HEIGHT / 2.0
    stepper(canvas, "card", (16.0, middle - half, 136.0, middle + half), "card.quantity",
            view.quantity, can_grow=view.quantity < min(product.stock, 99))  # fmt: skip
    price = format_money(product.price.times(view.quantity), view.locale)
    label = text("card.add", view.language, price=price)
    button(canvas, "card.add", rect, "card.add", label, icon=icons.cart, enabled=not view.pending)
