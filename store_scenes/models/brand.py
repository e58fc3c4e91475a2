"""What a brand keeps on all its packs: mark, lettering, place of the logo, corners, colours.

Pure, and the same on every machine: the choices come from CRC-32 of the brand's name, and where
the name says something ("숲", "Farm", "Ice") from its words.
"""

import functools
import re
import zlib
from dataclasses import dataclass
from typing import Literal

from store_scenes.models.kinds import any_word
from store_scenes.models.palette import Rgb

Place = Literal["centre", "left", "pill", "band", "roundel", "tab"]
Face = Literal["bold", "serif", "round", "square"]
Corner = Literal["none", "fold", "stripe", "frame", "dots", "arch"]

PLACES: tuple[Place, ...] = ("centre", "left", "pill", "band", "roundel", "tab")
CORNERS: tuple[Corner, ...] = ("none", "fold", "stripe", "frame", "dots", "arch")
FACES: tuple[Face, ...] = ("bold", "serif", "round", "square")
MARKS = (
    "leaf", "sun", "mountain", "wave", "crown", "drop", "star", "heart", "house", "diamond",
    "flower", "ring", "grain", "snow", "tree", "paw",
)  # fmt: skip

_MARK_WORDS = """
leaf: 들녘, 밭, green, garden, organic, herb, 새싹, 올리노
sun: 아침, 새벽, 볕, sun, morning, dawn, soleil
mountain: 산들, 고을, mountain, valley, hill, alpin
wave: 바다, 물빛, 맑음, ocean, wave, marine, pacific
tree: 숲, forest, wood, tree, 나무
house: 온집, 마을, 골목, home, house, village, maison, kitchen, 마루
grain: 보리, 목장, farm, mill, bakery, bakes, brewing, ranch
snow: 눈꽃, 얼음, snow, frost, arctic, polar
paw: 멍냥, pets
heart: 아가, 포근, baby, love, mama, 사랑
flower: 비누결, bloom, flower, rose, 꽃
drop: 톡쏘, aqua, clean, pure
crown: king, royal, queen, imperial, premium
star: star, 별, stella, étoile
"""

_COLOURS: tuple[Rgb, ...] = (
    (200, 28, 40), (18, 72, 158), (20, 122, 66), (232, 130, 16), (96, 44, 132), (12, 128, 140),
    (140, 30, 70), (32, 40, 60), (110, 74, 30), (214, 60, 96), (60, 110, 34), (30, 100, 200),
    (180, 70, 20), (70, 60, 150),
)  # fmt: skip

_HOUSE = any_word(
    "store brand, private label, no brand, nobrand, everyday, essentials, basics, basic, simply, "
    "great value, value, budget, 노브랜드, 알뜰, 실속, 피코크, eco+, m-budget, first price, pb"
)


@dataclass(frozen=True, slots=True)
class Brand:
    """One brand's identity.

    `main` and `sub` are its name, in Hangul and Latin letters where it has both. `face` and
    `title` are typefaces of the logo and of product names; `slant`, `squeeze`, `spread` and
    `outlined` are how names are set. `house` marks a shop's own plain brand. `seed` is for what
    else a composition varies by brand.
    """

    main: str
    sub: str
    mark: str
    place: Place
    corner: Corner
    face: Face
    title: Face
    slant: float
    squeeze: float
    spread: float
    outlined: bool
    colour: Rgb
    house: bool
    seed: int


@functools.lru_cache(maxsize=16384)
def brand_of(name: str, otherwise: str = "") -> Brand:
    """The identity of the brand `name`; without a name it is chosen by `otherwise` instead."""
    low = name.strip().lower()
    seed = zlib.crc32(low.encode() or otherwise.encode())
    main, sub = _split(name.strip())
    return Brand(
        main=main,
        sub=sub,
        mark=_mark(low, seed),
        place=PLACES[seed % 6],
        corner=CORNERS[(seed >> 3) % 6],
        face=FACES[(seed >> 6) % 4],
        title=FACES[(seed >> 8) % 4],
        slant=(0.0, 0.0, 0.18)[(seed >> 10) % 3],
        squeeze=(1.0, 0.88, 1.0, 1.06)[(seed >> 12) % 4],
        spread=(0.0, 0.0, 0.10)[(seed >> 14) % 3],
        outlined=bool((seed >> 16) % 2),
        colour=_COLOURS[(seed >> 18) % len(_COLOURS)],
        house=bool(_HOUSE.search(low)),
        seed=seed,
    )


def _mark(low: str, seed: int) -> str:
    for mark, pattern in _mark_patterns():
        if pattern.search(low):
            return mark
    return MARKS[(seed >> 20) % len(MARKS)]


@functools.cache
def _mark_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = (line.partition(":") for line in _MARK_WORDS.strip().splitlines())
    return tuple(
        (mark, re.compile("|".join(re.escape(word.strip()) for word in words.split(","))))
        for mark, _, words in lines
    )


def _split(name: str) -> tuple[str, str]:
    """`달보드레 Dalbodre` is `달보드레` and `Dalbodre`; a name in one script is one part."""
    words = name.split()
    hangul = [word for word in words if any("가" <= c <= "힣" for c in word)]
    other = [word for word in words if word not in hangul]
    return (" ".join(hangul), " ".join(other)) if hangul and other else (name, "")
