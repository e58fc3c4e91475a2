from dataclasses import replace

import pytest

from vr_client.headset.gamepad import BUTTONS, Gamepad, PadReading, PadWishes, past_dead_zone

REST = PadReading((0.0, 0.0, 0.0, 0.0, -1.0, -1.0), (False,) * len(BUTTONS))


def held(*names, **axes):
    order = ("left_x", "left_y", "right_x", "right_y", "lt", "rt")
    values = tuple(axes.get(name, rest) for name, rest in zip(order, REST.axes, strict=True))
    return PadReading(values, tuple(name in names for name in BUTTONS))


@pytest.fixture
def pad():
    made = Gamepad()
    assert made.take(REST, 0.0) == PadWishes()
    return made


def test_sticks_walk_and_look_and_up_is_ahead(pad):
    wishes = pad.take(held(left_x=0.0, left_y=-1.0, right_x=1.0), 0.1)
    assert wishes.move == (0.0, 1.0)
    assert wishes.look == (1.0, 0.0)
    assert wishes.active


def test_a_stick_at_rest_never_drifts(pad):
    assert not pad.take(held(left_x=0.12, left_y=-0.12, right_y=0.17), 0.1).active
    assert past_dead_zone(0.18, 0.0) == (0.0, 0.0)
    assert past_dead_zone(float("nan"), 1.0) == (0.0, 0.0)


def test_past_the_dead_zone_it_begins_at_nothing_and_diagonals_are_no_quicker():
    assert past_dead_zone(0.19, 0.0)[0] == pytest.approx(0.00142, abs=1e-4)
    x, y = past_dead_zone(1.0, 1.0)
    assert (x * x + y * y) ** 0.5 == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("button", "wishes"),
    [
        ("A", PadWishes(presses=("select",))), ("B", PadWishes(keys=("back",))),
        ("X", PadWishes(keys=("menu",))), ("Y", PadWishes(keys=("map",))),
        ("Back", PadWishes(keys=("search",))), ("Start", PadWishes(keys=("help",))),
        ("up", PadWishes(typed="\x10")), ("down", PadWishes(typed="\x0e")),
        ("L3", PadWishes(run=True)),
    ],
)  # fmt: skip
def test_a_button_asks_once_for_what_it_does(pad, button, wishes):
    assert pad.take(held(button), 0.1) == wishes
    assert pad.take(held(button), 0.2) == PadWishes(run=button == "L3")
    assert pad.take(REST, 0.3) == PadWishes()
    assert pad.take(held(button), 0.4) == wishes


def test_a_trigger_counts_and_goes_on_counting_while_it_is_held(pad):
    asked = [pad.take(held(rt=1.0), now).keys for now in (0.1, 0.3, 0.54, 0.56, 0.6, 0.71)]
    assert asked == [("more",), (), (), ("more",), (), ("more",)]
    assert pad.take(held(lt=0.8), 0.8).keys == ("fewer",)


def test_a_trigger_that_trembles_counts_once(pad):
    asked = [pad.take(held(rt=axis), 0.1).keys for axis in (0.35, 0.25, 0.35, -0.3, 0.35)]
    assert asked == [("more",), (), (), (), ("more",)]


def test_what_is_held_while_a_pad_is_plugged_in_is_no_wish():
    pad = Gamepad()
    assert pad.take(held("A"), 0.0) == PadWishes()
    assert pad.take(held("A"), 0.1) == PadWishes()
    assert pad.take(None, 0.2) == PadWishes()
    assert pad.take(held("A", "B"), 0.3) == PadWishes()
    assert pad.take(held("B"), 0.4) == PadWishes()


def test_a_pad_with_too_few_axes_is_none(pad):
    assert pad.take(replace(REST, axes=(1.0, 1.0)), 0.1) == PadWishes()
