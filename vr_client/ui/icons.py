"""Icons as strokes on a canvas, so that no icon font is needed. Sizes in panel units."""

import math
from collections.abc import Sequence

from vr_client.ui import theme
from vr_client.ui.canvas import Canvas


def minus(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """A minus sign."""
    canvas.line([(x - size / 2, y), (x + size / 2, y)], ink, size * 0.15)


def plus(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """A plus sign."""
    minus(canvas, x, y, size, ink)
    canvas.line([(x, y - size / 2), (x, y + size / 2)], ink, size * 0.15)


def cross(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Closes something."""
    h = size / 2
    canvas.line([(x - h, y - h), (x + h, y + h)], ink, size * 0.13)
    canvas.line([(x - h, y + h), (x + h, y - h)], ink, size * 0.13)


def chevron(canvas: Canvas, x: float, y: float, size: float, ink: str, way: float) -> None:
    """On to the right (`way` 1) or back to the left (-1)."""
    s = size / 2 * way
    canvas.line([(x - s * 0.5, y - size / 2), (x + s * 0.5, y), (x - s * 0.5, y + size / 2)],
                ink, size * 0.16)  # fmt: skip


def check(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Done."""
    points = [(x - size * 0.45, y + size * 0.02), (x - size * 0.12, y + size * 0.35)]
    canvas.line([*points, (x + size * 0.48, y - size * 0.32)], ink, size * 0.15)


def cart(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """A shopping cart, looking to the right."""
    s = size / 2
    thick = size * 0.1
    canvas.line([(x - s, y - s * 0.8), (x - s * 0.6, y - s * 0.8), (x - s * 0.25, y + s * 0.35)],
                ink, thick)  # fmt: skip
    canvas.line(
        [(x - s * 0.48, y - s * 0.42), (x + s, y - s * 0.42), (x + s * 0.75, y + s * 0.35),
         (x - s * 0.25, y + s * 0.35)], ink, thick,
    )  # fmt: skip
    for wheel in (-0.1, 0.62):
        canvas.disc(x + s * wheel, y + s * 0.78, size * 0.085, ink)


def lock(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """A closed padlock."""
    s = size / 2
    thick = size * 0.1
    canvas.outline((x - s * 0.75, y - s * 0.1, x + s * 0.75, y + s), ink, size * 0.1, thick)
    arc = [
        (x + math.cos(a) * s * 0.45, y - s * 0.35 + math.sin(a) * s * 0.5)
        for a in (math.pi * (1.0 + step / 12.0) for step in range(13))
    ]
    canvas.line([(arc[0][0], y - s * 0.1), *arc, (arc[-1][0], y - s * 0.1)], ink, thick)


def clock(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Time left."""
    canvas.ring(x, y, size / 2, ink, size * 0.1)
    canvas.line([(x, y - size * 0.28), (x, y), (x + size * 0.2, y + size * 0.1)], ink, size * 0.1)


def alert(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Something needs attention."""
    s = size / 2
    top = (x, y - s * 0.9)
    left, right = (x - s, y + s * 0.8), (x + s, y + s * 0.8)
    canvas.line([top, right, left, top], ink, size * 0.1)
    canvas.line([(x, y - s * 0.3), (x, y + s * 0.2)], ink, size * 0.1)
    canvas.disc(x, y + s * 0.5, size * 0.055, ink)


def lens(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Looks for something."""
    s = size / 2
    canvas.ring(x - s * 0.2, y - s * 0.2, s * 0.72, ink, size * 0.11)
    canvas.line([(x + s * 0.34, y + s * 0.34), (x + s * 0.95, y + s * 0.95)], ink, size * 0.13)


def wish_list(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """A shopping list."""
    s, thick = size / 2, size * 0.1
    for row in (-0.65, 0.0, 0.65):
        canvas.disc(x - s * 0.8, y + s * row, size * 0.08, ink)
        canvas.line([(x - s * 0.4, y + s * row), (x + s, y + s * row)], ink, thick)


def listed(canvas: Canvas, x: float, y: float, size: float, ink: str, *, done: bool) -> None:
    """A list to which something can be added, or with it ticked."""
    s, thick = size / 2, size * 0.11
    for row, end in ((-0.65, 1.0), (0.0, 0.1), (0.65, 0.1)):
        canvas.line([(x - s, y + s * row), (x + s * end, y + s * row)], ink, thick)
    if done:
        check(canvas, x + s * 0.62, y + s * 0.4, size * 0.5, ink)
    else:
        plus(canvas, x + s * 0.62, y + s * 0.4, size * 0.5, ink)


def way(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Steps that lead to a pin."""
    s = size / 2
    for across, up in ((-0.85, 0.85), (-0.35, 0.62), (-0.2, 0.1)):
        canvas.disc(x + s * across, y + s * up, size * 0.075, ink)
    canvas.fill([(x + s * 0.1, y - s * 0.45), (x + s * 0.45, y + s * 0.25),
                 (x + s * 0.8, y - s * 0.45)], ink)  # fmt: skip
    canvas.ring(x + s * 0.45, y - s * 0.6, s * 0.33, ink, size * 0.13)


def balance(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Weighs two against each other: a pair of scales."""
    s, thick = size / 2, size * 0.1
    canvas.line([(x, y - s * 0.95), (x, y + s * 0.85)], ink, thick)
    canvas.line([(x - s * 0.5, y + s * 0.85), (x + s * 0.5, y + s * 0.85)], ink, thick)
    canvas.line([(x - s * 0.75, y - s * 0.6), (x + s * 0.75, y - s * 0.6)], ink, thick)
    for side in (-1.0, 1.0):
        middle = x + side * s * 0.7
        canvas.line([(middle, y - s * 0.6), (middle - s * 0.38, y + s * 0.2),
                     (middle + s * 0.38, y + s * 0.2), (middle, y - s * 0.6)],
                    ink, thick)  # fmt: skip


def back(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """An arrow that turns back to the left: undo."""
    _turning(canvas, x, y, size, ink, 1.0)


def again(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """An arrow that turns to the right: redo."""
    _turning(canvas, x, y, size, ink, -1.0)


def _turning(canvas: Canvas, x: float, y: float, size: float, ink: str, way: float) -> None:
    s, thick = size / 2, size * 0.11
    bow = [
        (x + way * (s * 0.1 + math.sin(a) * s * 0.8), y + s * 0.1 - math.cos(a) * s * 0.6)
        for a in (math.pi * step / 12.0 for step in range(13))
    ]
    tip, level = x - way * s * 0.9, bow[0][1]
    canvas.line([(tip, level), *bow, (x - way * s * 0.5, bow[-1][1])], ink, thick)
    wing = tip + way * s * 0.45
    canvas.line([(wing, level - s * 0.42), (tip, level), (wing, level + s * 0.42)], ink, thick)


def pin(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """A place on a map."""
    s, thick = size / 2, size * 0.11
    bow = [
        (x + math.sin(a) * s * 0.62, y - s * 0.3 - math.cos(a) * s * 0.62)
        for a in (math.pi * (-0.65 + 1.3 * step / 14.0) for step in range(15))
    ]
    canvas.line([(x, y + s * 0.95), *bow, (x, y + s * 0.95)], ink, thick)
    canvas.disc(x, y - s * 0.3, size * 0.11, ink)


def plan(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """A folded map."""
    s, thick = size / 2, size * 0.1
    folds = [(x - s + s * 2.0 / 3.0 * n, y - s * (0.9 if n % 2 else 0.55)) for n in range(4)]
    feet = [(at, y + s * (0.55 if n % 2 else 0.9)) for n, (at, _) in enumerate(folds)]
    canvas.line([*folds, *feet[::-1], folds[0]], ink, thick)
    for top, foot in zip(folds[1:3], feet[1:3], strict=True):
        canvas.line([top, foot], ink, thick)


def sliders(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Three levers: what can be set."""
    s, thick = size / 2, size * 0.1
    for row, at in ((-0.65, 0.4), (0.0, -0.45), (0.65, 0.15)):
        canvas.line([(x - s, y + s * row), (x + s, y + s * row)], ink, thick)
        canvas.disc(x + s * at, y + s * row, size * 0.14, ink)


def question(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Help."""
    s, thick = size / 2, size * 0.11
    bow = [
        (x + math.cos(a) * s * 0.5, y - s * 0.45 + math.sin(a) * s * 0.5)
        for a in (math.pi * (1.0 + step * 1.4 / 12.0) for step in range(13))
    ]
    canvas.line([*bow, (x, y + s * 0.15), (x, y + s * 0.4)], ink, thick)
    canvas.disc(x, y + s * 0.85, size * 0.075, ink)


def arrow_head(canvas: Canvas, points: Sequence[tuple[float, float]]) -> None:
    """Which way somebody looks, in white on their disc."""
    canvas.fill(points, theme.PAPER)


def loudspeaker(canvas: Canvas, x: float, y: float, size: float, ink: str) -> None:
    """Something is heard."""
    s, thick = size / 2, size * 0.1
    canvas.fill(
        [(x - s, y - s * 0.35), (x - s * 0.5, y - s * 0.35), (x, y - s * 0.85), (x, y + s * 0.85),
         (x - s * 0.5, y + s * 0.35), (x - s, y + s * 0.35)], ink,
    )  # fmt: skip
    for radius in (0.45, 0.9):
        arc = [
            (x + s * (0.1 + radius * math.cos(a)), y + s * radius * math.sin(a))
            for a in (math.radians(-50.0 + 100.0 * step / 8.0) for step in range(9))
        ]
        canvas.line(arc, ink, thick)


def arrow(
    canvas: Canvas, x: float, y: float, size: float, ink: str, *, turn_deg: float = 0.0
) -> None:
    """An arrow to the left, turned clockwise by `turn_deg` (90 points up)."""
    turn, s = math.radians(turn_deg), size / 2

    def at(along: float, across: float) -> tuple[float, float]:
        dx, dy = along * s, across * s
        return x + dx * math.cos(turn) - dy * math.sin(turn), y + dx * math.sin(turn) + (
            dy * math.cos(turn)
        )

    canvas.line([at(-0.9, 0.0), at(0.9, 0.0)], ink, size * 0.13)
    canvas.line([at(-0.25, -0.65), at(-0.9, 0.0), at(-0.25, 0.65)], ink, size * 0.13)
