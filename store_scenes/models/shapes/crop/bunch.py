"""What comes in bunches and heads: bananas, grapes, leaves, leeks, mushrooms."""

import functools

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.drape import Surface, drape
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel
from store_scenes.models.shapes.crop.globe import Sides
from store_scenes.models.shapes.crop.growth import WOOD, add_stem

Array = NDArray[np.float64]

FINGER = Finish(roughness=122, clearcoat=50)
BERRY = Finish(roughness=88, clearcoat=150)


def add_bananas(builder: MeshBuilder, sides: Sides, panel: Panel) -> None:
    """A hand of five, arched over the shelf, grown together at the left."""
    across, down = np.linspace(0, 1, 10), np.linspace(0, 1, 11)
    for number in range(5):
        lane = (number - 2) / 2

        def finger(s: Array, t: Array, lane: float = lane, number: int = number) -> Array:
            swing = 0.35 + 0.65 * t**0.7
            bow = np.sin(np.pi * np.clip(0.12 + 0.80 * t, 0, 1))
            x = -0.94 + 1.80 * t - 0.05 * abs(lane) * t
            y = 0.30 + 0.50 * bow - 0.24 * t + 0.06 * (number % 2)
            z = lane * 0.80 * swing
            body = np.clip(np.minimum(t / 0.24, (1 - t) / 0.16), 0, 1) ** 0.55
            radius = (0.05 + 0.165 * body) * min(sides.depth, sides.height * 0.8)
            turn = (s - 0.5) * 2 * np.pi
            # Five flat sides, as bananas have.
            radius = radius * (1 - 0.07 * np.cos(5 * turn))
            slope = 0.50 * np.pi * 0.8 * np.cos(np.pi * (0.12 + 0.80 * t)) - 0.24
            lean = np.arctan2(slope * sides.height, 1.80 * sides.width)
            up = radius * np.cos(turn)
            return np.stack(
                [
                    x * sides.width - up * np.sin(lean),
                    y * sides.height + up * np.cos(lean),
                    z * sides.depth - radius * np.sin(turn),
                ],
                -1,
            )

        drape(
            builder, finger, across, down, FINGER, panel=panel, closed=True,
            occlusion=lambda s, _t: 0.775 + 0.225 * np.cos((s - 0.5) * 2 * np.pi),
            shade=lambda _s, t: _tips(t),
        )  # fmt: skip
    add_stem(
        builder, (-0.84 * sides.width, 0.40 * sides.height, 0.0),
        (-0.99 * sides.width, 0.56 * sides.height, 0.0),
        (0.17 * sides.depth, 0.12 * sides.depth), (168, 150, 62), sides=9,
    )  # fmt: skip


def _tips(t: Array) -> Array:
    """Fingers end in brown and begin in green."""
    brown = np.clip((t - 0.94) / 0.04, 0, 1)[..., None]
    green = np.clip((0.12 - t) / 0.12, 0, 1)[..., None]
    white, stalk = np.ones(3), np.array([0.72, 0.86, 0.62])
    return np.asarray((white + (stalk - white) * green) * (1 - brown) + 0.24 * brown)


def add_grapes(builder: MeshBuilder, sides: Sides, panel: Panel) -> None:
    """Berries on the hull of a cone that lies on its side, and the stem."""
    across, down = np.linspace(0, 1, 11), np.array([0.0, 0.2, 0.38, 0.56]) / 0.56
    size = 0.30 * min(sides.width, sides.depth, sides.height / 2)
    count = 30
    golden = np.pi * (3 - np.sqrt(5))
    centre = np.array([0.0, 0.5 * sides.height, 0.0])
    for number in range(count):
        share = (number + 0.5) / count
        wide = np.sin(np.pi * (0.16 + 0.74 * (1 - share))) ** 0.8
        turn = number * golden
        middle = np.array([
            np.sin(turn) * wide * (sides.width - size),
            size + (sides.height * 0.93 - 2 * size) * (1 - share),
            np.cos(turn) * wide * (sides.depth - size),
        ])  # fmt: skip
        outward = middle - centre
        dark = 0.82 + 0.18 * ((number * 7) % 5) / 4
        drape(
            builder,
            functools.partial(_ball, middle, size, outward / np.linalg.norm(outward)),
            across, down, BERRY, panel=panel, closed=True, shade=functools.partial(_even, dark),
            occlusion=lambda _s, t: 1.0 - 0.6 * t,
        )  # fmt: skip
    top = sides.height
    add_stem(builder, (0, 0.72 * top, 0), (0, top, 0), (0.004, 0.003), WOOD, bend=0.01)


def _even(grey: float, s: Array, _t: Array) -> Array:
    return np.full((*s.shape, 3), grey)


def _ball(middle: Array, size: float, outward: Array, s: Array, t: Array) -> Array:
    """The part of a berry that looks out of the bunch: a little more than half of it."""
    turn, fall = (s - 0.5) * 2 * np.pi, 0.62 * np.pi * t
    aside = np.cross(outward, (0.0, 0.0, 1.0) if abs(outward[2]) < 0.9 else (0.0, 1.0, 0.0))
    aside = aside / np.linalg.norm(aside)
    third = np.cross(aside, outward)
    ring = np.sin(turn)[..., None] * aside + np.cos(turn)[..., None] * third
    ball = np.cos(fall)[..., None] * outward + np.sin(fall)[..., None] * ring
    return np.asarray(middle + size * ball)


def add_leaves(builder: MeshBuilder, sides: Sides, colour: Rgb) -> None:
    """A loose head: rings of broad, frilled leaves around a heart."""
    finish = Finish(roughness=142, clearcoat=50)
    across, down = np.linspace(0, 1, 9), np.array([0.0, 0.10, 0.30, 0.60, 1.0])
    for ring, (count, lean, tall) in enumerate(((5, 1.0, 0.66), (5, 0.72, 0.90), (3, 0.36, 1.0))):
        for number in range(count):
            turn = 2 * np.pi * (number + 0.5 * (ring % 2)) / count
            leaf = functools.partial(_leaf, sides, turn, lean, tall)
            shade = functools.partial(_leaf_colour, colour, 1.0 + 0.08 * ring)
            drape(builder, leaf, across, down, finish, shade=shade, occlusion=_leaf_open)
            drape(
                builder, functools.partial(_mirrored, leaf), across, down, finish,
                shade=functools.partial(_mirrored, shade), occlusion=_leaf_open,
            )  # fmt: skip


def _leaf(sides: Sides, turn: float, lean: float, tall: float, s: Array, t: Array) -> Array:
    """One leaf of a head, from its frilled rim (t = 0) to the stalk."""
    up, aside = 1 - t, 2 * s - 1
    # Round at the top: the rim drops towards its sides.
    reach = up * (1.0 - 0.22 * np.abs(aside) ** 2.6)
    fan = aside * (0.26 + 0.74 * np.sin(np.minimum(up * 1.35, 1.0) * np.pi / 2)) * 1.02
    frill = up**4 * (0.060 * np.sin(11 * s + 2.0 * turn) + 0.045 * np.sin(19 * s + turn))
    out = 0.10 + (lean - 0.14) * np.sin(reach * np.pi / 2) ** 0.8 + frill
    rise = tall * reach ** (0.85 + 0.5 * lean) + 0.7 * frill * tall
    return np.stack(
        [
            out * sides.width * np.sin(turn + fan),
            np.maximum(rise, 0.0) * sides.height,
            out * sides.depth * np.cos(turn + fan),
        ],
        -1,
    )


def _leaf_colour(colour: Rgb, bright: float, s: Array, t: Array) -> Array:
    """Its colour at the rim, pale along the rib and at the stalk."""
    tint, pale = np.asarray(colour, np.float64) / 255, np.array([0.90, 0.94, 0.78])
    rib = np.exp(-(((s - 0.5) / 0.07) ** 2)) * np.clip(1.3 * t, 0, 1)
    white = np.clip(np.maximum(0.8 * rib, 1.25 * t - 0.30), 0, 1)[..., None]
    return np.asarray((tint + (pale - tint) * white) * bright)


def _leaf_open(_s: Array, t: Array) -> Array:
    return np.asarray(0.42 + 0.58 * (1 - t) ** 0.8)


def _mirrored(surface: Surface, s: Array, t: Array) -> Array:
    """The other side of a leaf."""
    return surface(1 - s, t)


def add_leeks(builder: MeshBuilder, sides: Sides) -> None:
    """Stalks side by side, white at the foot, with a red tape around them."""
    finish = Finish(roughness=118, clearcoat=70)
    across, down = np.linspace(0, 1, 8), np.linspace(0, 1, 9)
    white, green = np.array([0.95, 0.96, 0.88]), np.array([0.27, 0.46, 0.20])
    places = [(-0.66, 0.1), (-0.22, 0.45), (0.24, 0.35), (0.68, 0.05), (0.0, -0.45), (0.5, -0.5)]
    thick = 0.30 * min(sides.width, sides.depth)
    for number, (px, pz) in enumerate(places):
        tall = 1.0 - 0.07 * ((number * 5) % 4)

        def stalk(s: Array, t: Array, px: float = px, pz: float = pz, tall: float = tall) -> Array:
            up, turn = 1 - t, (s - 0.5) * 2 * np.pi
            flat = np.clip((up - 0.55) / 0.45, 0, 1)
            wide = thick * (1 + 0.9 * flat) * np.clip(np.minimum(up / 0.03, t / 0.10), 0, 1) ** 0.6
            deep = thick * (1 - 0.8 * flat) * np.clip(np.minimum(up / 0.03, t / 0.06), 0, 1) ** 0.6
            sway = flat**1.5 * 0.25 * px
            # Tied together, the stalks close up in the middle.
            close = 0.80 + 0.20 * np.abs(2 * up - 0.7)
            return np.stack(
                [
                    px * (sides.width - thick) * close + sway * sides.width + wide * np.sin(turn),
                    up * tall * sides.height,
                    pz * (sides.depth - thick) * close + deep * np.cos(turn),
                ],
                -1,
            )

        def colours(_s: Array, t: Array) -> Array:
            share = np.clip((1 - t - 0.22) / 0.30, 0, 1)[..., None]
            return np.asarray(white + (green - white) * share)

        drape(builder, stalk, across, down, finish, closed=True, shade=colours,
              occlusion=lambda _s, t: 0.62 + 0.38 * (1 - t))  # fmt: skip
    tape = np.linspace(-np.pi, np.pi, 17)
    tape[-1] = tape[0]
    ring = np.stack([0.97 * sides.width * np.sin(tape), 0 * tape,
                     0.97 * sides.depth * np.cos(tape)], -1)  # fmt: skip
    band = ring + np.array([[[0, 0.36 * sides.height, 0]], [[0, 0.31 * sides.height, 0]]])
    builder.grid(band, Finish((196, 44, 40), roughness=110, clearcoat=90),
                 normals=np.stack([ring, ring]))  # fmt: skip


def add_mushroom(builder: MeshBuilder, sides: Sides, panel: Panel) -> None:
    """A thick pale stalk under a small brown cap."""
    outline = np.array([
        (0.0, 1.0), (0.30, 0.995), (0.60, 0.965), (0.86, 0.90), (0.98, 0.82), (0.96, 0.775),
        (0.74, 0.755), (0.60, 0.70), (0.60, 0.52), (0.72, 0.30), (0.78, 0.16), (0.62, 0.04),
        (0.40, 0.0), (0.0, 0.0),
    ])  # fmt: skip
    walk = np.linspace(0, 1, len(outline))

    def surface(s: Array, t: Array) -> Array:
        turn = (s - 0.5) * 2 * np.pi
        radius, height = np.interp(t, walk, outline[:, 0]), np.interp(t, walk, outline[:, 1])
        out = radius * (1 + 0.03 * np.sin(2 * turn + 4 * height))
        return np.stack(
            [
                out * sides.width * np.sin(turn),
                height * sides.height,
                out * sides.depth * np.cos(turn),
            ],
            -1,
        )

    def colours(_s: Array, t: Array) -> Array:
        cap = np.clip((0.44 - t) / 0.05, 0, 1)[..., None]
        stalk, brown = np.array([1.0, 0.99, 0.96]), np.array([0.70, 0.55, 0.40])
        return np.asarray(stalk + (brown - stalk) * cap)

    drape(
        builder, surface, np.linspace(0, 1, 21), walk, Finish(roughness=170), panel=panel,
        closed=True, shade=colours,
        occlusion=lambda _s, t: 1.0 - 0.4 * np.exp(-(((t - 0.5) / 0.06) ** 2)) - 0.25 * t**4,
    )  # fmt: skip


def add_broccoli(builder: MeshBuilder, sides: Sides, panel: Panel) -> None:
    """A bumpy crown on its stalk."""

    def crown(s: Array, t: Array) -> Array:
        turn, fall = (s - 0.5) * 2 * np.pi, np.pi * 0.62 * t
        bump = np.sin(7 * turn + 2.0 * np.sin(9 * fall)) * np.sin(9.5 * fall)
        bump = 1 + 0.055 * bump + 0.02 * np.sin(17 * turn) * np.sin(23 * fall)
        out = np.sin(fall) * bump
        return np.stack(
            [
                out * sides.width * 0.97 * np.sin(turn),
                sides.height * (0.48 + 0.50 * np.cos(fall) * bump),
                out * sides.depth * 0.97 * np.cos(turn),
            ],
            -1,
        )

    def shade(s: Array, t: Array) -> Array:
        turn, fall = (s - 0.5) * 2 * np.pi, np.pi * 0.62 * t
        bump = np.sin(7 * turn + 2.0 * np.sin(9 * fall)) * np.sin(9.5 * fall)
        return np.asarray((0.86 + 0.16 * bump)[..., None] * np.ones(3))

    drape(
        builder, crown, np.linspace(0, 1, 29), np.linspace(0, 1, 15), Finish(roughness=205),
        panel=panel, closed=True, shade=shade, occlusion=lambda _s, t: 1.0 - 0.45 * t**2,
    )  # fmt: skip
    thick = 0.30 * min(sides.width, sides.depth)
    add_stem(builder, (0, 0, 0), (0, 0.48 * sides.height, 0), (thick, thick * 1.3),
             (150, 178, 104), sides=12)  # fmt: skip
    for turn in (0.4, 2.3, 4.3):
        out = 0.62 * min(sides.width, sides.depth)
        add_stem(
            builder, (0.5 * thick * np.sin(turn), 0.1 * sides.height, 0.5 * thick * np.cos(turn)),
            (out * np.sin(turn), 0.42 * sides.height, out * np.cos(turn)),
            (0.5 * thick, 0.6 * thick), (138, 168, 96), sides=7,
        )  # fmt: skip
