"""What stands in front of the shopper until the shop is there."""

from dataclasses import dataclass

from catalog_sync.model.locales import format_count
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.pieces import paper
from vr_client.ui.strings import text

WIDTH, HEIGHT = 400.0, 170.0

STAGES = {
    "connect": "loading.connect",
    "catalogue": "loading.catalogue",
    "models": "loading.models",
}
"""Stages of the sync worker that shoppers are told apart; all others put up the shelves."""


@dataclass(frozen=True, slots=True)
class LoadingView:
    """`what` is the stage that the sync worker is at."""

    store: str
    what: str
    done: int
    total: int
    problem: str
    language: str


def draw(canvas: Canvas, view: LoadingView) -> None:
    """Draw the progress; begun by the caller with WIDTH and HEIGHT."""
    paper(canvas, WIDTH, HEIGHT)
    title = view.store or text("loading.title", view.language)
    canvas.text("loading.title", title, theme.PADDING, 36.0, theme.TITLE, theme.INK, bold=True,
                width=WIDTH - 40.0)  # fmt: skip
    if view.problem:
        icons.alert(canvas, 29.0, 76.0, 17.0, theme.WARNING)
        canvas.paragraph("notice", view.problem, 48.0, 66.0, WIDTH - 68.0, theme.TEXT, theme.INK,
                         lines_max=4)  # fmt: skip
        return
    key = STAGES.get(view.what, "loading.scene")
    canvas.text("loading.what", text(key, view.language), theme.PADDING, 76.0, theme.TEXT,
                theme.INK_SOFT)  # fmt: skip
    share = min(1.0, max(0.02, view.done / max(1, view.total)))
    right = WIDTH - theme.PADDING
    canvas.box((theme.PADDING, 104.0, right, 112.0), theme.GROUND_DEEP, 4.0)
    canvas.box((theme.PADDING, 104.0, theme.PADDING + (right - theme.PADDING) * share, 112.0),
               theme.ACCENT, 4.0)  # fmt: skip
    done, total = (format_count(count, view.language) for count in (view.done, view.total))
    canvas.text("loading.count", f"{done} / {total}", right, 134.0, theme.TEXT_SMALL,
                theme.INK_FAINT, align="right")  # fmt: skip
