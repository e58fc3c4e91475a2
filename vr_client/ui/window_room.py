"""Where a window has room left, so that what is said covers nothing else. Pure.

All in the window's own picture: tangents, x to the right and y up, as the eye in the middle sees
them. Computed in plain floats, since it is done in every frame that something is said in.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from vr_client.frame_packet import Matrix
from vr_client.ui import theme
from vr_client.ui.placement import (
    APART,
    FURTHEST_M,
    NEAR_BOTH_M,
    Clear,
    Placement,
    Sight,
    Size,
)

Box = tuple[float, float, float, float]
"""Left, bottom, right, top: tangents."""

Spot = tuple[float, float]
"""x, y: tangents."""

UPPER_EDGE: Spot = (0.0, 99.0)
"""As far up as there is room."""

Outline = tuple[Spot, ...]
"""The corners of a card as they are seen, one after the other."""

GAP = 0.012
"""What is left free between two panels, and at the window's edges: a tangent."""

TOUCHING = 1e-4
"""Two that are docked share an edge; rounding is no overlap."""

EASE = 0.035
"""Two degrees, a tangent: so much more room than it takes there has to be for what comes back to a
better place, or else it would go to and fro with a head that never holds quite still."""

LEAP = 0.1
"""What goes further than that within a frame (a tangent) goes to another place."""

MUCH_LARGER, MUCH_NEARER = 1.1, 0.25
"""Times and tangents: for less than that nothing leaves where it hangs."""


def outline(placed: Placement, size: Size, head: Matrix) -> Outline:
    """The corners of a panel without its shadow; empty for one that is not all before the eye."""
    seen = head[:3, :3].T @ placed.world_from_panel[:3, :]
    (rx, ux, _, px), (ry, uy, _, py), (rz, uz, _, pz) = seen.tolist()
    ex, ey, ez = (head[:3, :3].T @ head[:3, 3]).tolist()
    px, py, pz = px - ex, py - ey, pz - ez
    wide = (size[0] / 2.0 - theme.SHADOW) * placed.unit_m
    high = (size[1] / 2.0 - theme.SHADOW) * placed.unit_m
    corners = []
    for across, up in ((-wide, -high), (wide, -high), (wide, high), (-wide, high)):
        ahead_m = -(pz + rz * across + uz * up)
        if ahead_m <= 1e-3:
            return ()
        corners.append(
            ((px + rx * across + ux * up) / ahead_m, (py + ry * across + uy * up) / ahead_m)
        )
    return tuple(corners)


def box_of(corners: Outline) -> Box:
    """The upright box around an outline."""
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def meet(one: Outline, other: Outline, spare: float = 0.0) -> bool:
    """Whether two cards cover each other in the picture: convex, so a line would part them.

    Or come nearer than `spare`, a tangent. What is behind the eye, without an outline, covers
    nothing.
    """
    if not one or not other:
        return False
    a, b = box_of(one), box_of(other)
    across, up = max(a[0] - b[2], b[0] - a[2]), max(a[1] - b[3], b[1] - a[3])
    if across >= spare or up >= spare:
        return False
    for corners in (one, other):
        x0, y0 = corners[-1]
        for x1, y1 in corners:
            along_x, along_y = y1 - y0, x0 - x1
            length = math.hypot(along_x, along_y)
            mine = [x * along_x + y * along_y for x, y in one]
            theirs = [x * along_x + y * along_y for x, y in other]
            slack = (TOUCHING - spare) * length
            if max(mine) <= min(theirs) + slack or max(theirs) <= min(mine) + slack:
                return False
            x0, y0 = x1, y1
    return True


def left_free(within: Box, taken: Iterable[Box]) -> list[Box]:
    """The largest upright boxes of `within` that none of `taken` reaches into.

    They overlap, and some may lie within others.
    """
    free = [within]
    for left, bottom, right, top in taken:
        parts: list[Box] = []
        for box in free:
            x0, y0, x1, y1 = box
            if left >= x1 or right <= x0 or bottom >= y1 or top <= y0:
                parts.append(box)
                continue
            if left > x0:
                parts.append((x0, y0, left, y1))
            if right < x1:
                parts.append((right, y0, x1, y1))
            if bottom > y0:
                parts.append((x0, y0, x1, bottom))
            if top < y1:
                parts.append((x0, top, x1, y1))
        free = parts
    return free


class _Fit(NamedTuple):
    """Room for a panel `zoom` times as large as in a headset, its middle at (x, y) tangents.

    `off` is how far that is from where it would hang otherwise, `ample` the zoom at which it still
    has EASE left.
    """

    zoom: float
    ample: float
    off: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a panel hangs in a frame, for the next one: in the store and in the picture.

    `spot` is its middle there, `reach` how far it goes from that to the right and up.
    """

    placed: Placement
    spot: Spot
    reach: Spot


_off = attrgetter("off")


def _first(fits: list[_Fit]) -> _Fit:
    """The largest, and of several the nearest."""
    return max(fits, key=lambda fit: (fit.zoom, -fit.off))


class WindowRoom:
    """A window's picture and what hangs in it already."""

    def __init__(self, head: Matrix, sight: Sight) -> None:
        self._head, self._sight = head, sight
        self._rows = head[:3].tolist()
        apart = APART if sight.both_eyes else 0.0
        right = math.tan(math.radians(sight.across_deg)) - apart - GAP
        top = math.tan(math.radians(sight.up_deg)) - GAP
        self._whole: Box = (-right, -top, right, top)
        # Two eyes see what hangs nearer further aside.
        self._aside = GAP + apart / 2.0
        self._taken: list[Outline] = []

    def take(self, placed: Placement, size: Size) -> None:
        """A panel hangs there."""
        corners = outline(placed, size, self._head)
        if corners:
            self._taken.append(corners)

    def covers(self, placed: Placement, size: Size, spare: float = 0.0) -> bool:
        """Whether a panel there would cover one of the others, or come nearer than `spare`."""
        corners = outline(placed, size, self._head)
        return any(meet(corners, one, spare) for one in self._taken)

    def is_free(self, placed: Placement, size: Size, spare: float = 0.0) -> bool:
        """Whether a panel would be seen whole there and cover none of the others.

        With `spare` tangents around it.
        """
        corners = outline(placed, size, self._head)
        if not corners:
            return False
        box, whole = box_of(corners), self._whole
        slack = GAP + TOUCHING - spare
        inside = (
            box[0] >= whole[0] - slack and box[1] >= whole[1] - slack
            and box[2] <= whole[2] + slack and box[3] <= whole[3] + slack
        )  # fmt: skip
        return inside and not any(meet(corners, one, spare) for one in self._taken)

    def middle(self, placed: Placement, size: Size) -> Spot:
        """Where the middle of a panel is seen; of one that is behind the eye: in the middle."""
        corners = outline(placed, size, self._head)
        if not corners:
            return 0.0, 0.0
        return sum(x for x, _ in corners) / 4.0, sum(y for _, y in corners) / 4.0

    def kept(self, placed: Placement, size: Size) -> Kept:
        """For the next frame: where a panel hangs in this one."""
        x, y, away_m = self._seen(placed)
        share = placed.unit_m / away_m
        wide, high = ((side / 2.0 - theme.SHADOW) * share for side in size)
        return Kept(placed, (x, y), (wide, high))

    def leaps(self, before: Kept, now: Kept) -> bool:
        """Whether a panel hangs at another place than before, and did not just glide along.

        What hangs at another keeps its place in the store, what hangs at the window's edge its
        place in the picture: neither moves.
        """
        (x, y), was, seen = now.spot, before.spot, self._seen(before.placed)
        across = min(abs(x - was[0]), abs(x - seen[0]))
        return math.hypot(across, min(abs(y - was[1]), abs(y - seen[1]))) > LEAP

    def takes_place(self, now: Kept, other: Kept) -> bool:
        """Whether one hangs about where the other did in the frame before."""
        x, y, _ = self._seen(other.placed)
        return (
            abs(now.spot[0] - x) < now.reach[0] + other.reach[0]
            and abs(now.spot[1] - y) < now.reach[1] + other.reach[1]
        )

    def but_for(self, placed: Placement, size: Size) -> "WindowRoom":
        """The same room with one more panel in it."""
        less = WindowRoom(self._head, self._sight)
        less._taken = list(self._taken)
        less.take(placed, size)
        return less

    def place(
        self,
        size: Size,
        zoom: float,
        near: Spot,
        clear: Clear,
        least: float = 0.0,
        *,
        spare: float = 0.0,
        before: Kept | None = None,
    ) -> Placement | None:
        """A panel where it covers nothing: `zoom` times as large as in a headset, if there is room.

        Where there is room at several places, it is the one next to `near`; None where there is
        none at `least` zoom with `spare` tangents more. It hangs flat in the picture, nearer than
        anything that stands there. One that hung there `before` stays in its place until another
        is much larger or nearer.
        """
        fits = list(self._fits(size, zoom, near, least, spare))
        if not fits:
            return None
        fit = _first(fits) if before is None else self._kept_to(before, fits)
        return self._hang(fit, size, clear)

    def _kept_to(self, before: Kept, fits: list[_Fit]) -> _Fit:
        """What of `fits` is where it hung before, if none is much better and has room to spare."""
        (was_x, was_y), (seen_x, seen_y, _) = before.spot, self._seen(before.placed)
        same, least = fits[0], math.inf
        for fit in fits:
            across = min(abs(fit.x - was_x), abs(fit.x - seen_x))
            # Of two in the same place it is the larger one.
            moved = math.hypot(across, min(abs(fit.y - was_y), abs(fit.y - seen_y)))
            if moved - 0.1 * fit.zoom < least:
                same, least = fit, moved - 0.1 * fit.zoom
        ample = [fit for fit in fits if fit.ample > same.zoom - TOUCHING]
        if not ample:
            return same
        if max(ample)[0] > MUCH_LARGER * same.zoom:
            return _first(ample)
        nearest = min(ample, key=_off)
        return nearest if nearest.off < same.off - MUCH_NEARER else same

    def _seen(self, placed: Placement) -> tuple[float, float, float]:
        """Where the middle of a panel is seen, and how far ahead that is.

        One that is not before the eye is far aside.
        """
        x, y, z = placed.world_from_panel[:3, 3].tolist()
        (a, b, c, ex), (d, e, f, ey), (g, h, i, ez) = self._rows
        x, y, z = x - ex, y - ey, z - ez
        away_m = max(1e-3, -(c * x + f * y + i * z))
        return (a * x + d * y + g * z) / away_m, (b * x + e * y + h * z) / away_m, away_m

    def _fits(
        self, size: Size, zoom: float, near: Spot, least: float, spare: float
    ) -> Iterator[_Fit]:
        """The place next to `near` in every part of the window that is left free."""
        wide, high = ((side - 2.0 * theme.SHADOW) / 1000.0 for side in size)
        aside, taken = self._aside, [box_of(one) for one in self._taken]
        grown = [(b[0] - aside, b[1] - GAP, b[2] + aside, b[3] + GAP) for b in taken]
        for left, bottom, right, top in left_free(self._whole, grown):
            if right - left - spare < least * wide or top - bottom - spare < least * high:
                continue
            fits = min(zoom, (right - left) / wide, (top - bottom) / high)
            half, rise = fits * wide / 2.0, fits * high / 2.0
            at_x = min(max(near[0], left + half), right - half)
            at_y = min(max(near[1], bottom + rise), top - rise)
            ample = min(zoom, (right - left - EASE) / wide, (top - bottom - EASE) / high)
            yield _Fit(fits, ample, math.hypot(at_x - near[0], at_y - near[1]), at_x, at_y)

    def _hang(self, fit: _Fit, size: Size, clear: Clear) -> Placement:
        head, eye = self._head, self._head[:3, 3]
        away_m = NEAR_BOTH_M if self._sight.both_eyes else FURTHEST_M / 3.0
        wide, high = size[0] * fit.zoom / 2000.0, size[1] * fit.zoom / 2000.0
        across, up = (fit.x - wide, fit.x, fit.x + wide), (fit.y - high, fit.y + high)
        ends = np.array([(x, y, -1.0) for x in across for y in up]) * away_m
        free = clear(eye, eye + ends @ head[:3, :3].T)
        if free < 1.0:
            away_m = max(self._sight.nearest_m, away_m * free * 0.96)
        world = head.copy()
        world[:3, 3] = eye + head[:3, :3] @ np.array((fit.x, fit.y, -1.0)) * away_m
        return Placement(world, fit.zoom * away_m / 1000.0, eye.copy())
