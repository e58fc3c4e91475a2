"""Shelf elevations: one planogram a sheet, with its section, its dimensions and its table."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog_sync.model.product import Product
from store_scenes.exchange.drawings.dimensions import chain_x, chain_y, scale_bar
from store_scenes.exchange.drawings.facings import draw_facings, draw_numbers
from store_scenes.exchange.drawings.frame import SCALES, Draft, Paper
from store_scenes.exchange.drawings.key_plan import key_plan, symbols
from store_scenes.exchange.drawings.palette import fill_of
from store_scenes.exchange.drawings.sheet import (
    Box,
    Group,
    Item,
    Line,
    Pen,
    Point,
    Shape,
    Text,
    rectangle,
)
from store_scenes.exchange.drawings.shelf_space import Tier, Use, tiers
from store_scenes.exchange.drawings.table import Column, Row, table
from store_scenes.exchange.drawings.words import Words, number
from store_scenes.layout.arrange import Arranged
from store_scenes.layout.documents import Shelf, StoreLayout
from store_scenes.layout.measures import BOARDS

INK = "#1a1d21"
OUTLINE = Pen(INK, 0.25)
THIN = Pen("#7b848e", 0.13)
FLOOR = Pen(INK, 0.5)
STEEL, BACK, HEAD = "#aab3bd", "#f6f7f8", "#e3e7eb"
HOLE_APART_MM = 1.2
"""Holes of a pegboard nearer than this on paper are drawn every second, third, … one."""

LEFT_MM, RIGHT_MM, BELOW_MM, ABOVE_MM = 17.0, 15.0, 13.0, 7.0
SECTION_GAP_MM = 3.0
CONTINUED_MAX = 50
BOARD_MM = 18.0
"""How thick a pegboard is drawn in section."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the front view lies: paper x of the bay's left end, paper y of the floor, N of 1:N."""

    left: float
    floor: float
    scale: float

    def x(self, mm: float) -> float:
        """On paper."""
        return self.left + mm / self.scale

    def y(self, mm: float) -> float:
        """On paper, of a height above the floor."""
        return self.floor - mm / self.scale

    def box(self, rect: tuple[float, float, float, float]) -> Box:
        """On paper, of (left, bottom, right, top) in millimetres."""
        return self.x(rect[0]), self.y(rect[3]), self.x(rect[2]), self.y(rect[1])


def elevations(
    layout: StoreLayout,
    use: Use,
    paper: Paper,
    words: Words,
    products: Mapping[str, Product],
    scale: float = 0.0,
) -> list[Draft]:
    """The sheets of one planogram: the first with the drawing, more where its table is long."""
    levels = tiers(use, layout, products)
    view_box, table_box = _split(use, levels, paper.area)
    place, ratio = _place(use, levels, view_box, scale)
    items: list[Item] = [_front(use, place)]
    fills = {tier.index: [fill_of(stood.block.product) for stood in tier.stood] for tier in levels}
    # What stands further back first: on a stepped fixture lower goods hide the shelf behind.
    for tier in sorted(levels, key=lambda one: -one.setback):
        items.append(
            Group(f"shelf-{tier.index + 1}", _shelf_name(tier, len(levels), words),
                  tuple(_surface(tier, place)), "shelf")
        )  # fmt: skip
        for stood, fill in zip(tier.stood, fills[tier.index], strict=True):
            items.append(draw_facings(stood, fill, place.box, words))
    items.append(Group("numbers", words["no"], tuple(draw_numbers(levels, place.box, words)),
                       "labels"))  # fmt: skip
    items.append(Group("dimensions", words["units"],
                       tuple(_dimensions(use, levels, place)), "dimensions"))  # fmt: skip
    items.append(_section(use, levels, place, words))
    items += scale_bar(paper.strip[2], paper.strip[1] + 5.0, ratio)
    items += key_plan(layout, use, paper, words)
    items += symbols(paper, words)
    rows = _rows(use, levels, words, fills)
    more, done = table(_columns(words), rows, table_box)
    items += more
    title = use.planogram.name or use.key
    drafts = [Draft(f"elevation-{use.key}", title, _told(use, layout, words), ratio, tuple(items))]
    while done < len(rows) and len(drafts) < CONTINUED_MAX:
        rest = rows[done:]
        if not rest[0].heading:
            rest = [next(row for row in reversed(rows[:done]) if row.heading), *rest]
        more, count = table(_columns(words), rest, paper.area)
        count -= len(rest) - len(rows[done:])
        drafts.append(
            Draft(f"elevation-{use.key}-{len(drafts) + 1}", f"{title} ({words['continued']})",
                  _told(use, layout, words), 0.0, tuple(more))
        )  # fmt: skip
        done += count
    return drafts


def _told(use: Use, layout: StoreLayout, words: Words) -> str:
    aisles = {aisle.id: words.named(aisle.names) for aisle in layout.store.aisles}
    side = f" {words['back']}" if use.back else ""
    parts = [use.key, f"{words.of_fixture(use.placement)}{side}"]
    if use.bays > 1:
        parts.append(f"{words['bay']} {use.bay}/{use.bays}")
    parts.append(aisles.get(use.placement.aisle, use.placement.aisle))
    if use.also:
        parts.append("+ " + ", ".join(use.also))
    return " · ".join(part for part in parts if part)


def _extent(use: Use, levels: list[Tier]) -> tuple[float, float, float, float]:
    """Left and right end, height and depth of all that is drawn, millimetres."""
    boxes = [box for tier in levels for stood in tier.stood for box in stood.facings + stood.caps]
    side = use.measures.side_mm
    left = min([-side, *(box[0] for box in boxes)])
    right = max([use.planogram.width_mm + side, *(box[2] for box in boxes)])
    top = max([use.placement.height_mm, *(box[3] for box in boxes)])
    return left, right, top, use.placement.depth_mm


def _split(use: Use, levels: list[Tier], area: Box) -> tuple[Box, Box]:
    """The drawing's box and the table's, side by side or stacked, whichever draws larger."""
    left, top, right, bottom = area
    wide = sum(column.width_mm for column in _columns_plain())
    rows = sum(1 + max(len(tier.stood) + len(tier.rest), 1) for tier in levels)
    beside = (left, top, right - wide - 5.0, bottom), (right - wide, top, right, bottom)
    blocks = max(int((right - left + 4.0) / (wide + 4.0)), 1)
    high = min(max((rows / blocks + 2) * 4.0, 20.0), (bottom - top) * 0.5)
    below = (left, top, right, bottom - high - 4.0), (left, bottom - high, right, bottom)
    return min((beside, below), key=lambda boxes: _ratio(use, levels, boxes[0]))


def _ratio(use: Use, levels: list[Tier], box: Box) -> float:
    low, high, top, deep = _extent(use, levels)
    wide = box[2] - box[0] - LEFT_MM - RIGHT_MM - SECTION_GAP_MM - 4.0
    tall = box[3] - box[1] - ABOVE_MM - BELOW_MM
    for n in SCALES:
        if (high - low + deep) / n <= wide and top / n <= tall:
            return float(n)
    return float(SCALES[-1])


def _place(use: Use, levels: list[Tier], box: Box, scale: float) -> tuple[Place, float]:
    ratio = scale or _ratio(use, levels, box)
    low, high, top, deep = _extent(use, levels)
    needs = (high - low + deep) / ratio + LEFT_MM + RIGHT_MM + SECTION_GAP_MM
    spare = max((box[2] - box[0] - needs) / 2.0, 0.0)
    tall = top / ratio + ABOVE_MM + BELOW_MM
    down = max((box[3] - box[1] - tall) / 2.0, 0.0)
    return Place(box[0] + spare + LEFT_MM - low / ratio, box[3] - BELOW_MM - down, ratio), ratio


def _front(use: Use, place: Place) -> Group:
    """The fixture from the front: back, uprights, head, shelves, segments, floor."""
    width, height, side = use.planogram.width_mm, use.placement.height_mm, use.measures.side_mm
    items: list[Item] = [Shape(rectangle(place.box((0.0, 0.0, width, height))), BACK, THIN, "back")]
    for left in (-side, width):
        if side > 0.0:
            box = place.box((left, 0.0, left + side, height))
            items.append(Shape(rectangle(box), STEEL, OUTLINE, "upright"))
    if use.measures.head_mm:
        head = place.box((0.0, height - use.measures.head_mm, width, height))
        items.append(Shape(rectangle(head), HEAD, OUTLINE, "head"))
    at = 0.0
    for segment in use.planogram.segments_mm[:-1]:
        at += segment
        items.append(Line(((place.x(at), place.y(0.0)), (place.x(at), place.y(height))),
                          Pen("#5b636d", 0.25, (3.0, 1.0)), "segment"))  # fmt: skip
    ends = (place.x(-side) - 4.0, place.x(width + side) + 4.0)
    items.append(Line(((ends[0], place.floor), (ends[1], place.floor)), FLOOR, "floor"))
    return Group(f"fixture-{use.placement.id}", use.placement.id, tuple(items), "fixture")


def _surface(tier: Tier, place: Place) -> list[Item]:
    shelf = tier.shelf
    if shelf.kind in BOARDS:
        top = shelf.height_mm + (shelf.board_mm or max(tier.clear, 100.0))
        board = place.box((tier.left, shelf.height_mm, tier.right, top))
        return [
            Shape(rectangle(board), "#eee7da", OUTLINE, "pegboard"),
            *_holes(shelf, board, place),
        ]
    if shelf.kind in {"rod", "lateral-rod", "bar", "curved-rod"}:
        rod = place.box((tier.left, shelf.height_mm - 12.0, tier.right, shelf.height_mm + 12.0))
        return [Shape(rectangle(rod), "#8d97a3", OUTLINE, shelf.kind)]
    box = place.box((tier.left, max(tier.bottom, 0.0), tier.right, tier.front))
    items: list[Item] = []
    if tier.front < shelf.height_mm:  # it leans: one sees onto it, up to its back edge
        seen = place.box((tier.left, tier.front, tier.right, shelf.height_mm))
        items.append(Shape(rectangle(seen), BACK, THIN, "slope"))
    if shelf.kind in {"obstruction", "sign"}:
        top = shelf.height_mm + (shelf.board_mm or 100.0)
        box = place.box((tier.left, shelf.height_mm, tier.right, top))
        items.append(Line(((box[0], box[1]), (box[2], box[3])), THIN, shelf.kind))
        items.append(Line(((box[0], box[3]), (box[2], box[1])), THIN, shelf.kind))
    items.insert(0, Shape(rectangle(box), STEEL, OUTLINE, "shelf"))
    if shelf.grille_mm > 0.0:
        fence = place.box((tier.left, tier.front, tier.right, tier.front + shelf.grille_mm))
        items.append(Shape(rectangle(fence), "", THIN, "grille"))
    return items


def _holes(shelf: Shelf, board: Box, place: Place) -> list[Item]:
    """The holes of a pegboard, thinned out where they would run together on paper."""
    pegs = shelf.pegs
    pitch_x = (pegs.pitch_x_mm if pegs else 25.4) / place.scale
    pitch_y = (pegs.pitch_y_mm if pegs else 25.4) / place.scale
    if pitch_x <= 0.0 or pitch_y <= 0.0:
        return []
    step_x = pitch_x * max(1, -int(-HOLE_APART_MM // pitch_x))
    step_y = pitch_y * max(1, -int(-HOLE_APART_MM // pitch_y))
    first_x = board[0] + (pegs.start_x_mm if pegs else 12.7) / place.scale
    first_y = board[3] - (pegs.start_y_mm if pegs else 12.7) / place.scale
    items: list[Item] = []
    y = first_y
    dots = Pen("#a4977d", 0.3, (0.01, max(step_x - 0.01, 0.1)))
    while y > board[1] + 0.2 and len(items) < 400:
        items.append(Line(((first_x, y), (board[2] - 0.2, y)), dots, "holes"))
        y -= step_y
    return items


def _dimensions(use: Use, levels: list[Tier], place: Place) -> list[Item]:
    """Left: from shelf to shelf and the whole height; right: levels; below: segments and width."""
    width, height, side = use.planogram.width_mm, use.placement.height_mm, use.measures.side_mm
    edge = place.x(-side)
    heights = sorted({0.0, height, *(tier.shelf.height_mm for tier in levels)}, reverse=True)
    items = chain_y([(place.y(h), h) for h in heights], edge - 4.0, edge, levels=2)
    if len(heights) > 2:
        items += chain_y([(place.y(height), height), (place.floor, 0.0)], edge - 12.0, edge - 9.5)
    low = place.floor
    if len(use.planogram.segments_mm) > 1:
        ends = [0.0]
        for segment in use.planogram.segments_mm:
            ends.append(ends[-1] + segment)
        items += chain_x([(place.x(x), x) for x in ends], low + 5.0, low, levels=1)
        low += 5.0
    items += chain_x([(place.x(0.0), 0.0), (place.x(width), width)], low + 5.0, low)
    right = place.x(width + side)
    before = 1e9
    for level in sorted({tier.shelf.height_mm for tier in levels}):
        y = place.y(level)
        if before - y < 2.6:
            continue
        before = y
        items.append(Line(((right + 0.8, y), (right + 3.2, y)), THIN, "level"))
        mark = ((right + 2.0, y), (right + 1.3, y - 1.2), (right + 2.7, y - 1.2))
        items.append(Shape(mark, INK, None, "level"))
        items.append(Text((right + 3.6, y + 0.2), f"+{number(level)}", 2.2, kind="level"))
    return items


def _section(use: Use, levels: list[Tier], place: Place, words: Words) -> Group:
    """The bay from its side, front to the left: how deep shelves and goods are."""
    start = place.x(use.planogram.width_mm + use.measures.side_mm) + RIGHT_MM + SECTION_GAP_MM
    deep, high = use.placement.depth_mm, use.placement.height_mm

    def box(front: float, low: float, back: float, top: float) -> Box:
        return (start + front / place.scale, place.y(top), start + back / place.scale, place.y(low))

    def turned(tier: Tier, front: float, low: float, back: float, top: float) -> tuple[Point, ...]:
        corners = ((front, top), (back, top), (back, low), (front, low))
        places = [tier.at(along, up) for along, up in corners]
        return tuple((start + z / place.scale, place.y(y)) for z, y in places)

    back = use.measures.back_mm
    items: list[Item] = []
    if back > 0.0:
        items.append(Shape(rectangle(box(deep - back, 0.0, deep, high)), STEEL, OUTLINE, "upright"))
    if use.measures.head_mm == 0.0 and use.measures.front_mm > 0.0:
        wall = box(0.0, 0.0, use.measures.front_mm, high)
        items.append(Shape(rectangle(wall), STEEL, OUTLINE, "front"))
    for tier in levels:
        goods = [stood.block for stood in tier.stood]
        for block in goods:
            extent = turned(tier, block.front_mm, block.bottom_mm, block.depth_mm, block.height_mm)
            items.append(Shape(extent, "#f3e9d2", Pen("#b79f6b", 0.1), "goods"))
        if tier.shelf.kind in BOARDS:
            base, end = tier.shelf.height_mm, tier.setback + tier.depth
            top = base + (tier.shelf.board_mm or max(tier.clear, 100.0))
            board = rectangle(box(end - BOARD_MM, base, end, top))
        else:
            thick = tier.thick if tier.slope else min(tier.thick, tier.front)
            board = turned(tier, 0.0, -thick, tier.depth, 0.0)
        items.append(Shape(board, STEEL, OUTLINE, "shelf"))
    items.append(Line(((start - 2.0, place.floor), (start + deep / place.scale + 2.0, place.floor)),
                      FLOOR, "floor"))  # fmt: skip
    ends = [(start, 0.0), (start + deep / place.scale, deep)]
    items += chain_x(ends, place.floor + 5.0, place.floor)
    items.append(Text((start + deep / place.scale / 2.0, place.y(high) - 2.0), words["section"],
                      2.4, "middle", bold=True, kind="caption"))  # fmt: skip
    return Group("section", words["section"], tuple(items), "section")


def _columns_plain() -> list[Column]:
    return _columns(Words("en"))


def _columns(words: Words) -> list[Column]:
    return [
        Column(words["no"], 9.0, "end"), Column(words["sku"], 21.0), Column(words["gtin"], 25.0),
        Column(words["name"], 60.0), Column(words["facings"], 16.0, "middle"),
        Column(words["as"], 18.0), Column(words["size"], 26.0, "middle"),
        Column(words["qty"], 11.0, "end"),
    ]  # fmt: skip


def _shelf_name(tier: Tier, count: int, words: Words) -> str:
    return tier.shelf.name or f"{words['shelf']} {tier.index + 1}/{count}"


def _rows(use: Use, levels: list[Tier], words: Words, fills: Mapping[int, list[str]]) -> list[Row]:
    """Top shelf first: a heading with its measures, then its positions."""
    rows: list[Row] = []
    count = len(levels)
    for tier in sorted(levels, key=lambda one: -one.shelf.height_mm):
        name = _shelf_name(tier, count, words)
        parts = [name, f"{words['height']} {number(tier.shelf.height_mm)}",
                 f"{words['depth']} {number(tier.depth)}"]  # fmt: skip
        if tier.index < count - 1 or use.measures.head_mm is not None:
            parts.append(f"{words['clear']} {number(tier.clear)}")
        if tier.slope:
            parts.append(f"{words['slope']} {number(tier.slope)}°")
        if tier.shelf.load_max_kg:
            parts.append(f"≤ {number(tier.shelf.load_max_kg)} kg")
        rows.append(Row((" · ".join(parts),), heading=True))
        for stood, fill in zip(tier.stood, fills[tier.index], strict=True):
            rows.append(_row(stood.number, stood.block, tier.shelf, fill, words))
        rows += [Row(("–", sku, "", words["unknown"], "", "", "", "")) for sku in tier.rest]
        if not tier.stood and not tier.rest:
            rows.append(Row(("", "", "", words["empty"], "", "", "", "")))
    return rows


def _row(number_: int, block: Arranged, shelf: Shelf, fill: str, words: Words) -> Row:
    product = block.product
    position = shelf.positions[block.index]
    how: list[str] = [block.orientation] if block.orientation != "front" else []
    how += [block.style] if block.style != "unit" else []
    caps = sum(len(cap.places) for cap in block.caps)
    how += [f"+{caps}"] if caps else []
    name = product.name(words.language)
    if product.size_text and product.size_text.casefold() not in name.casefold():
        name = f"{name} {product.size_text}"
    return Row(
        (
            str(number_), product.sku, product.gtin, name,
            f"{position.facings_wide} × {position.facings_high} × {block.deep}",
            " ".join(how), " × ".join(number(part) for part in block.size_mm), str(block.units),
        ),
        swatch=fill,
    )  # fmt: skip
