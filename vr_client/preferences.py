"""What a shopper set for themselves, kept on this computer from one visit to the next."""

import contextlib
import os
import tempfile
import threading
from pathlib import Path
from typing import Final

import msgspec

from vr_client.interact.comfort import DEFAULT, Comfort
from vr_client.state.senses import USUAL, Senses

SETTINGS_BYTES_MAX: Final = 64 * 1024


class Settings(msgspec.Struct, frozen=True):
    """`language` is "" as long as nobody chose one: then it is the shop's.

    `safety_read` is the version of the health and safety notice that was read, 0 for none;
    `toured`: the tutorial was done, or skipped.
    """

    comfort: Comfort = DEFAULT
    language: str = ""
    senses: Senses = USUAL
    safety_read: int = 0
    toured: bool = False


class Preferences:
    """One file. Whoever cannot write it shops all the same, and sets things anew next time."""

    def __init__(self, path: Path, default: Comfort = DEFAULT) -> None:
        self._path = path
        self._settings = self._read(Settings(default))
        self._writer: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def settings(self) -> Settings:
        """As they are now."""
        return self._settings

    def keep(self, settings: Settings) -> None:
        """From now on; the file is written by a thread, since a frame waits for no disk."""
        if settings == self._settings:
            return
        self._settings = settings
        self._writer = threading.Thread(target=self._write, name="endcap-settings", daemon=True)
        self._writer.start()

    def finish(self) -> None:
        """Waits until what was set last is on the disk."""
        if self._writer is not None:
            self._writer.join()

    def _read(self, default: Settings) -> Settings:
        try:
            with self._path.open("rb") as file:
                raw = file.read(SETTINGS_BYTES_MAX)
            return msgspec.json.decode(raw, type=Settings)
        except (OSError, ValueError, RecursionError):
            return default  # none yet, or of a version that said other things

    def _write(self) -> None:
        with self._lock, contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(prefix=".part-", dir=self._path.parent)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(msgspec.json.format(msgspec.json.encode(self._settings), indent=2))
                Path(temporary).replace(self._path)
            finally:
                Path(temporary).unlink(missing_ok=True)


class UnkeptPreferences(Preferences):
    """Those of a visit that is only replayed: no file is read, and none written."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def keep(self, settings: Settings) -> None:
        """Until the replay ends."""
        self._settings = settings

    def finish(self) -> None:
        """There is nothing to wait for."""
