"""Tells SteamVR which program this is (IVRApplications).

Otherwise every Python program is one and the same to it, and what a person binds for one counts
for all. The manifest is a temporary one: it holds while the shop runs, and nothing stays behind in
SteamVR's list, nor starts with it.
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


def manifest() -> dict[str, Any]:
    """An application manifest for the program that runs now."""
    script = Path(sys.executable).with_name("endcap.exe" if os.name == "nt" else "endcap")
    system = {"win32": "windows", "darwin": "osx"}.get(sys.platform, "linux")
    return {
        "source": "builtin",
        "applications": [
            {
                "app_key": APP_KEY,
                "launch_type": "binary",
                f"binary_path_{system}": str(script),
                "arguments": "shop",
                "action_manifest_path": str(MANIFEST),
                "is_dashboard_overlay": False,
                "strings": {
                    "en_us": {"name": "Endcap", "description": "A shop you walk into"},
                    "ko_kr": {"name": "Endcap", "description": "걸어 들어가는 가게"},
                },
            }
        ],
    }


def write_manifest(folder: Path) -> Path:
    """The manifest as a file in `folder`, whole or not at all: two shops may open at once."""
    path = folder / "endcap.vrmanifest"
    text = json.dumps(manifest(), ensure_ascii=False, indent=2)
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
        path = write_manifest(user_data_path("endcap") / "steamvr")
        applications = vr.VRApplications()
        applications.addApplicationManifest(str(path), True)
        applications.identifyApplication(os.getpid(), APP_KEY)
