"""The frame loop's end of the speaker: start it, have a cue sound, close it. Nothing here waits."""

import multiprocessing
from multiprocessing.context import SpawnProcess
from typing import Final, Protocol

from vr_client.sound.cues import Cue
from vr_client.sound.line import Writer, make_line
from vr_client.sound.placing import Heard
from vr_client.sound.speaker import run_speaker

CLOSE_WAIT_S: Final = 1.5


class Loudspeaker(Protocol):
    """Whatever makes a cue sound, or notes that it would."""

    def play(self, cue: Cue, heard: Heard) -> None:
        """Soon, without waiting for it."""


class Speaker:
    """One process with the audio device in it. Use from one thread; `close` it whatever happens."""

    def __init__(self, backends: tuple[str, ...] = ()) -> None:
        """`backends` by miniaudio's names; () is any real one, and none where there is none."""
        context = multiprocessing.get_context("spawn")
        memory = make_line(context)
        self.line = Writer(memory)
        self._process: SpawnProcess = context.Process(
            target=run_speaker, args=(memory, backends), name="endcap-sound", daemon=True
        )

    def start(self) -> None:
        """Start the process; it makes sounds after about half a second, or never."""
        self._process.start()

    def play(self, cue: Cue, heard: Heard) -> None:
        """Have `cue` sound as it is heard; lost where nothing sounds."""
        self.line.put(cue, heard)

    def close(self) -> None:
        """Let the device go; harmless when repeated or never started."""
        self.line.stop()
        if self._process.pid is None:
            return
        self._process.join(CLOSE_WAIT_S)
        if self._process.is_alive():
            self._process.kill()  # a driver hangs
            self._process.join()
