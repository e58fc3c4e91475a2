"""What several panels are made of: card, button, stepper, close button. Panel units."""

from collections.abc import Callable

from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.marks import Rect

Icon = Callable[[Canvas, float, float, float, str], None]


def paper(canvas: Canvas, width: float, height: float, radius: float = theme.RADIUS_CARD) -> None:
    """The white card a panel is drawn on, with its soft shadow in the margin around it."""
    for step in range(6 if canvas.look.soft else 0):
        grow = theme.SHADOW * (1.0 - step / 6.0) * 0.8
        canvas.box(
            (-grow, -grow + 2.0, width + grow, height + grow + 2.0),
            theme.INK,
            radius + grow,
            alpha=0.022,
        )
    canvas.box((0.0, 0.0, width, height), theme.PAPER, radius)
    canvas.outline((0.0, 0.0, width, height), theme.RULE, radius, 0.5)


def button(
    canvas: Canvas,
    target: str,
    rect: Rect,
    role: str,
    label: str,
    *,
    icon: Icon | None = None,
    primary: bool = True,
    enabled: bool = True,
) -> None:
    """A big button: filled when it is the thing to do, outlined when it is the way out.

    One that cannot be pressed has neither, in every look: its words stand on plain ground.
    """
    hovered = canvas.target(target, rect) if enabled else False
    if not enabled:
        ground, ink = theme.GROUND_OFF, theme.INK_FAINT
    elif primary:
        ground, ink = (theme.ACCENT_HOVER if hovered else theme.ACCENT), theme.PAPER
    else:
        ground, ink = (theme.GROUND_DEEP if hovered else theme.PAPER), theme.INK
    canvas.box(rect, ground, theme.RADIUS_BUTTON)
    if not primary and enabled:
        canvas.outline(rect, theme.RULE, theme.RADIUS_BUTTON, 0.8)
    if hovered:
        grown = (rect[0] - 2.0, rect[1] - 2.0, rect[2] + 2.0, rect[3] + 2.0)
        canvas.outline(grown, theme.ACCENT, theme.RADIUS_BUTTON + 2.0, 1.2)
    middle = (rect[1] + rect[3]) / 2.0
    em = theme.TEXT_LARGE
    room = rect[2] - rect[0] - 24.0 - (26.0 if icon else 0.0)
    shown = canvas.shorten(label, em, room, bold=True)
    wide = canvas.width(shown, em, bold=True) + (26.0 if icon else 0.0)
    left = (rect[0] + rect[2] - wide) / 2.0
    if icon is not None:
        icon(canvas, left + 9.0, middle, 17.0, ink)
        left += 26.0
    canvas.text(role, shown, left, middle, em, ink, bold=True)


def stepper(
    canvas: Canvas, prefix: str, rect: Rect, role: str, quantity: int, *, can_grow: bool = True
) -> None:
    """Minus, a number, plus; the targets are `prefix.minus` and `prefix.plus`.

    A sign that cannot be pressed is small as well as pale.
    """
    middle = (rect[1] + rect[3]) / 2.0
    side = rect[3] - rect[1]
    canvas.box(rect, theme.PAPER, side / 2.0)
    canvas.outline(rect, theme.RULE, side / 2.0, 0.8)
    ends = [("minus", rect[0], icons.minus, True), ("plus", rect[2] - side, icons.plus, can_grow)]
    for name, left, icon, enabled in ends:
        end = (left, rect[1], left + side, rect[3])
        if enabled and canvas.target(f"{prefix}.{name}", end):
            canvas.disc(left + side / 2.0, middle, side / 2.0 - 1.0, theme.GROUND_DEEP)
        ink, wide = (theme.INK, 10.0) if enabled else (theme.DISABLED, 6.0)
        icon(canvas, left + side / 2.0, middle, wide, ink)
    canvas.text(
        role, str(quantity), (rect[0] + rect[2]) / 2.0, middle, theme.TEXT, theme.INK,
        bold=True, align="middle",
    )  # fmt: skip


def close_button(canvas: Canvas, target: str, right: float, top: float, side: float = 32.0) -> None:
    """A square with a cross in the corner of a card."""
    rect = (right - side, top, right, top + side)
    hovered = canvas.target(target, rect)
    canvas.box(rect, theme.GROUND_DEEP if hovered else theme.PAPER, 9.0)
    canvas.outline(rect, theme.RULE, 9.0, 0.8)
    icons.cross(canvas, right - side / 2.0, top + side / 2.0, 10.0, theme.INK)


def back_button(canvas: Canvas, target: str, left: float, top: float, side: float = 32.0) -> float:
    """A square that leads back to what was there before; returns its width."""
    rect = (left, top, left + side, top + side)
    hovered = canvas.target(target, rect)
    canvas.box(rect, theme.GROUND_DEEP if hovered else theme.PAPER, 9.0)
    canvas.outline(rect, theme.RULE, 9.0, 0.8)
    icons.chevron(canvas, left + side / 2.0, top + side / 2.0, 12.0, theme.INK, -1.0)
    return side


def wish_button(
    canvas: Canvas, target: str, right: float, top: float, side: float = 32.0, *, wished: bool
) -> None:
    """Puts something on the shopping list, or takes it off: a list with a plus, or with a tick."""
    rect = (right - side, top, right, top + side)
    hovered = canvas.target(target, rect)
    ground = theme.ACCENT_SOFT if wished else theme.PAPER
    canvas.box(rect, theme.GROUND_DEEP if hovered else ground, 9.0)
    canvas.outline(rect, theme.ACCENT if wished else theme.RULE, 9.0, 0.8)
    ink = theme.ACCENT if wished else theme.INK
    icons.listed(canvas, right - side / 2.0, top + side / 2.0, 16.0, ink, done=wished)


def way_button(
    canvas: Canvas, target: str, right: float, top: float, side: float = 32.0, *, shown: bool
) -> None:
    """Shows the way to something on the floor; struck through, it ends one that is shown."""
    rect = (right - side, top, right, top + side)
    hovered = canvas.target(target, rect)
    canvas.box(rect, theme.GROUND_DEEP if hovered else theme.PAPER, 9.0)
    canvas.outline(rect, theme.ACCENT if shown else theme.RULE, 9.0, 0.8)
    x, y = right - side / 2.0, top + side / 2.0
    icons.way(canvas, x, y, 18.0, theme.ACCENT if shown else theme.INK)
    if shown:
        for ink, thick in ((theme.PAPER, 4.4), (theme.ACCENT, 1.8)):
            canvas.line([(x - 10.0, y - 9.0), (x + 10.0, y + 9.0)], ink, thick)


def side_button(
    canvas: Canvas,
    target: str,
    rect: Rect,
    label: str,
    icon: Icon,
    *,
    chosen: bool = False,
) -> None:
    """A small outlined button beside the big one: a picture and, where there is one, a word."""
    hovered = canvas.target(target, rect)
    ground = theme.ACCENT_SOFT if chosen else theme.PAPER
    canvas.box(rect, theme.GROUND_DEEP if hovered else ground, 9.0)
    canvas.outline(rect, theme.ACCENT if chosen else theme.RULE, 9.0, 0.8)
    ink = theme.ACCENT if chosen else theme.INK
    middle = (rect[1] + rect[3]) / 2.0
    if not label:
        icon(canvas, (rect[0] + rect[2]) / 2.0, middle, 15.0, ink)
        return
    em = theme.TEXT_SMALL
    shown = canvas.shorten(label, em, rect[2] - rect[0] - 32.0, bold=True)
    left = (rect[0] + rect[2] - canvas.width(shown, em, bold=True) - 21.0) / 2.0
    icon(canvas, left + 7.5, middle, 15.0, ink)
    canvas.text(target, shown, left + 21.0, middle, em, ink, bold=True)


def picture(canvas: Canvas, rect: Rect, key: int | None, tint: str, radius: float) -> None:
    """A product's picture, or its colour as long as the picture is not drawn yet."""
    canvas.box(rect, tint, radius)
    if key is not None:
        canvas.image(key, rect, radius)


def chip(
    canvas: Canvas, role: str, text: str, x: float, middle: float, ink: str, ground: str
) -> float:
    """A small rounded tag that begins at `x`; where it ends."""
    em = theme.TEXT_SMALL
    wide = canvas.width(canvas.readable(text), em, bold=True)
    canvas.box((x, middle - 10.5, x + wide + 18.0, middle + 10.5), ground, 10.5)
    canvas.text(role, text, x + 9.0, middle, em, ink, bold=True)
    return x + wide + 18.0


def cap(canvas: Canvas, role: str, name: str, left: float, middle: float) -> float:
    """A key cap; where it ends."""
    right = left + max(22.0, canvas.width(name, theme.TEXT_SMALL, bold=True) + 14.0)
    canvas.box((left, middle - 11.0, right, middle + 11.0), theme.RULE, 6.0)
    canvas.box((left, middle - 11.0, right, middle + 9.5), theme.PAPER, 6.0)
    canvas.outline((left, middle - 11.0, right, middle + 11.0), theme.RULE, 6.0, 0.8)
    canvas.text(role, name, (left + right) / 2.0, middle - 0.5, theme.TEXT_SMALL,
                theme.INK, bold=True, align="middle")  # fmt: skip
    return right
