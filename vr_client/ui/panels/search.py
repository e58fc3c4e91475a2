"""Search: a field to write in, what it finds or what kinds there are, and letters to press."""

from dataclasses import dataclass

from catalog_sync.model.locales import format_count
from catalog_sync.model.money import format_money
from catalog_sync.model.product import Product
from catalog_sync.model.size_words import size_words
from vr_client.ui import icons, keyboard, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.keyboard import KeyboardView
from vr_client.ui.pieces import back_button, close_button, paper, picture, way_button, wish_button
from vr_client.ui.strings import text

WIDTH = 520.0
FIELD_TOP, FIELD_HEIGHT = 60.0, 44.0
ROWS_TOP, ROW = 118.0, 56.0
FOOT = 48.0
COLUMNS, COLUMN_GAP = 2, 8.0
BELOW_KEYS = 14.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of product to press: its name in words, how many there are, and one's picture."""

    name: str
    count: int
    tint: str
    picture: int | None


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the panel shows. `rows` are the results in view, or `kinds` where nothing is asked.

    `first` is the number of the first, `row` of the chosen one, `count` how many there are in all.
    `kind` is the one that is looked through; `keys` are letters to press, where they are shown.
    `meant` is what was found instead of the query, "" where that itself was. `done`: all was
    looked at.
    """

    query: str
    kind: str
    kinds: tuple[Kind, ...]
    rows: tuple[Product, ...]
    pictures: tuple[tuple[str, int], ...]
    first: int
    row: int
    count: int
    listed: int  # of these as many as there are pages for
    keys: KeyboardView | None
    language: str
    locale: str
    wished: tuple[str, ...] = ()  # of the rows
    led_to: str = ""
    meant: str = ""
    done: bool = True


def rows_shown(*, keys: bool, kinds: bool = False) -> int:
    """How many results, or kinds, there is room for: letters to press need some of it."""
    return (4 if keys else 6) * (COLUMNS if kinds else 1)


def height(*, keys: bool) -> float:
    """How high the panel is with or without letters to press."""
    return _foot_top(keys=keys) + FOOT + (keyboard.height() + BELOW_KEYS if keys else 0.0)


def _foot_top(*, keys: bool) -> float:
    return ROWS_TOP + rows_shown(keys=keys) * ROW


def draw(canvas: Canvas, view: SearchView) -> None:
    """Draw the panel; begun by the caller with WIDTH and `height`."""
    paper(canvas, WIDTH, height(keys=view.keys is not None))
    left = theme.PADDING
    if view.kind:
        left = 16.0 + back_button(canvas, "search.back", 16.0, 17.0) + 10.0
    title = view.kind or text("search.title", view.language)
    canvas.text("search.title", title, left, 34.0, theme.TITLE, theme.INK, bold=True,
                width=WIDTH - 60.0 - left)  # fmt: skip
    close_button(canvas, "search.close", WIDTH - 16.0, 17.0)
    _field(canvas, view)
    pictures = dict(view.pictures)
    for number, product in enumerate(view.rows):
        _row(canvas, view, number, product, pictures.get(product.sku))
    for number, kind in enumerate(view.kinds):
        _kind(canvas, view, number, kind)
    if not view.rows and view.query.strip():
        key = "search.nothing" if view.done else "search.looking"
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
    elif not view.query:
        canvas.text("search.hint", text("search.hint", view.language), left + 8.0, middle,
                    theme.TEXT_SMALL, theme.INK_FAINT, width=WIDTH - 32.0 - left)  # fmt: skip
    canvas.line([(end + 2.0, middle - 10.0), (end + 2.0, middle + 10.0)], theme.ACCENT, 1.4)


def _kind(canvas: Canvas, view: SearchView, number: int, kind: Kind) -> None:
    """A tile; two of them in a row, read from left to right."""
    wide = (WIDTH - 28.0 - COLUMN_GAP) / COLUMNS
    left = 14.0 + number % COLUMNS * (wide + COLUMN_GAP)
    top = ROWS_TOP + number // COLUMNS * ROW
    rect = (left, top, left + wide, top + ROW - 5.0)
    hovered = canvas.target(f"search.row.{view.first + number}", rect)
    chosen = view.first + number == view.row
    canvas.box(rect, theme.ACCENT_SOFT if hovered or chosen else theme.GROUND, 10.0)
    if chosen:
        canvas.outline(rect, theme.ACCENT, 10.0, 1.2)
    side = ROW - 13.0
    picture(canvas, (left + 6.0, top + 4.0, left + 6.0 + side, top + 4.0 + side), kind.picture,
            kind.tint, 7.0)  # fmt: skip
    middle = top + (ROW - 5.0) / 2.0
    count = canvas.text("search.units", text("search.units", view.language, count=kind.count),
                        rect[2] - 10.0, middle, theme.TEXT_SMALL, theme.INK_FAINT,
                        align="right")  # fmt: skip
    start = left + side + 14.0
    canvas.text("search.kind", kind.name, start, middle, theme.TEXT, theme.INK, bold=True,
                width=count[0] - start - 8.0)  # fmt: skip


def _row(canvas: Canvas, view: SearchView, number: int, product: Product, key: int | None) -> None:
    language = view.language
    top = ROWS_TOP + number * ROW
    rect = (14.0, top, WIDTH - 104.0, top + ROW - 5.0)
    way_button(canvas, f"search.way.{product.sku}", WIDTH - 60.0, top + 7.0, 38.0,
               shown=product.sku == view.led_to)  # fmt: skip
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
    price = canvas.text("search.price", shown, WIDTH - 114.0, top + 25.0, theme.TEXT_LARGE,
                        theme.INK if product.price else theme.INK_FAINT, bold=True,
                        align="right", width=130.0)  # fmt: skip
    room = price[0] - left - 10.0
    canvas.text("search.name", product.name(language), left, top + 17.0, theme.TEXT, theme.INK,
                bold=True, width=room)  # fmt: skip
    about = " · ".join(
        part for part in (product.brand, size_words(product.size_text, language)) if part
    )
    if about:
        canvas.text("search.about", about, left, top + 36.0, theme.TEXT_SMALL, theme.INK_FAINT,
                    width=room)  # fmt: skip


def _foot(canvas: Canvas, view: SearchView) -> None:
    middle = _foot_top(keys=view.keys is not None) + FOOT / 2.0 - 4.0
    if view.count:
        count = format_count(view.count, view.locale)
        key = "search.one" if view.count == 1 else "search.count"
        key = "search.kinds" if view.kinds else key
        key = "search.meant" if view.meant else key
        shown = text(key, view.language, count=count, meant=view.meant)
        canvas.text("search.count", shown, theme.PADDING, middle, theme.TEXT_SMALL,
                    theme.INK if view.meant else theme.INK_FAINT, width=178.0)  # fmt: skip
        _pages(canvas, view, middle)
    rect = (WIDTH - 16.0 - 150.0, middle - 15.0, WIDTH - 16.0, middle + 15.0)
    hovered = canvas.target("search.keys", rect)
    canvas.box(rect, theme.GROUND_DEEP if hovered or view.keys is not None else theme.GROUND, 9.0)
    canvas.text("search.keys", text("search.keys", view.language), (rect[0] + rect[2]) / 2.0,
                middle, theme.TEXT_SMALL, theme.INK_SOFT, bold=True, align="middle",
                width=140.0)  # fmt: skip


def _pages(canvas: Canvas, view: SearchView, middle: float) -> None:
    """Which page one sees, between buttons for those before and after it."""
    size = rows_shown(keys=view.keys is not None, kinds=bool(view.kinds))
    last = (view.listed - 1) // size
    if last < 1:
        return
    page = view.first // size
    for side, to in ((-1.0, page - 1), (1.0, page + 1)):
        x = WIDTH / 2.0 + side * 44.0
        rect = (x - 16.0, middle - 15.0, x + 16.0, middle + 15.0)
        if not 0 <= to <= last:  # the bare sign, small, and no button around it
            icons.chevron(canvas, x, middle, 6.0, theme.DISABLED, side)
            continue
        hovered = canvas.target(f"search.page.{to * size}", rect)
        canvas.box(rect, theme.GROUND_DEEP if hovered else theme.GROUND, 9.0)
        icons.chevron(canvas, x, middle, 11.0, theme.INK, side)
    canvas.text("search.page", f"{page + 1}/{last + 1}", WIDTH / 2.0, middle, theme.TEXT_SMALL,
                theme.INK_SOFT, bold=True, align="middle")  # fmt: skip
