"""Goods in the shopper's hands, through the whole client without a picture."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from tests.golden.small_scene import small_scene
from tests.unit.vr_client.memory_shop import MemoryShop
from tests.unit.vr_client.replay.recorded_visit import SETUP, Numbered
from vr_client.assemble import furnish
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import HandState, SessionState
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.interact.comfort import Comfort
from vr_client.interact.units import middle_of
from vr_client.replay.player import no_label
from vr_client.space.pose import look_at
from vr_client.state.events import (
    AddToCart,
    ComfortChanged,
    Disconnected,
    PanelToggled,
    SceneReady,
)
from vr_client.trip.body import Body, moves

SCENE = small_scene()
ROWS = [int(row) for row in np.flatnonzero(SCENE.product_of == 2)]
CARTON, OTHER = ROWS[2], ROWS[1]
MIDDLE = SCENE.bounds[CARTON].astype(float).mean(axis=0)
EYE = np.array([0.0, 1.6, 0.9])
HEAD = look_at(EYE, MIDDLE)
BESIDE = MIDDLE + np.array((0.0, 0.0, 0.06))
AWAY = np.array([0.2, 1.25, 0.55])
GONE = HandState(np.eye(4), tracked=False)
STEP_S = 1.0 / 30.0


class Watching(Numbered):
    """Draws nothing and keeps what it should have drawn."""

    def draw(self, packet):
        self.packet = packet
        return super().draw(packet)


class Window(ScriptedBackend):
    """A desktop window that nobody sees."""

    lent = None

    def take_text(self, *, wanted):
        pass

    def tilt(self, pitch_deg):
        pass

    def lend_drag(self, *, wanted):
        self.lent = wanted


class Shopper:
    """A client, and what its shopper does next."""

    def __init__(self, kind=ScriptedBackend, setup=SETUP, **facts):
        self.now = ScriptFrame(HEAD, (), (64, 48))
        self.headset = kind(lambda _index, _time: self.now, step_s=STEP_S)
        self.headset.open()
        self.shop = MemoryShop()
        made = [msgspec.structs.replace(one, **facts) for one in self.shop.products]
        self.shop.events[1] = replace(self.shop.events[1], products=tuple(made))
        self.renderer = Watching()
        self.app = furnish(self.headset, self.shop, self.renderer, setup, no_label)
        self.does(GONE, GONE)

    def does(self, *hands, frames=1, **more):
        for _ in range(frames):
            self.now = replace(self.now, hands=hands, keys=(), **more)
            assert run_frame(self.app)
            more.pop("keys", None)
        return self.packet

    def key(self, name, *hands):
        self.now = replace(self.now, hands=hands, keys=(name,))
        assert run_frame(self.app)

    @property
    def packet(self):
        return self.renderer.packet

    @property
    def state(self):
        return self.app.state

    @property
    def basket(self):
        if self.packet.basket is not None:
            self._basket = self.packet.basket.world_from_basket
        return self._basket

    def over_basket(self, **more):
        return hand(self.basket[:3, 3] + (0.0, 0.22, 0.05), **more)

    def bought(self):
        return [(one.sku, one.quantity) for one in self.shop.sent if isinstance(one, AddToCart)]


def hand(at=BESIDE, aim=None, **more):
    at = np.asarray(at, float)
    return HandState(look_at(at, at + np.array((0.0, -0.05, -1.0)) if aim is None else aim), **more)


@pytest.fixture
def shopper():
    return Shopper()


def test_reached_shown_taken_and_home_again(shopper):
    packet = shopper.does(GONE, hand())
    assert (packet.highlight, packet.hidden, packet.held) == (CARTON, (), ())
    packet = shopper.does(GONE, hand(grab=True))
    assert (packet.hidden, packet.highlight) == ((CARTON,), -1)
    assert shopper.headset.ticks == [(1, 0.03, 0.6)]
    assert (shopper.state.card_sku, shopper.state.card_instance) == ("SKU-2", CARTON)
    packet = shopper.does(GONE, hand(AWAY, grab=True))
    (unit,) = packet.held
    moved = unit.world_from_unit[:3, 3] - SCENE.instances["position"][CARTON]
    assert (unit.instance, moved) == (CARTON, pytest.approx(AWAY - BESIDE, abs=1e-6))
    assert packet.lasers == ()
    packet = shopper.does(GONE, hand(AWAY))
    assert packet.hidden == (CARTON,)
    packet = shopper.does(GONE, hand(AWAY), frames=30)
    assert (packet.hidden, packet.held) == ((), ())
    assert (shopper.state.card_sku, shopper.bought()) == (None, [])


def test_a_finger_at_a_thing_presses_that_and_not_what_the_beam_would_meet(shopper):
    beyond = hand(aim=SCENE.bounds[OTHER].astype(float).mean(axis=0))
    packet = shopper.does(GONE, beyond)
    assert (packet.highlight, packet.lasers) == (CARTON, ())
    shopper.does(GONE, replace(beyond, select=True))
    assert shopper.state.card_instance == CARTON


def test_from_afar_it_comes_to_the_hand(shopper):
    aiming = {"at": AWAY, "aim": MIDDLE}
    packet = shopper.does(GONE, hand(**aiming))
    assert packet.highlight == CARTON
    packet = shopper.does(GONE, hand(**aiming, grab=True), frames=12)
    (unit,) = packet.held
    assert np.linalg.norm(unit.world_from_unit[:3, 3] - AWAY) < 0.25
    assert shopper.state.card_instance == CARTON


def test_dropped_in_the_basket_it_is_in_the_cart_and_on_the_shelf_again(shopper):
    shopper.does(GONE, hand(grab=True))
    assert not shopper.packet.basket.over
    over = shopper.does(GONE, shopper.over_basket(grab=True))
    assert over.basket.over
    shopper.does(GONE, shopper.over_basket(grab=True), frames=3)
    assert shopper.headset.ticks[1:] == [(1, 0.03, 0.3)]
    assert shopper.app.shown.text_of("basket.unit_count") == "0 + 1"
    shopper.does(GONE, shopper.over_basket())
    assert shopper.bought() == [("SKU-2", 1)]
    assert shopper.headset.ticks[-1] == (1, 0.03, 0.9)
    packet = shopper.does(GONE, shopper.over_basket(), frames=10)
    assert (packet.hidden, packet.held, packet.basket.over) == ((), (), False)
    assert shopper.state.cart.quantity("SKU-2") == 1
    assert shopper.app.shown.text_of("basket.unit_count") == "1"
    assert shopper.state.card_sku is None


def test_pointing_into_the_basket_is_no_drop_but_holding_over_it_is_generous(shopper):
    shopper.does(GONE, hand(grab=True))
    far = shopper.basket[:3, 3] + (0.45, 0.25, 0.0)
    shopper.does(GONE, hand(far, aim=shopper.basket[:3, 3], grab=True))
    assert not shopper.packet.basket.over
    near = shopper.basket[:3, 3] + (0.2, 0.23, 0.0)
    assert shopper.does(GONE, hand(near, grab=True)).basket.over


@pytest.mark.parametrize(
    ("facts", "notice"), [({"stock": 0}, "out_of_stock"), ({"price": None}, "unpriced")]
)
def test_what_cannot_be_bought_can_be_looked_at_and_the_basket_says_why(facts, notice):
    shopper = Shopper(**facts)
    shopper.does(GONE, hand(grab=True))
    assert shopper.state.card_sku == "SKU-2"
    shopper.does(GONE, shopper.over_basket(grab=True))
    shopper.does(GONE, shopper.over_basket())
    assert (shopper.bought(), shopper.state.notice) == ([], notice)
    packet = shopper.does(GONE, shopper.over_basket(), frames=30)
    assert (packet.hidden, shopper.state.cart.lines) == ((), ())


def test_passed_from_hand_to_hand_it_stays_held(shopper):
    shopper.does(hand((-0.3, 1.2, 0.6)), hand(grab=True))
    shopper.does(hand((-0.3, 1.2, 0.6)), hand(AWAY, grab=True))
    shopper.does(hand(AWAY + np.array((0.0, 0.0, -0.02)), grab=True), hand(AWAY, grab=True))
    assert shopper.headset.ticks[-1][0] == 0
    packet = shopper.does(hand((0.1, 1.3, 0.5), grab=True), hand(AWAY))
    assert packet.hidden == (CARTON,)
    assert np.linalg.norm(packet.held[0].world_from_unit[:3, 3] - (0.1, 1.3, 0.5)) < 0.2
    assert shopper.state.card_instance == CARTON


def test_of_two_held_things_the_card_is_of_the_one_that_is_left(shopper):
    left = np.array([-0.3, 0.98, 0.21])
    shopper.does(hand(left, grab=True), hand(grab=True))
    assert shopper.packet.hidden == (OTHER, CARTON)
    assert shopper.state.card_instance == CARTON
    shopper.does(hand(left, grab=True), hand())
    assert shopper.state.card_instance == OTHER


def test_the_trigger_of_a_holding_hand_presses_panels_and_nothing_else(shopper):
    shopper.does(GONE, hand(grab=True))
    shopper.does(GONE, hand(AWAY, aim=(-0.3, 1.0, 0.0), grab=True, select=True))
    assert (shopper.state.card_sku, shopper.state.card_instance) == ("SKU-2", CARTON)
    shopper.does(GONE, hand(AWAY, grab=True), frames=2)
    quad = next(quad for quad in shopper.app.shown.panels if quad.id == "card")
    target = next(one for one in shopper.app.shown.targets if one.id == "card.add")
    sizes = dict(shopper.app.shown.sizes)["card"]
    x, y = ((target.rect[0] + target.rect[2]) / 2, (target.rect[1] + target.rect[3]) / 2)
    unit_m = quad.size_m[0] / sizes[0]
    at = quad.world_from_panel[:3, 3]
    at = at + quad.world_from_panel[:3, 0] * (x - sizes[0] / 2) * unit_m
    at = at + quad.world_from_panel[:3, 1] * (sizes[1] / 2 - y) * unit_m
    packet = shopper.does(GONE, hand(AWAY, aim=at, grab=True, select=True))
    assert len(packet.lasers) == 1
    assert shopper.bought() == [("SKU-2", 1)]
    assert packet.hidden == (CARTON,)


def test_the_card_of_what_is_held_hangs_beside_it_and_never_over_it(shopper):
    shopper.does(GONE, hand(grab=True))
    for at in ((0.2, 1.25, 0.5), (0.0, 1.5, 0.55), (-0.25, 1.3, 0.45), (0.05, 1.55, 0.6)):
        packet = shopper.does(GONE, hand(at, grab=True), frames=2)
        middle = middle_of(packet.held[0].world_from_unit, np.array([(0, 0, 0), (0, 0.16, 0)]))
        card = next(quad for quad in packet.panels if quad.id == "card")
        along = middle - EYE
        normal = card.world_from_panel[:3, 2]
        met = EYE + along * float((card.world_from_panel[:3, 3] - EYE) @ normal / (along @ normal))
        local = np.abs(card.world_from_panel[:3, :2].T @ (met - card.world_from_panel[:3, 3]))
        assert (local > np.array(card.size_m) / 2.0).any(), at
        seen, thing = card.world_from_panel[:3, 3] - EYE, along / np.linalg.norm(along)
        assert float(seen @ thing) / np.linalg.norm(seen) > np.cos(np.radians(50.0)), at


def test_brought_close_a_card_that_was_closed_is_there_again(shopper):
    shopper.does(GONE, hand(grab=True))
    shopper.app.do(PanelToggled("card", visible=False))
    shopper.does(GONE, hand(AWAY, grab=True), frames=3)
    assert shopper.state.card_sku is None
    shopper.does(GONE, hand(EYE + np.array((0.0, -0.1, -0.25)), grab=True))
    assert shopper.state.card_instance == CARTON
    shopper.app.do(PanelToggled("card", visible=False))
    shopper.does(GONE, hand(EYE + np.array((0.0, -0.1, -0.25)), grab=True), frames=3)
    assert shopper.state.card_sku is None


def test_the_picture_of_what_is_held_comes_before_all_others(shopper):
    wanted = []
    shopper.app._art.take = lambda _eye, _ahead, held: wanted.append(held) or ()
    shopper.does(GONE, hand(grab=True))
    shopper.does(GONE, hand(), frames=30)
    assert (wanted[0], wanted[-1]) == (frozenset({2}), frozenset())


# ---------------------------------------------------------------- the basket


def test_pressing_or_squeezing_the_basket_opens_and_closes_the_cart(shopper):
    shopper.does(GONE, hand(AWAY))
    aim = {"at": AWAY, "aim": shopper.basket[:3, 3]}
    packet = shopper.does(GONE, hand(**aim))
    assert packet.lasers[0].hit
    away = np.linalg.norm(packet.lasers[0].end - packet.lasers[0].start)
    assert away < np.linalg.norm(AWAY - shopper.basket[:3, 3])
    shopper.does(GONE, hand(**aim, select=True))
    assert "cart" in shopper.state.panels
    shopper.does(GONE, hand(**aim))
    shopper.does(GONE, hand(**aim, grab=True))
    assert "cart" not in shopper.state.panels
    shopper.does(GONE, hand(**aim, grab=True), frames=3)
    assert "cart" not in shopper.state.panels
    inside = shopper.basket[:3, 3] + (0.0, 0.05, 0.0)
    shopper.does(GONE, hand(inside))
    shopper.does(GONE, hand(inside, grab=True))
    assert "cart" in shopper.state.panels
    assert shopper.packet.hidden == ()


def test_the_basket_hangs_at_the_other_hand_s_side_and_needs_a_hand(shopper):
    assert shopper.packet.basket is None
    shopper.does(GONE, hand(AWAY))
    ear = HEAD[:3, 0]
    assert float((shopper.basket[:3, 3] - EYE) @ ear) < -0.2
    shopper.app.do(ComfortChanged(Comfort(hand="left")))
    shopper.does(hand(AWAY), GONE)
    assert float((shopper.basket[:3, 3] - EYE) @ ear) > 0.2
    shopper.does(GONE, GONE)
    assert shopper.packet.basket is None


def test_a_panel_before_the_basket_is_what_is_pressed(shopper):
    shopper.does(GONE, hand(AWAY))
    tag = next(quad for quad in shopper.packet.panels if quad.id == "basket")
    shopper.does(GONE, hand(AWAY, aim=tag.world_from_panel[:3, 3], select=True))
    assert "cart" in shopper.state.panels


# ---------------------------------------------------------------- interruptions


@pytest.mark.parametrize("state", [SessionState.VISIBLE, SessionState.IDLE])
@pytest.mark.parametrize("stay", [True, False])
def test_a_dashboard_or_standby_loses_nothing_and_buys_nothing(shopper, state, stay):
    shopper.does(GONE, hand(grab=True))
    shopper.does(GONE, shopper.over_basket(grab=True))
    held = (GONE, shopper.over_basket()) if stay else ()  # hands may still be told, or be gone
    shopper.does(*held, state=state, frames=5)
    shopper.does(GONE, shopper.over_basket(grab=True), state=SessionState.FOCUSED)
    assert (shopper.packet.hidden, shopper.bought()) == ((CARTON,), [])
    shopper.does(*held, state=state, frames=60)
    shopper.does(GONE, shopper.over_basket(grab=True), state=SessionState.FOCUSED, frames=3)
    assert (shopper.packet.hidden, shopper.packet.held, shopper.bought()) == ((), (), [])


def test_a_lost_hand_s_thing_goes_home(shopper):
    shopper.does(GONE, hand(grab=True))
    packet = shopper.does(GONE, GONE, frames=20)
    assert packet.hidden == (CARTON,)
    packet = shopper.does(GONE, GONE, frames=40)
    assert (packet.hidden, shopper.state.card_sku) == ((), None)


def test_a_new_store_keeps_the_thing_in_hand_where_it_still_is_one(shopper):
    shopper.does(hand((-0.3, 0.98, 0.21), grab=True), hand(grab=True))
    before = shopper.packet.held
    moved = small_scene(shift=0.05)
    shopper.shop.events.append(SceneReady(moved))
    packet = shopper.does(hand((-0.3, 0.98, 0.21), grab=True), hand(grab=True))
    assert packet.hidden == (OTHER, CARTON)
    assert [u.instance for u in packet.held] == [u.instance for u in before]
    assert packet.held[1].world_from_unit == pytest.approx(before[1].world_from_unit)
    without = replace(small_scene(), skus=("A", "B", "C", "D", "E"))
    shopper.shop.events.append(SceneReady(without))
    packet = shopper.does(hand((-0.3, 0.98, 0.21), grab=True), hand(grab=True))
    assert (packet.hidden, packet.held) == ((), ())
    assert shopper.app.picks.within(BESIDE, 0.08)[0] == CARTON


def test_without_the_shop_it_is_bought_all_the_same_later(shopper):
    shopper.does(GONE, hand(grab=True))
    shopper.shop.events.append(Disconnected("", 1.0))
    shopper.does(GONE, shopper.over_basket(grab=True))
    shopper.does(GONE, shopper.over_basket())
    assert shopper.bought() == [("SKU-2", 1)]
    assert shopper.does(GONE, hand(AWAY), frames=10).hidden == ()


def test_what_only_moves_for_show_is_left_out_for_who_wants_that(shopper):
    shopper.app.do(ComfortChanged(Comfort(still=True)))
    shopper.does(GONE, hand(AWAY, aim=MIDDLE, grab=True))
    (unit,) = shopper.packet.held
    assert np.linalg.norm(unit.world_from_unit[:3, 3] - AWAY) < 0.25
    assert shopper.does(GONE, hand(AWAY)).hidden == ()


# ---------------------------------------------------------------- in a window


@pytest.fixture
def window():
    return Shopper(Window, msgspec.structs.replace(SETUP, controls="desktop"))


def mouse(at=MIDDLE, **more):
    return HandState(look_at(EYE, at), **more)


def test_in_a_window_a_key_holds_it_before_the_eye_and_a_drag_turns_it(window):
    window.does(mouse())
    assert window.packet.basket is None
    window.key("grab", mouse())
    packet = window.does(mouse(), frames=12)
    (unit,) = packet.held
    assert (packet.hidden, window.state.card_instance) == ((CARTON,), CARTON)
    assert unit.world_from_unit[:3, :3] == pytest.approx(HEAD[:3, :3])
    assert window.headset.lent is True
    packet = window.does(mouse(twist=(90.0, 0.0)), frames=1)
    assert packet.held[0].world_from_unit[:3, 2] == pytest.approx(HEAD[:3, 0])
    window.key("grab", mouse())
    packet = window.does(mouse(), frames=20)
    assert (packet.hidden, window.state.card_sku, window.headset.lent) == ((), None, False)


def test_in_a_window_escape_puts_it_back_and_enter_buys_as_many_as_the_card_says(window):
    window.key("grab", mouse())
    window.does(mouse(), frames=12)
    window.key("back", mouse())
    window.does(mouse(), frames=20)
    assert (window.packet.hidden, window.bought()) == ((), [])
    window.key("grab", mouse())
    window.does(mouse(), frames=12)
    window.key("more", mouse())
    window.key("add", mouse())
    window.does(mouse(), frames=20)
    assert (window.packet.hidden, window.bought()) == ((), [("SKU-2", 2)])


def test_in_a_window_the_key_takes_what_the_card_is_of_and_nothing_where_nothing_is(window):
    nowhere = mouse(at=EYE + np.array((0.0, 1.0, 0.1)))
    for _ in range(2):
        window.key("grab", nowhere)
        window.does(nowhere, frames=3)
        assert window.packet.hidden == ()
    window.does(mouse(select=True))
    assert window.state.card_instance == CARTON
    window.key("grab", nowhere)
    assert window.does(nowhere, frames=2).hidden == (CARTON,)


def test_in_a_window_what_cannot_be_bought_says_why():
    window = Shopper(Window, msgspec.structs.replace(SETUP, controls="desktop"), stock=0)
    window.key("grab", mouse())
    window.does(mouse(), frames=3)
    window.key("add", mouse())
    window.does(mouse(), frames=20)
    assert (window.bought(), window.state.notice) == ([], "out_of_stock")


def test_in_a_window_a_panel_has_the_room_to_itself(window):
    window.key("grab", mouse())
    window.does(mouse(), frames=3)
    window.key("help", mouse())
    window.does(mouse(), frames=20)
    assert window.packet.hidden == ()
    assert "help" in window.state.panels


def test_a_key_means_nothing_to_who_has_hands(shopper):
    shopper.key("grab", GONE, hand(AWAY, aim=MIDDLE))
    assert shopper.does(GONE, hand(AWAY, aim=MIDDLE), frames=3).hidden == ()


# ---------------------------------------------------------------- the scripted shopper


def test_the_scripted_shopper_buys_by_grabbing(shopper):
    aim = np.array([0.0, 0.9, 0.0])
    body = Body(EYE, 0.0, -35.0, aim)

    def plays(bodies):
        for body in bodies:
            frame = body.frame(still=False, filmed=False)
            shopper.does(*frame.hands, world_from_head=frame.world_from_head)
        return body

    reach = replace(body, reach=BESIDE)
    body = plays([*moves(body, reach, 6), replace(reach, grab=True)])
    assert shopper.packet.hidden == (CARTON,)
    basket = shopper.basket[:3, 3] + (0.0, 0.2, 0.0)
    body = plays(moves(body, replace(body, reach=basket), 8))
    assert shopper.packet.basket.over
    body = plays([replace(body, grab=False)])
    plays(moves(body, replace(body, reach=None), 10))
    assert shopper.bought() == [("SKU-2", 1)]
    assert (shopper.packet.hidden, shopper.state.cart.quantity("SKU-2")) == ((), 1)
