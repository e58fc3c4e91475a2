"""Floors, ceilings, perforated steel and crate boards: what repeats over a surface."""

import numpy as np
import skia
from numpy.typing import NDArray

from store_scenes.compile.artwork.face import Rgb, face
from store_scenes.fixtures.artwork import Artwork
from store_scenes.models.art.text import paint_of
from store_scenes.models.mesh import ART_SIZE

TILES = 4
"""Tiles along each side of a floor's or ceiling's art."""

CRATE_ASPECT = 2.0
"""A crate's front is that much wider than high, and shows the whole layer."""

Canvas = NDArray[np.float64]

FLOORS: dict[str, tuple[Rgb, Rgb, float, float]] = {
    # ground, joint, how much tiles differ, how much speckle there is
    "plain": ((206, 203, 196), (158, 155, 149), 4.0, 5.0),
    "produce": ((190, 128, 98), (138, 96, 76), 9.0, 6.0),
    "chilled": ((196, 207, 214), (150, 162, 170), 3.0, 4.0),
    "tills": ((146, 147, 148), (112, 113, 114), 4.0, 6.0),
}


def floor(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """Four by four tiles, or boards of wood for a bakery."""
    del language
    if artwork.detail == "bakery":
        return _boards()
    ground, joint, differ, speckle = FLOORS.get(artwork.detail, FLOORS["plain"])
    random = np.random.default_rng(sum(map(ord, artwork.detail)) + 11)
    picture = np.empty((ART_SIZE, ART_SIZE, 3))
    picture[:] = ground
    tile = ART_SIZE // TILES
    tint = random.uniform(-differ, differ, (TILES, TILES))
    picture += np.kron(tint, np.ones((tile, tile)))[..., None]
    picture += _cloud(random, 16)[..., None] * speckle * 0.5
    picture += random.normal(0.0, speckle * 0.55, (ART_SIZE, ART_SIZE, 1))
    fleck = random.random((ART_SIZE, ART_SIZE)) < 0.012
    picture[fleck] *= 0.86
    at = np.arange(ART_SIZE) % tile
    seam = (at == 0) | (at == tile - 1)
    picture[seam] = picture[seam] * 0.35 + np.array(joint) * 0.65
    picture[:, seam] = picture[:, seam] * 0.35 + np.array(joint) * 0.65
    return _opaque(picture)


def ceiling(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """Four by four mineral tiles in their T-shaped rails."""
    del artwork, language
    random = np.random.default_rng(5)
    picture = np.full((ART_SIZE, ART_SIZE, 3), 238.0)
    picture += _cloud(random, 8)[..., None] * 2.0
    pores = random.random((ART_SIZE, ART_SIZE)) < 0.03
    picture[pores] -= 26.0
    tile = ART_SIZE // TILES
    at = np.arange(ART_SIZE) % tile
    for width, tone in ((4, 196.0), (2, 250.0)):
        rail = (at < width) | (at >= tile - width)
        picture[rail] = tone
        picture[:, rail] = tone
    return _opaque(picture)


def perforated(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """Half a metre of a steel back: holes of 8 mm, 25 mm apart."""
    del language
    pixels, surface, canvas, _ = face(artwork, (255, 255, 255))
    for row in range(20):
        for column in range(20):
            x, y = column * 5.0 + 2.5, row * 5.0 + 2.5
            canvas.drawCircle(x, y + 0.12, 0.95, paint_of((255, 255, 255)))
            canvas.drawCircle(x, y, 0.80, paint_of((96, 96, 94)))
    del surface
    return pixels


def crate(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """Three planks of a crate's front, with their grain, gaps and nails."""
    del artwork, language
    picture = np.empty((ART_SIZE, ART_SIZE, 3))
    plank = ART_SIZE / 3.0
    tones = ((196, 150, 98), (184, 136, 86), (202, 158, 106))
    random = np.random.default_rng(23)
    for number, tone in enumerate(tones):
        rows = slice(round(number * plank), round((number + 1) * plank))
        picture[rows] = tone
    grain = np.repeat(random.normal(0.0, 6.0, (ART_SIZE, 8)), ART_SIZE // 8, axis=1)
    grain = (grain + np.roll(grain, 32, axis=1)) / 2.0
    picture += grain[..., None] + _cloud(random, 6)[..., None] * 5.0
    for number in range(3):
        top = round(number * plank)
        picture[top : top + 9] *= 0.42
        picture[top + 9 : top + 13] += 14.0
    pixels = _opaque(picture)
    info = skia.ImageInfo.Make(
        ART_SIZE, ART_SIZE, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType
    )
    surface = skia.Surface.MakeRasterDirect(info, pixels, ART_SIZE * 4)
    assert surface is not None
    canvas = surface.getCanvas()
    canvas.scale(1.0, CRATE_ASPECT)
    for number in range(3):
        for x in (14.0, ART_SIZE - 14.0):
            y = (number + 0.5) * plank / CRATE_ASPECT
            canvas.drawCircle(x, y, 4.0, paint_of((92, 84, 76)))
    del surface
    return pixels


def _boards() -> NDArray[np.uint8]:
    """Long boards of oak, their ends staggered."""
    random = np.random.default_rng(41)
    rows = 16
    board = ART_SIZE // rows
    picture = np.empty((ART_SIZE, ART_SIZE, 3))
    for row in range(rows):
        rim = slice(row * board, (row + 1) * board)
        cut = (row * 197) % ART_SIZE
        for start, end in ((cut, cut + ART_SIZE // 2), (cut + ART_SIZE // 2, cut + ART_SIZE)):
            columns = np.arange(start, end) % ART_SIZE
            shade = random.uniform(-16.0, 16.0)
            picture[rim, columns] = np.array((188.0, 148.0, 106.0)) + shade
        for end in (cut, cut + ART_SIZE // 2):
            picture[rim, end % ART_SIZE] *= 0.62
    grain = np.repeat(random.normal(0.0, 5.0, (ART_SIZE, 16)), ART_SIZE // 16, axis=1)
    picture += ((grain + np.roll(grain, 16, axis=1)) / 2.0)[..., None]
    picture[np.arange(ART_SIZE) % board == 0] *= 0.66
    return _opaque(picture)


def _cloud(random: np.random.Generator, cells: int) -> Canvas:
    """(ART_SIZE, ART_SIZE) of soft blotches about 0, equal at opposite edges."""
    coarse = random.normal(0.0, 1.0, (cells, cells))
    coarse = np.concatenate([coarse, coarse[:1]])
    coarse = np.concatenate([coarse, coarse[:, :1]], axis=1)
    at = np.arange(ART_SIZE) * cells / ART_SIZE
    low = at.astype(int)
    part = at - low
    part = part * part * (3.0 - 2.0 * part)
    rows = coarse[low] * (1 - part)[:, None] + coarse[low + 1] * part[:, None]
    return np.asarray(rows[:, low] * (1 - part) + rows[:, low + 1] * part)


def _opaque(picture: Canvas) -> NDArray[np.uint8]:
    pixels = np.full((ART_SIZE, ART_SIZE, 4), 255, dtype=np.uint8)
    pixels[..., :3] = np.clip(np.rint(picture), 0, 255)
    return pixels
