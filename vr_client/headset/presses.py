"""Presses of keys and mouse buttons, kept until a frame takes them. Pure."""

from collections import deque
from dataclasses import dataclass
from typing import Final

WAITING_MAX: Final = 16
"""More than a person presses while one slow frame is drawn; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Press:
    """`button` went down (and perhaps up again) while the pointer was at `at`, window units."""

    button: str  # "select", "menu" or "back"
    at: tuple[float, float]


class PressQueue:
    """Every press reaches one frame, where the pointer was then, however slow frames are.

    Asking at each frame which buttons are down would lose a click shorter than a frame.
    """

    def __init__(self) -> None:
        self._waiting: deque[Press] = deque(maxlen=WAITING_MAX)
        self._taken: Press | None = None

    def add(self, button: str, at: tuple[float, float]) -> None:
        """A button went down."""
        self._waiting.append(Press(button, at))

    def take(self) -> Press | None:
        """The press of the frame that begins.

        A button is up for one frame before it is down again, so that two clicks are two.
        """
        before, self._taken = self._taken, None
        if self._waiting and (before is None or before.button != self._waiting[0].button):
            self._taken = self._waiting.popleft()
        return self._taken
