"""A window instead of a headset: keyboard walks, mouse looks and points.

This is the only file that imports glfw, and it is imported before imgui_bundle, whose wheel
brings a glfw of its own.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from typing import Any

import glfw
import numpy as np

from vr_client.frame_packet import EyeView
from vr_client.headset.backend import (
    FrameInfo,
    HandState,
    HeadsetEvents,
    HeadsetUnavailableError,
    SessionState,
)
from vr_client.headset.presses import Press, PressQueue
from vr_client.space.pose import pose, translation

EYE_HEIGHT_M = 1.62
IPD_M = 0.063
HALF_HEIGHT_TANGENT = 0.60  # 62 degrees from top to bottom
LOOK_DEGREES_PER_PX = 0.12
TURN_DEGREES_PER_S = 80.0
TURN_STEP_S_MAX = 0.1  # a stall does not spin the shopper
PITCH_MAX_DEGREES = 85.0
IDLE_WAIT_S = 1.0 / 60.0
"""How long a frame without a new picture lasts at most; any key or mouse move ends it."""

Present = Callable[[tuple[int, ...], tuple[int, int]], None]
"""Shows eye textures in the current window of this size in pixels."""

KEY_NAMES = {
    glfw.KEY_F1: "help",
    glfw.KEY_H: "help",
    glfw.KEY_F12: "screenshot",
    glfw.KEY_L: "language",
}
BUTTON_KEYS = {glfw.KEY_TAB: "menu", glfw.KEY_I: "menu", glfw.KEY_ESCAPE: "back"}


class DesktopBackend:
    """Implements `HeadsetBackend` over one glfw window.

    `make_presenter` is called once the window's OpenGL context is current; what it returns shows
    the finished pictures. The window itself never draws.
    """

    name = "desktop"

    def __init__(
        self,
        make_presenter: Callable[[], Present] | None = None,
        size: tuple[int, int] = (1280, 800),
        title: str = "Endcap · F1: 도움말, help",
        stereo: bool = False,
    ) -> None:
        self._make_presenter = make_presenter
        self._wanted_size = size
        self._title = title
        self._stereo = stereo
        self._window: Any = None
        self._present: Present | None = None
        self._yaw = self._pitch = 0.0
        self._mouse: tuple[float, float] | None = None
        self._presses = PressQueue()
        self._press: Press | None = None
        self._scrolled = self._scroll = 0.0
        self._keys: list[str] = []
        self._typed = ""
        self._turned_s = 0.0
        self._shown: tuple[int, ...] = ()
        self._stale = False
        self._windowed: tuple[int, int, int, int] | None = None
        self._views: tuple[EyeView, ...] = ()

    def open(self) -> None:
        """Open the window and make its context current.

        Raises:
            HeadsetUnavailableError: no display, or no OpenGL 4.3.
        """
        glfw.set_error_callback(_ignore)
        _require_display()
        if not glfw.init():
            raise HeadsetUnavailableError(
                f"No window can be opened{_on_display()}: run it on a desktop, "
                "or use endcap demo --headless."
            )
        glfw.window_hint(glfw.CONTEXT_VERSION_MAJOR, 4)
        glfw.window_hint(glfw.CONTEXT_VERSION_MINOR, 3)
        glfw.window_hint(glfw.OPENGL_PROFILE, glfw.OPENGL_CORE_PROFILE)
        size = _fitting(self._wanted_size)
        self._window = glfw.create_window(*size, self._title, None, None)
        if not self._window:
            glfw.terminate()
            self._window = None
            raise HeadsetUnavailableError(
                "The window needs OpenGL 4.3, which is not here: update the graphics driver "
                "(Debian without a graphics card: apt-get install libgl1 libgl1-mesa-dri)."
            )
        glfw.make_context_current(self._window)
        glfw.swap_interval(1)
        # A key that is tapped for less than a frame still makes one step.
        glfw.set_input_mode(self._window, glfw.STICKY_KEYS, glfw.TRUE)
        glfw.set_key_callback(self._window, self._on_key)
        glfw.set_mouse_button_callback(self._window, self._on_button)
        glfw.set_window_refresh_callback(self._window, self._on_refresh)
        glfw.set_scroll_callback(self._window, self._on_scroll)
        glfw.set_char_callback(self._window, self._on_char)
        if self._make_presenter is not None:
            self._present = self._make_presenter()

    def poll(self) -> HeadsetEvents:
        """Take in keys and mouse."""
        window = self._require_open()
        glfw.poll_events()
        # Callbacks may also have come while the last frame waited.
        self._scrolled, self._scroll = self._scroll, 0.0
        keys, self._keys = tuple(self._keys), []
        typed, self._typed = self._typed, ""
        self._press = self._presses.take()
        self._look(window)
        self._turn(window)
        if glfw.window_should_close(window):
            state = SessionState.QUITTING
        elif 0 in glfw.get_framebuffer_size(window):
            state = SessionState.IDLE
        else:
            focused = glfw.get_window_attrib(window, glfw.FOCUSED)
            state = SessionState.FOCUSED if focused else SessionState.VISIBLE
        return HeadsetEvents(state, typed, keys)

    def begin_frame(self) -> FrameInfo:
        """Views of the window's size, the head where keys and mouse put it."""
        window = self._require_open()
        width, height = glfw.get_framebuffer_size(window)
        head = pose((0.0, EYE_HEIGHT_M, 0.0), self._yaw, self._pitch)
        count = 2 if self._stereo else 1
        size = (max(1, width // count), max(1, height))
        across = HALF_HEIGHT_TANGENT * size[0] / size[1]
        tangents = (-across, across, -HALF_HEIGHT_TANGENT, HALF_HEIGHT_TANGENT)
        sides = (-0.5, 0.5) if self._stereo else (0.0,)
        self._views = tuple(
            EyeView(head @ translation((side * IPD_M, 0.0, 0.0)), tangents, size) for side in sides
        )
        return FrameInfo(
            views=self._views,
            world_from_head=head,
            hands=(self._hand(window),),
            predicted_time_s=glfw.get_time(),
            should_render=width > 0 and height > 0,
        )

    def end_frame(self, eye_textures: tuple[int, ...]) -> None:
        """Show the pictures; without new ones the last stay, and nothing is done for a while."""
        window = self._require_open()
        if not eye_textures and not (self._stale and self._shown):
            glfw.wait_events_timeout(IDLE_WAIT_S)
            return
        self._shown = eye_textures or self._shown
        self._stale = False
        if self._present is not None:
            self._present(self._shown, glfw.get_framebuffer_size(window))
        glfw.swap_buffers(window)

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """A mouse cannot be felt."""
        del hand, seconds, strength

    def bounds(self) -> tuple[float, float] | None:
        """There is no play area."""
        return None

    def close(self) -> None:
        """Close the window; a second close is harmless."""
        if self._window is not None:
            glfw.destroy_window(self._window)
            self._window = None
            glfw.terminate()

    # ------------------------------------------------------------ keyboard and mouse

    def _hand(self, window: Any) -> HandState:
        """The mouse as a hand that points from the eye through the pointer."""
        right = _held(window, glfw.KEY_D) - _held(window, glfw.KEY_A)
        ahead = _held(window, glfw.KEY_W, glfw.KEY_UP) - _held(window, glfw.KEY_S, glfw.KEY_DOWN)
        button = self._press.button if self._press is not None else ""
        return HandState(
            world_from_hand=self._aim(window),
            select=button == "select",
            menu=button == "menu",
            back=button == "back",
            scroll=self._scrolled,
            move=(right, ahead),
        )

    def _aim(self, window: Any) -> Any:
        width, height = glfw.get_window_size(window)
        clicked = self._press is not None and self._press.button == "select"
        x, y = self._press.at if self._press and clicked else glfw.get_cursor_pos(window)
        share = max(1, width) / len(self._views)
        view = self._views[min(int(max(x, 0.0) // share), len(self._views) - 1)]
        left, right, bottom, top = view.tangents
        across = left + (right - left) * ((x % share) / share)
        up = top + (bottom - top) * (y / max(1, height))
        aim = np.array([across, up, -1.0])
        yaw = float(np.degrees(np.arctan2(-aim[0], -aim[2])))
        pitch = float(np.degrees(np.arctan2(aim[1], np.hypot(aim[0], aim[2]))))
        return view.world_from_eye @ pose((0.0, 0.0, 0.0), yaw, pitch)

    def _look(self, window: Any) -> None:
        """Turn by what the mouse was dragged since the last look; `_mouse` None: no drag."""
        if self._mouse is None:
            return
        here = glfw.get_cursor_pos(window)
        self._yaw -= (here[0] - self._mouse[0]) * LOOK_DEGREES_PER_PX
        pitch = self._pitch - (here[1] - self._mouse[1]) * LOOK_DEGREES_PER_PX
        self._pitch = max(-PITCH_MAX_DEGREES, min(PITCH_MAX_DEGREES, pitch))
        self._mouse = here

    def _turn(self, window: Any) -> None:
        now_s = glfw.get_time()
        step_s = min(now_s - self._turned_s, TURN_STEP_S_MAX)
        self._turned_s = now_s
        left = _held(window, glfw.KEY_LEFT, glfw.KEY_Q) - _held(window, glfw.KEY_RIGHT, glfw.KEY_E)
        self._yaw += left * TURN_DEGREES_PER_S * step_s

    def _on_button(self, window: Any, button: int, action: int, _mods: int) -> None:
        if button == glfw.MOUSE_BUTTON_LEFT and action == glfw.PRESS:
            self._presses.add("select", glfw.get_cursor_pos(window))
        if button == glfw.MOUSE_BUTTON_RIGHT:
            # A whole drag may pass in one slow frame: it is from here, to there.
            self._look(window)
            self._mouse = glfw.get_cursor_pos(window) if action == glfw.PRESS else None

    def _on_refresh(self, _window: Any) -> None:
        self._stale = True

    def _on_key(self, window: Any, key: int, _code: int, action: int, _mods: int) -> None:
        if action != glfw.PRESS:
            return
        if key in BUTTON_KEYS:
            self._presses.add(BUTTON_KEYS[key], glfw.get_cursor_pos(window))
        elif key in KEY_NAMES:
            self._keys.append(KEY_NAMES[key])
        elif key == glfw.KEY_F11:
            self._toggle_fullscreen(window)
        elif key == glfw.KEY_F10:
            self._stereo = not self._stereo

    def _on_scroll(self, _window: Any, _across: float, up: float) -> None:
        self._scroll += up

    def _on_char(self, _window: Any, code: int) -> None:
        self._typed += chr(code)

    def _toggle_fullscreen(self, window: Any) -> None:
        if self._windowed is not None:
            x, y, width, height = self._windowed
            glfw.set_window_monitor(
                window,
                None,  # type: ignore[arg-type] # GLFW's way of saying: back to a window
                x, y, width, height, glfw.DONT_CARE,
            )  # fmt: skip
            self._windowed = None
            return
        monitors = glfw.get_monitors()
        if not monitors:
            return
        monitor = monitors[0]
        mode = glfw.get_video_mode(monitor)
        self._windowed = (*glfw.get_window_pos(window), *glfw.get_window_size(window))
        glfw.set_window_monitor(
            window, monitor, 0, 0, mode.size.width, mode.size.height, mode.refresh_rate
        )

    def _require_open(self) -> Any:
        if self._window is None:
            raise HeadsetUnavailableError("The window is closed: open it first.")
        return self._window


def _held(window: Any, *keys: int) -> float:
    """1.0 while any of `keys` is down, else 0.0; asks for each, since keys are sticky."""
    return float(glfw.PRESS in [glfw.get_key(window, key) for key in keys])


def _fitting(wanted: tuple[int, int]) -> tuple[int, int]:
    """`wanted`, or what the first screen has room for."""
    screens = glfw.get_monitors()
    if not screens:
        return wanted
    _x, _y, width, height = glfw.get_monitor_workarea(screens[0])
    if width <= 0 or height <= 0:
        return wanted
    return min(wanted[0], width), min(wanted[1], height)


def _on_display() -> str:
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return f" on the display {display} (it does not answer)" if display else " here"


def _require_display() -> None:
    """GLFW on X11 without a display takes a while to fail and says little: say it at once."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        raise HeadsetUnavailableError(
            "There is no display here (DISPLAY is not set): run it on a desktop, "
            "or use endcap demo --headless."
        )
    if sys.platform.startswith("linux") and not os.environ.get("WAYLAND_DISPLAY"):
        try:
            ctypes.CDLL("libX11.so.6")
        except OSError:
            raise HeadsetUnavailableError(
                "libX11 is missing: apt-get install libx11-6 (or use endcap demo --headless)."
            ) from None


def _ignore(_code: int, _description: str) -> None:
    """GLFW's own messages: what matters becomes a HeadsetUnavailableError where it happens."""
