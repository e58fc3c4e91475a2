"""Goods on an elevation: every facing as its box, marks for how it stands, and its number."""

from collections.abc import Callable

from store_scenes.exchange.drawings.lettering import one_line, wrapped
from store_scenes.exchange.drawings.palette import lighter
from store_scenes.exchange.drawings.sheet import (
    Box,
    Disc,
    Group,
    Item,
    Line,
    Pen,
    Room,
    Shape,
    Text,
    rectangle,
    text_box,
)
from store_scenes.exchange.drawings.shelf_space import Rect, Stood, Tier
from store_scenes.exchange.drawings.words import Words
from store_scenes.layout.orientation import AXES

ToPaper = Callable[[Rect], Box]

EDGE = Pen("#2b3036", 0.15)
BLOCK = Pen("#1a1d21", 0.30)
CAP_EDGE = Pen("#2b3036", 0.12, (0.7, 0.4))
MARK = Pen("#1a1d21", 0.13)
CARD = "#c9a26b"
NUMBER_MM = 2.2
NAME_MM = 2.2
NAMED_WIDE_MM, NAMED_HIGH_MM = 15.0, 8.5


def draw_facings(stood: Stood, fill: str, paper: ToPaper, words: Words) -> Group:
    """A position: its facings, its caps, and the outline around its block."""
    block = stood.block
    pale = lighter(fill, 0.4)
    items: list[Item] = [
        Shape(rectangle(paper(rect)), pale, CAP_EDGE, "cap") for rect in stood.caps
    ]
    for rect in stood.facings:
        box = paper(rect)
        items.append(Shape(rectangle(box), fill, EDGE, "facing"))
        items += _marks(stood, box)
    items.append(Shape(rectangle(paper(stood.extent)), "", BLOCK, "position"))
    name = one_line(block.product.name(words.language))
    return Group(f"position-{stood.number}", f"{stood.number}: {block.product.sku} {name}",
                 tuple(items), f"position {block.style}")  # fmt: skip


def _marks(stood: Stood, box: Box) -> list[Item]:
    """How one facing is packed and which way it stands."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    style, pack = stood.block.style, stood.block.pack
    items: list[Item] = []
    if pack is not None and pack.wide * pack.high <= 64:
        for part in range(1, pack.wide):
            x = left + wide * part / pack.wide
            items.append(Line(((x, top), (x, bottom)), MARK, "pack"))
        for part in range(1, pack.high):
            y = top + high * part / pack.high
            items.append(Line(((left, y), (right, y)), MARK, "pack"))
    if style == "tray":
        lip = (left, bottom - min(high * 0.28, 3.0), right, bottom)
        items.append(Shape(rectangle(lip), CARD, MARK, "tray"))
    elif style in {"case", "display", "alternate"}:
        items.append(Shape(rectangle(_inset(box, 0.5)), "", Pen("#8a6a35", 0.3), style))
    elif style in {"loose", "log-stack"}:
        radius = min(wide, high) / 2.0 - 0.1
        if radius > 0.3:
            centre = ((left + right) / 2.0, (top + bottom) / 2.0)
            items.append(Disc(centre, radius, "", MARK, style))
    elif style == "poster":
        items.append(Shape(rectangle(_inset(box, 0.6)), "", MARK, style))
    if stood.block.orientation != "front" and min(wide, high) > 2.0:
        items.append(_up_mark(stood, box))
    return items


def _inset(box: Box, by: float) -> Box:
    by = min(by, (box[2] - box[0]) / 4.0, (box[3] - box[1]) / 4.0)
    return box[0] + by, box[1] + by, box[2] - by, box[3] - by


def _up_mark(stood: Stood, box: Box) -> Item:
    """A triangle at the edge where the product's top is; a ring where it looks at one or away."""
    axes = AXES[stood.block.orientation]
    x, y = axes[0][1], axes[1][1]
    half, deep = min(1.1, (box[2] - box[0]) / 4.0, (box[3] - box[1]) / 4.0), 0.0
    deep = half * 1.2
    middle = (box[0] + box[2]) / 2.0, (box[1] + box[3]) / 2.0
    if x == 0 and y == 0:
        centre = (box[0] + half + 0.4, box[1] + half + 0.4)
        return Disc(centre, half * 0.8, "#ffffff", MARK, "up")
    if y:
        tip = box[1] + 0.3 if y > 0 else box[3] - 0.3
        foot = tip + deep * (1 if y > 0 else -1)
        points = ((middle[0], tip), (middle[0] + half, foot), (middle[0] - half, foot))
    else:
        tip = box[2] - 0.3 if x > 0 else box[0] + 0.3
        foot = tip - deep * (1 if x > 0 else -1)
        points = ((tip, middle[1]), (foot, middle[1] + half), (foot, middle[1] - half))
    return Shape(points, "#ffffff", MARK, "up")


def draw_numbers(levels: list[Tier], paper: ToPaper, words: Words) -> list[Item]:
    """The number of every position on it, on white, with its name where there is room for both."""
    room = Room()
    items: list[Item] = []
    crowded: list[tuple[Stood, Box]] = []
    for tier in levels:
        for stood in tier.stood:
            box = paper(stood.extent)
            made = _within(stood, box, words, room)
            if made:
                items += made
            else:
                crowded.append((stood, box))
    for stood, box in crowded:
        items += _near(stood, box, room)
    return items


def _within(stood: Stood, box: Box, words: Words, room: Room) -> list[Item]:
    wide, high = box[2] - box[0], box[3] - box[1]
    x, y = (box[0] + box[2]) / 2.0, (box[1] + box[3]) / 2.0
    text = str(stood.number)
    lines: list[tuple[str, float, bool]] = [(text, NUMBER_MM, True)]
    if wide >= NAMED_WIDE_MM and high >= NAMED_HIGH_MM:
        name = stood.block.product.name(words.language)
        fit = min(int((high - NUMBER_MM - 2.0) / (NAME_MM * 1.2)), 3)
        lines += [(line, NAME_MM, False) for line in wrapped(name, wide - 2.0, NAME_MM, fit)]
    while lines:
        placed = _stack(lines, x, y)
        boxes = [text_box(one) for one in placed]
        whole = (min(b[0] for b in boxes), min(b[1] for b in boxes),
                 max(b[2] for b in boxes), max(b[3] for b in boxes))  # fmt: skip
        inside = whole[2] - whole[0] <= wide - 0.2 and whole[3] - whole[1] <= high - 0.1
        if inside and room.is_free(whole):
            room.take(whole)
            return [*_plaques(placed), *placed]
        lines.pop()
    turned = Text((x + NUMBER_MM * 0.3, y), text, NUMBER_MM, "middle", bold=True, turn_deg=90.0,
                  kind="number")  # fmt: skip
    extent = text_box(turned)
    if extent[2] - extent[0] <= wide and extent[3] - extent[1] <= high and room.is_free(extent):
        room.take(extent)
        return [*_plaques([turned]), turned]
    return []


def _stack(lines: list[tuple[str, float, bool]], x: float, y: float) -> list[Text]:
    """Lines of text under one another around a middle."""
    whole = sum(size * 1.2 for _, size, _ in lines)
    texts = []
    top = y - whole / 2.0
    for text, size, bold in lines:
        texts.append(Text((x, top + size * 0.9), text, size, "middle", bold=bold,
                          kind="number" if bold else "product-name"))  # fmt: skip
        top += size * 1.2
    return texts


def _near(stood: Stood, box: Box, room: Room) -> list[Item]:
    """A number that does not fit its block: above or below it, or wherever is free nearby."""
    x = (box[0] + box[2]) / 2.0
    text = str(stood.number)
    tries = [
        Text((x + aside, y), text, NUMBER_MM, "middle", bold=True, kind="number")
        for step in range(16)
        for y in (box[1] - 0.6 - step, box[3] + 2.0 + step)
        for aside in (0.0, 1.5, -1.5, 3.0, -3.0)
    ]
    tries.sort(key=lambda one: abs(one.at[0] - x) + min(abs(one.at[1] - box[1]),
                                                        abs(one.at[1] - box[3])))  # fmt: skip
    placed = room.first_free(tries)
    if placed is None:
        return []
    found = text_box(placed)
    above = found[3] <= box[1] + 1.0
    foot = (x, box[1] + 0.2) if above else (x, box[3] - 0.2)
    head = (placed.at[0], found[3] - 0.2 if above else found[1] + 0.2)
    return [Line((foot, head), Pen("#1a1d21", 0.13), "leader"), *_plaques([placed]), placed]


def _plaques(texts: list[Text]) -> list[Item]:
    """White under lines of text."""
    boxes = [text_box(text) for text in texts]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return [Shape(rectangle((left - 0.2, top, right + 0.2, bottom)), "#ffffff", None, "plaque")]
