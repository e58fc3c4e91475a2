"""What crosses from the frame loop to the speaker's process: a ring of cues in shared memory.

The frame loop writes a few numbers and never waits, whatever becomes of the other end. Every
number is a double, written whole.
"""

from ctypes import Array, c_double
from multiprocessing.context import SpawnContext
from typing import Any, Final

from vr_client.sound.cues import CUES, Cue
from vr_client.sound.placing import Heard

SLOTS: Final = 64
FIELDS: Final = 6  # number, cue, left, right, left late, right late
WRITTEN, STOP, STATUS, BLOCKS, BEGUN, PEAK = range(6)
HEAD: Final = 8

STARTING, PLAYING, NO_DEVICE, NO_LIBRARY = 0, 1, 2, 3

Doubles = Array[c_double]


def make_line(context: SpawnContext) -> Any:
    """The memory of a line, to be given to both ends."""
    return context.RawArray(c_double, HEAD + SLOTS * FIELDS)


class Writer:
    """The frame loop's end."""

    def __init__(self, memory: Doubles) -> None:
        self._memory = memory
        self._count = 0

    def put(self, cue: Cue, heard: Heard) -> None:
        """Have `cue` sound; of more than SLOTS that nobody reads, the first are lost."""
        self._count += 1
        at = HEAD + self._count % SLOTS * FIELDS
        memory = self._memory
        memory[at + 1] = CUES.index(cue)
        memory[at + 2], memory[at + 3] = heard.left, heard.right
        memory[at + 4], memory[at + 5] = heard.left_late_s, heard.right_late_s
        memory[at] = self._count
        memory[WRITTEN] = self._count

    def stop(self) -> None:
        """Nothing more comes."""
        self._memory[STOP] = 1.0

    @property
    def status(self) -> int:
        """STARTING, PLAYING, NO_DEVICE or NO_LIBRARY."""
        return int(self._memory[STATUS])

    @property
    def blocks(self) -> int:
        """How many blocks the device has taken."""
        return int(self._memory[BLOCKS])

    @property
    def begun(self) -> int:
        """How many cues the device has begun."""
        return int(self._memory[BEGUN])

    @property
    def peak(self) -> float:
        """The loudest sample so far."""
        return float(self._memory[PEAK])


class Reader:
    """The speaker's end."""

    def __init__(self, memory: Doubles) -> None:
        self._memory = memory
        self._count = int(memory[WRITTEN])

    @property
    def stopped(self) -> bool:
        """Whether the frame loop is done."""
        return self._memory[STOP] != 0.0

    @property
    def blocks(self) -> int:
        """How many blocks the device has taken."""
        return int(self._memory[BLOCKS])

    def skip(self) -> None:
        """Leave out what was put while nothing could sound: late, a cue means nothing."""
        self._count = int(self._memory[WRITTEN])

    def take(self) -> list[tuple[Cue, Heard]]:
        """What was put since the last call."""
        written = int(self._memory[WRITTEN])
        if written == self._count:
            return []
        first = max(self._count, written - SLOTS + 1) + 1
        self._count = written
        found = []
        for number in range(first, written + 1):
            at = HEAD + number % SLOTS * FIELDS
            own, cue, left, right, left_late, right_late = self._memory[at : at + FIELDS]
            if own == number and 0 <= cue < len(CUES):
                found.append((CUES[int(cue)], Heard(left, right, left_late, right_late)))
        return found

    def tell(self, status: int) -> None:
        """How the device is."""
        self._memory[STATUS] = status

    def played(self, begun: int, peak: float) -> None:
        """The device took a block in which so many cues began."""
        self._memory[BLOCKS] += 1.0
        self._memory[BEGUN] += begun
        self._memory[PEAK] = max(self._memory[PEAK], peak)
