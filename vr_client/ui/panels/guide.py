"""The help panel: what every key and button does, from the table that the input itself reads.

Where text is to be so large that a window does not show all of it, it has pages.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from vr_client.headset.controls import CONTROLS, Control, hand_name
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import button, cap, close_button, paper
from vr_client.ui.strings import text

WIDTH = 600.0
HEAD, COLUMN_NAMES, FOOT = 56.0, 24.0, 70.0
ROW = {"desktop": 26.0, "headset": 36.0}
DEED_X, PAD_X = 272.0, 496.0

PAGES_MAX = 3
WORTH_A_PAGE = 1.1
"""A further page is worth its press only where text becomes so many times larger by it."""


@dataclass(frozen=True, slots=True)
class GuideView:
    """`kind` is "desktop" (keyboard, mouse, gamepad) or "headset", `family` its controllers'.

    `page` of `pages`, from 0.
    """

    kind: str
    language: str
    family: str = ""
    page: int = 0
    pages: int = 1


def rows(kind: str) -> tuple[Control, ...]:
    """What the page for `kind` lists."""
    if kind == "headset":
        return tuple(control for control in CONTROLS if control.hand)
    return tuple(control for control in CONTROLS if control.keys or control.mouse or control.pad)


def rows_a_page(kind: str, pages: int) -> int:
    """How many controls each page lists, the last one that many or fewer."""
    return math.ceil(len(rows(kind)) / pages)


def height(kind: str, pages: int = 1) -> float:
    """How high each of the pages is for the controls of `kind`."""
    names = COLUMN_NAMES if kind == "desktop" else 0.0
    return HEAD + names + ROW[kind] * rows_a_page(kind, pages) + FOOT


def pages_for(kind: str, wished: float, zoom: Callable[[float, float], float]) -> int:
    """How many pages there are where text is to be `wished` times as large.

    `zoom` says how many times as large a panel of that width and height can hang.
    """
    pages, now = 1, zoom(WIDTH, height(kind))
    while pages < PAGES_MAX and now < wished:
        then = zoom(WIDTH, height(kind, pages + 1))
        if then < now * WORTH_A_PAGE:
            break
        pages, now = pages + 1, then
    return pages


def draw(canvas: Canvas, view: GuideView) -> None:
    """Draw a page of controls; begun by the caller with WIDTH and `height`."""
    high, language = height(view.kind, view.pages), view.language
    paper(canvas, WIDTH, high)
    title = canvas.text("help.title", text("help.title", language), theme.PADDING, 32.0,
                        theme.TITLE, theme.INK, bold=True)  # fmt: skip
    if view.pages > 1:
        canvas.text("help.page", f"{view.page + 1} / {view.pages}", title[2] + 14.0, 33.0,
                    theme.TEXT, theme.INK_SOFT)  # fmt: skip
    close_button(canvas, "help.close", WIDTH - 16.0, 14.0)
    middle = HEAD + ROW[view.kind] / 2.0
    if view.kind == "desktop":
        for name, x in (("help.keyboard", theme.PADDING), ("help.gamepad", PAD_X)):
            canvas.text(name, text(name, language), x, HEAD + COLUMN_NAMES / 2.0 - 2.0,
                        theme.TEXT_SMALL, theme.INK_FAINT)  # fmt: skip
        middle += COLUMN_NAMES
    count = rows_a_page(view.kind, view.pages)
    for number, control in enumerate(rows(view.kind)[view.page * count :][:count]):
        if number % 2 == 0:
            half = ROW[view.kind] / 2.0
            canvas.box((12.0, middle - half, WIDTH - 12.0, middle + half), theme.GROUND, 7.0)
        _row(canvas, view, control, middle)
        middle += ROW[view.kind]
    _buttons(canvas, view, high)


def _buttons(canvas: Canvas, view: GuideView, high: float) -> None:
    """Side by side below the list: the tutorial, the next page where there is one, and the end."""
    names = ["help.tutorial", *(["help.more"] if view.pages > 1 else []), "help.close"]
    wide = (WIDTH - 32.0 + 10.0) / len(names)
    for number, name in enumerate(names):
        left = 16.0 + number * wide
        last = name == "help.more" and view.page == view.pages - 1
        icon = partial(icons.chevron, way=-1.0 if last else 1.0) if name == "help.more" else None
        button(canvas, name, (left, high - 58.0, left + wide - 10.0, high - 14.0), name,
               text("help.first" if last else name, view.language), icon=icon,
               primary=name == "help.close")  # fmt: skip


def _row(canvas: Canvas, view: GuideView, control: Control, middle: float) -> None:
    language, left = view.language, theme.PADDING
    if view.kind == "headset":
        word = hand_name(control, view.family)
        cap(canvas, "help.control", text(word, language) if "." in word else word, left, middle)
    else:
        for key in control.keys:
            left = cap(canvas, "help.control", key, left, middle) + 4.0
        if control.mouse:
            cap(canvas, "help.control", text(control.mouse, language), left, middle)
        left = PAD_X
        for key in control.pad.split():
            left = cap(canvas, "help.control", key, left, middle) + 4.0
    canvas.text("help.deed", text(f"help.{control.does}", language), DEED_X, middle, theme.TEXT,
                theme.INK_SOFT, width=PAD_X - DEED_X - 8.0)  # fmt: skip
