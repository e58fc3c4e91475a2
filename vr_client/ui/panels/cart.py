"""The cart: its lines, their totals, and the way to the till."""

from dataclasses import dataclass

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.locales import format_count
from catalog_sync.model.money import format_money
from catalog_sync.model.product import Product
from catalog_sync.model.size_words import size_words
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import button, close_button, paper, picture, side_button, stepper
from vr_client.ui.strings import text

WIDTH = 440.0
ROW = 74.0
LINES_SHOWN_MAX = 5
HEAD, FOOT = 62.0, 118.0
EMPTY = 150.0


@dataclass(frozen=True, slots=True)
class CartView:
    """What the cart shows. `first` is the first line in view when there are more than fit."""

    cart: Cart
    products: tuple[tuple[str, Product], ...]  # of the lines shown
    pictures: tuple[tuple[str, int], ...]
    language: str
    locale: str
    first: int
    pending: bool
    can_undo: bool = False
    can_redo: bool = False

    @property
    def lines(self) -> tuple[CartLine, ...]:
        """The lines in view."""
        return self.cart.lines[self.first : self.first + LINES_SHOWN_MAX]


def height(line_count: int) -> float:
    """How high the panel is with `line_count` lines in the cart."""
    if line_count == 0:
        return HEAD + EMPTY
    more = 34.0 if line_count > LINES_SHOWN_MAX else 0.0
    return HEAD + min(line_count, LINES_SHOWN_MAX) * ROW + more + FOOT


def draw(canvas: Canvas, view: CartView) -> None:
    """Draw the cart; begun by the caller with WIDTH and `height`."""
    language, cart = view.language, view.cart
    high = height(len(cart.lines))
    paper(canvas, WIDTH, high)
    title = canvas.text("cart.title", text("cart.title", language), theme.PADDING, 34.0,
                        theme.TITLE, theme.INK, bold=True)  # fmt: skip
    units = format_count(cart.unit_count, view.locale)
    key = "cart.unit" if cart.unit_count == 1 else "cart.units"
    canvas.text("cart.units", text(key, language, count=units), title[2] + 12.0, 36.0,
                theme.TEXT_SMALL, theme.INK_FAINT)  # fmt: skip
    close_button(canvas, "cart.close", WIDTH - 16.0, 17.0)
    if view.can_redo:
        side_button(canvas, "cart.redo", (WIDTH - 88.0, 17.0, WIDTH - 56.0, 49.0), "", icons.again)
    if view.can_undo:
        rect = (WIDTH - 196.0, 17.0, WIDTH - 96.0, 49.0)
        side_button(canvas, "cart.undo", rect, text("cart.undo", language), icons.back)
    if not cart.lines:
        _empty(canvas, language)
        return
    products, pictures = dict(view.products), dict(view.pictures)
    top = HEAD
    for line in view.lines:
        _line(canvas, view, line, products.get(line.sku), pictures.get(line.sku), top)
        top += ROW
    if len(cart.lines) > LINES_SHOWN_MAX:
        _pager(canvas, view, top)
        top += 34.0
    canvas.line([(theme.PADDING, top + 6.0), (WIDTH - theme.PADDING, top + 6.0)], theme.RULE, 0.6)
    canvas.text("cart.sum_label", text("cart.sum", language), theme.PADDING, top + 27.0,
                theme.TEXT, theme.INK_SOFT)  # fmt: skip
    total = format_money(cart.total, view.locale)
    canvas.text("cart.panel_total", total, WIDTH - theme.PADDING, top + 27.0, theme.TITLE,
                theme.INK, bold=True, align="right")  # fmt: skip
    below = top + 50.0
    rect = (16.0, below, WIDTH - 16.0, below + theme.BUTTON_HEIGHT)
    label = text("cart.checkout", language, price=total)
    button(canvas, "cart.checkout", rect, "cart.checkout", label, icon=icons.lock,
           enabled=not view.pending)  # fmt: skip


def _line(
    canvas: Canvas,
    view: CartView,
    line: CartLine,
    product: Product | None,
    key: int | None,
    top: float,
) -> None:
    middle = top + ROW / 2.0 - 3.0
    canvas.box((14.0, top, WIDTH - 14.0, top + ROW - 6.0), theme.GROUND, 11.0)
    tint = (product.colour.removeprefix("#") if product else "") or theme.GROUND_DEEP
    picture(canvas, (20.0, top + 6.0, 76.0, top + ROW - 12.0), key, tint, 8.0)
    name = product.name(view.language) if product else line.sku
    canvas.text("cart.line_name", name, 86.0, middle - 18.0, theme.TEXT, theme.INK, bold=True,
                width=148.0)  # fmt: skip
    if product is not None and product.size_text:
        said = size_words(product.size_text, view.language)
        canvas.text("cart.line_size", said, 86.0, middle, theme.TEXT_SMALL,
                    theme.INK_FAINT, width=148.0)  # fmt: skip
    each = text("cart.each", view.language, price=format_money(line.unit_price, view.locale))
    canvas.text("cart.line_each", each, 86.0, middle + 18.0, theme.TEXT_SMALL, theme.INK_SOFT,
                width=148.0)  # fmt: skip
    half = theme.STEPPER_HEIGHT / 2.0
    stepper(canvas, f"cart.line.{line.sku}", (236.0, middle - half, 336.0, middle + half),
            "cart.line_quantity", line.quantity, can_grow=line.quantity < 99)  # fmt: skip
    canvas.text("cart.line_total", format_money(line.total, view.locale), WIDTH - 24.0, middle,
                theme.TEXT, theme.INK, bold=True, align="right", width=76.0)  # fmt: skip


def _pager(canvas: Canvas, view: CartView, top: float) -> None:
    hidden = len(view.cart.lines) - LINES_SHOWN_MAX
    rect = (14.0, top, WIDTH - 14.0, top + 28.0)
    if canvas.target("cart.more", rect):
        canvas.box(rect, theme.GROUND_DEEP, 9.0)
    canvas.text("cart.more", text("cart.more", view.language, count=hidden), WIDTH / 2.0,
                top + 14.0, theme.TEXT_SMALL, theme.ACCENT, bold=True, align="middle")  # fmt: skip


def _empty(canvas: Canvas, language: str) -> None:
    icons.cart(canvas, WIDTH / 2.0, HEAD + 36.0, 40.0, theme.DISABLED)
    canvas.text("cart.empty", text("cart.empty", language), WIDTH / 2.0, HEAD + 84.0,
                theme.TEXT_LARGE, theme.INK, bold=True, align="middle")  # fmt: skip
    canvas.text("cart.empty_hint", text("cart.empty_hint", language), WIDTH / 2.0, HEAD + 110.0,
                theme.TEXT_SMALL, theme.INK_SOFT, align="middle", width=WIDTH - 40.0)  # fmt: skip
