"""A gamepad's sticks and buttons as what the shopper wants. Pure: readings in, wishes out.

Readings are in the order of GLFW's gamepad mapping (https://www.glfw.org/docs/latest/input_guide.html#gamepad),
so every pad that SDL's database knows has the same buttons.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

DEAD_ZONE: Final = 0.18
TRIGGER_DOWN, TRIGGER_UP = 0.3, -0.2
"""A trigger rests at -1 (0 until it first moved) and goes to 1; between these two it stays."""

REPEAT_AFTER_S, REPEAT_EACH_S = 0.45, 0.14

BUTTONS: Final[tuple[str, ...]] = (
    "A", "B", "X", "Y", "LB", "RB", "Back", "Start", "Guide", "L3", "R3",
    "up", "right", "down", "left",
)  # fmt: skip
TRIGGERS: Final[tuple[str, ...]] = ("LT", "RT")

PRESSES: Final = {"A": "select"}
KEYS: Final = {
    "X": "menu", "B": "back", "Y": "map", "Back": "search", "Start": "help",
    "LT": "fewer", "RT": "more", "RB": "grab",
}  # fmt: skip
WRITES: Final = {"up": "\x10", "down": "\x0e"}
REPEATING: Final = frozenset({"LT", "RT", "up", "down"})


@dataclass(frozen=True, slots=True)
class PadReading:
    """Six axes in -1..1 (left x y, right x y, triggers; y down) and the fifteen BUTTONS."""

    axes: tuple[float, ...]
    buttons: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class PadWishes:
    """What the pad asks for in this frame. `move` right and ahead, `look` right and up: -1..1."""

    move: tuple[float, float] = (0.0, 0.0)
    look: tuple[float, float] = (0.0, 0.0)
    run: bool = False
    presses: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    typed: str = ""

    @property
    def active(self) -> bool:
        """Whether the pad is in use."""
        return self != PadWishes()


def past_dead_zone(x: float, y: float) -> tuple[float, float]:
    """A stick's deflection: nothing inside the dead zone, then growing from 0 to 1, finely first.

    The zone is round, so that diagonals are as quick as the axes.
    """
    away = float(np.hypot(x, y))
    if away <= DEAD_ZONE or not np.isfinite(away):
        return 0.0, 0.0
    share = min(1.0, (away - DEAD_ZONE) / (0.97 - DEAD_ZONE)) ** 1.5 / away
    return x * share, y * share


class Gamepad:
    """Remembers what was down, so that one press is one press; a new pad starts with nothing."""

    def __init__(self) -> None:
        self._down: frozenset[str] | None = None
        self._again_s: dict[str, float] = {}

    def take(self, reading: PadReading | None, now_s: float) -> PadWishes:
        """What the pad asks for at `now_s`; `reading` None: there is no pad (any more)."""
        if reading is None or len(reading.axes) < 6 or len(reading.buttons) < len(BUTTONS):
            self._down = None
            return PadWishes()
        before = self._down
        down = self._pressed(reading, before or frozenset())
        self._down = down
        if before is None:
            return PadWishes()  # what is held while a pad is plugged in is no wish
        went = [name for name in (*BUTTONS, *TRIGGERS) if name in down - before]
        went += self._repeated(down, before, now_s)
        left, right = past_dead_zone(*reading.axes[:2]), past_dead_zone(*reading.axes[2:4])
        return PadWishes(
            move=(left[0], 0.0 - left[1]),
            look=(right[0], 0.0 - right[1]),
            run="L3" in down,
            presses=tuple(PRESSES[name] for name in went if name in PRESSES),
            keys=tuple(KEYS[name] for name in went if name in KEYS),
            typed="".join(WRITES[name] for name in went if name in WRITES),
        )

    def _pressed(self, reading: PadReading, before: frozenset[str]) -> frozenset[str]:
        down = {name for name, held in zip(BUTTONS, reading.buttons, strict=False) if held}
        for name, axis in zip(TRIGGERS, reading.axes[4:6], strict=True):
            if axis > (TRIGGER_UP if name in before else TRIGGER_DOWN):
                down.add(name)
        return frozenset(down)

    def _repeated(self, down: frozenset[str], before: frozenset[str], now_s: float) -> list[str]:
        again = []
        for name in REPEATING & down:
            if name not in before:
                self._again_s[name] = now_s + REPEAT_AFTER_S
            elif now_s >= self._again_s[name]:
                self._again_s[name] = now_s + REPEAT_EACH_S
                again.append(name)
        return sorted(again)
