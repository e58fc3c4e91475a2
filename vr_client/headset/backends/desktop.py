"""A window instead of a headset: keyboard walks, mouse looks and points.

This is the only file that imports glfw, and it is imported before imgui_bundle, whose wheel
brings a glfw of its own.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import glfw

from vr_client.frame_packet import EyeView
from vr_client.headset.aim import aim_through
from vr_client.headset.backend import (
    FrameInfo,
    HandState,
    HeadsetEvents,
    HeadsetUnavailableError,
    SessionState,
)
from vr_client.headset.controls import HELD, PRESSED, REPEATED, WRITTEN
from vr_client.headset.display import on_display, require_display
from vr_client.headset.gamepad import Gamepad, PadReading, PadWishes
from vr_client.headset.mirror import SIDES, Mirror, after, shown
from vr_client.headset.neck import Neck
from vr_client.headset.presses import Press, PressQueue
from vr_client.space.pose import pose, translation

EYE_HEIGHT_M = 1.62
IPD_M = 0.063
HALF_HEIGHT_TANGENT = 0.60  # 62 degrees from top to bottom
TURN_STEP_S_MAX = 0.1  # a stall does not spin the shopper
TYPED_MAX = 256  # letters that one frame takes in; nobody types more
IDLE_WAIT_S = 1.0 / 60.0
"""How long a frame without a new picture lasts at most; any key or mouse move ends it."""


class Present(Protocol):
    """Shows eye textures in the current window of a size in pixels."""

    def __call__(
        self,
        eye_textures: tuple[int, ...],
        window_size: tuple[int, int],
        picture_size: tuple[int, int] | None = None,
        /,
    ) -> None:
        """`picture_size`, where given, keeps their shape: what does not fit is cut off."""


CODES: dict[str, tuple[int, ...]] = {
    **{name: (getattr(glfw, f"KEY_{name}"),) for name in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{f"F{number}": (getattr(glfw, f"KEY_F{number}"),) for number in range(1, 13)},
    "Tab": (glfw.KEY_TAB,),
    "Esc": (glfw.KEY_ESCAPE,),
    "/": (glfw.KEY_SLASH, glfw.KEY_KP_DIVIDE),
    "+": (glfw.KEY_EQUAL, glfw.KEY_KP_ADD),
    "-": (glfw.KEY_MINUS, glfw.KEY_KP_SUBTRACT),
    "Enter": (glfw.KEY_ENTER, glfw.KEY_KP_ENTER),
    "Backspace": (glfw.KEY_BACKSPACE,),
    "Shift": (glfw.KEY_LEFT_SHIFT, glfw.KEY_RIGHT_SHIFT),
    "↑": (glfw.KEY_UP,),
    "↓": (glfw.KEY_DOWN,),
    "←": (glfw.KEY_LEFT,),
    "→": (glfw.KEY_RIGHT,),
}
"""GLFW's codes of the keys that `vr_client.headset.controls` names."""


def _coded(names: dict[str, str]) -> dict[tuple[int, bool], str]:
    """`names` by GLFW code and whether Ctrl is held."""
    return {
        (code, name.startswith("Ctrl+")): meaning
        for name, meaning in names.items()
        for code in CODES[name.removeprefix("Ctrl+")]
    }


KEY_DOES = _coded(PRESSED)
KEY_WRITES = _coded(WRITTEN)
HELD_CODES = {name: tuple(c for key in keys for c in CODES[key]) for name, keys in HELD.items()}
ACT_WHILE_WRITING = frozenset({"menu", "back", "recentre", "mirror", "fullscreen", "screenshot"})


@dataclass(frozen=True, slots=True)
class Measures:
    """A window: its size in the units of its pointer, in pixels, and pixels a plain pixel."""

    window: tuple[int, int]
    pixels: tuple[int, int]
    scale: float


def screens() -> int:
    """How many screens a window could open on; 0 where none can."""
    count = len(glfw.get_monitors()) if glfw.init() else 0
    glfw.terminate()
    return count


def measure(window: Any) -> Measures:
    """What GLFW says of a window. The two sizes differ on macOS and Wayland."""
    scale = float(glfw.get_window_content_scale(window)[0])
    width, height = glfw.get_window_size(window)
    across_px, down_px = glfw.get_framebuffer_size(window)
    return Measures((width, height), (across_px, down_px), scale)


def read_first_pad() -> PadReading | None:
    """The first gamepad that is plugged in now, or None."""
    for number in range(glfw.JOYSTICK_LAST + 1):
        if glfw.joystick_present(number) and glfw.joystick_is_gamepad(number):
            state = glfw.get_gamepad_state(number)
            if state is not None:
                return PadReading(tuple(state.axes), tuple(bool(held) for held in state.buttons))
    return None


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
        mirror: Mirror = "middle",
        read_pad: Callable[[], PadReading | None] = read_first_pad,
        measure_window: Callable[[Any], Measures] = measure,
        **_options: Any,
    ) -> None:
        self._make_presenter = make_presenter
        self._wanted_size = size
        self._title = title
        self._read_pad, self._measure = read_pad, measure_window
        self._window: Any = None
        self._present: Present | None = None
        self._measures = Measures(size, size, 1.0)
        self._spot = (0.0, 0.0)
        self._neck = Neck()
        self._mouse: tuple[float, float] | None = None
        self._gamepad, self._wishes = Gamepad(), PadWishes()
        self._pad_aims = False
        self._at = (0.0, 0.0)
        self._presses = PressQueue()
        self._press: Press | None = None
        self._scrolled = self._scroll = 0.0
        self._keys: list[str] = []
        self._typed = ""
        self._writing = self._swallow = False
        self._turned_s = 0.0
        self._mirror: Mirror = mirror
        self._beside_headset = False
        self._shown: tuple[int, ...] = ()
        self._stale = False
        self._windowed: tuple[int, int, int, int] | None = None
        self._views: tuple[EyeView, ...] = ()
        self._twist = (0.0, 0.0)

    def open(self) -> None:
        """Open the window and make its context current.

        Raises:
            HeadsetUnavailableError: no display, or no OpenGL 4.3.
        """
        glfw.set_error_callback(_ignore)
        require_display()
        if not glfw.init():
            raise HeadsetUnavailableError(
                f"No window can be opened{on_display()}: run it on a desktop, "
                "or use endcap demo --headless."
            )
        glfw.window_hint(glfw.CONTEXT_VERSION_MAJOR, 4)
        glfw.window_hint(glfw.CONTEXT_VERSION_MINOR, 3)
        glfw.window_hint(glfw.OPENGL_PROFILE, glfw.OPENGL_CORE_PROFILE)
        glfw.window_hint(glfw.SCALE_TO_MONITOR, glfw.TRUE)
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
        glfw.set_cursor_pos_callback(self._window, self._on_pointer)
        glfw.set_window_focus_callback(self._window, self._on_focus)
        self._measures = self._measure(self._window)
        self._at = glfw.get_cursor_pos(self._window)
        if self._make_presenter is not None:
            self._present = self._make_presenter()

    def poll(self) -> HeadsetEvents:
        """Take in keys, mouse and gamepad."""
        window = self._require_open()
        glfw.poll_events()
        self._measures = self._measure(window)
        self._take_pad(window)
        # Callbacks may also have come while the last frame waited.
        self._scrolled, self._scroll = self._scroll, 0.0
        keys, self._keys = tuple(self._keys), []
        typed, self._typed = self._typed, ""
        self._press = self._presses.take()
        self._look()
        self._turn(window)
        self._twist = self._neck.take_twist()
        if glfw.window_should_close(window):
            state = SessionState.QUITTING
        elif not self._is_seen(window):
            state = SessionState.IDLE
        else:
            focused = glfw.get_window_attrib(window, glfw.FOCUSED)
            state = SessionState.FOCUSED if focused else SessionState.VISIBLE
        return HeadsetEvents(state, typed, keys)

    def begin_frame(self) -> FrameInfo:
        """Views of the window's size, the head where keys and mouse put it."""
        window = self._require_open()
        width, height = self._measures.pixels
        head = pose((self._spot[0], EYE_HEIGHT_M, self._spot[1]), self._neck.yaw, self._neck.pitch)
        sides = SIDES[self._mirror]
        size = (max(1, width // len(sides)), max(1, height))
        across = HALF_HEIGHT_TANGENT * size[0] / size[1]
        tangents = (-across, across, -HALF_HEIGHT_TANGENT, HALF_HEIGHT_TANGENT)
        self._views = tuple(
            EyeView(head @ translation((side * IPD_M, 0.0, 0.0)), tangents, size) for side in sides
        )
        return FrameInfo(
            views=self._views,
            world_from_head=head,
            hands=(self._hand(window),),
            predicted_time_s=time.monotonic(),
            should_render=self._is_seen(window),
            content_scale=self._measures.scale,
            upright=True,
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
            self._present(self._shown, self._measures.pixels)
        glfw.swap_buffers(window)

    def mirror(self, eye_textures: tuple[int, ...], size: tuple[int, int]) -> None:
        """Show a headset's pictures of `size`, without waiting: the headset has its own rhythm."""
        window = self._require_open()
        if not self._beside_headset:
            self._beside_headset = True
            self._mirror = "left"  # a headset has no eye in the middle
            glfw.swap_interval(0)
        self._shown = eye_textures or self._shown
        if self._present is None or not self._shown or not self._is_seen(window):
            return
        if eye_textures or self._stale:
            self._stale = False
            self._present(shown(self._mirror, self._shown), self._measures.pixels, size)
            glfw.swap_buffers(window)

    def take_over(self, spot: tuple[float, float], yaw_deg: float) -> None:
        """From now on see for oneself, from over `spot` of the play space, looking at `yaw_deg`."""
        self._require_open()
        self._spot, self._neck = spot, Neck()
        self._neck.yaw = yaw_deg
        self._beside_headset, self._shown, self._mirror = False, (), "middle"
        glfw.swap_interval(1)

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """A mouse cannot be felt."""
        del hand, seconds, strength

    def bounds(self) -> tuple[float, float] | None:
        """There is no play area."""
        return None

    def recentre(self) -> None:
        """Look straight ahead again: a window has no middle to go back to."""
        self.tilt(0.0)

    def take_text(self, *, wanted: bool) -> None:
        """While text is `wanted`, letters are written and do nothing else."""
        self._writing = wanted

    def tilt(self, pitch_deg: float) -> None:
        """Look this far upwards from now on."""
        self._neck.tilt(pitch_deg)

    def lend_drag(self, *, wanted: bool) -> None:
        """While `wanted`, the right drag and a pad's stick turn what is held."""
        self._neck.lent = wanted

    def close(self) -> None:
        """Close the window; a second close is harmless."""
        if self._window is not None:
            glfw.destroy_window(self._window)
            self._window = None
            glfw.terminate()

    # ------------------------------------------------------------ keyboard and mouse

    def _is_seen(self, window: Any) -> bool:
        return 0 not in self._measures.pixels and not glfw.get_window_attrib(window, glfw.ICONIFIED)

    def _hand(self, window: Any) -> HandState:
        """The mouse (or the middle of the view) as a hand that points from the eye."""
        right = self._held(window, "right") - self._held(window, "left")
        ahead = self._held(window, "ahead") - self._held(window, "behind")
        pad = self._wishes
        return HandState(
            world_from_hand=aim_through(self._views, self._pointer(), self._measures.window),
            select=self._press is not None,
            scroll=self._scrolled,
            move=(_one(right + pad.move[0]), _one(ahead + pad.move[1])),
            run=pad.run or self._held(window, "run") > 0.0,
            twist=self._twist,
        )

    def _pointer(self) -> tuple[float, float]:
        if self._press is not None:
            return self._press.at
        return self._middle() if self._pad_aims else self._at

    def _middle(self) -> tuple[float, float]:
        width, height = self._measures.window
        return width / len(SIDES[self._mirror]) / 2.0, height / 2.0

    def _held(self, window: Any, what: str) -> float:
        """1.0 while a key for `what` is down; asks for each, since keys are sticky."""
        down = glfw.PRESS in [glfw.get_key(window, code) for code in HELD_CODES[what]]
        return float(down and not self._writing)

    def _look(self) -> None:
        """Turn by what the mouse was dragged since the last look; `_mouse` None: no drag."""
        if self._mouse is None:
            return
        here = self._at
        self._neck.drag(here[0] - self._mouse[0], here[1] - self._mouse[1])
        self._mouse = here

    def _turn(self, window: Any) -> None:
        now_s = glfw.get_time()
        step_s = min(now_s - self._turned_s, TURN_STEP_S_MAX)
        self._turned_s = now_s
        left = self._held(window, "turn_left") - self._held(window, "turn_right")
        self._neck.turn(left, self._wishes.look, step_s)

    def _take_pad(self, window: Any) -> None:
        self._wishes = self._gamepad.take(self._read_pad(), glfw.get_time())
        if self._wishes.active and not self._pad_aims:
            # A pad has no pointer: it points where one looks, and the pointer shows where that is.
            self._pad_aims = True
            glfw.set_cursor_pos(window, *self._middle())
        for _press in self._wishes.presses:
            self._presses.add("select", self._middle())
        self._keys += self._wishes.keys
        self._write(self._wishes.typed)

    # ------------------------------------------------------------ what GLFW calls

    def _on_pointer(self, _window: Any, x: float, y: float) -> None:
        # As events tell it: GLFW itself answers where the pointer is now, which in a slow frame
        # is no longer where a button went down.
        self._at = (x, y)
        middle = self._middle()
        if abs(x - middle[0]) > 2.0 or abs(y - middle[1]) > 2.0:
            self._pad_aims = False

    def _on_focus(self, _window: Any, focused: int) -> None:
        if not focused:
            self._mouse = None  # the button may be let go of over another window

    def _on_button(self, _window: Any, button: int, action: int, _mods: int) -> None:
        if button == glfw.MOUSE_BUTTON_LEFT and action == glfw.PRESS:
            self._pad_aims = False
            self._presses.add("select", self._at)
        if button == glfw.MOUSE_BUTTON_RIGHT:
            # A whole drag may pass in one slow frame: it is from here, to there.
            self._look()
            self._mouse = self._at if action == glfw.PRESS else None

    def _on_refresh(self, _window: Any) -> None:
        self._stale = True

    def _on_key(self, window: Any, key: int, _code: int, action: int, mods: int) -> None:
        if action == glfw.RELEASE:
            return
        ctrl = bool(mods & glfw.MOD_CONTROL)
        written = KEY_WRITES.get((key, ctrl), "") if self._writing else ""
        if written and (action == glfw.PRESS or written in REPEATED):
            self._write(written)
        does = KEY_DOES.get((key, ctrl), "") if action == glfw.PRESS else ""
        is_letter = key < glfw.KEY_ESCAPE  # the codes of keys that print something come first
        if written or (self._writing and (is_letter or does not in ACT_WHILE_WRITING)):
            return
        self._swallow = False
        if does == "fullscreen":
            self._toggle_fullscreen(window)
        elif does == "mirror":
            self._mirror = after(self._mirror, headset=self._beside_headset)
            self._keys.append(f"mirror_{self._mirror}")
        elif does:
            self._keys.append(does)
            if does == "search":
                # Who types on at once may not walk; the key's own letter is not meant.
                self._writing, self._swallow = True, not ctrl

    def _on_scroll(self, _window: Any, _across: float, up: float) -> None:
        self._scroll += up

    def _on_char(self, _window: Any, code: int) -> None:
        if self._writing and not self._swallow:
            self._write(chr(code))
        self._swallow = False

    def _write(self, text: str) -> None:
        self._typed = (self._typed + text)[:TYPED_MAX]

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
        here = (*glfw.get_window_pos(window), *glfw.get_window_size(window))
        monitor = _screen_under(here)
        if monitor is None:
            return
        mode = glfw.get_video_mode(monitor)
        self._windowed = here
        glfw.set_window_monitor(
            window, monitor, 0, 0, mode.size.width, mode.size.height, mode.refresh_rate
        )

    def _require_open(self) -> Any:
        if self._window is None:
            raise HeadsetUnavailableError("The window is closed: open it first.")
        return self._window


def _one(share: float) -> float:
    return max(-1.0, min(1.0, share))


def _screen_under(window: tuple[int, int, int, int]) -> Any:
    """The screen on which most of a window (x, y, width, height) lies; None without screens."""

    def shared(screen: Any) -> int:
        x, y = glfw.get_monitor_pos(screen)
        size = glfw.get_video_mode(screen).size
        wide = min(window[0] + window[2], x + size.width) - max(window[0], x)
        high = min(window[1] + window[3], y + size.height) - max(window[1], y)
        return max(0, wide) * max(0, high)

    return max(glfw.get_monitors(), key=shared, default=None)


def _fitting(wanted: tuple[int, int]) -> tuple[int, int]:
    """`wanted`, or what the first screen has room for, in plain pixels."""
    screens = glfw.get_monitors()
    if not screens:
        return wanted
    _x, _y, width, height = glfw.get_monitor_workarea(screens[0])
    if width <= 0 or height <= 0:
        return wanted
    # Elsewhere GLFW makes a window larger by the screen's scale; macOS measures in points.
    scale = 1.0 if sys.platform == "darwin" else glfw.get_monitor_content_scale(screens[0])[0]
    return min(wanted[0], int(width / scale)), min(wanted[1], int(height / scale))


def _ignore(_code: int, _description: str) -> None:
    """GLFW's own messages: what matters becomes a HeadsetUnavailableError where it happens."""
