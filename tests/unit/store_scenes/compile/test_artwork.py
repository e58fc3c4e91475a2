from typing import get_args

import numpy as np
import pytest

from store_scenes.compile.artwork.draw import DRAWINGS, draw_artwork
from store_scenes.fixtures.artwork import ArtKind, Artwork, named

NAMES = (("en", "Snacks"), ("ko", "과자"))


@pytest.mark.parametrize("kind", get_args(ArtKind))
def test_every_kind_is_drawn_opaque_and_the_same_each_time(kind):
    artwork = Artwork(kind, NAMES, 3.0, "1")
    one, two = (draw_artwork(artwork, "ko") for _ in range(2))
    assert one.shape == (512, 512, 4)
    assert one.dtype == np.uint8
    assert np.all(one[..., 3] == 255)
    assert len(np.unique(one[..., :3].reshape(-1, 3), axis=0)) > 3
    assert np.array_equal(one, two)


def test_there_is_a_drawing_for_each_kind():
    assert set(DRAWINGS) == set(get_args(ArtKind))


@pytest.mark.parametrize("kind", ["aisle", "board", "header"])
def test_the_stores_own_language_leads(kind):
    artwork = Artwork(kind, NAMES, 3.0, "1")
    assert not np.array_equal(draw_artwork(artwork, "ko"), draw_artwork(artwork, "en"))
    assert draw_artwork(Artwork(kind, (), 3.0), "ko").shape == (512, 512, 4)


def test_the_tiles_of_a_wide_board_are_its_parts():
    whole = Artwork("board", NAMES, 8.0)
    left, right = (draw_artwork(Artwork("board", NAMES, 8.0, tile=(n, 2)), "ko") for n in (0, 1))
    # The whole is half as fine both ways: 512 x 64 of its layer against 512 x 128 of each.
    joined = np.concatenate([left[:128], right[:128]], axis=1).astype(int)
    halved = joined.reshape(64, 2, 512, 2, 4).mean(axis=(1, 3))
    off = np.abs(halved - draw_artwork(whole, "ko")[:64]).max(axis=2)
    assert np.mean(off > 32) < 0.02


def test_a_face_fills_the_part_of_its_layer_that_its_uv_name():
    wide, high = Artwork("board", NAMES, 4.0), Artwork("hours", NAMES, 0.5)
    assert wide.uv == (0.0, 0.0, 1.0, 0.25)
    assert high.uv == (0.0, 0.0, 0.5, 1.0)
    pixels = draw_artwork(wide, "en")
    assert np.all(pixels[128:] == pixels[127])
    assert len(np.unique(pixels[:128].reshape(-1, 4), axis=0)) > 20


def test_names_without_a_text_are_left_out():
    assert named({"ko": "", "en": "Milk"}) == (("en", "Milk"),)
