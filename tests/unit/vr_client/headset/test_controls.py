"""One table of keys: what the help page lists is what the window does."""

import numpy as np
import pytest

from vr_client.frame_packet import EyeView
from vr_client.headset.aim import aim_through
from vr_client.headset.backends.desktop import CODES, HELD_CODES, KEY_DOES, KEY_WRITES
from vr_client.headset.controls import CONTROLS, HELD, PRESSED
from vr_client.headset.gamepad import KEYS, PRESSES
from vr_client.headset.mirror import MIRRORS, after, shown


def test_every_key_of_the_help_page_does_something_in_the_window():
    by_code = {
        **KEY_DOES,
        **{(code, False): w for w, codes in HELD_CODES.items() for code in codes},
    }
    for control in CONTROLS:
        for key in control.keys:
            for code in CODES[key.removeprefix("Ctrl+")]:
                assert (code, key.startswith("Ctrl+")) in by_code, (control.does, key)


def test_every_key_of_the_window_stands_on_the_help_page():
    listed = {key for control in CONTROLS for key in control.keys}
    assert set(PRESSED) <= listed
    arrows_that_walk = {"↑", "↓"}  # beside W and S, as everywhere
    assert {key for keys in HELD.values() for key in keys} - arrows_that_walk <= listed


def test_no_key_has_two_meanings():
    assert len(KEY_DOES) == sum(len(CODES[key.removeprefix("Ctrl+")]) for key in PRESSED)
    held = [code for codes in HELD_CODES.values() for code in codes]
    assert len(held) == len(set(held))
    assert not {code for code, ctrl in KEY_DOES if not ctrl} & set(held)
    assert set(KEY_WRITES.values()) == {"\b", "\n", "\x10", "\x0e"}


def test_every_deed_of_a_gamepad_is_one_of_the_table():
    deeds = {control.does: control.pad for control in CONTROLS}
    for button, press in PRESSES.items():
        assert deeds["point" if press == "select" else press] == button
    for button, key in KEYS.items():
        does = "quantity" if key in {"more", "fewer"} else key
        assert button in deeds[does].split()


def test_the_views_of_a_mirror_follow_each_other():
    seen = ["middle"]
    while (following := after(seen[-1])) != "middle":
        seen.append(following)
    assert tuple(seen) == MIRRORS
    assert [after(m, headset=True) for m in ("left", "right", "both", "middle")] == [
        "right", "both", "left", "left",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mirror", "eyes"),
    [("left", (7,)), ("right", (8,)), ("both", (7, 8)), ("middle", (7,))],
)
def test_a_mirror_shows_its_eyes(mirror, eyes):
    assert shown(mirror, (7, 8)) == eyes
    assert shown(mirror, (7,)) == (7,)


def test_the_pointer_is_measured_in_the_windows_units_not_in_pixels():
    """On macOS and Wayland a window of 800 x 600 units may have 1600 x 1200 pixels."""
    view = EyeView(np.eye(4), (-0.8, 0.8, -0.6, 0.6), (1600, 1200))
    forward = -aim_through((view,), (600.0, 150.0), (800, 600))[:3, 2]
    assert forward / -forward[2] == pytest.approx([0.4, 0.3, -1.0])


def test_of_two_views_side_by_side_the_one_under_the_pointer_counts():
    left, right = np.eye(4), np.eye(4)
    left[0, 3], right[0, 3] = -0.03, 0.03
    views = tuple(EyeView(world, (-0.4, 0.4, -0.6, 0.6), (400, 600)) for world in (left, right))
    for x, eye in ((200.0, -0.03), (600.0, 0.03)):
        hand = aim_through(views, (x, 300.0), (800, 600))
        assert hand[:3, 3] == pytest.approx([eye, 0.0, 0.0])
        assert -hand[:3, 2] == pytest.approx([0.0, 0.0, -1.0])
