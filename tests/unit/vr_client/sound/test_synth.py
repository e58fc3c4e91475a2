"""The cues as samples: how loud, how high, how they begin and end."""

import itertools

import numpy as np
import pytest

from vr_client.sound.cues import CUES
from vr_client.sound.synth import PEAK, RATE, RECIPES, sound_of

LENGTH_S_MAX = {"paid": 1.6}


def decibels(value):
    return 20.0 * np.log10(value)


def strongest_hz(samples):
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 4 * RATE))
    return np.argmax(spectrum) / 4.0


def test_every_cue_has_a_recipe_and_no_two_sound_alike():
    assert set(RECIPES) == set(CUES)
    for one, other in itertools.combinations(CUES, 2):
        a, b = sound_of(one), sound_of(other)
        assert len(a) != len(b) or np.abs(a - b).max() > 0.01


@pytest.mark.parametrize("cue", CUES)
def test_a_cue_is_short_soft_and_begins_and_ends_at_rest(cue):
    samples = sound_of(cue)
    assert samples.dtype == np.float32
    assert len(samples) <= LENGTH_S_MAX.get(cue, 0.85) * RATE
    peak = float(np.abs(samples).max())
    assert decibels(peak) == pytest.approx(min(-12.0, RECIPES[cue].level_db), abs=0.01)
    assert peak <= PEAK * 1.0001
    assert abs(samples[0]) < 1e-4
    assert samples[-1] == 0.0
    # No step that clicks: the last milliseconds are all but silent, and nothing jumps.
    assert np.abs(samples[-48:]).max() < 0.02 * peak
    edges = np.abs(np.diff(np.concatenate([[0.0], samples, [0.0]])))
    assert max(edges[0], edges[-1]) < 1e-3
    assert abs(float(samples.mean())) < 0.01 * peak
    assert np.isfinite(samples).all()


@pytest.mark.parametrize("cue", CUES)
def test_a_cue_swells_quickly_and_dies_away(cue):
    samples = np.abs(sound_of(cue))
    loud = np.flatnonzero(samples > 0.5 * samples.max())
    third = len(samples) // 3
    assert (samples[:third] ** 2).sum() > 3.0 * (samples[-third:] ** 2).sum() or cue == "hop"
    assert loud[0] < 0.5 * RATE


@pytest.mark.parametrize(
    ("cue", "rises"), [("add", True), ("take_out", False), ("paid", True), ("lost", False),
                       ("back", True), ("refused", False)],
)  # fmt: skip
def test_what_is_good_rises_and_what_is_not_falls(cue, rises):
    samples, notes = sound_of(cue), RECIPES[cue].notes
    first = strongest_hz(samples[: round(notes[1].start_s * RATE)])
    last = strongest_hz(samples[round(notes[-1].start_s * RATE) :])
    assert first == pytest.approx(notes[0].hertz, rel=0.04)
    assert bool(last > first * 1.1) is rises
    assert bool(last < first * 0.91) is not rises


def test_a_hop_is_a_breath_and_not_a_tone():
    samples = sound_of("hop")
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1.0 / RATE)
    band = (hertz > 250.0) & (hertz < 1600.0)
    assert power[band].sum() > 0.9 * power.sum()
    assert power.max() < 0.12 * power.sum()
    half = len(samples) // 2
    envelope = np.abs(samples)
    assert envelope[half - 2000 : half + 2000].mean() > 3.0 * envelope[:1500].mean()


def test_the_same_cue_is_the_same_samples_and_cannot_be_spoilt():
    assert sound_of("add") is sound_of("add")
    sound_of.cache_clear()
    assert np.array_equal(sound_of("hop"), sound_of("hop"))
    with pytest.raises(ValueError, match="read-only"):
        sound_of("add")[0] = 1.0
