"""Tells SteamVR which program this is (IVRApplications).

Otherwise every Python program is one and the same to it, and what a person binds for one counts
for all. The manifest is a temporary one: it holds while the shop runs, and nothing stays behind in
SteamVR's list. What starts with SteamVR is a second entry, which a person asks for: SteamVR starts
only what says that it is an overlay, and a shop that said so would be no scene.
"""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

from platformdirs import user_data_path

from vr_client.headset.steamvr.hands import MANIFEST

APP_KEY: Final = "endcap"
STARTER_KEY: Final = "endcap.start"
STARTER_FILE: Final = "endcap-start.vrmanifest"


def manifest() -> dict[str, Any]:
    """An application manifest for the program that runs now."""
    entry = _entry(APP_KEY, "shop", overlay=False)
    return {"source": "builtin", "applications": [entry | {"action_manifest_path": str(MANIFEST)}]}


def starter(arguments: str) -> dict[str, Any]:
    """An application manifest for what SteamVR runs when it starts: `endcap` with `arguments`."""
    entry = _entry(STARTER_KEY, arguments, overlay=True)
    return {"source": "builtin", "applications": [entry]}


def _entry(key: str, arguments: str, *, overlay: bool) -> dict[str, Any]:
    script = Path(sys.executable).with_name("endcap.exe" if os.name == "nt" else "endcap")
    system = {"win32": "windows", "darwin": "osx"}.get(sys.platform, "linux")
    return {
        "app_key": key,
        "launch_type": "binary",
        f"binary_path_{system}": str(script),
        "arguments": arguments,
        "is_dashboard_overlay": overlay,
        "strings": {
            "en_us": {"name": "Endcap", "description": "A shop you walk into"},
            "ko_kr": {"name": "Endcap", "description": "걸어 들어가는 가게"},
        },
    }


def data_folder() -> Path:
    """Where manifests lie: SteamVR keeps their paths."""
    return user_data_path("endcap") / "steamvr"


def write_manifest(
    folder: Path, name: str = "endcap.vrmanifest", tree: dict[str, Any] | None = None
) -> Path:
    """The manifest (or `tree`) as a file in `folder`, whole or not at all: two shops may open."""
    path = folder / name
    text = json.dumps(manifest() if tree is None else tree, ensure_ascii=False, indent=2)
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return path


def identify(vr: Any) -> None:
    """`addApplicationManifest`, then `identifyApplication`; a shop without a name works as well.

    Before the action manifest is set: bindings are kept by the name.
    """
    with contextlib.suppress(vr.OpenVRError, OSError):
        path = write_manifest(data_folder())
        applications = vr.VRApplications()
        applications.addApplicationManifest(str(path), True)
        applications.identifyApplication(os.getpid(), APP_KEY)


def starts_with_steamvr(vr: Any) -> bool:
    """Whether the starter is known to SteamVR and switched on there."""
    applications = vr.VRApplications()
    return bool(
        applications.isApplicationInstalled(STARTER_KEY)
        and applications.getApplicationAutoLaunch(STARTER_KEY)
    )


def start_with_steamvr(vr: Any, arguments: str) -> None:
    """From now on SteamVR runs `endcap` with `arguments` when it starts; again is no harm.

    Raises an OpenVRError or an OSError.
    """
    path = write_manifest(data_folder(), STARTER_FILE, starter(arguments))
    applications = vr.VRApplications()
    applications.addApplicationManifest(str(path), False)
    applications.setApplicationAutoLaunch(STARTER_KEY, True)


def start_by_hand(vr: Any) -> None:
    """Takes the starter out of SteamVR; where there is none that is no harm.

    Raises an OpenVRError or an OSError.
    """
    path = data_folder() / STARTER_FILE
    applications = vr.VRApplications()
    if applications.isApplicationInstalled(STARTER_KEY):
        applications.setApplicationAutoLaunch(STARTER_KEY, False)
        applications.removeApplicationManifest(str(path))
    path.unlink(missing_ok=True)
