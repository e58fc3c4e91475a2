"""The floor plan: walls, shop front, zones, fixtures with their ids, aisles, dimension chains."""

import math

from store_scenes.exchange.drawings.dimensions import chain_x, chain_y, scale_bar
from store_scenes.exchange.drawings.floor_letters import aisle_marks, fixture_names, zone_names
from store_scenes.exchange.drawings.frame import Draft, Paper, scale_for
from store_scenes.exchange.drawings.lettering import fitted
from store_scenes.exchange.drawings.plan_space import (
    FILLS,
    OTHER_FILL,
    Outline,
    PlanView,
    best_cut,
    crossed,
    outlines,
)
from store_scenes.exchange.drawings.sheet import (
    Box,
    Disc,
    Group,
    Item,
    Line,
    Pen,
    Point,
    Room,
    Shape,
    Text,
    box_of,
    rectangle,
)
from store_scenes.exchange.drawings.words import Words, number
from store_scenes.layout.documents import Floor, StoreLayout

WALL_MM = 120.0
DOOR_MM = 2_100.0
INK = "#1a1d21"
WALL = "#3c434b"
OUTLINE = Pen(INK, 0.25)
BAY = Pen("#7b848e", 0.13)
FRONT = Pen("#c2410c", 0.55)
CUT = Pen("#c2185b", 0.18, (3.0, 0.8, 0.6, 0.8))
AISLE = Pen("#1d6fb8", 0.25, (4.0, 1.0, 0.8, 1.0))
ZONE = Pen("#7d8b63", 0.25, (2.0, 1.0))
ZONE_FILLS = {
    "produce": "#f1f7ec", "chilled": "#edf5fa", "bakery": "#fbf3e6", "tills": "#f8efef",
    "plain": "#f5f5f3",
}  # fmt: skip

LEFT_MM, TOP_MM, RIGHT_MM, BOTTOM_MM = 26.0, 22.0, 8.0, 10.0
"""Around the room on paper: two chains at the left and above, the entrance's arrow below."""


def floor_plan(layout: StoreLayout, paper: Paper, words: Words, scale: float = 0.0) -> Draft:
    """The plan of a store's floor at the largest usual scale that fits, or at `scale`."""
    floor = layout.store.floor
    view = _view(floor, paper, scale)
    shapes = outlines(layout)
    polygons = [view.all(shape.corners) for shape in shapes]
    room = Room([_grown(box_of(polygon), 0.2) for polygon in polygons])
    cuts = best_cut(shapes, 0), best_cut(shapes, 1)
    zones = [_zone(layout, index, view) for index in range(len(layout.store.zones))]
    items: list[Item] = [
        Group("zones", words["zone"], tuple(zones), "zones"),
        Group("walls", words["wall"], tuple(_walls(floor, view)), "walls"),
        Group("fixtures", words["schedule"],
              tuple(_fixture(shape, view, words) for shape in shapes), "fixtures"),
    ]  # fmt: skip
    items.append(Group("aisles", words["aisle"], tuple(_aisle_lines(layout, view)), "aisles"))
    items += _cuts(floor, view, cuts)
    items.append(
        Group("fixture-ids", words["id"], tuple(fixture_names(shapes, view, room)), "labels")
    )
    items.append(
        Group("aisle-names", words["aisle"],
              tuple(aisle_marks(layout, shapes, view, words, room)), "labels")
    )  # fmt: skip
    items.append(
        Group("zone-names", words["zone"], tuple(zone_names(layout, view, words, room)), "labels")
    )
    items.append(Group("dimensions", words["units"],
                       tuple(_chains(floor, shapes, view, cuts)), "dimensions"))  # fmt: skip
    items += _entrance(floor, view, words)
    items += _legend(shapes, layout, paper, words)
    _, strip, right, _ = paper.strip
    items += scale_bar(right, strip + 5.0, view.scale)
    metres = f"{floor.width_mm / 1000:g} × {floor.depth_mm / 1000:g} m"
    told = f"{words['floor-area']} {metres} · {words['height']} {number(floor.height_mm)}"
    return Draft("floor-plan", words["floor-plan"], told, view.scale, tuple(items))


def _view(floor: Floor, paper: Paper, scale: float) -> PlanView:
    left, top, right, bottom = paper.area
    room = (left + LEFT_MM, top + TOP_MM, right - RIGHT_MM, bottom - BOTTOM_MM)
    if not scale:
        scale = max(
            scale_for(floor.width_mm + 2 * WALL_MM, room[2] - room[0]),
            scale_for(floor.depth_mm + 2 * WALL_MM, room[3] - room[1]),
        )
    return PlanView(((room[0] + room[2]) / 2.0, (room[1] + room[3]) / 2.0), scale)


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _walls(floor: Floor, view: PlanView) -> list[Item]:
    """Four walls; the one behind the entrance is glazed with a door where there is a shop front."""
    half_x, half_z = floor.width_mm / 2.0, floor.depth_mm / 2.0
    thick = WALL_MM
    sides = {
        "north": ((-half_x - thick, -half_z - thick), (half_x + thick, -half_z)),
        "south": ((-half_x - thick, half_z), (half_x + thick, half_z + thick)),
        "west": ((-half_x - thick, -half_z), (-half_x, half_z)),
        "east": ((half_x, -half_z), (half_x + thick, half_z)),
    }
    front = front_side(floor)
    items: list[Item] = []
    for name, (low, high) in sides.items():
        box = (*view.at(*low), *view.at(*high))
        if name == front and floor.shop_front:
            items += _shop_front(floor, view, box, along_x=name in {"north", "south"})
        else:
            items.append(Shape(rectangle(box), WALL, OUTLINE, "wall"))
    return items


def front_side(floor: Floor) -> str:
    """The wall behind whoever arrives: by the entrance's quarter turn."""
    return ("south", "east", "north", "west")[round(floor.entrance_yaw_deg / 90.0) % 4]


def _shop_front(floor: Floor, view: PlanView, box: Box, *, along_x: bool) -> list[Item]:
    """A wall of panes: thin outline and a middle line, open where the sliding door is."""
    span = (box[0], box[2]) if along_x else (box[1], box[3])
    place = view.at(floor.entrance_x_mm, floor.entrance_z_mm)[0 if along_x else 1]
    half = DOOR_MM / 2.0 / view.scale
    low = max(min(place, span[1] - half - 1.0), span[0] + half + 1.0)
    door = (low - half, low + half)
    items: list[Item] = []
    for start, end in ((span[0], door[0]), (door[1], span[1])):
        piece = (start, box[1], end, box[3]) if along_x else (box[0], start, box[2], end)
        items.append(Shape(rectangle(piece), "#d7eef7", OUTLINE, "shop-front"))
        middle = (box[1] + box[3]) / 2.0 if along_x else (box[0] + box[2]) / 2.0
        ends = ((start, middle), (end, middle)) if along_x else ((middle, start), (middle, end))
        items.append(Line(ends, BAY, "shop-front"))
    quarter = (door[1] - door[0]) / 2.0
    for leaf, (start, end) in enumerate(
        ((door[0], door[0] + quarter), (door[1] - quarter, door[1]))
    ):
        inner = box[1] + 0.2 + 0.3 * leaf if along_x else box[0] + 0.2 + 0.3 * leaf
        ends = ((start, inner), (end, inner)) if along_x else ((inner, start), (inner, end))
        items.append(Line(ends, Pen("#1d6fb8", 0.35), "door"))
    return items


def _zone(layout: StoreLayout, index: int, view: PlanView) -> Item:
    zone = layout.store.zones[index]
    half_x, half_z = zone.width_mm / 2.0, zone.depth_mm / 2.0
    floor = layout.store.floor
    low = (
        max(zone.x_mm - half_x, -floor.width_mm / 2),
        max(zone.z_mm - half_z, -floor.depth_mm / 2),
    )
    high = (
        min(zone.x_mm + half_x, floor.width_mm / 2),
        min(zone.z_mm + half_z, floor.depth_mm / 2),
    )
    box = (*view.at(*low), *view.at(*high))
    return Shape(rectangle(box), ZONE_FILLS.get(zone.style, "#f5f5f3"), ZONE, "zone")


def _fixture(shape: Outline, view: PlanView, words: Words) -> Group:
    """Its outline in the colour of its type, its bays, and the sides that customers stand at."""
    placement = shape.placement
    fill = FILLS.get(placement.type, OTHER_FILL)
    items: list[Item] = [Shape(view.all(shape.corners), fill, OUTLINE, "outline")]
    items += [Line(view.all(bay), BAY, "bay") for bay in shape.bays]
    items += [Line(view.all(front), FRONT, "front") for front in shape.fronts]
    size = f"{number(shape.width_mm)} × {number(shape.depth_mm)} mm"
    title = f"{words.of_fixture(placement)}, {size}"
    return Group(f"fixture-{placement.id}", title, tuple(items), f"fixture {placement.type}")


def _aisle_lines(layout: StoreLayout, view: PlanView) -> list[Item]:
    items: list[Item] = []
    for aisle in layout.store.aisles:
        if aisle.line_mm is None:
            continue
        start, end = view.at(*aisle.line_mm[:2]), view.at(*aisle.line_mm[2:])
        items.append(Line((start, end), AISLE, "aisle"))
        items.append(Disc(start, 0.7, AISLE.colour, None, "aisle"))
        items.append(_arrow_head(start, end, 2.0, AISLE.colour))
    return items


def _arrow_head(start: Point, end: Point, long: float, colour: str) -> Shape:
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    sides = [
        (end[0] - long * math.cos(angle + turn), end[1] - long * math.sin(angle + turn))
        for turn in (0.35, -0.35)
    ]
    return Shape((end, *sides), colour, None, "arrow")


def _cuts(floor: Floor, view: PlanView, cuts: tuple[float | None, float | None]) -> list[Item]:
    """Where the chains measure: short marks inside the walls."""
    half_x, half_z = floor.width_mm / 2.0, floor.depth_mm / 2.0
    items: list[Item] = []
    if cuts[0] is not None:
        for x, way in ((-half_x, 1), (half_x, -1)):
            at = view.at(x, cuts[0])
            items.append(Line((at, (at[0] + way * 5.0, at[1])), CUT, "cut"))
    if cuts[1] is not None:
        for z, way in ((-half_z, 1), (half_z, -1)):
            at = view.at(cuts[1], z)
            items.append(Line((at, (at[0], at[1] + way * 5.0)), CUT, "cut"))
    return items


def _chains(
    floor: Floor,
    shapes: list[Outline],
    view: PlanView,
    cuts: tuple[float | None, float | None],
) -> list[Item]:
    """Above and at the left: along the busiest cut, and the whole room."""
    half_x, half_z = floor.width_mm / 2.0, floor.depth_mm / 2.0
    left, top = view.at(-half_x - WALL_MM, -half_z - WALL_MM)
    polygons = [shape.corners for shape in shapes]
    items: list[Item] = []
    if cuts[0] is not None:
        xs = _stops(crossed(polygons, 0, cuts[0]), half_x)
        items += chain_x([(view.at(x, 0.0)[0], x) for x in xs], top - 5.0, top)
    if cuts[1] is not None:
        zs = _stops(crossed(polygons, 1, cuts[1]), half_z)
        items += chain_y([(view.at(0.0, z)[1], z) for z in zs], left - 5.0, left)
    whole = [(view.at(-half_x, 0.0)[0], -half_x), (view.at(half_x, 0.0)[0], half_x)]
    items += chain_x(whole, top - 18.0, top - 14.5)
    whole = [(view.at(0.0, -half_z)[1], -half_z), (view.at(0.0, half_z)[1], half_z)]
    items += chain_y(whole, left - 18.0, left - 14.5)
    return items


def _stops(spans: list[tuple[float, float]], half: float) -> list[float]:
    """Both walls and every edge between them, each once."""
    stops = [-half]
    for edge in [*(edge for span in spans for edge in span), half]:
        if edge - stops[-1] >= 1.0 and edge <= half + 1e-6:
            stops.append(edge)
    if half - stops[-1] > 1e-6:
        stops[-1 if half - stops[-1] < 1.0 and len(stops) > 1 else len(stops) :] = [half]
    return stops


def _entrance(floor: Floor, view: PlanView, words: Words) -> list[Item]:
    """An arrow through the wall where shoppers arrive."""
    side = front_side(floor)
    x, z = floor.entrance_x_mm, floor.entrance_z_mm
    half_x, half_z = floor.width_mm / 2.0 + WALL_MM, floor.depth_mm / 2.0 + WALL_MM
    way, edge = {
        "south": ((0.0, -1.0), (x, half_z)), "north": ((0.0, 1.0), (x, -half_z)),
        "east": ((-1.0, 0.0), (half_x, z)), "west": ((1.0, 0.0), (-half_x, z)),
    }[side]  # fmt: skip
    at = view.at(*edge)
    tip = (at[0] + way[0] * 1.5, at[1] + way[1] * 1.5)
    tail = (at[0] - way[0] * 6.0, at[1] - way[1] * 6.0)
    text = {
        "south": Text((tail[0] + 2.0, tail[1] + 0.6), words["entrance"], 3.0, "start", bold=True),
        "north": Text((tail[0] + 2.0, tail[1] + 1.2), words["entrance"], 3.0, "start", bold=True),
        "east": Text((tail[0], tail[1] + 4.4), words["entrance"], 3.0, "end", bold=True),
        "west": Text((tail[0], tail[1] + 4.4), words["entrance"], 3.0, "start", bold=True),
    }[side]
    here = view.at(x, z)
    arrow: tuple[Item, ...] = (
        Line((tail, tip), Pen("#15803d", 0.6), "entrance"),
        _arrow_head(tail, tip, 3.4, "#15803d"),
        Disc(here, 0.9, "#15803d", None, "entrance"),
        text,
    )
    return [Group("entrance", words["entrance"], arrow, "entrance")]


def _legend(shapes: list[Outline], layout: StoreLayout, paper: Paper, words: Words) -> list[Item]:
    """The types of fixtures with how many there are, and what lines mean."""
    left, top, right, bottom = paper.strip
    items: list[Item] = [
        Text((left + 2.0, top + 4.4), words["legend"], 2.8, bold=True, kind="legend")
    ]
    kinds: dict[str, int] = {}
    for shape in shapes:
        kinds[shape.placement.type] = kinds.get(shape.placement.type, 0) + 1
    entries: list[tuple[str, tuple[Item, ...]]] = []
    for kind, count in kinds.items():
        box = Shape(
            rectangle((0.0, -2.4, 6.0, 0.4)), FILLS.get(kind, OTHER_FILL), OUTLINE, "legend"
        )
        entries.append((f"{words[kind]} ({count})", (box,)))
    entries.append((words["front"], (Line(((0.0, -0.8), (6.0, -0.8)), FRONT, "legend"),)))
    if any(aisle.line_mm for aisle in layout.store.aisles):
        entries.append((words["aisle"], (Line(((0.0, -0.8), (6.0, -0.8)), AISLE, "legend"),)))
    if shapes:
        entries.append((words["cut"], (Line(((0.0, -0.8), (6.0, -0.8)), CUT, "legend"),)))
    wall = Shape(rectangle((0.0, -1.6, 6.0, -0.2)), WALL, OUTLINE, "legend")
    entries.append((words["wall"], (wall,)))
    if layout.store.floor.shop_front:
        pane = Shape(rectangle((0.0, -1.6, 6.0, -0.2)), "#d7eef7", OUTLINE, "legend")
        entries.append((words["glazed"], (pane,)))
    high = max(int((bottom - top - 7.0) / 4.6), 1)
    wide = max(math.ceil(len(entries) / high), 3)
    step = (right - left - 4.0) / wide
    for index, (text, marks) in enumerate(entries[: wide * high]):
        x = left + 2.0 + (index // high) * step
        y = top + 9.6 + (index % high) * 4.6
        items += [moved(mark, x, y) for mark in marks]
        items.append(Text((x + 7.4, y), fitted(text, step - 8.4, 2.4), 2.4, kind="legend"))
    return [Group("legend", words["legend"], tuple(items), "legend")]


def moved(item: Item, dx: float, dy: float) -> Item:
    """A line or shape elsewhere on the sheet."""
    if isinstance(item, Line):
        return Line(tuple((x + dx, y + dy) for x, y in item.points), item.pen, item.kind)
    if isinstance(item, Shape):
        points = tuple((x + dx, y + dy) for x, y in item.points)
        return Shape(points, item.fill, item.pen, item.kind)
    return item
