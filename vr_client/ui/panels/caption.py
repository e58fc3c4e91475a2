"""A subtitle: what is heard, in words, with an arrow to the side that it came from."""

from dataclasses import dataclass

from vr_client.sound.captions import Side
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import paper

WIDTH, HEIGHT = 300.0, 40.0


@dataclass(frozen=True, slots=True)
class CaptionView:
    """`sentence` says what is heard; `side` where it comes from."""

    sentence: str
    side: Side


def draw(canvas: Canvas, view: CaptionView) -> None:
    """Draw the subtitle; begun by the caller with WIDTH and HEIGHT."""
    paper(canvas, WIDTH, HEIGHT, 12.0)
    middle, left, right = HEIGHT / 2.0, 14.0, WIDTH - 14.0
    if view.side == "left":
        icons.arrow(canvas, left + 9.0, middle, 18.0, theme.INK, turn_deg=0.0)
        left += 28.0
    icons.loudspeaker(canvas, left + 9.0, middle, 17.0, theme.ACCENT)
    left += 28.0
    turns = {"right": 180.0, "behind": -90.0}
    if view.side in turns:
        icons.arrow(canvas, right - 9.0, middle, 18.0, theme.INK, turn_deg=turns[view.side])
        right -= 28.0
    canvas.text("caption", view.sentence, left, middle, theme.TEXT, theme.INK, bold=True,
                width=right - left)  # fmt: skip
