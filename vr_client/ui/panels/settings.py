"""How the shopper likes to move and to read: one row a setting, pressed for its next choice."""

from dataclasses import dataclass, replace
from typing import Final, TypeVar

from vr_client.interact.comfort import Comfort
from vr_client.state.senses import Senses
from vr_client.ui import theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import close_button, paper
from vr_client.ui.strings import text

WIDTH: Final = 520.0
HEAD, TABS, ROW, FOOT = 58.0, 46.0, 46.0, 40.0
VALUE_LEFT: Final = 268.0

Kept = TypeVar("Kept", Comfort, Senses)

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

SENSES: Final[dict[str, tuple[object, ...]]] = {
    "text_size": ("normal", "large", "largest"),
    "contrast": ("usual", "light", "dark"),
    "volume": ("normal", "quiet", "off"),
    "subtitles": (True, False),
}
"""Fields of `Senses`, likewise."""

PAGES: Final[dict[str, tuple[str, ...]]] = {
    "moving": tuple(CHOICES),
    "reading": (*SENSES, "language"),
}
"""What each page of the panel lists."""

STICKS: Final = frozenset({"turn", "hop", "seated", "hand"})
"""What a window has no use for: its one hand is a mouse, and its eyes are at a standing height."""


SIZE_AT: Final = (
    (VALUE_LEFT + WIDTH - theme.PADDING) / 2.0,
    HEAD + TABS + ROW * (PAGES["reading"].index("text_size") + 0.5),
)
"""The middle of the row that changes the size of all there is: it stays under the pointer."""


@dataclass(frozen=True, slots=True)
class SettingsView:
    """What the panel shows."""

    comfort: Comfort
    senses: Senses
    language: str
    page: str = "moving"
    window: bool = False


def rows_of(page: str, *, window: bool) -> tuple[str, ...]:
    """What a page lists, in a window without what has no effect there."""
    return tuple(name for name in PAGES[page] if not (window and name in STICKS))


def height(*, window: bool) -> float:
    """Of the panel: as many rows as its longest page has, so that no press moves it."""
    return HEAD + TABS + ROW * max(len(rows_of(page, window=window)) for page in PAGES) + FOOT


def draw(canvas: Canvas, view: SettingsView) -> None:
    """Draw the settings; begun by the caller with WIDTH and `height`."""
    language = view.language
    high = height(window=view.window)
    paper(canvas, WIDTH, high)
    canvas.text("settings.title", text("settings.title", language), theme.PADDING, 32.0,
                theme.TITLE, theme.INK, bold=True)  # fmt: skip
    close_button(canvas, "settings.close", WIDTH - 16.0, 14.0)
    _tabs(canvas, view)
    top = HEAD + TABS
    for name in rows_of(view.page, window=view.window):
        label, shown = text(f"settings.{name}", language), text(_value_key(view, name), language)
        _row(canvas, name, label, shown, top)
        top += ROW
    canvas.text("settings.hint", text("settings.hint", language), theme.PADDING,
                high - FOOT / 2.0, theme.TEXT_SMALL, theme.INK_FAINT,
                width=WIDTH - 2.0 * theme.PADDING)  # fmt: skip


def changed(value: Kept, name: str) -> Kept | None:
    """The settings with the next choice of `name`; None: there is no such setting among them."""
    choices = (CHOICES if isinstance(value, Comfort) else SENSES).get(name)
    if choices is None:
        return None
    at = choices.index(getattr(value, name))
    values = {name: choices[(at + 1) % len(choices)]}
    return replace(value, **values)  # type: ignore[arg-type]  # each from its own field's choices


def _value_key(view: SettingsView, name: str) -> str:
    """Of the sentence that says what `name` is set to."""
    if name == "language":
        return "settings.own"
    value = getattr(view.comfort if name in CHOICES else view.senses, name)
    chosen = value if isinstance(value, str) else ("on" if value else "off")
    named = name in SENSES and isinstance(value, str)
    return f"settings.{name}_{chosen}" if named else f"settings.{chosen}"


def _tabs(canvas: Canvas, view: SettingsView) -> None:
    """The names of the pages side by side; the one in view is framed and underlined."""
    wide = (WIDTH - 2.0 * theme.PADDING) / len(PAGES)
    for number, name in enumerate(PAGES):
        left = theme.PADDING + number * wide
        rect = (left + 2.0, HEAD, left + wide - 2.0, HEAD + TABS - 10.0)
        over, here = canvas.target(f"settings.page.{name}", rect), name == view.page
        canvas.box(rect, theme.ACCENT_SOFT if over or here else theme.GROUND, 9.0)
        if over or here:
            canvas.outline(rect, theme.ACCENT, 9.0, 1.2)
        middle = (rect[1] + rect[3]) / 2.0
        drawn = canvas.text("settings.page", text(f"settings.{name}", view.language),
                            (rect[0] + rect[2]) / 2.0, middle, theme.TEXT, theme.INK, bold=here,
                            align="middle", width=wide - 16.0)  # fmt: skip
        if here:
            canvas.line([(drawn[0], rect[3] - 5.0), (drawn[2], rect[3] - 5.0)], theme.INK, 1.4)


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
