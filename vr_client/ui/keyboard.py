"""Letters to press where there is no keyboard: Hangul of two sets, and Latin, with digits."""

from dataclasses import dataclass
from typing import Final

from vr_client.ui import theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.marks import Rect
from vr_client.ui.strings import text

KEY, GAP = 42.0, 5.0
"""A key and what is between two, panel units; keys narrower than 22 are pressed by mistake."""

DIGITS: Final = tuple("1234567890")
ROWS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "ko": (
        DIGITS,
        tuple("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ"),
        tuple("ㅁㄴㅇㄹㅎㅗㅓㅏㅣ"),
        ("shift", *"ㅋㅌㅊㅍㅠㅜㅡ", "erase"),
        ("letters", "space"),
    ),
    "en": (
        DIGITS,
        tuple("qwertyuiop"),
        tuple("asdfghjkl"),
        (*"zxcvbnm", "erase"),
        ("letters", "space"),
    ),
}
SHIFTED: Final = dict(zip("ㅂㅈㄷㄱㅅㅐㅔ", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True))
WIDE: Final = {"shift": 1.5, "erase": 1.5, "letters": 2.0, "space": 6.0}
"""How many keys wide the named ones are."""


@dataclass(frozen=True, slots=True)
class KeyboardView:
    """`letters` are "ko" or "en"; `shift`: the next key is its other letter."""

    letters: str
    shift: bool
    language: str


def height() -> float:
    """Of all rows, panel units."""
    return len(ROWS["ko"]) * (KEY + GAP) - GAP


def draw(canvas: Canvas, view: KeyboardView, top: float, width: float) -> None:
    """The keys, in the middle of `width`; each is a target `search.key.NAME`."""
    for row in ROWS[view.letters]:
        units = sum(WIDE.get(name, 1.0) for name in row)
        left = (width - units * (KEY + GAP) + GAP) / 2.0
        for name in row:
            across = (KEY + GAP) * WIDE.get(name, 1.0) - GAP
            written = SHIFTED.get(name, name) if view.shift else name
            _key(canvas, view, written, (left, top, left + across, top + KEY))
            left += across + GAP
        top += KEY + GAP


def _key(canvas: Canvas, view: KeyboardView, name: str, rect: Rect) -> None:
    hovered = canvas.target(f"search.key.{name}", rect)
    held = name == "shift" and view.shift
    canvas.box(rect, theme.ACCENT_SOFT if hovered or held else theme.GROUND_DEEP, 8.0)
    if held:
        canvas.outline(rect, theme.ACCENT, 8.0, 1.4)
    named = len(name) > 1
    canvas.text("search.key", text(f"search.{name}", view.language) if named else name,
                (rect[0] + rect[2]) / 2.0, (rect[1] + rect[3]) / 2.0,
                theme.TEXT_SMALL if named else theme.TEXT_LARGE, theme.INK, bold=True,
                align="middle")  # fmt: skip
