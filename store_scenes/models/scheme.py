"""What a package's design is made of: its colours, its motif and its layout, from the product.

Pure: equal products give equal schemes on every machine, because the choices come from CRC-32 of
the brand, the category and the SKU and never from `hash()`.
"""

import colorsys
import functools
import re
import zlib
from dataclasses import dataclass

from catalog_sync.model.product import Product

Rgb = tuple[int, int, int]

LAYOUTS = ("plate", "circle", "wave", "slant", "band")

_KEYWORDS = """
bubble: soap, detergent, shampoo, clean, wash, dish, laundry, 세제, 비누, 샴푸, 세정
bubble: 치약, 세탁
coffee: coffee, espresso, latte, mocha, 커피, 라떼, 에스프레소
leaf: green tea, tea, herb, 녹차, 홍차, 보리차, 티백, 차
chili: chili, chilli, salsa, hot sauce, gochu, spicy, sriracha, 고추, 매운, 양념, 고춧
noodle: noodle, ramen, ramyeon, pasta, spaghetti, macaroni, linguine, 라면, 국수, 면
noodle: 파스타
chips: chip, crisp, snack, pretzel, nacho, tortilla, popcorn, puff, 칩, 스낵, 과자, 팝콘
cocoa: chocolate, cocoa, brownie, fudge, candy, 초콜릿, 초코, 코코아
cookie: cookie, biscuit, cracker, wafer, cake, pastry, 쿠키, 비스킷, 케이크, 크래커
bread: bread, bun, bagel, toast, roll, muffin, bakery, dough, 빵, 식빵
tomato: tomato, marinara, ketchup, pizza, salad, vegetable, pickle, 토마토, 케첩, 채소
tomato: 김치
fruit: juice, jam, jelly, fruit, apple, orange, berry, grape, peach, lemon, cherry
fruit: mango, pear, banana, smoothie, 주스, 잼, 청, 과일, 사과, 오렌지, 딸기, 포도
fruit: 복숭아, 레몬, 체리, 망고, 유자
fish: fish, tuna, salmon, seafood, shrimp, anchovy, sardine, 참치, 연어, 생선, 멸치
fish: 해물
leaf: seaweed, laver, spinach, lettuce, kale, 김, 미역, 시금치
meat: meat, ham, sausage, beef, pork, chicken, turkey, bacon, 고기, 햄, 소시지, 닭, 돼지
meat: 쇠고기
milk: milk, dairy, yogurt, yoghurt, cheese, cream, butter, kefir, 우유, 요구르트, 요거트
milk: 치즈, 크림, 버터
grain: cereal, granola, oat, rice, grain, muesli, flour, wheat, barley, corn, 현미
grain: 그래놀라, 시리얼, 쌀, 귀리, 곡물, 밀가루, 밥
bean: bean, soy, tofu, lentil, nut, almond, pea, hummus, 콩, 두부, 두유, 아몬드, 땅콩
bean: 견과, 간장, 된장
drop: water, soda, cola, beverage, drink, sparkling, oil, vinegar, sauce, honey, syrup
drop: dressing, seasoning, 물, 콜라, 사이다, 음료, 탄산, 기름, 식초, 꿀, 소스
"""
"""What a product is, by words in its name, else its category; the first line that fits wins.

Latin words match at the start of a word ("tea" is not in "steak"), Korean ones anywhere.
"""

_BASES: dict[str, tuple[str, ...]] = {
    "bubble": ("#1f7ac4", "#1aa6a6", "#5a4fc0", "#2f9e6d"),
    "coffee": ("#4a2c1d", "#7a1f22", "#23313d", "#8a5a2b"),
    "leaf": ("#2f8f4e", "#12724f", "#7aa63c", "#0f6e63"),
    "chili": ("#c5281c", "#a3161d", "#d9480f", "#7f1414"),
    "noodle": ("#d6361f", "#e8a013", "#1b4f9c", "#c2410c"),
    "chips": ("#f0b90b", "#d8342b", "#1f9d57", "#1565c0", "#8e3bb0"),
    "cocoa": ("#4b2416", "#6a1b3d", "#273a6b", "#7b3f16"),
    "cookie": ("#c98a2b", "#234e9f", "#8c3b2e", "#0f766e"),
    "bread": ("#d9a04a", "#9c5a1e", "#2b5c8a", "#b03a2e"),
    "tomato": ("#c62828", "#2e7d32", "#b3361b", "#8d1c1c"),
    "fruit": ("#e4572e", "#c2185b", "#7b2fa0", "#ef8a17"),
    "fish": ("#12509b", "#0e7490", "#1d3557", "#c0392b"),
    "meat": ("#a1262c", "#7a2e1d", "#c0392b", "#34495e"),
    "milk": ("#1e88d2", "#2aa0b8", "#3558c4", "#e7e4da"),
    "grain": ("#1d8f6d", "#c98a1b", "#c2402c", "#2a5fb0"),
    "bean": ("#7a5230", "#3e7d3a", "#2b2422", "#a8742a"),
    "drop": ("#1769aa", "#b3122a", "#148a7a", "#e08a00"),
}

_FLAVOURS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    # words in the name, the fruit's colour, the package's own colour
    (("strawberry", "딸기"), "#d81e3f", "#c2183c"),
    (("orange", "오렌지", "mandarin", "감귤"), "#f7931e", "#ee7d11"),
    (("apple", "사과"), "#d32f2f", "#5a9e2f"),
    (("grape", "포도"), "#6a3aa2", "#5b2a86"),
    (("lemon", "레몬", "yuzu", "유자"), "#f6d32d", "#d9b310"),
    (("peach", "복숭아"), "#ff9f7a", "#ef7f6b"),
    (("cherry", "체리"), "#b3122a", "#9c1127"),
    (("blueberry", "블루베리"), "#3f51b5", "#34449c"),
    (("mango", "망고"), "#ffb300", "#f29a0e"),
    (("lime", "라임", "melon", "멜론"), "#8bc34a", "#4b9b3a"),
    (("banana", "바나나"), "#fdd835", "#e9bd1c"),
    (("tomato", "토마토", "marinara"), "#d32f2f", "#b3261e"),
)

_CAPS = ("#c8202a", "#1c7c3f", "#f2f2ef", "#1d3f8f", "#23272b", "#e5a00d")


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours are sRGB bytes. `base` covers the package and `ink` is readable on it.

    `content` is what shows through glass or PET, `item` the motif's own colour, `seed` feeds its
    arrangement.
    """

    base: Rgb
    deep: Rgb
    pale: Rgb
    accent: Rgb
    ink: Rgb
    cap: Rgb
    content: Rgb
    item: Rgb
    motif: str
    layout: str
    seed: int


def scheme_of(product: Product) -> Scheme:
    """The design of `product`: its own colour leads, else its flavour, else category and brand."""
    words = " ".join(product.names.values()).lower()
    category = product.category.lower()
    motif = _motif(words, category)
    family = zlib.crc32(f"{product.brand}|{product.category}".encode())
    own = zlib.crc32(product.sku.encode())
    flavour = next((f for f in _FLAVOURS if any(word in words for word in f[0])), None)
    bases = _BASES[motif]
    if product.colour:
        base = parse_colour(product.colour)
    elif flavour is not None and motif in ("fruit", "drop", "milk", "tomato"):
        base = parse_colour(flavour[2])
    else:
        base = parse_colour(bases[family % len(bases)])
    accent = _accent(base, family >> 8)
    return Scheme(
        base=base,
        deep=relight(base, 0.55, 1.1),
        pale=mix(base, (255, 255, 255), 0.86),
        accent=accent,
        ink=(255, 255, 255) if luminance(base) < 0.42 else relight(base, 0.28, 1.2),
        cap=parse_colour(_CAPS[(family >> 4) % len(_CAPS)]),
        content=_content(motif, base, flavour),
        item=parse_colour(flavour[1]) if flavour is not None else _ITEMS[motif],
        motif=motif,
        layout=LAYOUTS[(zlib.crc32(product.brand.encode()) >> 3) % len(LAYOUTS)],
        seed=own,
    )


_ITEMS: dict[str, Rgb] = {
    "bubble": (150, 210, 245), "coffee": (92, 52, 28), "leaf": (72, 150, 58),
    "chili": (214, 36, 26), "noodle": (244, 206, 118), "chips": (245, 196, 76),
    "cocoa": (86, 44, 24), "cookie": (206, 148, 78), "bread": (214, 150, 74),
    "tomato": (211, 47, 40), "fruit": (226, 74, 46), "fish": (120, 156, 184),
    "meat": (206, 96, 88), "milk": (250, 250, 248), "grain": (214, 164, 88),
    "bean": (150, 98, 52), "drop": (120, 190, 236),
}  # fmt: skip

_CONTENTS: dict[str, Rgb] = {
    "coffee": (58, 32, 18), "leaf": (126, 142, 48), "chili": (158, 24, 14),
    "tomato": (176, 34, 22), "milk": (246, 243, 232), "bean": (44, 24, 16),
    "cocoa": (70, 34, 18), "noodle": (214, 150, 64), "grain": (206, 168, 104),
    "drop": (196, 226, 240), "fish": (190, 160, 120),
}  # fmt: skip


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for line in _KEYWORDS.strip().splitlines():
        motif, _, words = line.partition(":")
        alternatives = (
            rf"\b{re.escape(word)}" if word.isascii() else re.escape(word)
            for word in (part.strip() for part in words.split(","))
        )
        patterns.append((motif, re.compile("|".join(alternatives))))
    return tuple(patterns)


def _motif(words: str, category: str) -> str:
    for text in (words, category):
        for motif, pattern in _patterns():
            if pattern.search(text):
                return motif
    return "grain" if zlib.crc32(category.encode()) % 2 else "leaf"


def _content(motif: str, base: Rgb, flavour: tuple[tuple[str, ...], str, str] | None) -> Rgb:
    if motif in ("fruit", "drop") and flavour is not None:
        return relight(parse_colour(flavour[1]), 0.85, 1.0)
    return _CONTENTS.get(motif, base)


def _accent(base: Rgb, pick: int) -> Rgb:
    red, green, blue = (c / 255 for c in base)
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    turn = (0.08, 0.5, 0.42, -0.1, 0.12)[pick % 5]
    light = 0.56 if lightness < 0.5 else 0.42
    return _bytes(colorsys.hls_to_rgb((hue + turn) % 1.0, light, max(saturation, 0.7)))


def parse_colour(text: str) -> Rgb:
    """`#rrggbb` as bytes; anything else is a mid grey, since a colour is never worth a refusal."""
    digits = text.strip().removeprefix("#")
    if len(digits) != 6 or any(c not in "0123456789abcdefABCDEF" for c in digits):
        return (128, 132, 138)
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 black .. 1 white (WCAG 2.2, definition of relative luminance)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """`first` with `share` (0..1) of `second`, in sRGB bytes."""
    return _bytes(tuple((a + (b - a) * share) / 255 for a, b in zip(first, second, strict=True)))


def relight(colour: Rgb, factor: float, saturate: float = 1.0) -> Rgb:
    """`colour` with its HLS lightness and saturation multiplied."""
    red, green, blue = (c / 255 for c in colour)
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    return _bytes(
        colorsys.hls_to_rgb(hue, min(1.0, lightness * factor), min(1.0, saturation * saturate))
    )


def _bytes(rgb: tuple[float, ...]) -> Rgb:
    red, green, blue = (min(255, max(0, round(c * 255))) for c in rgb)
    return (red, green, blue)
