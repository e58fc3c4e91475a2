"""Film, skin and leaves: a patch from a function, shaded by the surface itself, not its facets."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from store_scenes.models.geometry import Finish, MeshBuilder, crossed
from store_scenes.models.panel import Panel

Array = NDArray[np.float64]

Surface = Callable[[Array, Array], Array]
"""(rows, columns) s and t, each 0..1 from the top left as seen from outside, to positions (…, 3)
in metres."""

STEP = 1e-3
"""Of s and t, for the slopes that the normals come from."""


def drape(
    builder: MeshBuilder,
    surface: Surface,
    across: Array,
    down: Array,
    finish: Finish,
    *,
    panel: Panel | None = None,
    occlusion: Callable[[Array, Array], ArrayLike] | None = None,
    shade: Callable[[Array, Array], ArrayLike] | None = None,
    closed: bool = False,
    slopes: Surface | None = None,
) -> None:
    """Add `surface` at every pair of `across` (s) and `down` (t).

    `panel` is covered by the whole unit square. `occlusion(s, t)` and `shade(s, t)` are as in
    `MeshBuilder.grid`. `closed` says that s = 0 and s = 1 are one line, so it gets one normal.
    `slopes` is what the normals are taken from, where `surface` itself has a cut edge.
    """
    s, t = np.meshgrid(across, down)
    points = surface(s, t)
    if closed:
        points[:, -1] = points[:, 0]
    # A pole has no slope of its own: it takes its neighbourhood's.
    near_t = np.clip(t, 3 * STEP, 1 - 3 * STEP)
    near_s = s if closed else np.clip(s, 3 * STEP, 1 - 3 * STEP)
    sloped = slopes or surface
    along = sloped(near_s + STEP, near_t) - sloped(near_s - STEP, near_t)
    fall = sloped(near_s, near_t + STEP) - sloped(near_s, near_t - STEP)
    normals = crossed(fall, along)
    if closed:
        normals[:, -1] = normals[:, 0]
    builder.grid(
        points,
        finish,
        uv=None if panel is None else panel.uv(s, t),
        normals=normals,
        occlusion=1.0 if occlusion is None else occlusion(s, t),
        shade=None if shade is None else shade(s, t),
    )


def smooth(low: float, high: float, value: Array) -> Array:
    """0 below `low`, 1 above `high`, an S in between."""
    share = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))
