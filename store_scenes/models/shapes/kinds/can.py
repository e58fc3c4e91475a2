"""Two cans: the necked drinks can with its tab, and the food tin with a paper label."""

import numpy as np

from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.lathe import Stretch, front_share, segments_of, turn
from store_scenes.models.panel import Panel, wrap_panels
from store_scenes.models.shapes.shape import Facts, Shape, SizeMm

SLENDER = 1.35
"""A can higher than this many diameters holds a drink."""

PRINTED_METAL = Finish(roughness=82, metallic=90, clearcoat=150)
PAPER = Finish(roughness=140, clearcoat=40)
METAL = Finish((214, 217, 222), roughness=78, metallic=255)
LID = Finish((222, 225, 229), roughness=96, metallic=255)


def _is_drink(size_mm: SizeMm) -> bool:
    return size_mm[1] > SLENDER * max(size_mm[0], size_mm[2])


def _unit(size_mm: SizeMm) -> float:
    """The size of rims and necks, metres: 1 mm on a 66 mm can."""
    return min(min(size_mm[0], size_mm[2]) / 66.0, size_mm[1] / 60.0) / 1000


def _span(size_mm: SizeMm) -> tuple[float, float]:
    """Where the label ends at the top and at the bottom, metres."""
    k, height = _unit(size_mm), size_mm[1] / 1000
    return (height - 6.5 * k, 6.0 * k) if _is_drink(size_mm) else (height - 5.5 * k, 5.5 * k)


def _panels(facts: Facts) -> tuple[Panel, ...]:
    size_mm = facts.size_mm
    top, bottom = _span(size_mm)
    around = np.pi * (size_mm[0] + size_mm[2]) / 2
    return wrap_panels(float(around), (top - bottom) * 1000, front_share(segments_of(size_mm)))


def _build(builder: MeshBuilder, facts: Facts) -> None:
    size_mm = facts.size_mm
    outline = _drink(facts) if _is_drink(size_mm) else _tin(facts)
    half_width, half_depth = size_mm[0] / 2000, size_mm[2] / 2000
    turn(builder, outline, half_width, half_depth, segments=segments_of(size_mm))
    if _is_drink(size_mm):
        _tab(builder, size_mm)


def _drink(facts: Facts) -> tuple[Stretch, ...]:
    size_mm = facts.size_mm
    k, h = _unit(size_mm), size_mm[1] / 1000
    top, bottom = _span(size_mm)
    front, back = _panels(facts)
    deep = h - 5.2 * k
    return (
        Stretch(((0.0, deep), (0.66, deep)), LID, occlusion=(0.85, 0.7)),
        Stretch(
            ((0.66, deep), (0.685, deep - 1.2 * k), (0.73, deep - 1.2 * k), (0.755, h - 0.6 * k)),
            LID,
            occlusion=(0.6, 0.9),
        ),
        Stretch(
            (
                (0.755, h - 0.6 * k),
                (0.775, h),
                (0.805, h),
                (0.825, h - 0.8 * k),
                (0.825, h - 3.0 * k),
                (0.805, h - 3.6 * k),
                (0.815, top),
            ),
            METAL,
            occlusion=(1.0, 0.85),
        ),
        Stretch(
            (
                (0.815, top),
                (0.86, h - 10.5 * k),
                (0.925, h - 15.5 * k),
                (0.975, h - 20.5 * k),
                (1.0, h - 27.0 * k),
                (1.0, 12.0 * k),
                (0.97, 8.6 * k),
                (0.93, bottom),
            ),
            PRINTED_METAL,
            (front, back),
        ),
        Stretch(
            ((0.93, bottom), (0.82, 1.6 * k), (0.78, 0.0), (0.73, 0.0), (0.69, 2.0 * k)),
            METAL,
            occlusion=(0.7, 0.4),
        ),
        Stretch(((0.69, 2.0 * k), (0.0, 7.0 * k)), METAL, occlusion=(0.3, 0.3)),
    )


def _tin(facts: Facts) -> tuple[Stretch, ...]:
    size_mm = facts.size_mm
    k, h = _unit(size_mm), size_mm[1] / 1000
    top, bottom = _span(size_mm)
    front, back = _panels(facts)
    deep = h - 3.4 * k
    rim = (
        (0.945, h - 0.5 * k),
        (0.96, h),
        (0.985, h),
        (1.0, h - 0.7 * k),
        (1.0, h - 3.0 * k),
        (0.972, h - 3.9 * k),
        (0.968, top),
    )
    foot = ((0.968, bottom), (0.972, 3.9 * k), (1.0, 3.0 * k), (1.0, 0.7 * k), (0.985, 0.0))
    return (
        Stretch(((0.0, deep), (0.60, deep)), LID, occlusion=(0.95, 0.9)),
        Stretch(
            ((0.60, deep), (0.63, deep - 0.7 * k), (0.70, deep - 0.7 * k), (0.73, deep)),
            LID,
            occlusion=(0.85, 0.85),
        ),
        Stretch(
            ((0.73, deep), (0.88, deep), (0.92, deep - 0.6 * k), (0.945, h - 0.5 * k)),
            LID,
            occlusion=(0.85, 0.8),
        ),
        Stretch(rim, METAL, occlusion=(1.0, 0.85)),
        Stretch(((0.968, top), (0.968, bottom)), PAPER, (front, back)),
        Stretch((*foot, (0.95, 0.0)), METAL, occlusion=(0.7, 0.45)),
        Stretch(((0.95, 0.0), (0.92, 1.5 * k), (0.0, 1.5 * k)), METAL, occlusion=(0.3, 0.3)),
    )


def _tab(builder: MeshBuilder, size_mm: SizeMm) -> None:
    """The pull tab and, pressed flat before it, the mouth."""
    k, h = _unit(size_mm), size_mm[1] / 1000
    y = h - 5.2 * k
    length = np.array([-12.5, -11.0, -6.0, 2.0, 5.5, 7.0]) * k
    width = np.array([3.0, 6.0, 7.2, 6.6, 5.4, 2.8]) * k
    lift = y + np.array([2.6, 2.6, 2.2, 1.4, 1.2, 1.2]) * k
    left = np.stack([-width, lift, length], -1)
    right = np.stack([width, lift, length], -1)
    tab = np.stack([left, right], 1)
    builder.grid(tab, Finish((206, 209, 214), roughness=70, metallic=255))
    loop = np.concatenate([right[::-1], left, right[-1:]])[::-1]
    builder.grid(
        np.stack([loop, loop - [0.0, 1.0 * k, 0.0]]),
        Finish((186, 189, 195), roughness=90, metallic=255),
        occlusion=0.8,
    )


SHAPE = Shape(_panels, _build)
