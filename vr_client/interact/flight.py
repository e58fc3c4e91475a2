"""How a thing flies by itself: to the hand that called it, home to its shelf, into the basket.

Pure; seconds and metres.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from vr_client.frame_packet import Matrix
from vr_client.space.pose import between

To = Literal["home", "basket"]

CALLED_S: Final = 0.25
"""From the shelf to the hand: quick enough to be one's own doing."""

HOME_S_MIN, HOME_S_MAX, HOME_M_PER_S = 0.18, 0.5, 4.0
SINK_S: Final = 0.22
ARC_SHARE, ARC_M_MAX = 0.18, 0.15
"""How high the way home rises over the straight line: a share of its length, and at most."""


def ease(share: float) -> float:
    """Minimum jerk (Flash and Hogan 1985): starts and ends at rest. 0..1 to 0..1."""
    return share**3 * (share * (6.0 * share - 15.0) + 10.0)


@dataclass(frozen=True, slots=True)
class Flight:
    """Unit `instance` on its way from `start` to `goal`, both `world_from_unit`."""

    instance: int
    start: Matrix
    goal: Matrix
    begun_s: float
    seconds: float
    to: To = "home"

    def is_over(self, time_s: float) -> bool:
        """Whether it has arrived. A clock that went backwards makes nobody wait."""
        return not 0.0 <= time_s - self.begun_s < self.seconds

    def at(self, time_s: float) -> Matrix:
        """Where it is: on a short arc home, straight down into the basket."""
        share = ease(min(1.0, max(0.0, (time_s - self.begun_s) / self.seconds)))
        here = between(self.start, self.goal, share)
        if self.to == "home":
            length = float(np.linalg.norm(self.goal[:3, 3] - self.start[:3, 3]))
            here[1, 3] += min(ARC_M_MAX, length * ARC_SHARE) * np.sin(np.pi * share)
        return here


def homewards(instance: int, start: Matrix, home: Matrix, now_s: float) -> Flight:
    """The way back to where it stood."""
    length = float(np.linalg.norm(home[:3, 3] - start[:3, 3]))
    seconds = min(HOME_S_MAX, max(HOME_S_MIN, length / HOME_M_PER_S))
    return Flight(instance, start, home, now_s, seconds)
