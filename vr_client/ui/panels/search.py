"""Search: a field to write in, what it finds, and letters to press where there is no keyboard."""

from dataclasses import dataclass

from catalog_sync.model.money import format_money
from catalog_sync.model.product import Product
from vr_client.ui import icons, keyboard, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.keyboard import KeyboardView
from vr_client.ui.pieces import close_button, paper, picture, wish_button
from vr_client.ui.strings import text

WIDTH = 520.0
FIELD_TOP, FIELD_HEIGHT = 60.0, 44.0
ROWS_TOP, ROW = 118.0, 56.0
FOOT = 48.0
BELOW_KEYS = 14.0


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the panel shows. `rows` are the results in view, `first` the number of the first.

    `keys` are letters to press, where they are shown.
    """

    query: str
    rows: tuple[Product, ...]
    pictures: tuple[tuple[str, int], ...]
    first: int
    row: int
    count: int
    keys: KeyboardView | None
    language: str
    locale: str
    wished: tuple[str, ...] = ()  # of the rows


def rows_shown(*, keys: bool) -> int:
    """How many results there is room for: letters to press need some of it."""
    return 4 if keys else 6


def height(*, keys: bool) -> float:
    """How high the panel is with or without letters to press."""
    return _foot_top(keys=keys) + FOOT + (keyboard.height() + BELOW_KEYS if keys else 0.0)


def _foot_top(*, keys: bool) -> float:
    return ROWS_TOP + rows_shown(keys=keys) * ROW


def draw(canvas: Canvas, view: SearchView) -> None:
    """Draw the panel; begun by the caller with WIDTH and `height`."""
    paper(canvas, WIDTH, height(keys=view.keys is not None))
    canvas.text("search.title", text("search.title", view.language), theme.PADDING, 34.0,
                theme.TITLE, theme.INK, bold=True)  # fmt: skip
    close_button(canvas, "search.close", WIDTH - 16.0, 17.0)
    _field(canvas, view)
    pictures = dict(view.pictures)
    for number, product in enumerate(view.rows):
        _row(canvas, view, number, product, pictures.get(product.sku))
    if not view.rows:
        key = "search.nothing" if view.query.strip() else "search.hint"
        canvas.paragraph("search.hint", text(key, view.language, query=view.query.strip()),
                         theme.PADDING + 8.0, ROWS_TOP + 24.0, WIDTH - 2.0 * theme.PADDING - 16.0,
                         theme.TEXT, theme.INK_FAINT)  # fmt: skip
    _foot(canvas, view)
    if view.keys is not None:
        keyboard.draw(canvas, view.keys, _foot_top(keys=True) + FOOT, WIDTH)


def _field(canvas: Canvas, view: SearchView) -> None:
    middle = FIELD_TOP + FIELD_HEIGHT / 2.0
    rect = (16.0, FIELD_TOP, WIDTH - 16.0, FIELD_TOP + FIELD_HEIGHT)
    canvas.box(rect, theme.GROUND, theme.RADIUS_BUTTON)
    canvas.outline(rect, theme.ACCENT, theme.RADIUS_BUTTON, 1.2)
    icons.lens(canvas, 40.0, middle, 17.0, theme.INK_FAINT)
    left, room = 60.0, WIDTH - 60.0 - 66.0
    shown = canvas.readable(view.query)
    while canvas.width(shown, theme.TEXT_LARGE) > room:
        shown = shown[1:]  # the end is what one is writing
    end = left
    if shown:
        end = canvas.text("search.query", shown, left, middle, theme.TEXT_LARGE, theme.INK)[2]
        side = 32.0
        right = WIDTH - 22.0
        box = (right - side, middle - side / 2.0, right, middle + side / 2.0)
        if canvas.target("search.clear", box):
            canvas.box(box, theme.GROUND_DEEP, 8.0)
        icons.cross(canvas, right - side / 2.0, middle, 9.0, theme.INK_FAINT)
    canvas.line([(end + 2.0, middle - 10.0), (end + 2.0, middle + 10.0)], theme.ACCENT, 1.4)


def _row(canvas: Canvas, view: SearchView, number: int, product: Product, key: int | None) -> None:
    language = view.language
    top = ROWS_TOP + number * ROW
    rect = (14.0, top, WIDTH - 60.0, top + ROW - 5.0)
    wish_button(canvas, f"search.wish.{product.sku}", WIDTH - 16.0, top + 7.0, 38.0,
                wished=product.sku in view.wished)  # fmt: skip
    hovered = canvas.target(f"search.row.{view.first + number}", rect)
    chosen = view.first + number == view.row
    canvas.box(rect, theme.ACCENT_SOFT if hovered or chosen else theme.GROUND, 10.0)
    if chosen:
        canvas.outline(rect, theme.ACCENT, 10.0, 1.2)
    tint = product.colour.removeprefix("#") or theme.GROUND_DEEP
    picture(canvas, (20.0, top + 4.0, 63.0, top + ROW - 9.0), key, tint, 7.0)
    left = 76.0
    shown = text("card.unpriced", language)
    if product.price is not None:
        shown = format_money(product.price, view.locale)
    price = canvas.text("search.price", shown, WIDTH - 70.0, top + 25.0, theme.TEXT_LARGE,
                        theme.INK if product.price else theme.INK_FAINT, bold=True,
                        align="right", width=130.0)  # fmt: skip
    room = price[0] - left - 10.0
    canvas.text("search.name", product.name(language), left, top + 17.0, theme.TEXT, theme.INK,
                bold=True, width=room)  # fmt: skip
    about = " · ".join(part for part in (product.brand, product.size_text) if part)
    if about:
        canvas.text("search.about", about, left, top + 36.0, theme.TEXT_SMALL, theme.INK_FAINT,
                    width=room)  # fmt: skip


def _foot(canvas: Canvas, view: SearchView) -> None:
    middle = _foot_top(keys=view.keys is not None) + FOOT / 2.0 - 4.0
    if view.count:
        key = "search.one" if view.count == 1 else "search.count"
        canvas.text("search.count", text(key, view.language, count=view.count), theme.PADDING,
                    middle, theme.TEXT_SMALL, theme.INK_FAINT)  # fmt: skip
    rect = (WIDTH - 16.0 - 150.0, middle - 15.0, WIDTH - 16.0, middle + 15.0)
    hovered = canvas.target("search.keys", rect)
    canvas.box(rect, theme.GROUND_DEEP if hovered or view.keys is not None else theme.GROUND, 9.0)
    canvas.text("search.keys", text("search.keys", view.language), (rect[0] + rect[2]) / 2.0,
                middle, theme.TEXT_SMALL, theme.INK_SOFT, bold=True, align="middle",
                width=140.0)  # fmt: skip
