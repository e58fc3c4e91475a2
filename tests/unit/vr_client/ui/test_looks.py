"""Text that can be read: contrast in every look, and every panel whole in every text size."""

import math
from dataclasses import replace

import numpy as np
import pytest

from store_scenes.typefaces import find_typeface
from tests.unit.vr_client.ui.panel_states import HEAD, STATES, SolidFronts, around, build
from vr_client.frame_packet import EyeView
from vr_client.interact.rays import PanelHit
from vr_client.packing import sight_of
from vr_client.space.pose import pose
from vr_client.state.reduce import reduce
from vr_client.state.senses import TEXT_SCALE, Senses
from vr_client.ui import theme
from vr_client.ui.actions import press
from vr_client.ui.canvas import Canvas
from vr_client.ui.marks import centre
from vr_client.ui.panel_set import PanelSet, UiFrame
from vr_client.ui.pictures import PictureStore

LEAST = {"usual": 4.5, "light": 7.0, "dark": 7.0}
"""WCAG 2.2, success criteria 1.4.3 and 1.4.6."""


class WatchedCanvas(Canvas):
    """Remembers in which colour each text is drawn, and on which."""

    def __init__(self, *faces):
        super().__init__(*faces)
        self.pairs = set()

    def begin(self, panel, *size, **how):
        self._grounds = []
        super().begin(panel, *size, **how)

    def box(self, rect, hex_rgb, radius=0.0, alpha=1.0):
        if alpha == 1.0:
            self._grounds.append((rect, self.drawn_ink(hex_rgb)))
        super().box(rect, hex_rgb, radius, alpha)

    def disc(self, x, y, radius, hex_rgb, alpha=1.0):
        if alpha == 1.0:
            side = radius * 0.7
            rect = (x - side, y - side, x + side, y + side)
            self._grounds.append((rect, self.drawn_ink(hex_rgb)))
        super().disc(x, y, radius, hex_rgb, alpha)

    def text(self, role, text, x, middle, em, hex_rgb, **how):
        rect = super().text(role, text, x, middle, em, hex_rgb, **how)
        for at in (rect[0] + 1.0, (rect[0] + rect[2]) / 2.0, rect[2] - 1.0):
            under = [ink for (x0, y0, x1, y1), ink in self._grounds
                     if x0 <= at <= x1 and y0 <= middle <= y1]  # fmt: skip
            self.pairs.add((role, self.drawn_ink(hex_rgb), under[-1]))
        return rect


@pytest.fixture(scope="module")
def watched():
    faces = [find_typeface(weight) for weight in ("regular", "bold")]
    canvas = WatchedCanvas(*((face.path, face.index) for face in faces))
    yield canvas
    canvas.close()


def luminance(hex_rgb):
    """WCAG 2.2, "relative luminance"."""
    codes = np.array(list(bytes.fromhex(hex_rgb))) / 255.0
    linear = np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def hits_on(frame):
    """A pointer on each target in turn, since what is pointed at looks otherwise."""
    sizes = dict(frame.sizes)
    for target in frame.targets:
        (x, y), (width, height) = centre(target.rect), sizes[target.panel]
        yield PanelHit(target.panel, x / width, y / height, 1.0)


def test_the_measure_of_contrast_is_the_usual_one():
    assert contrast("000000", "ffffff") == pytest.approx(21.0)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", theme.LOOKS)
def test_every_text_stands_out_from_what_is_under_it(watched, look):
    watched.pairs.clear()
    senses = Senses(contrast=look)
    for controls in ("desktop", "headset"):
        for now in STATES.values():
            panels = PanelSet(watched, PictureStore(SolidFronts()), controls)
            state = replace(now, senses=senses, language="en")
            frame = build(panels, state)
            for hit in hits_on(frame):
                build(panels, state, (hit,), frame)
    weak = {pair: round(contrast(*pair[1:]), 2) for pair in watched.pairs
            if contrast(*pair[1:]) < LEAST[look]}  # fmt: skip
    assert weak == {}
    assert len(watched.pairs) > 60
    if look != "usual":
        assert {ink for _, *inks in watched.pairs for ink in inks} <= {
            "000000", "ffffff", "595959", "959595",
        }  # fmt: skip


@pytest.mark.parametrize("look", ["light", "dark"])
def test_what_is_chosen_or_pointed_at_has_the_thickest_edge(look):
    edges = theme.LOOKS[look].edges
    assert edges[theme.ACCENT_SOFT] >= 2.0 * max(
        edge for ground, edge in edges.items() if ground != theme.ACCENT_SOFT
    )


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_phone_reads_the_code_in_every_look(look):
    inks = theme.LOOKS[look].inks
    assert "000000" not in inks
    assert theme.CODE_GROUND not in inks


# ---------------------------------------------------------------- text size


AT_THE_HIP = frozenset({"basket"})
"""What hangs where one looks down at it."""


def whole_in(quad, head, view):
    """Whether all corners of a panel are seen by an eye at `head`."""
    wide, high = (side / 2.0 for side in quad.size_m)
    corners = np.array([[x, y, 0.0, 1.0] for x in (-wide, wide) for y in (-high, high)])
    seen = (np.linalg.inv(head) @ quad.world_from_panel @ corners.T)[:3]
    x, y = seen[0] / -seen[2], seen[1] / -seen[2]
    left, right, bottom, top = view.tangents
    slack = 0.012 * (right - left)  # the shadow around a card may be cut
    return (
        left - slack <= x.min() and x.max() <= right + slack
        and bottom - slack <= y.min() and y.max() <= top + slack
    )  # fmt: skip


def em_degrees(frame):
    quads, sizes = {quad.id: quad for quad in frame.panels}, dict(frame.sizes)
    return {
        (drawn.panel, drawn.role): np.degrees(
            drawn.em * quads[drawn.panel].size_m[0] / sizes[drawn.panel][0]
            / np.linalg.norm(quads[drawn.panel].world_from_panel[:3, 3] - HEAD[:3, 3])
        )
        for drawn in frame.texts
    }  # fmt: skip


def em_in_the_picture(frame):
    """How high an em is in a window's picture, tangents: what hangs flat in it is not turned."""
    quads, sizes = {quad.id: quad for quad in frame.panels}, dict(frame.sizes)
    return {
        (drawn.panel, drawn.role): drawn.em
        * quads[drawn.panel].size_m[0] / sizes[drawn.panel][0]
        / float((quads[drawn.panel].world_from_panel[:3, 3] - HEAD[:3, 3]) @ -HEAD[:3, 2])
        for drawn in frame.texts
    }  # fmt: skip


@pytest.mark.parametrize("size", TEXT_SCALE)
@pytest.mark.parametrize("pixels", [(1280, 960), (800, 600), (1920, 1080)])
def test_every_panel_is_whole_in_a_window_in_every_text_size(canvas, size, pixels):
    across = 0.65 * pixels[0] / pixels[1]
    view = EyeView(HEAD, (-across, across, -0.65, 0.65), pixels)
    larger = []
    for name, now in STATES.items():
        seen = {}
        for one in ("normal", size):
            panels = PanelSet(canvas, PictureStore(SolidFronts()), "desktop")
            state = replace(now, senses=Senses(one))
            frame = panels.build(state, HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(),
                                 sight_of((view,)), around(state))  # fmt: skip
            seen[one] = em_in_the_picture(frame)
            for quad in frame.panels:
                if quad.id not in AT_THE_HIP:
                    assert whole_in(quad, HEAD, view), (name, quad.id)
        assert name == "help" or seen[size].keys() == seen["normal"].keys()  # it may have pages
        for key in seen[size].keys() & seen["normal"].keys():
            assert seen[size][key] >= seen["normal"][key] * 0.999, (name, key)
            larger.append(seen[size][key] / seen["normal"][key])
    if size != "normal" and pixels == (1920, 1080):
        assert np.median(larger) >= 1.2


@pytest.mark.parametrize("size", TEXT_SCALE)
def test_in_a_headset_text_is_as_large_as_asked_for_or_as_is_seen_whole(canvas, size):
    for name, state in STATES.items():
        panels = PanelSet(canvas, PictureStore(SolidFronts()), "headset")
        usual = em_degrees(build(panels, state))
        panels = PanelSet(canvas, PictureStore(SolidFronts()), "headset")
        frame = build(panels, replace(state, senses=Senses(size)))
        shares = {key: angle / usual[key] for key, angle in em_degrees(frame).items()}
        assert max(shares.values()) <= TEXT_SCALE[size] + 0.01
        if name in {"card", "notice", "problem"}:
            large = [share for (panel, _), share in shares.items() if panel == name]
            assert large == pytest.approx([TEXT_SCALE[size]] * len(large), abs=0.01), name
        for quad in frame.panels:
            assert max(quad.size_m) / np.linalg.norm(quad.world_from_panel[:3, 3] - HEAD[:3, 3]) < (
                1.45
            ), (name, quad.id)
            low = quad.world_from_panel @ np.array([0.0, -quad.size_m[1] / 2.0, 0.0, 1.0])
            down = np.degrees(np.arctan2(HEAD[1, 3] - low[1], -low[2]))
            assert down < 46.0 or quad.id in AT_THE_HIP, (name, quad.id)


@pytest.mark.parametrize(
    ("pixels", "least"), [((800, 600), 1.3), ((1280, 720), 1.3), ((1920, 1080), 1.49)]
)
@pytest.mark.parametrize("name", ["label", "card"])
def test_a_card_in_the_largest_text_is_larger_in_a_window_too(canvas, name, pixels, least):
    across = 0.65 * pixels[0] / pixels[1]
    sight = sight_of((EyeView(HEAD, (-across, across, -0.65, 0.65), pixels),))
    ems = []
    for size in ("normal", "largest"):
        panels = PanelSet(canvas, PictureStore(SolidFronts()), "desktop")
        state = replace(STATES[name], senses=Senses(size))
        frame = panels.build(state, HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(), sight,
                             around(state))  # fmt: skip
        ems.append(em_degrees(frame)["card", "card.price"])
    assert ems[1] / ems[0] >= least


@pytest.mark.parametrize("first", TEXT_SCALE)
@pytest.mark.parametrize("pixels", [(800, 600), (1280, 720), (1920, 1080), None])
def test_the_row_that_changes_the_text_size_stays_under_the_pointer(canvas, pixels, first):
    """In a window of any size, and in a headset whose head moves a little between presses."""
    view = None
    if pixels is not None:
        across = 0.65 * pixels[0] / pixels[1]
        view = EyeView(HEAD, (-across, across, -0.65, 0.65), pixels)
    panels = PanelSet(canvas, PictureStore(SolidFronts()), "desktop" if pixels else "headset")
    state = replace(STATES["reading"], senses=Senses(first))
    places, sizes, head = [], [], HEAD.copy()
    for _ in range(2 * len(TEXT_SCALE)):
        frame = panels.build(state, head, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(),
                             sight_of((view,)) if view else None, around(state))  # fmt: skip
        quad = next(quad for quad in frame.panels if quad.id == "settings")
        assert view is None or whole_in(quad, HEAD, view)
        places.append(frame.place_of("settings.text_size"))
        sizes.append(quad.size_m[0])
        state = reduce(state, *press("settings.text_size", state, str))
        if view is None:
            head = pose((0.01 * len(places), 1.6, 0.0), 2.0 * len(places))
    assert np.ptp(places, axis=0).max() < 1e-6
    assert max(sizes) > 1.1 * min(sizes)


# ---------------------------------------------------------------- what cannot be pressed


class EdgedCanvas(Canvas):
    """Remembers every rectangle that is seen to have an edge, and how large signs are."""

    def begin(self, panel, *size, **how):
        self.edged, self.strokes = [], []
        super().begin(panel, *size, **how)

    def box(self, rect, hex_rgb, radius=0.0, alpha=1.0):
        if self.look.edges.get(hex_rgb) or self.drawn_ink(hex_rgb) != self.drawn_ink(theme.PAPER):
            self.edged.append(rect)
        super().box(rect, hex_rgb, radius, alpha)

    def outline(self, rect, *how):
        self.edged.append(rect)
        super().outline(rect, *how)

    def line(self, points, *how):
        self.strokes.append(points)
        super().line(points, *how)

    def around(self, x, y):
        """The smallest edged rectangle about a point, as (width, height)."""
        sizes = [(x1 - x0, y1 - y0) for x0, y0, x1, y1 in self.edged if x0 < x < x1 and y0 < y < y1]
        return min(sizes, key=lambda size: size[0] * size[1])


@pytest.fixture(scope="module")
def edged():
    faces = [find_typeface(weight) for weight in ("regular", "bold")]
    canvas = EdgedCanvas(*((face.path, face.index) for face in faces))
    yield canvas
    canvas.close()


def drawn_alone(canvas, state, panel, look):
    """`canvas` with just `panel` of `state` drawn, and the frame."""
    panels = PanelSet(canvas, PictureStore(SolidFronts()), "desktop")
    state = replace(state, senses=Senses(contrast=look))
    canvas.look = theme.LOOKS[look]
    wanted = panels._contents.main(state, 0.0, around(state))
    assert wanted.id == panel
    canvas.begin(panel, wanted.width, wanted.height, "", 0.0)
    wanted.draw(canvas, wanted.view)
    return canvas.finish()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_page_that_is_not_there_has_no_button_and_a_smaller_sign(edged, look):
    for row, there in ((0, [1]), (9, [-1, 1]), (22, [-1])):
        picture = drawn_alone(edged, replace(STATES["kinds_with_letters"], row=row), "search", look)
        (count,) = (text.rect for text in picture.texts if text.role == "search.page")
        middle = ((count[0] + count[2]) / 2.0, (count[1] + count[3]) / 2.0)
        assert sum(target.id.startswith("search.page.") for target in picture.targets) == len(there)
        for side in (-1, 1):
            x, y = middle[0] + side * 44.0, middle[1]
            near = [
                points
                for points in edged.strokes
                if all(math.dist(at, (x, y)) < 9.0 for at in points)
            ]
            sign = max(abs(at[1] - y) for points in near for at in points)
            assert (edged.around(x, y)[0] < 40.0) is (side in there), (row, side)
            assert (sign > 5.0) is (side in there), (row, side)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_button_that_cannot_be_pressed_has_no_edge(edged, look):
    for name, there in (("label", True), ("unpriced", False), ("sold_out", False)):
        picture = drawn_alone(edged, STATES[name], "card", look)
        (words,) = (text.rect for text in picture.texts if text.role == "card.add")
        size = edged.around(words[0] + 1.0, (words[1] + words[3]) / 2.0)
        assert (size[1] <= theme.BUTTON_HEIGHT) is there, name


@pytest.mark.parametrize("look", theme.LOOKS)
def test_a_stepper_that_is_full_has_a_smaller_plus(edged, look):
    for quantity, grows in ((1, True), (24, False)):
        state = replace(STATES["label"], card_quantity=quantity)
        picture = drawn_alone(edged, state, "card", look)
        ids = {target.id for target in picture.targets}
        assert ("card.plus" in ids) is grows
        (shown,) = (text.rect for text in picture.texts if text.role == "card.quantity")
        y = (shown[1] + shown[3]) / 2.0
        level = [abs(b[0] - a[0]) for a, b in (p for p in edged.strokes if len(p) == 2)
                 if a[1] == b[1] and abs(a[1] - y) < 1.0 and a[0] > shown[2]]  # fmt: skip
        assert (max(level) >= 8.0) is grows
