"""How the shopper likes to move: one row a setting, pressed to go to its next choice."""

from dataclasses import dataclass, replace
from typing import Final

from vr_client.interact.comfort import Comfort
from vr_client.ui import theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import close_button, paper
from vr_client.ui.strings import text

WIDTH: Final = 520.0
HEAD, ROW, FOOT = 58.0, 46.0, 40.0
VALUE_LEFT: Final = 268.0

CHOICES: Final[dict[str, tuple[object, ...]]] = {
    "turn": ("snap", "smooth"),
    "hop": ("short", "long"),
    "pace": ("slow", "normal", "fast"),
    "vignette": (True, False),
    "seated": (False, True),
    "hand": ("right", "left"),
    "still": (False, True),
}
"""Fields of `Comfort` and what each may be, in the order of the panel."""


@dataclass(frozen=True, slots=True)
class SettingsView:
    """What the panel shows."""

    comfort: Comfort
    language: str


def height() -> float:
    """Of the panel: a row for each setting, and one for the language."""
    return HEAD + ROW * (len(CHOICES) + 1) + FOOT


def draw(canvas: Canvas, view: SettingsView) -> None:
    """Draw the settings; begun by the caller with WIDTH and `height`."""
    language = view.language
    paper(canvas, WIDTH, height())
    canvas.text("settings.title", text("settings.title", language), theme.PADDING, 32.0,
                theme.TITLE, theme.INK, bold=True)  # fmt: skip
    close_button(canvas, "settings.close", WIDTH - 16.0, 14.0)
    top = HEAD
    for name in CHOICES:
        value = getattr(view.comfort, name)
        key = value if isinstance(value, str) else ("on" if value else "off")
        label, shown = text(f"settings.{name}", language), text(f"settings.{key}", language)
        _row(canvas, name, label, shown, top)
        top += ROW
    _row(canvas, "language", text("settings.language", language), text("settings.own", language),
         top)  # fmt: skip
    canvas.text("settings.hint", text("settings.hint", language), theme.PADDING,
                height() - FOOT / 2.0, theme.TEXT_SMALL, theme.INK_FAINT,
                width=WIDTH - 2.0 * theme.PADDING)  # fmt: skip


def changed(comfort: Comfort, name: str) -> Comfort | None:
    """The settings with the next choice of `name`; None: there is no such setting."""
    choices = CHOICES.get(name)
    if choices is None:
        return None
    at = choices.index(getattr(comfort, name))
    values = {name: choices[(at + 1) % len(choices)]}
    return replace(comfort, **values)  # type: ignore[arg-type]  # each from its own field's choices


def _row(canvas: Canvas, name: str, label: str, value: str, top: float) -> None:
    middle = top + ROW / 2.0
    canvas.text("settings.label", label, theme.PADDING, middle, theme.TEXT, theme.INK_SOFT,
                width=VALUE_LEFT - theme.PADDING - 10.0)  # fmt: skip
    rect = (VALUE_LEFT, top + 4.0, WIDTH - theme.PADDING, top + ROW - 4.0)
    over = canvas.target(f"settings.{name}", rect)
    canvas.box(rect, theme.ACCENT_SOFT if over else theme.GROUND, theme.RADIUS_BUTTON)
    canvas.outline(rect, theme.ACCENT if over else theme.RULE, theme.RADIUS_BUTTON, 0.8)
    canvas.text("settings.value", value, (rect[0] + rect[2]) / 2.0, middle, theme.TEXT, theme.INK,
                bold=True, align="middle")  # fmt: skip
