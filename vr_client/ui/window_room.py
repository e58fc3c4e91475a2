"""Where a window has room left, so that what is said covers nothing else. Pure.

All in the window's own picture: tangents, x to the right and y up, as the eye in the middle sees
them. Computed in plain floats, since it is done in every frame that something is said in.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

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


def meet(one: Outline, other: Outline) -> bool:
    """Whether two cards cover each other in the picture: convex, so a line would part them.

    What is behind the eye, without an outline, covers nothing.
    """
    if not one or not other:
        return False
    a, b = box_of(one), box_of(other)
    if a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]:
        return False
    for corners in (one, other):
        x0, y0 = corners[-1]
        for x1, y1 in corners:
            along_x, along_y = y1 - y0, x0 - x1
            length = math.hypot(along_x, along_y)
            mine = [x * along_x + y * along_y for x, y in one]
            theirs = [x * along_x + y * along_y for x, y in other]
            slack = TOUCHING * length
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


@dataclass(frozen=True, slots=True)
class _Fit:
    """Room for a panel `zoom` times as large as in a headset, its middle at (x, y) tangents.

    `off` is how far that is from where it would hang otherwise.
    """

    zoom: float
    off: float
    x: float
    y: float


class WindowRoom:
    """A window's picture and what hangs in it already."""

    def __init__(self, head: Matrix, sight: Sight) -> None:
        self._head, self._sight = head, sight
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

    def covers(self, placed: Placement, size: Size) -> bool:
        """Whether a panel there would cover one of the others."""
        corners = outline(placed, size, self._head)
        return any(meet(corners, one) for one in self._taken)

    def is_free(self, placed: Placement, size: Size) -> bool:
        """Whether a panel would be seen whole there and cover none of the others."""
        corners = outline(placed, size, self._head)
        if not corners:
            return False
        box, whole = box_of(corners), self._whole
        slack = GAP + TOUCHING
        inside = (
            box[0] >= whole[0] - slack and box[1] >= whole[1] - slack
            and box[2] <= whole[2] + slack and box[3] <= whole[3] + slack
        )  # fmt: skip
        return inside and not any(meet(corners, one) for one in self._taken)

    def middle(self, placed: Placement, size: Size) -> Spot:
        """Where the middle of a panel is seen; of one that is behind the eye: in the middle."""
        corners = outline(placed, size, self._head)
        if not corners:
            return 0.0, 0.0
        return sum(x for x, _ in corners) / 4.0, sum(y for _, y in corners) / 4.0

    def place(
        self, size: Size, zoom: float, near: Spot, clear: Clear, least: float = 0.0
    ) -> Placement | None:
        """A panel where it covers nothing: `zoom` times as large as in a headset, if there is room.

        Where there is room at several places, it is the one next to `near`; None where there is
        none at `least` zoom. It hangs flat in the picture, nearer than anything that stands there.
        """
        best = self._best(size, zoom, near)
        if best is None or best.zoom < least:
            return None
        return self._hang(best, size, clear)

    def _best(self, size: Size, zoom: float, near: Spot) -> _Fit | None:
        wide, high = ((side - 2.0 * theme.SHADOW) / 1000.0 for side in size)
        aside, taken = self._aside, [box_of(one) for one in self._taken]
        grown = [(b[0] - aside, b[1] - GAP, b[2] + aside, b[3] + GAP) for b in taken]
        best: _Fit | None = None
        for left, bottom, right, top in left_free(self._whole, grown):
            fits = min(zoom, (right - left) / wide, (top - bottom) / high)
            half, rise = fits * wide / 2.0, fits * high / 2.0
            at_x = min(max(near[0], left + half), right - half)
            at_y = min(max(near[1], bottom + rise), top - rise)
            off = math.hypot(at_x - near[0], at_y - near[1])
            if best is None or (fits, -off) > (best.zoom, -best.off):
                best = _Fit(fits, off, at_x, at_y)
        return best

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
