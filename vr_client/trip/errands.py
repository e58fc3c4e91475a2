"""Errands of a scripted shopper, by pointing or by grabbing, and what they cost: inputs and travel.

The shopper stands on one spot of their room, as most people do in a headset: everything is reached
by beam, by hand, or by being brought there. An input is a trigger pulled, a hand closed or opened.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from vr_client.app import App
from vr_client.frame_loop import run_frame
from vr_client.interact.pointer import point
from vr_client.interact.rays import ray_of
from vr_client.space.pose import inverse_rigid, transform_point
from vr_client.state.events import WishToggled
from vr_client.trip.body import Body, Stage

Way = Literal["pointing", "grabbing"]

WAIT_S = 60.0
REST_S = 0.002
HOLD_FRAMES = 2
GLIDE_FRAMES = 6
AIMS_MAX = 8
EYE = np.array([0.0, 1.6, 0.0])
OVER_BASKET = np.array([0.0, 0.12, 0.0])
DOWN_AHEAD = np.array([0.0, -0.2, -0.3])

Point = NDArray[np.float64]


@dataclass
class Errand:
    """What one errand took. `travel_m` is how far the shopper got, `travel_s` how long that took.

    `items` are the products bought; `walk_m` the shortest walk past them, where it was planned.
    """

    name: str
    way: Way
    inputs: int = 0
    items: int = 0
    travel_m: float = 0.0
    travel_s: float = 0.0
    walk_m: float = 0.0
    skus: list[str] = field(default_factory=list)


class Errands:
    """Runs errands through a client whose scripted headset reads `stage`."""

    def __init__(self, app: App, stage: Stage, way: Way) -> None:
        self._app, self._stage, self._way = app, stage, way
        self._now = Errand("", way)
        self._last_s = 0.0
        stage.body = Body(EYE.copy(), 0.0, -10.0, EYE + np.array((0.2, -0.4, -1.0)))

    # ------------------------------------------------------------ the errands

    def enter(self) -> None:
        """Wait in the door until everything is there."""
        app = self._app
        self._until("the shop", lambda: app.state.scene is not None and app.state.connected)
        self._until("its pictures", lambda: app.to_come == 0)

    def find(self, category: str, sku: str) -> Errand:
        """Look a product up by its kind, and be brought before it."""
        with self._errand("find") as errand:
            self._press("dock.search")
            self._until("the kinds of products", lambda: bool(self._app.found.categories))
            self._press_shown(f"search.row.{self._kind(category)}")
            self._until("its products", lambda: self._app.found.category == category)
            row = self._app.found.skus.index(sku)
            self._press_shown(f"search.row.{row}")
            self._until("the card of what was found", lambda: self._card_shows(sku))
            errand.skus.append(sku)
        return errand

    def compare(self) -> Errand:
        """Put the product of the card beside another one of its kind."""
        with self._errand("compare two") as errand:
            other = next(
                drawn.id.removeprefix("card.other.")
                for drawn in self._app.shown.targets
                if drawn.id.startswith("card.other.")
            )
            self._press("card.compare")
            self._press_shown(f"card.other.{other}")
            self._until("both side by side", lambda: "compare" in self._open())
            errand.skus += self._app.state.compared
            self._press("compare.close")
        return errand

    def buy_from_list(self, skus: tuple[str, ...]) -> Errand:
        """Buy what is on a list that is written already, in the order that it puts itself in."""
        app = self._app
        for sku in skus:
            app.apply(WishToggled(sku))
        self._until("the shortest walk", lambda: self._planned(skus))
        with self._errand("buy five from a list") as errand:
            errand.walk_m = app.state.route.length_m if app.state.route is not None else 0.0
            for _ in skus:
                sku = next(one for one in app.state.wishes if not app.state.cart.quantity(one))
                self._press_shown("dock.next")
                self._until(f"the card of {sku}", partial(self._card_shows, sku))
                self._take(sku)
                self._until(f"{sku} in the cart", partial(self._has, sku))
                errand.items += 1
                errand.skus.append(sku)
        return errand

    def undo(self) -> Errand:
        """Take back what was done to the cart last."""
        app = self._app
        count = app.state.cart.unit_count
        with self._errand("undo one") as errand:
            shown = {drawn.id for drawn in app.shown.targets}
            if "notice.undo" in shown:
                self._press("notice.undo")
            else:
                self._press("chip.open")
                self._press_shown("cart.undo")
            self._until("one fewer", lambda: app.state.cart.unit_count == count - 1)
        return errand

    # ------------------------------------------------------------ what they are made of

    def _take(self, sku: str) -> None:
        """What the card shows, into the cart."""
        if self._way == "pointing":
            self._press_shown("card.add")
            return
        row = self._app.state.card_instance
        scene = self._app.state.scene
        assert scene is not None
        unit = self._near(scene.bounds[row].astype(np.float64).mean(axis=0))
        self._move(replace(self._stage.body, aim=unit))
        self._close_hand(closed=True)
        self._until(f"{sku} in hand", lambda: bool(self._app.carrying.shown.held))
        basket = self._app.carrying.shown.basket
        if basket is None:
            raise Failure("The errand looks for the basket, which is not there.")
        over = self._near(basket.world_from_basket[:3, 3]) + OVER_BASKET
        # Down with the hand, and the eyes go along: a basket is where one looks for it.
        self._move(replace(self._stage.body, aim=over + DOWN_AHEAD, reach=over), 10)
        self._close_hand(closed=False)
        self._move(replace(self._stage.body, reach=None))

    def _press_shown(self, target: str) -> None:
        """A target that comes in a moment."""
        self._until(f"{target!r} to be shown", lambda: self._shows(target))
        self._press(target)

    def _press(self, target: str) -> None:
        """Bring the beam onto a target, and pull the trigger."""
        for _ in range(AIMS_MAX):  # what follows one's eyes may still be on its way
            at = self._near(self._place_of(target))
            self._move(replace(self._stage.body, aim=at))
            if self._over() == target:
                break
        if self._over() != target:
            raise Failure(f"The errand points at {target!r}, but the beam is on {self._over()!r}.")
        self._now.inputs += 1
        for select in (True, False):
            self._stage.body = replace(self._stage.body, select=select)
            self._frames(HOLD_FRAMES)

    def _close_hand(self, *, closed: bool) -> None:
        self._now.inputs += 1
        self._stage.body = replace(self._stage.body, grab=closed)
        self._frames(HOLD_FRAMES)

    def _move(self, goal: Body, frames: int = GLIDE_FRAMES) -> None:
        start = self._stage.body
        for number in range(1, frames + 1):
            share = number / frames
            aim = start.aim + (goal.aim - start.aim) * share
            reach = goal.reach
            if goal.reach is not None:
                begin = start.hand
                reach = begin + (goal.reach - begin) * share
            self._stage.body = replace(goal, aim=aim, reach=reach)
            self._frames(1)

    def _frames(self, count: int) -> None:
        for _ in range(count):
            before = self._app.feet.spot
            if not run_frame(self._app):
                raise Failure("The errand was ended by its headset.")
            step = float(np.hypot(*np.subtract(self._app.feet.spot, before)))
            self._now.travel_m += step
            if step > 0.0 or self._app.feet.darkness(self._app.feet.time_s or 0.0) > 0.0:
                self._now.travel_s += self._step_s()

    def _step_s(self) -> float:
        time_s, before = self._app.feet.time_s or 0.0, self._last_s
        self._last_s = time_s
        return max(0.0, min(0.1, time_s - before))

    def _until(self, what: str, done: Callable[[], bool]) -> None:
        """Let frames pass.

        Raises:
            Failure: it did not happen in `WAIT_S` seconds.
        """
        end = time.monotonic() + WAIT_S
        while not done():
            if time.monotonic() > end:
                raise Failure(f"The errand waited {WAIT_S:.0f} s in vain for {what}.")
            self._frames(1)
            time.sleep(REST_S)

    @contextmanager
    def _errand(self, name: str) -> Iterator[Errand]:
        self._now = errand = Errand(name, self._way)
        yield errand
        self._now = Errand("", self._way)

    # ------------------------------------------------------------ what there is to see

    def _near(self, place: Point) -> Point:
        """Where in the shopper's own room a place of the store is."""
        return transform_point(inverse_rigid(self._app.feet.rig.world_from_play()), place)

    def _place_of(self, target: str) -> Point:
        place = self._app.shown.place_of(target)
        if place is None:
            raise Failure(f"The errand looks for {target!r}, which no panel shows.")
        return place

    def _over(self) -> str | None:
        """What the hand's beam is on."""
        hand = self._stage.body.frame(still=False).hands[0]
        world = self._app.feet.rig.world_from_play() @ hand.world_from_hand
        aim = point(ray_of(world), self._app.shown.panels, self._app.picks)
        return self._app.shown.target_at(aim.panel) if aim.panel is not None else None

    def _shows(self, target: str) -> bool:
        return any(drawn.id == target for drawn in self._app.shown.targets)

    def _open(self) -> set[str]:
        return {panel.id for panel in self._app.shown.panels}

    def _card_shows(self, sku: str) -> bool:
        return self._app.state.card_sku == sku and "card" in self._open()

    def _has(self, sku: str) -> bool:
        state = self._app.state
        return not state.pending and state.cart.quantity(sku) > 0

    def _kind(self, category: str) -> int:
        return next(
            number for number, one in enumerate(self._app.found.categories) if one.name == category
        )

    def _planned(self, skus: tuple[str, ...]) -> bool:
        route = self._app.state.route
        return route is not None and set(route.skus) == set(skus)
