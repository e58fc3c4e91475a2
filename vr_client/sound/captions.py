"""What is heard, written: a cue that means something, and the side that it came from. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from vr_client.frame_packet import Matrix
from vr_client.sound.cues import MEANT, Cue, Place, Sounded

Side = Literal["left", "right", "behind", "ahead", ""]

ASIDE_DEG: Final = 25.0
BEHIND_DEG: Final = 120.0
SHOWN_S: Final = 4.0
"""Long enough to read a name, and gone before one would wonder."""


@dataclass(frozen=True, slots=True)
class Caption:
    """`cue` in words, which came from `side` ("": from nowhere) and is about `sku`, if anything."""

    cue: Cue
    side: Side = ""
    sku: str = ""


def side_of(place: Place | None, world_from_head: Matrix) -> Side:
    """Where a head would turn to see what sounds at `place`."""
    if place is None:
        return ""
    seen = world_from_head[:3, :3].T @ (np.asarray(place) - world_from_head[:3, 3])
    aside_deg = float(np.degrees(np.arctan2(seen[0], -seen[2])))
    if abs(aside_deg) >= BEHIND_DEG:
        return "behind"
    if abs(aside_deg) < ASIDE_DEG:
        return "ahead"
    return "right" if aside_deg > 0.0 else "left"


def caption_of(sounded: Iterable[Sounded], world_from_head: Matrix) -> Caption | None:
    """The last of a frame's cues that means something, in words; None where none does."""
    meant = [one for one in sounded if one.cue in MEANT]
    if not meant:
        return None
    return Caption(meant[-1].cue, side_of(meant[-1].place, world_from_head), meant[-1].sku)
