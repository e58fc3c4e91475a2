"""Trays: a sleeved ready meal, meat under film, tofu under a printed lid, a punnet, an egg box.

All are a tapered tray with a lip; what lies in it shows beside a paper band that carries the art
over the top and down the front, so that it reads from above and at eye height.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.models.drape import drape
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.lathe import Section, Stretch, rounded, turn
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme
from store_scenes.models.shapes.shape import Facts, Shape, near_colour, whole_size

BOARD = Finish(roughness=124, clearcoat=80)
BAND_MM = 0.6
"""The band stands this far off the tray."""

BEVEL_MM = 2.2
BLACK: Rgb = (38, 39, 42)
WHITE: Rgb = (240, 240, 236)
CLEAR: Rgb = (222, 228, 230)
PULP: Rgb = (168, 160, 148)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Form:
    """`band` is the band's share of the width, `lip` the lip's of the height.

    `heap` says what lies in it, and `tint` how much of its colour shines through the tray.
    """

    tray: Rgb
    band: float
    lip: float
    heap: str
    tint: float = 0.0


_FORMS = {
    "meal": _Form(BLACK, 0.80, 0.94, "film"),
    "meat": _Form(BLACK, 0.46, 0.74, "slices"),
    "fish": _Form(WHITE, 0.46, 0.74, "slices"),
    "lid": _Form(WHITE, 0.92, 0.96, "film"),
    "punnet": _Form(CLEAR, 0.50, 0.80, "berries", 0.55),
    "eggs": _Form(PULP, 0.50, 0.52, "eggs"),
}

_WORDS = (
    ("eggs", re.compile(r"\beggs?\b|계란|달걀|유정란|특란|대란|왕란")),
    ("lid", re.compile(r"tofu|jelly|pudding|두부|묵")),
    (
        "fish",
        re.compile(r"fish|salmon|tuna|mackerel|shrimp|prawn|squid|cod\b|seafood|고등어|연어|생선"
                   r"|오징어|새우|갈치|조기|굴비|회"),
    ),
    ("meat", re.compile(r"\bmeat|beef|pork|chicken|lamb|duck|steak|쇠고기|소고기|돼지|닭|삼겹|등심"
                        r"|한우|불고기|정육")),
    ("punnet", re.compile(r"berr|cherr|tomato|grape|fruit|mushroom|fig\b|딸기|블루베리|체리|토마토"
                          r"|과일|버섯|무화과|포도")),
)  # fmt: skip


def _facts(product: Product, scheme: Scheme) -> Facts:
    words = f"{' '.join(product.names.values())} {product.category}".lower()
    form = next((name for name, pattern in _WORDS if pattern.search(words)), "meal")
    body = scheme.base if form in ("punnet", "meat", "fish") else (255, 255, 255)
    return Facts(whole_size(product), form, body=near_colour(body))


def _panels(facts: Facts) -> tuple[Panel, ...]:
    width, height, depth = facts.size_mm
    across = width * _FORMS[facts.form].band
    return (
        Panel("front", 0, 0, 512, 200, across, height),
        Panel("top", 0, 204, 400, 304, across, depth),
        Panel("back", 404, 204, 104, 200, across, height),
    )


def _section(facts: Facts) -> Section:
    half_width, half_depth = facts.size_mm[0] / 2000, facts.size_mm[2] / 2000 - BAND_MM / 1000
    return rounded(half_width, half_depth, 0.24 * min(half_width, half_depth), 4)


FOOT = 0.90
LIP = 0.955
"""Foot and wall under the lip, as shares of the lip."""


def _build(builder: MeshBuilder, facts: Facts) -> None:
    form = _FORMS[facts.form]
    half_width, half_depth = facts.size_mm[0] / 2000, facts.size_mm[2] / 2000 - BAND_MM / 1000
    high = facts.size_mm[1] / 1000
    lip = high * form.lip - BAND_MM / 1000
    turn(builder, _tray(facts, lip), half_width, half_depth, section=_section(facts))
    if form.heap != "film":
        _heap(builder, facts, lip)
    _band(builder, facts, lip)


def _tint(facts: Facts) -> Rgb:
    form = _FORMS[facts.form]
    red, green, blue = (
        round(t + (b - t) * form.tint) for t, b in zip(form.tray, facts.body, strict=True)
    )
    return (red, green, blue)


def _tray(facts: Facts, lip: float) -> tuple[Stretch, ...]:
    form = _FORMS[facts.form]
    clear = form.heap == "berries"
    plastic = Finish(_tint(facts), roughness=64 if clear else 116, clearcoat=220 if clear else 70)
    film = Finish((232, 233, 232), roughness=70, clearcoat=200)
    inside = lip - min(0.004, 0.2 * lip)
    edge = min(0.0014, lip * 0.1)
    lid: tuple[Stretch, ...] = (
        Stretch(((0.0, lip), (0.93, lip)), film),
        Stretch(((0.93, lip), (0.98, lip)), film),
    )
    if form.heap != "film":
        lid = (
            Stretch(((0.0, inside), (0.925, inside)), plastic, occlusion=(0.5, 0.5)),
            Stretch(((0.925, inside), (0.945, lip), (0.98, lip)), plastic, occlusion=(0.7, 1.0)),
        )
    return (
        *lid,
        Stretch(((0.98, lip), (1.0, lip - 0.6 * edge), (1.0, lip - 1.6 * edge),
                 (0.985, lip - 2 * edge), (LIP, lip - 2 * edge)), plastic, occlusion=(1.0, 0.6)),
        Stretch(((LIP, lip - 2 * edge), (FOOT + 0.01, 0.1 * lip), (FOOT - 0.005, 0.03 * lip),
                 (FOOT - 0.03, 0.0)), plastic, occlusion=(0.75, 0.6)),
        Stretch(((FOOT - 0.03, 0.0), (0.0, 0.0)), plastic, occlusion=(0.3, 0.3)),
    )  # fmt: skip


def _heap(builder: MeshBuilder, facts: Facts, lip: float) -> None:
    """What lies in the tray under its film; the film's shine is on it."""
    width, depth = facts.size_mm[0] / 1000, facts.size_mm[2] / 1000 - 2 * BAND_MM / 1000
    form = _FORMS[facts.form]
    room = min(facts.size_mm[1] / 1000 - BAND_MM / 1000 - lip, 0.16 * min(width, depth))
    low = lip - min(0.003, 0.15 * lip)
    bumps = {"berries": _berries, "slices": _slices, "eggs": _eggs}[form.heap]
    reach = (0.465 * width, 0.465 * depth)
    # Berries are about as large as the tray is deep, eggs stand in two rows.
    rows = 2 if form.heap == "eggs" else max(2, round(2 * reach[1] / 0.026))
    columns = max(2, round(2 * reach[0] / (reach[1] * 2 / rows)))

    def surface(s: Array, t: Array) -> Array:
        x, z = (2 * s - 1) * reach[0], (2 * t - 1) * reach[1]
        rise = bumps(s, t, (columns, rows))[0]
        rim = np.minimum(1 - np.abs(2 * s - 1), 1 - np.abs(2 * t - 1))
        y = low + (lip + room - low) * rise * np.clip(rim / 0.03, 0.0, 1.0) ** 0.5
        return np.stack([x, y, z], -1)

    fine = {"berries": 4, "slices": 4, "eggs": 6}[form.heap]
    across = np.linspace(0, 1, min(columns * fine, 28) + 1)
    down = np.linspace(0, 1, min(rows * fine, 10 if form.heap == "slices" else 14) + 1)
    colour = PULP if form.heap == "eggs" else facts.body
    coat = Finish(colour, roughness=170 if form.heap == "eggs" else 72,
                  clearcoat=0 if form.heap == "eggs" else 210)  # fmt: skip
    drape(
        builder,
        surface,
        across,
        down,
        coat,
        shade=lambda s, t: _tinted(colour, *bumps(s, t, (columns, rows))[1:]),
        occlusion=lambda s, t: 0.55 + 0.45 * bumps(s, t, (columns, rows))[0],
    )


_Heap = tuple[Array, Array, Array]
"""Rise 0..1, brightness, and how far towards the white of fat."""

FAT: Rgb = (246, 228, 214)


def _tinted(colour: Rgb, bright: Array, fat: Array) -> Array:
    white = np.asarray(FAT, np.float64) / np.maximum(np.asarray(colour, np.float64), 1.0)
    return np.asarray(bright[..., None] + (white - bright[..., None]) * fat[..., None])


def _berries(s: Array, t: Array, count: tuple[int, int]) -> _Heap:
    """Balls in staggered rows."""
    row = np.clip(np.floor(t * count[1]), 0, count[1] - 1)
    u = (s * count[0] + 0.5 * (row % 2)) % 1.0 - 0.5
    v = (t * count[1]) % 1.0 - 0.5
    ball = np.sqrt(np.clip(1.0 - 3.4 * (u * u + v * v), 0.0, 1.0))
    cell = np.floor(s * count[0] + 0.5 * (row % 2)) * 7.0 + row * 13.0
    return 0.35 + 0.65 * ball, 0.62 + 0.30 * ball + 0.14 * np.sin(cell * 2.3), 0.0 * ball


def _slices(s: Array, t: Array, count: tuple[int, int]) -> _Heap:
    """Overlapping slices with a rim of fat, marbled."""
    share = (s * count[0] * 0.55 + 0.30 * np.sin(t * 4.0)) % 1.0
    rise = 0.60 + 0.36 * np.sin(np.pi * share**1.3)
    fat = np.exp(-((share - 0.86) ** 2) / 0.004)
    veins = np.clip(np.sin(31.0 * s + 9.0 * np.sin(7.0 * t)) * np.sin(17.0 * t + 5.0 * s), 0, 1)
    return rise, 0.90 + 0.20 * share, np.clip(0.75 * fat + 0.28 * veins**2, 0, 1)


def _eggs(s: Array, t: Array, count: tuple[int, int]) -> _Heap:
    """The domes of an egg box's lid."""
    u, v = (s * count[0]) % 1.0 - 0.5, (t * count[1]) % 1.0 - 0.5
    dome = np.clip(1.0 - (2 * np.abs(u)) ** 3.0, 0, 1) * np.clip(1.0 - (2 * np.abs(v)) ** 3, 0, 1)
    return 0.45 + 0.55 * dome**0.6, 0.86 + 0.14 * dome, 0.0 * dome


def _band(builder: MeshBuilder, facts: Facts, lip: float) -> None:
    """The printed paper around the middle: a shell with an inside, so that its ends are closed."""
    front, top, back = _panels(facts)
    half = facts.size_mm[0] / 2000 * _FORMS[facts.form].band
    deep, high = facts.size_mm[2] / 2000, facts.size_mm[1] / 1000
    bevel = min(BEVEL_MM / 1000, 0.1 * high, 0.1 * deep)
    foot = deep * (FOOT + 0.01)
    shoulder = max(lip - 0.002, 0.5 * high)
    # Down the front from the middle of the top, as (z, y); the back mirrors it.
    line = np.array([[deep - bevel, high], [deep, min(shoulder, high - bevel)], [foot, 0.0]])
    fall = np.array([[0.0, 1.0], [0.96, 0.28], [0.995, -0.08]])
    x = np.array([-half, half])
    down = 1.0 - line[:, 1] / high
    for sign, panel in ((1.0, front), (-1.0, back)):
        points = np.stack(
            [
                np.broadcast_to(sign * x, (3, 2)),
                np.broadcast_to(line[:, 1:], (3, 2)),
                np.broadcast_to(sign * line[:, :1], (3, 2)),
            ],
            -1,
        )
        outward = np.zeros((3, 2, 3))
        outward[..., 1], outward[..., 2] = fall[:, 1:], sign * fall[:, :1]
        uv = panel.uv([[0.0, 1.0]], down[:, None])
        builder.grid(points, BOARD, uv=uv, normals=outward, occlusion=[[1.0], [1.0], [0.7]])
        inner = points[::-1] * (1.0, 1.0, (deep - 0.0003) / deep) - (0.0, 0.0003, 0.0)
        inner[..., 1] = np.maximum(inner[..., 1], 0.0)
        builder.grid(inner, BOARD, normals=-outward[::-1], occlusion=0.3)
    z = deep - bevel
    over = np.array([[[-half, high, -z], [half, high, -z]], [[-half, high, z], [half, high, z]]])
    share = (1 - z / deep) / 2
    upward = np.broadcast_to([0.0, 1.0, 0.0], over.shape)
    uv = top.uv([[0.0, 1.0]], [[share], [1 - share]])
    builder.grid(over, BOARD, uv=uv, normals=upward)
    under = over[::-1] * (1.0, 1.0, (deep - 0.0003) / deep) - (0.0, 0.0003, 0.0)
    builder.grid(under, BOARD, normals=-upward, occlusion=0.3)


SHAPE = Shape(_panels, _build, _facts)
