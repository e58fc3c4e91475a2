"""A way on the floor, drawn as steps in front of the shopper. Pure; metres, scene space."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vr_client.interact.walk import Spot

STEP_M: Final = 0.4
AHEAD_M: Final = 12.0
FEET_M: Final = 0.5
"""So near nothing is drawn: one would stand on it."""


def steps_along(path: Sequence[Spot], here: Spot) -> tuple[Spot, ...]:
    """Points along `path`, STEP_M apart, from where it is nearest to `here`, for AHEAD_M."""
    if len(path) < 2:
        return ()
    corners, along, at = _nearest(path, here)
    steps = np.arange(at + FEET_M, min(along[-1], at + FEET_M + AHEAD_M), STEP_M)
    x = np.interp(steps, along, corners[:, 0])
    z = np.interp(steps, along, corners[:, 1])
    return tuple(zip(x.tolist(), z.tolist(), strict=True))


def rest_of(path: Sequence[Spot], here: Spot) -> tuple[Spot, ...]:
    """What is left of `path`: from `here` to where it is nearest, then corner by corner."""
    if len(path) < 2:
        return ()
    corners, along, at = _nearest(path, here)
    on = (float(np.interp(at, along, corners[:, 0])), float(np.interp(at, along, corners[:, 1])))
    ahead = corners[along > at + 1e-6]
    return (here, on, *((float(x), float(z)) for x, z in ahead))


def _nearest(
    path: Sequence[Spot], here: Spot
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """The corners (n, 2), how far along each is (n,), and how far along `here` is nearest."""
    corners = np.asarray(path, dtype=np.float64)
    sides = np.diff(corners, axis=0)
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    off = np.asarray(here) - corners[:-1]
    share = (off * sides).sum(axis=1) / np.maximum(lengths**2, 1e-9)
    share = np.clip(share, 0.0, 1.0)
    nearest = corners[:-1] + sides * share[:, None]
    away = np.hypot(*(nearest - np.asarray(here)).T)
    side = int(away.argmin())
    return corners, along, float(along[side] + share[side] * lengths[side])
