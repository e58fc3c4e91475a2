"""The process that owns the audio device: opens the default one, feeds it, opens it again.

A process and not a thread: the device asks for samples some fifty times a second, and each time
a thread of the frame loop's process would ask for the interpreter in the middle of a frame. A
driver that hangs or crashes takes nobody along either. SteamVR makes the headset's audio the
system's default while it runs, so the default device is the headset's.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Generator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vr_client.sound.cues import CUES
from vr_client.sound.line import NO_DEVICE, NO_LIBRARY, PLAYING, Doubles, Reader
from vr_client.sound.mixer import Mixer
from vr_client.sound.synth import RATE, sound_of

PERIOD_MS: Final = 20
PERIODS: Final = 2
LOOK_S: Final = 0.25
SILENT_LOOKS_MAX: Final = 12
"""A device that took no block for so many looks is gone, whether it says so or not."""

RETRY_S: Final = (1.0, 2.0, 5.0, 15.0)
NULL: Final = "Null"
"""The backend that miniaudio falls back to where there is no device: it plays to nobody."""


class NoDeviceError(Exception):
    """Nothing here makes sounds; the text says why."""


def run_speaker(memory: Doubles, backends: tuple[str, ...]) -> None:
    """The process: until the line says stop or its parent is gone. `backends` () is any real one.

    Raises nothing: without a device or the library it is silent.
    """
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the shop, which says stop
    _hush()
    reader = Reader(memory)
    for cue in CUES:
        sound_of(cue)
    failures = 0
    while _goes_on(reader):
        try:
            device = open_device(backends)
        except ImportError:
            reader.tell(NO_LIBRARY)
            return
        except Exception:  # a driver's own troubles: whatever they are, the next try may work
            reader.tell(NO_DEVICE)
            _wait(reader, RETRY_S[min(failures, len(RETRY_S) - 1)])
            failures += 1
            continue
        with contextlib.closing(device):
            if _play(device, reader):
                failures = 0


def open_device(backends: tuple[str, ...] = ()) -> Any:
    """The default playback device of this computer, not started.

    Raises:
        ImportError: miniaudio is not installed, or cannot be loaded.
        NoDeviceError: there is no device.
    """
    import miniaudio

    try:
        device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.FLOAT32, nchannels=2, sample_rate=RATE,
            buffersize_msec=PERIOD_MS, callback_periods=PERIODS, app_name="Endcap",
            backends=[miniaudio.Backend[name] for name in backends],
        )  # fmt: skip
    except miniaudio.MiniaudioError as error:
        raise NoDeviceError("no audio device can be opened") from error
    if device.backend == NULL and "NULL" not in backends:
        device.close()
        raise NoDeviceError("there is no audio device")
    return device


def playback_names() -> list[str]:
    """What the system calls its playback devices.

    Raises:
        ImportError: miniaudio is not installed, or cannot be loaded.
    """
    import miniaudio

    return [str(one["name"]) for one in miniaudio.Devices().get_playbacks()]


def feed(mixer: Mixer, reader: Reader) -> Generator[NDArray[np.float32], int, None]:
    """What a device sends for its next block: how many samples, and gets (n, 2) of them."""
    count = yield np.zeros((0, 2), np.float32)
    while True:
        new = reader.take()
        for cue, heard in new:
            mixer.begin(cue, heard)
        block = mixer.render(count)
        reader.played(len(new), float(np.abs(block).max()) if mixer.sounding or new else 0.0)
        count = yield block


def _play(device: Any, reader: Reader) -> bool:
    """Feed a device until it stops or the shop does; False: it did not even begin."""
    blocks = feed(Mixer(), reader)
    next(blocks)
    stopped = threading.Event()
    device.stop_callback = stopped.set
    reader.skip()
    try:
        device.start(blocks)
    except Exception:  # as above
        reader.tell(NO_DEVICE)
        _wait(reader, RETRY_S[0])
        return False
    reader.tell(PLAYING)
    silent, before = 0, reader.blocks
    while _goes_on(reader) and not stopped.wait(LOOK_S) and silent < SILENT_LOOKS_MAX:
        now = reader.blocks
        silent = silent + 1 if now == before else 0
        before = now
    return True


def _goes_on(reader: Reader) -> bool:
    parent = multiprocessing.parent_process()
    return not reader.stopped and (parent is None or parent.is_alive())


def _wait(reader: Reader, seconds: float) -> None:
    pause = threading.Event()
    for _ in range(max(1, round(seconds / LOOK_S))):
        if not _goes_on(reader):
            return
        pause.wait(LOOK_S)


def _hush() -> None:
    """Audio libraries write what they did not find on standard error, which is a person's."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stderr.fileno())
        os.close(nowhere)
