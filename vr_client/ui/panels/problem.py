"""A layout that cannot be shown: why, for as long as it is so, as high in a window as has room."""

from dataclasses import dataclass

from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import paper
from vr_client.ui.strings import text

WIDTH, HEIGHT = 600.0, 112.0


@dataclass(frozen=True, slots=True)
class ProblemView:
    """`sentence` is what the layout's reader says."""

    sentence: str
    language: str


def draw(canvas: Canvas, view: ProblemView) -> None:
    """Draw the panel; begun by the caller with WIDTH and HEIGHT."""
    paper(canvas, WIDTH, HEIGHT, 14.0)
    canvas.box((6.0, 6.0, 50.0, HEIGHT - 6.0), theme.WARNING_SOFT, 10.0)
    icons.alert(canvas, 28.0, HEIGHT / 2.0 - 1.0, 22.0, theme.WARNING)
    left, room = 64.0, WIDTH - 64.0 - theme.PADDING
    canvas.text("problem.title", text("problem.title", view.language), left, 21.0,
                theme.TEXT, theme.WARNING, bold=True, width=room)  # fmt: skip
    canvas.paragraph("problem.sentence", view.sentence, left, 34.0, room, theme.TEXT_SMALL,
                     theme.INK, bold=True, lines_max=3)  # fmt: skip
    canvas.text("problem.kept", text("problem.kept", view.language), left, HEIGHT - 16.0,
                theme.TEXT_SMALL, theme.INK_FAINT, width=room)  # fmt: skip
