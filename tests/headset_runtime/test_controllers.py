"""Fingers on the controllers of each family, through the shop's own binding files."""

import pytest
from buttons import BACK, MENU
from families import FAMILIES
from simulated_runtime import LEFT, RIGHT

from vr_client.headset.controls import caps_of
from vr_client.headset.registry import create
from vr_client.headset.steamvr.hands import KIND_EVERY
from vr_client.space.pose import pose
from vr_client.ui.strings import STRINGS

LEFT_HAND, RIGHT_HAND = pose((-0.3, 1.2, -0.2), 5.0), pose((0.3, 1.2, -0.2), -5.0, -10.0)


class Shopper:
    """Wears the headset and holds a controller of `family` in each hand."""

    def __init__(self, headset, family):
        self.backend = create("openvr")
        self.backend.open()
        headset.place(LEFT, LEFT_HAND)
        headset.place(RIGHT, RIGHT_HAND)
        self.hold = headset.controllers(family)

    def hand(self, side):
        self.backend.poll()
        return self.backend.begin_frame().hands[("left", "right").index(side)]

    def does(self, side):
        """What that hand does in the next frame, in words."""
        hand = self.hand(side)
        assert hand.tracked
        held = {
            name for name in ("select", "grab", "menu", "back", "teleport") if getattr(hand, name)
        }
        turn = {1: {"turn left"}, -1: {"turn right"}}.get(hand.turn, set())
        walk = {f"walk {hand.move[0]:.1f} {hand.move[1]:.1f}"} if hand.move != (0.0, 0.0) else set()
        return held | turn | walk | ({f"count {hand.scroll:+.0f}"} if hand.scroll else set())


@pytest.fixture(params=sorted(FAMILIES))
def shopper(request, headset):
    person = Shopper(headset, request.param)
    yield person
    person.backend.close()
    assert (headset.faults, headset.fault) == (0, b"")


@pytest.fixture
def wearer(headset):
    made = []

    def of(family):
        made.append(Shopper(headset, family))
        return made[-1]

    yield of
    for person in made:
        person.backend.close()
    assert (headset.faults, headset.fault) == (0, b"")


def test_every_family_does_everything(shopper):
    hold, family = shopper.hold, shopper.hold.family
    assert (shopper.does("left"), shopper.does("right")) == (set(), set())
    assert shopper.hand("left").world_from_hand[:3, 3] == pytest.approx([-0.3, 1.2, -0.2])
    assert shopper.hand("right").world_from_hand == pytest.approx(RIGHT_HAND, abs=1e-6)
    for side, other in (("left", "right"), ("right", "left")):
        hold.press(side, "trigger")
        assert (shopper.does(side), shopper.does(other)) == ({"select"}, set())
        hold.release(side, "trigger")
        if family == "knuckles":
            hold.squeeze(side, 1.0, 0.4)
        else:
            hold.press(side, "grip")
        assert (shopper.does(side), shopper.does(other)) == ({"grab"}, set())
        hold.release(side, "grip")
        assert shopper.does(side) == set()
    for what, table in (("menu", MENU), ("back", BACK)):
        for side, control in table[family]:
            hold.click(side, control)
            assert shopper.does(side) == {what}
            hold.release(side, control)
            assert shopper.does(side) == set()
    hold.steer("left", 0.3, 0.9)
    assert shopper.does("left") == {"walk 0.3 0.9"}
    hold.let_go("left")
    assert shopper.does("left") == set()
    for x, turn in ((-0.9, "turn left"), (0.9, "turn right")):
        hold.steer("right", x, 0.1)
        assert shopper.does("right") == {turn}
        hold.let_go("right")
        assert shopper.does("right") == set()


def test_every_family_teleports_and_counts_with_one_thumb(shopper):
    """The client takes the first where it points at the floor, the second at a panel."""
    hold = shopper.hold
    hold.steer("right", 0.1, 0.9)
    assert shopper.does("right") == {"teleport", "count +1"}
    assert shopper.does("right") == {"teleport"}  # held is one step
    hold.let_go("right")
    assert shopper.does("right") == set()
    hold.steer("right", 0.1, -0.9)
    assert shopper.does("right") == {"count -1"}
    hold.let_go("right")
    hold.steer("right", 0.1, -0.9)
    shopper.hold.let_go("right")
    assert shopper.does("right") == set()


def test_a_stick_between_two_ways_goes_one_of_them(shopper):
    hold = shopper.hold
    hold.steer("right", 0.6, 0.5)
    assert shopper.does("right") == {"turn right"}
    hold.steer("right", 0.5, 0.6)
    assert shopper.does("right") == {"teleport"}
    hold.steer("right", 0.3, 0.3)  # inside the dead zone
    assert shopper.does("right") == set()


def test_a_thumb_that_rests_on_a_wands_pad_neither_walks_nor_counts(wearer):
    person = wearer("vive_controller")
    person.hold.touch("left", "trackpad", 0.0, 0.9)
    person.hold.touch("right", "trackpad", 0.0, 0.9)
    assert (person.does("left"), person.does("right")) == (set(), set())
    person.hold.click("left", "trackpad", 0.0, 0.9)
    assert (person.does("left"), person.does("right")) == ({"walk 0.0 0.9"}, set())
    person.hold.click("right", "trackpad", 0.9, 0.0)
    assert person.does("right") == {"turn right"}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_a_trigger_presses_past_its_half_and_lets_go_before_it(wearer, family):
    person = wearer(family)
    for amount, pressed in ((0.3, False), (0.6, True), (0.45, True), (0.35, False), (0.45, False)):
        person.hold.press("right", "trigger", amount)
        assert person.hand("right").select is pressed


def test_a_hand_closed_around_an_index_grip_takes_nothing_until_it_squeezes(wearer):
    person = wearer("knuckles")
    for value, force, grabs in (
        (1.0, 0.0, False), (1.0, 0.05, False), (1.0, 0.2, True), (1.0, 0.0, True),
        (0.8, 0.0, True), (0.6, 0.0, False), (1.0, 0.0, False),
    ):  # fmt: skip
        person.hold.squeeze("left", value, force)
        assert person.hand("left").grab is grabs, (value, force)


def test_other_controllers_taken_in_the_middle_work_at_once(headset, wearer):
    person = wearer("knuckles")
    person.hold.press("right", "a")
    assert person.does("right") == {"back"}
    person.hold = headset.controllers("vive_controller")
    assert person.does("right") == set()
    person.hold.press("right", "application_menu")
    assert person.does("right") == {"back"}


def test_a_hand_says_what_it_holds_and_the_shop_has_names_for_its_buttons(shopper):
    family = shopper.hold.family
    assert [shopper.hand(side).kind for side in ("left", "right")] == [family, family]
    # The help and the tutorial name the very buttons that the binding files bind.
    for does, table in (("menu", MENU), ("back", BACK)):
        (named,) = caps_of(does, "headset", family)
        said = STRINGS[named]["en"] if "." in named else named
        controls = {control for _, control in table[family]}
        words = {"application_menu": "menu button", "trackpad": "pad"}
        for control in controls:
            assert words.get(control, control).lower() in said.lower(), (does, said)


def test_a_controller_whose_driver_does_not_say_is_of_no_family(headset, wearer):
    person = wearer("oculus_touch")
    headset.family = b""
    kinds = [person.hand("left").kind for _ in range(KIND_EVERY + 2)]
    assert kinds[-1] == ""
    headset.controllers("knuckles")
    headset.valid[LEFT] = 0
    person.hand("left")
    headset.valid[LEFT] = 1
    assert person.hand("left").kind == "knuckles"  # taken up anew, so asked at once
    headset.family = b"\xff\xfe"
    assert [person.hand("left").kind for _ in range(KIND_EVERY + 2)][-1] == ""


def test_a_controller_that_is_off_is_no_hand(headset, wearer):
    person = wearer("oculus_touch")
    person.hold.press("right", "trigger")
    headset.valid[RIGHT] = 0
    hand = person.hand("right")
    assert (hand.tracked, hand.select) == (False, False)
    headset.valid[RIGHT] = 1
    assert person.does("right") == {"select"}
