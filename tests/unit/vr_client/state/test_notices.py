import pytest

from vr_client.sound.cues import CUES
from vr_client.state.notices import is_good_news, refuses, says


@pytest.mark.parametrize(
    ("notice", "cue", "name"),
    [
        ("cart_added=우유", "add", "우유"),
        ("undone=우유", "add", "우유"),
        ("undone=우유", "take_out", "우유"),
        ("cart_taken=a=b", "take_out", "a=b"),
        ("out_of_stock", "refused", ""),
        ("connection_lost", "lost", ""),
    ],
)
def test_a_notice_says_what_its_own_sound_does_and_no_other(notice, cue, name):
    assert says(notice, cue, name)
    others = {"undone=우유": {"add", "take_out"}}.get(notice, {cue})
    # That the connection is gone is no word on what was refused meanwhile.
    refused = {"refused"} if refuses(notice) and cue != "lost" else set()
    assert {one for one in CUES if says(notice, one, name)} == others | refused


def test_a_notice_about_another_product_does_not_say_it():
    assert not says("cart_added=우유", "add", "두유")
    assert not says("undone=우유", "take_out", "두유")


def test_nothing_said_is_nothing_repeated():
    assert not any(says("", cue, "") for cue in CUES)
    assert not any(says("picture_kept=a.png", cue, "") for cue in CUES)


def test_something_added_is_good_news_and_something_refused_is_not():
    assert is_good_news("cart_added=우유")
    assert not is_good_news("out_of_stock")
