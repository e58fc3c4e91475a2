"""What hangs below a card: it hangs at the very same place until the card is elsewhere."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.vr_client.ui.panel_states import HEAD, STATES, SolidFronts, build
from vr_client.space.pose import pose
from vr_client.state.senses import Senses
from vr_client.ui.panel_set import PanelSet
from vr_client.ui.pictures import PictureStore

CARD = replace(STATES["card"], cart=STATES["cart"].cart)
DOCKED = {"desktop": ("chip",), "headset": ("chip", "dock")}
FRAME_S = 1.0 / 90.0


@pytest.fixture(params=["desktop", "headset"])
def panels(canvas, request):
    return PanelSet(canvas, PictureStore(SolidFronts()), request.param)


def hung(panels, state, *, time_s=0.0, head=HEAD):
    """By panel: the array itself that says where it hangs."""
    frame = build(panels, state, time_s=time_s, head=head)
    return {quad.id: quad.world_from_panel for quad in frame.panels}


def below(docked, upper):
    """Where it hangs in front of, right of and above the middle of the other one, metres."""
    return (np.linalg.inv(upper) @ docked)[:3, 3]


def test_what_is_docked_to_a_card_that_stays_is_at_the_very_same_place(panels):
    first = hung(panels, CARD)
    assert {"card", *DOCKED[panels.controls]} <= set(first)
    for number in range(1, 40):
        # One looks about a little, and is never quite where one was.
        head = pose((0.004 * number, 1.6, 0.002 * number), 0.5 * number, -0.2 * number)
        now = hung(panels, CARD, time_s=number * FRAME_S, head=head)
        for name in ("card", *DOCKED[panels.controls]):
            assert now[name] is first[name]


def test_it_is_elsewhere_once_the_card_is_and_just_as_far_below_it(panels):
    first = hung(panels, CARD)
    kept = {name: where.copy() for name, where in first.items()}
    away = pose((0.9, 1.6, 0.3), 25.0)
    then = hung(panels, CARD, time_s=1.0, head=away)
    assert then["card"] is not first["card"]
    assert not np.allclose(then["card"], first["card"])
    for name in DOCKED[panels.controls]:
        assert then[name] is not first[name]
        assert not np.allclose(then[name], first[name])
        assert below(then[name], then["card"])[0] == pytest.approx(0.0, abs=1e-6)
        assert below(then[name], then["card"])[1] < -0.1
        # What was given out in an earlier frame was not changed.
        assert (first[name] == kept[name]).all()
        assert hung(panels, CARD, time_s=1.1, head=away)[name] is then[name]


def test_it_hangs_as_where_no_card_was_before(panels, canvas):
    """Cards, text sizes and places one after the other, each time as in panels that are new."""
    rng = np.random.default_rng(3)
    for number in range(25):
        size = ("normal", "large", "largest")[number % 3]
        sku = ("A1", "B2", "B1")[number // 3 % 3]
        state = replace(CARD, card_sku=sku, senses=Senses(size))
        head = pose((float(rng.uniform(-3.0, 3.0)), 1.6, 0.0), float(rng.uniform(-20.0, 20.0)))
        fresh = PanelSet(canvas, PictureStore(SolidFronts()), panels.controls)
        wanted = hung(fresh, state, time_s=number, head=head)
        hung(panels, replace(CARD, panels=frozenset()), time_s=number - 0.5, head=head)
        got = hung(panels, state, time_s=number, head=head)
        for name in ("card", *DOCKED[panels.controls]):
            if np.allclose(got["card"], wanted["card"]):
                assert np.allclose(got[name], wanted[name])
            gap = below(got[name], got["card"])
            assert gap == pytest.approx(below(wanted[name], wanted["card"]), abs=1e-6)
