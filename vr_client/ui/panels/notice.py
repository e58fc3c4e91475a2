"""One sentence about what just happened: something wrong, the connection gone, a picture kept."""

from dataclasses import dataclass

from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import paper, side_button

WIDTH, HEIGHT = 400.0, 48.0


@dataclass(frozen=True, slots=True)
class NoticeView:
    """`sentence` is shown over two lines at most; `undo` is on the button, "" for none."""

    sentence: str
    good: bool = False
    undo: str = ""


def draw(canvas: Canvas, view: NoticeView) -> None:
    """Draw the notice; begun by the caller with WIDTH and HEIGHT."""
    paper(canvas, WIDTH, HEIGHT, 14.0)
    ground = theme.ACCENT_SOFT if view.good else theme.WARNING_SOFT
    canvas.box((6.0, 6.0, 42.0, HEIGHT - 6.0), ground, 10.0)
    if view.good:
        icons.check(canvas, 24.0, HEIGHT / 2.0, 17.0, theme.ACCENT)
    else:
        icons.alert(canvas, 24.0, HEIGHT / 2.0 - 1.0, 17.0, theme.WARNING)
    room = WIDTH - 68.0
    if view.undo:
        room -= 104.0
        rect = (WIDTH - 106.0, 9.0, WIDTH - 9.0, HEIGHT - 9.0)
        side_button(canvas, "notice.undo", rect, view.undo, icons.back)
    if canvas.width(canvas.readable(view.sentence), theme.TEXT, bold=True) <= room:
        canvas.text("notice", view.sentence, 54.0, HEIGHT / 2.0, theme.TEXT, theme.INK, bold=True)
    else:
        canvas.paragraph("notice", view.sentence, 54.0, 8.0, room, theme.TEXT_SMALL, theme.INK,
                         bold=True, lines_max=2)  # fmt: skip
