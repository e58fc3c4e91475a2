r"""What sound costs the frame loop: a frame's hearing alone, and busy Python beside a device.

The loop's own part is timed as it runs. The rest is a millisecond of Python, in turns with
nothing, with the speaker's process playing, and with a device in this process as it would be with
a thread: whatever asks for the interpreter makes that millisecond longer.

    python benchmarks/hearing.py [--json] [--blocks N]
"""

import argparse
import contextlib
import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator

import numpy as np

from vr_client.headset.backend import HandState
from vr_client.hearing import Hearing
from vr_client.interact.pointer import Pointer
from vr_client.sound.handle import Speaker
from vr_client.sound.line import PLAYING, Reader, Writer, make_line
from vr_client.sound.mixer import Mixer
from vr_client.sound.placing import heard_at
from vr_client.sound.speaker import feed, open_device
from vr_client.space.pose import pose
from vr_client.state.client_state import ClientState
from vr_client.ui.panel_set import UiFrame

ROUNDS, BUSY_STEPS, BUSY_BLOCK = 20_000, 20_000, 60
NULL = ("NULL",)
"""miniaudio's own device: it asks for samples as often as a real one, and plays to nobody."""


def busy_ms() -> float:
    """How long a fixed piece of Python takes."""
    begun, total = time.perf_counter(), 0
    for number in range(BUSY_STEPS):
        total += number * number
    return (time.perf_counter() - begun) * 1e3


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Nothing sounds."""
    yield


@contextlib.contextmanager
def process() -> Iterator[None]:
    """The speaker as the shop has it, with a chime under way."""
    speaker = Speaker(NULL)
    speaker.start()
    while speaker.line.status != PLAYING:
        time.sleep(0.01)
    speaker.play("paid", heard_at(None, np.eye(4)))
    yield
    speaker.close()


@contextlib.contextmanager
def thread() -> Iterator[None]:
    """The same device in this process."""
    memory = make_line(multiprocessing.get_context("spawn"))
    device, blocks = open_device(NULL), feed(Mixer(), Reader(memory))
    next(blocks)
    device.start(blocks)
    Writer(memory).put("paid", heard_at(None, np.eye(4)))
    yield
    device.close()


def own_us() -> dict[str, float]:
    """Microseconds of a frame in which nothing sounds, and of one in which a cue does."""
    speaker, hearing, state = Speaker(NULL), Hearing(), ClientState()
    head = pose((0.0, 1.6, 0.0))
    aims = Pointer().update((HandState(head), HandState(head)), (), None)
    shown = UiFrame()
    begun = time.perf_counter()
    for number in range(ROUNDS):
        hearing.turn(state, head, number / 90.0, aims, shown)
    idle = time.perf_counter()
    for _ in range(ROUNDS):
        speaker.play("add", heard_at((1.0, 1.5, -0.5), head))
    done = time.perf_counter()
    speaker.close()
    return {
        "idle_us": (idle - begun) / ROUNDS * 1e6,
        "cue_us": (done - idle) / ROUNDS * 1e6,
    }


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--blocks", type=int, default=8)
    wanted = parser.parse_args()
    times: dict[str, list[float]] = {"silence": [], "process": [], "thread": []}
    for _ in range(wanted.blocks):
        for name, around in (("silence", silence), ("process", process), ("thread", thread)):
            with around():
                times[name] += [busy_ms() for _ in range(BUSY_BLOCK)]
    found = own_us()
    for name, taken in times.items():
        found[f"busy_{name}_ms"] = statistics.median(taken)
        found[f"busy_{name}_p90_ms"] = float(np.percentile(taken, 90))
    if wanted.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            sys.stdout.write(f"{name:24} {value:8.3f}\n")


if __name__ == "__main__":
    main()
