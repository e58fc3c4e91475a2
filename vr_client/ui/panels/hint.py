"""The keys, in one line at the lower edge of a window, until the shopper has used them."""

from dataclasses import dataclass

from vr_client.ui import theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import paper
from vr_client.ui.strings import text

WIDTH, HEIGHT = 656.0, 42.0

KEYS = (
    ("hint.click", "hint.product"),
    ("G", "hint.grab"),
    ("W A S D", "hint.walk"),
    ("hint.drag", "hint.look"),
    ("/", "hint.search"),
    ("M", "hint.map"),
    ("Tab", "hint.cart"),
    ("F1", "hint.help"),
)
"""Key of the control or its name as printed, and key of what it does."""


@dataclass(frozen=True, slots=True)
class HintView:
    """What the line shows."""

    language: str


def draw(canvas: Canvas, view: HintView) -> None:
    """Draw the line; begun by the caller with WIDTH and HEIGHT."""
    paper(canvas, WIDTH, HEIGHT, 12.0)
    em, middle = theme.TEXT_SMALL, HEIGHT / 2.0
    said = [
        (text(key, view.language) if key.startswith("hint.") else key, text(deed, view.language))
        for key, deed in KEYS
    ]
    wide = [
        (canvas.width(key, em, bold=True) + 14.0, canvas.width(deed, em) + 6.0)
        for key, deed in said
    ]
    gap = (WIDTH - 24.0 - sum(a + b for a, b in wide)) / (len(KEYS) - 1)
    left = 12.0
    for (key, deed), (key_wide, deed_wide) in zip(said, wide, strict=True):
        canvas.box((left, middle - 11.0, left + key_wide, middle + 11.0), theme.GROUND_DEEP, 7.0)
        canvas.text("hint.key", key, left + 7.0, middle, em, theme.INK, bold=True)
        canvas.text("hint.deed", deed, left + key_wide + 6.0, middle, em, theme.INK_SOFT)
        left += key_wide + deed_wide + gap
