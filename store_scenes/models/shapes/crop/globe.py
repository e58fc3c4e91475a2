"""A fruit as a globe: an outline, pressed in at its poles, with lobes and lumps."""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.drape import drape, smooth
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel

Array = NDArray[np.float64]

SKIN = Finish(roughness=104, clearcoat=70)
WAXY = Finish(roughness=72, clearcoat=190)
DULL = Finish(roughness=178)


@dataclass(frozen=True, slots=True)
class Globe:
    """One fruit's form; lengths are shares of its half height or half width.

    `bulk` 2 is an ellipsoid and more is blockier. `taper` widens the top (or, below 0, the foot);
    `neck` draws the upper part in. `top` and `foot` are the depth and width of the dimples there.
    `lobes` are how many and how deep; `grooves` says that they are cut and not swollen. `lumps`
    is an uneven surface and `bend` a curved axis. `crown` is the share of the height that is kept
    for what grows on top. `blanch` runs the colour to white: at the foot (+) or at the top (-).
    """

    finish: Finish = SKIN
    bulk: float = 2.0
    taper: float = 0.0
    neck: float = 0.0
    top: tuple[float, float] = (0.0, 0.3)
    foot: tuple[float, float] = (0.0, 0.3)
    lobes: tuple[int, float] = (0, 0.0)
    grooves: bool = False
    lumps: float = 0.0
    fine: float = 0.0
    bend: float = 0.0
    crown: float = 0.0
    even: float = 0.0
    columns: int = 24
    rows: int = 13
    blanch: float = 0.0
    tint: Rgb | None = None


@dataclass(frozen=True, slots=True)
class Sides:
    """Half width, whole height and half depth, metres."""

    width: float
    height: float
    depth: float


def add_globe(builder: MeshBuilder, globe: Globe, sides: Sides, panel: Panel) -> None:
    """Add the globe, standing on y = 0 and up to its crown, covered with the skin panel."""
    across = np.linspace(0.0, 1.0, globe.columns + 1)
    down = np.linspace(0.0, 1.0, globe.rows + 1)
    # Rows crowd where a dimple turns in.
    if globe.top[0] > 0:
        down = np.sort(np.concatenate([down, [0.35 / globe.rows, 0.7 / globe.rows]]))
    drape(
        builder,
        functools.partial(globe_surface, globe, sides),
        across,
        down,
        globe.finish,
        panel=panel if globe.tint is None else None,
        closed=True,
        occlusion=lambda _s, t: _openness(globe, t),
        shade=lambda s, t: _shade(globe, s, t),
    )


def globe_surface(globe: Globe, sides: Sides, s: Array, t: Array) -> Array:
    """(…, 3) metres: s runs around from the back by the left, t from the top down."""
    turn = (s - 0.5) * 2 * np.pi
    radius, height = _outline(globe, t)
    radius = radius * _lobes(globe, turn, t)
    if globe.lumps:
        theta = np.pi * t
        wave = np.sin(2 * turn + 3 * theta + 0.7) + np.sin(3 * turn - 4 * theta + 2.0)
        wave = wave + 0.8 * np.sin(turn + 6 * theta + 1.1)
        radius = radius * (1 + globe.lumps * wave * np.sin(theta))
    if globe.fine:
        bumps = np.sin(turn * globe.columns / 2) * np.cos(np.pi * t * (globe.rows - 1))
        radius = radius * (1 + globe.fine * bumps * np.sin(np.pi * t) ** 0.5)
    tall = sides.height * (1 - globe.crown)
    bent = globe.bend * (1 - height**2) * sides.width
    x = radius * sides.width * np.sin(turn) + bent
    return np.stack([x, (height + 1) / 2 * tall, radius * sides.depth * np.cos(turn)], -1)


def _outline(globe: Globe, t: Array) -> tuple[Array, Array]:
    """Radius (1 at the widest, or near) and height (1 top .. -1 foot)."""
    height = (1 - globe.even) * np.cos(np.pi * t) + globe.even * (1 - 2 * t)
    radius = np.clip(1.0 - np.abs(height) ** globe.bulk, 0.0, 1.0) ** (1 / globe.bulk)
    radius = radius * (1 + globe.taper * height) / (1 + abs(globe.taper) * 0.55)
    radius = radius * (1 - globe.neck * smooth(0.0, 0.95, height))
    height = height - globe.top[0] * np.exp(-((radius / globe.top[1]) ** 2)) * (t < 0.5)
    height = height + globe.foot[0] * np.exp(-((radius / globe.foot[1]) ** 2)) * (t > 0.5)
    return radius, height


def _lobes(globe: Globe, turn: Array, t: Array) -> Array:
    count, depth = globe.lobes
    if not count:
        return np.ones_like(turn)
    wave = np.abs(np.sin(turn * count / 2 + 0.4))
    swell = wave**0.55 if globe.grooves else wave
    # Lobes run out half way to the poles, but cut right through a dimple.
    reach = np.sin(np.pi * t) ** 0.35
    return np.asarray(1 - depth * (1 - swell) * reach)


def _openness(globe: Globe, t: Array) -> Array:
    radius, _height = _outline(globe, t)
    open_ = 1.0 - 0.45 * smooth(0.72, 1.0, t)
    if globe.top[0] > 0:
        shut = np.exp(-((radius / globe.top[1]) ** 2)) * (t < 0.5)
        open_ = open_ * (1.0 - min(0.6, 2.2 * globe.top[0]) * shut)
    return np.asarray(open_)


def _shade(globe: Globe, s: Array, t: Array) -> Array:
    """(…, 3): grooves are darker; a blanched end is white where the rest has its colour."""
    turn = (s - 0.5) * 2 * np.pi
    grey = np.ones_like(t)
    if globe.lobes[0]:
        depth = globe.lobes[1]
        cut = (1 - _lobes(globe, turn, t)) / depth
        grey = 1.0 - min(0.28, 2.6 * depth) * cut
    if globe.fine:
        bumps = np.sin(turn * globe.columns / 2) * np.cos(np.pi * t * (globe.rows - 1))
        grey = grey * (0.84 + 0.16 * bumps)
    shade = np.repeat(grey[..., None], 3, axis=-1)
    if globe.tint is not None:
        tint = np.asarray(globe.tint, np.float64) / 255
        white = smooth(0.35, 0.85, t if globe.blanch > 0 else 1 - t) * abs(globe.blanch)
        pale = np.array([0.97, 0.97, 0.91])
        shade = shade * (tint + (pale - tint) * white[..., None])
    return shade
