"""The tag on the basket at the hip: how much is in the cart; press it to open the cart."""

from dataclasses import dataclass

from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import paper

WIDTH, HEIGHT = 96.0, 44.0


@dataclass(frozen=True, slots=True)
class BasketTagView:
    """`over`: what is held would fall in, so there will be one more."""

    unit_count: int
    over: bool


def draw(canvas: Canvas, view: BasketTagView) -> None:
    """Draw the tag; begun by the caller with WIDTH and HEIGHT."""
    paper(canvas, WIDTH, HEIGHT, HEIGHT / 2.0)
    middle = HEIGHT / 2.0
    if canvas.target("basket.open", (0.0, 0.0, WIDTH, HEIGHT)) or view.over:
        canvas.box((2.0, 2.0, WIDTH - 2.0, HEIGHT - 2.0), theme.ACCENT_SOFT, middle)
    canvas.disc(middle, middle, 16.0, theme.ACCENT)
    icons.cart(canvas, middle, middle, 16.0, theme.PAPER)
    shown = f"{view.unit_count} + 1" if view.over else str(view.unit_count)
    canvas.text("basket.unit_count", shown, (middle + 16.0 + WIDTH) / 2.0, middle,
                theme.TEXT_LARGE, theme.INK, bold=True, align="middle", width=50.0)  # fmt: skip
