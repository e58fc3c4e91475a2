"""Loose fruit and vegetables: the form comes from the product's words, the skin from its art."""

import dataclasses
import functools
import re

import numpy as np

from catalog_sync.model.product import Product
from store_scenes.models.geometry import MeshBuilder
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme
from store_scenes.models.shapes.crop import bunch
from store_scenes.models.shapes.crop.globe import DULL, WAXY, Globe, Sides, add_globe
from store_scenes.models.shapes.crop.growth import (
    GREEN,
    PALE_GREEN,
    WOOD,
    add_blades,
    add_calyx,
    add_stem,
)
from store_scenes.models.shapes.shape import Facts, Shape, near_colour, whole_size

FORMS = """
pineapple: pineapple, 파인애플
kiwi: kiwi, 키위, fig, 무화과
sweet-potato: sweet potato, yam, 고구마
potato: potato, ginger, taro, 감자, 생강, 토란
spring-onion: spring onion, scallion, leek, green onion, 대파, 쪽파, 부추
cabbage: 양배추
napa: napa, chinese cabbage, 배추, 봄동
cabbage: cabbage
lettuce: lettuce, spinach, kale, chard, leaf, herb, salad, 상추, 시금치, 깻잎, 케일, 쌈
banana: banana, plantain, 바나나
grapes: grape, 포도, 샤인머스캣, 머스캣
watermelon: watermelon, 수박
oriental-melon: oriental melon, 참외
melon: melon, 멜론
pumpkin: pumpkin, kabocha, 단호박, 호박고지
courgette: courgette, zucchini, squash, 애호박, 호박
cucumber: cucumber, gherkin, 오이
aubergine: aubergine, eggplant, 가지
carrot: carrot, parsnip, 당근, 우엉
radish: radish, daikon, turnip, 무, 순무
chilli: chilli, chili, 고추
pepper: pepper, paprika, capsicum, 파프리카, 피망
mushroom: mushroom, 버섯
broccoli: broccoli, cauliflower, 브로콜리, 콜리플라워
garlic: garlic, 마늘
onion: onion, shallot, 양파
tomato: tomato, 토마토
persimmon: persimmon, 단감, 홍시
pomegranate: pomegranate, 석류
avocado: avocado, 아보카도
pear: pear, 배
lemon: lemon, 레몬
citrus: orange, mandarin, tangerine, clementine, lime, grapefruit, citrus, 오렌지, 귤, 감귤, 라임
citrus: 자몽, 한라봉, 유자
peach: peach, apricot, nectarine, 복숭아, 살구, 천도
plum: plum, cherry, 자두, 체리, 매실
mango: mango, papaya, 망고
kohlrabi: kohlrabi, beet, celeriac, 콜라비, 비트
apple: apple, 사과
persimmon: 감
"""
"""Words in the name, else in the category: the first line that fits wins; nothing fits: round."""

SIDEWAYS = 1.35
"""What is this many times as wide as high lies on its side."""

_GLOBES = {
    "round": Globe(),
    "apple": Globe(finish=WAXY, taper=0.14, top=(0.34, 0.30), foot=(0.16, 0.22), lobes=(5, 0.02),
                   crown=0.02, rows=15),
    "pear": Globe(taper=-0.05, top=(0.20, 0.22), foot=(0.16, 0.22), crown=0.04),
    "citrus": Globe(lumps=0.004, top=(0.05, 0.16), foot=(0.06, 0.18), crown=0.008),
    "lemon": Globe(bulk=1.55, neck=0.0, lumps=0.006),
    "tomato": Globe(finish=WAXY, bulk=2.3, top=(0.16, 0.32), foot=(0.06, 0.25), lobes=(6, 0.035),
                    crown=0.03),
    "persimmon": Globe(finish=WAXY, bulk=2.6, top=(0.10, 0.40), foot=(0.04, 0.3), lobes=(4, 0.035),
                       crown=0.03),
    "peach": Globe(finish=DULL, top=(0.22, 0.24), lobes=(1, 0.07), grooves=True, rows=14),
    "plum": Globe(top=(0.14, 0.22), lobes=(1, 0.05), grooves=True),
    "kiwi": Globe(finish=DULL, bulk=2.25, lumps=0.008),
    "avocado": Globe(finish=DULL, taper=-0.12, neck=0.30, lumps=0.008),
    "mango": Globe(taper=-0.10, bend=0.16, neck=0.10),
    "pomegranate": Globe(bulk=2.2, lobes=(6, 0.03), crown=0.09),
    "watermelon": Globe(bulk=2.05, foot=(0.02, 0.2), columns=28, rows=15),
    "melon": Globe(finish=DULL, bulk=2.05, crown=0.06, columns=28, rows=15),
    "oriental-melon": Globe(bulk=2.1, lobes=(10, 0.04), grooves=True, columns=30),
    "pumpkin": Globe(bulk=2.4, top=(0.24, 0.34), foot=(0.14, 0.4), lobes=(9, 0.13), grooves=True,
                     crown=0.08, columns=36, rows=12),
    "onion": Globe(bulk=1.9, top=(-0.16, 0.16), foot=(-0.04, 0.2), lobes=(9, 0.012), columns=27),
    "garlic": Globe(finish=DULL, bulk=2.0, taper=-0.22, top=(-0.30, 0.18), foot=(0.10, 0.3),
                    lobes=(7, 0.10), grooves=True, columns=28),
    "kohlrabi": Globe(bulk=2.2, crown=0.24),
    "cabbage": Globe(finish=DULL, bulk=2.2, lobes=(3, 0.03), grooves=True, lumps=0.012, columns=28),
    "potato": Globe(finish=DULL, bulk=2.3, lumps=0.035),
    "sweet-potato": Globe(finish=DULL, bulk=1.75, lumps=0.035, bend=0.12, even=0.4),
    "cucumber": Globe(finish=WAXY, bulk=5.0, even=0.75, lumps=0.012, fine=0.016, columns=16,
                      rows=18),
    "courgette": Globe(finish=WAXY, bulk=4.5, even=0.7, taper=-0.10, lobes=(6, 0.02), crown=0.06,
                       columns=20),
    "aubergine": Globe(finish=WAXY, bulk=2.6, even=0.45, taper=-0.26, bend=0.10, crown=0.07),
    "carrot": Globe(bulk=3.2, even=0.65, taper=0.62, lumps=0.012, crown=0.05, rows=16),
    "chilli": Globe(finish=WAXY, bulk=2.8, even=0.6, taper=0.55, bend=0.35, crown=0.14, columns=14),
    "radish": Globe(bulk=5.0, even=0.7, taper=-0.04, lumps=0.006, crown=0.13),
    "pepper": Globe(finish=WAXY, bulk=3.0, taper=0.12, top=(0.26, 0.40), foot=(0.22, 0.34),
                    lobes=(4, 0.10), crown=0.10, columns=28, rows=15),
    "pineapple": Globe(finish=DULL, bulk=3.2, even=0.5, fine=0.05, crown=0.42, columns=24, rows=17),
    "napa": Globe(finish=DULL, bulk=2.9, even=0.4, taper=0.03, lobes=(7, 0.075), grooves=True,
                  lumps=0.02, blanch=0.92, columns=28, rows=16),
}  # fmt: skip


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = []
    for line in FORMS.strip().splitlines():
        form, _, words = line.partition(":")
        stripped = [word.strip() for word in words.split(",")]
        rows.append((form, re.compile("|".join(
            rf"\b{re.escape(w)}" if w.isascii() else re.escape(w) for w in stripped
        ))))  # fmt: skip
    return tuple(rows)


def form_of(product: Product) -> str:
    """The form of a product that is sold loose, by its words."""
    for text in (" ".join(product.names.values()).lower(), product.category.lower()):
        for form, pattern in _patterns():
            if pattern.search(text):
                return form
    return "round"


_COLOURED = frozenset({"lettuce", "napa"})
"""Forms whose own surface is coloured; all others leave colour to the skin in the art."""


def _facts(product: Product, scheme: Scheme) -> Facts:
    form = form_of(product)
    if form in _COLOURED:
        return Facts(whole_size(product), form, body=near_colour(scheme.base))
    return Facts(whole_size(product), form)


def _panels(facts: Facts) -> tuple[Panel, ...]:
    width, height, depth = facts.size_mm
    if _sideways(facts):
        width, height = height, width
    around = np.pi * (width + depth) / 2
    return (Panel("skin", 0, 0, 512, 500, float(around), height * 1.25),)


def _sideways(facts: Facts) -> bool:
    return (
        facts.form in ("potato", "sweet-potato", "cucumber", "courgette", "carrot", "aubergine")
        and facts.size_mm[0] > SIDEWAYS * facts.size_mm[1]
    )


def _build(builder: MeshBuilder, facts: Facts) -> None:
    width, height, depth = (side / 1000 for side in facts.size_mm)
    panel = _panels(facts)[0]
    if _sideways(facts):
        part = MeshBuilder()
        _upright(part, facts, Sides(height / 2, width, depth / 2), panel)
        made = part.finish()
        vertices = made.vertices
        # A quarter turn about z: what was up points right.
        for field in ("position", "normal"):
            x, y = vertices[field][:, 0].copy(), vertices[field][:, 1].copy()
            vertices[field][:, 0], vertices[field][:, 1] = y, -x
        vertices["position"][:, 0] -= width / 2
        vertices["position"][:, 1] += height / 2
        builder.add(made)
        return
    _upright(builder, facts, Sides(width / 2, height, depth / 2), panel)


def _upright(builder: MeshBuilder, facts: Facts, sides: Sides, panel: Panel) -> None:
    form = facts.form
    if form == "banana":
        bunch.add_bananas(builder, sides, panel)
    elif form == "grapes":
        bunch.add_grapes(builder, sides, panel)
    elif form == "lettuce":
        bunch.add_leaves(builder, sides, facts.body)
    elif form == "spring-onion":
        bunch.add_leeks(builder, sides)
    elif form == "mushroom":
        bunch.add_mushroom(builder, sides, panel)
    elif form == "broccoli":
        bunch.add_broccoli(builder, sides, panel)
    else:
        globe = _GLOBES[form]
        if form == "napa":
            globe = dataclasses.replace(globe, tint=facts.body)
        add_globe(builder, globe, sides, panel)
        _grow(builder, form, globe, sides)


def _grow(builder: MeshBuilder, form: str, globe: Globe, sides: Sides) -> None:
    """Stem, calyx and leaves."""
    top = sides.height * (1 - globe.crown)
    seat = top * (1 - globe.top[0] / 2)
    thin = 0.022 * (sides.width + sides.depth)
    wood = {"apple": 0.9, "pear": 1.0, "melon": 1.6, "pumpkin": 4.0}
    if form in wood:
        radius = thin * wood[form]
        add_stem(builder, (0, seat - 0.03 * top, 0), (0, sides.height, 0),
                 (radius, radius * 0.8), WOOD if form != "pumpkin" else (120, 112, 74),
                 sides=8 if form == "pumpkin" else 5, bend=radius)  # fmt: skip
    elif form in ("tomato", "persimmon", "aubergine", "chilli"):
        points, reach = {"tomato": (5, 0.30), "persimmon": (4, 0.34), "aubergine": (5, 0.20),
                         "chilli": (5, 0.10)}[form]  # fmt: skip
        colour = (110, 122, 62) if form == "persimmon" else GREEN
        add_calyx(builder, globe, sides, points, reach, colour, curl=0.02 * sides.width)
        radius = thin * {"tomato": 1.2, "persimmon": 1.6}.get(form, 4.0)
        add_stem(builder, (0, seat - 0.02 * top, 0), (0, sides.height, 0), (radius, radius * 0.7),
                 colour, bend=0.3 * radius)  # fmt: skip
    elif form == "citrus":
        add_calyx(builder, globe, sides, 5, 0.07, (120, 140, 70), lift=0.0004)
    elif form == "pepper":
        radius = thin * 3.4
        add_calyx(builder, globe, sides, 5, 0.16, (88, 132, 54))
        add_stem(builder, (0, seat - 0.06 * top, 0), (0, sides.height, 0), (radius, radius * 0.75),
                 (96, 142, 60), sides=7, bend=0.4 * radius)  # fmt: skip
    elif form == "courgette":
        radius = 0.42 * sides.width
        add_stem(builder, (0, top * 0.97, 0), (0, sides.height, 0), (radius, radius * 0.7),
                 (126, 148, 84), sides=7)  # fmt: skip
    elif form == "pomegranate":
        add_blades(builder, (top * 0.955, 0.10 * sides.width), 6, sides.height - top * 0.955,
                   0.24 * sides.width, (150, 60, 44), spread=0.35)  # fmt: skip
    else:
        _leaf(builder, form, top, sides)


def _leaf(builder: MeshBuilder, form: str, top: float, sides: Sides) -> None:
    """Leaves and their stubs."""
    room = sides.height - top
    if form == "pineapple":
        add_blades(builder, (top * 0.95, 0.16 * sides.width), 18, room + 0.05 * top,
                   0.34 * sides.width, (86, 120, 66), spread=0.62, tiers=3)  # fmt: skip
    elif form == "kohlrabi":
        for turn in (0.3, 1.6, 2.9, 4.1, 5.3):
            add_stem(builder, (0.3 * sides.width * np.sin(turn), top * 0.9,
                               0.3 * sides.depth * np.cos(turn)),
                     (0.5 * sides.width * np.sin(turn), sides.height,
                      0.5 * sides.depth * np.cos(turn)),
                     (0.06 * sides.width, 0.05 * sides.width), PALE_GREEN, sides=5)  # fmt: skip
    elif form in ("carrot", "radish"):
        thick = (0.10 if form == "carrot" else 0.13) * sides.width
        for turn in (0.0, 1.3, 2.5, 3.8, 5.0):
            out = 0.22 * sides.width
            add_stem(builder, (out * np.sin(turn), top * 0.975, out * np.cos(turn)),
                     (1.7 * out * np.sin(turn), sides.height, 1.7 * out * np.cos(turn)),
                     (thick, thick * 0.8), (112, 156, 72), sides=5)  # fmt: skip


SHAPE = Shape(_panels, _build, _facts)
