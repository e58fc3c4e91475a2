"""What is heard, written: which side, and which cue counts."""

import pytest

from vr_client.sound.captions import Caption, caption_of, side_of
from vr_client.sound.cues import MEANT, Sounded
from vr_client.space.pose import pose
from vr_client.ui.strings import STRINGS

HEAD = pose((1.0, 1.6, 2.0), 90.0)
"""Looking along -x, so that its left is +z."""


@pytest.mark.parametrize(
    ("place", "side"),
    [((0.0, 1.2, 2.0), "ahead"), ((0.8, 1.6, 3.0), "left"), ((0.8, 1.6, 1.0), "right"),
     ((2.0, 1.6, 2.1), "behind"), ((2.0, 1.6, 1.9), "behind"), (None, "")],
)  # fmt: skip
def test_the_side_is_where_one_would_turn(place, side):
    assert side_of(place, HEAD) == side


def test_of_a_frame_s_cues_the_last_that_means_something_is_written():
    there = (0.8, 1.6, 3.0)
    assert caption_of([Sounded("point", there), Sounded("press", there)], HEAD) is None
    assert caption_of([], HEAD) is None
    sounded = [Sounded("press", there), Sounded("add", there, "TEA"), Sounded("hop")]
    assert caption_of(sounded, HEAD) == Caption("add", "left", "TEA")
    assert caption_of([*sounded, Sounded("lost")], HEAD) == Caption("lost")


def test_every_cue_that_means_something_has_words_in_both_languages():
    written = {key.removeprefix("caption.") for key in STRINGS if key.startswith("caption.")}
    assert written == MEANT
