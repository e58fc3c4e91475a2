"""A first visit in a real window: one is shown around, once, and may skip it."""

import json

import pytest
from window_person import Eyes, display, is_colour, shopping
from x_person import XPerson

pytestmark = pytest.mark.gl

SIZE = (800, 600)
PAPER = (255, 255, 255)


def is_shown_around(eyes):
    """Whether a white card hangs in the middle of the upper edge."""
    return is_colour(eyes.look()[20:60, 350:580], PAPER, 0).mean() > 0.9


def come_in(person, url, number, home):
    process = shopping(url, number, home, new=True)
    started = process.__enter__()
    person.wait_for(person.windows, 60)
    eyes = Eyes(person)
    person.wait_for(eyes.inside, 60)
    return process, started, eyes


def test_a_new_shopper_is_shown_around_until_they_skip_it_and_never_again(tmp_path, module_serve):
    serving = module_serve()
    with display(SIZE) as number:
        person = XPerson(number)
        visit, process, eyes = come_in(person, serving.url, number, tmp_path)
        try:
            person.wait_for(lambda: is_shown_around(eyes))
            person.look_at(eyes.window)
            person.tap("Escape")
            person.wait_for(lambda: not is_shown_around(eyes))
            assert process.poll() is None
        finally:
            visit.__exit__(None, None, None)
        (kept,) = tmp_path.rglob("settings.json")
        assert json.loads(kept.read_text(encoding="utf-8"))["toured"] is True
        visit, process, eyes = come_in(person, serving.url, number, tmp_path)
        try:
            eyes.settled()
            assert not is_shown_around(eyes)
            assert process.poll() is None
        finally:
            visit.__exit__(None, None, None)
        person.close()
