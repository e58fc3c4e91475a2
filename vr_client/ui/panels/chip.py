"""The cart chip, always in view: how many units, what they cost; press it to open the cart."""

from dataclasses import dataclass

from catalog_sync.model.locales import format_count
from catalog_sync.model.money import Money, format_money
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import paper

WIDTH, HEIGHT = 190.0, 46.0


@dataclass(frozen=True, slots=True)
class ChipView:
    """What the chip shows. `waiting`: something was asked that the shop has not answered."""

    unit_count: int
    total: Money
    locale: str
    waiting: bool
    connected: bool


def draw(canvas: Canvas, view: ChipView) -> None:
    """Draw the chip; begun by the caller with WIDTH and HEIGHT."""
    paper(canvas, WIDTH, HEIGHT, HEIGHT / 2.0)
    middle = HEIGHT / 2.0
    if canvas.target("chip.open", (0.0, 0.0, WIDTH, HEIGHT)):
        canvas.box((2.0, 2.0, WIDTH - 2.0, HEIGHT - 2.0), theme.ACCENT_SOFT, middle)
    canvas.disc(middle, middle, 17.0, theme.ACCENT if view.connected else theme.WARNING)
    if view.connected:
        icons.cart(canvas, middle, middle, 17.0, theme.PAPER)
    else:
        icons.alert(canvas, middle, middle - 1.0, 16.0, theme.PAPER)
    shown = format_count(view.unit_count, view.locale)
    count = canvas.text("cart.unit_count", shown, 54.0, middle, theme.TEXT_LARGE, theme.INK,
                        bold=True)  # fmt: skip
    if view.waiting:
        for dot in range(3):
            canvas.disc(80.0 + dot * 6.0, middle, 1.8, theme.INK_FAINT)
    total, room = format_money(view.total, view.locale), WIDTH - 18.0 - count[2] - 8.0
    fits = canvas.width(total, theme.TEXT_LARGE, bold=True) <= room
    canvas.text("cart.total", total, WIDTH - 18.0, middle,
                theme.TEXT_LARGE if fits else theme.TEXT_SMALL, theme.INK, bold=True,
                align="right", width=room)  # fmt: skip
