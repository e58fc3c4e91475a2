"""What everybody who puts a headset on should know, once: health and safety."""

from dataclasses import dataclass
from typing import Final

from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import button, paper
from vr_client.ui.strings import text

WIDTH: Final = 500.0
HEAD, ROW, FOOT = 62.0, 50.0, 76.0
POINTS: Final = ("room", "breaks", "children", "seizures", "gentle")
HEIGHT: Final = HEAD + ROW * len(POINTS) + FOOT


@dataclass(frozen=True, slots=True)
class SafetyView:
    """What the panel shows."""

    language: str


def draw(canvas: Canvas, view: SafetyView) -> None:
    """Draw the notice; begun by the caller with WIDTH and HEIGHT."""
    language = view.language
    paper(canvas, WIDTH, HEIGHT)
    icons.alert(canvas, 34.0, 33.0, 24.0, theme.WARNING)
    canvas.text("safety.title", text("safety.title", language), 58.0, 34.0, theme.TITLE, theme.INK,
                bold=True, width=WIDTH - 58.0 - theme.PADDING)  # fmt: skip
    for number, name in enumerate(POINTS):
        middle = HEAD + ROW * (number + 0.5)
        canvas.disc(32.0, middle, 3.0, theme.INK)
        canvas.paragraph("safety.point", text(f"safety.{name}", language), 48.0, middle,
                         WIDTH - 48.0 - theme.PADDING, theme.TEXT, theme.INK, lines_max=2,
                         centred=True)  # fmt: skip
    rect = (16.0, HEIGHT - 62.0, WIDTH - 16.0, HEIGHT - 16.0)
    button(canvas, "safety.understood", rect, "safety.understood",
           text("safety.understood", language), icon=icons.check)  # fmt: skip
