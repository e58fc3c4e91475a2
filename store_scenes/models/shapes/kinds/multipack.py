"""Several units as one: bottles or cans in printed shrink film, a brick of packs, paper rolls."""

import functools
import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.models.drape import drape, smooth
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.lathe import Section, Stretch, rounded, turn
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme
from store_scenes.models.shapes.shape import Facts, Shape, SizeMm, near_colour, whole_size

FILM = Finish(roughness=74, clearcoat=220)
LID = Finish((222, 225, 229), roughness=96, metallic=255)
RIM = Finish((214, 217, 222), roughness=78, metallic=255)
COUNT_MAX = 12
"""More units than this are not drawn one by one: the pack is a brick."""

TALL = 2.3
"""Drinks this many times as high as wide are bottles."""

Array = NDArray[np.float64]

_UNITS = (
    r"개입|입|병|캔|롤|팩|봉|구|ea\b|-?\s?packs?\b|pk\b|ct\b|cans?\b|bottles?\b|rolls?\b|count\b"
)
_COUNTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:^|[^\d.,])(\d{1,2})\s*[x×*]\s*\d",
        rf"[x×*]\s*(\d{{1,2}})\s*(?:$|{_UNITS})",
        rf"(?:^|[^\d.,])(\d{{1,2}})\s*(?:{_UNITS})",
        r"pack of (\d{1,2})\b",
        r",\s*(\d{1,2})$",
    )
)
_ROLLS = re.compile(r"\broll|toilet|kitchen paper|kitchen towel|휴지|화장지|키친타월|롤")
_BOTTLE = re.compile(r"bottle|병")
_CAN = re.compile(r"\bcans?\b|캔|tuna|참치")
_DRINK = re.compile(
    r"water|drink|beer|lager|\bale\b|cola|soda|juice|tonic|cider|tea\b|coffee|beverage|yogh?urt|"
    r"샘물|생수|탄산|음료|맥주|콜라|사이다|주스|요구르트|커피"
)


def count_of(product: Product) -> int:
    """How many units the pack's words tell of; 0 when they do not."""
    for text in (product.size_text, *product.names.values()):
        for pattern in _COUNTS:
            found = pattern.search(text.lower().strip())
            if found and 2 <= int(found[1]) <= 99:
                return int(found[1])
    return 0


def _facts(product: Product, scheme: Scheme) -> Facts:
    size_mm = whole_size(product)
    words = f"{' '.join(product.names.values())} {product.size_text} {product.category}".lower()
    count = count_of(product)
    if _ROLLS.search(words):
        return Facts(size_mm, "rolls", min(count or 6, 99))
    drink = _DRINK.search(words) or _BOTTLE.search(words) or _CAN.search(words)
    if not drink or count > COUNT_MAX:
        return Facts(size_mm, "brick", min(count or 5, 8), variant=scheme.seed % 2)
    count = count or 6
    columns, rows = _grid(size_mm, count)
    slender = size_mm[1] / min(size_mm[0] / columns, size_mm[2] / rows)
    if _CAN.search(words) or (slender < TALL and not _BOTTLE.search(words)):
        return Facts(size_mm, "cans", count, body=near_colour(scheme.base))
    return Facts(
        size_mm, "bottles", count, cap=near_colour(scheme.cap), body=near_colour(scheme.content)
    )


def _grid(size_mm: SizeMm, count: int) -> tuple[int, int]:
    """Columns and rows of units that fit the footprint with the roundest units."""
    width, _height, depth = size_mm
    pairs = [(count // rows, rows) for rows in range(1, count + 1) if count % rows == 0]
    return min(pairs, key=lambda pair: abs(np.log(width / pair[0] * pair[1] / depth)))


def _section(facts: Facts) -> Section:
    """The film around the units, taut: their hull."""
    columns, rows = _grid(facts.size_mm, facts.count)
    half_width, half_depth = facts.size_mm[0] / 2000, facts.size_mm[2] / 2000
    corner = min(half_width / columns, half_depth / rows) * 0.98
    return rounded(half_width, half_depth, corner, 5)


def _film(facts: Facts) -> float:
    """Where the printed film ends, metres."""
    high = facts.size_mm[1] / 1000
    return 0.66 * high if facts.form == "bottles" else high - min(0.016, 0.14 * high)


def _panels(facts: Facts) -> tuple[Panel, ...]:
    width, height, depth = facts.size_mm
    if facts.form in ("brick", "rolls"):
        return (
            Panel("front", 0, 0, 512, 300, width, height, 0.80, (0.04, 0.04)),
            Panel("top", 0, 304, 396, 200, width, depth, 0.80),
            Panel("back", 400, 304, 100, 100, width, height, 0.80, (0.04, 0.04)),
        )
    section = _section(facts)
    steps = np.linalg.norm(np.diff(section.points, axis=0), axis=1) * 1000
    first, last = section.front
    front, around = float(steps[first:last].sum()), float(steps.sum())
    tall = _film(facts) * 1000 * 0.95
    return (
        Panel("front", 0, 0, 512, 324, front, tall, min(0.79, 0.94 * width / front)),
        Panel("back", 0, 332, 496, 180, around - front, tall, min(0.79, 0.94 * width / front)),
    )


def _build(builder: MeshBuilder, facts: Facts) -> None:
    if facts.form in ("brick", "rolls"):
        _brick(builder, facts)
        return
    width, _height, depth = (side / 1000 for side in facts.size_mm)
    turn(builder, _wrap(facts), width / 2, depth / 2, section=_section(facts))
    columns, rows = _grid(facts.size_mm, facts.count)
    halves = (0.985 * width / columns / 2, 0.985 * depth / rows / 2)
    unit = MeshBuilder()
    segments = 16 if facts.count <= 4 else 12 if facts.count <= 6 else 8
    top = _can_top(facts) if facts.form == "cans" else _bottle_top(facts, min(halves))
    turn(unit, top, *halves, segments=segments)
    made = unit.finish()
    for column in range(columns):
        for row in range(rows):
            placed = made.vertices.copy()
            placed["position"][:, 0] += ((column + 0.5) / columns - 0.5) * width
            placed["position"][:, 2] += ((row + 0.5) / rows - 0.5) * depth
            builder.add(replace(made, vertices=placed))


def _wrap(facts: Facts) -> tuple[Stretch, ...]:
    """Film from where it grips the units' shoulders down to the shelf."""
    front, back = _panels(facts)[:2]
    top = _film(facts)
    low = 0.05 * top
    clear = Finish((226, 229, 231), roughness=64, clearcoat=240)
    dark = Finish((92, 96, 100), roughness=120, clearcoat=120)
    dip = top - 0.004
    return (
        Stretch(((0.0, dip), (0.90, dip)), dark, occlusion=(0.5, 0.6)),
        Stretch(((0.90, dip), (0.945, top + 0.002), (0.985, top + 0.0006), (1.0, top - 0.003),
                 (1.0, top)), clear, occlusion=(0.7, 1.0)),
        Stretch(((1.0, top), (1.0, low)), FILM, (front, back)),
        Stretch(((1.0, low), (0.97, 0.0)), clear, occlusion=(0.9, 0.6)),
        Stretch(((0.97, 0.0), (0.0, 0.0)), clear, occlusion=(0.3, 0.3)),
    )  # fmt: skip


def _can_top(facts: Facts) -> tuple[Stretch, ...]:
    """Lid, rim and shoulder; the film covers the rest."""
    h = facts.size_mm[1] / 1000
    k = (h - _film(facts)) / 16
    foot = h - 18 * k
    printed = Finish(facts.body, roughness=82, metallic=90, clearcoat=150)
    return (
        Stretch(((0.0, h - 3.5 * k), (0.70, h - 3.5 * k)), LID, occlusion=(0.9, 0.7)),
        Stretch(((0.70, h - 3.5 * k), (0.77, h), (0.82, h), (0.83, h - 3 * k)), RIM,
                occlusion=(0.7, 0.9)),
        Stretch(((0.83, h - 3 * k), (0.90, h - 9 * k), (0.985, foot)), printed,
                occlusion=(0.9, 0.4)),
        Stretch(((0.985, foot), (0.0, foot)), printed, occlusion=(0.2, 0.2)),
    )  # fmt: skip


def _bottle_top(facts: Facts, radius: float) -> tuple[Stretch, ...]:
    h = facts.size_mm[1] / 1000
    neck = float(np.clip(0.0145 / radius, 0.36, 0.66))
    low = h - min(0.018, 0.10 * h)
    foot = _film(facts) - 0.008
    plastic = Finish(facts.cap, roughness=104, clearcoat=60)
    body = Finish(facts.body, roughness=42, clearcoat=255)
    shoulder = ((neck * 0.92, low - 0.003), (0.62 + 0.3 * neck, low - 0.30 * (low - foot)),
                (0.93, low - 0.62 * (low - foot)), (1.0, foot))  # fmt: skip
    return (
        Stretch(((0.0, h), (neck * 0.95, h)), plastic),
        Stretch(((neck * 0.95, h), (neck, low), (neck * 0.86, low - 0.001)), plastic,
                occlusion=(1.0, 0.8)),
        Stretch(((neck * 0.86, low - 0.001), (neck * 0.92, low - 0.003)), body,
                occlusion=(0.6, 0.8)),
        Stretch(shoulder, body, occlusion=(1.0, 0.5), shade=(1.25, 1.0)),
    )  # fmt: skip


BLOCK = 7.0
"""How square a brick is: the exponent of its superellipse."""


def _brick(builder: MeshBuilder, facts: Facts) -> None:
    front, top, back = _panels(facts)
    rolls = facts.form == "rolls"
    end = np.array([0.0, 0.012, 0.03, 0.045, 0.075, 0.12, 0.18])
    across = np.concatenate([end, np.linspace(0.26, 0.74, 9 if rolls else 5), 1 - end[::-1]])
    down = np.linspace(0.0, 1.0, 9 if rolls else 7)
    few = np.linspace(0.0, 1.0, 7 if rolls else 5)
    for face, panel, rows in (
        ("front", front, down), ("top", top, few), ("back", back, down), ("bottom", back, few[::2]),
    ):  # fmt: skip
        drape(
            builder,
            functools.partial(_side, facts, face),
            across,
            rows,
            FILM,
            panel=panel,
            occlusion=functools.partial(_brick_openness, face),
        )


def _brick_openness(face: str, s: Array, t: Array) -> Array:
    folded = 1.0 - 0.25 * smooth(0.80, 0.93, np.abs(2 * s - 1))
    if face == "bottom":
        return np.asarray(0.35 * folded)
    return np.asarray(folded * (1.0 if face == "top" else 1.0 - 0.28 * t**4))


def _side(facts: Facts, face: str, s: Array, t: Array) -> Array:
    """One face of the brick; s runs along it, seen from outside, t from its upper edge."""
    half_width, half_height, half_depth = (side / 2000 for side in facts.size_mm)
    x, q = 2 * s - 1, 1 - 2 * t
    out = (1.0 + np.abs(q) ** BLOCK) ** (-1 / BLOCK)
    up, away = {
        "front": (q * out, out),
        "back": (q * out, -out),
        "top": (out, -q * out),
        "bottom": (-out, q * out),
    }[face]
    if face == "back":
        x = -x
    if facts.form == "rolls":
        up, away, along = _rolled(facts, up, away, x)
    else:
        up, away, along = _filmed(facts, up, away, x)
    return np.stack([along * half_width, (up + 1) * half_height, away * half_depth], -1)


def _filmed(facts: Facts, up: Array, away: Array, x: Array) -> tuple[Array, Array, Array]:
    """A tight film bag with a fin at either end; the packs inside show as ridges on top."""
    end = np.abs(x)
    full = np.sqrt(np.clip(1.0 - (np.clip(end - 0.74, 0, None) / 0.17) ** 2, 0.0, 1.0))
    fin = smooth(0.90, 0.93, end)
    ridge = np.abs(np.sin(np.pi * facts.count * (away + 1) / 2)) ** 0.6 - 1.0
    creases = smooth(0.70, 0.90, end) * np.sin(9 * np.arctan2(up, away) + 2.0 * facts.variant)
    tall = 1.0 - 0.16 * (1 - full) * (1 - fin) - 0.10 * fin + 0.014 * ridge * (1 - fin)
    deep = np.maximum(full * (1.0 + 0.05 * creases), 0.0)
    thin = 0.0009 / (facts.size_mm[2] / 2000)
    deep = np.maximum(deep, thin)
    deep = deep * np.clip((1 - end) / 0.004, 0.0, 1.0)
    belly = 1.0 - 0.03 * up * up * (1 - end**2)
    return up * tall, away * deep * belly + 0.0, x


def _rolled(facts: Facts, up: Array, away: Array, x: Array) -> tuple[Array, Array, Array]:
    """Film over standing rolls: round at the front, ringed on top, folded in at the ends."""
    columns, tiers = _roll_grid(facts)
    wave = np.abs(np.sin(np.pi * columns * (x + 1) / 2)) ** 0.7
    swell = 0.90 + 0.10 * wave
    seam = 1.0 - 0.06 * np.exp(-((np.abs(np.sin(np.pi * tiers * (up + 1) / 2)) / 0.16) ** 2))
    seam = np.where(np.abs(up) > 0.9, 1.0, seam)
    end = np.clip((np.abs(x) - 0.90) / 0.10, 0.0, 1.0)
    shut = np.sqrt(np.clip(1.0 - end**2, 0.0, 1.0))
    tall = 0.93 + 0.07 * shut
    tall = tall * (1.0 - 0.02 * (1 - wave) * (1 - end))
    closed = np.clip((1 - np.abs(x)) / 0.002, 0.0, 1.0)
    deep = (0.10 + 0.90 * shut) * closed
    return up * tall * (0.25 + 0.75 * closed), away * swell * seam * deep + 0.0, x


def _roll_grid(facts: Facts) -> tuple[int, int]:
    """Rolls along the front and tiers of them; a roll is about as high as it is wide."""
    width, height, _depth = facts.size_mm
    tiers = 1 if height < 160 else max(1, round(height / 118))
    return max(1, round(width / (height / tiers))), tiers


SHAPE = Shape(_panels, _build, _facts)
