"""Place filled bays on the floor: who stands where, which way it looks, and what it is called.

z is towards the entrance. A run along z that faces +x has yaw 90 and its left end, as seen from
before it, in front (+z); one that faces -x has yaw -90 and its left end at the back.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from store_scenes.layout.documents import (
    Aisle,
    FixturePlacement,
    Floor,
    Planogram,
    Zone,
)
from store_scenes.layout.measures import MEASURES, footprint
from store_scenes.planning.bays import planogram
from store_scenes.planning.departments import sign
from store_scenes.planning.room_size import (
    BULKY_MM,
    CHEST_MM,
    CHILLER_MM,
    GONDOLA_MM,
    STAND_BAY_MM,
    STAND_MM,
    TILL_MM,
    Room,
    chest_rows,
    chests_along,
)
from store_scenes.planning.standing import Standing, aisle_of, title_of

CLEAR_MM = 900.0
"""Between free-standing furniture and anything else."""

CHILLER_RUN_MAX = 6

Names = dict[str, str]


@dataclass(slots=True)
class Laid:
    """A floor plan in the making.

    `stock` holds, by aisle id, what its bays hold; `columns` the middle of each two-sided run,
    the number of the aisle on its right, the depth of a side and the width of its end panels.
    """

    room: Room
    languages: tuple[str, ...]
    fixtures: list[FixturePlacement] = field(default_factory=list)
    aisles: list[Aisle] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    planograms: dict[str, Planogram] = field(default_factory=dict)
    stock: dict[str, list[Standing]] = field(default_factory=dict)
    entrance: tuple[float, float] = (0.0, 0.0)
    columns: list[tuple[float, int, float, float]] = field(default_factory=list)

    def floor(self) -> Floor:
        """The room as a document."""
        room = self.room
        return Floor(
            room.width, room.depth, room.height, self.entrance[0], self.entrance[1], 0.0,
            shop_front=True,
        )  # fmt: skip

    def add(
        self,
        standing: Sequence[Standing],
        aisle: str,
        x: float,
        z: float,
        yaw: float,
        name: str,
        *,
        back: Sequence[Standing] = (),
        names: Names | None = None,
    ) -> None:
        """Stand neighbouring bays, given left to right, as one fixture about (x, z).

        `back` are those of its other side, left to right as one stands before them.
        """
        if not standing:
            return
        furniture = standing[0].furniture
        for one in (*standing, *back):
            title = " · ".join(title_of(one.departments).values())
            number = one.key.rpartition("-")[2].lstrip("0")
            self.planograms[one.key] = planogram(one.bay, furniture, f"{title} {number}")
        self.stock.setdefault(aisle, []).extend((*standing, *back))
        self.fixtures.append(
            FixturePlacement(
                name,
                furniture.type,
                aisle,
                round(x, 1),
                round(z, 1),
                tuple(one.key for one in standing),
                tuple(one.key for one in back),
                yaw_deg=yaw,
                height_mm=furniture.height_mm,
                depth_mm=furniture.depth_mm,
                names=names or {},
            )
        )

    def free(self, x: float, z: float, width: float, depth: float) -> bool:
        """Whether a rectangle stands clear of every fixture, the entrance and the walls."""
        half_x, half_z = width / 2.0, depth / 2.0
        if abs(x) + half_x > self.room.width / 2.0 or abs(z) + half_z > self.room.depth / 2.0:
            return False
        boxes = [_box(placement, self.planograms) for placement in self.fixtures]
        boxes.append((*self.entrance, 600.0, 600.0))
        boxes += [
            (zone.x_mm, zone.z_mm, zone.width_mm / 2.0 - 800.0, zone.depth_mm / 2.0)
            for zone in self.zones
            if zone.style == "tills"  # where people queue
        ]
        return all(
            abs(x - ox) >= half_x + hx + CLEAR_MM or abs(z - oz) >= half_z + hz + CLEAR_MM
            for ox, oz, hx, hz in boxes
        )


def lay_out(room: Room, lists: Mapping[str, list[Standing]], languages: tuple[str, ...]) -> Laid:
    """All bays on the floor, with aisles named by what they hold."""
    laid = Laid(room, languages)
    _fresh(laid, lists.get("produce", []))
    _runs(laid, lists)
    _cooled_back(laid, lists.get("chiller", [])[: room.back_cool])
    _tills(laid)
    return laid


def _fresh(laid: Laid, stands: list[Standing]) -> None:
    """Crate stands along the right wall by the entrance and on islands before it."""
    room = laid.room
    right, front = room.width / 2.0, room.depth / 2.0
    x_entrance = right - room.produce_mm - 1700.0
    if not stands:
        x_entrance = right - min(2400.0, room.width * 0.32)
    laid.entrance = (round(x_entrance, 1), round(front - 1200.0, 1))
    if not stands:
        return
    start = front - 500.0
    for number, one in enumerate(stands[: room.stands_wall]):
        z = start - STAND_BAY_MM * (number + 0.5)
        laid.add([one], "produce", right - STAND_MM / 2.0, z, -90.0, f"produce-{number + 1}")
    rest = stands[room.stands_wall :]
    x = right - STAND_MM - room.aisle
    for number, one in enumerate(rest):
        odd = number % 2 == 0 and number == len(rest) - 1
        column = min(number // room.stands_each, room.stand_columns - 1)
        row, side = divmod(number - column * room.stands_each, 2)
        z = start - 200.0 - STAND_BAY_MM * (row + 0.5)
        middle = x - column * (room.aisle + 2.0 * STAND_MM)
        at = middle - STAND_MM * (0.5 + side)
        yaw = -90.0 if side else 90.0
        if odd:
            # An odd one closes the island, its back to the others'.
            at, yaw = middle - STAND_MM, 180.0 if row else 0.0
            z += (STAND_BAY_MM - STAND_MM) / 2.0
        laid.add([one], "produce", at, z, yaw, f"produce-island-{number + 1}")
    line_x = right - STAND_MM - room.aisle / 2.0
    along = min(len(stands), room.stands_wall)
    line = (line_x, start - 300.0, line_x, start - STAND_BAY_MM * along)
    laid.aisles.append(aisle_of("produce", laid.stock["produce"], line))
    width = min(room.produce_mm + 900.0, room.width)
    depth = max(room.front, STAND_BAY_MM * along + 500.0)
    names = laid.stock["produce"][0].departments[0].names
    laid.zones.append(
        Zone("produce", dict(names), right - width / 2.0, front - depth / 2.0, width, depth,
             "produce")
    )  # fmt: skip


class _Taker:
    """Hands out a list from its front."""

    def __init__(self, items: list[Standing]) -> None:
        self.items = items
        self.at = 0

    def take(self, count: int) -> list[Standing]:
        self.at += count
        return self.items[self.at - count : self.at]

    @property
    def left(self) -> int:
        """How many are left."""
        return len(self.items) - self.at

    def a_side(self, room: Room) -> int:
        """How many of the bays make one side of a run."""
        width = self.items[0].furniture.bay_mm if self.items else 1000.0
        return sum(int((block * 1000.0 + 1.0) / width) for block in room.blocks)


def _runs(laid: Laid, lists: Mapping[str, list[Standing]]) -> None:
    """Wall runs and two-sided runs, in the order of the walk from right to left."""
    room = laid.room
    gondolas = list(lists.get("gondola", []))
    cooled = list(lists.get("chiller", []))[room.back_cool :]
    right, left = room.width / 2.0, -room.width / 2.0
    taken = _Taker(gondolas)
    wall = taken.take(room.right)
    cool_right = cooled[: room.right_cool]
    cool_left = cooled[room.right_cool : room.right_cool + room.left_cool]
    _side(laid, wall, "aisle-1", right, -1.0, "wall-right", 0)
    _side(laid, cool_right, "aisle-1", right, -1.0, "wall-right-cool", room.right)
    x = right - room.right_mm - room.aisle
    number = 1
    cooled_sides = _Taker(cooled[room.right_cool + room.left_cool :])
    for column in range(room.cool_columns):
        x, number = _column(laid, cooled_sides, f"cool-{column + 1}", x, number, CHILLER_MM)
    for column in range(room.columns):
        x, number = _column(laid, taken, f"run-{column + 1}", x, number, GONDOLA_MM)
    x, number = _chests(laid, list(lists.get("freezer", [])), x, number)
    bulky = list(lists.get("bulky", []))
    deep = _Taker(bulky if room.deep_columns else [])
    for column in range(room.deep_columns):
        x, number = _column(laid, deep, f"deep-{column + 1}", x, number, BULKY_MM)
    wall_left = taken.take(room.left)[::-1]
    _side(laid, wall_left, f"aisle-{number}", left, 1.0, "wall-left", 0)
    _side(laid, cool_left, f"aisle-{number}", left, 1.0, "wall-left-cool", room.left)
    offset = room.left + len(cool_left)
    deep_wall = [] if room.deep_columns else bulky
    _side(laid, deep_wall, f"aisle-{number}", left, 1.0, "wall-left-deep", offset)
    _close(laid, number, x + room.aisle / 2.0)
    _gondola_back(laid, taken.take(room.back))
    _zone_of_style(laid, "bakery", right)


def _column(
    laid: Laid, taken: _Taker, name: str, x: float, number: int, side_mm: float
) -> tuple[float, int]:
    """A two-sided run whose right face is at `x`; its two sides belong to two aisles."""
    room = laid.room
    spine = x - side_mm
    if taken.left >= 2 * taken.a_side(room):
        side = taken.items[0].furniture.measures.side_mm
        laid.columns.append((spine, number, side_mm, 2.0 * side))
    _side(laid, taken.take(taken.a_side(room))[::-1], f"aisle-{number}", spine, 1.0, f"{name}-a", 0)
    _close(laid, number, x + room.aisle / 2.0)
    number += 1
    _side(laid, taken.take(taken.a_side(room)), f"aisle-{number}", spine, -1.0, f"{name}-b", 0)
    return x - 2.0 * side_mm - room.aisle, number


def _side(
    laid: Laid,
    bays: Sequence[Standing],
    aisle: str,
    back: float,
    towards: float,
    name: str,
    skipped: int,
) -> None:
    """One side of a run, bays front to back, its back at x `back`, facing -1 or +1 along x.

    `skipped` bays' lengths are left free at the front.
    """
    room = laid.room
    z = room.run_front
    rest = list(bays)
    gap = room.block_gap
    for number, block in enumerate(room.blocks):
        free = max(block - skipped, 0)
        start = z - (block - free) * 1000.0 - (64.0 if skipped and free else 0.0)
        skipped = max(skipped - block, 0)
        here: list[Standing] = []
        width = 0.0
        while rest and (
            width + rest[0].furniture.bay_mm <= free * 1000.0 + 1.0 or (not here and number)
        ):
            width += rest[0].furniture.bay_mm
            here.append(rest.pop(0))
        z -= block * 1000.0 + 64.0 + gap
        if not here:
            continue
        side = 2.0 * here[0].furniture.measures.side_mm
        order = here if towards > 0 else here[::-1]
        depth = here[0].furniture.depth_mm
        middle = start - (width + side) / 2.0
        label = name if len(room.blocks) == 1 else f"{name}{number + 1}"
        laid.add(order, aisle, back + towards * depth / 2.0, middle, 90.0 * towards, label)


def _chests(laid: Laid, chests: list[Standing], x: float, number: int) -> tuple[float, int]:
    """Columns of chests with an aisle on each side; they belong to the aisle on their left."""
    room = laid.room
    if not chests:
        return x, number
    rows = chest_rows(len(chests))
    each = chests_along(room.run)
    start = x
    cuts = [math.ceil(len(chests) * part / room.chests) for part in range(room.chests + 1)]
    for column in range(room.chests):
        here = chests[cuts[column] : cuts[column + 1]]
        _close(laid, number, x + room.aisle / 2.0)
        number += 1
        front, back = here[: math.ceil(len(here) / rows)], here[math.ceil(len(here) / rows) :]
        width = sum(one.furniture.bay_mm for one in front)
        width += 2.0 * here[0].furniture.measures.side_mm
        z = room.run_front - width / 2.0
        middle = x - CHEST_MM * (2 if back else 1) / 2.0
        name = f"freezer-{column + 1}"
        laid.add(front, f"aisle-{number}", middle, z, 90.0, name, back=back)
        x -= CHEST_MM * rows + room.aisle
    width = start - x - room.aisle
    names = sign("frozen", laid.languages)
    length = each * chests[0].furniture.bay_mm + 400.0
    laid.zones.append(
        Zone("frozen", names, start - width / 2.0, room.run_front - length / 2.0 + 200.0,
             width + 1000.0, length, "chilled")
    )  # fmt: skip
    return x, number


def _close(laid: Laid, number: int, x: float) -> None:
    """Name aisle `number`, whose middle line is at `x`, if anything stands in it."""
    room = laid.room
    stock = laid.stock.get(f"aisle-{number}")
    if not stock:
        return
    length = room.run * 1000.0
    if len(room.blocks) > 1:
        length = room.run_mm
    x = round(x, 1)
    line = (x, room.run_front, x, room.run_front - length)
    laid.aisles.append(aisle_of(f"aisle-{number}", stock, line))


def _cooled_back(laid: Laid, bays: Sequence[Standing]) -> None:
    """Cooled cabinets along the back wall, walked from right to left."""
    if not bays:
        return
    room = laid.room
    back = -room.depth / 2.0
    count = math.ceil(len(bays) / CHILLER_RUN_MAX)
    cuts = [round(len(bays) * part / count) for part in range(count + 1)]
    runs = [bays[low:high] for low, high in pairwise(cuts)]
    side = 2.0 * bays[0].furniture.measures.side_mm
    total = sum(one.furniture.bay_mm for one in bays) + side * len(runs)
    x = total / 2.0
    depth = bays[0].furniture.depth_mm
    for number, run in enumerate(runs):
        width = sum(one.furniture.bay_mm for one in run) + side
        laid.add(run[::-1], "chilled", x - width / 2.0, back + depth / 2.0, 0.0,
                 f"chiller-{number + 1}")  # fmt: skip
        x -= width
    z = back + depth + room.rear_cross / 2.0
    laid.aisles.append(aisle_of("chilled", bays, (total / 2.0, z, -total / 2.0, z)))
    names = sign("chilled", laid.languages)
    laid.zones.append(
        Zone("chilled", names, 0.0, back + (depth + 1300.0) / 2.0, room.width, depth + 1300.0,
             "chilled")
    )  # fmt: skip


def _gondola_back(laid: Laid, bays: Sequence[Standing]) -> None:
    """Gondolas along the back wall of a shop without cooled cabinets."""
    if not bays:
        return
    room = laid.room
    back = -room.depth / 2.0
    z = back + GONDOLA_MM / 2.0
    laid.add(bays[::-1], "back-wall", 0.0, z, 0.0, "wall-back")
    half = sum(one.furniture.bay_mm for one in bays) / 2.0
    z = back + GONDOLA_MM + room.rear_cross / 2.0
    laid.aisles.append(aisle_of("back-wall", bays, (half, z, -half, z)))


def _tills(laid: Laid) -> None:
    """Checkout lanes left of the entrance, baskets beside it."""
    room = laid.room
    front, left = room.depth / 2.0, -room.width / 2.0
    z = front - room.front / 2.0 + 100.0
    length = min(2000.0, room.front - 1000.0)
    last = left
    for number in range(room.tills):
        x = left + 1300.0 + number * TILL_MM
        if x + 1500.0 > laid.entrance[0]:
            break
        laid.fixtures.append(
            FixturePlacement(
                f"till-{number + 1}",
                "till",
                "",
                x,
                z,
                (),
                yaw_deg=90.0,
                height_mm=2200.0,
                depth_mm=1000.0,
                width_mm=length,
            )
        )
        last = x
    width = last + 1000.0 - left
    laid.zones.append(
        Zone("tills", sign("checkout", laid.languages), left + width / 2.0,
             front - room.front / 2.0, width, room.front, "tills")
    )  # fmt: skip
    x = laid.entrance[0] - 1400.0
    if x - 400.0 > last + 600.0:
        laid.fixtures.append(
            FixturePlacement(
                "baskets",
                "basket",
                "",
                x,
                front - 450.0,
                (),
                yaw_deg=180.0,
                height_mm=900.0,
                depth_mm=500.0,
                width_mm=700.0,
            )
        )


def _zone_of_style(laid: Laid, style: str, wall: float) -> None:
    """A floor of its own before the right wall's bays of one style."""
    for placement in laid.fixtures:
        if not placement.id.startswith("wall-right"):
            continue
        own = [one for one in laid.stock[placement.aisle] if one.key in placement.planograms]
        bays = [one for one in own if one.departments[0].style == style]
        if not bays:
            continue
        length = 1000.0 * len(bays)
        far = laid.room.run_front - length / 2.0 - 32.0
        depth = GONDOLA_MM + 800.0
        names = bays[0].departments[0].names
        laid.zones.append(
            Zone(style, dict(names), wall - depth / 2.0, far, depth, length, "bakery")
        )
        return


def _box(
    placement: FixturePlacement, planograms: Mapping[str, Planogram]
) -> tuple[float, float, float, float]:
    """Middle and half sides of a fixture's rectangle in the room's axes."""
    area = footprint(placement, planograms, MEASURES[placement.type])
    width, depth = area.width_mm / 2.0, area.depth_mm / 2.0
    turned = round(placement.yaw_deg / 90.0) % 2 == 1
    return (area.x_mm, area.z_mm, depth, width) if turned else (area.x_mm, area.z_mm, width, depth)
