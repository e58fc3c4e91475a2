"""Going somewhere in the blink of an eye: dark, there, light again. Pure; seconds and metres."""

from dataclasses import dataclass, replace

from vr_client.interact.walk import Spot

CLOSE_S, OPEN_S = 0.12, 0.2
"""How long the eyes take to close and to open. Nothing is seen to fly past, so nobody gets sick."""

HOP_CLOSE_S, HOP_OPEN_S = 0.04, 0.10
"""A hop is short, often repeated, and shown beforehand: a blink is enough."""


@dataclass(frozen=True, slots=True)
class Journey:
    """To `spot`, there to look at `yaw_deg` and `pitch_deg` (None: as before); begun at `start_s`.

    `sku` and `instance` are what is looked at on arrival, if anything; `close_s` and `open_s` how
    long the eyes take.
    """

    spot: Spot
    yaw_deg: float | None = None
    pitch_deg: float | None = None
    sku: str | None = None
    instance: int = -1
    start_s: float = 0.0
    arrived: bool = False
    close_s: float = CLOSE_S
    open_s: float = OPEN_S

    def cut(self) -> "Journey":
        """The same journey without closing eyes: here in one frame, there in the next."""
        return replace(self, close_s=0.0, open_s=0.0)

    def is_there(self, time_s: float) -> bool:
        """Whether the eyes have closed, so that one may be somewhere else."""
        return time_s - self.start_s >= self.close_s

    def is_over(self, time_s: float) -> bool:
        """Whether the eyes are open again."""
        return time_s - self.start_s >= self.close_s + self.open_s

    def darkness(self, time_s: float) -> float:
        """How dark it is, 0 to 1; at the moment of arrival it is wholly dark."""
        passed = time_s - self.start_s
        if passed < self.close_s:
            return max(0.0, passed / self.close_s)
        if self.open_s <= 0.0:
            return 0.0
        return max(0.0, 1.0 - (passed - self.close_s) / self.open_s)
