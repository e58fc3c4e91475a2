"""The order, confirmed: its number to remember and what was paid."""

from dataclasses import dataclass

from catalog_sync.model.money import format_money
from catalog_sync.model.order import Order
from catalog_sync.model.product import Product
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import button, paper
from vr_client.ui.strings import text

WIDTH = 440.0
LINES_SHOWN_MAX = 5
ROW = 24.0


@dataclass(frozen=True, slots=True)
class OrderView:
    """What the panel shows; `products` of the order's first lines."""

    order: Order
    products: tuple[tuple[str, Product], ...]
    language: str
    locale: str


def height(line_count: int) -> float:
    """How high the panel is for an order of `line_count` lines."""
    return 292.0 + ROW * min(line_count, LINES_SHOWN_MAX + 1)


def draw(canvas: Canvas, view: OrderView) -> None:
    """Draw the confirmation; begun by the caller with WIDTH and `height`."""
    order, language, middle = view.order, view.language, WIDTH / 2.0
    high = height(len(order.lines))
    paper(canvas, WIDTH, high)
    canvas.disc(middle, 54.0, 27.0, theme.ACCENT)
    icons.check(canvas, middle, 54.0, 24.0, theme.PAPER)
    canvas.text("order.title", text("order.title", language), middle, 106.0, theme.TITLE,
                theme.INK, bold=True, align="middle")  # fmt: skip
    canvas.text("order.number", text("order.number", language, number=order.number), middle,
                133.0, theme.TEXT_LARGE, theme.INK_SOFT, align="middle")  # fmt: skip
    top = 158.0
    products = dict(view.products)
    shown = order.lines[:LINES_SHOWN_MAX]
    bottom = top + ROW * min(len(order.lines), LINES_SHOWN_MAX + 1)
    canvas.box((14.0, top - 4.0, WIDTH - 14.0, bottom + 4.0), theme.GROUND, 11.0)
    for line in shown:
        product = products.get(line.sku)
        name = product.name(language) if product else line.sku
        canvas.text("order.line", f"{name} × {line.quantity}", 28.0, top + ROW / 2.0, theme.TEXT,
                    theme.INK, width=270.0)  # fmt: skip
        canvas.text("order.line_total", format_money(line.total, view.locale), WIDTH - 28.0,
                    top + ROW / 2.0, theme.TEXT, theme.INK, align="right")  # fmt: skip
        top += ROW
    if len(order.lines) > LINES_SHOWN_MAX:
        more = text("cart.more", language, count=len(order.lines) - LINES_SHOWN_MAX)
        canvas.text("order.more", more, 28.0, top + ROW / 2.0, theme.TEXT_SMALL, theme.INK_SOFT)
        top += ROW
    canvas.text("order.state", text("order.paid", language), theme.PADDING + 8.0, top + 30.0,
                theme.TEXT, theme.ACCENT, bold=True)  # fmt: skip
    canvas.text("order.total", format_money(order.total, view.locale), WIDTH - 28.0, top + 30.0,
                theme.PRICE_SIZE, theme.INK, bold=True, align="right")  # fmt: skip
    rect = (16.0, high - 62.0, WIDTH - 16.0, high - 16.0)
    button(canvas, "order.close", rect, "order.close", text("order.close", language))
