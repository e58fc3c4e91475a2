"""Beside the title of an elevation: where its fixture stands, and what the marks mean."""

from store_scenes.exchange.drawings.frame import Paper
from store_scenes.exchange.drawings.lettering import fitted
from store_scenes.exchange.drawings.plan_space import PlanView, outlines
from store_scenes.exchange.drawings.sheet import (
    Disc,
    Group,
    Item,
    Pen,
    Shape,
    Text,
    rectangle,
)
from store_scenes.exchange.drawings.shelf_space import Use
from store_scenes.exchange.drawings.words import Words
from store_scenes.layout.documents import StoreLayout

THIN = Pen("#7b848e", 0.1)
WALL = Pen("#1a1d21", 0.3)
HERE = Pen("#c2410c", 0.3)
WIDE_MM = 74.0


def key_plan(layout: StoreLayout, use: Use, paper: Paper, words: Words) -> list[Item]:
    """The room in small, this fixture (and others that show the same) in colour."""
    left, top, right, bottom = paper.strip
    floor = layout.store.floor
    wide = min(WIDE_MM, (right - left) / 2.0)
    room = (left + 3.0, top + 6.0, left + wide - 3.0, bottom - 2.0)
    scale = max(floor.width_mm / (room[2] - room[0]), floor.depth_mm / (room[3] - room[1]), 1.0)
    view = PlanView(((room[0] + room[2]) / 2.0, (room[1] + room[3]) / 2.0), scale)
    half_x, half_z = floor.width_mm / 2.0, floor.depth_mm / 2.0
    walls = rectangle((*view.at(-half_x, -half_z), *view.at(half_x, half_z)))
    items: list[Item] = [
        Text((left + 2.0, top + 4.2), words["key-plan"], 2.4, bold=True, kind="caption"),
        Shape(walls, "#ffffff", WALL, "wall"),
    ]
    here = {use.placement.id, *use.also}
    for shape in outlines(layout):
        mine = shape.placement.id in here
        fill, pen = ("#f97316", HERE) if mine else ("#e6eaee", THIN)
        items.append(Shape(view.all(shape.corners), fill, pen, "here" if mine else "fixture"))
    entrance = view.at(floor.entrance_x_mm, floor.entrance_z_mm)
    items.append(Disc(entrance, 0.7, "#15803d", None, "entrance"))
    return [Group("key-plan", words["key-plan"], tuple(items), "key-plan")]


def symbols(paper: Paper, words: Words) -> list[Item]:
    """What numbers, caps and triangles on the goods mean."""
    left, top, right, bottom = paper.strip
    start = left + min(WIDE_MM, (right - left) / 2.0) + 3.0
    items: list[Item] = [Text((start, top + 4.2), words["legend"], 2.4, bold=True, kind="caption")]
    edge = Pen("#2b3036", 0.15)
    rows: list[tuple[list[Item], str]] = [
        ([Shape(rectangle((0.0, -2.6, 6.0, 0.6)), "#9cc3e0", edge, "legend"),
          Text((3.0, 0.0), "7", 2.2, "middle", bold=True, kind="legend")], words["goods"]),
        ([Shape(rectangle((0.0, -2.0, 6.0, 0.4)), "#d2e4f1", Pen("#2b3036", 0.12, (0.7, 0.4)),
                "legend")], words["cap"]),
        ([Shape(((3.0, -2.4), (4.1, -0.9), (1.9, -0.9)), "#ffffff", edge, "legend")], words["up"]),
        ([Disc((3.0, -0.9), 0.7, "#15803d", None, "legend")], words["entrance"]),
    ]  # fmt: skip
    for index, (marks, told) in enumerate(rows):
        y = top + 10.5 + index * 5.6
        items += [_moved(mark, start, y) for mark in marks]
        items.append(Text((start + 7.6, y), fitted(told, right - start - 9.0, 2.3), 2.3,
                          kind="legend"))  # fmt: skip
    del bottom
    return [Group("symbols", words["legend"], tuple(items), "legend")]


def _moved(item: Item, dx: float, dy: float) -> Item:
    if isinstance(item, Shape):
        points = tuple((x + dx, y + dy) for x, y in item.points)
        return Shape(points, item.fill, item.pen, item.kind)
    if isinstance(item, Disc):
        centre = (item.centre[0] + dx, item.centre[1] + dy)
        return Disc(centre, item.radius_mm, item.fill, item.pen, item.kind)
    if isinstance(item, Text):
        at = (item.at[0] + dx, item.at[1] + dy)
        return Text(at, item.text, item.size_mm, item.anchor, item.bold, item.colour,
                    item.turn_deg, item.kind)  # fmt: skip
    return item
