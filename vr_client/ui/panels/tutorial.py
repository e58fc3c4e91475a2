"""One step of the tutorial: what to do, with which button, how many steps there are, and a way out.

The buttons are those of the controller in hand, or of the keyboard.
"""

from dataclasses import dataclass
from typing import Final

from vr_client.headset.controls import caps_of
from vr_client.state.tutorial import STEPS
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.marks import Rect
from vr_client.ui.pieces import cap, paper
from vr_client.ui.strings import text

WIDTH, HEIGHT = 480.0, 116.0
SHORT_WIDTH, SHORT_HEIGHT = 400.0, 60.0
"""Where there is little room, as beside the chip below a high panel."""

DEEDS: Final[dict[str, tuple[str, ...]]] = {
    "look": ("look",), "press": ("point",), "add": ("point", "add"), "move": ("hop", "walk"),
    "cart": ("menu",), "done": (),
}  # fmt: skip
"""Which controls each step is done with, by their names in `vr_client.headset.controls`."""


@dataclass(frozen=True, slots=True)
class TutorialView:
    """`kind` is "desktop" or "headset", `family` the controllers' ("" where it is not known).

    `short`: there is little room.
    """

    step: str
    kind: str
    family: str
    language: str
    short: bool = False


def draw(canvas: Canvas, view: TutorialView) -> None:
    """Draw the step; begun by the caller with WIDTH and HEIGHT, or those of the short one."""
    if view.short:
        _draw_short(canvas, view)
        return
    language, done = view.language, view.step == STEPS[-1]
    paper(canvas, WIDTH, HEIGHT, 16.0)
    left = theme.PADDING
    if done:
        icons.check(canvas, left + 10.0, 31.0, 22.0, theme.ACCENT)
        left += 32.0
    canvas.text("tutorial.step", _sentence(view), left, 31.0, theme.TEXT_LARGE, theme.INK,
                bold=True, width=WIDTH - left - theme.PADDING)  # fmt: skip
    if done:
        canvas.text("tutorial.again", text("tutorial.again", language), left, 56.0,
                    theme.TEXT_SMALL, theme.INK_SOFT,
                    width=WIDTH - left - theme.PADDING)  # fmt: skip
    _caps(canvas, view, left, 59.0)
    _progress(canvas, view)
    _way_out(canvas, view, (WIDTH - 156.0, HEIGHT - 44.0, WIDTH - 14.0, HEIGHT - 10.0))


def _draw_short(canvas: Canvas, view: TutorialView) -> None:
    """What to do, and below it with what; beside both the way out."""
    paper(canvas, SHORT_WIDTH, SHORT_HEIGHT, 14.0)
    way_out = (SHORT_WIDTH - 122.0, 12.0, SHORT_WIDTH - 12.0, SHORT_HEIGHT - 12.0)
    left, room = 16.0, way_out[0] - 16.0 - 8.0
    canvas.text("tutorial.step", _sentence(view), left, 18.0, theme.TEXT_LARGE, theme.INK,
                bold=True, width=room)  # fmt: skip
    if view.step == STEPS[-1]:
        canvas.text("tutorial.again", text("tutorial.again", view.language), left, 43.0,
                    theme.TEXT_SMALL, theme.INK_SOFT, width=room)  # fmt: skip
    else:
        at, count = STEPS.index(view.step), len(STEPS) - 1
        drawn = canvas.text("tutorial.number", f"{at + 1} / {count}", left, 43.0,
                            theme.TEXT_SMALL, theme.INK_SOFT)  # fmt: skip
        _caps(canvas, view, drawn[2] + 12.0, 43.0)
    _way_out(canvas, view, way_out)


def _sentence(view: TutorialView) -> str:
    """What is to be done."""
    own = f"_{view.kind}" if view.step in {"look", "move"} else ""
    return text(f"tutorial.{view.step}{own}", view.language)


def _caps(canvas: Canvas, view: TutorialView, left: float, middle: float) -> None:
    """With what it is done, from `left`."""
    for name in DEEDS[view.step]:
        for shown in caps_of(name, view.kind, view.family):
            word = text(shown, view.language) if "." in shown else shown
            left = cap(canvas, "tutorial.control", word, left, middle) + 5.0


def _progress(canvas: Canvas, view: TutorialView) -> None:
    """A dot a step, filled as far as one is, and the same in figures."""
    at, count, middle = STEPS.index(view.step), len(STEPS) - 1, HEIGHT - 26.0
    for number in range(count):
        x = theme.PADDING + 7.0 + number * 20.0
        if number < at:
            canvas.disc(x, middle, 6.0, theme.ACCENT)
        else:
            canvas.ring(x, middle, 5.4, theme.ACCENT if number == at else theme.INK_FAINT, 1.6)
        if number == at:
            canvas.disc(x, middle, 2.6, theme.ACCENT)
    if at < count:
        canvas.text("tutorial.number", f"{at + 1} / {count}", theme.PADDING + count * 20.0 + 6.0,
                    middle, theme.TEXT_SMALL, theme.INK_SOFT)  # fmt: skip


def _way_out(canvas: Canvas, view: TutorialView, rect: Rect) -> None:
    word = text("tutorial.start" if view.step == STEPS[-1] else "tutorial.skip", view.language)
    over = canvas.target("tutorial.skip", rect)
    canvas.box(rect, theme.ACCENT_SOFT if over else theme.GROUND, 9.0)
    canvas.outline(rect, theme.ACCENT if over else theme.RULE, 9.0, 0.8)
    canvas.text("tutorial.way_out", word, (rect[0] + rect[2]) / 2.0, (rect[1] + rect[3]) / 2.0,
                theme.TEXT, theme.INK, bold=True, align="middle",
                width=rect[2] - rect[0] - 10.0)  # fmt: skip
