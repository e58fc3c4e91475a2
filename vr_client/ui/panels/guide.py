"""The help panel: what every key and button does, from the table that the input itself reads."""

from dataclasses import dataclass

from vr_client.headset.controls import CONTROLS, Control, hand_name
from vr_client.ui import theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import button, cap, close_button, paper
from vr_client.ui.strings import text

WIDTH = 600.0
HEAD, COLUMN_NAMES, FOOT = 56.0, 24.0, 70.0
ROW = {"desktop": 26.0, "headset": 36.0}
DEED_X, PAD_X = 272.0, 496.0


@dataclass(frozen=True, slots=True)
class GuideView:
    """`kind` is "desktop" (keyboard, mouse, gamepad) or "headset", `family` its controllers'."""

    kind: str
    language: str
    family: str = ""


def rows(kind: str) -> tuple[Control, ...]:
    """What the page for `kind` lists."""
    if kind == "headset":
        return tuple(control for control in CONTROLS if control.hand)
    return tuple(control for control in CONTROLS if control.keys or control.mouse or control.pad)


def height(kind: str) -> float:
    """How high the panel is for the controls of `kind`."""
    names = COLUMN_NAMES if kind == "desktop" else 0.0
    return HEAD + names + ROW[kind] * len(rows(kind)) + FOOT


def draw(canvas: Canvas, view: GuideView) -> None:
    """Draw the controls; begun by the caller with WIDTH and `height`."""
    high, language = height(view.kind), view.language
    paper(canvas, WIDTH, high)
    canvas.text("help.title", text("help.title", language), theme.PADDING, 32.0, theme.TITLE,
                theme.INK, bold=True)  # fmt: skip
    close_button(canvas, "help.close", WIDTH - 16.0, 14.0)
    middle = HEAD + ROW[view.kind] / 2.0
    if view.kind == "desktop":
        for name, x in (("help.keyboard", theme.PADDING), ("help.gamepad", PAD_X)):
            canvas.text(name, text(name, language), x, HEAD + COLUMN_NAMES / 2.0 - 2.0,
                        theme.TEXT_SMALL, theme.INK_FAINT)  # fmt: skip
        middle += COLUMN_NAMES
    for number, control in enumerate(rows(view.kind)):
        if number % 2 == 0:
            half = ROW[view.kind] / 2.0
            canvas.box((12.0, middle - half, WIDTH - 12.0, middle + half), theme.GROUND, 7.0)
        _row(canvas, view, control, middle)
        middle += ROW[view.kind]
    half = WIDTH / 2.0
    button(canvas, "help.tutorial", (16.0, high - 58.0, half - 5.0, high - 14.0), "help.tutorial",
           text("help.tutorial", language), primary=False)  # fmt: skip
    button(canvas, "help.close", (half + 5.0, high - 58.0, WIDTH - 16.0, high - 14.0),
           "help.close", text("help.close", language))  # fmt: skip


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
