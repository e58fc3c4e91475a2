"""The checkout: a QR code for the phone, what it will cost, and how long it stays open."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import segno
from numpy.typing import NDArray

from catalog_sync.model.money import Money, format_money
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.marks import Rect
from vr_client.ui.pieces import button, paper
from vr_client.ui.strings import text

WIDTH, HEIGHT = 440.0, 520.0
QUIET_MODULES = 4
"""ISO/IEC 18004 asks for a quiet zone of four modules around the code."""


@dataclass(frozen=True, slots=True)
class CheckoutView:
    """What the panel shows; `left_s` whole seconds until the checkout closes, of `life_s`."""

    url: str
    total: Money
    left_s: int
    life_s: int
    language: str
    locale: str
    pending: bool
    browser: bool = False  # whether this computer's own browser can be used to pay


@lru_cache(maxsize=8)
def qr_modules(url: str) -> NDArray[np.bool_]:
    """(n, n) dark modules of the code for `url`, without quiet zone; level M."""
    matrix = segno.make(url, error="m", micro=False).matrix
    return np.array([list(row) for row in matrix], dtype=bool)


def draw(canvas: Canvas, view: CheckoutView) -> None:
    """Draw the checkout; begun by the caller with WIDTH and HEIGHT."""
    language, middle = view.language, WIDTH / 2.0
    paper(canvas, WIDTH, HEIGHT)
    canvas.text("checkout.title", text("checkout.title", language), middle, 32.0, theme.TITLE,
                theme.INK, bold=True, align="middle")  # fmt: skip
    hint = "checkout.hint_window" if view.browser else "checkout.hint"
    canvas.text("checkout.hint", text(hint, language), middle, 57.0, theme.TEXT_SMALL,
                theme.INK_FAINT, align="middle", width=WIDTH - 30.0)  # fmt: skip
    steps(canvas, language, done=1)
    frame = (middle - 115.0, 132.0, middle + 115.0, 362.0)
    canvas.box(frame, theme.CODE_GROUND, 14.0)
    canvas.outline(frame, theme.RULE, 14.0, 0.8)
    _code(canvas, view.url, (frame[0] + 4.0, frame[1] + 4.0, frame[2] - 4.0, frame[3] - 4.0))
    canvas.text("checkout.total", format_money(view.total, view.locale), middle, 387.0,
                theme.PRICE_SIZE, theme.INK, bold=True, align="middle")  # fmt: skip
    _time_left(canvas, view)
    rect = (16.0, HEIGHT - 60.0, WIDTH - 16.0, HEIGHT - 16.0)
    if view.browser:
        button(canvas, "checkout.browse", (middle + 6.0, *rect[1:]), "checkout.browse",
               text("checkout.browse", language), enabled=view.left_s > 0)  # fmt: skip
        rect = (16.0, rect[1], middle - 6.0, rect[3])
    button(canvas, "checkout.cancel", rect, "checkout.cancel", text("checkout.cancel", language),
           primary=False, enabled=not view.pending)  # fmt: skip


def steps(canvas: Canvas, language: str, done: int) -> None:
    """The row of steps; the first `done` are ticked, the next is the present one."""
    names = [text(f"checkout.step_{name}", language) for name in ("cart", "pay", "done")]
    xs = [WIDTH * share for share in (0.2, 0.5, 0.8)]
    for number in range(len(names) - 1):
        ink = theme.ACCENT if number < done else theme.RULE
        canvas.line([(xs[number], 90.0), (xs[number + 1], 90.0)], ink, 1.2)
    for number, (name, x) in enumerate(zip(names, xs, strict=True)):
        reached = number <= done
        canvas.disc(x, 90.0, 12.5, theme.ACCENT if reached else theme.GROUND_DEEP)
        if number < done:
            icons.check(canvas, x, 90.0, 11.0, theme.PAPER)
        else:
            ink = theme.PAPER if reached else theme.INK_SOFT
            canvas.text("checkout.step_number", str(number + 1), x, 90.0, theme.TEXT_SMALL, ink,
                        bold=True, align="middle")  # fmt: skip
        canvas.text("checkout.step", name, x, 113.0, theme.TEXT_SMALL,
                    theme.INK if reached else theme.INK_FAINT, align="middle")  # fmt: skip


def _code(canvas: Canvas, url: str, rect: Rect) -> None:
    """Each row's runs of dark modules as one box; a hair of overlap closes the seams."""
    modules = qr_modules(url)
    count = len(modules)
    side = (rect[2] - rect[0]) / (count + 2 * QUIET_MODULES)
    left, top = rect[0] + QUIET_MODULES * side, rect[1] + QUIET_MODULES * side
    for row in range(count):
        padded = np.concatenate(([False], modules[row], [False])).astype(np.int8)
        edges = np.diff(padded)
        for first, stop in zip(
            np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True
        ):
            canvas.box(
                (left + first * side, top + row * side, left + stop * side,
                 top + (row + 1) * side + 0.05),
                "000000",
            )  # fmt: skip


def _time_left(canvas: Canvas, view: CheckoutView) -> None:
    middle = WIDTH / 2.0
    share = min(1.0, max(0.0, view.left_s / max(1, view.life_s)))
    canvas.box((middle - 90.0, 411.0, middle + 90.0, 416.0), theme.GROUND_DEEP, 2.5)
    if share > 0.0:
        right = middle - 90.0 + max(5.0, 180.0 * share)
        canvas.box((middle - 90.0, 411.0, right, 416.0), theme.ACCENT, 2.5)
    if view.left_s > 0:
        shown = text("checkout.left", view.language,
                     time=f"{view.left_s // 60}:{view.left_s % 60:02d}")  # fmt: skip
    else:
        shown = text("checkout.over", view.language)
    wide = canvas.width(shown, theme.TEXT_SMALL)
    icons.clock(canvas, middle - wide / 2.0 - 3.0, 434.0, 12.0, theme.INK_SOFT)
    canvas.text("checkout.left", shown, middle + 8.0, 434.0, theme.TEXT_SMALL, theme.INK_SOFT,
                align="middle")  # fmt: skip
