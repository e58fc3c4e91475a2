"""A tube that stands on its cap: round at the shoulder, pressed flat and crimped at the top."""

import functools

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.models.drape import drape, smooth
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.lathe import Stretch, turn
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme
from store_scenes.models.shapes.shape import Facts, Shape, SizeMm, near_colour, whole_size

LAMINATE = Finish(roughness=88, metallic=20, clearcoat=150)
CRIMP_MM = 7.0
CRIMP_HALF_MM = 0.55
COLUMNS = 12
ROWS = 9

Array = NDArray[np.float64]


def _facts(product: Product, scheme: Scheme) -> Facts:
    return Facts(whole_size(product), cap=near_colour(scheme.cap))


def _cap(size_mm: SizeMm) -> float:
    """The cap's height, metres."""
    return min(0.16 * size_mm[1], 26.0) / 1000


def _halves(size_mm: SizeMm) -> tuple[float, float]:
    """Half width and half depth at the shoulder, metres: a tube is as far around everywhere."""
    half_depth = size_mm[2] / 2000
    round_width = 2 * size_mm[0] / 1000 / np.pi * 1.02 - half_depth
    return float(np.clip(round_width, 0.62 * size_mm[0] / 2000, size_mm[0] / 2000)), half_depth


def _panels(facts: Facts) -> tuple[Panel, ...]:
    width, height, _depth = facts.size_mm
    tall = height - _cap(facts.size_mm) * 1000
    crimp = min(CRIMP_MM / tall, 0.08)
    clear = (crimp * 1.6, 0.04)
    return (
        Panel("front", 0, 0, 252, 512, width, tall, 0.82, clear),
        Panel("back", 256, 0, 180, 360, width, tall, 0.82, clear),
    )


def _build(builder: MeshBuilder, facts: Facts) -> None:
    size_mm = facts.size_mm
    front, back = _panels(facts)
    cap = _cap(size_mm)
    wide, deep = _halves(size_mm)
    flat, height = size_mm[0] / 2000, size_mm[1] / 1000
    crimp = min(CRIMP_MM / 1000 / (height - cap), 0.08)

    def half(sign: float, s: Array, t: Array) -> Array:
        s, t = np.broadcast_arrays(s, t)
        angle = (s - 0.5) * np.pi
        pressed = 1.0 - smooth(0.0, 0.92, t)
        # The wall runs straight from the crimp, then rounds into the shoulder.
        open_ = np.clip((t - crimp) / (0.9 - crimp), 0.0, 1.0) ** 0.78
        x = (flat + (wide - flat) * (1 - pressed)) * (
            np.sin(angle) * (1 - pressed) + (2 * s - 1) * pressed
        )
        ridge = CRIMP_HALF_MM / 1000 * (1 + 0.4 * np.sin(t / crimp * 6 * np.pi) * (t < crimp))
        z = np.maximum(deep * open_, ridge) * np.cos(angle) ** np.where(t < crimp, 0.2, 1.0)
        z = np.where(z < 1e-6, 0.0, z)
        shoulder = 1.0 - 0.10 * smooth(0.955, 1.0, t) ** 2
        y = cap + (1 - t) * (height - cap)
        return np.stack([sign * x * shoulder, y, sign * z * shoulder + 0.0], -1)

    across = np.linspace(0.0, 1.0, COLUMNS + 1)
    body = crimp + (0.955 - crimp) * np.linspace(0.0, 1.0, ROWS + 1)
    down = np.concatenate([crimp * np.array([0.0, 0.25, 0.58]), body, [0.98, 1.0]])
    for panel, sign in ((front, 1.0), (back, -1.0)):
        drape(
            builder,
            functools.partial(half, sign),
            across,
            down,
            LAMINATE,
            panel=panel,
            occlusion=lambda _s, t: 1.0 - 0.25 * smooth(0.93, 1.0, t),
        )
    lid = np.array([half(1.0, across[None], np.zeros((1, 1)))[0],
                    half(-1.0, across[None, ::-1], np.zeros((1, 1)))[0]])  # fmt: skip
    builder.grid(lid[::-1], LAMINATE, normals=np.broadcast_to([0.0, 1.0, 0.0], lid.shape))
    _cap_below(builder, facts, (wide, deep), cap)


def _cap_below(builder: MeshBuilder, facts: Facts, halves: tuple[float, float], cap: float) -> None:
    plastic = Finish(facts.cap, roughness=104, clearcoat=70)
    edge = min(0.0012, cap * 0.12)
    turn(
        builder,
        (
            Stretch(((0.0, cap), (0.90, cap), (0.975, cap), (1.0, cap - edge)), plastic,
                    occlusion=(0.5, 0.9)),
            Stretch(((1.0, cap - edge), (0.985, 0.34 * cap), (0.985, edge), (0.965, 0.0)),
                    plastic, occlusion=(0.95, 0.72)),
            Stretch(((0.965, 0.0), (0.0, 0.0)), plastic, occlusion=(0.4, 0.4)),
        ),
        halves[0], halves[1], segments=2 * COLUMNS,
    )  # fmt: skip


SHAPE = Shape(_panels, _build, _facts)
