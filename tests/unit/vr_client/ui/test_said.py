"""What is said covers nothing: every panel, in every text size, in windows and in a headset."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.vr_client.ui.panel_states import HEAD, HISTORY, STATES, SolidFronts, around
from vr_client.frame_packet import EyeView
from vr_client.packing import sight_of
from vr_client.sound.captions import Caption
from vr_client.space.pose import pose
from vr_client.state.senses import TEXT_SCALE, Senses
from vr_client.state.tutorial import STEPS
from vr_client.ui.contents import READ_ALONE
from vr_client.ui.panel_set import PanelSet, UiFrame
from vr_client.ui.panels import tutorial
from vr_client.ui.pictures import PictureStore
from vr_client.ui.theme import SHADOW

HALF_HIGH = 0.60
"""The tangent from the middle of a window's view to its edge above."""

AT_THE_HIP, SAID = {"basket", "lids", "here"}, ("notice", "tutorial", "problem", "caption")
TOLD = {
    "refused": {"notice": "out_of_stock"},
    "to_undo": {"notice": "cart_added=유기농 현미 그래놀라", "history": HISTORY},
    "lost": {"notice": "", "connected": False},
    "nothing": {"notice": ""},
}
PAID = Caption("paid", "right")


def sight(pixels, *, both=False):
    wide = pixels[0] // (2 if both else 1)
    across = HALF_HIGH * wide / pixels[1]
    view = EyeView(HEAD, (-across, across, -HALF_HIGH, HALF_HIGH), (wide, pixels[1]))
    return sight_of((view,) * (2 if both else 1))


def built(canvas, state, seen_by, heard=None, head=HEAD):
    panels = PanelSet(
        canvas, PictureStore(SolidFronts()), "headset" if seen_by is None else "desktop"
    )
    place = replace(around(state), caption=heard) if heard is not None else around(state)
    return panels.build(state, head, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(), seen_by, place)


def cards(frame, head=HEAD):
    """Each panel without its shadow: by id, corners (4, 2), tangents around the view's middle."""
    sizes, found = dict(frame.sizes), {}
    for quad in frame.panels:
        if quad.id in AT_THE_HIP:
            continue
        unit_m = quad.size_m[0] / sizes[quad.id][0]
        wide, high = (side / 2.0 - SHADOW * unit_m for side in quad.size_m)
        ends = [(-wide, -high), (wide, -high), (wide, high), (-wide, high)]
        corners = np.array([[x, y, 0.0, 1.0] for x, y in ends])
        local = (np.linalg.inv(head) @ quad.world_from_panel @ corners.T)[:3]
        found[quad.id] = (local[:2] / -local[2]).T
    return found


def apart(one, other):
    """How far two cards are from each other, negative where one covers the other: tangents."""
    gaps = []
    for card in (one, other):
        for first, second in zip(card, np.roll(card, -1, axis=0), strict=True):
            along = (second - first) / np.linalg.norm(second - first)
            a, b = (corners @ (along[1], -along[0]) for corners in (one, other))
            gaps += [a.min() - b.max(), b.min() - a.max()]
    return max(gaps)


def covered(frame, head=HEAD):
    """What is said and covers something: pairs of panels."""
    found = cards(frame, head)
    return {
        (said, other)
        for said in SAID if said in found
        for other in found if other != said and apart(found[said], found[other]) < -1e-3
    }  # fmt: skip


def told(name, notice, lesson, senses):
    """A state of the panels with more that is said in it."""
    state = replace(STATES[name], senses=senses, **TOLD[notice])
    return replace(state, lesson=state.lesson or "press") if lesson else state


@pytest.mark.parametrize("size", TEXT_SCALE)
@pytest.mark.parametrize(
    ("pixels", "both"),
    [((640, 480), False), ((800, 600), False), ((1280, 720), False), ((1280, 800), False),
     ((1280, 960), False), ((1920, 1080), False), ((1920, 1440), False), ((1280, 720), True)],
)  # fmt: skip
def test_what_is_said_in_a_window_is_seen_whole_and_covers_no_panel(canvas, pixels, both, size):
    seen_by, right = sight(pixels, both=both), HALF_HIGH * pixels[0] / pixels[1] / (1 + both)
    for number, name in enumerate(STATES):
        for lesson in (False, True):
            for order, notice in enumerate(TOLD):
                state = told(name, notice, lesson, Senses(size))
                language = ("ko", "en")[(number + order) % 2]
                heard = PAID if (number + order + lesson) % 3 == 0 else None
                frame = built(canvas, replace(state, language=language), seen_by, heard)
                case = (name, notice, lesson, heard is not None)
                assert covered(frame) == set(), case
                found = cards(frame)
                if state.scene is not None:
                    assert ("notice" in found) == (notice != "nothing"), case
                    teaches = bool(state.lesson) and not state.panels & READ_ALONE
                    tells = teaches or bool(state.layout_problem)
                    # With both eyes in half a window each, words may have to wait for a notice.
                    shown = bool(found.keys() & {"tutorial", "problem"})
                    assert shown == tells or (both and not shown), case
                    assert "caption" in found or heard is None or both, case
                for said in found.keys() & set(SAID):
                    assert np.abs(found[said][:, 0]).max() <= right + 1e-3, (said, case)
                    assert np.abs(found[said][:, 1]).max() <= HALF_HIGH + 1e-3, (said, case)


@pytest.mark.parametrize("size", TEXT_SCALE)
def test_in_a_headset_nothing_that_is_said_covers_a_panel_either(canvas, size):
    for name in STATES:
        for lesson in (False, True):
            for notice in TOLD:
                frame = built(canvas, told(name, notice, lesson, Senses(size)), None)
                assert covered(frame) == set(), (name, notice, lesson)


@pytest.mark.parametrize("turned", [(12.0, 0.0), (-25.0, 6.0), (0.0, 9.0), (4.0, -12.0)])
def test_who_looks_aside_of_a_panel_does_not_have_it_covered(canvas, turned):
    seen_by = sight((800, 600))
    head = HEAD @ pose((0.0, 0.0, 0.0), *turned)
    for name in ("help", "long_compare", "label", "cart", "letters", "card"):
        for notice in ("to_undo", "lost"):
            state = told(name, notice, True, Senses("largest"))
            panels = PanelSet(canvas, PictureStore(SolidFronts()), "desktop")
            for seen_from in (HEAD, head):
                frame = panels.build(state, seen_from, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(),
                                     seen_by, around(state))  # fmt: skip
            assert covered(frame, head) == set(), (name, notice)
            notice_card = cards(frame, head)["notice"]
            assert np.abs(notice_card[:, 1]).max() <= HALF_HIGH + 1e-3
            assert np.abs(notice_card[:, 0]).max() <= HALF_HIGH * 4 / 3 + 1e-3


def test_who_turns_their_back_on_a_card_in_a_headset_is_still_told(canvas):
    state = told("label", "lost", True, Senses("largest"))
    panels = PanelSet(canvas, PictureStore(SolidFronts()), "headset")
    for seen_from in (HEAD, HEAD @ pose((0.0, 0.0, 0.0), 170.0)):
        frame = panels.build(state, seen_from, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(), None,
                             around(state))  # fmt: skip
        assert {"card", "notice", "tutorial"} <= {quad.id for quad in frame.panels}


def test_a_notice_that_has_room_hangs_right_above_the_panel_as_in_a_headset(canvas):
    for seen_by in (sight((1280, 800)), None):
        found = cards(built(canvas, told("cart", "to_undo", False, Senses()), seen_by))
        gap = found["notice"][0, 1] - found["cart"][3, 1]
        assert 0.0 < gap < 0.05


def test_a_notice_is_as_large_as_usual_text_beside_the_chip_of_a_high_panel(canvas):
    seen_by = sight((1280, 800))
    found = cards(built(canvas, told("long_compare", "to_undo", False, Senses()), seen_by))
    notice, chip, panel = (found[name] for name in ("notice", "chip", "compare"))
    assert notice[:, 1].max() < panel[:, 1].min()
    assert notice[:, 1].mean() == pytest.approx(chip[:, 1].mean(), abs=0.02)
    assert min(abs(notice[:, 0].min() - chip[:, 0].max()),
               abs(notice[:, 0].max() - chip[:, 0].min())) < 0.05  # fmt: skip
    assert np.ptp(notice[:, 0]) == pytest.approx(0.4 * seen_by.zoom, rel=0.01)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_where_there_is_little_room_a_lesson_is_short_and_says_the_same(canvas, step, language):
    state = replace(STATES["long_compare"], lesson=step, language=language)
    frames = [built(canvas, state, sight(pixels)) for pixels in ((800, 600), (2560, 1600))]
    short, full = (
        {(one.role, one.text) for one in frame.texts if one.panel == "tutorial"} for frame in frames
    )
    assert short == full
    sizes = [dict(frame.sizes)["tutorial"] for frame in frames]
    assert sizes == [
        (tutorial.SHORT_WIDTH + 2 * SHADOW, tutorial.SHORT_HEIGHT + 2 * SHADOW),
        (tutorial.WIDTH + 2 * SHADOW, tutorial.HEIGHT + 2 * SHADOW),
    ]
    boxes = [one.rect for one in frames[0].texts if one.panel == "tutorial"]
    (way_out,) = (one.rect for one in frames[0].targets if one.id == "tutorial.skip")
    for number, box in enumerate(boxes):
        width, height = sizes[0]
        assert 0 <= box[0] < box[2] <= width
        assert 0 <= box[1] < box[3] <= height
        for other in boxes[:number]:
            wide = min(box[2], other[2]) - max(box[0], other[0])
            high = min(box[3], other[3]) - max(box[1], other[1])
            assert wide <= 0 or high <= 4.0
    assert min(way_out[2] - way_out[0], way_out[3] - way_out[1]) >= 22.0


SWAYS_DEG = (0.0, 0.2, -0.2, 0.2, -0.2, 0.2, -0.2)
"""A head that holds as still as one can."""

LEAPS = 0.2
"""What goes further than that between two frames of it (a tangent) does not glide."""


def frames_of(canvas, state, seen_by, turns, heard=None):
    """What is seen of each panel, frame by frame, while a head turns by (yaw, pitch) degrees."""
    panels = PanelSet(
        canvas, PictureStore(SolidFronts()), "headset" if seen_by is None else "desktop"
    )
    place = replace(around(state), caption=heard)
    for number, (yaw, pitch) in enumerate(turns):
        head = HEAD @ pose((0.0, 0.0, 0.0), float(yaw), float(pitch))
        frame = panels.build(state, head, (), number * 0.02, 0.0, lambda _e, _p: 1.0, UiFrame(),
                             seen_by, place)  # fmt: skip
        assert covered(frame, head) == set(), (yaw, pitch)
        yield cards(frame, head)


def leaps(first, second, name):
    """Whether one panel came, went or leapt from one frame to the next."""
    if name not in first or name not in second:
        return (name in first) != (name in second)
    far = np.hypot(*(first[name].mean(axis=0) - second[name].mean(axis=0)))
    return far > LEAPS or not 0.7 < np.ptp(first[name][:, 0]) / np.ptp(second[name][:, 0]) < 1.4


def swaying(canvas, state, seen_by, axis, steps, heard=None):
    """By place and panel, how often it leaps while the head sways at that place."""
    turns = [np.roll((step + sway, 0.0), axis) for step in steps for sway in SWAYS_DEG]
    before, leapt = {}, {}
    for number, found in enumerate(frames_of(canvas, state, seen_by, turns, heard)):
        step, sways = divmod(number, len(SWAYS_DEG))
        for name in SAID if sways else ():
            key = float(steps[step]), name
            leapt[key] = leapt.get(key, 0) + leaps(before, found, name)
        before = found
    assert any(name == "notice" for _, name in leapt)
    return leapt


@pytest.mark.parametrize("size", ["normal", "largest"])
@pytest.mark.parametrize("pixels", [(800, 600), (1280, 800)])
def test_nothing_in_a_window_goes_to_and_fro_with_a_head_that_sways(canvas, pixels, size):
    for name in ("card", "cart", "long_compare", "help", "checkout"):
        state = told(name, "to_undo", True, Senses(size))
        for axis in (0, 1):
            for sign in (-1.0, 1.0):
                steps = np.arange(0.0, 16.0, 0.5) * sign
                leapt = swaying(canvas, state, sight(pixels), axis, steps, PAID)
                assert {key: times for key, times in leapt.items() if times > 1} == {}, name


def strides(canvas, state, pitches):
    """How far the tutorial goes from frame to frame in a headset that nods: tangents."""
    turns = [(0.0, pitch) for pitch in pitches]
    at = [found["tutorial"].mean(axis=0) for found in frames_of(canvas, state, None, turns)]
    return np.hypot(*np.diff(at, axis=0).T)


@pytest.mark.parametrize("size", ["normal", "largest"])
@pytest.mark.parametrize("name", ["cart", "card"])
def test_nor_does_a_step_of_the_tutorial_in_a_headset(canvas, name, size):
    """It hangs above the panel or where it follows, not at both by turns."""
    state = told(name, "nothing", True, Senses(size))
    nods = np.concatenate([np.zeros(20), np.arange(0.0, -25.0, -0.08)])
    nod = strides(canvas, state, nods)
    # The head's own motion is 0.4 degrees at most.
    assert nod.max() > 0.015
    docks = nods[int(np.argmax(nod))]
    for rest in docks + np.arange(-0.6, 0.6, 0.15):
        # It comes there slowly, so that what follows is there when the head rests.
        there = np.arange(0.0, rest, -0.08)
        sways = rest + np.tile((0.2, -0.2, 0.1, -0.1), 10)
        stride = strides(canvas, state, np.concatenate([there, sways]))[-len(sways) :]
        assert np.count_nonzero(stride > 0.015) <= 1, rest


@pytest.mark.parametrize("sign", [-1.0, 1.0])
@pytest.mark.parametrize("size", ["normal", "largest"])
@pytest.mark.parametrize("pixels", [(800, 600), (1280, 800), (1920, 1080)])
def test_who_turns_their_head_sees_a_notice_change_sides_at_most_once(canvas, pixels, size, sign):
    for name, panel in (("card", "card"), ("cart", "cart"), ("long_compare", "compare"),
                        ("help", "help"), ("checkout", "checkout")):  # fmt: skip
        for lesson in (False, True):
            state, sides = told(name, "to_undo", lesson, Senses(size)), []
            turns = [(yaw, 0.0) for yaw in np.arange(0.0, 20.0, 0.5) * sign]
            for found in frames_of(canvas, state, sight(pixels), turns):
                aside = found["notice"][:, 0].mean() - found[panel][:, 0].mean()
                if abs(aside) > 0.15 and sides[-1:] != [np.sign(aside)]:
                    sides.append(np.sign(aside))
            assert len(sides) <= 2, (name, lesson)


@pytest.mark.parametrize("seen_by", [None, sight((1920, 1080))])
def test_a_subtitle_stays_on_its_side_of_a_chip_in_the_middle(canvas, seen_by):
    turns = [(yaw, 0.0) for yaw in SWAYS_DEG * 3]
    state = told("cart", "nothing", False, Senses())
    sides = {np.sign(found["caption"][:, 0].mean() - found["chip"][:, 0].mean())
             for found in frames_of(canvas, state, seen_by, turns, PAID)}  # fmt: skip
    assert len(sides) == 1


def test_what_is_said_anew_hangs_as_if_nothing_had_been_said_before(canvas):
    """Where it hung is forgotten with it, so that it is always next to what it belongs to."""
    seen_by, panels = sight((800, 600)), PanelSet(canvas, PictureStore(SolidFronts()), "desktop")
    told_of = told("long_compare", "to_undo", True, Senses())
    silent = told("long_compare", "nothing", False, Senses())
    silent = replace(silent, lesson="")
    turned = HEAD @ pose((0.0, 0.0, 0.0), 0.2)
    seen = []
    for state, head in ((told_of, HEAD), (told_of, turned), (silent, HEAD), (told_of, HEAD)):
        frame = panels.build(state, head, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(), seen_by,
                             around(state))  # fmt: skip
        seen.append(cards(frame, head))
    assert "notice" not in seen[2]
    for name in ("notice", "tutorial"):
        assert seen[3][name] == pytest.approx(seen[0][name])
