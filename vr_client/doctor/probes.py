"""One question each about this computer: how it is and, where not well, what to do."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from catalog_sync.model.failure import Failure

State = Literal["ok", "lacking", "broken"]
"""`lacking`: the shop goes on without it; `broken`: something that is there does not work."""

SOUND_NAMES_MAX: Final = 3
FREE_BYTES_MIN: Final = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Answer:
    """`what` was asked about, how it is, and what to do ("" when nothing has to be done)."""

    what: str
    state: State
    told: str
    advice: str = ""


def python(_server: str) -> Answer:
    """The interpreter and the package."""
    system = f"Python {sys.version.split()[0]} on {sys.platform}"
    try:
        own = version("endcap")
    except PackageNotFoundError:
        return Answer("Endcap", "broken", f"{system}; endcap is not installed",
                      "run make setup, or pip install -e . in the project")  # fmt: skip
    return Answer("Endcap", "ok", f"endcap {own}, {system}")


def runtime(_server: str) -> Answer:
    """SteamVR, and whether it sees a headset."""
    from vr_client.headset.backends.openvr import what_is_missing

    missing = what_is_missing()
    if not missing:
        return Answer("SteamVR", "ok", "installed, and it sees a headset")
    what, _, advice = missing.partition(": ")
    return Answer("SteamVR", "lacking", what, advice.rstrip("."))


def graphics(_server: str) -> Answer:
    """OpenGL without a window, which is what a headset is drawn with."""
    from vr_client.render.context import create_headless

    try:
        context = create_headless()
    except Failure as failure:
        what, _, advice = str(failure).partition(": ")
        return Answer("OpenGL", "broken", what, advice.rstrip("."))
    told = f"{context.device}, OpenGL {context.gl.version_code / 100:.1f}"
    soft = context.software
    context.release()
    if soft:
        return Answer("OpenGL", "lacking", f"{told}: a CPU draws, slowly",
                      "install the graphics card's own driver")  # fmt: skip
    return Answer("OpenGL", "ok", told)


def window(_server: str) -> Answer:
    """A display for the desktop window."""
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return Answer("Window", "lacking", "there is no display here",
                      "log in at the desktop, or use endcap demo --headless")  # fmt: skip
    from vr_client.headset.backends.desktop import screens

    count = screens()
    if not count:
        return Answer("Window", "broken", "the display does not take a window",
                      "see whether other programs open one")  # fmt: skip
    return Answer("Window", "ok", f"a display with {count} screen{'s' * (count != 1)}")


def fonts(_server: str) -> Answer:
    """A font for labels and panels, Hangul included."""
    from store_scenes.typefaces import find_typeface

    try:
        found = find_typeface("regular")
    except Failure as failure:
        what, _, advice = str(failure).partition(": ")
        return Answer("Font", "broken", what, advice.rstrip("."))
    return Answer("Font", "ok", str(found.path))


def cache(_server: str) -> Answer:
    """Room for models and pictures."""
    from vr_client.net.places import default_cache_dir

    folder = default_cache_dir()
    there = next((one for one in (folder, *folder.parents) if one.exists()), Path("/"))
    if not os.access(there, os.W_OK):
        return Answer("Cache", "broken", f"{there} cannot be written", "make it writable")
    free = shutil.disk_usage(there).free
    told = f"{folder}, {free / 1e9:.0f} GB free"
    if free < FREE_BYTES_MIN:
        return Answer("Cache", "lacking", told, "make room: a large store takes some of it")
    return Answer("Cache", "ok", told)


def sound(_server: str) -> Answer:
    """An audio device for the cues."""
    from vr_client.sound.speaker import NoDeviceError, open_device, playback_names

    try:
        device = open_device()
    except ImportError:
        return Answer("Sound", "lacking", "miniaudio is not installed: the shop is silent",
                      "pip install miniaudio; what is heard is written as well")  # fmt: skip
    except NoDeviceError as error:
        return Answer("Sound", "lacking", f"{error}: the shop is silent",
                      "connect one; what is heard is written as well")  # fmt: skip
    told = f"{device.backend}: {', '.join(playback_names()[:SOUND_NAMES_MAX])}"
    device.close()
    return Answer("Sound", "ok", told)


def extras(_server: str) -> Answer:
    """Packages that are not always there."""
    wanted = {"av": "video", "meshopt": "cook", "opengl_basisu": "cook", "uvicorn": "server"}
    absent = sorted({extra for name, extra in wanted.items() if find_spec(name) is None})
    if not absent:
        return Answer("Extras", "ok", "film, model decoders and server are installed")
    return Answer("Extras", "lacking", f"not installed: {', '.join(absent)}",
                  f"pip install 'endcap[{','.join(absent)}]'")  # fmt: skip


def shop(server: str) -> Answer:
    """Whether a shop answers at the address."""
    from vr_client.net.health import require_server

    try:
        require_server(server)
    except Failure as failure:
        what, _, advice = str(failure).rpartition(": ")
        return Answer("Shop", "lacking", what, advice.rstrip("."))
    return Answer("Shop", "ok", f"open at {server}")


PROBES: Final[dict[str, Callable[[str], Answer]]] = {
    "python": python,
    "runtime": runtime,
    "graphics": graphics,
    "window": window,
    "fonts": fonts,
    "cache": cache,
    "sound": sound,
    "extras": extras,
    "shop": shop,
}
"""By name, in the order of the table."""
