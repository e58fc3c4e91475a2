"""Where the shopper is in the store, and how they get somewhere else in it."""

import math
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.headset.backend import FrameInfo, HandState
from vr_client.interact.comfort import DEFAULT, HOP_M, PACE, SMOOTH_DEG_PER_S, SNAP_DEG, Comfort
from vr_client.interact.hop import Landing, aim_hop
from vr_client.interact.journey import HOP_CLOSE_S, HOP_OPEN_S, Journey
from vr_client.interact.picking import PickIndex
from vr_client.interact.rays import ray_of
from vr_client.interact.rig import STEP_S_MAX, Rig
from vr_client.interact.walk import Spot, near
from vr_client.wayfinding import Wayfinder

VIGNETTE_PER_S: Final = 6.0
"""How fast the view narrows and widens: a sixth of a second is quick and no flicker."""

STICK_AT_REST, STICK_FULL = 0.15, 0.6

STROLL_M: Final = 1.0
"""Who moved this far has other shelves near. A frame's step, a stall's as well, is shorter."""


class Traveller:
    """One shopper's feet: they walk as the sticks say, turn, hop, or arrive where they were sent.

    `rig` is where the play space stands, `spot` where the head is over the floor, `time_s` that of
    the last frame (None before the first); `landing` is where a hop would end that is being aimed,
    `vignette` how narrow the view is, 0 to 1.
    """

    def __init__(self, *, at_entrance: bool = True) -> None:
        """`at_entrance`: begin at the store's entrance; else where the headset's origin is."""
        self.at_entrance = at_entrance
        self.rig = Rig()
        self.spot: Spot = (0.0, 0.0)
        self.time_s: float | None = None
        self.ways: Wayfinder | None = None
        self.landing: Landing | None = None
        self.vignette = 0.0
        self._journey: Journey | None = None
        self._still = False
        self._near: tuple[Wayfinder, Spot, NDArray[np.float64]] | None = None
        self._turning: dict[int, int] = {}

    def enter(self, scene: SceneDescription, picks: PickIndex) -> None:
        """Come into a store, or find another one around oneself and stay, beside its shelves."""
        first = self.ways is None
        self.ways = Wayfinder(scene, picks)
        self._journey = None  # it led to somewhere in the store before
        self.landing = None
        if not first:
            x, z = self.ways.free_near(self.spot)
            here = self.rig
            self.rig = replace(here, x=here.x + x - self.spot[0], z=here.z + z - self.spot[1])
            self.spot = (x, z)
        elif self.at_entrance:
            self.rig = Rig(*scene.entrance, self.rig.rise_m)
            self.spot = (self.rig.x, self.rig.z)

    def stand(
        self,
        info: FrameInfo,
        comfort: Comfort = DEFAULT,
        at_panels: AbstractSet[int] = frozenset(),
    ) -> tuple[FrameInfo, Journey | None]:
        """The frame as seen from where one is now, and the journey that has just arrived there.

        Hands `at_panels` point at a panel: their sticks are for that and move nobody.
        """
        before = self.time_s if self.time_s is not None else info.predicted_time_s
        step_s = min(max(0.0, info.predicted_time_s - before), STEP_S_MAX)
        self.time_s = info.predicted_time_s
        self._still = comfort.still
        hands = tuple(_stick_for(comfort, info.hands))
        if any(after is not before for after, before in zip(hands, info.hands, strict=True)):
            info = replace(info, hands=hands)
        # One lift and no second: a seated headset's zero, and a window, are up there already.
        rise_m = 0.0 if info.upright else comfort.rise_m
        if self.rig.rise_m != rise_m:
            self.rig = replace(self.rig, rise_m=rise_m)
        arrived = None
        walks = False
        if self._journey is not None:
            arrived = self._travel(self._journey, info)
        elif self.ways is not None:
            self._turn(info, comfort, at_panels, step_s)
            walks = self._walk(info, comfort, self.ways, step_s)
            self._aim(info, comfort, at_panels, self.ways)
        self._narrow(step_s, narrow=walks and comfort.vignette)
        placed = self.rig.place(info)
        head = placed.world_from_head
        self.spot = (float(head[0, 3]), float(head[2, 3]))
        return placed, arrived

    def set_out(self, journey: Journey) -> None:
        """Go there from now on; whoever wants no motion is there at once."""
        if self.time_s is not None:
            journey = journey.cut() if self._still else journey
            self._journey = replace(journey, start_s=self.time_s)
            self.landing = None

    def darkness(self, time_s: float) -> float:
        """How far one's eyes are closed, 0 to 1, so as not to see the floor fly past."""
        return self._journey.darkness(time_s) if self._journey is not None else 0.0

    # ------------------------------------------------------------ inside

    def _travel(self, journey: Journey, info: FrameInfo) -> Journey | None:
        if journey.is_there(info.predicted_time_s) and not journey.arrived:
            self.rig = self.rig.brought(info, journey.spot, journey.yaw_deg)
            self._journey = replace(journey, arrived=True)
            return self._journey
        if journey.is_over(info.predicted_time_s):
            self._journey = None
        return None

    def _turn(
        self, info: FrameInfo, comfort: Comfort, at_panels: AbstractSet[int], step_s: float
    ) -> None:
        """In steps, each press one, or evenly as long as it is held."""
        for number, hand in enumerate(info.hands):
            before = self._turning.get(number, 0)
            self._turning[number] = hand.turn
            if not hand.turn or number in at_panels:
                continue
            if comfort.turn == "smooth":
                self.rig = self.rig.turned(info, hand.turn * SMOOTH_DEG_PER_S * step_s)
            elif hand.turn != before:
                self.rig = self.rig.turned(info, hand.turn * SNAP_DEG)

    def _walk(self, info: FrameInfo, comfort: Comfort, ways: Wayfinder, step_s: float) -> bool:
        shelves = self._shelves_near(ways)
        self.rig = self.rig.walked(info, step_s, shelves, ways.room, PACE[comfort.pace])
        return any(max(map(abs, hand.move)) > STICK_AT_REST for hand in info.hands)

    def _shelves_near(self, ways: Wayfinder) -> NDArray[np.float64]:
        """The footprints that can be met from here, and from where a few steps lead."""
        kept = self._near
        if kept is None or kept[0] is not ways or math.dist(kept[1], self.spot) > STROLL_M:
            self._near = kept = ways, self.spot, near(self.spot, ways.footprints, 3.0 * STROLL_M)
        return kept[2]

    def _aim(
        self, info: FrameInfo, comfort: Comfort, at_panels: AbstractSet[int], ways: Wayfinder
    ) -> None:
        """A hop is aimed as long as its button is held, and done when it is let go."""
        before, self.landing = self.landing, None
        held = any(hand.teleport for hand in info.hands)
        if before is not None and before.free and not held:
            self.set_out(Journey(before.spot, close_s=HOP_CLOSE_S, open_s=HOP_OPEN_S))
        if not held:
            return
        placed = self.rig.place(info)
        here = (float(placed.world_from_head[0, 3]), float(placed.world_from_head[2, 3]))
        for number, hand in enumerate(placed.hands):
            if hand.teleport and hand.tracked and number not in at_panels:
                ray = ray_of(hand.world_from_hand)
                reach_m = HOP_M[comfort.hop]
                self.landing = aim_hop(ray, here, reach_m, ways.footprints, ways.room)
                return

    def _narrow(self, step_s: float, *, narrow: bool) -> None:
        # Whoever wants no motion sees the edge appear, not grow.
        change = 1.0 if self._still else VIGNETTE_PER_S * step_s
        towards = 1.0 if narrow else 0.0
        off = towards - self.vignette
        self.vignette = min(1.0, max(0.0, self.vignette + min(max(off, -change), change)))


def _stick_for(comfort: Comfort, hands: tuple[HandState, ...]) -> Iterator[HandState]:
    """Of two hands the main one turns, hops and counts, and the other one walks.

    SteamVR binds the right stick to the first and the left one to the second; who is left-handed,
    or has one hand only, has them the other way round. A window's single hand is its keys.
    """
    if len(hands) < 2:
        yield from hands
        return
    main = 1 if comfort.hand == "right" else 0
    alone = sum(hand.tracked for hand in hands) < 2
    for number, hand in enumerate(hands):
        if not alone and number != main:
            move = hand.move if number == 0 else hand.stick
            does = (hand.move, hand.turn, hand.teleport, hand.scroll)
            if does == (move, 0, False, 0.0):  # as in most frames
                yield hand
            else:
                yield replace(hand, move=move, turn=0, teleport=False, scroll=0.0)
        elif number == 1:
            yield replace(hand, move=(0.0, 0.0)) if hand.move != (0.0, 0.0) else hand
        else:
            across, ahead = hand.stick
            turn = -int(np.sign(across)) if abs(across) > max(STICK_FULL, abs(ahead)) else 0
            hops = ahead > max(STICK_FULL, abs(across))
            yield replace(
                hand, move=(0.0, 0.0), turn=hand.turn or turn, teleport=hand.teleport or hops
            )
