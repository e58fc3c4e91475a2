"""Colours (sRGB hex) and sizes of the panels. One unit is a millimetre seen from 1 m away.

Panels shrink as they come nearer, so angles stay: an em of 12 is 0.69 degrees at any distance.
Panels name colours of the usual look; a canvas draws them as the `Look` in force has them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from vr_client.state.senses import Contrast

INK = "0f172a"
INK_SOFT = "475569"
INK_FAINT = "5a687c"
PAPER = "ffffff"
GROUND = "f5f7f9"
GROUND_DEEP = "e8ecef"
RULE = "dfe4e9"
ACCENT = "0f766e"
ACCENT_HOVER = "0b5f58"
ACCENT_SOFT = "e3f2f0"
PRICE = "dc2626"
WARNING = "b45309"
WARNING_SOFT = "fef3c7"
DISABLED = "94a3b8"
GROUND_OFF = "e8eced"
"""Under a button that cannot be pressed: in no look it has the edge that makes a button of it."""
CODE_GROUND = "fffffe"
"""Under what a phone reads: white in every look, so it is not PAPER."""

MAP_FLOOR, MAP_BLOCK, MAP_EDGE = "f3efe7", "b9c4cf", "9aa8b5"
MAP_PLACES = {"produce": "dcefd9", "chilled": "d9eaf7", "bakery": "f7e6cf", "tills": "e9e2f6"}

TEXT_LEAST = 10.6
"""An em as small as EM_DEGREES_MIN allows: for what would be cut otherwise, never by choice."""
TEXT_SMALL = 12.0
TEXT = 13.5
TEXT_LARGE = 16.0
TITLE = 20.0
PRICE_SIZE = 27.0
"""Ems, millimetres at 1 m."""

EM_DEGREES_MIN = 0.6
TARGET_MIN = 22.0
"""What a comfortable reader and a shaky hand need (DESIGN, comfort and reach)."""

BUTTON_HEIGHT = 46.0
STEPPER_HEIGHT = 32.0
RADIUS_CARD = 18.0
RADIUS_BUTTON = 11.0
PADDING = 20.0
SHADOW = 12.0
"""Room around a card, inside its texture, for its soft shadow."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the colours of the panels are drawn: `inks` in place of those of the usual look.

    `edges` are grounds that get an edge of that thickness, since their colour alone says nothing
    here; outlines are `stroke` times as thick and at least `thinnest`. Not `soft`: no shadows.
    """

    inks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    edges: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    edge_ink: str = INK
    stroke: float = 1.0
    thinnest: float = 0.0
    soft: bool = True


_DARKS = (INK, INK_SOFT, INK_FAINT, RULE, ACCENT, ACCENT_HOVER, PRICE, WARNING, MAP_EDGE)
_LIGHTS = (PAPER, GROUND, GROUND_DEEP, GROUND_OFF, ACCENT_SOFT, WARNING_SOFT, MAP_FLOOR)
_EDGES = {GROUND: 0.9, GROUND_DEEP: 1.4, WARNING_SOFT: 1.4, ACCENT_SOFT: 3.0,
          **dict.fromkeys(MAP_PLACES.values(), 0.9)}  # fmt: skip
"""The chosen thing and the one pointed at have the thickest edge."""


def _stark(dark: str, light: str, between: str) -> Look:
    inks = {
        **dict.fromkeys(_DARKS, dark), **dict.fromkeys((*_LIGHTS, *MAP_PLACES.values()), light),
        DISABLED: between, MAP_BLOCK: between,
    }  # fmt: skip
    return Look(inks, _EDGES, dark, stroke=2.0, thinnest=1.4, soft=False)


LOOKS: Final[dict[Contrast, Look]] = {
    "usual": Look(),
    "light": _stark("000000", "ffffff", "595959"),
    "dark": _stark("ffffff", "000000", "959595"),
}
