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
    # The whole is half as fine: two columns of a tile are one of its own.
    joined = np.concatenate([left, right], axis=1).astype(int)
    halved = joined.reshape(512, 512, 2, 4).mean(axis=2)
    off = np.abs(halved - draw_artwork(whole, "ko")).max(axis=2)
    assert np.mean(off > 24) < 0.02


def test_names_without_a_text_are_left_out():
    assert named({"ko": "", "en": "Milk"}) == (("en", "Milk"),)
