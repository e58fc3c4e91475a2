"""How a sound at some place reaches either ear: louder and sooner at the nearer one. Pure."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vr_client.frame_packet import Matrix
from vr_client.sound.cues import Place

HEAD_RADIUS_M: Final = 0.0875
SOUND_M_PER_S: Final = 343.0
NEAR_M: Final = 0.8
"""As near as the hands, where most cues come from: nothing gets louder than there."""

WIDTH: Final = 0.85
"""How far the pan goes: even right beside the head the other ear hears something."""

SOFTER_BEHIND: Final = 0.2


@dataclass(frozen=True, slots=True)
class Heard:
    """Gain 0 to 1 and delay in seconds of the left and of the right ear."""

    left: float
    right: float
    left_late_s: float = 0.0
    right_late_s: float = 0.0


INSIDE: Final = Heard(np.sqrt(0.5), np.sqrt(0.5))
"""From no place: alike in both ears."""


def heard_at(place: Place | None, world_from_head: Matrix) -> Heard:
    """What a head hears of a sound at `place`; one right in the head comes from no place."""
    if place is None:
        return INSIDE
    seen = world_from_head[:3, :3].T @ (np.asarray(place) - world_from_head[:3, 3])
    away_m = float(np.linalg.norm(seen))
    if away_m < 0.05:
        return INSIDE
    aside = float(np.clip(seen[0] / away_m, -1.0, 1.0))  # the sine of the lateral angle
    pan = (1.0 + WIDTH * aside) * np.pi / 4.0
    behind = max(0.0, float(seen[2])) / away_m
    loud = min(1.0, NEAR_M / away_m) * (1.0 - SOFTER_BEHIND * behind)
    # Woodworth's formula for a round head: the way around it and past it.
    angle = float(np.arcsin(aside))
    late_s = HEAD_RADIUS_M / SOUND_M_PER_S * (angle + aside)
    return Heard(
        float(np.cos(pan)) * loud, float(np.sin(pan)) * loud, max(0.0, late_s), max(0.0, -late_s)
    )
