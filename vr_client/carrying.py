"""What the shopper's hands do with goods: take, turn, pass on, put back, drop in the basket."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import Basket, HeldUnit, Matrix
from vr_client.headset.backend import FrameInfo, HandState, HeadsetBackend, SessionState
from vr_client.interact import basket
from vr_client.interact.basket import Hip
from vr_client.interact.grip import NO_HAND, REACH_M, Change, Grip, Held, Reach
from vr_client.interact.picking import PickIndex
from vr_client.interact.pointer import Pointing
from vr_client.interact.units import Units, around, middle_of
from vr_client.outside import Outside
from vr_client.state.client_state import ClientState
from vr_client.state.events import AddToCart, Noticed, ProductPointed
from vr_client.state.reduce import IN_TURN
from vr_client.traveller import Traveller
from vr_client.ui.actions import Action, point_at, toggle

NEAR_EYE_M: Final = 0.1
"""A hand this near the eye is a mouse: it has a pointer of its own, and neither hand nor beam."""

READING_M: Final = 0.45
"""Brought this near to the eyes, a thing shows its card even when that was closed."""

IN_THE_WAY: Final = IN_TURN | {"order", "checkout"}
"""Panels that a window has no room for beside what is held: who opens one puts it back."""

TICK_S, OVER_STRENGTH, TAKE_STRENGTH, DROP_STRENGTH = 0.03, 0.3, 0.6, 0.9


class Situation(Protocol):
    """What hands act in: `vr_client.app.App`."""

    headset: HeadsetBackend
    state: ClientState
    feet: Traveller
    picks: PickIndex | None


@dataclass(frozen=True, slots=True)
class InHand:
    """What of all this is seen in a frame.

    `held` are drawn where they are and `hidden` not drawn on their shelf. Hands in `busy` hold
    something; those in `quiet` hold or reach, and show no beam. `reached` is the unit that a
    squeeze would take, `box` (2, 3) goes around the held thing whose card is open, `products` are
    the rows whose pictures come first.
    """

    held: tuple[HeldUnit, ...] = ()
    hidden: tuple[int, ...] = ()
    busy: frozenset[int] = frozenset()
    quiet: frozenset[int] = frozenset()
    reached: int = -1
    basket: Basket | None = None
    box: NDArray[np.float64] | None = None
    products: frozenset[int] = frozenset()


class Carrying:
    """One shopper's hands and basket."""

    def __init__(self, outside: Outside, now: Situation) -> None:
        self._outside = outside
        self._now = now
        self._grip = Grip()
        self._hip = Hip()
        self._units: Units | None = None
        self._scene: SceneDescription | None = None
        self._changes: tuple[Change, ...] = ()
        self._over: frozenset[int] = frozenset()
        self._hovers: frozenset[int] = frozenset()
        self._opens = False
        self._near: frozenset[int] = frozenset()
        self._came_near: tuple[int, ...] = ()
        self._free: dict[int, tuple[NDArray[np.float64], float]] = {}
        self._squeezed: dict[int, bool] = {}
        self._by_mouse = self._wanted = False
        self.shown = InHand()

    @property
    def in_window(self) -> bool:
        """Whether a thing is held before a window's view, where no hand is."""
        return self._by_mouse and bool(self._grip.held)

    def load(self, scene: SceneDescription) -> None:
        """Another store, or the same in another order: what is held stays in its hand."""
        rows = new_rows(self._scene, scene, [held.instance for held in self._grip.held.values()])
        self._units, self._scene = Units(scene), scene
        self._grip.load(self._units, rows)
        self._free.clear()
        if self._now.picks is not None:
            self._now.picks.leave_out(self._grip.away)

    # ------------------------------------------------------------ in the order of a frame

    def turn(
        self, state: SessionState, info: FrameInfo, aims: tuple[Pointing, ...]
    ) -> tuple[Pointing, ...]:
        """Take in a frame's hands; what each points at then, past what it holds.

        Only a FOCUSED shopper lets go on purpose: a dashboard before the shop is no hand.
        """
        head, now = info.world_from_head, self._now
        self._by_mouse = len(info.hands) == 1 and _is_mouse(info.hands[0], head)
        if not self._by_mouse or (self._grip.held and self._now.state.panels & IN_THE_WAY):
            self._wanted = False
        hangs = self._hang(info)
        aims = tuple(self._at_basket(aim, hangs) for aim in aims)
        by_hand = {aim.hand: aim for aim in aims}
        focused = self._by_mouse or state is SessionState.FOCUSED
        reaches = tuple(
            self._reach(number, hand, by_hand.get(number), head) if focused else NO_HAND
            for number, hand in enumerate(info.hands)
        )
        if self._by_mouse:
            self._grip.turn_held(0, *info.hands[0].twist)
        before = dict(self._grip.held)
        self._changes = self._grip.turn(
            reaches, info.predicted_time_s, head[:3, 3], still=now.state.comfort.still
        )
        self._wanted = self._wanted and 0 in self._grip.held  # else there was nothing to take
        self._over = frozenset(
            change.hand
            for change in self._changes
            if change.what == "let_go" and self._is_over(hangs, reaches, before[change.hand])
        )
        if now.picks is not None:
            now.picks.leave_out(self._grip.away)
        aims = tuple(self._past(aim, reaches[aim.hand]) for aim in aims)
        self._opens = any(
            self._opens_basket(number, reach, hangs, aims) for number, reach in enumerate(reaches)
        )
        for number, reach in enumerate(reaches):
            if reach.tracked:
                self._squeezed[number] = reach.squeezes
        self._look(head, reaches, hangs)
        return aims

    def actions(self) -> Iterator[Action]:
        """What the hands of this frame mean for the shop and its panels."""
        state = self._now.state
        for change in self._changes:
            if change.what == "took":
                self._now.headset.haptic(change.hand, TICK_S, TAKE_STRENGTH)
                yield from point_at(change.instance, state)
            else:
                yield from self._let_go(change)
        for instance in self._came_near:
            if self._now.state.card_instance != instance:
                yield from point_at(instance, state)
        if self._opens:
            yield from toggle("cart", state)

    def squeeze_in_window(self, *, wanted: bool) -> None:
        """From the next frame on the window's view holds what it points at, or nothing."""
        self._wanted = wanted and self._by_mouse and "checkout" not in self._now.state.panels

    def put_in_cart(self) -> Iterator[Action]:
        """What a window holds goes in the cart, as many as its card says, and off the view."""
        held = self._grip.held.get(0)
        state = self._now.state
        if held is None or self._units is None:
            return
        count = state.card_quantity if state.card_instance == held.instance else 1
        yield from self._buy(held.instance, count)
        self._wanted = False

    # ------------------------------------------------------------ inside

    def _hang(self, info: FrameInfo) -> Matrix | None:
        """The basket of somebody with hands."""
        tracked = any(hand.tracked for hand in info.hands)
        if self._by_mouse or not tracked or self._units is None:
            return None
        comfort, rig = self._now.state.comfort, self._now.feet.rig
        return self._hip.place(
            info.world_from_head, info.predicted_time_s, comfort.hand, rig.yaw_deg, rig.rise_m
        )

    def _reach(self, number: int, hand: HandState, aim: Pointing | None, head: Matrix) -> Reach:
        pointed = aim.instance if aim is not None else -1
        if self._by_mouse:
            opened = self._now.state.card_instance
            return Reach(head, True, self._wanted, -1, pointed if pointed >= 0 else opened,
                         at_eye=True)  # fmt: skip
        if not hand.tracked:
            return NO_HAND
        reached = -1
        if number not in self._grip.held:
            reached = self._within(number, hand.world_from_hand[:3, 3])
        far = aim.distance_m if aim is not None and (aim.hit or aim.panel is not None) else np.inf
        return Reach(hand.world_from_hand, True, hand.grab, reached, pointed, far)

    def _within(self, number: int, at: NDArray[np.float64]) -> int:
        """The unit in reach; a hand far from every shelf is not looked at again until it moved."""
        if self._now.picks is None:
            return -1
        kept = self._free.get(number)
        if kept is not None and math.dist(at.tolist(), kept[0].tolist()) < kept[1]:
            return -1
        found, free_m = self._now.picks.within(at, REACH_M)
        self._free[number] = (at.copy(), free_m)
        return found

    def _is_over(self, hangs: Matrix | None, reaches: tuple[Reach, ...], held: Held) -> bool:
        if hangs is None or self._units is None:
            return False
        hand = reaches[held.hand].world_from_hand
        here = hand @ held.hand_from_unit
        points = (hand[:3, 3], middle_of(here, self._units.box(held.instance)))
        return any(basket.is_over(hangs, point) for point in points)

    def _past(self, aim: Pointing, reach: Reach) -> Pointing:
        """A hand that holds something points at panels only; one that reaches points at that."""
        if aim.panel is not None:
            return aim
        if aim.hand in self._grip.held:
            return replace(aim, instance=-1, hit=False, at_basket=False)
        if reach.reached >= 0:
            return replace(aim, instance=reach.reached, hit=True, at_basket=False)
        return aim

    @staticmethod
    def _at_basket(aim: Pointing, hangs: Matrix | None) -> Pointing:
        """A basket that a hand has hold of, or points at past no panel, is before the goods."""
        if hangs is None or aim.panel is not None:
            return aim
        away_m = basket.met_by(aim.ray, hangs)
        pointed = away_m < aim.distance_m or (math.isfinite(away_m) and not aim.hit)
        if not pointed and not basket.is_at(hangs, aim.ray.origin):
            return aim
        away_m = away_m if pointed else 0.0
        return replace(aim, instance=-1, distance_m=away_m, hit=True, at_basket=True)

    def _opens_basket(
        self, number: int, reach: Reach, hangs: Matrix | None, aims: tuple[Pointing, ...]
    ) -> bool:
        """An empty hand that squeezes the basket, or squeezes while it points at it."""
        goes_down = reach.squeezes and not self._squeezed.get(number, False)
        if hangs is None or not goes_down or number in self._grip.held:
            return False
        aimed = any(aim.hand == number and aim.at_basket for aim in aims)
        return aimed or basket.is_at(hangs, reach.world_from_hand[:3, 3])

    def _let_go(self, change: Change) -> Iterator[Action]:
        if change.hand in self._over:
            bought = list(self._buy(change.instance, 1))
            yield from bought
            if any(isinstance(action, AddToCart) for action in bought):
                self._now.headset.haptic(change.hand, TICK_S, DROP_STRENGTH)
                self._sink(change.instance)
        left = list(self._grip.held.values())
        if self._now.state.card_instance == change.instance:
            yield from (
                point_at(left[-1].instance, self._now.state) if left else (ProductPointed(None),)
            )

    def _buy(self, instance: int, count: int) -> Iterator[Action]:
        """In the cart, or the sentence that the card's button has instead."""
        assert self._units is not None, "what is held came from a store"
        sku = self._units.sku(instance)
        product = self._now.state.products.get(sku)
        if product is None or product.price is None:
            yield Noticed("unpriced")
        elif product.stock <= 0:
            yield Noticed("out_of_stock")
        else:
            yield AddToCart(self._outside.new_id(), sku, count)

    def _sink(self, instance: int) -> None:
        hangs, units = self.shown.basket, self._units
        if hangs is None or units is None:
            return
        start = dict(self._grip.poses()).get(instance)
        if start is not None:
            low_m = float(start[1, 3] - around(start, units.box(instance))[0, 1])
            self._grip.sink(instance, basket.inside(hangs.world_from_basket, start, low_m))

    def _look(self, head: Matrix, reaches: tuple[Reach, ...], hangs: Matrix | None) -> None:
        """What of it is seen."""
        units, held = self._units, self._grip.held
        if units is None:
            return
        eye = head[:3, 3]
        near = frozenset(
            thing.instance
            for thing in held.values()
            if np.linalg.norm(middle_of(thing.world_from_unit, units.box(thing.instance)) - eye)
            <= READING_M
        )
        self._came_near = tuple(sorted(near - self._near))
        self._near = near
        poses = self._grip.poses()
        shown = None
        if hangs is not None:
            over = frozenset(
                hand
                for hand, thing in held.items()
                if hand < len(reaches)
                and reaches[hand].tracked
                and self._is_over(hangs, reaches, thing)
            )
            for hand in over - self._hovers:
                self._now.headset.haptic(hand, TICK_S, OVER_STRENGTH)  # felt as well as seen
            self._hovers = over
            shown = Basket(hangs, over=bool(over))
        card = next(
            (one for one in held.values() if one.instance == self._now.state.card_instance), None
        )
        box = None
        if card is not None and card.hand < len(reaches) and reaches[card.hand].tracked:
            box = self._grip.goal(card, reaches[card.hand].world_from_hand)
        self.shown = InHand(
            tuple(HeldUnit(row, world) for row, world in poses),
            self._grip.away,
            frozenset(held),
            frozenset(held) | {n for n, reach in enumerate(reaches) if reach.reached >= 0},
            next((reach.reached for reach in reaches if reach.reached >= 0), -1),
            shown,
            box,
            frozenset(units.product(row) for row, _ in poses),
        )


def new_rows(
    before: SceneDescription | None, now: SceneDescription, rows: list[int]
) -> dict[int, int]:
    """Of units of the store before, the nearest of the same product in the new one, each its own.

    As the open card's unit is found (`vr_client.state.reduce`).
    """
    found: dict[int, int] = {}
    if before is None:
        return found
    for row in rows:
        sku = before.skus[int(before.product_of[row])]
        if sku not in now.skus:
            continue
        same = np.flatnonzero(now.product_of == now.skus.index(sku))
        same = same[~np.isin(same, list(found.values()))]
        if len(same):
            middles = now.bounds[same].astype(np.float64).mean(axis=1)
            was = before.bounds[row].astype(np.float64).mean(axis=0)
            found[row] = int(same[np.linalg.norm(middles - was, axis=1).argmin()])
    return found


def _is_mouse(hand: HandState, head: Matrix) -> bool:
    offset = hand.world_from_hand[:3, 3] - head[:3, 3]
    return float(offset @ offset) < NEAR_EYE_M**2
