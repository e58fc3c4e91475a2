"""The one drawing model: lines, shapes and texts in millimetres on a sheet of paper.

The origin is the sheet's upper left corner, x to the right, y down. Writers (`svg`, `painted`)
draw items in their order; the model knows nothing of them.
"""

import math
from dataclasses import dataclass
from typing import Literal

from store_scenes.exchange.drawings.lettering import text_width

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

Anchor = Literal["start", "middle", "end"]

ASCENT, DESCENT = 0.80, 0.20
"""Of the em box, above and below the base line, as plan fonts have it."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn. `dash` alternates drawn and free lengths in millimetres."""

    colour: str
    width_mm: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """An open run of straight lines; `kind` names what it stands for, such as `dimension`."""

    points: tuple[Point, ...]
    pen: Pen
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed polygon, filled (`fill` empty: not) and outlined (`pen` None: not)."""

    points: tuple[Point, ...]
    fill: str = ""
    pen: Pen | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    centre: Point
    radius_mm: float
    fill: str = ""
    pen: Pen | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. `at` is on its base line; `turn_deg` counter-clockwise around `at`."""

    at: Point
    text: str
    size_mm: float
    anchor: Anchor = "start"
    bold: bool = False
    colour: str = "#1a1d21"
    turn_deg: float = 0.0
    kind: str = ""

    @property
    def width_mm(self) -> float:
        """As wide as it may become; writers draw it narrower rather than wider."""
        return text_width(self.text, self.size_mm, bold=self.bold)


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are one thing: a fixture, a position. `title` is what a reader is told of it."""

    id: str
    title: str
    items: "tuple[Item, ...]"
    kind: str = ""


Item = Line | Shape | Disc | Text | Group


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper. `scale` is N of 1:N, 0 for a sheet without one."""

    id: str
    title: str
    number: int
    count: int
    size_mm: tuple[float, float]
    scale: float
    items: tuple[Item, ...]


def text_box(text: Text) -> Box:
    """The upright box around a text, however it is turned."""
    width = text.width_mm
    left = {"start": 0.0, "middle": -width / 2.0, "end": -width}[text.anchor]
    top, bottom = -ASCENT * text.size_mm, DESCENT * text.size_mm
    angle = -math.radians(text.turn_deg)
    cos, sin = math.cos(angle), math.sin(angle)
    corners = [(x, y) for x in (left, left + width) for y in (top, bottom)]
    xs = [text.at[0] + x * cos - y * sin for x, y in corners]
    ys = [text.at[1] + x * sin + y * cos for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def overlap(one: Box, two: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def box_of(points: "tuple[Point, ...] | list[Point]") -> Box:
    """The upright box around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def rectangle(box: Box) -> tuple[Point, ...]:
    """A box as a polygon."""
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def every_text(items: tuple[Item, ...]) -> list[Text]:
    """All texts among items, those inside groups too, in drawing order."""
    found: list[Text] = []
    for item in items:
        if isinstance(item, Text):
            found.append(item)
        elif isinstance(item, Group):
            found += every_text(item.items)
    return found


class Room:
    """What is taken on a sheet, so that a text finds a free place."""

    def __init__(self, taken: "list[Box] | None" = None) -> None:
        """`taken` are boxes that nothing may touch from the start."""
        self._taken: list[Box] = list(taken or [])

    def take(self, box: Box) -> None:
        """From now on nothing may touch this box."""
        self._taken.append(box)

    def is_free(self, box: Box) -> bool:
        """Whether a box touches nothing taken."""
        return not any(overlap(box, other) for other in self._taken)

    def first_free(self, candidates: "list[Text]", limit: "Box | None" = None) -> "Text | None":
        """The first text that touches nothing and stays inside `limit`; its box is taken then."""
        for text in candidates:
            box = text_box(text)
            if limit is not None and not (
                limit[0] <= box[0] and limit[1] <= box[1]
                and box[2] <= limit[2] and box[3] <= limit[3]
            ):  # fmt: skip
                continue
            if self.is_free(box):
                self.take(box)
                return text
        return None
