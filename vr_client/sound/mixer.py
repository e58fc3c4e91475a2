"""Adds up the cues that are sounding, block by block. No device, no clock."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vr_client.sound.cues import Cue
from vr_client.sound.placing import Heard
from vr_client.sound.synth import RATE, Samples, sound_of

VOICES_MAX: Final = 16
SOFT_FROM: Final = 0.7
"""Louder than this is bent rather than clipped."""


@dataclass(slots=True)
class _Voice:
    samples: Samples
    gains: tuple[float, float]
    starts: list[int]  # samples until each ear hears it; negative: how far it is


class Mixer:
    """Renders stereo blocks; `begin` adds a voice to the next one."""

    def __init__(self) -> None:
        self._voices: list[_Voice] = []

    @property
    def sounding(self) -> int:
        """How many cues are heard now."""
        return len(self._voices)

    def begin(self, cue: Cue, heard: Heard) -> None:
        """Let `cue` sound from the next block on; with too many at once it is left out."""
        if len(self._voices) >= VOICES_MAX:
            return
        late = [round(heard.left_late_s * RATE), round(heard.right_late_s * RATE)]
        self._voices.append(_Voice(sound_of(cue), (heard.left, heard.right), late))

    def render(self, count: int) -> NDArray[np.float32]:
        """(count, 2) the next block, left and right."""
        block = np.zeros((count, 2), np.float32)
        for voice in self._voices:
            for ear in (0, 1):
                _add(block[:, ear], voice, ear)
        self._voices = [v for v in self._voices if -max(v.starts) < len(v.samples)]
        loudest = float(np.abs(block).max()) if count else 0.0
        if loudest > SOFT_FROM:
            over = np.maximum(np.abs(block) - SOFT_FROM, 0.0)
            room = 1.0 - SOFT_FROM
            bent = np.minimum(np.abs(block), SOFT_FROM) + room * np.tanh(over / room)
            block = (np.sign(block) * bent).astype(np.float32)
        return block


def _add(out: NDArray[np.float32], voice: _Voice, ear: int) -> None:
    start = voice.starts[ear]
    voice.starts[ear] = start - len(out)
    into = max(0, start)
    at = max(0, -start)
    count = min(len(out) - into, len(voice.samples) - at)
    if count > 0:
        out[into : into + count] += voice.samples[at : at + count] * np.float32(voice.gains[ear])
