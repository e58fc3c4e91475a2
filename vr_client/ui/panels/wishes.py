"""The shopping list, in the order of the shortest walk: what is still to get, and where to next."""

from dataclasses import dataclass
from typing import Final

from catalog_sync.model.locales import format_count
from catalog_sync.model.money import format_money
from catalog_sync.model.product import Product
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import button, close_button, paper
from vr_client.ui.strings import text

WIDTH: Final = 460.0
HEAD, ROW, FOOT, EMPTY = 60.0, 48.0, 96.0, 110.0
ROWS_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class WishesView:
    """`wishes` in walking order, each with whether it is in the cart; `length_m` 0: not known."""

    wishes: tuple[tuple[Product, bool], ...]
    length_m: float
    language: str
    locale: str


def height(count: int) -> float:
    """Of a panel with `count` wishes."""
    return HEAD + (min(count, ROWS_SHOWN) * ROW + FOOT if count else EMPTY)


def draw(canvas: Canvas, view: WishesView) -> None:
    """Draw the list; begun by the caller with WIDTH and `height`."""
    language, count = view.language, len(view.wishes)
    high = height(count)
    paper(canvas, WIDTH, high)
    canvas.text("wishes.title", text("wishes.title", language), theme.PADDING, 33.0, theme.TITLE,
                theme.INK, bold=True)  # fmt: skip
    close_button(canvas, "wishes.close", WIDTH - 16.0, 15.0)
    if not count:
        canvas.paragraph("wishes.empty", text("wishes.empty", language), theme.PADDING,
                         HEAD + 10.0, WIDTH - 2.0 * theme.PADDING, theme.TEXT,
                         theme.INK_SOFT)  # fmt: skip
        return
    left = [product for product, got in view.wishes if not got]
    for number, (product, got) in enumerate(view.wishes[:ROWS_SHOWN]):
        _row(canvas, view, product, HEAD + number * ROW, got=got)
    top = HEAD + min(count, ROWS_SHOWN) * ROW
    told = text("wishes.left", language, left=len(left), count=count)
    if left and view.length_m:
        metres = format_count(round(view.length_m), view.locale)
        told += " · " + text("wishes.walk", language, metres=metres)
    canvas.text("wishes.told", told, theme.PADDING, top + 18.0, theme.TEXT_SMALL, theme.INK_SOFT,
                width=WIDTH - 2.0 * theme.PADDING)  # fmt: skip
    rect = (16.0, high - 60.0, WIDTH - 16.0, high - 14.0)
    label = text("wishes.next", language) if left else text("wishes.done", language)
    button(canvas, "wishes.next", rect, "wishes.next", label, enabled=bool(left))


def _row(canvas: Canvas, view: WishesView, product: Product, top: float, *, got: bool) -> None:
    middle = top + ROW / 2.0 - 2.0
    rect = (14.0, top, WIDTH - 62.0, top + ROW - 5.0)
    over = canvas.target(f"wishes.row.{product.sku}", rect)
    canvas.box(rect, theme.ACCENT_SOFT if over else theme.GROUND, 9.0)
    canvas.ring(34.0, middle, 10.0, theme.ACCENT if got else theme.INK_FAINT, 1.4)
    if got:
        icons.check(canvas, 34.0, middle, 12.0, theme.ACCENT)
    price = format_money(product.price, view.locale) if product.price is not None else ""
    right = WIDTH - 74.0
    if price:
        right = canvas.text("wishes.price", price, right, middle, theme.TEXT, theme.INK_SOFT,
                            align="right")[0] - 10.0  # fmt: skip
    ink = theme.INK_FAINT if got else theme.INK
    canvas.text("wishes.name", product.name(view.language), 54.0, middle, theme.TEXT, ink,
                bold=not got, width=right - 54.0)  # fmt: skip
    side = 32.0
    box = (WIDTH - 54.0, middle - side / 2.0, WIDTH - 54.0 + side, middle + side / 2.0)
    if canvas.target(f"wishes.drop.{product.sku}", box):
        canvas.box(box, theme.GROUND_DEEP, 8.0)
    icons.cross(canvas, (box[0] + box[2]) / 2.0, middle, 9.0, theme.INK_FAINT)
