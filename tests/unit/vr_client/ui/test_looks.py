"""Text that can be read: contrast in every look, and every panel whole in every text size."""

from dataclasses import replace

import numpy as np
import pytest

from store_scenes.typefaces import find_typeface
from tests.unit.vr_client.ui.panel_states import HEAD, STATES, around, build, solid_picture
from vr_client.frame_packet import EyeView
from vr_client.interact.rays import PanelHit
from vr_client.packing import sight_of
from vr_client.state.senses import TEXT_SCALE, Senses
from vr_client.ui import theme
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
            panels = PanelSet(watched, PictureStore(solid_picture), controls)
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


@pytest.mark.parametrize("size", TEXT_SCALE)
@pytest.mark.parametrize("pixels", [(1280, 960), (800, 600), (1920, 1080)])
def test_every_panel_is_whole_in_a_window_in_every_text_size(canvas, size, pixels):
    across = 0.65 * pixels[0] / pixels[1]
    view = EyeView(HEAD, (-across, across, -0.65, 0.65), pixels)
    larger = []
    for name, now in STATES.items():
        seen = {}
        for one in ("normal", size):
            panels = PanelSet(canvas, PictureStore(solid_picture), "desktop")
            state = replace(now, senses=Senses(one))
            frame = panels.build(state, HEAD, (), 0.0, 0.0, lambda _e, _p: 1.0, UiFrame(),
                                 sight_of((view,)), around(state))  # fmt: skip
            seen[one] = em_degrees(frame)
            for quad in frame.panels:
                if quad.id not in AT_THE_HIP:
                    assert whole_in(quad, HEAD, view), (name, quad.id)
        for key, angle in seen[size].items():
            assert angle >= seen["normal"][key] * 0.999, (name, key)
            larger.append(angle / seen["normal"][key])
    if size != "normal" and pixels == (1920, 1080):
        assert np.median(larger) >= 1.2


@pytest.mark.parametrize("size", TEXT_SCALE)
def test_in_a_headset_text_is_as_large_as_asked_for_or_as_is_seen_whole(canvas, size):
    for name, state in STATES.items():
        panels = PanelSet(canvas, PictureStore(solid_picture), "headset")
        usual = em_degrees(build(panels, state))
        panels = PanelSet(canvas, PictureStore(solid_picture), "headset")
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
