"""The trip itself: enter, look, point, read, add two, take one out, pay, see it confirmed."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from vr_client.interact.stands import EYE_M, Stand, find_stand
from vr_client.interact.walk import Spot, obstacles
from vr_client.trip.body import Body, gaze, looking, walks
from vr_client.trip.director import Director, say
from vr_client.trip.route import Floor, skus_to_buy
from vr_client.trip.video import FPS

SCENE_WAIT_S = 180.0
PAY_WAIT_S = 60.0
OVERVIEW_M = 1.35


class Shopping:
    """A trip that buys `sku`, or with "" something at a comfortable height."""

    def __init__(self, director: Director, sku: str) -> None:
        self._do = director
        self._sku = sku

    def run(self) -> None:
        """From the door to the confirmed order.

        Raises:
            Failure: something did not happen that should have; says what.
        """
        self._enter()
        stand, floor = self._choose()
        self._see_shelves(stand, floor)
        self._point_and_read(stand)
        self._add_two()
        self._take_one_out()
        self._check_out()

    # ------------------------------------------------------------ stations

    def _enter(self) -> None:
        do = self._do
        say("entering the shop")
        do.wait("the shop to appear", self._is_ready, SCENE_WAIT_S)
        scene = do.app.state.scene
        assert scene is not None, "the wait above was for it"
        x, z, yaw = scene.entrance
        eye = np.array([x, EYE_M, z])
        ahead = eye + _flat_direction(yaw) * 2.0
        body = Body(eye, yaw, -4.0, ahead + np.array([0.0, -0.7, 0.0]))
        do.frame(body)
        do.filming = False
        for _ in range(12):  # labels are drawn a few in each frame
            do.frame()
        do.filming = True
        do.hold(1.2)
        do.station("enter")

    def _see_shelves(self, stand: Stand, floor: Floor) -> None:
        do = self._do
        say("walking to the shelves")
        spot = next(
            (s for back in (OVERVIEW_M, 1.0, 0.6, 0.3) if floor.fits(s := stand.back(back))),
            stand.spot,
        )
        unit = self._unit(stand)
        self._walk(floor, spot, _at(unit, 1.15), unit)
        do.hold(0.8)
        do.station("shelves")
        self._walk(floor, stand.spot, unit, unit)

    def _point_and_read(self, stand: Stand) -> None:
        do = self._do
        unit = self._unit(stand)
        say(f"pointing at {self._sku}")
        body = looking(do.stage.body, unit)
        do.move(replace(body, aim=unit), 0.9)
        do.hold(0.5)
        do.station("point")
        do.pull_trigger()
        do.wait("the product's card", lambda: do.app.state.card_sku == self._sku)
        do.hold(0.3)
        do.face_panel("card", 0.7, share=0.75)
        do.hold(1.2)
        do.station("card")

    def _add_two(self) -> None:
        do = self._do
        say("putting two in the cart")
        do.press("card.plus")
        do.wait("quantity two on the card", lambda: do.app.state.card_quantity == 2)
        do.press("card.add")
        do.wait("two in the cart", lambda: self._in_cart(2))
        do.hold(1.0)
        do.station("add_two")

    def _take_one_out(self) -> None:
        do = self._do
        say("taking one out")
        do.press("chip.open")
        do.wait("the cart", lambda: do.app.shown.text_of("cart.title") is not None)
        do.face_panel("cart", 0.6)
        do.hold(0.5)
        do.station("cart")
        do.press(f"cart.line.{self._sku}.minus")
        do.wait("one in the cart", lambda: self._in_cart(1))
        do.hold(0.9)
        do.station("take_one_out")

    def _check_out(self) -> None:
        do = self._do
        say("going to the till")
        do.press("cart.checkout")
        do.wait("the checkout", lambda: do.app.shown.text_of("checkout.total") is not None)
        do.face_panel("checkout", 0.5)
        do.lower_hand("checkout")
        do.hold(1.2)
        opened = do.app.state.checkout
        if opened is None:
            raise Failure("The checkout closed before it could be paid; start the trip again.")
        do.station("checkout", url=opened.url)
        say("waiting for the payment")
        do.wait("the order to be paid", self._is_paid, PAY_WAIT_S)
        do.face_panel("order", 0.5)
        do.lower_hand("order")
        do.hold(2.0)
        do.station("confirmed")

    # ------------------------------------------------------------ what the stations are made of

    def _is_ready(self) -> bool:
        state = self._do.app.state
        return state.scene is not None and state.connected and bool(state.products)

    def _is_paid(self) -> bool:
        order = self._do.app.state.order
        shown = self._do.app.shown.text_of("order.total") is not None
        return shown and order is not None and order.state == "paid"

    def _in_cart(self, quantity: int) -> bool:
        state = self._do.app.state
        return not state.pending and state.cart.quantity(self._sku) == quantity

    def _choose(self) -> tuple[Stand, Floor]:
        state, picks = self._do.app.state, self._do.app.picks
        scene = state.scene
        assert scene is not None
        assert picks is not None, "it is made when the scene is taken"
        room = np.array(scene.room, np.float64)[:, [0, 2]]
        floor = Floor(obstacles(picks.solids), room)
        for sku in [self._sku] if self._sku else skus_to_buy(scene):
            product = state.products.get(sku)
            if product is None:
                raise Failure(f"There is no product {sku!r} in this shop: choose another --buy.")
            if product.price is None or product.stock < 2:
                continue
            stand = find_stand(scene, picks, floor, sku)
            if stand is not None:
                self._sku = sku
                return stand, floor
        raise Failure(
            f"The trip cannot buy {self._sku or 'anything'}: it must have a price, two in stock, "
            "and a unit on a shelf that can be reached."
        )

    def _unit(self, stand: Stand) -> NDArray[np.float64]:
        scene = self._do.app.state.scene
        assert scene is not None
        middle: NDArray[np.float64] = scene.bounds[stand.instance].astype(np.float64).mean(axis=0)
        return middle

    def _walk(
        self, floor: Floor, spot: Spot, look: NDArray[np.float64], aim: NDArray[np.float64]
    ) -> None:
        do = self._do
        now = do.stage.body
        eye = np.array([spot[0], EYE_M, spot[1]])
        yaw, pitch = gaze(eye, look)
        path = floor.path((float(now.eye[0]), float(now.eye[2])), spot)
        do.play(walks(now, path, Body(eye, yaw, pitch, aim), FPS))


def _at(place: NDArray[np.float64], height_m: float) -> NDArray[np.float64]:
    return np.array([place[0], height_m, place[2]])


def _flat_direction(yaw_deg: float) -> NDArray[np.float64]:
    yaw = np.radians(yaw_deg)
    return np.array([-np.sin(yaw), 0.0, -np.cos(yaw)])
