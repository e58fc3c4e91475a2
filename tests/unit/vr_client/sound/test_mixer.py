"""Voices added up block by block: whole, in time, in the right ear, and never too loud."""

import wave

import numpy as np
import pytest

from vr_client.sound.mixer import VOICES_MAX, Mixer
from vr_client.sound.placing import INSIDE, Heard, heard_at
from vr_client.sound.synth import RATE, sound_of
from vr_client.space.pose import pose

HEAD = pose((0.0, 1.6, 0.0))


def rendered(mixer, count, block=960):
    return np.concatenate([mixer.render(block) for _ in range(-(-count // block))])[:count]


@pytest.mark.parametrize("block", [1, 7, 441, 960, 100_000])
def test_blocks_of_any_length_make_the_same_sound(block):
    heard = Heard(0.5, 0.25, 0.0, 0.001)
    mixer = Mixer()
    mixer.begin("press", heard)
    out = rendered(mixer, 6000, block)
    samples = sound_of("press")
    assert out[: len(samples), 0] == pytest.approx(samples * 0.5)
    late = round(0.001 * RATE)
    assert (out[:late, 1] == 0.0).all()
    assert out[late : late + len(samples), 1] == pytest.approx(samples * 0.25)
    assert mixer.sounding == 0
    assert (out[late + len(samples) :] == 0.0).all()


def test_two_at_once_are_their_sum():
    mixer = Mixer()
    mixer.begin("add", INSIDE)
    first = mixer.render(960)
    mixer.begin("press", INSIDE)
    both = mixer.render(4000)
    gain = np.float32(INSIDE.left)
    expected = sound_of("add")[960:4960] * gain
    expected[: len(sound_of("press"))] += sound_of("press")[:4000] * gain
    assert first[:, 0] == pytest.approx(sound_of("add")[:960] * gain)
    assert both[:, 1] == pytest.approx(expected, abs=1e-6)


def test_however_many_sound_it_never_clips_and_too_many_are_left_out():
    mixer = Mixer()
    for _ in range(VOICES_MAX + 5):
        mixer.begin("paid", Heard(1.0, 1.0))
    assert mixer.sounding == VOICES_MAX
    out = rendered(mixer, 2 * RATE)
    assert 0.7 < np.abs(out).max() <= 1.0
    assert mixer.sounding == 0


def test_nothing_sounding_is_silence():
    assert not Mixer().render(480).any()
    assert Mixer().render(0).shape == (0, 2)


def test_a_cue_as_a_wav_file_is_left_when_it_is_left(tmp_path):
    """As a person would check it: written as a file, read back, ear by ear."""
    levels = {}
    for side, x in (("left", -0.8), ("right", 0.8)):
        mixer = Mixer()
        mixer.begin("add", heard_at((x, 1.6, -0.2), HEAD))
        codes = np.round(rendered(mixer, RATE) * 32767.0).astype("<i2")
        path = tmp_path / f"{side}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(codes.tobytes())
        with wave.open(str(path), "rb") as file:
            assert (file.getframerate(), file.getnchannels()) == (RATE, 2)
            read = np.frombuffer(file.readframes(RATE), "<i2").reshape(-1, 2) / 32767.0
        assert np.abs(read).max() <= 10.0 ** (-12.0 / 20.0)
        assert (read[0] == 0.0).all()
        assert (read[-1] == 0.0).all()
        levels[side] = np.sqrt((read**2).mean(axis=0))
        spectrum = np.abs(np.fft.rfft(read.sum(axis=1)))
        high = np.argsort(spectrum)[-200:]
        assert any(abs(hz - 987.8) < 15.0 for hz in high)
        first = [int(np.flatnonzero(np.abs(read[:, ear]) > 0.002)[0]) for ear in (0, 1)]
        assert (first[0] < first[1]) is (side == "left")
    assert levels["left"][0] > 3.0 * levels["left"][1]
    assert levels["left"] == pytest.approx(levels["right"][::-1], rel=0.01)
