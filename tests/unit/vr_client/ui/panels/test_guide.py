"""The help: in large text it has pages, and these say together what one page says."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.vr_client.ui.panel_states import HEAD, STATES, SolidFronts, around
from vr_client.frame_packet import EyeView
from vr_client.headset.controls import CONTROLS
from vr_client.packing import sight_of
from vr_client.state.senses import TEXT_SCALE, Senses
from vr_client.ui import theme
from vr_client.ui.panel_set import PanelSet, UiFrame
from vr_client.ui.panels import guide
from vr_client.ui.pictures import PictureStore

WINDOWS = [(800, 600), (1280, 800), (1920, 1080), (2560, 1440)]
IN_A_WINDOW = [c for c in CONTROLS if c.keys or c.mouse or c.pad]


class Reader:
    """Somebody with the help open in a window, or in a headset."""

    def __init__(self, canvas, pixels, size, language="ko"):
        self.panels = PanelSet(
            canvas, PictureStore(SolidFronts()), "desktop" if pixels else "headset"
        )
        self.state = replace(STATES["help"], senses=Senses(size), language=language)
        self.sight = None
        if pixels:
            across = 0.6 * pixels[0] / pixels[1]
            self.sight = sight_of((EyeView(HEAD, (-across, across, -0.6, 0.6), pixels),))

    def sees(self):
        return self.panels.build(self.state, HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(),
                                 self.sight, around(self.state))  # fmt: skip

    def pages(self):
        """Each page once."""
        first = self.sees()
        shown = first.text_of("help.page")
        count = int(shown.split(" / ")[1]) if shown else 1
        found = [first]
        for _ in range(count - 1):
            self.panels.turn_help(1)
            found.append(self.sees())
        self.panels.turn_help(1)
        assert texts(self.sees()) == texts(first)  # it begins anew
        return found


def texts(frame):
    return [(one.role, one.text) for one in frame.texts if one.panel == "help"]


def zoom(frame):
    """How many times as large as in a headset it is seen."""
    quad = next(quad for quad in frame.panels if quad.id == "help")
    away = np.linalg.norm(quad.world_from_panel[:3, 3] - HEAD[:3, 3])
    return quad.size_m[0] / dict(frame.sizes)["help"][0] / away * 1000.0


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("size", TEXT_SCALE)
@pytest.mark.parametrize("pixels", [*WINDOWS, None])
def test_all_pages_together_list_every_control_once(canvas, pixels, size, language):
    pages = Reader(canvas, pixels, size, language).pages()
    deeds = [text for page in pages for role, text in texts(page) if role == "help.deed"]
    one = Reader(canvas, pixels, "normal", language).pages()
    assert len(one) == 1
    assert deeds == [text for role, text in texts(one[0]) if role == "help.deed"]
    assert len(deeds) == (len(IN_A_WINDOW) if pixels else len([c for c in CONTROLS if c.hand]))
    heights = {dict(page.sizes)["help"] for page in pages}
    assert len(heights) == 1  # so that no press moves what is pressed
    for page in pages:
        ids = [target.id for target in page.targets if target.panel == "help"]
        assert ("help.more" in ids) == (len(pages) > 1)
        assert {"help.close", "help.tutorial"} <= set(ids)


@pytest.mark.parametrize(("size", "least"), [("large", 1.24), ("largest", 1.35)])
@pytest.mark.parametrize("pixels", WINDOWS)
def test_help_grows_with_the_text_size_in_a_small_window_too(canvas, pixels, size, least):
    usual = zoom(Reader(canvas, pixels, "normal").sees())
    large = Reader(canvas, pixels, size).sees()
    assert zoom(large) / usual >= least
    right, top = 0.6 * pixels[0] / pixels[1], 0.6
    quad = next(quad for quad in large.panels if quad.id == "help")
    ends = [[x * quad.size_m[0] / 2, y * quad.size_m[1] / 2, 0.0, 1.0]
            for x in (-1, 1) for y in (-1, 1)]  # fmt: skip
    seen = (np.linalg.inv(HEAD) @ quad.world_from_panel @ np.array(ends).T)[:3]
    assert np.abs(seen[0] / seen[2]).max() <= right
    assert np.abs(seen[1] / seen[2]).max() <= top + 0.02  # but for its shadow


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_can_be_read_and_pressed(canvas, language):
    for page in Reader(canvas, (800, 600), "largest", language).pages():
        wide, high = dict(page.sizes)["help"]
        drawn = [one for one in page.texts if one.panel == "help"]
        assert sum(one.role == "help.more" for one in drawn) == 1
        assert not any(one.text.endswith("…") for one in drawn)
        for number, one in enumerate(drawn):
            assert 0 <= one.rect[0] < one.rect[2] <= wide
            assert 0 <= one.rect[1] < one.rect[3] <= high
            for other in drawn[:number]:
                across = min(one.rect[2], other.rect[2]) - max(one.rect[0], other.rect[0])
                down = min(one.rect[3], other.rect[3]) - max(one.rect[1], other.rect[1])
                assert across <= 0 or down <= 0.2 * min(one.em, other.em), (one, other)
        for target in page.targets:
            left, top, right, bottom = target.rect
            assert min(right - left, bottom - top) >= theme.TARGET_MIN


def test_who_opens_the_help_again_begins_at_its_first_page(canvas):
    reader = Reader(canvas, (800, 600), "largest")
    reader.panels.turn_help(1)
    assert reader.sees().text_of("help.page") == "2 / 2"
    opened = reader.state
    reader.state = replace(opened, panels=frozenset())
    reader.sees()
    reader.state = opened
    assert reader.sees().text_of("help.page") == "1 / 2"


def test_there_are_as_many_pages_as_make_text_larger_and_no_more():
    high = {pages: guide.height("desktop", pages) for pages in (1, 2, 3)}
    assert high[1] > high[2] > high[3]

    def fitting(room):
        return lambda _wide, tall: max(1.0, min(1.5, room / tall))

    assert guide.pages_for("desktop", 1.0, fitting(high[1])) == 1
    assert guide.pages_for("desktop", 1.5, fitting(1.5 * high[1])) == 1
    assert guide.pages_for("desktop", 1.5, fitting(1.5 * high[2])) == 2
    assert guide.pages_for("desktop", 1.5, fitting(1.5 * high[3])) == 3
    assert guide.pages_for("desktop", 1.5, fitting(1.46 * high[2])) == 2  # hardly larger
    assert guide.pages_for("desktop", 1.5, lambda _w, _h: 1.1) == 1  # as wide as the window
