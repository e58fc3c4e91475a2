"""Where panels hang: near the eye, facing it, never behind a shelf. Pure; metres, scene space.

A panel's size is given in units of a millimetre at 1 m: at distance d a unit is d millimetres,
so what is readable at 1 m is readable at any distance.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import Matrix
from vr_client.space.pose import look_at, transform_point

Vector = NDArray[np.float64]
Size = tuple[float, float]

Clear = Callable[[Vector, Vector], float]
"""(eye, points (n, 3)) to the share of the way that is free: `PickIndex.clear_fraction`."""

AHEAD_M = 0.9
NEAREST_M = 0.35
FURTHEST_M = 1.0
NEAR_BOTH_M = 0.6
"""As near as what hangs before everything else may come where a window shows both eyes."""

CHIP_HIGH = 70.0
"""Panel units that the chip docked below a panel takes, with its shadow."""

ASIDE_DEPTH = 0.72
"""How far in front the further edge of a card is that hangs at a window's side, 1 m away."""

EDGE = 12.0
"""Units around a panel that may be cut: its shadow."""

LARGE_DEPTHS = (0.97, 0.85)
DRAWN_IN = (1.0, 0.5, 0.1)
"""One in large text hangs as near to the middle as it is large: shares of the way to its side."""

APART = 0.034 / NEAR_BOTH_M
"""What hangs there stands so much further aside for either eye than for the head: a tangent."""

NEAREST_IN_WINDOW_M = 0.12
"""Two eyes squint at what is nearer than NEAREST_M; behind a window's picture there is only one."""
TAG_AT = (0.0, 0.03, -0.20)
"""On a basket: origin in the middle of its rim, -z ahead."""

COVERED_DEG, STRAY_DEG = 2.0, 16.0
"""A card over this much of a thing in hand, or this far from it, is hung anew beside it."""

HEADSET_WHOLE: Size = (1400.0, 1200.0)
"""Wide and high in units: what is this large in a headset is seen whole by turning the eyes."""

CHIP_HIGH = 70.0
"""Units that the chip takes, docked below a panel."""

LAID_M = 0.001

CORNER_TRIES = 6
BALANCE_TRIES = 3

DOCKED_HIGH = 156.0
"""Units that are left free above and below a big panel: the chip, the dock, a notice."""

CHIP_ROOM = 84.0
"""The same in a window: the chip alone needs room, for a notice that has none hangs at the edge."""

FEET_DEG = 42.0
"""As far down an eye turns while the head stays where it is."""

PITCH_DEGREES = (-24.0, 6.0)
"""How low and how high the middle of a big panel may hang, so that no neck has to bend."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a panel hangs; `unit_m` metres are one panel unit; `eye` saw it being placed."""

    world_from_panel: Matrix
    unit_m: float
    eye: Vector

    def size_m(self, size: Size) -> tuple[float, float]:
        """The panel's size in metres."""
        return size[0] * self.unit_m, size[1] * self.unit_m

    def at(self, x: float, y: float, size: Size) -> Vector:
        """The scene-space point of panel unit (x, y) of a panel of `size`."""
        local = np.array([x - size[0] / 2.0, size[1] / 2.0 - y]) * self.unit_m
        world = self.world_from_panel
        point: Vector = world[:3, 3] + world[:3, 0] * local[0] + world[:3, 1] * local[1]
        return point


@dataclass(frozen=True, slots=True)
class Sight:
    """What a window shows around the middle of the view, degrees. A headset has none: heads turn.

    `zoom` is how much larger panels are drawn than in a headset, which has more pixels a degree;
    `both_eyes`: the window shows both, side by side, and a panel is to be seen whole by either.
    """

    across_deg: float
    up_deg: float
    zoom: float = 1.0
    both_eyes: bool = False

    @property
    def nearest_m(self) -> float:
        """How near the eye a panel may hang."""
        return NEAREST_M if self.both_eyes else NEAREST_IN_WINDOW_M

    @property
    def chip_deg(self) -> float:
        """What is left free below a big panel, for the chip that is docked to it."""
        return 4.3 * self.zoom

    def fitted(self, size: Size, depth: float) -> "Sight":
        """The same with a smaller zoom where a panel of `size` and its chip would not have room.

        `depth` is how far in front the panel's further edge is, of one that hangs at 1 m.
        """
        room = 2000.0 * depth * float(np.tan(np.radians(self.up_deg)))
        return replace(self, zoom=min(self.zoom, max(1.0, room / (size[1] + CHIP_HIGH))))

    def larger(self, times: float) -> "Sight":
        """The same window with panels so many times as large."""
        return replace(self, zoom=self.zoom * times) if times != 1.0 else self

    def shows(
        self,
        placed: "Placement",
        head: Matrix,
        size: Size,
        margin: float = 0.0,
        below: float = 0.0,
    ) -> bool:
        """Whether a panel is seen whole from `head`, but for a `margin` around it, panel units.

        So much `below` it is to be seen as well.
        """
        apart = APART if self.both_eyes else 0.0
        ends = [(margin, size[0] - margin), (margin, size[1] - margin + below)]
        corners = np.array([placed.at(x, y, size) for x in ends[0] for y in ends[1]])
        seen = (corners - head[:3, 3]) @ head[:3, :3]
        ahead_m = -seen[:, 2]
        if ahead_m.min() <= 0.0:
            return False
        right = float(np.tan(np.radians(self.across_deg))) - apart
        top = float(np.tan(np.radians(self.up_deg)))
        across, up = np.abs(seen[:, 0] / ahead_m), np.abs(seen[:, 1] / ahead_m)
        return bool(across.max() <= right and up.max() <= top)

    def within(self, head: Matrix, yaw: float, pitch: float, size: Size) -> tuple[float, float]:
        """The direction nearest to (yaw, pitch) in which a panel of `size` is seen whole."""
        looking, level = angles(-head[:3, 2])
        wide, high = (float(np.degrees(np.arctan(side * self.zoom / 2000.0))) for side in size)
        # What hangs near stands further to the side for one eye than for the head.
        apart = np.degrees(np.arctan(APART)) if self.both_eyes else 0.0
        side = max(0.0, self.across_deg - wide - 1.0 - float(apart))
        turned = (yaw - looking + 180.0) % 360.0 - 180.0
        turned = float(np.clip(turned, -side, side))
        above = max(0.0, self.up_deg - high)
        # Of a very high panel the chip below it comes first, as far as its own head stays in view.
        below = max(-above, self.up_deg - high - self.chip_deg)
        pitch = float(np.clip(pitch, level - below, level + above))
        return self._off_the_corners(head, looking + turned, pitch, size)

    def _off_the_corners(
        self, head: Matrix, yaw: float, pitch: float, size: Size
    ) -> tuple[float, float]:
        """Nearer to the middle, as long as a corner of what hangs aside and high is cut off."""
        apart = APART if self.both_eyes else 0.0
        right = float(np.tan(np.radians(self.across_deg))) - apart
        top = float(np.tan(np.radians(self.up_deg)))
        for _ in range(CORNER_TRIES):
            hung = hang(np.zeros(3), yaw, pitch, 1.0, self.zoom)
            feet = size[1] + CHIP_HIGH
            corners = np.array([hung.at(x, y, size) for x in (0.0, size[0]) for y in (0.0, feet)])
            seen = corners @ head[:3, :3]
            across, up = seen[:, 0] / -seen[:, 2], seen[:, 1] / -seen[:, 2]
            aside = max(0.0, across.max() - right) - max(0.0, -right - across.min())
            down = max(0.0, up.max() - top) - max(0.0, -top - up.min())
            if abs(aside) + abs(down) < 1e-3:
                break
            yaw, pitch = yaw + float(np.degrees(aside)), pitch - float(np.degrees(down))
        return yaw, pitch


def bearable(wished: float, size: Size, sight: Sight | None) -> float:
    """How many times as large a panel of `size` can hang as usual: `wished`, or less.

    It is to be seen whole with what is docked to it, without a head that nods.
    """
    if wished <= 1.0:
        return 1.0
    wide, high = size
    if sight is None:
        across, up = HEADSET_WHOLE
    else:
        apart = APART if sight.both_eyes else 0.0
        # What hangs low is further from the eye at its ends than in its middle.
        half = float(np.tan(np.radians(sight.across_deg - 1.0))) * 0.9
        across = 2000.0 * (half - apart) / sight.zoom
        up = 2000.0 * float(np.tan(np.radians(sight.up_deg))) / sight.zoom
    docked = DOCKED_HIGH if sight is None else CHIP_ROOM
    return max(1.0, min(wished, across / wide, up / (high + docked)))


def direction(yaw_deg: float, pitch_deg: float) -> Vector:
    """The unit vector seen at yaw (0 is -z, positive to the left) and pitch (positive up)."""
    yaw, pitch = math.radians(yaw_deg), math.radians(pitch_deg)
    level = math.cos(pitch)
    return np.array([-math.sin(yaw) * level, math.sin(pitch), -math.cos(yaw) * level])


def angles(vector: Vector) -> tuple[float, float]:
    """Yaw and pitch in degrees of a direction; the inverse of `direction`."""
    x, y, z = vector.tolist()
    return math.degrees(math.atan2(-x, -z)), math.degrees(math.atan2(y, math.hypot(x, z)))


def hang(
    eye: Vector, yaw_deg: float, pitch_deg: float, distance_m: float, zoom: float = 1.0
) -> Placement:
    """A panel `distance_m` from `eye`, facing it."""
    centre = eye + direction(yaw_deg, pitch_deg) * distance_m
    # look_at makes -z point at its target, so a panel looks away from the eye to face it.
    return Placement(look_at(centre, 2.0 * centre - eye), distance_m * zoom / 1000.0, eye)


def ahead(
    head: Matrix, size: Size, clear: Clear, sight: Sight | None = None, zoom: float = 1.0
) -> Placement:
    """In front of a shopper, a little below the eyes, pulled nearer than any shelf.

    `zoom` is what `bearable` says, here and below.
    """
    sight = sight.larger(zoom).fitted(size, 1.0) if sight is not None else None
    eye = head[:3, 3].copy()
    yaw, pitch = angles(-head[:3, 2])[0], -7.0
    if sight is not None:
        yaw, pitch = sight.within(head, yaw, pitch, size)
    return _pull_forward(eye, yaw, pitch, AHEAD_M, size, clear, sight, zoom)


def beside(
    head: Matrix,
    unit: NDArray[np.floating],
    size: Size,
    clear: Clear,
    sight: Sight | None = None,
    zoom: float = 1.0,
    *,
    held: bool = False,
) -> Placement:
    """Beside a unit on the shelf (its box (2, 3)), not covering it; the freer side, else left.

    In a window (`sight`) the side on which it is seen whole comes first; of a thing that is `held`
    the side that is nearer to where one looks.
    """
    eye = head[:3, 3].copy()
    away = float(np.linalg.norm(unit.astype(np.float64).mean(axis=0) - eye))
    distance = float(np.clip(away * 0.85, NEAREST_M, FURTHEST_M))
    sides = _sides(head, unit, size, zoom, None, held=held)
    if sight is not None:
        wished = sight.larger(zoom)
        sight = wished.fitted(size, ASIDE_DEPTH)
        sides = _sides(head, unit, size, sight.zoom, sight, held=held)
        # Who asked for larger text gets it, as large as is seen whole, nearer to the middle.
        for depth in LARGE_DEPTHS if zoom > 1.0 else ():
            nearer = _drawn_in(head, sides[0], size, wished.fitted(size, depth))
            if nearer is not None:
                sight, sides[0] = wished.fitted(size, depth), nearer
                break
    whole = zoom if sight is None else sight.zoom
    first = _pull_forward(eye, *sides[0], distance, size, clear, sight, zoom)
    if first.unit_m >= 0.8 * distance * whole / 1000.0:
        return first
    second = _pull_forward(eye, *sides[1], distance, size, clear, sight, zoom)
    return second if second.unit_m > first.unit_m else first


def _drawn_in(
    head: Matrix, side: tuple[float, float], size: Size, sight: Sight
) -> tuple[float, float] | None:
    """`side`, or a direction nearer to the middle, in which a card is whole with its chip."""
    looking, eye = angles(-head[:3, 2])[0], head[:3, 3]
    off = (side[0] - looking + 180.0) % 360.0 - 180.0
    whole = (EDGE, size[1] + CHIP_HIGH - EDGE)
    for share in DRAWN_IN:
        yaw, pitch = looking + off * share, side[1]
        for _ in range(BALANCE_TRIES):
            hung = hang(eye, yaw, pitch, 1.0, sight.zoom)
            if sight.shows(hung, head, size, EDGE, CHIP_HIGH):
                return yaw, pitch
            corners = np.array([hung.at(x, y, size) for x in (0.0, size[0]) for y in whole])
            seen = (corners - eye) @ head[:3, :3]
            up = seen[:, 1] / -seen[:, 2]
            pitch -= float(np.degrees(np.arctan((up.max() + up.min()) / 2.0)))
    return None


def _sides(
    head: Matrix,
    unit: NDArray[np.floating],
    size: Size,
    zoom: float,
    sight: Sight | None,
    *,
    held: bool,
) -> list[tuple[float, float]]:
    """The directions to the left and right of a unit, the better one first, as `beside` says."""
    eye = head[:3, 3]
    middle = unit.astype(np.float64).mean(axis=0)
    away = float(np.linalg.norm(middle - eye))
    yaw, pitch = angles(middle - eye)
    half_unit = np.degrees(np.arctan2(np.linalg.norm(unit[1, [0, 2]] - unit[0, [0, 2]]) / 2, away))
    turn = half_unit + np.degrees(np.arctan(size[0] * zoom / 2000.0)) + 1.0
    # What is docked below a high card is to be seen without a nod.
    feet = float(np.degrees(np.arctan((size[1] / 2.0 + DOCKED_HIGH) * zoom / 1000.0)))
    lowest = float(np.clip(feet - FEET_DEG, *PITCH_DEGREES))
    pitch = float(np.clip(pitch + 4.0, lowest, PITCH_DEGREES[1]))
    sides = [(yaw + turn, pitch), (yaw - turn, pitch)]
    if held:
        looking = angles(-head[:3, 2])[0]
        sides.sort(key=lambda side: abs((side[0] - looking + 180.0) % 360.0 - 180.0))
    if sight is None:
        return sides
    seen = [sight.within(head, *side, size) for side in sides]
    # The side that has to be moved less: moved, a card covers its own product.
    moved = [abs((a[0] - b[0] + 180.0) % 360.0 - 180.0) for a, b in zip(seen, sides, strict=True)]
    return seen[::-1] if moved[1] < moved[0] else seen


def resized(
    kept: Placement, as_large_as: Placement, at: tuple[float, float], size: Size
) -> Placement:
    """`kept`, seen as large as another placement, in its plane, with its unit `at` in its place.

    What becomes smaller so stays within what it was.
    """
    near_m, far_m = (
        float(np.linalg.norm(one.world_from_panel[:3, 3] - one.eye)) for one in (kept, as_large_as)
    )
    world = kept.world_from_panel.copy()
    grown = Placement(world, as_large_as.unit_m * near_m / far_m, kept.eye)
    world[:3, 3] += kept.at(*at, size) - grown.at(*at, size)
    return grown


def laid_on(
    placement: Placement, size: Size, at: tuple[float, float], left_deg: float
) -> Placement:
    """A second panel right before a first one: its middle over `at` there, turned to the left."""
    world = placement.world_from_panel.copy()
    turn = math.radians(left_deg)
    cosine, sine = math.cos(turn), math.sin(turn)
    right, up = world[:3, 0].copy(), world[:3, 1].copy()
    world[:3, 0], world[:3, 1] = right * cosine + up * sine, up * cosine - right * sine
    world[:3, 3] = placement.at(*at, size) + world[:3, 2] * LAID_M
    return Placement(world, placement.unit_m, placement.eye)


def docked(placement: Placement, size: Size, other: Size, *, above: bool) -> Placement:
    """A second panel in the plane of a first one, right above or below it."""
    shift = (size[1] + other[1]) / 2.0 * placement.unit_m * (1.0 if above else -1.0)
    world = placement.world_from_panel.copy()
    world[:3, 3] += world[:3, 1] * shift
    return Placement(world, placement.unit_m, placement.eye)


def on_basket(world_from_basket: Matrix, eye: Vector, zoom: float = 1.0) -> Placement:
    """The tag at the far end of a basket's rim, facing whoever looks down at it."""
    at = transform_point(world_from_basket, TAG_AT)
    x, y, z = (eye - at).tolist()
    away_m, level_m = math.hypot(x, y, z), max(1e-6, math.hypot(x, z))
    x, y, z = x / away_m, y / away_m, z / away_m
    right_x, right_z = z * away_m / level_m, -x * away_m / level_m
    # As look_at makes it, without its detours: this is done in every frame.
    facing = np.array(
        [
            (right_x, y * right_z, x, at[0]),
            (0.0, z * right_x - x * right_z, y, at[1]),
            (right_z, -y * right_x, z, at[2]),
            (0.0, 0.0, 0.0, 1.0),
        ]
    )
    return Placement(facing, away_m * zoom / 1000.0, eye.copy())


def is_beside(
    placement: Placement, box: NDArray[np.float64], head: Matrix, size: Size, docked: float = 0.0
) -> bool:
    """Whether a card still hangs beside a thing in hand (its box (2, 3)): not over it, not far.

    What is docked below the card, that many panel units high, counts as part of it.
    """
    eye = head[:3, 3]
    middle = box.mean(axis=0)
    whole = size[0], size[1] + docked
    card = placement.at(whole[0] / 2.0, whole[1] / 2.0, size)
    seen, thing = (np.array(angles(point - eye)) for point in (card, middle))
    away = max(0.05, float(np.linalg.norm(middle - eye)))
    half_thing = np.degrees(np.arctan2((box[1] - box[0]) * 0.5, away))
    near = max(0.05, float(np.linalg.norm(card - eye)))
    half_card = np.degrees(np.arctan2(np.array(whole) * placement.unit_m * 0.5, near))
    off = np.abs((seen - thing + 180.0) % 360.0 - 180.0)
    least = half_card + np.array([half_thing[[0, 2]].max(), half_thing[1]])
    covers = bool((off < least - COVERED_DEG).all())
    return not covers and bool((off < least + STRAY_DEG).all())


def docked_aside(
    placement: Placement, size: Size, other: Size, *, left: bool, reach_m: float = np.inf
) -> Placement:
    """A second panel in the plane of a first one, right beside it.

    It is smaller where it would reach further than `reach_m` from the first one's middle.
    """
    room = reach_m / placement.unit_m - size[0] / 2.0
    unit_m = placement.unit_m * float(np.clip(room / other[0], 0.5, 1.0))
    shift_m = (size[0] * placement.unit_m + other[0] * unit_m) / 2.0
    world = placement.world_from_panel.copy()
    world[:3, 3] += world[:3, 0] * shift_m * (-1.0 if left else 1.0)
    return Placement(world, unit_m, placement.eye)


def is_left_behind(placement: Placement, head: Matrix, *, turning: bool) -> bool:
    """Whether the shopper walked away from a panel or (when that counts) turned away from it."""
    eye = head[:3, 3]
    if float(np.linalg.norm(eye - placement.eye)) > 0.6:
        return True
    if not turning:
        return False
    seen, _ = angles(placement.world_from_panel[:3, 3] - eye)
    looking, _ = angles(-head[:3, 2])
    return abs((seen - looking + 180.0) % 360.0 - 180.0) > 60.0


def _pull_forward(
    eye: Vector,
    yaw: float,
    pitch: float,
    distance: float,
    size: Size,
    clear: Clear,
    sight: Sight | None,
    zoom: float = 1.0,
) -> Placement:
    """Nearer until nothing is between the eye and the panel (and what is docked to it)."""
    zoom, nearest_m = zoom_and_nearest_m(sight, zoom)
    placed = hang(eye, yaw, pitch, distance, zoom)
    grid = [
        placed.at(size[0] * across, size[1] * down, size)
        for across in (0.0, 0.25, 0.5, 0.75, 1.0)
        for down in (-0.1, 0.25, 0.5, 0.75, 1.0, 1.15)
    ]
    free = clear(eye, np.array(grid))
    if free >= 1.0:
        return placed
    return hang(eye, yaw, pitch, max(nearest_m, distance * free * 0.96), zoom)


def zoom_and_nearest_m(sight: Sight | None, zoom: float) -> tuple[float, float]:
    """How much larger than usual, and how near: a window's `sight` has both."""
    return (zoom, NEAREST_M) if sight is None else (sight.zoom, sight.nearest_m)
