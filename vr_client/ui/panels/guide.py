"""The help panel: what each button does with the headset in use."""

from dataclasses import dataclass

from vr_client.ui import theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import button, close_button, paper
from vr_client.ui.strings import text

WIDTH = 440.0
ROW = 34.0

CONTROLS: dict[str, tuple[tuple[str, str], ...]] = {
    "desktop": (
        ("help.mouse_left", "help.point"),
        ("W A S D", "help.walk"),
        ("help.mouse_right", "help.look"),
        ("help.wheel", "help.quantity"),
        ("Tab, I", "help.cart"),
        ("Esc", "help.back"),
        ("F1, H", "help.help"),
        ("L", "help.language"),
        ("F11", "help.fullscreen"),
        ("F12", "help.screenshot"),
    ),
    "headset": (
        ("help.trigger", "help.point"),
        ("help.stick", "help.walk"),
        ("help.head", "help.look"),
        ("help.menu_button", "help.cart"),
        ("help.back_button", "help.back"),
    ),
}
"""By kind of headset: (key of the control or its name as printed, key of what it does)."""


@dataclass(frozen=True, slots=True)
class GuideView:
    """`kind` is a key of CONTROLS."""

    kind: str
    language: str


def height(kind: str) -> float:
    """How high the panel is for the controls of `kind`."""
    return 62.0 + ROW * len(CONTROLS[kind]) + 76.0


def draw(canvas: Canvas, view: GuideView) -> None:
    """Draw the controls; begun by the caller with WIDTH and `height`."""
    high = height(view.kind)
    paper(canvas, WIDTH, high)
    canvas.text("help.title", text("help.title", view.language), theme.PADDING, 34.0, theme.TITLE,
                theme.INK, bold=True)  # fmt: skip
    close_button(canvas, "help.close", WIDTH - 16.0, 17.0)
    middle = 62.0 + ROW / 2.0
    for control, deed in CONTROLS[view.kind]:
        name = text(control, view.language) if control.startswith("help.") else control
        wide = canvas.width(name, theme.TEXT_SMALL, bold=True) + 18.0
        canvas.box((theme.PADDING, middle - 12.0, theme.PADDING + wide, middle + 12.0),
                   theme.GROUND_DEEP, 7.0)  # fmt: skip
        canvas.text("help.control", name, theme.PADDING + 9.0, middle, theme.TEXT_SMALL, theme.INK,
                    bold=True)  # fmt: skip
        canvas.text("help.deed", text(deed, view.language), 206.0, middle, theme.TEXT,
                    theme.INK_SOFT, width=WIDTH - 226.0)  # fmt: skip
        middle += ROW
    rect = (16.0, high - 60.0, WIDTH - 16.0, high - 16.0)
    button(canvas, "help.close", rect, "help.close", text("help.close", view.language))
