"""Whether there is a display for a window at all, said in one sentence."""

import ctypes
import os
import sys

from vr_client.headset.backend import HeadsetUnavailableError


def on_display() -> str:
    """Which display was tried, for a sentence that says that no window opened."""
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return f" on the display {display} (it does not answer)" if display else " here"


def require_display() -> None:
    """GLFW on X11 without a display takes a while to fail and says little: say it at once.

    Raises:
        HeadsetUnavailableError: no display, or the library for it is missing.
    """
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
