"""Every headset backend, by name: add one here and the contract tests run over it at once."""

from importlib import import_module
from typing import Any, cast

from vr_client.headset.backend import HeadsetBackend, HeadsetUnavailableError
from vr_client.headset.mirrored import MirroredBackend, Window

BACKENDS: dict[str, str] = {
    "openvr": "vr_client.headset.backends.openvr:OpenVrBackend",
    "desktop": "vr_client.headset.backends.desktop:DesktopBackend",
    "scripted": "vr_client.headset.backends.scripted:ScriptedBackend",
}
"""Name to `module:class`; imported only when asked for, since each loads a native library."""

AUTOMATIC = ("openvr", "desktop")
"""What `auto` tries, in order; `scripted` only when it is asked for by name."""


def create(name: str, **options: Any) -> HeadsetBackend:
    """The backend called `name`, not opened yet; `options` go to its constructor.

    Raises:
        HeadsetUnavailableError: there is no such backend.
    """
    if name not in BACKENDS:
        known = ", ".join(("auto", *BACKENDS))
        raise HeadsetUnavailableError(f"There is no headset backend {name!r}: choose from {known}.")
    module, attribute = BACKENDS[name].split(":")
    backend: HeadsetBackend = getattr(import_module(module), attribute)(**options)
    return backend


def open_first(
    names: tuple[str, ...] = AUTOMATIC,
    skipped: list[HeadsetUnavailableError] | None = None,
    **options: Any,
) -> HeadsetBackend:
    """The first of `names` that opens here; `skipped` is given why those before it did not.

    Raises:
        HeadsetUnavailableError: none does; the sentence says why for each.
    """
    reasons: list[str] = []
    for name in names:
        backend = create(name, **options)
        try:
            backend.open()
        except HeadsetUnavailableError as error:
            reasons.append(f"{name}: {error.what}")
            if skipped is not None:
                skipped.append(error)
        else:
            return backend
    raise HeadsetUnavailableError(
        f"The shop cannot be seen here ({'; '.join(reasons)}): connect a headset and start "
        "SteamVR, run it on a desktop, or use endcap demo --headless."
    )


def open_to_shop(
    name: str, skipped: list[HeadsetUnavailableError], **options: Any
) -> HeadsetBackend:
    """What `name` (or "auto") shops with: opened, and a headset with a window beside it.

    `skipped` is given why a headset that may be there is not used.

    Raises:
        HeadsetUnavailableError: there is neither that nor, for "auto", anything else.
    """
    if name == "auto":
        backend = open_first(skipped=skipped, **options)
    else:
        backend = create(name, **options)
        backend.open()
    return with_window(backend, **options) if name in {"auto", "openvr"} else backend


def with_window(backend: HeadsetBackend, **options: Any) -> HeadsetBackend:
    """`backend` with a window beside it, where it is a headset and there is a display."""
    if backend.name != "openvr":
        return backend
    window = create("desktop", **options)
    try:
        window.open()
    except HeadsetUnavailableError:
        return backend  # who wears a headset needs no window
    return MirroredBackend(backend, cast("Window", window))
