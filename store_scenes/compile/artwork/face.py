"""What every drawing starts from: a canvas in units of the face, and its texts in order."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from store_scenes.fixtures.artwork import Artwork
from store_scenes.models.art.sheet import sheet
from store_scenes.models.mesh import ART_SIZE

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
INK: Rgb = (30, 34, 38)
GREEN: Rgb = (15, 118, 110)
GREEN_DARK: Rgb = (9, 82, 78)
RED: Rgb = (200, 30, 40)
YELLOW: Rgb = (255, 214, 64)


def face(artwork: Artwork, ground: Rgb) -> tuple[NDArray[np.uint8], Any, Any, float]:
    """Pixels, the surface over them, its canvas, and the face's width.

    The canvas is 100 units high and `width` units wide; where the face takes several layers it
    shows this layer's part. The caller holds pixels and surface for as long as it draws.
    """
    pixels, surface = sheet(ART_SIZE, ART_SIZE, ground)
    canvas = surface.getCanvas()
    number, count = artwork.tile
    width = 100.0 * artwork.aspect
    scale = ART_SIZE / max(width / count, 100.0)
    canvas.scale(scale, scale)
    canvas.translate(-width * number / count, 0.0)
    return pixels, surface, canvas, width


def texts(artwork: Artwork, language: str) -> list[str]:
    """The names, the store's own language first."""
    own = [text for code, text in artwork.names if code == language]
    return own + [text for code, text in artwork.names if code != language]
