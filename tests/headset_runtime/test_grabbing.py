"""Goods in the hand of somebody with a real controller's buttons, seen through both eyes."""

import time

import numpy as np
import pytest
from simulated_runtime import HEAD, LEFT, RIGHT
from wearing import EYE_OFFSETS, LEFT_EYE, RIGHT_EYE

from tests.golden.small_scene import small_scene
from tests.unit.vr_client.memory_shop import MemoryShop
from vr_client.assemble import build_app
from vr_client.frame_loop import run_frame
from vr_client.headset.registry import create
from vr_client.space.pose import inverse_rigid, look_at, pose, transform_point, translation
from vr_client.state.events import AddToCart

pytestmark = pytest.mark.gl

SCENE = small_scene()
CARTON = int(np.flatnonzero(SCENE.product_of == 2)[1])
MIDDLE = SCENE.bounds[CARTON].astype(float).mean(axis=0)
EYE = np.array([-0.15, 1.45, 0.75])
VIEW = look_at(EYE, MIDDLE + np.array([0.0, 0.1, 0.0]))
READ = pose((-0.12, 1.22, 0.42), 0.0, 10.0)
WAIT_S = 20.0
EYES = tuple(zip((LEFT_EYE, RIGHT_EYE), EYE_OFFSETS, strict=True))


class Wearer:
    """A client in the simulated headset, and the fingers on its controllers."""

    def __init__(self, headset, graphics, family):
        self.headset, self.shop, self.family = headset, MemoryShop(), family
        self.backend = create("openvr")
        self.backend.open()
        headset.place(HEAD, VIEW)
        self.app = build_app(self.backend, self.shop, graphics, samples=1, at_entrance=False)
        self.hold = headset.controllers(family)
        self.put("left", pose((-0.5, 1.0, 0.6)))
        self.put("right", pose((0.2, 1.0, 0.6)))
        self.until(lambda: self.app.state.scene is not None)

    def put(self, side, world):
        self.headset.place({"left": LEFT, "right": RIGHT}[side], world)

    def squeeze(self, side):
        if self.family == "knuckles":
            self.hold.squeeze(side, 1.0, 0.4)
        else:
            self.hold.press(side, "grip")

    def open(self, side):
        self.hold.release(side, "grip")

    def frames(self, count=2):
        for _ in range(count):
            assert run_frame(self.app)

    def until(self, true):
        end = time.monotonic() + WAIT_S  # what is waited for may go by the clock
        while not true():
            assert time.monotonic() < end, "it never came to that"
            self.frames(1)

    @property
    def away(self):
        return self.app.carrying.shown.hidden

    @property
    def held(self):
        (unit,) = self.app.carrying.shown.held
        return unit.world_from_unit

    def sees(self):
        return [eye.picture()[..., :3].astype(int) for eye in self.headset.eyes]

    def bought(self):
        return [(one.sku, one.quantity) for one in self.shop.sent if isinstance(one, AddToCart)]


@pytest.fixture(params=["knuckles", "vive_controller", "oculus_touch"])
def wearer(request, headset, graphics):
    person = Wearer(headset, graphics, request.param)
    yield person
    person.app.renderer.release()
    person.backend.close()
    assert (headset.faults, headset.fault) == (0, b"")


def red(picture):
    """The carton's label is the only red thing in the store."""
    return (picture[..., 0] > 110) & (picture[..., 0] > 2 * picture[..., 1])


def pixel(eye, point, size):
    """Where an eye sees a point, from the runtime's own numbers: row, column."""
    (left, right, lower, upper), offset = EYES[eye]
    x, y, z = transform_point(inverse_rigid(VIEW @ translation(offset)), point)
    across = (x / -z - left) / (right - left) * size[1]
    down = (upper - y / -z) / (upper - lower) * size[0]
    return int(down), int(across)


def label_is_at(pictures, world):
    """Whether both eyes see a carton's red label on its front there, by optics."""
    for eye, picture in enumerate(pictures):
        row, column = pixel(eye, transform_point(world, (0.0, 0.135, 0.03)), picture.shape)
        if not red(picture)[row - 1 : row + 2, column - 1 : column + 2].any():
            return False
    return True


HOME = pose(SCENE.instances["position"][CARTON])


def test_a_thing_is_taken_turned_passed_on_and_put_back(wearer):
    wearer.frames(3)
    assert label_is_at(wearer.sees(), HOME)

    wearer.put("right", pose(MIDDLE + np.array([0.0, 0.0, 0.07])))
    wearer.frames()
    assert (wearer.away, wearer.app.carrying.shown.reached) == ((), CARTON)
    wearer.squeeze("right")
    wearer.frames()
    assert wearer.away == (CARTON,)
    assert wearer.held == pytest.approx(HOME, abs=1e-6)
    assert wearer.headset.haptics == 1
    assert wearer.app.state.card_instance == CARTON

    # Bring it here and turn it: its back is to be seen, and its shelf is empty.
    wearer.put("right", READ)
    wearer.frames()
    read = wearer.held
    assert np.linalg.norm(read[:3, 3] - HOME[:3, 3]) > 0.2
    shown = wearer.sees()
    assert label_is_at(shown, read)
    assert not label_is_at(shown, HOME)
    wearer.put("right", READ @ pose((0, 0, 0), 90.0))
    wearer.frames()
    turned = wearer.held
    assert turned[:3, 2] == pytest.approx((READ @ pose((0, 0, 0), 90.0))[:3, 2], abs=1e-5)
    off = [np.abs(a - b).max(axis=2) > 40 for a, b in zip(shown, wearer.sees(), strict=True)]
    assert all(changed.sum() > 20 for changed in off)

    # Into the other hand.
    wearer.put("left", pose(turned[:3, 3] + np.array([-0.05, 0.1, 0.02])))
    wearer.squeeze("left")
    wearer.frames()
    wearer.open("right")
    wearer.put("right", pose((0.3, 1.0, 0.6)))
    wearer.frames()
    assert wearer.away == (CARTON,)
    assert wearer.held == pytest.approx(turned, abs=1e-5)
    wearer.put("left", pose((-0.3, 1.2, 0.4)))
    wearer.frames()
    assert wearer.held[:3, 3] == pytest.approx(
        turned[:3, 3] + (-0.3, 1.2, 0.4) - (turned[:3, 3] + (-0.05, 0.1, 0.02)), abs=1e-5
    )

    # Put back: it flies home, and the shelf is as it was.
    wearer.open("left")
    wearer.until(lambda: wearer.away == ())
    wearer.put("left", pose((-0.5, 1.0, 0.6)))
    wearer.frames()
    assert label_is_at(wearer.sees(), HOME)
    assert (wearer.bought(), wearer.app.state.card_sku) == ([], None)


def test_a_thing_is_called_from_afar_and_dropped_in_the_basket(wearer):
    hand = np.array([0.05, 1.15, 0.5])
    wearer.put("right", look_at(hand, MIDDLE))
    wearer.frames()
    wearer.squeeze("right")
    wearer.until(lambda: wearer.away and np.linalg.norm(wearer.held[:3, 3] - hand) < 0.25)
    wearer.frames(3)
    basket = wearer.app.carrying.shown.basket.world_from_basket
    wearer.put("right", pose(basket[:3, 3] + np.array([0.0, 0.18, 0.02])))
    wearer.headset.place(HEAD, look_at(EYE, basket[:3, 3]))
    wearer.frames()
    assert wearer.app.carrying.shown.basket.over
    before = wearer.sees()
    wearer.open("right")
    wearer.until(lambda: wearer.away == ())
    wearer.frames()
    assert wearer.bought() == [("SKU-2", 1)]
    assert wearer.app.state.cart.quantity("SKU-2") == 1
    assert wearer.app.shown.text_of("basket.unit_count") == "1"
    after = wearer.sees()
    assert all(
        (np.abs(a - b).max(axis=2) > 40).sum() > 20 for a, b in zip(before, after, strict=True)
    )
    wearer.headset.place(HEAD, VIEW)
    wearer.put("right", pose((0.2, 1.0, 0.6)))
    wearer.frames()
    assert label_is_at(wearer.sees(), HOME)


def test_a_dashboard_over_a_full_hand_loses_nothing(headset, graphics):
    wearer = Wearer(headset, graphics, "knuckles")
    wearer.put("right", pose(MIDDLE + np.array([0.0, 0.0, 0.07])))
    wearer.squeeze("right")
    wearer.frames()
    assert wearer.away == (CARTON,)
    headset.input_available = 0
    wearer.frames(3)
    assert wearer.away == (CARTON,)
    headset.input_available = 1
    wearer.frames(3)
    assert wearer.away == (CARTON,)
    headset.input_available = 0
    wearer.until(lambda: wearer.away == ())
    assert wearer.bought() == []
    wearer.app.renderer.release()
    wearer.backend.close()
    assert (headset.faults, headset.fault) == (0, b"")
