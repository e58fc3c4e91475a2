"""Ways through the store: what a shopper, and a shopper in a wheelchair, can get to.

The floor is cut into strips; in each the free stretches are what walls and fixtures leave to
somebody of a certain width. Stretches that touch from strip to strip are one place.
"""

import math
from collections.abc import Iterator, Sequence

from store_scenes.layout.documents import STORE_FILE
from store_scenes.layout.findings import Said
from store_scenes.layout.measures import MEASURES, footprint
from store_scenes.layout.rules.rule import Checked

STRIP_MM = 50.0
PERSON_MM = 500.0
"""What a shopper on foot needs to pass."""

REACH_MM = 700.0
"""How far from a fixture's front a shopper may stand to take something."""

TURN_WITHIN_MM = 6_000.0
"""How far a wheelchair may have to roll to where it can turn."""

EYE_MM = 1_600.0
PRICE_EM_MM = 16.0
PIXELS_PER_DEGREE = 20.0
EM_PIXELS_MIN = 5.0
"""Below this no price is read at a headset's 20 pixels a degree, whoever looks."""

AISLE_HALF_MM_MAX = 1_200.0

Box = tuple[float, float, float, float]
"""x and z of the lowest corner, x and z of the highest, millimetres."""


class Free:
    """Where the middle of somebody `width_mm` wide can be."""

    def __init__(self, room: Box, boxes: Sequence[Box], width_mm: float) -> None:
        half = width_mm / 2.0
        self._low_z = room[1] + half
        strips = max(int((room[3] - room[1] - width_mm) / STRIP_MM) + 1, 0)
        grown = [(x0 - half, z0 - half, x1 + half, z1 + half) for x0, z0, x1, z1 in boxes]
        grown.sort()
        self._rows = [
            _stretches(room[0] + half, room[2] - half, grown, self._low_z + n * STRIP_MM)
            for n in range(strips)
        ]
        self._parent: list[int] = list(range(sum(map(len, self._rows))))
        self._first: list[int] = []
        count = 0
        for row in self._rows:
            self._first.append(count)
            count += len(row)
        for n in range(1, strips):
            self._join(n)

    def place(
        self,
        x: float,
        z: float,
        within: float = STRIP_MM,
        ahead: tuple[float, float] | None = None,
    ) -> int:
        """The connected place at a point, or nearest to it within that distance; -1 for none.

        `ahead` is a direction: what lies on its other side does not count.
        """
        best, found = within + 1e-6, -1
        middle = (z - self._low_z) / STRIP_MM
        if not math.isfinite(middle):
            return -1
        span = math.ceil(within / STRIP_MM)
        for n in range(max(int(middle) - span, 0), min(int(middle) + span + 2, len(self._rows))):
            away_z = abs(n - middle) * STRIP_MM
            if away_z > best:
                continue
            for k, stretch in enumerate(self._rows[n]):
                start, end = stretch
                if ahead is not None:
                    start, end = _ahead(stretch, x, (n - middle) * STRIP_MM, ahead)
                    if start > end:
                        continue
                away = math.hypot(max(start - x, x - end, 0.0), away_z)
                if away < best:
                    best, found = away, self._root(self._first[n] + k)
        return found

    def stretches(self) -> Iterator[tuple[float, float, float, int]]:
        """Every stretch: where it starts and ends, its z, and the place that it belongs to."""
        for n, row in enumerate(self._rows):
            for k, (start, end) in enumerate(row):
                yield start, end, self._low_z + n * STRIP_MM, self._root(self._first[n] + k)

    def _join(self, n: int) -> None:
        below, here = self._rows[n - 1], self._rows[n]
        i = j = 0
        while i < len(below) and j < len(here):
            if below[i][0] <= here[j][1] and here[j][0] <= below[i][1]:
                one = self._root(self._first[n - 1] + i)
                self._parent[self._root(self._first[n] + j)] = one
            if below[i][1] < here[j][1]:
                i += 1
            else:
                j += 1

    def _root(self, one: int) -> int:
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one


def _stretches(
    low: float, high: float, boxes: Sequence[Box], z: float
) -> list[tuple[float, float]]:
    """What boxes, sorted by their left, leave of a strip."""
    free = []
    at = low
    for x0, z0, x1, z1 in boxes:
        if z0 < z < z1:
            if x0 > at:
                free.append((at, min(x0, high)))
            at = max(at, x1)
            if at >= high:
                break
    if at < high:
        free.append((at, high))
    return free


def _ahead(
    stretch: tuple[float, float], x: float, off_z: float, ahead: tuple[float, float]
) -> tuple[float, float]:
    """The part of a stretch, `off_z` beside the point, that lies ahead of it; empty: backwards."""
    start, end = stretch
    across, along = ahead
    if abs(across) < 1e-6:
        return (start, end) if off_z * along >= -1.0 else (1.0, 0.0)
    edge = x + (-1.0 - off_z * along) / across
    return (max(start, edge), end) if across > 0.0 else (start, min(end, edge))


def check_access(checked: Checked) -> Iterator[Said]:
    """Fixtures that nobody gets to, or not in a wheelchair, or from where it cannot turn."""
    store = checked.layout.store
    half_x, half_z = store.floor.width_mm / 2.0, store.floor.depth_mm / 2.0
    room = (-half_x, -half_z, half_x, half_z)
    boxes = _boxes(checked)
    settings = checked.settings
    entrance = (store.floor.entrance_x_mm, store.floor.entrance_z_mm)
    foot = Free(room, boxes, PERSON_MM)
    chair = Free(room, boxes, max(settings.aisle_width_mm, PERSON_MM))
    turn = list(Free(room, boxes, settings.turning_mm).stretches())
    arrival = foot.place(*entrance, 1_000.0)
    rolled = chair.place(*entrance, 1_500.0)
    if arrival < 0:
        return  # the entrance itself is blocked, and another rule says so
    walls = (half_x, half_z)
    for index, placement in enumerate(store.fixtures):
        measures = MEASURES.get(placement.type)
        if measures is None or not measures.carries:
            continue
        for name, x, z, *ahead in _fronts(checked, index):
            where = f"fixtures[{index}]"
            # Nobody stands behind a fixture, or takes goods over another one.
            free = _free_ahead((x, z, ahead[0], ahead[1]), boxes, walls)
            side = (ahead[0], ahead[1])
            if foot.place(x, z, min(REACH_MM, free), side) != arrival:
                yield Said(
                    "fixture-unreachable", STORE_FILE, where,
                    f"nobody gets from the entrance to the {name} of {placement.id}",
                    f"leave a way of {PERSON_MM:g} mm to it",
                )  # fmt: skip
                continue
            reach = min(REACH_MM + settings.aisle_width_mm / 2.0, free)
            if rolled < 0 or chair.place(x, z, reach, side) != rolled:
                yield Said(
                    "aisle-narrow", STORE_FILE, where,
                    f"there is no way of {settings.aisle_width_mm:g} mm to the {name} of "
                    f"{placement.id}",
                    "move fixtures apart",
                )  # fmt: skip
            elif not _turns(turn, chair, rolled, x, z):
                yield Said(
                    "turning-space", STORE_FILE, where,
                    f"a wheelchair before the {name} of {placement.id} cannot turn within "
                    f"{TURN_WITHIN_MM / 1000:g} m",
                    f"leave a circle of {settings.turning_mm:g} mm near it",
                )  # fmt: skip


def _turns(
    turn: Sequence[tuple[float, float, float, int]], chair: Free, place: int, x: float, z: float
) -> bool:
    """Whether the wheelchair's own place has a turning circle near."""
    for start, end, at_z, _ in turn:
        if abs(at_z - z) > TURN_WITHIN_MM:
            continue
        near = min(max(x, start), end)
        if math.hypot(near - x, at_z - z) <= TURN_WITHIN_MM and chair.place(near, at_z) == place:
            return True
    return False


def _boxes(checked: Checked) -> list[Box]:
    boxes = []
    for placement in checked.layout.store.fixtures:
        measures = MEASURES.get(placement.type)
        if measures is None:
            continue
        corners = footprint(placement, checked.layout.planograms, measures).corners()
        xs, zs = [x for x, _ in corners], [z for _, z in corners]
        boxes.append((min(xs), min(zs), max(xs), max(zs)))
    return boxes


def _fronts(checked: Checked, index: int) -> Iterator[tuple[str, float, float, float, float]]:
    """The middle of each side that goods are taken from: its name, where it is, where it looks."""
    placement = checked.layout.store.fixtures[index]
    measures = MEASURES[placement.type]
    area = footprint(placement, checked.layout.planograms, measures)
    sine = math.sin(math.radians(placement.yaw_deg))
    cosine = math.cos(math.radians(placement.yaw_deg))
    half = area.depth_mm / 2.0
    if placement.planograms:
        yield "front", area.x_mm + sine * half, area.z_mm + cosine * half, sine, cosine
    if placement.back_planograms and measures.two_sided:
        yield "back", area.x_mm - sine * half, area.z_mm - cosine * half, -sine, -cosine


def check_labels(checked: Checked) -> Iterator[Said]:
    """Prices that cannot be read from the middle of the aisle."""
    boxes = _boxes(checked)
    floor = checked.layout.store.floor
    away: dict[str, float] = {}
    for index, placement in enumerate(checked.layout.store.fixtures):
        measures = MEASURES.get(placement.type)
        if measures is not None and measures.carries:
            middles = [
                _half_aisle(front[1:], boxes, (floor.width_mm / 2.0, floor.depth_mm / 2.0))
                for front in _fronts(checked, index)
            ]
            away[placement.id] = min(middles, default=AISLE_HALF_MM_MAX)
    seen: set[tuple[str, int]] = set()
    for shelf in checked.stocked:
        at = (shelf.key, shelf.number)
        if not shelf.blocks or at in seen:
            continue
        near = away.get(shelf.placement.id, AISLE_HALF_MM_MAX)
        pixels = _em_pixels(shelf.shelf.height_mm, near)
        if pixels < EM_PIXELS_MIN:
            seen.add(at)
            yield Said(
                "label-illegible", shelf.path, shelf.where,
                f"from {near:g} mm before {shelf.placement.id} the prices of shelf "
                f"{shelf.number + 1} are {pixels:.1f} pixels high; {EM_PIXELS_MIN:g} are read",
                "raise the shelf or widen the aisle; pointing at a label magnifies it",
            )  # fmt: skip


def _em_pixels(height_mm: float, away_mm: float) -> float:
    """How high a price's letters are for somebody who stands that far from the shelf's edge."""
    far = math.hypot(away_mm, EYE_MM - height_mm)
    seen = PRICE_EM_MM * away_mm / far  # an upright label, looked at from above or below
    return math.degrees(seen / far) * PIXELS_PER_DEGREE


def _half_aisle(
    front: tuple[float, float, float, float], boxes: Sequence[Box], half: tuple[float, float]
) -> float:
    """Half of what is free before a fixture's front, at most `AISLE_HALF_MM_MAX`."""
    return max(min(_free_ahead(front, boxes, half) / 2.0, AISLE_HALF_MM_MAX), 1.0)


def _free_ahead(
    front: tuple[float, float, float, float], boxes: Sequence[Box], half: tuple[float, float]
) -> float:
    """How far it is from the middle of a fixture's front to the next fixture or the wall."""
    x, z, dx, dz = front
    along_x = abs(dx) > abs(dz)
    sign = 1.0 if (dx if along_x else dz) > 0.0 else -1.0
    at, beside = (x, z) if along_x else (z, x)
    free = half[0 if along_x else 1] - sign * at
    for x0, z0, x1, z1 in boxes:
        near, far, low, high = (x0, x1, z0, z1) if along_x else (z0, z1, x0, x1)
        ahead = (near if sign > 0 else -far) - sign * at
        if low < beside < high and ahead > -1.0:
            free = min(free, max(ahead, 0.0))
    return free
