"""Turns an outline around the upright axis, with UVs: what trimesh's own revolve does not give.

The cross-section is an ellipse unless another one is given: a rounded rectangle makes trays and
flat tubs of the same outlines.
"""

import functools
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.panel import Panel

Array = NDArray[np.float64]

SEGMENTS = 32
"""Around; a multiple of four, so that the circle touches all four sides of its box."""

SLIM_SEGMENTS, SLIM_MM = 24, 92.0
"""Around what is no wider than this: a chord leaves its circle by at most 0.4 mm."""

FRONT_SHARE = 18 / 32
"""Of the way around, about what a label's front panel covers: its seam faces the backboard."""

CREASE_DEG = 38.0
"""Two stretches of outline that turn by more meet in an edge instead of a curve."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the outline with one finish, from the top down the outside.

    `points` are (radius, y) with radius 1 at the widest and y in metres. `wrap` are the front and
    back panels of a label that covers exactly this stretch; `face` is a panel that lies flat over
    it, seen from above. `occlusion` and `shade` are given at the stretch's two ends and run evenly
    between them. `knurls` presses grip ridges this deep (a share of the radius) into it; a
    neighbour that shares a knurled ring has it as its `first` or `last`, else the two would not
    meet.
    """

    points: tuple[tuple[float, float], ...]
    finish: Finish
    wrap: tuple[Panel, Panel] | None = None
    occlusion: tuple[float, float] = (1.0, 1.0)
    shade: tuple[float, float] = (1.0, 1.0)
    knurls: float = 0.0
    knurled: Literal["all", "first", "last"] = "all"
    face: Panel | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """The widest cross-section, from the middle of the back by the left, front and right to it.

    points (n + 1, 2) x and z, metres; normals (n + 1, 2) unit, outwards; the last equals the
    first. `front` are the first and last of those that the label's front panel covers.
    """

    points: Array
    normals: Array
    front: tuple[int, int]


def turn(
    builder: MeshBuilder,
    outline: tuple[Stretch, ...],
    half_width: float,
    half_depth: float,
    *,
    segments: int = SEGMENTS,
    section: Section | None = None,
) -> None:
    """Add the body of revolution of `outline` to `builder`.

    The cross-section is `section`, else an ellipse of `half_width` (x) and `half_depth` (z)
    metres in `segments` chords. Consecutive stretches share their end point.
    """
    around = section or ellipse(half_width, half_depth, segments)
    tangents = _tangents(outline, (half_width + half_depth) / 2)
    done = 0
    for stretch in outline:
        count = len(stretch.points) - 1
        own = tangents[done : done + count]
        before = tangents[done - 1] if done else None
        after = tangents[done + count] if done + count < len(tangents) else None
        _turn_stretch(builder, stretch, own, (before, after), around)
        done += count


def segments_of(size_mm: tuple[float, float, float]) -> int:
    """How many chords a round package of this size is turned in."""
    return SLIM_SEGMENTS if max(size_mm[0], size_mm[2]) <= SLIM_MM else SEGMENTS


def front_share(segments: int) -> float:
    """The share of the way around that a front panel covers, in whole chords."""
    return 2 * round(segments * FRONT_SHARE / 2) / segments


def ellipse(half_width: float, half_depth: float, segments: int = SEGMENTS) -> Section:
    """An ellipse of a multiple of four chords; a front panel covers `front_share` of it."""
    unit = _circle(segments)
    halves = np.array([half_width, half_depth])
    normals = unit * halves[::-1]
    normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    covered = round(segments * FRONT_SHARE / 2)
    return Section(unit * halves, normals, (segments // 2 - covered, segments // 2 + covered))


@functools.cache
def _circle(segments: int) -> Array:
    angle = (np.arange(segments + 1) / segments - 0.5) * 2 * np.pi
    unit = np.round(np.stack([np.sin(angle), np.cos(angle)], 1), 12) + 0.0
    unit[-1] = unit[0]
    return unit


def rounded(half_width: float, half_depth: float, corner: float, steps: int = 4) -> Section:
    """A rectangle with round corners, metres; its front panel ends half way along its sides."""
    inner = np.array([half_width - corner, half_depth - corner])
    points, normals, front = [np.array([0.0, -half_depth])], [np.array([0.0, -1.0])], [0, 0]
    for quarter in range(4):
        angle = (quarter / 4 - 0.5) * 2 * np.pi + np.linspace(0.0, np.pi / 2, steps + 1)
        outward = np.round(np.stack([np.sin(angle), np.cos(angle)], 1), 12) + 0.0
        centre = inner * ((-1, -1), (-1, 1), (1, 1), (1, -1))[quarter]
        points.extend(centre + outward * corner)
        normals.extend(outward)
        if quarter in (0, 2):
            side = -1.0 if quarter == 0 else 1.0
            front[quarter // 2] = len(points)
            points.append(np.array([side * half_width, 0.0]))
            normals.append(np.array([side, 0.0]))
    points.append(points[0])
    normals.append(normals[0])
    return Section(np.array(points), np.array(normals), (front[0], front[1]))


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
    section: Section,
) -> None:
    points, tangents, along, ridged = _rings(stretch, own, neighbours)
    openness = np.interp(along, (0.0, 1.0), stretch.occlusion)[:, None]
    shade = np.interp(along, (0.0, 1.0), stretch.shade)[:, None, None]
    count = len(section.points) - 1
    pieces: list[tuple[NDArray[np.intp], Panel | None]] = [(np.arange(count + 1), None)]
    if stretch.wrap is not None:
        first, last = section.front
        pieces = [
            (np.arange(first, last + 1), stretch.wrap[0]),
            (np.arange(last, count + first + 1) % count, stretch.wrap[1]),
        ]
    for columns, panel in pieces:
        positions, normals = _sweep(points, tangents, section, columns, ridged * stretch.knurls)
        uv = None
        if panel is not None:
            uv = panel.uv(_shares(section.points[columns])[None], along[:, None])
        elif stretch.face is not None:
            reach = np.abs(section.points).max(axis=0) * points[:, 0].max()
            flat = positions[..., [0, 2]] / (2 * reach) + 0.5
            uv = stretch.face.uv(flat[..., 0], flat[..., 1])
        builder.grid(
            positions, stretch.finish, uv=uv, normals=normals, occlusion=openness, shade=shade
        )


def _shares(points: Array) -> Array:
    """How far along the line each point is, 0..1."""
    walked = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    return np.asarray(walked / walked[-1])


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
    points: Array, tangents: Array, section: Section, columns: NDArray[np.intp], knurls: Array
) -> tuple[Array, Array]:
    """Positions and outward normals (rings, columns, 3)."""
    edge, outward = section.points[columns], section.normals[columns]
    scale = points[:, :1] * (1.0 - knurls * (columns % 2)[None])
    height = np.broadcast_to(points[:, 1:2], scale.shape)
    positions = np.stack([scale * edge[:, 0], height, scale * edge[:, 1]], -1)
    # The cross product of the tangents along and around the surface, without the radius.
    support = (edge * outward).sum(axis=1)
    mean = float(np.abs(section.points).max(axis=0).mean())
    dr, dy = tangents[:, :1] / mean, tangents[:, 1:2]
    normals = np.stack([-dy * outward[:, 0], dr * support, -dy * outward[:, 1]], -1)
    return positions, normals
