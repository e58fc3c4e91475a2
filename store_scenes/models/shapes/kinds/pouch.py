"""A stand-up pouch: sealed sides and top, a gusset at the foot; with a spout where one pours."""

import functools
import re

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.models.drape import drape, smooth
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.lathe import Stretch, turn
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme
from store_scenes.models.shapes.shape import Facts, Shape, near_colour, whole_size

FINISHES = {
    "foil": Finish(roughness=78, metallic=46, clearcoat=215),
    "matte": Finish(roughness=138, metallic=10, clearcoat=70),
    "spout": Finish(roughness=92, metallic=24, clearcoat=170),
}
SIDE_SEAL_MM = 5.5
TOP_SEAL_MM = 11.0
SEAL_HALF_MM = 0.5
CORNER_MM = 7.0
SPOUT_MM = 19.0
ZIP_FROM_MM = 150.0
"""Lower pouches are eaten at one go."""

VARIANTS = 3
COLUMNS = 16
ROWS = 11

Array = NDArray[np.float64]

_SPOUT_WORDS = re.compile(
    r"refill|detergent|softener|puree|purée|jelly drink|smoothie|drink|juice|"
    r"리필|세제|유연제|퓌레|주스|음료"
)


def _facts(product: Product, scheme: Scheme) -> Facts:
    size_mm = whole_size(product)
    words = f"{' '.join(product.names.values())} {product.category}".lower()
    variant = scheme.seed % VARIANTS
    if _SPOUT_WORDS.search(words) and size_mm[1] > 1.2 * size_mm[0]:
        return Facts(size_mm, "spout", variant=variant, cap=near_colour(scheme.cap))
    form = "matte" if scheme.motif in ("coffee", "grain", "leaf", "bread") else "foil"
    return Facts(size_mm, form, variant=variant)


def _film(facts: Facts) -> float:
    """The height of the film, metres: a spout stands above it."""
    height = facts.size_mm[1]
    return (height - (min(SPOUT_MM, 0.12 * height) if facts.form == "spout" else 0.0)) / 1000


def _seals(facts: Facts) -> tuple[float, float]:
    """The top seal's share of the film's height, the side seals' of half its width."""
    top = min(TOP_SEAL_MM / 1000 / _film(facts), 0.1)
    return top, min(2 * SIDE_SEAL_MM / facts.size_mm[0], 0.12)


def _panels(facts: Facts) -> tuple[Panel, ...]:
    tall = _film(facts) * 1000
    clear = (_seals(facts)[0] + (0.07 if _has_zip(facts) else 0.0), 0.05)
    width = facts.size_mm[0]
    return (
        Panel("front", 0, 0, 320, 512, width, tall, 0.86, clear),
        Panel("back", 324, 0, 180, 320, width, tall, 0.86, clear),
    )


def _has_zip(facts: Facts) -> bool:
    return facts.form != "spout" and facts.size_mm[1] >= ZIP_FROM_MM > 0.9 * facts.size_mm[0]


def _build(builder: MeshBuilder, facts: Facts) -> None:
    front, back = _panels(facts)
    seal, side = _seals(facts)
    inner = np.linspace(0.0, 1.0, COLUMNS - 1)
    inner = 0.35 * inner + 0.65 * (0.5 - 0.5 * np.cos(inner * np.pi))
    across = np.concatenate([[0.0], side / 2 + (1 - side) * inner, [1.0]])
    body = np.linspace(seal, 1.0, ROWS + 1)
    corner = CORNER_MM / 1000 / _film(facts)
    down = np.concatenate([[0.0, corner * 0.12, corner * 0.4, seal * 0.98], body[1:]])
    if _has_zip(facts):
        zip_at = seal + 0.045
        down = np.sort(np.concatenate([down, zip_at + np.array([-0.012, -0.006, 0.0, 0.006])]))
    for panel, sign in ((front, 1.0), (back, -1.0)):
        drape(
            builder,
            functools.partial(_surface, facts, sign),
            across,
            down,
            FINISHES[facts.form],
            panel=panel,
            slopes=functools.partial(_surface, facts, sign, cut=False),
            occlusion=lambda _s, t: 1.0 - 0.3 * smooth(0.86, 1.0, t),
        )
    _foot(builder, facts, across, front)
    if facts.form == "spout":
        _spout(builder, facts)


def _surface(facts: Facts, sign: float, s: Array, t: Array, *, cut: bool = True) -> Array:
    """The front film, or for `sign` -1 the back one; metres. `cut` rounds the upper corners."""
    width, depth = facts.size_mm[0] / 1000, facts.size_mm[2] / 1000
    tall = _film(facts)
    seal, side = _seals(facts)
    x = 2 * s - 1.0
    body = np.clip((t - seal) / (1 - seal), 0.0, 1.0)
    inside = np.clip(np.abs(x) / (1 - side), 0.0, 1.0)
    # Full and round at the foot, a flat lens higher up.
    lens = (1.0 - inside ** (2.0 + 0.5 * body)) ** (1.25 - 0.6 * body)
    fill = np.sin(np.minimum(body / 0.80, 1.0) * np.pi / 2) ** 1.15
    fill = fill * (1.0 - 0.07 * np.sin(np.clip((body - 0.55) / 0.45, 0, 1) * np.pi))
    generator = np.random.default_rng((facts.variant, int(sign > 0)))
    phase, amount = generator.uniform(0, 2 * np.pi, 4), generator.uniform(0.5, 1.0, 4)
    dents = (
        amount[0] * np.sin(2.6 * x + 5.1 * body + phase[0])
        + amount[1] * np.sin(-3.9 * x + 4.2 * body + phase[1])
    ) * 0.028
    # Film gathers where the side seals meet the gusset, and under the top seal.
    pull = np.exp(-((body - 0.86) ** 2) / 0.012) * inside**3 * np.sin(26 * body + phase[2])
    sag = np.exp(-body / 0.09) * np.sin(7.5 * x + phase[3]) * np.clip(body / 0.03, 0, 1)
    z = depth / 2 * lens * (fill * (1.0 + dents) + 0.07 * pull * fill + 0.05 * sag)
    if _has_zip(facts):
        z = z + 0.0007 * np.exp(-(((t - seal - 0.045) / 0.004) ** 2)) * np.clip(lens * 4, 0, 1)
    z = np.maximum(z, SEAL_HALF_MM / 1000)
    z = z * (np.clip((1 - np.abs(x)) / 0.012, 0, 1) * np.clip(t / 0.002, 0, 1) if cut else 1.0)
    radius = min(CORNER_MM / 1000, 0.2 * width)
    above = np.clip(1.0 - t * tall / radius, 0.0, 1.0) * cut
    half = width / 2 - radius * (1.0 - np.sqrt(1.0 - above**2))
    half = half * (1.0 - 0.035 * np.sin(np.pi * np.clip(body * 1.1, 0, 1)))
    # The foot of a filled pouch curves up towards its corners.
    rise = 0.012 * tall * inside**4 * smooth(0.9, 1.0, t)
    return np.stack([sign * x * half, (1.0 - t) * tall + rise, sign * z], -1)


def _foot(builder: MeshBuilder, facts: Facts, across: Array, panel: Panel) -> None:
    """The gusset, seen by nobody but the floor."""
    edge = np.ones((1, len(across)))
    front = _surface(facts, 1.0, across[None], edge)[0]
    # The back film runs the other way, so its columns are taken in reverse.
    back = _surface(facts, -1.0, across[None], edge)[0][::-1]
    rows = np.stack([front, back])
    uv = panel.uv(across[None], np.full((2, 1), 0.995))
    down = np.broadcast_to([0.0, -1.0, 0.0], rows.shape)
    builder.grid(rows, FINISHES[facts.form], uv=uv, normals=down, occlusion=0.3)


def _spout(builder: MeshBuilder, facts: Facts) -> None:
    low, high = _film(facts), facts.size_mm[1] / 1000
    radius = min(0.009, 0.12 * facts.size_mm[0] / 1000, 0.4 * facts.size_mm[2] / 1000)
    plastic = Finish(facts.cap, roughness=104, clearcoat=70)
    clear = Finish((232, 233, 235), roughness=90, clearcoat=160)
    collar = low + 0.22 * (high - low)
    turn(
        builder,
        (
            Stretch(((0.0, high), (0.9, high), (1.0, high - 0.001)), plastic,
                    knurls=0.03, knurled="last"),
            Stretch(((1.0, high - 0.001), (1.0, collar)), plastic, knurls=0.03),
            Stretch(((1.0, collar), (0.72, collar)), plastic, occlusion=(0.8, 0.5),
                    knurls=0.03, knurled="first"),
            Stretch(((0.72, collar), (0.72, low - 0.003), (0.0, low - 0.004)), clear,
                    occlusion=(0.6, 0.7)),
        ),
        radius, radius, segments=20,
    )  # fmt: skip


SHAPE = Shape(_panels, _build, _facts)
