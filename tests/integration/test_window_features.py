"""The window's features, each through X: map, search, help, languages, eyes, sizes, pictures.

All share one window and one server; each begins and ends with no panel open.
"""

import time

import numpy as np
import pytest
from PIL import Image
from test_desktop_window import easy_to_reach
from window_person import WARNING_SOFT, Eyes, display, is_colour, shopper_of, shopping
from x_person import XPerson

from server.storage.inspect import held_total
from store_scenes.compile.compiler import compile_scene
from store_scenes.layout.load import load_store
from vr_client.interact.picking import PickIndex
from vr_client.interact.walk import is_free, obstacles

pytestmark = pytest.mark.gl

SCREEN, SIZE = (1000, 700), (800, 600)
HANGUL = "비누ㄴㅊ"
PRICES = {"TEA": 1500, "SOAP": 2500}


class Window:
    """The running client and everybody around it."""

    def __init__(self, folder, home, person, eyes, process):
        self.folder, self.home, self.person, self.eyes = folder, home, person, eyes
        self.process = process
        layout = load_store(folder)
        self.scene = compile_scene(
            layout, layout.products, lambda _path: None, lambda *_: None, lit=False
        )
        low, high = self.scene.room
        self.room = (low[0], low[2], high[0], high[2])
        self._database = folder / ".endcap" / "shop.sqlite"

    def in_cart(self):
        held = held_total(self._database, shopper_of(self.home))
        return (held.unit_count, held.cart_total_minor)

    def close_panels(self):
        self.person.taps("Escape", 3)
        self.person.wait_for(lambda: self.eyes.no_button() and self.eyes.map() is None)

    def buy(self, query, price):
        """Look for something by keyboard alone, and put one in the cart."""
        count, total = self.in_cart()
        self.person.tap("/")
        self.person.write(query)
        self.person.tap("Return")
        self.person.wait_for(self.eyes.button)  # its card
        self.person.tap("Return")
        self.person.wait_for(lambda: self.in_cart() == (count + 1, total + price))
        # While the shop has not answered, the button is grey: that is not a card that is closed.
        self.eyes.settled()
        self.close_panels()


@pytest.fixture(scope="module")
def window(tmp_path_factory, module_store, module_serve):
    easy_to_reach(module_store)
    catalog = module_store / "catalog.csv"
    text = catalog.read_text(encoding="utf-8").replace("name_en", "name_ko,name_en", 1)
    for sku, name in (("TEA", "녹차"), ("RICE", "쌀"), ("SOAP", "비누"), ("VASE", "꽃병")):
        text = text.replace(f"\n{sku},", f"\n{sku},{name},")
    catalog.write_text(text, encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    settings = home / "config" / "endcap" / "settings.json"
    settings.parent.mkdir(parents=True)
    # Pictures are compared before and after: no subtitle is to go by itself meanwhile.
    settings.write_text('{"senses": {"subtitles": false}}', encoding="utf-8")
    with display(SCREEN) as number:
        person = XPerson(number)
        person.learn(HANGUL)
        serving = module_serve("--watch")
        with shopping(serving.url, number, home) as process:
            (found,) = person.wait_for(person.windows, 60)
            person.resize(found, *SIZE)
            person.wait_for(lambda: person.windows()[found] == SIZE)
            eyes = Eyes(person)
            person.wait_for(eyes.inside, 60)
            yield Window(module_store, home, person, eyes, process)
        person.close()


@pytest.fixture(autouse=True)
def no_panel_is_open(window):
    yield
    assert window.process.poll() is None
    window.person.let_go("s")
    window.person.look_at(window.eyes.window)
    window.close_panels()
    # What was said last is gone in a while; the next test compares pictures.
    window.eyes.settled()
    window.person.wait_for(lambda: not window.eyes.told())


def test_products_are_found_and_bought_by_keyboard_alone(window):
    window.buy("soap", PRICES["SOAP"])
    window.buy("비누", PRICES["SOAP"])
    window.buy("ㄴㅊ", PRICES["TEA"])  # 녹차, by its initial consonants


def test_what_is_found_is_taken_in_hand_put_back_taken_again_and_bought(window):
    person, eyes = window.person, window.eyes
    before = window.in_cart()
    person.tap("/")
    person.write("soap")
    person.tap("Return")
    person.wait_for(eyes.button)
    eyes.settled()
    shelved = eyes.look().astype(int)

    def moved():
        return (np.abs(eyes.look().astype(int) - shelved).max(axis=2) > 40).mean() > 0.02

    person.tap("g")
    person.wait_for(moved)
    person.tap("Escape")  # it flies home, and its card closes
    person.wait_for(eyes.no_button)
    person.tap("/")
    person.write("soap")
    person.tap("Return")
    person.wait_for(eyes.button)
    person.tap("g")
    person.wait_for(moved)
    assert window.in_cart() == before
    person.tap("Return")
    wanted = (before[0] + 1, before[1] + PRICES["SOAP"])
    person.wait_for(lambda: window.in_cart() == wanted)
    person.wait_for(eyes.no_button)


def test_the_map_shows_where_one_is_and_takes_one_there(window):
    person, eyes = window.person, window.eyes
    person.tap("m")
    left, top, right, bottom = person.wait_for(eyes.map)
    # The free corner to the left of the door, then the one to the right.
    for share in (0.2, 0.8):
        person.click(left + share * (right - left), top + 0.85 * (bottom - top))
        person.wait_for(lambda: eyes.map() is None)
        eyes.settled()
        person.tap("m")
        person.wait_for(eyes.map)
        x, z = eyes.spot(window.room)
        x0, z0, x1, z1 = window.room
        assert x == pytest.approx(x0 + share * (x1 - x0), abs=0.35)
        assert z == pytest.approx(z0 + 0.85 * (z1 - z0), abs=0.35)


def test_nobody_walks_through_a_shelf(window):
    person, eyes = window.person, window.eyes
    window.buy("tea", PRICES["TEA"])  # one stands before it now, looking at it
    person.hold("Shift")
    person.hold("w")
    time.sleep(1.5)
    person.let_go("w")
    person.let_go("Shift")
    person.tap("m")
    person.wait_for(eyes.map)
    eyes.settled()
    footprints = obstacles(PickIndex(window.scene).solids)
    room = np.array(window.scene.room)[:, [0, 2]]
    assert is_free(eyes.spot(window.room), footprints, room, 0.15)


def test_the_help_page_comes_in_both_languages(window):
    person, eyes = window.person, window.eyes
    person.tap("F1")
    person.wait_for(eyes.button)
    korean = eyes.settled()
    person.tap("l")
    person.wait_for(lambda: (np.abs(eyes.look() - korean).max(axis=2) > 60).mean() > 0.01)
    english = eyes.settled()
    person.tap("l")
    person.wait_for(lambda: (np.abs(eyes.look() - korean).max(axis=2) > 60).mean() < 0.002)
    assert (np.abs(english - korean).max(axis=2) > 60).mean() > 0.01


def test_either_eye_or_both_are_shown(window):
    person, eyes = window.person, window.eyes
    window.buy("tea", PRICES["TEA"])  # one stands before a shelf now, and near things shift
    one = eyes.settled()

    def halves_differ(seen):
        half = seen.shape[1] // 2
        return np.abs(seen[:, :half] - seen[:, half : 2 * half]).mean()

    alone = halves_differ(one)
    person.taps("F10", 3)  # the left eye, the right eye, both
    person.wait_for(lambda: halves_differ(eyes.look()) < 0.5 * alone)
    person.tap("F10")
    person.wait_for(lambda: halves_differ(eyes.look()) > 0.7 * alone)
    person.tap("F10")
    # From the left eye the near shelf stands further to the right.
    person.wait_for(lambda: (np.abs(eyes.look() - one).max(axis=2) > 12).mean() > 0.01)
    person.taps("F10", 3)
    person.wait_for(lambda: (np.abs(eyes.look() - one).max(axis=2) > 12).mean() < 0.05)


def test_full_screen_and_back_to_the_old_place(window):
    person, eyes = window.person, window.eyes
    person.put(eyes.window, 60, 40)
    person.wait_for(lambda: person.corner(eyes.window) == (60, 40))
    eyes.settled()
    person.tap("F11")
    person.wait_for(lambda: person.windows()[eyes.window] == SCREEN)
    assert person.corner(eyes.window) == (0, 0)
    person.tap("F11")
    person.wait_for(lambda: person.windows()[eyes.window] == SIZE)
    person.wait_for(lambda: person.corner(eyes.window) == (60, 40))
    person.put(eyes.window, 0, 0)
    person.wait_for(lambda: person.corner(eyes.window) == (0, 0))
    eyes.settled()


@pytest.mark.parametrize("size", [(640, 200), (1, 1), (300, 650)])
def test_any_size_can_be_drawn(window, size):
    person, eyes = window.person, window.eyes
    before = eyes.settled()
    person.resize(eyes.window, *size)
    person.wait_for(lambda: person.windows()[eyes.window] == size)
    person.tap("Tab")
    time.sleep(0.3)
    person.tap("Tab")
    person.resize(eyes.window, *SIZE)
    person.wait_for(lambda: person.windows()[eyes.window] == SIZE)
    person.wait_for(lambda: eyes.shows(before))


def test_a_hidden_window_comes_back(window):
    person, eyes = window.person, window.eyes
    before = eyes.settled()
    person.hide(eyes.window)
    person.wait_for(lambda: not person.windows())
    time.sleep(0.3)
    person.show(eyes.window)
    person.wait_for(person.windows)
    person.look_at(eyes.window)
    person.wait_for(lambda: eyes.shows(before))


def test_who_looks_elsewhere_walks_no_further(window):
    person, eyes = window.person, window.eyes
    window.buy("tea", PRICES["TEA"])
    person.hold("s")
    time.sleep(0.2)
    person.look_away()
    eyes.settled()
    person.let_go("s")
    person.look_at(eyes.window)
    person.tap("m")
    person.wait_for(eyes.map)
    eyes.settled()
    # Two metres are free behind whoever stands before the shelf.
    assert eyes.spot(window.room)[1] < window.room[3] - 0.5


def test_pictures_are_kept_and_never_written_over(window):
    person, eyes = window.person, window.eyes
    before = set(window.home.glob("endcap-*.png"))
    window.buy("tea", PRICES["TEA"])
    seen = eyes.settled()
    for count in (1, 2):
        person.tap("F12")
        person.wait_for(lambda: len(set(window.home.glob("endcap-*.png")) - before) == count)  # noqa: B023
    time.sleep(0.3)
    for path in set(window.home.glob("endcap-*.png")) - before:
        with Image.open(path) as kept:
            assert kept.size[0] / kept.size[1] == pytest.approx(SIZE[0] / SIZE[1], abs=0.02)
            apart = np.abs(np.asarray(kept.convert("RGB").resize(SIZE), int) - seen)
            assert (apart.max(axis=2) > 40).mean() < 0.02  # what says that it is kept


def test_an_edited_layout_shows_and_a_broken_one_says_why_while_the_store_stays(window):
    person, eyes = window.person, window.eyes
    plan = window.folder / "planograms" / "bay-1.toml"
    good = plan.read_text(encoding="utf-8")
    window.buy("tea", PRICES["TEA"])
    bought = window.in_cart()
    before = eyes.settled()

    def differs(share):
        return lambda: (np.abs(eyes.look() - before).max(axis=2) > 12).mean() > share

    def trouble():
        return is_colour(eyes.look()[:200], WARNING_SOFT).sum() > 200

    plan.write_text(good.replace("height_mm = 1200", "height_mm = 900"), encoding="utf-8")
    person.wait_for(differs(0.02))
    assert window.in_cart() == bought
    plan.write_text(good.replace("[[shelves]]", "[[shelves"), encoding="utf-8")
    person.wait_for(trouble)
    assert (np.abs(eyes.look()[300:] - before[300:]).max(axis=2) > 12).mean() > 0.02  # lower still
    plan.write_text(good, encoding="utf-8")
    person.wait_for(lambda: not trouble())
    person.wait_for(lambda: not differs(0.02)())
    assert window.in_cart() == bought
