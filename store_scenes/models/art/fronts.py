"""The front of a pack: its composition, drawn on its panel."""

from typing import Any

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
    *,
    px_per_mm: float = 2.0,
    lettering: bool = True,
) -> list[Written]:
    """Cover the panel; the canvas is in millimetres with the panel's top left as origin.

    `px_per_mm` says how fine the canvas is: words too small to read are left out. Without
    `lettering` no words are drawn. Returns the words with their places and colours.
    """
    front = front_of(canvas, panel, scheme, words, px_per_mm, lettering=lettering)
    composition_of(scheme)(front)
    return front.written
