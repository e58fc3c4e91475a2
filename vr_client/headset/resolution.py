"""How large to draw so that a headset's frame is always ready: smaller at once, larger with care.

Pure. A late frame is felt in the stomach, a soft one is hardly seen; but a size that changes to
and fro is seen as well, hence two thresholds far apart and a long look before going up.
"""

from typing import Final

STEPS: Final = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Of the width and of the height; each has about a fifth fewer pixels than the one before."""

FULL: Final = 0.9  # of the time for one frame: more is too close to being late
ROOM: Final = 0.75  # what the next larger size may be expected to take
FRAMES_DOWN: Final = 6
FRAMES_UP: Final = 180
"""So many frames on end must say the same: a tenth of a second to go down, two to go up."""


class ResolutionScale:
    """Told how long the graphics card worked on each frame, it says how large to draw the next."""

    def __init__(self) -> None:
        self._step = 0
        self._late = 0
        self._early = 0

    @property
    def scale(self) -> float:
        """Of each side, at most 1."""
        return STEPS[self._step]

    def took(self, gpu_ms: float, frame_ms: float) -> None:
        """One frame took the card `gpu_ms` of the `frame_ms` that there are; 0: nobody knows."""
        if gpu_ms <= 0.0 or frame_ms <= 0.0:
            return
        self._late = self._late + 1 if gpu_ms > FULL * frame_ms else 0
        expected_ms = gpu_ms * self._growth() ** 2
        self._early = self._early + 1 if expected_ms < ROOM * frame_ms else 0
        if self._late >= FRAMES_DOWN and self._step < len(STEPS) - 1:
            self._go(self._step + 1)
        elif self._early >= FRAMES_UP and self._step > 0:
            self._go(self._step - 1)

    def of(self, size: tuple[int, int]) -> tuple[int, int]:
        """`size` at this scale; whole pixels, and at least one."""
        return max(1, round(size[0] * self.scale)), max(1, round(size[1] * self.scale))

    def _growth(self) -> float:
        return STEPS[max(0, self._step - 1)] / self.scale

    def _go(self, step: int) -> None:
        self._step = step
        self._late = self._early = 0
