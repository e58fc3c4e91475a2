"""What is lettered on a floor plan: ids of fixtures, names of aisles and zones; none on another."""

import math
import re

from store_scenes.exchange.drawings.lettering import (
    TEXT_MIN_MM,
    fitted,
    one_line,
    text_width,
    wrapped,
)
from store_scenes.exchange.drawings.plan_space import Outline, PlanView, crossed
from store_scenes.exchange.drawings.sheet import (
    ASCENT,
    Item,
    Line,
    Pen,
    Point,
    Room,
    Shape,
    Text,
    box_of,
    rectangle,
    text_box,
)
from store_scenes.exchange.drawings.words import Words
from store_scenes.layout.documents import StoreLayout

ID_MM = (2.6, 2.3, TEXT_MIN_MM)
AISLE_MM = (2.8, 2.4, TEXT_MIN_MM)
ZONE_MM = 2.6
LEADER = Pen("#4a5058", 0.13)
LINE_HIGH = 1.3
LEADER_STEPS = 14


def fixture_names(shapes: list[Outline], view: PlanView, room: Room) -> list[Item]:
    """Every fixture's id: inside its outline along its longer side, else beside it on a leader."""
    items: list[Item] = []
    outside = []
    for shape in shapes:
        inner = _inside(shape, view)
        if inner is None:
            outside.append(shape)
        else:
            items += inner
    for shape in outside:
        items += _beside(shape, view, room)
    return items


def _inside(shape: Outline, view: PlanView) -> list[Text] | None:
    back_left, back_right, front_right = view.all(shape.corners)[:3]
    side = (back_right[0] - back_left[0], back_right[1] - back_left[1])
    across = (front_right[0] - back_right[0], front_right[1] - back_right[1])
    wide, deep = math.hypot(*side), math.hypot(*across)
    along = side if wide >= deep else across
    long, short = max(wide, deep), min(wide, deep)
    turn = readable(math.degrees(math.atan2(-along[1], along[0])))
    middle = view.at(*shape.middle)
    for size in ID_MM:
        for lines in _broken(one_line(shape.placement.id)):
            wide = max(text_width(line, size, bold=True) for line in lines)
            high = size * (LINE_HIGH * (len(lines) - 1) + 1.05)
            if wide <= long - 1.0 and high <= short - 0.3:
                return [
                    _centred(
                        line, middle, size, turn, (at - (len(lines) - 1) / 2) * size * LINE_HIGH
                    )
                    for at, line in enumerate(lines)
                ]
    return None


def _broken(text: str) -> list[list[str]]:
    """An id on one line, or broken after a dash, a point or a space into two or three."""
    parts = [part for part in re.split(r"(?<=[-_. ])", text) if part]
    found = [[text]]
    if len(parts) > 1:
        cuts = range(1, len(parts))
        halves = [["".join(parts[:cut]), "".join(parts[cut:])] for cut in cuts]
        found.append(min(halves, key=lambda lines: max(map(len, lines))))
    if len(parts) == 3:
        found.append(parts)
    return found


def readable(turn_deg: float) -> float:
    """The turn of a text along a line, read from below or from the right."""
    turn = (turn_deg + 180.0) % 180.0
    return turn if turn <= 90.0 + 1e-6 else turn - 180.0


def _centred(text: str, middle: Point, size: float, turn_deg: float, down: float = 0.0) -> Text:
    """A text whose letters' middle lies `down` below a point, in the text's own direction."""
    angle = math.radians(turn_deg)
    low = down + size * (ASCENT - 0.2) / 2.0 + size * 0.06
    at = middle[0] + low * math.sin(angle), middle[1] + low * math.cos(angle)
    return Text(at, text, size, "middle", bold=True, turn_deg=turn_deg, kind="fixture-id")


def _beside(shape: Outline, view: PlanView, room: Room) -> list[Item]:
    text = one_line(shape.placement.id)
    size = ID_MM[-1]
    box = box_of(view.all(shape.corners))
    middle = view.at(*shape.middle)
    half = text_width(text, size, bold=True) / 2.0
    tries = []
    for step in range(LEADER_STEPS):
        away = 1.2 + 1.6 * step
        for x, y in (
            (box[2] + away + half, middle[1]), (box[0] - away - half, middle[1]),
            (middle[0], box[1] - away), (middle[0], box[3] + away + size),
            (box[2] + away + half, box[1] - away), (box[0] - away - half, box[1] - away),
            (box[2] + away + half, box[3] + away), (box[0] - away - half, box[3] + away),
        ):  # fmt: skip
            tries.append(Text((x, y + size * 0.3), text, size, "middle", bold=True,
                              kind="fixture-id"))  # fmt: skip
    placed = room.first_free(tries)
    if placed is None:
        return []
    found = text_box(placed)
    x = min(max(middle[0], found[0]), found[2])
    y = min(max(middle[1], found[1]), found[3])
    return [Line((middle, (x, y)), LEADER, "leader"), _plaque(placed), placed]


def aisle_marks(
    layout: StoreLayout, shapes: list[Outline], view: PlanView, words: Words, room: Room
) -> list[Item]:
    """The name of every aisle along its line, on white, in as many lines as it has room for."""
    items: list[Item] = []
    polygons = [shape.corners for shape in shapes]
    for aisle in layout.store.aisles:
        if aisle.line_mm is None:
            continue
        x0, z0, x1, z1 = aisle.line_mm
        start, end = view.at(x0, z0), view.at(x1, z1)
        long = max(math.hypot(end[0] - start[0], end[1] - start[1]), 1e-6)
        turn = readable(math.degrees(math.atan2(start[1] - end[1], end[0] - start[0])))
        name = words.named(aisle.names, aisle.id)
        along_x = abs(x1 - x0) > abs(z1 - z0)
        for share in (0.5, 0.3, 0.7, 0.15, 0.85):
            middle = (
                start[0] + (end[0] - start[0]) * share,
                start[1] + (end[1] - start[1]) * share,
            )
            reach = 2.0 * long * min(share, 1.0 - share) + (8.0 if share == 0.5 else 0.0)
            part = min(reach / long, 1.0)
            free = min(
                _corridor(polygons, x0 + (x1 - x0) * at, z0 + (z1 - z0) * at, along_x)
                for at in (share + part * step / 4.0 for step in range(-2, 3))
            )
            block = _name_block(name, middle, turn, (reach, free / view.scale - 1.0))
            box = text_box(block[0])
            for text in block[1:]:
                other = text_box(text)
                box = (min(box[0], other[0]), min(box[1], other[1]),
                       max(box[2], other[2]), max(box[3], other[3]))  # fmt: skip
            if room.is_free(box):
                room.take(box)
                items += [_plaque(text) for text in block]
                items += block
                break
    return items


def _corridor(polygons: list[tuple[Point, ...]], x: float, z: float, along_x: bool) -> float:
    """Free millimetres across an aisle at a place; 20 m where nothing stands beside it."""
    here, level = (z, x) if along_x else (x, z)
    low, high = here - 10_000.0, here + 10_000.0
    for start, end in crossed(polygons, 1 if along_x else 0, level):
        if end <= here:
            low = max(low, end)
        elif start >= here:
            high = min(high, start)
        else:
            return 0.0
    return 2.0 * min(here - low, high - here)


def _name_block(name: str, middle: Point, turn: float, room: tuple[float, float]) -> list[Text]:
    """The lines of a name around a place: the largest size at which all of it fits `room`."""
    reach, across = max(room[0], 10.0), max(room[1], 3.0)
    for size in AISLE_MM:
        lines_max = max(int(across / (size * LINE_HIGH)), 1)
        lines = wrapped(name, reach, size, min(lines_max, 4), bold=True)
        if (
            lines
            and not lines[-1].endswith("…")
            and all(text_width(line, size, bold=True) <= reach for line in lines)
        ):
            break
    texts = []
    for index, line in enumerate(lines):
        down = (index - (len(lines) - 1) / 2.0) * size * LINE_HIGH
        made = _centred(line, middle, size, turn, down)
        texts.append(Text(made.at, line, size, "middle", bold=True, colour="#17568f",
                          turn_deg=turn, kind="aisle-name"))  # fmt: skip
    return texts


def _plaque(text: Text) -> Shape:
    """White under a line of text, turned with it."""
    angle = math.radians(text.turn_deg)
    half, size = text.width_mm / 2.0, text.size_mm
    corners = []
    for x, y in (
        (-half, -0.85 * size),
        (half, -0.85 * size),
        (half, 0.3 * size),
        (-half, 0.3 * size),
    ):
        corners.append((
            text.at[0] + x * math.cos(angle) + y * math.sin(angle),
            text.at[1] - x * math.sin(angle) + y * math.cos(angle),
        ))  # fmt: skip
    return Shape(tuple(corners), "#ffffff", None, "plaque")


def zone_names(layout: StoreLayout, view: PlanView, words: Words, room: Room) -> list[Item]:
    """The name of every zone at the first free place in it, from its upper left on."""
    items: list[Item] = []
    for zone in layout.store.zones:
        half_x, half_z = zone.width_mm / 2.0, zone.depth_mm / 2.0
        left, top = view.at(zone.x_mm - half_x, zone.z_mm - half_z)
        right, bottom = view.at(zone.x_mm + half_x, zone.z_mm + half_z)
        name = fitted(words.named(zone.names, zone.id), right - left - 2.0, ZONE_MM, bold=True)
        tries: list[Text] = []
        y = top + 1.0 + ZONE_MM
        while name and y < bottom - 0.5:
            x = left + 1.0
            while x + text_width(name, ZONE_MM, bold=True) < right - 0.5 and len(tries) < 4_000:
                tries.append(Text((x, y), name, ZONE_MM, bold=True, colour="#55633b",
                                  kind="zone-name"))  # fmt: skip
                x += 2.0
            y += 1.5
        placed = room.first_free(tries)
        if placed is not None:
            box = text_box(placed)
            items += [Shape(rectangle(box), "#ffffff", None, "plaque"), placed]
    return items
