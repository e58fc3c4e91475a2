"""Three bottles: drinks PET with a waist, the slender sauce bottle, the household bottle."""

from collections.abc import Callable

import numpy as np

from catalog_sync.model.product import Product
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.lathe import Stretch, front_share, segments_of, turn
from store_scenes.models.panel import Panel, wrap_panels
from store_scenes.models.scheme import Scheme
from store_scenes.models.shapes.shape import Facts, Shape, SizeMm, near_colour, whole_size

LABEL = Finish(roughness=112, clearcoat=90)
CAP_DIAMETER_MM = 29.0


def _neck(size_mm: SizeMm) -> float:
    """The cap's radius as a share of the body's."""
    return float(np.clip(CAP_DIAMETER_MM / min(size_mm[0], size_mm[2]), 0.30, 0.62))


def _span(size_mm: SizeMm) -> tuple[float, float]:
    """The label's top and bottom, metres: the same on every kind, so that art knows it early."""
    height = size_mm[1] / 1000
    return 0.585 * height, 0.265 * height


LABEL_RADIUS = 0.972
"""Labels lie in a shallow recess, so that bottles that touch do not scuff them."""


def _panels(facts: Facts) -> tuple[Panel, ...]:
    size_mm = facts.size_mm
    top, bottom = _span(size_mm)
    around = float(np.pi * (size_mm[0] + size_mm[2]) / 2) * LABEL_RADIUS
    return wrap_panels(around, (top - bottom) * 1000, front_share(segments_of(size_mm)))


def _build(builder: MeshBuilder, facts: Facts) -> None:
    size_mm = facts.size_mm
    outline = _FORMS[facts.form](facts)
    turn(builder, outline, size_mm[0] / 2000, size_mm[2] / 2000, segments=segments_of(size_mm))


def _curve(
    start: tuple[float, float], end: tuple[float, float], steps: int, bend: float
) -> tuple[tuple[float, float], ...]:
    """A shoulder from `start` (narrow, high) to `end` (wide, low), both ends included."""
    t = np.linspace(0.0, 1.0, steps + 1)
    radius = start[0] + (end[0] - start[0]) * np.sin(t * np.pi / 2) ** bend
    y = start[1] + (end[1] - start[1]) * (1 - np.cos(t * np.pi / 2)) ** (0.55 * bend)
    return tuple((float(r), float(v)) for r, v in zip(radius, y, strict=True))


def _cap(h: float, low: float, neck: float, facts: Facts) -> tuple[Stretch, ...]:
    plastic = Finish(facts.cap, roughness=104, clearcoat=60)
    edge = min(0.0018, (h - low) * 0.2)
    return (
        Stretch(((0.0, h), (neck * 0.93, h), (neck, h - edge)), plastic,
                knurls=0.022, knurled="last"),
        Stretch(((neck, h - edge), (neck, low + edge)), plastic, knurls=0.022),
        Stretch(((neck, low + edge), (neck * 0.86, low)), plastic,
                occlusion=(0.95, 0.6), knurls=0.022, knurled="first"),
    )  # fmt: skip


def _label(facts: Facts) -> Stretch:
    top, bottom = _span(facts.size_mm)
    front, back = _panels(facts)
    return Stretch(((LABEL_RADIUS, top), (LABEL_RADIUS, bottom)), LABEL, (front, back))


def _pet(facts: Facts) -> tuple[Stretch, ...]:
    size_mm = facts.size_mm
    h, neck = size_mm[1] / 1000, _neck(size_mm)
    low = h - min(0.085 * h, 0.018)
    top, bottom = _span(size_mm)
    body = Finish(facts.body, roughness=30, clearcoat=50)
    collar = low - 0.006
    fill = 0.82 * h
    shoulder = _curve((neck * 0.92, collar - 0.004), (1.0, 0.645 * h), 5, 1.15)
    # A squat bottle is full to the neck.
    split = max(1, sum(y >= fill for _r, y in shoulder))
    return (
        *_cap(h, low, neck, facts),
        Stretch(((neck * 0.86, low), (neck * 0.88, collar + 0.0025), (neck * 1.13, collar + 0.0012),
                 (neck * 0.92, collar - 0.004)),
                body, occlusion=(0.6, 0.9), shade=(1.35, 1.3)),
        Stretch(shoulder[: split + 1], body, shade=(1.3, 1.12)),
        Stretch(shoulder[split:], body, shade=(1.0, 1.0)),
        Stretch(((1.0, 0.645 * h), (1.0, top + 0.004), (LABEL_RADIUS, top)), body),
        _label(facts),
        Stretch(((LABEL_RADIUS, bottom), (1.0, bottom - 0.005), (1.0, 0.215 * h)), body),
        Stretch(((1.0, 0.215 * h), (0.965, 0.19 * h), (1.0, 0.165 * h), (1.0, 0.07 * h)),
                body, occlusion=(0.95, 0.9)),
        Stretch(((1.0, 0.07 * h), (0.96, 0.018 * h), (0.80, 0.0)),
                body, occlusion=(0.9, 0.6), shade=(1.0, 0.75)),
        Stretch(((0.80, 0.0), (0.0, 0.010)), body, occlusion=(0.35, 0.3)),
    )  # fmt: skip


def _slender(facts: Facts) -> tuple[Stretch, ...]:
    size_mm = facts.size_mm
    h, neck = size_mm[1] / 1000, min(_neck(size_mm), 0.46)
    low = h - min(0.12 * h, 0.026)
    top, bottom = _span(size_mm)
    body = Finish(facts.body, roughness=28, clearcoat=50)
    throat = (neck * 0.86, 0.80 * h)
    return (
        *_cap(h, low, neck, facts),
        Stretch(((neck * 0.86, low), (neck * 0.9, low - 0.003), (neck * 0.84, low - 0.007), throat),
                body, occlusion=(0.6, 1.0), shade=(1.3, 1.15)),
        Stretch(_curve(throat, (1.0, top + 0.035 * h), 8, 1.5), body, shade=(1.05, 1.0)),
        Stretch(((1.0, top + 0.035 * h), (1.0, top + 0.003), (LABEL_RADIUS, top)), body),
        _label(facts),
        Stretch(((LABEL_RADIUS, bottom), (1.0, bottom - 0.003), (1.0, 0.05 * h)), body),
        Stretch(((1.0, 0.05 * h), (0.96, 0.01 * h), (0.86, 0.0)),
                body, occlusion=(0.9, 0.55), shade=(1.0, 0.8)),
        Stretch(((0.86, 0.0), (0.0, 0.006)), body, occlusion=(0.35, 0.3)),
    )  # fmt: skip


def _household(facts: Facts) -> tuple[Stretch, ...]:
    size_mm = facts.size_mm
    h, neck = size_mm[1] / 1000, max(_neck(size_mm) * 1.1, 0.42)
    low = h - min(0.14 * h, 0.034)
    top, bottom = _span(size_mm)
    body = Finish(facts.body, roughness=92, clearcoat=130)
    foot = (1.0, 0.06 * h)
    return (
        *_cap(h, low, neck, facts),
        Stretch(((neck * 0.86, low), (neck * 0.86, low - 0.003), (neck * 1.02, low - 0.004)),
                body, occlusion=(0.55, 0.8)),
        Stretch(_curve((neck * 1.02, low - 0.004), (1.0, top + 0.06 * h), 9, 0.8), body),
        Stretch(((1.0, top + 0.06 * h), (1.0, top + 0.003), (LABEL_RADIUS, top)), body),
        _label(facts),
        Stretch(((LABEL_RADIUS, bottom), (1.0, bottom - 0.003), foot), body),
        Stretch((foot, (0.975, 0.02 * h), (0.92, 0.0)), body, occlusion=(0.9, 0.55)),
        Stretch(((0.92, 0.0), (0.0, 0.004)), body, occlusion=(0.35, 0.3)),
    )  # fmt: skip


_FORMS: dict[str, Callable[[Facts], tuple[Stretch, ...]]] = {
    "pet": _pet,
    "slender": _slender,
    "household": _household,
}


def _facts(product: Product, scheme: Scheme) -> Facts:
    size_mm = whole_size(product)
    form, body = "pet", scheme.content
    if scheme.motif == "bubble":
        form, body = "household", scheme.base
    elif scheme.motif in ("chili", "bean", "tomato") or size_mm[1] > 4.2 * size_mm[0]:
        form = "slender"
    return Facts(size_mm, form, cap=near_colour(scheme.cap), body=near_colour(body))


SHAPE = Shape(_panels, _build, _facts)
