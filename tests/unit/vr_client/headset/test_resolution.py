"""How large a headset's pictures are, for a graphics card that is now quick and now slow."""

import numpy as np
import pytest

from vr_client.headset.resolution import FRAMES_DOWN, FRAMES_UP, STEPS, ResolutionScale

FRAME_MS = 1000.0 / 90.0


def run(resolution, full_ms, frames, noise_ms=0.0, seed=1):
    """A card that takes `full_ms` for the whole picture, and less for fewer pixels: each scale."""
    noise = np.random.default_rng(seed).normal(0.0, noise_ms, frames)
    scales = []
    for off in noise:
        resolution.took(max(0.1, full_ms * resolution.scale**2 + off), FRAME_MS)
        scales.append(resolution.scale)
    return scales


def test_a_card_with_time_to_spare_draws_it_all():
    assert set(run(ResolutionScale(), 7.0, 1000)) == {1.0}


def test_a_slow_card_gets_less_at_once_until_it_is_in_time():
    resolution = ResolutionScale()
    scales = run(resolution, 15.0, 100)
    assert 15.0 * scales[-1] ** 2 < FRAME_MS
    assert scales[-1] == 0.8
    assert scales.index(0.9) == FRAMES_DOWN - 1
    assert scales.index(0.8) == 2 * FRAMES_DOWN - 1


def test_it_never_gets_less_than_the_last_step():
    assert run(ResolutionScale(), 500.0, 1000)[-1] == STEPS[-1]


def test_a_card_that_is_quick_again_gets_more_after_a_long_look():
    resolution = ResolutionScale()
    run(resolution, 15.0, 100)
    scales = run(resolution, 6.0, 3 * FRAMES_UP)
    assert scales[: FRAMES_UP - 1] == [0.8] * (FRAMES_UP - 1)
    assert scales[-1] == 1.0


def test_one_late_frame_is_no_reason():
    resolution = ResolutionScale()
    for _ in range(50):
        for _ in range(FRAMES_DOWN - 1):
            resolution.took(20.0, FRAME_MS)
        resolution.took(7.0, FRAME_MS)
    assert resolution.scale == 1.0


@pytest.mark.parametrize("full_ms", np.arange(6.0, 40.0, 0.5))
def test_no_load_makes_it_go_to_and_fro(full_ms):
    """On the border between two sizes it may take its time, but never takes a step back."""
    scales = run(ResolutionScale(), full_ms, 3000, noise_ms=0.3)
    assert scales == sorted(scales, reverse=True)
    assert full_ms * scales[-1] ** 2 < FRAME_MS or scales[-1] == STEPS[-1]


def test_what_nobody_knows_changes_nothing():
    resolution = ResolutionScale()
    for _ in range(100):
        resolution.took(0.0, FRAME_MS)
        resolution.took(50.0, 0.0)
    assert resolution.scale == 1.0


def test_sizes_are_whole_pixels():
    resolution = ResolutionScale()
    assert resolution.of((1852, 2056)) == (1852, 2056)
    run(resolution, 15.0, 100)
    assert resolution.of((1852, 2056)) == (1482, 1645)
    assert resolution.of((1, 1)) == (1, 1)
