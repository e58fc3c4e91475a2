"""One step of the tutorial: what to do, with which button, how many steps there are, and a way out.

The buttons are those of the controller in hand, or of the keyboard.
"""

from dataclasses import dataclass
from typing import Final

from vr_client.headset.controls import caps_of
from vr_client.state.tutorial import STEPS
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import cap, paper
from vr_client.ui.strings import text

WIDTH, HEIGHT = 480.0, 116.0
DEEDS: Final[dict[str, tuple[str, ...]]] = {
    "look": ("look",), "press": ("point",), "add": ("point", "add"), "move": ("hop", "walk"),
    "cart": ("menu",), "done": (),
}  # fmt: skip
"""Which controls each step is done with, by their names in `vr_client.headset.controls`."""


@dataclass(frozen=True, slots=True)
class TutorialView:
    """`kind` is "desktop" or "headset", `family` the controllers' ("" where it is not known)."""

    step: str
    kind: str
    family: str
    language: str


def draw(canvas: Canvas, view: TutorialView) -> None:
    """Draw the step; begun by the caller with WIDTH and HEIGHT."""
    language, done = view.language, view.step == STEPS[-1]
    paper(canvas, WIDTH, HEIGHT, 16.0)
    left = theme.PADDING
    if done:
        icons.check(canvas, left + 10.0, 31.0, 22.0, theme.ACCENT)
        left += 32.0
    key = f"tutorial.{view.step}"
    if view.step in {"look", "move"}:
        key += f"_{view.kind}"
    canvas.text("tutorial.step", text(key, language), left, 31.0, theme.TEXT_LARGE, theme.INK,
                bold=True, width=WIDTH - left - theme.PADDING)  # fmt: skip
    if done:
        canvas.text("tutorial.again", text("tutorial.again", language), left, 56.0,
                    theme.TEXT_SMALL, theme.INK_SOFT,
                    width=WIDTH - left - theme.PADDING)  # fmt: skip
    for name in DEEDS[view.step]:
        for shown in caps_of(name, view.kind, view.family):
            word = text(shown, language) if "." in shown else shown
            left = cap(canvas, "tutorial.control", word, left, 59.0) + 5.0
    _progress(canvas, view)
    _way_out(canvas, text("tutorial.start" if done else "tutorial.skip", language))


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


def _way_out(canvas: Canvas, word: str) -> None:
    rect = (WIDTH - 156.0, HEIGHT - 44.0, WIDTH - 14.0, HEIGHT - 10.0)
    over = canvas.target("tutorial.skip", rect)
    canvas.box(rect, theme.ACCENT_SOFT if over else theme.GROUND, 9.0)
    canvas.outline(rect, theme.ACCENT if over else theme.RULE, 9.0, 0.8)
    canvas.text("tutorial.way_out", word, (rect[0] + rect[2]) / 2.0, (rect[1] + rect[3]) / 2.0,
                theme.TEXT, theme.INK, bold=True, align="middle", width=130.0)  # fmt: skip
