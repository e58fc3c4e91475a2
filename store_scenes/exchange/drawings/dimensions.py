"""Dimension chains: extension lines, oblique ticks, and figures that never overlap."""

from collections.abc import Sequence
from itertools import pairwise

from store_scenes.exchange.drawings.lettering import text_width
from store_scenes.exchange.drawings.sheet import Item, Line, Pen, Point, Text
from store_scenes.exchange.drawings.words import number

INK = "#1a1d21"
DIM_PEN = Pen("#4a5058", 0.13)
TICK_PEN = Pen(INK, 0.35)
FIGURE_MM = 2.2
TICK_MM = 1.1
LEVEL_MM = 2.9
"""From one row of figures to the next, where they would meet on one."""


def chain_x(
    places: Sequence[tuple[float, float]], y: float, from_y: float, *, levels: int = 3
) -> list[Item]:
    """A chain along x at `y`; `places` are (paper x, millimetres) in order.

    Extension lines come from `from_y`. Figures that would touch the one before go up a row, of
    `levels` at most.
    """
    items: list[Item] = _lines([(x, y) for x, _ in places], [(x, from_y) for x, _ in places])
    ends = [-1e9] * levels
    for (x0, low), (x1, high) in pairwise(places):
        figure = number(high - low)
        wide = text_width(figure, FIGURE_MM)
        left = (x0 + x1 - wide) / 2.0
        row = 0 if wide <= x1 - x0 - 0.4 else 1
        row = next((row_ for row_ in range(row, levels) if ends[row_] + 0.5 < left), -1)
        if row < 0:
            continue
        ends[row] = left + wide
        base = y - 0.7 - row * LEVEL_MM
        if row:
            items.append(Line((((x0 + x1) / 2.0, y), ((x0 + x1) / 2.0, base + 0.5)), DIM_PEN))
        items.append(Text(((x0 + x1) / 2.0, base), figure, FIGURE_MM, "middle", kind="dimension"))
    return items


def chain_y(
    places: Sequence[tuple[float, float]], x: float, from_x: float, *, levels: int = 3
) -> list[Item]:
    """A chain along y at `x`, figures turned to be read from the right; `places` top to bottom."""
    items: list[Item] = _lines([(x, y) for y, _ in places], [(from_x, y) for y, _ in places])
    ends = [-1e9] * levels
    for (y0, high), (y1, low) in pairwise(places):
        figure = number(abs(high - low))
        wide = text_width(figure, FIGURE_MM)
        top = (y0 + y1 - wide) / 2.0
        row = 0 if wide <= y1 - y0 - 0.4 else 1
        row = next((row_ for row_ in range(row, levels) if ends[row_] + 0.5 < top), -1)
        if row < 0:
            continue
        ends[row] = top + wide
        base = x - 0.7 - row * LEVEL_MM
        if row:
            items.append(Line(((x, (y0 + y1) / 2.0), (base + 0.5, (y0 + y1) / 2.0)), DIM_PEN))
        items.append(
            Text((base, (y0 + y1) / 2.0), figure, FIGURE_MM, "middle", turn_deg=90.0,
                 kind="dimension")
        )  # fmt: skip
    return items


def _lines(at: list[Point], start: list[Point]) -> list[Item]:
    """The dimension line, its ticks and the extension lines, with a gap at the object."""
    if len(at) < 2:
        return []
    items: list[Item] = [Line((at[0], at[-1]), DIM_PEN, "dimension")]
    for place, origin in zip(at, start, strict=True):
        dx, dy = place[0] - origin[0], place[1] - origin[1]
        long = (dx * dx + dy * dy) ** 0.5
        if long > 2.5:
            share, beyond = 1.0 / long, 1.0 + 1.2 / long
            items.append(
                Line(
                    (
                        (origin[0] + dx * share, origin[1] + dy * share),
                        (origin[0] + dx * beyond, origin[1] + dy * beyond),
                    ),
                    DIM_PEN,
                    "dimension",
                )
            )
        x, y = place
        items.append(
            Line(((x - TICK_MM / 2, y + TICK_MM / 2), (x + TICK_MM / 2, y - TICK_MM / 2)),
                 TICK_PEN, "dimension")
        )  # fmt: skip
    return items


def scale_bar(right: float, y: float, scale: float) -> list[Item]:
    """A bar of five parts that ends at `right`; a round length each, figures in metres."""
    unit = next(
        (mm for mm in (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000) if mm / scale >= 9.0),
        50_000,
    )
    step = unit / scale
    left = right - 5.0 * step - 5.0
    items: list[Item] = []
    for part in range(5):
        box = (left + part * step, y, left + (part + 1) * step, y + 1.5)
        corners = ((box[0], y), (box[2], y), (box[2], y + 1.5), (box[0], y + 1.5))
        items.append(_bar(corners, dark=part % 2 == 0))
    for part in range(6):
        metres = part * unit / 1000.0
        figure = f"{metres:g}" + (" m" if part == 5 else "")
        items.append(Text((left + part * step, y - 0.8), figure, FIGURE_MM, "middle", kind="scale"))
    return items


def _bar(corners: tuple[Point, ...], *, dark: bool) -> Item:
    from store_scenes.exchange.drawings.sheet import Shape

    return Shape(corners, INK if dark else "#ffffff", Pen(INK, 0.18), "scale")
