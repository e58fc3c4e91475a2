"""From an `Artwork` to its pixels."""

import numpy as np
from numpy.typing import NDArray

from store_scenes.fixtures.artwork import Artwork
from store_scenes.models.art import draw_sign


def draw_artwork(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """(ART_SIZE, ART_SIZE, 4) u1 sRGB, opaque; texts in `language` come first.

    Raises:
        Failure: there is no typeface.
    """
    own = [text for code, text in artwork.names if code == language]
    others = [text for code, text in artwork.names if code != language]
    return draw_sign([*own, *others][:2], aspect=artwork.aspect)
