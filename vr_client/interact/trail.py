"""A way on the floor, drawn as steps in front of the shopper. Pure; metres, scene space."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from vr_client.interact.walk import Spot

STEP_M: Final = 0.4
AHEAD_M: Final = 12.0
FEET_M: Final = 0.5
"""So near nothing is drawn: one would stand on it."""


def steps_along(path: Sequence[Spot], here: Spot) -> tuple[Spot, ...]:
    """Points along `path`, STEP_M apart, from where it is nearest to `here`, for AHEAD_M."""
    if len(path) < 2:
        return ()
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
    at = along[side] + share[side] * lengths[side] + FEET_M
    steps = np.arange(at, min(along[-1], at + AHEAD_M), STEP_M)
    x = np.interp(steps, along, corners[:, 0])
    z = np.interp(steps, along, corners[:, 1])
    return tuple(zip(x.tolist(), z.tolist(), strict=True))
