"""A sheet's border and its title block, and what is left for the drawing."""

from dataclasses import dataclass

from store_scenes.exchange.drawings.lettering import fitted
from store_scenes.exchange.drawings.sheet import (
    Box,
    Group,
    Item,
    Line,
    Pen,
    Shape,
    Sheet,
    Text,
    rectangle,
)
from store_scenes.exchange.drawings.words import Words

PAPERS = {
    "a4": (297.0, 210.0), "a3": (420.0, 297.0), "a2": (594.0, 420.0), "a1": (841.0, 594.0),
    "a0": (1189.0, 841.0),
}  # fmt: skip
"""Width and height, lying; ISO 216."""

SCALES = (1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750,
          1000, 2000, 5000)  # fmt: skip

MARGIN_MM, BINDING_MM = 10.0, 20.0
"""Around the border, and at its left where sheets are bound; ISO 5457."""

STRIP_MM = 36.0
"""The strip along the lower border: key plan or legend, then the title block."""

TITLE_MM = 160.0

INK = "#1a1d21"
SOFT = "#5b636d"
BORDER = Pen(INK, 0.5)
RULE = Pen(INK, 0.18)


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet before it is numbered."""

    id: str
    title: str
    subtitle: str
    scale: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and the boxes on it: `area` for the drawing, `strip` beside the title block."""

    name: str
    size_mm: tuple[float, float]

    @property
    def border(self) -> Box:
        """Inside the margins."""
        width, height = self.size_mm
        return BINDING_MM, MARGIN_MM, width - MARGIN_MM, height - MARGIN_MM

    @property
    def area(self) -> Box:
        """For the drawing."""
        left, top, right, bottom = self.border
        return left + 3.0, top + 3.0, right - 3.0, bottom - STRIP_MM - 3.0

    @property
    def strip(self) -> Box:
        """Left of the title block."""
        left, _, right, bottom = self.border
        return left, bottom - STRIP_MM, right - TITLE_MM, bottom


def scale_for(mm: float, paper_mm: float) -> float:
    """The smallest N of 1:N among the usual ones at which `mm` fits on `paper_mm`."""
    return float(next((n for n in SCALES if mm / n <= paper_mm), SCALES[-1]))


def numbered(
    drafts: list[Draft], paper: Paper, store: str, revision: str, words: Words
) -> tuple[Sheet, ...]:
    """The drafts as sheets, each with its border and title block."""
    return tuple(
        Sheet(
            draft.id,
            f"{words['sheet']} {number}/{len(drafts)}: {draft.title}",
            number,
            len(drafts),
            paper.size_mm,
            draft.scale,
            (
                *draft.items,
                _frame(draft, paper, f"{number} / {len(drafts)}", (store, revision), words),
            ),
        )
        for number, draft in enumerate(drafts, start=1)
    )


def _frame(draft: Draft, paper: Paper, number: str, told: tuple[str, str], words: Words) -> Group:
    """The border, the strip's rules and the title block, whose cells are captioned in small."""
    left, top, right, bottom = paper.border
    strip, block = bottom - STRIP_MM, right - TITLE_MM
    items: list[Item] = [
        Shape(rectangle((left, top, right, bottom)), "", BORDER, "border"),
        Line(((left, strip), (right, strip)), BORDER, "border"),
        Line(((block, strip), (block, bottom)), BORDER, "border"),
    ]
    store, revision = told
    cells = [
        (block, strip, right - 28.0, strip + 13.0, words["store"], store, 5.0, True),
        (right - 28.0, strip, right, strip + 13.0, words["sheet"], number, 5.0, True),
        (block, strip + 13.0, right, strip + 26.0, words["drawing"], draft.title, 4.0, True),
        (block, strip + 26.0, block + 28.0, bottom, words["scale"],
         f"1 : {draft.scale:g}" if draft.scale else "–", 3.2, True),
        (block + 28.0, strip + 26.0, block + 48.0, bottom, words["paper"],
         paper.name.upper(), 3.2, False),
        (block + 48.0, strip + 26.0, block + 84.0, bottom, words["revision"], revision, 3.2, False),
        (block + 84.0, strip + 26.0, right, bottom, "", words["units"], 2.8, False),
    ]  # fmt: skip
    for x0, y0, x1, y1, caption, text, size, bold in cells:
        items.append(Shape(rectangle((x0, y0, x1, y1)), "", RULE, "border"))
        if caption:
            items.append(Text((x0 + 1.2, y0 + 2.9), caption, 2.0, colour=SOFT, kind="caption"))
        shown = fitted(text, x1 - x0 - 2.4, size, bold=bold)
        low = y1 - 3.0 if draft.subtitle and text is draft.title else y1 - 2.2
        if text is draft.title and draft.subtitle:
            low = y1 - 4.6
            under = fitted(draft.subtitle, x1 - x0 - 2.4, 2.4)
            items.append(Text((x0 + 1.2, y1 - 1.2), under, 2.4, colour=SOFT, kind="title"))
        items.append(Text((x0 + 1.2, low), shown, size, bold=bold, kind="title"))
    return Group("title-block", draft.title, tuple(items), "title-block")
