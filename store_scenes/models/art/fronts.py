"""The front of a pack: its composition, drawn on its panel."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.art.compositions.registry import composition_of
from store_scenes.models.art.front import Words, Written, front_of
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme

__all__ = ["Words", "draw_front"]


def draw_front(
    canvas: Any,
    panel: Panel,
    scheme: Scheme,
    words: Words,
    pixels: NDArray[np.uint8] | None = None,
    *,
    lettering: bool = True,
) -> list[Written]:
    """Cover the panel; the canvas is in millimetres with the panel's top left as origin.

    `pixels` are what the canvas draws into: with them words are checked against what they really
    lie on. Words too small to read are left out, without `lettering` all are. Returns the words
    with their places and colours.
    """
    front = front_of(canvas, panel, scheme, words, pixels, lettering=lettering)
    composition_of(scheme)(front)
    return front.written
