"""Turns an outline around the upright axis, with UVs: what trimesh's own revolve does not give."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.panel import Panel

Array = NDArray[np.float64]

SEGMENTS = 32
"""Around; a multiple of four, so that the circle touches all four sides of its box."""

FRONT_SEGMENTS = 18
"""Of them, those of the label's front panel: 202.5 degrees, so the seam faces the backboard."""

FRONT_ARC_DEG = 360.0 * FRONT_SEGMENTS / SEGMENTS

CREASE_DEG = 38.0
"""Two stretches of outline that turn by more meet in an edge instead of a curve."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the outline with one finish, from the top down the outside.

    `points` are (radius, y) with radius 1 at the widest and y in metres. `wrap` are the front and
    back panels of a label that covers exactly this stretch. `occlusion` and `shade` are given at
    the stretch's two ends and run evenly between them. `knurls` presses grip ridges this deep
    (a share of the radius) into it; a neighbour that shares a knurled ring has it as its `first` or
    `last`, else the two would not meet.
    """

    points: tuple[tuple[float, float], ...]
    finish: Finish
    wrap: tuple[Panel, Panel] | None = None
    occlusion: tuple[float, float] = (1.0, 1.0)
    shade: tuple[float, float] = (1.0, 1.0)
    knurls: float = 0.0
    knurled: Literal["all", "first", "last"] = "all"


def turn(
    builder: MeshBuilder,
    outline: tuple[Stretch, ...],
    half_width: float,
    half_depth: float,
    *,
    segments: int = SEGMENTS,
) -> None:
    """Add the body of revolution of `outline` to `builder`.

    The cross-section is an ellipse of `half_width` (x) and `half_depth` (z) metres. Consecutive
    stretches share their end point.
    """
    mean = (half_width + half_depth) / 2
    tangents = _tangents(outline, mean)
    done = 0
    for stretch in outline:
        count = len(stretch.points) - 1
        own = tangents[done : done + count]
        before = tangents[done - 1] if done else None
        after = tangents[done + count] if done + count < len(tangents) else None
        _turn_stretch(builder, stretch, own, (before, after), (half_width, half_depth), segments)
        done += count


def _tangents(outline: tuple[Stretch, ...], mean: float) -> Array:
    """Unit (dr, dy) of every segment of the whole outline, radius in metres."""
    steps = [np.diff(np.asarray(s.points, np.float64) * (mean, 1.0), axis=0) for s in outline]
    joined = np.concatenate(steps)
    length = np.linalg.norm(joined, axis=1, keepdims=True)
    return np.asarray(joined / np.maximum(length, 1e-12))


def _turn_stretch(
    builder: MeshBuilder,
    stretch: Stretch,
    own: Array,
    neighbours: tuple[Array | None, Array | None],
    halves: tuple[float, float],
    segments: int,
) -> None:
    points, tangents, along, ridged = _rings(stretch, own, neighbours)
    openness = np.interp(along, (0.0, 1.0), stretch.occlusion)[:, None]
    shade = np.interp(along, (0.0, 1.0), stretch.shade)[:, None, None]
    step = 2 * np.pi / segments
    if stretch.wrap is None:
        pieces: list[tuple[Array, Panel | None]] = [(_angles(segments, step, np.pi), None)]
    else:
        step = 2 * np.pi / SEGMENTS
        pieces = [
            (_angles(FRONT_SEGMENTS, step, 0.0), stretch.wrap[0]),
            (_angles(SEGMENTS - FRONT_SEGMENTS, step, np.pi), stretch.wrap[1]),
        ]
    for piece, panel in pieces:
        # A full turn ends in the very angle it began with, so that welding closes it.
        angle = np.arctan2(np.round(np.sin(piece), 12) + 0.0, np.round(np.cos(piece), 12) + 0.0)
        positions, normals = _sweep(points, tangents, angle, halves, ridged * stretch.knurls)
        uv = (
            None if panel is None else panel.uv(np.linspace(0, 1, len(piece))[None], along[:, None])
        )
        builder.grid(
            positions,
            stretch.finish,
            uv=uv,
            normals=normals,
            occlusion=openness,
            shade=shade,
        )


def _angles(count: int, step: float, middle: float) -> Array:
    """The borders of `count` segments about `middle`, radians."""
    return np.asarray(middle + (np.arange(count + 1) - count / 2) * step, np.float64)


def _rings(
    stretch: Stretch, own: Array, neighbours: tuple[Array | None, Array | None]
) -> tuple[Array, Array, Array, Array]:
    """Rings of the stretch: (radius, y), the tangent that shades them, 0..1 down it, and knurls.

    A crease inside the stretch gives two rings in one place.
    """
    points = np.asarray(stretch.points, np.float64)
    crease = np.cos(np.radians(CREASE_DEG))
    height = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    if stretch.wrap is not None:
        height = points[0, 1] - points[:, 1]
    along = height / max(height[-1], 1e-12)
    rings: list[tuple[Array, Array, float, float]] = []
    knurled = {"all": range(len(points)), "first": (0,), "last": (len(points) - 1,)}
    for i, point in enumerate(points):
        ridge = float(i in knurled[stretch.knurled])
        before = own[i - 1] if i else neighbours[0]
        after = own[i] if i < len(own) else neighbours[1]
        if before is None or after is None or float(before @ after) < crease:
            if i:
                rings.append((point, own[i - 1], along[i], ridge))
            if i < len(own):
                rings.append((point, own[i], along[i], ridge))
        else:
            rings.append((point, before + after, along[i], ridge))
    return (
        np.stack([r[0] for r in rings]),
        np.stack([r[1] for r in rings]),
        np.array([r[2] for r in rings]),
        np.array([r[3] for r in rings])[:, None],
    )


def _sweep(
    points: Array, tangents: Array, angle: Array, halves: tuple[float, float], knurls: Array
) -> tuple[Array, Array]:
    """Positions and outward normals (rings, columns, 3); angle 0 is +z and grows towards +x."""
    half_width, half_depth = halves
    mean = (half_width + half_depth) / 2
    sine, cosine = np.sin(angle)[None], np.cos(angle)[None]
    radius = points[:, :1] * np.ones_like(sine)
    ridge = np.arange(len(angle)) % 2
    radius = radius * (1.0 - knurls * ridge[None])
    positions = np.stack(
        [
            radius * half_width * sine,
            np.broadcast_to(points[:, 1:2], radius.shape),
            radius * half_depth * cosine,
        ],
        -1,
    )
    dr, dy = tangents[:, :1] / mean, tangents[:, 1:2]
    # The cross product of the tangents along and around the surface, without the radius.
    normals = np.stack(
        [
            -dy * half_depth * sine,
            dr * half_width * half_depth * np.ones_like(sine),
            -dy * half_width * cosine,
        ],
        -1,
    )
    return positions, normals
