"""A pillow bag of printed film: crimped seals at top and bottom, blown up in between."""

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme
from store_scenes.models.shapes.shape import Facts, Shape, SizeMm, whole_size

FILM = Finish(roughness=96, metallic=26, clearcoat=215)
SEAL_MM = 9.0
SEAL_HALF_MM = 0.7
VARIANTS = 3
"""Ways to crease: neighbours of one product differ no more than this anyway."""
COLUMNS = 14
ROWS = 12
SEAL_ROWS = 2

Array = NDArray[np.float64]


def _seal(size_mm: SizeMm) -> float:
    """A seal's share of the height."""
    return min(SEAL_MM / size_mm[1], 0.08)


def _panels(facts: Facts) -> tuple[Panel, ...]:
    size_mm = facts.size_mm
    width, height, _depth = size_mm
    clear = (_seal(size_mm), _seal(size_mm))
    return (
        Panel("front", 0, 0, 332, 512, width, height, 0.88, clear, "seal"),
        Panel("back", 336, 0, 176, 320, width, height, 0.88, clear, "seal"),
    )


def _build(builder: MeshBuilder, facts: Facts) -> None:
    size_mm = facts.size_mm
    seal = _seal(size_mm)
    front, back = _panels(facts)
    inner = 0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, ROWS + 1))
    # Half way between even rows and rows that crowd at the seals, where the film turns sharply.
    inner = (inner + np.linspace(0.0, 1.0, ROWS + 1)) / 2
    edge = np.linspace(0.0, 1.0, SEAL_ROWS + 1)
    down = np.concatenate(
        [seal * edge, seal + (1 - 2 * seal) * inner[1:-1], 1 - seal + seal * edge]
    )
    across = np.linspace(0.0, 1.0, COLUMNS + 1)
    across = (across + (0.5 - 0.5 * np.cos(across * np.pi))) / 2
    for panel, sign, seed in ((front, 1.0, facts.variant), (back, -1.0, facts.variant + 1)):
        s, t = np.meshgrid(across, down)
        points = _surface(s, t, size_mm, seed)
        # The two films meet at the cut.
        points[[0, -1], :, 2] = 0.0
        points[..., 0] *= sign
        points[..., 2] *= sign
        step = 1e-3
        # Normals from the surface itself: truer than the grid's facets.
        along = _surface(s + step, t, size_mm, seed) - _surface(s - step, t, size_mm, seed)
        fall = _surface(s, t + step, size_mm, seed) - _surface(s, t - step, size_mm, seed)
        normals = np.cross(fall, along)
        normals[..., 0] *= sign
        normals[..., 2] *= sign
        foot = np.clip((1.0 - t) / 0.12, 0.0, 1.0)
        builder.grid(points, FILM, uv=panel.uv(s, t), normals=normals, occlusion=0.7 + 0.3 * foot)


def _surface(s: Array, t: Array, size_mm: SizeMm, seed: int) -> Array:
    """The front film at (s, t), each 0..1 from its top left; metres."""
    width, height, depth = (side / 1000 for side in size_mm)
    seal = _seal(size_mm)
    body = np.clip((t - seal) / (1 - 2 * seal), 0.0, 1.0)
    side = np.clip(1.0 - np.abs(2 * s - 1.0), 0.0, 1.0)
    swell = np.sin(np.pi * body) ** 0.55 * (1.0 - (1.0 - side) ** 2.6) ** 0.85
    generator = np.random.default_rng(seed)
    phase, amount = generator.uniform(0, 2 * np.pi, 6), generator.uniform(0.4, 1.0, 6)
    near_top = np.exp(-body / 0.16) * np.sqrt(np.clip(body / 0.06, 0, 1))
    near_bottom = np.exp(-(1 - body) / 0.16) * np.sqrt(np.clip((1 - body) / 0.06, 0, 1))
    x = 2 * s - 1.0
    wrinkle = near_top * amount[0] * np.sin(9.5 * x + phase[0]) + near_bottom * amount[1] * np.sin(
        9.0 * x + phase[1]
    )
    dents = 0.35 * amount[2] * np.sin(3.1 * x + 4.3 * body + phase[2]) + 0.3 * amount[3] * np.sin(
        -4.6 * x + 5.7 * body + phase[3]
    )
    z = depth / 2 * (0.90 * swell * (1.0 + 0.045 * dents) + 0.075 * wrinkle * side**0.7)
    # The crimp: fine ridges across the seal.
    in_seal = (t < seal) | (t > 1 - seal)
    ridges = SEAL_HALF_MM / 1000 * (1.0 + 0.35 * np.cos(t / seal * 5 * np.pi))
    z = np.where(in_seal, ridges, np.maximum(z, SEAL_HALF_MM / 1000))
    taper = 1.0 - 0.055 * np.sin(np.pi * body) ** 0.8
    z = z * np.clip(side / 0.02, 0.0, 1.0)
    return np.stack([x * width / 2 * taper, (1.0 - t) * height, z], -1)


def _facts(product: Product, scheme: Scheme) -> Facts:
    return Facts(whole_size(product), variant=scheme.seed % VARIANTS)


SHAPE = Shape(_panels, _build, _facts)
