"""The cues as sounds, made of sines and a breath of noise. Pure: the same samples every time.

Mono, float32, RATE samples a second. None is louder than PEAK, and each begins and ends at rest.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vr_client.sound.cues import CUES, Cue

RATE: Final = 48_000
PEAK: Final = 10.0 ** (-12.0 / 20.0)
"""-12 dBFS: a cue never startles, and several at once do not clip."""

RELEASE_S: Final = 0.012

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Note:
    """A struck bar: `hertz` and its `partials` (times as high, share), dying by `decay_s`."""

    hertz: float
    start_s: float = 0.0
    decay_s: float = 0.1
    attack_s: float = 0.004
    partials: tuple[tuple[float, float], ...] = ((1.0, 1.0), (3.9, 0.12))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a cue is made: notes and how long, at `level_db` below full scale; or `breath`, noise."""

    length_s: float
    level_db: float
    notes: tuple[Note, ...] = ()
    breath: bool = False


BAR = ((1.0, 1.0), (3.9, 0.14), (9.2, 0.03))
"""The partials of a marimba's bar, tuned two octaves apart (Fletcher and Rossing, 19.4)."""

BELL = ((1.0, 1.0), (2.0, 0.35), (3.01, 0.16), (4.2, 0.07))
DULL = ((1.0, 1.0), (2.0, 0.25))

RECIPES: Final[dict[Cue, Recipe]] = {
    "point": Recipe(0.045, -30.0, (Note(1320.0, decay_s=0.009, partials=DULL),)),
    "press": Recipe(
        0.09, -22.0, (Note(784.0, decay_s=0.016), Note(523.3, 0.012, 0.022, partials=DULL))
    ),
    "hop": Recipe(0.26, -23.0, breath=True),
    "add": Recipe(
        0.50, -15.0, (Note(659.3, 0.0, 0.10, partials=BAR), Note(987.8, 0.09, 0.12, partials=BAR))
    ),
    "take_out": Recipe(
        0.46, -17.0, (Note(987.8, 0.0, 0.08, partials=BAR), Note(659.3, 0.09, 0.11, partials=BAR))
    ),
    "refused": Recipe(
        0.42, -16.0, (Note(233.1, 0.0, 0.07, partials=DULL), Note(185.0, 0.12, 0.09, partials=DULL))
    ),
    "paid": Recipe(
        1.50, -12.0,
        tuple(Note(hertz, number * 0.11, 0.34, partials=BELL)
              for number, hertz in enumerate((523.3, 659.3, 784.0, 1046.5))),
    ),
    "lost": Recipe(
        0.80, -16.0,
        tuple(Note(hertz, number * 0.16, 0.12, partials=DULL)
              for number, hertz in enumerate((440.0, 349.2, 261.6))),
    ),
    "back": Recipe(
        0.70, -18.0,
        tuple(Note(hertz, number * 0.12, 0.11, partials=DULL)
              for number, hertz in enumerate((261.6, 349.2, 440.0))),
    ),
}  # fmt: skip


@lru_cache(maxsize=len(CUES))
def sound_of(cue: Cue) -> Samples:
    """(n,) the samples of a cue."""
    recipe = RECIPES[cue]
    count = round(recipe.length_s * RATE)
    time_s = np.arange(count) / RATE
    wave = _breath(count) if recipe.breath else np.zeros(count)
    for note in recipe.notes:
        wave += _struck(note, time_s)
    wave *= np.clip((recipe.length_s - time_s) / RELEASE_S, 0.0, 1.0)  # no click at the end
    wave[-1] = 0.0
    wave *= min(PEAK, 10.0 ** (recipe.level_db / 20.0)) / float(np.abs(wave).max())
    made = wave.astype(np.float32)
    made.flags.writeable = False
    return made


def _struck(note: Note, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
    since = time_s - note.start_s
    tone = np.zeros_like(since)
    for times, share in note.partials:
        # What is higher dies sooner, as in whatever is struck.
        dying = np.exp(-np.maximum(since, 0.0) * times**0.5 / note.decay_s)
        tone += share * dying * np.sin(2.0 * np.pi * note.hertz * times * since)
    swell = np.clip(since / note.attack_s, 0.0, 1.0)
    return np.asarray(tone * (0.5 - 0.5 * np.cos(np.pi * swell)))


def _breath(count: int) -> NDArray[np.float64]:
    """A whoosh: noise of a steady generator between 250 Hz and 1.6 kHz that comes and goes."""
    noise = np.random.default_rng(1954).standard_normal(count)
    hertz = np.fft.rfftfreq(count, 1.0 / RATE)
    band = np.exp(-0.5 * (np.log2(np.maximum(hertz, 1.0) / 630.0) / 0.55) ** 2)
    passing = np.fft.irfft(np.fft.rfft(noise) * band, count)
    return np.asarray(passing * np.sin(np.pi * np.arange(count) / count) ** 2)
