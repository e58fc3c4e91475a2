"""Fill bays: rows of similar height, heavy goods low, brands in vertical blocks, no ragged ends.

A department's products come in its order (kind, brand, size). Each bay takes as many of the next
ones as fit, so neighbours in the order are neighbours on the shelf. Inside a bay, products of
similar height share rows, and each goes to the row that is filled least: a brand then takes the
same stretch of every row, which is a vertical block.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store_scenes.layout.documents import Planogram, Position, Shelf
from store_scenes.planning.facings import FACINGS_MAX, GAP_MM, Item, wished
from store_scenes.planning.furniture import CONTENT_MM_MIN, FINGER_MM, PITCH_MM, Furniture

SIMILAR = 0.74
"""Goods at least this part as high as the highest of their rows stand with them anyway."""

FULL_ENOUGH = 0.8
"""Lower goods come along as well while the last row of the higher ones is emptier than this."""

SHARE_GROWTH_MAX = 5.0
SHARE_SHRINK = 0.7
SHARE_STEPS = 5
"""A bay's own share of shelf lies within these times what was asked for, found in so many steps."""

SPREAD_MM_MAX = 75.0
"""A shelf is hung at most this much higher than its goods need before a row is repeated."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One position of a row: the item, facings wide and layers high."""

    item: Item
    wide: int
    high: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One shelf's goods, left to right; `content` is the height kept for them, mm."""

    placed: tuple[Placed, ...]
    content: float


@dataclass(frozen=True, slots=True)
class Bay:
    """Rows from the bottom up."""

    rows: tuple[Row, ...]

    @property
    def facings(self) -> int:
        """Facings, wide times high, of the whole bay."""
        return sum(one.wide * one.high for row in self.rows for one in row.placed)

    @property
    def skus(self) -> tuple[str, ...]:
        """What stands in the bay, each once, in the order of the department."""
        items = {one.item.product.sku: one.item.rank for row in self.rows for one in row.placed}
        return tuple(sorted(items, key=lambda sku: items[sku]))


def fill(items: Sequence[Item], furniture: Furniture, share_mm: float) -> list[Bay]:
    """Bays for all of `items`, each of which fits the furniture by itself."""
    if not items:
        return []
    cuts = _cut(items, furniture, share_mm)
    even = _balanced(items, furniture, share_mm, len(cuts))
    least = share_mm * SHARE_SHRINK
    if all(_fit(items[start:end], furniture, least) for start, end in _spans(even)):
        cuts = even
    return [_finish(items[start:end], furniture, share_mm, least) for start, end in _spans(cuts)]


def fits(one: Item, furniture: Furniture) -> bool:
    """Whether a product can stand in an otherwise empty bay."""
    if one.width + GAP_MM > furniture.bay_mm or one.depth > furniture.facing_mm:
        return False
    return furniture.first_mm + one.height + FINGER_MM <= furniture.goods_top_mm


def planogram(bay: Bay, furniture: Furniture, name: str) -> Planogram:
    """The bay as a document: gaps spread evenly over each row, shelves in their slots."""
    tops = _tops(bay.rows, furniture)
    shelves = tuple(
        Shelf(top, tuple(_positions(row, furniture.bay_mm)), furniture.upper_mm if number else 0.0)
        for number, (top, row) in enumerate(zip(tops, bay.rows, strict=True))
    )
    return Planogram(name, furniture.bay_mm, shelves)


def _cut(items: Sequence[Item], furniture: Furniture, share: float) -> list[int]:
    """Where each bay ends, by index into `items`."""
    facings = [wished(one, share, furniture.bay_mm) for one in items]
    cuts: list[int] = []
    start = 0
    guess = 8
    while start < len(items):
        left = len(items) - start
        low, high = 1, min(max(guess, 1), left)
        while high < left and _rows(items, facings, start, start + high, furniture) is not None:
            low, high = high, min(high * 2, left)
        if _rows(items, facings, start, start + high, furniture) is not None:
            low = high
        while high - low > 1:
            middle = (low + high) // 2
            if _rows(items, facings, start, start + middle, furniture) is not None:
                low = middle
            else:
                high = middle
        guess = low
        start += low
        cuts.append(start)
    return cuts


def _balanced(items: Sequence[Item], furniture: Furniture, share: float, bays: int) -> list[int]:
    """Where `bays` bays end that hold about the same width of goods each."""
    ends = []
    total = 0.0
    for one in items:
        total += wished(one, share, furniture.bay_mm) * (one.width + GAP_MM)
        ends.append(total)
    cuts = []
    at = 0
    for bay in range(1, bays):
        most = len(items) - (bays - bay)  # one product at least is left for each later bay
        at += 1
        while at < most and ends[at] <= total * bay / bays:
            at += 1
        cuts.append(at)
    return [*cuts, len(items)]


def _spans(cuts: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip([0, *cuts], cuts, strict=False))


def _fit(items: Sequence[Item], furniture: Furniture, share: float) -> list[Row] | None:
    facings = [wished(one, share, furniture.bay_mm) for one in items]
    return _rows(items, facings, 0, len(items), furniture)


def _rows(
    items: Sequence[Item],
    facings: Sequence[int],
    start: int,
    end: int,
    furniture: Furniture,
) -> list[Row] | None:
    """Rows for a stretch of items, bottom up; None when they do not fit one bay."""
    chosen = sorted(range(start, end), key=lambda at: (-items[at].height, at))
    if furniture.single:
        groups = [[chosen]] if chosen else []
        count_max = 1
    elif furniture.tiers:
        return _tiers(items, facings, start, end, furniture)
    else:
        groups = [[group] for group in _groups(items, facings, chosen, furniture.bay_mm)]
        count_max = furniture.rows_max
    rows: list[tuple[float, list[Row]]] = []
    count = 0
    for (group,) in groups:
        made = _columns(items, facings, sorted(group), furniture.bay_mm)
        if furniture.single and len(made) > 1:
            return None
        count += len(made)
        if count > count_max:
            return None
        content = max(CONTENT_MM_MIN, *(items[at].height for at in group))
        weight = sum(items[at].weight_g for at in group) / len(group)
        made.sort(key=lambda row: -round(sum(one.item.weight_g for one in row) / len(row)))
        rows.append((weight, [Row(tuple(row), content) for row in made]))
    rows.sort(key=lambda pair: -pair[0])
    flat = [row for _, block in rows for row in block]
    return flat if _height(flat, furniture) <= furniture.goods_top_mm else None


def _groups(
    items: Sequence[Item], facings: Sequence[int], chosen: Sequence[int], row_mm: float
) -> list[list[int]]:
    """Indices by height, highest first: each group shares rows of one height."""
    groups: list[list[int]] = []
    filled = highest = 0.0
    for at in chosen:
        one = items[at]
        part = filled / row_mm
        room = math.ceil(part) - part
        lower = one.height < SIMILAR * highest and one.height + 30.0 < highest
        if not groups or (lower and room < 1.0 - FULL_ENOUGH):
            groups.append([])
            filled, highest = 0.0, one.height
        groups[-1].append(at)
        filled += facings[at] * (one.width + GAP_MM)
    return groups


def _columns(
    items: Sequence[Item], facings: Sequence[int], group: Sequence[int], row_mm: float
) -> list[list[Placed]]:
    """The group's items over as few rows as hold them, in vertical stretches.

    The first row is the lowest one, so what is heavier of two neighbours goes there.
    """
    total = sum(facings[at] * (items[at].width + GAP_MM) for at in group)
    count = max(math.ceil(total / row_mm - 1e-9), 1)
    while True:
        rows: list[list[Placed]] = [[] for _ in range(count)]
        filled = [0.0] * count
        for at in group:
            width = facings[at] * (items[at].width + GAP_MM)
            into = min(range(count), key=lambda row: (filled[row], row))
            if filled[into] + width > row_mm + 1e-6:
                break
            rows[into].append(Placed(items[at], facings[at]))
            filled[into] += width
        else:
            return [row for row in rows if row]
        count += 1


def _tiers(
    items: Sequence[Item], facings: Sequence[int], start: int, end: int, furniture: Furniture
) -> list[Row] | None:
    """A stepped stand: tiers in the order of the items, lowest and largest first."""
    chosen = sorted(range(start, end), key=lambda at: (-items[at].height // 40, at))
    rows = _columns(items, facings, chosen, furniture.bay_mm)
    if len(rows) > furniture.tiers:
        return None
    rows.sort(key=lambda row: -max(one.item.height for one in row))
    return [Row(tuple(row), max(one.item.height for one in row)) for row in rows]


def _height(rows: Sequence[Row], furniture: Furniture) -> float:
    """Where the goods of the top row end when every shelf hangs as low as it can."""
    top = furniture.first_mm
    for row in rows[:-1]:
        top = _slot(top + row.content + FINGER_MM + furniture.measures.shelf_mm)
    return top + rows[-1].content + FINGER_MM


def _slot(height: float) -> float:
    return math.ceil(height / PITCH_MM - 1e-9) * PITCH_MM


def _finish(items: Sequence[Item], furniture: Furniture, share: float, least: float) -> Bay:
    """The bay for items that fit it: with as many facings as it takes, stacked, repeated, spread.

    Raises:
        ValueError: the items do not fit one bay.
    """
    rows: list[Row] | None = None
    low, high = least, share * SHARE_GROWTH_MAX
    for tried in (high, share, least, 0.0):
        rows = _fit(items, furniture, tried)
        if rows is not None:
            low = tried
            break
        high = tried
    if rows is None:
        raise ValueError("a bay is closed over items that do not fit it")
    for _ in range(SHARE_STEPS if low < high else 0):
        middle = (low + high) / 2.0
        more = _fit(items, furniture, middle)
        if more is None:
            high = middle
        else:
            low, rows = middle, more
    rows = [_widened(row, furniture.bay_mm) for row in rows]
    if furniture.tiers:
        rows = _repeated_tiers(rows, furniture)
    elif not furniture.single:
        rows = _taller(rows, furniture)
        rows = _repeated(rows, furniture)
    else:
        rows = [replace(row, content=_free(furniture)) for row in rows]
    return Bay(tuple(_stacked(row) for row in rows))


def _free(furniture: Furniture) -> float:
    return furniture.goods_top_mm - furniture.first_mm - FINGER_MM


def _widened(row: Row, row_mm: float) -> Row:
    """More facings where the row has room for them, first for what has the least of its share."""
    wide = [one.wide for one in row.placed]
    pitch = [one.item.width + GAP_MM for one in row.placed]
    left = row_mm - sum(count * step for count, step in zip(wide, pitch, strict=True))
    while True:
        able = [at for at, step in enumerate(pitch) if step <= left and wide[at] < 2 * FACINGS_MAX]
        if not able:
            break
        at = min(able, key=lambda at: (wide[at] * pitch[at] ** 0.7, at))
        wide[at] += 1
        left -= pitch[at]
    placed = (replace(one, wide=count) for one, count in zip(row.placed, wide, strict=True))
    return Row(tuple(placed), row.content)


def _taller(rows: list[Row], furniture: Furniture) -> list[Row]:
    """Rows of low goods made high enough for another layer, while the bay has height for it."""
    rows = list(rows)
    while True:
        best: tuple[float, int, Row] | None = None
        for at, row in enumerate(rows):
            taller = _next_layer(row)
            if taller is None:
                continue
            tried = [*rows[:at], taller, *rows[at + 1 :]]
            if _height(tried, furniture) > furniture.goods_top_mm:
                continue
            if best is None or taller.content < best[0]:
                best = (taller.content, at, taller)
        if best is None:
            return rows
        rows[best[1]] = best[2]


def _next_layer(row: Row) -> Row | None:
    """The row as high as the next layer of the goods that fill most of it."""
    widest = max(row.placed, key=lambda one: (one.wide * one.item.width, -one.item.rank))
    layers = int(row.content / widest.item.height + 1e-9) + 1
    if layers > widest.item.layers_max:
        return None
    return Row(row.placed, max(layers * widest.item.height, row.content))


def _repeated(rows: list[Row], furniture: Furniture) -> list[Row]:
    """The lowest rows twice, one above the other, while the bay has a row's height to spare."""
    rows = list(rows)
    while len(rows) < furniture.rows_max:
        able = []
        for at, row in enumerate(rows):
            tried = [*rows[: at + 1], row, *rows[at + 1 :]]
            if _height(tried, furniture) <= furniture.goods_top_mm:
                able.append((sum(other is row for other in rows), -row.content, at, tried))
        if not able:
            return rows
        rows = min(able, key=lambda one: one[:3])[3]
    return rows


def _repeated_tiers(rows: list[Row], furniture: Furniture) -> list[Row]:
    own = len(rows)
    while len(rows) < furniture.tiers:
        rows.append(rows[len(rows) % own])
    return sorted(rows, key=lambda row: -row.content)


def _stacked(row: Row) -> Row:
    placed = (
        replace(
            one, high=max(min(one.item.layers_max, int(row.content / one.item.height + 1e-9)), 1)
        )
        for one in row.placed
    )
    return Row(tuple(placed), row.content)


def _tops(rows: Sequence[Row], furniture: Furniture) -> list[float]:
    """Surface heights: the room that is left over is shared by all rows, up to a limit."""
    if furniture.tiers:
        return [furniture.first_mm + furniture.tier_mm * at for at in range(len(rows))]
    spare = max(furniture.goods_top_mm - _height(rows, furniture), 0.0)
    each = min(spare / max(len(rows), 1), SPREAD_MM_MAX)
    extra = math.floor(each / PITCH_MM) * PITCH_MM
    tops = [furniture.first_mm]
    for row in rows[:-1]:
        need = tops[-1] + row.content + FINGER_MM + furniture.measures.shelf_mm
        tops.append(_slot(need) + extra)
    return tops


def _positions(row: Row, row_mm: float) -> list[Position]:
    """The row's positions with one gap for all, so that it ends where the shelf does."""
    count = sum(one.wide for one in row.placed)
    goods = sum(one.wide * one.item.width for one in row.placed)
    gap = math.floor((row_mm - goods) / count * 100.0) / 100.0
    return [Position(one.item.product.sku, one.wide, one.high, gap_mm=gap) for one in row.placed]
