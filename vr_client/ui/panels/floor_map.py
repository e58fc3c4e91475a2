"""The map: the store from above, its aisles, where the shopper stands and what was found."""

import math
from dataclasses import dataclass
from itertools import pairwise

from store_scenes.compile.scene import AisleLine
from vr_client.interact.floor_plan import Box, FloorPlan
from vr_client.interact.walk import Spot
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.marks import Rect
from vr_client.ui.pieces import close_button, paper, way_button
from vr_client.ui.strings import text

HEAD, FOOT = 62.0, 18.0
FLOOR_WIDTH_MAX, FLOOR_HEIGHT_MAX = 560.0, 380.0
WIDTH_MIN = 480.0
LEGEND_ROW, LEGEND_LINE, LEGEND_MAX = 38.0, 16.0, 18
LEGEND_COLUMNS = (3, 2)
"""Two where the names of aisles are too long for two lines in a third of the width."""
HERE = 70.0
WALL = 3.0
DASH = 6.0


@dataclass(frozen=True, slots=True)
class MapView:
    """What the map shows; places in metres. The shopper is drawn over it (`draw_here`).

    `way` are the corners of the way that is shown, `walk` those of the walk past the list. `led`:
    a way is shown, which can be ended here. `sought` is what the search found that is at `pins`.
    """

    plan: FloorPlan
    store: str
    marked: tuple[Spot, ...]
    pins: tuple[Spot, ...]
    looked_for: str
    language: str
    way: tuple[Spot, ...] = ()
    walk: tuple[Spot, ...] = ()
    led: bool = False
    sought: str = ""


@dataclass(frozen=True, slots=True)
class MapFrame:
    """Where on the panel the floor is drawn: `scale` panel units a metre from its top left."""

    scale: float
    left: float
    top: float
    width: float
    height: float
    panel_width: float

    def at(self, plan: FloorPlan, spot: Spot) -> tuple[float, float]:
        """The panel point of a spot on the floor."""
        return (
            self.left + (spot[0] - plan.room[0]) * self.scale,
            self.top + (spot[1] - plan.room[1]) * self.scale,
        )

    def spot(self, plan: FloorPlan, x: float, y: float) -> Spot:
        """The spot on the floor of a panel point: the inverse of `at`."""
        return (
            plan.room[0] + (x - self.left) / self.scale,
            plan.room[1] + (y - self.top) / self.scale,
        )


def frame_of(plan: FloorPlan) -> MapFrame:
    """How large the floor of `plan` is drawn."""
    wide, deep = (max(0.5, side) for side in plan.size_m)
    scale = min(FLOOR_WIDTH_MAX / wide, FLOOR_HEIGHT_MAX / deep)
    panel = max(WIDTH_MIN, wide * scale + 2.0 * theme.PADDING)
    return MapFrame(scale, (panel - wide * scale) / 2.0, HEAD, wide * scale, deep * scale, panel)


def place_on(plan: FloorPlan, spot: Spot) -> tuple[float, float]:
    """The panel point of a spot, or the nearest on the floor of one beside it."""
    frame = frame_of(plan)
    x, y = frame.at(plan, spot)
    return (
        min(max(x, frame.left), frame.left + frame.width),
        min(max(y, frame.top), frame.top + frame.height),
    )


@dataclass(frozen=True, slots=True)
class Legend:
    """How the names of the aisles are laid out: so many columns, rows of that height."""

    columns: int
    row: float
    lines: int


def legend_of(canvas: Canvas, view: MapView) -> Legend:
    """Columns so wide, and rows so high, that no name is cut."""
    panel = frame_of(view.plan).panel_width
    names = [_name(aisle, view.language) for aisle in view.plan.aisles[:LEGEND_MAX]]
    for columns in LEGEND_COLUMNS:
        room = _column(panel, columns) - 42.0
        lines = max(
            (canvas.lines(name, theme.TEXT_SMALL, room, bold=True, lines_max=4) for name in names),
            default=1,
        )
        if lines <= 2:
            return Legend(columns, LEGEND_ROW, 2)
    return Legend(columns, LEGEND_ROW + LEGEND_LINE * (lines - 2), lines)


def height(canvas: Canvas, view: MapView) -> float:
    """Of the panel; its width is the frame's."""
    return _height(view, legend_of(canvas, view))


def _height(view: MapView, legend: Legend) -> float:
    rows = math.ceil(min(len(view.plan.aisles), LEGEND_MAX) / legend.columns)
    return HEAD + frame_of(view.plan).height + FOOT + rows * legend.row + 8.0


def draw(canvas: Canvas, view: MapView) -> None:
    """Draw the map; begun by the caller with the frame's width and `height`."""
    plan, frame = view.plan, frame_of(view.plan)
    width, legend = frame.panel_width, legend_of(canvas, view)
    paper(canvas, width, _height(view, legend))
    title = canvas.text("map.title", text("map.title", view.language), theme.PADDING, 34.0,
                        theme.TITLE, theme.INK, bold=True)  # fmt: skip
    hint, ink = text("map.hint", view.language), theme.INK_FAINT
    if view.looked_for:
        hint, ink = text("map.looked_for", view.language, name=view.looked_for), theme.PRICE
    left = title[2] + 12.0
    if view.pins and view.sought and not view.looked_for:
        hint, ink = text("map.sought", view.language, query=view.sought), theme.INK
        _dot(canvas, left + 5.0, 36.0)
        left += 16.0
    canvas.text("map.hint", hint, left, 36.0, theme.TEXT_SMALL, ink,
                width=width - left - (104.0 if view.led else 64.0))  # fmt: skip
    close_button(canvas, "map.close", width - 16.0, 17.0)
    if view.led:
        way_button(canvas, "map.stop", width - 56.0, 17.0, shown=True)
    _floor(canvas, view, frame)
    _dashed(canvas, [frame.at(plan, spot) for spot in view.walk])
    _solid(canvas, [frame.at(plan, spot) for spot in view.way])
    for x, y in (frame.at(plan, pin) for pin in view.pins):
        _dot(canvas, x, y)
    for number, aisle in enumerate(plan.aisles[:LEGEND_MAX]):
        _number(canvas, "map.aisle_mark", number + 1, *_inside(frame, frame.at(plan, aisle.start)))
    for pin in view.marked:
        _pin(canvas, *frame.at(plan, pin))
    _legend(canvas, view, legend, HEAD + frame.height + FOOT)


def draw_here(canvas: Canvas, _view: None) -> None:
    """The shopper, looking upwards from the middle of HERE: a disc, and a wedge of what they see.

    A panel of its own, which moves and turns with them: to draw the map takes milliseconds.
    """
    x = y = HERE / 2.0

    def point(turn: float, away: float) -> tuple[float, float]:
        angle = math.radians(turn)
        return x - math.sin(angle) * away, y - math.cos(angle) * away

    canvas.fill([(x, y), point(28.0, 30.0), point(9.0, 33.0), point(-9.0, 33.0),
                 point(-28.0, 30.0)], theme.ACCENT, 0.28)  # fmt: skip
    canvas.disc(x, y, 8.0, theme.PAPER)
    canvas.disc(x, y, 6.5, theme.ACCENT)
    icons.arrow_head(canvas, [point(0.0, 4.6), point(140.0, 4.0), point(-140.0, 4.0)])


def _floor(canvas: Canvas, view: MapView, frame: MapFrame) -> None:
    plan = view.plan
    rect = (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
    outer = (rect[0] - WALL, rect[1] - WALL, rect[2] + WALL, rect[3] + WALL)
    canvas.box(outer, theme.INK_SOFT, 4.0)
    canvas.box(rect, theme.MAP_FLOOR, 2.0)
    over = canvas.target("map.floor", rect)
    for kind, _names, area in plan.places:
        canvas.box(_rect(frame, plan, area), theme.MAP_PLACES.get(kind, theme.MAP_FLOOR), 2.0)
    for block in plan.blocks:
        x0, y0, x1, y1 = _rect(frame, plan, block)
        canvas.box((x0, y0, max(x1, x0 + 1.0), max(y1, y0 + 1.0)), theme.MAP_EDGE, 1.6)
        if x1 - x0 > 2.5 and y1 - y0 > 2.5:
            canvas.box((x0 + 0.8, y0 + 0.8, x1 - 0.8, y1 - 0.8), theme.MAP_BLOCK, 1.2)
    if over:
        canvas.outline(rect, theme.ACCENT, 2.0, 1.4)
    _door(canvas, view, frame, rect)


def _solid(canvas: Canvas, points: list[tuple[float, float]]) -> None:
    """The way to one product."""
    if len(points) > 1:
        canvas.line(points, theme.PAPER, 5.0)
        canvas.line(points, theme.ACCENT, 2.6)


def _dashed(canvas: Canvas, points: list[tuple[float, float]]) -> None:
    """The walk past the list, in another form than the way to one product."""
    left, drawn = DASH, True
    for start, end in pairwise(points):
        length = math.hypot(end[0] - start[0], end[1] - start[1])
        done = 0.0
        while length - done > 1e-6:
            step = min(left, length - done)
            if drawn:
                a, b = (
                    (start[0] + (end[0] - start[0]) * at, start[1] + (end[1] - start[1]) * at)
                    for at in (done / length, (done + step) / length)
                )
                canvas.line([a, b], theme.INK_SOFT, 2.2)
            done, left = done + step, left - step
            if left <= 1e-6:
                left, drawn = DASH, not drawn


def _door(canvas: Canvas, view: MapView, frame: MapFrame, rect: Rect) -> None:
    """The entrance, on the wall that it is nearest to."""
    x, y = frame.at(view.plan, view.plan.entrance)
    gaps = (y - rect[1], rect[3] - y, x - rect[0], rect[2] - x)
    side = gaps.index(min(gaps))
    half = 0.8 * frame.scale
    if side < 2:
        wall = rect[1] - WALL / 2.0 if side == 0 else rect[3] + WALL / 2.0
        canvas.line([(x - half, wall), (x + half, wall)], theme.ACCENT, WALL + 1.0)
    else:
        wall = rect[0] - WALL / 2.0 if side == 2 else rect[2] + WALL / 2.0
        canvas.line([(wall, y - half), (wall, y + half)], theme.ACCENT, WALL + 1.0)


def _dot(canvas: Canvas, x: float, y: float) -> None:
    """A unit of what the search found; the same beside the words that say so."""
    canvas.disc(x, y, 5.0, theme.PAPER)
    canvas.disc(x, y, 3.6, theme.WARNING)


def _legend(canvas: Canvas, view: MapView, legend: Legend, top: float) -> None:
    column = _column(frame_of(view.plan).panel_width, legend.columns)
    half = legend.row / 2.0 - 2.0
    for number, aisle in enumerate(view.plan.aisles[:LEGEND_MAX]):
        left = theme.PADDING + number % legend.columns * column
        middle = top + number // legend.columns * legend.row + legend.row / 2.0
        rect = (left, middle - half, left + column - 6.0, middle + half)
        hovered = canvas.target(f"map.aisle.{number}", rect)
        canvas.box(rect, theme.ACCENT_SOFT if hovered else theme.GROUND, 7.0)
        _number(canvas, "map.aisle_number", number + 1, left + 15.0, middle)
        canvas.paragraph(
            "map.aisle_name", _name(aisle, view.language), left + 30.0, middle, column - 42.0,
            theme.TEXT_SMALL, theme.INK, bold=True, lines_max=legend.lines, centred=True,
        )  # fmt: skip


def _column(panel: float, columns: int) -> float:
    return (panel - 2.0 * theme.PADDING) / columns


def _name(aisle: AisleLine, language: str) -> str:
    names = aisle.names
    return names.get(language) or names.get("en") or next(iter(names.values()), aisle.id)


def _number(canvas: Canvas, role: str, number: int, x: float, y: float) -> None:
    canvas.disc(x, y, 9.5, theme.PAPER)
    canvas.disc(x, y, 8.5, theme.INK_SOFT)
    canvas.text(role, str(number), x, y, theme.TEXT_SMALL, theme.PAPER, bold=True, align="middle")


def _pin(canvas: Canvas, x: float, y: float) -> None:
    """A pin whose point is on the spot."""
    canvas.fill([(x - 5.6, y - 11.0), (x, y), (x + 5.6, y - 11.0)], theme.PRICE)
    canvas.disc(x, y - 13.0, 7.0, theme.PRICE)
    canvas.disc(x, y - 13.0, 2.8, theme.PAPER)


def _inside(frame: MapFrame, at: tuple[float, float]) -> tuple[float, float]:
    """`at`, moved so that a number there is wholly on the floor."""
    low_x, low_y = frame.left + 11.0, frame.top + 11.0
    return (
        min(max(at[0], low_x), frame.left + frame.width - 11.0),
        min(max(at[1], low_y), frame.top + frame.height - 11.0),
    )


def _rect(frame: MapFrame, plan: FloorPlan, box: Box) -> Rect:
    x0, y0 = frame.at(plan, (box[0], box[1]))
    x1, y1 = frame.at(plan, (box[2], box[3]))
    return x0, y0, x1, y1
