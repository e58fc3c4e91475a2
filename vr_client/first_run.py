"""A new shopper's first minute: the health and safety notice, then a tutorial; each once."""

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from vr_client.interact.walk import Spot
from vr_client.preferences import Settings
from vr_client.state.client_state import ClientState
from vr_client.state.events import LessonMoved, LocalEvent, PanelToggled
from vr_client.state.tutorial import Doing, step_after

SAFETY_VERSION: Final = 1
"""Of the notice's text: who has read an older one reads the new one."""


class FirstRun:
    """Follows what somebody does who may be new here."""

    def __init__(
        self, settings: Settings | None, controls: Literal["desktop", "headset"], *, welcome: bool
    ) -> None:
        """Without `welcome`, or without settings that are kept, nobody is new."""
        new = welcome and settings is not None
        read = settings.safety_read if settings is not None else 0
        # In a window nobody walks into a wall.
        self._warns = new and controls == "headset" and read < SAFETY_VERSION
        self._teaches = new and settings is not None and not settings.toured
        self._step = ""
        self._begun: tuple[Spot, float, float] = ((0.0, 0.0), 0.0, 0.0)
        self._turned_deg = 0.0
        self._moved_m = 0.0
        self._units = 0

    def begin(self) -> Iterator[LocalEvent]:
        """What is open from the first frame on."""
        if self._warns:
            yield PanelToggled("safety", visible=True)

    def attends(self, state: ClientState) -> bool:
        """Whether `turn` is to be called: most frames of most visits are nobody's first."""
        return self._teaches or bool(state.lesson or self._step)

    def turn(
        self, state: ClientState, spot: Spot, yaw_deg: float, time_s: float
    ) -> LessonMoved | None:
        """The next step of the tutorial, when this frame has led to it."""
        if not state.lesson:
            self._step = ""
            if not self._teaches or state.scene is None or "safety" in state.panels:
                return None
            self._teaches = False
            return LessonMoved("look")
        if state.lesson != self._step:
            self._enter(state, spot, yaw_deg, time_s)
        at, facing_deg, since_s = self._begun
        turned = abs((yaw_deg - facing_deg + 180.0) % 360.0 - 180.0)
        moved = ((spot[0] - at[0]) ** 2 + (spot[1] - at[1]) ** 2) ** 0.5
        self._turned_deg = max(self._turned_deg, turned)
        self._moved_m = max(self._moved_m, moved)
        doing = Doing(self._turned_deg, self._moved_m, self._units, time_s - since_s)
        after = step_after(state.lesson, state, doing)
        return LessonMoved(after) if after != state.lesson else None

    def _enter(self, state: ClientState, spot: Spot, yaw_deg: float, time_s: float) -> None:
        if not self._step:
            self._units = state.cart.unit_count
        self._step = state.lesson
        self._begun = (spot, yaw_deg, time_s)
        self._turned_deg = self._moved_m = 0.0


def noted(settings: Settings, event: LocalEvent) -> Settings:
    """The settings that remember what was read or seen by `event`; the same where nothing was."""
    match event:
        case PanelToggled(panel="safety", visible=False):
            return msgspec.structs.replace(settings, safety_read=SAFETY_VERSION)
        case LessonMoved(step=""):
            return msgspec.structs.replace(settings, toured=True)
    return settings
