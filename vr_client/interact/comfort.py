"""How a shopper likes to move: what each may set for themselves. Pure.

The defaults are those that make the fewest people sick (DESIGN, comfort and reach): short hops,
turns in steps, and a narrower view while one walks.
"""

from dataclasses import dataclass
from typing import Final, Literal

Turn = Literal["snap", "smooth"]
Hop = Literal["short", "long"]
Pace = Literal["slow", "normal", "fast"]
Hand = Literal["right", "left"]

SNAP_DEG: Final = 30.0
HOP_M: Final[dict[Hop, float]] = {"short": 1.5, "long": 4.0}
"""Schnack, Wright and Holdershaw (2021): who jumps far skips shelves."""

PACE: Final[dict[Pace, float]] = {"slow": 0.6, "normal": 1.0, "fast": 1.6}
SMOOTH_DEG_PER_S: Final = 70.0
SEATED_RISE_M: Final = 0.42
"""From the eyes of somebody on a chair to those of the same person on their feet."""


@dataclass(frozen=True, slots=True)
class Comfort:
    """`hand` is the one that turns and hops, the other one walks; `seated` lifts the eyes.

    `vignette` narrows the view while one walks, `still` leaves out all that only moves for show.
    """

    turn: Turn = "snap"
    hop: Hop = "short"
    pace: Pace = "normal"
    vignette: bool = True
    seated: bool = False
    hand: Hand = "right"
    still: bool = False

    @property
    def rise_m(self) -> float:
        """How much higher than their head the eyes are; `FrameInfo.upright` ones are up there."""
        return SEATED_RISE_M if self.seated else 0.0


DEFAULT: Final = Comfort()
