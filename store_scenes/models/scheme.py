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
from store_scenes.models.brand import Brand, brand_of
from store_scenes.models.kinds import any_word, kind_of
from store_scenes.models.palette import (
    BASES,
    CAPS,
    CONTENTS,
    FLAVOURS,
    ITEMS,
    KEYWORDS,
    KIND_MOTIFS,
    KIND_PICTURES,
    PICTURES,
    PLAIN_BASES,
    Rgb,
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours are sRGB bytes. `base` covers the package and `ink` is readable on it.

    `content` is what shows through glass or PET, `item` the colour of the thing itself, `motif`
    what it is in broad terms and `picture` what is painted of it, `kind` one of `kinds.KINDS` or
    "", `seed` feeds arrangements.
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
    picture: str
    kind: str
    brand: Brand
    seed: int


SCHEMES_KEPT = 8192
"""Mesh, panels and art of a product each ask for its scheme, which is mostly search for words."""


def scheme_of(product: Product) -> Scheme:
    """The design of `product`: its own colour leads, else its flavour, else category and brand."""
    return _scheme(
        product.sku, tuple(product.names.values()), product.brand, product.category, product.colour
    )


@functools.lru_cache(maxsize=SCHEMES_KEPT)
def _scheme(sku: str, names: tuple[str, ...], brand: str, category: str, colour: str) -> Scheme:
    words = " ".join(names).lower()
    family_name = f"{brand}|{category}"
    category = category.lower()
    kind = kind_of(category, words)
    motif, named = _motif(words, category, kind)
    picture = _picture(words, kind, motif, named=named)
    own = zlib.crc32(sku.encode())
    # Goods without a brand have no family: each is a maker of its own.
    family = zlib.crc32(family_name.encode()) if brand else own
    flavour = _flavour(words)
    bases = BASES[motif] if motif else PLAIN_BASES
    motif = motif or ("grain", "leaf")[family % 2]
    if colour:
        base = parse_colour(colour)
    elif flavour is not None and motif in _FLAVOURED:
        base = flavour.package
    else:
        base = parse_colour(bases[family % len(bases)])
    accent = _accent(base, family >> 8)
    return Scheme(
        base=base,
        deep=relight(base, 0.55, 1.1),
        pale=mix(base, (255, 255, 255), 0.86),
        accent=accent,
        ink=(255, 255, 255) if luminance(base) < 0.42 else relight(base, 0.28, 1.2),
        cap=parse_colour(CAPS[(family >> 4) % len(CAPS)]),
        content=_content(motif, kind, base, flavour),
        item=flavour.item
        if flavour is not None and (motif in _OF_ITS_COLOUR or picture in _OF_ITS_COLOUR)
        else ITEMS.get(picture, ITEMS[motif]),
        motif=motif,
        picture=picture,
        kind=kind,
        brand=brand_of(brand, sku),
        seed=own,
    )


def _any_word(words: str) -> re.Pattern[str]:
    """Any of the words between commas: Latin ones where a word starts, Korean ones anywhere."""
    stripped = (word.strip() for word in words.split(","))
    return re.compile(
        "|".join(rf"\b{re.escape(w)}" if w.isascii() else re.escape(w) for w in stripped)
    )


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = (line.partition(":") for line in KEYWORDS.strip().splitlines())
    return tuple((motif, _any_word(words)) for motif, _, words in lines)


def _motif(words: str, category: str, kind: str) -> tuple[str, bool]:
    """The broad motif ("" where nothing tells), and whether the name itself said so."""
    for text in (words, category):
        for motif, pattern in _patterns():
            if pattern.search(text):
                return motif, text is words
    return KIND_MOTIFS.get(kind, ""), False


@functools.cache
def _picture_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = (line.partition(":") for line in PICTURES.strip().splitlines())
    return tuple((picture, any_word(words)) for picture, _, words in lines)


def _picture(words: str, kind: str, motif: str, *, named: bool) -> str:
    """What is painted: by a word in the name, else what the kind is known by, else the motif."""
    if kind in _PICTURED_BY_KIND and not (kind == "biscuit" and motif in _FILLINGS):
        return KIND_PICTURES[kind]
    for picture, pattern in _picture_patterns():
        if pattern.search(words):
            return picture
    if named and motif not in _SAYS_LITTLE:
        return motif
    return KIND_PICTURES.get(kind, motif or "emblem")


_PICTURED_BY_KIND = frozenset(
    {
        "laundry", "cleaning", "body", "oral", "paper", "pet", "baby", "cereal", "noodles",
        "health", "icecream", "chocolate", "bread", "cheese", "butter", "beer", "water", "oil",
        "vinegar", "pasta", "biscuit", "eggs", "tofu", "seaweed",
    }
)  # fmt: skip
"""A lemon on washing-up liquid is its scent: the picture stays that of the kind."""

_SAYS_LITTLE = frozenset({"drop", "grain", "bean", "chips", "bubble"})
"""Broad motifs that give way to what the kind is known by."""

_FILLINGS = frozenset({"berry", "fruit", "citrus", "cocoa"})


@dataclass(frozen=True, slots=True)
class Flavour:
    """The colour of a thing itself, of its package, and of its juice, oil or paste."""

    item: Rgb
    package: Rgb
    content: Rgb


_FLAVOURED = frozenset({"fruit", "citrus", "berry", "drop", "milk", "tomato", "chips", "fish"})
"""Motifs whose package takes the flavour's colour."""

_OF_ITS_COLOUR = frozenset({"fruit", "citrus", "berry", "drop", "tomato", "chips", "leaf"})
"""Motifs whose picture does."""


@functools.cache
def _flavours() -> tuple[tuple[re.Pattern[str], Flavour], ...]:
    flavours = []
    for line in FLAVOURS.strip().splitlines():
        words, _, colours = line.partition(":")
        item, package, content = (parse_colour(colour) for colour in colours.split())
        flavours.append((_any_word(words), Flavour(item, package, content)))
    return tuple(flavours)


def _flavour(words: str) -> Flavour | None:
    return next((flavour for pattern, flavour in _flavours() if pattern.search(words)), None)


def _content(motif: str, kind: str, base: Rgb, flavour: Flavour | None) -> Rgb:
    if flavour is not None and motif in ("fruit", "citrus", "berry", "drop", "tomato", "grain"):
        return flavour.content
    if motif == "drop" and kind not in ("water", ""):
        # Of a dressing, a soda, a rinse nothing is known but the colour of its pack.
        return base
    return CONTENTS.get(motif, base)


def _accent(base: Rgb, pick: int) -> Rgb:
    red, green, blue = (c / 255 for c in base)
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    turn = (0.08, 0.5, 0.42, -0.1, 0.12)[pick % 5]
    light = 0.56 if lightness < 0.5 else 0.42
    return _bytes(colorsys.hls_to_rgb((hue + turn) % 1.0, light, max(saturation, 0.7)))


COLOURS_KEPT = 16384
"""One pack asks for the same shades of its few colours again and again."""


def parse_colour(text: str) -> Rgb:
    """`#rrggbb` as bytes; anything else is a mid grey, since a colour is never worth a refusal."""
    digits = text.strip().removeprefix("#")
    if len(digits) != 6 or any(c not in "0123456789abcdefABCDEF" for c in digits):
        return (128, 132, 138)
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


@functools.lru_cache(maxsize=COLOURS_KEPT)
def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 black .. 1 white (WCAG 2.2, definition of relative luminance)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@functools.lru_cache(maxsize=COLOURS_KEPT)
def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """`first` with `share` (0..1) of `second`, in sRGB bytes."""
    return _bytes(tuple((a + (b - a) * share) / 255 for a, b in zip(first, second, strict=True)))


@functools.lru_cache(maxsize=COLOURS_KEPT)
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
