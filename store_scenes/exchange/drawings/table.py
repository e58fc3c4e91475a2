"""Tables on paper: columns of stated widths, rows of text, headings between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from store_scenes.exchange.drawings.lettering import fitted
from store_scenes.exchange.drawings.sheet import (
    Anchor,
    Box,
    Item,
    Line,
    Pen,
    Shape,
    Text,
    rectangle,
)

ROW_MM = 4.0
TEXT_MM = 2.2
GAP_MM = 4.0
"""Between two blocks of a table side by side."""

RULE = Pen("#9aa2ab", 0.10)
HEAD_RULE = Pen("#1a1d21", 0.30)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in millimetres and where its texts stand."""

    heading: str
    width_mm: float
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: as many texts as columns, or one that is a heading over all. `swatch`: a colour."""

    cells: tuple[str, ...]
    heading: bool = False
    swatch: str = ""


def blocks_in(columns: Sequence[Column], box: Box) -> tuple[int, int]:
    """How many blocks stand side by side in a box, and how many rows one has under its head."""
    width = sum(column.width_mm for column in columns)
    wide = max(int((box[2] - box[0] + GAP_MM) / (width + GAP_MM)), 1)
    return wide, max(int((box[3] - box[1]) / ROW_MM + 1e-6) - 1, 1)


def table(columns: Sequence[Column], rows: Sequence[Row], box: Box) -> tuple[list[Item], int]:
    """As many rows as the box takes, in blocks from left to right, and how many those are.

    A heading never ends a block, and a block that begins within a part repeats its heading.
    """
    wide, high = blocks_in(columns, box)
    width = sum(column.width_mm for column in columns)
    items: list[Item] = []
    done, last = 0, None
    for block in range(wide):
        if done >= len(rows):
            break
        taken = list(rows[done : done + high])
        step = len(taken)
        if last is not None and not taken[0].heading:
            taken = [last, *taken[: high - 1]]
            step = len(taken) - 1
        if done + step < len(rows) and taken[-1].heading and step > 1:
            taken.pop()
            step -= 1
        headings = [row for row in taken if row.heading]
        last = headings[-1] if headings else last
        left = box[0] + block * (width + GAP_MM)
        items += _block(columns, taken, left, box[1])
        done += step
    return items, done


def _block(columns: Sequence[Column], rows: list[Row], left: float, top: float) -> list[Item]:
    width = sum(column.width_mm for column in columns)
    items: list[Item] = _cells(columns, tuple(c.heading for c in columns), left, top, bold=True)
    items.append(Line(((left, top + ROW_MM), (left + width, top + ROW_MM)), HEAD_RULE, "table"))
    for index, row in enumerate(rows, start=1):
        y = top + index * ROW_MM
        if row.heading:
            items.append(
                Shape(rectangle((left, y, left + width, y + ROW_MM)), "#e9edf1", None, "table")
            )
            shown = fitted(row.cells[0], width - 2.0, TEXT_MM, bold=True)
            items.append(Text((left + 1.0, y + 2.9), shown, TEXT_MM, bold=True, kind="table"))
        else:
            if row.swatch:
                box = (left + 0.5, y + 0.6, left + 2.5, y + ROW_MM - 0.6)
                items.append(Shape(rectangle(box), row.swatch, RULE, "table"))
            items += _cells(columns, row.cells, left, y)
        items.append(Line(((left, y + ROW_MM), (left + width, y + ROW_MM)), RULE, "table"))
    return items


def _cells(
    columns: Sequence[Column],
    cells: tuple[str, ...],
    left: float,
    top: float,
    *,
    bold: bool = False,
) -> list[Item]:
    items: list[Item] = []
    x = left
    for column, cell in zip(columns, cells, strict=True):
        shown = fitted(cell, column.width_mm - 1.4, TEXT_MM, bold=bold)
        if shown:
            anchor: Anchor = column.anchor
            at = {"start": x + 0.7, "middle": x + column.width_mm / 2.0,
                  "end": x + column.width_mm - 0.7}[anchor]  # fmt: skip
            items.append(Text((at, top + 2.9), shown, TEXT_MM, anchor, bold=bold, kind="table"))
        x += column.width_mm
    return items
