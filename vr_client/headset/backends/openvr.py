"""SteamVR headsets. Only looks whether one is there: drawing into it is not built yet.

Without SteamVR `openvr` imports; `isRuntimeInstalled` and `isHmdPresent` then answer 0.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, NoReturn

from vr_client.headset.backend import FrameInfo, HeadsetEvents, HeadsetUnavailableError


def what_is_missing() -> str:
    """One sentence: the first thing that keeps a SteamVR headset from working here."""
    if find_spec("openvr") is None:
        return "The Python package openvr is not installed: run `pip install openvr`."
    with _silent_library():
        import openvr

        runtime = openvr.isRuntimeInstalled()
        headset = runtime and openvr.isHmdPresent()
    if not runtime:
        return "SteamVR is not installed here: install it, or use --headset desktop."
    if not headset:
        return "SteamVR is installed but sees no headset: connect one, or use --headset desktop."
    return (
        "SteamVR and a headset are here, but this version cannot draw into them yet: "
        "use --headset desktop."
    )


@contextlib.contextmanager
def _silent_library() -> Iterator[None]:
    """The C library writes its own words to standard error: ours say the same and what to do."""
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # there is no standard error (a Windows program without a console)
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


class OpenVrBackend:
    """Implements `HeadsetBackend` as far as saying why it cannot be opened."""

    name = "openvr"

    def __init__(self, **_options: Any) -> None:
        """Takes and ignores the options of other backends."""

    def open(self) -> None:
        """Always raises HeadsetUnavailableError with what is missing."""
        raise HeadsetUnavailableError(what_is_missing())

    def poll(self) -> HeadsetEvents:
        """Never opened, so never polled."""
        return self._never_open()

    def begin_frame(self) -> FrameInfo:
        """Never opened, so no frame begins."""
        return self._never_open()

    def end_frame(self, eye_textures: tuple[int, ...]) -> None:
        """Never opened, so no frame ends."""
        del eye_textures
        self._never_open()

    def haptic(self, hand: int, seconds: float, strength: float) -> None:
        """Never opened, so nothing to feel."""
        del hand, seconds, strength
        self._never_open()

    def bounds(self) -> tuple[float, float] | None:
        """Unknown."""
        return None

    def close(self) -> None:
        """Nothing to give back."""

    def _never_open(self) -> NoReturn:
        raise HeadsetUnavailableError(what_is_missing())
