"""Help, map, search, offers and a layout's problem: what they say and what can be pressed."""

from dataclasses import replace

import numpy as np
import pytest

from store_scenes.compile.scene import AisleLine
from tests.unit.vr_client.ui.panel_states import (
    HEAD,
    PLAN,
    STATE,
    STATES,
    SolidFronts,
    around,
    build,
    product,
)
from vr_client.frame_packet import EyeView
from vr_client.headset.controls import CONTROLS
from vr_client.interact.floor_plan import FloorPlan
from vr_client.interact.pointer import point
from vr_client.interact.rays import ray_towards
from vr_client.packing import sight_of
from vr_client.state.assortment import Assortment
from vr_client.state.events import Keyboard
from vr_client.ui.around import Around
from vr_client.ui.finder import Found
from vr_client.ui.panel_set import PanelSet, UiFrame
from vr_client.ui.panels.floor_map import HERE, frame_of
from vr_client.ui.pictures import PictureStore
from vr_client.ui.placement import Sight
from vr_client.ui.strings import STRINGS
from vr_client.ui.theme import SHADOW


@pytest.fixture
def panels(canvas):
    return PanelSet(canvas, PictureStore(SolidFronts()), "desktop")


@pytest.fixture
def headset(canvas):
    return PanelSet(canvas, PictureStore(SolidFronts()), "headset")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("controls", ["desktop", "headset"])
def test_the_help_page_lists_every_control_there_is(canvas, controls, language):
    panels = PanelSet(canvas, PictureStore(SolidFronts()), controls)
    frame = build(panels, replace(STATES["help"], language=language))
    shown = [drawn.text for drawn in frame.texts if drawn.role == "help.control"]
    deeds = [drawn.text for drawn in frame.texts if drawn.role == "help.deed"]
    if controls == "desktop":
        expected = [*(key for c in CONTROLS for key in c.keys),
                    *(key for c in CONTROLS for key in c.pad.split()),
                    *(STRINGS[c.mouse][language] for c in CONTROLS if c.mouse)]  # fmt: skip
    else:
        expected = [STRINGS[c.hand][language] for c in CONTROLS if c.hand]
    assert sorted(shown) == sorted(expected)
    window = controls == "desktop"
    listed = [c for c in CONTROLS if (c.keys or c.mouse or c.pad if window else c.hand)]
    assert deeds == [STRINGS[f"help.{c.does}"][language] for c in listed]


def test_an_offer_shows_the_old_price_and_what_it_saves(panels):
    frame = build(panels, STATES["offer"])
    assert (frame.text_of("card.was"), frame.text_of("card.offer")) == ("₩11,900", "25% 할인")
    assert frame.text_of("card.sample") is None
    assert build(panels, STATES["card"]).text_of("card.was") is None


def test_a_made_up_price_says_so(panels):
    frame = build(panels, STATES["sample"])
    assert frame.text_of("card.sample") == "견본 가격"
    unpriced = {"A4": product("A4", price_is_sample=True, price=None)}
    none = build(panels, replace(STATES["sample"], products=Assortment(unpriced)))
    assert none.text_of("card.sample") is None


def test_the_search_shows_what_was_found_and_rows_can_be_pressed(panels):
    frame = build(panels, STATES["search"])
    assert frame.text_of("search.query") == "그래"
    assert frame.text_of("search.count") == "3개 찾음"
    assert [d.text for d in frame.texts if d.role == "search.price"] == ["₩8,900"] * 3
    ids = {target.id for target in frame.targets}
    assert {"search.row.0", "search.row.2", "search.clear", "search.close", "search.keys"} <= ids
    assert not any(name.startswith("search.key.") for name in ids)
    assert build(panels, STATES["found_nothing"]).text_of("search.hint") == (
        "'없다'에 맞는 상품이 없습니다"
    )


def test_more_than_fits_comes_page_by_page(panels):
    many = {f"S{n}": product(f"S{n}") for n in range(14)}
    state = replace(STATES["search"], products=Assortment(many), row=7)
    place = replace(around(state), found=Found("그래", tuple(many), 14))
    frame = panels.build(state, HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(), None, place)
    rows = [target.id for target in frame.targets if target.id.startswith("search.row.")]
    assert rows == [f"search.row.{n}" for n in range(6, 12)]


def test_an_empty_field_shows_the_kinds_there_are_with_how_many(panels, headset):
    frame = build(panels, STATES["kinds"])
    kinds = [drawn.text for drawn in frame.texts if drawn.role == "search.kind"]
    assert kinds[:3] == ["우유", "냉동 채소·과일", "cereal"]  # what we have no word for as it is
    assert len(kinds) == 12
    assert frame.text_of("search.units") == "7개"
    assert (frame.text_of("search.count"), frame.text_of("search.page")) == ("23가지 종류", "1/2")
    ids = {target.id for target in frame.targets}
    assert {"search.row.0", "search.row.11", "search.page.12"} <= ids
    assert not {"search.row.12", "search.page.-12", "search.back", "search.wish.A1"} & ids
    english = build(panels, replace(STATES["kinds"], language="en"))
    assert "Frozen vegetables & fruit" in {drawn.text for drawn in english.texts}
    # Letters to press leave room for fewer of them, and so there are more pages.
    assert build(headset, STATES["kinds"]).text_of("search.page") == "1/3"


def test_pages_are_turned_by_buttons_and_the_wheel_alike(panels):
    later = build(panels, replace(STATES["kinds"], row=12))
    rows = [target.id for target in later.targets if target.id.startswith("search.row.")]
    assert rows == [f"search.row.{n}" for n in range(12, 23)]
    assert later.text_of("search.page") == "2/2"
    ids = {target.id for target in later.targets}
    assert "search.page.0" in ids
    assert "search.page.24" not in ids


def test_a_kind_is_named_above_its_products_and_there_is_a_way_back(panels):
    frame = build(panels, STATES["one_kind"])
    assert frame.text_of("search.title") == "우유"
    ids = {target.id for target in frame.targets}
    assert {"search.back", "search.row.6", "search.row.7", "search.page.0"} <= ids
    assert frame.text_of("search.count") == "8개 찾음"


@pytest.mark.parametrize(("language", "letters"), [("ko", "ㅂㅔㅡ0"), ("en", "qzm9")])
def test_a_headset_has_letters_to_press_and_a_window_on_request(canvas, panels, language, letters):
    headset = PanelSet(canvas, PictureStore(SolidFronts()), "headset")
    for frame in (
        build(headset, replace(STATES["search"], language=language)),
        build(panels, replace(STATES["letters"], language=language)),
    ):
        ids = {target.id for target in frame.targets}
        named = ("erase", "space", "letters")
        assert {f"search.key.{name}" for name in (*letters, *named)} <= ids


def test_shift_shows_the_other_letters_and_the_keys_may_be_of_the_other_language(panels):
    def keys(keyboard):
        frame = build(panels, replace(STATES["letters"], keyboard=keyboard))
        names = [target.id.removeprefix("search.key.") for target in frame.targets]
        shown = [drawn.text for drawn in frame.texts if drawn.role == "search.key"]
        return {name for name in names if len(name) == 1}, shown

    plain, _ = keys(Keyboard())
    shifted, shown = keys(Keyboard("ko", shift=True))
    assert plain - shifted == set("ㅂㅈㄷㄱㅅㅐㅔ")
    assert shifted - plain == set("ㅃㅉㄸㄲㅆㅒㅖ")
    assert shifted <= set(shown)
    latin, shown = keys(Keyboard("en"))
    assert latin == set("1234567890qwertyuiopasdfghjklzxcvbnm")
    assert "Shift" not in shown


@pytest.mark.parametrize("name", ["letters", "shifted_letters", "latin_letters"])
def test_keys_are_wide_enough_and_apart(canvas, name):
    headset = PanelSet(canvas, PictureStore(SolidFronts()), "headset")
    state = replace(STATES[name], panels=frozenset({"search"}))
    keys = [t.rect for t in build(headset, state).targets if t.id.startswith("search.key.")]
    assert len(keys) >= 39 - 2 * (name == "latin_letters")
    for number, (left, top, right, bottom) in enumerate(keys):
        assert min(right - left, bottom - top) >= 40.0
        for other in keys[:number]:
            across = max(left, other[0]) - min(right, other[2])
            down = max(top, other[1]) - min(bottom, other[3])
            assert max(across, down) >= 4.9


def test_the_map_names_the_aisles_and_what_was_looked_for(panels):
    frame = build(panels, STATES["map"])
    assert [d.text for d in frame.texts if d.role == "map.aisle_number"] == list("123456")
    assert frame.text_of("map.hint") == "찾은 상품: 유기농 현미 그래놀라"
    assert {"map.floor", "map.aisle.5", "map.close"} <= {target.id for target in frame.targets}


def test_the_map_draws_both_ways_from_where_one_stands_and_each_in_its_own_form(panels):
    def strokes(state):
        frame = build(panels, state)
        drawing = next(quad.drawing for quad in frame.panels if quad.id == "map")
        return frame, len(drawing.vertices)

    both = STATES["map_with_ways"]
    frame, most = strokes(both)
    assert "map.stop" in {target.id for target in frame.targets}
    frame, dashed = strokes(replace(both, led_to=None, way=None))
    assert "map.stop" not in {target.id for target in frame.targets}
    _, neither = strokes(replace(both, led_to=None, way=None, route=None))
    # With everything on the list in the cart there is no walk: the same map, not drawn again.
    got = build(panels, replace(both, led_to=None, way=None, wishes=()))
    assert next(quad for quad in got.panels if quad.id == "map").drawing is None
    assert most > dashed > neither
    assert dashed - neither > 2 * (most - dashed), "dashes are many strokes, and a way is one"


def test_each_result_has_a_button_that_shows_the_way(panels):
    ids = {target.id for target in build(panels, STATES["search"]).targets}
    assert {"search.way.A1", "search.way.A2", "search.way.A3"} <= ids
    plain = build(panels, STATES["search"])
    led = build(panels, STATES["search_led"])
    assert {t.id for t in led.targets} == {t.id for t in plain.targets}
    assert next(quad for quad in led.panels if quad.id == "search").drawing is not None


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "‘그래놀라 유기농 현미’ 12개 찾음"), ("en", "12 found for ‘그래놀라")],
)
def test_the_search_says_what_it_looked_for_instead(panels, language, said):
    shown = build(panels, replace(STATES["mended_search"], language=language))
    assert shown.text_of("search.count").startswith(said)


def test_the_map_names_what_the_search_looked_for_instead(panels):
    state = replace(STATES["mended_search"], panels=frozenset({"map"}), language="en")
    assert build(panels, state).text_of("map.hint").startswith("Found for ‘그래놀라")
    typed = replace(state, query=STATES["found_nothing"].query)
    assert build(panels, typed).text_of("map.hint") == "Found for ‘없다’"


def test_nothing_is_said_to_be_missing_before_everything_was_looked_at(panels):
    state = STATES["found_nothing"]
    for done in (False, True):
        frame = panels.build(state, HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(), None,
                             Around(found=Found("없다", done=done)))  # fmt: skip
        said = "search.nothing" if done else "search.looking"
        assert frame.text_of("search.hint") == STRINGS[said]["ko"].format(query="없다")


AISLE_NAMES = {
    "ko": ("베이커리 · 쌀·면·파스타 · 라면·즉석식품", "커피·차 · 생수·음료 · 주스", "과일·채소"),
    "en": ("Bakery · Rice, pasta & noodles · Soups & instant meals",
           "Canned food · Sauces & condiments · Oils & vinegars", "Fruit & vegetables"),
}  # fmt: skip


@pytest.mark.parametrize("wide_m", [6.0, 30.0])
@pytest.mark.parametrize("language", AISLE_NAMES)
def test_no_name_of_an_aisle_is_cut_on_the_map(panels, headset, language, wide_m):
    aisles = tuple(
        AisleLine(f"a{n}", {language: AISLE_NAMES[language][n % 3]}, (0.0, 3.0), (0.0, -3.0))
        for n in range(10)
    )
    plan = FloorPlan((-wide_m / 2, -6.0, wide_m / 2, 6.0), (), aisles, (0.0, 5.0), ())
    for kind in (panels, headset):
        frame = kind.build(replace(STATES["map"], language=language), HEAD, (), 0.0, 0.0,
                           lambda _e, _p: 1.0, UiFrame(), None, Around(plan))  # fmt: skip
        names = [drawn for drawn in frame.texts if drawn.role == "map.aisle_name"]
        words = " ".join(drawn.text for drawn in names)
        assert words == " ".join(AISLE_NAMES[language][n % 3] for n in range(10))
        rects = [t.rect for t in frame.targets if t.id.startswith("map.aisle.")]
        for drawn in names:
            x0, y0, x1, y1 = drawn.rect
            assert any(r[0] <= x0 and x1 <= r[2] and r[1] <= y0 + 2.0 and y1 - 2.0 <= r[3]
                       for r in rects), drawn  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "‘그래’ 찾은 곳"), ("en", "Found for ‘그래’")]
)
def test_the_dots_of_a_search_are_explained_on_the_map(panels, language, said):
    searched = replace(STATES["map"], marked_sku=None, query="그래", language=language)
    assert around(searched).pins
    assert build(panels, searched).text_of("map.hint") == said
    kind = replace(searched, query="", category="milk")
    assert build(panels, kind).text_of("map.hint") == said.replace(
        "그래", {"ko": "우유", "en": "Milk"}[language]
    )
    # Nothing was looked for, or one thing was found and marked: then they need no words.
    nothing = replace(searched, query="")
    assert build(panels, nothing).text_of("map.hint") == STRINGS["map.hint"][language]
    marked = build(panels, replace(searched, marked_sku="A1")).text_of("map.hint")
    assert marked.endswith(STATE.products["A1"].name(language))


def test_a_point_on_the_map_is_the_spot_it_shows():
    frame = frame_of(PLAN)
    for spot in ((-5.0, -4.0), (0.3, 2.2), (5.0, 4.0)):
        assert frame.spot(PLAN, *frame.at(PLAN, spot)) == pytest.approx(spot)
    assert frame.at(PLAN, (5.0, 4.0)) == pytest.approx(
        (frame.left + frame.width, frame.top + frame.height)
    )


def test_the_shopper_moves_over_the_map_which_is_not_drawn_again(panels):
    place = around(STATES["map"])
    frame, plan = UiFrame(), frame_of(PLAN)

    def seen(spot, yaw_deg):
        nonlocal frame
        here = replace(place, spot=spot, yaw_deg=yaw_deg)
        frame = panels.build(STATES["map"], HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, frame, None,
                             here)  # fmt: skip
        return (next(q for q in frame.panels if q.id == name) for name in ("map", "here"))

    for number, (spot, yaw_deg) in enumerate([((0.0, 3.5), 0.0), ((1.3, 0.2), 90.0)]):
        floor, here = seen(spot, yaw_deg)
        assert (floor.drawing is None, here.drawing is None) == (number > 0, number > 0)
        local = np.linalg.inv(floor.world_from_panel) @ here.world_from_panel
        unit_m = here.size_m[0] / (HERE + 2.0 * SHADOW)
        x, y = plan.at(PLAN, spot)
        assert local[0, 3] / unit_m == pytest.approx(x - plan.panel_width / 2.0, abs=1e-6)
        height = floor.size_m[1] / unit_m - 2.0 * SHADOW
        assert local[1, 3] / unit_m == pytest.approx(height / 2.0 - y, abs=1e-6)
        assert 0.0 < local[2, 3] < 0.002
        # At 90 degrees it looks to the left of the map, which its own y axis says.
        turn = np.radians(yaw_deg)
        assert local[:3, 1] == pytest.approx([-np.sin(turn), np.cos(turn), 0.0], abs=1e-9)
        eye = HEAD[:3, 3]
        aim = point(ray_towards(eye, here.world_from_panel[:3, 3]), frame.panels, None)
        assert aim.panel.panel == "map"  # the mark is in nobody's way
        assert frame.target_at(aim.panel) == "map.floor"
    _, here = seen((99.0, -99.0), 0.0)  # beside the floor: at its edge
    local = np.linalg.inv(next(q for q in frame.panels if q.id == "map").world_from_panel)
    x, y, *_ = (local @ here.world_from_panel[:, 3]).tolist()
    assert abs(x) < 0.5 * plan.panel_width * unit_m
    assert y > 0.0


@pytest.mark.parametrize("sight", [None, Sight(46.0, 31.0, 1.5)])
def test_a_layout_s_problem_stays_at_the_upper_edge_until_it_is_mended(panels, sight):
    for time_s in (0.0, 99.0):
        frame = panels.build(STATES["problem"], HEAD, (), time_s, 0.0, lambda _e, _p: 1.0,
                             UiFrame(), sight, around(STATES["problem"]))  # fmt: skip
        said = " ".join(d.text for d in frame.texts if d.role == "problem.sentence")
        assert said == STATES["problem"].layout_problem
        quad = next(q for q in frame.panels if q.id == "problem")
        offset = quad.world_from_panel[:3, 3] - HEAD[:3, 3]
        up = np.degrees(np.arctan2(offset[1], np.hypot(offset[0], offset[2])))
        assert 15.0 < up < 31.0
    assert "problem" not in {q.id for q in build(panels, STATE).panels}


def test_closed_eyes_hide_everything_and_open_again(panels):
    dark = replace(around(STATE), darkness=0.5)

    def lids(place):
        frame = panels.build(STATE, HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(), None, place)
        return next((quad for quad in frame.panels if quad.id == "lids"), None)

    half = lids(dark)
    assert half.drawing.background[3] == 0.5
    assert half.size_m[0] / np.linalg.norm(half.world_from_panel[:3, 3] - HEAD[:3, 3]) > 10.0
    assert lids(dark).drawing is None
    assert lids(replace(dark, darkness=1.0)).drawing.background[3] == 1.0
    assert lids(replace(dark, darkness=0.0)) is None


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ["label", "long_label", "compare", "long_compare", "cart_to_undo"])
def test_a_window_of_1280_by_800_shows_the_largest_panel_whole_and_its_chip(panels, name, language):
    """62 degrees high, as a window's view is, with a pixel a panel unit."""
    up_deg = 31.0
    sight = Sight(44.0, up_deg, 1000.0 * 2.0 * np.tan(np.radians(up_deg)) / 800.0)
    state = replace(STATES[name], language=language)
    frame = panels.build(state, HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(), sight,
                         around(state))  # fmt: skip
    quads = {quad.id: quad for quad in frame.panels}
    main = next(quad for quad in frame.panels if quad.id in {"card", "compare", "cart"})
    for quad in (main, quads["chip"]):
        for across, up in ((-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)):
            corner = quad.world_from_panel @ [
                across * quad.size_m[0], up * quad.size_m[1], 0.0, 1.0
            ]  # fmt: skip
            seen = corner[:3] - HEAD[:3, 3]
            assert abs(seen[1] / seen[2]) <= np.tan(np.radians(up_deg)) + 0.012, (name, quad.id)
            assert abs(seen[0] / seen[2]) <= np.tan(np.radians(44.0)), (name, quad.id)


@pytest.mark.parametrize(("name", "over"), [("said", "chip"), ("said_at_the_cart", "cart")])
@pytest.mark.parametrize("controls", ["desktop", "headset"])
def test_a_subtitle_hangs_low_and_covers_no_other_panel(canvas, controls, name, over):
    panels = PanelSet(canvas, PictureStore(SolidFronts()), controls)
    frame = build(panels, replace(STATES[name], language="en"))
    assert frame.text_of("caption").startswith("In the cart: Organic")
    rects = {}
    for quad in frame.panels:
        seen = np.linalg.inv(HEAD) @ quad.world_from_panel[:, 3]
        wide, high = (side / 2.0 / -seen[2] for side in quad.size_m)
        x, y = seen[0] / -seen[2], seen[1] / -seen[2]
        rects[quad.id] = (x - wide, x + wide, y - high, y + high)
    assert over in rects
    own = rects.pop("caption")
    assert (own[2] + own[3]) / 2.0 < np.tan(np.radians(-12.0))
    for rect in rects.values():
        wide = min(own[1], rect[1]) - max(own[0], rect[0])
        high = min(own[3], rect[3]) - max(own[2], rect[2])
        assert min(wide, high) < 0.03  # no more than their soft shadows
    assert not any(target.panel == "caption" for target in frame.targets)


@pytest.mark.parametrize("panel", ["help", "settings", "search", "map", "wishes"])
def test_a_step_of_the_tutorial_covers_nothing_that_is_read(panels, panel):
    lesson = replace(STATES["card"], lesson="press")
    assert any(quad.id == "tutorial" for quad in build(panels, lesson).panels)
    reading = replace(lesson, panels=lesson.panels | {panel})
    assert not any(quad.id == "tutorial" for quad in build(panels, reading).panels)


# ---------------------------------------------------------------- notices in a small window


def placed_in_a_window(panels, name, pixels=(800, 600)):
    """What hangs where in a window of that size: by panel, (left, bottom, right, top) tangents."""
    half = 0.65
    across = half * pixels[0] / pixels[1]
    view = EyeView(HEAD, (-across, across, -half, half), pixels)
    frame = panels.build(STATES[name], HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(),
                         sight_of((view,)), around(STATES[name]))  # fmt: skip
    seen = {}
    for quad in frame.panels:
        wide, high = (side / 2.0 for side in quad.size_m)
        corners = np.array([[x, y, 0.0, 1.0] for x in (-wide, wide) for y in (-high, high)])
        local = (np.linalg.inv(HEAD) @ quad.world_from_panel @ corners.T)[:3]
        x, y = local[0] / -local[2], local[1] / -local[2]
        seen[quad.id] = (x.min(), y.min(), x.max(), y.max())
    return seen


def test_a_notice_above_a_card_that_is_too_high_for_it_hangs_below_its_chip(panels):
    seen = placed_in_a_window(panels, "added_at_a_label")
    left, bottom, right, top = seen["notice"]
    assert bottom >= -0.65 - 0.012
    assert left >= -0.65 * 4 / 3
    assert right <= 0.65 * 4 / 3
    assert top <= seen["chip"][1] + 0.04  # but for their shadows
    assert top <= seen["card"][1]
    large = placed_in_a_window(panels, "added_at_a_label", (1920, 1440))
    assert large["notice"][1] < large["card"][3] + 0.03  # right above the card, where it has room
