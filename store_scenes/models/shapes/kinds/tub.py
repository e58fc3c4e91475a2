"""Tubs: the yogurt cup, the noodle cup, the bowl of rice, and the tub with a plastic lid.

Round where width and depth are alike, else a rectangle with round corners.
"""

import re

import numpy as np

from catalog_sync.model.product import Product
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.lathe import Section, Stretch, ellipse, rounded, segments_of, turn
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme
from store_scenes.models.shapes.shape import Facts, Shape, SizeMm, near_colour, whole_size

PRINTED = Finish(roughness=104, clearcoat=120)
PAPER = Finish(roughness=132, clearcoat=60)
FOIL = Finish(roughness=92, metallic=60, clearcoat=120)
WHITE = (244, 243, 239)
SQUARE_TO_ROUND = 0.88
"""A footprint whose short side is above this share of its long one is round."""

_FOIL_WORDS = re.compile(
    r"yog|pudding|jelly|rice|noodle|ramen|ramyeon|ramyun|instant|cup|soup|"
    r"요거|요구르트|푸딩|젤리|밥|면|컵|죽"
)
_CUP_WORDS = re.compile(r"noodle|ramen|ramyeon|ramyun|soup|면|coffee|커피")


def _facts(product: Product, scheme: Scheme) -> Facts:
    size_mm = whole_size(product)
    words = f"{' '.join(product.names.values())} {product.category}".lower()
    if _CUP_WORDS.search(words):
        return Facts(size_mm, "cup")
    if _FOIL_WORDS.search(words):
        return Facts(size_mm, "foil")
    return Facts(size_mm, "lidded", cap=near_colour(scheme.cap))


def _section(size_mm: SizeMm) -> Section:
    half_width, half_depth = size_mm[0] / 2000, size_mm[2] / 2000
    if _is_round(size_mm):
        return ellipse(half_width, half_depth, segments_of(size_mm))
    return rounded(half_width, half_depth, 0.36 * min(half_width, half_depth), 6)


def _is_round(size_mm: SizeMm) -> bool:
    short, long = sorted((size_mm[0], size_mm[2]))
    return short > SQUARE_TO_ROUND * long


def _foot(facts: Facts) -> float:
    """The foot's radius as a share of the rim's."""
    slant = {"cup": 0.10, "foil": 0.12, "lidded": 0.09}[facts.form]
    size_mm = facts.size_mm
    return 1.0 - float(min(slant * size_mm[1] / 50.0, 0.26 if facts.form == "cup" else 0.2))


def _lid(size_mm: SizeMm) -> float:
    """The height of a plastic lid, metres."""
    return min(0.011, 0.2 * size_mm[1] / 1000)


def _span(facts: Facts) -> tuple[float, float]:
    """The print's top and bottom on the wall, metres."""
    h = facts.size_mm[1] / 1000
    k = min(1.0, h / 0.05)
    if facts.form == "lidded":
        return h - _lid(facts.size_mm) - 0.0012 * k, 0.003 * k
    return h - 0.0042 * k, 0.0035 * k


def _panels(facts: Facts) -> tuple[Panel, ...]:
    width, _height, depth = facts.size_mm
    top, bottom = _span(facts)
    slope = (1 + _foot(facts)) / 2
    section = _section(facts.size_mm)
    steps = np.linalg.norm(np.diff(section.points, axis=0), axis=1) * 1000
    first, last = section.front
    front, around = float(steps[first:last].sum()), float(steps.sum())
    tall = (top - bottom) * 1000
    safe = 0.304 * around / front if _is_round(facts.size_mm) else min(0.78, 0.96 * width / front)
    return (
        Panel("front", 0, 0, 512, 252, front * slope, tall, safe=safe),
        Panel("back", 0, 256, 304, 256, (around - front) * slope, tall, safe=0.8),
        Panel("top", 308, 256, 192, 192, width * 0.96, depth * 0.96, safe=0.82),
    )


def _build(builder: MeshBuilder, facts: Facts) -> None:
    form = {"cup": _sealed, "foil": _sealed, "lidded": _lidded}[facts.form]
    size_mm = facts.size_mm
    section = _section(size_mm)
    turn(builder, form(facts), size_mm[0] / 2000, size_mm[2] / 2000, section=section)


def _wall(facts: Facts, rim: float) -> tuple[Stretch, ...]:
    """The printed wall and what it stands on."""
    front, back, _top = _panels(facts)
    top, bottom = _span(facts)
    foot = _foot(facts) * rim
    white = Finish(WHITE, roughness=120, clearcoat=60)
    h = facts.size_mm[1] / 1000
    middle = (rim + (foot - rim) * 0.55, top + (bottom - top) * 0.55)
    finish = PAPER if facts.form == "cup" else PRINTED
    return (
        Stretch(((rim, top), middle, (foot, bottom)), finish, (front, back), (0.92, 0.86)),
        Stretch(((foot, bottom), (foot - 0.02, 0.0), (foot - 0.06, 0.0)), white,
                occlusion=(0.8, 0.5)),
        Stretch(((foot - 0.06, 0.0), (foot - 0.08, 0.03 * h), (0.0, 0.03 * h)), white,
                occlusion=(0.35, 0.3)),
    )  # fmt: skip


def _sealed(facts: Facts) -> tuple[Stretch, ...]:
    """A rolled rim with film or paper sealed on it."""
    h = facts.size_mm[1] / 1000
    k = min(1.0, h / 0.05)
    lid = FOIL if facts.form == "foil" else PAPER
    rim = Finish(WHITE, roughness=104, clearcoat=90)
    top, _bottom = _span(facts)
    panel = _panels(facts)[2]
    return (
        Stretch(((0.0, h - 0.0012 * k), (0.80, h - 0.0010 * k), (0.905, h - 0.0006 * k),
                 (0.945, h)), lid, face=panel),
        Stretch(((0.945, h), (0.985, h), (1.0, h - 0.0010 * k)), lid, occlusion=(1.0, 0.95),
                shade=(0.93, 0.9)),
        Stretch(((1.0, h - 0.0010 * k), (1.0, h - 0.0022 * k), (0.985, h - 0.0032 * k),
                 (0.94, h - 0.0034 * k)), rim, occlusion=(0.95, 0.6)),
        Stretch(((0.94, h - 0.0034 * k), (0.925, top)), rim, occlusion=(0.55, 0.75)),
        *_wall(facts, 0.925),
    )  # fmt: skip


def _lidded(facts: Facts) -> tuple[Stretch, ...]:
    """A plastic lid with a ridge that the next tub stands in."""
    h, lid = facts.size_mm[1] / 1000, _lid(facts.size_mm)
    plastic = Finish(facts.cap, roughness=112, clearcoat=70)
    panel = _panels(facts)[2]
    low = h - lid
    edge = min(0.0016, lid * 0.2)
    return (
        Stretch(((0.0, h - 1.2 * edge), (0.84, h - 1.2 * edge)), PRINTED, face=panel,
                occlusion=(1.0, 0.92)),
        Stretch(((0.84, h - 1.2 * edge), (0.86, h - 0.3 * edge), (0.88, h), (0.955, h),
                 (0.985, h - 0.4 * edge), (1.0, h - 1.4 * edge)), plastic),
        Stretch(((1.0, h - 1.4 * edge), (0.996, low + 0.0015), (1.0, low + 0.0007),
                 (0.99, low), (0.955, low)), plastic, occlusion=(1.0, 0.65)),
        Stretch(((0.955, low), (0.952, _span(facts)[0])), Finish(WHITE, roughness=120),
                occlusion=(0.5, 0.6)),
        *_wall(facts, 0.952),
    )  # fmt: skip


SHAPE = Shape(_panels, _build, _facts)
