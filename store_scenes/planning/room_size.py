"""How many runs, how long, and how large a room: the shape that wastes least and walks best.

Seen from above with the entrance at the bottom: produce right of the entrance, tills on the left,
a front cross-aisle, runs of gondolas along z with an aisle on each side, a rear cross-aisle, and
cooled cabinets along the back wall. Millimetres.
"""

import math
from dataclasses import dataclass, replace

RUN_BAYS_MAX = 8
"""A longer run is broken by a cross-aisle in the middle."""

GONDOLA_MM = 450.0
CHILLER_MM = 800.0
CHEST_MM = 850.0
CHEST_BAY_MM = 1200.0
CHEST_END_MM = 160.0
STAND_MM = 1150.0
STAND_BAY_MM = 1268.0
BAY_MM = 1000.0
END_MM = 64.0  # the two end panels of a run
ENDCAP_MM = 450.0
BULKY_MM = 900.0
ENTRANCE_MM = 3400.0  # from the tills to the produce
TILL_MM = 2000.0  # from one checkout lane to the next
ASPECT = 1.15
SPARE_COLUMNS = 3
"""Walls take as much as this many columns at most."""
ROOM_MM_MIN = 5200.0


@dataclass(frozen=True, slots=True)
class Load:
    """How many bays of each kind are to be placed; `bulky` deep ones, `bulky_mm` wide each."""

    products: int
    gondola: int
    chiller: int
    freezer: int
    produce: int
    bulky: int
    bulky_mm: float
    aisles_min: int


@dataclass(frozen=True, slots=True)
class Room:
    """The chosen shape.

    `run` bays a side, `columns` two-sided runs, `cool_columns`
    those of cooled cabinets, `deep_columns`
    those of bulky goods, `chests` columns of chests.

    `right`, `left` and `back` are gondola bays along those walls, `right_cool` and `left_cool`
    cooled ones on the side walls, `back_cool` those along the back; `right_mm` and `left_mm` are
    how far the side walls' furniture reaches into the room.
    """

    width: float
    depth: float
    height: float
    run: int
    columns: int
    cool_columns: int
    deep_columns: int
    chests: int
    right: int
    left: int
    back: int
    back_cool: int
    right_cool: int
    left_cool: int
    right_mm: float
    left_mm: float
    aisle: float
    front_cross: float
    rear_cross: float
    front: float
    endcaps_behind: bool
    tills: int
    stands_wall: int
    stands_island: int

    @property
    def blocks(self) -> tuple[int, ...]:
        """Bays of each stretch of a run, the front one first."""
        return blocks_of(self.run)

    @property
    def block_gap(self) -> float:
        """From the end of one stretch of a run to the start of the next."""
        return self.rear_cross + (2.0 * ENDCAP_MM if self.endcaps_behind else 0.0)

    @property
    def run_mm(self) -> float:
        """The length of a run with its cross-aisle."""
        return _run_mm(self.run, self.rear_cross, self.endcaps_behind)

    @property
    def run_front(self) -> float:
        """Where the front ends of the runs are, z."""
        return self.depth / 2.0 - self.front - self.front_cross - ENDCAP_MM

    @property
    def stand_columns(self) -> int:
        """Two-sided rows of crate stands before the entrance."""
        pairs = self.stands_island - self.stands_island % 2
        return math.ceil(pairs / self.stands_each) or self.stands_island

    @property
    def stands_each(self) -> int:
        """Stands of one such row; a single one more closes the end of the last."""
        return 2 * max(int((self.front - 900.0) / STAND_BAY_MM), 1)

    @property
    def produce_mm(self) -> float:
        """How far the stands reach into the room from the right wall."""
        wall = STAND_MM if self.stands_wall else 0.0
        return wall + self.stand_columns * (self.aisle + 2.0 * STAND_MM)


def _run_mm(run: int, cross: float, behind: bool) -> float:
    length = run * BAY_MM + END_MM
    if run > RUN_BAYS_MAX:
        length += END_MM + cross + (2.0 * ENDCAP_MM if behind else 0.0)
    return length + (ENDCAP_MM if behind else 0.0)


def choose(load: Load) -> Room:
    """The best room for a load, by the least of a few plain costs; deterministic."""
    best: tuple[float, Room] | None = None
    longest = max(math.ceil(load.gondola / 2), math.ceil(load.chiller / 4), _bulky_bays(load), 3)
    for run in range(2, min(longest, 2 * RUN_BAYS_MAX) + 1):
        most = math.ceil(load.gondola / (2 * run))
        cool_most = math.ceil(load.chiller / (2 * run))
        for columns in range(max(most - SPARE_COLUMNS, 0), most + 1):
            for cool_columns in range(cool_most + 1):
                room = _room(load, run, columns, cool_columns)
                if room is None:
                    continue
                cost = _cost(load, room)
                if best is None or cost < best[0] - 1e-9:
                    best = (cost, room)
    if best is None:
        raise ValueError(f"no room holds {load}")
    return best[1]


def _cost(load: Load, room: Room) -> float:
    cost = 2.0 * abs(math.log(room.width / room.depth / ASPECT))
    walls = room.right + room.left + room.right_cool + room.left_cool
    walls += 0 if room.deep_columns else _bulky_bays(load)
    cost += 1.0 * max(2 * room.run - walls, 0) / (2 * room.run)
    cost += 0.3 * max(2 * room.run * room.cool_columns - load.chiller, 0)
    cost += 3.0 * (room.cool_columns > 0 and room.back_cool * BAY_MM < 0.5 * room.width)
    cost += 0.12 * (room.cool_columns + room.deep_columns)
    cost += 0.15 * (len(room.blocks) - 1)
    cost += 0.4 * max(room.run - 6, 0) / 6
    cost += 1.2 * max(load.aisles_min - room.columns - room.chests - 1, 0)
    # A run of one or two bays is no aisle, except in a corner shop.
    cost += 1.0 if room.run < 3 and load.products > 60 else 0.0
    cost += 0.5 * (room.back > 0 and room.columns > 0)
    return cost


def _room(load: Load, run: int, columns: int, cool_columns: int) -> Room | None:
    """The room for runs of so many bays and so many columns; None when the goods do not fit."""
    large = load.products > 1200
    aisle = 2200.0 if large else 1900.0 if load.products <= 60 else 2000.0
    cross = 2600.0 if large else 1800.0 if load.products <= 150 else 2300.0
    front = _front_depth(load)
    behind = load.products > 300
    rows = chest_rows(load.freezer)
    chests = math.ceil(load.freezer / (rows * chests_along(run))) if load.freezer else 0
    deep = _deep_columns(load, run)
    if deep is None:
        return None
    tills = 1 if load.products <= 120 else 2 if load.products <= 600 else 6 if large else 4
    stands_wall, stands_island = _stands(load.produce, front + cross - 500.0)
    draft = Room(
        0.0, 0.0, 0.0, run, columns, cool_columns, deep, chests, 0, 0, 0, 0, 0, 0,
        GONDOLA_MM, GONDOLA_MM, aisle, cross, cross, front, behind, tills,
        stands_wall, stands_island,
    )  # fmt: skip
    width = 2.0 * GONDOLA_MM + aisle + columns * (2.0 * GONDOLA_MM + aisle)
    width += chests * (rows * CHEST_MM + aisle)
    width += cool_columns * (2.0 * CHILLER_MM + aisle) + deep * (2.0 * BULKY_MM + aisle)
    # A wide front with a narrow shop behind it would be a hall; rather fewer lanes.
    tills = max(min(tills, int((width - draft.produce_mm - ENTRANCE_MM) / TILL_MM)), min(tills, 2))
    draft = replace(draft, tills=tills)
    width = max(width, draft.produce_mm + ENTRANCE_MM + tills * TILL_MM, ROOM_MM_MIN)
    if load.chiller:
        width = max(width, min(load.chiller, 3) * BAY_MM + 1400.0)
    walls = _walls(load, run, columns, cool_columns, deep, width)
    if walls is None:
        return None
    right, left, back, back_cool, right_cool, left_cool = walls
    right_mm = CHILLER_MM if right_cool else GONDOLA_MM
    left_mm = BULKY_MM if load.bulky and not deep else CHILLER_MM if left_cool else GONDOLA_MM
    width += right_mm + left_mm - 2.0 * GONDOLA_MM
    depth = front + cross + ENDCAP_MM + draft.run_mm
    depth += cross + (CHILLER_MM if load.chiller else GONDOLA_MM)
    return replace(
        draft,
        width=math.ceil(width / 100.0) * 100.0,
        depth=math.ceil(depth / 100.0) * 100.0,
        height=4200.0 if large else 3600.0 if load.products > 150 else 3200.0,
        right=right,
        left=left,
        back=back,
        back_cool=back_cool,
        right_cool=right_cool,
        left_cool=left_cool,
        right_mm=right_mm,
        left_mm=left_mm,
    )


def _bulky_bays(load: Load) -> int:
    """How many usual bays' lengths the bulky ones take."""
    return math.ceil((load.bulky * load.bulky_mm + END_MM) / BAY_MM) if load.bulky else 0


def _deep_columns(load: Load, run: int) -> int | None:
    """Two-sided runs of bulky goods; 0 where the left wall takes them; None: they do not fit."""
    if not load.bulky or (run <= RUN_BAYS_MAX and _bulky_bays(load) <= run):
        return 0
    each = 2 * sum(int((block * BAY_MM + 1.0) / load.bulky_mm) for block in blocks_of(run))
    return math.ceil(load.bulky / each) if each else None


def chest_rows(chests: int) -> int:
    """Chests stand in one row, or back to back when there are many."""
    return 2 if chests > 4 else 1


def chests_along(run: int) -> int:
    """How many chests stand along the first stretch of a run of so many bays."""
    length = blocks_of(run)[0] * BAY_MM + END_MM - CHEST_END_MM
    return max(int(length / CHEST_BAY_MM), 1)


def blocks_of(run: int) -> tuple[int, ...]:
    """Bays of each stretch of a run, the front one first; a long run has a cross-aisle."""
    return (run,) if run <= RUN_BAYS_MAX else (math.ceil(run / 2), run // 2)


def _walls(
    load: Load, run: int, columns: int, cool_columns: int, deep: int, width: float
) -> tuple[int, int, int, int, int, int] | None:
    """Gondola bays right, left, back; cooled ones back, right, left."""
    across = int((width - 1400.0) / BAY_MM)
    # Two-sided runs are filled first: half of one would show its bare back.
    over = load.chiller - min(load.chiller, 2 * run * cool_columns)
    back_cool = min(over, across)
    over -= back_cool
    right_cool = min(over, run)
    bulky_wall = load.bulky > 0 and not deep
    left_cool = 0 if bulky_wall else min(over - right_cool, run)
    if over > right_cool + left_cool:
        return None
    left_free = run - left_cool
    if bulky_wall:
        left_free -= _bulky_bays(load)
    if left_free < 0:
        return None
    rest = load.gondola - 2 * run * columns
    if rest < 0:
        return None
    right_free = run - right_cool
    right = min(right_free, rest if columns else math.ceil(rest / 2))
    left = min(left_free, rest - right)
    right = min(right_free, rest - left)
    back = rest - right - left
    if back > (0 if load.chiller else across):
        return None
    return right, left, back, back_cool, right_cool, left_cool


def _front_depth(load: Load) -> float:
    if load.products <= 60:
        return 2600.0
    if load.products <= 250:
        return 3000.0
    return 4400.0 if load.products <= 1200 else 5200.0


def _stands(count: int, length: float) -> tuple[int, int]:
    """Crate stands along so much of the right wall, and the rest on islands."""
    along = max(int(length / STAND_BAY_MM), 1)
    return min(count, along), max(count - along, 0)
