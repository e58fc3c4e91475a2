"""A glass jar: pressed metal lid, the content behind glass, a paper label."""

import numpy as np

from catalog_sync.model.product import Product
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.lathe import Stretch, front_share, segments_of, turn
from store_scenes.models.panel import Panel, wrap_panels
from store_scenes.models.scheme import Scheme, luminance
from store_scenes.models.shapes.shape import Facts, Shape, SizeMm, near_colour, whole_size

PAPER = Finish(roughness=140, clearcoat=30)
GOLD = (196, 158, 72)
WHITE = (232, 232, 228)


def _lid_height(size_mm: SizeMm) -> float:
    return min(0.2 * size_mm[1], 17.0) / 1000


def _span(size_mm: SizeMm) -> tuple[float, float]:
    """The label's top and bottom, metres."""
    body = size_mm[1] / 1000 - _lid_height(size_mm)
    return 0.80 * body, 0.15 * body


def _panels(facts: Facts) -> tuple[Panel, ...]:
    size_mm = facts.size_mm
    top, bottom = _span(size_mm)
    around = float(np.pi * (size_mm[0] + size_mm[2]) / 2)
    return wrap_panels(around, (top - bottom) * 1000, front_share(segments_of(size_mm)))


def _build(builder: MeshBuilder, facts: Facts) -> None:
    size_mm = facts.size_mm
    h = size_mm[1] / 1000
    lid = _lid_height(size_mm)
    body = h - lid
    top, bottom = _span(size_mm)
    front, back = _panels(facts)
    glass = Finish(facts.body, roughness=32, clearcoat=70)
    metal = Finish(facts.cap, roughness=82, metallic=235 if facts.cap == GOLD else 60)
    rim = 0.93
    outline: tuple[Stretch, ...] = (
        Stretch(((0.0, h - 0.0012), (rim - 0.17, h - 0.0012)), metal),
        Stretch(((rim - 0.17, h - 0.0012), (rim - 0.15, h), (rim - 0.06, h),
                 (rim - 0.015, h - 0.0016), (rim, h - 0.004)), metal,
                knurls=0.012, knurled="last"),
        Stretch(((rim, h - 0.004), (rim, body + 0.0022)), metal, knurls=0.012),
        Stretch(((rim, body + 0.0022), (rim + 0.012, body + 0.001), (rim, body - 0.0004),
                 (rim - 0.05, body - 0.0004)), metal, occlusion=(0.9, 0.6),
                knurls=0.012, knurled="first"),
        Stretch(((rim - 0.05, body - 0.0004), (rim - 0.06, body - 0.002),
                 (rim - 0.03, 0.955 * body)), glass,
                occlusion=(0.55, 0.85), shade=(1.25, 1.12)),
        Stretch(((rim - 0.03, 0.955 * body), (0.955, 0.925 * body), (0.988, 0.885 * body),
                 (1.0, 0.84 * body), (1.0, top)), glass, shade=(1.12, 1.0)),
        Stretch(((1.0, top), (1.0, bottom)), PAPER, (front, back)),
        Stretch(((1.0, bottom), (1.0, 0.09 * body), (0.985, 0.045 * body), (0.945, 0.015 * body),
                 (0.86, 0.0)), glass, occlusion=(0.9, 0.6), shade=(1.0, 0.8)),
        Stretch(((0.86, 0.0), (0.0, 0.003)), glass, occlusion=(0.4, 0.4),
                shade=(0.7, 0.7)),
    )  # fmt: skip
    if luminance(facts.body) > 0.75:
        outline = (*outline[:4], *(_dimmed(s) if s.wrap is None else s for s in outline[4:]))
    turn(builder, outline, size_mm[0] / 2000, size_mm[2] / 2000, segments=segments_of(size_mm))


def _dimmed(stretch: Stretch) -> Stretch:
    """Milky contents: never whiter than the paper."""
    top, bottom = stretch.shade
    return Stretch(
        stretch.points,
        stretch.finish,
        occlusion=stretch.occlusion,
        shade=(min(top, 0.97), min(bottom, 0.94)),
    )


def _facts(product: Product, scheme: Scheme) -> Facts:
    lid = GOLD if scheme.seed % 3 else WHITE
    return Facts(whole_size(product), cap=lid, body=near_colour(scheme.content))


SHAPE = Shape(_panels, _build, _facts)
