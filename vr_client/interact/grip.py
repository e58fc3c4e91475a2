"""What each hand holds. Pure: poses, squeezes and the frame's time in, what happened out.

A unit is on its shelf, in one hand, or in flight for less than a second; never in two places. What
no hand holds any more flies home, so nothing hangs in the air.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import Matrix
from vr_client.interact.flight import CALLED_S, SINK_S, Flight, ease, homewards
from vr_client.interact.rays import ray_of
from vr_client.interact.units import Units, around, away_from, met_at, middle_of
from vr_client.space.pose import between, inverse_rigid, pitch, translation, yaw

REACH_M: Final = 0.08
"""A hand this near to a unit takes it."""

LOST_S: Final = 1.0
"""So long a thing waits in the air for a hand that is not seen any more."""

TIP_M: Final = 0.065
"""From the hand to the nearest side of what was called from afar: the controller is before it."""

EYE_M_MIN, EYE_SHARE = 0.32, 0.50
"""How near a window's thing comes, and how much of the view's height and half width it fills."""

EYE_ASIDE, EYE_TANGENT = 0.42, 0.60
"""Aside of the middle, a tangent, so that its card has room; and half the view's height."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reach:
    """One hand in one frame.

    `reached` and `pointed` are rows of units, -1 for none; `pointed_m` how far the ray goes before
    it meets something. `at_eye`: it is no hand but a window's view, and things hang before it.
    """

    world_from_hand: Matrix
    tracked: bool = True
    squeezes: bool = False
    reached: int = -1
    pointed: int = -1
    pointed_m: float = np.inf
    at_eye: bool = False


NO_HAND: Final = Reach(np.eye(4), tracked=False)


@dataclass(frozen=True, slots=True)
class Held:
    """Unit `instance` in `hand`, which turns and moves it as if it were grown together.

    On its way to the hand it comes from `start`, which it left at `begun_s`; `lost_s` is since
    when its hand is not seen.
    """

    instance: int
    hand: int
    hand_from_unit: Matrix
    world_from_unit: Matrix
    start: Matrix
    begun_s: float
    seconds: float = 0.0
    lost_s: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """`what` happened to unit `instance`: hand number `hand` took it or let it go."""

    what: Literal["took", "let_go", "lost"]
    hand: int
    instance: int


class Grip:
    """Hands that squeeze, and the units in them."""

    def __init__(self) -> None:
        self.held: dict[int, Held] = {}
        """By hand."""

        self.flights: dict[int, Flight] = {}
        """By unit."""

        self._units: Units | None = None
        self._squeezed: dict[int, bool] = {}
        self._time_s = 0.0

    @property
    def away(self) -> tuple[int, ...]:
        """Units that are not on their shelf, rows in order."""
        return tuple(sorted({held.instance for held in self.held.values()} | set(self.flights)))

    def poses(self) -> tuple[tuple[int, Matrix], ...]:
        """Where each of them is now, by row."""
        now = {held.instance: held.world_from_unit for held in self.held.values()}
        now.update({row: flight.at(self._time_s) for row, flight in self.flights.items()})
        return tuple(sorted(now.items()))

    def holder(self, instance: int) -> int | None:
        """The hand that holds a unit."""
        return next((h for h, held in self.held.items() if held.instance == instance), None)

    def load(self, units: Units, new_rows: Mapping[int, int]) -> None:
        """Another store: what is held stays in its hand as the row that `new_rows` gives it.

        What has no row any more is gone, and what was flying has arrived.
        """
        self._units, self.flights = units, {}
        held = {
            hand: replace(thing, instance=new_rows[thing.instance])
            for hand, thing in self.held.items()
            if units.is_one(new_rows.get(thing.instance, -1))
        }
        taken = set[int]()
        self.held = {}
        for hand, thing in sorted(held.items()):
            if thing.instance not in taken:
                taken.add(thing.instance)
                self.held[hand] = thing

    # ------------------------------------------------------------ a frame

    def turn(
        self,
        hands: Sequence[Reach],
        time_s: float,
        eye: Vector,
        *,
        still: bool = False,
    ) -> tuple[Change, ...]:
        """Take in the hands of a frame, whose eyes are at `eye`; `still`: nothing flies.

        A hand that is missing at the end of `hands` is one that is not seen.
        """
        self._time_s = time_s
        self.flights = {
            row: flight
            for row, flight in self.flights.items()
            if not (still or flight.is_over(time_s))
        }
        changes: list[Change] = []
        for number in range(max(len(hands), 1 + max(self.held, default=-1))):
            hand = hands[number] if number < len(hands) else NO_HAND
            if hand.tracked:
                self._follow(number, hand)
                changes += self._squeeze(number, hand, eye, still=still)
                self._squeezed[number] = hand.squeezes
            else:
                changes += self._miss(number, still=still)
        return tuple(changes)

    def _follow(self, number: int, hand: Reach) -> None:
        held = self.held.get(number)
        if held is None:
            return
        goal = hand.world_from_hand @ held.hand_from_unit
        passed_s = self._time_s - held.begun_s
        if 0.0 <= passed_s < held.seconds:
            goal = between(held.start, goal, ease(passed_s / held.seconds))
        self.held[number] = replace(held, world_from_unit=goal, lost_s=None)

    def _squeeze(self, number: int, hand: Reach, eye: Vector, *, still: bool) -> Iterator[Change]:
        was = self._squeezed.get(number, False)
        held = self.held.get(number)
        if held is not None and not hand.squeezes:
            yield self._let_go(held, "let_go", still=still)
        elif held is None and hand.squeezes and not was:
            taken = self._take(number, hand, eye, still=still)
            if taken is not None:
                self.held[number] = taken
                yield Change("took", number, taken.instance)

    def _miss(self, number: int, *, still: bool) -> Iterator[Change]:
        """A hand that is not seen: it gets a while to come back, still holding."""
        held = self.held.get(number)
        if held is None:
            return
        if held.lost_s is None:
            self.held[number] = replace(held, lost_s=self._time_s)
        elif not 0.0 <= self._time_s - held.lost_s < LOST_S:
            yield self._let_go(held, "lost", still=still)

    def _let_go(self, held: Held, what: Literal["let_go", "lost"], *, still: bool) -> Change:
        assert self._units is not None, "what is held came from a store"
        del self.held[held.hand]
        if not still:
            home = self._units.home(held.instance)
            self.flights[held.instance] = homewards(
                held.instance, held.world_from_unit, home, self._time_s
            )
        return Change(what, held.hand, held.instance)

    def sink(self, instance: int, goal: Matrix) -> None:
        """What was just let go does not fly home but to `goal`, into the basket."""
        flight = self.flights.get(instance)
        if flight is not None:
            self.flights[instance] = replace(flight, goal=goal, seconds=SINK_S, to="basket")

    def turn_held(self, number: int, across_deg: float, up_deg: float) -> None:
        """Turn what hand `number` holds about its own middle, as seen along the hand."""
        held = self.held.get(number)
        if held is None or self._units is None:
            return
        to_middle = translation(middle_of(held.hand_from_unit, self._units.box(held.instance)))
        turn = to_middle @ yaw(across_deg) @ pitch(up_deg) @ inverse_rigid(to_middle)
        self.held[number] = replace(held, hand_from_unit=turn @ held.hand_from_unit)

    # ------------------------------------------------------------ taking

    def _take(self, number: int, hand: Reach, eye: Vector, *, still: bool) -> Held | None:
        """What a squeeze takes: what is in reach first, in a hand, in the air or on the shelf."""
        units = self._units
        if units is None:
            return None
        at = hand.world_from_hand[:3, 3]
        loose = [(row, here, units.box(row)) for row, here in self.poses()]
        in_reach = [(away_from(at, here, box), row) for row, here, box in loose]
        if units.is_one(hand.reached) and hand.reached not in self.away:
            home, box = units.home(hand.reached), units.box(hand.reached)
            in_reach.append((away_from(at, home, box), hand.reached))
        best = min(in_reach, default=(np.inf, -1))
        if best[0] <= REACH_M and not hand.at_eye:
            return self._hold(number, hand, best[1])
        ray = ray_of(hand.world_from_hand)
        met = min([(met_at(ray, here, box), row) for row, here, box in loose], default=(np.inf, -1))
        if not hand.at_eye and met[0] < hand.pointed_m:
            return self._hold(number, hand, met[1], eye=eye, still=still)
        if units.is_one(hand.pointed) and hand.pointed not in self.away:
            return self._hold(number, hand, hand.pointed, eye=eye, still=still)
        return None

    def _hold(
        self,
        number: int,
        hand: Reach,
        instance: int,
        *,
        eye: Vector | None = None,
        still: bool = False,
    ) -> Held:
        """`instance` in hand: as it lies there, or (with `eye`) flying before it and facing it."""
        assert self._units is not None, "there is something to hold"
        before = self.holder(instance)
        start = (
            self.held.pop(before).world_from_unit
            if before is not None
            else self.flights[instance].at(self._time_s)
            if instance in self.flights
            else self._units.home(instance)
        )
        self.flights.pop(instance, None)
        goal, seconds = start, 0.0
        if eye is not None:
            goal = settled(hand, self._units.box(instance), eye)
            seconds = 0.0 if still else CALLED_S
        hand_from_unit = inverse_rigid(hand.world_from_hand) @ goal
        here = start if seconds else goal
        return Held(instance, number, hand_from_unit, here, start, self._time_s, seconds)

    def goal(self, held: Held, world_from_hand: Matrix) -> NDArray[np.float64]:
        """(2, 3): the upright box around a held unit once it has arrived in its hand."""
        assert self._units is not None, "what is held came from a store"
        return around(world_from_hand @ held.hand_from_unit, self._units.box(held.instance))


def settled(hand: Reach, box: NDArray[np.float64], eye: Vector) -> Matrix:
    """`world_from_unit` of what was called from afar: before the hand, label towards the reader."""
    return _before_eye(hand, box) if hand.at_eye else _before_hand(hand, box, eye)


def _before_hand(hand: Reach, box: NDArray[np.float64], eye: Vector) -> Matrix:
    at, ahead = hand.world_from_hand[:3, 3], -hand.world_from_hand[:3, 2]
    towards = eye - (at + ahead * 0.1)
    turn = yaw(float(np.degrees(np.arctan2(towards[0], towards[2]))))
    lean = float(np.degrees(np.arctan2(towards[1], np.hypot(towards[0], towards[2]))))
    turn = turn @ pitch(-lean)
    # As far ahead as the box reaches back towards the hand.
    depth = float(np.abs(turn[:3, :3].T @ ahead) @ ((box[1] - box[0]) * 0.5))
    return _centred(at + ahead * (TIP_M + depth), turn, box)


def _before_eye(hand: Reach, box: NDArray[np.float64]) -> Matrix:
    size = box[1] - box[0]
    fill = 2.0 * EYE_TANGENT * EYE_SHARE
    away = max(EYE_M_MIN, size[1] / fill, size[0] / fill) + size[2] * 0.5
    world = hand.world_from_hand
    at = world[:3, 3] - world[:3, 2] * away + world[:3, 0] * away * EYE_ASIDE
    return _centred(at, world, box)


def _centred(middle: Vector, turn: Matrix, box: NDArray[np.float64]) -> Matrix:
    made = turn.copy()
    made[:3, 3] = middle - turn[:3, :3] @ box.mean(axis=0)
    return made
