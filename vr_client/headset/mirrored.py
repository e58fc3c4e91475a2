"""A headset with a window beside it: the window mirrors it, takes keys, and outlives it.

Both draw with one OpenGL context, the window's. When the headset is gone for good, whoever wore
it goes on in the window, with the same app, cart and place: only the backend's two halves change.
"""

from typing import Final, Protocol

import numpy as np

from vr_client.headset.backend import (
    FrameInfo,
    HeadsetBackend,
    HeadsetEvents,
    HeadsetUnavailableError,
    SessionState,
)

GONE: Final = "headset_gone"
"""The key of the one poll in which the window takes over."""


class Window(HeadsetBackend, Protocol):
    """What the mirror needs of a window: all of a desktop backend, and two things more."""

    def take_text(self, *, wanted: bool) -> None:
        """While text is `wanted`, letters are written and do nothing else."""

    def tilt(self, pitch_deg: float) -> None:
        """Look this far upwards from now on."""

    def lend_drag(self, *, wanted: bool) -> None:
        """While `wanted`, what turns the view turns what is held instead."""

    def mirror(self, eye_textures: tuple[int, ...], size: tuple[int, int]) -> None:
        """Show a headset's pictures, without waiting."""

    def take_over(self, spot: tuple[float, float], yaw_deg: float) -> None:
        """See for oneself from now on."""


class MirroredBackend:
    """Implements `HeadsetBackend` over `headset` and `window`, both opened.

    `name` is that of the half through which the shop is seen now.
    """

    def __init__(self, headset: HeadsetBackend, window: Window) -> None:
        self.name = headset.name
        self._headset: HeadsetBackend | None = headset
        self._window = window
        self._info: FrameInfo | None = None
        self._told: tuple[str, ...] = ()

    @property
    def _now(self) -> HeadsetBackend:
        return self._window if self._headset is None else self._headset

    def open(self) -> None:
        """Nothing more: each half was opened to find out whether it can be."""

    def poll(self) -> HeadsetEvents:
        """What the headset says, with the keys of both; closing the window ends the shop."""
        seen = self._window.poll()
        keys = seen.keys
        state = seen.state
        if self._headset is not None:
            try:
                worn = self._headset.poll()
            except HeadsetUnavailableError:
                self._leave()
            else:
                keys += worn.keys
                if worn.over:
                    self._leave()
                elif state is not SessionState.QUITTING:
                    state = worn.state
        told, self._told = self._told, ()
        return HeadsetEvents(state, seen.typed, keys + told)

    def begin_frame(self) -> FrameInfo:
        """The headset's frame, or the window's."""
        if self._headset is not None:
            try:
                self._info = self._headset.begin_frame()
            except HeadsetUnavailableError:
                self._leave()
            else:
                return self._info
        return self._window.begin_frame()

    def end_frame(self, eye_textures: tuple[int, ...]) -> None:
        """Hands the pictures to the headset first: the mirror is what can wait."""
        if self._headset is None:
            self._window.end_frame(eye_textures)
            return
        try:
            self._headset.end_frame(eye_textures)
        except HeadsetUnavailableError:
            self._leave()
            return
        if self._info is not None:
            self._window.mirror(eye_textures, self._info.views[0].size)

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """A tick in the hand that wears a controller."""
        self._now.haptic(hand, seconds, strength)

    def bounds(self) -> tuple[float, float] | None:
        """The play area, as long as there is one."""
        return self._now.bounds()

    def recentre(self) -> None:
        """Of whatever the shop is seen through."""
        self._now.recentre()

    def take_text(self, *, wanted: bool) -> None:
        """A keyboard writes for who wears the headset as well."""
        self._window.take_text(wanted=wanted)

    def tilt(self, pitch_deg: float) -> None:
        """A window's neck alone can be turned."""
        if self._headset is None:
            self._window.tilt(pitch_deg)

    def lend_drag(self, *, wanted: bool) -> None:
        """A window's drag alone turns what is held."""
        self._window.lend_drag(wanted=wanted)

    def close(self) -> None:
        """Both; a second time is harmless. The context goes with the window, so it goes last."""
        if self._headset is not None:
            self._headset.close()
        self._window.close()

    def _leave(self) -> None:
        """The headset is gone: from here on the window is all there is, and stands where it was."""
        assert self._headset is not None
        headset, self._headset = self._headset, None
        headset.close()
        head = self._info.world_from_head if self._info is not None else np.eye(4)
        yaw = float(np.degrees(np.arctan2(head[0, 2], head[2, 2])))
        self._window.take_over((float(head[0, 3]), float(head[2, 3])), yaw)
        self.name = self._window.name
        self._told = (GONE,)
