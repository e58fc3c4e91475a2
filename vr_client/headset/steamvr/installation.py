"""What is wrong with a SteamVR that should be there: its path registry, and its library.

The library is first loaded by a process that may die of it: a damaged one can crash as soon as
it is loaded, or never come back.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

PROBE_WAIT_S: Final = 20.0
PRESENT: Final = "present"

UNUSABLE: Final = frozenset(
    f"InitError_Init_{name}"
    for name in (
        "InstallationCorrupt", "VRClientDLLNotFound", "FileNotFound", "FactoryNotFound",
        "InterfaceNotFound", "InvalidInterface",
    )
)  # fmt: skip
"""Answers of `init` that are the library's fault; others are about headsets and servers."""

VERIFY: Final = "verify SteamVR's files in Steam"


def path_registry() -> Path:
    """The file in which SteamVR says where it is, as the OpenVR library looks for it."""
    named = os.environ.get("VR_PATHREG_OVERRIDE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    elif sys.platform == "darwin":
        return Path.home() / "Library/Application Support/OpenVR/.openvr/openvrpaths.vrpath"
    else:
        home = Path(os.environ.get("XDG_CONFIG_HOME", str(Path.home() / ".config")))
    return home / "openvr" / "openvrpaths.vrpath"


def is_damaged(registry: Path) -> bool:
    """Whether it is there and says nothing that can be read."""
    try:
        tree = json.loads(registry.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    runtimes = tree.get("runtime") if isinstance(tree, dict) else None
    return not (isinstance(runtimes, list) and runtimes and isinstance(runtimes[0], str))


def ask_in_a_child(program: str) -> tuple[str, str]:
    """What Python `program` prints about the library: ("", PRESENT, "" or an error | its words).

    ("crashes", "") or ("does not answer", "") in the first place where that is what it does.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", program],
            capture_output=True, text=True, timeout=PROBE_WAIT_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "does not answer", ""
    if done.returncode != 0:
        return "crashes", ""
    return "", done.stdout.strip()


def fault_of(manner: str, answer: str) -> str:
    """The first half of a sentence about the library, or "" when there is nothing to say."""
    name, _, words = answer.partition("|")
    if manner:
        return f"SteamVR's library {manner}"
    if name in UNUSABLE:
        return f"SteamVR's library cannot be used ({' '.join(words.split())})"
    return ""
