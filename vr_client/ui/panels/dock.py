"""The row of buttons below the cart chip: what a keyboard has keys for and a controller has not."""

from dataclasses import dataclass
from typing import Final

from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import Icon, paper
from vr_client.ui.strings import text

BUTTONS: Final[tuple[tuple[str, Icon], ...]] = (
    ("search", icons.lens),
    ("wishes", icons.wish_list),
    ("map", icons.plan),
    ("settings", icons.sliders),
    ("help", icons.question),
)
"""The panels that they open, each with its picture."""

SIDE: Final = 62.0
HEIGHT: Final = 62.0


@dataclass(frozen=True, slots=True)
class DockView:
    """`open` is the panel that is open, if one of these is.

    `left` is how many things of the shopping list are still to get: then a button leads to the
    next of them.
    """

    open: str
    language: str
    left: int = 0


def width(view: DockView) -> float:
    """Of the row with its buttons."""
    return SIDE * (len(BUTTONS) + bool(view.left)) + 12.0


def draw(canvas: Canvas, view: DockView) -> None:
    """Draw the row; begun by the caller with `width` and HEIGHT."""
    paper(canvas, width(view), HEIGHT, 16.0)
    buttons = (("next", icons.way), *BUTTONS) if view.left else BUTTONS
    for number, (name, icon) in enumerate(buttons):
        left = 6.0 + number * SIDE
        rect = (left + 2.0, 5.0, left + SIDE - 2.0, HEIGHT - 5.0)
        over = canvas.target(f"dock.{name}", rect)
        if over or view.open == name:
            canvas.box(rect, theme.ACCENT_SOFT, theme.RADIUS_BUTTON)
        if over:
            canvas.outline(rect, theme.ACCENT, theme.RADIUS_BUTTON, 0.8)
        ink = theme.ACCENT if view.open == name else theme.INK
        icon(canvas, left + SIDE / 2.0, 23.0, 17.0, ink)
        label = text(f"dock.{name}", view.language, left=view.left)
        canvas.text("dock.name", label, left + SIDE / 2.0, 46.0,
                    theme.TEXT_SMALL, ink, align="middle", width=SIDE - 6.0)  # fmt: skip
