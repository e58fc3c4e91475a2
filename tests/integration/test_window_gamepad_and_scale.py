"""Shopping with a gamepad beside the keyboard, and a window on a screen of twice the density."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from test_desktop_window import easy_to_reach
from window_person import ACCENT, Eyes, display, is_colour, shopper_of, shopping
from x_person import XPerson

from server.storage.inspect import held_total

pytestmark = pytest.mark.gl

PRESS_S = 0.5
"""Longer than a frame takes a CPU: a press is seen by at least one."""


class Thumbs:
    """Two thumbs on a gamepad."""

    def __init__(self, process):
        self._pipe = process.stdin
        self._say()

    def _say(self, held=(), **axes):
        order = ("left_x", "left_y", "right_x", "right_y", "lt", "rt")
        rest = {"lt": -1.0, "rt": -1.0}
        values = [axes.get(name, rest.get(name, 0.0)) for name in order]
        self._pipe.write(json.dumps({"axes": values, "held": list(held)}) + "\n")
        self._pipe.flush()

    def press(self, *buttons, seconds=PRESS_S, **axes):
        self._say(buttons, **axes)
        time.sleep(seconds)
        self._say()
        time.sleep(PRESS_S)


def look_at_button(eyes, thumbs):
    """Turn with the right stick until the middle of the view is on the big button."""
    width, height = eyes.size
    for _ in range(60):
        x, y = eyes.button()
        across, down = x - width / 2.0, y + 12.0 - height / 2.0
        if abs(across) < 50.0 and abs(down) < 12.0:
            return
        push = {"right_x": 0.4 * np.sign(across)} if abs(across) >= 50.0 else {}
        if abs(down) >= 12.0:
            push["right_y"] = 0.4 * np.sign(down)
        thumbs.press(**push, seconds=0.15)
    raise AssertionError("the button was never in the middle")


def test_a_gamepad_shops(serve, tiny_store, tmp_path):
    easy_to_reach(tiny_store)
    serving, home = serve(), tmp_path / "home"
    home.mkdir()
    database = tiny_store / ".endcap" / "shop.sqlite"
    program = [sys.executable, str(Path(__file__).with_name("pad_shop.py")), serving.url]
    with display((800, 600)) as number, shopping(None, number, home, program=program) as process:
        person = XPerson(number)
        eyes = Eyes(person)
        person.wait_for(eyes.inside, 60)
        thumbs = Thumbs(process)
        time.sleep(PRESS_S)

        # Every panel opens by its button and closes with B.
        thumbs.press("Start")
        person.wait_for(eyes.button)
        thumbs.press("B")
        person.wait_for(eyes.no_button)
        closed = eyes.settled()
        thumbs.press("X")
        person.wait_for(lambda: (np.abs(eyes.look() - closed).max(axis=2) > 8).mean() > 0.05)
        thumbs.press("B")
        person.wait_for(lambda: (np.abs(eyes.look() - closed).max(axis=2) > 8).mean() < 0.05)
        thumbs.press("Y")
        person.wait_for(eyes.map)
        thumbs.press("B")
        person.wait_for(lambda: eyes.map() is None)

        # The left stick walks.
        before = eyes.settled()
        thumbs.press(left_y=1.0, seconds=1.0)
        assert (np.abs(eyes.settled() - before).max(axis=2) > 8).mean() > 0.2

        # Look for something with the keyboard, come before it, and take two with the pad alone.
        thumbs.press("Back")
        person.write("soap")
        person.tap("Return")
        person.wait_for(eyes.button)
        thumbs.press("B")
        person.wait_for(eyes.no_button)
        eyes.settled()
        thumbs.press("A")  # what is in the middle of the view is pointed at
        person.wait_for(eyes.button)
        thumbs.press(rt=1.0, seconds=0.3)
        look_at_button(eyes, thumbs)
        thumbs.press("A")

        def in_cart():
            held = held_total(database, shopper_of(home))
            return held.unit_count >= 2 and held.cart_total_minor == 2500 * held.unit_count

        person.wait_for(in_cart)
        person.close_window(eyes.window)
        assert process.wait(20) == 0
        person.close()


def button_width(eyes):
    """How wide the button of a product's card is, in pixels: a panel that has room anywhere."""
    person = eyes._person
    person.tap("F1")
    person.wait_for(eyes.button)
    eyes.settled()

    def is_pressed_away():
        """The pointer meets what is drawn there; once more where it was still on its way."""
        if where := eyes.button():
            person.click(*where)
            eyes.settled()
        return eyes.no_button()

    person.wait_for(is_pressed_away)
    person.tap("/")
    person.write("tea")
    person.tap("Return")
    person.wait_for(eyes.button)
    width = int(is_colour(eyes.settled(), ACCENT, 8).sum(axis=1).max())
    person.taps("Escape", 2)
    person.wait_for(eyes.no_button)
    return width


def test_on_a_dense_screen_window_and_panels_are_as_large_as_on_another(
    serve, tiny_store, tmp_path
):
    serving = serve()
    widths = {}
    for dpi in (96, 192):
        home = tmp_path / f"home-{dpi}"
        home.mkdir()
        with display((1600, 1200), dpi) as number, shopping(serving.url, number, home):
            person = XPerson(number)
            eyes = Eyes(person, quiet_s=1.5)  # a frame of so many pixels takes a CPU long
            # 1280 x 800 plain pixels, or what of them has room on the screen.
            assert eyes.size == {96: (1280, 800), 192: (1600, 1200)}[dpi]
            person.wait_for(eyes.inside, 60)
            if dpi == 96:
                person.resize(eyes.window, 1600, 1200)
                person.wait_for(lambda: person.windows()[eyes.window] == (1600, 1200))  # noqa: B023
                eyes.size = (1600, 1200)
            widths[dpi] = button_width(eyes)
            person.close()
    assert widths[192] == pytest.approx(1.55 * widths[96], rel=0.05)
